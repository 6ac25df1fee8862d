package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/msgraphgen/msgraphgen/generator/lock"
)

var errInjected = errors.New("injected failure")

// failing is a file system whose operation with index at fails. Writing a file
// fails half-way, as on a full disk.
type failing struct {
	*os.Root
	at    int
	crash bool // from then on nothing works any more, as after the end of the process
	count int  // operations so far
}

func (f *failing) fail() bool {
	n := f.count
	f.count++
	return n == f.at || f.crash && n > f.at
}

func (f *failing) do(operation func() error) error {
	if f.fail() {
		return errInjected
	}
	return operation()
}

func (f *failing) Mkdir(name string, perm fs.FileMode) error {
	return f.do(func() error { return f.Root.Mkdir(name, perm) })
}

func (f *failing) MkdirAll(name string, perm fs.FileMode) error {
	return f.do(func() error { return f.Root.MkdirAll(name, perm) })
}

func (f *failing) Rename(oldname, newname string) error {
	return f.do(func() error { return f.Root.Rename(oldname, newname) })
}

func (f *failing) Remove(name string) error {
	return f.do(func() error { return f.Root.Remove(name) })
}

func (f *failing) RemoveAll(name string) error {
	return f.do(func() error { return f.Root.RemoveAll(name) })
}

func (f *failing) WriteFile(name string, data []byte, perm fs.FileMode) error {
	if f.fail() {
		return errors.Join(f.Root.WriteFile(name, data[:len(data)/2], perm), errInjected)
	}
	return f.Root.WriteFile(name, data, perm)
}

// writeFailing makes the changes on a file system whose operation with index at
// fails. It returns the error, and whether there was such an operation.
func writeFailing(t tester, dir string, changes *Changes, at int, crash bool) (error, bool) {
	t.Helper()
	root, err := os.OpenRoot(dir)
	must(t, err)
	defer root.Close()
	f := &failing{Root: root, at: at, crash: crash}
	err = changes.apply(f)
	return err, f.count > at
}

// Each operation of a run fails in turn; the process then continues or ends. The
// next run generates the same files, or others.
func TestFailureAtEveryOperation(t *testing.T) {
	old := Files{"a.go": code("a"), "b.go": code("b"), "gone/deep/c.go": code("c"), "same.go": code("same")}
	new := Files{"a.go": code("a2"), "b.go": code("b2"), "d/d.json": []byte("{}\n"), "same.go": code("same")}
	other := Files{"a.go": code("a3"), "gone/deep/c.go": code("c3"), "same.go": code("same")}
	newerLock := newLock()
	newerLock.Methods = []string{"POST sites"}

	for _, test := range []struct {
		name string
		old  Files // nil for the very first run
		next Files
	}{
		{"then the same again", old, new},
		{"then the old ones again", old, old},
		{"then others", old, other},
		{"in the first run", nil, new},
		{"in the first run, then others", nil, other},
	} {
		for _, crash := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s,crash=%t", test.name, crash), func(t *testing.T) {
				for at := 0; ; at++ {
					dir := t.TempDir()
					if test.old != nil {
						write(t, dir, test.old, newLock())
					}
					before := tree(t, dir)
					err, reached := writeFailing(t, dir, compare(t, dir, new, newerLock), at, crash)
					if !reached {
						must(t, err)
						if at < 10 {
							t.Errorf("only %d operations", at)
						}
						return
					}
					if !errors.Is(err, errInjected) || !strings.HasPrefix(err.Error(), "cannot ") {
						t.Fatalf("operation %d: error %v", at, err)
					}
					checkBroken(t, at, crash, err, before, asTree(new), tree(t, dir))

					if compare(t, dir, new, newerLock).Clean() {
						t.Errorf("operation %d: clean after %v", at, err)
					}
					write(t, dir, test.next, newerLock)
					if diff := cmp.Diff(asTree(test.next), withoutLock(tree(t, dir))); diff != "" {
						t.Errorf("operation %d: not repaired (-want +got):\n%s", at, diff)
					}
					if !compare(t, dir, test.next, newerLock).Clean() {
						t.Errorf("operation %d: not clean after the repair", at)
					}
				}
			})
		}
	}
}

// checkBroken requires that after a failure each file is wholly old or wholly new,
// and that, unless the process ended there, no temporary file is left.
func checkBroken(t *testing.T, at int, crash bool, err error, old, new, got map[string]string) {
	t.Helper()
	early := strings.HasSuffix(err.Error(), "no file was changed")
	for file, content := range got {
		_, isStaging := strings.CutPrefix(file, lock.Staging)
		removing := strings.HasPrefix(err.Error(), "cannot remove ")
		switch {
		case isStaging && !crash && !removing:
			t.Errorf("operation %d: %s was left", at, file)
		case isStaging || file == lock.Name || strings.HasSuffix(file, "/"):
		case early && content != old[file]:
			t.Errorf("operation %d: %s changed in spite of %v", at, file, err)
		case content != old[file] && content != new[file]:
			t.Errorf("operation %d: %s is neither old nor new: %q", at, file, content)
		}
	}
	if early {
		for file := range old {
			if _, ok := got[file]; !ok {
				t.Errorf("operation %d: %s is gone in spite of %v", at, file, err)
			}
		}
		if got[lock.Name] != old[lock.Name] {
			t.Errorf("operation %d: the lock changed in spite of %v", at, err)
		}
	}
}

