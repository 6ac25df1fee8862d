package edm

import (
	"bytes"
	"encoding"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"fmt"
	"reflect"
	"strconv"
	"time"
	"unicode/utf8"
)

// lenient accepts mistakes that services make: duplicate names, of which the last
// one counts, and invalid UTF-8, which becomes U+FFFD in strings.
var lenient = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

//go:noinline
func (o *Opt[T]) parts() (**state, any, bool) { return &o.state, &o.value, false }

// MarshalJSONTo writes the value, or null if the property is null or absent (a
// struct leaves out absent ones). If the received JSON does not fit T or is spelled
// differently, MarshalJSONTo writes that.
//
//go:noinline
func (o *Opt[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	return encodeOpt(enc, o.state, &o.value)
}

// MarshalJSON is for encoding/json, which does not call MarshalJSONTo for the
// fields of a struct that it is given by value.
//
//go:noinline
func (o Opt[T]) MarshalJSON() ([]byte, error) { return json.Marshal(&o) }

// UnmarshalJSONFrom replaces o by the next JSON value. It fails only if the input
// is not JSON.
//
//go:noinline
func (o *Opt[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return decodeOpt(dec, &o.state, &o.value)
}

// encodeOpt writes an Opt in the state s whose value p points to. It is not generic,
// so that it is compiled once.
func encodeOpt(enc *jsontext.Encoder, s *state, p any) error {
	switch {
	case s == nil || s == null:
		return enc.WriteToken(jsontext.Null)
	case s.raw != nil:
		return enc.WriteValue(s.raw)
	}
	switch p := p.(type) {
	case *string:
		return encodeText(enc, *p)
	case *time.Time:
		return json.MarshalEncode(enc, wholeMinutes(p))
	case *float64:
		return marshalFloat(enc, *p)
	case *float32:
		return marshalFloat(enc, *p)
	}
	if t := reflect.TypeOf(p).Elem(); t.Kind() == reflect.String && !isOwn(t) { // an enumeration
		return encodeText(enc, reflect.ValueOf(p).Elem().String())
	}
	return json.MarshalEncode(enc, p)
}

// encodeText writes the text of a program. Unlike received JSON, it has to be UTF-8
// even where the options of enc allow other bytes: these would be lost.
func encodeText(enc *jsontext.Encoder, text string) error {
	if err := checkText(text); err != nil {
		return err
	}
	return enc.WriteToken(jsontext.String(text))
}

func checkText(text string) error {
	if !utf8.ValidString(text) {
		return fmt.Errorf("odata: the text %+q is not UTF-8", text)
	}
	return nil
}

// wholeMinutes returns a time as it can be sent: in UTC if its offset has seconds, as
// those of local mean times do, for which RFC 3339 has no form.
func wholeMinutes(t *time.Time) *time.Time {
	if _, offset := t.Zone(); offset%60 == 0 {
		return t
	}
	utc := t.UTC()
	return &utc
}

// decodeOpt replaces an Opt, whose state s points to and whose value p points to, by
// the next JSON value.
func decodeOpt(dec *jsontext.Decoder, s **state, p any) error {
	reset(s, p)
	kind := dec.PeekKind()
	if kind == jsontext.KindNull {
		_, err := dec.ReadToken()
		*s = null
		return err
	}
	if exactKinds(p)&kindsWith(kind) != 0 {
		*s = set
		return json.UnmarshalDecode(dec, p)
	}
	raw, err := dec.ReadValue()
	if err != nil {
		return err
	}
	*s = decodeValue(raw, p, dec.Options())
	drop(*s, p)
	return nil
}

// reset makes a property absent, so that nothing of it is left when it is decoded.
func reset(s **state, p any) {
	if *s != nil {
		*s = nil
		reflect.ValueOf(p).Elem().SetZero()
	}
}

// drop drops what was decoded of a value that does not fit.
func drop(s *state, p any) {
	if s == nil || s.err != nil {
		reflect.ValueOf(p).Elem().SetZero()
	}
}

// kinds is a set of kinds of JSON values.
type kinds uint8

const (
	nulls kinds = 1 << iota
	booleans
	texts
	objects
	others // numbers and arrays
)

func kindsWith(kind jsontext.Kind) kinds {
	switch kind {
	case jsontext.KindNull:
		return nulls
	case jsontext.KindTrue, jsontext.KindFalse:
		return booleans
	case jsontext.KindString:
		return texts
	case jsontext.KindBeginObject:
		return objects
	}
	return others
}

// exactKinds returns the kinds of JSON values that fit the type that p points to
// and are encoded as they were, whatever they hold. That is so for nearly all
// properties, and it saves looking at the value. For others, such as numbers and
// dates, it returns 0.
func exactKinds(p any) kinds {
	if _, ok := p.(*string); ok { // the most frequent one
		return texts
	}
	switch t := reflect.TypeOf(p).Elem(); t.Kind() {
	case reflect.Pointer: // to a struct, or to an item that can be null
		switch t = t.Elem(); {
		case t.Kind() == reflect.Struct && t != reflect.TypeFor[time.Time]() && !isOwn(t):
			return objects | nulls
		case t.Kind() == reflect.String && !isOwn(t):
			return texts | nulls
		case t.Kind() == reflect.Bool:
			return booleans | nulls
		}
	case reflect.String:
		if !isOwn(t) {
			return texts
		}
	case reflect.Bool:
		return booleans
	case reflect.Slice:
		if t == reflect.TypeFor[jsontext.Value]() {
			return nulls | booleans | texts | objects | others
		}
	}
	return 0
}

// isOwn reports whether t is a type of this package.
func isOwn(t reflect.Type) bool { return t.PkgPath() == reflect.TypeFor[Date]().PkgPath() }

// decodeValue decodes a JSON value that may not fit the type that p points to, or
// may be spelled differently than its value would be.
func decodeValue(raw jsontext.Value, p any, opts json.Options) *state {
	exact, ok, err := decodeScalar(p, raw)
	switch {
	case err != nil:
		return unfit(raw, err)
	case ok && !exact:
		return &state{raw: raw.Clone()}
	case ok:
		return set
	}
	if err := json.Unmarshal(raw, p, opts, numberOptions(p)); err != nil {
		return unfit(raw, err)
	}
	encoded, err := json.Marshal(p, numbers)
	if err != nil {
		return unfit(raw, err)
	}
	if raw = compact(raw); bytes.Equal(encoded, raw) {
		return set
	}
	return &state{raw: raw}
}

// compact returns a copy of raw without white space, which does not matter.
func compact(raw jsontext.Value) jsontext.Value {
	raw = raw.Clone()
	_ = raw.Compact() // it was decoded, so it is valid
	return raw
}

// decodeScalar decodes the JSON of a text or number into p without the help of
// package json, which would take much longer for so little. It reports whether
// the value would be spelled exactly like that, and whether p points to a type
// that it knows.
func decodeScalar(p any, raw jsontext.Value) (exact, ok bool, err error) {
	switch raw.Kind() {
	case jsontext.KindString:
		return decodeText(p, unquote(raw))
	case jsontext.KindNumber:
		return decodeNumber(reflect.ValueOf(p).Elem(), string(raw))
	}
	return false, false, nil
}

func decodeText(p any, in []byte) (exact, ok bool, err error) {
	var (
		buf [64]byte
		out []byte
	)
	switch p := p.(type) {
	case *time.Time: // the most frequent one, so without an allocation
		if err = p.UnmarshalText(in); err == nil {
			out, err = p.AppendText(buf[:0])
		}
	case *Date:
		return true, true, p.UnmarshalText(in) // has but one spelling
	case interface {
		encoding.TextAppender
		encoding.TextUnmarshaler
	}:
		if err = p.UnmarshalText(in); err == nil {
			out, err = p.AppendText(nil)
		}
	default:
		return false, false, nil
	}
	return bytes.Equal(in, out), true, err
}

func decodeNumber(v reflect.Value, in string) (exact, ok bool, err error) {
	switch {
	case v.CanInt():
		i, err := strconv.ParseInt(in, 10, v.Type().Bits())
		v.SetInt(i)
		return in != "-0", true, err
	case v.CanUint():
		u, err := strconv.ParseUint(in, 10, v.Type().Bits())
		v.SetUint(u)
		return true, true, err
	case v.CanFloat():
		var buf [64]byte
		bits := v.Type().Bits()
		f, err := strconv.ParseFloat(in, bits)
		v.SetFloat(f)
		return in == string(jsontext.AppendFloat(buf[:0], f, bits)), true, err
	}
	return false, false, nil
}

// unquote returns the text of a JSON string.
func unquote(raw jsontext.Value) []byte {
	if !bytes.Contains(raw, []byte{'\\'}) {
		return raw[1 : len(raw)-1]
	}
	s, _ := jsontext.AppendUnquote(nil, raw) // an error means U+FFFD for invalid UTF-8
	return s
}
