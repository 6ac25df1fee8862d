// Package model is the intermediate representation between the front ends and
// the emitters: an OData entity data model in the terms of OData CSDL 4.01.
//
// It holds names as the source spells them, never Go names, and the position
// that each element came from. A front end builds all elements first; [Link]
// then resolves the references between them and checks the whole. After that
// nothing changes it.
package model

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Fact is the answer of a source to a yes-or-no question about an element. Some
// formats leave some questions open: OpenAPI does not say whether a navigation
// property contains its target.
type Fact int8

const (
	Unknown Fact = iota
	No
	Yes
)

// FactOf returns Yes for true and No for false.
func FactOf(b bool) Fact {
	if b {
		return Yes
	}
	return No
}

// Model is a set of schemas, CSDL sections 4 and 5.
type Model struct {
	// Version is the OData version that the document declares: "4.0", "4.01", or
	// "" if it declares none.
	Version string `json:"-"`

	// Server is the address of the service as the source gives it, with the API
	// version and without a slash at the end: "https://graph.microsoft.com/v1.0".
	// It is "" if the source gives none.
	Server string `json:"-"`

	Schemas   []*Schema  `json:"schemas"`
	Container *Container `json:"container,omitzero"` // nil if there is none

	// References are the documents that this one refers to.
	References []*Reference `json:"-"`

	// Referenced are the other documents that the model was read from.
	Referenced []Document `json:"-"`

	// Problems are the problems that belong to no element of the model. The
	// elements can be used in spite of them.
	Problems []source.Diagnostic `json:"-"`

	types map[string]Type
}

// Document is a document that was read.
type Document struct {
	File string
	Data []byte
}

// Reference names another document, CSDL section 4.1. If the document could not
// be read, Missing gives the reason, and the model lacks its schemas.
type Reference struct {
	URI              string
	Missing          string
	Namespaces       []*Include
	AnnotationGroups []*IncludeAnnotations
	Element
}

// Include makes a namespace of a referenced document known, CSDL section 4.2.
type Include struct {
	Namespace, Alias string
	Found            string // the file that the reference led to, if it does not declare the namespace, or ""
	Element
}

// IncludeAnnotations makes annotations of a referenced document known, CSDL
// section 4.3. They have a term of TermNamespace, and if given, the Qualifier
// and a target in TargetNamespace.
type IncludeAnnotations struct {
	TermNamespace, Qualifier, TargetNamespace string
	Position                                  source.Position
}

// Schema is one namespace, CSDL section 5.
type Schema struct {
	Namespace   string            `json:"namespace"`
	Alias       string            `json:"alias,omitzero"`
	Structured  []*StructuredType `json:"structuredTypes,omitzero"`
	Enums       []*EnumType       `json:"enumTypes,omitzero"`
	Definitions []*TypeDefinition `json:"typeDefinitions,omitzero"`
	Terms       []*Term           `json:"-"`
	Operations  []*Operation      `json:"operations,omitzero"`

	// Targets are annotations that are written apart from their element. Link
	// moves them to it. Some stay here: the model lacks their element, or they
	// apply to a property only where a certain path leads to it
	// ("microsoft.graph.GraphService/me/manager").
	Targets []*Target `json:"-"`
	Element
}

// Types returns the types of s: structured types, enumerations, type definitions.
func (s *Schema) Types() iter.Seq[Type] {
	return func(yield func(Type) bool) {
		for _, t := range s.Structured {
			if !yield(t) {
				return
			}
		}
		for _, t := range s.Enums {
			if !yield(t) {
				return
			}
		}
		for _, t := range s.Definitions {
			if !yield(t) {
				return
			}
		}
	}
}

// Type is a *StructuredType, *EnumType, *TypeDefinition or *Primitive.
type Type interface {
	// QualifiedName returns the namespace-qualified name, "microsoft.graph.user".
	QualifiedName() string
	// Annotations returns the annotations of the type. A primitive type has none.
	Annotations() []*Annotation
	// Pos returns where the type is declared; the zero position for a primitive
	// type.
	Pos() source.Position
}

// TypeRef is a use of a type.
type TypeRef struct {
	Name       string          `json:"name"` // qualified, with the alias replaced
	Collection bool            `json:"collection,omitzero"`
	Type       Type            `json:"-"` // set by Link; nil if the model does not declare it
	Position   source.Position `json:"-"`
}

