package model_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// link links a schema with the given types and returns the errors.
func link(types ...*model.StructuredType) (*model.Model, string) {
	m := &model.Model{Schemas: []*model.Schema{{Namespace: "s", Structured: types}}}
	var ds source.Diagnostics
	model.Link(m, &ds)
	if err := ds.Err(); err != nil {
		return m, err.Error()
	}
	return m, ""
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

// What is declared twice is reported where it comes later in the file, in
// whichever order the types are given.
func TestTwice(t *testing.T) {
	const want = "f:9:1: type s.a is declared twice, first at f:2:1"
	for _, types := range [][]*model.StructuredType{
		{entity(2, "a", ""), entity(9, "a", "")},
		{entity(9, "a", ""), entity(2, "a", "")},
	} {
		if _, got := link(types...); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
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
	_, problems = link(entity(1, "root", "", "x"), entity(2, "a", "root"), entity(3, "b", "a", "x"))
	if want := "f:3:1: property x of s.b is declared by its base type s.root too, at f:1:1"; problems != want {
		t.Errorf("got %q, want %q", problems, want)
	}
}

// A chain of base types that is longer than any stack is linked in no time
// that would be noticed.
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
	if _, problems := link(types...); problems != "" {
		t.Error(problems)
	}
}

// Linking twice changes nothing.
func TestLinkTwice(t *testing.T) {
	m, _ := link(entity(1, "root", "", "id"), entity(2, "a", "root"))
	var ds source.Diagnostics
	model.Link(m, &ds)
	if err := ds.Err(); err != nil {
		t.Fatal(err)
	}
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
