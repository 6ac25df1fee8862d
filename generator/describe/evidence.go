package describe

import (
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// Evidence is what the configuration says about properties, as the plan of the package
// takes it: their names with the types that declare them, "microsoft.graph.user/mail". The
// configuration wins over the metadata. It also says whether there are reference pages.
type Evidence struct {
	ReadOnly []string // only the service sets them
	Settable []string // a create can set them, whatever the metadata says
	Pages    bool     // reference pages were read
}

// readOnly returns the evidence that only the service sets a property, or "".
func (e Evidence) readOnly(owner *model.StructuredType, p *model.Property) string {
	term, _ := vocab.ReadOnly(p.Annotated)
	switch name := owner.QualifiedName() + "/" + p.Name; {
	case slices.Contains(e.Settable, name):
		return ""
	case term == "" && slices.Contains(e.ReadOnly, name):
		return "configuration"
	}
	return term
}

// created returns the properties that a create can set, as far as is known, and the
// others.
func (e Evidence) created(r model.Resource) (settable, refused []string) {
	insert := vocab.InsertRestrictions(r.Annotations())
	for t := r.Type(); t != nil; t = t.BaseType() {
		for _, p := range t.Properties {
			listed := slices.Contains(insert.NonInsertable, p.Name) && !slices.Contains(e.Settable, t.QualifiedName()+"/"+p.Name)
			if listed || e.readOnly(t, p) != "" {
				refused = append(refused, p.Name)
			} else {
				settable = append(settable, p.Name)
			}
		}
	}
	slices.Sort(settable)
	slices.Sort(refused)
	return settable, refused
}
