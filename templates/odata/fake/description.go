package fake

import (
	"cmp"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// Description says what a service has. A generated package describes its own.
type Description struct {
	// Endpoint is the address of the service with its version:
	// "https://graph.microsoft.com/v1.0".
	Endpoint string

	// TopIsPageSize says that $top is the number of items in a page, as for
	// Microsoft Graph, and not of all items.
	TopIsPageSize bool

	// KeysInParentheses says that the service writes keys in parentheses, as in
	// items('1'), and not as segments.
	KeysInParentheses bool

	Types     []Type
	Root      Resource   // its steps lead to the entity sets and singletons
	Resources []Resource // all others
}

// Type is an entity type or a complex type.
type Type struct {
	Name       string // "microsoft.graph.message"
	Base       string // "" for none
	Keys       []string
	Open       bool // values can have properties that Properties lacks
	Properties []Property

	KeyProperties []KeyProperty   // the key, if a property has an alias; Keys is nil
	AlternateKeys [][]KeyProperty // those whose properties have their own names can be left out
}

// KeyProperty is a property of a key.
type KeyProperty struct {
	Name string // in addresses
	Path string // of the property: "number", "label/number"
}

// Property is a structural property or a navigation property.
type Property struct {
	Name string
	Type string // "Edm.String", "Collection(microsoft.graph.recipient)"
	Kind Kind
}

// Kind is a kind of properties.
type Kind int

// The kinds of properties.
const (
	Structural Kind = iota
	ReadOnly        // structural, and set by the service alone
	Navigation      // leads to entities
)

// Resource is a resource of the service, wherever paths lead to it.
type Resource struct {
	Name       string // of its builder: "MeMessages"
	Type       string // of the resource, or of its items
	Collection bool
	Contained  bool // it belongs to the resource before it in a path
	Steps      []Step
	Methods    []Method
}

// Step leads from a resource to the next one.
type Step struct {
	Segment string // the name of a property or of a type; "" for an item
	To      string // the name of the resource
	Cast    bool   // Segment is the name of a derived type
	Value   bool   // Segment is a structural property
}

// Method is a method of a package.
type Method struct {
	Field      string   // of the service of the package, which overrides the method: "MeSendMail"
	OldField   string   // the field that it had before its resource was renamed, or ""
	Kind       string   // "Get", "Action"
	Segment    string   // of an operation or a stream
	Parameters []string // of a function
	Status     int      // of an update that is answered without the item, or 0
}

// types are the types of a service by their names.
type types map[string]*Type

// is reports whether a type is another one or derived from it.
func (t types) is(name, base string) bool {
	for range len(t) + 1 { // a type cannot have more base types
		if name == base {
			return true
		}
		if t[name] == nil {
			return false
		}
		name = t[name].Base
	}
	return false
}

// spelled returns the name of a type as it is declared: case does not count.
func (t types) spelled(name string) string {
	if name == "" || t[name] != nil {
		return name
	}
	declared := ""
	for known := range t {
		if strings.EqualFold(known, name) && (declared == "" || known < declared) {
			declared = known
		}
	}
	return cmp.Or(declared, name)
}

// typeOf returns the type that a JSON object names, or "".
func (t types) typeOf(o object) string { return t.spelled(odata.TypeOf(o, "")) }

// property returns a property of a type or of its base types, or nil.
func (t types) property(name, property string) *Property {
	for range len(t) + 1 {
		if t[name] == nil {
			return nil
		}
		for i, p := range t[name].Properties {
			if p.Name == property {
				return &t[name].Properties[i]
			}
		}
		name = t[name].Base
	}
	return nil
}

// declared returns the declared type of a property, or "".
func (t types) declared(name, property string) string {
	if p := t.property(name, property); p != nil {
		return p.Type
	}
	return ""
}

// declares reports whether a value of a type can have a declared property: because
// the type, its base types or a type derived from it have one, or because the
// description does not have the type.
func (t types) declares(name, property string) bool {
	if t[name] == nil || t.property(name, property) != nil {
		return true
	}
	for derived := range t {
		if t.is(derived, name) && t.property(derived, property) != nil {
			return true
		}
	}
	return false
}

// knows reports whether a value of a type can have a structural property, declared or
// not: a type is open if a base type is.
func (t types) knows(name, property string) bool {
	if strings.HasPrefix(name, "Edm.") && name != "Edm.Untyped" {
		return false // primitive values have none
	}
	if t.declares(name, property) {
		return true
	}
	for open := range t {
		if t[open].Open && t.is(name, open) {
			return true
		}
	}
	return false
}

// declaredAt returns the declared type of the property at a path, or "".
func (t types) declaredAt(name, path string) string {
	for property := range strings.SplitSeq(path, "/") {
		name = t.declared(name, property)
	}
	return name
}

// keys returns the properties of the key of a type.
func (t types) keys(name string) []KeyProperty {
	for range len(t) + 1 {
		if t[name] == nil {
			break
		}
		if keys := t[name].KeyProperties; keys != nil {
			return keys
		}
		if names := t[name].Keys; names != nil {
			keys := make([]KeyProperty, len(names))
			for i, name := range names {
				keys[i] = KeyProperty{name, name}
			}
			return keys
		}
		name = t[name].Base
	}
	return []KeyProperty{{"id", "id"}}
}

// alternateKeys returns the alternate keys of a type and of its base types.
func (t types) alternateKeys(name string) [][]KeyProperty {
	var list [][]KeyProperty
	for range len(t) + 1 {
		if t[name] == nil {
			break
		}
		list = append(list, t[name].AlternateKeys...)
		name = t[name].Base
	}
	return list
}

// item returns the type of an item of a collection, or the type itself.
func item(name string) (_ string, collection bool) {
	inner, ok := strings.CutPrefix(name, "Collection(")
	return strings.TrimSuffix(inner, ")"), ok
}

// step returns the step of a resource with a segment, or nil.
func (r *Resource) step(segment string) *Step {
	i := slices.IndexFunc(r.Steps, func(s Step) bool {
		return s.Segment != "" && (s.Segment == segment || s.Cast && sameType(s.Segment, segment))
	})
	if i < 0 {
		return nil
	}
	return &r.Steps[i]
}

// sameType reports whether a segment names a type, with its namespace or with the
// alias "graph".
func sameType(name, segment string) bool {
	short, ok := strings.CutPrefix(segment, "graph.")
	return ok && name == "microsoft.graph."+short
}

// items returns the step of a collection to its items, or nil.
func (r *Resource) items() *Step {
	i := slices.IndexFunc(r.Steps, func(s Step) bool { return s.Segment == "" })
	if i < 0 {
		return nil
	}
	return &r.Steps[i]
}

// method returns the method of a kind, or nil.
func (r *Resource) method(kind string) *Method {
	i := slices.IndexFunc(r.Methods, func(m Method) bool { return m.Kind == kind && m.Segment == "" })
	if i < 0 {
		return nil
	}
	return &r.Methods[i]
}

// operation returns the operation or the stream with a segment that a request with
// a verb and arguments asks for, or nil.
func (r *Resource) operation(verb, segment string, arguments map[string]string) *Method {
	i := slices.IndexFunc(r.Methods, func(m Method) bool {
		if m.Segment == "" || m.Segment != segment || m.Kind == "Function" && !sameNames(m.Parameters, arguments) {
			return false
		}
		switch m.Kind {
		case "Action":
			return verb == "POST"
		case "Upload":
			return verb == "PUT"
		}
		return verb == "GET"
	})
	if i < 0 {
		return nil
	}
	return &r.Methods[i]
}

func sameNames(parameters []string, arguments map[string]string) bool {
	for _, p := range parameters {
		if _, ok := arguments[p]; !ok {
			return false
		}
	}
	return len(parameters) == len(arguments)
}
