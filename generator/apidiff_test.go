package generator_test

import (
	"bytes"
	"encoding/json/v2"
	"fmt"
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/exp/apidiff"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
	"github.com/msgraphgen/msgraphgen/templates"
)

// step is a pair of versions, each with a package generated from it.
type step struct{ name, old, new string }

// The symbols that our comparison calls removed or changed are exactly those that
// apidiff finds to be incompatible between the two generated packages.
func TestSourceSeverityAgreesWithApidiff(t *testing.T) {
	t.Parallel()
	compareWithApidiff(t, config.Config{}, fixtureSteps(t))
}

// The same for all methods of a profile and of mail, between the versions of the
// real schema, in both directions.
func TestSourceSeverityAgreesWithApidiffOnRealSchemas(t *testing.T) {
	t.Parallel()
	for _, selected := range []struct {
		name      string
		include   []string
		schemas   []string
		fewBroken int // symbols, in all steps
	}{
		{"profile", []string{"/me/profile/**", "/users/{id}/profile/**"}, realSchemas, 250},
		{"mail", []string{"/me/messages/**", "/me/mailFolders/**"}, append(slices.Clip(realSchemas), "v1.0-2026-08.xml"), 50},
	} {
		t.Run(selected.name, func(t *testing.T) {
			var steps []step
			for i := range len(selected.schemas) - 1 {
				old, new := selected.schemas[i], selected.schemas[i+1]
				for _, s := range []step{{new, old, new}, {new + "/back", new, old}} {
					steps = append(steps, step{s.name, gotest.Metadata(t, "csdl/"+s.old), gotest.Metadata(t, "csdl/"+s.new)})
				}
			}
			broken := compareWithApidiff(t, config.Config{Include: selected.include}, gotest.Part(steps, 3, 2))
			if broken < selected.fewBroken && !testing.Short() {
				t.Errorf("only %d symbols are broken: the selection has lost methods", broken)
			}
		})
	}
}

// realSchemas are the versions of beta that have profiles, the oldest first. Mail
// is in v1.0 too.
var realSchemas = []string{"beta-2020-08-25-described.xml", "beta-2020-10-27.xml", "beta-2021-07-13.xml", "beta-ussec-2026-08.xml"}

// fixtureSteps are pairs of fixtures, in both directions.
func fixtureSteps(t *testing.T) []step {
	t.Helper()
	root := filepath.Join(gotest.Root(t), "generator", "diff", "testdata")
	dirs, err := os.ReadDir(root)
	if err != nil || len(dirs) == 0 {
		t.Fatalf("there are no pairs of schemas: %v", err)
	}
	var steps []step
	for _, dir := range dirs {
		old, new := filepath.Join(root, dir.Name(), "old.xml"), filepath.Join(root, dir.Name(), "new.xml")
		steps = append(steps, step{dir.Name(), old, new}, step{dir.Name() + "/back", new, old})
	}
	return steps
}

// compareWithApidiff compares the severities of each step with apidiff, and returns
// the number of incompatible symbols.
func compareWithApidiff(t *testing.T, c config.Config, steps []step) (broken int) {
	dir := gotest.Module(t)
	for name, data := range templates.OData(golang.ODataDir, "example.com/downstream/"+golang.ODataDir) {
		gotest.Write(t, dir, name, data)
	}
	for i, s := range steps {
		generatePair(t, c, dir, i, s)
	}
	checker := newChecker(t, dir)
	for i, s := range steps {
		t.Run(s.name, func(t *testing.T) {
			comparison, _, err := generator.Diff(t.Context(), c, s.old, s.new)
			if err != nil {
				t.Fatal(err)
			}
			old := checker.check(t, readFolder(t, filepath.Join(dir, folder(i, "old"))))
			new := checker.check(t, readFolder(t, filepath.Join(dir, folder(i, "new"))))
			want := incompatible(t, old, new)
			broken += len(want)
			got := sorted(brokenSymbols(comparison))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("from apidiff (-) to ours (+):\n%s", diff)
			}
			if names := unreported(old, new, comparison); len(names) > 0 {
				t.Errorf("constants have another value, but no change of the wire says so: %v", names)
			}
			for _, ch := range comparison.Changes {
				if ch.Severity == report.Source && !slices.Contains(want, ch.Symbol) {
					t.Errorf("source, but apidiff has no %s: %+v", ch.Symbol, ch)
				}
			}
		})
	}
	return broken
}

