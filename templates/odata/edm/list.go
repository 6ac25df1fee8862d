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

// MarshalJSONTo writes the items, or null if the property is null or absent (a
// struct leaves out absent ones). If the received JSON does not fit or is spelled
// differently, MarshalJSONTo writes that.
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
func (l *List[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) (err error) {
	*l = List[T]{}
	accepted := exactKinds(new(T))
	if accepted == 0 || dec.PeekKind() != jsontext.KindBeginArray {
		l.state, err = decodeList(dec, &l.items)
		if !l.state.hasValue() {
			l.items = nil
		}
		return err
	}
	// Item by item, the time is in proportion to the size. Reading the whole array
	// first would read nested lists again at each level.
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	items := []T{}
	for kind := dec.PeekKind(); kind != jsontext.KindEndArray; kind = dec.PeekKind() {
		if accepted&kindsWith(kind) == 0 {
			l.state, err = decodeMisfit(dec, items)
			return err
		}
		items = append(items, *new(T))
		if err := json.UnmarshalDecode(dec, &items[len(items)-1]); err != nil {
			return err
		}
	}
	l.state, l.items = set, items
	_, err = dec.ReadToken()
	return err
}

// decodeMisfit reads the rest of an array, the next item of which does not fit,
// and returns the state that holds all of it. The items before are encoded as
// they were.
func decodeMisfit(dec *jsontext.Decoder, items any) (*state, error) {
	before := reflect.ValueOf(items)
	mistake := fmt.Errorf("odata: item %d is JSON of kind %v, which does not fit %v", before.Len(), dec.PeekKind(), before.Type().Elem())
	raw, err := json.Marshal(items, lenient)
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
	if options := numberOptions(p); options != nil {
		return json.MarshalEncode(enc, p, options)
	}
	return json.MarshalEncode(enc, p)
}

// decodeList reads the next JSON value into the slice that p points to, and
// returns the state of the List.
func decodeList(dec *jsontext.Decoder, p any) (*state, error) {
	if dec.PeekKind() == jsontext.KindNull {
		_, err := dec.ReadToken()
		return null, err
	}
	raw, err := dec.ReadValue()
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(raw, p, dec.Options(), numberOptions(p)); err != nil {
		return unfit(raw, err), nil
	}
	if t := reflect.TypeOf(p).Elem().Elem(); t.Kind() != reflect.Pointer && hasNull(raw) {
		return unfit(raw, fmt.Errorf("odata: an item is null, which does not fit %v", t)), nil
	}
	encoded, err := json.Marshal(p, numbers)
	if err != nil {
		return unfit(raw, err), nil
	}
	if raw = compact(raw); bytes.Equal(encoded, raw) {
		return set, nil
	}
	return &state{raw: raw, decoded: encoded}, nil
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
