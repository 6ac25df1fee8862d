package openapi

import (
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// declare adds the properties of a part of a schema to a type.
func (p *parser) declare(t *model.StructuredType, part *openapi3.Schema) {
	for _, name := range slices.Sorted(maps.Keys(part.Properties)) {
		ref := part.Properties[name]
		if ref == nil || strings.Contains(name, "@") { // control information, OData JSON Format section 4.6
			continue
		}
		at := p.position(ref.Origin)
		if at.Line == 0 && ref.Value != nil {
			at = p.position(ref.Value.Origin)
		}
		if at.Line == 0 { // one that a merge key of YAML brings
			at = t.Position
		}
		if !isIdentifier(name) {
			p.warnf(at, "%q of %s is left out: it is no identifier", name, t.QualifiedName())
			continue
		}
		typing := p.typeOf(ref)
		typing.ref.Position = at
		for _, problem := range typing.problems {
			p.warnf(at, "%s of %s: %s", name, t.QualifiedName(), problem)
		}
		annotations := p.annotations(p.own(ref))
		if typing.allowed != nil {
			annotations = append(annotations, vocab.NewAllowedValues(typing.allowed, at))
		}
		if p.entities[typing.ref.Name] || isNavigation(ref) && p.roleOf(typing.ref.Name) == roleStructured {
			t.Navigation = append(t.Navigation, &model.Navigation{
				Name: name, Type: typing.ref, Nullable: typing.facets.Nullable, Annotated: annotations, Position: at,
			})
			continue
		}
		t.Properties = append(t.Properties, &model.Property{
			Name: name, Type: typing.ref, Facets: typing.facets, Annotated: annotations, Position: at,
		})
	}
}
