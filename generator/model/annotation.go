package model

import "github.com/msgraphgen/msgraphgen/generator/source"

// Annotation applies a term to an element, CSDL section 14.2. A nil Value stands
// for the default value of the term.
type Annotation struct {
	Term        string          `json:"term"` // qualified, with the alias replaced
	Qualifier   string          `json:"qualifier,omitzero"`
	Value       *Expression     `json:"value,omitzero"`
	Annotations []*Annotation   `json:"annotations,omitempty"`
	Position    source.Position `json:"-"`
}

// Target is a group of annotations for the element that a path names, CSDL
// section 5.2: "microsoft.graph.user/displayName".
type Target struct {
	Path string
	Element
}

// ExpressionKind is the name of the CSDL element or attribute that holds the
// expression: "String", "Bool", "Path", "Collection", "Record", "Null",
// "Apply" and so on, CSDL sections 14.3 and 14.4.
type ExpressionKind string

// Expression is the value of an annotation.
type Expression struct {
	Kind ExpressionKind `json:"kind"`

	// Value is the text of a constant or a path, the name of a LabeledElement,
	// the qualified name in a LabeledElementReference, or the function of an
	// Apply.
	Value string `json:"value,omitzero"`

	// Type is the type of a Record, Cast or IsOf, or "". Facets are the facets
	// of a Cast or IsOf, or nil.
	Type   string  `json:"type,omitzero"`
	Facets *Facets `json:"facets,omitzero"`

	// Items are the items of a Collection, or the operands of another expression,
	// UrlRef and LabeledElement included.
	Items []*Expression `json:"items,omitzero"`

	// Properties are the members of a Record.
	Properties []PropertyValue `json:"properties,omitzero"`

	Annotations []*Annotation   `json:"annotations,omitempty"`
	Position    source.Position `json:"-"`
}

// PropertyValue is a member of a record. A nil Value stands for the default value.
type PropertyValue struct {
	Name        string          `json:"name"`
	Value       *Expression     `json:"value,omitzero"`
	Annotations []*Annotation   `json:"annotations,omitempty"`
	Position    source.Position `json:"-"`
}

// Property returns the value of the member of the record e with the given
// name, or nil. A nil e has no members.
func (e *Expression) Property(name string) *Expression {
	if e == nil {
		return nil
	}
	for _, p := range e.Properties {
		if p.Name == name {
			return p.Value
		}
	}
	return nil
}

// Text returns the constant or path that e holds, or "" for anything else and
// for nil.
func (e *Expression) Text() string {
	if e == nil {
		return ""
	}
	return e.Value
}

// Find returns the annotation with the given term and qualifier, or nil.
func Find(list []*Annotation, term, qualifier string) *Annotation {
	for _, a := range list {
		if a.Term == term && a.Qualifier == qualifier {
			return a
		}
	}
	return nil
}
