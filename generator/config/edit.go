package config

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/templates"
)

// Edit returns the text of a configuration file that selects what o asks for. All
// else in the text stays as it is, with its comments.
//
// Errors are an *Error: data is not a configuration, or it is written in a way
// that Edit cannot change.
func Edit(file string, data []byte, o api.Options) ([]byte, error) {
	before, err := decode(file, data)
	if err != nil {
		return nil, err
	}
	text, marked := strings.CutPrefix(string(data), byteOrderMark)
	for _, list := range []struct {
		key      string
		old, new []string
	}{
		{"include", before.Include, o.Include},
		{"exclude", before.Exclude, o.Exclude},
		{"types", before.Types, o.Types},
		{"expand", before.Expand, o.Expand},
		{"derived", before.Derived, o.Derived},
	} {
		if slices.Equal(list.old, list.new) {
			continue
		}
		if at := commentIn(text, list.key); at != nil {
			return nil, Errorf("%s:%d:%d: this comment in the brackets of %s would be lost: change the list in the file, or write each item on a line of its own, after - and without brackets", file, at.Line, at.Column, list.key)
		}
		text = editList(text, list.key, list.new)
	}
	want := before
	want.Options = o
	if after, err := decode(file, []byte(text)); err != nil || !sameConfig(after, want) {
		return nil, Errorf("%s: the lists in the file are written in a way that cannot be changed here: change them in the file", file)
	}
	if marked {
		text = byteOrderMark + text
	}
	return []byte(text), nil
}

// sameConfig reports whether two configurations say the same: the order in a list
// does not count.
func sameConfig(a, b Config) bool {
	for _, c := range []*Config{&a, &b} {
		for _, list := range []*[]string{&c.Include, &c.Exclude, &c.Types, &c.Expand, &c.Derived, &c.ReadOnly, &c.Settable} {
			*list = slices.Sorted(slices.Values(*list)) // nil if it is empty
		}
	}
	return reflect.DeepEqual(a, b)
}

// editList returns a text whose top-level key has a list of items.
func editList(text, key string, items []string) string {
	end := "\n"
	if strings.Contains(text, "\r\n") {
		end = "\r\n"
	}
	pair := findKey(text, key)
	lines := strings.SplitAfter(text, "\n")
	switch value := valueNode(pair); {
	case pair == nil && len(items) == 0:
		return text
	case pair == nil:
		return addKey(text, key, key+":"+end+blockItems("  ", items, end), end)
	case value == nil: // the key alone
		at := valueOf(pair.Key).at.Line
		return join(lines[:at]) + blockItems("  ", items, end) + join(lines[at:])
	case value.IsFlowStyle:
		return editFlow(text, value, items)
	default:
		return editBlock(lines, pair, value, items, end)
	}
}

// addKey adds the lines of a new top-level key to a text: below the comment that shows the
// key, "# derived: [...]", or at the end. The lines replace the sample that [File] writes.
func addKey(text, key, added, end string) string {
	lines := strings.SplitAfter(text, "\n")
	for i, line := range lines {
		if !strings.HasPrefix(line, "# "+key+":") || !topLevel(lines[i+1:]) {
			continue
		}
		before := join(lines[:i])
		if !isSample(line) {
			before += strings.TrimRight(line, "\r\n") + end
		}
		return before + added + join(lines[i+1:])
	}
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += end
	}
	return text + added
}

// topLevel reports whether lines begin with a key, after comments and empty lines, and not
// within a value.
func topLevel(lines []string) bool {
	for _, line := range lines {
		if line = strings.TrimRight(line, "\r\n"); line == "" || line[0] == '#' {
			continue
		}
		key, _, _ := strings.Cut(line, ":")
		return slices.Contains(keys(), key)
	}
	return true
}

// isSample reports whether a line is a comment that a first configuration has.
func isSample(line string) bool {
	text, err := templates.Config(templates.ConfigNames{})
	return err == nil && slices.Contains(strings.Split(string(text), "\n"), strings.TrimRight(line, "\r\n"))
}

