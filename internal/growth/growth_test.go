package growth_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/audit"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/describe"
	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/openapi"
	"github.com/msgraphgen/msgraphgen/generator/retain"
	"github.com/msgraphgen/msgraphgen/generator/slice"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/internal/growth"
)

// shape is a kind of input that grows with n.
type shape struct {
	name string
	size int
	text func(n int) string
}

// repeat returns the text for each number below n. A # in it is the number, and
// a ~ the number before it.
func repeat(n int, text string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.NewReplacer("#", strconv.Itoa(i), "~", strconv.Itoa(max(i-1, 0))).Replace(text))
	}
	return b.String()
}

func check(t *testing.T, shapes []shape, work func(t *testing.T, text string)) {
	for _, s := range shapes {
		t.Run(s.name, func(t *testing.T) {
			growth.Check(t, s.size, func(n int) func() {
				text := s.text(n)
				return func() { work(t, text) }
			})
		})
	}
}

const head = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="ns" xmlns="http://docs.oasis-open.org/odata/ns/edm">`
const tail = `</Schema></edmx:DataServices></edmx:Edmx>`

// csdlShapes are schemas. Those with paths have them below /root.
var csdlShapes = []shape{
	{"attributes of one element", 2000, func(n int) string { return head + `<EntityType Name="a"` + repeat(n, ` a#=""`) + `/>` + tail }},
	{"inheritance chain", 100, func(n int) string {
		return head + `<ComplexType Name="t0"><Property Name="p" Type="Edm.String"/></ComplexType>` +
			strings.ReplaceAll(repeat(n, `<ComplexType Name="u#" BaseType="ns.u~"><Property Name="p#" Type="Edm.String"/></ComplexType>`), `Name="u0" BaseType="ns.u0"`, `Name="u0"`) + tail
	}},
	{"derived types", 200, func(n int) string {
		return head + `<ComplexType Name="t"><Property Name="p" Type="Edm.String"/></ComplexType>` + repeat(n, `<ComplexType Name="u#" BaseType="ns.t"><Property Name="p#" Type="Edm.String"/></ComplexType>`) + tail
	}},
	{"types", 300, func(n int) string {
		return head + repeat(n, `<ComplexType Name="t#"><Property Name="p" Type="ns.t~"/></ComplexType>`) + tail
	}},
	{"types with one name", 300, func(n int) string {
		return head + repeat(n, `<ComplexType Name="t"><Property Name="p#" Type="Edm.String"/></ComplexType>`) + tail
	}},
	{"type definitions", 300, func(n int) string {
		return head + repeat(n, `<TypeDefinition Name="t#" UnderlyingType="Edm.String"/>`) + tail
	}},
	{"properties", 300, func(n int) string {
		return head + `<ComplexType Name="t">` + repeat(n, `<Property Name="p#" Type="Edm.String"/>`) + `</ComplexType>` + tail
	}},
	{"properties with one name", 500, func(n int) string {
		return head + `<ComplexType Name="t">` + repeat(n, `<Property Name="p" Type="Edm.String"/>`) + `</ComplexType>` + tail
	}},
	{"properties whose Go names collide", 300, func(n int) string {
		return head + `<ComplexType Name="t">` + repeat(n, `<Property Name="p#" Type="Edm.String"/>`) + strings.Join(colliding(n, `<Property Name="%s" Type="Edm.String"/>`), "") + `</ComplexType>` + tail
	}},
	{"types whose Go names collide", 200, func(n int) string {
		return head + strings.Join(colliding(n, `<ComplexType Name="%s"/>`), "") + tail
	}},
	{"members of an enumeration", 500, func(n int) string {
		return head + `<EnumType Name="e" IsFlags="true">` + repeat(n, `<Member Name="m#" Value="#"/>`) + `</EnumType>` + tail
	}},
	{"members whose Go names collide", 300, func(n int) string {
		return head + `<EnumType Name="e">` + strings.Join(colliding(n, `<Member Name="%s"/>`), "") + `</EnumType>` + tail
	}},
	{"aliases", 1000, func(n int) string {
		return `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>` +
			repeat(n, `<Schema Namespace="ns#" Alias="a#" xmlns="http://docs.oasis-open.org/odata/ns/edm"><ComplexType Name="t"><Property Name="p" Type="a~.t"/></ComplexType></Schema>`) +
			`</edmx:DataServices></edmx:Edmx>`
	}},
	{"references", 500, func(n int) string {
		return `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">` +
			repeat(n, `<edmx:Reference Uri="#.xml"><edmx:Include Namespace="n#" Alias="b#"/></edmx:Reference>`) +
			`<edmx:DataServices><Schema Namespace="ns" xmlns="http://docs.oasis-open.org/odata/ns/edm"><ComplexType Name="t">` +
			repeat(n, `<Property Name="p#" Type="b#.t"/>`) + `</ComplexType>` + tail
	}},
	{"containers", 500, func(n int) string {
		return head + repeat(n, `<EntityContainer Name="c#" Extends="ns.c~"/>`) + tail
	}},
	{"annotations on one target", 500, func(n int) string {
		return head + `<ComplexType Name="t"/><Annotations Target="ns.t">` + repeat(n, `<Annotation Term="ns.a#" String="x"/>`) + `</Annotations>` + tail
	}},
	{"annotations with one term", 500, func(n int) string {
		return head + `<ComplexType Name="t"/><Annotations Target="ns.t">` + repeat(n, `<Annotation Term="Org.OData.Core.V1.Description" String="x#"/>`) + `</Annotations>` + tail
	}},
	{"targets of annotations", 500, func(n int) string {
		return head + `<ComplexType Name="t">` + repeat(n, `<Property Name="p#" Type="Edm.String"/>`) + `</ComplexType>` +
			repeat(n, `<Annotations Target="ns.t/p#"><Annotation Term="Org.OData.Core.V1.Description" String="x"/></Annotations>`) + tail
	}},
	{"allowed values", 200, func(n int) string {
		return head + `<ComplexType Name="t"><Property Name="p" Type="Edm.String"><Annotation Term="Org.OData.Validation.V1.AllowedValues"><Collection>` +
			repeat(n, `<Record><PropertyValue Property="Value" String="v#"/></Record>`) + `</Collection></Annotation></Property></ComplexType>` + tail
	}},
	{"nested expressions", 200, func(n int) string {
		return head + `<ComplexType Name="t"><Annotation Term="ns.a">` + strings.Repeat(`<Collection>`, n) + strings.Repeat(`</Collection>`, n) + `</Annotation></ComplexType>` + tail
	}},
	{"a long description", 3000, func(n int) string {
		return head + `<ComplexType Name="t"><Annotation Term="Org.OData.Core.V1.Description" String="` + strings.Repeat("word ", n) + `"/></ComplexType>` + tail
	}},
	{"entity sets", 100, func(n int) string {
		return head + entity + `<EntityContainer Name="c">` + repeat(n, `<EntitySet Name="s#" EntityType="ns.root"/>`) + `</EntityContainer>` + tail
	}},
	{"restricted paths", 40, func(n int) string {
		return head + entity + `<EntityType Name="t"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>` +
			repeat(n, `<NavigationProperty Name="n#" Type="ns.u" ContainsTarget="true"/>`) + `</EntityType>` +
			`<EntityType Name="u"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/><NavigationProperty Name="m" Type="Collection(ns.root)" ContainsTarget="true"/></EntityType>` +
			`<EntityContainer Name="c"><Singleton Name="root" Type="ns.t"><Annotation Term="Org.OData.Capabilities.V1.NavigationRestrictions"><Record><PropertyValue Property="RestrictedProperties"><Collection>` +
			repeat(n, `<Record><PropertyValue Property="NavigationProperty" NavigationPropertyPath="n#/m"/><PropertyValue Property="InsertRestrictions"><Record><PropertyValue Property="Insertable" Bool="false"/></Record></PropertyValue></Record>`) +
			`</Collection></PropertyValue></Record></Annotation></Singleton></EntityContainer>` + tail
	}},
	{"navigation chain", 60, func(n int) string {
		return head + repeat(n, `<EntityType Name="n#"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/><NavigationProperty Name="back" Type="Collection(ns.n~)" ContainsTarget="true"/></EntityType>`) +
			`<EntityContainer Name="c">` + fmt.Sprintf(`<Singleton Name="root" Type="ns.n%d"/>`, n-1) + `</EntityContainer>` + tail
	}},
	{"navigation properties", 60, func(n int) string {
		return head + entity + `<EntityType Name="t"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>` +
			repeat(n, `<NavigationProperty Name="n#" Type="Collection(ns.root)" ContainsTarget="true"/>`) + `</EntityType><EntityContainer Name="c"><Singleton Name="root" Type="ns.t"/></EntityContainer>` + tail
	}},
	{"key properties", 200, func(n int) string {
		return head + `<EntityType Name="t"><Key>` + repeat(n, `<PropertyRef Name="p#"/>`) + `</Key>` + repeat(n, `<Property Name="p#" Type="Edm.String"/>`) + `</EntityType>` + tail
	}},
	{"operations", 500, func(n int) string {
		return head + repeat(n, `<Action Name="a#"><Parameter Name="p" Type="Edm.String"/></Action>`) + tail
	}},
	{"overloads", 500, func(n int) string {
		return head + entity + repeat(n, `<Function Name="f" IsBound="true"><Parameter Name="b" Type="ns.root"/><Parameter Name="p#" Type="Edm.String"/><ReturnType Type="Edm.String"/></Function>`) + tail
	}},
	{"parameters", 500, func(n int) string {
		return head + `<Action Name="a">` + repeat(n, `<Parameter Name="p#" Type="Edm.String"/>`) + `</Action>` + tail
	}},
	{"imports", 500, func(n int) string {
		return head + `<Action Name="a"/><EntityContainer Name="c">` + repeat(n, `<ActionImport Name="i#" Action="ns.a"/>`) + `</EntityContainer>` + tail
	}},
	{"defects", 300, func(n int) string {
		return head + repeat(n, `<ComplexType Name="t#"><Property Name="p" Type="ns.gone#"/></ComplexType>`) + tail
	}},
	{"a long namespace", 300, func(n int) string {
		return strings.ReplaceAll(head, `"ns"`, `"`+strings.Repeat("n", n)+`"`) + repeat(n, `<ComplexType Name="t#"/>`) + tail
	}},
	{"a long alias", 300, func(n int) string {
		return strings.ReplaceAll(head, `"ns"`, `"`+strings.Repeat("n", n)+`" Alias="a"`) + repeat(n, `<Annotations Target="a.x#"><Annotation Term="a.t#"/></Annotations>`) + tail
	}},
	{"nested elements", 200, func(n int) string { return head + strings.Repeat("<x>", n) + strings.Repeat("</x>", n) + tail }},
}

