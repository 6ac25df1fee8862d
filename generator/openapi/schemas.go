package openapi

import (
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// components returns the schemas of the document by name.
func (p *parser) components() openapi3.Schemas { return p.doc.Components.Schemas }

// names returns the names of the schemas, in order.
func (p *parser) names() []string { return slices.Sorted(maps.Keys(p.components())) }

// component returns the schema with a name, or nil.
func (p *parser) component(name string) *openapi3.Schema {
	if ref := p.components()[name]; ref != nil {
		return ref.Value
	}
	return nil
}

// parts returns a schema and what its allOf holds apart from references, which
// may have an allOf too.
func parts(s *openapi3.Schema) []*openapi3.Schema {
	list := []*openapi3.Schema{s}
	for _, part := range s.AllOf {
		if part != nil && part.Ref == "" && part.Value != nil {
			list = append(list, parts(part.Value)...)
		}
	}
	return list
}

// baseOf returns the references in allOf.
func baseOf(s *openapi3.Schema) []*openapi3.SchemaRef {
	var list []*openapi3.SchemaRef
	for _, part := range parts(s) {
		for _, ref := range part.AllOf {
			if ref != nil && ref.Ref != "" {
				list = append(list, ref)
			}
		}
	}
	return list
}

// schemas makes types of the schemas.
func (p *parser) schemas() *model.Model {
	m := &model.Model{}
	for _, name := range p.names() {
		s := p.component(name)
		if s == nil {
			continue
		}
		at := p.position(p.components()[name].Origin)
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
			switch {
			case isHelper(name, s) || s.Type.Includes("array"):
			case !isTypeName(name):
				p.warnf(at, "the schema %q is left out: its name is no namespace with an identifier", name)
			default:
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
	p.enterMembers(t)
}

// structured makes an entity type or a complex type of a schema.
func (p *parser) structured(name string, s *openapi3.Schema, at source.Position) *model.StructuredType {
	t := &model.StructuredType{Namespace: namespaceOf(name), Name: simpleName(name), Kind: model.Complex, Position: at}
	if p.entities[name] {
		t.Kind = model.Entity
	}
	for i, base := range baseOf(s) {
		basePosition := p.position(base.Origin)
		if i > 0 {
			p.warnf(basePosition, "%s is left out as a base type of %s: a type has one", p.nameOf(base), name)
			continue
		}
		t.Base = &model.TypeRef{Name: p.nameOf(base), Position: basePosition}
	}
	for _, part := range parts(s) {
		for _, a := range p.annotations(part) {
			if model.Find(t.Annotated, a.Term, a.Qualifier) == nil { // the schema's own come first
				t.Annotated = append(t.Annotated, a)
			}
		}
		p.declare(t, part)
		if len(part.AnyOf)+len(part.OneOf) > 0 {
			p.warnf(p.position(part.Origin), "anyOf and oneOf of %s are left out: a type has the properties that it lists, and allOf for a base type", name)
		}
		if part.Discriminator != nil {
			p.discriminator(name, part)
		}
	}
	return t
}

// discriminator checks that the derived types that a schema names say so too.
func (p *parser) discriminator(name string, s *openapi3.Schema) {
	at := p.position(s.Discriminator.Origin)
	for _, value := range slices.Sorted(maps.Keys(s.Discriminator.Mapping)) {
		derived := refName(s.Discriminator.Mapping[value].Ref)
		switch {
		case p.component(derived) == nil:
			p.warnf(at, "the discriminator of %s names %q, which is not declared", name, derived)
		case !slices.Contains(p.ancestry(derived), name):
			p.warnf(at, "the discriminator of %s names %s, which does not extend it: allOf decides", name, derived)
		}
	}
}

// definition makes a type definition of a schema.
func (p *parser) definition(name string, s *openapi3.Schema, at source.Position) *model.TypeDefinition {
	typing := p.typeOf(&openapi3.SchemaRef{Value: s})
	typing.ref.Position = at
	typing.facets.Nullable = model.Unknown // that is for what has the type, CSDL section 11
	for _, problem := range typing.problems {
		p.warnf(at, "%s: %s", name, problem)
	}
	return &model.TypeDefinition{
		Namespace:  namespaceOf(name),
		Name:       simpleName(name),
		Underlying: typing.ref,
		Facets:     typing.facets,
		Annotated:  p.annotations(s),
		Position:   at,
	}
}
