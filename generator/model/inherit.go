package model

import (
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// inherit checks the inheritance and enters the derived types, in the order of
// all types, once every reference is resolved.
func (l *linker) inherit() {
	l.breakCycles()
	var roots []*StructuredType
	for _, s := range l.model.Schemas {
		for _, t := range s.Structured {
			if base := l.base(t); base != nil {
				base.derived = append(base.derived, t)
			} else {
				roots = append(roots, t)
			}
		}
	}
	l.members(roots)
}

// base returns the base type of t if t can extend it, and else reports why it
// cannot.
func (l *linker) base(t *StructuredType) *StructuredType {
	base := t.BaseType()
	switch {
	case t.Base == nil || t.Base.Type == nil:
		return nil
	case base == nil:
		l.ds.Errorf(t.Base.Position, "base type %s of %s is no structured type", t.Base.Name, t.QualifiedName())
		return nil
	case base.Kind != t.Kind:
		l.ds.Errorf(t.Base.Position, "%s is %s type, its base type %s is %s type", t.QualifiedName(), article(t.Kind), t.Base.Name, article(base.Kind))
		return nil
	}
	return base
}

// article returns the kind as it stands in a sentence.
func article(k Kind) string {
	if k == Entity {
		return "an entity"
	}
	return "a " + string(k)
}

// breakCycles reports types that are their own ancestors, and cuts one of each
// cycle off: everything after relies on the chain of base types to end.
func (l *linker) breakCycles() {
	// Each type is walked through once; what an earlier walk came to is
	// known to end.
	walks := map[*StructuredType]*StructuredType{} // to where the walk began
	for _, s := range l.model.Schemas {
		for _, start := range s.Structured {
			for t := start; t != nil && walks[t] == nil; t = t.BaseType() {
				walks[t] = start
				if base := t.BaseType(); base != nil && walks[base] == start {
					l.cut(base)
				}
			}
		}
	}
}

// cut takes the base type from t, which is in a cycle.
func (l *linker) cut(t *StructuredType) {
	chain := []string{t.QualifiedName()}
	for base := t.BaseType(); base != t; base = base.BaseType() {
		chain = append(chain, base.QualifiedName())
	}
	chain = append(chain, t.QualifiedName())
	l.ds.Errorf(t.Base.Position, "%s is its own base type: %s", t.QualifiedName(), strings.Join(chain, " → "))
	t.Base = nil
}

// members checks that the names of properties are unique in a type and its
// base types together, and that keys are of properties.
func (l *linker) members(roots []*StructuredType) {
	// What is visited below a type sees the names that its base types have
	// entered. A list takes the place of recursion, as a hostile chain of
	// base types can be longer than the stack allows.
	type visit struct {
		t     *StructuredType
		leave bool
	}
	var todo []visit
	for _, t := range roots {
		todo = append(todo, visit{t: t})
	}
	names := &members{ds: l.ds, declared: map[string]member{}}
	for len(todo) > 0 {
		v := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if v.leave {
			names.leave(v.t)
			continue
		}
		names.enter(v.t)
		todo = append(todo, visit{v.t, true})
		for _, t := range v.t.derived {
			todo = append(todo, visit{t: t})
		}
	}
}

// member is where a property is declared.
type member struct {
	owner *StructuredType
	at    source.Position
}

// members are the properties that a type declares or inherits, by name.
type members struct {
	ds       *source.Diagnostics
	declared map[string]member
}

func (m *members) enter(t *StructuredType) {
	for _, p := range t.Properties {
		m.declare(t, p.Name, p.Position)
	}
	for _, n := range t.Navigation {
		m.declare(t, n.Name, n.Position)
	}
	for _, ref := range t.Key {
		name, _, _ := strings.Cut(ref.Name, "/")
		if _, ok := m.declared[name]; !ok && name != "" {
			m.ds.Errorf(ref.Position, "key property %s of %s is not declared", ref.Name, t.QualifiedName())
		}
	}
}

func (m *members) declare(t *StructuredType, name string, at source.Position) {
	if name == "" {
		return
	}
	other, taken := m.declared[name]
	switch {
	case !taken:
		m.declared[name] = member{t, at}
	case other.owner == t:
		twice(m.ds, "property", t.QualifiedName()+"/"+name, other.at, at)
	default:
		m.ds.Errorf(at, "property %s of %s is declared by its base type %s too, at %v", name, t.QualifiedName(), other.owner.QualifiedName(), other.at)
	}
}

func (m *members) leave(t *StructuredType) {
	for _, p := range t.Properties {
		m.forget(t, p.Name)
	}
	for _, n := range t.Navigation {
		m.forget(t, n.Name)
	}
}

func (m *members) forget(t *StructuredType, name string) {
	if m.declared[name].owner == t {
		delete(m.declared, name)
	}
}