const entity = `<EntityType Name="root"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/></EntityType>`

// colliding returns texts with n names that have the same Go name.
func colliding(n int, format string) []string {
	var list []string
	for i := range n {
		name := "a"
		for bit := range 16 {
			name += "_"
			if i>>bit&1 == 1 {
				name += "_"
			}
			name += "a"
		}
		list = append(list, fmt.Sprintf(format, name))
	}
	return list
}

// TestCSDLGrowth takes schemas through all passes.
func TestCSDLGrowth(t *testing.T) {
	check(t, csdlShapes, func(t *testing.T, text string) { passes(t, parseCSDL(t, text)) })
}

func parseCSDL(t *testing.T, text string) *model.Model {
	m, err := csdl.Parse("a.xml", []byte(text), csdl.Options{})
	if _, ok := errors.AsType[*source.InputError](err); err != nil && !ok {
		t.Fatal(err)
	}
	return m
}

// passes runs all passes on a model that is not linked yet.
func passes(t *testing.T, m *model.Model) {
	if m == nil {
		return // the text has errors
	}
	model.Link(m)
	s, p := planned(t, m)
	if s == nil {
		return
	}
	if _, err := golang.Render(p); err != nil {
		t.Fatal(err)
	}
	describe.Closure(s)
	if _, err := lock.EncodeModel(s.Model); err != nil {
		t.Fatal(err)
	}
	part, _ := slice.Of(slice.Request{Whole: m, Selection: s, Options: api.Everything()})
	if _, err := slice.Write(part, api.Everything(), false); err != nil {
		t.Fatal(err)
	}
}

