package openapi

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// target returns the type of the resource that a node stands for, as its paths
// tell: by a key, or by what its operations answer. Where that was read and
// tells nothing, the type is taken to have the name of the resource; where it
// was not read, the resource is not needed.
func (p *parser) target(n *node) (ref model.TypeRef, ok bool) {
	if !n.isName() {
		if !n.isOther() {
			p.warnf(n.position, "the path %s is left out: %q is no identifier", n.path, n.segment)
		}
		return ref, false
	}
	if isOperation(p.pathItem(n)) {
		return ref, false
	}
	ref, known := p.keyed(n)
	if !known {
		answered, ok := p.answer(n)
		switch {
		case ok:
			ref.Name, ref.Collection = answered.Name, answered.Collection || ref.Collection
		case p.wanted != nil && !p.wanted(n.path):
			return ref, false
		default:
			ref.Name = p.qualified(n.segment)
			p.warnf(n.position, "nothing tells the type of %s: it is taken to be %s", n.path, ref.Name)
		}
	}
	if p.component(ref.Name) != nil && p.roleOf(ref.Name) != roleNone && !p.entities[ref.Name] {
		p.warnf(n.position, "the path %s is left out: its type %s is no entity type", n.path, ref.Name)
		return ref, false
	}
	return ref, true
}

// keyed returns the type that a key tells, as far as one does.
func (p *parser) keyed(n *node) (ref model.TypeRef, ok bool) {
	ref.Position = n.position
	for _, key := range n.keys() {
		ref.Collection = true
		if name, _ := key.keyName(); name != "" && isTypeName(p.qualified(name)) {
			ref.Name = p.qualified(name)
			return ref, true
		}
	}
	return ref, false
}

// answer returns the type that the operations of a node tell.
func (p *parser) answer(n *node) (model.TypeRef, bool) {
	item := p.pathItem(n)
	if item == nil || item.Get == nil {
		return model.TypeRef{}, false
	}
	_, content := success(item.Get)
	media := jsonContent(content)
	if media == nil || media.Schema == nil || media.Schema.Value == nil {
		return model.TypeRef{}, false
	}
	if t := p.typeOf(media.Schema); p.roleOf(t.ref.Name) == roleStructured {
		return t.ref, true
	}
	// The page of a collection, which may extend another schema.
	for _, part := range parts(media.Schema.Value) {
		value := part.Properties["value"]
		if value == nil {
			continue
		}
		if t := p.typeOf(value); t.ref.Collection && p.roleOf(t.ref.Name) == roleStructured {
			return t.ref, true
		}
	}
	return model.TypeRef{}, false
}

// pathItem returns what a node's path holds, or nil if that is not read.
func (p *parser) pathItem(n *node) *openapi3.PathItem {
	if n.item == nil {
		return nil
	}
	return p.doc.Paths.Value(n.item.path)
}
