package openapi_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/openapi"
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

// What is too large to be a fixture is made here.
func TestEdges(t *testing.T) {
	for name, test := range map[string]struct{ input, want string }{
		"100 base types":    {chain(101), ""},
		"101 base types":    {chain(102), "f:307:5: n.t101 has more than 100 base types"},
		"20000 base types":  {chain(20_000), "f:3004:5: n.t1000 has more than 100 base types"},
		"a long circle":     {strings.Replace(chain(200), "n.t0: {type: object}", "n.t0: {allOf: [{$ref: '#/components/schemas/n.t199'}]}", 1), "f:6:5: n.t0 has more than 100 base types"},
		"5000 properties":   {head + "paths: {}\ncomponents:\n  schemas:\n    n.t:\n      type: object\n      properties:\n" + many(5_000, func(i int) string { return fmt.Sprintf("        p%d: {type: string}\n", i) }), ""},
		"10000 types":       {head + "paths: {}\ncomponents:\n  schemas:\n" + many(10_000, func(i int) string { return fmt.Sprintf("    n.t%d: {type: object}\n", i) }), ""},
		"20000 paths":       {head + "paths:\n" + many(20_000, func(i int) string { return fmt.Sprintf("  /a/{t-id}/c%d/{t-id1}:\n", i) }), ""},
		"20000 sets":        {head + "paths:\n" + many(20_000, func(i int) string { return fmt.Sprintf("  /a%d/{t-id}:\n", i) }), ""},
		"a path too long":   {head + "paths:\n  " + strings.Repeat("/a", 101) + ":\n  /b/{t-id}:\n", ""},
		"schemas in schema": {head + "paths: {}\ncomponents: {schemas: {n.t: {type: object, properties: {p: " + strings.Repeat("{items: ", 5_000) + "{}" + strings.Repeat("}", 5_000) + "}}}}", ""},
		"parts in parts":    {head + "paths: {}\ncomponents: {schemas: {n.t: " + strings.Repeat("{allOf: [", 4_000) + "{}" + strings.Repeat("]}", 4_000) + "}}", ""},
		"choices": { // 2 to the power of 1000, one by one
			head + "paths: {}\ncomponents:\n  schemas:\n    n.t: {type: object, properties: {p: {$ref: '#/components/schemas/h0'}}}\n    h1000: {type: string}\n" +
				many(1000, func(i int) string {
					return fmt.Sprintf("    h%d: {anyOf: [{$ref: '#/components/schemas/h%d'}, {$ref: '#/components/schemas/h%d'}]}\n", i, i+1, i+1)
				}), "",
		},
		"aliases of aliases": { // a billion, one by one
			head + "paths: {}\nx-0: &x0 [a]\n" + many(9, func(i int) string {
				return fmt.Sprintf("x-%d: &x%d [%s*x%d]\n", i+1, i+1, strings.Repeat(fmt.Sprintf("*x%d, ", i), 9), i)
			}), "f:4:11: document contains excessive aliasing",
		},
		"too deep":            {head + "x-a: " + strings.Repeat("[", 20_000), "f:3:10006: exceeded max depth of 10000"},
		"NUL":                 {head + "\x00paths: {}", "f: control characters are not allowed (value: 0)"},
		"invalid UTF-8":       {head + "x-a: grün \xe4", "f:3:12: the file is not valid UTF-8 here: convert it to UTF-8"},
		"UTF-16LE":            {"o\x00p\x00", "f: the file is in UTF-16: convert it to UTF-8"},
		"only a mark":         {"\uFEFF", "f: the file is empty"},
		"columns in bytes":    {head + "paths: {}\ncomponents: {schemas: {n.t: {type: object, description: grün, properties: {p: }}}}", "f:4:77: this schema is empty: it must be an object"},
		"a carriage return":   {strings.ReplaceAll(head, "\n", "\r") + "paths: {}\rcomponents: {schemas: {n.t: }}", "f:4:24: this schema is empty: it must be an object"},
		"not Swagger":         {"x-of:\n  swagger: 2\n" + head + "paths: {/a: {}}", ""},
		"no operation":        {head + "paths:\n  /a:\n", ""},
		"a document in JSON":  {`{"openapi": "3.0.1", "paths": {"\ud83d\udc04": "\\ud83d"`, "f:2:1: did not find expected ',' or '}'"},
		"no escape of JSON":   {`{"openapi": "\ü`, "f:1:14: found unknown escape character"},
		"openapi as a number": {"openapi: 3.0\ninfo: {title: t, version: v}\npaths: {/a: }", "f:1:1: the openapi must be text: quote it"},
		"version as a number": {"openapi: 3.0.1\ninfo: {title: t, version: 1.0}\npaths: {/a: }", "f:2:7: the version must be text: quote it"},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, ds := parse("f", []byte(test.input), openapi.Options{})
			got := ""
			if err := ds.Err(); err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if took := time.Since(start); took > 30*time.Second {
				t.Errorf("%v", took)
			} else {
				t.Log(took)
			}
		})
	}
}

// A document that ends too early is read as what it is up to there, or
// reported; with some of its paths alone too.
func TestTruncated(t *testing.T) {
	data := readFile(t, "testdata/valid/paths.yaml")
	for n := 0; n < len(data); n += 7 {
		all := read(t, data[:n], nil)
		if part := read(t, data[:n], func(string) bool { return false }); all == nil && part != nil {
			t.Errorf("%d bytes: only without the paths: %v", n, part)
		}
	}
}

// Nothing but the document is read unless that is allowed: not even a file of
// its name in the folder that the program runs in.
func TestNoOtherFile(t *testing.T) {
	t.Chdir(t.TempDir())
	document := head + "paths: {}\ncomponents: {schemas: {n.t: {$ref: '#/components/schemas/n.u'}}}"
	for file, data := range map[string]string{"f": document + "\nn.u: {}", "g": "n.u: {type: object}"} {
		if err := os.WriteFile(file, []byte(strings.Replace(data, "{$ref", "{n.u: {type: object}, $ref", 1)), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for data, want := range map[string]string{
		document: `f:4:37: the reference "#/components/schemas/n.u" leads nowhere`,
		strings.Replace(document, "#/", "g#/", 1): "f:4:37: the reference to g leads to another file, which is not read: allow it with --external-refs",
	} {
		_, ds := parse("f", []byte(data), openapi.Options{})
		if err := ds.Err(); err == nil || err.Error() != want {
			t.Errorf("not %s, but %v", want, err)
		}
	}
}
