package diff_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/diff"
)

// reports are the golden files of each pair of schemas.
var reports = map[string]func(io.Writer, *diff.Comparison) error{
	"report.txt":  func(w io.Writer, c *diff.Comparison) error { return diff.Text(w, c, false) },
	"report.md":   diff.Markdown,
	"report.json": diff.JSON,
}

// Each folder of testdata has a pair of schemas that shows one kind of change,
// and what is reported of it. UPDATE_GOLDEN=1 rewrites the reports.
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
			}
			for file, report := range reports {
				var b bytes.Buffer
				if err := report(&b, comparison); err != nil {
					t.Fatal(err)
				}
				golden(t, file, b.Bytes())
			}
			validate(t, schema, comparison)
			colored(t, comparison)
		})
	}
	// What no pair can show: two lock files with other names for the same, and
	// pages, which come from Markdown.
	for _, kind := range []string{
		"type", "property", "member", "value", "base", "flags", "nullability", "facet", "open", "key", "abstract", "stream", "number", "deprecated",
		"description", "method", "resource", "path", "status", "settable", "required", "evolvable",
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

// validate requires that the JSON report is what its schema says.
func validate(t *testing.T, schema *jsonschema.Schema, c *diff.Comparison) {
	t.Helper()
	var b bytes.Buffer
	if err := diff.JSON(&b, c); err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(&b)
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		t.Error(err)
	}
}

// colored requires that the colours are all that tells a coloured report from
// another.
func colored(t *testing.T, c *diff.Comparison) {
	t.Helper()
	var plain, colored bytes.Buffer
	if err := diff.Text(&plain, c, false); err != nil {
		t.Fatal(err)
	}
	if err := diff.Text(&colored, c, true); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(plain.Bytes(), []byte("\x1b")) || !bytes.Contains(colored.Bytes(), []byte("\x1b[")) {
		t.Error("colour is where it should not be, or is not where it should")
	}
	without := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAll(colored.Bytes(), nil)
	if diff := cmp.Diff(plain.String(), string(without)); diff != "" {
		t.Error(diff)
	}
}
