package openapi

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// role is what a schema is in terms of OData.
type role int

const (
	roleNone       role = iota // not a type: an array, a page of a collection, an error
	roleBroken                 // a type of which nothing is known, because its schema is wrong
	roleStructured             // an entity type or a complex type
	roleEnum
	roleDefinition // a primitive type under another name
)

// roleOf returns what the schema with a name becomes.
func (p *parser) roleOf(name string) role {
	r, ok := p.roles[name]
	if !ok {
		r = p.findRole(name)
		p.roles[name] = r
	}
	return r
}

func (p *parser) findRole(name string) role {
	s, ok := p.schemas[name]
	switch {
	case !ok || !isTypeName(name) || isHelper(name, s) || p.isBooleanSchema(s):
		return roleNone
	case !s.isObject() || s.isReference():
		return roleBroken
	case isStructured(s):
		return roleStructured
	}
	types := typesOf(s)
	switch {
	case len(s.get("enum").items()) > 0:
		return roleEnum
	case len(types) > 0 && !slices.Contains(types, "array"):
		return roleDefinition
	}
	return roleNone
}

// typesOf returns the types that a schema allows: since OpenAPI 3.1 there can
// be several.
func typesOf(s value) []string {
	t := s.get("type")
	if t.isScalar() {
		return []string{t.text()}
	}
	var list []string
	for _, item := range t.items() {
		list = append(list, item.text())
		if item.isNull() { // null without quotation marks
			list[len(list)-1] = "null"
		}
	}
	return list
}

func hasType(s value, name string) bool { return slices.Contains(typesOf(s), name) }

func isStructured(s value) bool {
	return hasType(s, "object") || s.get("properties").exists() || s.get("allOf").exists()
}

// isHelper reports whether a schema does not stand for a type of the service:
// its name has no namespace or that of OData, or it is a page of a collection.
func isHelper(name string, s value) bool {
	namespace := namespaceOf(name)
	return namespace == "" || namespace == "odata" || strings.HasPrefix(namespace, "odata.") ||
		strings.HasSuffix(namespace, ".ODataErrors") || strings.HasPrefix(s.get("title").text(), "Collection of ")
}

// parts returns a schema, and the schemas in its allOf and in theirs: those that are
// written in place, and those that are not types, such as Common, whose properties
// belong to all that refer to them.
func (p *parser) parts(s value) []value {
	list, ok := p.partsOf[s.node]
	if !ok {
		list = p.appendParts(nil, s, p.isShared, map[*yaml.Node]bool{})
		p.partsOf[s.node] = list
	}
	return list
}

// appendParts appends a schema and its parts. The function follow says which
// references lead to parts.
func (p *parser) appendParts(list []value, s value, follow func(ref value) bool, seen map[*yaml.Node]bool) []value {
	if seen[s.node] {
		return list
	}
	seen[s.node] = true
	list = append(list, s)
	for _, part := range s.get("allOf").items() {
		if part.isReference() {
			if !follow(part) || !p.expand(1) {
				continue
			}
			part = p.docs.follow(part).value
		}
		list = p.appendParts(list, part, follow, seen)
	}
	return list
}

// isShared reports whether a reference leads to an object that is not a type.
func (p *parser) isShared(ref value) bool {
	to := p.docs.follow(ref)
	return to.problem == "" && to.isObject() && isStructured(to.value) && p.roleOf(p.nameOf(ref)) == roleNone
}

// basesOf returns the references to types in the allOf of a schema.
func (p *parser) basesOf(s value) []value { return p.referencesOf(s, false) }

func (p *parser) referencesOf(s value, shared bool) []value {
	var list []value
	for _, part := range p.parts(s) {
		for _, item := range part.get("allOf").items() {
			if item.isReference() && p.isShared(item) == shared {
				list = append(list, item)
			}
		}
	}
	return list
}

// findNamespace finds the default namespace, the one with most types, and what
// the document can say about null.
func (p *parser) findNamespace() {
	p.saysNull = p.version31
	for _, name := range p.names {
		if p.roleOf(name) != roleNone {
			p.namespaces[namespaceOf(name)]++
			p.simpleNames[simpleName(name)] = append(p.simpleNames[simpleName(name)], name)
		}
		for _, part := range p.parts(p.schemas[name]) {
			for _, property := range part.get("properties").members() {
				p.saysNull = p.saysNull || !property.isReference() && slices.ContainsFunc(property.get("anyOf").items(), isNull)
			}
		}
	}
	for _, namespace := range slices.Sorted(maps.Keys(p.namespaces)) {
		if p.namespaces[namespace] > p.namespaces[p.namespace] {
			p.namespace = namespace
		}
	}
	if p.namespace == "" {
		p.namespace = "microsoft.graph"
		p.namespaces[p.namespace] = 0
	}
}

// findBases finds the base types and, for each type, the last of them and
// their number.
func (p *parser) findBases() {
	for _, name := range p.names {
		if p.roleOf(name) == roleStructured {
			if bases := p.basesOf(p.schemas[name]); len(bases) > 0 && p.docs.follow(bases[0]).problem == "" {
				p.bases[name] = p.nameOf(bases[0])
			}
		}
	}
	for _, name := range p.names {
		var chain []string
		passed := map[string]bool{} // types can extend each other in a circle
		for p.roots[name] == "" && p.bases[name] != "" && !passed[name] {
			passed[name] = true
			chain = append(chain, name)
			name = p.bases[name]
		}
		root, depth := cmp.Or(p.roots[name], name), p.depths[name]
		p.roots[name] = root
		for _, derived := range slices.Backward(chain) {
			depth++
			p.roots[derived], p.depths[derived] = root, depth
		}
	}
}

// extends reports whether a schema is another one or extends it.
func (p *parser) extends(name, base string) bool {
	for n := 0; n <= maxBases && name != ""; n++ {
		if name == base {
			return true
		}
		name = p.bases[name]
	}
	return false
}
