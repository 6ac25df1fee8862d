package edm

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// TypeFacts are facts about a structured type that its struct does not tell.
type TypeFacts struct {
	// Abstract says that every value is of a type derived from this one.
	Abstract bool

	// ReadOnly are the names of the properties that only the service sets,
	// inherited ones included.
	ReadOnly []string

	// Nested are the types of the properties whose values have facts of their
	// own, by name of the property.
	Nested map[string]string
}

func (f TypeFacts) isZero() bool { return !f.Abstract && f.ReadOnly == nil && f.Nested == nil }

// Types returns the facts about the type with a qualified name, spelled as declared or
// in lower case. A nil Types, like an unknown name, has none.
type Types func(name string) TypeFacts

// of returns the facts that hold for an object of a declared type: those of the
// type that its @odata.type names, in any case, and those of the declared type, which
// it inherits. The package may not know the former.
func (t Types) of(members map[string]jsontext.Value, declared string) (actual string, facts TypeFacts) {
	if t == nil {
		return declared, TypeFacts{}
	}
	actual = TypeOf(members, declared)
	inherited := t(declared)
	if strings.EqualFold(actual, declared) {
		return declared, inherited
	}
	facts = t(actual)
	if lower := strings.ToLower(actual); lower != actual && facts.isZero() {
		facts = t(lower)
	}
	facts.ReadOnly = slices.Concat(facts.ReadOnly, inherited.ReadOnly)
	nested := maps.Clone(inherited.Nested)
	if nested == nil {
		return actual, facts
	}
	maps.Copy(nested, facts.Nested)
	facts.Nested = nested
	return actual, facts
}

// Findings are the reasons not to send a value.
type Findings struct {
	ReadOnly []string        // paths of properties that only the service sets: "client/createdBy"
	Abstract []AbstractValue // values whose type is abstract
}

// AbstractValue is a value of an abstract type.
type AbstractValue struct {
	Path string // "client/address", or "" for the whole
	Type string // "microsoft.graph.attachment"
}

// Check returns the reasons not to send the JSON of a value of a declared type:
// members that are read-only or, at the top, among notSettable, and objects of
// abstract types. It judges the names in the JSON, whichever field or additional
// data they come from.
func (t Types) Check(value jsontext.Value, declared string, notSettable []string) Findings {
	var found Findings
	t.check(&found, value, declared, "", notSettable)
	return found
}

func (t Types) check(found *Findings, value jsontext.Value, declared, path string, notSettable []string) {
	if value.Kind() == jsontext.KindBeginArray {
		for i, item := range itemsOf(value) {
			t.check(found, item, declared, join(path, strconv.Itoa(i)), nil)
		}
		return
	}
	members := membersOf(value)
	if members == nil {
		return
	}
	actual, facts := t.of(members, declared)
	if facts.Abstract {
		found.Abstract = append(found.Abstract, AbstractValue{path, actual})
	}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		at := join(path, name)
		if slices.Contains(facts.ReadOnly, name) || slices.Contains(notSettable, name) {
			found.ReadOnly = append(found.ReadOnly, at)
		} else if nested := facts.Nested[name]; nested != "" {
			t.check(found, members[name], nested, at, nil)
		}
	}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "/" + name
}

// ForCreate returns the JSON of a value of a declared type without what a create
// cannot send: read-only properties and the control information of a response
// (see [IsControl]) at every level, and at the top the members called omitted.
func (t Types) ForCreate(value jsontext.Value, declared string, omitted []string) jsontext.Value {
	var parts any
	if value.Kind() == jsontext.KindBeginArray {
		items := itemsOf(value)
		for i, item := range items {
			items[i] = t.ForCreate(item, declared, nil)
		}
		parts = items
	} else {
		members := membersOf(value)
		if members == nil {
			return value
		}
		_, facts := t.of(members, declared)
		for name, member := range members {
			if slices.Contains(facts.ReadOnly, name) || slices.Contains(omitted, name) || IsControl(name) {
				delete(members, name)
			} else {
				members[name] = t.ForCreate(member, facts.Nested[name], nil)
			}
		}
		parts = members
	}
	encoded, err := json.Marshal(parts, lenient, json.Deterministic(true))
	if err != nil {
		return value
	}
	return encoded
}

// IsControl reports whether a member is control information of a response, such
// as @odata.context and @odata.etag (OData JSON Format 4.01, section 4.6). Services of
// OData 4.01 leave out the prefix: @context. Types and references to other entities
// (@odata.bind) are not: requests have them, too.
func IsControl(name string) bool {
	i := strings.LastIndexByte(name, '@')
	if i < 0 {
		return false
	}
	if control, ok := strings.CutPrefix(name[i+1:], "odata."); ok {
		return control != "type" && control != "bind"
	}
	return slices.Contains(controls, name[i+1:])
}

// controls are the names of control information that services of OData 4.01 send.
var controls = []string{
	"context", "metadataEtag", "count", "nextLink", "delta", "deltaLink", "removed", "collectionAnnotations",
	"id", "editLink", "readLink", "etag", "navigationLink", "associationLink",
	"mediaEditLink", "mediaReadLink", "mediaEtag", "mediaContentType",
}

// TypeOf returns the name of the type that the @odata.type among the members of
// an object names, or its @type (OData JSON Format 4.01, section 4.6.3), or the
// declared type if there is neither.
func TypeOf(members map[string]jsontext.Value, declared string) string {
	raw, ok := members["@odata.type"]
	if !ok {
		raw = members["@type"]
	}
	var name string
	if json.Unmarshal(raw, &name) != nil || name == "" {
		return declared
	}
	return name[strings.LastIndexByte(name, '#')+1:] // "#ns.type", or an address before it
}

// membersOf returns the members of a JSON object, or nil for anything else.
func membersOf(value jsontext.Value) map[string]jsontext.Value {
	var members map[string]jsontext.Value
	if value.Kind() != jsontext.KindBeginObject || json.Unmarshal(value, &members, lenient) != nil {
		return nil
	}
	return members
}

// itemsOf returns the items of a JSON array.
func itemsOf(value jsontext.Value) []jsontext.Value {
	var items []jsontext.Value
	_ = json.Unmarshal(value, &items, lenient) // without items, there is nothing to look at
	return items
}
