package openapi_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/openapi"
	"github.com/msgraphgen/msgraphgen/internal/dump"
)

const head = "openapi: 3.0.1\ninfo: {title: t, version: v}\n"

// many returns a text for each number, one after the other.
func many(n int, text func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(text(i))
	}
	return b.String()
}

// chain returns a document with n types, each of which extends the one before.
func chain(n int) string {
	return head + "paths: {}\ncomponents:\n  schemas:\n    n.t0: {type: object}\n" + many(n-1, func(i int) string {
		return fmt.Sprintf("    n.t%d:\n      allOf:\n        - $ref: '#/components/schemas/n.t%d'\n", i+1, i)
	})
}

// references returns a document with a type that has a property, and n schemas,
// each of which is the next one, the last one a text.
func references(n int) string {
	return head + "paths: {}\ncomponents:\n  schemas:\n    n.t: {type: object, properties: {p: {$ref: '#/components/schemas/n.r0'}}}\n" +
		many(n, func(i int) string { return fmt.Sprintf("    n.r%d: {$ref: '#/components/schemas/n.r%d'}\n", i, i+1) }) +
		fmt.Sprintf("    n.r%d: {type: string}\n", n)
}

func aliases(levels int) string {
	return "x-0: &x0 [a]\n" + many(levels, func(i int) string {
		return fmt.Sprintf("x-%d: &x%d [%s*x%d]\n", i+1, i+1, strings.Repeat(fmt.Sprintf("*x%d, ", i), 9), i)
	})
}

