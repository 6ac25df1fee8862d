package docs

import (
	"bytes"
	"encoding/json/jsontext"
	"errors"
)

// json returns a piece of JSON as valid JSON, in which names may occur twice.
// What cannot be mended is reported with the consequence, and false returned.
func (r *reader) json(f fragment, consequence string) (fragment, bool) {
	if err := validate(f.text); err != nil {
		m := mender{src: f.text}
		if failure := m.mend(); failure != nil {
			r.ds.Warnf(r.position(f.offset(failure.at)), "this is not JSON: %s: %s", failure.message, consequence)
			return fragment{}, false
		}
		mended := fragment{text: m.out, offsets: make([]int, len(m.out))}
		for i, at := range m.index {
			mended.offsets[i] = f.offset(at)
		}
		if err := validate(mended.text); err != nil {
			// The mender leaves only this to the library.
			r.ds.Warnf(r.position(mended.offset(int(err.ByteOffset))), "this is not JSON: an escape in a string is no character, or it is nested too deep: %s", consequence)
			return fragment{}, false
		}
		for _, p := range m.mended {
			r.ds.Warnf(r.position(f.offset(p.at)), "%s", p.message)
		}
		f = mended
	}
	r.checkNames(f)
	return f, true
}

// validate returns nil if a text is JSON, apart from names that occur twice.
func validate(text []byte) *jsontext.SyntacticError {
	d := jsontext.NewDecoder(bytes.NewBuffer(text), jsontext.AllowDuplicateNames(true))
	err := d.SkipValue()
	if err == nil {
		if rest := bytes.TrimLeft(text[d.InputOffset():], " \t\n"); len(rest) > 0 {
			return &jsontext.SyntacticError{ByteOffset: int64(len(text) - len(rest)), Err: errors.New("text after the end")}
		}
		return nil
	}
	if syntactic, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		return syntactic
	}
	return &jsontext.SyntacticError{Err: err, ByteOffset: int64(len(text))} // the end is missing
}

// checkNames warns of names that an object has twice.
func (r *reader) checkNames(f fragment) {
	if jsontext.Value(f.text).IsValid() {
		return
	}
	var names []map[string]bool // of the objects around
	d := jsontext.NewDecoder(bytes.NewBuffer(f.text), jsontext.AllowDuplicateNames(true))
	for {
		start := int(d.InputOffset())
		token, err := d.ReadToken()
		if err != nil {
			return
		}
		switch token.Kind() {
		case '{', '[':
			names = append(names, map[string]bool{})
			continue
		case '}', ']':
			names = names[:len(names)-1]
			continue
		}
		kind, length := d.StackIndex(d.StackDepth())
		if kind != '{' || length%2 == 0 {
			continue // no name
		}
		name, seen := token.String(), names[len(names)-1]
		if seen[name] {
			start += bytes.IndexByte(f.text[start:], '"')
			r.ds.Warnf(r.position(f.offset(start)), "%q is there twice, and stays so", short(name))
		}
		seen[name] = true
	}
}
