package docs

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// table reads a table according to its section.
func (r *reader) table(table *east.Table) {
	switch r.kind {
	case permissions:
		r.permissionTable(r.text, table, r.part, table.Pos())
	case parameters:
		r.propertyTable(table, &r.page.Parameters)
	case queryOptions:
		r.queryTable(table)
	case requestBody:
		r.propertyTable(table, &r.page.RequestProperties)
	case properties:
		r.propertyTable(table, &r.page.Properties)
	case relationships:
		r.propertyTable(table, &r.page.Relationships)
	}
}

// propertyTable appends the rows of a table of properties to a list.
func (r *reader) propertyTable(table *east.Table, list *[]*Property) {
	header := table.FirstChild()
	c := r.columns(header)
	if c.name < 0 {
		return // for instance of the members of an enumeration
	}
	if !r.inSection() && len(*list) > 0 && r.kind != parameters {
		r.warnf(header.Pos(), "the table in %q is left out: the section has a table above", shortened(r.part))
		if r.kind == requestBody {
			for row := header.NextSibling(); row != nil; row = row.NextSibling() {
				for _, name := range r.names(row, c) {
					r.page.LeftOut = append(r.page.LeftOut, &Property{Name: name})
				}
			}
		}
		return
	}
	r.hasTable = r.hasTable || r.kind == properties
	if c.typ < 0 {
		r.warnf(header.Pos(), "the table has no column Type, so the types are unknown")
	}
	if c.description < 0 {
		r.warnf(header.Pos(), "the table has no column Description")
	}
	r.checkRows(table)
	for row := header.NextSibling(); row != nil; row = row.NextSibling() {
		*list = append(*list, r.properties(row, c)...)
	}
}

// columns are the indices of the columns of a table, -1 for none.
type columns struct{ name, typ, description int }

func (r *reader) columns(header ast.Node) columns {
	c := columns{-1, -1, -1}
	set := func(column *int, i int) {
		if *column < 0 {
			*column = i
		}
	}
	for i, cell := range cells(header) {
		switch strings.ToLower(r.proseOf(cell).text) {
		case "property", "properties", "name", "property name", "parameter", "parameter name", "query parameter",
			"relationship", "relationship name", "navigation property":
			set(&c.name, i)
		case "type", "data type", "property type", "return type":
			set(&c.typ, i)
		case "value":
			if r.kind == queryOptions || r.kind == parameters {
				set(&c.typ, i)
			}
		case "description":
			set(&c.description, i)
		}
	}
	return c
}

// cells yields the cells of a row.
func cells(row ast.Node) func(yield func(int, ast.Node) bool) {
	return func(yield func(int, ast.Node) bool) {
		i := 0
		for cell := row.FirstChild(); cell != nil && yield(i, cell); cell = cell.NextSibling() {
			i++
		}
	}
}

// row identifies a row of the tables in the sections of a kind.
type row struct {
	kind sectionKind
	name string
}

// names returns the names in a row: one, which can be empty, or several.
func (r *reader) names(n ast.Node, c columns) []string {
	for i, cell := range cells(n) {
		if i == c.name {
			return namesIn(r.proseOf(cell).text)
		}
	}
	return []string{""}
}

// properties returns the properties that a row describes.
func (r *reader) properties(n ast.Node, c columns) []*Property {
	var list []*Property
	for _, name := range r.names(n, c) {
		if p := r.property(n, c, name); p != nil {
			list = append(list, p)
		}
	}
	return list
}

// property returns the property with a name that a row describes. It returns nil if
// the name is empty, or the section has it already.
func (r *reader) property(n ast.Node, c columns, name string) *Property {
	p := &Property{Name: name, Position: r.position(n.Pos())}
	for i, cell := range cells(n) {
		text := r.proseOf(cell)
		switch i {
		case c.name:
			if cell.Lines().Len() > 0 {
				p.Position = r.position(cell.Lines().At(0).Start)
			}
		case c.typ:
			p.Type, p.Collection = typeIn(text.text)
			r.checkTypeLink(text, p.Type)
		case c.description:
			r.describe(p, text)
		}
	}
	if p.Name == "" {
		if strings.Trim(string(r.line(n.Pos())), " \t|-:") != "" {
			r.warnAt(p.Position, "the row is left out: it has no name")
		}
		return nil
	}
	key := row{r.kind, p.Name}
	if first := r.listed[key]; first != nil {
		if r.kind == parameters {
			return nil // of another request of the page
		}
		r.warnAt(p.Position, "this row is left out: %s has a row at line %d", shortened(p.Name), first.Position.Line)
		return nil
	}
	r.listed[key] = p
	return p
}

// marks matches a name with the marks of footnotes after it, or with a remark in
// parentheses: "displayName*", "displayName (required)".
var marks = regexp.MustCompile(`^([\w@$][\w@$./#-]*)(?:\s*[*†‡§¹²³⁰⁴-⁹]+|\s*\([^()]*\)|\s*\[[^\[\]]*\]|\s+\d)+$`)

// withoutMarks returns the name in a cell.
func withoutMarks(cell string) string {
	if match := marks.FindStringSubmatch(cell); match != nil {
		return match[1]
	}
	return cell
}

var (
	betweenNames = regexp.MustCompile(`\s*,\s*(?:and\s+)?|\s+(?:/|and|or)\s+`)
	plainName    = regexp.MustCompile(`^[A-Za-z_@$]\w*(?:[@./]\w+)*$`)
)

// namesIn returns the names in a cell, nearly always one: "size, tags" are two.
func namesIn(cell string) []string {
	names := betweenNames.Split(cell, -1)
	for i, name := range names {
		names[i] = withoutMarks(name)
		if !plainName.MatchString(names[i]) {
			return []string{withoutMarks(cell)}
		}
	}
	return names
}

// typeIn returns the type that a cell names: "String collection" and
// "Collection(String)" are collections, and "(timestamp)" in "String
// (timestamp)" is a placeholder.
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

// checkRows warns of rows whose number of cells is not that of the header, and
// of the first row that has no | at its end.
func (r *reader) checkRows(table *east.Table) {
	warned := false
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		n, open := countCells(r.line(row.Pos()))
		switch want := len(table.Alignments); {
		case n < want:
			r.warnf(row.Pos(), "the row has fewer cells (%d) than the header (%d); the others are empty", n, want)
		case n > want:
			r.warnf(row.Pos(), `the row has more cells (%d) than the header (%d), which are left out; write \| for a | in a cell`, n, want)
		case open && !warned:
			r.warnf(row.Pos(), "the row has no | at its end")
			warned = true
		}
	}
}

// countCells counts the cells of a line as the Markdown parser does. It reports
// whether there is a | before the first cell, but none after the last one.
func countCells(line []byte) (n int, open bool) {
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
