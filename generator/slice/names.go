package slice

import (
	"maps"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// Go names are decided over the whole model. Where two elements would have the
// same one, the second gets a number: so a slice has to hold the first too.
//
// Names are by their key: "microsoft.graph.user" for a type,
// "microsoft.graph.user/messages" for a member of it, with a third part for a
// text that a property takes, "users" for an entity set, and "/{}" at the end
// for an item of a collection. Behind a colon, as in
// "microsoft.graph.user:messages", names are unique in their type only.

// Matter says whose names have to be as in the whole.
func (p *Part) Matter(keys ...string) {
	for _, key := range keys {
		p.matters[key] = true
	}
}

// Settle compares the names that the whole gives with those that the part
// gives as it is. Where one that matters differs, it has the part know the
// element that takes the name in the whole. It reports whether that changed
// anything: then there are other names to compare.
func (p *Part) Settle(whole, part map[string]string) (changed bool) {
	var owners, rivals map[string][]string // made only if they are needed
	for _, key := range slices.Sorted(maps.Keys(p.matters)) {
		if whole[key] == part[key] {
			continue
		}
		if owners == nil {
			owners, rivals = byName(whole), byName(part)
		}
		// Either an element has the name in the whole, or one has taken, in
		// the part, the name that the whole gives.
		for _, owner := range slices.Concat(owners[part[key]], rivals[whole[key]]) {
			if owner != key && !p.matters[owner] && p.meet(key, owner) {
				p.Matter(owner)
				p.Add(owner)
				changed = true
			}
		}
	}
	return changed
}

// byName returns the keys that have a name, in order. The methods that convert
// to a type have "As" before its name.
func byName(names map[string]string) map[string][]string {
	keys := map[string][]string{}
	for _, key := range slices.Sorted(maps.Keys(names)) {
		name := names[key]
		keys[name] = append(keys[name], key)
		if !strings.ContainsAny(key, ":/") {
			keys["As"+name] = append(keys["As"+name], key)
		}
	}
	return keys
}

// meet reports whether two elements cannot have the same name: an element of a
// package and another; a member of a type and one of a relative, or a relative.
func (p *Part) meet(key, owner string) bool {
	t, _, member := strings.Cut(key, ":")
	u, _, otherMember := strings.Cut(owner, ":")
	if !member {
		return !otherMember
	}
	a, _ := p.whole.Type(t).(*model.StructuredType)
	b, _ := p.whole.Type(u).(*model.StructuredType)
	if a == nil || b == nil {
		return t == u
	}
	return descends(a, b) || descends(b, a)
}

// descends reports whether t is base or derived from it.
func descends(t, base *model.StructuredType) bool {
	for ; t != nil; t = t.BaseType() {
		if t == base {
			return true
		}
	}
	return false
}

// Add has the part know the element that has a key.
func (p *Part) Add(key string) {
	head, rest, _ := strings.Cut(strings.Replace(key, ":", "/", 1), "/")
	name, _, _ := strings.Cut(rest, "/")
	switch t := p.whole.Type(head).(type) {
	case *model.StructuredType:
		p.structuredType(t)
		p.Property(t, name)
		p.Navigation(t, name)
	case *model.EnumType:
		p.enumType(t)
		p.Member(t, name)
	case nil:
		if head == "" { // ":users", the method that leads to users
			head = name
		}
		p.Source(p.whole.Container.Source(head))
	default:
		p.Type(t)
	}
}
