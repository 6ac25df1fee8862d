package model

import (
	"slices"
	"strings"
)

// annotate moves the annotations in Targets to their elements (CSDL section
// 14.2.2) and sorts all annotations by term. Annotations that cannot be moved
// stay in Targets and get a warning.
func (l *linker) annotate() {
	for _, s := range l.model.Schemas {
		s.Targets = slices.DeleteFunc(s.Targets, func(t *Target) bool { return !onAnnotation(t) && l.move(t) })
		slices.SortFunc(s.Targets, compareTargets)
	}
	l.model.Walk(func(e *Element) { orderAnnotations(&e.Annotated) })
	// A target can be an annotation, which another target may have added. The
	// targets are sorted, so that a path comes after its prefix.
	moved := false
	for _, s := range l.model.Schemas {
		s.Targets = slices.DeleteFunc(s.Targets, func(t *Target) bool {
			found := onAnnotation(t) && l.move(t)
			moved = moved || found
			return found
		})
	}
	if moved {
		l.model.Walk(func(e *Element) { orderAnnotations(&e.Annotated) })
	}
}

// onAnnotation reports whether a target is an annotation of another element.
func onAnnotation(t *Target) bool { return strings.Contains(t.Path, "/@") }

// move adds the annotations of a target to the elements that it names. If it
// names none, move adds a warning to the target and returns false.
func (l *linker) move(t *Target) bool {
	lists, problem := l.find(t.Path)
	for i, list := range lists {
		for _, a := range t.Annotated {
			if i > 0 {
				a = new(*a) // a later target can add annotations to this one alone
			}
			*list = append(*list, a)
		}
	}
	if len(lists) == 0 && t.Path != "" {
		t.Warnf(t.Position, "annotations for %s are left out: %s", t.Path, problem)
	}
	return len(lists) > 0
}

// orderAnnotations sorts a list, and the lists in it, by term and qualifier,
// which together are unique, CSDL section 3.7. It merges equal annotations and
// sorts conflicting ones by value.
func orderAnnotations(list *[]*Annotation) {
	for _, a := range *list {
		orderAnnotations(&a.Annotations)
	}
	if len(*list) < 2 {
		return
	}
	slices.SortFunc(*list, CompareAnnotations)
	*list = slices.CompactFunc(*list, func(a, b *Annotation) bool { return CompareAnnotations(a, b) == 0 })
}

// The reasons why the annotations of a target cannot be moved.
const (
	noSuchElement = "the model has no such element"
	onThisPath    = "they apply only where the element is reached by this path"
)

// find returns the annotation lists of the elements that a target path names.
// There are several if it names all overloads of an operation, and none if it
// names no element, which problem explains.
func (l *linker) find(path string) (lists []*[]*Annotation, problem string) {
	if at := strings.LastIndex(path, "/@"); at >= 0 {
		return l.findAnnotation(path[:at], path[at+len("/@"):])
	}
	head, rest, _ := strings.Cut(path, "/")
	if c := l.model.Container; c != nil && (head == c.Namespace+"."+c.Name || slices.Contains(c.Joined, head)) {
		return l.findInContainer(rest)
	}
	// Types come before operations: in Graph some actions have the name of a
	// type, and targets name them with a signature.
	lists, problem = l.findInSchema(head, rest)
	if lists == nil {
		if overloads := l.overloads(head); overloads != nil {
			return findInOperations(overloads, rest)
		}
	}
	return lists, problem
}

func found(list *[]*Annotation) ([]*[]*Annotation, string) { return []*[]*Annotation{list}, "" }

// findInSchema finds a child of a schema, or the element at a path from it. The
// path "" stands for the child itself, as it does in the functions below.
func (l *linker) findInSchema(name, path string) ([]*[]*Annotation, string) {
	switch t := l.model.types[name].(type) {
	case *StructuredType:
		if path != "" {
			return l.findProperty(t, path)
		}
		return found(&t.Annotated)
	case *EnumType:
		if path != "" {
			if list := l.partsOf(t)[path]; list != nil {
				return found(list)
			}
			return nil, noSuchElement
		}
		return found(&t.Annotated)
	case *TypeDefinition:
		if path == "" {
			return found(&t.Annotated)
		}
	}
	if t, ok := l.terms[name]; ok && path == "" {
		return found(&t.Annotated)
	}
	for _, s := range l.model.Schemas {
		if s.Namespace == name && path == "" {
			return found(&s.Annotated)
		}
	}
	return nil, noSuchElement
}

