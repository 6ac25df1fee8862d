package openapi_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
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

// TestStrings reads strings by their encoding and by their values.
func TestStrings(t *testing.T) {
	for schema, want := range map[string]string{
		"{type: string, contentEncoding: base64}":    "a Edm.Binary",
		"{type: string, contentEncoding: base64url}": "a Edm.Binary",
		"{type: string, contentEncoding: base32}":    "a Edm.String\nn.ship/a: the contentEncoding \"base32\" of a string is unknown: it is ignored",
		"{enum: [x, y]}":           "a Edm.String x y",
		"{enum: [x, null]}":        "a Edm.String nullable x",
		"{const: x}":               "a Edm.String x",
		"{type: string, const: x}": "a Edm.String x",
		"{enum: [1, 2]}":           "a Edm.Untyped\nn.ship/a: its schema lists values without a type: any value is taken",
		"{const: 1}":               "a Edm.Untyped\nn.ship/a: its schema lists values without a type: any value is taken",
		"{type: string, enum: [1.0, 2020-01-01, yes, 0x1, ~]}": "a Edm.String 1.0 2020-01-01 yes 0x1",
		"{type: integer, enum: [1, 2]}":                        "a Edm.Int64",
		"{anyOf: [{enum: [x]}, {type: 'null'}]}":               "a Edm.String nullable x",
		"{type: array, items: {enum: [x]}}":                    "a Collection(Edm.String) x",
		"{allOf: [{const: x}, {description: d}]}":              "a Edm.String x",
		"{oneOf: [{type: number}, {enum: ['INF', '-INF'] }]}":  "a Edm.Decimal",
		"{enum: []}": "a Edm.Untyped",
		"{type: string, format: uri, contentEncoding: base32 }": "a Edm.String\nn.ship/a: the contentEncoding \"base32\" of a string is unknown: it is ignored\nn.ship/a: the format \"uri\" of a string is unknown: it is ignored",
	} {
		m, err := parse("f", []byte(head31+"components: {schemas: {n.ship: {type: object, properties: {a: "+schema+"}}}}"), openapi.Options{})
		if err != nil {
			t.Fatal(err)
		}
		p := m.Type("n.ship").(*model.StructuredType).Properties[0]
		got := "a " + p.Type.String()
		if p.Facets.Nullable == model.Yes {
			got += " nullable"
		}
		for _, value := range vocab.AllowedValues(p.Annotated) {
			got += " " + value
		}
		for _, d := range m.AllProblems() {
			got += "\n" + d.Message
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", schema, diff)
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
