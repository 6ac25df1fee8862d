package describe_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/describe"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

const farm = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="farm" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <EntityType Name="cow"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/>
    <Property Name="milkPerDay" Type="Edm.Int32"/>
    <NavigationProperty Name="calves" Type="Collection(farm.cow)" ContainsTarget="true"/>
    <Annotation Term="Org.OData.Core.V1.Description" String="Gives Milk."/>
  </EntityType>
  <EntityType Name="milk"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
  <EnumType Name="kind"><Member Name="noMilk" Value="0"/></EnumType>
  <EntityContainer Name="Farm"><EntitySet Name="cows" EntityType="farm.cow">
    <Annotation Term="Org.OData.Capabilities.V1.ReadRestrictions"><Record><PropertyValue Property="Permissions"><Collection>
      <Record><PropertyValue Property="SchemeName" String="Application"/><PropertyValue Property="Scopes"><Collection><Record><PropertyValue Property="Scope" String="Cow.Read.All"/></Record></Collection></PropertyValue></Record>
    </Collection></PropertyValue></Record></Annotation>
  </EntitySet></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`

// All words count. The nearer they are to the name, the earlier comes the element.
func TestSearch(t *testing.T) {
	m, err := csdl.Parse("farm.xml", []byte(farm), csdl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	model.Link(m)
	selected, err := api.Select(m, api.Options{Include: []string{"/**"}})
	if err != nil {
		t.Fatal(err)
	}
	x := describe.NewIndex(m, selected.Methods)
	for words, want := range map[string][]string{
		"milk":                 {"farm.milk", "farm.cow/milkPerDay", "farm.kind/noMilk", "farm.cow"},
		"MILK day":             {"farm.cow/milkPerDay"},
		"add the calf":         nil,
		"add a calve":          {"POST /cows/{id}/calves"},
		"create cows":          {"POST /cows", "POST /cows/{id}/calves"},
		"cow.read.all":         {"GET /cows", "GET /cows/$count", "GET /cows/{id}"},
		"patch /cows/{id}/cal": {"PATCH /cows/{id}/calves/{id}"},
		"id milk":              {"farm.milk/id"},
		"farm.kind":            {"farm.kind", "farm.kind/noMilk"},
		"":                     nil,
		"the":                  nil,
	} {
		var got []string
		for _, h := range x.Search(words) {
			got = append(got, h.Name)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: -want +got\n%s", words, diff)
		}
	}
}
