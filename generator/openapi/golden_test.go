package openapi_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/openapi"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/internal/dump"
)

// TestGolden compares what is made of each fixture with the file beside it:
// for the valid ones the warnings and the linked model, for the invalid ones
// the errors. UPDATE_GOLDEN=1 rewrites these files.
func TestGolden(t *testing.T) {
	for _, file := range fixtureFiles(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			m, ds := parse(filepath.Base(file), readFile(t, file), optionsFor(file))
			err := ds.Err()
			if valid := filepath.Base(filepath.Dir(file)) == "valid"; valid != (err == nil) {
				t.Errorf("valid is %v, and the error is %v", valid, err)
			}
			var b strings.Builder
			for _, warning := range ds.Warnings() {
				b.WriteString(warning.String() + "\n")
			}
			if err != nil {
				b.WriteString(err.Error() + "\n")
			} else {
				b.WriteString(dump.Text(m, dump.In(filepath.Base(file))))
			}
			// What is in other files is shown below their folder.
			got := strings.ReplaceAll(b.String(), filepath.Dir(file)+string(filepath.Separator), "")
			compareGolden(t, file+".golden", got)
		})
	}
}

// fixtureFiles returns the fixtures: the files that have a golden file, or that
// are to have one. What they refer to is in folders.
func fixtureFiles(tb testing.TB) []string {
	tb.Helper()
	var files []string
	for _, pattern := range []string{"testdata/valid/*.*", "testdata/invalid/*.*"} {
		found, err := filepath.Glob(pattern)
		if err != nil || found == nil {
			tb.Fatalf("there is no %s: %v", pattern, err)
		}
		for _, file := range found {
			if filepath.Ext(file) != ".golden" {
				files = append(files, file)
			}
		}
	}
	return files
}

// optionsFor returns the options that a fixture is read with: some are about
// other files.
func optionsFor(file string) openapi.Options {
	if name := filepath.Base(file); strings.HasPrefix(name, "external") || strings.HasPrefix(name, "outside") {
		return openapi.Options{Dir: filepath.Dir(file)}
	}
	return openapi.Options{}
}

// parse returns a model, linked if there is nothing wrong so far.
func parse(file string, data []byte, options openapi.Options) (*model.Model, *source.Diagnostics) {
	var ds source.Diagnostics
	m := openapi.Parse(file, data, options, &ds)
	if ds.Err() == nil {
		model.Link(m, &ds)
	}
	return m, &ds
}

func readFile(tb testing.TB, file string) []byte {
	tb.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// compareGolden compares a text with a file, or puts it there.
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
