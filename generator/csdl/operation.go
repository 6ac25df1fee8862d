package csdl

import "github.com/msgraphgen/msgraphgen/generator/model"

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

// operation reads what actions and functions have in common.
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
	return p
}

// returnType reads what an operation returns, section 12.8.
func (e element) returnType() *model.ReturnType {
	t := &model.ReturnType{Type: e.typeRef("Type")}
	t.Facets = e.nullableFacets(t.Type)
	t.Element = e.done(e.annotations())
	return t
}
