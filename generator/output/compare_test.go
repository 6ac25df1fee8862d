package output

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/msgraphgen/msgraphgen/generator/lock"
)

// actions returns a line for each file, with the reason if there is one.
func actions(changes *Changes) []string {
	var lines []string
	for _, change := range changes.Files {
		line := fmt.Sprintf("%s %s", change.Action, change.Path)
		if change.Reason != "" {
			line += ": " + strings.ReplaceAll(change.Reason, changes.dir, "DIR")
		}
		lines = append(lines, line)
	}
	return lines
}

// Each case starts from a folder with a.go, b.go and sub/c.json, edits it, and
// generates another set of files.
func TestCompareAndWrite(t *testing.T) {
	const (
		edited   = ": edited by hand since it was generated"
		unlisted = ": not listed as generated in DIR/" + lock.Name
		noLock   = ": DIR/" + lock.Name + ", which would list it as generated, does not exist"
	)
	start := Files{"a.go": code("a"), "b.go": code("b"), "sub/c.json": []byte("{}\n")}
	symlink := func(target, file string) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			must(t, os.RemoveAll(filepath.Join(dir, file)))
			must(t, os.Symlink(target, filepath.Join(dir, file)))
		}
	}
	byHand := func(file, content string) func(*testing.T, string) {
		return func(t *testing.T, dir string) { put(t, dir, file, content) }
	}
	remove := func(files ...string) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			for _, file := range files {
				must(t, os.RemoveAll(filepath.Join(dir, file)))
			}
		}
	}
	tests := map[string]struct {
		hand  func(t *testing.T, dir string) // done by hand after the first run
		files Files                          // nil for the same as before
		want  []string                       // the comparison
		lock  Action
		clean bool
		after map[string]string // what the folder holds then; nil for the wanted files
	}{
		"nothing changed": {
			want: []string{"unchanged a.go", "unchanged b.go", "unchanged sub/c.json"},
			lock: Unchanged, clean: true,
		},
		"one of each": {
			files: Files{"a.go": code("a"), "b.go": code("b2"), "d/d.go": code("d")},
			want:  []string{"unchanged a.go", "changed b.go", "created d/d.go", "removed sub/c.json"},
			lock:  Changed,
		},
		"nothing wanted": {
			files: Files{},
			want:  []string{"removed a.go", "removed b.go", "removed sub/c.json"},
			lock:  Changed,
		},
		"deleted by hand": {
			hand: remove("a.go", "sub"),
			want: []string{"created a.go", "unchanged b.go", "created sub/c.json"},
			lock: Unchanged,
		},
		"lock deleted by hand": {
			hand: remove(lock.Name),
			want: []string{"unchanged a.go", "unchanged b.go", "unchanged sub/c.json"},
			lock: Created,
		},
		"lock deleted by hand, and another content wanted": {
			hand:  remove(lock.Name),
			files: Files{"a.go": code("a2")},
			want:  []string{"refused a.go" + noLock},
			lock:  Created,
		},
		"edited by hand": {
			hand: byHand("b.go", "mine\n"),
			want: []string{"unchanged a.go", "refused b.go" + edited, "unchanged sub/c.json"},
			lock: Unchanged,
		},
		"edited by hand to what is wanted now": {
			hand:  byHand("b.go", string(code("b2"))),
			files: Files{"a.go": code("a"), "b.go": code("b2"), "sub/c.json": []byte("{}\n")},
			want:  []string{"unchanged a.go", "unchanged b.go", "unchanged sub/c.json"},
			lock:  Changed,
		},
		"a new file where one was put by hand": {
			hand:  byHand("d.go", "mine\n"),
			files: Files{"a.go": code("a"), "d.go": code("d")},
			want:  []string{"unchanged a.go", "removed b.go", "refused d.go" + unlisted, "removed sub/c.json"},
			lock:  Changed,
		},
		"files by hand beside the generated ones": {
			hand: func(t *testing.T, dir string) {
				put(t, dir, "mine.go", "mine\n")
				put(t, dir, "sub/mine.txt", "mine\n")
			},
			files: Files{"a.go": code("a")},
			want:  []string{"unchanged a.go", "removed b.go", "removed sub/c.json"},
			lock:  Changed,
			after: map[string]string{"a.go": string(code("a")), "mine.go": "mine\n", "sub/mine.txt": "mine\n"},
		},
		"stale but edited by hand": {
			hand:  byHand("b.go", "mine\n"),
			files: Files{"a.go": code("a")},
			want:  []string{"unchanged a.go", "kept b.go" + edited, "removed sub/c.json"},
			lock:  Changed,
			after: map[string]string{"a.go": string(code("a")), "b.go": "mine\n"},
		},
		"stale and deleted by hand": {
			hand:  remove("b.go", "sub/c.json"),
			files: Files{"a.go": code("a")},
			want:  []string{"unchanged a.go"},
			lock:  Changed,
		},
		"line endings of a Windows checkout": {
			hand: func(t *testing.T, dir string) {
				for file, content := range tree(t, dir) {
					put(t, dir, file, strings.ReplaceAll(content, "\n", "\r\n"))
				}
			},
			want: []string{"unchanged a.go", "unchanged b.go", "unchanged sub/c.json"},
			lock: Unchanged, clean: true,
			after: map[string]string{
				"a.go":       strings.ReplaceAll(string(code("a")), "\n", "\r\n"),
				"b.go":       strings.ReplaceAll(string(code("b")), "\n", "\r\n"),
				"sub/c.json": "{}\r\n",
			},
		},
		"line endings of a Windows checkout, and other contents": {
			hand: func(t *testing.T, dir string) {
				for file, content := range tree(t, dir) {
					put(t, dir, file, strings.ReplaceAll(content, "\n", "\r\n"))
				}
			},
			files: Files{"a.go": code("a2")},
			want:  []string{"changed a.go", "removed b.go", "removed sub/c.json"},
			lock:  Changed,
		},
		"folder in the place of a file": {
			hand: func(t *testing.T, dir string) {
				remove("a.go")(t, dir)
				put(t, dir, "a.go/mine.txt", "mine\n")
			},
			want: []string{"refused a.go: a folder is in its place: move it away yourself, as --force does not", "unchanged b.go", "unchanged sub/c.json"},
			lock: Unchanged,
		},
		"file in the place of a folder": {
			hand: func(t *testing.T, dir string) {
				remove("sub")(t, dir)
				put(t, dir, "sub", "mine\n")
			},
			want: []string{"unchanged a.go", "unchanged b.go", "refused sub/c.json: sub is a file, not a folder: move it away yourself, as --force does not"},
			lock: Unchanged,
		},
		"link in the place of a file": {
			hand: symlink("b.go", "a.go"),
			want: []string{"refused a.go: a symbolic link is in its place: move it away yourself, as --force does not", "unchanged b.go", "unchanged sub/c.json"},
			lock: Unchanged,
		},
		"link in the place of a folder": {
			hand: symlink("..", "sub"),
			want: []string{"unchanged a.go", "unchanged b.go", "refused sub/c.json: sub is a symbolic link, not a folder: move it away yourself, as --force does not"},
			lock: Unchanged,
		},
		"link in the place of a folder of stale files": {
			hand:  symlink("..", "sub"),
			files: Files{"a.go": code("a"), "b.go": code("b")},
			want:  []string{"unchanged a.go", "unchanged b.go", "kept sub/c.json: sub is a symbolic link, not a folder"},
			lock:  Changed,
			after: map[string]string{"a.go": string(code("a")), "b.go": string(code("b")), "sub": "L---------"},
		},
		"new name that differs only in case": {
			files: Files{"A.go": code("a"), "b.go": code("b"), "sub/c.json": []byte("{}\n")},
			want:  []string{"created A.go", "removed a.go", "unchanged b.go", "unchanged sub/c.json"},
			lock:  Changed,
		},
		"new name that differs only in case, where case does not count": {
			hand: func(t *testing.T, dir string) { // two names of one file
				must(t, os.Link(filepath.Join(dir, "a.go"), filepath.Join(dir, "A.go")))
			},
			files: Files{"A.go": code("a"), "b.go": code("b"), "sub/c.json": []byte("{}\n")},
			want:  []string{"created A.go", "removed a.go", "unchanged b.go", "unchanged sub/c.json"},
			lock:  Changed,
		},
		"new name that differs only in case, of an edited file, where case does not count": {
			hand: func(t *testing.T, dir string) {
				put(t, dir, "a.go", "mine\n")
				must(t, os.Link(filepath.Join(dir, "a.go"), filepath.Join(dir, "A.go")))
			},
			files: Files{"A.go": code("a"), "b.go": code("b"), "sub/c.json": []byte("{}\n")},
			want:  []string{"refused A.go" + unlisted, "kept a.go" + edited, "unchanged b.go", "unchanged sub/c.json"},
			lock:  Changed,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, start, newLock())
			if test.hand != nil {
				test.hand(t, dir)
			}
			files := test.files
			if files == nil {
				files = start
			}
			before := tree(t, dir)
			changes := compare(t, dir, files, newLock())
			if diff := cmp.Diff(test.want, actions(changes)); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
			if changes.Lock != test.lock {
				t.Errorf("lock is %s, want %s", changes.Lock, test.lock)
			}
			if got := changes.Clean(); got != test.clean {
				t.Errorf("clean is %t, want %t", got, test.clean)
			}
			if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
				t.Errorf("Compare changed the folder (-before +after):\n%s", diff)
			}

			err := changes.Write(WriteOptions{})
			if refused := strings.Contains(strings.Join(test.want, "\n"), "refused "); refused {
				if err == nil {
					t.Error("Write did not refuse the edited files")
				}
				if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
					t.Errorf("refused, but the folder changed (-before +after):\n%s", diff)
				}
				return
			}
			must(t, err)
			after := test.after
			if after == nil {
				after = asTree(files)
			}
			if diff := cmp.Diff(after, withoutLock(tree(t, dir))); diff != "" {
				t.Errorf("folder (-want +got):\n%s", diff)
			}
			if again := compare(t, dir, files, newLock()); !again.Clean() {
				t.Errorf("not clean afterwards: %v, lock %s", actions(again), again.Lock)
			}
		})
	}
}

func TestCompareWithNoFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "there")
	files := Files{"a.go": code("a")}
	changes := compare(t, dir, files, newLock())
	if diff := cmp.Diff([]string{"created a.go"}, actions(changes)); diff != "" || changes.Lock != Created || changes.Clean() {
		t.Errorf("lock %s, changes (-want +got):\n%s", changes.Lock, diff)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("Compare created the folder")
	}
	must(t, changes.Write(WriteOptions{}))
	if diff := cmp.Diff(asTree(files), withoutLock(tree(t, dir))); diff != "" {
		t.Errorf("folder (-want +got):\n%s", diff)
	}
}

func TestCompareWithAFileForAFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(dir, nil, 0o644))
	_, err := Compare(dir, Files{"a.go": code("a")}, newLock())
	if err == nil || !strings.Contains(err.Error(), "cannot open the output folder "+dir+": ") {
		t.Errorf("error %v", err)
	}
}

// A stale Go file without the header stays, even if the lock file lists it.
func TestStaleGoFileWithoutHeader(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, Files{"a.go": []byte("package p\n"), "b.txt": []byte("b\n")}, newLock())
	changes := compare(t, dir, Files{}, newLock())
	want := []string{"kept a.go: has no line “" + Header + "”", "removed b.txt"}
	if diff := cmp.Diff(want, actions(changes)); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
}

