package csdl

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// Write returns a model as a CSDL XML document with one element a line, in the
// order of the model. It writes the elements that a selection can have: types,
// entity sets, singletons, operations and annotations. It leaves out terms,
// imports, references, and attributes with their default value. If a fact is
// unknown whose attribute has a default, Write adds an annotation that says so.
// U+FFFD replaces each character that XML cannot hold.
//
// The document begins with the lines of comment, which cannot end the XML comment
// that holds them.
//
// [Parse] and [model.Link] turn the result into the same model, except for
// positions. If the model lacks the schema of its container, Write adds it.
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
		for _, o := range s.Operations {
			w.operation(o)
		}
		if c != nil && c.Namespace == s.Namespace {
			w.container(c)
		}
		w.annotations(s.Annotated)
	})
}

// operation writes an action or a function, section 12.
func (w *writer) operation(o *model.Operation) {
	name, a := "Action", attributes{{"Name", o.Name}}.fact("IsBound", model.FactOf(o.Bound), model.No).add("EntitySetPath", o.EntitySetPath)
	if o.Function {
		name, a = "Function", a.fact("IsComposable", model.FactOf(o.Composable), model.No)
	}
	w.element(name, a, func() {
		for _, p := range o.Parameters {
			w.typed("Parameter", attributes{{"Name", p.Name}}, p.Type, p.Facets, p.Annotated)
		}
		if o.Return != nil {
			w.typed("ReturnType", nil, o.Return.Type, o.Return.Facets, o.Return.Annotated)
		}
		w.annotations(o.Annotated)
	})
}

// typed writes a parameter or a return type.
func (w *writer) typed(name string, a attributes, of model.TypeRef, facets model.Facets, annotations []*model.Annotation) {
	a = append(a, attributes{{"Type", of.String()}}...).nullable(of, facets.Nullable).facets(facets)
	w.element(name, a, func() {
		w.unknown(open{{"Nullable", nullable(of, facets.Nullable)}}, annotations)
	})
}

