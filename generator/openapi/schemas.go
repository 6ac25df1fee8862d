package openapi

import (
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

const componentPrefix = "#/components/schemas/"

// components returns the schemas of the document by name.
func (p *parser) components() openapi3.Schemas {
	if p.doc.Components == nil {
		return nil
	}
	return p.doc.Components.Schemas
}

// names returns the names of the schemas, in order.
func (p *parser) names() []string { return slices.Sorted(maps.Keys(p.components())) }

// component returns the schema with a name, or nil.
func (p *parser) component(name string) *openapi3.Schema {
	if ref := p.components()[name]; ref != nil {
		return ref.Value
	}
	return nil
}

// refName returns the name of the schema that a reference leads to.
func refName(ref string) string { return ref[strings.LastIndexByte(ref, '/')+1:] }

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
	case s == nil || isHelper(name, s):
		return roleNone
	case len(s.Enum) > 0 && !isStructured(s):
		return roleEnum
	case isStructured(s):
		return roleStructured
	case s.Type != nil && !s.Type.Is("array") && len(s.Type.Slice()) > 0:
		return roleDefinition
	default:
		return roleNone
	}
}

func isStructured(s *openapi3.Schema) bool {
	return s.Type.Is("object") || len(s.Properties) > 0 || len(s.AllOf) > 0
}

// isHelper reports whether a schema stands for no type of the service: its
// name has no namespace or that of OData, or it is the page of a collection.
func isHelper(name string, s *openapi3.Schema) bool {
	namespace := namespaceOf(name)
	return namespace == "" || namespace == "odata" || strings.HasPrefix(namespace, "odata.") ||
		strings.HasSuffix(namespace, ".ODataErrors") || strings.HasPrefix(s.Title, "Collection of ")
}

func namespaceOf(name string) string { return name[:max(0, strings.LastIndexByte(name, '.'))] }

