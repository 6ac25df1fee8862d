package odata

import (
	"bytes"
	"encoding"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"fmt"
	"reflect"
	"slices"
	"time"
)

// lenient accepts what a service should not send but may: duplicate names, of
// which the last one counts, and invalid UTF-8, which becomes U+FFFD in strings.
var lenient = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

// MarshalJSONTo writes the value, null for null and absent (a struct leaves out
// what is absent), or what was received where that does not fit T or is spelled
// otherwise.
func (o *Opt[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	switch s := o.state; {
	case s == nil || s == null:
		return enc.WriteToken(jsontext.Null)
	case s.decoded != nil:
		b, err := json.Marshal(&o.value, optionsFor(&o.value))
		if err != nil {
			return err
		}
		if bytes.Equal(b, s.decoded) {
			b = s.raw
		}
		return enc.WriteValue(b)
	case s.raw != nil:
		return enc.WriteValue(s.raw)
	}
	if p, ok := any(&o.value).(*string); ok { // by far the most frequent
		return enc.WriteToken(jsontext.String(*p))
	}
	if opts := optionsFor(&o.value); opts != nil {
		return json.MarshalEncode(enc, &o.value, opts)
	}
	return json.MarshalEncode(enc, &o.value)
}

// MarshalJSON is for encoding/json, which does not call MarshalJSONTo for the
// fields of a struct that it is given by value.
func (o Opt[T]) MarshalJSON() ([]byte, error) { return json.Marshal(&o) }

// UnmarshalJSONFrom replaces o by the next JSON value. It fails only where the
// input is no JSON.
func (o *Opt[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	if o.state != nil {
		*o = Opt[T]{}
	}
	kind := dec.PeekKind()
	if kind == jsontext.KindNull {
		o.state = null
		_, err := dec.ReadToken()
		return err
	}
	if o.fits(kind) {
		o.state = set
		return json.UnmarshalDecode(dec, &o.value)
	}
	raw, err := dec.ReadValue()
	if err != nil {
		return err
	}
	o.decode(raw, dec.Options())
	return nil
}

// fits reports whether every JSON value of this kind is a T and comes out of it
// unchanged. That holds for nearly all properties, and makes them fast.
func (o *Opt[T]) fits(kind jsontext.Kind) bool {
	if _, ok := any(&o.value).(*string); ok {
		return kind == jsontext.KindString
	}
	switch t := reflect.TypeFor[T](); t.Kind() {
	case reflect.Pointer:
		return kind == jsontext.KindBeginObject
	case reflect.String:
		return kind == jsontext.KindString && isEnum(t)
	}
	return false
}

// isEnum reports whether t is the string type of an enumeration, rather than
// one of those that this package defines.
func isEnum(t reflect.Type) bool {
	return t.Kind() == reflect.String && t.PkgPath() != reflect.TypeFor[Guid]().PkgPath()
}

// text is implemented by those types whose JSON is a string of a certain form.
type text interface {
	encoding.TextAppender
	encoding.TextUnmarshaler
}

// decode decodes a JSON value that may not fit T, or may be spelled otherwise
// than the value that it stands for.
func (o *Opt[T]) decode(raw jsontext.Value, opts json.Options) {
	o.state = set
	if raw.Kind() == jsontext.KindString {
		var (
			s   = unquote(raw)
			buf [64]byte // the frequent types do without an allocation
			b   []byte
			err error
		)
		switch p := any(&o.value).(type) {
		case *time.Time:
			if err = p.UnmarshalText(s); err == nil {
				b, err = p.AppendText(buf[:0])
			}
		case *Date:
			if err = p.UnmarshalText(s); err == nil {
				b, err = p.AppendText(buf[:0])
			}
		case text:
			if err = p.UnmarshalText(s); err == nil {
				b, err = p.AppendText(nil)
			}
		default:
			goto other
		}
		if err != nil {
			*o = unfit[T](raw, err)
		} else if !bytes.Equal(b, s) {
			o.state = &state{raw: raw.Clone()}
		}
		return
	}
other:
	if err := json.Unmarshal(raw, &o.value, opts, optionsFor(&o.value)); err != nil {
		*o = unfit[T](raw, err)
		return
	}
	switch any(&o.value).(type) {
	case *jsontext.Value, *[]jsontext.Value:
		return
	}
	t := reflect.TypeFor[T]()
	collection := t.Kind() == reflect.Slice
	if collection {
		t = t.Elem()
		if i := nullItem(raw); i >= 0 && t.Kind() != reflect.Pointer {
			*o = unfit[T](raw, fmt.Errorf("odata: item %d is null, which %v cannot hold", i, t))
			return
		}
	}
	if t.Kind() == reflect.Pointer || t.Kind() == reflect.Bool || isEnum(t) {
		return
	}

	bb, err := json.Marshal(&o.value, optionsFor(&o.value))
	if err != nil {
		*o = unfit[T](raw, err)
		return
	}
	raw = raw.Clone()
	_ = raw.Compact() // only its white space matters
	if bytes.Equal(bb, raw) {
		return
	}
	o.state = &state{raw: raw}
	if collection {
		o.state.decoded = bb // callers may change items of the slice that Get returns
	}
}

// unquote returns the text of a JSON string.
func unquote(raw jsontext.Value) []byte {
	if !bytes.Contains(raw, []byte{'\\'}) {
		return raw[1 : len(raw)-1]
	}
	s, _ := jsontext.AppendUnquote(nil, raw) // an error means U+FFFD for invalid UTF-8
	return s
}

// nullItem returns the index of the first null in a JSON array, or -1.
func nullItem(raw jsontext.Value) int {
	if !bytes.Contains(raw, []byte("null")) {
		return -1
	}
	var items []jsontext.Value
	if err := json.Unmarshal(raw, &items, lenient); err != nil {
		return -1
	}
	return slices.IndexFunc(items, func(item jsontext.Value) bool {
		return item.Kind() == jsontext.KindNull
	})
}
