package openapi

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// typing is what a schema says of the type of a value.
type typing struct {
	ref         model.TypeRef
	facets      model.Facets
	annotations []*model.Annotation
	problems    []string
}

func primitive(name string) typing { return typing{ref: model.TypeRef{Name: name}} }

// untyped is the type of a value of which nothing is known.
func untyped(format string, args ...any) typing {
	t := primitive("Edm.Untyped")
	t.problems = []string{fmt.Sprintf(format, args...) + ": any value is taken"}
	return t
}

// typeOf returns the type that a schema stands for.
func (p *parser) typeOf(ref *openapi3.SchemaRef) typing { return p.typeAt(ref, 0) }

// maxDepth is how deep schemas may lie in each other.
const maxDepth = 20

func (p *parser) typeAt(ref *openapi3.SchemaRef, depth int) typing {
	switch {
	case depth > maxDepth:
		return untyped("its schema is too deep")
	case ref == nil || ref.Value == nil:
		return untyped("its schema is empty")
	case ref.Ref != "" && p.roleOf(refName(ref.Ref)) != roleNone:
		return p.reference(ref)
	}
	s := ref.Value
	var t typing
	switch {
	case len(s.AnyOf) > 0:
		t = p.oneOf(s.AnyOf, depth)
	case len(s.OneOf) > 0:
		t = p.oneOf(s.OneOf, depth)
	case len(s.AllOf) == 1 && len(s.Properties) == 0: // to write something beside a reference
		t = p.typeAt(s.AllOf[0], depth+1)
	case s.Items != nil:
		return p.collection(s, depth)
	default:
		t = p.plain(s)
	}
	switch {
	case mayBeNull(s):
		t.facets.Nullable = model.Yes
	case t.facets.Nullable == model.Unknown && (p.saysNull || s.Type != nil):
		t.facets.Nullable = model.No
	}
	return t
}

// reference returns the type that a reference leads to.
func (p *parser) reference(ref *openapi3.SchemaRef) typing {
	t := primitive(refName(ref.Ref))
	if p.saysNull {
		t.facets.Nullable = model.No
	}
	return t
}

// oneOf returns the type of a choice. In one that Graph writes, there is one
// type besides null, or there are several spellings of a number:
// INF, -INF and NaN are strings in JSON.
func (p *parser) oneOf(choice openapi3.SchemaRefs, depth int) typing {
	var types []typing
	null := model.Unknown
	for _, ref := range choice {
		if isNull(ref) {
			null = model.Yes
			continue
		}
		t := p.typeAt(ref, depth+1)
		if t.facets.Nullable == model.Yes {
			null = model.Yes
		}
		types = append(types, t)
	}
	var chosen typing
	switch i := slices.IndexFunc(types, typing.isNumber); {
	case len(types) == 1:
		chosen = types[0]
	case i >= 0 && !slices.ContainsFunc(types, func(t typing) bool { return t.ref.Collection }):
		chosen = types[i]
	case len(types) == 0:
		chosen = untyped("its schema is empty")
	default:
		chosen = untyped("it has one of several types")
	}
	if null == model.Yes {
		chosen.facets.Nullable = model.Yes
	}
	return chosen
}

func (t typing) isNumber() bool {
	return slices.Contains([]string{"Edm.Double", "Edm.Single", "Edm.Decimal"}, t.ref.Name)
}

// isNull reports whether a schema allows null alone: as OpenAPI 3.1 writes it,
// or as a nullable object of which nothing else is said.
func isNull(ref *openapi3.SchemaRef) bool {
	if ref == nil || ref.Ref != "" || ref.Value == nil {
		return false
	}
	s := ref.Value
	return s.Type.Is("null") || s.Nullable && s.Type.Is("object") && len(s.Properties) == 0 && len(s.AllOf) == 0
}

func mayBeNull(s *openapi3.Schema) bool {
	return s.Nullable || s.Type.Includes("null") && len(s.Type.Slice()) > 1
}

func (p *parser) collection(s *openapi3.Schema, depth int) typing {
	t := p.typeAt(s.Items, depth+1)
	if t.ref.Collection {
		return untyped("it is a collection of collections")
	}
	t.ref.Collection = true
	return t
}

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
func (p *parser) plain(s *openapi3.Schema) typing {
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
		return p.scalar(kind, s)
	case "object":
		if len(s.Properties) > 0 {
			return untyped("its schema has no name")
		}
		return primitive("Edm.Untyped")
	case "":
		return primitive("Edm.Untyped")
	default:
		return untyped("type %s is not known", kind)
	}
}

func (p *parser) scalar(kind string, s *openapi3.Schema) typing {
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
	if values := texts(s.Enum); kind == "string" && len(values) > 0 {
		t.annotations = append(t.annotations, model.NewAllowedValues(values, p.position(s.Origin)))
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
