package diff_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/generator/report"
)

// reports are the golden files of each pair of schemas, and their forms. The page of one
// pair is among the scripts of the command, and the headlines are in TestPageOfMethods.
var reports = map[string]string{"report.txt": "text", "report.md": "markdown", "report.json": "json"}

// write returns a comparison in a form.
func write(t *testing.T, form string, c *diff.Comparison, color bool) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := diff.Forms.Write(&b, form, c, report.TextOptions{Color: color}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Each folder of testdata has a pair of schemas that shows one kind of change,
// and the reports about it. UPDATE_GOLDEN=1 rewrites the reports.
func TestGolden(t *testing.T) {
	root, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	schema, err := jsonschema.NewCompiler().Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	dirs, err := os.ReadDir(root)
	if err != nil || len(dirs) == 0 {
		t.Fatalf("there are no pairs of schemas: %v", err)
	}
	var kinds []string
	for _, dir := range dirs {
		t.Run(dir.Name(), func(t *testing.T) {
			t.Chdir(filepath.Join(root, dir.Name()))
			comparison := compare(t, "old.xml", "new.xml")
			for _, ch := range comparison.Changes {
				kinds = append(kinds, string(ch.Kind))
				if ch.Kind == diff.KindName {
					t.Errorf("%s is said to have no cause in the schema", ch.Symbol)
				}
			}
			for file, form := range reports {
				golden(t, file, write(t, form, comparison, false))
			}
			validate(t, schema, comparison)
			colored(t, comparison)
		})
	}
	// No pair can show the kinds name, which needs lock files, and page, parameter and access, which
	// need Markdown.
	for _, kind := range []string{
		"type", "property", "member", "value", "base", "flags", "nullability", "facet", "open", "key", "abstract", "stream", "number", "deprecated",
		"description", "method", "resource", "path", "settable", "required", "evolvable", "query",
	} {
		if !slices.Contains(kinds, kind) {
			t.Errorf("no pair of schemas shows a change of kind %s", kind)
		}
	}
}

func compare(t *testing.T, old, new string) *diff.Comparison {
	t.Helper()
	comparison, _, err := generator.Diff(t.Context(), config.Config{}, old, new)
	if err != nil {
		t.Fatal(err)
	}
	return comparison
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs; UPDATE_GOLDEN=1 rewrites it\n%s", file, diff)
	}
}

// validate requires that the JSON report conforms to its schema.
func validate(t *testing.T, schema *jsonschema.Schema, c *diff.Comparison) {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(write(t, "json", c, false)))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		t.Error(err)
	}
}

// colored requires that a coloured report differs from a plain one in its
// colours alone.
func colored(t *testing.T, c *diff.Comparison) {
	t.Helper()
	plain, colored := write(t, "text", c, false), write(t, "text", c, true)
	if bytes.Contains(plain, []byte("\x1b")) || !bytes.Contains(colored, []byte("\x1b[")) {
		t.Error("the plain report has colours, or the coloured one has none")
	}
	without := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAll(colored, nil)
	if diff := cmp.Diff(string(plain), string(without)); diff != "" {
		t.Error(diff)
	}
}

// Keys are in the addresses of what a path leads to, though the package lacks the types
// that it passes through.
func TestKeysOnPaths(t *testing.T) {
	c := config.Config{Options: api.Options{Include: []string{"/readers/*/rooms", "/shelves/*/rooms", "/boxes/*/rooms"}}}
	comparison, _, err := generator.Diff(t.Context(), c, "testdata/keys/old.xml", "testdata/keys/new.xml")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, ch := range comparison.Changes {
		got = append(got, ch.Sentence())
	}
	want := []string{
		"type of zoo.shelf/id changed: Edm.String → Edm.Int32; callers of ShelvesBuilder.ByID stop compiling",
		"key of zoo.box changed: label/number as number → label/number as no",
		"key of zoo.reader changed: town, name → name, town",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
