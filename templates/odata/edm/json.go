package edm

import (
	"bytes"
	"encoding"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"fmt"
	"reflect"
	"slices"
	"strconv"
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
		b, err := json.Marshal(&o.value, numbers)
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
	switch p := any(&o.value).(type) {
	case *string:
		return enc.WriteToken(jsontext.String(*p))
	case *float64:
		return marshalFloat(enc, *p)
	case *float32:
		return marshalFloat(enc, *p)
	case *[]float64, *[]float32, *[]byte:
		return json.MarshalEncode(enc, p, numbers)
	}
	if isEnum(reflect.TypeFor[T]()) {
		return enc.WriteToken(jsontext.String(reflect.ValueOf(&o.value).Elem().String()))
	}
	return json.MarshalEncode(enc, &o.value)
}

// MarshalJSON is for encoding/json, which does not call MarshalJSONTo for the
// fields of a struct that it is given by value.
func (o Opt[T]) MarshalJSON() ([]byte, error) { return json.Marshal(&o) }

// UnmarshalJSONFrom replaces o by the next JSON value. It fails only where the
// input is not JSON.
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
// unchanged. That holds for nearly all properties, and is fast.
func (o *Opt[T]) fits(kind jsontext.Kind) bool {
	switch any(&o.value).(type) {
	case *string:
		return kind == jsontext.KindString
	case *jsontext.Value:
		return true
	case *[]jsontext.Value:
		return kind == jsontext.KindBeginArray
	}
	switch t := reflect.TypeFor[T](); t.Kind() {
	case reflect.Pointer:
		return kind == jsontext.KindBeginObject
	case reflect.String:
		return kind == jsontext.KindString && isEnum(t)
	case reflect.Bool:
		return kind == jsontext.KindTrue || kind == jsontext.KindFalse
	}
	return false
}

// decode decodes a JSON value that may not fit T, or may be spelled otherwise
// than the value that it stands for.
func (o *Opt[T]) decode(raw jsontext.Value, opts json.Options) {
	o.state = set
	exact, ok, err := decodeScalar(&o.value, raw)
	switch {
	case err != nil:
		*o = unfit[T](raw, err)
		return
	case ok && !exact:
		o.state = &state{raw: raw.Clone()}
		return
	case ok:
		return
	}

	if err := json.Unmarshal(raw, &o.value, opts, numberOptions(&o.value)); err != nil {
		*o = unfit[T](raw, err)
		return
	}
	t := reflect.TypeFor[T]()
	collection := t.Kind() == reflect.Slice
	if collection {
		switch t = t.Elem(); {
		case t.Kind() == reflect.Pointer:
			return
		case hasNull(raw):
			*o = unfit[T](raw, fmt.Errorf("odata: an item is null, which %v cannot hold", t))
			return
		case isEnum(t), t == reflect.TypeFor[string]():
			return
		}
	}

	encoded, err := json.Marshal(&o.value, numbers)
	if err != nil {
		*o = unfit[T](raw, err)
		return
	}
	raw = raw.Clone()
	_ = raw.Compact() // only its white space matters
	if bytes.Equal(encoded, raw) {
		return
	}
	o.state = &state{raw: raw}
	if collection { // whose items callers may change in place
		o.state.decoded = encoded
	}
}

// isEnum reports whether t is the string type of an enumeration, rather than
// string itself or one of those that this package defines.
func isEnum(t reflect.Type) bool {
	return t.Kind() == reflect.String && t.PkgPath() != "" && t.PkgPath() != reflect.TypeFor[Date]().PkgPath()
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

// hasNull reports whether an item of a JSON array is null.
func hasNull(raw jsontext.Value) bool {
	if !bytes.Contains(raw, []byte("null")) {
		return false
	}
	var items []jsontext.Value
	err := json.Unmarshal(raw, &items, lenient)
	return err == nil && slices.ContainsFunc(items, func(item jsontext.Value) bool {
		return item.Kind() == jsontext.KindNull
	})
}
