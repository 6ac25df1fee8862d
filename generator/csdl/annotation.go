package csdl

import (
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// target reads annotations that stand apart from their target, section 5.2.
// Without a target they apply to nothing.
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

// annotations reads an element that has no children but annotations.
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

// annotation reads an annotation, section 14.2. One that lacks a term is left
// out: nothing depends on an annotation, so that its mistakes are warnings.
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

// value reads the expression in an attribute of e or in a child element, and
// the annotations of e. It returns nil if there is no expression.
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
		x.Value = text
	}
	return x
}
