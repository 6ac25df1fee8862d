// Package downstream tests msgraphgen as a tool in the module of a user: with go
// generate, over the releases of the real metadata.
package downstream

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/modfile"

	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// tool is the package of the command.
const tool = "github.com/msgraphgen/msgraphgen/cmd/msgraphgen"

// module returns the folder of a user's module with msgraphgen as a tool, as go
// get -tool would make it, but with the version in this repository.
func module(t *testing.T) string {
	t.Helper()
	dir := gotest.Module(t)
	addTool(t, filepath.Join(dir, "go.mod"))
	return dir
}

func addTool(t *testing.T, file string) {
	t.Helper()
	mod, err := modfile.Parse(file, gotest.Read(t, file), nil)
	if err != nil {
		t.Fatal(err)
	}
	const path = "github.com/msgraphgen/msgraphgen"
	for _, err := range []error{
		mod.AddTool(tool), mod.AddRequire(path, "v0.0.0"), mod.AddReplace(path, "", gotest.Root(t), ""),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	mod.Cleanup()
	data, err := mod.Format()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// write writes files: names and contents alternate.
func write(t *testing.T, dir string, files ...string) {
	t.Helper()
	for i := 0; i < len(files); i += 2 {
		gotest.Write(t, dir, files[i], []byte(files[i+1]))
	}
}

// run runs the go command in a folder and returns what it prints.
func run(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %s: %v\n%s%s", strings.Join(args, " "), err, out, &stderr)
	}
	return string(out)
}

// check builds a module and runs its tests, with the generated ones.
func check(t *testing.T, dir string) {
	t.Helper()
	run(t, dir, "build", "./...")
	run(t, dir, "vet", "./...")
	run(t, dir, "test", "-vet=off", "-ldflags=-s -w", "./...")
}

// golden compares a text with a file below testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join(gotest.Root(t), "internal/downstream/testdata", filepath.FromSlash(name))
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		gotest.Write(t, filepath.Dir(file), filepath.Base(file), []byte(got))
	}
	if diff := cmp.Diff(string(gotest.Read(t, file)), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// file is the state of a file.
type file struct {
	text    string
	written time.Time
}

// files returns the files below a folder. It makes them look old, so that every
// file that is written later is newer.
func files(t *testing.T, dir string) map[string]file {
	t.Helper()
	all := map[string]file{}
	err := filepath.WalkDir(dir, func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		info, err := entry.Info()
		all[filepath.ToSlash(strings.TrimPrefix(name, dir+string(filepath.Separator)))] = file{string(data), info.ModTime()}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// age makes all files below a folder old, and returns them.
func age(t *testing.T, dir string) map[string]file {
	t.Helper()
	old := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for name := range files(t, dir) {
		if err := os.Chtimes(filepath.Join(dir, name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	return files(t, dir)
}
