package openapi

import (
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// findKeys notes the keys in paths.
func (p *parser) findKeys(n *node) {
	for _, next := range n.next() {
		if t := p.types[next.told.Name]; t != nil && next.isKey() {
			p.key(t, next)
		}
		p.findKeys(next)
	}
}

// stepToItem goes to an item of a collection.
func (p *parser) stepToItem(at place, n *node) {
	if !at.collection {
		p.leaveOut(n, "a key must follow a collection")
		return
	}
	if at.t.Kind == model.Entity {
		p.key(at.t, n)
	}
	at.collection = false
	p.note(at, n)
	p.visit(n, at)
}

// key notes the key property that a path names.
func (p *parser) key(t *model.StructuredType, n *node) {
	typeName, name := n.keyName()
	if typeName == "" || !model.IsIdentifier(name) {
		return
	}
	owner := t
	for ancestor := range p.chain(t) {
		if len(ancestor.Key) > 0 {
			return
		}
		if _, ok := p.members[ancestor][name].(*model.Property); ok {
			owner = ancestor
		}
	}
	if p.member(t, name) == nil {
		p.addMember(t, name, &model.Property{
			Name: name, Type: model.TypeRef{Name: "Edm.String", Position: n.position}, Element: model.Element{Position: n.position},
		})
	}
	owner.Key = []model.PropertyRef{{Name: name, Position: n.position}}
}

// isAlternateKey reports whether a segment such as "users(mail='{mail}')" is an
// item of a collection with another key, and not a function.
func (p *parser) isAlternateKey(at place, n *node, name string, next *node) bool {
	if isOperation(next.item) || !isResourceName(name) || at.collection {
		return false
	}
	if at.t == nil {
		return n.children[name] != nil || next.item.kind() == kindResource
	}
	_, ok := p.member(at.t, name).(*model.Navigation)
	return ok
}

// stepToAlternateKey goes to an item of a collection by another key.
func (p *parser) stepToAlternateKey(at place, n *node, name, arguments string, next *node) {
	var ref model.TypeRef
	var r *resource
	if at.t != nil {
		navigation := p.member(at.t, name).(*model.Navigation)
		ref, r = navigation.Type, p.byElement[&navigation.Element]
	} else {
		s := p.model.Container.Source(name)
		if s == nil {
			if told, ok := p.resourceType(next.item); ok {
				s = &model.NavigationSource{
					Name: name, Type: model.TypeRef{Name: told.Name, Collection: true, Position: next.position},
					Element: model.Element{Position: next.position},
				}
				p.model.Container.Sources = append(p.model.Container.Sources, s)
				p.resourceOf(&s.Element, &s.Type, next)
			}
		}
		if s != nil {
			ref, r = s.Type, p.byElement[&s.Element]
		}
	}
	t := p.types[ref.Name]
	if t == nil || !ref.Collection || t.Kind != model.Entity {
		p.leaveOut(next, "%s is not a collection of entities", name)
		return
	}
	if p.hasUnnamed(next, arguments) {
		return
	}
	var names []string
	for _, argument := range splitArguments(arguments) {
		names = append(names, argument.name)
	}
	if len(names) > 0 {
		p.alternateKey(t, names, next)
	}
	if next.item != nil && r != nil {
		r.likes = append(r.likes, likeness{next.item, true})
	}
	p.visit(next, place{resource: r, t: t})
}

// alternateKey notes an alternate key of a type.
func (p *parser) alternateKey(t *model.StructuredType, names []string, n *node) {
	for _, key := range p.alternateKeys[t] {
		if slices.Equal(key.names, names) {
			return
		}
	}
	p.alternateKeys[t] = append(p.alternateKeys[t], alternateKey{names, n.position})
}

type alternateKey struct {
	names    []string
	position source.Position
}