// readFolder returns the files in a folder.
func readFolder(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatalf("there is no package in %s: %v", dir, err)
	}
	files := map[string][]byte{}
	for _, name := range names {
		files[filepath.Base(name)] = gotest.Read(t, name)
	}
	return files
}

// incompatible returns the symbols of the incompatible changes that apidiff finds. Callers
// of a constant compile if it has another value: see revalued.
func incompatible(t testing.TB, old, new *types.Package) []string {
	t.Helper()
	var symbols []string
	for _, change := range apidiff.Changes(old, new).Changes {
		if !change.Compatible && !strings.HasPrefix(change.Message, "Generic_") && !isValueChange(change) {
			symbols = append(symbols, apidiffSymbol(t, old, change.Message))
		}
	}
	return sorted(symbols)
}

// isValueChange reports whether a change is one of the value of a constant.
func isValueChange(c apidiff.Change) bool {
	return strings.Contains(c.Message, ": value changed from ")
}

// revalued returns the old values of the constants that have another value in the new
// package, by name. Programs that use such a constant send the new value.
func revalued(old, new *types.Package) map[string]string {
	values := map[string]string{}
	for _, change := range apidiff.Changes(old, new).Changes {
		if isValueChange(change) {
			name, _, _ := strings.Cut(change.Message, ": ")
			values[name] = constant.StringVal(old.Scope().Lookup(name).(*types.Const).Val())
		}
	}
	return values
}

// unreported returns the constants with another value for which a comparison has no
// change that is at least one of the wire: neither one that names the constant, nor one
// of the element that it stood for.
func unreported(old, new *types.Package, c *diff.Comparison) (names []string) {
	for name, value := range revalued(old, new) {
		if !slices.ContainsFunc(c.Changes, func(ch diff.Change) bool {
			named := ch.Symbol == name || slices.Contains(ch.Also, name) || strings.Contains(ch.Evidence, name+" is ")
			return ch.Severity.AtLeast(report.Wire) && (named || strings.HasSuffix(ch.Subject, "/"+value))
		}) {
			names = append(names, name+" = "+value)
		}
	}
	return sorted(names)
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}

// brokenSymbols returns the symbols of all changes of severity source.
func brokenSymbols(c *diff.Comparison) []string {
	var symbols []string
	for _, ch := range c.Changes {
		if ch.Severity == report.Source {
			symbols = append(append(symbols, ch.Symbol), ch.Also...)
		}
	}
	return symbols
}

// generatePair generates the packages of a step. The new one pins the names of the
// old one.
func generatePair(t *testing.T, c config.Config, dir string, i int, s step) {
	t.Helper()
	c.Package, c.OData = "graph", "example.com/downstream/odata"
	everything := len(c.Include) == 0
	var pinned []byte
	for _, side := range []struct{ name, source string }{{"old", s.old}, {"new", s.new}} {
		c.Source, c.Output = side.source, filepath.Join(dir, folder(i, side.name))
		if everything {
			c.Types, c.Include = []string{"**"}, nil
			if bytes.Contains(gotest.Read(t, side.source), []byte("EntityContainer")) {
				c.Include = []string{"/**"}
			}
		}
		if pinned != nil {
			gotest.Write(t, c.Output, lock.Name, pinned)
		}
		generate(t, c)
		pinned = namesOnly(t, c.Output)
	}
}

// folder returns the folder of a package, in the module of all packages.
func folder(step int, side string) string { return fmt.Sprintf("step%d/%s/graph", step, side) }

// namesOnly returns a lock file without its files.
func namesOnly(t *testing.T, dir string) []byte {
	t.Helper()
	f, err := output.ReadLock(dir)
	if err != nil {
		t.Fatal(err)
	}
	f.Files = map[string]string{}
	data, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// checker type-checks generated packages, without the bodies of functions.
//
// apidiff takes two instances of a generic type of a third package for the same,
// whatever the type arguments: it does not see that odata.Opt[string] became
// odata.Opt[int32], or a pager of messages one of users. In the packages that it
// compares, these types are therefore replaced by types of the package itself.
type checker struct {
	fset     *token.FileSet
	importer types.Importer
}

// newChecker returns a checker for packages that import the imports of the support
// package. It reads these from the output of the go command.
func newChecker(t testing.TB, dir string) *checker {
	t.Helper()
	cmd := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}",
		"./odata", "context", "encoding/json/jsontext", "iter", "maps", "net/http", "time", "github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime")
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	list, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for line := range strings.Lines(string(list)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), " ")
		files[path] = file
	}
	fset := token.NewFileSet()
	return &checker{fset, importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(files[path]) })}
}

