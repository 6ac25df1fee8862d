package docs

import (
	"bytes"
	"errors"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// maxFrontMatter bounds what the YAML parser gets.
const maxFrontMatter = 16 << 10

// frontMatter is what the front matter of a page says.
type frontMatter struct {
	title   string
	docType string
	date    string // "2024-07-15"
	offset  int    // of doc_type, or of the front matter
}

// frontMatter reads the YAML between the lines of --- at the start, and blanks
// it: it is no Markdown.
func (r *reader) frontMatter() frontMatter {
	start, end, ok := r.frontMatterLines()
	if !ok {
		return frontMatter{}
	}
	data := bytes.Clone(r.data[start:end])
	blank(r.data[:end])
	// The line of --- that ends it, or what is there in its place.
	if line := r.line(end); isFence(line) {
		blank(line)
	} else {
		r.ds.Warnf(r.position(start), "the front matter has no end: a line --- is missing")
	}
	if len(data) > maxFrontMatter {
		r.ds.Warnf(r.position(start), "the front matter is larger than 16 KB, and left out")
		return frontMatter{}
	}
	m := frontMatter{offset: start}
	if err := r.decodeFrontMatter(data, start, &m); err != nil {
		at, message := r.position(start), err.Error()
		if e, ok := errors.AsType[yaml.Error](err); ok {
			message = e.GetMessage()
			if token := e.GetToken(); token != nil {
				at = r.position(start + offsetIn(data, token.Position.Line, token.Position.Column))
			}
		}
		r.ds.Warnf(at, "the front matter is not YAML, and read line by line: %s", short(oneLine(strings.ReplaceAll(message, "'\t'", "tab"))))
		m = frontMatter{title: scalarLine(data, "title"), docType: scalarLine(data, "doc_type"), offset: start}
		if date := scalarLine(data, "ms.date"); date != "" {
			m.date = r.date(date, start)
		}
	}
	return m
}

// frontMatterLines returns where the front matter starts, after the line of
// ---, and where it ends: before the next such line, or, if there is none,
// before the first empty line or heading.
func (r *reader) frontMatterLines() (start, end int, ok bool) {
	first := r.line(0)
	if !isFence(first) {
		r.ds.Warnf(r.position(0), "the page has no front matter: its title and doc_type are not known")
		return 0, 0, false
	}
	start = min(len(first)+1, len(r.data))
	fallback := -1
	for end = start; end < len(r.data); {
		line := r.line(end)
		if isFence(line) {
			return start, end, true
		}
		if fallback < 0 && (len(bytes.TrimSpace(line)) == 0 || line[0] == '#') {
			fallback = end
		}
		end = min(end+len(line)+1, len(r.data))
	}
	if fallback >= 0 {
		end = fallback
	}
	return start, end, true
}

func isFence(line []byte) bool { return string(bytes.TrimRight(line, " \t")) == "---" }

// decodeFrontMatter takes the two texts of the page out of the syntax tree. To
// decode the rest, with all that YAML can do, serves nothing.
func (r *reader) decodeFrontMatter(data []byte, start int, m *frontMatter) error {
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		return err
	}
	for _, doc := range file.Docs {
		var pairs []*ast.MappingValueNode
		switch body := doc.Body.(type) {
		case nil:
		case *ast.MappingNode:
			pairs = body.Values
		case *ast.MappingValueNode:
			pairs = []*ast.MappingValueNode{body}
		default:
			return errors.New("it holds no names with values")
		}
		for _, pair := range pairs {
			key := pair.Key.GetToken()
			switch key.Value {
			case "title":
				m.title = oneLine(scalar(pair.Value))
			case "ms.date":
				m.date = r.date(scalar(pair.Value), start+offsetIn(data, key.Position.Line, key.Position.Column))
			case "doc_type":
				m.docType = oneLine(scalar(pair.Value))
				m.offset = start + offsetIn(data, key.Position.Line, key.Position.Column)
			}
		}
	}
	return nil
}

// date returns a date as the front matter has it, 07/15/2024, in the order that
// dates sort in.
func (r *reader) date(text string, offset int) string {
	text = oneLine(text)
	date, err := time.Parse("01/02/2006", text)
	if err != nil {
		r.ds.Warnf(r.position(offset), "ms.date is %q, not a date such as 07/15/2024: it is left out", short(text))
		return ""
	}
	return date.Format(time.DateOnly)
}

// scalar returns the text of a node, "" if it is none.
func scalar(n ast.Node) string {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return n.Value.Value
	case ast.ScalarNode:
		if token := n.GetToken(); token != nil && n.Type() != ast.NullType {
			return token.Value
		}
	}
	return ""
}

// scalarLine returns what follows a name at the start of a line.
func scalarLine(data []byte, name string) string {
	for line := range strings.Lines(string(data)) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			return oneLine(strings.Trim(strings.TrimSpace(value), `"'`))
		}
	}
	return ""
}

// offsetIn returns the offset of a line and column that the YAML parser gives,
// whose columns count characters.
func offsetIn(data []byte, line, column int) int {
	offset := 0
	for ; line > 1; line-- {
		i := bytes.IndexByte(data[offset:], '\n')
		if i < 0 {
			break
		}
		offset += i + 1
	}
	for range string(data[offset:]) {
		if column <= 1 || data[offset] == '\n' {
			break
		}
		column--
		offset++
		for offset < len(data) && data[offset]&0xC0 == 0x80 {
			offset++
		}
	}
	return min(offset, len(data))
}
