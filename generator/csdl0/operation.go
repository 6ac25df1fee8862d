package csdl0

import "github.com/msgraphgen/msgraphgen/generator/model"

// operation reads Action and Function, CSDL section 12.
func (d *document) operation(e element) *model.Operation {
	o := &model.Operation{Function: e.Name.Local == "Function", Position: e.at}
	d.attributes(e, func(name, value string) bool {
		switch name {
		case "Name":
			o.Name = value
		case "IsBound":
			o.Bound = d.bool(e, name, value)
		case "IsComposable":
			o.Composable = d.bool(e, name, value)
			return o.Function
		case "EntitySetPath":
			o.EntitySetPath = value
		default:
			return false
		}
		return true
	})
	d.name(e, o.Name)
	d.children(e, func(child element) bool {
		switch child.Name.Local {
		case "Parameter":
			o.Parameters = append(o.Parameters, d.parameter(child))
		case "ReturnType":
			o.Return = d.returnType(child)
		case "Annotation":
			o.Annotations = append(o.Annotations, d.annotation(child))
		default:
			return false
		}
		return true
	})
	switch {
	case o.Bound && len(o.Parameters) == 0:
		d.ds.Errorf(e.at, "%s is bound, but has no parameter to be bound to", o.Name)
	case o.Function && o.Return == nil:
		d.ds.Errorf(e.at, "function %s has no ReturnType", o.Name)
	}
	return o
}

func (d *document) parameter(e element) *model.Parameter {
	p := &model.Parameter{Position: e.at}
	d.attributes(e, func(name, value string) bool {
		switch name {
		case "Name":
			p.Name = value
		case "Type":
			d.typeRef(e, &p.Type, value)
		default:
			return d.facet(e, &p.Facets, name, value)
		}
		return true
	})
	d.name(e, p.Name)
	d.require(e, "Type", p.Type.Name)
	p.Facets.Nullable = nullable(p.Type, p.Facets.Nullable)
	p.Annotations = d.annotations(e)
	return p
}

func (d *document) returnType(e element) *model.ReturnType {
	r := &model.ReturnType{Position: e.at}
	d.attributes(e, func(name, value string) bool {
		if name == "Type" {
			d.typeRef(e, &r.Type, value)
			return true
		}
		return d.facet(e, &r.Facets, name, value)
	})
	d.require(e, "Type", r.Type.Name)
	r.Facets.Nullable = nullable(r.Type, r.Facets.Nullable)
	r.Annotations = d.annotations(e)
	return r
}
