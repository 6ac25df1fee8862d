package csdl

import (
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// open are facts with the names of the attributes that would say them, where
// the absence of these says something.
type open []struct {
	attribute string
	fact      model.Fact
}

// unknown writes which facts are not known, and then the annotations.
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

// unknownOf returns which attributes of an enumeration are not known besides
// its facts.
func unknownOf(t *model.EnumType) (attributes []string) {
	if t.Underlying == "" {
		attributes = append(attributes, "UnderlyingType")
	}
	// Members without values would be numbered.
	valued := func(m *model.Member) bool { return m.Value != nil }
	if len(t.Members) > 0 && !slices.ContainsFunc(t.Members, valued) {
		attributes = append(attributes, "Value")
	}
	return attributes
}

// nullable is the fact that something of a type may be null, where its absence
// says that it may.
func nullable(of model.TypeRef, fact model.Fact) model.Fact {
	if of.Collection {
		return model.Yes
	}
	return fact
}
