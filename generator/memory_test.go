package generator_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/input"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// remembering generates a package in a module of its own, and remembers that.
type remembering struct {
	dir string
	c   config.Config
}

func newRemembering(t *testing.T, c config.Config) remembering {
	dir := gotest.Module(t)
	c.Output = filepath.Join(dir, "graph")
	r := remembering{dir, c}
	r.write(t)
	return r
}

func (r remembering) write(t *testing.T) *generator.Result {
	t.Helper()
	result, err := generator.Write(t.Context(), r.c, generator.WriteOptions{Cache: filepath.Join(r.dir, "cache")})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// recalls reports whether the next run would only remember the last one. It makes
// that one remember a type too many.
func (r remembering) recalls(t *testing.T) bool {
	t.Helper()
	memories, err := filepath.Glob(filepath.Join(r.dir, "cache", "runs", "*"))
	if err != nil || len(memories) != 1 {
		t.Fatalf("%d runs are remembered: %v", len(memories), err)
	}
	data := gotest.Read(t, memories[0])
	whole, err := generator.Generate(t.Context(), r.c)
	if err != nil {
		t.Fatal(err)
	}
	edit(t, memories[0], `"types":`, `"types":9`)
	defer func() { _ = os.WriteFile(memories[0], data, 0o600) }()
	return r.write(t).Types != whole.Types
}

func edit(t *testing.T, file, old, new string) {
	t.Helper()
	data := gotest.Read(t, file)
	edited := bytes.Replace(data, []byte(old), []byte(new), 1)
	if bytes.Equal(data, edited) {
		t.Fatalf("%s does not have %q", file, old)
	}
	if err := os.WriteFile(file, edited, 0o644); err != nil {
		t.Fatal(err)
	}
}

// A run that has nothing to do says what a whole run would say.
func TestUnchangedRunSaysTheSame(t *testing.T) {
	profile := input.Snapshot
	for name, c := range map[string]config.Config{
		"built-in metadata": {Input: config.Input{Source: profile}},
		"pages":             {Input: config.Input{Source: gotest.Metadata(t, "csdl/beta-2020-10-27.xml"), Docs: gotest.Metadata(t, "docs/beta")}},
		"defects":           {Input: config.Input{Source: gotest.Metadata(t, "csdl/beta-2020-10-27.xml")}},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRemembering(t, c)
			if !r.recalls(t) {
				t.Fatal("the second run does all of the work")
			}
			whole, err := generator.Generate(t.Context(), r.c)
			if err != nil {
				t.Fatal(err)
			}
			ignored := cmpopts.IgnoreUnexported(output.Change{}, output.Changes{})
			if diff := cmp.Diff(whole, r.write(t), ignored, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("from the whole run (-) to the one that has nothing to do (+):\n%s", diff)
			}
		})
	}
}

// A run after any change does all of the work, and leaves what a run without a memory
// would leave.
func TestChangesAreNoticed(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, r *remembering){
		"the source": func(t *testing.T, r *remembering) { edit(t, r.c.Source, `Name="weight"`, `Name="mass"`) },
		"a comment there": func(t *testing.T, r *remembering) {
			edit(t, r.c.Source, "<edmx:DataServices>", "<!-- --><edmx:DataServices>")
		},
		"the selection": func(t *testing.T, r *remembering) { r.c.Include = []string{"/cows"} },
		"the evidence":  func(t *testing.T, r *remembering) { r.c.ReadOnly = []string{"farm.cow/weight"} },
		"a page":        func(t *testing.T, r *remembering) { edit(t, filepath.Join(r.c.Docs, "cow.md"), "heavy", "light") },
		"a new page": func(t *testing.T, r *remembering) {
			gotest.Write(t, r.c.Docs, "more/hen.md", []byte("# Hen\n"))
		},
		"a file that is missing": func(t *testing.T, r *remembering) {
			if err := os.Remove(filepath.Join(r.c.Output, "cow.go")); err != nil {
				t.Fatal(err)
			}
		},
		"the lock file": func(t *testing.T, r *remembering) { edit(t, filepath.Join(r.c.Output, lock.Name), "Cow", "Cattle") },
		"a run that was cut short": func(t *testing.T, r *remembering) {
			gotest.Write(t, r.c.Output, lock.Staging+"/0", nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			gotest.Write(t, dir, "farm.xml", []byte(farm(`<Property Name="weight" Type="Edm.Int32"/>`, "")))
			gotest.Write(t, dir, "docs/cow.md", []byte("---\ntitle: \"cow resource type\"\ndoc_type: \"resourcePageType\"\n---\n# cow resource type\n\nNamespace: farm\n\nA heavy animal.\n"))
			c := config.Config{Input: config.Input{Source: filepath.Join(dir, "farm.xml"), Docs: filepath.Join(dir, "docs"), APIVersion: "beta"}}
			c.Include = []string{"/**"}
			r := newRemembering(t, c)
			if !r.recalls(t) {
				t.Fatal("without a change, the second run does all of the work")
			}
			change(t, &r)
			if r.recalls(t) {
				t.Error("the change is not noticed")
			}
			result, err := generator.Generate(t.Context(), r.c)
			if err != nil {
				t.Fatal(err)
			}
			if !result.Changes.Clean() {
				t.Errorf("the package is not up to date:\n%s", result.Changes.Diff())
			}
		})
	}
}

// An edited file is refused, whatever is remembered.
func TestEditsAreNoticed(t *testing.T) {
	r := newRemembering(t, config.Config{Input: config.Input{Source: input.Snapshot}})
	edit(t, filepath.Join(r.c.Output, "client.go"), "package graph", "package graph // mine")
	_, err := generator.Write(t.Context(), r.c, generator.WriteOptions{Cache: filepath.Join(r.dir, "cache")})
	if _, ok := err.(*output.RefusedError); !ok {
		t.Errorf("got %v, want a *output.RefusedError", err)
	}
}