// After a release that does not touch the selection, nothing is written, not even
// the lock file.
func TestSourceThatDiffersElsewhere(t *testing.T) {
	dir := t.TempDir()
	files := Files{"a.go": code("a")}
	write(t, dir, files, newLock())
	before := tree(t, dir)

	l := newLock()
	l.Source.Digest = "sha256:another"
	changes := compare(t, dir, files, l)
	if !changes.Clean() {
		t.Errorf("not clean: lock %s", changes.Lock)
	}
	must(t, changes.Write(WriteOptions{}))
	if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
		t.Errorf("folder (-before +after):\n%s", diff)
	}

	for name, change := range map[string]func(*lock.File){
		"tool":    func(l *lock.File) { l.Tool = "v2.0.0" },
		"source":  func(l *lock.File) { l.Source.Name = "v1.0.xml" },
		"closure": func(l *lock.File) { l.Methods = nil },
		"config":  func(l *lock.File) { l.Config.Source = "x" },
		"names":   func(l *lock.File) { l.Names = map[string]string{"microsoft.graph.user": "Person"} },
		"model":   func(l *lock.File) { l.Model = []byte(`{"schemas":[1]}`) },
	} {
		t.Run(name, func(t *testing.T) {
			l := newLock()
			l.Source.Digest = "sha256:another"
			change(&l)
			changes := compare(t, dir, files, l)
			if changes.Clean() || changes.Lock != Changed {
				t.Errorf("clean %t, lock %s", changes.Clean(), changes.Lock)
			}
			if !strings.Contains(string(changes.newLock), "sha256:another") {
				t.Error("the new lock has the old digest of the source")
			}
		})
	}
}
