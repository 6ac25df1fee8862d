package fake

import (
	"encoding/base64"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// sameKey reports whether two texts stand for the same value of a type: each is the
// value of a JSON string or number, or a literal of an address. A string is not in
// quotes.
func sameKey(typ, a, b string) bool {
	switch {
	case a == b:
		return true
	case typ == "" || typ == "Edm.String":
		return false
	case numeric(typ): // most are integers
		x, err := strconv.ParseInt(a, 10, 64)
		y, err2 := strconv.ParseInt(b, 10, 64)
		if err == nil && err2 == nil {
			return x == y
		}
	}
	n, ok := orderOf(keyScalar(typ, a), keyScalar(typ, b))
	return ok && n == 0
}

// keyPart is a property of a key in an address, with its path and its declared type.
type keyPart struct{ path, typ, literal string }

// locate finds the properties of a key in an address. A part without a name is that of
// the key in its place. A name that is in no key is that of a property. ok is false if
// the key lacks a part.
func (t types) locate(typ string, key []argument) (_ []keyPart, ok bool) {
	isPart := false
	located := func(path, literal string) keyPart { return keyPart{path, t.declaredAt(typ, path), literal} }
	for i, properties := range append([][]KeyProperty{t.keys(typ)}, t.alternateKeys(typ)...) {
		var list []keyPart
		found := map[string]bool{}
		for j, part := range key {
			at := slices.IndexFunc(properties, func(p KeyProperty) bool { return p.Name == part.name })
			if i == 0 && part.name == "" && j < len(properties) {
				at = j
			}
			if at >= 0 {
				list = append(list, located(properties[at].Path, part.literal))
				found[properties[at].Path] = true
			}
		}
		switch {
		case len(list) < len(key):
		case len(found) == len(properties):
			return list, true
		default:
			isPart = true
		}
	}
	var list []keyPart
	for _, part := range key {
		isPart = isPart || part.name == ""
		list = append(list, located(part.name, part.literal))
	}
	return list, !isPart
}

// incomplete says which key a type has, of which an address has only a part.
func (t types) incomplete(typ string, key []argument) string {
	var parts []argument
	for _, p := range t.keys(typ) {
		parts = append(parts, argument{p.Name, "…"})
	}
	return fmt.Sprintf("the key %s is not that of a %s, which is (%s)", keyText(key), typ, keyText(parts))
}

// valueAt returns the value at the path of a property, or nil.
func valueAt(o object, path string) jsontext.Value {
	if v, ok := o[path]; ok { // most paths are names
		return v
	}
	return within(o, strings.Split(path, "/"))
}

// setAt sets the value at the path of a property.
func setAt(o object, path string, value jsontext.Value) {
	name, rest, more := strings.Cut(path, "/")
	if more {
		var inner object
		if json.Unmarshal(o[name], &inner, lenient) != nil || inner == nil {
			inner = object{}
		}
		setAt(inner, rest, value)
		value, _ = json.Marshal(inner, json.Deterministic(true), lenient) // all is JSON
	}
	o[name] = value
}

// keyOf returns the key of an entity.
func (s *store) keyOf(e *entity) []argument {
	var key []argument
	for _, p := range s.types.keys(e.typ) {
		key = append(key, argument{p.Name, text(valueAt(e.values, p.Path))})
	}
	return key
}

// keyAddress returns the key of an entity as the end of its address: "/adele", or in
// parentheses if the service writes it so, if it has several parts, or would mean
// something else as a segment.
func (s *store) keyAddress(e *entity) string {
	keys := s.types.keys(e.typ)
	if len(keys) == 1 && !s.parentheses {
		if key := text(valueAt(e.values, keys[0].Path)); key != "" && key != "." && key != ".." && !strings.HasPrefix(key, "$") {
			return "/" + url.PathEscape(key)
		}
	}
	parts := make([]string, len(keys))
	for i, p := range keys {
		before, quotes, isQuoted := strings.Cut(keyLiteral(s.types.declaredAt(e.typ, p.Path), valueAt(e.values, p.Path)), "'")
		parts[i] = url.PathEscape(before)
		if isQuoted {
			parts[i] += "'" + url.PathEscape(strings.TrimSuffix(quotes, "'")) + "'"
		}
		if len(keys) > 1 {
			parts[i] = url.PathEscape(p.Name) + "=" + parts[i]
		}
	}
	return "(" + strings.Join(parts, ",") + ")"
}

// keyLiteral returns the literal of a value of a type, as [edm.Literal] writes it.
func keyLiteral(typ string, v jsontext.Value) string {
	value := text(v)
	switch typ {
	case "Edm.Guid", "Edm.Date", "Edm.DateTimeOffset", "Edm.TimeOfDay", "Edm.Boolean":
		return value
	case "Edm.Duration":
		return "duration'" + value + "'"
	case "Edm.Binary":
		return "binary'" + strings.NewReplacer("+", "-", "/", "_").Replace(value) + "'"
	}
	if numeric(typ) {
		return value
	}
	return "'" + strings.ReplaceAll(value, "'", "''") + "'"
}

func keyScalar(typ, literal string) any {
	text := unquote(literal)
	read := scalars[typ]
	if numeric(typ) {
		read = readNumber
	}
	if read != nil {
		if scalar, ok := read(text); ok {
			return scalar
		}
	}
	return text
}

// keyValue returns the JSON of a value of a type that an address has.
func keyValue(typ, literal string) jsontext.Value {
	switch raw := jsontext.Value(literal); {
	case typ == "" || typ == "Edm.String":
		return quoted(literal)
	case numeric(typ) && raw.Kind() == jsontext.KindNumber && raw.IsValid(), typ == "Edm.Boolean" && raw.IsValid():
		return raw
	}
	return quoted(unquote(literal))
}

// setKey sets the properties of the key that an address has, if that is a whole key.
func (s *store) setKey(e *entity, key []argument) (whole bool) {
	parts, whole := s.types.locate(e.typ, key)
	if !whole {
		return false
	}
	for _, part := range parts {
		setAt(e.values, part.path, keyValue(part.typ, part.literal))
	}
	return true
}

// newKey sets the key properties that an entity lacks. The id of an open extension is
// its name (https://learn.microsoft.com/graph/api/opentypeextension-post-opentypeextension).
func (s *store) newKey(e *entity) {
	for _, key := range s.types.keys(e.typ) {
		name := e.values["extensionName"]
		switch value := valueAt(e.values, key.Path); {
		case value != nil && value.Kind() != jsontext.KindNull:
		case key.Path == "id" && e.typ == "microsoft.graph.openTypeExtension" && name.Kind() == jsontext.KindString:
			e.values["id"] = name
		default:
			setAt(e.values, key.Path, s.newValue(s.types.declaredAt(e.typ, key.Path)))
			e.madeKeys = append(e.madeKeys, key.Path)
		}
	}
}

// newValue returns a value of a type that no other key has, if the type has enough of
// them. The members of an enumeration are unknown.
func (s *store) newValue(typ string) jsontext.Value {
	at := func(form string, unit time.Duration) jsontext.Value {
		return quoted(time.Unix(0, 0).UTC().Add(time.Duration(s.next()) * unit).Format(form))
	}
	switch {
	case numeric(typ):
		return jsontext.Value(strconv.Itoa(s.next()))
	case typ == "Edm.Boolean":
		return jsontext.Value("false")
	case typ == "Edm.DateTimeOffset":
		return at(time.RFC3339, time.Second)
	case typ == "Edm.Date":
		return at(time.DateOnly, 24*time.Hour)
	case typ == "Edm.TimeOfDay":
		return at(time.TimeOnly, time.Second)
	case typ == "Edm.Duration":
		return quoted(fmt.Sprintf("PT%dS", s.next()))
	case typ == "Edm.Binary":
		return quoted(base64.StdEncoding.EncodeToString([]byte(s.newID())))
	}
	return quoted(s.newID())
}

// numeric reports whether the values of a type are JSON numbers.
func numeric(typ string) bool {
	switch typ {
	case "Edm.Int16", "Edm.Int32", "Edm.Int64", "Edm.Byte", "Edm.SByte", "Edm.Decimal", "Edm.Double", "Edm.Single":
		return true
	}
	return false
}
