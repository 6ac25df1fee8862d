package edm

import (
	"encoding"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"reflect"
	"strings"
	"sync"
)

// A table describes a struct whose fields are all Opts and Lists, as those of
// generated structs are. With it, [Marshal] and [Unmarshal] do the work of package
// json for such structs, which calls the methods of each Opt without knowing it.
// Package json is the reference: structs without a table, and values with an error,
// are left to it.
type table struct {
	fields []field // in the order of their JSON
	byName map[string]*field
	rest   []int // where the map with the other members is, or nil
}

// field is an Opt or a List in a struct.
type field struct {
	quoted string // its JSON name with the colon
	path   []int  // the indexes of the embedded structs around it, and its own
	exact  kinds  // the kinds that its value or its items accept exactly
}

// property is implemented by pointers to Opts and Lists. Their first field is the
// state.
type property interface {
	// parts returns pointers to the state and to the value, and whether the value
	// is the slice of items of a List.
	parts() (s **state, value any, list bool)
}

// tables holds the tables of the types that were needed until now.
var tables sync.Map // from reflect.Type to *table

// tableOf returns the table for a type, or nil if it cannot have one.
func tableOf(t reflect.Type) *table {
	if known, ok := tables.Load(t); ok {
		return known.(*table)
	}
	known, _ := tables.LoadOrStore(t, newTable(t))
	return known.(*table)
}

func newTable(of reflect.Type) *table {
	t := &table{byName: map[string]*field{}}
	if of.Kind() != reflect.Struct || hasOwnJSON(of) || !t.add(of, nil) {
		return nil
	}
	for i := range t.fields {
		f := &t.fields[i]
		t.byName[f.quoted[len(`"`):len(f.quoted)-len(`":`)]] = f
	}
	if len(t.byName) < len(t.fields) {
		return nil // package json decides which of two fields with the same name counts
	}
	return t
}

// add adds the fields of a struct, which path leads to. It reports whether all of
// them can be in a table.
func (t *table) add(in reflect.Type, path []int) bool {
	for i := range in.NumField() {
		f := in.Field(i)
		at := append(path[:len(path):len(path)], i)
		tag, tagged := f.Tag.Lookup("json")
		name, omitzero := strings.CutSuffix(tag, ",omitzero")
		switch {
		case !f.IsExported():
			return false
		case f.Anonymous && !tagged && f.Type.Kind() == reflect.Struct && !hasOwnJSON(f.Type):
			if !t.add(f.Type, at) {
				return false
			}
		case tag == ",embed" && f.Type == reflect.TypeFor[map[string]jsontext.Value]() && t.rest == nil:
			t.rest = at
		case omitzero && isPlain(name):
			p, ok := reflect.TypeAssert[property](reflect.New(f.Type))
			if !ok {
				return false
			}
			t.fields = append(t.fields, field{`"` + name + `":`, at, exactKindsIn(p)})
		default:
			return false
		}
	}
	return true
}

// exactKindsIn returns the exact kinds of the value of an Opt, or of the items of a
// List.
func exactKindsIn(p property) kinds {
	_, value, list := p.parts()
	if list {
		value = reflect.New(reflect.TypeOf(value).Elem().Elem()).Interface()
	}
	return exactKinds(value)
}

// isPlain reports whether a name is spelled the same in a JSON tag and in JSON.
func isPlain(name string) bool {
	return name != "" && name != "-" && !strings.ContainsFunc(name, func(r rune) bool {
		return r < ' ' || r > '~' || strings.ContainsRune(`"'\,`, r)
	})
}

// hasOwnJSON reports whether t has a method that package json calls.
func hasOwnJSON(t reflect.Type) bool {
	for _, methods := range []reflect.Type{
		reflect.TypeFor[json.MarshalerTo](), reflect.TypeFor[json.Marshaler](),
		reflect.TypeFor[encoding.TextAppender](), reflect.TypeFor[encoding.TextMarshaler](),
		reflect.TypeFor[json.UnmarshalerFrom](), reflect.TypeFor[json.Unmarshaler](), reflect.TypeFor[encoding.TextUnmarshaler](),
	} {
		if reflect.PointerTo(t).Implements(methods) {
			return true
		}
	}
	return false
}

// at returns what path leads to in the struct v.
func at(v reflect.Value, path []int) reflect.Value {
	for _, i := range path {
		v = v.Field(i)
	}
	return v
}
