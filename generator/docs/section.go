package docs

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// section is where in a page the reader is.
type section struct {
	kind  sectionKind
	level int    // of its heading
	part  string // the heading below it, "" before the first one
}

// sectionKind is what a section has to say.
type sectionKind int

const (
	beforeTitle sectionKind = iota
	introduction
	otherSection
	httpRequest
	requestBody
	response
	properties
	relationships
	examples
)

var sectionKinds = map[string]sectionKind{
	"http request":  httpRequest,
	"http requests": httpRequest,
	"request body":  requestBody,
	"response":      response,
	"properties":    properties,
	"relationships": relationships,
	"example":       examples,
	"examples":      examples,
}

// heading begins a section, or a part of one. The headings of tabs, such as
// "# [HTTP](#tab/http)", do not.
func (r *reader) heading(h *ast.Heading) {
	if link, ok := h.FirstChild().(*ast.Link); ok && strings.HasPrefix(string(link.Destination), "#tab/") {
		return
	}
	p := r.proseOf(h)
	r.links = append(r.links, p.links...)
	if !r.isATX(h) && h.Level > 1 {
		// The line of - is the end of tabs that has no empty line before it.
		r.prose(p, h.Pos())
		return
	}
	r.dropComment()
	name := strings.ToLower(strings.TrimRight(p.text, " :"))
	kind, known := sectionKinds[name]
	switch {
	case h.Level == 1 && !r.hasTitle && !known:
		r.hasTitle = true
		r.page.Title = p.text
		r.page.Position = r.position(h.Pos())
		r.section = section{kind: introduction, level: 1}
	case r.section.kind == examples && h.Level > r.section.level:
		r.section.part = p.text
	case kind == properties && r.section.kind == requestBody && r.page.Kind == API:
		r.ds.Warnf(r.position(h.Pos()), "%q below Request body is read as a part of it", short(p.text))
	case known && h.Level <= 3 && (kind != response || h.Level <= 2):
		r.section = section{kind: kind, level: h.Level}
		if kind == response {
			r.hasPromise = true
		}
	case r.section.kind > introduction && h.Level > r.section.level:
		r.section.part = p.text
	case strings.HasPrefix(name, "example"):
		r.section = section{kind: examples, level: h.Level}
	default:
		r.section = section{kind: otherSection, level: h.Level}
	}
}

// isATX reports whether a heading has a # before it, and no line below it.
func (r *reader) isATX(h *ast.Heading) bool {
	at := h.Pos()
	return at >= 0 && at < len(r.data) && r.data[at] == '#'
}

// paragraph reads a paragraph. One that is nested is a note or an item of a list.
func (r *reader) paragraph(n ast.Node, nested bool) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if html, ok := child.(*ast.RawHTML); ok {
			r.comments(r.fragmentOf(html.Segments))
		}
	}
	p := r.proseOf(n)
	r.links = append(r.links, p.links...)
	if !nested {
		r.prose(p, n.Pos())
	}
}

// prose reads the text of a paragraph, where its section has something to say
// in prose.
func (r *reader) prose(p prose, offset int) {
	switch r.section.kind {
	case introduction:
		r.introduce(p)
	case properties:
		r.inherits(p.text)
	case response:
		r.promise(p, offset)
	}
	switch r.section.kind {
	case requestBody, properties, relationships:
		if strings.HasPrefix(p.text, "|") {
			r.ds.Warnf(r.position(offset), "lines with | that are no table are left out: an empty line, or one like |:---|, is out of place")
		}
	}
}
