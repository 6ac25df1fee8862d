package model

// visitAnnotations calls visit with the annotations of each element of m that
// can have any, with those of references and what is left of Targets too.
func (m *Model) visitAnnotations(visit func(*[]*Annotation)) {
	for _, r := range m.References {
		visit(&r.Annotated)
		for _, include := range r.Namespaces {
			visit(&include.Annotated)
		}
	}
	for _, s := range m.Schemas {
		s.visitAnnotations(visit)
	}
	if c := m.Container; c != nil {
		visit(&c.Annotated)
		for _, s := range c.Sources {
			visit(&s.Annotated)
		}
		for _, i := range c.Imports {
			visit(&i.Annotated)
		}
	}
}

func (s *Schema) visitAnnotations(visit func(*[]*Annotation)) {
	visit(&s.Annotated)
	for _, t := range s.Structured {
		t.visitAnnotations(visit)
	}
	for _, t := range s.Enums {
		visit(&t.Annotated)
		for _, m := range t.Members {
			visit(&m.Annotated)
		}
	}
	for _, t := range s.Definitions {
		visit(&t.Annotated)
	}
	for _, t := range s.Terms {
		visit(&t.Annotated)
	}
	for _, o := range s.Operations {
		visit(&o.Annotated)
		for _, p := range o.Parameters {
			visit(&p.Annotated)
		}
		if o.Return != nil {
			visit(&o.Return.Annotated)
		}
	}
	for _, t := range s.Targets {
		visit(&t.Annotations)
	}
}

func (t *StructuredType) visitAnnotations(visit func(*[]*Annotation)) {
	visit(&t.Annotated)
	for _, p := range t.Properties {
		visit(&p.Annotated)
	}
	for _, n := range t.Navigation {
		visit(&n.Annotated)
		for i := range n.Constraints {
			visit(&n.Constraints[i].Annotated)
		}
		if n.OnDelete != nil {
			visit(&n.OnDelete.Annotated)
		}
	}
}
