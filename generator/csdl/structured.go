package csdl

import (
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// structuredType reads an entity type, section 6, or a complex type, section 9.
func (e element) structuredType(kind model.Kind) *model.StructuredType {
	t := &model.StructuredType{
		Name:     e.identifier("Name"),
		Kind:     kind,
		Base:     e.baseType(),
		Abstract: e.boolean("Abstract", model.No),
		Open:     e.boolean("OpenType", model.No),
	}
	var annotations []*model.Annotation
	if kind == model.Entity {
		t.HasStream = e.boolean("HasStream", model.No)
	}
	for child := range e.children() {
		switch child.name {
		case "Property":
			t.Properties = append(t.Properties, child.property())
		case "NavigationProperty":
			t.Navigation = append(t.Navigation, child.navigationProperty())
		case "Annotation":
			annotations = append(annotations, child.annotation()...)
		case "Key":
			if kind != model.Entity {
				child.unknown(e)
				break
			}
			if t.Key != nil {
				child.repeated(e)
			}
			t.Key = child.key()
		default:
			child.unknown(e)
		}
	}
	leaveOpen(&annotations, fact{"Abstract", &t.Abstract}, fact{"OpenType", &t.Open}, fact{"HasStream", &t.HasStream})
	t.Element = e.done(annotations)
	return t
}

// baseType returns the base type of e, sections 6.1 and 9.1, or nil.
func (e element) baseType() *model.TypeRef {
	name, ok := e.attribute("BaseType")
	if !ok {
		return nil
	}
	return &model.TypeRef{Name: e.item("BaseType", name, "name a type"), Position: e.at}
}

// key reads the key of an entity type, section 6.5.
func (e element) key() []model.PropertyRef {
	var key []model.PropertyRef
	for child := range e.children() {
		if child.name != "PropertyRef" {
			child.unknown(e)
			continue
		}
		ref := model.PropertyRef{
			Name:     child.required("Name"),
			Alias:    child.optionalIdentifier("Alias"),
			Position: child.at,
		}
		if strings.Contains(ref.Name, "/") && ref.Alias == "" {
			child.bad("Name", ref.Name, "is a path: it needs an Alias")
		}
		child.empty()
		key = append(key, ref)
	}
	if key == nil {
		e.defectf("Key lacks a PropertyRef")
	}
	return key
}

// property reads a structural property, section 7.
func (e element) property() *model.Property {
	p := &model.Property{Name: e.jsonName("Name"), Type: e.typeRef("Type")}
	p.Facets = e.nullableFacets(p.Type)
	p.Facets.DefaultValue = e.defaultValue()
	annotations := e.annotations()
	leaveOpen(&annotations, fact{"Nullable", &p.Facets.Nullable})
	p.Element = e.done(annotations)
	return p
}

// navigationProperty reads a navigation property, section 8.
func (e element) navigationProperty() *model.Navigation {
	n := &model.Navigation{
		Name:           e.jsonName("Name"),
		Type:           e.typeRef("Type"),
		ContainsTarget: e.boolean("ContainsTarget", model.No),
		Partner:        e.optional("Partner"),
	}
	var annotations []*model.Annotation
	n.Nullable = e.nullable(n.Type)
	for child := range e.children() {
		switch child.name {
		case "ReferentialConstraint":
			n.Constraints = append(n.Constraints, child.referentialConstraint())
		case "OnDelete":
			if n.OnDelete != nil {
				child.repeated(e)
			}
			n.OnDelete = child.onDelete()
		case "Annotation":
			annotations = append(annotations, child.annotation()...)
		default:
			child.unknown(e)
		}
	}
	leaveOpen(&annotations, fact{"Nullable", &n.Nullable}, fact{"ContainsTarget", &n.ContainsTarget})
	n.Element = e.done(annotations)
	return n
}

// referentialConstraint reads a referential constraint, section 8.5.
func (e element) referentialConstraint() model.ReferentialConstraint {
	return model.ReferentialConstraint{
		Property:           e.required("Property"),
		ReferencedProperty: e.required("ReferencedProperty"),
		Element:            e.done(e.annotations()),
	}
}

// onDelete reads an on-delete action, section 8.6.
func (e element) onDelete() *model.OnDelete {
	action := e.required("Action")
	if action != "" && !slices.Contains([]string{"Cascade", "None", "SetDefault", "SetNull"}, action) {
		e.odd("Action", action, "is not one of Cascade, None, SetDefault and SetNull")
	}
	return &model.OnDelete{Action: action, Element: e.done(e.annotations())}
}
