package openapi_test

import (
	"encoding/json/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/openapi"
	"github.com/msgraphgen/msgraphgen/internal/dump"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// TestCut asks for one path of a document at a time: the model is the same as
// that of the whole document, but for what it says about requests to resources
// that nobody asks for.
func TestCut(t *testing.T) {
	for _, file := range fixtureFiles(t) {
		t.Run(filepath.Base(file), func(t *testing.T) { checkCut(t, file, readFile(t, file), 100) })
	}
}

func TestCutRealDocuments(t *testing.T) {
	for _, name := range realDocuments {
		t.Run(name, func(t *testing.T) {
			file := gotest.Metadata(t, name)
			data := readFile(t, file)
			checkCut(t, file, data, 5)
			checkCut(t, file, oneLineOfJSON(t, data), 2)
		})
	}
}

var realDocuments = []string{
	"openapi/beta-2020-10/People.yml",
	"openapi/beta-2020-10/Mail.yml",
	"openapi/beta-2020-10/Planner.yml",
	"openapi/beta-2020-10/Users.yml",
	"openapi/beta-2020-10/Identity.Governance.yml",
}

// oneLineOfJSON returns a document in YAML as JSON.
func oneLineOfJSON(t *testing.T, data []byte) []byte {
	t.Helper()
	var document any
	if err := yaml.Unmarshal(data, &document); err != nil {
		t.Fatal(err)
	}
	written, err := json.Marshal(texts(document), json.Deterministic(true))
	if err != nil {
		t.Fatal(err)
	}
	return written
}

// checkCut asks for some of the paths of a document, at most the given number.
func checkCut(t *testing.T, file string, data []byte, most int) {
	t.Helper()
	name := filepath.Base(file)
	all, allErr := parse(name, data, optionsFor(file))
	options := optionsFor(file)
	options.Path = func(string) bool { return true }
	if diff := cmp.Diff(everything(name, data, optionsFor(file)), everything(name, data, options)); diff != "" {
		t.Errorf("if all paths are asked for (-all +cut):\n%s", diff)
	}
	paths := []string{"/not/listed"}
	structure := ""
	if allErr == nil {
		paths = append(pathsOf(data), paths...)
		structure = withoutRequests(t, data, name, optionsFor(file))
	}
	for i := 0; i < len(paths); i += 1 + len(paths)/most {
		asked := paths[i]
		options := optionsFor(file)
		options.Path = func(path string) bool { return strings.HasPrefix(asked+"/", path+"/") }
		part, err := parse(name, data, options)
		if allErr != nil || err != nil {
			if allErr == nil || err == nil || err.Error() != allErr.Error() {
				t.Errorf("%s: not %v, but %v", asked, allErr, err)
			}
			continue
		}
		want, got := resourceOf(all, asked), resourceOf(part, asked)
		if diff := cmp.Diff(text(name, want), text(name, got)); diff != "" {
			t.Errorf("%s leads elsewhere (-all +part):\n%s", asked, diff)
		}
		if diff := cmp.Diff(structure, withoutRequests(t, data, name, options)); diff != "" {
			t.Errorf("%s: the model differs (-all +part):\n%s", asked, diff)
		}
		for _, d := range part.AllProblems() {
			if !slices.Contains(all.AllProblems(), d) {
				t.Errorf("%s: the whole document does not have the problem %v", asked, d)
			}
		}
	}
}

// everything returns the model of a document with its problems, or the error.
func everything(file string, data []byte, options openapi.Options) string {
	m, err := parse(file, data, options)
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	for _, d := range m.AllProblems() {
		b.WriteString(d.String() + "\n")
	}
	return b.String() + dump.Text(m, dump.In(file))
}

// withoutRequests returns the model of a document without what it says about
// requests.
func withoutRequests(t *testing.T, data []byte, file string, options openapi.Options) string {
	t.Helper()
	m, err := parse(file, data, options)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range m.Schemas {
		for _, typ := range s.Structured {
			for _, n := range typ.Navigation {
				n.Annotated = nil
			}
		}
	}
	if m.Container != nil {
		for _, s := range m.Container.Sources {
			s.Annotated = nil
		}
	}
	return dump.Text(m, dump.In(file))
}

// pathsOf returns the paths of a document, in order.
func pathsOf(data []byte) []string {
	var document struct{ Paths map[string]any }
	if err := yaml.Unmarshal(data, &document); err != nil {
		return nil // only with two members of one name, which other tests cover
	}
	var paths []string
	for path := range document.Paths {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

func text(file string, element any) string {
	if element == nil {
		return "nothing"
	}
	return dump.Text(element, dump.In(file))
}

// resourceOf returns what a path leads to: a *model.NavigationSource or a
// *model.Navigation, or nil.
func resourceOf(m *model.Model, path string) any {
	segments := strings.Split(strings.Trim(path, "/"), "/")
	s := m.Container.Source(segments[0])
	if s == nil {
		return nil
	}
	var resource any = s
	t, _ := s.Type.Type.(*model.StructuredType)
	for _, segment := range segments[1:] {
		if strings.HasPrefix(segment, "{") {
			continue
		}
		n, _ := t.NavigationProperty(segment)
		if n == nil {
			return nil
		}
		resource = n
		t, _ = n.Type.Type.(*model.StructuredType)
	}
	return resource
}
