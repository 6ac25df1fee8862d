package output

import (
	"strings"
	"testing"
)

func TestDiff(t *testing.T) {
	dir := t.TempDir()
	long := strings.Repeat("line\n", 10)
	write(t, dir, Files{
		"changed.txt": []byte(long + "old\n" + long),
		"edited.go":   code("generated"),
		"removed.go":  code("removed"),
		"same.go":     code("same"),
		"kept.go":     code("kept"),
	}, newLock())
	put(t, dir, "edited.go", string(code("edited\r")))
	put(t, dir, "kept.go", "mine\n")
	l := newLock()
	l.Tool = "v2.0.0" // not shown, as there are other differences
	changes := compare(t, dir, Files{
		"changed.txt":     []byte(long + "new\n" + long),
		"edited.go":       code("generated"),
		"new/created.txt": []byte("created"),
		"same.go":         code("same"),
	}, l)
	golden(t, "diff.golden", string(changes.Diff()))
}

func TestDiffOfTheLockAlone(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, Files{"a.go": code("a")}, newLock())
	l := newLock()
	l.Tool = "v2.0.0"
	golden(t, "diff-lock.golden", string(compare(t, dir, Files{"a.go": code("a")}, l).Diff()))
}

func TestDiffOfNothing(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, Files{"a.go": code("a")}, newLock())
	if got := compare(t, dir, Files{"a.go": code("a")}, newLock()).Diff(); len(got) != 0 {
		t.Errorf("got %s", got)
	}
}
