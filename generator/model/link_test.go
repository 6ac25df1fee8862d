package model_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// link links a schema with the given types and returns the problems.
func link(types ...*model.StructuredType) (*model.Model, string) {
	m := &model.Model{Schemas: []*model.Schema{{Namespace: "s", Structured: types}}}
	model.Link(m)
	var problems []string
	for _, d := range m.AllProblems() {
		problems = append(problems, d.String())
	}
	return m, strings.Join(problems, "\n")
}

// entity returns an entity type with the given base type, if any, and
// properties; the line is where it is.
func entity(line int, name, base string, properties ...string) *model.StructuredType {
	at := source.Position{File: "f", Line: line, Column: 1}
	t := &model.StructuredType{Name: name, Kind: model.Entity, Position: at}
	if base != "" {
		t.Base = &model.TypeRef{Name: "s." + base, Position: at}
	}
	for _, p := range properties {
		t.Properties = append(t.Properties, &model.Property{Name: p, Type: model.TypeRef{Name: "Edm.String"}, Position: at})
	}
	return t
}

func TestInheritance(t *testing.T) {
	root := entity(1, "root", "", "id")
	root.Key = []model.PropertyRef{{Name: "id"}}
	leaf := entity(4, "leaf", "mid", "name")
	_, problems := link(leaf, entity(2, "zmid", "root"), root, entity(3, "mid", "root"))
	if problems != "" {
		t.Fatal(problems)
	}
	if base := leaf.BaseType().BaseType(); base != root {
		t.Errorf("the base type of the base type is %v", base)
	}
	if leaf.Property("id") == nil || leaf.Property("name") == nil || leaf.Property("other") != nil {
		t.Error("a property is not found, or one that is not there")
	}
	if diff := cmp.Diff([]string{"id"}, leaf.KeyNames()); diff != "" {
		t.Error(diff)
	}
	var derived []string
	for _, d := range root.Derived() {
		derived = append(derived, d.QualifiedName())
	}
	if diff := cmp.Diff([]string{"s.mid", "s.zmid"}, derived); diff != "" {
		t.Error(diff)
	}
}

// A type that is declared twice with other content is a defect, at the later
// position, in whichever order the types are given. With the same content it is
// one type.
func TestTwice(t *testing.T) {
	for want, properties := range map[string][2]string{
		"f:9:1: type s.a is declared twice, with other content at f:2:1: remove one of the declarations": {"x", "y"},
		"f:9:1: warning: type s.a is declared twice, with the same content as at f:2:1":                  {"x", "x"},
	} {
		for range 2 {
			first, second := entity(2, "a", "", properties[0]), entity(9, "a", "", properties[1])
			types := []*model.StructuredType{first, second}
			for _, list := range [][]*model.StructuredType{types, {second, first}} {
				m, got := link(list...)
				if got != want {
					t.Errorf("got %q, want %q", got, want)
				}
				if n := len(m.Schemas[0].Structured); n != 1 {
					t.Errorf("%d types are left", n)
				}
				first.Problems, second.Problems = nil, nil
			}
		}
	}
}

