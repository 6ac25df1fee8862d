package docs_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

const rowsHead = "|Property|Type|Description|\n|-|-|-|\n"

// annotated returns the model with what a page about POST /berths says, whose section
// Request body and the sections after it are given, and the warnings about the page.
func annotated(t *testing.T, sections string) (*model.Model, string) {
	t.Helper()
	page, warnings := parse(t, "a", []byte("---\ndoc_type: apiPageType\n---\n# Create berth\nNamespace: harbour\n## HTTP request\n```\nPOST /berths\n```\n## Request body\n"+sections))
	m := harbourModel(t)
	targets := docs.Annotations(m, []*docs.Page{page}, "beta")
	for _, target := range targets {
		for _, d := range target.Problems {
			warnings += d.String() + "\n"
		}
	}
	model.Annotate(m, targets)
	return m, warnings
}

func refusedBerths(m *model.Model) string {
	return strings.Join(vocab.InsertRestrictions(m.Container.Source("berths").Annotated).NonInsertable, " ")
}

// A page that lists properties in a form that the reader does not know makes no property read-only.
func TestRowsThatAreNotRead(t *testing.T) {
	for name, test := range map[string]struct{ body, refused, warning string }{
		"one table":                       {rowsHead + "|label|String|x|\n", "createdBy id quay ratio", ""},
		"a further table":                 {rowsHead + "|label|String|x|\n### More\n" + rowsHead + "|ratio|Double|x|\n|label|String|x|\n", "", "is left out: the section has a table above"},
		"a further table of another":      {rowsHead + "|label|String|x|\n### quay\n" + rowsHead + "|name|String|x|\n|depth|String|x|\n", "createdBy id quay ratio", "is left out: the section has a table above"},
		"a further table in HTML":         {rowsHead + "|label|String|x|\n\n<TABLE>\n<tr><td>ratio</td></tr>\n</TABLE>\n", "", "a:15:1: warning: the table is left out, as it is HTML: write it as lines with |"},
		"an HTML table after a comment":   {"<div><!-- a -->\n<table class='x'>\n</div>\n", "", "a:12:1: warning: the table is left out, as it is HTML: write it as lines with |"},
		"a comment with a table":          {rowsHead + "|label|String|x|\n\n<!-- <table> -->\n", "createdBy id quay ratio", ""},
		"two names":                       {rowsHead + "|label, ratio|String|x|\n", "createdBy id quay", ""},
		"three names":                     {rowsHead + "|label (required), `ratio`, and quay|String|x|\n", "createdBy id", ""},
		"names with a slash":              {rowsHead + "|label / ratio|String|x|\n", "createdBy id quay", ""},
		"names with and":                  {rowsHead + "|label and quay/name|String|x|\n", "createdBy id ratio", ""},
		"a name that is not known":        {rowsHead + "|label|String|x|\n|sail|String|x|\n", "createdBy id quay ratio", "a:14:2: warning: sail is not a property of harbour.berth: this row makes nothing settable"},
		"control information":             {rowsHead + "|label|String|x|\n|@odata.type|String|x|\n|quay@odata.type|String|x|\n", "createdBy id quay ratio", ""},
		"nothing but control information": {rowsHead + "|@odata.type|String|x|\n", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			m, warnings := annotated(t, test.body+"## Response\n`200 OK`\n")
			if diff := cmp.Diff(test.refused, refusedBerths(m)); diff != "" {
				t.Error(diff)
			}
			warnings = strings.Replace(warnings, "a:4:1: warning: the page has no examples\n", "", 1)
			if !strings.Contains(warnings, test.warning) || test.warning == "" && warnings != "" {
				t.Errorf("the warnings are %q, want %q", warnings, test.warning)
			}
		})
	}
}

// A request that fails does not show that the properties of its body can be set, and no
// test sends it.
func TestFailingExample(t *testing.T) {
	example := func(request, response string) string {
		return "<!-- {\"blockType\":\"request\"} -->\n```\nPOST /berths\n\n" + request + "\n```\n<!-- {\"blockType\":\"response\"} -->\n```\n" + response + "\n```\n"
	}
	m, warnings := annotated(t, rowsHead+"|label|String|x|\n## Response\n`200 OK`\n## Examples\n"+
		example(`{"id":"5"}`, "HTTP/1.1 400 Bad Request\n\n{\"error\":{}}")+example(`{"ratio":1}`, "HTTP/1.1 200 OK\n\n{\"label\":\"B\"}"))
	if diff := cmp.Diff("createdBy id quay", refusedBerths(m)); diff != "" {
		t.Error(diff)
	}
	berths := m.Container.Source("berths").Annotated
	want := vocab.NewExample("CreateRequest", []byte(`{"ratio":1}`), source.Position{}).Value.Property("Value")
	if diff := cmp.Diff(want, vocab.Example(berths, "CreateRequest"), cmpopts.IgnoreTypes(source.Position{})); diff != "" {
		t.Error(diff)
	}
	if vocab.Example(berths, "CreateRequest1") != nil {
		t.Error("the request that fails is an example")
	}
	if strings.Contains(warnings, " id ") {
		t.Error(warnings)
	}
}

// A row about a part of a property makes the property settable and says nothing about
// the whole of it.
func TestRowsOfParts(t *testing.T) {
	describe := func(rows string) (text string, values []string) {
		t.Helper()
		page, _ := parse(t, "berth.md", []byte("---\ndoc_type: resourcePageType\n---\n# berth resource type\nNamespace: harbour\n## Properties\n"+rowsHead+rows))
		m := harbourModel(t)
		model.Annotate(m, docs.Annotations(m, []*docs.Page{page}, "beta"))
		label := m.Type("harbour.berth").(*model.StructuredType).Property("label")
		return vocab.Description(label.Annotated), vocab.AllowedValues(label.Annotated)
	}
	for _, rows := range []string{"|label/text|String|A part. Allowed values: `a`, `b`.|\n", "|label.prefix|String|A part. Allowed values: `a`, `b`.|\n"} {
		if text, values := describe(rows); text != "" || len(values) > 0 {
			t.Errorf("%s: %q %q", rows, text, values)
		}
		if text, _ := describe(rows + "|label|String|The whole.|\n"); text != "The whole." {
			t.Errorf("%s: %q", rows, text)
		}
	}
}

// Underlined headings of sections are headings. Other lines above --- are paragraphs, as
// below tabs.
func TestUnderlinedHeadings(t *testing.T) {
	page, _ := parse(t, "a", []byte("---\ndoc_type: apiPageType\n---\nCreate berth\n====\nNamespace: harbour\n\nHTTP request\n---\n```\nPOST /berths\n```\nRequest body\n---\n"+rowsHead+
		"|label|String|x|\n\nExample: a sentence above a line of dashes.\n---\n\n"+rowsHead+"|ratio|Double|x|\n\nResponse\n---\n`200 OK`\n"))
	if len(page.Requests) != 1 || len(page.RequestProperties) != 2 || len(page.Responses) != 1 {
		t.Error(dump(page))
	}
}
