package csdl

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// XML namespaces, section 2.2. The older ones are those of OData 1 to 3.
const (
	edm  = "http://docs.oasis-open.org/odata/ns/edm"
	edmx = "http://docs.oasis-open.org/odata/ns/edmx"

	olderNamespaces = "http://schemas.microsoft.com/ado/"
)

// maxDepth is how deep elements may be nested. Graph needs 13; the limit keeps
// hostile input from using up the stack.
const maxDepth = 100

// reader reads a document token by token.
type reader struct {
	file    string
	data    []byte
	decoder *xml.Decoder
	ds      *source.Diagnostics

	at     source.Position // of the token that was read last
	depth  int             // how many elements are open
	failed bool            // after an error that leaves the rest unread

	model   *model.Model
	schemas map[string]*model.Schema // by namespace
	aliases map[string]string        // the namespaces by their aliases

	foreign      map[foreignName]*foreignUse
	foreignNames []foreignName // in the order of the document
}

func newReader(file string, data []byte, ds *source.Diagnostics) *reader {
	r := &reader{
		file: file, data: data, ds: ds,
		decoder: xml.NewDecoder(bytes.NewReader(data)),
		model:   &model.Model{},
		schemas: map[string]*model.Schema{},
		aliases: map[string]string{},
		foreign: map[foreignName]*foreignUse{},
	}
	r.decoder.CharsetReader = func(charset string, _ io.Reader) (io.Reader, error) {
		return nil, charsetError(charset)
	}
	return r
}

// charsetError is the encoding that a document declares if it is not UTF-8.
type charsetError string

func (e charsetError) Error() string { return string(e) }

// fail reports an error that leaves the rest of the document unread.
func (r *reader) fail(at source.Position, format string, args ...any) {
	if !r.failed {
		r.failed = true
		r.ds.Errorf(at, format, args...)
	}
}

// next returns the next token, or nil at the end and after a failure.
func (r *reader) next() xml.Token {
	if r.failed {
		return nil
	}
	r.at = r.position()
	offset := r.decoder.InputOffset()
	token, err := r.decoder.Token()
	if err != nil {
		if err != io.EOF {
			r.malformed(err, offset)
		}
		return nil
	}
	switch token.(type) {
	case xml.StartElement:
		if r.depth++; r.depth > maxDepth {
			r.fail(r.at, "elements are nested more than %d deep", maxDepth)
			return nil
		}
	case xml.EndElement:
		r.depth--
	case xml.Directive:
		r.fail(r.at, "a document type declaration (DOCTYPE) is not accepted: it can define entities that grow without limit; remove it")
		return nil
	}
	return token
}

// position returns the place that the decoder has come to.
func (r *reader) position() source.Position {
	line, column := r.decoder.InputPos()
	return source.Position{File: r.file, Line: line, Column: column}
}

// malformed reports an error of the decoder in the token that starts at the
// offset: at the start of a tag, else, as text can be long, where the decoder
// stopped.
func (r *reader) malformed(err error, offset int64) {
	at := r.at
	if r.data[min(offset, int64(len(r.data)-1))] != '<' {
		at = r.position()
	}
	if charset, ok := errors.AsType[charsetError](err); ok {
		r.fail(at, "the document is declared to be in %q: convert it to UTF-8, and declare that", string(charset))
		return
	}
	syntax, ok := errors.AsType[*xml.SyntaxError](err)
	switch {
	case !ok:
		r.fail(at, "%s", strings.TrimPrefix(err.Error(), "xml: "))
	case syntax.Msg == "unexpected EOF":
		r.fail(r.position(), "the document is cut off: it ends before its last element does")
	default:
		r.fail(at, "not well-formed XML: %s", syntax.Msg)
	}
}

// element is an element whose start tag was read.
type element struct {
	r          *reader
	name       string // "Property", "edmx:Include", or "" if it is of neither namespace
	xml        xml.Name
	attributes []xml.Attr
	at         source.Position
}

func (r *reader) element(start xml.StartElement) element {
	e := element{r: r, xml: start.Name, attributes: start.Attr, at: r.at}
	switch start.Name.Space {
	case edm:
		e.name = start.Name.Local
	case edmx:
		e.name = "edmx:" + start.Name.Local
	}
	return e
}

// children reports the attributes that have not been asked for, and returns
// the child elements in order. What is left unread of a child is skipped.
func (e element) children() iter.Seq[element] {
	e.reportUnreadAttributes()
	return func(yield func(element) bool) {
		depth := e.r.depth
		for {
			switch token := e.r.next().(type) {
			case xml.StartElement:
				if !yield(e.r.element(token)) {
					return
				}
				e.r.skip(depth)
			case xml.CharData:
				e.reportText(token)
			case xml.EndElement, nil:
				return
			}
		}
	}
}

// skip reads on until no more than depth elements are open.
func (r *reader) skip(depth int) {
	for r.depth > depth && r.next() != nil {
	}
}

// empty reports all that e has beyond the attributes that were asked for.
func (e element) empty() {
	for child := range e.children() {
		child.unknown(e)
	}
}

// text returns the text in e.
func (e element) text() string {
	e.reportUnreadAttributes()
	depth := e.r.depth
	var text []byte
	for {
		switch token := e.r.next().(type) {
		case xml.StartElement:
			e.r.element(token).unknown(e)
			e.r.skip(depth)
		case xml.CharData:
			text = append(text, token...)
		case xml.EndElement, nil:
			return string(text)
		}
	}
}
