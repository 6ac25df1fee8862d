package csdl

import (
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// fact is a fact whose attribute has a default in CSDL.
type fact struct {
	attribute string
	is        *model.Fact
}

// leaveOpen sets the facts to unknown that an annotation lists as unknown (see
// vocab.NewUnknown), and removes the annotation. It returns the other attributes
// that the annotation lists.
func leaveOpen(annotations *[]*model.Annotation, facts ...fact) (others map[string]bool) {
	attributes, rest := vocab.TakeUnknown(*annotations)
	if attributes == nil {
		return nil
	}
	*annotations, others = rest, map[string]bool{}
	for _, name := range attributes {
		others[name] = true
		for _, f := range facts {
			if f.attribute == name {
				*f.is = model.Unknown
				delete(others, name)
			}
		}
	}
	return others
}

// open are facts whose attributes have a default in CSDL, with these attributes.
type open []struct {
	attribute string
	fact      model.Fact
}

// unknown writes an annotation that lists the unknown facts and the other
// attributes, if there are any, and then the annotations.
func (w *writer) unknown(facts open, annotations []*model.Annotation, others ...string) {
	names := others
	for _, f := range facts {
		if f.fact == model.Unknown {
			names = append(names, f.attribute)
		}
	}
	if a := vocab.NewUnknown(names, source.Position{}); a != nil {
		annotations = slices.Concat([]*model.Annotation{a}, annotations)
	}
	w.annotations(annotations)
}

// unknownOf returns the attributes of an enumeration that are unknown, apart from
// its facts.
func unknownOf(t *model.EnumType) (attributes []string) {
	if t.Underlying == "" {
		attributes = append(attributes, "UnderlyingType")
	}
	// Without this, Parse would number the members.
	valued := func(m *model.Member) bool { return m.Value != nil }
	if len(t.Members) > 0 && !slices.ContainsFunc(t.Members, valued) {
		attributes = append(attributes, "Value")
	}
	return attributes
}

// nullable returns fact for a single value. The items of a collection have no
// default, so that an absent attribute already means unknown.
func nullable(of model.TypeRef, fact model.Fact) model.Fact {
	if of.Collection {
		return model.Yes
	}
	return fact
}
