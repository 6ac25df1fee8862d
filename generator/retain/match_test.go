package retain_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/retain"
)

// Two properties are the same if their types are equal and their names are alike,
// and if no third one is alike.
func TestProperties(t *testing.T) {
	properties := func(names ...string) []*model.Property {
		var list []*model.Property
		for _, name := range names {
			list = append(list, &model.Property{Name: name, Type: model.TypeRef{Name: "Edm.String"}})
		}
		return list
	}
	for _, test := range []struct {
		old, new []string
		want     string // the evidence; "" if they are two properties
	}{
		{[]string{"colour"}, []string{"color"}, "both are of type Edm.String; the names differ in one letter"},
		{[]string{"webUrl"}, []string{"webURL"}, "both are of type Edm.String; the names differ in case only"},
		{[]string{"award"}, []string{"awards"}, "both are of type Edm.String; the names differ in number only"},
		{[]string{"freind"}, []string{"friend"}, "both are of type Edm.String; the names differ in one letter"},
		{[]string{"street1"}, []string{"street2"}, ""},
		{[]string{"cow"}, []string{"cat"}, ""},
		{[]string{"weight"}, []string{"height", "weighs"}, ""},
		{[]string{"colour", "color"}, []string{"color"}, ""},
	} {
		m := retain.MatchProperties(properties(test.old...), properties(test.new...))
		got := ""
		if len(m.Renamed) == 1 {
			got = m.Renamed[0].Evidence
		}
		if got != test.want || len(m.Both)+len(m.Removed)+len(m.Renamed) != len(test.old) || len(m.Both)+len(m.Added)+len(m.Renamed) != len(test.new) {
			t.Errorf("%v, then %v: %+v, want %q", test.old, test.new, m, test.want)
		}
	}
	number := &model.Property{Name: "color", Type: model.TypeRef{Name: "Edm.Int32"}}
	if m := retain.MatchProperties(properties("colour"), []*model.Property{number}); len(m.Renamed) > 0 {
		t.Errorf("of another type, and the same: %+v", m)
	}
}

// A resource is the same under another name if it leads from the same type to
// the same.
func TestResources(t *testing.T) {
	cow, hen := &model.StructuredType{Namespace: "farm", Name: "cow"}, &model.StructuredType{Namespace: "farm", Name: "hen"}
	of := func(list ...model.Resource) map[string]model.Resource {
		byID := map[string]model.Resource{}
		for _, r := range list {
			byID[r.ID()] = r
		}
		return byID
	}
	navigation := func(owner *model.StructuredType, name, to string, contains model.Fact) model.Resource {
		return model.Resource{Owner: owner, Navigation: &model.Navigation{Name: name, Type: model.TypeRef{Name: to, Collection: true}, ContainsTarget: contains}}
	}
	old := of(navigation(cow, "visit", "farm.visit", model.Yes))
	for name, test := range map[string]struct {
		new  model.Resource
		want []retain.Renamed
	}{
		"renamed":         {navigation(cow, "visits", "farm.visit", model.Yes), []retain.Renamed{{Old: "farm.cow/visit", New: "farm.cow/visits", Evidence: "both lead to Collection(farm.visit); the names differ in number only"}}},
		"another owner":   {navigation(hen, "visits", "farm.visit", model.Yes), nil},
		"another target":  {navigation(cow, "visits", "farm.note", model.Yes), nil},
		"lives elsewhere": {navigation(cow, "visits", "farm.visit", model.No), nil},
		"at the root":     {model.Resource{Source: &model.NavigationSource{Name: "visits", Type: model.TypeRef{Name: "farm.visit", Collection: true}}}, nil},
	} {
		if diff := cmp.Diff(test.want, slices.Clip(retain.MatchResources(old, of(test.new)).Renamed)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}
