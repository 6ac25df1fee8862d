package api

import (
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// prune returns the selected part of m as a separate model: the types of the
// closure, with the navigation properties between them, and the parts of other types that the
// paths to the methods need. Its references lead to elements of m.
func prune(m *model.Model, s *Selection) *model.Model {
	p := &pruner{
		whole:   m,
		model:   &model.Model{},
		schemas: map[string]*model.Schema{},
		types:   map[string]*model.StructuredType{},

		selected: map[model.Type]bool{},
	}
	for _, t := range s.Types {
		p.selected[t] = true
	}
	for _, t := range s.Types {
		p.add(t)
	}
	for _, method := range s.Methods {
		p.instance(method.Resource.Type(), s)
		if returned, ok := method.Returns().Type.(*model.StructuredType); ok {
			p.instance(returned, s)
		}
		p.operation(method.Operation)
		if method.Import != nil {
			p.imported(m.Container, method.Import)
		}
	}
	for _, step := range s.Steps {
		p.step(m, step.To)
	}
	p.leaveOutFacts(s.Methods)
	slices.SortFunc(p.model.Schemas, func(a, b *model.Schema) int { return strings.Compare(a.Namespace, b.Namespace) })
	for _, schema := range p.model.Schemas {
		slices.SortFunc(schema.Structured, func(a, b *model.StructuredType) int { return strings.Compare(a.Name, b.Name) })
	}
	return p.model
}

type pruner struct {
	whole   *model.Model
	model   *model.Model
	schemas map[string]*model.Schema
	types   map[string]*model.StructuredType

	selected map[model.Type]bool
}

func (p *pruner) schema(namespace string) *model.Schema {
	s, ok := p.schemas[namespace]
	if !ok {
		s = &model.Schema{Namespace: namespace, Alias: p.whole.AliasOf(namespace)}
		for _, whole := range p.whole.Schemas {
			if whole.Namespace == namespace {
				s.Annotated = vocab.Conventions(whole.Annotated)
			}
		}
		p.schemas[namespace] = s
		p.model.Schemas = append(p.model.Schemas, s)
	}
	return s
}

func (p *pruner) add(t model.Type) {
	switch t := t.(type) {
	case *model.StructuredType:
		part := *t
		part.Navigation = slices.DeleteFunc(slices.Clone(t.Navigation), func(n *model.Navigation) bool { return !p.selected[n.Type.Type] })
		p.enter(&part)
	case *model.EnumType:
		s := p.schema(t.Namespace)
		s.Enums = append(s.Enums, t)
	case *model.TypeDefinition:
		s := p.schema(t.Namespace)
		s.Definitions = append(s.Definitions, t)
	}
}

// instance annotates an abstract type with a concrete type derived from it, unless
// one is selected.
func (p *pruner) instance(t *model.StructuredType, s *Selection) {
	if t == nil {
		return // the root of the service
	}
	part := p.types[t.QualifiedName()]
	if t.Abstract != model.Yes || part == nil || vocab.NamesInstance(part.Annotated) {
		return
	}
	name := ""
	for d := range t.Descendants() {
		switch {
		case d.Abstract == model.Yes:
		case slices.Contains(s.Types, model.Type(d)):
			return
		case name == "":
			name = d.QualifiedName()
		}
	}
	if name != "" {
		part.Annotated = append(slices.Clone(part.Annotated), vocab.NewInstance(name, t.Position))
	}
}

// operation adds the operation that a method calls.
func (p *pruner) operation(o *model.Operation) {
	if o == nil {
		return
	}
	if s := p.schema(o.Namespace); !slices.Contains(s.Operations, o) {
		s.Operations = append(s.Operations, o)
	}
	if t, _ := o.Binding(); t != nil {
		p.ensureType(t)
	}
}

// leaveOutFacts removes annotations about methods that are not selected: an element
// has those about all of its methods.
func (p *pruner) leaveOutFacts(methods []*Method) {
	keys := map[*model.Element][]string{}
	for _, m := range methods {
		e := m.element()
		keys[e] = append(keys[e], m.Key())
	}
	unselected := func(e *model.Element) func(*model.Annotation) bool {
		return func(a *model.Annotation) bool {
			key := vocab.AboutMethod(a)
			return key != "" && !slices.Contains(keys[e], key)
		}
	}
	for _, s := range p.model.Schemas {
		for _, t := range s.Structured {
			for i, n := range t.Navigation {
				if is := unselected(&n.Element); slices.ContainsFunc(n.Annotated, is) {
					t.Navigation[i] = new(*n)
					t.Navigation[i].Annotated = slices.DeleteFunc(slices.Clone(n.Annotated), is)
				}
			}
		}
	}
	if p.model.Container == nil {
		return
	}
	for i, source := range p.model.Container.Sources {
		if is := unselected(&source.Element); slices.ContainsFunc(source.Annotated, is) {
			p.model.Container.Sources[i] = new(*source)
			p.model.Container.Sources[i].Annotated = slices.DeleteFunc(slices.Clone(source.Annotated), is)
		}
	}
}

// container makes sure that there is a container.
func (p *pruner) container(c *model.Container) {
	if p.model.Container == nil {
		p.model.Container = &model.Container{Namespace: c.Namespace, Name: c.Name, Element: model.Element{Annotated: vocab.Conventions(c.Annotated)}}
	}
}

// imported adds the import of an operation.
func (p *pruner) imported(c *model.Container, i *model.Import) {
	p.container(c)
	if !slices.Contains(p.model.Container.Imports, i) {
		p.model.Container.Imports = append(p.model.Container.Imports, i)
	}
}

func (p *pruner) enter(t *model.StructuredType) {
	s := p.schema(t.Namespace)
	s.Structured = append(s.Structured, t)
	p.types[t.QualifiedName()] = t
}

// ensureType returns the part of t in the pruned model. If the closure lacks t,
// ensureType adds it with its name, kind, key and base type: a path leads through
// it.
func (p *pruner) ensureType(t *model.StructuredType) *model.StructuredType {
	if part, ok := p.types[t.QualifiedName()]; ok {
		return part
	}
	part := &model.StructuredType{
		Namespace: t.Namespace, Name: t.Name, Kind: t.Kind, Base: t.Base,
		Abstract: t.Abstract, Open: t.Open, HasStream: t.HasStream, Key: t.Key, Position: t.Position,
	}
	p.enter(part)
	part.Annotated = vocab.KeyAnnotations(t.Annotated)
	for _, path := range keyPaths(t) {
		name, _, _ := strings.Cut(path, "/")
		if property := t.Property(name); property != nil && slices.Contains(t.Properties, property) && !slices.Contains(part.Properties, property) {
			part.Properties = append(part.Properties, property)
		}
	}
	if base := t.BaseType(); base != nil {
		p.ensureType(base)
	}
	return part
}

// keyPaths returns the paths of the properties in the key that t declares, and in its
// alternate keys.
func keyPaths(t *model.StructuredType) []string {
	var paths []string
	for _, ref := range t.Key {
		paths = append(paths, ref.Name)
	}
	for _, key := range vocab.AlternateKeys(t.Annotated) {
		for _, part := range key {
			paths = append(paths, part.Path)
		}
	}
	return paths
}

// step adds the resource that a step leads to.
func (p *pruner) step(m *model.Model, r model.Resource) {
	p.ensureType(r.Type())
	if declared, ok := r.Ref().Type.(*model.StructuredType); ok {
		p.ensureType(declared)
	}
	switch {
	case r.Source != nil:
		p.container(m.Container)
		if p.model.Container.Source(r.Source.Name) == nil {
			p.model.Container.Sources = append(p.model.Container.Sources, r.Source)
		}
	case r.Property != nil:
		if owner := p.ensureType(r.Owner); !slices.Contains(owner.Properties, r.Property) {
			owner.Properties = append(owner.Properties, r.Property)
		}
	case r.Navigation != nil:
		owner := p.ensureType(r.Owner)
		if !slices.Contains(owner.Navigation, r.Navigation) {
			owner.Navigation = append(owner.Navigation, r.Navigation)
		}
	}
}
