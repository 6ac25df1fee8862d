package generator_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
	"github.com/msgraphgen/msgraphgen/templates"
)

// For any three schemas in a row: the packages compile, generating again changes
// nothing, and the comparison of the lock files agrees with apidiff, also about
// retained elements.
func TestKeepingInRandomSchemas(t *testing.T) {
	t.Parallel()
	k := newKeeping(t)
	rapid.Check(t, func(r *rapid.T) {
		k.reset(r)
		seeds := rapid.SliceOfN(rapid.Uint64(), 3, 3).Draw(r, "seeds")
		for _, seed := range seeds {
			k.next(t, r, randomModel(seeds[0], seed, nil))
		}
	})
}

// If a release only removes elements, callers still compile: all but those of
// operations, which are not retained. So do their tests: the fake service has the fields
// that it had.
func TestKeepingAllThatRandomSchemasLose(t *testing.T) {
	t.Parallel()
	k := newKeeping(t)
	rapid.Check(t, func(r *rapid.T) {
		k.reset(r)
		seed := rapid.Uint64().Draw(r, "seed")
		all, m := randomModel(seed, seed, nil), randomModel(seed, seed, nil)
		all.Schemas[0].Operations, m.Schemas[0].Operations = nil, nil
		takeAway(m, rand.New(rand.NewPCG(seed, 1)))
		if patternsOf(r, all) != nil && patternsOf(r, m) == nil {
			r.Skip("a pattern that matches nothing any more is an error")
		}
		k.next(t, r, all)
		before := k.fieldsOfFake(r)
		broken, warnings := k.next(t, r, m)
		after := k.fieldsOfFake(r)
		for _, name := range before {
			if !slices.Contains(after, name) {
				r.Errorf("the fake service loses the field %s", name)
			}
		}
		if len(broken) > 0 || len(warnings) > 0 {
			r.Fatalf("callers stop compiling: %v\n%v", broken, warnings)
		}
	})
}

// takeAway removes about a third of the elements of a schema, as far as no other
// element needs them.
func takeAway(m *model.Model, random *rand.Rand) {
	goes := func() bool { return random.IntN(3) == 0 }
	needed := map[string]bool{}
	for _, s := range m.Schemas {
		for _, t := range s.Structured {
			t.Properties = slices.DeleteFunc(t.Properties, func(p *model.Property) bool { return p.Name != "id" && goes() })
			t.Navigation = slices.DeleteFunc(t.Navigation, func(*model.Navigation) bool { return goes() })
			for _, p := range t.Properties {
				needed[p.Type.Name] = true
			}
			for _, n := range t.Navigation {
				needed[n.Type.Name] = true
			}
			if t.Base != nil {
				needed[t.Base.Name] = true
			}
		}
		for _, e := range s.Enums {
			e.Members = slices.DeleteFunc(e.Members, func(*model.Member) bool { return goes() })
		}
	}
	m.Container.Sources = slices.DeleteFunc(m.Container.Sources, func(*model.NavigationSource) bool { return goes() })
	for _, s := range m.Container.Sources {
		needed[s.Type.Name] = true
	}
	for _, s := range m.Schemas {
		unneeded := func(name string) bool { return !needed[s.Namespace+"."+name] && goes() }
		s.Structured = slices.DeleteFunc(s.Structured, func(t *model.StructuredType) bool { return unneeded(t.Name) })
		s.Enums = slices.DeleteFunc(s.Enums, func(t *model.EnumType) bool { return unneeded(t.Name) })
		s.Definitions = slices.DeleteFunc(s.Definitions, func(t *model.TypeDefinition) bool { return unneeded(t.Name) })
	}
}

// keeping generates a package again and again, and retains removed elements.
type keeping struct {
	dir, out string
	checker  *checker
	before   *types.Package
}

func newKeeping(t *testing.T) *keeping {
	dir := gotest.Module(t)
	for name, data := range templates.OData(golang.ODataDir, "example.com/downstream/"+golang.ODataDir) {
		gotest.Write(t, dir, name, data)
	}
	return &keeping{dir: dir, out: filepath.Join(dir, "graph"), checker: newChecker(t, dir)}
}

