package retain

import (
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// resource keeps a resource, if it can be.
func (f *finder) resource(r api.Resource) bool {
	if r.Type() == nil || !f.way(r.Type()) || r.Owner != nil && !f.way(r.Owner) {
		f.Lost[r.ID()] = "its type is no entity type any more"
		return false
	}
	if r.Source != nil {
		s := *r.Source
		s.Annotated = f.deprecated(s.Annotated, f.whyResource(r))
		f.schema(f.old.Model.Container.Namespace) // has the model be there
		if f.kept.Model.Container == nil {
			f.kept.Model.Container = &model.Container{Namespace: f.old.Model.Container.Namespace, Name: f.old.Model.Container.Name}
		}
		f.kept.Model.Container.Sources = append(f.kept.Model.Container.Sources, &s)
		return true
	}
	owner := r.Owner.QualifiedName()
	if f.has(owner, r.Name()) || f.heir(owner, r.Name()) != "" {
		f.Lost[r.ID()] = "something else has the name " + r.Name() + " now"
		return false
	}
	f.declared[owner][r.Name()] = true
	n := *r.Navigation
	n.Annotated = f.deprecated(n.Annotated, f.whyResource(r))
	part := f.place(r.Owner)
	part.Navigation = append(part.Navigation, &n)
	return true
}

// way has a type be there for what leads through it, and reports whether it can.
func (f *finder) way(o *model.StructuredType) bool {
	name := o.QualifiedName()
	if f.declared[name] != nil || f.newTypes[name] != nil {
		return f.kind(name) == model.Entity
	}
	base := o.BaseType()
	if base != nil && !f.way(base) {
		return false
	}
	part := f.part(o)
	part.Annotated = nil
	f.declared[name] = map[string]bool{}
	if base != nil {
		f.base[name] = base.QualifiedName()
		part.Base = &model.TypeRef{Name: base.QualifiedName()}
		f.derived[base.QualifiedName()] = append(f.derived[base.QualifiedName()], name)
	}
	for _, p := range o.Properties {
		if !f.has(name, p.Name) {
			f.declared[name][p.Name] = true
			part.Properties = append(part.Properties, new(*p))
		}
	}
	s := f.schema(o.Namespace)
	s.Structured = append(s.Structured, part)
	return true
}

// refused finds the properties that are kept and that a create cannot set: all,
// if the reference page lists those that it can, else those that it could not
// set before.
func (f *finder) refused() {
	before := resources(f.old.Model)
	for _, o := range f.new.Operations {
		id := o.Resource.ID()
		var could []string
		if r, ok := before[id]; ok {
			could = vocab.InsertRestrictions(r.Annotations()).NonInsertable
		}
		listed := vocab.InsertRestrictions(o.Resource.Annotations()).Page != ""
		for name, ok := o.Resource.Type().QualifiedName(), true; ok; name, ok = f.base[name] {
			for _, p := range f.keptProperties(name) {
				if listed || slices.Contains(could, p) {
					if f.kept.Refused == nil {
						f.kept.Refused = map[string][]string{}
					}
					f.kept.Refused[id] = append(f.kept.Refused[id], p)
				}
			}
		}
		slices.Sort(f.kept.Refused[id])
	}
}

// keptProperties returns the properties that are kept of a type.
func (f *finder) keptProperties(name string) []string {
	if f.kept.Model == nil {
		return nil
	}
	var names []string
	for _, s := range f.kept.Model.Schemas {
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
