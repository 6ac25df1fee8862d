package openapi_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/openapi"
)

const head31 = "openapi: 3.1.0\ninfo: {title: t, version: v}\n"

// TestBooleanSchemas reads the schemas true, which stands for {}, and false, which
// no value has. OpenAPI 3.0 lacks both.
func TestBooleanSchemas(t *testing.T) {
	const document = `paths:
  /ships/{ship-id}/n.call:
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {name: true, force: false}}}}}
      responses: {'200': {content: {application/json: {schema: true}}}}
      x-ms-docs-operation-type: action
components:
  schemas:
    n.any: true
    n.none: false
    n.ship:
      type: object
      properties:
        id: {type: string}
        cargo: true
        wings: false
        crates: {type: array, items: true}
        other: {$ref: '#/components/schemas/n.any'}
        mixed: {anyOf: [true, {type: 'null'}]}
`
	m, err := parse("f", []byte(head31+document), openapi.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range m.AllProblems() {
		if isDefect(d) {
			t.Error(d)
		}
	}
	want := "cargo Edm.Untyped, crates Collection(Edm.Untyped), id Edm.String, mixed Edm.Untyped, other Edm.Untyped"
	if diff := cmp.Diff(want, propertiesOf(m, "n.ship")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"n.call(n.ship, name Edm.Untyped): Edm.Untyped"}, operationsOf(m)); diff != "" {
		t.Error(diff)
	}
	const in30 = head + "components: {schemas: {n.ship: {type: object, properties: {cargo: true}}}}"
	if diff := cmp.Diff("f:3:60: n.ship/cargo: its schema is a single value: it must be an object", defectsOf([]byte(in30))); diff != "" {
		t.Error(diff)
	}
}

// TestMaps reads values that a map describes: a warning says that their type is
// lost.
func TestMaps(t *testing.T) {
	for schema, want := range map[string]string{
		"{type: object, additionalProperties: {type: string}}":          "f:3:60: n.ship/a: it is a map from names to values: any value is taken",
		"{additionalProperties: {$ref: '#/components/schemas/n.ship'}}": "f:3:60: n.ship/a: it is a map from names to values: any value is taken",
		"{type: object, additionalProperties: {type: object}}":          "",
		"{type: object, additionalProperties: true}":                    "",
		"{type: object, additionalProperties: {}}":                      "",
		"{properties: {b: {type: string}}}":                             "f:3:60: n.ship/a: its schema has no name: any value is taken",
	} {
		m, err := parse("f", []byte(head+"components: {schemas: {n.ship: {type: object, properties: {a: "+schema+"}}}}"), openapi.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var list []string
		for _, d := range m.AllProblems() {
			list = append(list, d.String())
		}
		if diff := cmp.Diff(want, strings.ReplaceAll(strings.Join(list, "\n"), "warning: ", "")); diff != "" {
			t.Errorf("%s: %s", schema, diff)
		}
		if got := propertiesOf(m, "n.ship"); got != "a Edm.Untyped" {
			t.Errorf("%s: %s", schema, got)
		}
	}
}

// TestTwoDocuments reads files with two YAML documents: the second one is left out,
// and a message says where it begins.
func TestTwoDocuments(t *testing.T) {
	const (
		whole = head + "paths: {/a: {get: {}}}\n"
		left  = ": another YAML document begins here, which is left out: OpenAPI has one in a file, so move it to a file of its own"
	)
	for input, want := range map[string]string{
		head + "---\n" + whole:                                "f: the document has neither paths nor schemas\nf:3:1" + left,
		"# a comment\n---\n...\n---\na":                       "f:3:1" + left,
		whole + "--- {a: b}\n":                                "f:4:1" + left,
		whole + "...\n# end\n---\n" + head:                    "f:4:1" + left,
		"%YAML 1.2\n--- # first\n" + whole:                    "",
		whole + "---\n":                                       "",
		whole + "...\n# end\n":                                "",
		head + "x-a: |\n  ---\n  b\npaths: {/a: {get: {}}}\n": "",
	} {
		for _, options := range []openapi.Options{{}, {Path: func(string) bool { return true }}} {
			m, err := parse("f", []byte(input), options)
			got := ""
			if err != nil {
				got = err.Error()
			} else {
				for _, d := range m.AllProblems() {
					if strings.Contains(d.Message, "another YAML") {
						got = strings.ReplaceAll(d.String(), "warning: ", "")
					}
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%q: %s", input, diff)
			}
		}
	}
}

// propertiesOf returns the properties of a type with their types.
func propertiesOf(m *model.Model, name string) string {
	typ, ok := m.Type(name).(*model.StructuredType)
	if !ok {
		return "there is no " + name
	}
	var list []string
	for _, p := range typ.Properties {
		list = append(list, p.Name+" "+p.Type.String())
	}
	return strings.Join(list, ", ")
}
