package openapi

import (
	"iter"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// value is a value in a document. The zero value stands for one that is not
// there.
type value struct {
	node *yaml.Node // not an alias; nil if it is not there
	key  *yaml.Node // its name in an object, or nil
	in   *piece
}

// resolved returns the value that an alias stands for.
func (v value) resolved() value {
	for v.node != nil && v.node.Kind == yaml.AliasNode {
		v.node = v.node.Alias
	}
	return v
}

func (v value) exists() bool   { return v.node != nil }
func (v value) isObject() bool { return v.node != nil && v.node.Kind == yaml.MappingNode }
func (v value) isList() bool   { return v.node != nil && v.node.Kind == yaml.SequenceNode }
func (v value) isScalar() bool { return v.node != nil && v.node.Kind == yaml.ScalarNode && !v.isNull() }
func (v value) isNull() bool   { return v.node != nil && v.node.ShortTag() == "!!null" }
func (v value) isBool() bool   { return v.isScalar() && v.node.ShortTag() == "!!bool" }
func (v value) isString() bool { return v.isScalar() && v.node.ShortTag() == "!!str" }

// is reports what kind of value v is, for messages.
func (v value) kind() string {
	switch {
	case v.isNull():
		return "empty"
	case v.isObject():
		return "an object"
	case v.isList():
		return "a list"
	}
	return "a single value"
}

// position returns where v is: the position of its name, if it has one.
func (v value) position() source.Position {
	switch {
	case v.in == nil:
		return source.Position{}
	case v.key != nil:
		return v.in.position(v.key)
	case v.node != nil:
		return v.in.position(v.node)
	}
	return source.Position{File: v.in.doc.file}
}

// name returns the name of v in its object, or "".
func (v value) name() string {
	if v.key == nil {
		return ""
	}
	return v.key.Value
}

// text returns a single value as it is written, or "".
func (v value) text() string {
	if !v.isScalar() {
		return ""
	}
	return v.node.Value
}

// isTrue reports whether v is true, in any case.
func (v value) isTrue() bool { return strings.EqualFold(v.text(), "true") }

// items returns the items of a list.
func (v value) items() []value {
	if !v.isList() {
		return nil
	}
	list := make([]value, len(v.node.Content))
	for i, n := range v.node.Content {
		list[i] = value{node: n, in: v.in}.resolved()
	}
	return list
}

// pairs yields the members of an object as they are written: a name can occur
// twice, and merge keys of YAML are members.
func (v value) pairs() iter.Seq[value] {
	return func(yield func(value) bool) {
		if !v.isObject() {
			return
		}
		content := v.node.Content
		for i := 0; i+1 < len(content); i += 2 {
			key := value{node: content[i], in: v.in}.resolved().node
			if key.Kind == yaml.ScalarNode && !yield(value{node: content[i+1], key: key, in: v.in}.resolved()) {
				return
			}
		}
	}
}

// isMerge reports whether a member brings those of other objects
// (https://yaml.org/type/merge.html).
func (v value) isMerge() bool { return v.key.Value == "<<" && v.key.Style == 0 }

// members returns the members of an object, each name once: the first member
// of a name, and members of the object itself before those that it merges.
func (v value) members() []value {
	list, _ := v.membersAndRepeated()
	return list
}

// sortedMembers returns the members of an object in order by name.
func (v value) sortedMembers() []value {
	list := v.members()
	slices.SortFunc(list, func(a, b value) int { return strings.Compare(a.name(), b.name()) })
	return list
}

// membersAndRepeated also returns the members whose names have occurred before.
func (v value) membersAndRepeated() (list, repeated []value) {
	seen := make(map[string]bool, v.size())
	merges := false
	for m := range v.pairs() {
		switch {
		case m.isMerge():
			merges = true
		case seen[m.name()]:
			repeated = append(repeated, m)
		default:
			seen[m.name()] = true
			list = append(list, m)
		}
	}
	if merges {
		for m := range v.merged() {
			if !seen[m.name()] {
				seen[m.name()] = true
				list = append(list, m)
			}
		}
	}
	return list, repeated
}

// size returns the number of members or items of v.
func (v value) size() int {
	switch {
	case v.isObject():
		return len(v.node.Content) / 2
	case v.isList():
		return len(v.node.Content)
	}
	return 0
}

// merged yields the members that the merge keys of an object bring.
func (v value) merged() iter.Seq[value] {
	return func(yield func(value) bool) {
		for m := range v.pairs() {
			if !m.isMerge() {
				continue
			}
			sources := m.items()
			if m.isObject() {
				sources = []value{m}
			}
			for _, object := range sources {
				for _, member := range object.members() {
					if !yield(member) {
						return
					}
				}
			}
		}
	}
}

// maxScan is the number of members up to which they are looked up one by one.
const maxScan = 20

// get returns a member of an object.
func (v value) get(name string) value {
	if v.isObject() && v.size() > maxScan {
		return v.in.doc.index(v)[name]
	}
	merges := false
	for m := range v.pairs() {
		if m.name() == name {
			return m
		}
		merges = merges || m.isMerge()
	}
	if merges {
		for m := range v.merged() {
			if m.name() == name {
				return m
			}
		}
	}
	return value{}
}

// index returns the members of a large object by name.
func (d *document) index(v value) map[string]value {
	index, ok := d.indexes[v.node]
	if !ok {
		list := v.members()
		index = make(map[string]value, len(list))
		for _, m := range list {
			index[m.name()] = m
		}
		d.indexes[v.node] = index
	}
	return index
}

// sameContent reports whether two values say the same, whatever the order of
// their members.
func sameContent(a, b value) bool {
	switch {
	case a.isObject() && b.isObject():
		x, y := a.members(), b.members()
		if len(x) != len(y) {
			return false
		}
		for _, m := range x {
			if other := b.get(m.name()); !other.exists() || !sameContent(m, other) {
				return false
			}
		}
		return true
	case a.isList() && b.isList():
		x, y := a.items(), b.items()
		if len(x) != len(y) {
			return false
		}
		for i := range x {
			if !sameContent(x[i], y[i]) {
				return false
			}
		}
		return true
	}
	return a.kind() == b.kind() && a.text() == b.text() && a.isString() == b.isString()
}

// getFold returns a member of an object, whatever the case of its name.
func (v value) getFold(name string) value {
	for _, m := range v.members() {
		if strings.EqualFold(m.name(), name) {
			return m
		}
	}
	return value{}
}
