package openapi

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// formats are the types of strings and numbers by their formats.
var formats = map[string]map[string]string{
	"string": {
		"":          "Edm.String",
		"base64url": "Edm.Binary", // or Edm.Stream: only paths tell which
		"binary":    "Edm.Stream",
		"byte":      "Edm.Binary",
		"date":      "Edm.Date",
		"date-time": "Edm.DateTimeOffset",
		"decimal":   "Edm.Decimal",
		"duration":  "Edm.Duration",
		"time":      "Edm.TimeOfDay",
		"uuid":      "Edm.Guid",
		"int64":     "Edm.Int64",
	},
	"number": {
		"":        "Edm.Decimal", // which takes any number as it is
		"decimal": "Edm.Decimal",
		"double":  "Edm.Double",
		"float":   "Edm.Single",
	},
	"integer": {"": "Edm.Int64"},
}

// encodings are the formats for strings in an encoding, which OpenAPI 3.1 has instead.
var encodings = map[string]string{"base64": "byte", "base64url": "base64url"}

// integers are the types of whole numbers by their formats. Such a number has
// the type integer in documents of 2020 and the type number in later ones.
var integers = map[string]string{
	"int8":  "Edm.SByte",
	"uint8": "Edm.Byte",
	"int16": "Edm.Int16",
	"int32": "Edm.Int32",
	"int64": "Edm.Int64",
}

// fields are schemas that together describe one value: a field of the first one that
// has it counts.
type fields []value

func (f fields) get(name string) value {
	for _, s := range f {
		if v := s.get(name); v.exists() {
			return v
		}
	}
	return value{}
}

func (f fields) types() []string {
	i := slices.IndexFunc(f, func(s value) bool { return s.get("type").exists() })
	if i < 0 {
		return nil
	}
	return typesOf(f[i])
}

// values returns the values that the schemas allow, or nil.
func (f fields) values() []value {
	if only := f.get("const"); only.exists() {
		return []value{only}
	}
	return f.get("enum").items()
}

func withoutNull(types []string) []string {
	return slices.DeleteFunc(slices.Clone(types), func(name string) bool { return name == "null" })
}

// scalar returns the type of schemas that are not references, choices or arrays.
func scalar(schemas ...value) typing {
	s := fields(schemas)
	if t := s.get("type"); t.exists() && !t.isScalar() && !t.isList() {
		return untyped("its type is %s", t.kind())
	}
	kind := ""
	for _, name := range withoutNull(s.types()) {
		if kind != "" {
			return untyped("it has one of several types")
		}
		kind = name
	}
	values := s.values()
	if kind == "" && len(values) > 0 {
		if slices.ContainsFunc(values, func(v value) bool { return !v.isString() && !v.isNull() }) {
			return untyped("its schema lists values without a type")
		}
		t := formatted("string", s)
		if slices.ContainsFunc(values, value.isNull) {
			t.facets.Nullable = model.Yes
		}
		return t
	}
	switch kind {
	case "boolean":
		return primitive("Edm.Boolean")
	case "string", "number", "integer":
		return formatted(kind, s)
	case "object", "":
		if len(s.get("properties").members()) > 0 {
			return untyped("its schema has no name")
		}
		if slices.ContainsFunc(s, isMap) {
			return untyped("it is a map from names to values")
		}
		if format := s.get("format"); kind == "" && format.exists() {
			return untyped("it has the format %q without a type", format.text())
		}
		return primitive("Edm.Untyped")
	case "array":
		t := untyped("its schema does not describe the items")
		t.ref.Collection = true
		return t
	default:
		return untyped("its type %q is unknown", kind)
	}
}

// isMap reports whether a schema describes the values that an object has under any
// name. Graph writes {type: object} for any value.
func isMap(s value) bool {
	values := s.get("additionalProperties")
	return values.size() > 1 || values.size() == 1 && !hasType(values, "object")
}

// formatted returns the type of a string or a number.
func formatted(kind string, s fields) typing {
	format, encoding := s.get("format").text(), s.get("contentEncoding").text()
	if format == "" {
		format = encodings[encoding]
	}
	name := formats[kind][format]
	if kind != "string" && integers[format] != "" {
		name = integers[format]
	}
	t := primitive(name)
	if name == "" {
		t = primitive(formats[kind][""])
		t.problems = append(t.problems, fmt.Sprintf("the format %q of a %s is unknown: it is ignored", format, kind))
	}
	if kind == "string" && encoding != "" && encodings[encoding] == "" {
		t.problems = append(t.problems, fmt.Sprintf("the contentEncoding %q of a string is unknown: it is ignored", encoding))
	}
	if length := s.get("maxLength"); length.exists() {
		if _, err := strconv.ParseUint(length.text(), 10, 32); err == nil {
			t.facets.MaxLength = length.text()
		} else {
			t.problems = append(t.problems, fmt.Sprintf("maxLength %q is not a number: it is ignored", length.text()))
		}
	}
	if kind == "string" {
		for _, v := range s.values() {
			if v.isScalar() {
				t.allowed = append(t.allowed, v.text())
			}
		}
	}
	return t
}
