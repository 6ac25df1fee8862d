package vocab

import (
	"bytes"
	"encoding/json/jsontext"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// The functions in this file build the annotations that the functions in read.go
// read, for sources that are not CSDL.

// NewDescription returns a Core.Description.
func NewDescription(text string, at source.Position) *model.Annotation {
	return constant(termDescription, "String", text, at)
}

// NewReadOnly returns the Core.Permissions of a property that a client cannot set.
func NewReadOnly(at source.Position) *model.Annotation {
	return constant(termPermissions, "EnumMember", "Org.OData.Core.V1.Permission/Read", at)
}

// NewDeprecated returns the Core.Revisions of a deprecated element.
func NewDeprecated(d Deprecation, at source.Position) *model.Annotation {
	revision := record(at,
		property("Kind", "EnumMember", "Org.OData.Core.V1.RevisionKind/Deprecated", at),
		property("Description", "String", d.Description, at),
	)
	if d.Date != "" {
		revision.Properties = append(revision.Properties, property("Date", "Date", d.Date, at))
	}
	if d.RemovalDate != "" {
		revision.Properties = append(revision.Properties, property("RemovalDate", "Date", d.RemovalDate, at))
	}
	return &model.Annotation{Term: termRevisions, Value: collection(at, revision), Position: at}
}

// Retain returns the annotations of an element that the schema no longer has:
// list with a deprecation that [Retained] recognizes.
func Retain(list []*model.Annotation, d Deprecation) []*model.Annotation {
	var at source.Position
	a := NewDeprecated(d, at)
	a.Annotations = []*model.Annotation{{Term: termRetained}}
	retained := slices.DeleteFunc(slices.Clone(list), func(a *model.Annotation) bool { return a.Term == termRevisions })
	retained = append(retained, a)
	slices.SortFunc(retained, model.CompareAnnotations)
	return retained
}

// NewDocumentationLink returns the Core.Links with the address of a reference page.
func NewDocumentationLink(relation, address string, at source.Position) *model.Annotation {
	link := record(at, property("rel", "String", relation, at), property("href", "String", address, at))
	return &model.Annotation{Term: termLinks, Value: collection(at, link), Position: at}
}

// NewAllowedValues returns a Validation.AllowedValues of texts.
func NewAllowedValues(values []string, at source.Position) *model.Annotation {
	list := collection(at)
	for _, value := range values {
		list.Items = append(list.Items, record(at, property("Value", "String", value, at)))
	}
	return &model.Annotation{Term: termAllowedValues, Value: list, Position: at}
}

// RetainValues returns the annotations of a property that also takes some values
// that the schema no longer allows. [RetainedValues] returns these.
func RetainValues(list []*model.Annotation, values []string) []*model.Annotation {
	var at source.Position
	a := NewAllowedValues(append(AllowedValues(list), values...), at)
	for _, item := range a.Value.Items[len(a.Value.Items)-len(values):] {
		item.Annotations = Retain(nil, Deprecation{})
	}
	retained := slices.DeleteFunc(slices.Clone(list), func(a *model.Annotation) bool { return a.Term == termAllowedValues && a.Qualifier == "" })
	return append(retained, a)
}

// NewInsertRestrictions returns a Capabilities.InsertRestrictions.
func NewInsertRestrictions(insert Insert, at source.Position) *model.Annotation {
	r := record(at)
	switch insert.Insertable {
	case model.Yes:
		r.Properties = append(r.Properties, property("Insertable", "Bool", "true", at))
	case model.No:
		r.Properties = append(r.Properties, property("Insertable", "Bool", "false", at))
	}
	for _, list := range []struct {
		name  string
		paths []string
	}{{"NonInsertableProperties", insert.NonInsertable}, {"RequiredProperties", insert.Required}} {
		if list.paths != nil {
			value := collection(at)
			for _, path := range list.paths {
				value.Items = append(value.Items, &model.Expression{Kind: "PropertyPath", Value: path, Position: at})
			}
			r.Properties = append(r.Properties, model.PropertyValue{Name: list.name, Value: value, Position: at})
		}
	}
	a := &model.Annotation{Term: termInsert, Value: r, Position: at}
	if insert.Page != "" {
		a.Annotations = []*model.Annotation{NewDocumentationLink(RelationType, insert.Page, at)}
	}
	return a
}

// NewExample returns a Core.Example of a JSON value, or nil for invalid JSON.
func NewExample(qualifier string, value jsontext.Value, at source.Position) *model.Annotation {
	decoder := jsontext.NewDecoder(bytes.NewReader(value), jsontext.AllowDuplicateNames(true))
	e, err := expressionOf(decoder, at)
	if err != nil {
		return nil
	}
	r := record(at, model.PropertyValue{Name: "Value", Value: e, Position: at})
	r.Type = "Org.OData.Core.V1.ResourceExampleValue"
	return &model.Annotation{Term: termExample, Qualifier: qualifier, Value: r, Position: at}
}

// expressionOf returns the constant expression for a JSON value.
func expressionOf(d *jsontext.Decoder, at source.Position) (*model.Expression, error) {
	token, err := d.ReadToken()
	if err != nil {
		return nil, err
	}
	e := &model.Expression{Position: at}
	switch token.Kind() {
	case 'n':
		e.Kind = "Null"
	case 't', 'f':
		e.Kind, e.Value = "Bool", token.String()
	case '"':
		e.Kind, e.Value = "String", token.String()
	case '0':
		e.Kind, e.Value = "Decimal", token.String()
	case '[':
		e.Kind = "Collection"
		for d.PeekKind() != ']' {
			item, err := expressionOf(d, at)
			if err != nil {
				return nil, err
			}
			e.Items = append(e.Items, item)
		}
		_, err = d.ReadToken()
	case '{':
		e.Kind = "Record"
		for d.PeekKind() != '}' {
			name, err := d.ReadToken()
			if err != nil {
				return nil, err
			}
			member := model.PropertyValue{Name: name.String(), Position: at}
			if member.Value, err = expressionOf(d, at); err != nil {
				return nil, err
			}
			e.Properties = append(e.Properties, member)
		}
		_, err = d.ReadToken()
	}
	return e, err
}

func constant(term string, kind model.ExpressionKind, value string, at source.Position) *model.Annotation {
	return &model.Annotation{Term: term, Value: &model.Expression{Kind: kind, Value: value, Position: at}, Position: at}
}

func record(at source.Position, members ...model.PropertyValue) *model.Expression {
	return &model.Expression{Kind: "Record", Properties: members, Position: at}
}

func property(name string, kind model.ExpressionKind, value string, at source.Position) model.PropertyValue {
	return model.PropertyValue{Name: name, Value: &model.Expression{Kind: kind, Value: value, Position: at}, Position: at}
}

func collection(at source.Position, items ...*model.Expression) *model.Expression {
	return &model.Expression{Kind: "Collection", Items: items, Position: at}
}

// termExpanded marks a navigation property that is a field of the Go struct.
const termExpanded = "Msgraphgen.V1.Expanded"

// NewExpanded returns the mark of a navigation property that is a field.
func NewExpanded(at source.Position) *model.Annotation {
	return constant(termExpanded, "Bool", "true", at)
}

// Expanded reports whether a navigation property is a field.
func Expanded(list []*model.Annotation) bool { return model.Find(list, termExpanded, "") != nil }

// NotExpanded returns the annotations of a navigation property without the mark.
func NotExpanded(list []*model.Annotation) []*model.Annotation {
	return slices.DeleteFunc(slices.Clone(list), func(a *model.Annotation) bool { return a.Term == termExpanded })
}
