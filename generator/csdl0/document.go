// Package csdl reads OData CSDL XML
// (https://docs.oasis-open.org/odata/odata-csdl-xml/v4.01/) into the model.
package csdl0

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// XML namespaces of CSDL 4.0 and 4.01.
const (
	namespace     = "http://docs.oasis-open.org/odata/ns/edm"
	namespaceEdmx = "http://docs.oasis-open.org/odata/ns/edmx"
)

// Parse reads a CSDL XML document of version 4.0 or 4.01. What is wrong with
// it, and what is not understood, goes to ds, with positions in file. The
// model is not linked yet.
func Parse(file string, data []byte, ds *source.Diagnostics) *model.Model {
	m := &model.Model{}
	data, ok := checkEncoding(file, data, ds)
	if !ok {
		return m
	}
	d := &document{reader: newReader(file, data, ds), model: m, schemas: map[string]*model.Schema{}}
	d.read()
	d.resolveAliases()
	if len(m.Schemas) == 0 && ds.Err() == nil {
		ds.Errorf(source.Position{File: file}, "the document has no Schema")
	}
	return m
}

// checkEncoding strips the byte order mark of UTF-8, and reports what is no
// UTF-8 text at all.
func checkEncoding(file string, data []byte, ds *source.Diagnostics) ([]byte, bool) {
	at := source.Position{File: file}
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		ds.Errorf(at, "the document is encoded in UTF-16: convert it to UTF-8")
		return nil, false
	case len(bytes.TrimSpace(data)) == 0:
		ds.Errorf(at, "the document is empty")
		return nil, false
	case !utf8.Valid(data):
		ds.Errorf(positionOf(file, data, invalid(data)), "the document is not UTF-8: the byte here is no part of a character")
		return nil, false
	}
	return bytes.TrimPrefix(data, []byte("\ufeff")), true
}

// invalid returns the offset of the first byte that is not UTF-8.
func invalid(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(data)
}

func positionOf(file string, data []byte, offset int) source.Position {
	before := data[:offset]
	return source.Position{
		File:   file,
		Line:   1 + bytes.Count(before, []byte("\n")),
		Column: offset - bytes.LastIndexByte(before, '\n'),
	}
}

// document reads the elements of a document into a model.
type document struct {
	*reader
	model   *model.Model
	schemas map[string]*model.Schema // by namespace
}

func (d *document) read() {
	for {
		token, at := d.next()
		switch token := token.(type) {
		case nil:
			if !d.failed {
				d.ds.Errorf(at, "the document has no root element")
			}
			return
		case xml.StartElement:
			root := element{token, at}
			if !d.checkRoot(root) {
				return
			}
			d.edmx(root)
			d.end()
			return
		case xml.CharData:
			if text := bytes.TrimSpace(token); len(text) > 0 {
				d.failed = true
				d.ds.Errorf(at, "the document does not begin with an element but with %.20q: this is no CSDL XML", text)
				return
			}
		}
	}
}

// end checks that nothing follows the root element.
func (d *document) end() {
	for !d.failed {
		token, at := d.next()
		if start, ok := token.(xml.StartElement); ok {
			d.failed = true
			d.ds.Errorf(at, "element %s follows the end of the document", start.Name.Local)
		}
	}
}

// checkRoot reports a root element that is not edmx:Edmx of a version that is
// understood.
func (d *document) checkRoot(root element) bool {
	switch name := root.Name; {
	case name.Local == "Edmx" && name.Space == namespaceEdmx:
		return true
	case name.Local == "Edmx" && strings.Contains(name.Space, "schemas.microsoft.com/ado"):
		d.ds.Errorf(root.at, "this is metadata of OData 3.0 or earlier: only 4.0 and 4.01 are understood")
	case name.Local == "Schema":
		d.ds.Errorf(root.at, "the root element is Schema: put it into edmx:Edmx and edmx:DataServices, as a service does")
	case strings.EqualFold(name.Local, "html"):
		d.ds.Errorf(root.at, "this is an HTML page, not metadata: perhaps a sign-in page or an error message was saved")
	default:
		d.ds.Errorf(root.at, "the root element is %s, not edmx:Edmx: this is no CSDL XML", name.Local)
	}
	d.failed = true
	return false
}

