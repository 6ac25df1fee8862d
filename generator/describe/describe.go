// Package describe describes the types, paths and methods of a model, and why a
// type is part of a selection.
package describe

import (
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// Description is the answer to a question. One of its parts is set.
type Description struct {
	Type     *Type     `json:"type,omitzero"`
	Path     *Path     `json:"path,omitzero"`
	Methods  []Method  `json:"methods,omitzero"`
	Requests []Request `json:"requests,omitzero"` // that a path with a verb, or with the segment of an operation, means
	Hits     []Hit     `json:"hits,omitzero"`
	Closure  []Reason  `json:"closure,omitzero"`

	Asked string `json:"asked,omitzero"` // the pattern that Methods match, the path of Requests, or the words that Hits match
}

// Type describes a type.
type Type struct {
	Name        string     `json:"name"`
	Kind        string     `json:"kind"` // "abstract entity type"
	Description string     `json:"description,omitzero"`
	Page        string     `json:"page,omitzero"` // the address of the reference page
	Deprecated  string     `json:"deprecated,omitzero"`
	Underlying  string     `json:"underlying,omitzero"` // of a type definition
	Ancestors   []string   `json:"ancestors,omitzero"`  // the nearest first
	Derived     []Derived  `json:"derived,omitzero"`
	Properties  []Property `json:"properties,omitzero"` // its own first, then those of its ancestors
	Members     []Member   `json:"members,omitzero"`
	UsedBy      []string   `json:"usedBy,omitzero"`  // properties of this type: "microsoft.graph.itemFacet/source"
	Methods     []string   `json:"methods,omitzero"` // that need it
	Defects     []string   `json:"defects,omitzero"` // why it cannot be selected
	Position    string     `json:"position"`
}

// Derived is a type derived from another, and the types derived from it.
type Derived struct {
	Name    string    `json:"name"`
	Derived []Derived `json:"derived,omitzero"`
}

// Property is a structural property or a navigation property.
type Property struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Navigation  bool   `json:"navigation,omitzero"`
	Key         bool   `json:"key,omitzero"`
	NotNull     bool   `json:"notNull,omitzero"`  // of a collection: its items
	ReadOnly    string `json:"readOnly,omitzero"` // the term that says so
	DeclaredBy  string `json:"declaredBy"`
	Description string `json:"description,omitzero"`
}

// Member is a member of an enumeration.
type Member struct {
	Name        string `json:"name"`
	Value       *int64 `json:"value,omitzero"` // nil if unknown
	Description string `json:"description,omitzero"`
}

// OfType describes a type of a linked model. The methods are those of the
// selection.
func OfType(m *model.Model, methods []*api.Method, t model.Type, e Evidence) *Type {
	d := &Type{
		Name: t.QualifiedName(), UsedBy: uses(m, t), Methods: reaching(methods, t), Position: t.Pos().String(),
		Description: vocab.Description(t.Annotations()), Page: vocab.DocumentationLink(t.Annotations(), vocab.RelationType),
	}
	if deprecation := vocab.Deprecated(t.Annotations()); deprecation != nil {
		d.Deprecated = strings.TrimSpace("deprecated " + deprecation.Date)
		if deprecation.Description != "" {
			d.Deprecated += ": " + deprecation.Description
		}
	}
	switch t := t.(type) {
	case *model.StructuredType:
		d.structured(t, e)
	case *model.EnumType:
		d.Kind = "enumeration"
		if t.Flags == model.Yes {
			d.Kind = "flags enumeration"
		}
		d.defect(&t.Element)
		for _, member := range t.Members {
			d.Members = append(d.Members, Member{member.Name, member.Value, vocab.Description(member.Annotated)})
			d.defect(&member.Element)
		}
	case *model.TypeDefinition:
		d.Kind, d.Underlying = "type definition", t.Underlying.Name
		d.defect(&t.Element)
	}
	return d
}

// defect adds the defect of an element.
func (d *Type) defect(e *model.Element) {
	if defect := e.Defect(); defect != nil {
		d.Defects = append(d.Defects, defect.String())
	}
}

func (d *Type) structured(t *model.StructuredType, e Evidence) {
	d.Kind = string(t.Kind) + " type"
	if t.Abstract == model.Yes {
		d.Kind = "abstract " + d.Kind
	}
	for base := t.BaseType(); base != nil; base = base.BaseType() {
		d.Ancestors = append(d.Ancestors, base.QualifiedName())
	}
	d.Derived = derived(t)
	for owner := t; owner != nil; owner = owner.BaseType() {
		d.defect(&owner.Element)
		for _, p := range owner.Properties {
			d.defect(&p.Element)
			d.Properties = append(d.Properties, Property{
				Name: p.Name, Type: p.Type.String(), Key: t.HasInKey(p.Name),
				NotNull: p.Facets.Nullable == model.No, ReadOnly: e.readOnly(owner, p),
				DeclaredBy: owner.QualifiedName(), Description: vocab.Description(p.Annotated),
			})
		}
		for _, n := range owner.Navigation {
			d.Properties = append(d.Properties, Property{
				Name: n.Name, Type: n.Type.String(), Navigation: true, NotNull: n.Nullable == model.No,
				DeclaredBy: owner.QualifiedName(), Description: vocab.Description(n.Annotated),
			})
		}
	}
}

func derived(t *model.StructuredType) []Derived {
	var list []Derived
	for _, d := range t.Derived() {
		list = append(list, Derived{d.QualifiedName(), derived(d)})
	}
	return list
}

// uses returns the properties of a type, in order.
func uses(m *model.Model, t model.Type) []string {
	var list []string
	for _, s := range m.Schemas {
		for _, owner := range s.Structured {
			for _, p := range owner.Properties {
				if p.Type.Type == t {
					list = append(list, owner.QualifiedName()+"/"+p.Name)
				}
			}
			for _, n := range owner.Navigation {
				if n.Type.Type == t {
					list = append(list, owner.QualifiedName()+"/"+n.Name)
				}
			}
		}
	}
	slices.Sort(list)
	return list
}