// container writes the entity container, section 13.
func (w *writer) container(c *model.Container) {
	w.element("EntityContainer", attributes{{"Name", c.Name}}, func() {
		for _, s := range c.Sources {
			w.source(s)
		}
		for _, i := range c.Imports {
			name, of := "ActionImport", "Action"
			if i.Function {
				name, of = "FunctionImport", "Function"
			}
			w.element(name, attributes{{"Name", i.Name}, {of, i.Operation}}.add("EntitySet", i.EntitySet), func() { w.annotations(i.Annotated) })
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

// structuredType writes an entity type, section 6, or a complex type, section 9.
func (w *writer) structuredType(t *model.StructuredType) {
	name, a := "ComplexType", attributes{{"Name", t.Name}}
	if t.Base != nil {
		a = a.set("BaseType", t.Base.Name)
	}
	a = a.fact("Abstract", t.Abstract, model.No).fact("OpenType", t.Open, model.No)
	if t.Kind == model.Entity {
		name, a = "EntityType", a.fact("HasStream", t.HasStream, model.No)
	}
	w.element(name, a, func() {
		if len(t.Key) > 0 {
			w.element("Key", nil, func() {
				for _, ref := range t.Key {
					w.element("PropertyRef", attributes{{"Name", ref.Name}}.add("Alias", ref.Alias), nil)
				}
			})
		}
		for _, p := range t.Properties {
			w.property(p)
		}
		for _, n := range t.Navigation {
			w.navigation(n)
		}
		facts := open{{"Abstract", t.Abstract}, {"OpenType", t.Open}}
		if t.Kind == model.Entity {
			facts = append(facts, open{{"HasStream", t.HasStream}}...)
		}
		w.unknown(facts, t.Annotated)
	})
}

// property writes a structural property, section 7.
func (w *writer) property(p *model.Property) {
	a := attributes{{"Name", p.Name}, {"Type", p.Type.String()}}.nullable(p.Type, p.Facets.Nullable).facets(p.Facets)
	if p.Facets.DefaultValue != nil {
		a = a.set("DefaultValue", *p.Facets.DefaultValue)
	}
	w.element("Property", a, func() {
		w.unknown(open{{"Nullable", nullable(p.Type, p.Facets.Nullable)}}, p.Annotated)
	})
}

// navigation writes a navigation property, section 8.
func (w *writer) navigation(n *model.Navigation) {
	a := attributes{{"Name", n.Name}, {"Type", n.Type.String()}}.nullable(n.Type, n.Nullable).
		add("Partner", n.Partner).fact("ContainsTarget", n.ContainsTarget, model.No)
	w.element("NavigationProperty", a, func() {
		for _, c := range n.Constraints {
			ends := attributes{{"Property", c.Property}, {"ReferencedProperty", c.ReferencedProperty}}
			w.element("ReferentialConstraint", ends, func() { w.annotations(c.Annotated) })
		}
		if n.OnDelete != nil {
			w.element("OnDelete", attributes{{"Action", n.OnDelete.Action}}, func() { w.annotations(n.OnDelete.Annotated) })
		}
		w.unknown(open{{"Nullable", nullable(n.Type, n.Nullable)}, {"ContainsTarget", n.ContainsTarget}}, n.Annotated)
	})
}

// enumType writes an enumeration, section 10.
func (w *writer) enumType(t *model.EnumType) {
	a := attributes{{"Name", t.Name}}
	if t.Underlying != "Edm.Int32" {
		a = a.add("UnderlyingType", t.Underlying)
	}
	w.element("EnumType", a.fact("IsFlags", t.Flags, model.No), func() {
		for _, m := range t.Members {
			a := attributes{{"Name", m.Name}}
			if m.Value != nil {
				a = a.set("Value", strconv.FormatInt(*m.Value, 10))
			}
			w.element("Member", a, func() { w.annotations(m.Annotated) })
		}
		w.unknown(open{{"IsFlags", t.Flags}}, t.Annotated, unknownOf(t)...)
	})
}

// typeDefinition writes a type definition, section 11.
func (w *writer) typeDefinition(t *model.TypeDefinition) {
	a := attributes{{"Name", t.Name}, {"UnderlyingType", t.Underlying.String()}}.facets(t.Facets)
	w.element("TypeDefinition", a, func() { w.annotations(t.Annotated) })
}

// nullable adds the attribute Nullable. A single value is nullable by default; the
// items of a collection have no default, section 7.2.
func (a attributes) nullable(of model.TypeRef, nullable model.Fact) attributes {
	if of.Collection {
		return a.fact("Nullable", nullable, model.Unknown)
	}
	return a.fact("Nullable", nullable, model.Yes)
}

// facets adds the type facets, section 3.4.
func (a attributes) facets(f model.Facets) attributes {
	return a.add("MaxLength", f.MaxLength).add("Precision", f.Precision).add("Scale", f.Scale).add("SRID", f.SRID).
		fact("Unicode", f.Unicode, model.Unknown)
}

// annotations writes annotations, section 14.2.
func (w *writer) annotations(list []*model.Annotation) {
	for _, a := range list {
		w.holder("Annotation", attributes{{"Term", a.Term}}.add("Qualifier", a.Qualifier), a.Value, a.Annotations)
	}
}

// holder writes an element with a value, which is an attribute if possible, else
// a child.
func (w *writer) holder(name string, a attributes, value *model.Expression, annotations []*model.Annotation) {
	text, inline := attributeText(value)
	if inline {
		a = a.set(string(value.Kind), text)
	}
	w.element(name, a, func() {
		if value != nil && !inline {
			w.expression(value)
		}
		w.annotations(annotations)
	})
}

// attributeText returns the text of e for an attribute, and whether an attribute
// can hold e.
func attributeText(e *model.Expression) (string, bool) {
	switch {
	case e == nil || len(e.Annotations) > 0:
		return "", false
	case e.Kind == "UrlRef":
		if len(e.Items) == 1 && e.Items[0].Kind == "String" {
			return e.Items[0].Value, true
		}
		return "", false
	}
	return e.Value, isText(e.Kind) && e.Kind != "LabeledElementReference"
}

// expression writes an expression as an element, sections 14.3 and 14.4.
func (w *writer) expression(e *model.Expression) {
	name := string(e.Kind)
	if isText(e.Kind) {
		w.textElement(name, e.Value)
		return
	}
	switch e.Kind {
	case "Record":
		w.element(name, attributes{}.add("Type", e.Type), func() {
			for _, p := range e.Properties {
				w.holder("PropertyValue", attributes{{"Property", p.Name}}, p.Value, p.Annotations)
			}
			w.annotations(e.Annotations)
		})
	case "LabeledElement":
		var item *model.Expression
		if len(e.Items) > 0 {
			item = e.Items[0]
		}
		w.holder(name, attributes{{"Name", e.Value}}, item, e.Annotations)
	default:
		a := attributes{}
		switch e.Kind {
		case "Apply":
			a = a.set("Function", e.Value)
		case "Cast", "IsOf":
			a = a.set("Type", e.Type)
			if e.Facets != nil {
				a = a.facets(*e.Facets)
			}
		}
		w.element(name, a, func() {
			for _, item := range e.Items {
				w.expression(item)
			}
			w.annotations(e.Annotations)
		})
	}
}
