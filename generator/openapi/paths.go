package openapi

import (
	"net/http"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// containerName is how the service calls its entity container. OpenAPI has no
// place for it.
const containerName = "GraphService"

// paths makes the entity container of the paths, and adds what they tell of
// navigation properties and keys.
func (p *parser) paths(m *model.Model, root *node) {
	if len(root.children) == 0 {
		return
	}
	p.keys(root)
	m.Container = &model.Container{Namespace: p.namespace, Name: containerName, Position: root.next()[0].position}
	for _, n := range root.next() {
		ref, ok := p.target(n)
		if !ok {
			continue
		}
		s := &model.NavigationSource{Name: n.segment, Type: ref, Position: n.position}
		m.Container.Sources = append(m.Container.Sources, s)
		p.describe(s, ref, n)
		p.follow(m, ref, n)
	}
	p.settle()
}

// keys notes the keys that paths name, whether these are read or not.
func (p *parser) keys(n *node) {
	for _, next := range n.next() {
		if typeName, _ := next.keyName(); next.isKey() && p.types[p.qualified(typeName)] != nil {
			p.key(p.types[p.qualified(typeName)], next)
		}
		p.keys(next)
	}
}

// follow goes on from a resource whose type is known to those behind it.
func (p *parser) follow(m *model.Model, ref model.TypeRef, n *node) {
	t := p.typeNamed(m, ref.Name, n)
	if !ref.Collection {
		p.properties(m, t, n)
		return
	}
	for _, next := range n.next() {
		item := p.pathItem(next)
		switch {
		case next.isKey():
			p.key(t, next)
			p.properties(m, t, next)
		case item != nil && next.isName() && !isOperation(item):
			p.warnf(next.position, "the path %s is left out: a key must follow a collection", next.path)
		}
	}
}

// properties goes on to what follows a single entity of a type.
func (p *parser) properties(m *model.Model, t *model.StructuredType, n *node) {
	for _, next := range n.next() {
		if next.isKey() {
			p.warnf(next.position, "the path %s is left out: a key must follow a collection", next.path)
			continue
		}
		p.property(m, t, next)
	}
}

// property goes on to a navigation property of a type.
func (p *parser) property(m *model.Model, t *model.StructuredType, n *node) {
	var navigation *model.Navigation
	switch property := p.member(t, n.segment).(type) {
	case *model.Property:
		return // a path to a structural property
	case *model.Navigation:
		navigation = property
	default:
		ref, ok := p.target(n)
		if !ok {
			return
		}
		navigation = &model.Navigation{Name: n.segment, Type: ref, Position: n.position}
		p.addMember(t, n.segment, navigation)
	}
	if n.children["$ref"] != nil {
		// Only what lives elsewhere has references that can be changed.
		navigation.ContainsTarget = model.No
	}
	p.describe(navigation, navigation.Type, n)
	p.follow(m, navigation.Type, n)
}

// describe notes what a path says of the resource that it leads to: of a
// *model.NavigationSource or a *model.Navigation.
func (p *parser) describe(element any, ref model.TypeRef, n *node) {
	r := p.resources.at(element, n)
	r.wanted = r.wanted || p.wanted == nil || p.wanted(n.path)
	if n.item == nil || !ref.Collection || !slices.Contains(n.item.verbs, http.MethodPost) {
		return
	}
	item := p.pathItem(n)
	isRead := item != nil && item.Post != nil
	if isRead && !p.takes(item.Post, ref, n) {
		return
	}
	if r.create == nil {
		r.create = n.item
	}
	if isRead && r.read == nil {
		r.read = n.item
		r.status, _ = success(item.Post)
		r.annotations = p.createAnnotations(item.Post)
	}
}

// typeNamed returns the entity type with a name. If the document has none, it
// has just the way to the resources behind it.
func (p *parser) typeNamed(m *model.Model, name string, n *node) *model.StructuredType {
	if t := p.types[name]; t != nil {
		return t
	}
	t := &model.StructuredType{Namespace: namespaceOf(name), Name: simpleName(name), Kind: model.Entity, Position: n.position}
	p.addType(m, t)
	return t
}

// key notes the key property that a path names.
func (p *parser) key(t *model.StructuredType, n *node) {
	typeName, name := n.keyName()
	if typeName == "" || !isIdentifier(name) {
		return
	}
	owner := t
	for _, ancestor := range p.chain(t) {
		if len(ancestor.Key) > 0 {
			return
		}
		if _, ok := p.members[ancestor][name].(*model.Property); ok {
			owner = ancestor
		}
	}
	if p.member(t, name) == nil {
		p.addMember(t, name, &model.Property{
			Name: name, Type: model.TypeRef{Name: "Edm.String", Position: n.position}, Position: n.position,
		})
	}
	owner.Key = []model.PropertyRef{{Name: name, Position: n.position}}
}
