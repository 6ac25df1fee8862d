package retain

import (
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// structured retains a removed type, or the removed parts of a type. It visits base
// types first, because a property that these retain is inherited.
func (f *finder) structured(name string) {
	if f.visited[name] {
		return
	}
	f.visited[name] = true
	if base, ok := f.base[name]; ok {
		f.structured(base)
	}
	o, ok := f.oldTypes[name].(*model.StructuredType)
	if !ok {
		return
	}
	switch n := f.newTypes[name].(type) {
	case nil:
		head := withoutMembers(o)
		head.Base = nil
		if base, ok := f.base[name]; ok {
			head.Base = &model.TypeRef{Name: base}
		}
		head.Annotated = f.deprecated(o.Annotated, f.why(name))
		head.Properties = f.removedProperties(o)
		s := f.schema(o.Namespace)
		s.Structured = append(s.Structured, head)
	case *model.StructuredType:
		f.properties(o, n)
	}
}

// withoutMembers returns a copy of a type without its properties.
func withoutMembers(o *model.StructuredType) *model.StructuredType {
	head := *o
	head.Properties, head.Navigation = nil, nil
	return &head
}

// properties retains the removed properties of a type that both versions have.
func (f *finder) properties(o, n *model.StructuredType) {
	for _, p := range n.Properties {
		f.values(o, p)
	}
	why := map[string]string{}
	for _, r := range MatchProperties(o.Properties, n.Properties).Renamed {
		why[r.Old] = renamedTo(r.New)
	}
	for _, p := range f.removedProperties(o) {
		reason, ok := why[p.Name]
		if !ok {
			reason = removed
		}
		p.Annotated = f.deprecated(p.Annotated, reason)
		part := f.retainedPart(o)
		part.Properties = append(part.Properties, p)
	}
}

// values retains the removed values among the allowed values of a property.
func (f *finder) values(o *model.StructuredType, n *model.Property) {
	i := slices.IndexFunc(o.Properties, func(p *model.Property) bool { return p.Name == n.Name })
	if i < 0 || n.Type.Name != o.Properties[i].Type.Name {
		return
	}
	now := vocab.AllowedValues(n.Annotated)
	lost := slices.DeleteFunc(vocab.AllowedValues(o.Properties[i].Annotated), func(text string) bool { return slices.Contains(now, text) })
	if len(lost) == 0 {
		return
	}
	if f.retained.Values == nil {
		f.retained.Values = map[string][]string{}
	}
	f.retained.Values[o.QualifiedName()+"/"+n.Name] = lost
}

// retainedPart returns the retained part of a type that both versions have.
func (f *finder) retainedPart(o *model.StructuredType) *model.StructuredType {
	s := f.schema(o.Namespace)
	i := slices.IndexFunc(s.Structured, func(t *model.StructuredType) bool { return t.Name == o.Name })
	if i < 0 {
		i = len(s.Structured)
		s.Structured = append(s.Structured, &model.StructuredType{Namespace: o.Namespace, Name: o.Name, Kind: o.Kind})
	}
	return s.Structured[i]
}

// removedProperties returns copies of the properties that a type declared or
// inherited and would lack. A property that moved to a base type is inherited. One
// that moved to a derived type is lost, because a type cannot redeclare it.
func (f *finder) removedProperties(o *model.StructuredType) []*model.Property {
	name := o.QualifiedName()
	var list []*model.Property
	for t := o; t != nil; t = t.BaseType() {
		for _, p := range t.Properties {
			if f.has(name, p.Name) {
				f.raised(o, p)
				continue
			}
			if heir := f.heir(name, p.Name); heir != "" {
				f.Lost[t.QualifiedName()+"/"+p.Name] = heir + ", which is derived from " + name + ", declares it now"
				continue
			}
			f.declared[name][p.Name] = true
			if t != o {
				f.moved[name+":"+p.Name] = t.QualifiedName() + ":" + p.Name
			}
			list = append(list, new(*p))
		}
	}
	return list
}

// raised notes a property that moved to a base type and has the same type there.
func (f *finder) raised(o *model.StructuredType, p *model.Property) {
	n, ok := f.newTypes[o.QualifiedName()].(*model.StructuredType)
	if !ok || slices.Contains(n.Properties, n.Property(p.Name)) || !slices.Contains(o.Properties, p) {
		return
	}
	if now := n.Property(p.Name); now != nil && now.Type.String() == p.Type.String() {
		f.Raised[o.QualifiedName()+"/"+p.Name] = true
	}
}
