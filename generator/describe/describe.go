// Package describe describes the types, paths and methods of a model, and why a
// type is part of a selection.
package describe

import (
	"cmp"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// Description is the answer to a question. One of its parts is set.
type Description struct {
	Type    *Type    `json:"type,omitzero"`
	Path    *Path    `json:"path,omitzero"`
	Methods []Method `json:"methods,omitzero"`
	Hits    []Hit    `json:"hits,omitzero"`
	Closure []Reason `json:"closure,omitzero"`
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

// Path describes the resource that a path leads to.
type Path struct {
	Path        string   `json:"path"`
	Type        string   `json:"type"`              // "Collection(microsoft.graph.projectParticipation)"
	Resource    string   `json:"resource"`          // "microsoft.graph.profile/projects"
	Verbs       []string `json:"verbs,omitzero"`    // of the methods that can be generated
	Next        []string `json:"next,omitzero"`     // the segments that can follow
	Casts       []string `json:"casts,omitzero"`    // the type casts that can follow
	Settable    []string `json:"settable,omitzero"` // by a create, as far as is known
	Refused     []string `json:"refused,omitzero"`  // by a create
	Description string   `json:"description,omitzero"`
	Position    string   `json:"position"`
}

// Method is a method with one of its paths.
type Method struct {
	Verb        string `json:"verb"`
	Path        string `json:"path"`
	Type        string `json:"type"`
	Description string `json:"description,omitzero"`
}

// OfType describes a type of a linked model. The methods are those of the
// selection.
func OfType(m *model.Model, methods []*api.Method, t model.Type) *Type {
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
		d.structured(t)
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
		d.defect(&owner.Element)
		for _, p := range owner.Properties {
			d.defect(&p.Element)
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

// OfPath describes the resource that a path leads to, or returns nil.
func OfPath(m *model.Model, path string) *Path {
	r, ok := m.Resolve(path)
	if !ok {
		return nil
	}
	d := &Path{
		Path: path, Type: r.Ref().String(), Resource: r.Target(m),
		Description: vocab.Description(r.Annotations()), Position: r.Pos().String(),
	}
	t := r.Type()
	if t == nil {
		d.Type += ", which is not declared"
		return d
	}
	d.Type = t.QualifiedName()
	if r.Collection() {
		d.Type = "Collection(" + d.Type + ")"
	}
	for _, method := range api.Methods(r) {
		d.Verbs = append(d.Verbs, method.Verb)
		if method.Kind == api.Create {
			d.create(r)
		}
	}
	for next := range r.Next(m) {
		switch {
		case next.Cast != nil && r.Cast == nil:
			d.Casts = append(d.Casts, next.Name())
		case next.Item && !r.Item:
			d.Next = append(d.Next, "{"+strings.Join(t.KeyNames(), ",")+"}")
		case !vocab.Unlisted(next.Annotations()):
			d.Next = append(d.Next, next.Name())
		}
	}
	slices.Sort(d.Next)
	slices.Sort(d.Casts)
	return d
}

// create enters which properties a create can set.
func (d *Path) create(r model.Resource) {
	insert := vocab.InsertRestrictions(r.Annotations())
	for t := r.Type(); t != nil; t = t.BaseType() {
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

// OfMethods describes methods, each with its first path.
func OfMethods(methods []*api.Method) []Method {
	list := []Method{}
	for _, m := range methods {
		list = append(list, Method{m.Verb, m.Paths[0].String(), m.Resource.Ref().String(), vocab.Description(m.Resource.Annotations())})
	}
	return list
}

// Hit is an element that matches a word.
type Hit struct {
	Kind string `json:"kind"` // "type", "property", "member" or "path"
	Name string `json:"name"` // "microsoft.graph.user/displayName", "/users"

	// Description is that of the element, if it has one.
	Description string `json:"description,omitzero"`
}

// Search returns the elements whose names or descriptions have a word in them:
// those with the name itself first, then those whose name begins with the word,
// has it in it, and last those whose description has it. Case does not count.
func Search(m *model.Model, word string) []Hit {
	word = strings.ToLower(word)
	type ranked struct {
		Hit
		rank int
	}
	var list []ranked
	match := func(kind, name, last string, annotations []*model.Annotation) {
		description := vocab.Description(annotations)
		rank, lower := 0, strings.ToLower(last)
		switch {
		case lower == word:
		case strings.HasPrefix(lower, word):
			rank = 1
		case strings.Contains(lower, word):
			rank = 2
		case strings.Contains(strings.ToLower(description), word):
			rank = 3
		default:
			return
		}
		list = append(list, ranked{Hit{kind, name, description}, rank})
	}
	for _, s := range m.Schemas {
		for _, t := range s.Structured {
			match("type", t.QualifiedName(), t.Name, t.Annotated)
			for _, p := range t.Properties {
				match("property", t.QualifiedName()+"/"+p.Name, p.Name, p.Annotated)
			}
			for _, n := range t.Navigation {
				match("property", t.QualifiedName()+"/"+n.Name, n.Name, n.Annotated)
			}
		}
		for _, t := range s.Enums {
			match("type", t.QualifiedName(), t.Name, t.Annotated)
			for _, member := range t.Members {
				match("member", t.QualifiedName()+"/"+member.Name, member.Name, member.Annotated)
			}
		}
		for _, t := range s.Definitions {
			match("type", t.QualifiedName(), t.Name, t.Annotated)
		}
	}
	if m.Container != nil {
		for _, s := range m.Container.Sources {
			match("path", "/"+s.Name, s.Name, s.Annotated)
		}
	}
	kinds := []string{"path", "type", "property", "member"}
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)), cmp.Compare(a.Name, b.Name))
	})
	var hits []Hit
	for _, r := range list {
		hits = append(hits, r.Hit)
	}
	return hits
}
