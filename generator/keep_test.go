package generator_test

import (
	"bytes"
	"errors"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
	"github.com/msgraphgen/msgraphgen/templates"
)

// The golden case keep is generated from old.xml and then from schema.xml. A third
// release, newer.xml, drops the retained elements. At each step the package
// compiles and passes its tests, and generating again changes nothing.
func TestGoldenKeep(t *testing.T) {
	golden := filepath.Join(gotest.Root(t), "testdata", "golden", "keep")
	dir := gotest.Module(t)
	out := filepath.Join(dir, "out")
	c, err := config.Read(filepath.Join(golden, config.Name))
	if err != nil {
		t.Fatal(err)
	}
	c.Output, c.OData = out, ""
	for _, source := range []string{"old.xml", "schema.xml", "newer.xml"} {
		c.Source = filepath.Join(golden, source)
		generate(t, c)
		generateAgain(t, c)
		gotest.Write(t, dir, "app/app_test.go", []byte(keepProgram))
		if source == "newer.xml" {
			if err := os.RemoveAll(filepath.Join(dir, "app")); err != nil {
				t.Fatal(err)
			}
		}
		gotest.Check(t, dir)
		kept := bytes.Contains(gotest.Read(t, filepath.Join(out, "cow.go")), []byte("Weight odata.Opt[odata.Decimal]"))
		if want := source != "newer.xml"; kept != want {
			t.Errorf("%s: Cow.Weight is there: %t, want %t", source, kept, want)
		}
	}
	c.KeepDeprecated = false
	generate(t, c)
	if content := gotest.Read(t, filepath.Join(out, lock.Name)); bytes.Contains(content, []byte(`"retained"`)) {
		t.Error("turned off, something is kept still")
	}
	compareGolden(t, golden)
}

// keepProgram is the test of a program that was written for old.xml. Its release
// renames the resource visit and removes the resource notes: the fields of the fake
// service stay, and it answers the methods as before.
const keepProgram = `//lint:file-ignore SA1019 it is to change before the next release

package app

import (
	"testing"

	keep "example.com/downstream/out"
	"example.com/downstream/out/fake"
	"example.com/downstream/out/odata"
)

func TestRetainedMethods(t *testing.T) {
	service := fake.NewService()
	if err := service.Seed("/cows/7/notes/1", &keep.Note{Text: odata.Of("calves in May")}); err != nil {
		t.Fatal(err)
	}
	client, err := keep.NewClient(nil, service.ClientOptions())
	if err != nil {
		t.Fatal(err)
	}
	cow := client.Cows().ByID("7")
	note, err := cow.Notes().Create(t.Context(), &keep.Note{Text: odata.Of("limps")}, nil)
	if err != nil || note.Text.Or("") != "limps" || note.ID.IsZero() {
		t.Errorf("%v, %v", note, err)
	}
	answer, err := cow.Notes().ByID("1").Answers().Create(t.Context(), &keep.Note{Text: odata.Of("call the vet")}, nil)
	if err != nil || answer.Text.Or("") != "call the vet" {
		t.Errorf("%v, %v", answer, err)
	}
	service.CowNotesCreate = func(call *fake.Call, body *keep.Note) (*keep.Note, error) {
		return &keep.Note{ID: odata.Of("n of " + call.Keys[0])}, nil
	}
	service.CowVisitCreate = func(call *fake.Call, body *keep.Visit) (*keep.Visit, error) {
		return &keep.Visit{ID: odata.Of("v of " + call.Keys[0])}, nil
	}
	if note, err = cow.Notes().Create(t.Context(), &keep.Note{}, nil); err != nil || note.ID.Or("") != "n of 7" {
		t.Errorf("%v, %v", note, err)
	}
	if visit, err := cow.Visit().Create(t.Context(), &keep.Visit{}, nil); err != nil || visit.ID.Or("") != "v of 7" {
		t.Errorf("%v, %v", visit, err)
	}
}
`

