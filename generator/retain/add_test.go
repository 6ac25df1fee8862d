package retain_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/retain"
)

// A create refuses every retained property if a reference page lists the properties
// that it takes, else the retained properties that it refused before. So does an
// update, about which the page says nothing.
func TestRefused(t *testing.T) {
	const id = `<Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>`
	restrictions := func(term, list, properties, links string) string {
		return `<Annotation Term="Org.OData.Capabilities.V1.` + term + `"><Record><PropertyValue Property="` + list + `"><Collection>` + properties +
			`</Collection></PropertyValue><PropertyValue Property="UpdateMethod" EnumMember="Org.OData.Capabilities.V1.HttpMethod/PATCH Org.OData.Capabilities.V1.HttpMethod/PUT"/></Record>` +
			links + `</Annotation>`
	}
	farm := func(properties, refused, links string) string {
		return `<EntityType Name="animal">` + id + properties + `</EntityType><EntityType Name="cow" BaseType="farm.animal"/>` +
			`<EntityContainer Name="Farm"><EntitySet Name="cows" EntityType="farm.cow">` +
			restrictions("InsertRestrictions", "NonInsertableProperties", refused, links) +
			restrictions("UpdateRestrictions", "NonUpdatableProperties", refused, "") +
			`</EntitySet></EntityContainer>`
	}
	const (
		both  = `<Property Name="born" Type="Edm.Date"/><Property Name="weight" Type="Edm.Decimal"/>`
		page  = `<Annotation Term="Org.OData.Core.V1.Links"><Collection><Record><PropertyValue Property="rel" String="describedby"/><PropertyValue Property="href" String="https://farm.example"/></Record></Collection></Annotation>`
		noID  = `<PropertyPath>id</PropertyPath>`
		bornI = `<PropertyPath>id</PropertyPath><PropertyPath>born</PropertyPath>`
	)
	for name, test := range map[string]struct {
		old, new       string
		create, update []string // the properties that they refuse
	}{
		"no evidence":    {farm(both, noID, ""), farm("", noID, ""), []string{"id"}, []string{"id"}},
		"refused before": {farm(both, bornI, ""), farm("", noID, ""), []string{"id", "born"}, []string{"id", "born"}},
		"reference page": {farm(both, noID, ""), farm("", noID, page), []string{"id", "born", "weight"}, []string{"id"}},
	} {
		t.Run(name, func(t *testing.T) {
			old, new := of(t, test.old), of(t, test.new)
			_, retained := find(t, old, new)
			sum := checkAdd(t, retained, new.selected)
			cows := sum.Model.Container.Source("cows").Annotated
			if diff := cmp.Diff(test.create, vocab.InsertRestrictions(cows).NonInsertable); diff != "" {
				t.Errorf("create:\n%s", diff)
			}
			if diff := cmp.Diff(test.update, vocab.UpdateRestrictions(cows).NonUpdatable); diff != "" {
				t.Errorf("update:\n%s", diff)
			}
		})
	}
}

// Add returns an error if an edited lock file refers to elements that do not exist.
func TestAddErrors(t *testing.T) {
	cows := of(t, `<EntityType Name="cow"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/></EntityType>`+
		`<EntityContainer Name="Farm"><EntitySet Name="cows" EntityType="farm.cow"/></EntityContainer>`)
	property := func(typeName string) *model.Model {
		p := &model.Property{Name: "bell", Type: model.TypeRef{Name: typeName}}
		return &model.Model{Schemas: []*model.Schema{{Namespace: "farm", Structured: []*model.StructuredType{{Name: "cow", Properties: []*model.Property{p}}}}}}
	}
	for want, retained := range map[string]*api.Retained{
		`the step from "cows" to "oxen"`:         {Steps: []api.RetainedStep{{From: "cows", To: "oxen"}}},
		`the step from "oxen" to "cows"`:         {Steps: []api.RetainedStep{{From: "oxen", To: "cows"}}},
		`"POST cows/{}"`:                         {Methods: []string{"POST cows/{}"}},
		`"POST oxen"`:                            {Methods: []string{"POST oxen"}},
		`type farm.bell is not declared`:         {Model: property("farm.bell")},
		`property farm.cow/id is declared twice`: {Model: &model.Model{Schemas: []*model.Schema{{Namespace: "farm", Structured: []*model.StructuredType{{Name: "cow", Properties: []*model.Property{{Name: "id", Type: model.TypeRef{Name: "Edm.String"}}}}}}}}},
	} {
		if _, err := retain.Add(cows.selected, retained); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want %q", err, want)
		}
	}
	if _, err := retain.Add(cows.selected, &api.Retained{Model: property("Edm.String")}); err != nil {
		t.Error(err)
	}
}

// Elements keep their earlier Go names, unless the selection uses them for others.
func TestNames(t *testing.T) {
	old := of(t, `<ComplexType Name="earTag"><Property Name="number" Type="Edm.String"/></ComplexType>`+
		`<EnumType Name="mood"><Member Name="calm"/><Member Name="mad"/></EnumType>`)
	new := of(t, `<ComplexType Name="earTags"><Property Name="number" Type="Edm.String"/></ComplexType>`+
		`<EnumType Name="mood"><Member Name="calm"/></EnumType>`)
	names := map[string]string{
		"farm.earTag": "EarTag", "farm.earTag:number": "No",
		"farm.mood": "Mood", "farm.mood/calm": "MoodCalm", "farm.mood/mad": "MoodMad",
		"farm.gone": "Gone", // an element that the selection leaves out
	}
	found, err := retain.Find(api.Version{Model: old.whole, Selection: old.selected, Retained: &api.Retained{
		Names: map[string]string{"farm.bell": "Bell"}, // it can come back
	}}, new.selected, new.whole)
	if err != nil {
		t.Fatal(err)
	}
	pinned := found.Pinned(names)
	if diff := cmp.Diff(map[string]string{
		"farm.earTags:number": "No", "farm.mood": "Mood", "farm.mood/calm": "MoodCalm", "farm.mood/mad": "MoodMad", "farm.gone": "Gone",
		"farm.bell": "Bell",
	}, pinned); diff != "" {
		t.Errorf("pinned:\n%s", diff)
	}
	now := map[string]string{"farm.earTags": "EarTags", "farm.earTags:number": "No", "farm.mood": "Mood", "farm.mood/calm": "MoodCalm"}
	retained := found.Retained(names, now)
	all := maps.Clone(now)
	maps.Copy(all, map[string]string{"farm.earTag": "EarTag", "farm.mood/mad": "MoodMad"})
	retained = retain.Settled(retained, all, now)
	if diff := cmp.Diff(map[string]string{"farm.earTag": "EarTag", "farm.mood/mad": "MoodMad"}, retained.Names); diff != "" {
		t.Errorf("retained:\n%s", diff)
	}
	if diff := cmp.Diff(map[string]string{"farm.earTag": "farm.earTags"}, retained.Renamed); diff != "" {
		t.Errorf("renamed:\n%s", diff)
	}
	now["farm.other"] = "EarTag"
	if retained := found.Retained(names, now); retained.Renamed["farm.earTag"] != "" || retained.Names["farm.earTag"] != "" {
		t.Errorf("EarTag is retained although it is the name of another element: %v", retained)
	}
}
