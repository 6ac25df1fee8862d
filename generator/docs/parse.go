// Package docs reads the reference pages of Microsoft Graph, Markdown as in
// https://github.com/microsoftgraph/microsoft-graph-docs. They tell what no
// metadata tells: which properties a create can set, and what requests and
// responses look like.
//
// Pages are written by hand, and have mistakes. What leaves no doubt is mended;
// that, and what is left out, is a warning.
package docs

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	gtext "github.com/yuin/goldmark/text"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Parse reads one page. File names it in positions. It always returns a page:
// problems are warnings.
func Parse(file string, data []byte, ds *source.Diagnostics) *Page {
	return parse(file, data, ds).page
}

// reader reads one page.
type reader struct {
	*text
	ds   *source.Diagnostics
	page *Page
	section
	intro

	comment  *comment // that belongs to the next code block
	request  string   // the name of the last request
	resource string   // the base type that the comment of a resource gives
	links    []span   // all links of the page
	listed   map[listing]*Property

	hasTitle, hasTable, hasExample bool
	hasPromise                     bool // a section Response
	tooMany                        bool // examples
}

func parse(file string, data []byte, ds *source.Diagnostics) *reader {
	at := source.Position{File: file}
	r := &reader{ds: ds, page: &Page{File: file, Position: at}, listed: map[listing]*Property{}}
	if len(data) > maxSize {
		ds.Warnf(at, "the page is larger than 4 MB, and left out")
		r.text = newText(file, nil, ds)
		return r
	}
	r.text = newText(file, data, ds)
	if reason, offset := hostile(r.data); reason != "" {
		ds.Warnf(r.position(offset), "%s: the page is left out", reason)
		return r
	}
	front := r.frontMatter()
	r.setKind(front)
	markdown := goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()
	r.block(markdown.Parse(gtext.NewReader(r.data)), false)
	r.dropComment()
	r.check(front)
	return r
}

func (r *reader) setKind(front frontMatter) {
	r.page.Kind, r.page.Date = Kind(front.docType), front.date
	switch {
	case r.page.Kind == API || r.page.Kind == Resource:
	case front.docType != "":
		r.ds.Warnf(r.position(front.offset), "doc_type %q is neither %s nor %s", front.docType, API, Resource)
	case front.offset > 0:
		r.ds.Warnf(r.position(front.offset), "the front matter lacks doc_type: whether the page is about an operation or a type is not known")
	}
}

// block reads the blocks below n. What is quoted or in a list is no part of
// the structure of a page, but can have examples.
func (r *reader) block(n ast.Node, nested bool) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.Heading:
			if !nested {
				r.heading(child)
			}
		case *ast.Paragraph, *ast.TextBlock:
			r.paragraph(child, nested)
		case *east.Table:
			if !nested {
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
		default:
			r.block(child, true)
		}
	}
}

// collectLinks keeps the links of a table for [ReadDir], which knows where
// they lead.
func (r *reader) collectLinks(table *east.Table) {
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			r.links = append(r.links, r.proseOf(cell).links...)
		}
	}
}
