package audit_test

import (
	"encoding/json/jsontext"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/audit"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// TestPages compares the findings about a schema and pages with all kinds of
// mistakes with the golden file beside them.
func TestPages(t *testing.T) {
	t.Chdir(filepath.Join("testdata", "pages"))
	var ds source.Diagnostics
	pages, err := docs.ReadDir("reference", &ds)
	if err != nil {
		t.Fatal(err)
	}
	compareGolden(t, "findings.golden", audit.Pages(readModel(t, "schema.xml"), "schema.xml", false, pages))
}

// TestModels compares the findings about two schemas with the golden file beside
// them.
func TestModels(t *testing.T) {
	t.Chdir(filepath.Join("testdata", "models"))
	left, right := metadata(t, "left.xml"), metadata(t, "right.xml")
	compareGolden(t, "findings.golden", audit.Models(left, right))
	if findings := audit.Models(left, left); len(findings) > 0 {
		t.Errorf("a schema disagrees with itself:\n%s", dump(findings))
	}
}

// A page that describes what the schema says has no findings.
func TestAgreement(t *testing.T) {
	const page = "---\ndoc_type: apiPageType\n---\n# Create boat\nNamespace: harbour\n## HTTP request\n```\nPOST /boats\n```\n" +
		"## Request body\n|Property|Type|Description|\n|-|-|-|\n|name|String|x|\n|rig|string|Possible values are: `sloop`, `ketch`.|\n" +
		"## Response\n`202 Accepted` and a [boat](boat.md) object.\n## Examples\n" +
		"<!-- {\"blockType\":\"request\"} -->\n```\nPOST /boats\n\n{\"name\":\"A\",\"rig\":\"ketch\"}\n```\n" +
		"<!-- {\"blockType\":\"response\"} -->\n```\nHTTP/1.1 202 Accepted\n\n{\"id\":\"1\",\"length\":\"INF\",\"uses\":\"racing,cargo\",\"tonnage\":\"9223372036854775807\"}\n```\n"
	m := readModel(t, filepath.Join("testdata", "pages", "schema.xml"))
	var ds source.Diagnostics
	findings := audit.Pages(m, "schema.xml", false, []*docs.Page{docs.Parse("page.md", []byte(page), &ds)})
	want := "source type harbour.boat/rig\n\tpage: string @page.md:14:2\n\tschema.xml: harbour.rig, an enumeration @schema.xml:14:9\n"
	if diff := cmp.Diff(want, strings.ReplaceAll(dump(findings), filepath.Join("testdata", "pages")+string(filepath.Separator), "")); diff != "" {
		t.Error(diff)
	}
}

func TestMerge(t *testing.T) {
	finding := func(says string, line int) audit.Finding {
		return audit.Finding{Severity: report.Wire, Kind: audit.KindValue, Subject: "a/b", Sides: []audit.Side{
			{Source: audit.Page, Says: says, Position: source.Position{File: "p", Line: line, Column: 1}},
			{Source: "s", Says: "x", Position: source.Position{File: "s", Line: 1, Column: 1}},
		}}
	}
	merged := audit.Merge([]audit.Finding{finding("one", 3), finding("two", 2), finding("one", 1), finding("one", 3), finding("one", 2)})
	want := "wire value a/b\n\tpage: one @p:1:1\n\ts: x @s:1:1\n\talso at p:2:1\n\talso at p:3:1\nwire value a/b\n\tpage: two @p:2:1\n\ts: x @s:1:1\n"
	if diff := cmp.Diff(want, dump(merged)); diff != "" {
		t.Error(diff)
	}
}

// TestPrimitiveValues judges one value for each primitive type that fits, and
// one that does not.
func TestPrimitiveValues(t *testing.T) {
	for typ, values := range map[string]struct{ right, wrong string }{
		"Edm.Binary":         {`"AQID"`, `"A"`},
		"Edm.Boolean":        {`true`, `"true"`},
		"Edm.Byte":           {`255`, `256`},
		"Edm.Date":           {`"2024-02-29"`, `"2023-02-29"`},
		"Edm.DateTimeOffset": {`"2020-07-06T06:34:12.2294868Z"`, `"2020-07-06"`},
		"Edm.Decimal":        {`123456789012345678901234567890.1`, `"12,50"`},
		"Edm.Double":         {`"-INF"`, `"1.5"`},
		"Edm.Duration":       {`"P1DT0.5S"`, `"P1Y"`},
		"Edm.GeographyPoint": {`{"type":"Point"}`, ``},
		"Edm.Guid":           {`"6f9619ff-8b86-4d01-b42d-00cf4fc964ff"`, `"6f9619ff"`},
		"Edm.Int16":          {`-32768`, `32768`},
		"Edm.Int32":          {`2147483647`, `2147483648`},
		"Edm.Int64":          {`"9223372036854775807"`, `9223372036854775808`},
		"Edm.SByte":          {`127`, `128`},
		"Edm.Single":         {`1.5`, `1e39`},
		"Edm.Stream":         {`"_-8="`, `5`},
		"Edm.String":         {`""`, `{}`},
		"Edm.TimeOfDay":      {`"08:30:00.5"`, `"24:00:00"`},
		"Edm.Untyped":        {`[1,"a"]`, ``},
	} {
		if findings := judge(t, typ, values.right); len(findings) > 0 {
			t.Errorf("%s: %s is judged wrong:\n%s", typ, values.right, dump(findings))
		}
		if values.wrong == "" {
			continue
		}
		if findings := judge(t, typ, values.wrong); len(findings) != 1 || findings[0].Kind != audit.KindValue {
			t.Errorf("%s: %s is judged right:\n%s", typ, values.wrong, dump(findings))
		}
	}
}

// judge returns the findings about an example whose only member is a value of a
// type.
func judge(t *testing.T, typ, value string) []audit.Finding {
	t.Helper()
	m := parseModel(t, "schema.xml", []byte(`<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="n" xmlns="http://docs.oasis-open.org/odata/ns/edm"><ComplexType Name="t"><Property Name="p" Type="`+typ+`"/></ComplexType></Schema>
</edmx:DataServices></edmx:Edmx>`))
	page := &docs.Page{Kind: docs.Method, Examples: []*docs.Example{{Response: &docs.ExampleResponse{Message: docs.Message{
		Type: "n.t", JSON: jsontext.Value(`{"p":` + value + `}`),
	}}}}}
	return audit.Pages(m, "schema.xml", false, []*docs.Page{page})
}

// The properties of the derived type that an object names are declared, at each depth
// and wherever the name stands among the simple values.
func TestDerivedTypesOfObjects(t *testing.T) {
	m := parseModel(t, "schema.xml", []byte(`<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="n" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<ComplexType Name="part"><Property Name="name" Type="Edm.String"/><Property Name="inner" Type="n.part"/><Property Name="list" Type="Collection(n.part)"/></ComplexType>
<ComplexType Name="mast" BaseType="n.part"><Property Name="height" Type="Edm.Int32"/></ComplexType>
<ComplexType Name="other"><Property Name="height" Type="Edm.Int32"/></ComplexType>
</Schema></edmx:DataServices></edmx:Edmx>`))
	for body, want := range map[string]string{
		`{"@odata.type":"#n.mast","height":1,"inner":{"name":"a","@odata.type":"n.mast","height":2}}`: "",
		`{"list":[{"@odata.type":"#n.mast","height":1},{"height":1}]}`:                                "undeclared n.part/height",
		`{"@odata.type":"#n.mast","height":"high","width":1}`:                                         "value n.mast/height, undeclared n.mast/width",
		`{"@odata.type":"#n.other","height":1}`:                                                       "type n.part, undeclared n.part/height",
		`{"@odata.type":"#n.nobody","height":1}`:                                                      "type n.part, undeclared n.part/height",
		`{"@odata.type":5,"height":1}`:                                                                "undeclared n.part/height",
	} {
		page := &docs.Page{Kind: docs.Method, Examples: []*docs.Example{{Response: &docs.ExampleResponse{Message: docs.Message{Type: "n.part", JSON: jsontext.Value(body)}}}}}
		var got []string
		for _, f := range audit.Pages(m, "schema.xml", false, []*docs.Page{page}) {
			got = append(got, string(f.Kind)+" "+f.Subject)
		}
		slices.Sort(got)
		wanted := strings.Split(want, ", ")
		slices.Sort(wanted)
		if strings.Join(got, ", ") != strings.Join(wanted, ", ") {
			t.Errorf("%s: %v, want %s", body, got, want)
		}
	}
}

// Only an OpenAPI document is silent because it cannot say something.
func TestSilence(t *testing.T) {
	part := func(file, nullable string) audit.Metadata {
		m := parseModel(t, file, []byte(`<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="n" xmlns="http://docs.oasis-open.org/odata/ns/edm"><ComplexType Name="t"><Property Name="p" Type="Collection(Edm.Int32)"`+nullable+`/></ComplexType></Schema>
</edmx:DataServices></edmx:Edmx>`))
		return audit.Metadata{File: file, Types: []model.Type{m.Type("n.t")}}
	}
	a, b := part("a.xml", ""), part("b.xml", ` Nullable="false"`)
	for openAPI, want := range map[bool]string{
		false: "does not say it",
		true:  "does not say it: OpenAPI 3.0 cannot say it beside a $ref",
	} {
		a.OpenAPI = openAPI
		findings := audit.Models(a, b)
		if len(findings) != 1 || findings[0].Sides[0].Says != want {
			t.Errorf("want %q:\n%s", want, dump(findings))
		}
	}
}

func readModel(t *testing.T, file string) *model.Model {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return parseModel(t, file, data)
}

func parseModel(t *testing.T, file string, data []byte) *model.Model {
	t.Helper()
	m, err := csdl.Parse(file, data, csdl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	model.Link(m)
	for _, d := range m.AllProblems() {
		t.Error(d)
	}
	return m
}

// metadata returns everything in a schema.
func metadata(t *testing.T, file string) audit.Metadata {
	t.Helper()
	selected, err := api.Select(readModel(t, file), api.Options{Include: []string{"/**"}, Types: []string{"**"}})
	if err != nil {
		t.Fatal(err)
	}
	return audit.Metadata{File: file, Types: selected.Types, Methods: selected.Methods}
}

// dump returns findings with all their fields.
func dump(findings []audit.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%s %s %s\n", f.Severity, f.Kind, f.Subject)
		for _, side := range f.Sides {
			fmt.Fprintf(&b, "\t%s: %s @%s\n", side.Source, side.Says, filepath.ToSlash(side.Position.String()))
		}
		for _, at := range f.Also {
			fmt.Fprintf(&b, "\talso at %s\n", filepath.ToSlash(at.String()))
		}
	}
	return b.String()
}

// compareGolden compares findings with a file. UPDATE_GOLDEN=1 rewrites the file.
func compareGolden(t *testing.T, file string, findings []audit.Finding) {
	t.Helper()
	got := dump(findings)
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("UPDATE_GOLDEN=1 rewrites %s (-want +got):\n%s", file, diff)
	}
}
