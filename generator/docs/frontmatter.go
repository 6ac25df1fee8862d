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

// Limits of the front matter that is parsed as YAML: the parser takes the square of
// its size and of its brackets.
const (
	maxFrontMatter   = 16 << 10 // bytes
	maxFrontBrackets = 100
)

// frontMatter holds the entries of the front matter that matter here.
type frontMatter struct {
	title   string
	docType string
	date    string // "2024-07-15"
	offset  int    // of doc_type, else of the front matter
}

// frontMatter reads the YAML between the --- lines at the start, and blanks it,
// as it is not Markdown.
func (r *reader) frontMatter() frontMatter {
	start, end, ok := r.frontMatterLines()
	if !ok {
		r.warnf(0, "the page has no front matter: --- lines around its title and doc_type")
		return frontMatter{}
	}
	data := bytes.Clone(r.data[start:end])
	blank(r.data[:end])
	if line := r.line(end); isFence(line) {
		blank(line)
	} else {
		r.warnf(start, "the front matter has no end; add a line ---")
	}
	m := frontMatter{offset: start}
	if len(data) > maxFrontMatter || bytes.Count(data, []byte("["))+bytes.Count(data, []byte("{")) > maxFrontBrackets {
		r.warnf(start, "the front matter is read line by line, as it is larger than %d KB or has more than %d [ and {", maxFrontMatter>>10, maxFrontBrackets)
		return r.frontMatterByLine(data, start)
	}
	if err := r.decodeFrontMatter(data, start, &m); err != nil {
		at, message := start, err.Error()
		if e, ok := errors.AsType[yaml.Error](err); ok {
			message = e.GetMessage()
			if token := e.GetToken(); token != nil {
				at = start + offsetIn(data, token.Position.Line, token.Position.Column)
			}
		}
		r.warnf(at, "the front matter is read line by line, as it is not YAML: %s", shortened(oneLine(strings.ReplaceAll(message, "'\t'", "tab"))))
		return r.frontMatterByLine(data, start)
	}
	return m
}

// frontMatterByLine reads the entries that are on a line of their own.
func (r *reader) frontMatterByLine(data []byte, start int) frontMatter {
	m := frontMatter{title: scalarLine(data, "title"), docType: scalarLine(data, "doc_type"), offset: start}
	if date := scalarLine(data, "ms.date"); date != "" {
		m.date = r.date(date, start)
	}
	return m
}

// frontMatterLines returns the extent of the front matter without its --- lines.
// Where the second one is missing, the front matter ends before the first empty
// line or heading.
func (t *text) frontMatterLines() (start, end int, ok bool) {
	first := t.line(0)
	if !isFence(first) {
		return 0, 0, false
	}
	start = min(len(first)+1, len(t.data))
	fallback := -1
	for end = start; end < len(t.data); {
		line := t.line(end)
		if isFence(line) {
			return start, end, true
		}
		if fallback < 0 && (len(bytes.TrimSpace(line)) == 0 || line[0] == '#') {
			fallback = end
		}
		end = min(end+len(line)+1, len(t.data))
	}
	if fallback >= 0 {
		end = fallback
	}
	return start, end, true
}

func isFence(line []byte) bool { return string(bytes.TrimRight(line, " \t")) == "---" }

// decodeFrontMatter takes the entries out of the syntax tree. It does not decode
// the rest: aliases and merges could make it huge.
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
			return errors.New("it does not consist of names and values")
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

// date converts a date, 07/15/2024, into one that sorts, 2024-07-15.
func (r *reader) date(text string, offset int) string {
	text = oneLine(text)
	date, err := time.Parse("01/02/2006", text)
	if err != nil {
		r.warnf(offset, "ms.date is left out: %q is not a date such as 07/15/2024", shortened(text))
		return ""
	}
	return date.Format(time.DateOnly)
}

// scalar returns the text of a node, or "" if the node has parts.
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
