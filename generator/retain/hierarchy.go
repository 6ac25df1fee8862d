package retain

import (
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// hierarchy enters the structured types that the package will have: those of
// now, and the removed ones.
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

// replace enters a removed type. A selected path may still lead through it: then
// the model has as much of it as that needs.
func (f *finder) replace(o *model.StructuredType) {
	name := o.QualifiedName()
	declared := map[string]bool{}
	for _, s := range f.new.Model.Schemas {
		for _, t := range s.Structured {
			if t.QualifiedName() == name {
				for _, n := range t.Navigation {
					declared[n.Name] = true
				}
			}
		}
	}
	f.declared[name] = declared
	delete(f.base, name)
	if base := o.BaseType(); base != nil && f.kind(base.QualifiedName()) == o.Kind {
		f.base[name] = base.QualifiedName()
	}
}

// kind returns the kind that a structured type will have, or "".
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

// has reports whether a type or a base type of it declares a member.
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

// heir returns a type derived from another one that declares a member, or "".
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

// ensureType retains the type o if a retained path leads through it and the
// package would not have it. It reports whether the path can.
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
