package model

import "strings"

// annotate moves the annotations that stand apart to the elements that they
// are for (CSDL section 14.2.2), and puts all annotations into order by term.
// A target that the model lacks is reported: nothing is dropped in silence.
func (l *linker) annotate() {
	index := l.targets()
	for _, s := range l.model.Schemas {
		var unknown []*Target
		for _, target := range s.Targets {
			lists := index.find(target.Path)
			for _, list := range lists {
				*list = append(*list, target.Annotations...)
			}
			if len(lists) == 0 {
				unknown = append(unknown, target)
				l.ds.Warnf(target.Position, "annotations for %s are left out: there is no such element", target.Path)
			}
		}
		s.Targets = unknown
		for _, t := range s.Structured {
			sortAnnotations(t.Annotations)
			for _, p := range t.Properties {
				sortAnnotations(p.Annotations)
			}
			for _, n := range t.Navigation {
				sortAnnotations(n.Annotations)
			}
		}
		for _, t := range s.Enums {
			sortAnnotations(t.Annotations)
			for _, m := range t.Members {
				sortAnnotations(m.Annotations)
			}
		}
		for _, t := range s.Definitions {
			sortAnnotations(t.Annotations)
		}
	}
	if c := l.model.Container; c != nil {
		sortAnnotations(c.Annotations)
		for _, source := range c.Sources {
			sortAnnotations(source.Annotations)
		}
	}
}

// targetIndex finds the elements that annotations can be written for by the
// qualified name of the schema child that they are in.
type targetIndex struct {
	types      map[string]Type
	terms      map[string]*Term
	operations map[string][]*Operation
	schemas    map[string]*Schema
	container  *Container
}

func (l *linker) targets() *targetIndex {
	index := &targetIndex{
		types:      l.model.types,
		terms:      map[string]*Term{},
		operations: map[string][]*Operation{},
		schemas:    map[string]*Schema{},
		container:  l.model.Container,
	}
	for _, s := range l.model.Schemas {
		index.schemas[s.Namespace] = s
		for _, t := range s.Terms {
			index.terms[s.Namespace+"."+t.Name] = t
		}
		for _, o := range s.Operations {
			o.Namespace = s.Namespace
			index.operations[s.Namespace+"."+o.Name] = append(index.operations[s.Namespace+"."+o.Name], o)
		}
	}
	return index
}

// find returns the annotation lists of the elements that a target path names:
// several where it names all overloads of an operation.
func (index *targetIndex) find(path string) []*[]*Annotation {
	head, member, nested := strings.Cut(path, "/")
	if c := index.container; c != nil && head == c.Namespace+"."+c.Name {
		return index.findInContainer(member, nested)
	}
	if operations := index.overloads(head); operations != nil {
		return findInOperations(operations, member, nested)
	}
	if t, ok := index.terms[head]; ok && !nested {
		return one(&t.Annotations)
	}
	if s, ok := index.schemas[head]; ok && !nested {
		return one(&s.Annotations)
	}
	switch t := index.types[head].(type) {
	case *TypeDefinition:
		if !nested {
			return one(&t.Annotations)
		}
	case *EnumType:
		if !nested {
			return one(&t.Annotations)
		}
		for _, m := range t.Members {
			if m.Name == member {
				return one(&m.Annotations)
			}
		}
	case *StructuredType:
		if !nested {
			return one(&t.Annotations)
		}
		if p := t.Property(member); p != nil {
			return one(&p.Annotations)
		}
		if n, _ := t.NavigationProperty(member); n != nil {
			return one(&n.Annotations)
		}
	}
	return nil
}

func (index *targetIndex) findInContainer(member string, nested bool) []*[]*Annotation {
	if !nested {
		return one(&index.container.Annotations)
	}
	if s := index.container.Source(member); s != nil {
		return one(&s.Annotations)
	}
	for _, i := range index.container.Imports {
		if i.Name == member {
			return one(&i.Annotations)
		}
	}
	return nil
}

// overloads returns the operations that "ns.name" or "ns.name(types)" names.
func (index *targetIndex) overloads(head string) []*Operation {
	name, signature, one := strings.Cut(strings.TrimSuffix(head, ")"), "(")
	operations := index.operations[name]
	if !one {
		return operations
	}
	for _, o := range operations {
		types := make([]string, len(o.Parameters))
		for i, p := range o.Parameters {
			types[i] = p.Type.String()
		}
		if strings.Join(types, ",") == signature {
			return []*Operation{o}
		}
	}
	return nil
}

func findInOperations(operations []*Operation, member string, nested bool) []*[]*Annotation {
	var lists []*[]*Annotation
	for _, o := range operations {
		switch {
		case !nested:
			lists = append(lists, &o.Annotations)
		case member == "$ReturnType" && o.Return != nil:
			lists = append(lists, &o.Return.Annotations)
		default:
			for _, p := range o.Parameters {
				if p.Name == member {
					lists = append(lists, &p.Annotations)
				}
			}
		}
	}
	return lists
}

func one(list *[]*Annotation) []*[]*Annotation { return []*[]*Annotation{list} }
