package csdl

import (
	"strconv"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

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

// nullable says whether something of a type may be null. What is single-valued
// is by default; for the items of a collection there is no default, section 7.2.
func (a attributes) nullable(of model.TypeRef, nullable model.Fact) attributes {
	if of.Collection {
		return a.fact("Nullable", nullable, model.Unknown)
	}
	return a.fact("Nullable", nullable, model.Yes)
}

// facets says what section 3.4 has.
func (a attributes) facets(f model.Facets) attributes {
	return a.add("MaxLength", f.MaxLength).add("Precision", f.Precision).add("Scale", f.Scale).add("SRID", f.SRID).
		fact("Unicode", f.Unicode, model.Unknown)
}
