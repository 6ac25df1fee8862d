package model

import (
	"bytes"
	"encoding/json/v2"
	"slices"
)

// once returns the elements of a list, in which a name occurs twice at most by
// mistake, with each name once. Elements without a name stay.
func once[E any](list []*E, what string, named func(*E) (string, *Element)) []*E {
	first := make(map[string]*E, len(list))
	return slices.DeleteFunc(list, func(item *E) bool {
		name, e := named(item)
		before, taken := first[name]
		if name == "" || !taken {
			first[name] = item
			return false
		}
		_, kept := named(before)
		twice(kept, e, what+name, saysTheSame(before, item))
		return true
	})
}

// twice adds to the element kept that another one has its name. That is a
// defect unless both say the same. The position is the later one: the two are
// in no order.
func twice(kept, other *Element, what string, same bool) {
	first, second := kept.Position, other.Position
	if second.Compare(first) < 0 {
		first, second = second, first
	}
	if same {
		kept.Warnf(second, "%s is declared twice, with the same content as at %v", what, first)
	} else {
		kept.Defectf(second, "%s is declared twice, with other content at %v: remove one of the declarations", what, first)
	}
	kept.Position = first
}

// saysTheSame reports whether two elements have the same content, whatever
// their positions.
func saysTheSame(a, b any) bool {
	// Neither has anything that JSON cannot hold, or that belongs to Link alone.
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