// String returns the reference as CSDL spells it: "Collection(Edm.String)".
func (r TypeRef) String() string {
	if r.Collection {
		return "Collection(" + r.Name + ")"
	}
	return r.Name
}

// Kind distinguishes entity types from complex types.
type Kind string

const (
	Entity  Kind = "entity"
	Complex Kind = "complex"
)

// StructuredType is an entity type or a complex type, CSDL sections 6 and 9.
type StructuredType struct {
	Namespace  string        `json:"-"` // of its schema
	Name       string        `json:"name"`
	Kind       Kind          `json:"kind"`
	Base       *TypeRef      `json:"base,omitzero"` // nil for a root
	Abstract   Fact          `json:"abstract,omitzero"`
	Open       Fact          `json:"open,omitzero"`
	HasStream  Fact          `json:"hasStream,omitzero"`
	Key        []PropertyRef `json:"key,omitzero"`
	Properties []*Property   `json:"properties,omitzero"`
	Navigation []*Navigation `json:"navigation,omitzero"`
	Element

	derived []*StructuredType
	bound   []*Operation // to t or to a collection of it
}

// QualifiedName implements [Type].
func (t *StructuredType) QualifiedName() string { return t.Namespace + "." + t.Name }

// BaseType returns the type that t extends, or nil.
func (t *StructuredType) BaseType() *StructuredType {
	if t.Base == nil {
		return nil
	}
	base, _ := t.Base.Type.(*StructuredType)
	return base
}

// Derived returns the types that directly extend t, sorted by namespace, then
// by name.
func (t *StructuredType) Derived() []*StructuredType { return t.derived }

// Property returns the structural property of t or its base types with the
// given name, or nil.
func (t *StructuredType) Property(name string) *Property {
	for ; t != nil; t = t.BaseType() {
		for _, p := range t.Properties {
			if p.Name == name {
				return p
			}
		}
	}
	return nil
}

// PropertyAt returns the property that a path of structural properties leads to from
// t, such as "address/city", or nil.
func (t *StructuredType) PropertyAt(path string) *Property {
	name, rest, more := strings.Cut(path, "/")
	p := t.Property(name)
	if p == nil || !more {
		return p
	}
	if t, ok := p.Type.Type.(*StructuredType); ok {
		return t.PropertyAt(rest)
	}
	return nil
}

// NavigationProperty returns the navigation property of t or its base types
// with the given name, and the type that declares it, or nil.
func (t *StructuredType) NavigationProperty(name string) (*Navigation, *StructuredType) {
	for ; t != nil; t = t.BaseType() {
		for _, n := range t.Navigation {
			if n.Name == name {
				return n, t
			}
		}
	}
	return nil, nil
}

// KeyNames returns the names that the properties of the key of t have in addresses.
func (t *StructuredType) KeyNames() []string {
	var names []string
	for _, ref := range t.KeyRefs() {
		names = append(names, ref.InAddress())
	}
	return names
}

// KeyRefs returns the key that t declares or inherits.
func (t *StructuredType) KeyRefs() []PropertyRef {
	for ; t != nil; t = t.BaseType() {
		if len(t.Key) > 0 {
			return t.Key
		}
	}
	return nil
}

// HasInKey reports whether the property with the given name belongs to the key of t.
func (t *StructuredType) HasInKey(name string) bool {
	return slices.ContainsFunc(t.KeyRefs(), func(ref PropertyRef) bool { return ref.Name == name })
}

// PropertyRef names a property of the key, CSDL section 6.5. If Name is a path,
// there is an Alias.
type PropertyRef struct {
	Name     string          `json:"name"`
	Alias    string          `json:"alias,omitzero"`
	Position source.Position `json:"-"`
}

// InAddress returns the name that the property has in the address of an item.
func (r PropertyRef) InAddress() string { return cmp.Or(r.Alias, r.Name) }

// Facets restrict the values of a property, parameter, term or type
// definition, CSDL sections 3.4, 7.2 and 7.3. The source does not specify the
// empty ones.
type Facets struct {
	Nullable     Fact    `json:"nullable,omitzero"`  // of a collection: its items
	MaxLength    string  `json:"maxLength,omitzero"` // a number or "max"
	Precision    string  `json:"precision,omitzero"`
	Scale        string  `json:"scale,omitzero"` // a number, "variable" or "floating"
	SRID         string  `json:"srid,omitzero"`  // a number or "variable"
	Unicode      Fact    `json:"unicode,omitzero"`
	DefaultValue *string `json:"defaultValue,omitzero"` // nil if there is none
}

