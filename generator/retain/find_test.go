package retain_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	gone   = ": removed from the metadata."
	unused = ": no selected element needs it any more."
	apart  = ": no selected path leads here any more."
)

// Find retains removed elements, unless they clash with others.
func TestFind(t *testing.T) {
	const id = `<Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>`
	property := func(names ...string) string {
		var b strings.Builder
		for _, name := range names {
			b.WriteString(`<Property Name="` + name + `" Type="Edm.String"/>`)
		}
		return b.String()
	}
	forbidden := func(term, fact string) string {
		return `<Annotation Term="Org.OData.Capabilities.V1.` + term + `Restrictions"><Record><PropertyValue Property="` + fact + `" Bool="false"/></Record></Annotation>`
	}
	for _, test := range []struct {
		name     string
		old, new string
		types    []string
		want     []string
	}{{
		name: "nothing",
		old:  `<ComplexType Name="cow">` + property("name") + `</ComplexType>`,
		new:  `<ComplexType Name="cow">` + property("name", "age") + `</ComplexType>`,
	}, {
		name: "property",
		old:  `<ComplexType Name="cow">` + property("name", "weight") + `</ComplexType>`,
		new:  `<ComplexType Name="cow">` + property("name") + `</ComplexType>`,
		want: []string{"farm.cow/weight" + gone},
	}, {
		name: "property renamed",
		old:  `<ComplexType Name="cow">` + property("colour") + `</ComplexType>`,
		new:  `<ComplexType Name="cow">` + property("color") + `</ComplexType>`,
		want: []string{"farm.cow/colour: renamed to color in the metadata."},
	}, {
		name: "type of a property changed",
		old:  `<ComplexType Name="cow">` + property("age") + `</ComplexType>`,
		new:  `<ComplexType Name="cow"><Property Name="age" Type="Edm.Int32"/></ComplexType>`,
	}, {
		name: "moved up",
		old:  `<ComplexType Name="animal"/><ComplexType Name="cow" BaseType="farm.animal">` + property("name") + `</ComplexType>`,
		new:  `<ComplexType Name="animal">` + property("name") + `</ComplexType><ComplexType Name="cow" BaseType="farm.animal"/>`,
	}, {
		name: "moved down",
		old:  `<ComplexType Name="animal">` + property("name") + `</ComplexType><ComplexType Name="cow" BaseType="farm.animal"/>`,
		new:  `<ComplexType Name="animal"/><ComplexType Name="cow" BaseType="farm.animal">` + property("name") + `</ComplexType>`,
		want: []string{"lost: farm.animal/name: farm.cow, which is derived from farm.animal, declares it now"},
	}, {
		name: "another base type",
		old: `<ComplexType Name="animal">` + property("name") + `</ComplexType><ComplexType Name="cow" BaseType="farm.animal"/>` +
			`<ComplexType Name="calf" BaseType="farm.cow"/>`,
		new:  `<ComplexType Name="animal">` + property("name") + `</ComplexType><ComplexType Name="cow"/><ComplexType Name="calf" BaseType="farm.cow"/>`,
		want: []string{"farm.cow/name" + gone},
	}, {
		name: "type, with a base type that is there",
		old:  `<ComplexType Name="animal">` + property("name") + `</ComplexType><ComplexType Name="cow" BaseType="farm.animal">` + property("age") + `</ComplexType>`,
		new:  `<ComplexType Name="animal">` + property("age") + `</ComplexType>`,
		want: []string{"farm.animal/name" + gone, "farm.cow" + gone},
	}, {
		name:  "type that is in the schema still",
		old:   `<ComplexType Name="cow"><Property Name="bell" Type="farm.bell"/></ComplexType><ComplexType Name="bell">` + property("tone") + `</ComplexType>`,
		new:   `<ComplexType Name="cow">` + property("bell") + `</ComplexType><ComplexType Name="bell">` + property("tone", "weight") + `</ComplexType>`,
		types: []string{"farm.cow"},
		want:  []string{"farm.bell" + unused, "farm.bell/tone"},
	}, {
		name: "type renamed, and what is gone in it",
		old:  `<ComplexType Name="earTag">` + property("a", "b", "c", "d", "e", "f") + `</ComplexType>`,
		new:  `<ComplexType Name="earTags">` + property("a", "b", "c", "d", "e") + `</ComplexType>`,
		want: []string{"farm.earTags/f" + gone, "farm.earTag → farm.earTags"},
	}, {
		name: "enumeration renamed",
		old:  `<EnumType Name="breed"><Member Name="angus"/><Member Name="jersey"/></EnumType>`,
		new:  `<EnumType Name="breeds"><Member Name="angus"/><Member Name="jersey"/></EnumType>`,
		want: []string{"farm.breed → farm.breeds", "farm.breed/angus → farm.breeds/angus", "farm.breed/jersey → farm.breeds/jersey"},
	}, {
		name: "members",
		old:  `<EnumType Name="mood"><Member Name="calm" Value="0"/><Member Name="gray" Value="1"/><Member Name="mad" Value="2"/></EnumType>`,
		new:  `<EnumType Name="mood"><Member Name="calm" Value="0"/><Member Name="grey" Value="1"/></EnumType>`,
		want: []string{"farm.mood/mad" + gone, "farm.mood/gray → farm.mood/grey"},
	}, {
		name: "another kind of type",
		old:  `<EnumType Name="mood"><Member Name="calm"/></EnumType>`,
		new:  `<ComplexType Name="mood">` + property("calm") + `</ComplexType>`,
	}, {
		name: "definition and enumeration",
		old:  `<TypeDefinition Name="litre" UnderlyingType="Edm.Decimal"/><EnumType Name="mood"><Member Name="calm"/></EnumType>`,
		new:  `<ComplexType Name="cow"/>`,
		want: []string{"farm.mood/calm" + gone, "farm.litre" + gone},
	}, {
		name: "allowed values",
		old: `<ComplexType Name="cow"><Property Name="use" Type="Edm.String"><Annotation Term="Org.OData.Validation.V1.AllowedValues"><Collection>` +
			`<Record><PropertyValue Property="Value" String="milk"/></Record><Record><PropertyValue Property="Value" String="show"/></Record></Collection></Annotation></Property></ComplexType>`,
		new: `<ComplexType Name="cow"><Property Name="use" Type="Edm.String"><Annotation Term="Org.OData.Validation.V1.AllowedValues"><Collection>` +
			`<Record><PropertyValue Property="Value" String="milk"/></Record></Collection></Annotation></Property></ComplexType>`,
		want: []string{"farm.cow/use: show"},
	}, {
		name: "navigation property",
		old: `<EntityType Name="cow">` + id + `<NavigationProperty Name="notes" Type="Collection(farm.note)" ContainsTarget="true"/></EntityType>` +
			`<EntityType Name="note">` + id + `</EntityType><EntityContainer Name="Farm"><EntitySet Name="cows" EntityType="farm.cow"/></EntityContainer>`,
		new: `<EntityType Name="cow">` + id + `</EntityType><EntityContainer Name="Farm"><EntitySet Name="cows" EntityType="farm.cow"/></EntityContainer>`,
		want: []string{
			"farm.cow/notes" + gone, "farm.note" + gone, "farm.note/id",
			`from "cows/{}" to farm.cow/notes`, `from "farm.cow/notes" to farm.cow/notes/{}`,
			"method DELETE farm.cow/notes/{}", "method GET farm.cow/notes", "method GET farm.cow/notes/$count",
			"method GET farm.cow/notes/{}", "method PATCH farm.cow/notes/{}", "method POST farm.cow/notes",
		},
	}, {
		name: "navigation property renamed",
		old: `<EntityType Name="cow">` + id + `<NavigationProperty Name="visit" Type="Collection(farm.note)" ContainsTarget="true"/></EntityType>` +
			`<EntityType Name="note">` + id + `</EntityType><EntityContainer Name="Farm"><EntitySet Name="cows" EntityType="farm.cow"/></EntityContainer>`,
		new: `<EntityType Name="cow">` + id + `<NavigationProperty Name="visits" Type="Collection(farm.note)" ContainsTarget="true"/></EntityType>` +
			`<EntityType Name="note">` + id + `</EntityType><EntityContainer Name="Farm"><EntitySet Name="cows" EntityType="farm.cow"/></EntityContainer>`,
		want: []string{"farm.cow/visit → farm.cow/visits", "farm.cow/visit/{} → farm.cow/visits/{}", "farm.cow:visit → farm.cow:visits"},
	}, {
		name: "navigation property became a structural one",
		old: `<EntityType Name="cow">` + id + `<NavigationProperty Name="notes" Type="Collection(farm.note)" ContainsTarget="true"/></EntityType>` +
			`<EntityType Name="note">` + id + `</EntityType><EntityContainer Name="Farm"><EntitySet Name="cows" EntityType="farm.cow"/></EntityContainer>`,
		new:  `<EntityType Name="cow">` + id + property("notes") + `</EntityType><EntityContainer Name="Farm"><EntitySet Name="cows" EntityType="farm.cow"/></EntityContainer>`,
		want: []string{"farm.note" + gone, "farm.note/id", "lost: farm.cow/notes: another property is now called notes"},
	}, {
		name: "operation",
		old: `<EntityType Name="cow">` + id + `</EntityType><Action Name="milk" IsBound="true"><Parameter Name="cow" Type="farm.cow"/><Parameter Name="into" Type="farm.bucket"/></Action>` +
			`<ComplexType Name="bucket"/><EntityContainer Name="Farm"><EntitySet Name="cows" EntityType="farm.cow"/></EntityContainer>`,
		new:  `<EntityType Name="cow">` + id + `</EntityType><EntityContainer Name="Farm"><EntitySet Name="cows" EntityType="farm.cow"/></EntityContainer>`,
		want: []string{"farm.bucket" + gone}, // the operation is not retained
	}, {
		name: "methods that are not allowed any more, and an entity set",
		old: `<EntityType Name="cow">` + id + `<NavigationProperty Name="notes" Type="Collection(farm.cow)" ContainsTarget="true"/></EntityType>` +
			`<EntityContainer Name="Farm"><EntitySet Name="cows" EntityType="farm.cow"/><EntitySet Name="oxen" EntityType="farm.cow"/></EntityContainer>`,
		new: `<EntityType Name="cow">` + id + `<NavigationProperty Name="notes" Type="Collection(farm.cow)" ContainsTarget="true">` +
			forbidden("Insert", "Insertable") + forbidden("Update", "Updatable") + `</NavigationProperty></EntityType>` +
			`<EntityContainer Name="Farm"><EntitySet Name="cows" EntityType="farm.cow"/></EntityContainer>`,
		want: []string{
			"/oxen" + gone,
			`from "" to oxen`, `from "oxen" to oxen/{}`, `from "oxen/{}" to farm.cow/notes`,
			"method DELETE oxen/{}", "method GET oxen", "method GET oxen/$count", "method GET oxen/{}",
			"method PATCH farm.cow/notes/{}", "method PATCH oxen/{}", "method POST farm.cow/notes", "method POST oxen",
		},
	}, {
		name: "entity set that no pattern selects any more",
		old:  `<EntityType Name="cow">` + id + `</EntityType><EntityContainer Name="Farm"><EntitySet Name="cows" EntityType="farm.cow"/><EntitySet Name="oxen" EntityType="farm.cow"/></EntityContainer>`,
		new: `<EntityType Name="cow">` + id + `</EntityType><EntityContainer Name="Farm"><EntitySet Name="cows" EntityType="farm.cow"/><EntitySet Name="oxen" EntityType="farm.cow">` +
			forbidden("Read", "Readable") + forbidden("Insert", "Insertable") + forbidden("Update", "Updatable") + forbidden("Delete", "Deletable") + `</EntitySet></EntityContainer>`,
		want: []string{
			"/oxen" + apart, `from "" to oxen`, `from "oxen" to oxen/{}`,
			"method DELETE oxen/{}", "method GET oxen", "method GET oxen/$count", "method GET oxen/{}", "method PATCH oxen/{}", "method POST oxen",
		},
	}, {
		name: "all methods of a resource",
		old: `<EntityType Name="cow">` + id + `<NavigationProperty Name="calf" Type="farm.cow" ContainsTarget="true"/></EntityType>` +
			`<EntityContainer Name="Farm"><EntitySet Name="cows" EntityType="farm.cow"/></EntityContainer>`,
		new: `<EntityType Name="cow">` + id + `<NavigationProperty Name="calf" Type="farm.cow" ContainsTarget="true">` +
			forbidden("Read", "Readable") + forbidden("Update", "Updatable") + forbidden("Delete", "Deletable") + `</NavigationProperty></EntityType>` +
			`<EntityContainer Name="Farm"><EntitySet Name="cows" EntityType="farm.cow"/></EntityContainer>`,
		want: []string{
			`from "cows/{}" to farm.cow/calf`, `from "farm.cow/calf" to farm.cow/calf`, // the property itself is still there
			"method DELETE farm.cow/calf", "method GET farm.cow/calf", "method PATCH farm.cow/calf",
		},
	}} {
		t.Run(test.name, func(t *testing.T) {
			old, new := of(t, test.old, test.types...), of(t, test.new, test.types...)
			found, retained := find(t, old, new)
			if diff := cmp.Diff(test.want, describe(found, retained)); diff != "" {
				t.Error(diff)
			}
			checkAdd(t, retained, new.selected)
		})
	}
}