// TestEdges reads what is too large to be a fixture. The result is the error,
// or else the defects.
func TestEdges(t *testing.T) {
	for name, test := range map[string]struct{ input, want string }{
		"100 base types":   {chain(101), ""},
		"101 base types":   {chain(102), "f:307:5: n.t101 has more than 100 base types: extend a type further up"},
		"20000 base types": {chain(20_000), "19899 defects"},
		"4000 references":  {references(4_000), ""},
		"5000 properties":  {head + "paths: {}\ncomponents:\n  schemas:\n    n.t:\n      type: object\n      properties:\n" + many(5_000, func(i int) string { return fmt.Sprintf("        p%d: {type: string}\n", i) }), ""},
		"10000 types":      {head + "paths: {}\ncomponents:\n  schemas:\n" + many(10_000, func(i int) string { return fmt.Sprintf("    n.t%d: {type: object}\n", i) }), ""},
		"20000 paths":      {head + "paths:\n" + many(20_000, func(i int) string { return fmt.Sprintf("  /a/{t-id}/c%d/{t-id1}:\n", i) }), ""},
		"20000 sets":       {head + "paths:\n" + many(20_000, func(i int) string { return fmt.Sprintf("  /a%d/{t-id}:\n", i) }), ""},
		"20000 actions": {head + "paths:\n" + many(20_000, func(i int) string {
			return fmt.Sprintf("  /a/{t-id}/n.f%d:\n    post:\n      x-ms-docs-operation-type: action\n", i)
		}), ""},
		"paths and bases":   {strings.Replace(chain(10_000), "paths: {}", "paths:\n"+many(5_000, func(i int) string { return fmt.Sprintf("  /a%d/{n.t9000-id}/c%[1]d/{n.t-id}:\n", i) }), 1), "9899 defects"},
		"a path too long":   {head + "paths:\n  " + strings.Repeat("/a", 101) + ":\n  /b/{t-id}:\n", ""},
		"schemas in schema": {head + "paths: {}\ncomponents: {schemas: {n.t: {type: object, properties: {p: " + strings.Repeat("{items: ", 900) + "{}" + strings.Repeat("}", 900) + "}}}}", ""},
		"parts in parts":    {head + "paths: {}\ncomponents: {schemas: {n.t: " + strings.Repeat("{allOf: [", 400) + "{}" + strings.Repeat("]}", 400) + "}}", ""},
		"choices": { // 2 to the power of 1000, one by one
			head + "paths: {}\ncomponents:\n  schemas:\n    n.t: {type: object, properties: {p: {$ref: '#/components/schemas/h0'}}}\n    h1000: {type: string}\n" +
				many(1000, func(i int) string {
					return fmt.Sprintf("    h%d: {anyOf: [{$ref: '#/components/schemas/h%d'}, {$ref: '#/components/schemas/h%d'}]}\n", i, i+1, i+1)
				}), "",
		},
		"aliases":               {head + "paths: {}\ncomponents: {schemas: {n.t: {type: object}}}\n" + aliases(4), ""},
		"aliases of aliases":    {head + "paths: {}\n" + aliases(9), "f:9:6: the aliases in this value stand for more than 100000 values"},
		"an alias in itself":    {head + "x-a: &a [*a]\n", "f:3:10: the anchor a contains itself"},
		"merges of merges":      {head + "x-0: &x0 {a: b}\n" + many(40, func(i int) string { return fmt.Sprintf("x-%d: &x%[1]d\n  <<: [*x%[2]d, *x%[2]d]\n", i+1, i) }), "f:33:7: the aliases in this value stand for more than 100000 values"},
		"examples of examples":  {head + aliases(9) + "paths: {/a: {post: {requestBody: {content: {application/json: {example: *x9}}}}}}\n", "f:8:6: the aliases in this value stand for more than 100000 values"},
		"too deep":              {head + "x-a: " + strings.Repeat("[", 200_000), "f:3:1006: the document is nested more than 1000 levels deep"},
		"too deep in blocks":    {head + "x-a:\n" + strings.Repeat("- ", 200_000), "f:4:2001: the document is nested more than 1000 levels deep"},
		"too deep in JSON":      {`{"openapi": "3.0.1", "x-a": ` + strings.Repeat(`{"a":`, 200_000), "f:1:5024: the document is nested more than 1000 levels deep"},
		"valid JSON too deep":   {`{"openapi": "3.0.1", "x-a": ` + strings.Repeat(`[`, 5_000) + strings.Repeat(`]`, 5_000) + "}", "f:1:1028: the document is nested more than 1000 levels deep"},
		"variables in server":   {head + "paths: {/a: }\nservers:\n- url: 'https://a/{v0}'\n  variables:\n" + many(60, func(i int) string { return fmt.Sprintf("    v%d: {default: '{v%d}{v%[2]d}'}\n", i, i+1) }), ""},
		"NUL":                   {head + "\x00paths: {}", "f: control characters are not allowed (value: 0)"},
		"invalid UTF-8":         {head + "x-a: grün \xe4", "f:3:12: the file is not valid UTF-8 here: convert it to UTF-8"},
		"UTF-16LE":              {"o\x00p\x00", "f: the file is in UTF-16: convert it to UTF-8"},
		"only a mark":           {"\uFEFF", "f: the file is empty"},
		"columns in bytes":      {head + "paths: {}\ncomponents: {schemas: {n.t: {type: object, description: grün, properties: {p: }}}}", "f:4:77: n.t/p: its schema is empty: it must be an object"},
		"a carriage return":     {strings.ReplaceAll(head, "\n", "\r") + "paths: {}\rcomponents: {schemas: {n.t: }}", "f:4:24: the schema n.t is empty: it must be an object"},
		"not Swagger":           {"x-of:\n  swagger: 2\n" + head + "paths: {/a: {}}", ""},
		"no operation":          {head + "paths:\n  /a:\n", ""},
		"a document in JSON":    {`{"openapi": "3.0.1", "paths": {"\ud83d\udc04": "\\ud83d"`, "f:1:35: found invalid Unicode character escape code"},
		"characters in JSON":    {`{"openapi": "3.0.1", "components": {"schemas": {"n.t": {"type": "object", "properties": {"\ud83d\udc04": {"type": "string"}}}}}}`, "f:1:90: the property name \"🐄\" of n.t is not an identifier: use letters, digits and _, at most 128, and no digit at the start"},
		"no escape of JSON":     {`{"openapi": "\ü`, "f:1:14: found unknown escape character"},
		"more after JSON":       {`{"openapi": "3.0.1", "paths": {"/a": {}}} {}`, "f:1:43: did not find expected <document start>"},
		"openapi as a number":   {"openapi: 3.0\ninfo: {title: t, version: v}\npaths: {/a: }", ""},
		"version as a number":   {"openapi: 3.0.1\ninfo: {title: t, version: 1.0}\npaths: {/a: }", ""},
		"a name with a pointer": {head + "components: {schemas: {'a/b.t': {type: object}, n.u: {type: object, properties: {p: {$ref: '#/components/schemas/a~1b.t'}}}}}", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, defectsOf([]byte(test.input))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// defectsOf returns the error of a document, or else its defects.
func defectsOf(data []byte) string {
	m, err := parse("f", data, openapi.Options{})
	if err != nil {
		return err.Error()
	}
	var list []string
	for _, d := range m.AllProblems() {
		if isDefect(d) {
			list = append(list, d.String())
		}
	}
	if len(list) > 5 {
		return fmt.Sprintf("%d defects", len(list))
	}
	return strings.Join(list, "\n")
}

// TestLimitsHold checks that small malicious documents take little memory: it is
// bounded before anything is built.
func TestLimitsHold(t *testing.T) {
	for name, input := range map[string]string{
		"aliases":  head + "paths: {}\n" + aliases(12) + "components: {schemas: {n.t: {type: object, default: *x12}}}",
		"brackets": head + "x-a: " + strings.Repeat("[", 200_000),
		"braces":   `{"openapi": "3.0.1", "x-a": ` + strings.Repeat(`{"a":`, 200_000),
		"dashes":   head + "x-a:\n" + strings.Repeat("- ", 200_000),
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			if _, err := openapi.Parse("f", []byte(input), openapi.Options{}); err == nil {
				t.Error("there is no error")
			}
			runtime.ReadMemStats(&after)
			if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 50 {
				t.Errorf("it took %d MB", took)
			}
		})
	}
}

// TestReferencesAreBounded reads documents in which many operations refer to one
// long list: what they add to the model is bounded.
func TestReferencesAreBounded(t *testing.T) {
	for name, input := range map[string]string{
		"parameters": head + "paths:\n" + many(5_000, func(i int) string {
			return fmt.Sprintf("  /a/{t-id}/n.f%d:\n    post:\n      requestBody: {$ref: '#/components/requestBodies/b'}\n      x-ms-docs-operation-type: action\n", i)
		}) + "components:\n  requestBodies:\n    b: {content: {application/json: {schema: {type: object, properties: {" +
			many(5_000, func(i int) string { return fmt.Sprintf("p%d: {type: string}, ", i) }) + "}}}}}\n",
		"properties": head + "paths:\n" + many(5_000, func(i int) string {
			return fmt.Sprintf("  /a%d:\n    get: {parameters: [{$ref: '#/components/parameters/o'}], responses: {'200': {$ref: '#/components/responses/r'}}}\n", i)
		}) + "components:\n  parameters: {o: {name: $orderby, in: query, schema: {items: {enum: [p0]}}}}\n" +
			"  responses: {r: {content: {application/json: {schema: {$ref: '#/components/schemas/n.t'}}}}}\n" +
			"  schemas: {n.t: {type: object, properties: {" + many(5_000, func(i int) string { return fmt.Sprintf("p%d: {type: string}, ", i) }) + "}}}\n",
		"examples": head + "paths:\n" + many(5_000, func(i int) string {
			return fmt.Sprintf("  /a%d:\n    post: {requestBody: {$ref: '#/components/requestBodies/b'}}\n", i)
		}) + "components:\n  requestBodies:\n    b: {content: {application/json: {schema: {$ref: '#/components/schemas/n.t'}, example: [" +
			strings.Repeat("a, ", 5_000) + "]}}}\n  schemas: {n.t: {type: object}}\n",
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			if _, err := parse("f", []byte(input), openapi.Options{}); err != nil {
				t.Error(err)
			}
			runtime.ReadMemStats(&after)
			if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 1000 {
				t.Errorf("it took %d MB", took)
			} else {
				t.Logf("%d MB", took)
			}
		})
	}
}

