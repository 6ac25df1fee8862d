package openapi_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/openapi"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/internal/dump"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// TestCut asks for one path of a document at a time: that the others are cut
// out changes nothing of the types, nor of what the path leads to.
func TestCut(t *testing.T) {
	for _, file := range fixtureFiles(t) {
		if filepath.Base(filepath.Dir(file)) == "valid" && filepath.Ext(file) == ".yaml" {
			t.Run(filepath.Base(file), func(t *testing.T) { checkCut(t, file, 100) })
		}
	}
}

func TestCutRealDocuments(t *testing.T) {
	for _, name := range realDocuments {
		t.Run(name, func(t *testing.T) { checkCut(t, gotest.Metadata(t, name), 5) })
	}
}

var realDocuments = []string{
	"openapi/beta-2020-10/People.yml",
	"openapi/beta-2020-10/Mail.yml",
	"openapi/beta-2020-10/Planner.yml",
	"openapi/beta-2020-10/Users.yml",
	"openapi/beta-2020-10/Identity.Governance.yml",
}

// checkCut asks for some of the paths of a document.
func checkCut(t *testing.T, file string, most int) {
	data := readFile(t, file)
	name := filepath.Base(file)
	all, ds := parse(name, data, optionsFor(file))
	if err := ds.Err(); err != nil {
		t.Fatal(err)
	}
	paths := pathsOf(t, data)
	for i := 0; i < len(paths); i += 1 + len(paths)/most {
		asked := paths[i]
		options := optionsFor(file)
		options.Path = func(path string) bool { return strings.HasPrefix(asked+"/", path+"/") }
		part, partDs := parse(name, data, options)
		if err := partDs.Err(); err != nil {
			t.Fatalf("%s: %v", asked, err)
		}
		compareTypes(t, asked, all, part)
		want, got := resourceOf(all, asked), resourceOf(part, asked)
		if diff := cmp.Diff(text(name, want), text(name, got)); diff != "" {
			t.Errorf("%s leads elsewhere (-all +part):\n%s", asked, diff)
		}
		for _, warning := range partDs.Warnings() {
			if !slices.Contains(ds.Warnings(), warning) {
				t.Errorf("%s: a warning that the whole document does not have: %v", asked, warning)
			}
		}
	}
}

// pathsOf returns the paths of a document, in order.
func pathsOf(tb testing.TB, data []byte) []string {
	tb.Helper()
	var document struct{ Paths yaml.Node }
	if err := yaml.Unmarshal(data, &document); err != nil {
		tb.Fatal(err)
	}
	var paths []string
	for i := 0; i < len(document.Paths.Content); i += 2 {
		paths = append(paths, document.Paths.Content[i].Value)
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

// compareTypes compares all types but for the navigation properties that only
// paths tell of.
func compareTypes(t *testing.T, asked string, all, part *model.Model) {
	t.Helper()
	for _, s := range all.Schemas {
		for _, want := range s.Structured {
			got, ok := part.Type(want.QualifiedName()).(*model.StructuredType)
			if !ok {
				if want.Position.Line > 0 && len(want.Properties) > 0 && want.Base == nil && want.Key == nil {
					t.Errorf("%s: there is no %s", asked, want.QualifiedName())
				}
				continue
			}
			a, b := *want, *got
			a.Navigation, b.Navigation = nil, nil
			if diff := cmp.Diff(text("", &a), text("", &b)); diff != "" {
				t.Errorf("%s: (-all +part):\n%s", asked, diff)
			}
			for _, n := range got.Navigation {
				other, _ := want.NavigationProperty(n.Name)
				if other == nil || other.Type.String() != n.Type.String() || other.Nullable != n.Nullable || other.Position != n.Position {
					t.Errorf("%s: %s of %s differs", asked, n.Name, want.QualifiedName())
				}
			}
		}
		for _, want := range s.Enums {
			if got, ok := part.Type(want.QualifiedName()).(*model.EnumType); !ok || text("", want) != text("", got) {
				t.Errorf("%s: %s differs", asked, want.QualifiedName())
			}
		}
		for _, want := range s.Definitions {
			if got, ok := part.Type(want.QualifiedName()).(*model.TypeDefinition); !ok || text("", want) != text("", got) {
				t.Errorf("%s: %s differs", asked, want.QualifiedName())
			}
		}
	}
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

// What is wrong with a document is reported even where it is cut out, as far
// as a document cannot be read without it.
func TestCutWrong(t *testing.T) {
	for _, file := range fixtureFiles(t) {
		if filepath.Base(filepath.Dir(file)) != "invalid" {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			data := readFile(t, file)
			options := optionsFor(file)
			_, ds := parse("f", data, options)
			options.Path = func(string) bool { return false }
			var part source.Diagnostics
			model.Link(openapi.Parse("f", data, options, &part), &part)
			if err := part.Err(); err != nil && err.Error() != ds.Err().Error() {
				t.Errorf("not %v, but %v", ds.Err(), err)
			}
		})
	}
}
