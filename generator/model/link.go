package model

import (
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Link resolves the references between the elements of m, moves annotations
// to their targets, puts everything whose order carries no meaning into order
// by name, and reports what is inconsistent. Where it reports an error, m is
// not fit for use.
func Link(m *Model, ds *source.Diagnostics) {
	l := &linker{model: m, ds: ds}
	l.sort()
	l.declare()
	for _, s := range m.Schemas {
		l.schema(s)
	}
	l.container()
	l.bases()
	l.annotate()
}

// Type returns the declared or built-in type with the given qualified name,
// or nil.
func (m *Model) Type(name string) Type {
	if t, ok := m.types[name]; ok {
		return t
	}
	if p, ok := primitives[name]; ok {
		return p
	}
	return nil
}

type linker struct {
	model *Model
	ds    *source.Diagnostics
}

// declare enters all types by name, so that references can be to types that
// come later.
func (l *linker) declare() {
	l.model.types = map[string]Type{}
	first := map[string]source.Position{}
	enter := func(t Type, at source.Position) {
		name := t.QualifiedName()
		if other, taken := first[name]; taken {
			l.ds.Errorf(later(at, other), "type %s is declared twice, first at %v", name, earlier(at, other))
			return
		}
		first[name] = at
		l.model.types[name] = t
	}
	for _, s := range l.model.Schemas {
		for _, t := range s.Structured {
			t.Namespace = s.Namespace
			enter(t, t.Position)
		}
		for _, t := range s.Enums {
			t.Namespace = s.Namespace
			enter(t, t.Position)
		}
		for _, t := range s.Definitions {
			t.Namespace = s.Namespace
			enter(t, t.Position)
		}
	}
}

func (l *linker) schema(s *Schema) {
	for _, t := range s.Structured {
		if t.Base != nil {
			l.resolve(t.Base, "base type")
		}
		for _, p := range t.Properties {
			l.resolve(&p.Type, "type")
		}
		for _, n := range t.Navigation {
			l.resolve(&n.Type, "type")
			if target, ok := n.Type.Type.(*StructuredType); n.Type.Type != nil && (!ok || target.Kind != Entity) && n.Type.Name != "Edm.EntityType" {
				l.ds.Errorf(n.Type.Position, "navigation property %s has type %s, which is no entity type", n.Name, n.Type.Name)
			}
		}
	}
	for _, t := range s.Enums {
		l.unique("member", t.QualifiedName(), named(t.Members, func(m *Member) (string, source.Position) { return m.Name, m.Position }))
	}
	for _, t := range s.Definitions {
		l.resolve(&t.Underlying, "underlying type")
		if _, ok := t.Underlying.Type.(*Primitive); t.Underlying.Type != nil && !ok {
			l.ds.Errorf(t.Underlying.Position, "underlying type %s of %s is no primitive type", t.Underlying.Name, t.QualifiedName())
		}
	}
	for _, t := range s.Terms {
		l.resolve(&t.Type, "type")
	}
	for _, o := range s.Operations {
		for _, p := range o.Parameters {
			l.resolve(&p.Type, "type")
		}
		if o.Return != nil {
			l.resolve(&o.Return.Type, "return type")
		}
	}
}

func (l *linker) container() {
	c := l.model.Container
	if c == nil {
		return
	}
	l.unique("resource", c.Name, named(c.Sources, func(s *NavigationSource) (string, source.Position) { return s.Name, s.Position }))
	for _, s := range c.Sources {
		l.resolve(&s.Type, "type")
		if target, ok := s.Type.Type.(*StructuredType); s.Type.Type != nil && (!ok || target.Kind != Entity) {
			l.ds.Errorf(s.Type.Position, "%s has type %s, which is no entity type", s.Name, s.Type.Name)
		}
	}
}

func (l *linker) resolve(ref *TypeRef, what string) {
	if ref.Type = l.model.Type(ref.Name); ref.Type != nil {
		return
	}
	for _, r := range l.model.References {
		for _, include := range r.Namespaces {
			if strings.HasPrefix(ref.Name, include.Namespace+".") {
				l.ds.Errorf(ref.Position, "%s %s is declared in the referenced document %s, which is not read: put its schema into this file", what, ref.Name, r.URI)
				return
			}
		}
	}
	l.ds.Errorf(ref.Position, "%s %s is not declared", what, ref.Name)
}

// bases checks the inheritance and enters the derived types, once every
// reference is resolved.
func (l *linker) bases() {
	for _, s := range l.model.Schemas {
		for _, t := range s.Structured {
			base := t.BaseType()
			switch {
			case t.Base == nil || t.Base.Type == nil:
			case base == nil:
				l.ds.Errorf(t.Base.Position, "base type %s of %s is no structured type", t.Base.Name, t.QualifiedName())
			case base.Kind != t.Kind:
				l.ds.Errorf(t.Base.Position, "%s is %s type, its base type %s is %s type", t.QualifiedName(), article(t.Kind), t.Base.Name, article(base.Kind))
			case l.breakCycle(t):
			default:
				base.derived = append(base.derived, t)
			}
		}
	}
	for _, s := range l.model.Schemas {
		for _, t := range s.Structured {
			slices.SortFunc(t.derived, func(a, b *StructuredType) int {
				return strings.Compare(a.QualifiedName(), b.QualifiedName())
			})
			l.members(t)
		}
	}
}

// breakCycle reports whether t is its own ancestor, and cuts it off if so:
// everything after relies on the chain of base types to end.
func (l *linker) breakCycle(t *StructuredType) bool {
	chain := []string{t.QualifiedName()}
	seen := map[*StructuredType]bool{t: true}
	for b := t.BaseType(); b != nil; b = b.BaseType() {
		chain = append(chain, b.QualifiedName())
		if b == t {
			l.ds.Errorf(t.Base.Position, "%s is its own base type: %s", t.QualifiedName(), strings.Join(chain, " → "))
			t.Base = nil
			return true
		}
		if seen[b] {
			return false // a cycle further up, reported there
		}
		seen[b] = true
	}
	return false
}

// members checks that the names of properties are unique in a type and its
// base types, and that the key exists.
func (l *linker) members(t *StructuredType) {
	list := named(t.Properties, func(p *Property) (string, source.Position) { return p.Name, p.Position })
	list = append(list, named(t.Navigation, func(n *Navigation) (string, source.Position) { return n.Name, n.Position })...)
	l.unique("property", t.QualifiedName(), list)
	if base := t.BaseType(); base != nil {
		for _, e := range list {
			if base.Property(e.name) != nil {
				l.ds.Errorf(e.at, "property %s of %s is declared by a base type too", e.name, t.QualifiedName())
			} else if n, _ := base.NavigationProperty(e.name); n != nil {
				l.ds.Errorf(e.at, "property %s of %s is declared by a base type too", e.name, t.QualifiedName())
			}
		}
	}
	for _, ref := range t.Key {
		name, _, _ := strings.Cut(ref.Name, "/")
		if n, _ := t.NavigationProperty(name); t.Property(name) == nil && n == nil {
			l.ds.Errorf(ref.Position, "key property %s of %s is not declared", ref.Name, t.QualifiedName())
		}
	}
}

type element struct {
	name string
	at   source.Position
}

func named[T any](list []T, name func(T) (string, source.Position)) []element {
	elements := make([]element, len(list))
	for i, item := range list {
		elements[i].name, elements[i].at = name(item)
	}
	return elements
}

// unique reports names that occur twice, at the later position.
func (l *linker) unique(what, owner string, list []element) {
	if len(list) < 2 {
		return
	}
	first := make(map[string]source.Position, len(list))
	for _, e := range list {
		if at, taken := first[e.name]; taken {
			l.ds.Errorf(later(at, e.at), "%s %s of %s is declared twice, first at %v", what, e.name, owner, earlier(at, e.at))
			continue
		}
		first[e.name] = e.at
	}
}

func earlier(a, b source.Position) source.Position {
	if b.Line < a.Line || b.Line == a.Line && b.Column < a.Column {
		return b
	}
	return a
}

func later(a, b source.Position) source.Position {
	if earlier(a, b) == a {
		return b
	}
	return a
}

// article returns the kind as it stands in a sentence.
func article(k Kind) string {
	if k == Entity {
		return "an entity"
	}
	return "a " + string(k)
}
