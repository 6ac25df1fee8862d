package fake

import (
	"encoding/base64"
	"encoding/json/jsontext"
	"fmt"
	"strconv"
	"time"
)

// sameKey reports whether two texts stand for the same value of a type: each is the
// value of a JSON string or number, or a literal of an address. A string is not in
// quotes.
func sameKey(typ, a, b string) bool {
	if a == b {
		return true
	}
	n, ok := orderOf(keyScalar(typ, a), keyScalar(typ, b))
	return ok && n == 0
}

func keyScalar(typ, literal string) any {
	if typ == "" || typ == "Edm.String" {
		return literal
	}
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

// newKey sets the key properties that an entity lacks. The id of an open extension is
// its name (https://learn.microsoft.com/graph/api/opentypeextension-post-opentypeextension).
func (s *store) newKey(e *entity) {
	for _, key := range s.types.keys(e.typ) {
		name := e.values["extensionName"]
		switch {
		case e.values[key] != nil && e.values[key].Kind() != jsontext.KindNull:
		case key == "id" && e.typ == "microsoft.graph.openTypeExtension" && name.Kind() == jsontext.KindString:
			e.values[key] = name
		default:
			e.values[key] = s.newValue(s.types.declared(e.typ, key))
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
