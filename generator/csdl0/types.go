package csdl0

import (
	"strconv"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// structured reads EntityType and ComplexType, CSDL sections 6 and 9.
func (d *document) structured(e element, kind model.Kind) *model.StructuredType {
	t := &model.StructuredType{Kind: kind, Abstract: model.No, Open: model.No, HasStream: model.No, Position: e.at}
	d.attributes(e, func(name, value string) bool {
		switch name {
		case "Name":
			t.Name = value
		case "BaseType":
			t.Base = &model.TypeRef{}
			d.typeRef(e, t.Base, value)
		case "Abstract":
			t.Abstract = d.fact(e, name, value)
		case "OpenType":
			t.Open = d.fact(e, name, value)
		case "HasStream":
			t.HasStream = d.fact(e, name, value)
			return kind == model.Entity
		default:
			return false
		}
		return true
	})
	d.name(e, t.Name)
	d.children(e, func(child element) bool {
		switch child.Name.Local {
		case "Key":
			d.children(child, func(ref element) bool {
				if ref.Name.Local != "PropertyRef" {
					return false
				}
				t.Key = append(t.Key, d.propertyRef(ref))
				return true
			})
			return kind == model.Entity
		case "Property":
			t.Properties = append(t.Properties, d.property(child))
		case "NavigationProperty":
			t.Navigation = append(t.Navigation, d.navigation(child))
		case "Annotation":
			t.Annotations = append(t.Annotations, d.annotation(child))
		default:
			return false
		}
		return true
	})
	return t
}

func (d *document) propertyRef(e element) model.PropertyRef {
	ref := model.PropertyRef{Position: e.at}
	d.attributes(e, func(name, value string) bool {
		switch name {
		case "Name":
			ref.Name = value
		case "Alias":
			ref.Alias = value
		default:
			return false
		}
		return true
	})
	d.require(e, "Name", ref.Name)
	d.leaf(e)
	return ref
}

// facet reads one of the attributes of CSDL section 7.2.
func (d *document) facet(e element, f *model.Facets, name, value string) bool {
	switch name {
	case "Nullable":
		f.Nullable = d.fact(e, name, value)
	case "MaxLength":
		f.MaxLength = d.integer(e, name, value, "max")
	case "Precision":
		f.Precision = d.integer(e, name, value)
	case "Scale":
		f.Scale = strings.ToLower(value) // 4.0 spells it "Variable" in places
		d.integer(e, name, f.Scale, "variable", "floating")
	case "SRID":
		f.SRID = strings.ToLower(value)
		d.integer(e, name, f.SRID, "variable")
	case "Unicode":
		f.Unicode = d.fact(e, name, value)
	case "DefaultValue":
		f.DefaultValue = &value
	default:
		return false
	}
	return true
}

// nullable fills in what CSDL section 7.2.1 says where Nullable is absent:
// true for a single value, nothing for the items of a collection.
func nullable(ref model.TypeRef, fact model.Fact) model.Fact {
	if fact == model.Unknown && !ref.Collection {
		return model.Yes
	}
	return fact
}

// property reads Property, CSDL section 7.
func (d *document) property(e element) *model.Property {
	p := &model.Property{Position: e.at}
	d.attributes(e, func(name, value string) bool {
		switch name {
		case "Name":
			p.Name = value
		case "Type":
			d.typeRef(e, &p.Type, value)
		default:
			return d.facet(e, &p.Facets, name, value)
		}
		return true
	})
	d.name(e, p.Name)
	d.require(e, "Type", p.Type.Name)
	p.Facets.Nullable = nullable(p.Type, p.Facets.Nullable)
	p.Annotations = d.annotations(e)
	return p
}

// navigation reads NavigationProperty, CSDL section 8.
func (d *document) navigation(e element) *model.Navigation {
	n := &model.Navigation{ContainsTarget: model.No, Position: e.at}
	d.attributes(e, func(name, value string) bool {
		switch name {
		case "Name":
			n.Name = value
		case "Type":
			d.typeRef(e, &n.Type, value)
		case "Nullable":
			n.Nullable = d.fact(e, name, value)
		case "ContainsTarget":
			n.ContainsTarget = d.fact(e, name, value)
		case "Partner":
			n.Partner = value
		default:
			return false
		}
		return true
	})
	d.name(e, n.Name)
	d.require(e, "Type", n.Type.Name)
	n.Nullable = nullable(n.Type, n.Nullable)
	d.children(e, func(child element) bool {
		switch child.Name.Local {
		case "ReferentialConstraint":
			n.Constraints = append(n.Constraints, d.constraint(child))
		case "OnDelete":
			d.attributes(child, func(name, value string) bool {
				n.OnDelete = &model.OnDelete{Action: value}
				return name == "Action"
			})
			d.annotations(child)
		case "Annotation":
			n.Annotations = append(n.Annotations, d.annotation(child))
		default:
			return false
		}
		return true
	})
	return n
}

func (d *document) constraint(e element) model.ReferentialConstraint {
	var c model.ReferentialConstraint
	d.attributes(e, func(name, value string) bool {
		switch name {
		case "Property":
			c.Property = value
		case "ReferencedProperty":
			c.ReferencedProperty = value
		default:
			return false
		}
		return true
	})
	d.require(e, "Property", c.Property)
	d.require(e, "ReferencedProperty", c.ReferencedProperty)
	d.annotations(e)
	return c
}

// enum reads EnumType, CSDL section 10.
func (d *document) enum(e element) *model.EnumType {
	t := &model.EnumType{Underlying: "Edm.Int32", Flags: model.No, Position: e.at}
	d.attributes(e, func(name, value string) bool {
		switch name {
		case "Name":
			t.Name = value
		case "UnderlyingType":
			t.Underlying = value
		case "IsFlags":
			t.Flags = d.fact(e, name, value)
		default:
			return false
		}
		return true
	})
	d.name(e, t.Name)
	switch t.Underlying {
	case "Edm.Byte", "Edm.SByte", "Edm.Int16", "Edm.Int32", "Edm.Int64":
	default:
		d.ds.Errorf(e.at, "the underlying type of %s is %s, which is no integer type", t.Name, t.Underlying)
	}
	d.children(e, func(child element) bool {
		switch child.Name.Local {
		case "Member":
			t.Members = append(t.Members, d.member(child))
		case "Annotation":
			t.Annotations = append(t.Annotations, d.annotation(child))
		default:
			return false
		}
		return true
	})
	d.number(e, t)
	return t
}

func (d *document) member(e element) *model.Member {
	m := &model.Member{Position: e.at}
	d.attributes(e, func(name, value string) bool {
		switch name {
		case "Name":
			m.Name = value
		case "Value":
			n, err := strconv.ParseInt(value, 10, 64)
			if err != nil {
				d.ds.Errorf(e.at, "the Value of %s is %q, not an integer", m.Name, value)
			}
			m.Value = &n
		default:
			return false
		}
		return true
	})
	d.name(e, m.Name)
	m.Annotations = d.annotations(e)
	return m
}

// number gives values to the members of an enumeration that has none: from 0
// on, in order (CSDL section 10.3).
func (d *document) number(e element, t *model.EnumType) {
	without := 0
	for _, m := range t.Members {
		if m.Value == nil {
			without++
		}
	}
	switch {
	case without == 0:
	case without < len(t.Members):
		d.ds.Errorf(e.at, "some members of %s have a Value and some have none", t.Name)
	case t.Flags == model.Yes:
		d.ds.Errorf(e.at, "the members of the flags enumeration %s have no Value", t.Name)
	default:
		for i, m := range t.Members {
			m.Value = new(int64(i))
		}
	}
}

// definition reads TypeDefinition, CSDL section 11.
func (d *document) definition(e element) *model.TypeDefinition {
	t := &model.TypeDefinition{Position: e.at}
	d.attributes(e, func(name, value string) bool {
		switch name {
		case "Name":
			t.Name = value
		case "UnderlyingType":
			d.typeRef(e, &t.Underlying, value)
		default:
			return d.facet(e, &t.Facets, name, value)
		}
		return true
	})
	d.name(e, t.Name)
	d.require(e, "UnderlyingType", t.Underlying.Name)
	t.Annotations = d.annotations(e)
	return t
}

// term reads Term, CSDL section 14.1.
func (d *document) term(e element) *model.Term {
	t := &model.Term{Position: e.at}
	d.attributes(e, func(name, value string) bool {
		switch name {
		case "Name":
			t.Name = value
		case "Type":
			d.typeRef(e, &t.Type, value)
		case "BaseTerm":
			t.BaseTerm = value
			d.qualify(&t.BaseTerm)
		case "AppliesTo":
			t.AppliesTo = strings.Fields(value)
		default:
			return d.facet(e, &t.Facets, name, value)
		}
		return true
	})
	d.name(e, t.Name)
	d.require(e, "Type", t.Type.Name)
	t.Annotations = d.annotations(e)
	return t
}