// Of operations that are called in the same way, the others than the first one are
// left out, with a warning.
func TestOverloads(t *testing.T) {
	operation := func(line int, name string, function bool, parameters ...string) *model.Operation {
		o := &model.Operation{Name: name, Function: function, Position: source.Position{File: "f", Line: line, Column: 1}}
		for _, p := range parameters {
			name, typ, _ := strings.Cut(p, " ")
			o.Bound = o.Bound || name == "it"
			o.Parameters = append(o.Parameters, &model.Parameter{Name: name, Type: model.TypeRef{Name: typ}})
		}
		return o
	}
	for want, operations := range map[string][2]*model.Operation{
		"": {operation(2, "f", true, "w Edm.Int32"), operation(3, "f", true, "x Edm.Int32")},
		"f:2:1: warning: overload s.f(w Edm.String) is left out, as there is s.f(w Edm.Int32) at f:3:1: overloads of a function must differ in the names of their parameters": {
			operation(2, "f", true, "w Edm.String"), operation(3, "f", true, "w Edm.Int32"),
		},
		"f:3:1: warning: overload s.g(s.a, w Edm.String) is left out, as there is s.g(s.a, w Edm.Int32) at f:2:1: overloads of a function must differ in the names of their parameters": {
			operation(2, "g", true, "it s.a", "w Edm.Int32"), operation(3, "g", true, "it s.a", "w Edm.String"),
		},
		"f:3:1: warning: overload s.h(s.a, x Edm.Int32) is left out, as there is s.h(s.a, w Edm.Int32) at f:2:1: overloads of an action must differ in the type that they are bound to": {
			operation(2, "h", false, "it s.a", "w Edm.Int32"), operation(3, "h", false, "it s.a", "x Edm.Int32"),
		},
		"f:3:1: warning: overload s.i(s.a) is declared twice, with the same content as at f:2:1": {
			operation(2, "i", false, "it s.a"), operation(3, "i", false, "it s.a"),
		},
	} {
		for _, list := range [][]*model.Operation{{operations[0], operations[1]}, {operations[1], operations[0]}} {
			m := &model.Model{Schemas: []*model.Schema{{Namespace: "s", Structured: []*model.StructuredType{entity(1, "a", "")}, Operations: list}}}
			model.Link(m)
			var problems []string
			for _, d := range m.AllProblems() {
				problems = append(problems, d.String())
			}
			if got := strings.Join(problems, "\n"); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
			operations[0].Problems, operations[1].Problems = nil, nil
		}
	}
}

// Only the element that is wrong has a defect.
func TestDefectStaysWhereItIs(t *testing.T) {
	wrong, sound := entity(2, "wrong", "gone", "x"), entity(3, "sound", "", "x", "y")
	sound.Properties[1].Type.Name = "s.gone"
	_, problems := link(wrong, sound)
	if want := "type s.gone is not declared\nf:2:1: base type s.gone is not declared"; problems != want {
		t.Errorf("got %q, want %q", problems, want)
	}
	if wrong.Defect() == nil || wrong.Properties[0].Defect() != nil || sound.Defect() != nil || sound.Properties[0].Defect() != nil || sound.Properties[1].Defect() == nil {
		t.Error("another element than those two has a defect")
	}
}

// One error is reported for a cycle, wherever it is entered, and what is
// derived from it is still usable.
func TestCycle(t *testing.T) {
	outside := entity(5, "0outside", "b")
	_, problems := link(entity(1, "a", "c"), entity(2, "b", "a"), entity(3, "c", "b"), outside)
	if want := "f:2:1: s.b is its own base type: s.b → s.a → s.c → s.b"; problems != want {
		t.Errorf("got %q, want %q", problems, want)
	}
	for n, t2 := 0, outside; t2 != nil; n, t2 = n+1, t2.BaseType() {
		if n > 3 {
			t.Fatal("the chain of base types does not end")
		}
	}
}

// A name that an unrelated branch of the hierarchy declares is free.
func TestSiblingsMayShareNames(t *testing.T) {
	_, problems := link(entity(1, "root", ""), entity(2, "a", "root", "x"), entity(3, "b", "root", "x"), entity(4, "c", "a", "y"), entity(5, "d", "b", "y"))
	if problems != "" {
		t.Error(problems)
	}
}

// A property that a base type declares too is one property if both say the
// same, and else a defect.
func TestRedeclaredProperty(t *testing.T) {
	b := entity(3, "b", "a", "x")
	_, problems := link(entity(1, "root", "", "x"), entity(2, "a", "root"), b)
	if want := "f:3:1: warning: property s.b/x repeats that of the base type s.root at f:1:1"; problems != want {
		t.Errorf("got %q, want %q", problems, want)
	}
	if len(b.Properties) != 0 {
		t.Error("the property is there twice")
	}
	b = entity(3, "b", "a", "x")
	b.Properties[0].Type.Name = "Edm.Int32"
	_, problems = link(entity(1, "root", "", "x"), entity(2, "a", "root"), b)
	if want := "f:3:1: property s.b/x is declared by the base type s.root too, with other content at f:1:1"; problems != want {
		t.Errorf("got %q, want %q", problems, want)
	}
}

