// Package yamlcut finds the paths of an OpenAPI document, their operations and
// the fields of these in its text, without parsing it. Most of a large document
// is operations that the caller does not need, and to scan a text costs a small
// part of the time and memory that parsing it costs.
//
// [Scan] understands JSON, and YAML in block style as tools write it. The caller
// can parse each part that it finds by itself. If Scan is not sure about a text,
// the caller must parse all of it.
package yamlcut

import (
	"bytes"
	"strings"
)

// Outline says where the paths of a document are.
type Outline struct {
	// JSON is true for a document in JSON, and false for one in YAML.
	JSON bool

	// Paths are the members of the object "paths", in the order of the document.
	// A name can occur twice.
	Paths []*Path

	// Head and Tail are the text before the first path and after the last one.
	// Joined, they are the document without its paths.
	Head, Tail Part
}

// Path is a member of the object "paths".
type Path struct {
	Part        // the name and the path item
	Name string // with its quotation marks and escapes removed
	At   int    // the offset of the name in the document, in bytes

	// Operations are the members named like HTTP methods, in the order of the
	// document.
	Operations []Operation

	// Parameters are the parameters of all operations. Without a text, there are none.
	Parameters Part

	// Opaque reports that the path item holds something else that can matter,
	// such as "$ref" or two fields of one name, or something that was not understood.
	Opaque bool
}

// Operation is an operation of a path.
type Operation struct {
	Part        // the name and the operation
	Verb string // an HTTP method in upper case
	json bool
}

// Part is a member of an object, its name and its value. In YAML its text is
// whole lines with their indentation. In JSON the text lacks the braces of the
// object.
type Part struct {
	Text   []byte
	Offset int // of Text in the document, in bytes
}

// End returns the offset of the first byte after the part.
func (p Part) End() int { return p.Offset + len(p.Text) }

// Scan finds the paths of an OpenAPI document. It returns nil for a document
// that it does not understand, and for one without paths.
func Scan(data []byte) *Outline {
	var o *Outline
	if start := bytes.TrimLeft(data, " \t\r\n"); len(start) > 0 && start[0] == '{' {
		o = scanJSON(data)
	} else {
		o = scanYAML(data)
	}
	if o == nil || len(o.Paths) == 0 {
		return nil
	}
	first, last := o.Paths[0], o.Paths[len(o.Paths)-1]
	o.Head = Part{Text: data[:first.Offset]}
	o.Tail = Part{Text: data[last.End():], Offset: last.End()}
	return o
}

// Field returns a field of an operation, such as "responses". The text of a
// field that the operation lacks is empty. If Field returns false, it does not
// understand the operation, which the caller must parse as a whole.
func (o Operation) Field(name string) (field Part, understood bool) {
	if o.json {
		return o.jsonField(name)
	}
	return o.yamlField(name)
}

// add enters a member of the path item.
func (p *Path) add(name string, part Part, json bool) {
	switch name {
	case "get", "put", "post", "delete", "options", "head", "patch", "trace":
		p.Operations = append(p.Operations, Operation{Verb: strings.ToUpper(name), Part: part, json: json})
	case "parameters":
		p.Opaque = p.Opaque || p.Parameters.Text != nil
		p.Parameters = part
	case "description", "servers", "summary":
		// Nothing that the operations need.
	default:
		p.Opaque = p.Opaque || !strings.HasPrefix(name, "x-")
	}
}
