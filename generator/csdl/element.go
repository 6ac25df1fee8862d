package csdl

import (
	"encoding/xml"
	"fmt"
	"iter"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// element is an element whose start tag was read.
type element struct {
	r          *reader
	name       string // "Property", "edmx:Include", or "" for any other XML namespace
	xml        xml.Name
	attributes []xml.Attr // their namespaces are prefixes
	at         source.Position
	mark       int // the number of problems before it
}

func (r *reader) element(start xml.StartElement) element {
	name := r.resolve(start.Name)
	e := element{r: r, xml: name, attributes: start.Attr, at: r.at, mark: len(r.problems)}
	switch name.Space {
	case edm:
		e.name = name.Local
	case edmx:
		e.name = "edmx:" + name.Local
	}
	return e
}

// children reports the attributes that were not read, and returns the child
// elements in order. It skips the unread rest of a child.
func (e element) children() iter.Seq[element] {
	e.reportUnreadAttributes()
	return func(yield func(element) bool) {
		depth := len(e.r.open)
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

// empty reports the children of e and the attributes that were not read.
func (e element) empty() {
	for child := range e.children() {
		child.unknown(e)
	}
}

// text returns the text in e.
func (e element) text() string {
	e.reportUnreadAttributes()
	depth := len(e.r.open)
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

// done returns the common part of an element of the model. It takes the problems
// that were found in e; child elements have taken theirs before.
func (e element) done(annotations []*model.Annotation) model.Element {
	return model.Element{Annotated: annotations, Position: e.at, Problems: e.r.take(e.mark)}
}

// take removes and returns the problems after a mark.
func (r *reader) take(mark int) []source.Diagnostic {
	if len(r.problems) == mark {
		return nil
	}
	taken := slices.Clone(r.problems[mark:])
	r.problems = r.problems[:mark]
	return taken
}

// defectf adds a problem that makes e unusable.
func (e element) defectf(format string, args ...any) {
	e.r.problems = append(e.r.problems, source.Diagnostic{Position: e.at, Severity: source.Error, Message: fmt.Sprintf(format, args...)})
}

// warnf adds a problem that leaves e usable.
func (e element) warnf(format string, args ...any) {
	e.r.problems = append(e.r.problems, source.Diagnostic{Position: e.at, Severity: source.Warning, Message: fmt.Sprintf(format, args...)})
}
