package csdl

import (
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// schema reads a schema, section 5.
func (e element) schema() *model.Schema {
	s := &model.Schema{Namespace: e.namespace("Namespace"), Alias: e.alias()}
	e.declareAlias(s.Alias, s.Namespace)
	var annotations []*model.Annotation
	for child := range e.children() {
		switch child.name {
		case "EntityType":
			s.Structured = append(s.Structured, child.structuredType(model.Entity))
		case "ComplexType":
			s.Structured = append(s.Structured, child.structuredType(model.Complex))
		case "EnumType":
			s.Enums = append(s.Enums, child.enumType())
		case "TypeDefinition":
			s.Definitions = append(s.Definitions, child.typeDefinition())
		case "Term":
			s.Terms = append(s.Terms, child.term())
		case "Action":
			s.Operations = append(s.Operations, child.action())
		case "Function":
			s.Operations = append(s.Operations, child.function())
		case "EntityContainer":
			e.r.containers = append(e.r.containers, child.entityContainer(s.Namespace))
		case "Annotations":
			if t := child.target(); t.Path != "" {
				s.Targets = append(s.Targets, t)
			}
		case "Annotation":
			annotations = append(annotations, child.annotation()...)
		default:
			child.unknown(e)
		}
	}
	s.Element = e.done(annotations)
	return s
}

// typeDefinition reads a type definition, section 11.
func (e element) typeDefinition() *model.TypeDefinition {
	return &model.TypeDefinition{
		Name:       e.identifier("Name"),
		Underlying: e.typeRef("UnderlyingType"),
		Facets:     e.facets(),
		Element:    e.done(e.annotations()),
	}
}

// term reads a term, section 14.1.
func (e element) term() *model.Term {
	t := &model.Term{
		Name:      e.identifier("Name"),
		Type:      e.typeRef("Type"),
		BaseTerm:  e.optional("BaseTerm"),
		AppliesTo: strings.Fields(e.optional("AppliesTo")),
	}
	t.Facets = e.nullableFacets(t.Type)
	t.Facets.DefaultValue = e.defaultValue()
	t.Element = e.done(e.annotations())
	return t
}
