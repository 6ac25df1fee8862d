package csdl0

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// maxDepth is how deep elements may stand in each other. Only annotation
// expressions nest freely, and a few levels are enough for those.
const maxDepth = 100

// element is a start tag and where it stands.
type element struct {
	xml.StartElement
	at source.Position
}

// reader reads the elements of a document one after the other.
type reader struct {
	dec    *xml.Decoder
	file   string
	ds     *source.Diagnostics
	depth  int
	failed bool // the document cannot be read further; that has been reported

	qualified []*string // names that may begin with an alias
	aliases   map[string]string
}

func newReader(file string, data []byte, ds *source.Diagnostics) *reader {
	r := &reader{dec: xml.NewDecoder(bytes.NewReader(data)), file: file, ds: ds, aliases: map[string]string{}}
	r.dec.CharsetReader = func(charset string, _ io.Reader) (io.Reader, error) {
		return nil, fmt.Errorf("the document is encoded in %s: convert it to UTF-8", charset)
	}
	return r
}

// position is where the next token begins.
func (r *reader) position() source.Position {
	line, column := r.dec.InputPos()
	return source.Position{File: r.file, Line: line, Column: column}
}

// next returns the next start or end tag, or text; nil at the end of the
// document or after an error.
func (r *reader) next() (xml.Token, source.Position) {
	for !r.failed {
		at := r.position()
		token, err := r.dec.Token()
		if err != nil {
			r.failed = true
			if err == io.EOF && r.depth == 0 {
				return nil, at
			}
			r.syntaxError(err)
			return nil, at
		}
		switch token := token.(type) {
		case xml.Directive:
			r.failed = true
			r.ds.Errorf(at, "a document type declaration is no part of CSDL, and can hide what the document says: remove it")
		case xml.StartElement, xml.EndElement, xml.CharData:
			return token, at
		}
	}
	return nil, r.position()
}

func (r *reader) syntaxError(err error) {
	message := err.Error()
	if syntax, ok := errors.AsType[*xml.SyntaxError](err); ok {
		message = syntax.Msg
	}
	if message == "unexpected EOF" || err == io.EOF {
		message = "the document ends too early: it is not complete"
	}
	r.ds.Errorf(r.position(), "malformed XML: %s", message)
}

// children calls handle for each element in parent, up to its end tag. An
// element that handle does not know is skipped with a warning.
func (r *reader) children(parent element, handle func(e element) (known bool)) {
	if r.depth++; r.depth > maxDepth {
		r.failed = true
		r.ds.Errorf(parent.at, "elements are nested more than %d levels deep", maxDepth)
	}
	defer func() { r.depth-- }()
	for {
		token, at := r.next()
		switch token := token.(type) {
		case nil, xml.EndElement:
			return
		case xml.StartElement:
			e := element{token, at}
			if token.Name.Space != namespace || !handle(e) {
				r.ds.Warnf(at, "element %s in %s is not known, and left out", e.Name.Local, parent.Name.Local)
				r.skip()
			}
		case xml.CharData:
			if text := bytes.TrimSpace(token); len(text) > 0 {
				r.ds.Warnf(at, "text in %s is left out: %.40q", parent.Name.Local, text)
			}
		}
	}
}

// leaf reads over the contents of an element that has none.
func (r *reader) leaf(e element) {
	r.children(e, func(element) bool { return false })
}

// text returns the text in an element, up to its end tag.
func (r *reader) text(e element) string {
	var b strings.Builder
	for {
		token, at := r.next()
		switch token := token.(type) {
		case nil, xml.EndElement:
			return b.String()
		case xml.StartElement:
			r.ds.Warnf(at, "element %s in %s is not known, and left out", token.Name.Local, e.Name.Local)
			r.skip()
		case xml.CharData:
			b.Write(token)
		}
	}
}

// skip reads up to the end tag of the element that has just begun.
func (r *reader) skip() {
	for depth := 1; depth > 0; {
		switch token, _ := r.next(); token.(type) {
		case nil:
			return
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
}

// attributes hands the attributes of e to set. One that set does not know is
// left out with a warning.
func (r *reader) attributes(e element, set func(name, value string) (known bool)) {
	for _, a := range e.Attr {
		if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
			continue
		}
		if a.Name.Space != "" || !set(a.Name.Local, a.Value) {
			r.ds.Warnf(e.at, "attribute %s of %s is not known, and left out", a.Name.Local, e.Name.Local)
		}
	}
}

// require reports an attribute that is missing, or empty.
func (r *reader) require(e element, attribute, value string) {
	if value == "" {
		r.ds.Errorf(e.at, "%s lacks the attribute %s", e.Name.Local, attribute)
	}
}

// name checks that the name of an element is an identifier (CSDL section
// 17.2, SimpleIdentifier).
func (r *reader) name(e element, name string) {
	if name == "" {
		r.require(e, "Name", name)
	} else if !isIdentifier(name) {
		r.ds.Errorf(e.at, "%s has the name %q, which is no identifier: letters, digits and _, at most %d", e.Name.Local, name, maxIdentifier)
	}
}

func (r *reader) bool(e element, attribute, value string) bool {
	switch value {
	case "true", "1":
		return true
	case "false", "0":
		return false
	}
	r.ds.Errorf(e.at, "%s of %s is %q, neither true nor false", attribute, e.Name.Local, value)
	return false
}

func (r *reader) fact(e element, attribute, value string) model.Fact {
	return model.FactOf(r.bool(e, attribute, value))
}

// integer returns the value of an attribute that is a number, or one of words.
func (r *reader) integer(e element, attribute, value string, words ...string) string {
	for _, w := range words {
		if value == w {
			return value
		}
	}
	if n, err := strconv.Atoi(value); err != nil || n < 0 {
		r.ds.Errorf(e.at, "%s of %s is %q, not a number", attribute, e.Name.Local, value)
	}
	return value
}

// typeRef reads a type name, "graph.user" or "Collection(graph.user)". The
// alias in it is replaced at the end, when all are known: ref must stay where
// it is.
func (r *reader) typeRef(e element, ref *model.TypeRef, value string) {
	ref.Position = e.at
	ref.Name = value
	if item, ok := strings.CutPrefix(value, "Collection("); ok {
		ref.Collection = true
		ref.Name = strings.TrimSuffix(item, ")")
	}
	r.qualify(&ref.Name)
}

func (r *reader) qualify(name *string) { r.qualified = append(r.qualified, name) }

// resolveAliases replaces the aliases in all names that were read.
func (r *reader) resolveAliases() {
	resolved := map[string]string{}
	for _, name := range r.qualified {
		full, ok := resolved[*name]
		if !ok {
			full = r.resolveAlias(*name)
			resolved[*name] = full
		}
		*name = full
	}
}

// resolveAlias replaces the alias at the start of a name, of each name of a
// list (enum members), and in the signature of an overload.
func (r *reader) resolveAlias(name string) string {
	if strings.ContainsAny(name, " (,)") {
		var b strings.Builder
		for name != "" {
			end := strings.IndexAny(name, " (,)")
			if end < 0 {
				end = len(name)
			}
			b.WriteString(r.resolveAlias(name[:end]))
			if end < len(name) {
				b.WriteByte(name[end])
				end++
			}
			name = name[end:]
		}
		return b.String()
	}
	head, tail, _ := strings.Cut(name, "/")
	if dot := strings.LastIndexByte(head, '.'); dot > 0 {
		if full, ok := r.aliases[head[:dot]]; ok {
			head = full + head[dot:]
		}
	}
	if tail != "" {
		return head + "/" + tail
	}
	return head
}