// A chain of base types that is longer than any stack is cut.
func TestLongChain(t *testing.T) {
	const length = 300_000
	types := make([]*model.StructuredType, length)
	for i := range types {
		base := ""
		if i > 0 {
			base = fmt.Sprintf("t%07d", i-1)
		}
		types[i] = entity(i, fmt.Sprintf("t%07d", i), base)
	}
	_, problems := link(types...)
	if n := strings.Count(problems, "\n") + 1; n != (length-1)/101 || !strings.HasPrefix(problems, "f:101:1: s.t0000101 has more than 100 base types: extend a type further up\n") {
		t.Errorf("%d problems: %.200s", n, problems)
	}
}

// Linking twice changes nothing.
func TestLinkTwice(t *testing.T) {
	m, _ := link(entity(1, "root", "", "id"), entity(2, "a", "root"))
	model.Link(m)
	root := m.Type("s.root").(*model.StructuredType)
	if got := len(root.Derived()); got != 1 {
		t.Errorf("%d derived types, want 1", got)
	}
}

func TestType(t *testing.T) {
	m, _ := link(entity(1, "a", ""))
	for name, found := range map[string]bool{"s.a": true, "Edm.String": true, "s.b": false, "Edm.Any": false, "": false} {
		if got := m.Type(name) != nil; got != found {
			t.Errorf("Type(%q) is found: %v, want %v", name, got, found)
		}
	}
}

// An imported action cannot have the name of a type. Other operations can: Graph has some.
func TestActionNamedAsAType(t *testing.T) {
	for _, test := range []struct {
		operation model.Operation
		imported  bool
		want      string
	}{
		{model.Operation{}, true, "f:9:1: action s.a is declared twice, at f:1:1 as a type: remove one of the declarations"},
		{model.Operation{}, false, ""},
		{model.Operation{Bound: true, Parameters: []*model.Parameter{{Name: "in", Type: model.TypeRef{Name: "s.a"}}}}, false, ""},
		{model.Operation{Function: true, Return: &model.ReturnType{Type: model.TypeRef{Name: "Edm.String"}}}, true, ""},
	} {
		o, a := test.operation, entity(1, "a", "")
		o.Name, o.Position = "a", source.Position{File: "f", Line: 9, Column: 1}
		m := &model.Model{Container: &model.Container{Namespace: "s", Name: "c"}}
		m.Schemas = []*model.Schema{{Namespace: "s", Structured: []*model.StructuredType{a}, Operations: []*model.Operation{&o}}}
		if test.imported {
			m.Container.Imports = []*model.Import{{Name: "b", Operation: "s.a", Function: o.Function}, {Name: "c", Operation: "s.a", Function: o.Function}}
		}
		model.Link(m)
		got := ""
		for _, d := range m.AllProblems() {
			got += d.String()
		}
		if got != test.want || (o.Defect() != nil) != (test.want != "") || a.Defect() != nil {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

// A property of a key has one value, which an address can hold.
func TestTypesOfKeys(t *testing.T) {
	for _, test := range []struct{ property, path, want string }{
		{"Edm.Int32", "key", ""},
		{"s.size", "key/in", ""},
		{"s.size", "key", "f:3:1: key property key of s.a is of type s.size: no address can hold it; name a primitive property"},
		{"Collection(Edm.String)", "key", "f:3:1: key property key of s.a is of type Collection(Edm.String): no address can hold it; name a primitive property"},
	} {
		size, a := entity(1, "size", "", "in"), entity(2, "a", "", "key")
		size.Kind = model.Complex
		name, collection := strings.CutPrefix(test.property, "Collection(")
		a.Properties[0].Type = model.TypeRef{Name: strings.TrimSuffix(name, ")"), Collection: collection}
		a.Key = []model.PropertyRef{{Name: test.path, Position: source.Position{File: "f", Line: 3, Column: 1}}}
		if _, got := link(size, a); got != test.want {
			t.Errorf("%s %s: got %q, want %q", test.property, test.path, got, test.want)
		}
	}
}
