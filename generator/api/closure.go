package api

import (
	"cmp"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// closure collects types with all types that they need.
type closure struct {
	all     bool                // derived types of every type are included
	derived map[model.Type]bool // the types whose derived types are included
	types   map[model.Type]bool
	sound   map[model.Type]bool // types that reach no defect
	leftOut []LeftOut           // derived types that reach one

	added map[model.Type][]model.Type // the derived types that a type adds
}

func newClosure(m *model.Model, derived []string) (*closure, []Problem) {
	var problems []Problem
	c := &closure{derived: map[model.Type]bool{}, types: map[model.Type]bool{}, sound: map[model.Type]bool{}, added: map[model.Type][]model.Type{}}
	for _, name := range derived {
		switch name {
		case "none":
		case "all":
			c.all = true
		default:
			t, err := Type(m, name)
			if err != nil {
				problems = append(problems, Problem{Flag: "derived", Pattern: name, Message: err.Error()})
				continue
			}
			c.derived[t] = true
		}
	}
	return c, problems
}

// add enters t and all types that it needs.
func (c *closure) add(t model.Type) {
	todo := []model.Type{t}
	for len(todo) > 0 {
		t := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if c.types[t] {
			continue
		}
		c.types[t] = true
		todo = append(todo, needs(t)...)
		if s, ok := t.(*model.StructuredType); ok && c.wantsDerived(s) {
			for _, d := range s.Derived() {
				if defect := c.defect(d); defect != nil {
					c.leftOut = append(c.leftOut, LeftOut{d.QualifiedName(), *defect})
				} else {
					todo = append(todo, d)
					c.added[t] = append(c.added[t], d)
				}
			}
		}
	}
}

// needs returns the base type of a type and the types of its structural
// properties, without primitive types. Navigation properties lead to other
// resources: their types are not needed, unless they are fields.
func needs(t model.Type) []model.Type {
	s, ok := t.(*model.StructuredType)
	if !ok {
		return nil
	}
	var list []model.Type
	add := func(t model.Type) {
		if !isPrimitive(t) {
			list = append(list, t)
		}
	}
	if base := s.BaseType(); base != nil {
		add(base)
	}
	for _, p := range s.Properties {
		add(p.Type.Type)
	}
	for _, n := range s.Navigation {
		if vocab.Expanded(n.Annotated) {
			add(n.Type.Type)
		}
	}
	return list
}

// KeyTypes returns the types of the properties in the keys of the resources along a path,
// without primitive types: a method has them in its address.
func KeyTypes(path model.Path) []model.Type {
	var list []model.Type
	for _, r := range path {
		for t := r.Type(); t != nil; t = t.BaseType() {
			for _, path := range keyPaths(t) {
				name, _, _ := strings.Cut(path, "/")
				if p := t.Property(name); p != nil && !isPrimitive(p.Type.Type) {
					list = append(list, p.Type.Type)
				}
			}
		}
	}
	return list
}

// isPrimitive reports whether t is a primitive type, or unknown: nothing to declare.
func isPrimitive(t model.Type) bool {
	_, primitive := t.(*model.Primitive)
	return primitive || t == nil
}

// defect returns the first defect of t or of a type that it needs, or nil.
func (c *closure) defect(t model.Type) *source.Diagnostic {
	seen := map[model.Type]bool{}
	todo := []model.Type{t}
	for len(todo) > 0 {
		t := todo[0]
		todo = todo[1:]
		if seen[t] || c.sound[t] {
			continue
		}
		seen[t] = true
		if defect := ownDefect(t); defect != nil {
			return defect
		}
		todo = append(todo, needs(t)...)
	}
	for t := range seen {
		c.sound[t] = true
	}
	return nil
}

// methodDefect returns the first defect of a method or of a type that it needs, or
// nil.
func (c *closure) methodDefect(m *Method) *source.Diagnostic {
	if o := m.Operation; o != nil {
		elements := []*model.Element{&o.Element}
		for _, p := range o.Parameters {
			elements = append(elements, &p.Element)
		}
		if o.Return != nil {
			elements = append(elements, &o.Return.Element)
		}
		for _, e := range elements {
			if defect := e.Defect(); defect != nil {
				return defect
			}
		}
	}
	for _, t := range m.Needs() {
		if defect := c.defect(t); defect != nil {
			return defect
		}
	}
	return nil
}

// ownDefect returns the first defect of a type or of its parts.
func ownDefect(t model.Type) *source.Diagnostic {
	switch t := t.(type) {
	case *model.StructuredType:
		if d := t.Defect(); d != nil {
			return d
		}
		for _, p := range t.Properties {
			if d := p.Defect(); d != nil {
				return d
			}
		}
	case *model.EnumType:
		if d := t.Defect(); d != nil {
			return d
		}
		for _, m := range t.Members {
			if d := m.Defect(); d != nil {
				return d
			}
		}
	case *model.TypeDefinition:
		return t.Defect()
	}
	return nil
}

func (c *closure) wantsDerived(t *model.StructuredType) bool {
	if c.all || len(c.derived) == 0 {
		return c.all
	}
	for ; t != nil; t = t.BaseType() {
		if c.derived[t] {
			return true
		}
	}
	return false
}

func (c *closure) sorted() []model.Type {
	list := make([]model.Type, 0, len(c.types))
	for t := range c.types {
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b model.Type) int { return cmp.Compare(a.QualifiedName(), b.QualifiedName()) })
	return list
}
