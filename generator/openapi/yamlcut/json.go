package yamlcut

import (
	"bytes"
	"encoding/json/jsontext"
	"slices"
)

// jsonScanner reads a document in JSON token by token.
type jsonScanner struct {
	*jsontext.Decoder
	data []byte
}

func newJSONScanner(data []byte) jsonScanner {
	return jsonScanner{jsontext.NewDecoder(bytes.NewBuffer(data), jsontext.AllowDuplicateNames(true)), data}
}

func scanJSON(data []byte) *Outline {
	s := newJSONScanner(data)
	var o *Outline
	ok := s.members(func(name string, _ int) bool {
		if name != "paths" || s.PeekKind() != '{' {
			return s.SkipValue() == nil
		}
		if o != nil {
			return false // "paths" occurs twice
		}
		o = &Outline{JSON: true}
		return s.members(func(name string, start int) bool {
			p := &Path{Name: name, At: start}
			o.Paths = append(o.Paths, p)
			ok := s.pathItem(p)
			p.Part = s.part(start)
			return ok
		})
	})
	if !ok {
		return nil
	}
	return o
}

func (s jsonScanner) pathItem(p *Path) bool {
	if s.PeekKind() != '{' {
		p.Opaque = true
		return s.SkipValue() == nil
	}
	return s.members(func(name string, start int) bool {
		if s.PeekKind() != '{' {
			if s.SkipValue() != nil {
				return false
			}
		} else if !s.operation(p) {
			return false
		}
		p.add(name, s.part(start), true)
		return true
	})
}

// operation reads an operation, whose fields must have different names.
func (s jsonScanner) operation(p *Path) bool {
	var names []string
	return s.members(func(name string, _ int) bool {
		p.Opaque = p.Opaque || slices.Contains(names, name)
		names = append(names, name)
		return s.SkipValue() == nil
	})
}

// members reads an object. For each member it calls read with the offset of
// the name; read reads the value. Members returns false if anything is wrong.
func (s jsonScanner) members(read func(name string, start int) bool) bool {
	if token, err := s.ReadToken(); err != nil || token.Kind() != '{' {
		return false
	}
	for s.PeekKind() == '"' {
		start := s.next()
		token, err := s.ReadToken()
		if err != nil || !read(token.String(), start) {
			return false
		}
	}
	token, err := s.ReadToken()
	return err == nil && token.Kind() == '}'
}

// next returns the offset of the next token.
func (s jsonScanner) next() int {
	at := int(s.InputOffset())
	for at < len(s.data) && bytes.IndexByte([]byte(" \t\r\n,:"), s.data[at]) >= 0 {
		at++
	}
	return at
}

// part returns the text from start up to the last token.
func (s jsonScanner) part(start int) Part {
	return Part{Text: s.data[start:s.InputOffset()], Offset: start}
}

func (o Operation) jsonField(name string) (field Part, understood bool) {
	s := newJSONScanner(Wrap(o.Text))
	understood = s.members(func(string, int) bool {
		return s.PeekKind() == '{' && s.members(func(member string, start int) bool {
			if s.SkipValue() != nil || member == name && field.Text != nil {
				return false
			}
			if member == name {
				field = s.part(start)
				field.Offset += o.Offset - len("{")
			}
			return true
		})
	})
	return field, understood
}

// Wrap returns the text of a part in JSON as an object with this member alone.
func Wrap(text []byte) []byte {
	return append(append([]byte("{"), text...), '}')
}
