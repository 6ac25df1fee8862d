package describe_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/describe"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

const harbour = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="harbour" xmlns="http://docs.oasis-open.org/odata/ns/edm">
 <EntityType Name="berth"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/>
  <NavigationProperty Name="boats" Type="Collection(harbour.berth)" ContainsTarget="true"/></EntityType>
 <EntityContainer Name="Service"><EntitySet Name="berths" EntityType="harbour.berth"/><Singleton Name="pier" Type="harbour.berth"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`

// permissions returns the permissions of a selection. List is told for both paths to
// boats alike, Create differently, and Count only by a term of Capabilities.
func permissions(t *testing.T) *describe.Permissions {
	t.Helper()
	m, err := csdl.Parse("harbour.xml", []byte(harbour), csdl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	model.Link(m)
	var at source.Position
	delegated := func(supported bool, anyOf ...string) vocab.Permission {
		p := vocab.Permission{Scheme: vocab.SchemeDelegated, Supported: supported}
		for _, together := range anyOf {
			p.AnyOf = append(p.AnyOf, strings.Split(together, "+"))
		}
		return p
	}
	model.Annotate(m, []*model.Target{{Path: "harbour.berth/boats", Element: model.Element{Annotated: []*model.Annotation{
		vocab.NewMethodFacts("List", []vocab.Facts{{Page: "https://example.com/list", Requests: []string{"GET /berths/{id}/boats"}, Permissions: []vocab.Permission{
			delegated(true, "Boat.Read", "Boat.Write"), {Scheme: vocab.SchemeApplication},
		}}}, at),
		vocab.NewMethodFacts("Create", []vocab.Facts{
			{Requests: []string{"POST /pier/boats"}, Permissions: []vocab.Permission{delegated(true, "Pier.Write+Boat.Write")}},
			{Requests: []string{"POST /berths/{id}/boats"}, Permissions: []vocab.Permission{
				{Subject: "a|b", Scheme: vocab.SchemePersonal, Supported: true, AnyOf: [][]string{{"Berth.Write"}}},
				{Subject: "yacht", Scheme: vocab.SchemePersonal, Supported: true},
			}},
		}, at),
	}}}})
	s, err := api.Select(m, api.Options{Include: []string{"GET /*/{id}/boats", "GET /pier/boats", "POST /*/boats", "POST /*/{id}/boats"}})
	if err != nil {
		t.Fatal(err)
	}
	return describe.PermissionsOf(s.Methods)
}

func TestPermissions(t *testing.T) {
	for form, want := range map[string]string{
		"text": `3 methods with the permissions of each kind of caller, the least privileged first
  METHOD                   DELEGATED                 PERSONAL ACCOUNT                      APPLICATION
  GET /pier/boats          Boat.Read, Boat.Write     no page lists                         not supported
  POST /pier/boats         Pier.Write and Boat.Write  no page lists                        no page lists
  POST /berths/{id}/boats  no page lists             a|b: Berth.Write; yacht: none needed  no page lists
least privileged for all
	delegated: Boat.Write, Pier.Write (no page about 1 method)
	personal account: Berth.Write (no page about 2 methods)
	application: not supported (no page about 2 methods)
