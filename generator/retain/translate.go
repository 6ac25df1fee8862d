package retain

import (
	"cmp"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/slice"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// renamedTypes returns the new names of renamed types by their old names. If one
// version has both names, they are two types.
func renamedTypes(old, new *api.Selection) map[string]string {
	byName := func(s *api.Selection) map[string]model.Type {
		list := map[string]model.Type{}
		for _, t := range s.Types {
			list[t.QualifiedName()] = t
		}
		return list
	}
	renamed := map[string]string{}
	for _, r := range MatchTypes(byName(old), byName(new)).Renamed {
		if !declares(old.Model, r.New) && !declares(new.Model, r.Old) {
			renamed[r.Old] = r.New
		}
	}
	return renamed
}

// declares reports whether a model has a type, selected or not. The models of
// selections are not linked.
func declares(m *model.Model, name string) bool {
	for _, s := range m.Schemas {
		for t := range s.Types() {
			if t.QualifiedName() == name {
				return true
			}
		}
	}
	return false
}

// translate returns a copy of a selection in which types have their new names. Its model
// lacks operations, which are not retained.
func translate(s *api.Selection, now func(string) string) *api.Selection {
	old := slice.Used(s.Model)
	m := &model.Model{Container: old.Container}
	ref := func(r *model.TypeRef) { r.Name = now(r.Name) }
	for _, s := range old.Schemas {
		for _, t := range s.Structured {
			if t.Base != nil {
				ref(t.Base)
			}
			for _, p := range t.Properties {
				ref(&p.Type)
			}
			for _, n := range t.Navigation {
				ref(&n.Type)
			}
			to := rename(m, s.Namespace, &t.Name, now)
			to.Structured = append(to.Structured, t)
		}
		for _, t := range s.Enums {
			to := rename(m, s.Namespace, &t.Name, now)
			to.Enums = append(to.Enums, t)
		}
		for _, t := range s.Definitions {
			to := rename(m, s.Namespace, &t.Name, now)
			to.Definitions = append(to.Definitions, t)
		}
	}
	if m.Container != nil {
		m.Container.Imports = nil // of operations
		for _, s := range m.Container.Sources {
			ref(&s.Type)
		}
	}
	model.Link(m)
	return inModel(m, s, now)
}

// rename gives a type its new name, and returns the schema for it.
func rename(m *model.Model, namespace string, name *string, now func(string) string) *model.Schema {
	qualified := now(namespace + "." + *name)
	i := strings.LastIndexByte(qualified, '.')
	*name = qualified[i+1:]
	return schemaOf(m, qualified[:i])
}

// inModel returns a copy of a selection with the elements of another model, in
// which types and resources may have other names.
func inModel(m *model.Model, s *api.Selection, now func(string) string) *api.Selection {
	t := &api.Selection{Model: m}
	for _, u := range s.Types {
		t.Types = append(t.Types, m.Type(now(u.QualifiedName())))
	}
	at := resourcesOf(m)
	there := func(r model.Resource) model.Resource {
		declared := at[now(model.Resource{Source: r.Source, Navigation: r.Navigation, Property: r.Property, Owner: r.Owner}.ID())]
		declared.Item = r.Item
		if r.Cast != nil {
			declared.Cast, _ = m.Type(now(r.Cast.QualifiedName())).(*model.StructuredType)
		}
		return declared
	}
	paths := func(list []model.Path) (moved []model.Path) {
		for _, path := range list {
			var to model.Path
			for _, r := range path {
				to = append(to, there(r))
			}
			moved = append(moved, to)
		}
		return moved
	}
	operations := map[string]*model.Operation{}
	for _, s := range m.Schemas {
		for _, o := range s.Operations {
			operations[overload(o)] = o
		}
	}
	for _, step := range s.Steps {
		t.Steps = append(t.Steps, api.Step{From: there(step.From), To: there(step.To), Retained: step.Retained})
	}
	for _, method := range s.Methods {
		moved := *method
		moved.Resource = there(method.Resource)
		moved.Paths, moved.RuledOut = paths(method.Paths), paths(method.RuledOut)
		if o := method.Operation; o != nil {
			moved.Operation = cmp.Or(operations[overload(o)], o)
		}
		t.Methods = append(t.Methods, &moved)
	}
	return t
}

// overload returns a name for an operation that no other operation has.
func overload(o *model.Operation) string {
	name := o.Signature()
	if o.Bound && len(o.Parameters) > 0 {
		name = o.Parameters[0].Type.String() + "/" + name
	}
	return name
}

// resourcesOf returns the resources of a model by their IDs, without the root and
// casts.
func resourcesOf(m *model.Model) map[string]model.Resource {
	list := map[string]model.Resource{}
	enter := func(r model.Resource) {
		list[r.ID()] = r
		if r.Collection() {
			r.Item = true
			list[r.ID()] = r
		}
	}
	if m.Container != nil {
		for _, s := range m.Container.Sources {
			enter(model.Resource{Source: s})
		}
	}
	for _, s := range m.Schemas {
		for _, t := range s.Structured {
			for _, n := range t.Navigation {
				enter(model.Resource{Navigation: n, Owner: t})
			}
		}
	}
	return list
}

// schemaOf returns the schema of a namespace. It adds it if the model lacks it.
func schemaOf(m *model.Model, namespace string) *model.Schema {
	i := slices.IndexFunc(m.Schemas, func(s *model.Schema) bool { return s.Namespace == namespace })
	if i < 0 {
		i = len(m.Schemas)
		m.Schemas = append(m.Schemas, &model.Schema{Namespace: namespace})
	}
	return m.Schemas[i]
}

// soundTypes returns the defects of the model of a selection as an error. There are
// none unless the lock file was edited.
func soundTypes(s *api.Selection) error {
	var defects []source.Diagnostic
	s.Model.Walk(func(e *model.Element) {
		if d := e.Defect(); d != nil {
			defects = append(defects, *d)
		}
	})
	if len(defects) > 0 {
		return &source.InputError{Diagnostics: source.Sorted(defects)}
	}
	return nil
}
