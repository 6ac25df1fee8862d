package model

import (
	"slices"
	"strings"
)

// inherit checks the base types, which are resolved, and lists the derived types
// of each type, sorted by namespace and name.
func (l *linker) inherit() {
	l.breakCycles()
	var roots []*StructuredType
	for _, s := range l.model.Schemas {
		for _, t := range s.Structured {
			if base := extended(t); base != nil {
				base.derived = append(base.derived, t)
			} else {
				roots = append(roots, t)
			}
		}
	}
	checkProperties(roots)
}

// extended returns the base type of t, or nil. If t cannot extend its base type,
// extended removes it and adds a defect to t.
func extended(t *StructuredType) *StructuredType {
	base := t.BaseType()
	switch {
	case t.Base == nil || t.Base.Type == nil:
	case base == nil:
		t.Defectf(t.Base.Position, "the base type %s of %s is not a structured type", t.Base.Name, t.QualifiedName())
	case base.Kind != t.Kind:
		t.Defectf(t.Base.Position, "%s is %s type, its base type %s is %s type", t.QualifiedName(), article(t.Kind), t.Base.Name, article(base.Kind))
		t.Base = nil
		return nil
	}
	return base
}

// article returns the kind with its article.
func article(k Kind) string {
	if k == Entity {
		return "an entity"
	}
	return "a " + string(k)
}

// breakCycles removes one base type from each cycle of base types: all other
// code relies on the chain of base types to end.
func (l *linker) breakCycles() {
	// The walk from each type stops at types that an earlier walk has visited:
	// their chains are known to end.
	walks := map[*StructuredType]*StructuredType{} // to the start of the walk
	for _, s := range l.model.Schemas {
		for _, start := range s.Structured {
			for t := start; t != nil && walks[t] == nil; t = t.BaseType() {
				walks[t] = start
				if base := t.BaseType(); base != nil && walks[base] == start {
					cutCycle(base)
				}
			}
		}
	}
}

// cutCycle removes the base type of t, which is part of a cycle.
func cutCycle(t *StructuredType) {
	const maxShown = 20
	chain := []string{t.QualifiedName()}
	for base := t.BaseType(); base != t && len(chain) < maxShown; base = base.BaseType() {
		chain = append(chain, base.QualifiedName())
	}
	t.Defectf(t.Base.Position, "%s is its own base type: %s", t.QualifiedName(), strings.Join(append(chain, t.QualifiedName()), " → "))
	t.Base = nil
}

// maxBases is the greatest number of base types above a type. Graph needs fewer
// than 10. The code that is generated for a type grows with their number.
const maxBases = 100

// checkProperties checks that no type redeclares a property of a base type, that
// the properties of keys are declared, and that no chain of base types is too long.
func checkProperties(roots []*StructuredType) {
	// A type enters its names before its derived types are visited, and removes
	// them afterwards. A list replaces recursion: a chain of base types in a bad
	// source can be longer than the stack allows.
	type visit struct {
		t     *StructuredType
		leave bool
	}
	var todo []visit
	names := properties{}
	for depth := 0; len(todo)+len(roots) > 0; {
		if len(todo) == 0 {
			todo, roots = append(todo, visit{t: roots[0]}), roots[1:]
		}
		v := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if v.leave {
			names.leave(v.t)
			depth--
			continue
		}
		names.enter(v.t)
		depth++
		if depth > maxBases {
			roots = append(roots, cutDerived(v.t)...)
		}
		todo = append(todo, visit{v.t, true})
		for _, t := range v.t.derived {
			todo = append(todo, visit{t: t})
		}
	}
}

// cutDerived removes the base type of the types derived from t, whose chain of base
// types is too long, and returns them.
func cutDerived(t *StructuredType) []*StructuredType {
	cut := t.derived
	for _, d := range cut {
		d.Defectf(d.Base.Position, "%s has more than %d base types: extend a type further up", d.QualifiedName(), maxBases)
		d.Base = nil
	}
	t.derived = nil
	return cut
}

// property is a structural property or a navigation property with the type that
// declares it.
type property struct {
	owner   *StructuredType
	content any
	element *Element
}

// properties are the properties that a type declares or inherits, by name.
type properties map[string]property

func (names properties) enter(t *StructuredType) {
	t.Properties = slices.DeleteFunc(t.Properties, func(p *Property) bool {
		return p.Name != "" && !names.declare(p.Name, property{t, p, &p.Element})
	})
	t.Navigation = slices.DeleteFunc(t.Navigation, func(n *Navigation) bool {
		return n.Name != "" && !names.declare(n.Name, property{t, n, &n.Element})
	})
	for _, ref := range t.Key {
		name, _, _ := strings.Cut(ref.Name, "/")
		if _, ok := names[name]; !ok && name != "" {
			t.Defectf(ref.Position, "key property %s of %s is not declared", ref.Name, t.QualifiedName())
		}
		if p := t.PropertyAt(ref.Name); p != nil && (p.Type.Collection || isStructured(p.Type)) {
			t.Defectf(ref.Position, "key property %s of %s is of type %s: no address can hold it; name a primitive property", ref.Name, t.QualifiedName(), p.Type)
		}
	}
}

func isStructured(ref TypeRef) bool {
	_, ok := ref.Type.(*StructuredType)
	return ok
}

// declare enters a property and reports whether its type keeps it. The type drops
// a second property of the same name, and one that repeats a property of a base
// type.
func (names properties) declare(name string, p property) bool {
	first, taken := names[name]
	if !taken {
		names[name] = p
		return true
	}
	qualified := "property " + p.owner.QualifiedName() + "/" + name
	same := saysTheSame(first.content, p.content)
	switch {
	case first.owner == p.owner:
		twice(first.element, p.element, qualified, same)
		return false
	case same:
		p.owner.Warnf(p.element.Position, "%s repeats that of the base type %s at %v", qualified, first.owner.QualifiedName(), first.element.Position)
		return false
	}
	p.element.Defectf(p.element.Position, "%s is declared by the base type %s too, with other content at %v",
		qualified, first.owner.QualifiedName(), first.element.Position)
	return true
}

func (names properties) leave(t *StructuredType) {
	for _, p := range t.Properties {
		names.forget(t, p.Name)
	}
	for _, n := range t.Navigation {
		names.forget(t, n.Name)
	}
}

func (names properties) forget(t *StructuredType, name string) {
	if names[name].owner == t {
		delete(names, name)
	}
}
