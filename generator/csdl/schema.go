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
		Underlying: model.TypeRef{Name: e.item("UnderlyingType", e.required("UnderlyingType"), "name a primitive type"), Position: e.at},
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

// action reads an action, section 12.1.
func (e element) action() *model.Operation {
	o := &model.Operation{}
	e.operation(o)
	return o
}

// function reads a function, section 12.3.
func (e element) function() *model.Operation {
	o := &model.Operation{Function: true, Composable: e.boolean("IsComposable", model.No) == model.Yes}
	e.operation(o)
	return o
}

// operation reads the attributes and children that actions and functions share.
func (e element) operation(o *model.Operation) {
	o.Name = e.identifier("Name")
	o.Bound = e.boolean("IsBound", model.No) == model.Yes
	o.EntitySetPath = e.optional("EntitySetPath")
	var annotations []*model.Annotation
	for child := range e.children() {
		switch child.name {
		case "Parameter":
			o.Parameters = append(o.Parameters, child.parameter())
		case "ReturnType":
			if o.Return != nil {
				child.repeated(e)
			}
			o.Return = child.returnType()
		case "Annotation":
			annotations = append(annotations, child.annotation()...)
		default:
			child.unknown(e)
		}
	}
	if o.Function && o.Return == nil {
		e.defectf("Function lacks a ReturnType")
	}
	if o.Bound && o.Parameters == nil {
		e.defectf("%s is bound, but lacks a Parameter", e.name)
	}
	o.Element = e.done(annotations)
}

// parameter reads a parameter of an operation, section 12.9.
func (e element) parameter() *model.Parameter {
	p := &model.Parameter{Name: e.jsonName("Name"), Type: e.typeRef("Type")}
	p.Facets = e.nullableFacets(p.Type)
	p.Element = e.done(e.annotations())
	leaveOpen(&p.Annotated, fact{"Nullable", &p.Facets.Nullable})
	return p
}

// returnType reads the return type of an operation, section 12.8.
func (e element) returnType() *model.ReturnType {
	t := &model.ReturnType{Type: e.typeRef("Type")}
	t.Facets = e.nullableFacets(t.Type)
	t.Element = e.done(e.annotations())
	leaveOpen(&t.Annotated, fact{"Nullable", &t.Facets.Nullable})
	return t
}
