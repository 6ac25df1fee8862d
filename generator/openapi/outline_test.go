package openapi

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// TestOutline compares the outline of the real documents with what parsing
// them finds.
func TestOutline(t *testing.T) {
	for _, name := range []string{"People", "Mail", "Planner", "Users", "Identity.Governance"} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(gotest.Metadata(t, "openapi/beta-2020-10/"+name+".yml"))
			if err != nil {
				t.Fatal(err)
			}
			items, ok := outline("f", data)
			if !ok {
				t.Fatal("not outlined")
			}
			var ds source.Diagnostics
			doc, want := newLoader("f", data, Options{}, &ds).load()
			if doc == nil {
				t.Fatal(ds.Err())
			}
			compare := func(a, b *item) int { return a.position.Compare(b.position) }
			slices.SortFunc(items, compare)
			slices.SortFunc(want, compare)
			for _, i := range items {
				slices.Sort(i.verbs)
				i.start, i.end, i.operations = 0, 0, nil
			}
			if diff := cmp.Diff(want, items, cmp.AllowUnexported(item{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What an outline cannot be sure of, it leaves to the parser.
func TestOutlineUnsure(t *testing.T) {
	const start, end = "openapi: 3.0.1\npaths:\n  /a:\n    get:\n", "  /b:\n    get:\n"
	for name, text := range map[string]string{
		"an anchor":                    "      x-a: &a\n",
		"an anchor in a list":          "      x-a: [&a b]\n",
		"a merge key of paths":         "  <<: *a\n",
		"an extension of paths":        "  x-a: b\n",
		"a complex key":                "  ? /c\n  : get:\n",
		"a tag":                        "      summary: !!str \"\n  /c: \"\n",
		"text that goes on too far":    "      summary: \"\n  /c: \"\n",
		"text in a list":               "      - 'a\n  /c: '\n",
		"text after a text":            "      summary: \"a\" # b\n",
		"an object that goes on":       "      x-a: {\n  b: c}\n",
		"a list that goes on":          "      x-a: [\n      b]\n",
		"less indentation":             " x-a:\n",
		"a tab":                        "\tx-a:\n",
		"another document":             "---\n",
		"a carriage return":            "      summary: a\r  /c:\n",
		"a line separator":             "      summary: a\u2028  /c:\n",
		"a key with an escape":         "  \"/c\\n\":\n    get:\n",
		"a key that is no path":        "  c:\n    get:\n",
		"a key with a colon":           "  /c:d:\n    get:\n",
		"a value where a key must be":  "  /c\n",
		"an unclosed quotation mark":   "  '/c:\n    get:\n",
		"a quotation mark in the line": "  '/c'd:\n    get:\n",
	} {
		if items, ok := outline("f", []byte(start+text+end)); ok {
			t.Errorf("%s: %d paths", name, len(items))
		}
	}
	for name, text := range map[string]string{
		"nothing":               "",
		"a block":               "      description: |\n        /c:\n          get: \"\n        - [\n",
		"a block in a list":     "      - a: >-\n          \"\n      - b\n",
		"text":                  "      description: \"a\n        /c:\n          get: b\"\n",
		"an empty text":         "      description: ''\n",
		"salt & pepper":         "      description: salt & pepper, R&D\n",
		"a comment":             "# /c:\n  # /d:\n",
		"an object in a line":   "      x-a: {b: c}\n      x-b: []\n",
		"two quotations in one": "      description: '''a'' and b'\n",
	} {
		if items, ok := outline("f", []byte(start+text+end)); !ok || len(items) != 2 {
			t.Errorf("%s: %d paths", name, len(items))
		}
	}
}

// A path whose operations the outline does not see is not cut out.
func TestOutlineWhole(t *testing.T) {
	for text, whole := range map[string]bool{
		"  /a:\n    get:\n": false,
		"  /a:\n    x-b:\n    parameters:\n    summary: c\n": false,
		"  '/a':\n":                            false,
		"  /a: {get: {}}\n":                    true,
		"  /a: *b\n":                           true,
		"  /a:\n    $ref: '#/paths/~1b'\n":     true,
		"  /a:\n    <<: *b\n":                  true,
		"  /a:\n    GET:\n":                    true,
		"  /a:\n      get:\n    post:\n":       true,
		"  /a: # a comment\n    get:\n":        true,
		"  \"/a\": \n    'get':\n    put:\n":   false,
		"  /a:\n    'get': {responses: {}}\n":  false,
		"  /a:\n    ? get\n    : responses:\n": true,
	} {
		items, ok := outline("f", []byte("paths:\n"+text))
		if !ok && !whole {
			t.Errorf("%q: not outlined", text)
		}
		if ok && items[0].whole != whole {
			t.Errorf("%q: whole is %v", text, items[0].whole)
		}
	}
}

// A folder may have files that are none: to read a pipe would never end.
func TestReadBelow(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "large.yaml"), make([]byte, 1000), 0o666); err != nil {
		t.Fatal(err)
	}
	for name, limit := range map[string]int64{"folder": 1000, "folder/../../x": 1000, "": 1000, "missing": 1000, "large.yaml": 999, "/large.yaml": 1000} {
		if _, err := readBelow(dir, name, limit); err == nil {
			t.Errorf("%q is read", name)
		}
	}
	if data, err := readBelow(dir, "folder/../large.yaml", 1000); len(data) != 1000 {
		t.Error(err)
	}
}
