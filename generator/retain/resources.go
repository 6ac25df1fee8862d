package retain

import (
	"cmp"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// resources retains the removed resources with their steps and methods.
func (f *finder) resources() {
	a := addresses{
		old: linked(f.old), new: linked(f.new),
		renamed: map[string]string{}, retained: map[string]bool{},
	}
	m := MatchResources(withoutItems(a.old), withoutItems(a.new))
	for _, r := range m.Renamed {
		a.renamed[r.Old] = r.New
		f.renamed[f.oldID(a.old[r.Old])] = r.New
	}
	for _, id := range m.Removed {
		a.retained[id] = f.resource(a.old[id])
	}
	a.items()
	f.steps(a)
	f.methods(a)
}

// addresses are the resources of both versions by their IDs.
type addresses struct {
	old, new map[string]model.Resource
	renamed  map[string]string // new IDs by old ones, without items
	retained map[string]bool
}

// linked returns the resources that the steps of a selection lead to.
func linked(s *api.Selection) map[string]model.Resource {
	list := map[string]model.Resource{}
	for _, step := range s.Steps {
		list[step.To.ID()] = step.To
	}
	return list
}

// withoutItems returns the resources that are neither items nor casts.
func withoutItems(all map[string]model.Resource) map[string]model.Resource {
	list := map[string]model.Resource{}
	for id, r := range all {
		if !r.Item && r.Cast == nil {
			list[id] = r
		}
	}
	return list
}

// id returns the new ID of a resource.
func (a addresses) id(r model.Resource) string {
	collection := model.Resource{Source: r.Source, Navigation: r.Navigation, Property: r.Property, Owner: r.Owner}.ID()
	if to, ok := a.renamed[collection]; ok {
		return to + strings.TrimPrefix(r.ID(), collection)
	}
	return r.ID()
}

// items retains the removed items and casts of resources that the package will
// have.
func (a addresses) items() {
	for _, r := range a.old {
		if !r.Item && r.Cast == nil {
			continue
		}
		if id := a.id(r); !a.there(id) {
			declared := model.Resource{Source: r.Source, Navigation: r.Navigation, Property: r.Property, Owner: r.Owner}
			now, ok := a.new[a.id(declared)]
			a.retained[id] = a.retained[a.id(declared)] || ok && now.Ref().Collection == r.Ref().Collection
		}
	}
}

// there reports whether the package will have a resource with an ID.
func (a addresses) there(id string) bool {
	_, ok := a.new[id]
	return ok || a.retained[id] || id == ""
}

// steps retains the removed steps between resources that the package will have.
func (f *finder) steps(a addresses) {
	done := map[api.RetainedStep]bool{}
	for _, s := range f.new.Steps {
		done[api.RetainedStep{From: s.From.ID(), To: s.To.ID()}] = true
	}
	for _, s := range f.old.Steps {
		step := api.RetainedStep{From: a.id(s.From), To: a.id(s.To)}
		if !done[step] && a.there(step.From) && a.there(step.To) && f.leads(cmp.Or(a.new[step.From], s.From), s.To) {
			done[step] = true
			f.retained.Steps = append(f.retained.Steps, step)
		}
	}
}

// leads reports whether the resource from, whose type may have changed, still leads
// to the resource to.
func (f *finder) leads(from, to model.Resource) bool {
	if to.Owner == nil || to.Item || to.Cast != nil {
		return true
	}
	owner := to.Owner.QualifiedName()
	for name, ok := from.Type().QualifiedName(), true; ok; name, ok = f.base[name] {
		if name == owner {
			return true
		}
	}
	return false
}

// methods retains the removed methods of resources that the package will have and
// whose type has not changed.
func (f *finder) methods(a addresses) {
	taken := map[string]bool{}
	for _, m := range f.new.Methods {
		taken[m.ID()] = true
	}
	for _, m := range f.old.Methods {
		if m.Operation != nil {
			continue // an operation is not retained
		}
		resource := a.id(m.Resource)
		now := a.new[resource]
		same := !now.IsRoot() && now.Collection() == m.Resource.Collection() && now.Type().QualifiedName() == m.Resource.Type().QualifiedName()
		if id := m.Verb + " " + resource + m.Suffix; !taken[id] && (a.retained[resource] || same) {
			f.retained.Methods = append(f.retained.Methods, id)
		}
	}
}

// oldID returns the old ID of a resource.
func (f *finder) oldID(r model.Resource) string {
	if r.Owner == nil {
		return r.ID()
	}
	owner := r.Owner.QualifiedName()
	return cmp.Or(f.oldNames[owner], owner) + "/" + r.Name()
}

// resource retains a resource if possible, and reports whether it is.
func (f *finder) resource(r model.Resource) bool {
	if r.Property != nil {
		f.Lost[r.ID()] = "the property is not retained as a resource"
		return false
	}
	if r.Type() == nil || !f.ensureType(r.Type()) || r.Owner != nil && !f.ensureType(r.Owner) {
		f.Lost[r.ID()] = "its type is not an entity type in the new version"
		return false
	}
	if r.Source != nil {
		s := *r.Source
		s.Annotated = f.deprecated(s.Annotated, f.whyResource(r))
		container := f.old.Model.Container
		f.schema(container.Namespace)
		if f.retained.Model.Container == nil {
			f.retained.Model.Container = &model.Container{Namespace: container.Namespace, Name: container.Name}
		}
		f.retained.Model.Container.Sources = append(f.retained.Model.Container.Sources, &s)
		return true
	}
	owner := r.Owner.QualifiedName()
	if f.stays(owner, r.Navigation) {
		return true // only its steps and methods are removed
	}
	if f.has(owner, r.Name()) || f.heir(owner, r.Name()) != "" {
		f.Lost[r.ID()] = "another property is now called " + r.Name()
		return false
	}
	f.declared[owner][r.Name()] = true
	n := *r.Navigation
	n.Annotated = f.deprecated(n.Annotated, f.whyResource(r))
	part := f.retainedPart(r.Owner)
	part.Navigation = append(part.Navigation, &n)
	return true
}

// stays reports whether the new selection has a navigation property, although no
// selected path leads along it.
func (f *finder) stays(owner string, n *model.Navigation) bool {
	t, ok := f.newTypes[owner].(*model.StructuredType)
	if !ok {
		return false
	}
	now, declaring := t.NavigationProperty(n.Name)
	return now != nil && declaring == t && now.Type.String() == n.Type.String() && f.newTypes[n.Type.Name] != nil
}

// refused finds the retained properties that a body cannot set: all of them if a
// reference page lists the properties that a create can set, else the ones that the
// method could not set before.
func (f *finder) refused() {
	before := resourcesOf(f.old.Model)
	for _, m := range f.new.Methods {
		if !m.HasBody() {
			continue
		}
		var could []string
		if r, ok := before[m.Resource.ID()]; ok {
			could = notSettable(m.Kind, r)
		}
		listed := m.Kind == api.Create && vocab.InsertRestrictions(m.Resource.Annotations()).Page != ""
		var names []string
		for name, ok := m.Resource.Type().QualifiedName(), true; ok; name, ok = f.base[name] {
			for _, p := range f.retainedProperties(name) {
				if listed || slices.Contains(could, p) {
					names = append(names, p)
				}
			}
		}
		if names != nil {
			if f.retained.Refused == nil {
				f.retained.Refused = map[string][]string{}
			}
			f.retained.Refused[m.ID()] = slices.Sorted(slices.Values(names))
		}
	}
}

// notSettable returns the properties that the body of a method cannot set, by the
// annotations of its resource.
func notSettable(kind api.Kind, r model.Resource) []string {
	if kind == api.Create {
		return vocab.InsertRestrictions(r.Annotations()).NonInsertable
	}
	return vocab.UpdateRestrictions(r.Annotations()).NonUpdatable
}

// retainedProperties returns the retained properties of a type.
func (f *finder) retainedProperties(name string) []string {
	if f.retained.Model == nil {
		return nil
	}
	var names []string
	for _, s := range f.retained.Model.Schemas {
		for _, t := range s.Structured {
			if t.QualifiedName() == name {
				for _, p := range t.Properties {
					names = append(names, p.Name)
				}
			}
		}
	}
	return names
}
