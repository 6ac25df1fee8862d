// Package gotest builds and runs generated code, for tests.
package gotest

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

// Root returns the root folder of the project.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "msgraphgen.yaml")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("the test does not run inside the project")
		}
		dir = filepath.Dir(dir)
	}
}

// Metadata returns the path of a file of real Graph metadata, which lies beside
// the project. It skips the test if the file is missing.
func Metadata(t testing.TB, name string) string {
	t.Helper()
	file := filepath.Join(Root(t), "..", "shared", "metadata", filepath.FromSlash(name))
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("skipped: the real metadata %s is not present", name)
	}
	return file
}

// Module returns the folder of a new module, example.com/downstream, which can use
// the dependencies of this module.
func Module(t testing.TB) string {
	t.Helper()
	root, dir := Root(t), t.TempDir()
	data, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse("go.mod", data, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := mod.AddModuleStmt("example.com/downstream"); err != nil {
		t.Fatal(err)
	}
	if data, err = mod.Format(); err != nil {
		t.Fatal(err)
	}
	Write(t, dir, "go.mod", data)
	sums, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	Write(t, dir, "go.sum", sums)
	return dir
}

// Write writes a file below dir, and makes the folders that it needs.
func Write(t testing.TB, dir, name string, data []byte) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// Go runs the go command in dir, and fails the test if it fails.
func Go(t testing.TB, dir string, args ...string) {
	t.Helper()
	command(t, dir, "go", args...)
}

// Check compiles, vets and tests the packages in and below dir, and runs
// staticcheck on them.
func Check(t testing.TB, dir string) {
	t.Helper()
	Go(t, dir, "vet", "./...")
	Go(t, dir, "test", "-vet=off", "-ldflags=-s -w", "./...")
	command(t, dir, staticcheck(t), "./...")
}

func command(t testing.TB, dir, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	// Without the folder in it, the same package is compiled only once.
	cmd.Env = append(cmd.Environ(), "GOFLAGS="+os.Getenv("GOFLAGS")+" -trimpath")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", filepath.Base(name), strings.Join(args, " "), err, head(out))
	}
}

// head returns the first lines of a long output.
func head(out []byte) string {
	lines := strings.SplitAfterN(string(out), "\n", 40)
	if len(lines) == 40 {
		lines[39] = "…\n"
	}
	return strings.Join(lines, "")
}

// staticcheck returns the path of the staticcheck command, which the go command
// builds and caches.
func staticcheck(t testing.TB) string {
	t.Helper()
	cmd := exec.Command("go", "tool", "-modfile=tools/go.mod", "-n", "staticcheck")
	cmd.Dir = Root(t)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("staticcheck cannot be built: %v", err)
	}
	return strings.TrimSpace(string(out))
}

// Part returns every nth item of a list, beginning with the one at the index first,
// in a short run (go test -short), and the whole list otherwise. The tests that try
// one thing with many inputs call it.
func Part[T any](list []T, n, first int) []T {
	if !testing.Short() {
		return list
	}
	var part []T
	for i := first; i < len(list); i += n {
		part = append(part, list[i])
	}
	return part
}

// Read returns the contents of a file.
func Read(t testing.TB, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
