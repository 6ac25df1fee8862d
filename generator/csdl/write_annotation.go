package csdl

import "github.com/msgraphgen/msgraphgen/generator/model"

// annotations writes annotations, section 14.2.
func (w *writer) annotations(list []*model.Annotation) {
	for _, a := range list {
		w.holder("Annotation", attributes{{"Term", a.Term}}.add("Qualifier", a.Qualifier), a.Value, a.Annotations)
	}
}

// holder writes an element that has a value: in an attribute where that can
// be, else in an element.
func (w *writer) holder(name string, a attributes, value *model.Expression, annotations []*model.Annotation) {
	text, inline := attributeText(value)
	if inline {
		a = a.set(string(value.Kind), text)
	}
	w.element(name, a, func() {
		if value != nil && !inline {
			w.expression(value)
		}
		w.annotations(annotations)
	})
}

// attributeText returns the text of an expression that an attribute can hold,
// and whether e is such an expression.
func attributeText(e *model.Expression) (string, bool) {
	switch {
	case e == nil || len(e.Annotations) > 0:
		return "", false
	case e.Kind == "UrlRef":
		if len(e.Items) == 1 && e.Items[0].Kind == "String" {
			return e.Items[0].Value, true
		}
		return "", false
	}
	return e.Value, isText(e.Kind) && e.Kind != "LabeledElementReference"
}

// expression writes an expression as an element, sections 14.3 and 14.4.
func (w *writer) expression(e *model.Expression) {
	name := string(e.Kind)
	if isText(e.Kind) {
		w.textElement(name, e.Value)
		return
	}
	switch e.Kind {
	case "Record":
		w.element(name, attributes{}.add("Type", e.Type), func() {
			for _, p := range e.Properties {
				w.holder("PropertyValue", attributes{{"Property", p.Name}}, p.Value, p.Annotations)
			}
			w.annotations(e.Annotations)
		})
	case "LabeledElement":
		var item *model.Expression
		if len(e.Items) > 0 {
			item = e.Items[0]
		}
		w.holder(name, attributes{{"Name", e.Value}}, item, e.Annotations)
	default:
		a := attributes{}
		switch e.Kind {
		case "Apply":
			a = a.set("Function", e.Value)
		case "Cast", "IsOf":
			a = a.set("Type", e.Type)
			if e.Facets != nil {
				a = a.facets(*e.Facets)
			}
		}
		w.element(name, a, func() {
			for _, item := range e.Items {
				w.expression(item)
			}
			w.annotations(e.Annotations)
		})
	}
}
