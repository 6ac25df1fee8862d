package csdl_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// TestGolden compares what is made of each fixture with the file beside it:
// for the valid ones the warnings and the linked model, for the invalid ones
// the errors. UPDATE_GOLDEN=1 rewrites these files.
func TestGolden(t *testing.T) {
	for _, file := range fixtureFiles(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data := readFile(t, file)
			m, ds := parse(filepath.Base(file), data)
			err := ds.Err()
			if valid := filepath.Base(filepath.Dir(file)) == "valid"; valid != (err == nil) {
				t.Fatalf("valid is %v, and the error is %v", valid, err)
			}
			if err != nil {
				compareGolden(t, file+".golden", err.Error()+"\n")
				return
			}
			var b strings.Builder
			for _, warning := range ds.Warnings() {
				b.WriteString(warning.String() + "\n")
			}
			compareGolden(t, file+".golden", b.String()+dumpModel(m, true))
		})
	}
}

func fixtureFiles(tb testing.TB) []string {
	tb.Helper()
	var files []string
	for _, pattern := range []string{"testdata/valid/*.xml", "testdata/invalid/*.xml"} {
		found, err := filepath.Glob(pattern)
		if err != nil || found == nil {
			tb.Fatalf("there is no %s: %v", pattern, err)
		}
		files = append(files, found...)
	}
	return files
}

// parse returns a linked model.
func parse(file string, data []byte) (*model.Model, *source.Diagnostics) {
	var ds source.Diagnostics
	m := csdl.Parse(file, data, &ds)
	model.Link(m, &ds)
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
