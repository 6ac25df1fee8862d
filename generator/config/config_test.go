package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/input"
)

// read reads a configuration with the given text, as the file f.yaml of the current
// folder.
func read(t testing.TB, text string) (config.Config, error) {
	t.Helper()
	if err := os.WriteFile("f.yaml", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return config.Read("f.yaml")
}

func TestRead(t *testing.T) {
	t.Chdir(t.TempDir())
	c, err := read(t, "\ufeff# comment\nsource: graph\\slice.xml\nupstream: https://example.com/beta/$metadata\ninclude: [POST /a, 'POST /b']\n"+
		"keep-deprecated: true\nodata: ../x/odata\nread-only:\n  - user/mail\n")
	if err != nil {
		t.Fatal(err)
	}
	var want config.Config
	want.Source, want.Upstream, want.Include = filepath.Join("graph", "slice.xml"), "https://example.com/beta/$metadata", []string{"POST /a", "POST /b"}
	want.KeepDeprecated, want.OData, want.ReadOnly = true, "./"+filepath.Join("..", "x", "odata"), []string{"user/mail"}
	want.Output = config.DefaultOutput
	if diff := cmp.Diff(want, c); diff != "" {
		t.Error(diff)
	}
	if _, err := config.Read("none.yaml"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
}

// Each mistake is reported at its place, with what to do, and in plain words.
func TestMistakes(t *testing.T) {
	t.Chdir(t.TempDir())
	for text, want := range map[string]string{
		"include":                   "1:1: write a key, a colon, a space and a value here, such as output: messages",
		"- a":                       "1:1: write a key, a colon, a space and a value here, such as output: messages",
		"include: POST /x":          "1:10: write a list here: put [ and ] around the value",
		"include: [POST /x":         "1:10: the list does not end: add ]",
		"include:\n - a\n- b\n":     "3:1: indent the items of the list alike",
		"include:\n- a\n  b: c\n":   "2:3: put this key on the level of the others, or the text in quotes",
		"include:\n  - {a: b}\n":    "2:5: write a text here, not a list or a mapping",
		"source: [a]":               "1:9: write a text here, not a list or a mapping",
		"source: a\nsource: b\n":    "2:1: the key is there already: remove one of the two",
		"\tsource: a":               "1:7: write spaces here: YAML does not allow tabs",
		"source: \"a\n":             "1:9: the text in quotes does not end: add the quote",
		"source: a: b":              "1:9: put the text in quotes: it holds a colon",
		"source: @x":                "1:9: put the text in quotes: YAML reserves its first character",
		"keep-deprecated: yes":      "1:18: write true or false here",
		"inlcude: [a]":              `1:1: unknown key "inlcude"; did you mean include?`,
		"include: [a]]":             "1:13: this is not valid YAML: value is not allowed in this context",
		"include: &a [x]":           "1:10: a configuration cannot use anchors and aliases: write the value itself",
		"source: *a":                "1:9: a configuration cannot use anchors and aliases: write the value itself",
		"exclude:\n !a ":            "2:2: a configuration cannot use tags such as !!str: write the value itself, in quotes if it is a text",
		"source: !!str a":           "1:9: a configuration cannot use tags such as !!str: write the value itself, in quotes if it is a text",
		"<<: {source: a}":           "1:1: a configuration cannot use anchors and aliases: write the value itself",
		"source: a\n---\nsource: b": " the file holds more than one YAML document: keep only the first",
	} {
		_, err := read(t, text)
		if _, ok := errors.AsType[*config.Error](err); !ok || err.Error() != "f.yaml:"+want {
			t.Errorf("%q: %v, want f.yaml:%s", text, err, want)
		}
	}
}

// A small file cannot take much memory. Aliases of 1 KB would stand for gigabytes, and
// the YAML library takes as much for nested brackets.
func TestBombs(t *testing.T) {
	t.Chdir(t.TempDir())
	aliases := "a0: &a0 [x]\n"
	for i := range 30 {
		aliases += strings.NewReplacer("N", string(rune('A'+i)), "O", string(rune('A'+i-1))).Replace("aN: &aN [*aO,*aO,*aO,*aO,*aO,*aO,*aO,*aO,*aO]\n")
	}
	for name, text := range map[string]string{
		"aliases":           aliases,
		"brackets":          "include: " + strings.Repeat("[", 200_000),
		"brackets that end": "include: " + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000),
		"braces":            strings.Repeat("{a: ", 100_000),
		"items":             "include:\n" + strings.Repeat("- ", 200_000) + "a\n",
		"keys":              strings.Repeat("? ", 200_000) + "a\n",
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := read(t, text)
		runtime.ReadMemStats(&after)
		if _, ok := errors.AsType[*config.Error](err); !ok || !strings.HasPrefix(err.Error(), "f.yaml:") {
			t.Errorf("%s: %v", name, err)
		}
		if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 400 {
			t.Errorf("%s: %d MB", name, mb)
		}
	}
}

func TestOutputFor(t *testing.T) {
	for want, include := range map[string][]string{
		"messages": {"POST /me/messages", "/users/{id}/messages"},
		"me":       {"/me/**"},
		"graph":    {"POST /me/messages", "POST /me/events"},
		"profile":  nil,
		"projects": {"POST /me/profile/projects/{id}"},
	} {
		if got := config.OutputFor(include); got != want {
			t.Errorf("%v: %s, want %s", include, got, want)
		}
	}
	for _, pattern := range []string{"", "POST", "/", "/func", "/**", "/a-b", "/main"} {
		if got := config.OutputFor([]string{pattern}); got != "graph" {
			t.Errorf("%q: %s, want graph", pattern, got)
		}
	}
}

func TestVersion(t *testing.T) {
	for _, test := range []struct {
		in      config.Input
		server  string
		want    string
		guessed bool
	}{
		{config.Input{APIVersion: "beta", Source: "v1.0.xml"}, "", "beta", false},
		{config.Input{Source: "beta/v1.0.xml"}, "", "v1.0", false},
		{config.Input{Source: "x.xml", Upstream: "https://graph.microsoft.com/v1.0/$metadata"}, "", "v1.0", false},
		{config.Input{Source: "v1.0.xml"}, "https://graph.microsoft.com/beta", "beta", false},
		{config.Input{Source: input.Snapshot}, "", "beta", false},
		{config.Input{Source: "x.xml"}, "", "beta", true},
		{config.Input{Source: "beta-app/slice.xml", Upstream: "https://graph.microsoft.com/v1.0/$metadata"}, "", "v1.0", false},
		{config.Input{Source: "slice-beta.xml", Upstream: "https://graph.microsoft.com/v1.0/$metadata"}, "", "beta", false},
		{config.Input{Source: "beta-app/slice.xml", Upstream: "../beta-app/v1.0.xml"}, "", "v1.0", false},
		{config.Input{Source: "v1.0/slice.xml", Upstream: "beta-app/metadata.xml"}, "", "v1.0", false},
		{config.Input{Source: "v1.0/slice.xml"}, "", "v1.0", false},
		{config.Input{Source: "https://graph.microsoft.com/v1.0/$metadata"}, "", "v1.0", false},
	} {
		if got, guessed := test.in.Version(test.server); got != test.want || guessed != test.guessed {
			t.Errorf("%+v: %s, guessed %t", test.in, got, guessed)
		}
	}
}

// The lock file holds no secret and no path of the machine, and gives the same
// configuration again.
func TestLockFile(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, file := range []string{"go.mod", "graph/slice.xml"} {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("module example.com/app\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var c config.Config
	c.Source, c.Upstream, c.Docs = "graph/slice.xml", "https://me:hush@example.com/beta?sig=hush#hush", filepath.Join(dir, "..", "pages")
	c.Include, c.Output = []string{"POST /cows"}, "graph/farm"
	complete, err := c.Complete()
	if err != nil {
		t.Fatal(err)
	}
	recorded := config.ForLock(c, complete)
	if recorded.Source != "../slice.xml" || recorded.Upstream != "outside:https://example.com/beta" || recorded.Docs != "outside:pages" {
		t.Errorf("recorded: %+v", recorded.Input)
	}
	_, err = config.FromLock(recorded, c.Output, func(string) bool { return false })
	if want := "docs: the lock file does not hold the path of pages, which is outside of the module: give it with --docs"; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
	again, err := config.FromLock(recorded, c.Output, func(key string) bool { return key == "docs" })
	if err != nil || again.Source != filepath.FromSlash(c.Source) || again.Output != c.Output {
		t.Errorf("again: %+v, %v", again, err)
	}
	// Generate needs no upstream, and keeps what the lock file says of it.
	if err := again.CheckUpstream(); err == nil || err.Error() != "upstream: the lock file does not hold the whole address https://example.com/beta, which has a user or a query: give it with --upstream" {
		t.Errorf("error %v", err)
	}
	if version, guessed := again.Version(""); version != "beta" || guessed {
		t.Errorf("version %s, guessed %t", version, guessed)
	}
	if complete, err = again.Complete(); err != nil || config.ForLock(again, complete).Upstream != recorded.Upstream {
		t.Errorf("recorded again: %s, %v", config.ForLock(again, complete).Upstream, err)
	}
	recorded.Source, recorded.Docs = config.ForLock(config.Config{Input: config.Input{Source: c.Upstream}}, complete).Source, ""
	_, err = config.FromLock(recorded, c.Output, func(string) bool { return false })
	if want := "source: the lock file does not hold the whole address https://example.com/beta, which has a user or a query: give it with --source"; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
	if plain := config.ForLock(config.Config{Input: config.Input{Source: "https://example.com/beta#hush"}}, complete).Source; plain != "https://example.com/beta" {
		t.Errorf("an address without user and query is recorded as %s", plain)
	}
}

// Packages come after those whose support package they need, which can be named by a
// folder or by its import path.
func TestFindBelow(t *testing.T) {
	t.Chdir(t.TempDir())
	for file, text := range map[string]string{
		"go.mod":                    "module example.com/app\n",
		"a/msgraphgen.yaml":         "output: .\nodata: example.com/app/c/odata\n",
		"b/msgraphgen.yaml":         "output: .\nodata: ../a/odata\n",
		"c/msgraphgen.yaml":         "output: .\n",
		"vendor/x/msgraphgen.yaml":  "",
		".hidden/msgraphgen.yaml":   "",
		"broken/d/msgraphgen.yaml":  "nonsense: [",
		"testdata/e/msgraphgen.yml": "",
	} {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	files, err := config.FindBelow(".")
	if err != nil {
		t.Fatal(err)
	}
	for i := range files {
		files[i] = filepath.ToSlash(filepath.Dir(files[i]))
	}
	if diff := cmp.Diff([]string{"c", "a", "b", "broken/d"}, files); diff != "" {
		t.Error(diff)
	}
	if err := os.WriteFile("c/msgraphgen.yaml", []byte("output: .\nodata: ../b/odata\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := config.FindBelow("."); err == nil || !strings.Contains(err.Error(), "needs the support package of another one, which needs this one") {
		t.Errorf("a cycle: %v", err)
	}
}

// A configuration that can be read can be completed, recorded and read again. An error
// names the file.
func FuzzRead(f *testing.F) {
	for _, text := range []string{"", "source: a.xml\n", "include: [POST /a, GET /b]\nexclude:\n  - /c\n", "include: &a [*a]\n", "? [a]\n: b\n", "source: |\n  a\n", "{a: [[[[", "odata: ./x\noutput: .\n", "<<: *a\n", "source: !!binary x\n", "keep-deprecated: true\n---\na"} {
		f.Add([]byte(text))
	}
	dir := f.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/app\n"), 0o644); err != nil {
		f.Fatal(err)
	}
	file := filepath.Join(dir, config.Name)
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(file, text, 0o644); err != nil {
			t.Fatal(err)
		}
		c, err := config.Read(file)
		if err != nil {
			if _, ok := errors.AsType[*config.Error](err); !ok || !strings.HasPrefix(err.Error(), file) {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		complete, err := c.Complete()
		if err != nil {
			if _, ok := errors.AsType[*config.Error](err); !ok {
				t.Errorf("%q: %v", text, err)
			}
			_ = config.Locate(err, file, func(string) bool { return false })
			return
		}
		recorded := config.ForLock(c, complete)
		if strings.Contains(recorded.Source+recorded.Docs+recorded.Upstream, dir) {
			t.Errorf("%q: the lock file holds a path of the machine: %+v", text, recorded.Input)
		}
	})
}

// A problem has the position of the item that it is about: not that of an item which
// is a part of it, nor that of a suggestion. A byte order mark has no column.
func TestLocate(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, test := range []struct{ text, problem, want string }{
		{"include:\n  - GET /me/messages\n  - GET /me/messages/{id}/nothing\n", `include: no method matches "GET /me/messages/{id}/nothing"; similar methods are:\n\tGET /me/messages`, "f.yaml:3:5: "},
		{"include: [GET /a, GET /b]", `include: no method matches "GET /b"; did you mean GET /a?`, "f.yaml:1:19: "},
		{"include: [/a, 'GET /a']", `include: no method matches "GET /a"`, "f.yaml:1:15: "},
		{"types:\n  - farm.dog\n  - farm.doge\n", "types: there is no type farm.doge; did you mean farm.dog?", "f.yaml:3:5: "},
		{"\ufeffpackage: v-2\n", `package: "v-2" is not a valid package name: set another one with --package`, "f.yaml:1:10: "},
	} {
		if _, err := read(t, test.text); err != nil {
			t.Fatal(err)
		}
		err := config.Locate(config.Errorf("%s", test.problem), "f.yaml", func(string) bool { return false })
		if got := err.Error(); !strings.HasPrefix(got, test.want) {
			t.Errorf("%s: got %s, want %s", test.text, got, test.want)
		}
		if strings.Contains(err.Error(), "--") {
			t.Errorf("%s: %v names a flag", test.text, err)
		}
	}
}
