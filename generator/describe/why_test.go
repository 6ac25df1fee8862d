package describe_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/describe"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

const orchard = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="o" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <ComplexType Name="plant"/>
  <ComplexType Name="tree" BaseType="o.plant"><Property Name="crate" Type="o.crate"/></ComplexType>
  <ComplexType Name="crate"><Property Name="from" Type="o.apple"/></ComplexType>
  <ComplexType Name="apple" BaseType="o.plant"/>
  <ComplexType Name="moss" BaseType="o.plant"><Property Name="on" Type="o.stone"/></ComplexType>
  <ComplexType Name="stone"/>
  <EnumType Name="row"><Member Name="north" Value="0"/></EnumType>
  <EntityType Name="bed"><Key><PropertyRef Name="row"/></Key><Property Name="row" Type="o.row" Nullable="false"/>
    <NavigationProperty Name="pickers" Type="Collection(o.picker)" ContainsTarget="true"/></EntityType>
  <EntityType Name="picker"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/>
    <Property Name="tree" Type="o.tree"/>
    <NavigationProperty Name="friends" Type="Collection(o.friend)" ContainsTarget="true"/></EntityType>
  <EntityType Name="friend"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
  <EntityContainer Name="Service"><EntitySet Name="beds" EntityType="o.bed"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`

// A reason is one by which the closure adds the type: derived types are a reason only
// where the selection asks for them.
func TestReasons(t *testing.T) {
	const pickers = "/beds/{id}/pickers"
	for _, test := range []struct {
		name    string
		options api.Options
		expand  string
		want    map[string]string
	}{
		{"derived none", api.Options{Include: []string{"GET " + pickers}}, "", map[string]string{
			"o.apple":  "GET /beds/{row}/pickers; o.picker; property tree of type o.tree; property crate of type o.crate; property from of type o.apple",
			"o.crate":  "GET /beds/{row}/pickers; o.picker; property tree of type o.tree; property crate of type o.crate",
			"o.picker": "GET /beds/{row}/pickers; o.picker",
			"o.plant":  "GET /beds/{row}/pickers; o.picker; property tree of type o.tree; base type o.plant",
			"o.row":    "GET /beds/{row}/pickers; key of type o.row",
			"o.tree":   "GET /beds/{row}/pickers; o.picker; property tree of type o.tree",
		}},
		{"derived of a base type", api.Options{Types: []string{"o.tree"}, Derived: []string{"o.plant"}}, "", map[string]string{
			"o.tree":  "o.tree (asked for)",
			"o.plant": "o.tree (asked for); base type o.plant",
			"o.crate": "o.tree (asked for); property crate of type o.crate",
			"o.apple": "o.tree (asked for); base type o.plant; derived o.apple",
			"o.moss":  "o.tree (asked for); base type o.plant; derived o.moss",
			"o.stone": "o.tree (asked for); base type o.plant; derived o.moss; property on of type o.stone",
		}},
		{"expand", api.Options{Types: []string{"o.picker", "o.stone"}}, "friends", map[string]string{
			"o.apple":  "o.picker (asked for); property tree of type o.tree; property crate of type o.crate; property from of type o.apple",
			"o.crate":  "o.picker (asked for); property tree of type o.tree; property crate of type o.crate",
			"o.friend": "o.picker (asked for); expanded property friends of type o.friend",
			"o.picker": "o.picker (asked for)",
			"o.plant":  "o.picker (asked for); property tree of type o.tree; base type o.plant",
			"o.stone":  "o.stone (asked for)",
			"o.tree":   "o.picker (asked for); property tree of type o.tree",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			m, err := csdl.Parse("orchard.xml", []byte(orchard), csdl.Options{})
			if err != nil {
				t.Fatal(err)
			}
			model.Link(m)
			if test.expand != "" {
				n, _ := m.Type("o.picker").(*model.StructuredType).NavigationProperty(test.expand)
				n.Annotated = append(n.Annotated, vocab.NewExpanded(source.Position{}))
			}
			selected, err := api.Select(m, test.options)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			for _, r := range describe.Closure(selected) {
				got[r.Type] = strings.Join(r.Chain, "; ")
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