// style finds out what the document can say, and its default namespace: the
// one with most schemas.
func (p *parser) style() {
	p.saysNull = strings.HasPrefix(p.doc.OpenAPI, "3.1")
	count := map[string]int{}
	for _, name := range p.names() {
		s := p.component(name)
		if s == nil {
			continue
		}
		if !isHelper(name, s) {
			count[namespaceOf(name)]++
		}
		for _, part := range append(parts(s), s) {
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
}

// parts returns what allOf holds apart from references.
func parts(s *openapi3.Schema) []*openapi3.Schema {
	var list []*openapi3.Schema
	for _, part := range s.AllOf {
		if part != nil && part.Ref == "" && part.Value != nil {
			list = append(list, part.Value)
		}
	}
	return list
}

// baseOf returns the references in allOf.
func baseOf(s *openapi3.Schema) []*openapi3.SchemaRef {
	var list []*openapi3.SchemaRef
	for _, part := range s.AllOf {
		if part != nil && part.Ref != "" {
			list = append(list, part)
		}
	}
	return list
}

// kinds decides which schemas are entity types: those that have a key in a
// path, that a navigation property leads to, or that are called entity, and
// all that are related to one of these.
func (p *parser) kinds(root *node) {
	p.entities = map[string]bool{}
	seed := map[string]bool{}
	for _, name := range p.names() {
		if strings.HasSuffix(name, ".entity") {
			seed[name] = true
		}
		s := p.component(name)
		if s == nil {
			continue
		}
		for _, part := range append(parts(s), s) {
			for _, property := range part.Properties {
				if property != nil && property.Value != nil && isNavigation(property) {
					seed[p.typeOf(property).ref.Name] = true
				}
			}
		}
	}
	var visit func(n *node)
	visit = func(n *node) {
		if n.isKey() {
			if name, _ := n.keyName(); name != "" {
				seed[p.qualified(name)] = true
			}
		}
		for _, next := range n.children {
			visit(next)
		}
	}
	visit(root)
	// A type and its base type are of one kind.
	roots := map[string]string{}
	entityRoots := map[string]bool{}
	for _, name := range p.names() {
		chain := p.ancestry(name)
		roots[name] = chain[len(chain)-1]
		if seed[name] {
			entityRoots[roots[name]] = true
		}
	}
	for name, root := range roots {
		p.entities[name] = entityRoots[root]
	}
}

// ancestry returns the names of a schema and of those that it extends.
func (p *parser) ancestry(name string) []string {
	var list []string
	for !slices.Contains(list, name) {
		list = append(list, name)
		if s := p.component(name); s != nil && len(baseOf(s)) > 0 {
			name = refName(baseOf(s)[0].Ref)
		}
	}
	return list
}

// qualified returns the name of a schema, which paths give without namespace.
func (p *parser) qualified(name string) string {
	if namespaceOf(name) != "" || p.namespace == "" {
		return name
	}
	return p.namespace + "." + name
}

// schemas makes types of the schemas.
func (p *parser) schemas() *model.Model {
	m := &model.Model{}
	for _, name := range p.names() {
		s := p.component(name)
		at := p.position(p.components()[name].Origin)
		if s == nil {
			continue
		}
		switch p.roleOf(name) {
		case roleStructured:
			p.addType(m, p.structured(name, s, at))
		case roleEnum:
			schema := schemaOf(m, name, at)
			schema.Enums = append(schema.Enums, p.enum(name, s, at))
		case roleDefinition:
			schema := schemaOf(m, name, at)
			schema.Definitions = append(schema.Definitions, p.definition(name, s, at))
		case roleNone:
			if !isHelper(name, s) && !s.Type.Is("array") {
				p.warnf(at, "the schema %s is left out: it is no object, enumeration or primitive type", name)
			}
		}
	}
	return m
}

// schemaOf returns the schema of the model for a type, which it enters.
func schemaOf(m *model.Model, typeName string, at source.Position) *model.Schema {
	namespace := namespaceOf(typeName)
	for _, s := range m.Schemas {
		if s.Namespace == namespace {
			return s
		}
	}
	s := &model.Schema{Namespace: namespace, Position: at}
	m.Schemas = append(m.Schemas, s)
	return s
}

func (p *parser) addType(m *model.Model, t *model.StructuredType) {
	p.types[t.QualifiedName()] = t
	s := schemaOf(m, t.QualifiedName(), t.Position)
	s.Structured = append(s.Structured, t)
}

// structured makes an entity type or a complex type of a schema.
func (p *parser) structured(name string, s *openapi3.Schema, at source.Position) *model.StructuredType {
	t := &model.StructuredType{
		Namespace: namespaceOf(name),
		Name:      name[len(namespaceOf(name))+1:],
		Kind:      model.Complex,
		Position:  at,
	}
	if p.entities[name] {
		t.Kind = model.Entity
	}
	for i, base := range baseOf(s) {
		basePosition := p.position(base.Origin)
		if i > 0 {
			p.warnf(basePosition, "%s is left out as a base type of %s: a type has one", refName(base.Ref), name)
			continue
		}
		t.Base = &model.TypeRef{Name: refName(base.Ref), Position: basePosition}
	}
	for _, part := range append(parts(s), s) {
		t.Annotations = append(t.Annotations, p.annotations(part)...)
		p.properties(t, part)
	}
	if s.Discriminator != nil {
		p.discriminator(name, s)
	}
	return t
}

// discriminator checks that the derived types that a schema names say so too.
func (p *parser) discriminator(name string, s *openapi3.Schema) {
	for _, value := range slices.Sorted(maps.Keys(s.Discriminator.Mapping)) {
		derived := refName(s.Discriminator.Mapping[value].Ref)
		chain := p.ancestry(derived)
		at := p.position(s.Discriminator.Origin)
		switch {
		case p.component(derived) == nil:
			p.warnf(at, "the discriminator of %s names %s, which is not declared", name, derived)
		case !slices.Contains(chain, name):
			p.warnf(at, "the discriminator of %s names %s, which does not extend it: allOf decides", name, derived)
		}
	}
}

// properties adds the properties of a part of a schema to a type.
func (p *parser) properties(t *model.StructuredType, part *openapi3.Schema) {
	for _, name := range slices.Sorted(maps.Keys(part.Properties)) {
		ref := part.Properties[name]
		if ref == nil || ref.Value == nil || strings.Contains(name, "@") { // control information, OData JSON Format section 4.6
			continue
		}
		at := p.position(ref.Origin)
		if at.Line == 0 {
			at = p.position(ref.Value.Origin)
		}
		typing := p.typeOf(ref)
		typing.ref.Position = at
		for _, problem := range typing.problems {
			p.warnf(at, "%s of %s: %s", name, t.QualifiedName(), problem)
		}
		annotations := append(p.annotations(inline(ref)), typing.annotations...)
		if p.entities[typing.ref.Name] || isNavigation(ref) && p.roleOf(typing.ref.Name) == roleStructured {
			t.Navigation = append(t.Navigation, &model.Navigation{
				Name: name, Type: typing.ref, Nullable: typing.facets.Nullable, Annotations: annotations, Position: at,
			})
			continue
		}
		t.Properties = append(t.Properties, &model.Property{
			Name: name, Type: typing.ref, Facets: typing.facets, Annotations: annotations, Position: at,
		})
	}
}

// inline returns the schema that is written where a reference could be, or nil.
func inline(ref *openapi3.SchemaRef) *openapi3.Schema {
	if ref.Ref != "" {
		return nil
	}
	return ref.Value
}

// definition makes a type definition of a schema.
func (p *parser) definition(name string, s *openapi3.Schema, at source.Position) *model.TypeDefinition {
	typing := p.typeOf(&openapi3.SchemaRef{Value: s})
	typing.ref.Position = at
	return &model.TypeDefinition{
		Namespace:   namespaceOf(name),
		Name:        name[len(namespaceOf(name))+1:],
		Underlying:  typing.ref,
		Facets:      typing.facets,
		Annotations: p.annotations(s),
		Position:    at,
	}
}
