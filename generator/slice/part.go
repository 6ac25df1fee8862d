package slice

import (
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// part is a part of a model, with copies of its elements.
type part struct {
	whole      *model.Model
	model      *model.Model
	copies     copier
	structured map[string]*model.StructuredType
	enums      map[string]*model.EnumType
}

func newPart(whole, selected *model.Model, ds *source.Diagnostics) *part {
	p := &part{
		whole:      whole,
		copies:     func(list []*model.Annotation) []*model.Annotation { return cleaner{ds}.annotations(used(list)) },
		structured: map[string]*model.StructuredType{},
		enums:      map[string]*model.EnumType{},
	}
	p.model = copyModel(selected, p.copies)
	p.model.Version = whole.Version
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

// schema returns the schema of a namespace.
func (p *part) schema(namespace string) *model.Schema {
	i := slices.IndexFunc(p.model.Schemas, func(s *model.Schema) bool { return s.Namespace == namespace })
	if i < 0 {
		i = len(p.model.Schemas)
		p.model.Schemas = append(p.model.Schemas, &model.Schema{Namespace: namespace, Alias: p.whole.AliasOf(namespace)})
	}
	return p.model.Schemas[i]
}

// addNamed adds the type in a name as [api.Type] takes it, which a property can follow.
func (p *part) addNamed(name string) {
	name, _, _ = strings.Cut(name, "/")
	if t, err := api.Type(p.whole, name); err == nil {
		p.addType(t)
	}
}

// addType adds a type without its properties and members, but with its key and base
// types.
func (p *part) addType(t model.Type) {
	switch t := t.(type) {
	case *model.StructuredType:
		p.addStructured(t)
	case *model.EnumType:
		if _, ok := p.enums[t.QualifiedName()]; !ok {
			head := &model.EnumType{Namespace: t.Namespace, Name: t.Name, Underlying: t.Underlying, Flags: t.Flags, Position: t.Position}
			p.enums[t.QualifiedName()] = head
			s := p.schema(t.Namespace)
			s.Enums = append(s.Enums, head)
		}
	case *model.TypeDefinition:
		s := p.schema(t.Namespace)
		if !slices.ContainsFunc(s.Definitions, func(d *model.TypeDefinition) bool { return d.Name == t.Name }) {
			s.Definitions = append(s.Definitions, p.copies.definition(t))
		}
	}
}

func (p *part) addStructured(t *model.StructuredType) *model.StructuredType {
	if head, ok := p.structured[t.QualifiedName()]; ok {
		return head
	}
	head := p.copies.head(t)
	p.structured[t.QualifiedName()] = head
	s := p.schema(t.Namespace)
	s.Structured = append(s.Structured, head)
	for _, ref := range t.Key {
		name, _, _ := strings.Cut(ref.Name, "/")
		p.addProperty(t, name)
	}
	if base := t.BaseType(); base != nil {
		p.addStructured(base)
	}
	return head
}

// addProperty adds a structural property that t declares.
func (p *part) addProperty(t *model.StructuredType, name string) {
	head := p.addStructured(t)
	for _, property := range t.Properties {
		if property.Name == name && !slices.ContainsFunc(head.Properties, func(q *model.Property) bool { return q.Name == name }) {
			head.Properties = append(head.Properties, p.copies.property(property))
			p.addType(property.Type.Type)
		}
	}
}

// addResource adds the element that declares a resource, and the type of a cast.
func (p *part) addResource(r model.Resource) {
	switch {
	case r.Source != nil:
		if p.model.Container.Source(r.Source.Name) == nil {
			p.model.Container.Sources = append(p.model.Container.Sources, p.copies.source(r.Source))
			p.addType(r.Source.Type.Type)
		}
	case r.Property != nil:
		p.addProperty(r.Owner, r.Property.Name)
	case r.Navigation != nil:
		p.addNavigation(r.Owner, r.Navigation)
	}
	if r.Cast != nil {
		p.addStructured(r.Cast)
	}
}

// addNavigation adds a navigation property that t declares.
func (p *part) addNavigation(t *model.StructuredType, n *model.Navigation) {
	head := p.addStructured(t)
	if !slices.ContainsFunc(head.Navigation, func(m *model.Navigation) bool { return m.Name == n.Name }) {
		head.Navigation = append(head.Navigation, p.copies.navigation(n))
		p.addType(n.Type.Type)
	}
}

// addMethod adds the resources on the way to a method, and the operation or the stream
// that it is about.
func (p *part) addMethod(m *api.Method) {
	for _, path := range m.Paths {
		for _, resource := range path {
			p.addResource(resource)
		}
	}
	if m.Stream != nil {
		for t := m.Resource.Type(); t != nil; t = t.BaseType() {
			p.addProperty(t, m.Stream.Name)
		}
	}
	if m.Operation != nil {
		p.addOperation(m.Operation)
	}
	if i, c := m.Import, p.model.Container; i != nil && !slices.ContainsFunc(c.Imports, func(own *model.Import) bool { return own.Name == i.Name }) {
		imported := *i
		imported.Annotated = p.copies(i.Annotated)
		c.Imports = append(c.Imports, &imported)
	}
}

// addOperation adds an operation with the types of its parameters and of its result.
func (p *part) addOperation(o *model.Operation) {
	s := p.schema(o.Namespace)
	if slices.ContainsFunc(s.Operations, func(own *model.Operation) bool { return own.Subject() == o.Subject() }) {
		return
	}
	s.Operations = append(s.Operations, p.copies.operation(o))
	for _, parameter := range o.Parameters {
		p.addType(parameter.Type.Type)
	}
	if o.Return != nil {
		p.addType(o.Return.Type.Type)
	}
}
