package odata

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// lenient accepts mistakes that services make: duplicate names, of which the last
// one counts, and invalid UTF-8, which becomes U+FFFD in strings.
var lenient = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

// Structured is implemented by pointers to generated structs, which represent
// entity types and complex types.
type Structured interface {
	// ODataType returns the name of the actual type, which can be one derived
	// from that of the struct: "microsoft.graph.identity".
	ODataType() string

	// ODataTypes returns the name of the type of the struct, then those of the
	// types derived from it that its package has.
	ODataTypes() []string
}

// TypeOf returns the type that the @odata.type or @type among the additional data
// names, or the declared type if there is neither.
func TypeOf(additionalData map[string]jsontext.Value, declared string) string {
	return edm.TypeOf(additionalData, declared)
}

// structured is the constraint for pointers to generated structs.
type structured[T any] interface {
	*T
	Structured
}

// As returns v as the struct of a derived type: odata.As[UserIdentity](v). It
// fails if the actual type of v is neither that type nor one derived from it. Case
// does not count: notifications name Microsoft.Graph.Message
// (https://learn.microsoft.com/graph/api/resources/resourcedata).
// Nothing is lost on the way; the result shares nothing with v.
func As[T any, P structured[T]](v Structured) (*T, error) {
	t := new(T)
	if err := as(v, P(t)); err != nil {
		return nil, err
	}
	return t, nil
}

func as(v, into Structured) error {
	types := into.ODataTypes()
	if p := reflect.ValueOf(v); !p.IsValid() || p.Kind() == reflect.Pointer && p.IsNil() {
		return fmt.Errorf("odata: nil is not a %s", types[0])
	}
	actual := v.ODataType()
	if !slices.ContainsFunc(types, func(name string) bool { return strings.EqualFold(name, actual) }) {
		return fmt.Errorf("odata: a value of type %s is not a %s", actual, types[0])
	}
	data, err := json.Marshal(v, lenient)
	if err != nil {
		return fmt.Errorf("odata: as %s: %w", types[0], err)
	}
	if err := json.Unmarshal(data, into, lenient); err != nil {
		return fmt.Errorf("odata: as %s: %w", types[0], err)
	}
	return nil
}

// Property is a property of a value, by its name in the schema.
type Property struct {
	name  string
	value interface{ IsZero() bool } // *Opt or *List
}

// Prop returns the property with the given name, whose value is a pointer to
// an Opt or a List.
func Prop(name string, value interface{ IsZero() bool }) Property { return Property{name, value} }

// Upcast returns the additional data of a value of a base type that stands for
// one of the derived type actual: with the derived type's own properties.
func Upcast(additionalData map[string]jsontext.Value, actual string, own ...Property) map[string]jsontext.Value {
	data := maps.Clone(additionalData)
	if data == nil {
		data = map[string]jsontext.Value{}
	}
	if data["@odata.type"] == nil && data["@type"] == nil {
		quoted, _ := jsontext.AppendQuote(nil, "#"+actual) // an error means U+FFFD for invalid UTF-8
		data["@odata.type"] = quoted
	}
	for _, p := range own {
		if p.value.IsZero() {
			continue
		}
		raw, err := json.Marshal(p.value, lenient)
		if err != nil {
			// This is not JSON: encoding the base value fails, rather than lose it.
			raw = jsontext.Value(fmt.Sprintf("(%s cannot be encoded: %v)", p.name, err))
		}
		data[p.name] = raw
	}
	return data
}
