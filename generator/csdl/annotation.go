package csdl

import (
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// term reads a term, section 14.1.
func (e element) term() *model.Term {
	t := &model.Term{
		Name:      e.identifier("Name"),
		Type:      e.typeRef("Type"),
		BaseTerm:  e.optional("BaseTerm"),
		AppliesTo: strings.Fields(e.optional("AppliesTo")),
		Position:  e.at,
	}
	t.Facets = e.nullableFacets(t.Type)
	t.Facets.DefaultValue = e.defaultValue()
	t.Annotated = e.annotations()
	return t
}

// target reads annotations that stand apart from their target, section 5.2.
func (e element) target() *model.Target {
	t := &model.Target{Path: e.required("Target"), Position: e.at}
	qualifier := e.optional("Qualifier")
	t.Annotations = e.annotations()
	if qualifier == "" {
		return t
	}
	for _, a := range t.Annotations {
		if a.Qualifier != "" {
			e.r.ds.Warnf(a.Position, "Annotation and the Annotations around it both have a Qualifier: %s is left out", qualifier)
			continue
		}
		a.Qualifier = qualifier
	}
	return t
}

// annotations reads an element that has no children but annotations.
func (e element) annotations() []*model.Annotation {
	var list []*model.Annotation
	for child := range e.children() {
		if child.name != "Annotation" {
			child.unknown(e)
			continue
		}
		list = append(list, child.annotation())
	}
	return list
}

// annotation reads an annotation, section 14.2.
func (e element) annotation() *model.Annotation {
	a := &model.Annotation{
		Term:      e.required("Term"),
		Qualifier: e.optional("Qualifier"), // not just identifiers: Graph has some with dots
		Position:  e.at,
	}
	a.Value, a.Annotations = e.value()
	return a
}

// value reads the expression in an attribute of e or in a child element, and
// the annotations of e. It returns nil if there is no expression.
func (e element) value() (*model.Expression, []*model.Annotation) {
	var value *model.Expression
	set := func(x *model.Expression) {
		if value != nil {
			e.r.ds.Warnf(x.Position, "%s has a second value: %s is left out", e.name, x.Kind)
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
			annotations = append(annotations, child.annotation())
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
		x.Value = text
	}
	return x
}
