package openapi

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/msgraphgen/msgraphgen/generator/model"
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
		list = append(list, model.NewDescription(s.Description, at))
	}
	if s.ReadOnly {
		list = append(list, model.NewReadOnly(at))
	}
	if details, ok := object(s.Extensions, "x-ms-deprecation"); ok || s.Deprecated {
		list = append(list, model.NewDeprecated(model.Deprecation{
			Description: textOf(details, "description"),
			Date:        textOf(details, "date"),
			RemovalDate: textOf(details, "removalDate"),
		}, at))
	}
	if s.ExternalDocs != nil && s.ExternalDocs.URL != "" {
		list = append(list, model.NewDocumentationLink(model.RelationType, s.ExternalDocs.URL, at))
	}
	return list
}

func textOf(object map[string]any, name string) string {
	text, _ := object[name].(string)
	return text
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
