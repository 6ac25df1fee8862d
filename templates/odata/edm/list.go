package edm

import (
	"bytes"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"fmt"
	"reflect"
	"slices"
)

// List is the value of a property that is a collection. Like an [Opt], it is
// absent (the zero List), null, or has items of type T, and it keeps a received
// value that does not fit.
//
// T is a pointer to a struct where the items are structured, else the type that
// an Opt would have: a primitive type or an enumeration. Where the schema says
// that such items can be null, T is a pointer to that type, and nil is null.
//
// Items that are changed in place are sent as they are then.
type List[T any] struct {
	state *state // nil: absent
	items []T    // not nil if there is a value
}

// ListOf returns a List with the items, which it does not copy: ListOf() has
// none and is sent as [].
func ListOf[T any](items ...T) List[T] {
	if items == nil {
		items = []T{}
	}
	return List[T]{state: set, items: items}
}

// NullList returns a List that is null: it is sent as null, not left out.
func NullList[T any]() List[T] { return List[T]{state: null} }

// ListFromRaw returns the List that raw decodes into. It can hold a value that
// does not fit. ListFromRaw(nil) is absent.
func ListFromRaw[T any](raw jsontext.Value) List[T] {
	var l List[T]
	if s := fromRaw(raw, &l); s != nil {
		return List[T]{state: s}
	}
	return l
}

// Get returns the items, and whether there is a list. Without one (the property
// is absent, null, or does not fit) it returns nil and false.
func (l List[T]) Get() ([]T, bool) { return l.items, l.state.hasValue() }

// IsZero reports whether the property is absent. The option omitzero of a JSON
// tag calls it; the pointer receiver saves an allocation for each property.
//
//go:noinline
func (l *List[T]) IsZero() bool { return l.state == nil }

// The methods below are not inlined for the same reason as those of Opt.

// Or returns the items, or other if there is no list.
//
//go:noinline
func (l List[T]) Or(other []T) []T {
	if l.state.hasValue() {
		return l.items
	}
	return other
}

// IsNull reports whether the property is null.
//
//go:noinline
func (l List[T]) IsNull() bool { return l.state == null }

// Err says why the received value does not fit. It is nil if the value fits, and
// if the property is absent, null or was set with ListOf.
//
//go:noinline
func (l List[T]) Err() error { return l.state.mistake() }

// Raw returns a copy of the received JSON if it does not fit, or if it is
// spelled differently than the items would be. Otherwise it returns nil.
//
//go:noinline
func (l List[T]) Raw() jsontext.Value { return l.state.received() }

// Equal reports whether l and other are in the same state with deeply equal
// items and would be sent alike. The package github.com/google/go-cmp uses it.
//
//go:noinline
func (l List[T]) Equal(other List[T]) bool { return reflect.DeepEqual(l, other) }

// String formats the List for people: as JSON, or "absent".
//
//go:noinline
func (l List[T]) String() string {
	if !l.state.hasValue() {
		return l.state.text()
	}
	return listText(&l)
}