func planned(t *testing.T, m *model.Model) (*api.Selection, *golang.Plan) {
	s, err := api.Select(m, api.Everything())
	if e, ok := errors.AsType[*api.Error](err); ok {
		s, err = e.Rest, nil
	}
	if err != nil || s == nil {
		t.Fatal(err)
	}
	p, err := golang.NewPlan(m, s, golang.Options{
		Package: "all", ImportPath: "example.com/all", ODataPath: "example.com/odata", APIVersion: "beta", Rules: ident.Default(),
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, p
}

const api3 = "openapi: 3.0.1\ninfo: {title: a, version: v1.0}\n"

var openAPIShapes = []shape{
	{"chain of $ref", 300, func(n int) string {
		return api3 + "paths: {}\ncomponents:\n  schemas:\n" + repeat(n, "    ns.t#:\n      $ref: '#/components/schemas/ns.t~'\n")
	}},
	{"chain of $ref, deepest first", 300, func(n int) string {
		return strings.ReplaceAll(api3+"paths: {}\ncomponents:\n  schemas:\n"+repeat(n, "    ns.t#:\n      $ref: '#/components/schemas/ns.t#+1'\n"), "+1", "1") + "    ns.t: {type: object}\n"
	}},
	{"chain of allOf", 100, func(n int) string {
		return api3 + "paths: {}\ncomponents:\n  schemas:\n" + repeat(n, "    ns.t#:\n      allOf:\n      - $ref: '#/components/schemas/ns.t~'\n      - {type: object, properties: {p#: {type: string}}}\n")
	}},
	{"nested allOf", 100, func(n int) string {
		return api3 + "paths: {}\ncomponents: {schemas: {ns.t: " + strings.Repeat("{allOf: [", n) + "{type: object}" + strings.Repeat("]}", n) + "}}\n"
	}},
	{"schemas", 150, func(n int) string {
		return api3 + "paths: {}\ncomponents:\n  schemas:\n" + repeat(n, "    ns.t#:\n      type: object\n      properties:\n        p:\n          $ref: '#/components/schemas/ns.t~'\n")
	}},
	{"properties", 300, func(n int) string {
		return api3 + "paths: {}\ncomponents:\n  schemas:\n    ns.t:\n      type: object\n      properties:\n" + repeat(n, "        p#: {type: string}\n")
	}},
	{"members of an enumeration", 300, func(n int) string {
		return api3 + "paths: {}\ncomponents:\n  schemas:\n    ns.t:\n      type: string\n      enum:\n" + repeat(n, "      - m#\n")
	}},
	{"paths", 60, func(n int) string {
		return api3 + "paths:\n" + repeat(n, "  /s#:\n    post:\n      responses: {'201': {description: a, content: {application/json: {schema: {$ref: '#/components/schemas/ns.t'}}}}}\n") +
			"components: {schemas: {ns.t: {type: object, properties: {id: {type: string}}}}}\n"
	}},
	{"a long path", 60, func(n int) string {
		return api3 + "paths:\n  " + repeat(n, "/s#") + ":\n    get:\n      responses: {'200': {description: a, content: {application/json: {schema: {$ref: '#/components/schemas/ns.t'}}}}}\n" +
			"components: {schemas: {ns.t: {type: object, properties: {id: {type: string}}}}}\n"
	}},
	{"parameters", 300, func(n int) string {
		return api3 + "paths:\n  /s:\n    get:\n      parameters:\n" + repeat(n, "      - {name: p#, in: query, schema: {type: string}}\n") +
			"      responses: {'200': {description: a, content: {application/json: {schema: {$ref: '#/components/schemas/ns.t'}}}}}\ncomponents: {schemas: {ns.t: {type: object, properties: {id: {type: string}}}}}\n"
	}},
	{"aliases", 300, func(n int) string {
		return api3 + "paths: {}\nx: &a {type: string}\ncomponents:\n  schemas:\n    ns.t:\n      type: object\n      properties:\n" + repeat(n, "        p#: *a\n")
	}},
	{"chain of aliases", 100, func(n int) string {
		return api3 + "paths: {}\nx:\n" + repeat(n, "- &a# {a: b}\n") + "components:\n  schemas:\n    ns.t:\n      type: object\n      properties:\n" + repeat(n, "        p#: {type: string, x: *a#}\n")
	}},
	{"chain of merge keys", 40, func(n int) string {
		return api3 + "paths: {}\nx:\n- &a0 {k: {type: string}}\n" + strings.Replace(repeat(n, "- &b# {<<: *b~, k#: {type: string}}\n"), "<<: *b~", "", 1) +
			"components:\n  schemas:\n    ns.t:\n      type: object\n      properties: *a0\n"
	}},
	{"nested schemas", 100, func(n int) string {
		return api3 + "paths: {}\ncomponents: {schemas: {ns.t: " + strings.Repeat("{type: object, properties: {p: ", n) + "{type: string}" + strings.Repeat("}}", n) + "}}\n"
	}},
	{"anyOf", 200, func(n int) string {
		return api3 + "paths: {}\ncomponents:\n  schemas:\n    ns.t:\n      type: object\n      properties:\n        p:\n          anyOf:\n" + repeat(n, "          - {type: string, maxLength: #}\n")
	}},
	{"a line of JSON", 200, func(n int) string {
		return `{"openapi":"3.0.1","info":{"title":"a","version":"v1.0"},"paths":{},"components":{"schemas":{"ns.t":{"type":"object","properties":{` +
			strings.TrimSuffix(repeat(n, `"p#":{"type":"string"},`), ",") + `}}}}}`
	}},
	{"names that occur twice", 300, func(n int) string {
		return api3 + "paths: {}\ncomponents:\n  schemas:\n" + repeat(n, "    ns.t: {type: object, properties: {p#: {type: string}}}\n")
	}},
	{"comments", 3000, func(n int) string { return api3 + repeat(n, "# a comment #\n") + "paths: {}\n" }},
}

// TestOpenAPIGrowth takes documents through all passes.
func TestOpenAPIGrowth(t *testing.T) {
	check(t, openAPIShapes, func(t *testing.T, text string) {
		m, err := openapi.Parse("a.yaml", []byte(text), openapi.Options{})
		if _, ok := errors.AsType[*source.InputError](err); err != nil && !ok {
			t.Fatal(err)
		}
		passes(t, m)
	})
}

const page = "---\ntitle: \"Create cow\"\ndoc_type: apiPageType\n---\n\n# Create cow\n\nNamespace: ns\n\n"

var pageShapes = []shape{
	{"emphasis", 500, func(n int) string { return page + repeat(n, "*a **b _c ") }},
	{"emphasis that closes", 500, func(n int) string { return page + repeat(n, "*a* ") }},
	{"links", 500, func(n int) string { return page + repeat(n, "[a#](b#.md) ") }},
	{"brackets", 1000, func(n int) string { return page + repeat(n, "[") }},
	{"reference links", 300, func(n int) string { return page + repeat(n, "[a#][b#] ") + "\n\n" + repeat(n, "[b#]: c.md\n") }},
	{"code spans", 1000, func(n int) string { return page + repeat(n, "`a` ``b ") }},
	{"HTML", 500, func(n int) string { return page + repeat(n, "<a b=\"c\"> <!-- ") }},
	{"comments", 500, func(n int) string { return page + repeat(n, "<!-- { \"a\": # } -->\n") }},
	{"tables", 100, func(n int) string {
		return page + repeat(n, "## Request body\n\n|Property|Type|\n|:-|:-|\n|a#|String|\n\n")
	}},
	{"rows", 300, func(n int) string {
		return page + "## Request body\n\n|Property|Type|Description|\n|:-|:-|:-|\n" + repeat(n, "|a#|String|Text `x`.|\n")
	}},
	{"possible values", 300, func(n int) string {
		return page + "## Request body\n\n|Property|Type|Description|\n|:-|:-|:-|\n|a|String|Possible values are: " + repeat(n, "`v#`, ") + "`z`.|\n"
	}},
	{"columns", 200, func(n int) string {
		return page + "## Request body\n\n" + repeat(n, "|c#") + "|\n" + repeat(n, "|:-") + "|\n" + repeat(n, "|d") + "|\n"
	}},
	{"code blocks", 50, func(n int) string {
		return page + repeat(n, "## Request\n\n<!-- { \"blockType\": \"request\", \"name\": \"a#\" } -->\n```http\nPOST /cows\n\n{\"a\": #}\n```\n\n")
	}},
	{"responses", 20, func(n int) string {
		return page + repeat(n, "## Request\n\n<!-- { \"blockType\": \"request\", \"name\": \"a#\" } -->\n```http\nPOST /cows\n```\n\n## Response\n\n<!-- { \"blockType\": \"response\" } -->\n```http\nHTTP/1.1 201 Created\n\n{\"a\": #}\n```\n\n")
	}},
	{"requests", 50, func(n int) string {
		return page + "## HTTP request\n\n```http\n" + repeat(n, "POST /cows#\n") + "```\n"
	}},
	{"headings", 500, func(n int) string { return page + repeat(n, "## Heading #\n\n") }},
	{"nested lists", 45, func(n int) string { return page + strings.Repeat("- ", n) + "a\n" }},
	{"nested quotes", 45, func(n int) string { return page + strings.Repeat("> ", n) + "a\n" }},
	{"list items", 500, func(n int) string { return page + repeat(n, "- item #\n") }},
	{"front matter", 100, func(n int) string { return "---\n" + repeat(n, "key#: value\n") + "---\n\n# A\n" }},
	{"depth of JSON", 200, func(n int) string {
		return page + "## Request\n\n<!-- { \"blockType\": \"request\", \"name\": \"a\" } -->\n```http\nPOST /cows\n\n" + strings.Repeat(`{"a":`, n) + "1" + strings.Repeat("}", n) + "\n```\n"
	}},
	{"members of JSON", 500, func(n int) string {
		return page + "## Request\n\n<!-- { \"blockType\": \"request\", \"name\": \"a\" } -->\n```http\nPOST /cows\n\n{" + repeat(n, "\"a#\": 1,\n") + "\"z\": 1}\n```\n"
	}},
	{"members of JSON with one name", 500, func(n int) string {
		return page + "## Request\n\n<!-- { \"blockType\": \"request\", \"name\": \"a\" } -->\n```http\nPOST /cows\n\n{" + repeat(n, "\"a\": 1,\n") + "\"z\": 1}\n```\n"
	}},
	{"mistakes of JSON", 100, func(n int) string {
		return page + "## Request\n\n<!-- { \"blockType\": \"request\", \"name\": \"a\" } -->\n```http\nPOST /cows\n\n{" + repeat(n, "// a\n\"a\" 1 '\n") + "\"z\": 1}\n```\n"
	}},
	{"headers", 300, func(n int) string {
		return page + "## Request\n\n<!-- { \"blockType\": \"request\", \"name\": \"a\" } -->\n```http\nPOST /cows\n" + repeat(n, "X-#: a\n") + "\n{}\n```\n"
	}},
	{"permissions", 300, func(n int) string {
		return page + "## Permissions\n\n|Permission type|Permissions (from least to most privileged)|\n|:-|:-|\n|Application|" + repeat(n, "A#.Read, ") + "B|\n"
	}},
}

// TestPageGrowth reads reference pages, and compares them with a schema.
func TestPageGrowth(t *testing.T) {
	cows := head + `<EntityType Name="cow"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/><Property Name="a" Type="Edm.String"/></EntityType>` +
		`<EntityContainer Name="c"><EntitySet Name="cows" EntityType="ns.cow"/></EntityContainer>` + tail
	m := parseCSDL(t, cows)
	model.Link(m)
	check(t, pageShapes, func(t *testing.T, text string) {
		var ds source.Diagnostics
		if p := docs.Parse("a.md", []byte(text), &ds); p != nil {
			docs.Annotations(m, []*docs.Page{p}, "v1.0")
			audit.Pages(m, "a.xml", false, []*docs.Page{p})
		}
	})
}

var configShapes = []shape{
	{"patterns", 100, func(n int) string { return "include:\n" + repeat(n, "- GET /s#\n") }},
	{"a flow list", 100, func(n int) string { return "include: [" + repeat(n, "GET /s#, ") + "GET /s]\n" }},
	{"brackets", 30, func(n int) string { return "include: " + strings.Repeat("[", n) + strings.Repeat("]", n) }},
	{"a long text", 3000, func(n int) string { return "package: " + strings.Repeat("a", n) + "\n" }},
}

func TestConfigurationGrowth(t *testing.T) {
	file := filepath.Join(t.TempDir(), config.Name)
	check(t, configShapes, func(t *testing.T, text string) {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		_, _ = config.Read(file)
		_, _ = config.Edit(file, []byte(text), api.Options{Include: []string{"POST /a"}, Types: []string{"b"}})
	})
}

var schemaOfTypes = func(n int) string {
	return head + repeat(n, `<ComplexType Name="t#"><Property Name="p#" Type="ns.t~"/></ComplexType>`) + tail
}

// TestLockFileGrowth writes and loads lock files.
func TestLockFileGrowth(t *testing.T) {
	check(t, []shape{{"types", 300, schemaOfTypes}}, func(t *testing.T, text string) {
		m := parseCSDL(t, text)
		model.Link(m)
		s, p := planned(t, m)
		f := lock.File{Version: lock.Format, Config: config.Config{Options: api.Everything()}}
		if err := f.SetVersion(&api.Version{Selection: s, Names: p.Names}); err != nil {
			t.Fatal(err)
		}
		data, err := f.Encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := lock.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := again.LoadSelected("lock", api.Options{Types: []string{"**"}}); err != nil {
			t.Fatal(err)
		}
	})
}

// TestPatternGrowth matches patterns with a schema that has cycles.
func TestPatternGrowth(t *testing.T) {
	m := parseCSDL(t, head+`<EntityType Name="u`+strings.Repeat("n", 100)+`"/><EntityType Name="t"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>`+
		repeat(5, `<NavigationProperty Name="n#" Type="Collection(ns.t)" ContainsTarget="true"/>`)+`</EntityType><EntityContainer Name="c"><Singleton Name="root" Type="ns.t"/></EntityContainer>`+tail)
	model.Link(m)
	for name, options := range map[string]func(n int) api.Options{
		"patterns": func(n int) api.Options {
			return api.Options{Include: strings.Fields(repeat(n, "/root/n1/{id}/n2/x# "))}
		},
		"segments": func(n int) api.Options {
			return api.Options{Include: []string{"/root" + strings.Repeat("/n1/{id}", n/2)}}
		},
		"wildcards": func(n int) api.Options { return api.Options{Include: []string{"/root" + strings.Repeat("/*", n)}} },
		"deep": func(n int) api.Options {
			return api.Options{Include: []string{"/root" + strings.Repeat("/**", n) + "/n1"}}
		},
		"type names":     func(n int) api.Options { return api.Options{Types: strings.Fields(repeat(n, "ns.t# "))} },
		"stars":          func(n int) api.Options { return api.Options{Types: []string{strings.Repeat("*", n) + "x"}} },
		"stars in names": func(n int) api.Options { return api.Options{Types: []string{"ns.u" + strings.Repeat("*n", n) + "x"}} },
	} {
		check(t, []shape{{name, 45, func(n int) string { return strconv.Itoa(n) }}}, func(t *testing.T, text string) {
			n, _ := strconv.Atoi(text)
			_, _ = api.Select(m, options(n))
		})
	}
}

// TestComparisonGrowth compares two versions of a schema.
func TestComparisonGrowth(t *testing.T) {
	for _, changed := range []struct {
		name    string
		version func(text string) string
	}{
		{"nothing", func(text string) string { return text }},
		{"all types are renamed", func(text string) string { return strings.ReplaceAll(text, ".t", ".tt") }},
		{"all types get other names", func(text string) string {
			return strings.ReplaceAll(strings.ReplaceAll(text, `Name="t`, `Name="other`), ".t", ".other")
		}},
		{"all properties are renamed", func(text string) string { return strings.ReplaceAll(text, `"p`, `"pp`) }},
	} {
		check(t, []shape{{changed.name, 300, schemaOfTypes}}, func(t *testing.T, text string) {
			a, b := parseCSDL(t, text), parseCSDL(t, changed.version(text))
			model.Link(a)
			model.Link(b)
			oldSelection, oldPlan := planned(t, a)
			newSelection, newPlan := planned(t, b)
			diff.Compare(diff.Version{Name: "a", Model: a, Plan: oldPlan}, diff.Version{Name: "b", Model: b, Plan: newPlan})
			if _, err := retain.Find(api.Version{Model: a, Selection: oldSelection, Names: oldPlan.Names}, newSelection, b); err != nil {
				t.Fatal(err)
			}
			audit.Models(audit.Metadata{File: "a", Types: oldSelection.Types}, audit.Metadata{File: "b", Types: newSelection.Types})
			describe.NewIndex(b, newSelection.Methods).Search("t p")
		})
	}
}
