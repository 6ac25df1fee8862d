package retain

import (
	"cmp"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

// Found is what a selection lacks that an earlier one had, before it is known
// what has which Go name.
type Found struct {
	// Lost are elements of the earlier selection that cannot be kept, and why.
	Lost map[string]string
	// Raised are properties that a base type declares now: as good as before.
	Raised map[string]bool

	kept    Kept
	renamed map[string]string // names of types, members and IDs of resources: before and now
	moved   map[string]string // keys of fields: where they are kept, and where they were
}

// Find compares what was selected with what is selected now, out of the model
// whole.
func Find(old, new *api.Selection, whole *model.Model) (*Found, error) {
	f := &finder{
		Found:    &Found{Lost: map[string]string{}, Raised: map[string]bool{}, renamed: renamedTypes(old, new), moved: map[string]string{}},
		new:      new,
		whole:    whole,
		oldTypes: map[string]model.Type{},
		newTypes: map[string]model.Type{},
		before:   map[string]string{},
		base:     map[string]string{},
		derived:  map[string][]string{},
		declared: map[string]map[string]bool{},
		visited:  map[string]bool{},
	}
	for _, t := range old.Types {
		f.before[f.named(t.QualifiedName())] = t.QualifiedName()
	}
	var err error
	if f.old, err = translated(old, f.named); err != nil {
		return nil, err
	}
	for _, t := range f.old.Types {
		f.oldTypes[t.QualifiedName()] = t
	}
	for _, t := range new.Types {
		f.newTypes[t.QualifiedName()] = t
	}
	f.hierarchy()
	for _, t := range f.old.Types {
		f.find(t)
	}
	f.resources()
	f.refused()
	f.sort()
	return f.Found, nil
}

// renamedTypes returns the types that have another name now. Where one side has
// both names, they are two.
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

// finder looks for what is gone. All names are those of now.
type finder struct {
	*Found
	old, new           *api.Selection
	whole              *model.Model
	oldTypes, newTypes map[string]model.Type
	before             map[string]string // the names that types had

	// The structured types that there will be: their base types, the types
	// derived from them, and the names of what they declare.
	base     map[string]string
	derived  map[string][]string
	declared map[string]map[string]bool
	visited  map[string]bool
}

// find keeps what is gone of a type, or the type.
func (f *finder) find(o model.Type) {
	name := o.QualifiedName()
	n, there := f.newTypes[name]
	switch o := o.(type) {
	case *model.StructuredType:
		if _, ok := n.(*model.StructuredType); ok || !there {
			f.structured(name)
		}
	case *model.EnumType:
		if n, ok := n.(*model.EnumType); ok {
			f.members(o, n)
		} else if !there {
			t := *o
			t.Annotated = f.deprecated(o.Annotated, f.why(name))
			s := f.schema(o.Namespace)
			s.Enums = append(s.Enums, &t)
		}
	case *model.TypeDefinition:
		if !there {
			t := *o
			t.Annotated = f.deprecated(o.Annotated, f.why(name))
			s := f.schema(o.Namespace)
			s.Definitions = append(s.Definitions, &t)
		}
	}
}

// members keeps the members of an enumeration that are gone.
func (f *finder) members(o, n *model.EnumType) {
	name := o.QualifiedName()
	m := MatchMembers(o.Members, n.Members)
	for _, r := range m.Renamed {
		f.renamed[f.before[name]+"/"+r.Old] = name + "/" + r.New
	}
	var members []*model.Member
	for _, member := range o.Members {
		if slices.Contains(m.Removed, member.Name) {
			kept := *member
			kept.Annotated = f.deprecated(member.Annotated, gone)
			members = append(members, &kept)
		}
	}
	if members != nil {
		s := f.schema(o.Namespace)
		s.Enums = append(s.Enums, &model.EnumType{Name: o.Name, Members: members})
	}
}

// schema returns the kept schema of a namespace.
func (f *finder) schema(namespace string) *model.Schema {
	if f.kept.Model == nil {
		f.kept.Model = &model.Model{}
	}
	return schemaOf(f.kept.Model, namespace)
}

// sort puts into order what is kept.
func (f *finder) sort() {
	slices.SortFunc(f.kept.Links, func(a, b Link) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	slices.Sort(f.kept.Creates)
	if f.kept.Model == nil {
		return
	}
	slices.SortFunc(f.kept.Model.Schemas, func(a, b *model.Schema) int { return cmp.Compare(a.Namespace, b.Namespace) })
	for _, s := range f.kept.Model.Schemas {
		slices.SortFunc(s.Structured, func(a, b *model.StructuredType) int { return cmp.Compare(a.Name, b.Name) })
		for _, t := range s.Structured {
			slices.SortFunc(t.Properties, func(a, b *model.Property) int { return cmp.Compare(a.Name, b.Name) })
			slices.SortFunc(t.Navigation, func(a, b *model.Navigation) int { return cmp.Compare(a.Name, b.Name) })
		}
	}
}

// declares reports whether a model has a type, selected or not.
func declares(m *model.Model, name string) bool {
	for _, s := range m.Schemas {
		is := func(t model.Type) bool { return t.QualifiedName() == name }
		if slices.ContainsFunc(s.Structured, func(t *model.StructuredType) bool { return is(t) }) ||
			slices.ContainsFunc(s.Enums, func(t *model.EnumType) bool { return is(t) }) ||
			slices.ContainsFunc(s.Definitions, func(t *model.TypeDefinition) bool { return is(t) }) {
			return true
		}
	}
	return false
}
