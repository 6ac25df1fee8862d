// Package openapi reads OpenAPI 3.0 and 3.1 documents as they are made for
// Microsoft Graph into the model: translations of its CSDL by
// https://github.com/microsoft/OpenAPI.NET.OData, in the style of 2020 and in
// that of today.
//
// Such a document lists paths where CSDL has a graph of resources, and it says
// less: what it does not say is unknown in the model. Schemas become types,
// with allOf for inheritance; a property whose type is an entity type becomes a
// navigation property. Paths become the entity container, actions and
// functions, and say which requests each resource takes.
//
// The text is read as a tree of values, of which only the parts that are needed
// are looked at. So a mistake has a position, and concerns only the element
// that comes out of it.
package openapi

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Options say what to read.
type Options struct {
	// Path reports whether a path is asked for. All paths count for the types
	// and for which requests a resource takes. What else operations say is read
	// only for resources that are asked for: most of a large document is that.
	// Nil asks for all.
	Path func(path string) bool

	// Dir is the folder whose files, and those below it, the document can refer
	// to. If it is "", references to other files are defects.
	Dir string
}

// Parse reads an OpenAPI document, YAML or JSON in UTF-8. File names it in
// positions. In the result nothing is linked yet: [model.Link] does that.
//
// An element that is wrong has its problems with it; the rest of the document
// can be used. The error is a *source.InputError for a document that cannot be
// read, or that has neither paths nor schemas.
func Parse(file string, data []byte, options Options) (*model.Model, error) {
	data, err := checkText(file, data)
	if err != nil {
		return nil, err
	}
	// Schemas in other files can be named in any path: then all paths are read.
	cut := options.Path != nil && options.Dir == ""
	m, unparsed, err := parseModel(file, data, options, cut)
	if unparsed {
		m, _, err = parseModel(file, data, options, false)
	}
	return m, err
}

// parseModel reads a document. If cut is true, the paths are cut out of the
// text, and parsed as far as they are needed; unparsed reports that some cannot
// be.
func parseModel(file string, data []byte, options Options, cut bool) (_ *model.Model, unparsed bool, err error) {
	main, err := parse(file, path.Base(filepath.ToSlash(file)), data, cut)
	if err != nil {
		return nil, cut, err
	}
	if _, repeated := main.root.membersAndRepeated(); cut && slices.ContainsFunc(repeated, func(m value) bool { return m.name() == "paths" }) {
		return nil, true, nil // only the first ones are cut out
	}
	p := newParser(&documents{
		main:     main,
		dir:      options.Dir,
		files:    map[string]openFile{},
		items:    map[string]*pathItem{},
		followed: map[*yaml.Node]target{},
	}, options.Path)
	if err := p.checkDocument(); err != nil {
		return nil, cut, err
	}
	p.docs.listPaths()
	p.nameSchemas()
	if len(p.docs.items)+len(p.schemas) == 0 {
		p.oddity(source.Position{File: file}, "the document has neither paths nor schemas")
		return nil, cut, asError(p.model.Problems)
	}
	p.findNamespace()
	p.findBases()
	root := p.newTree()
	p.findEntities(root)
	p.addTypes()
	p.addContainer(root)
	p.model.Problems = append(p.model.Problems, p.take(0)...)
	p.model.Referenced = p.docs.referenced()
	return p.model, p.docs.unparsed, nil
}

// parser makes a model of documents.
type parser struct {
	docs   *documents
	wanted func(path string) bool // nil for all
	model  *model.Model

	// problems are those found in the elements that are being read. Each
	// element takes its own when it is done.
	problems []source.Diagnostic

	version31 bool // whether the document is in OpenAPI 3.1 or later
	expanded  int  // how many values references to other values have added

	schemaIndex
	pathIndex
	cache
}

// schemaIndex is what is known about the schemas before types are made of them.
type schemaIndex struct {
	schemas map[string]value               // by name
	names   []string                       // in order
	named   map[*yaml.Node]string          // the names by schema
	about   map[string][]source.Diagnostic // the problems by name

	// saysNull reports whether the document can say of a reference that it may
	// be null, and so says of the others that they may not.
	saysNull bool

	namespace   string              // the default one
	namespaces  map[string]int      // the number of types of each
	simpleNames map[string][]string // the types by their names without namespace
	roles       map[string]role
	bases       map[string]string // the base types of the schemas that have one
	roots       map[string]string // the last base types of all schemas
	depths      map[string]int    // how many base types they have
	entities    map[string]bool   // whether a schema is an entity type
}

// pathIndex is what paths lead to.
type pathIndex struct {
	types         map[string]*model.StructuredType         // by qualified name
	members       map[*model.StructuredType]map[string]any // their properties by name
	fromPaths     []pathProperty                           // the properties that only paths have
	byElement     map[*model.Element]*resource             // the resources
	alternateKeys map[*model.StructuredType][]alternateKey // in the order of the paths
	operations    []*listedOperation                       // as often as paths list them
	inParentheses string                                   // the first path with a key in parentheses, or ""
}

