// Package docs reads the reference pages of Microsoft Graph: Markdown as in
// https://github.com/microsoftgraph/microsoft-graph-docs. The pages know what
// the metadata does not say: which properties a create can set, which
// permissions a method needs, what requests and responses look like.
//
// People write these pages, and make mistakes. A mistake costs only the element
// that it is in; each one is a warning at its position in the page.
package docs

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	gtext "github.com/yuin/goldmark/text"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Parse reads one page. It always returns a page: problems are warnings. Files
// that the page includes are not read; [ReadDir] does that.
func Parse(file string, data []byte, ds *source.Diagnostics) *Page {
	return parse(file, data, nil, ds).page
}

// reader reads one page.
type reader struct {
	*text
	ds       *source.Diagnostics
	warnings int
	page     *Page
	include  func(target string) (*text, error) // nil: includes are not read

	section                    // where in the page the reader is
	comment  *comment          // that describes the next code block
	listed   map[row]*Property // the rows of all tables of properties
	options  map[string]bool   // the names of the query options
	included map[*text]bool    // the files whose permissions were read
	links    []span            // all links of the page
	base     string            // the base type that the comment of a representation names
	baseAt   int               // the offset of that comment

	hasTitle, hasTable, hasResponse, tooManyExamples bool
}

// parse reads one page. The function include returns an included file.
func parse(file string, data []byte, include func(target string) (*text, error), ds *source.Diagnostics) *reader {
	at := source.Position{File: file}
	r := &reader{
		ds: ds, page: &Page{File: file, Position: at}, include: include,
		listed: map[row]*Property{}, options: map[string]bool{}, included: map[*text]bool{},
	}
	if len(data) > maxPageSize {
		ds.Warnf(at, "the page is left out: it is larger than %d MB", maxPageSize>>20)
		r.text = newText(file, nil)
		return r
	}
	r.text = newText(file, data)
	r.checkText()
	if limit, offset := exceeded(r.data); limit != "" {
		r.warnf(offset, "the page is left out: %s", limit)
		return r
	}
	front := r.frontMatter()
	r.page.Kind, r.page.Date = Kind(front.docType), front.date
	r.blocks(r.markdown(), topLevel)
	r.dropComment()
	r.checkKind(front)
	r.check(front)
	return r
}

// warnf adds a warning at an offset of the page. Of a page with very many
// mistakes it adds only the first.
func (r *reader) warnf(offset int, format string, args ...any) {
	r.warnAt(r.position(offset), format, args...)
}

// warnAt adds a warning at a position in the page.
func (r *reader) warnAt(at source.Position, format string, args ...any) {
	r.warnings++
	switch {
	case r.warnings <= maxWarnings:
		r.ds.Warnf(at, format, args...)
	case r.warnings == maxWarnings+1:
		r.ds.Warnf(source.Position{File: r.file}, "the page has more than %d mistakes; the others are not reported", maxWarnings)
	}
}

// checkText warns of bytes that newText replaced.
func (r *reader) checkText() {
	if r.invalidUTF8 >= 0 {
		r.warnf(r.invalidUTF8, "the file is not valid UTF-8 here; such bytes are read as ?")
	}
	if r.invisible >= 0 {
		r.warnf(r.invisible, "control characters, from here on, are read as spaces")
	}
}

// checkKind checks the doc_type of the page. Where there is none, the content
// shows the kind of the page.
func (r *reader) checkKind(front frontMatter) {
	switch {
	case r.page.Kind == Method || r.page.Kind == Resource:
	case r.page.Kind != "":
		r.warnf(front.offset, "doc_type %q is neither %s nor %s", shortened(front.docType), Method, Resource)
	case len(r.page.Requests) > 0:
		r.page.Kind = Method
		r.warnf(front.offset, "the page has no doc_type and is read as %s, as it has HTTP requests", Method)
	case r.hasTable || len(r.page.Representations) > 0:
		r.page.Kind = Resource
		r.warnf(front.offset, "the page has no doc_type and is read as %s, as it has a table of properties or a JSON representation", Resource)
	default:
		r.warnf(front.offset, "the page has no doc_type and is left out: neither HTTP requests nor properties show its kind")
	}
}

// markdown returns the syntax tree of a text.
func (t *text) markdown() ast.Node {
	return goldmark.New(goldmark.WithExtensions(extension.Table)).Parser().Parse(gtext.NewReader(t.data))
}

// depth says where a block is: only top-level blocks make up the structure of a
// page, but lists and quotes may contain examples.
type depth int

const (
	topLevel depth = iota
	inList
	inQuote
)

// blocks reads the blocks below n.
func (r *reader) blocks(n ast.Node, at depth) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.Heading:
			if at == topLevel {
				r.heading(child)
			}
		case *ast.Paragraph, *ast.TextBlock:
			r.paragraph(child, at)
		case *east.Table:
			if at == topLevel {
				r.table(child)
			}
			r.collectLinks(child)
		case *ast.FencedCodeBlock:
			r.codeBlock(r.fragmentOf(child.Lines()), child.Pos())
		case *ast.CodeBlock:
			r.codeBlock(r.fragmentOf(child.Lines()), child.Pos())
		case *ast.HTMLBlock:
			f := r.fragmentOf(child.Lines())
			if child.HasClosure() {
				f.add(r.text, child.ClosureLine)
			}
			r.comments(f)
		case *ast.Blockquote:
			r.blocks(child, inQuote)
		default:
			r.blocks(child, max(at, inList))
		}
	}
}

// collectLinks keeps the links of a table for [ReadDir], which knows all pages.
func (r *reader) collectLinks(table *east.Table) {
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			r.links = append(r.links, r.proseOf(cell).links...)
		}
	}
}
