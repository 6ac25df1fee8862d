package openapi

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// annotations returns in terms of vocabularies what a schema says besides its
// type. A nil schema says nothing.
func (p *parser) annotations(s *openapi3.Schema) []*model.Annotation {
	if s == nil {
		return nil
	}
	at := p.position(s.Origin)
	var list []*model.Annotation
	if s.Description != "" {
		list = append(list, vocab.NewDescription(s.Description, at))
	}
	if s.ReadOnly {
		list = append(list, vocab.NewReadOnly(at))
	}
	if details, ok := object(s.Extensions, "x-ms-deprecation"); ok || s.Deprecated {
		list = append(list, vocab.NewDeprecated(vocab.Deprecation{
			Description: textOf(details, "description"),
			Date:        textOf(details, "date"),
			RemovalDate: textOf(details, "removalDate"),
		}, at))
	}
	if s.ExternalDocs != nil && s.ExternalDocs.URL != "" {
		list = append(list, vocab.NewDocumentationLink(vocab.RelationType, s.ExternalDocs.URL, at))
	}
	return list
}

func textOf(object map[string]any, name string) string {
	text, _ := object[name].(string)
	return text
}

// own returns a schema that holds what is said of a property itself, and not
// of its type, or nil: what is written in place, or since OpenAPI 3.1 beside
// the reference to its type. Kin-openapi puts that into a copy of the type.
func (p *parser) own(ref *openapi3.SchemaRef) *openapi3.Schema {
	if ref.Ref == "" || ref.Value == nil {
		return ref.Value
	}
	c := p.component(p.nameOf(ref))
	if c == nil || c == ref.Value {
		return nil
	}
	own := *ref.Value
	own.Origin, own.Extensions = ref.Origin, ref.Extensions
	if own.Description == c.Description {
		own.Description = ""
	}
	if own.ExternalDocs == c.ExternalDocs {
		own.ExternalDocs = nil
	}
	own.ReadOnly = own.ReadOnly && !c.ReadOnly
	own.Deprecated = own.Deprecated && !c.Deprecated
	return &own
}

// isNavigation reports whether a property is said to be a navigation property.
func isNavigation(property *openapi3.SchemaRef) bool {
	extensions := property.Extensions
	if property.Ref == "" {
		extensions = property.Value.Extensions
	}
	navigation, _ := extensions["x-ms-navigationProperty"].(bool)
	return navigation
}