// cache holds what many references can lead to.
type cache struct {
	typings     map[*yaml.Node]typing
	partsOf     map[*yaml.Node][]value
	examples    map[exampleKey]*model.Annotation
	listedNames map[*yaml.Node]map[string]bool // the names in the lists of query options
}

func newParser(docs *documents, wanted func(path string) bool) *parser {
	return &parser{
		docs:   docs,
		wanted: wanted,
		model:  &model.Model{},
		schemaIndex: schemaIndex{
			schemas:     map[string]value{},
			named:       map[*yaml.Node]string{},
			about:       map[string][]source.Diagnostic{},
			namespaces:  map[string]int{},
			simpleNames: map[string][]string{},
			roles:       map[string]role{},
			bases:       map[string]string{},
			roots:       map[string]string{},
			depths:      map[string]int{},
			entities:    map[string]bool{},
		},
		pathIndex: pathIndex{
			types:         map[string]*model.StructuredType{},
			members:       map[*model.StructuredType]map[string]any{},
			byElement:     map[*model.Element]*resource{},
			alternateKeys: map[*model.StructuredType][]alternateKey{},
		},
		cache: cache{
			typings:     map[*yaml.Node]typing{},
			partsOf:     map[*yaml.Node][]value{},
			examples:    map[exampleKey]*model.Annotation{},
			listedNames: map[*yaml.Node]map[string]bool{},
		},
	}
}

// warnf adds a problem that leaves the element being read usable.
func (p *parser) warnf(at source.Position, format string, args ...any) {
	p.problems = append(p.problems, diagnostic(at, source.Warning, format, args))
}

// defectf adds a problem that keeps the element being read from being used.
func (p *parser) defectf(at source.Position, format string, args ...any) {
	p.problems = append(p.problems, diagnostic(at, source.Error, format, args))
}

// oddity adds a warning that belongs to no element.
func (p *parser) oddity(at source.Position, format string, args ...any) {
	p.model.Problems = append(p.model.Problems, diagnostic(at, source.Warning, format, args))
}

func diagnostic(at source.Position, severity source.Severity, format string, args []any) source.Diagnostic {
	const most = 1000
	message := fmt.Sprintf(format, args...)
	if len(message) > most { // names and paths can have any length
		message = strings.ToValidUTF8(message[:most], "") + "…"
	}
	return source.Diagnostic{Position: at, Severity: severity, Message: message}
}

// maxExpanded is how many values references may add to the model, where each
// one that leads to a list adds what is in the list.
const maxExpanded = 300_000

// expand reports whether a number of values can be added to the model.
func (p *parser) expand(values int) bool {
	p.expanded += values
	return p.expanded <= maxExpanded
}

// asError returns problems that together keep the document from being used.
func asError(problems []source.Diagnostic) error {
	e := &source.InputError{Diagnostics: source.Sorted(problems)}
	for i := range e.Diagnostics {
		e.Diagnostics[i].Severity = source.Error
	}
	return e
}

// checkDocument checks what the document says about itself.
func (p *parser) checkDocument() error {
	root := p.docs.main.root
	at := root.position()
	if second := p.docs.main.second; second > 0 {
		p.oddity(source.Position{File: at.File, Line: second, Column: 1},
			"another YAML document begins here, which is left out: OpenAPI has one in a file, so move it to a file of its own")
	}
	if !root.isObject() {
		if (!root.exists() || root.isNull()) && len(p.model.Problems) > 0 {
			return asError(p.model.Problems)
		}
		if !root.exists() || root.isNull() {
			return source.Errorf(source.Position{File: at.File}, "the document is empty")
		}
		return source.Errorf(at, "the document is %s: an OpenAPI document is an object with the field openapi", root.kind())
	}
	if err := p.checkRoot(root); err != nil {
		return err
	}
	version := root.get("openapi")
	switch {
	case strings.HasPrefix(version.text(), "3.0"):
	case strings.HasPrefix(version.text(), "3."):
		p.version31 = true
	case !version.exists():
		p.oddity(source.Position{File: at.File}, "the document lacks the field openapi with its version, such as openapi: 3.0.4; it is read as OpenAPI 3.0")
	default:
		p.oddity(version.position(), "the OpenAPI version %q is neither 3.0 nor 3.1; the document is read as 3.1", short(version.text()))
		p.version31 = true
	}
	if paths := root.get("paths"); paths.exists() && !paths.isObject() && !paths.isNull() {
		p.oddity(paths.position(), "paths is %s: it must be an object", paths.kind())
	}
	p.findServer(root)
	return nil
}

// checkRoot notes members of the document, of its components and of the lists of these
// that have a name in common. Schemas note it themselves.
func (p *parser) checkRoot(root value) error {
	components := root.get("components")
	problems := append(repeatedIn("the document", root), repeatedIn("components", components)...)
	for _, list := range components.members() {
		if list.name() != "schemas" && !isExtension(list.name()) {
			problems = append(problems, repeatedIn("components/"+list.name(), list)...)
		}
	}
	p.model.Problems = append(p.model.Problems, problems...)
	if defects := slices.DeleteFunc(problems, func(d source.Diagnostic) bool { return d.Severity != source.Error }); len(defects) > 0 {
		return asError(defects)
	}
	return nil
}
