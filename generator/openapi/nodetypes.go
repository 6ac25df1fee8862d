package openapi

import (
	"net/http"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// findNodeTypes notes the structured types that the paths through n lead to. The
// name of a key, such as {identity-id}, is the last resort: types of several
// namespaces can have it. Owner is the type that n follows, or "".
func (p *parser) findNodeTypes(n *node, owner string) {
	name, _, called := strings.Cut(n.segment, "(")
	declared, isDeclared := p.declaredType(owner, name)
	switch {
	case n.isKey():
		if n.told.Name = owner; owner == "" {
			n.told.Name = p.undeclaredType(n, []*node{n}).Name
		}
	case called && isDeclared: // an item by an alternate key
		n.told.Name = declared.Name
	case called, isOperation(n.item):
		if told, ok := p.resourceType(n.item); ok {
			n.told.Name = told.Name
		}
	case isDeclared:
		n.told = declared
	case isResourceName(name):
		n.told = p.undeclaredType(n, n.keys())
	case p.isStructuredName(p.qualified(name)): // a type cast
		n.told = model.TypeRef{Name: p.qualified(name), Collection: true}
	}
	for _, next := range n.next() {
		owner := n.told.Name
		if next.isKey() && !n.told.Collection {
			owner = ""
		}
		p.findNodeTypes(next, owner)
	}
}

// declaredType returns the structured type of a property that a schema or one of
// those that it extends declares.
func (p *parser) declaredType(owner, property string) (model.TypeRef, bool) {
	for n := 0; n <= maxBases && owner != ""; n++ {
		for _, part := range p.parts(p.schemas[owner]) {
			if v := part.get("properties").get(property); v.exists() {
				ref := p.typeOf(v).ref
				return ref, p.isStructuredName(ref.Name)
			}
		}
		owner = p.bases[owner]
	}
	return model.TypeRef{}, false
}

// undeclaredType returns the type of a resource that no schema declares: the one
// that a GET of it or of its items answers, or else the schema that a key names, or
// else the one that other requests have. A POST to a collection can take a type of
// its own.
func (p *parser) undeclaredType(n *node, keys []*node) model.TypeRef {
	items := []*pathItem{n.item}
	for _, key := range keys {
		items = append(items, key.item)
	}
	name, _ := p.keyType(keys)
	ref, ok := p.firstType(items, p.readType)
	switch {
	case ok:
	case p.schemas[name].exists():
		ref.Name = name
	default:
		ref, _ = p.firstType(items, p.resourceType)
	}
	ref.Collection = ref.Collection || len(keys) > 0
	return ref
}

// firstType returns the first type that a function finds in path items.
func (p *parser) firstType(items []*pathItem, find func(*pathItem) (model.TypeRef, bool)) (model.TypeRef, bool) {
	for _, i := range items {
		if ref, ok := find(i); ok {
			return ref, true
		}
	}
	return model.TypeRef{}, false
}

// keyType returns the type that a key names, or "". If types of several namespaces
// have the name, the key names none of them: they are returned instead.
func (p *parser) keyType(keys []*node) (typeName string, several []string) {
	for _, key := range keys {
		name, _ := key.keyName()
		if types := p.simpleNames[name]; len(types) > 1 {
			several = types
		} else if name != "" && isTypeName(p.qualified(name)) {
			return p.qualified(name), nil
		}
	}
	return "", several
}

// typeAt returns the type of the resource that a node stands for. If neither its
// requests nor a key give it, the type is assumed to have the name of the key or
// of the resource; if one of them would, but cannot be read, the resource has a
// defect.
func (p *parser) typeAt(n *node) model.TypeRef {
	ref := n.told
	ref.Position = n.position
	if ref.Name != "" {
		return ref
	}
	name, several := p.keyType(n.keys())
	if ref.Name = name; name == "" && several == nil {
		ref.Name, several = p.qualified(n.segment), p.simpleNames[n.segment]
		if len(several) < 2 {
			several = nil
		}
	}
	at, problem := p.brokenContent(n.item)
	switch {
	case problem != "":
		ref.Name = name
		p.defectf(at, "the document does not give the type of %s: %s", n.path, problem)
	case several != nil:
		ref.Name = ""
		p.defectf(n.position, "the document does not give the type of %s: it can be %s; describe a GET of it with its response",
			n.path, strings.Join(several, " or "))
	case name == "":
		p.warnf(n.position, "the document does not give the type of %s: %s is assumed", n.path, ref.Name)
	}
	return ref
}

// findEntities decides which schemas are entity types: those that have a key
// in a path, that a navigation property, a path of one segment or a create
// leads to, or that are called entity, and all types related to one of these.
func (p *parser) findEntities(root *node) {
	for _, n := range root.next() {
		p.findNodeTypes(n, "")
	}
	related := map[string]bool{} // by the last base type
	add := func(name string) {
		if _, ok := p.schemas[name]; ok {
			related[p.roots[name]] = true
		}
	}
	for _, name := range p.names {
		if simpleName(name) == "entity" {
			add(name)
		}
		for _, part := range p.parts(p.schemas[name]) {
			for _, property := range part.get("properties").members() {
				if isNavigation(property) {
					add(p.typeOf(property).ref.Name)
				}
			}
		}
	}
	var visit func(n *node)
	visit = func(n *node) {
		for _, next := range n.children {
			switch {
			case next.isKey():
				add(next.told.Name)
			case !isResourceName(next.segment):
			case n == root:
				add(next.told.Name)
			case len(next.keys()) == 0 && next.item.has(http.MethodPost) && !next.item.has(http.MethodGet):
				ref, _ := p.createdType(next.item)
				add(ref.Name)
			}
			visit(next)
		}
	}
	visit(root)
	for _, name := range p.names {
		p.entities[name] = related[p.roots[name]] && p.roleOf(name) == roleStructured
	}
}
