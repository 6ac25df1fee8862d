package edm

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"hash/maphash"
	"reflect"
	"strings"
	"sync"
	"unicode/utf8"
)

// Unmarshal decodes JSON into v as [json.Unmarshal] does, and accepts mistakes that
// services make: duplicate names, of which the last one counts, and invalid UTF-8,
// which becomes U+FFFD in strings. In an any, a number that a float64 does not hold
// exactly is a [jsontext.Value], not a float64. It is faster if v points to a generated
// struct.
func Unmarshal(data []byte, v any) error {
	p := reflect.ValueOf(v)
	if hasTable(p) && jsontext.Value(data).Kind() == jsontext.KindBeginObject && jsontext.Value(data).IsValid(lenient) {
		if readStruct(data, p) == nil {
			return nil
		}
	}
	return json.Unmarshal(data, v, decoding) // it knows where an error is
}

// UnmarshalFrom decodes the next JSON value into v as [json.UnmarshalDecode] does
// with the options of [Unmarshal]. It is for methods that package json calls.
func UnmarshalFrom(dec *jsontext.Decoder, v any) error {
	if p := reflect.ValueOf(v); hasTable(p) && dec.PeekKind() == jsontext.KindBeginObject {
		raw, err := dec.ReadValue()
		if err != nil {
			return err
		}
		return readStruct(raw, p)
	}
	return json.UnmarshalDecode(dec, v)
}

// hasTable reports whether p points to a struct that has a table.
func hasTable(p reflect.Value) bool {
	return p.Kind() == reflect.Pointer && !p.IsNil() && tableOf(p.Type().Elem()) != nil
}

// reader decodes JSON that package jsontext has found valid.
type reader struct {
	in     []byte
	pos    int
	buffer []byte      // for text
	known  [256]string // strings that may come again, by their hash
	seed   maphash.Seed
}

var readers = sync.Pool{New: func() any { return &reader{seed: maphash.MakeSeed()} }}

// readStruct decodes an object into the struct that p points to.
func readStruct(data []byte, p reflect.Value) error {
	r := readers.Get().(*reader)
	defer readers.Put(r)
	r.in, r.pos = data, 0
	r.next()
	err := r.object(p)
	r.in = nil
	return err
}

// next skips white space, and returns the first byte after it.
func (r *reader) next() byte {
	for {
		switch c := r.in[r.pos]; c {
		case ' ', '\t', '\r', '\n':
			r.pos++
		default:
			return c
		}
	}
}

// more skips the bracket that opens an object or array, or the comma after a
// member or item. It reports whether another one follows, and skips the closing
// bracket if not.
func (r *reader) more(closing byte) bool {
	c := r.next()
	if c != closing {
		r.pos++
		c = r.next()
	}
	if c == closing {
		r.pos++
		return false
	}
	return true
}

// value reads any value.
func (r *reader) value() jsontext.Value {
	r.next()
	start := r.pos
	for depth := 0; ; {
		switch r.in[r.pos] {
		case '"':
			r.quoted()
		case '{', '[':
			depth++
			r.pos++
		case '}', ']':
			depth--
			r.pos++
		case ',', ':', ' ', '\t', '\r', '\n':
			r.pos++
			continue
		default: // a number, or true, false, null
			for r.pos < len(r.in) && r.in[r.pos] > ' ' && strings.IndexByte(",]}", r.in[r.pos]) < 0 {
				r.pos++
			}
		}
		if depth == 0 {
			return r.in[start:r.pos:r.pos]
		}
	}
}

// quoted reads a string with its quotes.
func (r *reader) quoted() []byte {
	start := r.pos
	for i := start + 1; ; i++ {
		switch r.in[i] {
		case '\\':
			i++
		case '"':
			r.pos = i + 1
			return r.in[start:r.pos]
		}
	}
}

// text reads a string, and returns what it stands for until the next call.
func (r *reader) text() []byte {
	start := r.pos + 1
	for i, c := range r.in[start:] {
		if c == '"' {
			r.pos = start + i + 1
			return r.in[start : start+i]
		}
		if c == '\\' || c >= utf8.RuneSelf {
			break
		}
	}
	r.buffer, _ = jsontext.AppendUnquote(r.buffer[:0], r.quoted()) // an error means U+FFFD for invalid UTF-8
	return r.buffer
}

