package output

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/msgraphgen/msgraphgen/generator/lock"
)

func TestLockIsWrittenInOneForm(t *testing.T) {
	dir := t.TempDir()
	l := newLock()
	l.Model = []byte("{\"schemas\" :\r\n[ ]}") // as little spaced as its maker likes
	l.Files = map[string]string{"ignored.go": "sha256:0"}
	l.Pending = map[string]string{"ignored.go": "sha256:0"}
	write(t, dir, Files{"b.go": code("b"), "a/x.json": []byte("{}\n")}, l)
	golden(t, "lock.golden", tree(t, dir)[lock.Name])
}

func TestReadLockReturnsWhatWasWritten(t *testing.T) {
	dir := t.TempDir()
	files := Files{"a.go": code("a")}
	write(t, dir, files, newLock())
	got, err := ReadLock(dir)
	must(t, err)
	got.Model.Compact()
	want := newLock()
	want.Version = lock.Format
	want.Files = map[string]string{"a.go": lock.Digest(files["a.go"])}
	if diff := cmp.Diff(&want, got); diff != "" {
		t.Errorf("lock (-want +got):\n%s", diff)
	}
}

func TestFirstLockHasItsSource(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, Files{}, lock.File{Source: lock.Source{Digest: "sha256:1"}})
	got, err := ReadLock(dir)
	must(t, err)
	if got.Source.Digest != "sha256:1" {
		t.Errorf("digest %q", got.Source.Digest)
	}
}

func TestReadLockWithoutOne(t *testing.T) {
	for name, dir := range map[string]string{
		"empty folder": t.TempDir(),
		"no folder":    filepath.Join(t.TempDir(), "none"),
	} {
		t.Run(name, func(t *testing.T) {
			l, err := ReadLock(dir)
			if l != nil || err != nil {
				t.Errorf("got %v and error %v, want neither", l, err)
			}
		})
	}
}

func TestReadLockOfADamagedOne(t *testing.T) {
	tests := map[string]struct{ content, want string }{
		"empty":          {"", "1:1: "},
		"cut off":        {"{\n\t\"tool\": \"v1\",\n", "3:1: "},
		"merge conflict": {"{\n\t\"tool\": \"v1\",\n<<<<<<< HEAD\n}\n", "3:1: "},
		"wrong type":     {"{\n\t\"version\": 2, \"tool\": \"v1\",\n\t\"files\": [\"a.go\"]\n}\n", "3:"},
		"unknown member": {"{\n\t\"version\": 2, \"tool\": \"v9\",\n\t\"novelty\": 1\n}\n", "3:"},
		"newer":          {`{"version": 3, "tool": "v9"}`, "1:1: a newer msgraphgen wrote this file in format 3"},
		"no tool":        {`{"version": 2}`, "1:1: the member tool is missing"},
		"given twice":    {"{\n\t\"tool\": \"v9\",\n\t\"tool\": \"v8\"\n}\n", "3:"},
		"file outside":   {`{"version": 2, "tool": "v1", "files": {"../../x.go": "sha256:0"}}`, `1:1: malformed file path "../../x.go"`},
		"pending itself": {`{"version": 2, "tool": "v1", "pending": {"msgraphgen.lock.json": ""}}`, `1:1: output path "msgraphgen.lock.json"`},
		"older, outside": {`{"tool": "v1", "files": {"../../x.go": "sha256:0"}}`, `1:1: malformed file path "../../x.go"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			put(t, dir, lock.Name, test.content)
			_, readErr := ReadLock(dir)
			_, compareErr := Compare(dir, Files{}, newLock())
			for _, err := range []error{readErr, compareErr} {
				if err == nil {
					t.Fatal("no error")
				}
				if want := filepath.Join(dir, lock.Name) + ":" + test.want; !strings.HasPrefix(err.Error(), want) {
					t.Errorf("error %q, want it to start with %q", err, want)
				}
				if want := ": the lock file is damaged, or from a newer msgraphgen:" +
					" restore it from version control, or delete it and generate again with --force"; !strings.HasSuffix(err.Error(), want) {
					t.Errorf("error %q, want it to end with %q", err, want)
				}
			}
			if got := tree(t, dir)[lock.Name]; got != test.content {
				t.Errorf("the lock file is now %q", got)
			}
		})
	}
}

func TestReadLockThatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	must(t, os.Mkdir(filepath.Join(dir, lock.Name), 0o755))
	if _, err := ReadLock(dir); err == nil || !strings.HasSuffix(err.Error(), lock.Name+": a folder is in its place: move it away") {
		t.Errorf("error %v", err)
	}
}

func TestModelThatIsNoJSON(t *testing.T) {
	dir := t.TempDir()
	l := newLock()
	l.Model = []byte("{")
	if _, err := Compare(dir, Files{"a.go": code("a")}, l); err == nil {
		t.Error("no error")
	}
	if got := tree(t, dir); len(got) != 0 {
		t.Errorf("written nevertheless: %v", got)
	}
}
