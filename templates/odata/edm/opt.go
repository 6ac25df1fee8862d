package edm

import (
	"encoding/json/jsontext"
	"fmt"
	"reflect"
)

// Opt is the value of a property, which is in one of three states: absent (the
// zero Opt), null, or a value of type T. It keeps them apart on the wire in both
// directions, which a pointer cannot.
//
// A received value that does not fit T does not fail the decoding of what is
// around it: Get reports false, Err says why, and encoding sends the value back
// as it was received.
//
// T is a type of Go or of this package that represents a primitive type of the
// Entity Data Model, a string type for an enumeration, a pointer to a struct
// whose fields are Opts and Lists, or [jsontext.Value] for any JSON. A property
// that is a collection is a [List].
//
// An Opt is a value: copy it, compare it with Equal, assign a new one to change
// the property. In a struct its JSON tag is `json:"name,omitzero"`. Encode with
// encoding/json/v2, or with encoding/json.
type Opt[T any] struct {
	state *state // nil: absent
	value T
}

// Of returns an Opt with the value v.
func Of[T any](v T) Opt[T] { return Opt[T]{state: set, value: v} }

// Null returns an Opt that is null: it is sent as null, not left out.
func Null[T any]() Opt[T] { return Opt[T]{state: null} }

// FromRaw returns the Opt that raw decodes into. It can hold a value that does
// not fit T. FromRaw(nil) is absent.
func FromRaw[T any](raw jsontext.Value) Opt[T] {
	var o Opt[T]
	if s := fromRaw(raw, &o); s != nil {
		return Opt[T]{state: s}
	}
	return o
}

// Get returns the value, and whether there is one. Without one (the property is
// absent, null, or does not fit T) it returns the zero T and false: a nil pointer
// for a structured value.
func (o Opt[T]) Get() (T, bool) { return o.value, o.state.hasValue() }

// IsZero reports whether the property is absent. The option omitzero of a JSON
// tag calls it; the pointer receiver saves an allocation for each property.
//
//go:noinline
func (o *Opt[T]) IsZero() bool { return o.state == nil }

// The compiler makes two more copies of each method below for each T. Inlining
// into these copies would cost a whole model a tenth of its compile time and of
// the memory for it, and save a call where speed does not matter.

// Or returns the value, or other if there is none. With an empty struct as other,
// the fields of a structured value can be read without a check:
//
//	event.Start.Or(&DateTimeTimeZone{}).DateTime.Or("")
//
//go:noinline
func (o Opt[T]) Or(other T) T {
	if o.state.hasValue() {
		return o.value
	}
	return other
}

// IsNull reports whether the property is null.
//
//go:noinline
func (o Opt[T]) IsNull() bool { return o.state == null }

// Err says why the received value does not fit T. It is nil if the value fits,
// and if the property is absent, null or was set with Of.
//
//go:noinline
func (o Opt[T]) Err() error { return o.state.mistake() }

// Raw returns a copy of the received JSON if it does not fit T, or if it is
// spelled differently than the value would be: 1.10 for 1.1, say. Otherwise it
// returns nil.
//
//go:noinline
func (o Opt[T]) Raw() jsontext.Value { return o.state.received() }

// Equal reports whether o and other are in the same state with deeply equal
// values and would be sent alike. The package github.com/google/go-cmp uses it.
//
//go:noinline
func (o Opt[T]) Equal(other Opt[T]) bool { return reflect.DeepEqual(o, other) }

// String formats the Opt for people: the value as [fmt.Sprint] does, the JSON
// of null or of a value that does not fit, or "absent".
//
//go:noinline
func (o Opt[T]) String() string {
	if !o.state.hasValue() {
		return o.state.text()
	}
	return fmt.Sprint(o.value)
}
