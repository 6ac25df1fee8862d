package retain

import (
	"cmp"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// finder finds removed elements. All names in the schema are the new ones.
type finder struct {
	*Found
	old, new           *api.Selection
	whole              *model.Model
	oldTypes, newTypes map[string]model.Type
	oldNames           map[string]string // of types, by new name

	navigation map[string][]*model.Navigation // of the structured types of the new version

	// The structured types that the package will have: their base types, derived
	// types and declared properties.
	base     map[string]string
	derived  map[string][]string
	declared map[string]map[string]bool
	visited  map[string]bool
}

// find retains a removed type, or the removed parts of a type.
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

// members retains the removed members of an enumeration.
func (f *finder) members(o, n *model.EnumType) {
	name := o.QualifiedName()
	m := MatchMembers(o.Members, n.Members)
	for _, r := range m.Renamed {
		f.renamed[f.oldNames[name]+"/"+r.Old] = name + "/" + r.New
	}
	var members []*model.Member
	for _, member := range o.Members {
		if slices.Contains(m.Removed, member.Name) {
			retained := *member
			retained.Annotated = f.deprecated(member.Annotated, removed)
			members = append(members, &retained)
		}
	}
	if members != nil {
		s := f.schema(o.Namespace)
		s.Enums = append(s.Enums, &model.EnumType{Name: o.Name, Members: members})
	}
}

// schema returns the retained schema of a namespace.
func (f *finder) schema(namespace string) *model.Schema {
	if f.retained.Model == nil {
		f.retained.Model = &model.Model{}
	}
	return schemaOf(f.retained.Model, namespace)
}

// sort sorts the retained elements.
func (f *finder) sort() {
	r := &f.retained
	slices.SortFunc(r.Steps, func(a, b api.RetainedStep) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	slices.Sort(r.Methods)
	if r.Model == nil {
		return
	}
	slices.SortFunc(r.Model.Schemas, func(a, b *model.Schema) int { return cmp.Compare(a.Namespace, b.Namespace) })
	for _, s := range r.Model.Schemas {
		slices.SortFunc(s.Structured, func(a, b *model.StructuredType) int { return cmp.Compare(a.Name, b.Name) })
		for _, t := range s.Structured {
			slices.SortFunc(t.Properties, func(a, b *model.Property) int { return cmp.Compare(a.Name, b.Name) })
			slices.SortFunc(t.Navigation, func(a, b *model.Navigation) int { return cmp.Compare(a.Name, b.Name) })
		}
	}
}

// The reasons why an element is retained: the beginnings of its deprecation.
const (
	removed     = "removed from the metadata"
	unneeded    = "no selected element needs it any more"
	unreachable = "no selected path leads here any more"
)

func renamedTo(name string) string { return "renamed to " + name + " in the metadata" }

// forOneRelease ends every deprecation of a retained element.
const forOneRelease = ". Retained for one release."

// why returns the reason why a type is retained. The schema may still have it.
func (f *finder) why(name string) string {
	if f.whole.Type(name) != nil {
		return unneeded
	}
	return removed
}

// whyResource returns the reason why a resource is retained. The schema may still
// have it.
func (f *finder) whyResource(r model.Resource) string {
	if r.Source != nil && f.whole.Container.Source(r.Source.Name) != nil {
		return unreachable
	}
	if r.Owner != nil {
		if t, ok := f.whole.Type(r.Owner.QualifiedName()).(*model.StructuredType); ok {
			if n, _ := t.NavigationProperty(r.Navigation.Name); n != nil {
				return unreachable
			}
		}
	}
	return removed
}

// deprecated returns the annotations of a retained element. Its deprecation begins
// with the one of the schema, which may name a replacement.
func (f *finder) deprecated(list []*model.Annotation, why string) []*model.Annotation {
	text := why + forOneRelease
	if d := vocab.Deprecated(list); d != nil && d.Description != "" {
		text = strings.TrimRight(d.Description, ". ") + ". " + strings.ToUpper(text[:1]) + text[1:]
	}
	return vocab.Retain(list, vocab.Deprecation{Description: text})
}
