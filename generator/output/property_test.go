package output

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"pgregory.net/rapid"
)

// session is an output folder in use: runs of generate, each with other files, some
// of which crash, and a person who edits files.
type session struct {
	dir   string
	hand  map[string]string // what the person wrote and has not deleted
	edits int
}

var sessionPaths = []string{"a.go", "b.go", "c.json", "sub/d.go", "sub/deep/e.txt", "other/f.go"}

func TestAnySequenceOfRunsEditsAndCrashes(t *testing.T) {
	parent := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp(parent, "")
		must(t, err)
		s := &session{dir: dir, hand: map[string]string{}}
		t.Repeat(map[string]func(*rapid.T){
			"generate": s.generate,
			"edit":     s.edit,
			"delete":   s.delete,
			"":         s.check,
		})
	})
}

// files is what tree gives, without the l, the staging folder and empty folders.
func (s *session) files(t *rapid.T) map[string]string {
	files := withoutLock(tree(t, s.dir))
	maps.DeleteFunc(files, func(file, _ string) bool {
		return strings.HasPrefix(file, lock.Staging) || strings.HasSuffix(file, "/")
	})
	return files
}

func (s *session) generate(t *rapid.T) {
	files := Files{}
	for _, path := range sessionPaths {
		if version := rapid.IntRange(0, 3).Draw(t, path); version > 0 {
			files[path] = code(fmt.Sprint(path, version))
		}
	}
	l := newLock()
	l.Methods = []string{rapid.SampledFrom([]string{"POST users", "POST sites"}).Draw(t, "method")}
	force := rapid.IntRange(0, 4).Draw(t, "force") == 0
	at := rapid.IntRange(-15, 25).Draw(t, "failing operation")
	crash := rapid.Bool().Draw(t, "crash")

	before := tree(t, s.dir)
	changes := compare(t, s.dir, files, l)
	if refused := changes.Refused(force) != nil; refused || changes.Clean() {
		if err := changes.Write(WriteOptions{Force: force}); (err != nil) != refused {
			t.Fatalf("refused is %t, error %v", refused, err)
		}
		if diff := cmp.Diff(before, tree(t, s.dir)); diff != "" {
			t.Fatalf("written, although refused or clean (-before +after):\n%s", diff)
		}
		return
	}
	var err error
	if at < 0 {
		must(t, changes.Write(WriteOptions{Force: force}))
	} else {
		err, _ = writeFailing(t, s.dir, changes, at, crash)
	}
	if err != nil {
		if compare(t, s.dir, files, l).Clean() {
			t.Fatalf("clean after %v", err)
		}
		for path, content := range s.files(t) {
			if force && content == string(files[path]) {
				delete(s.hand, path)
			}
		}
		return
	}

	for path := range files {
		delete(s.hand, path) // there was none, or it was forced
	}
	want := asTree(files)
	maps.Copy(want, s.hand)
	if diff := cmp.Diff(want, s.files(t)); diff != "" {
		t.Fatalf("folder after generate (-want +got):\n%s", diff)
	}
	if again := compare(t, s.dir, files, l); !again.Clean() {
		t.Fatalf("not clean after generate: %v, lock %s", actions(again), again.Lock)
	}
}

func (s *session) edit(t *rapid.T) {
	path := rapid.SampledFrom(sessionPaths).Draw(t, "path")
	s.edits++
	s.hand[path] = fmt.Sprintf("edit %d\n", s.edits)
	put(t, s.dir, path, s.hand[path])
}

func (s *session) delete(t *rapid.T) {
	path := rapid.SampledFrom(sessionPaths).Draw(t, "path")
	delete(s.hand, path)
	must(t, os.RemoveAll(filepath.Join(s.dir, path)))
}

// check requires that the edits of the person are still there, and that all other
// content is generated.
func (s *session) check(t *rapid.T) {
	files := s.files(t)
	for path, content := range s.hand {
		if files[path] != content {
			t.Fatalf("%s has %q, and the edit %q is lost", path, files[path], content)
		}
	}
	for path, content := range files {
		if s.hand[path] == "" && !strings.HasPrefix(content, Header+"\n") {
			t.Fatalf("%s has %q", path, content)
		}
	}
}
