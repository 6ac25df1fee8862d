package openapi

import (
	"fmt"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"
)

// formats maps the formats of strings and numbers to types.
var formats = map[string]map[string]string{
	"string": {
		"":          "Edm.String",
		"base64url": "Edm.Binary", // or Edm.Stream: a document does not tell these apart
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

// integers are the formats of whole numbers, with the type integer in 2020 and
// with the type number today.
var integers = map[string]string{
	"int8":  "Edm.SByte",
	"uint8": "Edm.Byte",
	"int16": "Edm.Int16",
	"int32": "Edm.Int32",
	"int64": "Edm.Int64",
}

// plain returns the type of a schema that is no reference, choice or array.
func plain(s *openapi3.Schema) typing {
	kind := ""
	for _, name := range s.Type.Slice() {
		if name == "null" {
			continue
		}
		if kind != "" {
			return untyped("it has one of several types")
		}
		kind = name
	}
	switch kind {
	case "boolean":
		return primitive("Edm.Boolean")
	case "string", "number", "integer":
		return scalar(kind, s)
	case "object":
		if len(s.Properties) > 0 {
			return untyped("its schema has no name")
		}
		return primitive("Edm.Untyped")
	case "":
		return primitive("Edm.Untyped")
	case "array":
		t := untyped("nothing is said of its items")
		t.ref.Collection = true
		return t
	default:
		return untyped("the type %q is not known", kind)
	}
}

func scalar(kind string, s *openapi3.Schema) typing {
	format := s.Format
	if format == "" && s.ContentEncoding == "base64url" {
		format = s.ContentEncoding
	}
	name := formats[kind][format]
	if kind != "string" && integers[format] != "" {
		name = integers[format]
	}
	t := primitive(name)
	if name == "" {
		t = primitive(formats[kind][""])
		t.problems = []string{fmt.Sprintf("the format %q of a %s is not known: it is left out", format, kind)}
	}
	if s.MaxLength != nil {
		t.facets.MaxLength = strconv.FormatUint(*s.MaxLength, 10)
	}
	if kind == "string" {
		t.allowed = texts(s.Enum)
	}
	return t
}

// texts returns those of some values that are strings.
func texts(values []any) []string {
	var list []string
	for _, value := range values {
		if text, ok := value.(string); ok {
			list = append(list, text)
		}
	}
	return list
}