// Property is a structural property, CSDL section 7.
type Property struct {
	Name   string  `json:"name"`
	Type   TypeRef `json:"type"`
	Facets Facets  `json:"facets,omitzero"`
	Element
}

// Navigation is a navigation property, CSDL section 8.
type Navigation struct {
	Name           string                  `json:"name"`
	Type           TypeRef                 `json:"type"`
	Nullable       Fact                    `json:"nullable,omitzero"`
	ContainsTarget Fact                    `json:"containsTarget,omitzero"`
	Partner        string                  `json:"partner,omitzero"`
	Constraints    []ReferentialConstraint `json:"constraints,omitzero"`
	OnDelete       *OnDelete               `json:"onDelete,omitzero"`
	Element
}

// ReferentialConstraint requires that a property equals one of the target, CSDL
// section 8.5.
type ReferentialConstraint struct {
	Property           string `json:"property"`
	ReferencedProperty string `json:"referencedProperty"`
	Element
}

// OnDelete is the action on the related entities when an entity is deleted, CSDL
// section 8.6: "Cascade", "None", "SetDefault" or "SetNull".
type OnDelete struct {
	Action string `json:"action"`
	Element
}

// EnumType is an enumeration, CSDL section 10.
type EnumType struct {
	Namespace  string    `json:"-"` // of its schema
	Name       string    `json:"name"`
	Underlying string    `json:"underlying,omitzero"` // "Edm.Int64"; "" if it is unknown
	Flags      Fact      `json:"flags,omitzero"`
	Members    []*Member `json:"members,omitzero"`
	Element
}

// QualifiedName implements [Type].
func (t *EnumType) QualifiedName() string { return t.Namespace + "." + t.Name }

// Member is a member of an enumeration, CSDL section 10.3. Value is nil if it is
// unknown.
type Member struct {
	Name  string `json:"name"`
	Value *int64 `json:"value,omitzero"`
	Element
}

// TypeDefinition names a primitive type with facets, CSDL section 11.
type TypeDefinition struct {
	Namespace  string  `json:"-"` // of its schema
	Name       string  `json:"name"`
	Underlying TypeRef `json:"underlying"`
	Facets     Facets  `json:"facets,omitzero"`
	Element
}

// QualifiedName implements [Type].
func (t *TypeDefinition) QualifiedName() string { return t.Namespace + "." + t.Name }

// Term is an annotation term, CSDL section 14.1.
type Term struct {
	Name      string
	Type      TypeRef
	BaseTerm  string
	AppliesTo []string
	Facets    Facets
	Element
}

// Container is the entity container, CSDL section 13.
type Container struct {
	Namespace string              `json:"namespace"`
	Name      string              `json:"name"`
	Extends   string              `json:"-"` // the qualified name of a container that the source lacks, or ""
	Joined    []string            `json:"-"` // the qualified names of the containers that were merged into this one
	Sources   []*NavigationSource `json:"sources,omitzero"`
	Imports   []*Import           `json:"imports,omitzero"`
	Element
}

// Source returns the entity set or singleton with the given name, or nil.
func (c *Container) Source(name string) *NavigationSource {
	if c == nil {
		return nil
	}
	for _, s := range c.Sources {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// NavigationSource is a resource at the root of the service: an entity set
// (CSDL section 13.2), whose Type is a collection, or a singleton (13.3).
type NavigationSource struct {
	Name     string    `json:"name"`
	Type     TypeRef   `json:"type"`
	Nullable Fact      `json:"-"` // of a singleton: whether it may be absent
	Hidden   bool      `json:"-"` // not listed in the service document
	Bindings []Binding `json:"-"`
	Element
}

// Binding names the entity set or singleton that holds the targets of a
// navigation property, CSDL section 13.4.
type Binding struct {
	Path, Target string
}

// Import is an action import or a function import, CSDL sections 13.5 and 13.6.
type Import struct {
	Name      string `json:"name"`
	Function  bool   `json:"function,omitzero"`
	Operation string `json:"operation"` // qualified
	EntitySet string `json:"entitySet,omitzero"`
	Hidden    bool   `json:"-"` // not listed in the service document
	Element

	overloads []*Operation // set by Link
}

// Overloads returns the operations that the import names.
func (i *Import) Overloads() []*Operation { return i.overloads }
