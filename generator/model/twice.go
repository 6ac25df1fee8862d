package model

import (
	"bytes"
	"encoding/json/v2"
	"slices"
)

// once removes the elements that repeat a name from a list. Elements without a
// name stay.
func once[E any](list []*E, what string, named func(*E) (string, *Element)) []*E {
	first := make(map[string]*E, len(list))
	return slices.DeleteFunc(list, func(item *E) bool {
		name, e := named(item)
		before, taken := first[name]
		if name == "" || !taken {
			first[name] = item
			return false
		}
		_, earlier := named(before)
		twice(earlier, e, what+name, saysTheSame(before, item))
		return true
	})
}

// twice adds a problem to e: another element has its name. It is a defect unless
// both have the same content. The problem is at the later of the two positions.
func twice(e, other *Element, what string, same bool) {
	first, second := e.Position, other.Position
	if second.Compare(first) < 0 {
		first, second = second, first
	}
	if same {
		e.Warnf(second, "%s is declared twice, with the same content as at %v", what, first)
	} else {
		e.Defectf(second, "%s is declared twice, with other content at %v: remove one of the declarations", what, first)
	}
	e.Position = first
}

// checkName adds a defect to an imported action that has the name of a type: all that is
// known by this name would be the type's. Graph has bound operations like that, which are
// known by the type that they are bound to, too.
func (l *linker) checkName(o *Operation) {
	name := o.Namespace + "." + o.Name
	if t := l.model.types[name]; t != nil && !o.Function && o.Defect() == nil {
		o.Defectf(o.Position, "action %s is declared twice, at %v as a type: remove one of the declarations", name, t.Pos())
	}
}

// saysTheSame reports whether two elements have the same content. Positions,
// problems and resolved references, which JSON leaves out, do not count.
func saysTheSame(a, b any) bool {
	x, errX := json.Marshal(a, json.Deterministic(true))
	y, errY := json.Marshal(b, json.Deterministic(true))
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// elementOf returns the element of a declared type.
func elementOf(t Type) *Element {
	switch t := t.(type) {
	case *StructuredType:
		return &t.Element
	case *EnumType:
		return &t.Element
	case *TypeDefinition:
		return &t.Element
	}
	return &Element{}
}