// string reads a string.
func (r *reader) string() string {
	text := r.text()
	if len(text) > 64 {
		return string(text)
	}
	known := &r.known[maphash.Bytes(r.seed, text)%uint64(len(r.known))]
	if *known != string(text) {
		*known = string(text)
	}
	return *known
}

// object reads an object into the struct that p points to.
func (r *reader) object(p reflect.Value) error {
	v := p.Elem()
	t := tableOf(v.Type())
	if t == nil {
		return json.Unmarshal(r.value(), p.Interface(), decoding)
	}
	for r.more('}') {
		name := r.text()
		r.next()
		r.pos++ // the colon
		kind := jsontext.Kind(r.next())
		f := t.byName[string(name)]
		if f == nil {
			r.other(v, t.rest, string(name))
			continue
		}
		field := at(v, f.path).Addr()
		if o, ok := reflect.TypeAssert[*Opt[string]](field); ok && kind == jsontext.KindString { // the most frequent
			*o = Opt[string]{state: set, value: r.string()}
			continue
		}
		property, _ := reflect.TypeAssert[property](field)
		if err := r.property(property, kind, f.exact); err != nil {
			return err
		}
	}
	return nil
}

// other reads the value of a member that has no field. The path leads to the map
// for it in v, if there is one.
func (r *reader) other(v reflect.Value, path []int, name string) {
	raw := r.value()
	if path == nil {
		return
	}
	rest, _ := reflect.TypeAssert[*map[string]jsontext.Value](at(v, path).Addr())
	if *rest == nil {
		*rest = map[string]jsontext.Value{}
	}
	(*rest)[name] = raw.Clone()
}

// property reads a value of the given kind into p, whose value or items accept
// some kinds exactly.
func (r *reader) property(p property, kind jsontext.Kind, exact kinds) (err error) {
	s, value, list := p.parts()
	reset(s, value)
	switch {
	case kind == jsontext.KindNull:
		r.pos += len("null")
		*s = null
		return nil
	case list && exact != 0 && kind == jsontext.KindBeginArray:
		*s, err = r.items(reflect.ValueOf(value).Elem(), exact)
	case list:
		*s = decodeListValue(r.value(), value, decoding)
	case exact&kindsWith(kind) != 0:
		*s, err = set, r.exact(value, kind)
	default:
		*s = decodeValue(r.value(), value, decoding)
	}
	drop(*s, value)
	return err
}

// items reads an array into a slice, whose items accept some kinds exactly, and
// returns the state of the List.
func (r *reader) items(items reflect.Value, exact kinds) (*state, error) {
	start := r.pos
	for n := 0; r.more(']'); n++ {
		kind := jsontext.Kind(r.next())
		if exact&kindsWith(kind) == 0 {
			mistake := misfit(n, r.value().Kind(), items.Type().Elem())
			for r.more(']') {
				r.value()
			}
			return unfit(r.in[start:r.pos], mistake), nil
		}
		items.Grow(1)
		items.SetLen(n + 1)
		if err := r.exact(items.Index(n).Addr().Interface(), kind); err != nil {
			return nil, err
		}
	}
	notNil(items)
	return set, nil
}

// exact reads a value of a kind that the type that p points to accepts exactly.
func (r *reader) exact(p any, kind jsontext.Kind) error {
	if p, ok := p.(*jsontext.Value); ok {
		*p = r.value().Clone()
		return nil
	}
	switch v := reflect.ValueOf(p).Elem(); v.Kind() {
	case reflect.String:
		v.SetString(r.string())
	case reflect.Bool:
		r.value()
		v.SetBool(kind == jsontext.KindTrue)
	case reflect.Pointer:
		if kind == jsontext.KindNull {
			r.pos += len("null")
			v.SetZero()
			return nil
		}
		to := reflect.New(v.Type().Elem())
		v.Set(to)
		if kind == jsontext.KindBeginObject {
			return r.object(to)
		}
		return r.exact(to.Interface(), kind)
	}
	return nil
}
