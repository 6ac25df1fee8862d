package csdl

import "github.com/msgraphgen/msgraphgen/generator/model"

// action reads an action, section 12.1.
func (e element) action() *model.Operation {
	o := &model.Operation{Position: e.at}
	e.operation(o)
	return o
}

// function reads a function, section 12.3.
func (e element) function() *model.Operation {
	o := &model.Operation{
		Function:   true,
		Composable: e.boolean("IsComposable", model.No) == model.Yes,
		Position:   e.at,
	}
	e.operation(o)
	if o.Return == nil && !e.r.failed {
		e.r.ds.Errorf(e.at, "Function lacks a ReturnType")
	}
	return o
}

// operation reads what actions and functions have in common.
func (e element) operation(o *model.Operation) {
	o.Name = e.identifier("Name")
	o.Bound = e.boolean("IsBound", model.No) == model.Yes
	o.EntitySetPath = e.optional("EntitySetPath")
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
			o.Annotated = append(o.Annotated, child.annotation())
		default:
			child.unknown(e)
		}
	}
	if o.Bound && o.Parameters == nil && !e.r.failed {
		e.r.ds.Errorf(e.at, "%s is bound, and lacks a Parameter", e.name)
	}
}

// parameter reads a parameter of an operation, section 12.9.
func (e element) parameter() *model.Parameter {
	p := &model.Parameter{
		Name:     e.identifier("Name"),
		Type:     e.typeRef("Type"),
		Position: e.at,
	}
	p.Facets = e.nullableFacets(p.Type)
	p.Annotated = e.annotations()
	return p
}

// returnType reads what an operation returns, section 12.8.
func (e element) returnType() *model.ReturnType {
	t := &model.ReturnType{Type: e.typeRef("Type"), Position: e.at}
	t.Facets = e.nullableFacets(t.Type)
	t.Annotated = e.annotations()
	return t
}
