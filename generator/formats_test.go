package generator_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// The OpenAPI document and the CSDL of the same week give the same files for all
// verbs of a profile, but for what only one of them says. The test lists the files
// by difference.
func TestBothFormats(t *testing.T) {
	dir := gotest.Module(t)
	packages := map[string]map[string]string{}
	for format, source := range map[string]string{"OpenAPI": "openapi/beta-2020-10/People.yml", "CSDL": "csdl/beta-2020-10-27.xml"} {
		c := config.Config{
			Source:  gotest.Metadata(t, source),
			Include: []string{"/users/{id}/profile", "/users/{id}/profile/**"},
			Output:  filepath.Join(dir, format, "profile"),
			Package: "profile", ImportPath: "example.com/downstream/profile", OData: "example.com/other/odata",
		}
		if result := generate(t, c); result.Methods != 117 {
			t.Errorf("%s: %d methods", format, result.Methods)
		}
		packages[format] = textsBelow(t, c.Output)
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(packages["CSDL"])), slices.Sorted(maps.Keys(packages["OpenAPI"]))); diff != "" {
		t.Fatalf("the names of the files (-CSDL +OpenAPI):\n%s", diff)
	}
	got := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(packages["CSDL"])) {
		for difference := range differences(packages["OpenAPI"][name], packages["CSDL"][name]) {
			got[difference] = append(got[difference], name)
		}
	}
	want := map[string][]string{
		// OpenAPI has no flags: a value of any enumeration may hold several members.
		"CSDL knows that it has flags": {"allowed_audiences.go"},
		"OpenAPI leaves open whether it has flags": {
			"anniversary_type.go", "body_type.go", "email_type.go", "language_proficiency_level.go", "person_relationship.go", "phone_type.go",
			"physical_address_type.go", "skill_proficiency_level.go", "types_test.go",
		},
		// OpenAPI has no abstract types.
		"CSDL knows that it is abstract": {"entity.go", "item_facet.go"},
		// OpenAPI has no open types.
		"CSDL knows that it is open": {"fake/description.go"},
		// In OpenAPI 3.0, nullable beside $ref is ignored.
		"CSDL knows that it is not null": {
			"educational_activity.go", "entity.go", "item_address.go", "item_email.go", "item_facet.go", "item_phone.go", "position_detail.go",
			"user_account_information.go", "web_account.go", "work_position.go",
		},
		// This CSDL has no descriptions.
		"OpenAPI has a description": {
			"entity.go", "geo_coordinates.go", "identity.go", "item_body.go", "locale_info.go", "physical_address.go",
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// textsBelow returns the files below a folder, without the lock file.
func textsBelow(t *testing.T, dir string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	if err := filepath.WalkDir(dir, func(name string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !strings.HasSuffix(name, ".lock.json") {
			texts[filepath.ToSlash(strings.TrimPrefix(name, dir+string(filepath.Separator)))] = string(gotest.Read(t, name))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return texts
}

// A difference is named after the first expression that matches a line which only
// one of two files has.
var differenceOf = []struct {
	name string
	line *regexp.Regexp
}{
	{"OpenAPI leaves open whether it has flags", regexp.MustCompile(`\.(Split|Has)\b|\b(Split|Has)\(|^// (Split|Has) re|^import "example.com/other/odata"$`)},
	{"CSDL knows that it has flags", regexp.MustCompile(`^// .* is the (flags )?enumeration |odata\.Join|^// and Has tests|^// The service may add|^// constant can occur`)},
	{"CSDL knows that it is abstract", regexp.MustCompile(`^// .* is the (abstract )?entity type `)},
	{"CSDL knows that it is open", regexp.MustCompile(`^\t+\{Name: "microsoft.graph.identity(Set)?", (Open: true, )?Properties: `)},
	{"CSDL knows that it is not null", regexp.MustCompile(`^\t// (Not null\.|Items not null\.)$`)},
	{"OpenAPI has a description", regexp.MustCompile(`^\t// `)},
}

// differences returns the differences of two files.
func differences(openAPI, csdl string) map[string]bool {
	found := map[string]bool{}
	for _, side := range [][2]string{{openAPI, csdl}, {csdl, openAPI}} {
		others := map[string]int{}
		for line := range strings.Lines(side[1]) {
			others[line]++
		}
		for line := range strings.Lines(side[0]) {
			if others[line]--; others[line] >= 0 || line == "\n" || line == "}\n" {
				continue
			}
			line = strings.TrimSuffix(line, "\n")
			name := "unexpected: " + line
			for _, d := range differenceOf {
				if d.line.MatchString(line) {
					name = d.name
					break
				}
			}
			found[name] = true
		}
	}
	return found
}
