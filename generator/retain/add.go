package retain

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/slice"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Add returns a selection with what is kept beside it, in a model of its own.
// An error says that the two do not fit together.
func (k *Kept) Add(s *api.Selection) (*api.Selection, error) {
	m := slice.Used(s.Model)
	selected := map[string]bool{}
	for _, t := range s.Types {
		selected[t.QualifiedName()] = true
	}
	if k.Model != nil {
		k.addTypes(m, selected)
	}
	k.addValues(m)
	k.refuse(m)
	var ds source.Diagnostics // what is to be warned of was, where the two were read
	model.Link(m, &ds)
	if err := ds.Err(); err != nil {
		return nil, err
	}
	sum := onto(m, s, func(id string) string { return id })
	for name := range k.types() {
		if t := m.Type(name); !selected[name] && t != nil {
			sum.Types = append(sum.Types, t)
		}
	}
	slices.SortFunc(sum.Types, func(a, b model.Type) int { return cmp.Compare(a.QualifiedName(), b.QualifiedName()) })
	if err := k.addResources(sum); err != nil {
		return nil, err
	}
	return sum, nil
}

// addResources puts steps and operations back.
func (k *Kept) addResources(sum *api.Selection) error {
	at := resources(sum.Model)
	for _, l := range k.Links {
		from, to := at[l.From], at[l.To]
		if l.From != "" && from.Type() == nil || to.Type() == nil {
			return fmt.Errorf("there is no way from %q to %q", l.From, l.To)
		}
		sum.Links = append(sum.Links, api.Link{From: from, To: to, Kept: true})
	}
	slices.SortFunc(sum.Links, func(a, b api.Link) int {
		return cmp.Or(cmp.Compare(a.From.ID(), b.From.ID()), cmp.Compare(a.To.ID(), b.To.ID()))
	})
	for _, id := range k.Creates {
		r := at[id]
		if !r.Collection() || !slices.Contains(sum.Types, model.Type(r.Type())) {
			return fmt.Errorf("nothing can be created in %q", id)
		}
		sum.Operations = append(sum.Operations, &api.Operation{Verb: http.MethodPost, Resource: r, Kept: true})
	}
	return nil
}

// addTypes puts types, members and entity sets back into a model, in which
// some types are selected. Others in it are just on the way to a resource.
func (k *Kept) addTypes(m *model.Model, selected map[string]bool) {
	kept := slice.Used(k.Model)
	for _, part := range kept.Schemas {
		s := schemaOf(m, part.Namespace)
		for _, t := range part.Structured {
			t.Namespace = part.Namespace
			name := t.QualifiedName()
			i := slices.IndexFunc(s.Structured, func(u *model.StructuredType) bool { return u.Name == t.Name })
			switch {
			case i < 0:
				s.Structured = append(s.Structured, t)
			case !selected[name] && k.Names[name] != "":
				t.Navigation = append(t.Navigation, s.Structured[i].Navigation...)
				s.Structured[i] = t
			default:
				s.Structured[i].Properties = append(s.Structured[i].Properties, t.Properties...)
				s.Structured[i].Navigation = append(s.Structured[i].Navigation, t.Navigation...)
			}
		}
		for _, t := range part.Enums {
			i := slices.IndexFunc(s.Enums, func(u *model.EnumType) bool { return u.Name == t.Name })
			if i < 0 {
				s.Enums = append(s.Enums, t)
			} else {
				s.Enums[i].Members = append(s.Enums[i].Members, t.Members...)
			}
		}
		s.Definitions = append(s.Definitions, part.Definitions...)
	}
	if c := kept.Container; c != nil {
		if m.Container == nil {
			m.Container = &model.Container{Namespace: c.Namespace, Name: c.Name}
		}
		m.Container.Sources = append(m.Container.Sources, c.Sources...)
	}
}

// addValues puts the texts that properties took back.
func (k *Kept) addValues(m *model.Model) {
	for _, s := range m.Schemas {
		for _, t := range s.Structured {
			for _, p := range t.Properties {
				if values := k.Values[s.Namespace+"."+t.Name+"/"+p.Name]; len(values) > 0 {
					p.Annotated = vocab.KeepValues(p.Annotated, values)
				}
			}
		}
	}
}

// types returns the names of the types that are kept as a whole, or in part.
func (k *Kept) types() map[string]bool {
	names := map[string]bool{}
	if k.Model == nil {
		return names
	}
	for _, s := range k.Model.Schemas {
		for _, t := range s.Structured {
			names[s.Namespace+"."+t.Name] = true
		}
		for _, t := range s.Enums {
			names[s.Namespace+"."+t.Name] = true
		}
		for _, t := range s.Definitions {
			names[s.Namespace+"."+t.Name] = true
		}
	}
	for name := range names {
		if k.Names[name] == "" {
			delete(names, name)
		}
	}
	return names
}

// refuse adds the properties that creates cannot set to what the model says of
// them.
func (k *Kept) refuse(m *model.Model) {
	for id, r := range resources(m) {
		names := k.Refused[id]
		if len(names) == 0 {
			continue
		}
		var annotations *[]*model.Annotation
		if r.Navigation != nil {
			annotations = &r.Navigation.Annotated
		} else {
			annotations = &r.Source.Annotated
		}
		insert := vocab.InsertRestrictions(*annotations)
		insert.NonInsertable = slices.Concat(insert.NonInsertable, names)
		a := vocab.NewInsertRestrictions(insert, source.Position{})
		*annotations = append(slices.DeleteFunc(slices.Clone(*annotations), func(b *model.Annotation) bool { return a.Term == b.Term && b.Qualifier == "" }), a)
	}
}
