package slice

import (
	"cmp"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// Used returns a copy of a selected model without the parts that the generator does
// not read: annotations with unknown terms, a second annotation with the same term
// and qualifier, and the bindings of navigation properties. It sorts annotations
// by term.
func Used(m *model.Model) *model.Model { return copyModel(m, used) }

func used(list []*model.Annotation) []*model.Annotation {
	var part []*model.Annotation
	for _, a := range list {
		if vocab.Used(a.Term) && model.Find(part, a.Term, a.Qualifier) == nil {
			part = append(part, a)
		}
	}
	slices.SortFunc(part, func(a, b *model.Annotation) int {
		return cmp.Or(cmp.Compare(a.Term, b.Term), cmp.Compare(a.Qualifier, b.Qualifier))
	})
	return part
}

// copier copies elements. The function returns the annotations of each copy.
type copier func([]*model.Annotation) []*model.Annotation

func copyModel(m *model.Model, annotations copier) *model.Model {
	part := &model.Model{}
	for _, s := range m.Schemas {
		t := &model.Schema{Namespace: s.Namespace, Alias: s.Alias, Element: model.Element{Annotated: annotations(s.Annotated)}}
		for _, structured := range s.Structured {
			t.Structured = append(t.Structured, annotations.structured(structured))
		}
		for _, enum := range s.Enums {
			t.Enums = append(t.Enums, annotations.enum(enum))
		}
		for _, definition := range s.Definitions {
			t.Definitions = append(t.Definitions, annotations.definition(definition))
		}
		for _, operation := range s.Operations {
			t.Operations = append(t.Operations, annotations.operation(operation))
		}
		part.Schemas = append(part.Schemas, t)
	}
	if m.Container != nil {
		part.Container = &model.Container{Namespace: m.Container.Namespace, Name: m.Container.Name, Element: model.Element{Annotated: annotations(m.Container.Annotated)}}
		for _, i := range m.Container.Imports {
			imported := *i
			imported.Annotated = annotations(i.Annotated)
			part.Container.Imports = append(part.Container.Imports, &imported)
		}
		for _, s := range m.Container.Sources {
			part.Container.Sources = append(part.Container.Sources, annotations.source(s))
		}
	}
	return part
}

// structured copies a type with its properties.
func (c copier) structured(t *model.StructuredType) *model.StructuredType {
	part := c.head(t)
	for _, p := range t.Properties {
		part.Properties = append(part.Properties, c.property(p))
	}
	for _, n := range t.Navigation {
		part.Navigation = append(part.Navigation, c.navigation(n))
	}
	part.Annotated = c(t.Annotated)
	return part
}

// head copies a type without its members and annotations.
func (c copier) head(t *model.StructuredType) *model.StructuredType {
	part := &model.StructuredType{
		Namespace: t.Namespace, Name: t.Name, Kind: t.Kind, Base: t.Base,
		Abstract: t.Abstract, Open: t.Open, HasStream: t.HasStream, Key: t.Key, Position: t.Position,
	}
	if t.Base != nil {
		part.Base = new(*t.Base) // Link resolves it in the copy
	}
	return part
}

// operation copies an action or a function.
func (c copier) operation(o *model.Operation) *model.Operation {
	part := *o
	part.Annotated = c(o.Annotated)
	part.Parameters = nil
	for _, p := range o.Parameters {
		parameter := *p
		parameter.Annotated = c(p.Annotated)
		part.Parameters = append(part.Parameters, &parameter)
	}
	if o.Return != nil {
		part.Return = new(*o.Return)
		part.Return.Annotated = c(o.Return.Annotated)
	}
	return &part
}

func (c copier) property(p *model.Property) *model.Property {
	part := *p
	part.Annotated = c(p.Annotated)
	return &part
}

func (c copier) navigation(n *model.Navigation) *model.Navigation {
	part := *n
	part.Annotated = c(n.Annotated)
	part.Constraints = nil
	for _, constraint := range n.Constraints {
		constraint.Annotated = c(constraint.Annotated)
		part.Constraints = append(part.Constraints, constraint)
	}
	if n.OnDelete != nil {
		part.OnDelete = new(*n.OnDelete)
		part.OnDelete.Annotated = c(n.OnDelete.Annotated)
	}
	return &part
}

func (c copier) enum(t *model.EnumType) *model.EnumType {
	part := *t
	part.Annotated = c(t.Annotated)
	part.Members = nil
	for _, m := range t.Members {
		part.Members = append(part.Members, c.member(m))
	}
	return &part
}

func (c copier) member(m *model.Member) *model.Member {
	part := *m
	part.Annotated = c(m.Annotated)
	return &part
}

func (c copier) definition(t *model.TypeDefinition) *model.TypeDefinition {
	part := *t
	part.Annotated = c(t.Annotated)
	return &part
}

func (c copier) source(s *model.NavigationSource) *model.NavigationSource {
	return &model.NavigationSource{Name: s.Name, Type: s.Type, Annotated: c(s.Annotated), Position: s.Position}
}