// findKey returns the top-level pair with a key, or nil.
func findKey(text, key string) *ast.MappingValueNode {
	document, err := parser.ParseBytes([]byte(text), 0)
	if err != nil || len(document.Docs) == 0 {
		return nil
	}
	for _, pair := range pairsOf(document.Docs[0].Body) {
		if valueOf(pair.Key).text == key {
			return pair
		}
	}
	return nil
}

func valueNode(pair *ast.MappingValueNode) *ast.SequenceNode {
	if pair == nil {
		return nil
	}
	list, _ := pair.Value.(*ast.SequenceNode)
	return list
}

// editBlock changes a list with an item on each line. Items that stay keep their line.
func editBlock(lines []string, pair *ast.MappingValueNode, list *ast.SequenceNode, items []string, end string) string {
	drop := map[int]bool{} // by number of the line
	last := 0
	indent := "  "
	wanted, kept := map[string]bool{}, map[string]bool{}
	for _, item := range items {
		wanted[item] = true
	}
	for _, item := range list.Values {
		v := valueOf(item)
		line := lines[v.at.Line-1]
		indent = line[:len(line)-len(strings.TrimLeft(line, " "))]
		last = v.at.Line
		if wanted[v.text] && !kept[v.text] {
			kept[v.text] = true
		} else {
			drop[v.at.Line] = true
		}
	}
	if len(items) == 0 {
		drop[valueOf(pair.Key).at.Line] = true
	}
	var out strings.Builder
	for i, line := range lines {
		if number := i + 1; !drop[number] {
			out.WriteString(line)
		}
		if i+1 == last {
			if !strings.HasSuffix(lines[i], "\n") && !drop[last] {
				out.WriteString(end)
			}
			out.WriteString(blockItems(indent, slices.DeleteFunc(slices.Clone(items), func(s string) bool { return kept[s] }), end))
		}
	}
	return out.String()
}

func blockItems(indent string, items []string, end string) string {
	var b strings.Builder
	for _, item := range items {
		b.WriteString(indent + "- " + plainScalar(item) + end)
	}
	return b.String()
}

// plainScalar returns a text as YAML, in quotes only if it needs them. The YAML library
// leaves out some quotes that it needs to read the text again.
func plainScalar(text string) string {
	data, err := yaml.Marshal(text)
	line := strings.TrimSuffix(string(data), "\n")
	var again []string
	if err == nil && !strings.Contains(line, "\n") && yaml.Unmarshal([]byte("- "+line+"\n"), &again) == nil && len(again) == 1 && again[0] == text {
		return line
	}
	return strconv.Quote(text)
}

// commentIn returns the position of the first comment in the brackets of a list, which
// editFlow replaces, or nil.
func commentIn(text, key string) *token.Position {
	list := valueNode(findKey(text, key))
	if list == nil || !list.IsFlowStyle {
		return nil
	}
	for t := list.Start; t != nil && t != list.End; t = t.Next {
		if t.Type == token.CommentType {
			return t.Position
		}
	}
	return nil
}

// editFlow changes a list in brackets.
func editFlow(text string, list *ast.SequenceNode, items []string) string {
	var quoted []string
	for _, item := range items {
		if strings.ContainsAny(item, `,[]{}#:"'`) || plainScalar(item) != item {
			item = strconv.Quote(item)
		}
		quoted = append(quoted, item)
	}
	return text[:offset(text, list.Start)] + "[" + strings.Join(quoted, ", ") + "]" + text[offset(text, list.End)+1:]
}

// offset returns the offset of a token in bytes.
func offset(text string, t *token.Token) int {
	at := 0
	for range t.Position.Line - 1 {
		at += strings.IndexByte(text[at:], '\n') + 1
	}
	for range t.Position.Column - 1 {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

func join(lines []string) string { return strings.Join(lines, "") }
