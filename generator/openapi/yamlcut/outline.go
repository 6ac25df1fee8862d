package yamlcut

import (
	"bytes"
	"slices"
	"strings"
)

// scanYAML finds the paths of a document in YAML by their indentation.
func scanYAML(data []byte) *Outline {
	if hasOtherBreaks(data) {
		return nil
	}
	s := scanner{data: data, outline: &Outline{}}
	offset := 0
	for line := range bytes.Lines(data) {
		start := offset
		offset += len(line)
		text, indent := content(line)
		if text == nil {
			continue
		}
		if bytes.HasPrefix(line, []byte("---")) && len(s.outline.Paths) > 0 {
			return nil // another document
		}
		done, ok := s.add(text, indent, start)
		if !ok {
			return nil
		}
		if done {
			break
		}
	}
	s.end(len(data))
	paths := s.outline.Paths
	if len(paths) == 0 || s.text.quote != 0 || hasAnchor(data[paths[0].Offset:paths[len(paths)-1].End()]) {
		return nil
	}
	return s.outline
}

// content returns a line without its indentation and line break, and how far
// it is indented. The text of an empty line or a comment is nil.
func content(line []byte) (text []byte, indent int) {
	line = bytes.TrimRight(line, "\r\n")
	text = bytes.TrimLeft(line, " ")
	if len(text) == 0 || text[0] == '#' {
		return nil, 0
	}
	return text, len(line) - len(text)
}

// scanner reads a document in YAML line by line.
type scanner struct {
	data    []byte
	outline *Outline
	inside  bool // in the value of "paths"
	outer   int  // the indentation of paths
	inner   int  // the indentation of the fields of the last path
	fields  int  // the indentation of the fields of its last operation, or 0
	names   []string
	text    multiline
}

// add reads a line. It reports whether the paths are over, and returns false
// if it does not understand the line.
func (s *scanner) add(text []byte, indent, start int) (done, ok bool) {
	switch {
	case indent == 0 && s.inside:
		if len(s.outline.Paths) == 0 || text[0] == '\t' {
			return false, false
		}
		s.end(start)
		return true, true
	case indent == 0:
		s.inside = keyOf(text) == "paths"
		return false, !s.inside || isOnlyKey(text, "paths")
	case !s.inside:
		return false, true
	}
	if holds, ok := s.text.holds(text, indent); holds || !ok {
		return false, ok
	}
	if text[0] == '\t' || !s.text.begin(text, indent) {
		return false, false
	}
	if s.outer == 0 {
		s.outer = indent
	}
	switch {
	case indent < s.outer:
		return false, false
	case indent == s.outer:
		return false, s.path(text, indent, start)
	}
	if s.inner == 0 {
		s.inner = indent
	}
	if last := s.last(); indent < s.inner {
		last.Opaque = true
	} else if indent == s.inner {
		s.endMember(start)
		last.add(keyOf(text), Part{Offset: start}, false)
		s.fields, s.names = 0, s.names[:0]
	} else if n := len(last.Operations); n > 0 && last.Operations[n-1].Text == nil {
		s.field(last, text, indent)
	}
	return false, true
}

// field reads a line of an operation, whose fields must have different names.
func (s *scanner) field(last *Path, text []byte, indent int) {
	if s.fields == 0 {
		s.fields = indent
	}
	if indent != s.fields || bytes.HasPrefix(text, []byte("- ")) {
		return
	}
	name := keyOf(text)
	last.Opaque = last.Opaque || slices.Contains(s.names, name)
	s.names = append(s.names, name)
}

// path reads a line that a path begins with.
func (s *scanner) path(text []byte, indent, start int) bool {
	name := keyOf(text)
	if !strings.HasPrefix(name, "/") {
		return false
	}
	s.end(start)
	s.outline.Paths = append(s.outline.Paths, &Path{
		Part:   Part{Offset: start},
		Name:   name,
		At:     start + indent,
		Opaque: !isOnlyKey(text, name),
	})
	s.inner = 0
	return true
}

func (s *scanner) last() *Path { return s.outline.Paths[len(s.outline.Paths)-1] }

// end says where the last path ends, unless that is known.
func (s *scanner) end(at int) {
	if len(s.outline.Paths) > 0 && s.last().Text == nil {
		s.endMember(at)
		s.last().Text = s.data[s.last().Offset:at]
	}
}

// endMember says where the last operation, or the parameters, of the last path end,
// unless that is known.
func (s *scanner) endMember(at int) {
	last := s.last()
	if n := len(last.Operations); n > 0 && last.Operations[n-1].Text == nil {
		last.Operations[n-1].Text = s.data[last.Operations[n-1].Offset:at]
	}
	if p := &last.Parameters; p.Offset > 0 && p.Text == nil {
		p.Text = s.data[p.Offset:at]
	}
}

func (o Operation) yamlField(name string) (field Part, understood bool) {
	var text multiline
	inner, offset := 0, 0
	found := -1 // the offset of the field, until it ends
	for line := range bytes.Lines(o.Text) {
		start := offset
		offset += len(line)
		content, indent := content(line)
		if content == nil {
			continue
		}
		if start == 0 {
			if !isOnlyKey(content, strings.ToLower(o.Verb)) {
				return field, false
			}
			continue
		}
		if holds, ok := text.holds(content, indent); !ok {
			return field, false
		} else if holds {
			continue
		}
		if !text.begin(content, indent) {
			return field, false
		}
		if inner == 0 {
			inner = indent
		}
		if indent < inner {
			return field, false
		}
		if indent > inner || bytes.HasPrefix(content, []byte("- ")) {
			continue
		}
		if found >= 0 {
			field = Part{Text: o.Text[found:start], Offset: o.Offset + found}
			found = -1
		}
		if key := keyOf(content); key == "" || key == "<<" || key == name && field.Text != nil {
			return field, false
		} else if key == name {
			found = start
		}
	}
	if found >= 0 {
		field = Part{Text: o.Text[found:], Offset: o.Offset + found}
	}
	return field, true
}