// reset removes the package.
func (k *keeping) reset(r *rapid.T) {
	k.before = nil
	if err := os.RemoveAll(k.out); err != nil {
		r.Fatal(err)
	}
}

// next generates the package from a schema, and checks it. It returns the symbols
// that callers of the previous package miss, and the warnings about them.
func (k *keeping) next(t *testing.T, r *rapid.T, m *model.Model) (broken []string, warnings []source.Diagnostic) {
	c := config.Config{
		Source: filepath.Join(k.dir, "beta.xml"), Output: k.out, OData: "example.com/downstream/odata",
		Types: []string{"**"}, Include: patternsOf(r, m), KeepDeprecated: true,
	}
	gotest.Write(t, k.dir, "beta.xml", csdl.Write(m, nil))
	before := filepath.Join(k.dir, "before.json")
	if k.before != nil {
		gotest.Write(t, k.dir, "before.json", gotest.Read(t, filepath.Join(k.out, lock.Name)))
	}
	result, err := generator.Generate(t.Context(), c)
	if err != nil {
		r.Fatal(err)
	}
	if err := result.Changes.Write(output.WriteOptions{}); err != nil {
		r.Fatal(err)
	}
	files := readFolder(t, k.out)
	if err := k.checker.compile(files); err != nil {
		r.Fatal(err)
	}
	again, err := generator.Generate(t.Context(), c)
	if err != nil {
		r.Fatal(err)
	}
	if !again.Changes.Clean() {
		r.Fatalf("a second run changes\n%s", again.Changes.Diff())
	}
	old, new := k.before, k.checker.check(t, files)
	k.before = new
	if old == nil {
		return nil, nil
	}
	comparison, _, err := generator.Diff(t.Context(), config.Config{}, before, k.out)
	if err != nil {
		r.Fatal(err)
	}
	broken = incompatible(t, old, new)
	if diff := cmp.Diff(withoutForCreate(broken), withoutForCreate(sorted(brokenSymbols(comparison)))); diff != "" {
		r.Fatalf("from apidiff (-) to ours (+):\n%s\n%v", diff, lines(comparison))
	}
	if names := unreported(old, new, comparison); len(names) > 0 {
		r.Fatalf("constants have another value, but no change of the wire says so: %v\n%v", names, lines(comparison))
	}
	return broken, keepWarnings(result)
}

// fieldsOfFake returns the fields of the fake service, if the package has one.
func (k *keeping) fieldsOfFake(r *rapid.T) (names []string) {
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(k.out, golang.FakeDir, "service.go"), nil, parser.SkipObjectResolution)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		r.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if field, ok := n.(*ast.Field); ok {
			for _, name := range field.Names {
				if name.IsExported() {
					names = append(names, name.Name)
				}
			}
		}
		return true
	})
	return names
}

// keepWarnings returns the warnings about elements that cannot be retained.
func keepWarnings(result *generator.Result) []source.Diagnostic {
	return slices.DeleteFunc(slices.Clone(result.Advice), func(d source.Diagnostic) bool { return !strings.HasPrefix(d.Message, "keep-deprecated: ") })
}

// patternsOf returns the pattern for all methods of a model, if it has any.
func patternsOf(r *rapid.T, m *model.Model) []string {
	linked(r, m)
	all := []string{"/**"}
	if _, err := api.Select(m, api.Options{Include: all}); err != nil {
		return nil
	}
	return all
}

// compile type-checks a package, with the bodies of functions.
func (c *checker) compile(files map[string][]byte) error {
	var parsed []*ast.File
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(c.fset, name, files[name], parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		parsed = append(parsed, file)
	}
	var problems []error
	config := types.Config{Importer: c.importer, Error: func(err error) { problems = append(problems, err) }}
	_, _ = config.Check("example.com/downstream/graph", c.fset, parsed, nil)
	return errors.Join(problems...)
}
