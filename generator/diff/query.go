package diff

import (
	"maps"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/report"
)

// findQuery returns the change that can add or remove a name for queries, or nil. A
// package has queries about a type if a method takes one, or if the type is that of
// a property in other queries.
func (c *comparer) findQuery(p *golang.Plan, s *symbol, fits func(Action) bool) *entry {
	todo := []*golang.Struct{s.query}
	if s.to != nil {
		todo = append(todo, s.to)
	}
	var resources []cause            // the least specific ones
	for i := 0; i < len(todo); i++ { // the list grows
		about := todo[i]
		for _, b := range p.Builders {
			for _, m := range b.Methods {
				if _, takes := m.TakesQuery(); !takes || m.Type != about {
					continue
				}
				if e := c.find(append([]cause{{m.ID(), KindMethod}}, signatureCauses(m)...), fits); e != nil {
					return e
				}
				resources = slices.Concat(resources, methodCauses(m.Resource), callCauses(b.Calls))
			}
		}
		for _, q := range p.Queries {
			for _, f := range q.Struct.AllFields() {
				if f.Type.Struct != about {
					continue
				}
				property := ownerOf(q.Struct, f).QualifiedName() + "/" + f.Property.Name
				if e := c.find([]cause{{property, KindProperty}, {property, KindType}}, fits); e != nil {
					return e
				}
				if !slices.Contains(todo, q.Struct) {
					todo = append(todo, q.Struct)
				}
			}
		}
	}
	return c.find(resources, fits)
}

// navigations compares the navigation properties that only queries have: no selected
// path leads along them.
func (c *comparer) navigations() {
	old, new := navigationsOf(c.old.Plan), navigationsOf(c.new.Plan)
	onPaths := resourcesOf(c.old.Plan)
	maps.Copy(onPaths, resourcesOf(c.new.Plan))
	for _, subject := range sortedKeys(old, new) {
		o, n := old[subject], new[subject]
		switch {
		case onPaths[subject] != nil:
		case o == nil:
			if !declares(c.old.Model, subject) {
				c.add(Change{Severity: report.Additive, Kind: KindProperty, Action: Added, Subject: subject, New: n.Type.String(), NewAt: n.Position})
			}
		case n == nil || vocab.Retained(n.Annotated):
			change := Change{Severity: report.Wire, Kind: KindProperty, Action: Removed, Subject: subject, Old: o.Type.String(), OldAt: o.Position}
			switch {
			case vocab.Retained(o.Annotated) && n != nil, declares(c.new.Model, subject):
				continue
			case n != nil:
				change.Evidence = isRetained
			case vocab.Retained(o.Annotated):
				change.Evidence = wasRetained
			}
			c.add(change)
		default:
			c.about(subject, o.Position, n.Position).texts(report.Wire, KindType, o.Type.String(), n.Type.String())
		}
	}
}

// navigationsOf returns the navigation properties in the queries of a package, by
// subject.
func navigationsOf(p *golang.Plan) map[string]*model.Navigation {
	list := map[string]*model.Navigation{}
	for _, q := range p.Queries {
		for _, f := range q.Fields {
			if f.Navigation != nil {
				list[f.Owner.QualifiedName()+"/"+f.Navigation.Name] = f.Navigation
			}
		}
	}
	return list
}

// declares reports whether a model has a navigation property.
func declares(m *model.Model, subject string) bool {
	name, property, _ := strings.Cut(subject, "/")
	t, _ := m.Type(name).(*model.StructuredType)
	return t != nil && slices.ContainsFunc(t.Navigation, func(n *model.Navigation) bool { return n.Name == property })
}

// ownerOf returns the type that declares a field of a struct.
func ownerOf(s *golang.Struct, f *golang.Field) *model.StructuredType {
	for t := s; t != nil; t = t.Base {
		if slices.Contains(t.Fields, f) {
			return t.Type
		}
	}
	return s.Type
}
