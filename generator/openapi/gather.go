package openapi

import (
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// gather finds out under which names schemas are known. It enters those of
// other files that the document refers to among its own, and takes out the
// components that are references to others of the document: these have two
// names, and every reference to them is given the first.
func (p *parser) gather() bool {
	if p.doc.Components == nil {
		p.doc.Components = &openapi3.Components{}
	}
	if p.doc.Components.Schemas == nil {
		p.doc.Components.Schemas = openapi3.Schemas{}
	}
	for _, name := range p.names() {
		if c := p.components()[name]; c != nil && c.Ref == "" && c.Value != nil {
			p.name(name, c.Value)
		}
	}
	for _, name := range p.names() {
		if c := p.components()[name]; c != nil && c.Ref != "" {
			p.rename(name, c)
		}
	}
	g := gatherer{p, map[*openapi3.Schema]bool{}}
	for _, name := range p.names() {
		g.visit(p.components()[name])
	}
	for _, path := range slices.Sorted(maps.Keys(p.doc.Paths.Map())) {
		for _, o := range operations(p.doc.Paths.Value(path)) {
			_, response := success(o)
			g.media(response)
			g.media(requestContent(o))
		}
	}
	return !p.ambiguous
}

// name notes where the schema with a name is.
func (p *parser) name(name string, s *openapi3.Schema) {
	if at := p.position(s.Origin); at.Line > 0 && p.named[at] == "" {
		p.named[at] = name
	}
}

// rename deals with a component that is a reference.
func (p *parser) rename(name string, c *openapi3.SchemaRef) {
	at := p.position(c.Origin)
	if c.Value == nil {
		p.ambiguous = true
		p.ds.Errorf(at, "the schema %s is a reference that leads back to itself", name)
		delete(p.components(), name)
		return
	}
	if original := p.named[p.position(c.Value.Origin)]; original != "" {
		p.warnf(at, "%s is another name for %s: that one is used", name, original)
		delete(p.components(), name)
		return
	}
	p.enter(name, c.Value)
}

func (p *parser) enter(name string, s *openapi3.Schema) {
	p.components()[name] = &openapi3.SchemaRef{Value: s, Origin: s.Origin}
	p.name(name, s)
}

// nameOf returns the name of the schema that a reference leads to. Names alone
// do not tell: a file may refer to a schema of its own, under another name than
// the document has for it.
func (p *parser) nameOf(ref *openapi3.SchemaRef) string {
	name := refName(ref.Ref)
	if ref.Value == nil {
		return name
	}
	at := p.position(ref.Value.Origin)
	if c := p.component(name); c != nil && p.position(c.Origin) == at {
		return name // also where YAML's aliases make two schemas of one
	}
	if known := p.named[at]; known != "" {
		return known
	}
	return name
}

type gatherer struct {
	p    *parser
	seen map[*openapi3.Schema]bool
}

func (g *gatherer) media(content openapi3.Content) {
	if media := jsonContent(content); media != nil {
		g.visit(media.Schema)
	}
}

func (g *gatherer) visit(ref *openapi3.SchemaRef) {
	if ref == nil || ref.Value == nil {
		return
	}
	s := ref.Value
	if ref.Ref != "" {
		g.external(ref)
	}
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

// external enters the type of another file that a reference leads to.
func (g *gatherer) external(ref *openapi3.SchemaRef) {
	p := g.p
	at := p.position(ref.Value.Origin)
	name := p.nameOf(ref)
	if at.File == p.at.file || !isTypeName(name) || p.named[at] != "" {
		return
	}
	if other := p.component(name); other != nil {
		p.ambiguous = true
		p.ds.Errorf(at, "there is another type %s, at %v", name, p.position(other.Origin))
		return
	}
	p.enter(name, ref.Value)
}
