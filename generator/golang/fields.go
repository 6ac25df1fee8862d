package golang

import (
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// fields plans the fields of s: either the retained ones or all others. A field
// has another name than the fields that embedding promotes, the methods of s, and
// the types that s embeds or that embed s. Retained fields are named last and
// dropped on a clash.
func (p *planner) fields(s *Struct, retained bool) {
	if p.done[s] {
		return
	}
	p.done[s] = true
	taken := map[string]bool{}
	for _, member := range structMembers {
		taken[member] = true
	}
	p.reserveTypes(s.Type, retained, taken)
	if s.Base != nil {
		p.fields(s.Base, retained)
	}
	take := func(fields []*Field) {
		for _, f := range fields {
			taken[f.Name] = true
		}
	}
	take(s.AllFields())
	for _, d := range s.Known {
		take(d.Fields)
	}
	for _, property := range properties(s.Type) {
		if !tagName(property.Name) || vocab.Retained(property.Annotated) != retained {
			continue
		}
		key := fieldKey(s.Type, property.Name)
		name := p.fieldName(key, property, taken)
		if retained && name != p.names.pinned[key] {
			continue
		}
		taken[name] = true
		p.plan.Names[key] = name
		s.Fields = append(s.Fields, &Field{
			Name:     name,
			Property: property,
			Type:     p.goType(property),
			ReadOnly: p.readOnly(s, property),
			Settable: p.settable(s, property),
			Retained: retained,
			Allowed:  p.allowed(s, property),
		})
	}
	slices.SortFunc(s.Fields, func(a, b *Field) int { return strings.Compare(a.Property.Name, b.Property.Name) })
}

// structMembers are the members that every struct can have: no field has their names, and
// no struct, which others embed.
var structMembers = []string{"AdditionalData", "ForCreate", "ODataType", "ODataTypes"}

// properties returns the properties of a type that are fields: the structural
// ones, and the navigation properties that the configuration names.
func properties(t *model.StructuredType) []*model.Property {
	list := slices.Clone(t.Properties)
	for _, n := range t.Navigation {
		if vocab.Expanded(n.Annotated) {
			list = append(list, &model.Property{Name: n.Name, Type: n.Type, Facets: model.Facets{Nullable: n.Nullable}, Element: n.Element})
		}
	}
	return list
}

// tagName reports whether a property can have a field: whether a json tag can hold
// its name (encoding/json/v2), and whether the name has no @, which marks control
// information. Other properties are part of AdditionalData.
func tagName(name string) bool { return name != "" && !strings.ContainsAny(name, ",\\'\"`@") }

func (p *planner) fieldName(key string, property *model.Property, taken map[string]bool) string {
	isTaken := func(s string) bool { return taken[s] }
	name, pinned := p.names.pinned[key]
	if !pinned || isTaken(name) {
		name = ident.Unique(p.names.rules.Exported(property.Name), isTaken)
	}
	return name
}

// reserveTypes adds the names of t, its base types and its derived types to taken,
// and the names of the methods that convert to them. It adds the names of retained
// types only for retained fields.
func (p *planner) reserveTypes(t *model.StructuredType, retained bool, taken map[string]bool) {
	reserve := func(t *model.StructuredType) {
		if vocab.Retained(t.Annotated) && !retained {
			return
		}
		name := p.names.goName[t.QualifiedName()]
		taken[name] = true
		taken[castPrefix+name] = true
	}
	for ancestor := t.BaseType(); ancestor != nil; ancestor = ancestor.BaseType() {
		reserve(ancestor)
	}
	var descend func(t *model.StructuredType)
	descend = func(t *model.StructuredType) {
		reserve(t)
		for _, d := range t.Derived() {
			descend(d)
		}
	}
	descend(t)
}

// allowed returns the constants for the allowed values of a property.
func (p *planner) allowed(s *Struct, property *model.Property) []AllowedValue {
	var list []AllowedValue
	retained := vocab.RetainedValues(property.Annotated)
	for _, text := range allowedTexts(property) {
		list = append(list, AllowedValue{p.name(valueKey(s.Type, property, text)), text, slices.Contains(retained, text)})
	}
	return list
}

// readOnly returns the evidence that only the service sets a property, or "".
// The configuration wins over the metadata.
func (p *planner) readOnly(s *Struct, property *model.Property) string {
	term, readOnly := vocab.ReadOnly(property.Annotated)
	switch {
	case p.settable(s, property):
		return ""
	case readOnly:
		return term
	case slices.Contains(p.plan.Options.ReadOnly, configured(s, property)):
		return byConfiguration
	}
	return ""
}

// settable reports whether the configuration says that a client can set a
// property.
func (p *planner) settable(s *Struct, property *model.Property) bool {
	return slices.Contains(p.plan.Options.Settable, configured(s, property))
}

// configured returns the name of a property in the configuration.
func configured(s *Struct, property *model.Property) string {
	return s.Type.QualifiedName() + "/" + property.Name
}
