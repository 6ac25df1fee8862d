package csdl0

import "github.com/msgraphgen/msgraphgen/generator/model"

// target reads Annotations, CSDL section 5.2. Its qualifier is that of all
// annotations in it.
func (d *document) target(e element) *model.Target {
	t := &model.Target{Position: e.at}
	var qualifier string
	d.attributes(e, func(name, value string) bool {
		switch name {
		case "Target":
			t.Path = value
			d.qualify(&t.Path)
		case "Qualifier":
			qualifier = value
		default:
			return false
		}
		return true
	})
	d.require(e, "Target", t.Path)
	t.Annotations = d.annotations(e)
	for _, a := range t.Annotations {
		if qualifier != "" {
			a.Qualifier = qualifier
		}
	}
	return t
}

// annotations reads the contents of an element that holds nothing but
// annotations.
func (d *document) annotations(e element) []*model.Annotation {
	var list []*model.Annotation
	d.children(e, func(child element) bool {
		if child.Name.Local != "Annotation" {
			return false
		}
		list = append(list, d.annotation(child))
		return true
	})
	return list
}

// annotation reads Annotation, CSDL section 14.2.
func (d *document) annotation(e element) *model.Annotation {
	a := &model.Annotation{Position: e.at}
	d.attributes(e, func(name, value string) bool {
		switch name {
		case "Term":
			a.Term = value
			d.qualify(&a.Term)
		case "Qualifier":
			a.Qualifier = value
		default:
			return d.inline(e, &a.Value, name, value)
		}
		return true
	})
	d.require(e, "Term", a.Term)
	d.valueOf(e, &a.Value, &a.Annotations)
	return a
}

// valueOf reads the contents of an element that has a value and annotations.
func (d *document) valueOf(e element, value **model.Expression, annotations *[]*model.Annotation) {
	d.children(e, func(child element) bool {
		if child.Name.Local == "Annotation" {
			*annotations = append(*annotations, d.annotation(child))
			return true
		}
		expression := d.expression(child)
		if expression == nil {
			return false
		}
		if *value != nil {
			d.ds.Errorf(child.at, "%s has more than one value", e.Name.Local)
		}
		*value = expression
		return true
	})
}

// constants are the expressions of CSDL sections 14.3 and 14.4.1 that are a
// text, as an attribute or as an element.
var constants = map[string]bool{
	"Binary": true, "Bool": true, "Date": true, "DateTimeOffset": true, "Decimal": true, "Duration": true,
	"EnumMember": true, "Float": true, "Guid": true, "Int": true, "String": true, "TimeOfDay": true,
	"Path": true, "PropertyPath": true, "NavigationPropertyPath": true, "AnnotationPath": true, "ModelElementPath": true,
	"LabeledElementReference": true, "UrlRef": true,
}

// computed are the expressions of CSDL sections 14.4.2 to 14.4.13 that have
// operands.
var computed = map[string]bool{
	"And": true, "Or": true, "Not": true, "Eq": true, "Ne": true, "Gt": true, "Ge": true, "Lt": true, "Le": true,
	"Has": true, "In": true, "Add": true, "Sub": true, "Neg": true, "Mul": true, "Div": true, "DivBy": true, "Mod": true,
	"If": true, "Collection": true, "Apply": true, "Cast": true, "IsOf": true, "LabeledElement": true, "UrlRef": true,
}

// inline reads a constant or path that is an attribute.
func (d *document) inline(e element, value **model.Expression, name, text string) bool {
	if !constants[name] {
		return false
	}
	if *value != nil {
		d.ds.Errorf(e.at, "%s has more than one value", e.Name.Local)
	}
	*value = &model.Expression{Kind: model.ExpressionKind(name), Value: text, Position: e.at}
	if name != "String" {
		d.qualify(&(*value).Value)
	}
	return true
}

// expression reads an annotation expression, or returns nil for another
// element.
func (d *document) expression(e element) *model.Expression {
	name := e.Name.Local
	x := &model.Expression{Kind: model.ExpressionKind(name), Position: e.at}
	switch {
	case name == "Record":
		d.record(e, x)
	case name == "Null":
		d.attributes(e, func(string, string) bool { return false })
		x.Annotations = d.annotations(e)
	case computed[name]:
		d.operands(e, x)
	case constants[name]:
		d.attributes(e, func(string, string) bool { return false })
		x.Value = d.text(e)
		if name != "String" {
			d.qualify(&x.Value)
		}
	default:
		return nil
	}
	return x
}

// operands reads an expression that computes something from others.
func (d *document) operands(e element, x *model.Expression) {
	var facets model.Facets
	d.attributes(e, func(name, value string) bool {
		switch {
		case name == "Function" && x.Kind == "Apply", name == "Name" && x.Kind == "LabeledElement":
			x.Value = value
		case name == "Type" && (x.Kind == "Cast" || x.Kind == "IsOf"):
			x.Type = value
			d.qualify(&x.Type)
		case x.Kind == "Cast" || x.Kind == "IsOf":
			return d.facet(e, &facets, name, value)
		default:
			var operand *model.Expression
			known := d.inline(e, &operand, name, value)
			if known {
				x.Items = append(x.Items, operand)
			}
			return known
		}
		return true
	})
	d.children(e, func(child element) bool {
		if child.Name.Local == "Annotation" {
			x.Annotations = append(x.Annotations, d.annotation(child))
			return true
		}
		operand := d.expression(child)
		if operand != nil {
			x.Items = append(x.Items, operand)
		}
		return operand != nil
	})
}

// record reads Record, CSDL section 14.4.12.
func (d *document) record(e element, x *model.Expression) {
	d.attributes(e, func(name, value string) bool {
		x.Type = value
		d.qualify(&x.Type)
		return name == "Type"
	})
	d.children(e, func(child element) bool {
		switch child.Name.Local {
		case "PropertyValue":
			x.Properties = append(x.Properties, d.propertyValue(child))
		case "Annotation":
			x.Annotations = append(x.Annotations, d.annotation(child))
		default:
			return false
		}
		return true
	})
}

func (d *document) propertyValue(e element) model.PropertyValue {
	p := model.PropertyValue{Position: e.at}
	d.attributes(e, func(name, value string) bool {
		if name == "Property" {
			p.Name = value
			return true
		}
		return d.inline(e, &p.Value, name, value)
	})
	d.require(e, "Property", p.Name)
	d.valueOf(e, &p.Value, &p.Annotations)
	return p
}
