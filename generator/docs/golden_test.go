package docs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// TestGolden compares the warnings and the contents of each fixture with the
// file beside it. Valid fixtures have no warnings, invalid ones have some.
// UPDATE_GOLDEN=1 rewrites these files.
func TestGolden(t *testing.T) {
	for _, file := range fixtureFiles(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			page, warnings := parse(t, filepath.Base(file), readFile(t, file))
			if valid := filepath.Base(filepath.Dir(file)) == "valid"; valid != (warnings == "") {
				t.Errorf("valid is %v, and the warnings are:\n%s", valid, warnings)
			}
			compareGolden(t, file+".golden", warnings+dump(page))
		})
	}
}

func fixtureFiles(tb testing.TB) []string {
	tb.Helper()
	var files []string
	for _, pattern := range []string{"testdata/valid/*.md", "testdata/invalid/*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil || found == nil {
			tb.Fatalf("no file matches %s: %v", pattern, err)
		}
		files = append(files, found...)
	}
	return files
}

// parse returns a page and its warnings, one on each line.
func parse(tb testing.TB, file string, data []byte) (*docs.Page, string) {
	tb.Helper()
	var ds source.Diagnostics
	page := docs.Parse(file, data, &ds)
	if err := ds.Err(); err != nil {
		tb.Error(err)
	}
	return page, warningsOf(&ds)
}

func warningsOf(ds *source.Diagnostics) string {
	var b strings.Builder
	for _, warning := range ds.Warnings() {
		b.WriteString(warning.String() + "\n")
	}
	return b.String()
}

func readFile(tb testing.TB, file string) []byte {
	tb.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// compareGolden compares a text with a file, or writes the file.
func compareGolden(t *testing.T, file, got string) {
	t.Helper()
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(readFile(t, file)), got); diff != "" {
		t.Errorf("UPDATE_GOLDEN=1 rewrites %s (-want +got):\n%s", file, diff)
	}
}
