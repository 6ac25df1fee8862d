package model

import (
	"fmt"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Element holds the parts that all elements of a model have in common.
type Element struct {
	Annotated []*Annotation   `json:"annotations,omitempty"`
	Position  source.Position `json:"-"`

	// Problems are the mistakes of the source in this element. The elements that
	// it contains have their own. See Defect.
	Problems []source.Diagnostic `json:"-"`
}

// Annotations returns the annotations of the element.
func (e *Element) Annotations() []*Annotation { return e.Annotated }

// Pos returns where the element is declared.
func (e *Element) Pos() source.Position { return e.Position }

// Defect returns the first problem that makes the element unusable, or nil.
// Elements that do not need a defective element can still be used.
func (e *Element) Defect() *source.Diagnostic {
	i := slices.IndexFunc(e.Problems, func(d source.Diagnostic) bool { return d.Severity == source.Error })
	if i < 0 {
		return nil
	}
	return &e.Problems[i]
}

// Defectf adds a problem that makes the element unusable.
func (e *Element) Defectf(at source.Position, format string, args ...any) {
	e.Problems = append(e.Problems, source.Diagnostic{Position: at, Severity: source.Error, Message: fmt.Sprintf(format, args...)})
}

// Warnf adds a problem that leaves the element usable.
func (e *Element) Warnf(at source.Position, format string, args ...any) {
	e.Problems = append(e.Problems, source.Diagnostic{Position: at, Severity: source.Warning, Message: fmt.Sprintf(format, args...)})
}

// AllProblems returns the problems of the model and of all its elements, in
// order by position.
func (m *Model) AllProblems() []source.Diagnostic {
	list := slices.Clone(m.Problems)
	m.Walk(func(e *Element) { list = append(list, e.Problems...) })
	return source.Sorted(list)
}

// Walk calls visit for each element of m. It visits an element before the
// elements that it contains.
func (m *Model) Walk(visit func(*Element)) {
	for _, r := range m.References {
		visit(&r.Element)
		for _, include := range r.Namespaces {
			visit(&include.Element)
		}
	}
	for _, s := range m.Schemas {
		s.walk(visit)
	}
	if c := m.Container; c != nil {
		visit(&c.Element)
		for _, s := range c.Sources {
			visit(&s.Element)
		}
		for _, i := range c.Imports {
			visit(&i.Element)
		}
	}
}

func (s *Schema) walk(visit func(*Element)) {
	visit(&s.Element)
	for _, t := range s.Structured {
		t.walk(visit)
	}
	for _, t := range s.Enums {
		visit(&t.Element)
		for _, m := range t.Members {
			visit(&m.Element)
		}
	}
	for _, t := range s.Definitions {
		visit(&t.Element)
	}
	for _, t := range s.Terms {
		visit(&t.Element)
	}
	for _, o := range s.Operations {
		visit(&o.Element)
		for _, p := range o.Parameters {
			visit(&p.Element)
		}
		if o.Return != nil {
			visit(&o.Return.Element)
		}
	}
	for _, t := range s.Targets {
		visit(&t.Element)
	}
}

func (t *StructuredType) walk(visit func(*Element)) {
	visit(&t.Element)
	for _, p := range t.Properties {
		visit(&p.Element)
	}
	for _, n := range t.Navigation {
		visit(&n.Element)
		for i := range n.Constraints {
			visit(&n.Constraints[i].Element)
		}
		if n.OnDelete != nil {
			visit(&n.OnDelete.Element)
		}
	}
}
