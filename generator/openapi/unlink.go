package openapi

import "github.com/getkin/kin-openapi/openapi3"

// unlink takes away what references in schemas lead to, and returns a function
// that puts it back. Kin-openapi validates with each schema all that it leads
// to, again and again: nearly everything, in a document where nearly everything
// hangs together. Each schema has its turn anyway.
func unlink(doc *openapi3.T) (link func()) {
	u := unlinker{map[*openapi3.Schema]bool{}, map[*openapi3.SchemaRef]*openapi3.Schema{}}
	if c := doc.Components; c != nil {
		for _, ref := range c.Schemas {
			u.root(ref)
		}
		for _, response := range c.Responses {
			u.response(response)
		}
		for _, body := range c.RequestBodies {
			u.body(body)
		}
	}
	for _, item := range doc.Paths.Map() {
		for _, o := range operations(item) {
			u.body(o.RequestBody)
			for _, response := range o.Responses.Map() {
				u.response(response)
			}
		}
	}
	anything := &openapi3.Schema{}
	for ref := range u.targets {
		ref.Value = anything
	}
	return func() {
		for ref, target := range u.targets {
			ref.Value = target
		}
	}
}

type unlinker struct {
	seen    map[*openapi3.Schema]bool
	targets map[*openapi3.SchemaRef]*openapi3.Schema
}

func (u unlinker) response(r *openapi3.ResponseRef) {
	if r != nil && r.Value != nil {
		u.content(r.Value.Content)
	}
}

func (u unlinker) body(r *openapi3.RequestBodyRef) {
	if r != nil && r.Value != nil {
		u.content(r.Value.Content)
	}
}

func (u unlinker) content(content openapi3.Content) {
	for _, media := range content {
		if media != nil {
			u.root(media.Schema)
		}
	}
}

// root notes the references in a schema, which may be one itself: that stays.
func (u unlinker) root(ref *openapi3.SchemaRef) {
	if ref == nil || ref.Value == nil || u.seen[ref.Value] {
		return
	}
	s := ref.Value
	u.seen[s] = true
	for _, list := range []openapi3.SchemaRefs{s.AllOf, s.AnyOf, s.OneOf, {s.Items, s.Not, s.AdditionalProperties.Schema}} {
		for _, part := range list {
			u.part(part)
		}
	}
	for _, property := range s.Properties {
		u.part(property)
	}
}

func (u unlinker) part(ref *openapi3.SchemaRef) {
	switch {
	case ref == nil || ref.Value == nil:
	case ref.Ref != "":
		u.targets[ref] = ref.Value
	default:
		u.root(ref)
	}
}
