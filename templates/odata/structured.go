package odata

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// lenient accepts what a service should not send but may: duplicate names, of
// which the last one counts, and invalid UTF-8, which becomes U+FFFD in strings.
var lenient = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

// typeControl is the control information that names the type of a value
// (OData JSON Format 4.01, section 4.6.3).
const typeControl = "@odata.type"

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

// ForCreate returns the additional data of a value that a create can send: a
// copy without the control information of a response, such as @odata.context
// and @odata.etag (OData JSON Format 4.01, section 4.6). Types and references to
// other entities (@odata.bind) stay.
func ForCreate(additionalData map[string]jsontext.Value) map[string]jsontext.Value {
	sent := maps.Clone(additionalData)
	maps.DeleteFunc(sent, func(name string, _ jsontext.Value) bool {
		_, control, ok := strings.Cut(name, "@odata.")
		return ok && control != "type" && control != "bind"
	})
	return sent
}

// TypeOf returns the type that the @odata.type among the additional data
// names, or the declared type where there is none.
func TypeOf(additionalData map[string]jsontext.Value, declared string) string {
	raw, ok := additionalData[typeControl]
	if !ok {
		return declared
	}
	var name string
	if json.Unmarshal(raw, &name) != nil || name == "" {
		return declared
	}
	return name[strings.LastIndexByte(name, '#')+1:] // "#ns.type", or an address before it
}

// As returns v as the struct of a derived type: odata.As[UserIdentity](v). It
// is an error if the actual type of v is neither that type nor one derived
// from it. Nothing is lost on the way; the result shares nothing with v.
func As[T any, P interface {
	*T
	Structured
}](v Structured) (*T, error) {
	t := new(T)
	types := P(t).ODataTypes()
	if p := reflect.ValueOf(v); !p.IsValid() || p.Kind() == reflect.Pointer && p.IsNil() {
		return nil, fmt.Errorf("odata: nil is no %s", types[0])
	}
	if actual := v.ODataType(); !slices.Contains(types, actual) {
		return nil, fmt.Errorf("odata: a value of type %s is no %s", actual, types[0])
	}
	data, err := json.Marshal(v, lenient)
	if err != nil {
		return nil, fmt.Errorf("odata: as %s: %w", types[0], err)
	}
	if err := json.Unmarshal(data, t, lenient); err != nil {
		return nil, fmt.Errorf("odata: as %s: %w", types[0], err)
	}
	return t, nil
}

// Property is a property of a value, by its name in the schema.
type Property struct {
	name string
	opt  interface{ IsZero() bool } // *Opt
}

// Prop returns the property with the given name, whose value is a pointer to
// an Opt.
func Prop(name string, opt interface{ IsZero() bool }) Property { return Property{name, opt} }

// Upcast returns the additional data of a value of a base type that stands for
// one of the derived type actual: with the derived type's own properties.
func Upcast(additionalData map[string]jsontext.Value, actual string, own ...Property) map[string]jsontext.Value {
	data := maps.Clone(additionalData)
	if data == nil {
		data = map[string]jsontext.Value{}
	}
	if _, ok := data[typeControl]; !ok {
		data[typeControl] = jsontext.Value(`"#` + actual + `"`)
	}
	for _, p := range own {
		if p.opt.IsZero() {
			continue
		}
		raw, err := json.Marshal(p.opt, lenient)
		if err != nil {
			// Not JSON: encoding the base value fails, rather than lose this.
			raw = jsontext.Value(fmt.Sprintf("(%s cannot be encoded: %v)", p.name, err))
		}
		data[p.name] = raw
	}
	return data
}

// NotSettableError says that a request sets what only the service sets.
type NotSettableError struct {
	Operation  string
	Properties []string // names in the schema
}

// Error returns the message.
func (e *NotSettableError) Error() string {
	return fmt.Sprintf("%s: odata: only the service sets %s: leave that out, as ForCreate does", e.Operation, strings.Join(e.Properties, ", "))
}

// RefuseSet returns a *NotSettableError that names those of the properties
// that are not absent, or nil if all are.
func RefuseSet(operation string, properties ...Property) error {
	var names []string
	for _, p := range properties {
		if !p.opt.IsZero() {
			names = append(names, p.name)
		}
	}
	if names == nil {
		return nil
	}
	return &NotSettableError{operation, names}
}
