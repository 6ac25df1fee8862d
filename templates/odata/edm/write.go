package edm

import (
	"bytes"
	"encoding"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"errors"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Marshal encodes v as [json.Marshal] does with the option [json.Deterministic]. It
// is faster if v points to a generated struct.
func Marshal(v any) ([]byte, error) {
	if p := reflect.ValueOf(v); hasTable(p) {
		buffer := buffers.Get().(*[]byte)
		defer buffers.Put(buffer)
		b, err := appendStruct((*buffer)[:0], p.Elem(), 0)
		*buffer = b
		if err == nil {
			return bytes.Clone(b), nil
		}
	}
	return json.Marshal(v, json.Deterministic(true)) // it knows where an error is
}

var buffers = sync.Pool{New: func() any { return new([]byte) }}

// maxDepth is how deep Marshal follows pointers, which can lead in a circle.
const maxDepth = 1000

// errLeft leaves a value to package json. The errors of the functions below are not
// for people.
var errLeft = errors.New("odata: package json decides")

// appendStruct appends the JSON of a struct that has a table.
func appendStruct(b []byte, v reflect.Value, depth int) (_ []byte, err error) {
	if depth > maxDepth {
		return b, errLeft
	}
	t := tableOf(v.Type())
	b = append(b, '{')
	start := len(b)
	for i := range t.fields {
		f := &t.fields[i]
		field := at(v, f.path)
		if field.Field(0).IsNil() { // the state: absent
			continue
		}
		if len(b) > start {
			b = append(b, ',')
		}
		property, _ := reflect.TypeAssert[property](field.Addr())
		if b, err = appendProperty(append(b, f.quoted...), property, depth); err != nil {
			return b, err
		}
	}
	if t.rest == nil || at(v, t.rest).Len() == 0 {
		return append(b, '}'), nil
	}
	rest, _ := reflect.TypeAssert[map[string]jsontext.Value](at(v, t.rest))
	names := slices.AppendSeq(make([]string, 0, 8), maps.Keys(rest)) // eight do not need the heap
	slices.Sort(names)
	for _, name := range names {
		if f := t.byName[name]; f != nil && !at(v, f.path).Field(0).IsNil() {
			return b, errLeft // the name is there already
		}
		if len(b) > start {
			b = append(b, ',')
		}
		if b, err = jsontext.AppendQuote(b, name); err != nil {
			return b, err
		}
		if b, err = appendRaw(append(b, ':'), rest[name]); err != nil {
			return b, err
		}
	}
	return append(b, '}'), nil
}

// appendProperty appends the JSON of a property that is not absent.
func appendProperty(b []byte, p property, depth int) ([]byte, error) {
	s, value, list := p.parts()
	switch {
	case *s == null:
		return append(b, "null"...), nil
	case (*s).decoded != nil:
		items, err := json.Marshal(value, numbers)
		if err != nil {
			return b, err
		}
		if bytes.Equal(items, (*s).decoded) {
			items = (*s).raw
		}
		return appendRaw(b, items)
	case (*s).raw != nil:
		return appendRaw(b, (*s).raw)
	case list:
		return appendItems(b, reflect.ValueOf(value).Elem(), depth)
	}
	return appendValue(b, value, depth)
}

// appendItems appends the JSON of the items of a List.
func appendItems(b []byte, items reflect.Value, depth int) (_ []byte, err error) {
	b = append(b, '[')
	for i := range items.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		if b, err = appendValue(b, items.Index(i).Addr().Interface(), depth); err != nil {
			return b, err
		}
	}
	return append(b, ']'), nil
}

// appendValue appends the JSON of the value that p points to.
func appendValue(b []byte, p any, depth int) ([]byte, error) {
	switch p := p.(type) {
	case *string:
		return jsontext.AppendQuote(b, *p)
	case *time.Time:
		return appendText(b, wholeMinutes(p))
	case *Date:
		return appendText(b, p)
	case *Guid:
		return appendText(b, p)
	case *float64:
		return appendFloat(b, *p, 64), nil
	case *float32:
		return appendFloat(b, float64(*p), 32), nil
	case *jsontext.Value:
		return appendRaw(b, *p)
	}
	v := reflect.ValueOf(p).Elem()
	switch kind := v.Kind(); {
	case kind == reflect.String && !isOwn(v.Type()): // an enumeration
		return jsontext.AppendQuote(b, v.String())
	case kind == reflect.Bool:
		return strconv.AppendBool(b, v.Bool()), nil
	case v.CanInt():
		return strconv.AppendInt(b, v.Int(), 10), nil
	case v.CanUint():
		return strconv.AppendUint(b, v.Uint(), 10), nil
	case kind == reflect.Pointer && v.IsNil():
		return append(b, "null"...), nil
	case kind == reflect.Pointer && tableOf(v.Type().Elem()) != nil:
		return appendStruct(b, v.Elem(), depth+1)
	case kind == reflect.Pointer: // an item that can be null
		return appendValue(b, v.Interface(), depth)
	}
	other, err := json.Marshal(p, json.Deterministic(true))
	return append(b, other...), err
}

// appendText appends a text without characters that JSON escapes.
func appendText(b []byte, text encoding.TextAppender) ([]byte, error) {
	b, err := text.AppendText(append(b, '"'))
	return append(b, '"'), err
}

// appendFloat appends a number as marshalFloat writes it.
func appendFloat(b []byte, f float64, bits int) []byte {
	switch {
	case math.IsNaN(f):
		return append(b, `"NaN"`...)
	case math.IsInf(f, 1):
		return append(b, `"INF"`...)
	case math.IsInf(f, -1):
		return append(b, `"-INF"`...)
	}
	return jsontext.AppendFloat(b, f, bits)
}

func appendRaw(b []byte, raw jsontext.Value) ([]byte, error) {
	if raw == nil {
		return append(b, "null"...), nil
	}
	return jsontext.AppendFormat(b, raw)
}