// TestTruncated checks that a document that ends too early is read up to its
// end, or refused; with some of its paths alone too.
func TestTruncated(t *testing.T) {
	for _, name := range []string{"paths.yaml", "farm.json"} {
		data := readFile(t, "testdata/valid/"+name)
		for n := 0; n < len(data); n += 7 {
			all := checkPositions(t, data[:n], nil)
			if part := checkPositions(t, data[:n], func(string) bool { return false }); all == nil && part != nil {
				t.Errorf("%s: %d bytes: only without the paths: %v", name, n, part)
			}
		}
	}
}

// TestNoOtherFile checks that nothing but the document is read unless that is
// allowed: not even a file of its name in the current folder.
func TestNoOtherFile(t *testing.T) {
	t.Chdir(t.TempDir())
	document := head + "paths: {}\ncomponents: {schemas: {n.t: {$ref: '#/components/schemas/n.u'}}}"
	for file, data := range map[string]string{"f": document + "\nn.u: {}", "g": "n.u: {type: object}"} {
		if err := os.WriteFile(file, []byte(strings.Replace(data, "{$ref", "{n.u: {type: object}, $ref", 1)), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for data, want := range map[string]string{
		document: `f:4:24: the reference "#/components/schemas/n.u" leads nowhere`,
		strings.Replace(document, "#/", "g#/", 1): "f:4:24: the reference to g leads to another file, which is not read: allow it with --external-refs",
	} {
		if got := defectsOf([]byte(data)); got != want {
			t.Errorf("not %s, but %s", want, got)
		}
	}
}

// TestFolder refers to entries of a folder that are not files, or too large: to
// read a pipe would never end.
func TestFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o777); err != nil {
		t.Fatal(err)
	}
	large, err := os.Create(filepath.Join(dir, "large.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := large.Truncate(257 << 20); err != nil { // holds nothing, and takes no room
		t.Fatal(err)
	}
	if err := large.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "small.yaml"), []byte("type: object"), 0o666); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"folder":               "folder is not read: it is not a file",
		"folder/../../x":       "../x is not read: path escapes from parent",
		"missing":              "missing is not read: no such file or directory",
		"large.yaml":           "large.yaml is not read: the files that the document refers to are larger than 256 MB",
		"folder/../small.yaml": "",
	} {
		m, err := parse("f", []byte(head+"components: {schemas: {n.t: {$ref: '"+name+"'}}}"), openapi.Options{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		typ, ok := m.Type("n.t").(*model.StructuredType)
		if !ok {
			t.Fatalf("%s: there is no type", name)
		}
		if d := typ.Defect(); (d == nil) != (want == "") || d != nil && !strings.HasPrefix(d.Message, want) {
			t.Errorf("%s: not %q, but %v", name, want, d)
		}
	}
}

// TestServer reads addresses of the service.
func TestServer(t *testing.T) {
	for _, test := range []struct{ document, want string }{
		{"servers: [{url: 'https://graph.microsoft.com/v1.0'}]", "https://graph.microsoft.com/v1.0"},
		{"servers: [{url: 'https://graph.microsoft.com/beta/', description: Core}]", "https://graph.microsoft.com/beta"},
		{"servers: [{url: /v1.0}, {url: 'http://a.example/b'}, {url: 'https://b.example/c'}, {url: 'https://c.example'}]", "https://b.example/c"},
		{"servers: [{url: 'https://{host}/{version}', variables: {host: {default: graph.microsoft.us}, version: {default: v1.0}}}]", "https://graph.microsoft.us/v1.0"},
		{"servers: [{url: 'https://{host}/v1.0'}]\ninfo: {version: beta}", ""},
		{"servers: [{url: 'https://me:secret@a.example/b'}]", ""},
		{"servers: [{url: 'https://a.example/b?c'}]", ""},
		{"servers: [{url: 'http://a.example/b'}]\ninfo: {version: beta}", ""},
		{"servers: [{url: /}]\ninfo: {version: beta}", "https://graph.microsoft.com/beta"},
		{"servers: {}\ninfo: {version: v1.0}", "https://graph.microsoft.com/v1.0"},
		{"info: {version: v1.0-beta}", ""},
		{"info: {version: 1.0.1}", ""},
		{"", ""},
	} {
		m, err := openapi.Parse("f", []byte("openapi: 3.0.4\npaths: {/a: }\n"+test.document), openapi.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if m.Server != test.want {
			t.Errorf("%s: not %q, but %q", test.document, test.want, m.Server)
		}
	}
}

// TestIs recognizes documents.
func TestIs(t *testing.T) {
	for text, want := range map[string]bool{
		"openapi: 3.0.1\n":                               true,
		"# a comment\n\"openapi\" : '3.0.1'\n":           true,
		"swagger: '2.0'\n":                               true,
		`{"openapi":"3.0.1"}`:                            true,
		`{"info":{"title":"openapi"},"openapi":"3.0.1"}`: true,
		"{\n  \"openapi\": \"3.0.1\",\n":                 true,
		`{"info":{"openapi":"3.0.1"}}`:                   false,
		"info:\n  title: openapi\n":                      false,
		"<edmx:Edmx/>":                                   false,
		"":                                               false,
	} {
		if openapi.Is([]byte(text)) != want {
			t.Errorf("%q: not %v", text, want)
		}
	}
}

// TestDefectsStayWhereTheyAre puts mistakes into a document, one at a time, that
// have nothing to do with one of its paths: what the path needs has no defect,
// and stays the same.
func TestDefectsStayWhereTheyAre(t *testing.T) {
	const file = "testdata/valid/style_2026.yaml"
	data := string(readFile(t, file))
	needed := []string{"microsoft.graph.barn", "microsoft.graph.entity"}
	want := neededText(t, []byte(data), needed)
	schemas := []string{
		"microsoft.graph.x:", "microsoft.graph.x: text", "microsoft.graph.x: []", "microsoft.graph.x: {$ref: '#/nowhere'}",
		"microsoft.graph.x: {$ref: '#/components/schemas/microsoft.graph.x'}", "microsoft.graph.x: {type: object, properties: []}",
		"microsoft.graph.x: {allOf: {}}", "microsoft.graph.x: {allOf: [text]}", "microsoft.graph.x: {allOf: [{$ref: '#/nowhere'}]}",
		"microsoft.graph.x: {allOf: [{$ref: '#/components/schemas/microsoft.graph.x'}]}", "microsoft.graph.x: {type: object, properties: {a: }}",
		"microsoft.graph.x: {type: object, properties: {a: {$ref: 5}}}", "microsoft.graph.x: {type: object, properties: {request-id: {type: string}}}",
		"microsoft.graph.x: {type: object, properties: {'a/b': {type: string}}}", "microsoft.graph.x: {type: object, properties: {a: {$ref: other.yaml}}}",
		"microsoft.graph.x: {type: object, type: string}", "microsoft.graph.x: {type: string, enum: {}}", "microsoft.graph.x: {type: string, enum: ['']}",
		"microsoft.graph.x: {type: {}}", "microsoft.graph.x: {type: string, maxLength: -1}", "microsoft.graph.x: {description: {}, type: object}",
		"microsoft.graph.x: {type: object}\n    microsoft.graph.x: {type: string}", "'': {type: object}", "'a b': {type: object}",
		"microsoft.graph.x: {discriminator: [], type: object}", "microsoft.graph.x: {type: object, properties: {a: {anyOf: {}}}}",
		"microsoft.graph.x: {type: array}", "? [a]\n    : {type: object}",
	}
	paths := []string{
		"/x:", "/x: text", "/x: []", "/x: {$ref: '#/nowhere'}", "/x: {get: }", "/x: {get: []}", "/x: {get: {responses: []}}",
		"/x: {get: {responses: {'200': }}}", "/x: {get: {responses: {'200': {$ref: '#/nowhere'}}}}", "/x: {post: {requestBody: []}}",
		"/x: {post: {requestBody: {content: text}}}", "/x: {get: {parameters: {}}}", "/x: {get: {parameters: [{$ref: '#/nowhere'}]}}",
		"/x: {get: {}, get: {responses: {}}}", "/x: {GET: {}}", "x: {}", "//: {}", "/{x}: {}", "/x/{y}/{z}: {}", "/x(: {get: {}}", "/x): {get: {}}",
		"/.: {post: {}}", "/$x: {}", "/barns/x: {get: {}}", "'/y/{y-id}/a/b()': {get: {x-ms-docs-operation-type: function}}",
	}
	for _, mistake := range schemas {
		checkNeeded(t, mistake, strings.Replace(data, "\n  schemas:\n", "\n  schemas:\n    "+mistake+"\n", 1), needed, want)
	}
	for _, mistake := range paths {
		checkNeeded(t, mistake, strings.Replace(data, "\npaths:\n", "\npaths:\n  "+mistake+"\n", 1), needed, want)
	}
}

func checkNeeded(t *testing.T, mistake, data string, needed []string, want string) {
	t.Helper()
	if got := neededText(t, []byte(data), needed); got != want {
		t.Errorf("%s: (-without +with)\n%s", mistake, cmp.Diff(want, got))
	}
}

// neededText returns the entity set barns and some types, as text. They must not
// have defects.
func neededText(t *testing.T, data []byte, types []string) string {
	t.Helper()
	m, err := parse("f", data, openapi.Options{})
	if err != nil {
		t.Errorf("%v", err)
		return ""
	}
	barns := m.Container.Source("barns")
	if barns == nil {
		return ""
	}
	if d := barns.Defect(); d != nil {
		t.Error(d)
	}
	texts := []string{dump.Text(barns, nil)}
	for _, name := range types {
		typ, _ := m.Type(name).(*model.StructuredType)
		if typ == nil {
			t.Errorf("there is no %s", name)
			continue
		}
		if slices.ContainsFunc(typ.Problems, isDefect) {
			t.Errorf("%v", typ.Problems)
		}
		texts = append(texts, dump.Text(typ, nil))
	}
	return strings.Join(texts, "\n")
}
