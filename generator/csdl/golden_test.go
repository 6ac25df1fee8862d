package csdl_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/internal/dump"
)

// TestGolden reads each fixture and compares the result with the file beside it:
// the error of a document that cannot be read; else the problems, and for a valid
// fixture the linked model. Invalid fixtures have at least one defect.
// UPDATE_GOLDEN=1 rewrites the files.
func TestGolden(t *testing.T) {
	for _, file := range fixtureFiles(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			m, err := parse(filepath.Base(file), readFile(t, file))
			valid := filepath.Base(filepath.Dir(file)) == "valid"
			if err != nil {
				if valid {
					t.Fatal(err)
				}
				compareGolden(t, file+".golden", err.Error()+"\n")
				return
			}
			problems := m.AllProblems()
			if sound := !slices.ContainsFunc(problems, isDefect); sound != valid {
				t.Errorf("valid is %v, and the problems are %v", valid, problems)
			}
			var b strings.Builder
			for _, d := range problems {
				b.WriteString(d.String() + "\n")
			}
			if valid {
				b.WriteString(dumpModel(m, true))
			}
			compareGolden(t, file+".golden", b.String())
		})
	}
}

func isDefect(d source.Diagnostic) bool { return d.Severity == source.Error }

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
func parse(file string, data []byte) (*model.Model, error) {
	m, err := csdl.Parse(file, data, csdl.Options{})
	if err != nil {
		return nil, err
	}
	model.Link(m)
	return m, nil
}

func readFile(tb testing.TB, file string) []byte {
	tb.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// compareGolden compares a text with a file, or rewrites the file.
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

// dumpModel returns the whole content of a model, with or without positions.
func dumpModel(m *model.Model, positions bool) string {
	if !positions {
		return dump.Text(m, nil)
	}
	return dump.Text(m, func(at source.Position) string { return fmt.Sprintf("%d:%d", at.Line, at.Column) })
}
