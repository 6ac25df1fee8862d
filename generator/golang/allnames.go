package golang

import (
	"cmp"
	"maps"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// Names returns the Go names that all elements of a model get, by key, as if all
// of them were selected.
func Names(m *model.Model, rules ident.Rules, pinned map[string]string) (map[string]string, error) {
	n, err := newNames(m, rules, pinned)
	if err != nil {
		return nil, err
	}
	n.declareAll(m)
	p := &planner{
		names:   n,
		plan:    &Plan{Client: &Builder{}, Names: map[string]string{}},
		structs: map[*model.StructuredType]*Struct{},
		enums:   map[*model.EnumType]*Enum{},
	}
	methods := newMethods(n, m, p.pinnedMembers(m, &api.Selection{}))
	var types []model.Type
	for _, s := range m.Schemas {
		types = slices.AppendSeq(types, s.Types())
		for _, t := range s.Structured {
			methods.navigation(t)
		}
	}
	p.types(&api.Selection{Types: types})
	names := maps.Clone(n.goName)
	for _, s := range m.Schemas {
		for _, o := range s.Operations {
			names[operationMethodKey(o)] = n.operationName(o)
		}
		for _, t := range s.Structured {
			for _, stream := range t.Properties {
				if stream.Type.Name == streamType {
					key := streamKey(t, stream)
					names[key] = cmp.Or(n.pinned[key], n.streamName(t, stream))
				}
			}
		}
	}
	maps.Copy(names, n.queryFields(m))
	for _, s := range m.Schemas {
		for _, t := range s.Structured {
			key := queryTypeKey(t, itemQuery)
			names[key] = cmp.Or(n.pinned[key], n.queryName(t, itemQuery))
		}
	}
	maps.Copy(names, p.plan.Names)
	maps.Copy(names, methods.goName)
	for key, file := range n.file {
		names[fileKey(key)] = file
	}
	return names, nil
}

// pinnedNames returns the names to pin for a plan: the names in a slice, unless an
// earlier run has pinned others.
func pinnedNames(m *model.Model, pinned map[string]string) map[string]string {
	names := vocab.GoNames(m)
	maps.Copy(names, pinned)
	return names
}
