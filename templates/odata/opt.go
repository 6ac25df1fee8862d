package odata

import (
	"bytes"
	"encoding"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"reflect"
	"time"
)

type Opt[T any] struct {
	state *state
	value T
}

type state struct {
	raw     jsontext.Value
	err     error
	encoded []byte
}

var (
	null = &state{raw: jsontext.Value("null")}
	set  = &state{}
)

func Of[T any](v T) Opt[T] { return Opt[T]{state: set, value: v} }

func (o *Opt[T]) IsZero() bool { return o.state == nil }

func (o Opt[T]) Get() (T, bool) {
	return o.value, o.state != nil && o.state != null && o.state.err == nil
}

func (o *Opt[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	switch s := o.state; {
	case s == nil || s == null:
		return enc.WriteToken(jsontext.Null)
	case s.raw != nil:
		return enc.WriteValue(s.raw)
	}
	switch p := any(&o.value).(type) {
	case *string:
		return enc.WriteToken(jsontext.String(*p))
	}
	return json.MarshalEncode(enc, &o.value)
}

func (o *Opt[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	*o = Opt[T]{}
	kind := dec.PeekKind()
	switch {
	case kind == 'n':
		o.state = null
		_, err := dec.ReadToken()
		return err
	case streams(reflect.TypeFor[T](), kind):
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

type text interface {
	encoding.TextAppender
	encoding.TextUnmarshaler
}

func unquote(raw jsontext.Value) []byte {
	if bytes.IndexByte(raw, '\\') < 0 {
		return raw[1 : len(raw)-1]
	}
	buf, _ := jsontext.AppendUnquote(nil, raw)
	return buf
}

func (o *Opt[T]) decode(raw jsontext.Value, opts json.Options) {
	o.state = set
	if raw.Kind() == '"' {
		switch p := any(&o.value).(type) {
		case *time.Time:
			var out [48]byte
			s := unquote(raw)
			if err := p.UnmarshalText(s); err != nil {
				o.state = &state{raw: raw.Clone(), err: err}
				return
			}
			b, err := p.AppendText(out[:0])
			if err != nil || !bytes.Equal(b, s) {
				o.state = &state{raw: raw.Clone()}
			}
			return
		case text:
			s := unquote(raw)
			if err := p.UnmarshalText(s); err != nil {
				o.state = &state{raw: raw.Clone(), err: err}
				return
			}
			b, err := p.AppendText(nil)
			if err != nil || !bytes.Equal(b, s) {
				o.state = &state{raw: raw.Clone()}
			}
			return
		}
	}
	if err := json.Unmarshal(raw, &o.value, opts); err != nil {
		o.state = &state{raw: raw.Clone(), err: err}
		return
	}
	switch t := reflect.TypeFor[T](); t.Kind() {
	case reflect.String:
		return
	case reflect.Slice:
		if t.Elem().Kind() == reflect.String && !bytes.Contains(raw, []byte("null")) {
			return
		}
	}
	b, err := json.Marshal(&o.value)
	if err != nil || !bytes.Equal(b, raw) {
		o.state = &state{raw: raw.Clone(), encoded: b}
	}
}

func streams(t reflect.Type, kind jsontext.Kind) bool {
	switch t.Kind() {
	case reflect.Pointer:
		return kind == '{'
	case reflect.String:
		return kind == '"' && t.NumMethod() == 0
	}
	return false
}
