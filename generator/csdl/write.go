package csdl

import (
	"cmp"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// Write returns a model as a CSDL XML document, one element a line, in the
// order of the model. It writes what a selected model can hold: types, the
// container with its entity sets and singletons, and annotations; terms,
// operations, imports and references are left out. Attributes that say what
// CSDL has as the default are left out too. Where CSDL has a default for a fact
// that is unknown, an annotation marks the fact as unknown. U+FFFD replaces
// each character that XML cannot hold.
//
// The lines of the comment stand at the top of the document. They cannot end
// the comment, whatever they hold.
//
// [Parse] and [model.Link] turn the result into the same model, except for
// positions. A container whose schema the model lacks gets one.
func Write(m *model.Model, comment []string) []byte {
	w := &writer{}
	w.text.WriteString(declaration)
	w.comment(comment)
	w.element("edmx:Edmx", attributes{{"Version", cmp.Or(m.Version, "4.0")}, {"xmlns:edmx", edmx}}, func() {
		w.element("edmx:DataServices", nil, func() {
			for _, s := range m.Schemas {
				w.schema(s, m.Container)
			}
			if c := m.Container; c != nil && schemaOf(m, c.Namespace) == nil {
				w.schema(&model.Schema{Namespace: c.Namespace}, c)
			}
		})
	})
	return w.text.Bytes()
}

func schemaOf(m *model.Model, namespace string) *model.Schema {
	i := slices.IndexFunc(m.Schemas, func(s *model.Schema) bool { return s.Namespace == namespace })
	if i < 0 {
		return nil
	}
	return m.Schemas[i]
}

// schema writes a schema, section 5, with the container if that is in it.
func (w *writer) schema(s *model.Schema, c *model.Container) {
	w.element("Schema", attributes{{"Namespace", s.Namespace}}.add("Alias", s.Alias).set("xmlns", edm), func() {
		for _, t := range s.Enums {
			w.enumType(t)
		}
		for _, t := range s.Definitions {
			w.typeDefinition(t)
		}
		for _, t := range s.Structured {
			w.structuredType(t)
		}
		if c != nil && c.Namespace == s.Namespace {
			w.container(c)
		}
		w.annotations(s.Annotated)
	})
}

// container writes the entity container, section 13.
func (w *writer) container(c *model.Container) {
	w.element("EntityContainer", attributes{{"Name", c.Name}}, func() {
		for _, s := range c.Sources {
			w.source(s)
		}
		w.annotations(c.Annotated)
	})
}

// source writes an entity set, section 13.2, or a singleton, section 13.3.
func (w *writer) source(s *model.NavigationSource) {
	name, a := "Singleton", attributes{{"Name", s.Name}, {"Type", s.Type.Name}}.fact("Nullable", s.Nullable, model.No)
	if s.Type.Collection {
		name, a = "EntitySet", attributes{{"Name", s.Name}, {"EntityType", s.Type.Name}}
		if s.Hidden {
			a = a.set("IncludeInServiceDocument", "false")
		}
	}
	w.element(name, a, func() {
		for _, b := range s.Bindings {
			w.element("NavigationPropertyBinding", attributes{{"Path", b.Path}, {"Target", b.Target}}, nil)
		}
		w.annotations(s.Annotated)
	})
}
