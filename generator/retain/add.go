package retain

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/slice"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Add returns a selection with the retained elements added, in a new model. It
// returns an error if the retained elements do not fit the selection.
func Add(s *api.Selection, r *api.Retained) (*api.Selection, error) {
	m := slice.Used(s.Model)
	selected := map[string]bool{}
	for _, t := range s.Types {
		selected[t.QualifiedName()] = true
	}
	if r.Model != nil {
		addTypes(m, r, selected)
	}
	addValues(m, r)
	addRefused(m, r)
	model.Link(m)
	sum := inModel(m, s, func(id string) string { return id })
	if err := soundTypes(sum); err != nil {
		return nil, err
	}
	for _, name := range retainedTypes(r) {
		if t := m.Type(name); !selected[name] && t != nil {
			sum.Types = append(sum.Types, t)
		}
	}
	slices.SortFunc(sum.Types, func(a, b model.Type) int { return cmp.Compare(a.QualifiedName(), b.QualifiedName()) })
	if err := addResources(sum, r); err != nil {
		return nil, err
	}
	return sum, nil
}

// addTypes adds retained types, properties, members and entity sets to a model.
// The model also has types that are not selected, because a path leads through
// them.
func addTypes(m *model.Model, r *api.Retained, selected map[string]bool) {
	retained := slice.Used(r.Model)
	for _, part := range retained.Schemas {
		s := schemaOf(m, part.Namespace)
		for _, t := range part.Structured {
			t.Namespace = part.Namespace
			name := t.QualifiedName()
			i := slices.IndexFunc(s.Structured, func(u *model.StructuredType) bool { return u.Name == t.Name })
			switch {
			case i < 0:
				s.Structured = append(s.Structured, t)
			case !selected[name] && r.Names[name] != "":
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
	if c := retained.Container; c != nil {
		if m.Container == nil {
			m.Container = &model.Container{Namespace: c.Namespace, Name: c.Name}
		}
		m.Container.Sources = append(m.Container.Sources, c.Sources...)
	}
}

// addValues adds the retained values to the allowed values of properties.
func addValues(m *model.Model, r *api.Retained) {
	for _, s := range m.Schemas {
		for _, t := range s.Structured {
			for _, p := range t.Properties {
				if values := r.Values[s.Namespace+"."+t.Name+"/"+p.Name]; len(values) > 0 {
					p.Annotated = vocab.RetainValues(p.Annotated, values)
				}
			}
		}
	}
}

// addRefused adds the retained properties that bodies cannot set to the
// restrictions in the model.
func addRefused(m *model.Model, r *api.Retained) {
	at := resourcesOf(m)
	for _, id := range slices.Sorted(maps.Keys(r.Refused)) {
		verb, resourceID, _ := strings.Cut(id, " ")
		resource, ok := at[resourceID]
		if !ok {
			continue
		}
		e := resource.Element()
		var a *model.Annotation
		if verb == http.MethodPost {
			insert := vocab.InsertRestrictions(e.Annotated)
			insert.NonInsertable = withNames(insert.NonInsertable, r.Refused[id])
			a = vocab.NewInsertRestrictions(insert, source.Position{})
		} else {
			update := vocab.UpdateRestrictions(e.Annotated)
			update.NonUpdatable = withNames(update.NonUpdatable, r.Refused[id])
			a = vocab.NewUpdateRestrictions(update, source.Position{})
		}
		e.Annotated = append(slices.DeleteFunc(slices.Clone(e.Annotated), func(b *model.Annotation) bool { return a.Term == b.Term && b.Qualifier == "" }), a)
	}
}

// withNames returns a list with the names that it lacks.
func withNames(list, names []string) []string {
	list = slices.Clone(list)
	for _, name := range names {
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// retainedTypes returns the names of the types in the retained model that have a
// Go name.
func retainedTypes(r *api.Retained) []string {
	if r.Model == nil {
		return nil
	}
	var names []string
	enter := func(s *model.Schema, name string) {
		if name = s.Namespace + "." + name; r.Names[name] != "" {
			names = append(names, name)
		}
	}
	for _, s := range r.Model.Schemas { // which is not linked: its types lack their namespace
		for _, t := range s.Structured {
			enter(s, t.Name)
		}
		for _, t := range s.Enums {
			enter(s, t.Name)
		}
		for _, t := range s.Definitions {
			enter(s, t.Name)
		}
	}
	return names
}

// addResources adds the retained steps and methods.
func addResources(sum *api.Selection, r *api.Retained) error {
	at := resourcesOf(sum.Model)
	find := func(id string) model.Resource {
		if resource, ok := at[id]; ok {
			return resource
		}
		// The ID of a cast ends with the name of a type.
		i := strings.LastIndexByte(id, '/')
		resource := at[id[:max(i, 0)]]
		resource.Cast, _ = sum.Model.Type(id[i+1:]).(*model.StructuredType)
		return resource
	}
	for _, step := range r.Steps {
		var from model.Resource
		if step.From != "" {
			from = find(step.From)
		}
		to := find(step.To)
		if step.From != "" && from.Type() == nil || to.Type() == nil {
			return fmt.Errorf("the step from %q to %q does not exist", step.From, step.To)
		}
		sum.Steps = append(sum.Steps, api.Step{From: from, To: to, Retained: true})
	}
	slices.SortFunc(sum.Steps, func(a, b api.Step) int {
		return cmp.Or(cmp.Compare(a.From.ID(), b.From.ID()), cmp.Compare(a.To.ID(), b.To.ID()))
	})
	for _, id := range r.Methods {
		_, resourceID, _ := strings.Cut(id, " ")
		resourceID, _, _ = strings.Cut(resourceID, "/$")
		resource := find(resourceID)
		possible := api.Possible(resource)
		i := slices.IndexFunc(possible, func(m api.Method) bool { return m.ID() == id })
		if resource.Type() == nil || i < 0 || !slices.Contains(sum.Types, model.Type(resource.Type())) {
			return fmt.Errorf("the method %q does not exist", id)
		}
		possible[i].Retained = true
		sum.Methods = append(sum.Methods, &possible[i])
	}
	return nil
}
