package generator_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

const module = "github.com/msgraphgen/msgraphgen"

// allowed are the packages of the project that each package may import: some of
// those above it.
var allowed = map[string]string{
	"generator/source":          "",
	"generator/model":           "generator/source",
	"generator/model/vocab":     "generator/source generator/model",
	"generator/csdl":            "generator/source generator/model generator/model/vocab",
	"generator/openapi":         "generator/source generator/model generator/model/vocab generator/openapi/yamlcut",
	"generator/openapi/yamlcut": "",
	"generator/docs":            "generator/source generator/model generator/model/vocab generator/api",
	"generator/api":             "generator/source generator/model generator/model/vocab generator/quirk",
	"generator/slice":           "generator/source generator/model generator/model/vocab generator/csdl generator/api",
	"generator/retain":          "generator/source generator/model generator/model/vocab generator/api generator/slice",

	"templates/odata/edm":  "",
	"templates/odata":      "templates/odata/edm",
	"templates/odata/fake": "templates/odata templates/odata/edm",
	"templates":            "",
	"generator/ident":      "",
	"generator/quirk":      "generator/model",
	"generator/golang":     "generator/model generator/model/vocab generator/api generator/ident generator/quirk templates templates/odata/edm",

	"generator/wait":   "",
	"generator/input":  "generator/source generator/wait",
	"generator/config": "generator/source generator/api generator/input templates",
	"generator/lock":   "generator/source generator/model generator/api generator/config generator/slice",
	"generator/output": "generator/lock generator/wait",

	"generator/report":   "generator/source templates",
	"generator/audit":    "generator/source generator/model generator/model/vocab generator/docs generator/api generator/report templates/odata/edm",
	"generator/describe": "generator/source generator/model generator/model/vocab generator/api generator/report",
	"generator/diff":     "generator/source generator/model generator/model/vocab generator/api generator/retain generator/golang generator/report",

	"generator":         "generator/source generator/model generator/model/vocab generator/csdl generator/openapi generator/docs generator/api generator/slice generator/retain generator/ident generator/golang generator/input generator/config generator/lock generator/output generator/report generator/audit generator/describe generator/diff",
	"generator/explore": "generator generator/source generator/api generator/report generator/describe generator/diff templates",
	"cmd/msgraphgen":    "generator generator/explore generator/source generator/wait generator/api generator/config generator/lock generator/output generator/report generator/audit generator/describe generator/diff templates",
}

// owners are the only packages that may import a library.
var owners = map[string]string{
	"github.com/dave/jennifer/":                    "generator/golang",
	"github.com/spf13/":                            "cmd/msgraphgen",
	"github.com/schollz/progressbar":               "cmd/msgraphgen",
	"golang.org/x/term":                            "cmd/msgraphgen",
	"github.com/Azure/azure-sdk-for-go/sdk/azcore": "templates/odata generated/profile generated/profile/odata",
	"github.com/goccy/go-yaml":                     "generator/config generator/docs",
	"go.yaml.in/yaml":                              "generator/openapi",
	"github.com/yuin/goldmark":                     "generator/docs",
	"github.com/tailscale/hujson":                  "generator/docs",
	"github.com/rogpeppe/go-internal":              "generator/output",
	"encoding/xml":                                 "generator/csdl",
}

func TestImportDirections(t *testing.T) {
	cmd := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...")
	cmd.Dir = gotest.Root(t)
	list, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.Lines(string(list)) {
		fields := strings.Fields(line)
		pkg := strings.TrimPrefix(strings.TrimPrefix(fields[0], module), "/")
		if strings.HasPrefix(pkg, "internal/") {
			continue // tests and measurements look at everything
		}
		if _, ok := allowed[pkg]; ok {
			seen++
		}
		for _, imported := range fields[1:] {
			if project, ok := strings.CutPrefix(imported, module+"/"); ok && !has(allowed[pkg], project) && !strings.HasPrefix(pkg, "generated/") {
				t.Errorf("%s must not import %s", pkg, project)
			}
			for library, owner := range owners {
				if strings.HasPrefix(imported, library) && !has(owner, pkg) {
					t.Errorf("%s must not import %s: that is for %s", pkg, imported, owner)
				}
			}
		}
	}
	if seen != len(allowed) {
		t.Errorf("%d of the %d packages with a rule were seen", seen, len(allowed))
	}
}

func has(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if w == word {
			return true
		}
	}
	return false
}