// After a failure at any operation, the lock file still says the same as the old
// one, and lists the pending changes.
func TestOldLockUntilTheEnd(t *testing.T) {
	old := Files{"a.go": code("a"), "b.go": code("b")}
	new := Files{"a.go": code("a2"), "c.go": code("c")}
	newerLock := newLock()
	newerLock.Methods = []string{"POST sites"}
	for at := 0; ; at++ {
		dir := t.TempDir()
		write(t, dir, old, newLock())
		want, err := ReadLock(dir)
		must(t, err)
		err, reached := writeFailing(t, dir, compare(t, dir, new, newerLock), at, false)
		if !reached {
			return
		}
		switch text := err.Error(); {
		case strings.HasSuffix(text, "no file was changed"):
		case strings.HasSuffix(text, "generate again to finish"):
			want.Pending = map[string]string{"a.go": lock.Digest(new["a.go"]), "b.go": "", "c.go": lock.Digest(new["c.go"])}
		default: // all was done but the cleaning up
			want.Methods = newerLock.Methods
			want.Files = map[string]string{"a.go": lock.Digest(new["a.go"]), "c.go": lock.Digest(new["c.go"])}
		}
		got, err := ReadLock(dir)
		must(t, err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("operation %d: lock (-want +got):\n%s", at, diff)
		}
		if want.Pending != nil && !compare(t, dir, new, newerLock).Interrupted {
			t.Errorf("operation %d: not reported as interrupted", at)
		}
	}
}

// After a crash, edits of the files that the run wrote or was to write are kept.
func TestHandEditAfterACrash(t *testing.T) {
	files := Files{"a.go": code("a2"), "b.go": code("b2"), "c.go": code("c2")}
	for at := 0; ; at++ {
		dir := t.TempDir()
		write(t, dir, Files{"a.go": code("a"), "b.go": code("b")}, newLock())
		_, reached := writeFailing(t, dir, compare(t, dir, files, newLock()), at, true)
		if !reached {
			return
		}
		for file := range files {
			put(t, dir, file, "mine\n")
		}
		err := compare(t, dir, files, newLock()).Write(WriteOptions{})
		if refused, ok := errors.AsType[*RefusedError](err); !ok || len(refused.Files) != len(files) {
			t.Errorf("operation %d: error %v", at, err)
		}
	}
}

// After two crashes, each at any operation and with other files, a third run takes
// no file for an edited one.
func TestTwoCrashes(t *testing.T) {
	old := Files{"a.go": code("a"), "b.go": code("b")}
	first := Files{"a.go": code("a1"), "c.go": code("c1")}
	second := Files{"a.go": code("a2"), "b.go": code("b2")}
	third := Files{"a.go": code("a3"), "c.go": code("c3")}
	for at := 0; ; at++ {
		for again, reached := 0, true; reached; again++ {
			dir := t.TempDir()
			write(t, dir, old, newLock())
			if _, reached := writeFailing(t, dir, compare(t, dir, first, newLock()), at, true); !reached {
				return
			}
			_, reached = writeFailing(t, dir, compare(t, dir, second, newLock()), again, true)
			write(t, dir, third, newLock())
			if diff := cmp.Diff(asTree(third), withoutLock(tree(t, dir))); diff != "" {
				t.Errorf("operations %d and %d: not repaired (-want +got):\n%s", at, again, diff)
			}
		}
	}
}

// An edit of a file that only the journal lists is kept.
func TestHandEditOfAPendingFile(t *testing.T) {
	dir := t.TempDir()
	l := newLock()
	l.Pending = map[string]string{"a.go": lock.Digest(code("a"))}
	content, err := l.Encode()
	must(t, err)
	put(t, dir, lock.Name, string(content))
	put(t, dir, "a.go", "mine\n")
	want := []string{"refused a.go: edited by hand since it was generated"}
	if diff := cmp.Diff(want, actions(compare(t, dir, Files{"a.go": code("a2")}, newLock()))); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
}

func TestLeftoverStagingFolder(t *testing.T) {
	dir := t.TempDir()
	files := Files{"a.go": code("a")}
	write(t, dir, files, newLock())
	put(t, dir, lock.Staging+"/0", "half")
	changes := compare(t, dir, files, newLock())
	if changes.Clean() || !changes.Interrupted {
		t.Errorf("clean %t, interrupted %t", changes.Clean(), changes.Interrupted)
	}
	must(t, changes.Write(WriteOptions{}))
	if diff := cmp.Diff(asTree(files), withoutLock(tree(t, dir))); diff != "" {
		t.Errorf("folder (-want +got):\n%s", diff)
	}
}
