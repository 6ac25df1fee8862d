package yamlcut_test

import (
	"bytes"
	"encoding/json/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/msgraphgen/msgraphgen/generator/openapi/yamlcut"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// TestRealDocuments compares the outline of the real documents, as they are and
// as JSON in one line, with what parsing them finds: paths, operations and the
// fields of these, each parsed by itself.
func TestRealDocuments(t *testing.T) {
	for _, name := range []string{"People", "Mail", "Planner", "Users", "Identity.Governance"} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(gotest.Metadata(t, "openapi/beta-2020-10/"+name+".yml"))
			if err != nil {
				t.Fatal(err)
			}
			check(t, data)
			var document any
			if err := yaml.Unmarshal(data, &document); err != nil {
				t.Fatal(err)
			}
			line, err := json.Marshal(document, json.Deterministic(true))
			if err != nil {
				t.Fatal(err)
			}
			check(t, line)
		})
	}
}

// check compares the outline of a document with what parsing it finds.
func check(t *testing.T, data []byte) {
	t.Helper()
	outline := yamlcut.Scan(data)
	if outline == nil {
		t.Fatal("not understood")
	}
	var document struct{ Paths yaml.Node }
	if err := yaml.Unmarshal(data, &document); err != nil {
		t.Fatal(err)
	}
	lines := yamlcut.NewLines(data)
	content := document.Paths.Content
	if len(outline.Paths) != len(content)/2 {
		t.Fatalf("%d paths, not %d", len(outline.Paths), len(content)/2)
	}
	for i, path := range outline.Paths {
		key, item := content[2*i], content[2*i+1]
		line, column := lines.Position(path.At)
		if path.Name != key.Value || line != key.Line || column != lines.Column(key.Line, key.Column) || path.Opaque {
			t.Errorf("%s at %d:%d (opaque: %v), not %s at %d:%d", path.Name, line, column, path.Opaque, key.Value, key.Line, key.Column)
		}
		if got := parsePart(t, outline, path.Part); !same(got, item) {
			t.Errorf("%s: the part says something else", path.Name)
		}
		for j, operation := range path.Operations {
			verb, whole := item.Content[2*j].Value, item.Content[2*j+1]
			if strings.ToUpper(verb) != operation.Verb || !same(parsePart(t, outline, operation.Part), whole) {
				t.Errorf("%s %s: the part says something else", operation.Verb, path.Name)
			}
			checkFields(t, outline, operation, whole)
		}
	}
	var rest struct{ Paths yaml.Node }
	if err := yaml.Unmarshal(slices.Concat(outline.Head.Text, outline.Tail.Text), &rest); err != nil {
		t.Fatal(err)
	}
	if len(rest.Paths.Content) > 0 {
		t.Errorf("the rest has paths")
	}
}

func checkFields(t *testing.T, outline *yamlcut.Outline, operation yamlcut.Operation, whole *yaml.Node) {
	t.Helper()
	for _, name := range []string{"responses", "requestBody", "parameters", "x-ms-docs-operation-type", "none"} {
		var want *yaml.Node
		for i := 0; i < len(whole.Content); i += 2 {
			if whole.Content[i].Value == name {
				want = whole.Content[i+1]
			}
		}
		field, understood := operation.Field(name)
		if !understood || (want == nil) != (field.Text == nil) || want != nil && !same(parsePart(t, outline, field), want) {
			t.Errorf("%s at %d: the field %s says something else", operation.Verb, operation.Offset, name)
		}
	}
}

// parsePart returns the value of the member that a part is.
func parsePart(t *testing.T, outline *yamlcut.Outline, part yamlcut.Part) *yaml.Node {
	t.Helper()
	text := part.Text
	if outline.JSON {
		text = yamlcut.Wrap(text)
	}
	var n yaml.Node
	if err := yaml.Unmarshal(text, &n); err != nil {
		t.Fatalf("%v:\n%s", err, text)
	}
	return n.Content[0].Content[1]
}

func same(a, b *yaml.Node) bool {
	return a.Kind == b.Kind && a.Value == b.Value && a.Tag == b.Tag && slices.EqualFunc(a.Content, b.Content, same)
}

