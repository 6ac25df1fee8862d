package vocab_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// TestCapabilities reads the annotations that the builders make.
func TestCapabilities(t *testing.T) {
	var at source.Position
	facts := []model.Fact{model.Unknown, model.No, model.Yes}
	for _, readable := range facts {
		for _, byKey := range facts {
			want := vocab.Read{Readable: readable, ByKey: byKey, Headers: []string{"ConsistencyLevel", "Prefer"}}
			compare(t, want, vocab.ReadRestrictions([]*model.Annotation{vocab.NewReadRestrictions(want, at)}))
		}
		update := vocab.Update{Updatable: readable, Methods: []string{"PATCH", "PUT"}}
		compare(t, update, vocab.UpdateRestrictions([]*model.Annotation{vocab.NewUpdateRestrictions(update, at)}))
		compare(t, readable, vocab.Deletable([]*model.Annotation{vocab.NewDeleteRestrictions(readable, at)}))
		navigation := vocab.Navigation{Unlisted: readable == model.Yes, Referenceable: readable}
		list := []*model.Annotation{vocab.NewNavigationRestrictions(navigation, at)}
		compare(t, navigation, vocab.NavigationRestrictions(list))
		compare(t, readable == model.Yes, vocab.Unlisted(list))
	}
	for _, query := range []vocab.Query{
		{},
		{Top: model.Yes, Skip: model.No, Count: model.Yes, Filter: model.No, Search: model.Yes, Sort: model.No, Select: model.Yes, Expand: model.No},
		{
			Filter: model.Yes, NonFilterable: []string{"a", "b/c"}, Sort: model.Yes, NonSortable: []string{"d"},
			Expand: model.Yes, NonExpandable: []string{"e", "f"},
		},
	} {
		compare(t, query, vocab.QueryOptions(vocab.NewQueryOptions(query, at)))
	}
	keys := [][]vocab.KeyProperty{{{Name: "appId", Path: "appId"}}, {{Name: "a", Path: "b/a"}, {Name: "c", Path: "c"}}}
	compare(t, keys, vocab.AlternateKeys([]*model.Annotation{vocab.NewAlternateKeys(keys, at)}))
	casts := []vocab.Cast{{Type: "ns.a", Item: true}, {Type: "ns.b"}, {Type: "ns.b", Item: true, Readable: true}}
	reversed := slices.Clone(casts)
	slices.Reverse(reversed)
	compare(t, casts, vocab.Casts([]*model.Annotation{vocab.NewCasts(reversed, at)}))
}

// TestCapabilitiesOfNothing reads what a source does not say.
func TestCapabilitiesOfNothing(t *testing.T) {
	for _, list := range [][]*model.Annotation{nil, {{Term: "Org.OData.Capabilities.V1.ReadRestrictions"}, {Term: "Org.OData.Core.V1.AlternateKeys"}}} {
		compare(t, vocab.Read{}, vocab.ReadRestrictions(list))
		compare(t, vocab.Update{}, vocab.UpdateRestrictions(list))
		compare(t, model.Unknown, vocab.Deletable(list))
		compare(t, vocab.Query{}, vocab.QueryOptions(list))
		compare(t, vocab.Navigation{}, vocab.NavigationRestrictions(list))
		compare(t, nil, vocab.AlternateKeys(list))
		compare(t, nil, vocab.Casts(list))
	}
}

// TestCapabilitiesOfGraph reads annotations as Graph writes them.
func TestCapabilitiesOfGraph(t *testing.T) {
	const document = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="farm" xmlns="http://docs.oasis-open.org/odata/ns/edm"><EntityType Name="cow">
<Annotation Term="Org.OData.Capabilities.V1.UpdateRestrictions"><Record>
  <PropertyValue Property="UpdateMethod"><EnumMember>Org.OData.Capabilities.V1.HttpMethod/PUT</EnumMember></PropertyValue></Record></Annotation>
<Annotation Term="Org.OData.Capabilities.V1.DeleteRestrictions"><Record><PropertyValue Property="Deletable" Bool="false"/></Record></Annotation>
<Annotation Term="Org.OData.Capabilities.V1.ReadRestrictions"><Record><PropertyValue Property="ReadByKeyRestrictions"><Record>
  <PropertyValue Property="Readable" Bool="false"/></Record></PropertyValue></Record></Annotation>
<Annotation Term="Org.OData.Capabilities.V1.TopSupported" Bool="false"/>
<Annotation Term="Org.OData.Capabilities.V1.SkipSupported"/>
<Annotation Term="Org.OData.Capabilities.V1.SelectRestrictions"><Record><PropertyValue Property="Selectable" Bool="false"/></Record></Annotation>
<Annotation Term="Org.OData.Capabilities.V1.ExpandRestrictions"><Record><PropertyValue Property="Expandable" Bool="true"/>
  <PropertyValue Property="NonExpandableProperties"><Collection><NavigationPropertyPath>calves</NavigationPropertyPath></Collection></PropertyValue></Record></Annotation>
<Annotation Term="Org.OData.Core.V1.AlternateKeys"><Collection><Record><PropertyValue Property="Key"><Collection><Record>
  <PropertyValue Property="Alias" String="tag"/><PropertyValue Property="Name" PropertyPath="collar/tag"/></Record></Collection></PropertyValue></Record></Collection></Annotation>
</EntityType></Schema></edmx:DataServices></edmx:Edmx>`
	m, err := csdl.Parse("f", []byte(document), csdl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	model.Link(m)
	list := m.Type("farm.cow").Annotations()
	compare(t, vocab.Update{Methods: []string{"PUT"}}, vocab.UpdateRestrictions(list))
	compare(t, model.No, vocab.Deletable(list))
	compare(t, vocab.Read{ByKey: model.No}, vocab.ReadRestrictions(list))
	compare(t, vocab.Query{Top: model.No, Skip: model.Yes, Select: model.No, Expand: model.Yes, NonExpandable: []string{"calves"}}, vocab.QueryOptions(list))
	compare(t, [][]vocab.KeyProperty{{{Name: "tag", Path: "collar/tag"}}}, vocab.AlternateKeys(list))
}

func compare[T any](t *testing.T, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