`,
		"markdown": "# Permissions of 3 methods\n\nOne permission of a list is enough; the least privileged comes first.\n\n" +
			"| method | delegated | personal account | application |\n|:--|:--|:--|:--|\n" +
			"| `GET /pier/boats` | Boat.Read, Boat.Write | no page lists | not supported |\n" +
			"| `POST /pier/boats` | Pier.Write and Boat.Write | no page lists | no page lists |\n" +
			"| `POST /berths/{id}/boats` | no page lists | a\\|b: Berth.Write; yacht: none needed | no page lists |\n" +
			"| least privileged for all | Boat.Write, Pier.Write (no page about 1 method) | Berth.Write (no page about 2 methods) | not supported (no page about 2 methods) |\n",
	} {
		var b bytes.Buffer
		if err := describe.PermissionForms.Write(&b, form, permissions(t), report.TextOptions{}); err != nil {
			t.Fatal(err)
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), " ") }
		if form == "markdown" {
			squeeze = func(s string) string { return s }
		}
		if diff := cmp.Diff(squeeze(want), squeeze(b.String())); diff != "" {
			t.Errorf("%s (-want +got):\n%s", form, diff)
		}
	}
	for form, parts := range map[string][]string{
		"json": {`"anyOf": [`, `"of": "yacht"`, `"page": "https://example.com/list"`, `"least": {`},
		"html": {"<td>Pier.Write and Boat.Write</td>", "<tfoot>", "Least privileged for all", "<td>Boat.Write, Pier.Write (no page about 1 method)</td>"},
	} {
		var b bytes.Buffer
		if err := describe.PermissionForms.Write(&b, form, permissions(t), report.TextOptions{}); err != nil {
			t.Fatal(err)
		}
		for _, part := range parts {
			if !strings.Contains(b.String(), part) {
				t.Errorf("%s lacks %s:\n%s", form, part, b.String())
			}
		}
	}
}

// Without pages, the report does not look as if no permission were needed. A text names
// a few of many permissions, unless all are wanted.
func TestPermissionsOfManyKinds(t *testing.T) {
	grant := func(of string, permissions ...string) describe.Grant {
		g := describe.Grant{Of: of, Supported: true}
		for _, p := range permissions {
			g.AnyOf = append(g.AnyOf, []string{p})
		}
		return g
	}
	method := func(grants ...describe.Grant) describe.MethodPermissions {
		return describe.MethodPermissions{Verb: "GET", Path: "/boats", Callers: describe.Callers[[]describe.Grant]{Delegated: grants}}
	}
	for _, test := range []struct {
		permissions describe.Permissions
		all         bool
		want        string
	}{
		{describe.Permissions{Methods: []describe.MethodPermissions{method(), method()}, Untold: describe.Callers[int]{2, 2, 2}}, false, "no page lists the permissions of 2 methods\n"},
		{describe.Permissions{Methods: []describe.MethodPermissions{method(grant("", "A.1", "A.2", "A.3", "A.4"))}}, false, "  GET /boats  A.1, A.2, A.3, A.4  no"},
		{describe.Permissions{Methods: []describe.MethodPermissions{method(grant("", "A.1", "A.2", "A.3", "A.4", "A.5"))}}, false, "  GET /boats  A.1, A.2, A.3, and 2 more  no"},
		{describe.Permissions{Methods: []describe.MethodPermissions{method(grant("", "A.1", "A.2", "A.3", "A.4", "A.5"))}}, true, "  GET /boats  A.1, A.2, A.3, A.4, A.5  no"},
		{describe.Permissions{Methods: []describe.MethodPermissions{method(grant("ship", "A.1"), grant("raft", "A.2"), grant("ark"), grant("tug"))}}, false, "  GET /boats  ship: A.1; raft: A.2; and 2 more  no"},
	} {
		var b bytes.Buffer
		if err := describe.PermissionForms.Write(&b, "text", &test.permissions, report.TextOptions{All: test.all}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), test.want) {
			t.Errorf("got\n%s\nwant %q in it", b.String(), test.want)
		}
	}
}

// A permission does not help a caller that the service does not let call a method.
func TestUnsupportedMethods(t *testing.T) {
	p := permissions(t)
	if p.Unsupported != (describe.Callers[int]{Application: 1}) {
		t.Errorf("%+v", p.Unsupported)
	}
	m := p.Methods[0]
	m.Delegated = []describe.Grant{{Supported: false}, {Of: "raft"}}
	p.Methods = append(p.Methods, m)
	p.Unsupported.Delegated, p.Unsupported.Application = 1, 2
	p.Untold.Personal = 3
	want := []describe.Least{
		{"delegated", "Boat.Write, Pier.Write (1 method not supported, no page about 1 method)"},
		{"personal account", "Berth.Write (no page about 3 methods)"},
		{"application", "not supported (no page about 2 methods)"},
	}
	if diff := cmp.Diff(want, p.LeastOfAll()); diff != "" {
		t.Error(diff)
	}
}
