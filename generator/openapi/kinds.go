package openapi

import (
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// role is what a schema is in terms of OData.
type role int

const (
	roleNone       role = iota // no type: an array, a collection response, an error
	roleStructured             // an entity type or a complex type
	roleEnum
	roleDefinition // a primitive type under another name
)

// roleOf tells what to make of the schema with a name.
func (p *parser) roleOf(name string) role {
	s := p.component(name)
	switch {
	case s == nil || isHelper(name, s) || !isTypeName(name):
		return roleNone
	case isStructured(s):
		return roleStructured
	case len(s.Enum) > 0:
		return roleEnum
	case len(s.Type.Slice()) > 0 && !s.Type.Includes("array"):
		return roleDefinition
	default:
		return roleNone
	}
}

func isStructured(s *openapi3.Schema) bool {
	return s.Type.Includes("object") || len(s.Properties) > 0 || len(s.AllOf) > 0
}

// isHelper reports whether a schema stands for no type of the service: its
// name has no namespace or that of OData, or it is the page of a collection.
func isHelper(name string, s *openapi3.Schema) bool {
	namespace := namespaceOf(name)
	return namespace == "" || namespace == "odata" || strings.HasPrefix(namespace, "odata.") ||
		strings.HasSuffix(namespace, ".ODataErrors") || strings.HasPrefix(s.Title, "Collection of ")
}

// style finds out what the document can say, and its default namespace: the
// one with most schemas.
func (p *parser) style() {
	p.saysNull = p.doc.IsOpenAPI31OrLater()
	count := map[string]int{}
	for _, name := range p.names() {
		s := p.component(name)
		if s == nil {
			continue
		}
		if p.roleOf(name) != roleNone {
			count[namespaceOf(name)]++
		}
		for _, part := range parts(s) {
			for _, property := range part.Properties {
				if property != nil && property.Value != nil && property.Ref == "" && slices.ContainsFunc(property.Value.AnyOf, isNull) {
					p.saysNull = true
				}
			}
		}
	}
	for _, namespace := range slices.Sorted(maps.Keys(count)) {
		if count[namespace] > count[p.namespace] {
			p.namespace = namespace
		}
	}
	if p.namespace == "" {
		p.namespace = "microsoft.graph"
	}
}

// maxBases is how many types may extend each other in a row: in the metadata
// of Graph they are fewer than 10.
const maxBases = 100

// inherit finds the base types. It reports a chain of them that is too long,
// and then returns false.
func (p *parser) inherit() bool {
	for _, name := range p.names() {
		if s := p.component(name); s != nil && p.roleOf(name) == roleStructured {
			if bases := baseOf(s); len(bases) > 0 {
				p.bases[name] = p.nameOf(bases[0])
			}
		}
	}
	for _, name := range p.names() {
		if len(p.ancestry(name)) > maxBases+1 {
			p.ds.Errorf(p.position(p.components()[name].Origin), "%s has more than %d base types", name, maxBases)
			return false
		}
	}
	return true
}

// ancestry returns the names of a schema and of those that it extends.
func (p *parser) ancestry(name string) []string {
	var list []string
	for name != "" && len(list) <= maxBases+1 && !slices.Contains(list, name) {
		list = append(list, name)
		name = p.bases[name]
	}
	return list
}

// kinds decides which schemas are entity types: those that have a key in a
// path, that a navigation property or a path of one segment leads to, or that
// are called entity, and all that are related to one of these.
func (p *parser) kinds(root *node) {
	seed := map[string]bool{}
	for _, name := range p.names() {
		if strings.HasSuffix(name, ".entity") {
			seed[name] = true
		}
		s := p.component(name)
		if s == nil {
			continue
		}
		for _, part := range parts(s) {
			for _, property := range part.Properties {
				if property != nil && property.Value != nil && isNavigation(property) {
					seed[p.typeOf(property).ref.Name] = true
				}
			}
		}
	}
	var visit func(n *node)
	visit = func(n *node) {
		if name, _ := n.keyName(); n.isKey() && name != "" {
			seed[p.qualified(name)] = true
		}
		for _, next := range n.children {
			visit(next)
		}
	}
	visit(root)
	for _, n := range root.next() {
		if ref, ok := p.answer(n); ok && n.isName() && !isOperation(p.pathItem(n)) {
			seed[ref.Name] = true
		}
	}
	// A type and its base type are of one kind. Of types that extend each
	// other in a circle, which is reported later, none is the last.
	last := func(name string) string {
		chain := p.ancestry(name)
		if end := chain[len(chain)-1]; p.bases[end] == "" {
			return end
		}
		return ""
	}
	roots := map[string]bool{}
	for name := range seed {
		if p.component(name) != nil {
			roots[last(name)] = true
		}
	}
	for _, name := range p.names() {
		p.entities[name] = roots[last(name)] && p.roleOf(name) == roleStructured
	}
}

// qualified returns the name of a schema, which paths give without namespace.
func (p *parser) qualified(name string) string {
	if namespaceOf(name) != "" {
		return name
	}
	return p.namespace + "." + name
}
