package csdl

import (
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// fact is a fact that CSDL has a default for, by the name of its attribute.
type fact struct {
	attribute string
	is        *model.Fact
}

// leaveOpen forgets the facts that a source left open before it became CSDL:
// those that an annotation names, which it takes off. It returns the other
// attributes that this names.
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
