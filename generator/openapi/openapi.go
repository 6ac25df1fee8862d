// Package openapi reads OpenAPI 3.0 and 3.1 documents as they are made for
// Microsoft Graph into the model: translations of its CSDL by
// https://github.com/microsoft/OpenAPI.NET.OData, of which there are two styles,
// that of 2020 and that of today.
//
// Such a document lists paths where CSDL has a graph of resources, and says
// less: what it does not say is unknown in the model. Structured schemas
// become types, with allOf for inheritance; a property whose type is an entity
// type becomes a navigation property. Paths become the entity container, and
// tell which resources are listed and which of them take a create. Actions and
// functions are left out: no create needs them.
package openapi

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Options say what to read.
type Options struct {
	// Path tells which paths are asked for. The others are listed, but what
	// they hold is not read: most of a large document. Nil asks for all.
	Path func(path string) bool

	// Dir is the folder whose files, and those below it, the document may refer
	// to. If it is "", references to other files are refused.
	Dir string
}

// Parse reads an OpenAPI document, YAML or JSON in UTF-8. File names it in
// positions. In the result nothing is linked yet: [model.Link] does that.
//
// Problems go to ds. What is understood in part, or not valid and harmless, is
// a warning. If the document cannot be read, the model is empty.
func Parse(file string, data []byte, options Options) (*model.Model, error) {
	var ds source.Diagnostics
	m := parse(file, data, options, &ds)
	m.Problems = ds.Warnings()
	return m, ds.Err()
}

func parse(file string, data []byte, options Options, ds *source.Diagnostics) *model.Model {
	data, ok := text(file, data, ds)
	if !ok {
		return &model.Model{}
	}
	l := newLoader(file, data, options, ds)
	for {
		p := newParser(l)
		m := p.parse(l)
		// Of several paths that lead to a resource, the one that tells of its
		// create may be another than the one that is asked for.
		if !l.needs(p.resources.unread()) {
			return m
		}
	}
}

func newParser(l *loader) *parser {
	return &parser{
		at:        l.at,
		wanted:    l.options.Path,
		ds:        l.ds,
		named:     map[source.Position]string{},
		bases:     map[string]string{},
		entities:  map[string]bool{},
		typings:   map[*openapi3.Schema]typing{},
		types:     map[string]*model.StructuredType{},
		members:   map[*model.StructuredType]map[string]any{},
		resources: resources{},
	}
}

// parse makes the model. If there is something wrong, it is empty.
func (p *parser) parse(l *loader) *model.Model {
	doc, items := l.load()
	if doc == nil {
		return &model.Model{}
	}
	p.doc = doc
	if !p.gather() {
		return &model.Model{}
	}
	if len(items) == 0 && len(p.components()) == 0 {
		p.ds.Errorf(source.Position{File: p.at.file}, "the document has neither paths nor schemas")
		return &model.Model{}
	}
	p.style()
	if !p.inherit() {
		return &model.Model{}
	}
	root := newTree(items, p.warnf)
	p.kinds(root)
	m := p.schemas()
	p.paths(m, root)
	p.restrict(m)
	return m
}

// parser makes a model of a document.
type parser struct {
	at     *places
	wanted func(path string) bool // nil for all
	ds     *source.Diagnostics
	doc    *openapi3.T

	// saysNull tells whether the document can say of a reference that it may
	// be null, and so says of the others that they may not.
	saysNull bool

	namespace string                      // the default one
	ambiguous bool                        // whether some name is not clear
	named     map[source.Position]string  // the names of schemas, by where they are
	bases     map[string]string           // the base types of the schemas that have one
	entities  map[string]bool             // the schemas that are entity types
	typings   map[*openapi3.Schema]typing // what the schemas stand for that are no types

	types     map[string]*model.StructuredType         // by qualified name
	members   map[*model.StructuredType]map[string]any // their properties
	born      []born                                   // the properties that paths add
	resources resources
}

// position returns where an element of the document is.
func (p *parser) position(o *openapi3.Origin) source.Position { return p.at.of(o) }

func (p *parser) warnf(at source.Position, format string, args ...any) {
	p.ds.Warnf(at, format, args...)
}
