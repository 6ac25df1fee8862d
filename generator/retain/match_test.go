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
		{[]string{"colour"}, []string{"color"}, "both are of type Edm.String; the names differ in one letter only"},
		{[]string{"webUrl"}, []string{"webURL"}, "both are of type Edm.String; the names differ in case only"},
		{[]string{"award"}, []string{"awards"}, "both are of type Edm.String; the names differ in number only"},
		{[]string{"freind"}, []string{"friend"}, "both are of type Edm.String; the names differ in the order of two letters only"},
		{[]string{"freInd"}, []string{"friend"}, "both are of type Edm.String; the names differ in case and the order of two letters only"},
		{[]string{"Colour"}, []string{"color"}, "both are of type Edm.String; the names differ in case and one letter only"},
		{[]string{"awardS"}, []string{"award"}, "both are of type Edm.String; the names differ in case and number only"},
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

// A type that moved to another namespace is the same if its content is. The evidence
// names each respect in which the names differ, and no other.
func TestTypes(t *testing.T) {
	status := func(namespace, name string) map[string]model.Type {
		e := &model.EnumType{Namespace: namespace, Name: name, Members: []*model.Member{{Name: "open"}, {Name: "closed"}}}
		return map[string]model.Type{e.QualifiedName(): e}
	}
	for _, test := range []struct{ namespace, name, want string }{
		{"farm.barn", "status", "namespace only"},
		{"farm", "Status", "case only"},
		{"farm.barn", "Status", "namespace and case only"},
		{"farm.barn", "statuses", "namespace and number only"},
		{"farm.barn", "Statuss", "namespace, case and number only"},
		{"Farm", "statsu", "namespace and the order of two letters only"},
	} {
		m := retain.MatchTypes(status("farm", "status"), status(test.namespace, test.name))
		want := "both are enumerations, and share the names of 2 of 2 members; the names differ in " + test.want
		if len(m.Renamed) != 1 || m.Renamed[0].Evidence != want {
			t.Errorf("farm.status, then %s.%s: %+v, want %q", test.namespace, test.name, m, want)
		}
	}
}
