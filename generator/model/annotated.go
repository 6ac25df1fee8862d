package model

// visitAnnotations calls visit with the annotations of each element of m that
// can have any, with those of references and what is left of Targets too.
func (m *Model) visitAnnotations(visit func(*[]*Annotation)) {
	for _, r := range m.References {
		visit(&r.Annotations)
		for _, include := range r.Namespaces {
			visit(&include.Annotations)
		}
	}
	for _, s := range m.Schemas {
		s.visitAnnotations(visit)
	}
	if c := m.Container; c != nil {
		visit(&c.Annotations)
		for _, s := range c.Sources {
			visit(&s.Annotations)
		}
		for _, i := range c.Imports {
			visit(&i.Annotations)
		}
	}
}

func (s *Schema) visitAnnotations(visit func(*[]*Annotation)) {
	visit(&s.Annotations)
	for _, t := range s.Structured {
		t.visitAnnotations(visit)
	}
	for _, t := range s.Enums {
		visit(&t.Annotations)
		for _, m := range t.Members {
			visit(&m.Annotations)
		}
	}
	for _, t := range s.Definitions {
		visit(&t.Annotations)
	}
	for _, t := range s.Terms {
		visit(&t.Annotations)
	}
	for _, o := range s.Operations {
		visit(&o.Annotations)
		for _, p := range o.Parameters {
			visit(&p.Annotations)
		}
		if o.Return != nil {
			visit(&o.Return.Annotations)
		}
	}
	for _, t := range s.Targets {
		visit(&t.Annotations)
	}
}

func (t *StructuredType) visitAnnotations(visit func(*[]*Annotation)) {
	visit(&t.Annotations)
	for _, p := range t.Properties {
		visit(&p.Annotations)
	}
	for _, n := range t.Navigation {
		visit(&n.Annotations)
		for i := range n.Constraints {
			visit(&n.Constraints[i].Annotations)
		}
		if n.OnDelete != nil {
			visit(&n.OnDelete.Annotations)
		}
	}
}
