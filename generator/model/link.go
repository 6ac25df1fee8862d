package model

import (
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Link resolves the references between the elements of m, moves annotations
// to their targets, puts everything whose order carries no meaning into order
// by name, and reports what is inconsistent. Where it reports an error, m is
// not fit for use. An empty name stands for one that the front end has
// reported.
func Link(m *Model, ds *source.Diagnostics) {
	l := &linker{
		model:      m,
		ds:         ds,
		names:      names{ds: ds, first: map[string]source.Position{}},
		terms:      map[string]*Term{},
		operations: map[string][]*Operation{},
	}
	l.sort()
	l.declare()
	for _, s := range m.Schemas {
		l.schema(s)
	}
	l.container()
	l.inherit()
	l.annotate()
}

// Type returns the declared or built-in type with the given qualified name,
// or nil.
func (m *Model) Type(name string) Type {
	if p, ok := primitives[name]; ok {
		return p
	}
	return m.types[name]
}

type linker struct {
	model *Model
	ds    *source.Diagnostics
	names names

	// By qualified name; the types are in the model.
	terms      map[string]*Term
	operations map[string][]*Operation // the overloads
}

// declare enters all schema children by name, so that references can be to
// those that come later.
func (l *linker) declare() {
	l.model.types = map[string]Type{}
	l.names.open("type", "")
	enter := func(s *Schema, t Type, name string, at source.Position) {
		if name == "" {
			return
		}
		if qualified := s.Namespace + "." + name; l.names.declare(qualified, at) {
			l.model.types[qualified] = t
		}
	}
	for _, s := range l.model.Schemas {
		for _, t := range s.Structured {
			t.Namespace = s.Namespace
			enter(s, t, t.Name, t.Position)
		}
		for _, t := range s.Enums {
			t.Namespace = s.Namespace
			enter(s, t, t.Name, t.Position)
		}
		for _, t := range s.Definitions {
			t.Namespace = s.Namespace
			enter(s, t, t.Name, t.Position)
		}
		for _, t := range s.Terms {
			// Nothing depends on terms: that Graph has some twice does no harm.
			if name := s.Namespace + "." + t.Name; l.terms[name] == nil {
				l.terms[name] = t
			}
		}
		for _, o := range s.Operations {
			o.Namespace = s.Namespace
			name := s.Namespace + "." + o.Name
			l.operations[name] = append(l.operations[name], o)
		}
	}
}

func (l *linker) schema(s *Schema) {
	for _, t := range s.Structured {
		if t.Base != nil {
			l.resolve(t.Base, "base type")
		}
		for _, p := range t.Properties {
			l.resolve(&p.Type, "type")
		}
		for _, n := range t.Navigation {
			l.resolveTarget(&n.Type, n.Name)
			if n.Type.Name != "Edm.EntityType" {
				l.entityType(n.Type, n.Name)
			}
		}
	}
	for _, t := range s.Enums {
		l.names.open("member", t.QualifiedName()+"/")
		for _, m := range t.Members {
			l.names.declare(m.Name, m.Position)
		}
	}
	for _, t := range s.Definitions {
		l.resolve(&t.Underlying, "underlying type")
		if _, ok := t.Underlying.Type.(*Primitive); t.Underlying.Type != nil && !ok {
			l.ds.Errorf(t.Underlying.Position, "underlying type %s of %s is no primitive type", t.Underlying.Name, t.QualifiedName())
		}
	}
	for _, t := range s.Terms {
		// Nothing depends on terms: a type that is missing here does no harm.
		if t.Type.Type = l.model.Type(t.Type.Name); t.Type.Type == nil && t.Type.Name != "" {
			l.ds.Warnf(t.Type.Position, "type %s of term %s is not declared", t.Type.Name, t.Name)
		}
	}
	for _, o := range s.Operations {
		l.names.open("parameter", o.Name+"/")
		for _, p := range o.Parameters {
			l.names.declare(p.Name, p.Position)
			l.resolve(&p.Type, "type")
		}
		if o.Return != nil {
			l.resolve(&o.Return.Type, "return type")
		}
	}
}

func (l *linker) container() {
	c := l.model.Container
	if c == nil {
		return
	}
	if c.Extends != "" {
		l.ds.Warnf(c.Position, "container %s extends %s, whose resources are left out", c.Name, c.Extends)
	}
	l.names.open("resource", c.Name+"/")
	for _, s := range c.Sources {
		l.names.declare(s.Name, s.Position)
		l.resolveTarget(&s.Type, s.Name)
		l.entityType(s.Type, s.Name)
	}
	for _, i := range c.Imports {
		l.names.declare(i.Name, i.Position)
		kind := "action"
		if i.Function {
			kind = "function"
		}
		switch overloads, ok := l.operations[i.Operation]; {
		case i.Operation == "":
		case !ok:
			l.undeclared(i.Position, kind, i.Operation)
		case len(unbound(overloads, i.Function)) == 0:
			l.ds.Errorf(i.Position, "%s is imported as an unbound %s, and is none", i.Operation, kind)
		}
	}
}

// unbound returns those of the overloads that an import can mean.
func unbound(overloads []*Operation, function bool) []*Operation {
	var list []*Operation
	for _, o := range overloads {
		if !o.Bound && o.Function == function {
			list = append(list, o)
		}
	}
	return list
}

func (l *linker) resolve(ref *TypeRef, what string) {
	if ref.Type = l.model.Type(ref.Name); ref.Type == nil && ref.Name != "" {
		l.undeclared(ref.Position, what, ref.Name)
	}
}

// resolveTarget resolves the type of what leads to entities. Where it leads
// out of the source, everything else is still of use.
func (l *linker) resolveTarget(ref *TypeRef, owner string) {
	if ref.Type = l.model.Type(ref.Name); ref.Type != nil || ref.Name == "" {
		return
	}
	namespace := ref.Name[:max(0, strings.LastIndexByte(ref.Name, '.'))]
	if slices.ContainsFunc(l.model.Schemas, func(s *Schema) bool { return s.Namespace == namespace }) {
		l.undeclared(ref.Position, "type", ref.Name)
		return
	}
	l.ds.Warnf(ref.Position, "%s leads nowhere: there is no schema %s with its type %s", owner, namespace, ref.Name)
}

// undeclared reports a name that nothing was found for.
func (l *linker) undeclared(at source.Position, what, name string) {
	for _, r := range l.model.References {
		for _, include := range r.Namespaces {
			if include.Namespace != "" && strings.HasPrefix(name, include.Namespace+".") {
				l.ds.Errorf(at, "%s %s is declared in the referenced document %s, which is not read: put its schema into this file", what, name, r.URI)
				return
			}
		}
	}
	l.ds.Errorf(at, "%s %s is not declared", what, name)
}

// entityType reports a resolved type that is no entity type.
func (l *linker) entityType(ref TypeRef, owner string) {
	if t, ok := ref.Type.(*StructuredType); ref.Type != nil && (!ok || t.Kind != Entity) {
		l.ds.Errorf(ref.Position, "type %s of %s is no entity type", ref.Name, owner)
	}
}