// edmx reads edmx:Edmx, CSDL section 3.
func (d *document) edmx(e element) {
	var version string
	d.attributes(e, func(name, value string) bool {
		version = value
		return name == "Version"
	})
	if version != "4.0" && version != "4.01" {
		d.ds.Errorf(e.at, "the Version of edmx:Edmx is %q, not 4.0 or 4.01", version)
	}
	services := false
	d.edmxChildren(e, func(child element) bool {
		switch child.Name.Local {
		case "Reference":
			d.reference(child)
		case "DataServices":
			services = true
			d.children(child, func(schema element) bool {
				if schema.Name.Local != "Schema" {
					return false
				}
				d.schema(schema)
				return true
			})
		default:
			return false
		}
		return true
	})
	if !services && !d.failed {
		d.ds.Errorf(e.at, "edmx:Edmx has no edmx:DataServices")
	}
}

// edmxChildren is like children for elements of the namespace edmx, which
// hold annotations of the other namespace besides.
func (d *document) edmxChildren(parent element, handle func(e element) bool) {
	for {
		token, at := d.next()
		switch token := token.(type) {
		case nil, xml.EndElement:
			return
		case xml.StartElement:
			e := element{token, at}
			switch {
			case e.Name.Space == namespace && e.Name.Local == "Annotation":
				d.annotation(e) // on a document or a reference, which the model does not keep
			case e.Name.Space == namespaceEdmx && handle(e):
			default:
				d.ds.Warnf(at, "element %s in %s is not known, and left out", e.Name.Local, parent.Name.Local)
				d.skip()
			}
		}
	}
}

// reference reads edmx:Reference, CSDL section 3.3.
func (d *document) reference(e element) {
	r := &model.Reference{Position: e.at}
	d.attributes(e, func(name, value string) bool {
		r.URI = value
		return name == "Uri"
	})
	d.edmxChildren(e, func(child element) bool {
		switch child.Name.Local {
		case "Include":
			var include model.Include
			d.attributes(child, func(name, value string) bool {
				switch name {
				case "Namespace":
					include.Namespace = value
				case "Alias":
					include.Alias = value
				default:
					return false
				}
				return true
			})
			d.require(child, "Namespace", include.Namespace)
			d.alias(child, include.Alias, include.Namespace)
			r.Namespaces = append(r.Namespaces, &include)
			d.skip()
		case "IncludeAnnotations":
			d.skip() // annotations of a document that is not read
		default:
			return false
		}
		return true
	})
	d.model.References = append(d.model.References, r)
}

func (d *document) alias(e element, alias, namespace string) {
	if alias == "" {
		return
	}
	if other, taken := d.aliases[alias]; taken && other != namespace {
		d.ds.Errorf(e.at, "the alias %s stands for both %s and %s", alias, other, namespace)
		return
	}
	d.aliases[alias] = namespace
}

// schema reads Schema, CSDL section 5. Two of the same namespace are one.
func (d *document) schema(e element) {
	var name, alias string
	d.attributes(e, func(attribute, value string) bool {
		switch attribute {
		case "Namespace":
			name = value
		case "Alias":
			alias = value
		default:
			return false
		}
		return true
	})
	d.require(e, "Namespace", name)
	if name != "" && slices.ContainsFunc(strings.Split(name, "."), func(s string) bool { return !isIdentifier(s) }) {
		d.ds.Errorf(e.at, "the Namespace %q is no sequence of identifiers and dots", name)
	}
	d.alias(e, alias, name)
	s, ok := d.schemas[name]
	if !ok {
		s = &model.Schema{Namespace: name, Position: e.at}
		d.schemas[name] = s
		d.model.Schemas = append(d.model.Schemas, s)
	}
	if alias != "" {
		s.Alias = alias
	}
	d.children(e, func(child element) bool {
		switch child.Name.Local {
		case "EntityType":
			s.Structured = append(s.Structured, d.structured(child, model.Entity))
		case "ComplexType":
			s.Structured = append(s.Structured, d.structured(child, model.Complex))
		case "EnumType":
			s.Enums = append(s.Enums, d.enum(child))
		case "TypeDefinition":
			s.Definitions = append(s.Definitions, d.definition(child))
		case "Term":
			s.Terms = append(s.Terms, d.term(child))
		case "Action", "Function":
			s.Operations = append(s.Operations, d.operation(child))
		case "EntityContainer":
			d.container(child, name)
		case "Annotations":
			s.Targets = append(s.Targets, d.target(child))
		case "Annotation":
			s.Annotations = append(s.Annotations, d.annotation(child))
		default:
			return false
		}
		return true
	})
}
