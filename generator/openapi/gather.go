package openapi

import (
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// gather enters the schemas of other files that the document refers to among
// its own.
func (p *parser) gather() {
	if p.doc.Components == nil {
		p.doc.Components = &openapi3.Components{}
	}
	if p.doc.Components.Schemas == nil {
		p.doc.Components.Schemas = openapi3.Schemas{}
	}
	g := gatherer{p.doc.Components.Schemas, map[*openapi3.Schema]bool{}}
	for _, name := range p.names() {
		g.visit(g.schemas[name])
	}
	for _, path := range slices.Sorted(maps.Keys(p.doc.Paths.Map())) {
		for _, operation := range p.doc.Paths.Value(path).Operations() {
			if _, schema := success(operation); schema != nil {
				g.visit(schema)
			}
			if body := operation.RequestBody; body != nil && body.Value != nil {
				if content := jsonContent(body.Value.Content); content != nil {
					g.visit(content.Schema)
				}
			}
		}
	}
}

type gatherer struct {
	schemas openapi3.Schemas
	seen    map[*openapi3.Schema]bool
}

func (g *gatherer) visit(ref *openapi3.SchemaRef) {
	if ref == nil || ref.Value == nil {
		return
	}
	if ref.Ref != "" {
		if name := refName(ref.Ref); g.schemas[name] == nil {
			g.schemas[name] = &openapi3.SchemaRef{Value: ref.Value, Origin: ref.Value.Origin}
		}
	}
	s := ref.Value
	if g.seen[s] {
		return
	}
	g.seen[s] = true
	for _, list := range []openapi3.SchemaRefs{s.AllOf, s.AnyOf, s.OneOf} {
		for _, part := range list {
			g.visit(part)
		}
	}
	g.visit(s.Items)
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		g.visit(s.Properties[name])
	}
}