// partsOf returns the annotations of the parts of an element, by name: of the
// properties of a type, or the members of an enumeration. The first part of a name counts. The list of parts must not change any more.
func (l *linker) partsOf(owner any) map[string]*[]*Annotation {
	parts := l.parts[owner]
	if parts != nil {
		return parts
	}
	parts = map[string]*[]*Annotation{}
	l.parts[owner] = parts
	add := func(name string, e *Element) {
		if parts[name] == nil {
			parts[name] = &e.Annotated
		}
	}
	switch owner := owner.(type) {
	case *StructuredType:
		for _, p := range owner.Properties {
			add(p.Name, &p.Element)
		}
		for _, n := range owner.Navigation {
			add(n.Name, &n.Element)
		}
	case *EnumType:
		for _, m := range owner.Members {
			add(m.Name, &m.Element)
		}
	}
	return parts
}

// findAnnotation finds the annotations of an annotation, which is given as "term"
// or "term#qualifier".
func (l *linker) findAnnotation(element, annotation string) ([]*[]*Annotation, string) {
	lists, problem := l.find(element)
	if lists == nil {
		return nil, problem
	}
	term, qualifier, _ := strings.Cut(annotation, "#")
	var nested []*[]*Annotation
	for _, list := range lists {
		if a := Find(*list, term, qualifier); a != nil {
			nested = append(nested, &a.Annotations)
		}
	}
	return nested, noSuchElement
}

func (l *linker) findProperty(t *StructuredType, path string) ([]*[]*Annotation, string) {
	if list := l.partsOf(t)[path]; list != nil {
		return found(list)
	}
	return nil, l.along(t, path)
}

// along returns the reason why annotations cannot be moved to the end of a path
// of properties and type casts: the end does not exist, or other paths lead to it
// too.
func (l *linker) along(t Type, path string) string {
	for segment := range strings.SplitSeq(path, "/") {
		from, ok := t.(*StructuredType)
		if !ok {
			return noSuchElement
		}
		if p := from.Property(segment); p != nil {
			t = p.Type.Type
		} else if n, _ := from.NavigationProperty(segment); n != nil {
			t = n.Type.Type
		} else if t, ok = l.model.types[segment]; !ok {
			return noSuchElement
		}
	}
	return onThisPath
}

func (l *linker) findInContainer(path string) ([]*[]*Annotation, string) {
	c := l.model.Container
	if path == "" {
		return found(&c.Annotated)
	}
	name, rest, _ := strings.Cut(path, "/")
	if s := c.Source(name); s != nil {
		if rest == "" {
			return found(&s.Annotated)
		}
		return nil, l.along(s.Type.Type, rest)
	}
	for _, i := range c.Imports {
		if i.Name != name {
			continue
		}
		if rest == "" {
			return found(&i.Annotated)
		}
		return findInOperations(unbound(l.operations[i.Operation], i.Function), rest)
	}
	return nil, noSuchElement
}

// overloads returns the operations that "ns.name" or "ns.name(types)" names. The
// types are the types of all parameters. For an action the type of the binding
// parameter is enough.
func (l *linker) overloads(head string) []*Operation {
	name, signature, signed := strings.Cut(head, "(")
	operations := l.operations[name]
	if !signed {
		return operations
	}
	signature = strings.ReplaceAll(strings.TrimSuffix(signature, ")"), " ", "")
	var exact, bound []*Operation
	for _, o := range operations {
		switch {
		case o.Target() == name+"("+signature+")":
			exact = append(exact, o)
		case o.Function:
		case o.Bound && len(o.Parameters) > 0 && o.Parameters[0].Type.String() == signature, !o.Bound && signature == "":
			bound = append(bound, o)
		}
	}
	if exact != nil {
		return exact
	}
	return bound
}

func findInOperations(operations []*Operation, path string) (lists []*[]*Annotation, problem string) {
	for _, o := range operations {
		switch {
		case path == "":
			lists = append(lists, &o.Annotated)
		case path == "$ReturnType" && o.Return != nil:
			lists = append(lists, &o.Return.Annotated)
		default:
			for _, p := range o.Parameters {
				if p.Name == path {
					lists = append(lists, &p.Annotated)
				}
			}
		}
	}
	return lists, noSuchElement
}

// Annotate adds annotations from another source to a linked model. They replace
// annotations with the same term and qualifier. A target that the model lacks
// gets a warning.
func Annotate(m *Model, targets []*Target) {
	l := newLinker(m)
	for _, s := range m.Schemas {
		for _, o := range s.Operations {
			l.operations[o.QualifiedName()] = append(l.operations[o.QualifiedName()], o)
		}
	}
	for _, t := range targets {
		lists, problem := l.find(t.Path)
		if len(lists) == 0 {
			t.Warnf(t.Position, "annotations for %s are left out: %s", t.Path, problem)
		}
		for _, list := range lists {
			for _, a := range t.Annotated {
				*list = slices.DeleteFunc(*list, func(b *Annotation) bool { return a.Term == b.Term && a.Qualifier == b.Qualifier })
				*list = append(*list, a)
			}
			orderAnnotations(list)
		}
	}
}