// Scan leaves to the parser everything that it is not sure about.
func TestNotUnderstood(t *testing.T) {
	const start, end = "openapi: 3.0.1\npaths:\n  /a:\n    get:\n", "  /b:\n    get:\n"
	for name, text := range map[string]string{
		"an anchor":                    "      x-a: &a\n",
		"an anchor in a list":          "      x-a: [&a b]\n",
		"a merge key of paths":         "  <<: *a\n",
		"an extension of paths":        "  x-a: b\n",
		"a complex key":                "  ? /c\n  : get:\n",
		"a tag":                        "      summary: !!str \"\n  /c: \"\n",
		"text that continues too far":  "      summary: \"\n  /c: \"\n",
		"text in a list":               "      - 'a\n  /c: '\n",
		"text after a text":            "      summary: \"a\" # b\n",
		"an object that continues":     "      x-a: {\n  b: c}\n",
		"a list that continues":        "      x-a: [\n      b]\n",
		"less indentation":             " x-a:\n",
		"a tab":                        "\tx-a:\n",
		"another document":             "---\n",
		"a carriage return":            "      summary: a\r  /c:\n",
		"a line separator":             "      summary: a\u2028  /c:\n",
		"a key with an escape":         "  \"/c\\n\":\n    get:\n",
		"a key with a space":           "  /c :\n    get:\n",
		"a key with a comment":         "  /c #d:\n    get:\n",
		"a key that is not a path":     "  c:\n    get:\n",
		"a key with a colon":           "  /c:d:\n    get:\n",
		"a value where a key must be":  "  /c\n",
		"an unclosed quotation mark":   "  '/c:\n    get:\n",
		"a quotation mark in the line": "  '/c'd:\n    get:\n",
	} {
		if o := yamlcut.Scan([]byte(start + text + end)); o != nil {
			t.Errorf("%s: %d paths", name, len(o.Paths))
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
		if o := yamlcut.Scan([]byte(start + text + end)); o == nil || len(o.Paths) != 2 {
			t.Errorf("%s: %v", name, o)
		}
	}
	for name, text := range map[string]string{
		"not an object":       `[]`,
		"no paths":            `{"openapi": "3.0.1"}`,
		"empty paths":         `{"paths": {}}`,
		"a list of paths":     `{"paths": []}`,
		"paths twice":         `{"paths": {"/a": {}}, "paths": {"/b": {}}}`,
		"damaged":             `{"paths": {"/a": {}}, "x": `,
		"a damaged path":      `{"paths": {"/a": {"get": }}}`,
		"YAML that is a flow": `{paths: {/a: {}}}`,
	} {
		if o := yamlcut.Scan([]byte(text)); o != nil {
			t.Errorf("%s: %d paths", name, len(o.Paths))
		}
	}
}

// TestOpaque checks that a path item with more than operations is said to be
// opaque.
func TestOpaque(t *testing.T) {
	for text, opaque := range map[string]bool{
		"paths:\n  /a:\n    get:\n": false,
		"paths:\n  /a:\n    get:\n    x-b:\n    parameters:\n    summary: c\n": false,
		"paths:\n  '/a':\n    get:\n":                                          false,
		"paths:\n  /a: {get: {}}\n":                                            true,
		"paths:\n  /a: *b\n":                                                   true,
		"paths:\n  /a:\n    $ref: '#/paths/~1b'\n":                             true,
		"paths:\n  /a:\n    <<: *b\n":                                          true,
		"paths:\n  /a:\n    GET:\n":                                            true,
		"paths:\n  /a:\n      get:\n    post:\n":                               true,
		"paths:\n  /a: # a comment\n    get:\n":                                true,
		"paths:\n  \"/a\": \n    'get':\n    put:\n":                           false,
		"paths:\n  /a:\n    'get': {responses: {}}\n":                          false,
		"paths:\n  /a:\n    ? get\n    : responses:\n":                         true,
		`{"paths": {"/a": {"get": {}, "x-b": 1, "post": {}}}}`:                 false,
		`{"paths": {"/a": {"$ref": "#/b"}}}`:                                   true,
		`{"paths": {"/a": null}}`:                                              true,
	} {
		o := yamlcut.Scan([]byte(text))
		if o == nil {
			if !opaque {
				t.Errorf("%q: not understood", text)
			}
			continue
		}
		if o.Paths[0].Opaque != opaque {
			t.Errorf("%q: opaque is %v", text, o.Paths[0].Opaque)
		}
	}
}

// TestField checks that the fields of an operation are found, or that the
// operation is said not to be understood.
func TestField(t *testing.T) {
	const yes, no = true, false
	for _, test := range []struct {
		operation  string
		want       string
		understood bool
	}{
		{"    get:\n      tags: []\n      responses:\n        '200':\n      x-a: b\n", "      responses:\n        '200':\n", yes},
		{"    get:\n      responses: {}\n", "      responses: {}\n", yes},
		{"    get:\n      'responses':\n      - a\n\n# c\n", "      'responses':\n      - a\n\n# c\n", yes},
		{"    get:\n      summary: |\n        responses:\n", "", yes},
		{"    get:\n      summary: \"a\n        responses: b\"\n", "", yes},
		{"    get:\n      x-a:\n        responses: {}\n", "", yes},
		{"    get: {responses: {}}\n", "", no},
		{"    get: # a comment\n      responses: {}\n", "", no},
		{"    get:\n      <<: {responses: {}}\n", "", no},
		{"    get:\n      responses: {}\n      responses: {}\n", "", no},
		{"    get:\n      responses: {\n      a: b}\n", "", no},
		{"    get:\n        a: b\n      responses: {}\n", "", no},
		{`"get": {"tags": [], "responses": {"200": {}}, "x": 1}`, `"responses": {"200": {}}`, yes},
		{`"get": {"x": {"responses": {}}}`, "", yes},
		{`"get": {"responses": {}, "responses": {}}`, "", no},
		{`"get": []`, "", no},
	} {
		document := "paths:\n  /a:\n" + test.operation + "  /b:\n    get:\n"
		if test.operation[0] == '"' {
			document = `{"paths": {"/a": {` + test.operation + `}}}`
		}
		o := yamlcut.Scan([]byte(document))
		if o == nil || len(o.Paths[0].Operations) != 1 {
			if test.understood {
				t.Errorf("%q: not understood", test.operation)
			}
			continue
		}
		field, understood := o.Paths[0].Operations[0].Field("responses")
		if understood != test.understood || understood && string(field.Text) != test.want {
			t.Errorf("%q: %q, understood is %v", test.operation, field.Text, understood)
		}
		if at := strings.Index(document, string(field.Text)); understood && field.Text != nil && field.Offset != at {
			t.Errorf("%q: at %d, not %d", test.operation, field.Offset, at)
		}
	}
}

// TestLines compares positions with those found by counting.
func TestLines(t *testing.T) {
	for _, text := range []string{
		"", "a", "a\nb\n", "\n\n", "grün\nweiß\n", "a\r\nb\rc\u2028d\u0085e", strings.Repeat("äb", 200) + "\nc",
	} {
		lines := yamlcut.NewLines([]byte(text))
		line, column, character := 1, 1, 1
		for at := 0; at < len(text); at++ {
			if gotLine, gotColumn := lines.Position(at); gotLine != line || gotColumn != column {
				t.Errorf("%q: %d is at %d:%d, not %d:%d", text, at, gotLine, gotColumn, line, column)
			}
			if c := text[at]; c < 0x80 || c >= 0xC0 {
				if got := lines.Column(line, character); got != column {
					t.Errorf("%q: character %d of line %d is at %d, not %d", text, character, line, got, column)
				}
				character++
			}
			column++
			end := text[:at+1]
			if strings.HasSuffix(end, "\r") && !strings.HasPrefix(text[at+1:], "\n") || bytes.HasSuffix([]byte(end), []byte("\n")) ||
				strings.HasSuffix(end, "\u2028") || strings.HasSuffix(end, "\u0085") {
				line, column, character = line+1, 1, 1
			}
		}
	}
}
