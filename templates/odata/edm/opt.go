package edm

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"fmt"
	"reflect"
)

// Opt is the value of a property, which is in one of three states: absent (the
// zero Opt), null, or a value of type T. It keeps them apart on the wire, in
// both directions, where a pointer cannot.
//
// A received value that does not fit T does not fail the decoding of what is
// around it: Get says false, Err says why, and encoding sends the value back as
// it was received.
//
// T is a type of Go or of this package that represents a primitive type of the
// Entity Data Model, a string type for an enumeration, a pointer to a struct
// whose fields are Opts, or a slice of one of these.
//
// An Opt is a value: copy it, compare it with Equal, assign a new one to change
// the property. In a struct its JSON tag is `json:"name,omitzero"`. Encode with
// encoding/json/v2, or with encoding/json.
type Opt[T any] struct {
	state *state // nil: absent
	value T
}

// state is what an Opt knows beside its value. It is never changed once an Opt
// points to it, since copies of the Opt share it.
type state struct {
	raw     jsontext.Value // what to send in place of the value, if not nil
	err     error          // why raw does not fit
	decoded []byte         // if not nil, raw stands for the value only while that encodes to this
}

// The states that nearly all properties are in. They differ in content, too, so
// that [reflect.DeepEqual] tells them apart.
var (
	null = &state{raw: jsontext.Value("null")}
	set  = &state{}
)

// Of returns an Opt with the value v.
func Of[T any](v T) Opt[T] { return Opt[T]{state: set, value: v} }

// Null returns an Opt that is null: it is sent as null, which is not the same
// as leaving it out.
func Null[T any]() Opt[T] { return Opt[T]{state: null} }

// FromRaw returns the Opt that raw decodes into. With it, a value that does not
// fit T can be sent. FromRaw(nil) is absent.
func FromRaw[T any](raw jsontext.Value) Opt[T] {
	var o Opt[T]
	if len(raw) == 0 {
		return o
	}
	if err := json.Unmarshal(raw, &o, lenient); err != nil {
		return unfit[T](raw, err)
	}
	return o
}

// unfit returns the Opt of a received value that is not a T.
func unfit[T any](raw jsontext.Value, err error) Opt[T] {
	return Opt[T]{state: &state{raw: raw.Clone(), err: err}}
}

// Get returns the value, and whether there is one. Without one (the property is
// absent, null, or does not fit T) it returns the zero T and false.
func (o Opt[T]) Get() (T, bool) {
	return o.value, o.state != nil && o.state != null && o.state.err == nil
}

// Or returns the value, or else if there is none.
func (o Opt[T]) Or(other T) T {
	if v, ok := o.Get(); ok {
		return v
	}
	return other
}

// IsNull reports whether the property is null.
func (o Opt[T]) IsNull() bool { return o.state == null }

// IsZero reports whether the property is absent. The option omitzero of a JSON
// tag asks for it; the pointer receiver saves an allocation for each property.
func (o *Opt[T]) IsZero() bool { return o.state == nil }

// Err says why the received value does not fit T. It is nil if it does, and if
// the property is absent, null or was set with Of.
func (o Opt[T]) Err() error {
	if o.state == nil {
		return nil
	}
	return o.state.err
}

// Raw returns a copy of the JSON that was received, if it does not fit T or if
// it is spelled otherwise than the value would be: 1.10 for 1.1, say. It is nil
// for all else.
func (o Opt[T]) Raw() jsontext.Value {
	if o.state == nil || o.state == null {
		return nil
	}
	return o.state.raw.Clone()
}

// Equal reports whether o and other are in the same state with deeply equal
// values and would be sent alike. The package github.com/google/go-cmp uses it.
func (o Opt[T]) Equal(other Opt[T]) bool { return reflect.DeepEqual(o, other) }

// String formats the Opt for people: the value as [fmt.Sprint] does, the JSON
// of a null or of a value that does not fit, or "absent".
func (o Opt[T]) String() string {
	switch {
	case o.state == nil:
		return "absent"
	case o.state == null || o.state.err != nil:
		return string(o.state.raw)
	}
	return fmt.Sprint(o.value)
}
