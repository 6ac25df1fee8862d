package generator_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// A lock file in which any name was deleted or replaced gives a package in which all
// declarations differ, or an error that names the lock file. So does the next version
// after it, and the comparison with it.
func TestEditedNames(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	golden := "../testdata/golden/keep/"
	c, err := config.Read(golden + config.Name)
	if err != nil {
		t.Fatal(err)
	}
	c.Output, c.ImportPath, c.OData = filepath.Join(dir, "out"), "example.com/app/out", ""
	for _, source := range []string{"old.xml", "schema.xml"} { // the second retains elements of the first
		c.Source = golden + source
		generate(t, c)
	}
	file := filepath.Join(c.Output, lock.Name)
	whole, err := output.ReadLock(c.Output)
	if err != nil {
		t.Fatal(err)
	}
	names := slices.Sorted(maps.Keys(whole.Names))
	failed := 0
	for i, key := range gotest.Part(names, 3, 0) {
		for _, name := range []string{"", whole.Names[names[(i+1)%len(names)]], "Client", "client", "x٣", "../X", "type", strings.Repeat("Long", 80)} {
			edited := *whole
			edited.Names = maps.Clone(whole.Names)
			edited.Names[key] = name
			if name == "" {
				delete(edited.Names, key)
			}
			data, err := edited.Encode()
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, data, 0o644); err != nil {
				t.Fatal(err)
			}
			for _, source := range []string{"schema.xml", "newer.xml"} {
				c.Source = golden + source
				result, generateErr := generator.Generate(t.Context(), c)
				_, _, diffErr := generator.Diff(t.Context(), config.Config{}, file, c.Source)
				for _, err := range []error{generateErr, diffErr} {
					if err == nil {
						continue
					}
					failed++
					if _, ok := errors.AsType[*lock.DamagedError](err); !ok || !strings.HasPrefix(err.Error(), file) {
						t.Errorf("%s is %q, %s: %v", key, name, source, err)
					}
				}
				if generateErr == nil {
					if twice := declaredTwice(t, result); twice != "" {
						t.Errorf("%s is %q, %s: %s is declared twice", key, name, source, twice)
					}
				}
			}
		}
	}
	if failed == 0 {
		t.Error("no name is refused")
	}
}

// declaredTwice returns a name that a generated package declares more than once, or "".
func declaredTwice(t *testing.T, result *generator.Result) string {
	t.Helper()
	seen := map[string]bool{}
	for name, text := range result.Changes.Wanted() {
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.Contains(name, "/") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, text, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declared := range declarations(f) {
			if seen[declared] {
				return declared
			}
			seen[declared] = true
		}
	}
	return ""
}

// declarations returns the names of the declarations in a file: types, functions,
// constants, and methods and fields with their type.
func declarations(f *ast.File) (names []string) {
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			name := d.Name.Name
			if d.Recv != nil {
				receiver := d.Recv.List[0].Type
				if star, ok := receiver.(*ast.StarExpr); ok {
					receiver = star.X
				}
				name = receiver.(*ast.Ident).Name + "." + name
			}
			names = append(names, name)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					names = append(names, spec.Name.Name)
					if s, ok := spec.Type.(*ast.StructType); ok {
						for _, field := range s.Fields.List {
							for _, name := range field.Names {
								names = append(names, spec.Name.Name+"."+name.Name)
							}
						}
					}
				case *ast.ValueSpec:
					for _, name := range spec.Names {
						if name.Name != "_" {
							names = append(names, name.Name)
						}
					}
				}
			}
		}
	}
	return names
}
