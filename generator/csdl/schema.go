package csdl

import "github.com/msgraphgen/msgraphgen/generator/model"

// schema reads a schema, section 5. Schemas of one namespace become one.
func (e element) schema() {
	namespace, alias := e.namespace("Namespace"), e.alias()
	s, ok := e.r.schemas[namespace]
	if !ok {
		s = &model.Schema{Namespace: namespace, Alias: alias, Position: e.at}
		e.r.schemas[namespace] = s
		e.r.model.Schemas = append(e.r.model.Schemas, s)
	}
	if s.Alias == "" {
		s.Alias = alias
	}
	e.declareAlias(alias, namespace)
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
			child.entityContainer(namespace)
		case "Annotations":
			s.Targets = append(s.Targets, child.target())
		case "Annotation":
			s.Annotated = append(s.Annotated, child.annotation())
		default:
			child.unknown(e)
		}
	}
}

// typeDefinition reads a type definition, section 11.
func (e element) typeDefinition() *model.TypeDefinition {
	return &model.TypeDefinition{
		Name:        e.identifier("Name"),
		Underlying:  e.typeRef("UnderlyingType"),
		Facets:      e.facets(),
		Annotated: e.annotations(),
		Position:    e.at,
	}
}
