package openapi_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/openapi"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/internal/dump"
)

// TestGolden compares the model of each fixture with the file beside it: the
// error for a document that cannot be read, else the problems and the linked
// model. The valid documents have no defects, the invalid ones have at least
// one. UPDATE_GOLDEN=1 rewrites these files.
func TestGolden(t *testing.T) {
	for _, file := range fixtureFiles(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			name := filepath.Base(file)
			m, err := parse(name, readFile(t, file), optionsFor(file))
			var b strings.Builder
			valid := filepath.Base(filepath.Dir(file)) == "valid"
			if err != nil {
				if valid {
					t.Error(err)
				}
				b.WriteString(err.Error() + "\n")
			} else {
				problems := m.AllProblems()
				if sound := !slices.ContainsFunc(problems, isDefect); sound != valid {
					t.Errorf("valid is %v, and the problems are %v", valid, problems)
				}
				for _, d := range problems {
					if isDefect(d) {
						b.WriteString("defect: ")
					}
					b.WriteString(d.String() + "\n")
				}
				for _, d := range m.Referenced {
					b.WriteString("read: " + d.File + "\n")
				}
				m.Referenced = nil // their content
				b.WriteString(dump.Text(m, dump.In(name)))
			}
			// Other files are shown below their folder.
			got := strings.ReplaceAll(b.String(), filepath.Dir(file)+string(filepath.Separator), "")
			compareGolden(t, file+".golden", got)
		})
	}
}

func isDefect(d source.Diagnostic) bool { return d.Severity == source.Error }

// fixtureFiles returns the fixtures: the files with a golden file, or that are
// to have one. The files that they refer to are in folders.
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

// parse returns a linked model.
func parse(file string, data []byte, options openapi.Options) (*model.Model, error) {
	m, err := openapi.Parse(file, data, options)
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
