package output

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/msgraphgen/msgraphgen/generator/lock"
)

// tester holds the methods that testing.T and rapid.T share.
type tester interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// code is the content of a generated Go file.
func code(body string) []byte {
	return []byte(Header + "\n\npackage p\n\n// " + body + "\n")
}

// newLock returns a lock file as callers of Compare pass it.
func newLock() lock.File {
	return lock.File{
		Tool:    "v1.0.0",
		Source:  lock.Source{Name: "beta.xml", Format: "csdl", Digest: "sha256:1"},
		Methods: []string{"POST users"},
		Names:   map[string]string{"microsoft.graph.user": "User", "microsoft.graph.site": "Site"},
		Model:   []byte(`{"schemas":[]}`),
	}
}

func compare(t tester, dir string, files Files, l lock.File) *Changes {
	t.Helper()
	changes, err := Compare(dir, files, l)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

func write(t tester, dir string, files Files, l lock.File) {
	t.Helper()
	if err := compare(t, dir, files, l).Write(WriteOptions{}); err != nil {
		t.Fatal(err)
	}
}

// put writes a file by hand.
func put(t tester, dir, file, content string) {
	t.Helper()
	name := filepath.Join(dir, file)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func must(t tester, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// tree returns the contents of the files in a folder, and empty folders by their
// name with a slash. It does not follow links.
func tree(t tester, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || name == dir {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		switch {
		case entry.IsDir():
			inside, err := os.ReadDir(name)
			if len(inside) == 0 {
				all[rel+"/"] = ""
			}
			return err
		case entry.Type().IsRegular():
			content, err := os.ReadFile(name)
			all[rel] = string(content)
			return err
		}
		all[rel] = entry.Type().String()
		return nil
	})
	must(t, err)
	return all
}

// asTree returns what tree returns for a folder with files, without the lock file.
func asTree(files Files) map[string]string {
	all := map[string]string{}
	for file, content := range files {
		all[file] = string(content)
	}
	return all
}

func withoutLock(tree map[string]string) map[string]string {
	delete(tree, lock.Name)
	return tree
}

// golden compares got with a file in testdata. UPDATE_GOLDEN=1 rewrites the file.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		must(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	must(t, err)
	if diff := cmp.Diff(strings.ReplaceAll(string(want), "\r\n", "\n"), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}
