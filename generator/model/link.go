package model

import (
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Link resolves the references between the elements of m, moves annotations to
// their targets, merges elements that are declared twice, and sorts by name every
// list whose order has no meaning.
//
// Link adds each mistake to the problems of the element that has it. An element
// with a defect stays in the model, as do references to it: code that selects
// elements must leave it out (see [Element.Defect]).
func Link(m *Model) {
	l := newLinker(m)
	l.sort()
	l.declare()
	for _, s := range m.Schemas {
		l.schema(s)
	}
	l.container()
	l.bind()
	l.checkOverloads()
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

// AliasOf returns the alias of a namespace, or "" if it has none that is its own:
// several documents can declare one alias for different namespaces, or an alias that
// is a namespace of another document.
func (m *Model) AliasOf(namespace string) string {
	alias := ""
	for _, s := range m.Schemas {
		if s.Namespace == namespace {
			alias = s.Alias
		}
	}
	for _, s := range m.Schemas {
		if s.Namespace != namespace && (s.Alias == alias || s.Namespace == alias) {
			return ""
		}
	}
	return alias
}

// linker holds the elements of a model by qualified name. The model itself holds
// the types.
type linker struct {
	model      *Model
	terms      map[string]*Term
	operations map[string][]*Operation // the overloads

	parts   map[any]map[string]*[]*Annotation // the annotations of the parts of an element by name, see partsOf
	missing map[string]notFound               // the namespaces that referenced documents should declare, and do not

	conflicts map[alias]conflict // of aliases that are declared for several namespaces
}

// notFound is a namespace that a reference includes and that was not found.
type notFound struct {
	*Reference
	include *Include
}

// alias is valid in the document that declares it, CSDL section 5.1.
type alias struct{ file, name string }

// conflict holds the first two declarations of an alias for different namespaces.
type conflict struct{ first, second declaration }

type declaration struct {
	alias     alias
	namespace string
	at        source.Position
}

// conflictsOf returns the aliases that are declared for several namespaces.
func conflictsOf(m *Model) map[alias]conflict {
	var all []declaration
	add := func(name, namespace string, at source.Position) {
		if name != "" {
			all = append(all, declaration{alias{at.File, name}, namespace, at})
		}
	}
	for _, s := range m.Schemas {
		add(s.Alias, s.Namespace, s.Position)
	}
	for _, r := range m.References {
		for _, include := range r.Namespaces {
			add(include.Alias, include.Namespace, include.Position)
		}
	}
	slices.SortFunc(all, func(a, b declaration) int { return a.at.Compare(b.at) })
	first, conflicts := map[alias]declaration{}, map[alias]conflict{}
	for _, d := range all {
		if before, ok := first[d.alias]; !ok {
			first[d.alias] = d
		} else if _, known := conflicts[d.alias]; !known && before.namespace != d.namespace {
			conflicts[d.alias] = conflict{before, d}
		}
	}
	return conflicts
}

func newLinker(m *Model) *linker {
	l := &linker{
		model: m, terms: map[string]*Term{}, operations: map[string][]*Operation{},
		parts: map[any]map[string]*[]*Annotation{}, missing: map[string]notFound{}, conflicts: conflictsOf(m),
	}
	for _, r := range m.References {
		for _, include := range r.Namespaces {
			if _, known := l.missing[include.Namespace]; !known && (r.Missing != "" || include.Found != "") {
				l.missing[include.Namespace] = notFound{r, include}
			}
		}
	}
	return l
}

// declare enters all children of schemas by name, before any reference is
// resolved.
func (l *linker) declare() {
	l.model.types = map[string]Type{}
	enter := func(s *Schema, t Type, name string, e *Element) bool {
		if name == "" {
			return true
		}
		qualified := s.Namespace + "." + name
		first, taken := l.model.types[qualified]
		if !taken {
			l.model.types[qualified] = t
			return true
		}
		twice(elementOf(first), e, "type "+qualified, saysTheSame(first, t))
		return false
	}
	for _, s := range l.model.Schemas {
		s.Structured = slices.DeleteFunc(s.Structured, func(t *StructuredType) bool {
			t.Namespace = s.Namespace
			return !enter(s, t, t.Name, &t.Element)
		})
		s.Enums = slices.DeleteFunc(s.Enums, func(t *EnumType) bool {
			t.Namespace = s.Namespace
			return !enter(s, t, t.Name, &t.Element)
		})
		s.Definitions = slices.DeleteFunc(s.Definitions, func(t *TypeDefinition) bool {
			t.Namespace = s.Namespace
			return !enter(s, t, t.Name, &t.Element)
		})
		for _, t := range s.Terms {
			// No other element needs terms. Graph declares some of them twice.
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
			l.resolve(&t.Element, t.Base, "base type")
		}
		for _, p := range t.Properties {
			l.resolve(&p.Element, &p.Type, "type")
		}
		for _, n := range t.Navigation {
			l.resolve(&n.Element, &n.Type, "type")
			if n.Type.Name != "Edm.EntityType" {
				checkEntityType(&n.Element, n.Type, n.Name)
			}
		}
	}
	for _, t := range s.Enums {
		t.uniqueMembers()
	}
	for _, t := range s.Definitions {
		l.resolve(&t.Element, &t.Underlying, "underlying type")
		if _, ok := t.Underlying.Type.(*Primitive); t.Underlying.Type != nil && !ok {
			t.Defectf(t.Underlying.Position, "the underlying type %s of %s is not a primitive type", t.Underlying.Name, t.QualifiedName())
		}
	}
	for _, t := range s.Terms {
		// No other element needs terms: a missing type is only a warning.
		if t.Type.Type = l.model.Type(t.Type.Name); t.Type.Type == nil && t.Type.Name != "" {
			t.Warnf(t.Type.Position, "type %s of term %s is not declared", t.Type.Name, t.Name)
		}
	}
	for _, o := range s.Operations {
		o.Parameters = once(o.Parameters, "parameter "+o.Name+"/", func(p *Parameter) (string, *Element) { return p.Name, &p.Element })
		for _, p := range o.Parameters {
			l.resolve(&p.Element, &p.Type, "type")
		}
		if o.Return != nil {
			l.resolve(&o.Return.Element, &o.Return.Type, "return type")
		}
	}
}

// uniqueMembers removes members that repeat a name. A different value is only a
// warning, because JSON carries the names of members.
func (t *EnumType) uniqueMembers() {
	names := make(map[string]bool, len(t.Members))
	t.Members = slices.DeleteFunc(t.Members, func(m *Member) bool {
		if names[m.Name] && m.Name != "" {
			t.Warnf(m.Position, "member %s/%s is declared twice", t.QualifiedName(), m.Name)
			return true
		}
		names[m.Name] = true
		return false
	})
}

func (l *linker) container() {
	c := l.model.Container
	if c == nil {
		return
	}
	if c.Extends != "" {
		c.Warnf(c.Position, "container %s extends %s, which is not declared: its resources are left out", c.Name, c.Extends)
	}
	c.Sources = once(c.Sources, "resource "+c.Name+"/", func(s *NavigationSource) (string, *Element) { return s.Name, &s.Element })
	for _, s := range c.Sources {
		l.resolve(&s.Element, &s.Type, "type")
		checkEntityType(&s.Element, s.Type, s.Name)
	}
	c.Imports = once(c.Imports, "import "+c.Name+"/", func(i *Import) (string, *Element) { return i.Name, &i.Element })
	sources := make(map[string]*NavigationSource, len(c.Sources))
	for _, s := range c.Sources {
		sources[s.Name] = s
	}
	for _, i := range c.Imports {
		if s := sources[i.Name]; s != nil && i.Name != "" {
			twice(&s.Element, &i.Element, "resource "+c.Name+"/"+i.Name, false)
		}
		kind := "action"
		if i.Function {
			kind = "function"
		}
		i.overloads = unbound(l.operations[i.Operation], i.Function)
		for _, o := range i.overloads {
			l.checkName(o)
		}
		switch overloads, ok := l.operations[i.Operation]; {
		case i.Operation == "":
		case !ok:
			l.undeclared(&i.Element, i.Position, kind, i.Operation)
		case len(unbound(overloads, i.Function)) == 0:
			i.Defectf(i.Position, "%s is imported as an unbound %s, but is not one", i.Operation, kind)
		}
	}
}

// unbound returns the overloads that an import can name.
func unbound(overloads []*Operation, function bool) []*Operation {
	var list []*Operation
	for _, o := range overloads {
		if !o.Bound && o.Function == function {
			list = append(list, o)
		}
	}
	return list
}

// resolve resolves a reference of the element e.
func (l *linker) resolve(e *Element, ref *TypeRef, what string) {
	if ref.Type = l.model.Type(ref.Name); ref.Type == nil && ref.Name != "" {
		l.undeclared(e, ref.Position, what, ref.Name)
	}
}

// undeclared adds a defect to e: it refers to a name that is not declared.
func (l *linker) undeclared(e *Element, at source.Position, what, name string) {
	for end := strings.IndexByte(name, '.'); end > 0; {
		if r, ok := l.missing[name[:end]]; ok {
			if r.Missing != "" {
				e.Defectf(at, "%s %s is declared in the referenced document %s, which was not read: %s", what, name, r.URI, r.Missing)
			} else {
				e.Defectf(at, "%s %s is not declared: the reference to %s leads to %s, which does not declare %s", what, name, r.URI, r.include.Found, r.include.Namespace)
			}
			return
		}
		next := strings.IndexByte(name[end+1:], '.')
		if next < 0 {
			break
		}
		end += 1 + next
	}
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		if c, ok := l.conflicts[alias{at.File, name[:i]}]; ok {
			e.Defectf(c.second.at, "alias %s is declared for %s, and for %s at %v: %s begins with it; give each schema an alias of its own",
				name[:i], c.second.namespace, c.first.namespace, c.first.at, name)
			return
		}
	}
	e.Defectf(at, "%s %s is not declared", what, name)
}

// checkEntityType adds a defect to e if ref refers to a type that is not an
// entity type.
func checkEntityType(e *Element, ref TypeRef, owner string) {
	if t, ok := ref.Type.(*StructuredType); ref.Type != nil && (!ok || t.Kind != Entity) {
		e.Defectf(ref.Position, "type %s of %s is not an entity type", ref.Name, owner)
	}
}
