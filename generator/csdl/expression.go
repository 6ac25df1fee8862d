package csdl

import (
	"math"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// expression reads an expression, sections 14.3 and 14.4. It returns nil for an
// element that is not an expression.
func (e element) expression(parent element) *model.Expression {
	x := &model.Expression{Kind: model.ExpressionKind(e.name), Position: e.at}
	if isText(x.Kind) {
		x.Value = e.text()
		if x.Kind != "String" {
			x.Value = strings.TrimSpace(x.Value)
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

// isText reports whether the element of an expression holds text alone.
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

// operands reads the expressions and annotations in e into x, which should have
// from least to most operands.
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
