package generator_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/describe"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// A builder that serves several paths has the methods of all of them. A method that
// the metadata rules out on one of them says so, and so does describe. A slice and
// the lock file hold the restriction.
func TestRestrictedPaths(t *testing.T) {
	t.Parallel()
	schema := filepath.Join(gotest.Root(t), "generator", "diff", "testdata", "restricted", "new.xml")
	c := config.Config{Source: schema, Output: filepath.Join(t.TempDir(), "graph"), Package: "graph", ImportPath: "example.com/downstream/graph"}
	c.Include = []string{"/me/**", "/keepers/{id}/**"}
	generate(t, c)
	code := strings.Join(strings.Fields(string(gotest.Read(t, filepath.Join(c.Output, "keeper_notes_builder.go")))), " ")
	if want := "// POST /keepers/{id}/notes // // By its metadata, the service does not answer this on other paths of the // builder: // // POST /me/notes func"; !strings.Contains(code, want) {
		t.Errorf("the doc comment of Create lacks %q:\n%s", want, code)
	}
	if rounds := gotest.Read(t, filepath.Join(c.Output, "round_notes_builder.go")); bytes.Contains(rounds, []byte(") Create(")) {
		t.Error("there is a method that all paths rule out")
	}

	document := checkSlice(t, config.Config{Source: schema, Options: c.Options})
	if !bytes.Contains(document, []byte("RestrictedProperties")) {
		t.Error("the slice has lost the restrictions")
	}

	for what, want := range map[string]string{
		"/me/notes":              "methods that can be generated\n\tGET\nmethods that the metadata rules out on this path\n\tPOST\n",
		"/keepers/{id}/notes":    "methods that can be generated\n\tGET, POST\nactions, functions and other methods behind this path\n\tGET $count\na create can set\n",
		"POST /**/notes":         "POST /keepers/{id}/notes, zoo.note, but not /me/notes\n",
		"/me/rounds/{id}/notes/": "methods that can be generated\n\tGET\nmethods that the metadata rules out on this path\n\tPOST\n",
	} {
		d, _, err := generator.Describe(t.Context(), config.Config{Source: schema}, what, false)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := describe.Forms.Write(&b, "text", d, report.TextOptions{}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), want) {
			t.Errorf("%s: got\n%s\nwithout\n%s", what, b.String(), want)
		}
	}

	comparison, _, err := generator.Diff(t.Context(), config.Config{}, c.Output, schema)
	if err != nil || len(comparison.Changes) > 0 {
		t.Errorf("the lock file and its own source differ: %v, %+v", err, comparison)
	}
}
