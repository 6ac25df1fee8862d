package docs

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// table reads a table of properties into the field of the page that its
// section is for.
func (r *reader) table(table *east.Table) {
	var list *[]*Property
	switch r.section.kind {
	case requestBody:
		list = &r.page.Body
	case properties:
		list = &r.page.Properties
	case relationships:
		list = &r.page.Relationships
	default:
		return
	}
	header := table.FirstChild()
	c := r.columns(header)
	if c.name < 0 {
		return // of the members of an enumeration, say
	}
	if !r.inSection() && len(*list) > 0 {
		r.ds.Warnf(r.position(header.Pos()), "the table below %q is left out: the section has one above", r.section.part)
		return
	}
	if r.section.kind == properties {
		r.hasTable = true
	}
	if c.typ < 0 {
		r.ds.Warnf(r.position(header.Pos()), "the table has no column Type: the types are not known")
	}
	if c.description < 0 {
		r.ds.Warnf(r.position(header.Pos()), "the table has no column Description")
	}
	r.checkRows(table)
	for row := header.NextSibling(); row != nil; row = row.NextSibling() {
		r.row(row, c, list)
	}
}

// inSection reports whether no other heading comes between the heading of the
// section and what is read, or one that tells properties of the same thing
// apart.
func (r *reader) inSection() bool {
	part := strings.ToLower(r.section.part)
	return part == "" || strings.HasPrefix(part, "required") || strings.HasPrefix(part, "optional")
}

// columns are the places of the columns of a table, -1 if there is none.
type columns struct{ name, typ, description int }

func (r *reader) columns(header ast.Node) columns {
	c := columns{-1, -1, -1}
	i := 0
	for cell := header.FirstChild(); cell != nil; cell = cell.NextSibling() {
		set := func(column *int) {
			if *column < 0 {
				*column = i
			}
		}
		switch strings.ToLower(r.proseOf(cell).text) {
		case "property", "properties", "name", "property name", "parameter", "relationship", "relationship name", "navigation property":
			set(&c.name)
		case "type", "data type", "property type", "return type":
			set(&c.typ)
		case "description":
			set(&c.description)
		}
		i++
	}
	return c
}

// listing is a name in the tables of a section.
type listing struct {
	section sectionKind
	name    string
}

// row reads a property, and appends it to a list.
func (r *reader) row(row ast.Node, c columns, list *[]*Property) {
	p := &Property{Position: r.position(row.Pos())}
	i := 0
	for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
		text := r.proseOf(cell)
		switch i {
		case c.name:
			p.Name = text.text
			if cell.Lines().Len() > 0 {
				p.Position = r.position(cell.Lines().At(0).Start)
			}
		case c.typ:
			p.Type, p.Collection = typeIn(text.text)
			r.checkTypeLink(text, p.Type)
		case c.description:
			r.describe(p, text)
		}
		i++
	}
	if p.Name == "" {
		if strings.Trim(string(r.line(row.Pos())), " \t|-:") != "" {
			r.ds.Warnf(p.Position, "a row without a name is left out")
		}
		return
	}
	key := listing{r.section.kind, p.Name}
	if first := r.listed[key]; first != nil {
		r.ds.Warnf(p.Position, "%s is listed twice, first at %v: this one is left out", short(p.Name), first.Position)
		return
	}
	r.listed[key] = p
	*list = append(*list, p)
}

// typeIn returns the type that a cell names: "String collection" is a
// collection, and the placeholder in "String (timestamp)" is no part of it.
func typeIn(cell string) (name string, collection bool) {
	const word = "collection"
	lower := strings.ToLower(cell)
	if rest, ok := strings.CutPrefix(lower, word); ok {
		if inner := strings.TrimSpace(rest); strings.HasPrefix(inner, "(") && strings.HasSuffix(inner, ")") {
			inner = cell[strings.IndexByte(cell, '(')+1 : strings.LastIndexByte(cell, ')')]
			return strings.TrimSpace(inner), true
		}
		if of, ok := strings.CutPrefix(rest, " of "); ok && len(lower) == len(cell) {
			return strings.TrimSpace(cell[len(cell)-len(of):]), true
		}
	}
	if start := strings.Index(cell, " ("); start >= 0 {
		if length := strings.IndexByte(cell[start:], ')'); length >= 0 {
			cell = cell[:start] + cell[start+length+1:]
		}
	}
	if n := len(cell) - len(word); n > 0 && strings.EqualFold(cell[n:], word) && cell[n-1] == ' ' {
		return strings.TrimSpace(cell[:n]), true
	}
	return strings.TrimSpace(cell), false
}

// checkRows warns of rows that do not have the cells of the header. Where cells
// are missing they are empty, and where there are too many they are lost. Of
// rows without a bar at their end it warns once.
func (r *reader) checkRows(table *east.Table) {
	warned := false
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		n, open := cells(r.line(row.Pos()))
		switch want := len(table.Alignments); {
		case n < want:
			r.ds.Warnf(r.position(row.Pos()), "the row has fewer cells than the header (%d, not %d): the others are empty", n, want)
		case n > want:
			r.ds.Warnf(r.position(row.Pos()), `the row has more cells than the header (%d, not %d), which are left out: is a | lacking its \?`, n, want)
		case open && !warned:
			r.ds.Warnf(r.position(row.Pos()), "the row has no | at its end, and is read as if it had")
			warned = true
		}
	}
}

// cells counts the cells of a line as the Markdown parser does, and tells
// whether there is a bar before the first, but none behind the last one.
func cells(line []byte) (n int, open bool) {
	line, open = bytes.CutPrefix(bytes.TrimSpace(line), []byte("|"))
	if len(line) > 0 && line[len(line)-1] == '|' {
		open = false
		line = line[:len(line)-1]
	}
	for i, c := range line {
		if c == '|' && (i == 0 || line[i-1] != '\\') {
			n++
		}
	}
	return n + 1, open
}
