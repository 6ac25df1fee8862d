// Package describe says what a type or a path of a model is, and why a type is
// part of a selection.
package describe

import (
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Description is what there is to say. One of its parts is set.
type Description struct {
	Type    *Type    `json:"type,omitzero"`
	Path    *Path    `json:"path,omitzero"`
	Closure []Reason `json:"closure,omitzero"`
}

// Type is what there is to say of a type.
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
	UsedBy      []string   `json:"usedBy,omitzero"`     // properties of this type: "microsoft.graph.itemFacet/source"
	Operations  []string   `json:"operations,omitzero"` // that need it
	Position    string     `json:"position"`
}

// Derived is a type derived from another, and those derived from that.
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
	Value       *int64 `json:"value,omitzero"` // nil if not known
	Description string `json:"description,omitzero"`
}

// Path is what there is to say of a path.
type Path struct {
	Path        string   `json:"path"`
	Type        string   `json:"type"`              // "Collection(microsoft.graph.projectParticipation)"
	Resource    string   `json:"resource"`          // "microsoft.graph.profile/projects"
	Verbs       []string `json:"verbs,omitzero"`    // those that can be generated
	Next        []string `json:"next,omitzero"`     // the segments that can follow
	Settable    []string `json:"settable,omitzero"` // by a create, as far as is known
	Refused     []string `json:"refused,omitzero"`  // by a create
	Description string   `json:"description,omitzero"`
	Position    string   `json:"position"`
}

// OfType describes a type of a linked model; operations are those of the
// selection.
func OfType(m *model.Model, operations []*api.Operation, t model.Type) *Type {
	d := &Type{Name: t.QualifiedName(), UsedBy: uses(m, t), Operations: reaching(operations, t)}
	switch t := t.(type) {
	case *model.StructuredType:
		d.structured(t)
	case *model.EnumType:
		d.Kind = "enumeration"
		if t.Flags == model.Yes {
			d.Kind = "flags enumeration"
		}
		for _, member := range t.Members {
			d.Members = append(d.Members, Member{member.Name, member.Value, vocab.Description(member.Annotated)})
		}
		d.annotated(t.Annotated, t.Position)
	case *model.TypeDefinition:
		d.Kind, d.Underlying = "type definition", t.Underlying.Name
		d.annotated(t.Annotated, t.Position)
	}
	return d
}

func (d *Type) annotated(annotations []*model.Annotation, at source.Position) {
	d.Description = vocab.Description(annotations)
	d.Page = vocab.DocumentationLink(annotations, vocab.RelationType)
	if deprecation := vocab.Deprecated(annotations); deprecation != nil {
		d.Deprecated = strings.TrimSpace("deprecated " + deprecation.Date)
		if deprecation.Description != "" {
			d.Deprecated += ": " + deprecation.Description
		}
	}
	d.Position = at.String()
}

func (d *Type) structured(t *model.StructuredType) {
	d.Kind = string(t.Kind) + " type"
	if t.Abstract == model.Yes {
		d.Kind = "abstract " + d.Kind
	}
	for base := t.BaseType(); base != nil; base = base.BaseType() {
		d.Ancestors = append(d.Ancestors, base.QualifiedName())
	}
	d.Derived = derived(t)
	keys := t.KeyNames()
	for owner := t; owner != nil; owner = owner.BaseType() {
		for _, p := range owner.Properties {
			term, _ := vocab.ReadOnly(p.Annotated)
			d.Properties = append(d.Properties, Property{
				Name: p.Name, Type: p.Type.String(), Key: slices.Contains(keys, p.Name),
				NotNull: p.Facets.Nullable == model.No, ReadOnly: term,
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
	d.annotated(t.Annotated, t.Position)
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

// OfPath describes what a path leads to, or returns nil.
func OfPath(m *model.Model, path string) *Path {
	place, ok := m.Resolve(path)
	if !ok {
		return nil
	}
	d := &Path{
		Path: path, Resource: place.Target(m), Description: vocab.Description(place.Annotations()), Position: place.Position().String(),
	}
	t := place.Type()
	switch {
	case t == nil:
		d.Type = "a type that is not declared"
	case place.Collection():
		d.Type = "Collection(" + t.QualifiedName() + ")"
		d.create(place, t)
		d.Next = []string{"{" + strings.Join(t.KeyNames(), ",") + "}"}
	default:
		d.Type = t.QualifiedName()
		for owner := t; owner != nil; owner = owner.BaseType() {
			for _, n := range owner.Navigation {
				if !vocab.Unlisted(n.Annotated) {
					d.Next = append(d.Next, n.Name)
				}
			}
		}
		slices.Sort(d.Next)
	}
	return d
}

// create says what is known of a create in a collection.
func (d *Path) create(place model.Place, t *model.StructuredType) {
	insert := vocab.InsertRestrictions(place.Annotations())
	if insert.Insertable == model.No {
		return
	}
	d.Verbs = []string{"POST"}
	for ; t != nil; t = t.BaseType() {
		for _, p := range t.Properties {
			_, readOnly := vocab.ReadOnly(p.Annotated)
			if readOnly || slices.Contains(insert.NonInsertable, p.Name) {
				d.Refused = append(d.Refused, p.Name)
			} else {
				d.Settable = append(d.Settable, p.Name)
			}
		}
	}
	slices.Sort(d.Refused)
	slices.Sort(d.Settable)
}
