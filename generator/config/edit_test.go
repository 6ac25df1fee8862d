package config_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
)

// Edit changes the lists and nothing else.
func TestEdit(t *testing.T) {
	for name, test := range map[string]struct {
		text, want string
		options    api.Options
	}{
		"a list with comments": {
			"# mine\ninclude: # all of it\n  # create\n  - POST /a # one\n  - POST /b\n  - POST /c # three\n\n# where\noutput: x\n",
			"# mine\ninclude: # all of it\n  # create\n  - POST /a # one\n  - POST /c # three\n  - GET /d/{id}\n\n# where\noutput: x\n",
			api.Options{Include: []string{"POST /a", "POST /c", "GET /d/{id}"}},
		},
		"a list in brackets": {
			"include: [POST /a, 'POST /b']  # two\noutput: x\n", "include: [POST /b, \"GET /d/{id}\"]  # two\noutput: x\n",
			api.Options{Include: []string{"POST /b", "GET /d/{id}"}},
		},
		"a list in brackets on several lines": {
			"include: [\n  POST /ä,\n  POST /b\n]\noutput: x\n", "include: [POST /b]\noutput: x\n", api.Options{Include: []string{"POST /b"}},
		},
		"a list in brackets with comments, which stays": {
			"include: [ # all\n  POST /a, # one\n] # end\noutput: x\n", "include: [ # all\n  POST /a, # one\n] # end\noutput: x\nexclude:\n  - POST /b\n",
			api.Options{Include: []string{"POST /a"}, Exclude: []string{"POST /b"}},
		},
		"a comment behind brackets, and # in them": {
			"include: [POST /a, \"POST /#b\"] # two\noutput: x\n", "include: [POST /a] # two\noutput: x\n", api.Options{Include: []string{"POST /a"}},
		},
		"a new key": {
			"include: [POST /a]\noutput: x", "include: [POST /a]\noutput: x\nexclude:\n  - POST /a/**\ntypes:\n  - \"*\"\n",
			api.Options{Include: []string{"POST /a"}, Exclude: []string{"POST /a/**"}, Types: []string{"*"}},
		},
		"a new key where a comment shows it": {
			"include: [POST /a]\n\n# Types whose derived types are generated too.\n# derived: [microsoft.graph.identity]\n\n# exclude: [GET /mine]\noutput: x\n",
			"include: [POST /a]\n\n# Types whose derived types are generated too.\nderived:\n  - a.b\n\n# exclude: [GET /mine]\nexclude:\n  - GET /c\noutput: x\n",
			api.Options{Include: []string{"POST /a"}, Exclude: []string{"GET /c"}, Derived: []string{"a.b"}},
		},
		"a comment within a list": {
			"include:\n  - POST /a\n# derived: [x]\n  - POST /b\n", "include:\n  - POST /a\n# derived: [x]\n  - POST /b\nderived:\n  - c\n",
			api.Options{Include: []string{"POST /a", "POST /b"}, Derived: []string{"c"}},
		},
		"a key without a value": {
			"include:\noutput: x\n", "include:\n  - POST /a\noutput: x\n", api.Options{Include: []string{"POST /a"}},
		},
		"a list that becomes empty": {
			"include:\n- POST /a\nexclude:\n- POST /b\n- POST /c\noutput: x\n", "include:\n- POST /a\noutput: x\n", api.Options{Include: []string{"POST /a"}},
		},
		"the end of the file": {
			"include:\n    - POST /a", "include:\n    - POST /a\n    - POST /b\n", api.Options{Include: []string{"POST /a", "POST /b"}},
		},
		"line ends of Windows": {
			"\ufeffinclude:\r\n- POST /a\r\n", "\ufeffinclude:\r\n- POST /a\r\n- POST /b\r\nexclude:\r\n  - GET /b\r\n",
			api.Options{Include: []string{"POST /a", "POST /b"}, Exclude: []string{"GET /b"}},
		},
		"an empty file":     {"", "include:\n  - POST /a\n", api.Options{Include: []string{"POST /a"}}},
		"nothing to change": {"include: [  POST /b,POST /a ]", "include: [  POST /b,POST /a ]", api.Options{Include: []string{"POST /b", "POST /a"}}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := config.Edit("f.yaml", []byte(test.text), test.options)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, string(got)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// Edit does not guess: a file that it cannot change is an error that names it.
func TestEditRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"a mistake":               "inclde: []",
		"an item on two lines":    "include:\n  - POST\n    /a\n  - POST /b\n",
		"an anchor":               "include: &a [POST /a]",
		"one mapping in brackets": "{include: [POST /a], output: x} # {",
		"a comment in brackets":   "include: [POST /a, # one\n  POST /b]\n",
		"a comment at the start":  "include: [ # all\n  POST /a]\n",
		"a comment at the end":    "include: [\n  POST /a\n  # that is all\n]\n",
		"a comment and no items":  "exclude: [\n  # none yet\n]\n",
	} {
		t.Run(name, func(t *testing.T) {
			got, err := config.Edit("f.yaml", []byte(text), api.Options{Include: []string{"POST /b"}, Exclude: []string{"POST /c"}})
			if err == nil || !strings.HasPrefix(err.Error(), "f.yaml:") {
				t.Fatalf("got %q, %v", got, err)
			}
			if strings.HasPrefix(name, "a comment") && !strings.Contains(err.Error(), "this comment in the brackets of ") {
				t.Error(err)
			}
		})
	}
}

// Whatever the items are, a program reads the same from the edited file, and nothing
// else changed.
func TestEditRandom(t *testing.T) {
	file := filepath.Join(t.TempDir(), config.Name)
	rapid.Check(t, func(t *rapid.T) {
		item := rapid.OneOf(rapid.StringMatching(`(GET |POST )?(/([a-z]+|\{id\}|\*\*?|\$count)){1,3}`), rapid.StringMatching(`[ -~äλ]{1,8}`), rapid.SampledFrom([]string{"null", "1", "true", "a: b", "- x", "#", " "}))
		list := rapid.SliceOfNDistinct(item, 0, 4, rapid.ID)
		text := "# before\noutput: x # here\n"
		first := api.Options{Include: list.Draw(t, "include"), Exclude: list.Draw(t, "exclude"), Types: list.Draw(t, "types")}
		edited, err := config.Edit(file, []byte(text), first)
		if err != nil {
			t.Fatal(err)
		}
		text = string(edited)
		want := api.Options{Include: list.Draw(t, "new"), Exclude: list.Draw(t, "new")}
		edited, err = config.Edit(file, []byte(text), want)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if err := os.WriteFile(file, edited, 0o644); err != nil {
			t.Fatal(err)
		}
		got, err := config.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(sorted(want), sorted(got.Options)); diff != "" {
			t.Errorf("-want +got\n%s\n%s", diff, edited)
		}
		if !strings.HasPrefix(string(edited), "# before\noutput: x # here\n") {
			t.Errorf("the rest changed:\n%s", edited)
		}
	})
}

func sorted(o api.Options) api.Options {
	for _, list := range []*[]string{&o.Include, &o.Exclude, &o.Types, &o.Expand, &o.Derived} {
		*list = slices.Sorted(slices.Values(*list))
	}
	return o
}

// A new configuration says all that the user said.
func TestFile(t *testing.T) {
	want := config.Config{
		Input:       config.Input{Source: "a.xml", Upstream: "https://zoo.example/$metadata", Format: "csdl", ExternalRefs: true, Docs: "pages", Keys: "parentheses", APIVersion: "v1.0"},
		Options:     api.Options{Include: []string{"POST /a", "? !"}, Exclude: []string{"GET /**"}, Types: []string{"*"}, Expand: []string{"a/b"}, Derived: []string{"all"}},
		Evidence:    config.Evidence{ReadOnly: []string{"a/b"}, Settable: []string{"a/c"}},
		Destination: config.Destination{Output: "graph", Package: "zoo", OData: "./odata", KeepDeprecated: true},
	}
	text, err := config.File(want, want.OData)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile(config.Name, text, 0o644); err != nil {
		t.Fatal(err)
	}
	got, err := config.Read(config.Name)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s\n%s", diff, text)
	}
}
