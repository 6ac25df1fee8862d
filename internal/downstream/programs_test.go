package downstream

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// Programs for real jobs are built with packages from the real metadata. Their
// tests, with a server that checks each request, and the generated tests pass.
func TestPrograms(t *testing.T) {
	const now, before = "v1.0-2026-08.xml", "beta-2021-07-13.xml"
	for _, test := range []struct {
		area, source string
		without      []string // files of the program
	}{
		{"mail", now, nil}, {"mail", before, nil},
		{"calendar", now, nil}, {"calendar", before, nil},
		{"directory", now, nil},
		{"directory", before, []string{"applications.go", "applications_test.go"}}, // it has no alternate keys
		{"drive", now, nil}, {"drive", before, nil},
		{"teams", now, nil}, {"teams", before, nil},
		{"profile", before, nil},
	} {
		t.Run(test.area+" "+test.source, func(t *testing.T) {
			program(t, test.area, func(c *config.Config) {
				c.Source = gotest.Metadata(t, "csdl/"+test.source)
			}, test.without...)
		})
	}
}

// The same for services other than Graph, whose metadata is in the folder of the
// program.
func TestOtherServices(t *testing.T) {
	for _, name := range []string{"trippin", "northwind", "sap"} {
		t.Run(name, func(t *testing.T) { program(t, name, func(*config.Config) {}) })
	}
}

// program generates the package of a folder below testdata, and tests it and the
// program in the folder, less some files, in a module of their own. It logs the
// figures.
func program(t *testing.T, area string, change func(*config.Config), without ...string) {
	t.Helper()
	root := filepath.Join(gotest.Root(t), "internal/downstream/testdata")
	c, err := config.Read(filepath.Join(root, area, config.Name))
	if err != nil {
		t.Fatal(err)
	}
	change(&c)
	dir := gotest.Module(t)
	for _, folder := range []string{"server", area} {
		if err := os.CopyFS(filepath.Join(dir, folder), os.DirFS(filepath.Join(root, folder))); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range without {
		if err := os.Remove(filepath.Join(dir, area, name)); err != nil {
			t.Fatal(err)
		}
	}
	c.Output = filepath.Join(dir, area, "graph")
	start := time.Now()
	result, err := generator.Write(t.Context(), c, generator.WriteOptions{})
	if err != nil {
		t.Fatal(err)
	}
	generated := time.Since(start)
	// The libraries are compiled first: the time is that of the package alone.
	gotest.Go(t, dir, "build", "./"+area+"/graph/odata")
	start = time.Now()
	gotest.Go(t, dir, "build", "./"+area+"/graph")
	compiled := time.Since(start)
	t.Log(figures(t, c.Output, result), fmt.Sprintf("generated in %d ms, compiled in %d ms", generated.Milliseconds(), compiled.Milliseconds()))
	gotest.Go(t, dir, "vet", "./...")
	gotest.Go(t, dir, "test", "-vet=off", "-ldflags=-s -w", "./...")
}

// figures returns the size of a package, without its tests and the support package.
func figures(t *testing.T, dir string, result *generator.Result) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	count, lines := 0, 0
	for _, file := range files {
		if !strings.HasSuffix(file, "_test.go") {
			count, lines = count+1, lines+bytes.Count(gotest.Read(t, file), []byte("\n"))
		}
	}
	return fmt.Sprintf("%d methods, %d types, %d files, %d lines;", result.Methods, result.Types, count, lines)
}
