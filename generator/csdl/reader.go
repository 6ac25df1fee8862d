package csdl

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// maxDepth is the greatest depth of nested elements. Graph needs 13. The limit
// keeps bad input from exhausting the stack.
const maxDepth = 100

// reader reads a document token by token.
//
// It tracks open elements and XML namespaces itself, because xml.Decoder.Token
// takes a fifth longer than RawToken.
type reader struct {
	file    string
	data    []byte
	batches <-chan []token
	batch   []token // the rest of the present one

	at         source.Position // of the last token
	open       []xml.Name      // the open elements, with prefixes
	namespaces []namespace     // the XML namespaces that the open elements declare
	failure    error           // the error that ended the reading
	problems   []source.Diagnostic

	model      *model.Model
	containers []*model.Container
	aliases    map[string]string // the namespaces by alias; "" for an alias of several

	foreign      map[foreignName]*foreignUse
	foreignNames []foreignName // in the order of the document
}

func newReader(file string, data []byte, batches <-chan []token) *reader {
	r := &reader{
		file: file, data: data,
		batches: batches,
		model:   &model.Model{},
		aliases: map[string]string{},
		foreign: map[foreignName]*foreignUse{},
	}
	return r
}

// charsetError is the encoding that a document declares, if it is not UTF-8.
type charsetError string

func (e charsetError) Error() string { return string(e) }

// fail stores an error that ends the reading.
func (r *reader) fail(at source.Position, format string, args ...any) {
	if r.failure == nil {
		r.failure = source.Errorf(at, format, args...)
	}
}

// next returns the next token, or nil at the end and after a failure.
func (r *reader) next() xml.Token {
	if r.failure != nil {
		return nil
	}
	if len(r.batch) == 0 {
		r.batch = <-r.batches
	}
	t := r.batch[0]
	r.batch = r.batch[1:]
	r.at = source.Position{File: r.file, Line: t.line, Column: t.column}
	if t.err != nil {
		r.batch = []token{t} // in case that the reader asks again
		r.stop(t)
		return nil
	}
	switch token := t.Token.(type) {
	case xml.StartElement:
		r.start(token)
	case xml.EndElement:
		r.end(token)
	case xml.Directive:
		r.fail(r.at, "a document type declaration (DOCTYPE) is not accepted: it can define entities that grow without limit; remove it")
	}
	if r.failure != nil {
		return nil
	}
	return t.Token
}

func (r *reader) start(tag xml.StartElement) {
	r.open = append(r.open, tag.Name)
	if len(r.open) > maxDepth {
		r.fail(r.at, "elements are nested more than %d deep", maxDepth)
		return
	}
	r.declareNamespaces(tag.Attr)
}

func (r *reader) end(tag xml.EndElement) {
	if len(r.open) == 0 {
		r.fail(r.at, "not well-formed XML: </%s> closes no element", qualified(tag.Name))
		return
	}
	last := len(r.open) - 1
	if r.open[last] != tag.Name {
		r.fail(r.at, "not well-formed XML: element %s is closed by </%s>", qualified(r.open[last]), qualified(tag.Name))
		return
	}
	r.open = r.open[:last]
	r.dropNamespaces()
}

// stop reports an error of the decoder in a token, or the end of the input if elements
// are open. The position is the start of a tag, or the offset of the decoder in a text,
// which can be long.
func (r *reader) stop(t token) {
	err := t.err
	// InputPos is wrong if the decoder has unread a line feed.
	stopped := positionOf(r.file, r.data, int(t.end))
	at := r.at
	if t.start < int64(len(r.data)) && r.data[t.start] != '<' {
		at = stopped
	}
	syntax, isSyntax := errors.AsType[*xml.SyntaxError](err)
	charset, isCharset := errors.AsType[charsetError](err)
	switch {
	case err == io.EOF && len(r.open) == 0:
	case err == io.EOF:
		r.fail(at, "the document is cut off: element %s is not closed", qualified(r.open[len(r.open)-1]))
	case isSyntax && syntax.Msg == "unexpected EOF":
		r.fail(stopped, "the document is cut off: the markup that starts at %v does not end", r.at)
	case isSyntax:
		r.fail(at, "not well-formed XML: %s", syntax.Msg)
	case isCharset:
		r.fail(at, "the document declares the encoding %q: convert it to UTF-8, and declare UTF-8", string(charset))
	default:
		r.fail(at, "%s", strings.TrimPrefix(err.Error(), "xml: "))
	}
}

// skip reads on until no more than depth elements are open.
func (r *reader) skip(depth int) {
	for len(r.open) > depth && r.next() != nil {
	}
}

// XML namespaces, section 2.2. OData 1 to 3 use the older ones.
const (
	edm  = "http://docs.oasis-open.org/odata/ns/edm"
	edmx = "http://docs.oasis-open.org/odata/ns/edmx"

	olderNamespaces = "http://schemas.microsoft.com/ado/"
)

// namespace is an XML namespace that an element declares.
type namespace struct {
	prefix string // "" for the default namespace
	uri    string
	depth  int // of the element
}

// declareNamespaces enters the namespaces that the innermost open element
// declares.
func (r *reader) declareNamespaces(attributes []xml.Attr) {
	for _, a := range attributes {
		switch {
		case a.Name.Space == "xmlns":
			r.namespaces = append(r.namespaces, namespace{a.Name.Local, a.Value, len(r.open)})
		case a.Name.Space == "" && a.Name.Local == "xmlns":
			r.namespaces = append(r.namespaces, namespace{"", a.Value, len(r.open)})
		}
	}
}

// dropNamespaces removes the namespaces of closed elements.
func (r *reader) dropNamespaces() {
	for last := len(r.namespaces) - 1; last >= 0 && r.namespaces[last].depth > len(r.open); last-- {
		r.namespaces = r.namespaces[:last]
	}
}

// resolve replaces the prefix of a name by its namespace. An undeclared prefix
// stays.
func (r *reader) resolve(name xml.Name) xml.Name {
	for last := len(r.namespaces) - 1; last >= 0; last-- {
		if n := r.namespaces[last]; n.prefix == name.Space {
			return xml.Name{Space: n.uri, Local: name.Local}
		}
	}
	return name
}

// qualified returns a name with its prefix, as the document spells it.
func qualified(name xml.Name) string {
	if name.Space == "" {
		return name.Local
	}
	return name.Space + ":" + name.Local
}
