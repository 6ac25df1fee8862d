package csdl

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// maxDepth is how deep elements may be nested. Graph needs 13; the limit keeps
// hostile input from using up the stack.
const maxDepth = 100

// reader reads a document token by token.
//
// It keeps account of open elements and XML namespaces itself: Token does more
// than RawToken, and takes a fifth longer.
type reader struct {
	file    string
	data    []byte
	decoder *xml.Decoder

	at         source.Position // of the token that was read last
	open       []xml.Name      // the elements that are open, with prefixes
	namespaces []namespace     // the XML namespaces that are declared in them
	failure    error           // leaves the rest unread
	problems   []source.Diagnostic

	model      *model.Model
	containers []*model.Container
	aliases    map[string]string // the namespaces by their aliases; "" if there are several

	foreign      map[foreignName]*foreignUse
	foreignNames []foreignName // in the order of the document
}

func newReader(file string, data []byte) *reader {
	r := &reader{
		file: file, data: data,
		decoder: xml.NewDecoder(bytes.NewReader(data)),
		model:   &model.Model{},
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

// fail notes an error that leaves the rest of the document unread.
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
	line, column := r.decoder.InputPos()
	r.at = source.Position{File: r.file, Line: line, Column: column}
	offset := r.decoder.InputOffset()
	token, err := r.decoder.RawToken()
	if err != nil {
		r.stop(err, offset)
		return nil
	}
	switch token := token.(type) {
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
	return token
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

// stop reports the end of the input if elements are open, or the error of the
// decoder in the token that starts at the offset: at the start of a tag, else,
// as text can be long, where the decoder stopped.
func (r *reader) stop(err error, offset int64) {
	// InputPos is wrong where the decoder has put a line feed back.
	stopped := positionOf(r.file, r.data, int(r.decoder.InputOffset()))
	at := r.at
	if offset < int64(len(r.data)) && r.data[offset] != '<' {
		at = stopped
	}
	syntax, isSyntax := errors.AsType[*xml.SyntaxError](err)
	charset, isCharset := errors.AsType[charsetError](err)
	switch {
	case err == io.EOF && len(r.open) == 0:
	case err == io.EOF:
		r.fail(at, "the document is cut off: element %s is not closed", qualified(r.open[len(r.open)-1]))
	case isSyntax && syntax.Msg == "unexpected EOF":
		r.fail(stopped, "the document is cut off in what starts at %v", r.at)
	case isSyntax:
		r.fail(at, "not well-formed XML: %s", syntax.Msg)
	case isCharset:
		r.fail(at, "the document is declared to be in %q: convert it to UTF-8, and declare that", string(charset))
	default:
		r.fail(at, "%s", strings.TrimPrefix(err.Error(), "xml: "))
	}
}

// skip reads on until no more than depth elements are open.
func (r *reader) skip(depth int) {
	for len(r.open) > depth && r.next() != nil {
	}
}
