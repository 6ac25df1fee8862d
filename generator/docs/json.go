package docs

import (
	"bytes"
	"encoding/json/jsontext"
	"errors"
	"fmt"
	"iter"
	"unicode"

	"github.com/tailscale/hujson"
)

// readJSON returns a fragment as valid JSON, in which names may occur twice. It
// accepts comments and commas after the last item. Where the fragment is not
// JSON it warns, with the consequence.
func (r *reader) readJSON(f fragment, consequence string) (fragment, bool) {
	f.text = bytes.Clone(f.text)
	blankMargins(f.text)
	if at, err := checkJSON(f.text); err != nil {
		lenient, lenientAt, lenientErr := standardized(f.text)
		if lenientErr != nil {
			r.warnf(f.offset(lenientAt), "%s, as it is not JSON: %s", consequence, shortened(oneLine(lenientErr.Error())))
			return fragment{}, false
		}
		r.warnf(f.offset(at), "comments and commas after the last item are left out, as they are not JSON")
		f.text = lenient
	}
	r.checkNames(f)
	return f, true
}

// blankMargins overwrites the white space at the start and end of lines that
// JSON does not know, such as no-break spaces.
func blankMargins(text []byte) {
	for line := range bytes.Lines(text) {
		inner := bytes.TrimFunc(line, unicode.IsSpace)
		start := len(line) - len(bytes.TrimLeftFunc(line, unicode.IsSpace))
		blank(line[:start])
		blank(line[start+len(inner):])
	}
}

// standardized returns JSON without comments and commas after the last item.
// Each byte stays at its offset. If there is a mistake, at is its offset.
func standardized(text []byte) (standard []byte, at int, err error) {
	value, err := hujson.Parse(bytes.Clone(text))
	if err != nil {
		// The error gives its place only as text.
		var line, column int
		if _, scanErr := fmt.Sscanf(err.Error(), "hujson: line %d, column %d:", &line, &column); scanErr == nil {
			at = offsetIn(text, line, 1) + column - 1
		}
		if reason := errors.Unwrap(err); reason != nil {
			err = reason
		}
		return nil, at, err
	}
	value.Standardize()
	standard = value.Pack()
	at, err = checkJSON(standard)
	return standard, at, err
}

// checkJSON checks that a text is JSON, apart from names that occur twice. If
// there is a mistake, at is its offset.
func checkJSON(text []byte) (at int, err error) {
	d := jsontext.NewDecoder(bytes.NewBuffer(text), jsontext.AllowDuplicateNames(true))
	err = d.SkipValue()
	if err == nil {
		if rest := bytes.TrimLeft(text[d.InputOffset():], " \t\n"); len(rest) > 0 {
			return len(text) - len(rest), errors.New("there is text after the end of the value")
		}
		return 0, nil
	}
	if syntactic, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		return int(syntactic.ByteOffset), syntactic.Err
	}
	return len(text), err
}

// checkNames warns of names that occur twice in an object.
func (r *reader) checkNames(f fragment) {
	if jsontext.Value(f.text).IsValid() {
		return
	}
	var objects []map[string]bool // the names in each object around
	d := jsontext.NewDecoder(bytes.NewBuffer(f.text), jsontext.AllowDuplicateNames(true))
	for {
		start := int(d.InputOffset())
		token, err := d.ReadToken()
		if err != nil {
			return
		}
		switch token.Kind() {
		case '{', '[':
			objects = append(objects, map[string]bool{})
			continue
		case '}', ']':
			objects = objects[:len(objects)-1]
			continue
		}
		kind, length := d.StackIndex(d.StackDepth())
		if kind != '{' || length%2 == 0 {
			continue // not a name
		}
		name, names := token.String(), objects[len(objects)-1]
		if names[name] {
			start += bytes.IndexByte(f.text[start:], '"')
			r.warnf(f.offset(start), "the object has %q twice", shortened(name))
		}
		names[name] = true
	}
}

// member is a name in a JSON object, and the offset of its quote.
type member struct {
	name string
	at   int
}

// members yields the members of a JSON object, up to the first mistake.
func members(object []byte) iter.Seq2[member, jsontext.Value] {
	return func(yield func(member, jsontext.Value) bool) {
		d := jsontext.NewDecoder(bytes.NewReader(object), jsontext.AllowDuplicateNames(true))
		if token, err := d.ReadToken(); err != nil || token.Kind() != '{' {
			return
		}
		for d.PeekKind() == '"' {
			at := int(d.InputOffset())
			at += max(bytes.IndexByte(object[at:], '"'), 0)
			token, err := d.ReadToken()
			if err != nil {
				return
			}
			name := token.String()
			value, err := d.ReadValue()
			if err != nil || !yield(member{name, at}, value) {
				return
			}
		}
	}
}
