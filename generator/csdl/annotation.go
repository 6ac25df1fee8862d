package csdl

import (
	"math"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// target reads annotations that are written apart from their element, section
// 5.2. It leaves out annotations without a target.
func (e element) target() *model.Target {
	t := &model.Target{Path: e.optional("Target")}
	if t.Path == "" {
		e.warnf("Annotations lacks the attribute Target; it is left out")
	}
	qualifier := e.optional("Qualifier")
	annotations := e.annotations()
	for _, a := range annotations {
		switch {
		case qualifier == "":
		case a.Qualifier != "":
			e.warnf("Annotation and the Annotations around it both have a Qualifier; %s is left out", qualifier)
		default:
			a.Qualifier = qualifier
		}
	}
	if t.Path != "" {
		t.Element = e.done(annotations)
	}
	return t
}

// annotations reads the children of an element that can only have annotations.
func (e element) annotations() []*model.Annotation {
	var list []*model.Annotation
	for child := range e.children() {
		if child.name != "Annotation" {
			child.unknown(e)
			continue
		}
		list = append(list, child.annotation()...)
	}
	return list
}

// annotation reads an annotation, section 14.2, and leaves it out if it lacks a
// term. Its mistakes are only warnings, because no element needs an annotation.
func (e element) annotation() []*model.Annotation {
	a := &model.Annotation{
		Term:      e.required("Term"),
		Qualifier: e.optional("Qualifier"), // not only identifiers: Graph has some with dots
		Position:  e.at,
	}
	a.Value, a.Annotations = e.value()
	for i := range e.r.problems[e.mark:] {
		e.r.problems[e.mark+i].Severity = source.Warning
	}
	if a.Term == "" {
		return nil
	}
	return []*model.Annotation{a}
}

// value reads the expression in an attribute or a child of e, and the annotations
// of e. The expression is nil if e has none.
func (e element) value() (*model.Expression, []*model.Annotation) {
	var value *model.Expression
	set := func(x *model.Expression) {
		if value != nil {
			e.warnf("%s has a second value; %s is left out", e.name, x.Kind)
			return
		}
		value = x
	}
	for i := range e.attributes {
		a := &e.attributes[i]
		if kind := model.ExpressionKind(a.Name.Local); a.Name.Space == "" && inAttribute(kind) {
			a.Name.Space = taken
			set(e.inline(kind, a.Value))
		}
	}
	var annotations []*model.Annotation
	for child := range e.children() {
		if child.name == "Annotation" {
			annotations = append(annotations, child.annotation()...)
		} else if x := child.expression(e); x != nil {
			set(x)
		}
	}
	return value, annotations
}

// inline returns the expression in an attribute of e.
func (e element) inline(kind model.ExpressionKind, text string) *model.Expression {
	x := &model.Expression{Kind: kind, Position: e.at}
	if kind == "UrlRef" {
		x.Items = []*model.Expression{{Kind: "String", Value: text, Position: e.at}}
	} else {
		x.Value = e.constant(kind, text)
	}
	return x
}

// constant returns the text of a constant expression: of booleans true or false, in
// all of their spellings.
func (e element) constant(kind model.ExpressionKind, text string) string {
	if kind != "Bool" {
		return text
	}
	switch factIn(text) {
	case model.Yes:
		return "true"
	case model.No:
		return "false"
	}
	e.odd("Bool", text, "is neither true nor false")
	return text
}

// expression reads an expression, sections 14.3 and 14.4. It returns nil for an
// element that is not an expression.
func (e element) expression(parent element) *model.Expression {
	x := &model.Expression{Kind: model.ExpressionKind(e.name), Position: e.at}
	if isText(x.Kind) {
		x.Value = e.text()
		if x.Kind != "String" {
			x.Value = e.constant(x.Kind, strings.TrimSpace(x.Value))
		}
		return x
	}
	switch x.Kind {
	case "Record":
		e.record(x)
	case "LabeledElement":
		x.Value = e.required("Name")
		var item *model.Expression
		if item, x.Annotations = e.value(); item != nil {
			x.Items = []*model.Expression{item}
		}
		e.checkOperands(x, 1, 1)
	case "Null":
		e.operands(x, 0, 0)
	case "Not", "Neg", "UrlRef":
		e.operands(x, 1, 1)
	case "And", "Or", "Eq", "Ne", "Gt", "Ge", "Lt", "Le", "Has", "In", "Add", "Sub", "Mul", "Div", "DivBy", "Mod":
		e.operands(x, 2, 2)
	case "If":
		e.operands(x, 2, 3)
	case "Collection":
		e.operands(x, 0, math.MaxInt)
	case "Apply":
		x.Value = e.required("Function")
		e.operands(x, 0, math.MaxInt)
	case "Cast", "IsOf":
		x.Type = e.typeRef("Type").String()
		if facets := e.facets(); facets != (model.Facets{}) {
			x.Facets = &facets
		}
		e.operands(x, 1, 1)
	default:
		e.unknown(parent)
		return nil
	}
	return x
}

// isText reports whether the element of an expression holds only text.
func isText(kind model.ExpressionKind) bool {
	return kind == "LabeledElementReference" || kind != "UrlRef" && inAttribute(kind)
}

// inAttribute reports whether an expression can be in an attribute.
func inAttribute(kind model.ExpressionKind) bool {
	switch kind {
	case "Binary", "Bool", "Date", "DateTimeOffset", "Decimal", "Duration", "EnumMember", "Float", "Guid", "Int", "String", "TimeOfDay",
		"AnnotationPath", "ModelElementPath", "NavigationPropertyPath", "Path", "PropertyPath", "UrlRef":
		return true
	}
	return false
}

// operands reads the expressions and annotations in e into x. It warns if there
// are not between least and most operands.
func (e element) operands(x *model.Expression, least, most int) {
	for child := range e.children() {
		if child.name == "Annotation" {
			x.Annotations = append(x.Annotations, child.annotation()...)
		} else if item := child.expression(e); item != nil {
			x.Items = append(x.Items, item)
		}
	}
	e.checkOperands(x, least, most)
}

func (e element) checkOperands(x *model.Expression, least, most int) {
	switch n := len(x.Items); {
	case e.r.failure != nil:
	case n < least:
		e.warnf("%s has too few operands: %d, not %d", e.name, n, least)
	case n > most:
		e.warnf("%s has too many operands: %d, not %d", e.name, n, most)
	}
}

// record reads a record, section 14.4.12.
func (e element) record(x *model.Expression) {
	x.Type = e.optional("Type")
	for child := range e.children() {
		switch child.name {
		case "PropertyValue":
			x.Properties = append(x.Properties, child.propertyValue())
		case "Annotation":
			x.Annotations = append(x.Annotations, child.annotation()...)
		default:
			child.unknown(e)
		}
	}
}

func (e element) propertyValue() model.PropertyValue {
	p := model.PropertyValue{Name: e.required("Property"), Position: e.at}
	p.Value, p.Annotations = e.value()
	return p
}
