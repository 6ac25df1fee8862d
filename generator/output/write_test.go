package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/msgraphgen/msgraphgen/generator/lock"
)

func TestRefusedNamesAllFiles(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "profile")
	files := Files{"a.go": code("a"), "b.go": code("b"), "c.go": code("c"), "sub/d.go": code("d")}
	put(t, dir, "b.go", "mine\n")
	put(t, dir, "c.go/mine.txt", "mine\n")
	err := compare(t, dir, files, newLock()).Write(WriteOptions{})
	refused, ok := errors.AsType[*RefusedError](err)
	if !ok {
		t.Fatalf("error %v", err)
	}
	golden(t, "refused.golden", strings.ReplaceAll(refused.Error(), parent+string(filepath.Separator), "")+"\n")
}

func TestForce(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, Files{"a.go": code("a"), "stale.go": code("stale")}, newLock())
	for _, file := range []string{"a.go", "b.go", "stale.go", "mine.go"} {
		put(t, dir, file, "mine\n")
	}
	files := Files{"a.go": code("a2"), "b.go": code("b")}
	must(t, compare(t, dir, files, newLock()).Write(WriteOptions{Force: true}))
	want := asTree(files)
	want["stale.go"], want["mine.go"] = "mine\n", "mine\n"
	if diff := cmp.Diff(want, withoutLock(tree(t, dir))); diff != "" {
		t.Errorf("folder (-want +got):\n%s", diff)
	}
}

func TestForceMovesNothingOutOfTheWay(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "a.go/mine.txt", "mine\n")
	put(t, dir, "b.go", "mine\n")
	before := tree(t, dir)
	err := compare(t, dir, Files{"a.go": code("a"), "b.go": code("b")}, newLock()).Write(WriteOptions{Force: true})
	if refused, ok := errors.AsType[*RefusedError](err); !ok || len(refused.Files) != 1 || refused.Files[0].Path != "a.go" {
		t.Errorf("error %v", err)
	}
	if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
		t.Errorf("folder (-before +after):\n%s", diff)
	}
}

func TestUnchangedFilesAreNotTouched(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, Files{"a.go": code("a"), "b.go": code("b")}, newLock())
	long := time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, file := range []string{"a.go", "b.go"} {
		must(t, os.Chtimes(filepath.Join(dir, file), long, long))
	}
	write(t, dir, Files{"a.go": code("a"), "b.go": code("b2")}, newLock())
	for file, untouched := range map[string]bool{"a.go": true, "b.go": false} {
		info, err := os.Stat(filepath.Join(dir, file))
		must(t, err)
		if got := info.ModTime().Equal(long); got != untouched {
			t.Errorf("%s: untouched is %t", file, got)
		}
	}
}

func TestOutputFolderIsALink(t *testing.T) {
	parent := t.TempDir()
	real, link := filepath.Join(parent, "real"), filepath.Join(parent, "link")
	must(t, os.Mkdir(real, 0o755))
	must(t, os.Symlink("real", link))
	files := Files{"a.go": code("a"), "sub/b.go": code("b")}
	write(t, link, files, newLock())
	if diff := cmp.Diff(asTree(files), withoutLock(tree(t, real))); diff != "" {
		t.Errorf("folder (-want +got):\n%s", diff)
	}
}

// Between Compare and Write, a link to another folder replaces a folder of the
// output.
func TestLinkThatAppears(t *testing.T) {
	parent := t.TempDir()
	dir, outside := filepath.Join(parent, "dir"), filepath.Join(parent, "outside")
	write(t, dir, Files{"sub/a.go": code("a"), "sub/b.go": code("b")}, newLock())
	put(t, outside, "a.go", "mine\n")
	put(t, outside, "b.go", "mine\n")
	changes := compare(t, dir, Files{"sub/a.go": code("a2")}, newLock())
	must(t, os.RemoveAll(filepath.Join(dir, "sub")))
	must(t, os.Symlink(outside, filepath.Join(dir, "sub")))
	if err := changes.Write(WriteOptions{}); err == nil {
		t.Error("no error")
	}
	want := map[string]string{"a.go": "mine\n", "b.go": "mine\n"}
	if diff := cmp.Diff(want, tree(t, outside)); diff != "" {
		t.Errorf("outside (-want +got):\n%s", diff)
	}
}

func TestEmptyFoldersGo(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, Files{"a/b/c/x.go": code("x"), "a/y.go": code("y"), "d/e/z.go": code("z")}, newLock())
	must(t, os.Remove(filepath.Join(dir, "d/e/z.go"))) // the folders stay, until the next run
	write(t, dir, Files{"a/y.go": code("y")}, newLock())
	if diff := cmp.Diff(map[string]string{"a/y.go": string(code("y"))}, withoutLock(tree(t, dir))); diff != "" {
		t.Errorf("folder (-want +got):\n%s", diff)
	}
	write(t, dir, Files{}, newLock())
	if diff := cmp.Diff(map[string]string{}, withoutLock(tree(t, dir))); diff != "" {
		t.Errorf("folder (-want +got):\n%s", diff)
	}
}

func TestStaleFileThatIsDeletedMeanwhile(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, Files{"a.go": code("a")}, newLock())
	changes := compare(t, dir, Files{}, newLock())
	must(t, os.Remove(filepath.Join(dir, "a.go")))
	must(t, changes.Write(WriteOptions{}))
	if !compare(t, dir, Files{}, newLock()).Clean() {
		t.Error("not clean")
	}
}

func TestModes(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, Files{"sub/a.go": code("a")}, newLock())
	must(t, os.Chmod(filepath.Join(dir, "sub/a.go"), 0o755))
	write(t, dir, Files{"sub/a.go": code("a2")}, newLock())
	for file, most := range map[string]fs.FileMode{"sub": 0o755, "sub/a.go": 0o644, lock.Name: 0o644} {
		info, err := os.Stat(filepath.Join(dir, file))
		must(t, err)
		if got := info.Mode().Perm(); got&^most != 0 || got&0o600 != 0o600 {
			t.Errorf("%s has mode %v, want %v less the umask", file, got, most)
		}
	}
}
