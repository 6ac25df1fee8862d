package openapi

import (
	"bytes"
	"encoding/json/jsontext"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"github.com/msgraphgen/msgraphgen/generator/openapi/yamlcut"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// document is a file in YAML or JSON.
type document struct {
	file    string // as the user calls it
	name    string // its path below the folder of the source
	data    []byte
	lines   *yamlcut.Lines
	outline *yamlcut.Outline // where its paths are, which root lacks; nil if root has them
	root    value
	second  int                             // the line in which another YAML document begins in the file, or 0
	indexes map[*yaml.Node]map[string]value // of large objects
}

// parse parses a document. If cut is true it leaves the paths out, if it can
// find them without parsing.
func parse(file, name string, data []byte, cut bool) (*document, error) {
	if len(data) > math.MaxInt32 {
		return nil, source.Errorf(source.Position{File: file}, "the file is larger than 2 GiB")
	}
	if rest, ok := bytes.CutPrefix(data, []byte("%YAML 1.2")); ok {
		data = append([]byte("%YAML 1.1"), rest...) // the library reads both as 1.1, but refuses the number
	}
	d := &document{file: file, name: name, data: data, lines: yamlcut.NewLines(data), indexes: map[*yaml.Node]map[string]value{}}
	d.second = secondDocument(data)
	if cut && d.second == 0 {
		d.outline = yamlcut.Scan(data)
	}
	if d.outline == nil {
		return d, d.parseRoot(data, 0, 0)
	}
	head, tail := d.outline.Head, d.outline.Tail
	return d, d.parseRoot(slices.Concat(head.Text, tail.Text), len(head.Text), tail.Offset-len(head.Text))
}

// secondDocument returns the line with the marker before a second YAML document,
// or 0. No text in YAML has a marker at the start of a line.
func secondDocument(data []byte) int {
	number, marker := 0, 0
	begun := false // whether the first document has begun
	for line := range bytes.Lines(data) {
		number++
		text, isMarker := bytes.TrimSpace(line), false
		for _, mark := range []string{"---", "..."} {
			if rest, ok := bytes.CutPrefix(line, []byte(mark)); ok && (len(text) == len(mark) || bytes.IndexByte([]byte(" \t"), rest[0]) >= 0) {
				text, isMarker = bytes.TrimSpace(rest), true
			}
		}
		if isMarker && begun && marker == 0 {
			marker = number
		}
		begun = begun || isMarker
		if len(text) == 0 || text[0] == '#' || line[0] == '%' {
			continue
		}
		if marker > 0 {
			return marker
		}
		begun = true
	}
	return 0
}

// parseRoot parses the text of the document, in which a number of bytes is
// missing at an offset.
func (d *document) parseRoot(data []byte, gap, missing int) error {
	if isObjectOfJSON(data) && (d.outline == nil || d.outline.JSON) {
		whole := func(offset int) int {
			if offset >= gap {
				offset += missing
			}
			return offset
		}
		if node, err := d.parseJSON(data, whole); err == nil {
			d.root = value{node: node, in: &piece{doc: d, exact: true}}
			return nil
		} // else YAML can be less strict
	}
	in := &piece{doc: d}
	if missing > 0 {
		in.gap = 1 + bytes.Count(data[:gap], []byte("\n"))
		line, _ := d.lines.Position(gap + missing)
		in.missing = line - in.gap
	}
	root, err := in.parseYAML(data)
	if err == nil {
		err = checkExpansion(root)
	}
	d.root = root
	return err
}

// parsePart parses a part of the outline: an object with one member.
func (d *document) parsePart(part yamlcut.Part) (value, error) {
	if d.outline.JSON {
		node, err := d.parseJSON(yamlcut.Wrap(part.Text), func(offset int) int { return part.Offset + offset - len("{") })
		return value{node: node, in: &piece{doc: d, exact: true}}, err
	}
	line, _ := d.lines.Position(part.Offset)
	return (&piece{doc: d, line: line - 1}).parseYAML(part.Text)
}

// piece is a part of a document that is parsed by itself.
type piece struct {
	doc          *document
	exact        bool // whether the nodes have their positions in the document already
	line         int  // the number of lines before it
	gap, missing int  // from the line gap on, that many lines are missing in it
}

// position returns the position of a node.
func (in *piece) position(n *yaml.Node) source.Position {
	return in.at(n.Line, n.Column)
}

func (in *piece) at(line, column int) source.Position {
	at := source.Position{File: in.doc.file}
	switch {
	case line < 1:
		return at
	case in.exact:
		at.Line, at.Column = line, column
		return at
	case in.missing > 0 && line >= in.gap:
		line += in.missing
	}
	at.Line = line + in.line
	at.Column = in.doc.lines.Column(at.Line, column)
	return at
}

// maxDepth is how deep a document may be nested. In those of Graph it is fewer
// than 30.
const maxDepth = 1000

var errTooDeep = fmt.Errorf("the document is nested more than %d levels deep", maxDepth)

func (in *piece) parseYAML(data []byte) (value, error) {
	limit := loaderlimits.New(loaderlimits.DepthFunc(func(depth int, _ *loaderlimits.DepthContext) error {
		if depth > maxDepth {
			return errTooDeep
		}
		return nil
	}))
	var document yaml.Node
	err := yaml.Load(data, &document, yaml.WithSingleDocument(), yaml.WithPlugin(limit))
	if err != nil && !strings.Contains(err.Error(), "no documents in stream") {
		at := source.Position{File: in.doc.file}
		message := err.Error()
		if e, ok := errors.AsType[*yaml.LoadError](err); ok {
			at, message = in.at(e.Mark.Line, e.Mark.Column), e.Message
		}
		return value{}, source.Errorf(at, "%s", explain(message))
	}
	if len(document.Content) != 1 {
		return value{in: in}, nil
	}
	return value{node: document.Content[0], in: in}.resolved(), nil
}

// explain adds to a message of the YAML library what to do.
func explain(message string) string {
	message = strings.Join(strings.Fields(message), " ")
	switch {
	case strings.Contains(message, "cannot start any token"):
		return message + ": indent YAML with spaces, not with tabs, and quote text that begins with a special character"
	case strings.Contains(message, "mapping values are not allowed"):
		return message + ": quote text that contains a colon"
	}
	return message
}

func isObjectOfJSON(data []byte) bool {
	start := bytes.TrimLeft(data, " \t\r\n")
	return len(start) > 0 && start[0] == '{'
}

// parseJSON returns the tree of a document in JSON. The function whole returns
// the offset in the document that an offset in data has.
func (d *document) parseJSON(data []byte, whole func(offset int) int) (*yaml.Node, error) {
	decoder := jsontext.NewDecoder(bytes.NewBuffer(data), jsontext.AllowDuplicateNames(true))
	root := &yaml.Node{}
	open := []*yaml.Node{root}
	for {
		start := int(decoder.InputOffset())
		for start < len(data) && bytes.IndexByte([]byte(" \t\r\n,:"), data[start]) >= 0 {
			start++
		}
		token, err := decoder.ReadToken()
		if err == io.EOF && len(root.Content) == 1 {
			return root.Content[0], nil
		}
		if err != nil {
			return nil, err
		}
		n := &yaml.Node{Kind: yaml.ScalarNode}
		n.Line, n.Column = d.lines.Position(whole(start))
		switch token.Kind() {
		case '}', ']':
			open = open[:len(open)-1]
			continue
		case '{':
			n.Kind = yaml.MappingNode
		case '[':
			n.Kind = yaml.SequenceNode
		case '"':
			n.Tag, n.Value, n.Style = "!!str", token.String(), yaml.DoubleQuotedStyle
		case 'n':
			n.Tag = "!!null"
		case '0':
			n.Tag, n.Value = "!!float", token.String()
		default:
			n.Tag, n.Value = "!!bool", token.String()
		}
		parent := open[len(open)-1]
		parent.Content = append(parent.Content, n)
		if n.Kind != yaml.ScalarNode {
			if open = append(open, n); len(open) > maxDepth+1 {
				return nil, errTooDeep
			}
		}
	}
}

// maxExpansion is how many values the aliases of a document may stand for.
const maxExpansion = 100_000

// checkExpansion counts what the aliases of a document stand for, without
// expanding them: in a few lines that can be more than fits into memory.
func checkExpansion(root value) error {
	if root.node == nil || !bytes.ContainsRune(root.in.doc.data, '&') {
		return nil
	}
	sizes := map[*yaml.Node]int{} // of the anchors; 0 while they are counted
	var err error
	var count func(n *yaml.Node) int
	count = func(n *yaml.Node) int {
		if n.Kind == yaml.AliasNode {
			size, counted := sizes[n.Alias]
			if counted && size == 0 && err == nil {
				err = source.Errorf(root.in.position(n), "the anchor %s contains itself", n.Value)
			}
			return size
		}
		size := 1
		if n.Anchor != "" {
			sizes[n] = 0
		}
		for _, child := range n.Content {
			size += count(child)
		}
		if n.Anchor != "" {
			sizes[n] = size
		}
		if size > maxExpansion+len(root.in.doc.data) && err == nil {
			err = source.Errorf(root.in.position(n), "the aliases in this value stand for more than %d values", maxExpansion)
		}
		return min(size, 2*(maxExpansion+len(root.in.doc.data)))
	}
	count(root.node)
	return err
}
