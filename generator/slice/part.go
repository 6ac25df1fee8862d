package slice

import (
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

func schemaOf(m *model.Model, namespace string) *model.Schema {
	i := slices.IndexFunc(m.Schemas, func(s *model.Schema) bool { return s.Namespace == namespace })
	if i < 0 {
		return nil
	}
	return m.Schemas[i]
}

// Part is a part of a model: of what is selected, all that the generator
// reads; of other elements what it was asked to hold. All that it holds is so
// in the whole.
type Part struct {
	whole      *model.Model
	model      *model.Model
	copies     copier
	structured map[string]*model.StructuredType
	enums      map[string]*model.EnumType
	matters    map[string]bool // names in the schema whose Go names matter
}

// Of returns the part of a linked model that is selected, a model of its own.
//
// It has the container and the default schema of the whole, even if
// nothing of them is selected: they decide which types have a prefix in Go.
func Of(whole, selected *model.Model, ds *source.Diagnostics) *Part {
	p := &Part{
		whole:      whole,
		copies:     func(list []*model.Annotation) []*model.Annotation { return cleaner{ds}.annotations(used(list)) },
		structured: map[string]*model.StructuredType{},
		enums:      map[string]*model.EnumType{},
		matters:    map[string]bool{},
	}
	p.model = copyModel(selected, p.copies)
	for _, s := range p.model.Schemas {
		for _, t := range s.Structured {
			p.structured[t.QualifiedName()] = t
		}
		for _, t := range s.Enums {
			p.enums[t.QualifiedName()] = t
		}
	}
	switch c := whole.Container; {
	case c != nil:
		if p.model.Container == nil {
			p.model.Container = &model.Container{Namespace: c.Namespace, Name: c.Name}
		}
		p.schema(c.Namespace)
	case len(whole.Schemas) > 0:
		p.schema(whole.Schemas[0].Namespace)
	}
	return p
}

// Model returns the part as a linked model, which what is added later
// changes.
func (p *Part) Model() (*model.Model, error) {
	model.Link(p.model)
	return p.model, nil
}

// schema returns the schema of a namespace.
func (p *Part) schema(namespace string) *model.Schema {
	s := schemaOf(p.model, namespace)
	if s == nil {
		s = &model.Schema{Namespace: namespace}
		p.model.Schemas = append(p.model.Schemas, s)
	}
	return s
}

// Name has the part know a type by a name, which may be qualified by an alias.
func (p *Part) Name(name string) {
	if t := p.whole.Type(name); t != nil {
		p.Type(t)
		return
	}
	for _, s := range p.whole.Schemas {
		rest, ok := strings.CutPrefix(name, s.Alias+".")
		if t := p.whole.Type(s.Namespace + "." + rest); ok && s.Alias != "" && t != nil {
			p.Type(t)
			p.schema(s.Namespace).Alias = s.Alias
			return
		}
	}
}

// Type has the part know a type: of a structured type its kind, its key and
// its base types; no member of an enumeration.
func (p *Part) Type(t model.Type) {
	switch t := t.(type) {
	case *model.StructuredType:
		p.structuredType(t)
	case *model.EnumType:
		p.enumType(t)
	case *model.TypeDefinition:
		s := p.schema(t.Namespace)
		if !slices.ContainsFunc(s.Definitions, func(d *model.TypeDefinition) bool { return d.Name == t.Name }) {
			s.Definitions = append(s.Definitions, p.copies.definition(t))
		}
	}
}

func (p *Part) structuredType(t *model.StructuredType) *model.StructuredType {
	if part, ok := p.structured[t.QualifiedName()]; ok {
		return part
	}
	part := p.copies.head(t)
	p.structured[t.QualifiedName()] = part
	s := p.schema(t.Namespace)
	s.Structured = append(s.Structured, part)
	for _, ref := range t.Key {
		name, _, _ := strings.Cut(ref.Name, "/")
		p.Property(t, name)
	}
	if base := t.BaseType(); base != nil {
		p.structuredType(base)
	}
	return part
}

func (p *Part) enumType(t *model.EnumType) *model.EnumType {
	if part, ok := p.enums[t.QualifiedName()]; ok {
		return part
	}
	part := &model.EnumType{Namespace: t.Namespace, Name: t.Name, Underlying: t.Underlying, Flags: t.Flags, Position: t.Position}
	p.enums[t.QualifiedName()] = part
	s := p.schema(t.Namespace)
	s.Enums = append(s.Enums, part)
	return part
}

// Property has the part know a structural property that t itself declares.
func (p *Part) Property(t *model.StructuredType, name string) {
	part := p.structuredType(t)
	for _, property := range t.Properties {
		if property.Name == name && !slices.ContainsFunc(part.Properties, func(q *model.Property) bool { return q.Name == name }) {
			part.Properties = append(part.Properties, p.copies.property(property))
			p.Type(property.Type.Type)
		}
	}
}

// Navigation has the part know a navigation property that t itself declares.
func (p *Part) Navigation(t *model.StructuredType, name string) {
	part := p.structuredType(t)
	for _, n := range t.Navigation {
		if n.Name == name && !slices.ContainsFunc(part.Navigation, func(q *model.Navigation) bool { return q.Name == name }) {
			part.Navigation = append(part.Navigation, p.copies.navigation(n))
			p.Type(n.Type.Type)
		}
	}
}

// Member has the part know a member of an enumeration.
func (p *Part) Member(t *model.EnumType, name string) {
	part := p.enumType(t)
	for _, m := range t.Members {
		if m.Name == name && !slices.ContainsFunc(part.Members, func(n *model.Member) bool { return n.Name == name }) {
			part.Members = append(part.Members, p.copies.member(m))
		}
	}
}

// Source has the part know an entity set or a singleton.
func (p *Part) Source(s *model.NavigationSource) {
	if s != nil && p.model.Container.Source(s.Name) == nil {
		p.model.Container.Sources = append(p.model.Container.Sources, p.copies.source(s))
		p.Type(s.Type.Type)
	}
}
