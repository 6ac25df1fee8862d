package model

import (
	"slices"
	"strings"
)

// inherit checks the inheritance and enters the derived types, in the order of
// all types, once every reference is resolved.
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

// extended returns the base type of t. If t cannot extend it, that is a defect
// of t, which then has no base type.
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

// article returns the kind as it stands in a sentence.
func article(k Kind) string {
	if k == Entity {
		return "an entity"
	}
	return "a " + string(k)
}

// breakCycles finds types that are their own ancestors, and cuts one type of
// each cycle off: everything after it relies on the chain of base types to end.
func (l *linker) breakCycles() {
	// Each type is walked through once: what an earlier walk came to is known
	// to end.
	walks := map[*StructuredType]*StructuredType{} // to where the walk began
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

// cutCycle takes the base type from t, which is in a cycle.
func cutCycle(t *StructuredType) {
	const most = 20 // a chain of names that is still of use
	chain := []string{t.QualifiedName()}
	for base := t.BaseType(); base != t && len(chain) < most; base = base.BaseType() {
		chain = append(chain, base.QualifiedName())
	}
	t.Defectf(t.Base.Position, "%s is its own base type: %s", t.QualifiedName(), strings.Join(append(chain, t.QualifiedName()), " → "))
	t.Base = nil
}

// checkProperties checks that the names of properties are unique in a type and
// its base types together, and that the properties of keys are declared.
func checkProperties(roots []*StructuredType) {
	// The types below a type see the names that it has entered. A list takes
	// the place of recursion: a hostile chain of base types can be longer than
	// the stack allows.
	type visit struct {
		t     *StructuredType
		leave bool
	}
	var todo []visit
	for _, t := range roots {
		todo = append(todo, visit{t: t})
	}
	names := properties{}
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

// property is a structural property or a navigation property, and the type that
// declares it.
type property struct {
	owner   *StructuredType
	content any
	element *Element
}

// properties are those that a type declares or inherits, by name.
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
	}
}

// declare enters a property and reports whether it stays: of two in one type
// the first one does, and one that repeats what a base type says does not.
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
