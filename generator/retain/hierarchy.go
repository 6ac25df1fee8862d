package retain

import (
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// hierarchy enters the structured types that the package will have: the new ones
// and the removed ones.
func (f *finder) hierarchy() {
	for _, s := range f.new.Model.Schemas {
		for _, t := range s.Structured {
			f.enter(t)
		}
	}
	for _, t := range f.old.Types {
		if o, ok := t.(*model.StructuredType); ok && f.newTypes[o.QualifiedName()] == nil {
			f.replace(o)
		}
	}
	for name, base := range f.base {
		f.derived[base] = append(f.derived[base], name)
	}
}

func (f *finder) enter(t *model.StructuredType) {
	name := t.QualifiedName()
	f.navigation[name] = t.Navigation
	f.declared[name] = map[string]bool{}
	for _, p := range t.Properties {
		f.declared[name][p.Name] = true
	}
	for _, n := range t.Navigation {
		f.declared[name][n.Name] = true
	}
	if t.Base != nil {
		f.base[name] = t.Base.Name
	}
}

// replace enters a removed type. If a selected path still leads through it, the new
// model has a part of it.
func (f *finder) replace(o *model.StructuredType) {
	name := o.QualifiedName()
	declared := map[string]bool{}
	for _, n := range f.navigation[name] {
		declared[n.Name] = true
	}
	f.declared[name] = declared
	delete(f.base, name)
	if base := o.BaseType(); base != nil && f.kind(base.QualifiedName()) == o.Kind {
		f.base[name] = base.QualifiedName()
	}
}

// kind returns the kind of the structured type that the package will have, or "".
func (f *finder) kind(name string) model.Kind {
	for _, list := range []map[string]model.Type{f.newTypes, f.oldTypes} {
		if t := list[name]; t != nil {
			s, ok := t.(*model.StructuredType)
			if !ok {
				return ""
			}
			return s.Kind
		}
	}
	if t, ok := f.whole.Type(name).(*model.StructuredType); ok {
		return t.Kind
	}
	return ""
}

// has reports whether a type declares or inherits a property.
func (f *finder) has(name, member string) bool {
	for {
		if f.declared[name][member] {
			return true
		}
		base, ok := f.base[name]
		if !ok {
			return false
		}
		name = base
	}
}

// heir returns a type derived from the type name that declares a property, or "".
func (f *finder) heir(name, member string) string {
	heirs := slices.Sorted(slices.Values(f.derived[name]))
	for _, heir := range heirs {
		if f.declared[heir][member] {
			return heir
		}
		if found := f.heir(heir, member); found != "" {
			return found
		}
	}
	return ""
}

// ensureType adds the type o to the retained model if a retained path leads through
// it and the package would not have it. It reports whether the path is possible.
func (f *finder) ensureType(o *model.StructuredType) bool {
	name := o.QualifiedName()
	if f.declared[name] != nil || f.newTypes[name] != nil {
		return f.kind(name) == model.Entity
	}
	base := o.BaseType()
	if base != nil && !f.ensureType(base) {
		return false
	}
	head := withoutMembers(o)
	head.Annotated = nil
	f.declared[name] = map[string]bool{}
	if base != nil {
		f.base[name] = base.QualifiedName()
		head.Base = &model.TypeRef{Name: base.QualifiedName()}
		f.derived[base.QualifiedName()] = append(f.derived[base.QualifiedName()], name)
	}
	for _, p := range o.Properties {
		if !f.has(name, p.Name) {
			f.declared[name][p.Name] = true
			head.Properties = append(head.Properties, new(*p))
		}
	}
	s := f.schema(o.Namespace)
	s.Structured = append(s.Structured, head)
	return true
}
