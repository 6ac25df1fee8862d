package retain

import (
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

// onto returns a selection as it is in another model that has all of it,
// where types and resources may have other names.
func onto(m *model.Model, s *api.Selection, named func(string) string) *api.Selection {
	t := &api.Selection{Model: m}
	for _, u := range s.Types {
		t.Types = append(t.Types, m.Type(named(u.QualifiedName())))
	}
	at := resources(m)
	there := func(r api.Resource) api.Resource { return at[named(r.ID())] }
	for _, l := range s.Links {
		t.Links = append(t.Links, api.Link{From: there(l.From), To: there(l.To), Kept: l.Kept})
	}
	for _, o := range s.Operations {
		p := &api.Operation{Verb: o.Verb, Resource: there(o.Resource), Kept: o.Kept}
		for _, path := range o.Paths {
			var way api.Path
			for _, r := range path {
				way = append(way, there(r))
			}
			p.Paths = append(p.Paths, way)
		}
		t.Operations = append(t.Operations, p)
	}
	return t
}

// resources returns the resources of a model by their IDs. The root has none.
func resources(m *model.Model) map[string]api.Resource {
	list := map[string]api.Resource{}
	enter := func(r api.Resource) {
		list[r.ID()] = r
		if r.Collection() {
			r.Item = true
			list[r.ID()] = r
		}
	}
	if m.Container != nil {
		for _, s := range m.Container.Sources {
			enter(api.Resource{Source: s})
		}
	}
	for _, s := range m.Schemas {
		for _, t := range s.Structured {
			for _, n := range t.Navigation {
				enter(api.Resource{Navigation: n, Owner: t})
			}
		}
	}
	return list
}

// schemaOf returns the schema of a namespace, which the model has afterwards.
func schemaOf(m *model.Model, namespace string) *model.Schema {
	i := slices.IndexFunc(m.Schemas, func(s *model.Schema) bool { return s.Namespace == namespace })
	if i < 0 {
		i = len(m.Schemas)
		m.Schemas = append(m.Schemas, &model.Schema{Namespace: namespace})
	}
	return m.Schemas[i]
}