// generateAgain requires that generating again changes nothing.
func generateAgain(t *testing.T, c config.Config) {
	t.Helper()
	again, err := generator.Generate(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if !again.Changes.Clean() {
		t.Errorf("a second run changes\n%s", again.Changes.Diff())
	}
	if w := keepWarnings(again); len(w) > 0 {
		t.Errorf("a second run warns: %v", w)
	}
}

// compareGolden compares the package generated from old.xml and then from
// schema.xml with the golden one. UPDATE_GOLDEN=1 rewrites the golden one.
func compareGolden(t *testing.T, golden string) {
	t.Helper()
	root := t.TempDir()
	gotest.Write(t, root, "go.mod", []byte("module "+module+"\n"))
	if err := os.CopyFS(filepath.Join(root, "templates", "odata"), os.DirFS(filepath.Join(gotest.Root(t), "templates", "odata"))); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(root, "testdata", "golden", "keep")
	for _, name := range []string{config.Name, "old.xml", "schema.xml"} {
		gotest.Write(t, folder, name, gotest.Read(t, filepath.Join(golden, name)))
	}
	t.Chdir(folder)
	c, err := config.Read(config.Name)
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range []string{"old.xml", "schema.xml"} {
		c.Source = source
		generate(t, c)
	}
	out := filepath.Join(folder, "out")
	golden = filepath.Join(golden, "out")
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.RemoveAll(golden); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(golden, os.DirFS(out)); err != nil {
			t.Fatal(err)
		}
		return
	}
	err = fs.WalkDir(os.DirFS(out), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if diff := cmp.Diff(string(gotest.Read(t, filepath.Join(golden, name))), string(gotest.Read(t, filepath.Join(out, name)))); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Over the releases of the real schema, callers still compile, except where a type
// changes or a retained element goes.
func TestKeepingInRealSchemas(t *testing.T) {
	t.Parallel()
	for name, include := range map[string][]string{
		"headline": {"POST /me/profile/projects", "POST /users/{id}/profile/projects"},
		"profile":  {"POST /users/{id}/profile/**"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := gotest.Module(t)
			for name, data := range templates.OData(golang.ODataDir, "example.com/downstream/"+golang.ODataDir) {
				gotest.Write(t, dir, name, data)
			}
			checker := newChecker(t, dir)
			c := config.Config{Include: include, Output: filepath.Join(dir, "graph"), OData: "example.com/downstream/odata", KeepDeprecated: true}
			var old *types.Package
			before := filepath.Join(dir, "before.json")
			for i, file := range realSchemas {
				c.Source = gotest.Metadata(t, "csdl/"+file)
				if i > 0 {
					gotest.Write(t, dir, "before.json", gotest.Read(t, filepath.Join(c.Output, lock.Name)))
				}
				result := generate(t, c)
				generateAgain(t, c)
				new := checker.check(t, readFolder(t, c.Output))
				if i > 0 {
					comparison, _, err := generator.Diff(t.Context(), config.Config{}, before, c.Output)
					if err != nil {
						t.Fatal(err)
					}
					if diff := cmp.Diff(incompatible(t, old, new), sorted(brokenSymbols(comparison))); diff != "" {
						t.Errorf("%s: from apidiff (-) to ours (+):\n%s", file, diff)
					}
					if names := unreported(old, new, comparison); len(names) > 0 {
						t.Errorf("%s: constants have another value, but no change of the wire says so: %v", file, names)
					}
					checkBroken(t, file, comparison, result)
				}
				old = new
			}
			gotest.Check(t, dir)
		})
	}
}

// checkBroken requires that only changed types, about which the generator warns,
// and elements that had been retained break callers.
func checkBroken(t *testing.T, file string, c *diff.Comparison, result *generator.Result) {
	t.Helper()
	changed := 0
	for _, ch := range c.Changes {
		switch {
		case ch.Severity != report.Source, ch.Action == diff.Removed && strings.Contains(ch.Evidence, "was retained"):
		case ch.Kind == diff.KindType && ch.Action == diff.Changed:
			changed++
		default:
			t.Errorf("%s: callers stop compiling: %+v", file, ch)
		}
	}
	if warned := len(keepWarnings(result)); warned != changed {
		t.Errorf("%s: %d warnings, want one for each of the %d types that changed", file, warned, changed)
	}
}

// Elements that the configuration no longer selects are not retained.
func TestKeepingFollowsTheSelection(t *testing.T) {
	dir := gotest.Module(t)
	golden := filepath.Join(gotest.Root(t), "testdata", "golden", "keep")
	c := config.Config{
		Source: filepath.Join(golden, "old.xml"), Include: []string{"POST /cows", "POST /cows/{id}/notes"}, Types: []string{"farm.bell"},
		Output: filepath.Join(dir, "out"), APIVersion: "beta", KeepDeprecated: true,
	}
	generate(t, c)
	c.Include, c.Types = []string{"POST /cows"}, nil
	generate(t, c)
	if f, err := output.ReadLock(c.Output); err != nil || f.Retained != nil {
		t.Errorf("retained: %s, %v", f.Retained, err)
	}
	c.Include = []string{"POST /cows", "POST /cows/{id}/notes"}
	generate(t, c)
	// A larger selection removes nothing.
	c.Include = []string{"POST /**"}
	generate(t, c)
	if f, err := output.ReadLock(c.Output); err != nil || f.Retained != nil {
		t.Errorf("retained: %s, %v", f.Retained, err)
	}
	gotest.Check(t, dir)
}

// The retained elements in a lock file are checked, as they can be edited.
func TestKeepingOfDamagedLockFiles(t *testing.T) {
	dir := gotest.Module(t)
	golden := filepath.Join(gotest.Root(t), "testdata", "golden", "keep")
	content := gotest.Read(t, filepath.Join(golden, "out", lock.Name))
	c := config.Config{Source: filepath.Join(golden, "schema.xml"), Include: []string{"POST /**"}, Output: filepath.Join(dir, "out"), APIVersion: "v1.0", KeepDeprecated: true}
	for name, edit := range map[string][2]string{
		"unknown member":  {`"renamed": {`, `"mistake": {`},
		"null":            {`"namespace": "farm",`, `"namespace": "farm", "enumTypes": [null],`},
		"unknown element": {`"to": "farm.cow/notes"`, `"to": "farm.cow/note"`},
		"bad name":        {`"farm.cow:weight": "Weight"`, `"farm.cow:weight": "weight"`},
		"name twice":      {`"farm.bell": "Bell"`, `"farm.bell": "Cow"`},
	} {
		t.Run(name, func(t *testing.T) {
			i := bytes.Index(content, []byte(`"retained": {`))
			edited := slices.Concat(content[:i], bytes.Replace(content[i:], []byte(edit[0]), []byte(edit[1]), 1))
			if bytes.Equal(content, edited) {
				t.Fatal("nothing was edited")
			}
			gotest.Write(t, dir, "out/"+lock.Name, edited)
			_, err := generator.Generate(t.Context(), c)
			if _, ok := errors.AsType[*lock.DamagedError](err); !ok {
				t.Errorf("the error is %v", err)
			}
			_, _, err = generator.Diff(t.Context(), config.Config{}, c.Output, c.Output)
			if _, ok := errors.AsType[*lock.DamagedError](err); !ok {
				t.Errorf("the error of diff is %v", err)
			}
		})
	}
}