// check returns the package of the given files.
func (c *checker) check(t testing.TB, files map[string][]byte) *types.Package {
	t.Helper()
	var parsed []*ast.File
	generics := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.Contains(name, "/") || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(c.fset, name, files[name], parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		useLocalGenerics(file, generics)
		parsed = append(parsed, file)
	}
	code := "package graph\n"
	for _, name := range slices.Sorted(maps.Keys(generics)) {
		code += "type " + name + generics[name] + "\n"
	}
	file, err := parser.ParseFile(c.fset, "generics.go", code, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	parsed = append(parsed, file)
	config := types.Config{Importer: c.importer, IgnoreFuncBodies: true, Error: func(err error) {
		if !strings.Contains(err.Error(), "imported and not used") {
			t.Error(err)
		}
	}}
	p, _ := config.Check("graph", c.fset, parsed, nil)
	return p
}

// useLocalGenerics replaces the instances of generic types of other packages:
// odata.Opt[T] by Generic_odata_Opt[T]. It adds the declarations of these types to
// generics. The type of a constant is a string type.
func useLocalGenerics(file *ast.File, generics map[string]string) {
	constants := map[ast.Expr]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if n, ok := n.(*ast.GenDecl); ok && n.Tok == token.CONST {
			for _, spec := range n.Specs {
				constants[spec.(*ast.ValueSpec).Type] = true
			}
		}
		var generic *ast.Expr
		arguments := 1
		switch n := n.(type) {
		case *ast.IndexExpr:
			generic = &n.X
		case *ast.IndexListExpr:
			generic, arguments = &n.X, len(n.Indices)
		case *ast.BlockStmt:
			return false
		default:
			return true
		}
		selector, ok := (*generic).(*ast.SelectorExpr)
		if !ok {
			return true
		}
		name := "Generic_" + selector.X.(*ast.Ident).Name + "_" + selector.Sel.Name
		var parameters, fields []string
		for i := range arguments {
			parameters = append(parameters, fmt.Sprintf("T%d", i))
			fields = append(fields, fmt.Sprintf("F%d T%d", i, i))
		}
		underlying := "struct{" + strings.Join(fields, "; ") + "}"
		if constants[n.(ast.Expr)] {
			underlying = "string"
		}
		generics[name] = "[" + strings.Join(parameters, ", ") + " any] " + underlying
		*generic = ast.NewIdent(name)
		return true
	})
}

// methodSet matches the names that apidiff gives to methods: "(*Visit).ForCreate",
// and for a promoted one "(*Visit).ForCreate, method set of *Stay".
var (
	apidiffMethod   = regexp.MustCompile(`^\(\*(\w+)\)\.(\w+)$`)
	apidiffPromoted = regexp.MustCompile(`^\(\*\w+\)\.(\w+), method set of \*(\w+)$`)
)

// apidiffSymbol returns the symbol of an incompatible message, in our spelling.
func apidiffSymbol(t testing.TB, old *types.Package, message string) string {
	t.Helper()
	symbol, says, ok := strings.Cut(message, ": ")
	if !ok {
		t.Fatalf("not understood: %s", message)
	}
	if m := apidiffPromoted.FindStringSubmatch(symbol); m != nil {
		return m[2] + "." + m[1]
	}
	m := apidiffMethod.FindStringSubmatch(symbol)
	if m == nil {
		return symbol
	}
	// A derived type has a method of its own in place of a promoted one. apidiff
	// names the old method, and the result shows the new one.
	var base, derived string
	if n, _ := fmt.Sscanf(says, "changed from func() *%s to func() *%s", &base, &derived); n == 2 && m[2] == "ForCreate" && m[1] == base {
		if embeds(old, derived, base) {
			return derived + ".ForCreate"
		}
	}
	return m[1] + "." + m[2]
}

// embeds reports whether a struct has the fields of another one.
func embeds(p *types.Package, derived, base string) bool {
	t := p.Scope().Lookup(derived)
	if t == nil {
		return false
	}
	found, path, _ := types.LookupFieldOrMethod(t.Type(), true, p, base)
	return found != nil && len(path) > 0
}
