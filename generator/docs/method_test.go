package docs_test

import (
	"encoding/json/jsontext"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

const harbour = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="harbour" xmlns="http://docs.oasis-open.org/odata/ns/edm">
 <EntityType Name="thing" Abstract="true"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/><Property Name="createdBy" Type="Edm.String"/></EntityType>
 <EntityType Name="berth" BaseType="harbour.thing">
  <Property Name="label" Type="Edm.String"/><Property Name="ratio" Type="Edm.Double"/><Property Name="quay" Type="harbour.quay"/>
  <NavigationProperty Name="boats" Type="Collection(harbour.berth)" ContainsTarget="true"/></EntityType>
 <ComplexType Name="quay"><Property Name="name" Type="Edm.String"/></ComplexType>
 <EntityContainer Name="Service"><EntitySet Name="berths" EntityType="harbour.berth"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`

func harbourModel(t *testing.T) *model.Model {
	t.Helper()
	m, err := csdl.Parse("harbour.xml", []byte(harbour), csdl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	model.Link(m)
	for _, d := range m.AllProblems() {
		t.Error(d)
	}
	return m
}

// createPage returns a page about POST /berths with the rows of its table and
// the bodies of its request examples.
func createPage(t *testing.T, file, date string, rows []string, bodies ...string) *docs.Page {
	t.Helper()
	text := "---\ndoc_type: apiPageType\nms.date: " + date + "\n---\n# Create berth\nNamespace: harbour\n## HTTP request\n```\nPOST /berths\n```\n## Response\n`200 OK`\n"
	if rows != nil {
		text += "## Request body\n|Property|Type|Description|\n|-|-|-|\n"
		for _, row := range rows {
			text += "|" + row + "|String|x|\n"
		}
	}
	text += "## Examples\n"
	for _, body := range bodies {
		request, body, ok := strings.Cut(body, "\n")
		if !ok {
			request, body = "POST /berths", request
		}
		text += "<!-- {\"blockType\":\"request\"} -->\n```\n" + request + "\n\n" + body + "\n```\n"
	}
	page, warnings := parse(t, file, []byte(text))
	if strings.Contains(warnings, "left out") {
		t.Fatal(warnings)
	}
	return page
}

// A create can set what the table of its page lists, and what a request example
// sets.
func TestSettable(t *testing.T) {
	const newer, older = "01/02/2025", "01/02/2024"
	for name, test := range map[string]struct {
		pages    func(t *testing.T) []*docs.Page
		refused  string
		examples string // the properties that only examples show
		request  string // the example for the emitted test
	}{
		"the table alone": {func(t *testing.T) []*docs.Page {
			return []*docs.Page{createPage(t, "a", newer, []string{"label", "ratio"}, `{"label":"A"}`)}
		}, "createdBy id quay", "", `{"label":"A"}`},
		"the example sets more": {func(t *testing.T) []*docs.Page {
			return []*docs.Page{createPage(t, "a", newer, []string{"label"}, `{"label":"A","ratio":0.5}`)}
		}, "createdBy id quay", "ratio at a:22:14, table at a:16:2", `{"label":"A","ratio":0.5}`},
		"the example sets a part": {func(t *testing.T) []*docs.Page {
			return []*docs.Page{createPage(t, "a", newer, []string{"label", "ratio"}, `{"quay":{"name":"North"}}`)}
		}, "createdBy id", "quay at a:23:2, table at a:16:2", `{"quay":{"name":"North"}}`},
		"a later example sets more": {func(t *testing.T) []*docs.Page {
			return []*docs.Page{createPage(t, "a", newer, []string{"label", "quay"}, `{"label":"A"}`, `{"ratio":null}`)}
		}, "createdBy id", "ratio at a:29:2, table at a:16:2", `{"label":"A"}`},
		"the example of another page": {func(t *testing.T) []*docs.Page {
			return []*docs.Page{
				createPage(t, "new", newer, []string{"label", "quay"}, `{"label":"A"}`),
				createPage(t, "old", older, []string{"label"}, `{"ratio":1}`),
			}
		}, "createdBy id", "ratio at old:22:2, table at new:16:2", `{"label":"A"}`},
		"the older page has the only example": {func(t *testing.T) []*docs.Page {
			return []*docs.Page{
				createPage(t, "old", older, []string{"label"}, `{"ratio":1}`),
				createPage(t, "new", newer, []string{"label"}),
			}
		}, "createdBy id quay", "ratio at old:22:2, table at new:16:2", `{"ratio":1}`},
		"the example of another resource": {func(t *testing.T) []*docs.Page {
			return []*docs.Page{createPage(t, "a", newer, []string{"label"}, "POST /berths/5/boats\n{\"ratio\":1}", "PATCH /berths/5\n{\"quay\":null}", `{"label":"A"}`)}
		}, "createdBy id quay ratio", "", `{"label":"A"}`},
		"the path of the example has a mistake": {func(t *testing.T) []*docs.Page {
			return []*docs.Page{createPage(t, "a", newer, []string{"label"}, "POST /berth\n{\"ratio\":1}")}
		}, "createdBy id quay", "ratio at a:22:2, table at a:16:2", `{"ratio":1}`},
		"another case, marks and parts": {func(t *testing.T) []*docs.Page {
			return []*docs.Page{createPage(t, "a", newer, []string{"Label", "ratio*", "quay/name (optional)", "ID"}, `{"LABEL":"A"}`)}
		}, "createdBy", "", `{"LABEL":"A"}`},
		"the example in another case": {func(t *testing.T) []*docs.Page {
			return []*docs.Page{createPage(t, "a", newer, []string{"label"}, `{"Ratio":1}`)}
		}, "createdBy id quay", "ratio at a:22:2, table at a:16:2", `{"Ratio":1}`},
		"the table lists too much": {func(t *testing.T) []*docs.Page {
			return []*docs.Page{createPage(t, "a", newer, []string{"id", "createdBy", "label", "ratio", "quay"}, `{"@odata.type":"#harbour.berth"}`)}
		}, "", "", `{"@odata.type":"#harbour.berth"}`},
		"no table": {func(t *testing.T) []*docs.Page {
			return []*docs.Page{createPage(t, "a", newer, nil, `{"ratio":1}`)}
		}, "", "", `{"ratio":1}`},
		"no object": {func(t *testing.T) []*docs.Page {
			return []*docs.Page{createPage(t, "a", newer, []string{"label", "ratio", "quay"}, `[{"id":1}]`)}
		}, "createdBy id", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			m, pages := harbourModel(t), test.pages(t)
			var found []string
			for _, s := range docs.SettablesByExample(m, pages) {
				found = append(found, s.Property.Name+" at "+s.Example.String()+", table at "+s.Table.String())
			}
			if diff := cmp.Diff(test.examples, strings.Join(found, "\n")); diff != "" {
				t.Error(diff)
			}
			targets := docs.Annotations(m, pages, "beta")
			var problems []source.Diagnostic
			for _, target := range targets {
				for _, d := range target.Problems {
					if !strings.Contains(d.Message, "is not used in tests") {
						problems = append(problems, d)
					}
				}
			}
			if len(problems) != len(found) {
				t.Errorf("%d warnings, not %d: %v", len(problems), len(found), problems)
			}
			model.Annotate(m, targets)
			berths := m.Container.Source("berths").Annotated
			if diff := cmp.Diff(test.refused, strings.Join(vocab.InsertRestrictions(berths).NonInsertable, " ")); diff != "" {
				t.Errorf("refused: %s", diff)
			}
			var request *model.Expression
			if test.request != "" {
				request = vocab.NewExample("CreateRequest", jsontext.Value(test.request), source.Position{}).Value.Property("Value")
			}
			if diff := cmp.Diff(request, vocab.Example(berths, "CreateRequest"), cmpopts.IgnoreTypes(source.Position{})); diff != "" {
				t.Errorf("the example: %s", diff)
			}
		})
	}
}

// If a page says that the body can have other properties than those of its table,
// nothing is known about these.
func TestOpenBody(t *testing.T) {
	const closed = "createdBy id quay ratio"
	for name, test := range map[string]struct{ introduction, body, refused string }{
		"no sentence":          {"", "", closed},
		"in the introduction":  {"Create a berth. You can optionally specify any other writable properties.", "", ""},
		"in the request body":  {"", "Specify other writable properties as necessary for your berth.", ""},
		"with the type":        {"", "You can specify any other writable **berth** properties as appropriate.", ""},
		"in a note":            {"", "> [!NOTE]\n> You can include additional optional properties.", ""},
		"in a list":            {"", "- Provide additional writable properties where you need them.", ""},
		"in a part":            {"", "### Optional properties\nYou can also set other properties of the berth.", ""},
		"the required ones":    {"", "The following table shows the properties that are required when you create the berth.", closed},
		"about changes":        {"", "Existing properties that you do not include are recalculated based on changes to other property values.", closed},
		"without the others":   {"", "Specify the label in its own request, without including the other properties of the table.", closed},
		"not the others":       {"", "You can't set any other writable properties.", closed},
		"of another section":   {"", "## See also\nYou can set other properties with PATCH.", closed},
		"properties elsewhere": {"Set the label and update other properties later.", "", closed},
	} {
		t.Run(name, func(t *testing.T) {
			page, _ := parse(t, "a", []byte("---\ndoc_type: apiPageType\n---\n# Create berth\nNamespace: harbour\n\n"+test.introduction+
				"\n## HTTP request\n```\nPOST /berths\n```\n## Request body\n|Property|Type|Description|\n|-|-|-|\n|label|String|x|\n\n"+test.body+"\n## Response\n`200 OK`\n"))
			m := harbourModel(t)
			model.Annotate(m, docs.Annotations(m, []*docs.Page{page}, "beta"))
			insert := vocab.InsertRestrictions(m.Container.Source("berths").Annotated)
			if diff := cmp.Diff(test.refused, strings.Join(insert.NonInsertable, " ")); diff != "" {
				t.Error(diff)
			}
			if open := insert.Page == ""; open != (test.refused == "") {
				t.Errorf("the page is evidence of the properties: %v", !open)
			}
		})
	}
}

// An update can set what the table of its page lists and what an example sets. A page
// about another type has no table for it.
func TestSettableByUpdate(t *testing.T) {
	page := func(file, request, rows, body string) *docs.Page {
		p, _ := parse(t, file, []byte("---\ndoc_type: apiPageType\n---\n# Update\nNamespace: harbour\n## Permissions\n"+
			"|Permission type|Permissions|\n|-|-|\n|Delegated (work or school account)|Berth.Write, All.Write|\n|Application|Not supported.|\n"+
			"## HTTP request\n```\n"+request+"\n```\n## Request body\n|Property|Type|Description|\n|-|-|-|\n"+rows+
			"## Response\n`200 OK`\n## Examples\n<!-- {\"blockType\":\"request\"} -->\n```\nPATCH /berths/5?a=b\nIf-Match: 7\n\n"+body+"\n```\n"+
			"<!-- {\"blockType\":\"response\"} -->\n```\nHTTP/1.1 200 OK\n\n{\"label\":\"B\"}\n```\n"))
		return p
	}
	m := harbourModel(t)
	targets := docs.Annotations(m, []*docs.Page{
		page("a", "PATCH /berths/{id}", "|label|String|x|\n", `{"ratio":1}`),
		page("b", "PATCH /berths/{id}\nPOST /berths/{id}/boats", "|sail|String|x|\n", `[]`),
	}, "beta")
	model.Annotate(m, targets)
	berths := m.Container.Source("berths").Annotated
	update := vocab.UpdateRestrictions(berths)
	if diff := cmp.Diff("createdBy id quay", strings.Join(update.NonUpdatable, " ")); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(update.Page, "/a?") {
		t.Errorf("the page is %s", update.Page)
	}
	if diff := cmp.Diff([]string{"PATCH /berths/5?a=b", "If-Match: 7"}, vocab.ExampleHead(berths, "Update", "Request", 0)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"200 OK"}, vocab.ExampleHead(berths, "Update", "Response", 0)); diff != "" {
		t.Error(diff)
	}
	facts := vocab.MethodFacts(berths, "Update")
	want := []vocab.Permission{
		{Scheme: vocab.SchemeDelegated, Supported: true, AnyOf: [][]string{{"Berth.Write"}, {"All.Write"}}},
		{Scheme: vocab.SchemeApplication},
	}
	if diff := cmp.Diff(want, facts[0].Permissions); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"PATCH /berths/{id}"}, facts[0].Requests); diff != "" {
		t.Error(diff)
	}
	var problems []string
	for _, target := range targets {
		for _, d := range target.Problems {
			problems = append(problems, d.Message)
		}
	}
	if diff := cmp.Diff([]string{
		"the request is not used in tests: its body is not a JSON object",
		"ratio can be set by an update, as this example shows; the table at a:18:2 does not list it",
	}, problems); diff != "" {
		t.Error(diff)
	}
}