func listText(l any) string {
	text, err := json.Marshal(l, lenient)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

//go:noinline
func (l *List[T]) parts() (**state, any, bool) { return &l.state, &l.items, true }

// MarshalJSONTo writes the items, or null if the property is null or absent (a
// struct leaves out absent ones). If the received JSON does not fit or is spelled
// differently, MarshalJSONTo writes that.
//
//go:noinline
func (l *List[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	return encodeList(enc, l.state, &l.items)
}

// MarshalJSON is for encoding/json, which does not call MarshalJSONTo for the
// fields of a struct that it is given by value.
//
//go:noinline
func (l List[T]) MarshalJSON() ([]byte, error) { return json.Marshal(&l) }

// UnmarshalJSONFrom replaces l by the next JSON value. It fails only if the input
// is not JSON.
//
//go:noinline
func (l *List[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return decodeList(dec, &l.state, &l.items)
}

// decodeMisfit reads the rest of an array, the next item of which does not fit,
// and returns the state that holds all of it. The items before are encoded as
// they were.
func decodeMisfit(dec *jsontext.Decoder, before reflect.Value) (*state, error) {
	mistake := misfit(before.Len(), dec.PeekKind(), before.Type().Elem())
	notNil(before)
	raw, err := json.Marshal(before.Interface(), lenient)
	if err != nil {
		return nil, err
	}
	raw = raw[:len(raw)-1] // less the bracket
	for dec.PeekKind() != jsontext.KindEndArray {
		item, err := dec.ReadValue()
		if err != nil {
			return nil, err
		}
		if len(raw) > 1 {
			raw = append(raw, ',')
		}
		raw = append(raw, item...)
	}
	_, err = dec.ReadToken()
	return unfit(append(raw, ']'), mistake), err
}

// misfit is the error for an item of a List.
func misfit(n int, kind jsontext.Kind, t reflect.Type) error {
	return fmt.Errorf("odata: item %d is JSON of kind %v, which does not fit %v", n, kind, t)
}

// encodeList writes a List in the given state, whose slice of items p points to.
func encodeList(enc *jsontext.Encoder, s *state, p any) error {
	switch {
	case s == nil || s == null:
		return enc.WriteToken(jsontext.Null)
	case s.decoded != nil:
		b, err := json.Marshal(p, numbers)
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
	if err := checkTexts(reflect.ValueOf(p).Elem()); err != nil {
		return err
	}
	if options := numberOptions(p); options != nil {
		return json.MarshalEncode(enc, p, options)
	}
	return json.MarshalEncode(enc, p)
}

// checkTexts returns an error if a text among the items is not UTF-8: see encodeText.
func checkTexts(items reflect.Value) error {
	of := items.Type().Elem()
	if of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	if of.Kind() != reflect.String || isOwn(of) { // a Binary is sent as base64
		return nil
	}
	for i := range items.Len() {
		if text := reflect.Indirect(items.Index(i)); text.IsValid() { // else it is null
			if err := checkText(text.String()); err != nil {
				return err
			}
		}
	}
	return nil
}

// decodeList replaces a List, whose state s points to and whose slice of items p
// points to, by the next JSON value.
func decodeList(dec *jsontext.Decoder, s **state, p any) (err error) {
	reset(s, p)
	items := reflect.ValueOf(p).Elem()
	switch kind, exact := dec.PeekKind(), exactKinds(reflect.New(items.Type().Elem()).Interface()); {
	case kind == jsontext.KindNull:
		_, err = dec.ReadToken()
		*s = null
		return err
	case kind == jsontext.KindBeginArray && exact != 0:
		*s, err = decodeItems(dec, items, exact)
	default:
		var raw jsontext.Value
		if raw, err = dec.ReadValue(); err == nil {
			*s = decodeListValue(raw, p, dec.Options())
		}
	}
	drop(*s, p)
	return err
}

// decodeItems reads an array into a slice, whose items accept some kinds exactly,
// and returns the state of the List. Item by item, the time is in proportion to the
// size. Reading the whole array first would read nested lists again at each level.
func decodeItems(dec *jsontext.Decoder, items reflect.Value, exact kinds) (*state, error) {
	if _, err := dec.ReadToken(); err != nil {
		return nil, err
	}
	for kind := dec.PeekKind(); kind != jsontext.KindEndArray; kind = dec.PeekKind() {
		if exact&kindsWith(kind) == 0 {
			return decodeMisfit(dec, items)
		}
		items.Grow(1)
		items.SetLen(items.Len() + 1)
		if err := json.UnmarshalDecode(dec, items.Index(items.Len()-1).Addr().Interface()); err != nil {
			return nil, err
		}
	}
	notNil(items)
	_, err := dec.ReadToken()
	return set, err
}

// notNil makes the slice of a List without items an empty one.
func notNil(items reflect.Value) {
	if items.IsNil() {
		items.Set(reflect.MakeSlice(items.Type(), 0, 0))
	}
}

// decodeListValue decodes JSON into the slice that p points to, and returns the
// state of the List.
func decodeListValue(raw jsontext.Value, p any, opts json.Options) *state {
	if err := json.Unmarshal(raw, p, opts, numberOptions(p)); err != nil {
		return unfit(raw, err)
	}
	if t := reflect.TypeOf(p).Elem().Elem(); t.Kind() != reflect.Pointer && hasNull(raw) {
		return unfit(raw, fmt.Errorf("odata: an item is null, which does not fit %v", t))
	}
	encoded, err := json.Marshal(p, numbers)
	if err != nil {
		return unfit(raw, err)
	}
	if raw = compact(raw); bytes.Equal(encoded, raw) {
		return set
	}
	return &state{raw: raw, decoded: encoded}
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
