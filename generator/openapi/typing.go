package openapi

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// typing is what a schema says about the type of a value.
type typing struct {
	ref      model.TypeRef
	facets   model.Facets
	allowed  []string // the values of a string, nil for all
	problems []string // for warnings
	defect   string   // why there is no type, or ""
}

// isBooleanSchema reports whether a schema is true, which allows any value, or
// false, which allows none: OpenAPI 3.1 has both (JSON Schema, section 4.3.2).
func (p *parser) isBooleanSchema(s value) bool { return p.version31 && s.isBool() }

func primitive(name string) typing { return typing{ref: model.TypeRef{Name: name}} }

// untyped returns the type of a value that can be anything.
func untyped(format string, args ...any) typing {
	t := primitive("Edm.Untyped")
	t.problems = []string{fmt.Sprintf(format, args...) + ": any value is taken"}
	return t
}

// report adds the problems of a type to those of the element that has it.
func (t typing) report(p *parser, at source.Position, owner string) {
	for _, problem := range t.problems {
		p.warnf(at, "%s: %s", owner, problem)
	}
	if t.defect != "" {
		p.defectf(at, "%s: %s", owner, t.defect)
	}
}

// typeOf returns the type that a schema stands for.
func (p *parser) typeOf(s value) typing {
	if s.isReference() {
		to := p.docs.follow(s)
		if name := p.nameOf(s); p.roleOf(name) != roleNone {
			t := primitive(name)
			if p.saysNull {
				t.facets.Nullable = model.No
			}
			return t
		}
		if to.problem != "" {
			return typing{defect: to.problem}
		}
		s = to.value
	}
	switch {
	case p.isBooleanSchema(s) && s.isTrue(): // the same as {}
		return primitive("Edm.Untyped")
	case p.isBooleanSchema(s):
		return untyped("its schema allows no value")
	case !s.isObject():
		if !s.exists() || s.isNull() {
			return typing{defect: "its schema is empty: it must be an object"}
		}
		return typing{defect: "its schema is " + s.kind() + ": it must be an object"}
	}
	if t, ok := p.typings[s.node]; ok {
		return t
	}
	p.typings[s.node] = untyped("its schema contains itself")
	t := p.findType(s)
	p.typings[s.node] = t
	return t
}

// findType returns the type that a schema without a name of its own stands for.
func (p *parser) findType(s value) typing {
	anyOf, oneOf, allOf := s.get("anyOf").items(), s.get("oneOf").items(), s.get("allOf").items()
	var t typing
	switch {
	case len(anyOf) > 0:
		t = p.oneOf(anyOf)
	case len(oneOf) > 0:
		t = p.oneOf(oneOf)
	case len(allOf) > 0 && !s.get("properties").exists(): // to write something beside a reference
		t = p.allOf(allOf)
	case s.get("items").exists():
		return p.collection(s)
	default:
		t = scalar(s)
	}
	switch {
	case mayBeNull(s):
		t.facets.Nullable = model.Yes
	case t.facets.Nullable == model.Unknown && t.ref.Name != "Edm.Untyped" && (p.saysNull || len(typesOf(s)) > 0):
		t.facets.Nullable = model.No
	}
	return t
}

// oneOf returns the type of a choice. The choices that Graph writes have one
// type besides null, or a type and types that extend it, or several spellings
// of a number: INF, -INF and NaN are strings in JSON.
func (p *parser) oneOf(choice []value) typing {
	var types []typing
	null := false
	for _, s := range choice {
		if isNull(s) {
			null = true
			continue
		}
		t := p.typeOf(s)
		null = null || t.facets.Nullable == model.Yes
		types = append(types, t)
	}
	chosen := p.common(types)
	if null {
		chosen.facets.Nullable = model.Yes
	}
	return chosen
}

// allOf returns the type of a value that several schemas describe: that of the only one that
// names a type. Others add that the value can be null, or a description.
func (p *parser) allOf(schemas []value) typing {
	var types []typing
	null := false
	for _, s := range schemas {
		if s.isObject() && !hasConstraint(s) || isNull(s) {
			null = null || mayBeNull(s)
			continue
		}
		types = append(types, p.typeOf(s))
	}
	t := primitive("Edm.Untyped")
	switch {
	case len(types) == 1:
		t = types[0]
	case len(types) > 1:
		t = untyped("it has all of several types")
	}
	if null {
		t.facets.Nullable = model.Yes
	}
	return t
}

// hasConstraint reports whether a schema says of which type a value is.
func hasConstraint(s value) bool {
	return slices.ContainsFunc([]string{"$ref", "type", "format", "enum", "const", "items", "properties", "additionalProperties", "allOf", "anyOf", "oneOf"},
		func(name string) bool { return s.get(name).exists() })
}

// common returns the type that includes all types of a choice.
func (p *parser) common(types []typing) typing {
	if len(types) == 0 {
		return untyped("its schema is empty")
	}
	for _, t := range types {
		if len(types) == 1 || !slices.ContainsFunc(types, func(other typing) bool { return !p.includes(t, other) }) {
			return t
		}
	}
	return untyped("it has one of several types")
}

// includes reports whether values of the type u are values of the type t.
func (p *parser) includes(t, u typing) bool {
	if t.ref.Collection || u.ref.Collection {
		return t.ref.Collection == u.ref.Collection && t.ref.Name == u.ref.Name
	}
	return t.ref.Name == u.ref.Name || p.schemas[u.ref.Name].exists() && p.extends(u.ref.Name, t.ref.Name) ||
		t.isNumber() && (u.isNumber() || u.ref.Name == "Edm.String")
}

func (t typing) isNumber() bool {
	return slices.Contains([]string{"Edm.Double", "Edm.Single", "Edm.Decimal"}, t.ref.Name)
}

// isNull reports whether a schema allows null alone: as OpenAPI 3.1 writes it,
// or as a nullable object without anything else.
func isNull(s value) bool {
	types := typesOf(s)
	if s.isReference() || len(types) != 1 {
		return false
	}
	return types[0] == "null" || types[0] == "object" && s.get("nullable").isTrue() &&
		!s.get("properties").exists() && !s.get("allOf").exists()
}

func mayBeNull(s value) bool {
	types := typesOf(s)
	return s.get("nullable").isTrue() || len(types) > 1 && slices.Contains(types, "null")
}

func (p *parser) collection(s value) typing {
	t := p.typeOf(s.get("items"))
	if t.ref.Collection {
		return untyped("it is a collection of collections")
	}
	t.ref.Collection = true
	if t.facets.Nullable == model.Yes {
		// Graph's documents say nullable of all items of which CSDL says nothing.
		t.facets.Nullable = model.Unknown
	}
	return t
}

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

// scalar returns the type of a schema that is not a reference, a choice or an
// array.
func scalar(s value) typing {
	if t := s.get("type"); t.exists() && !t.isScalar() && !t.isList() {
		return untyped("its type is %s", t.kind())
	}
	kind := ""
	for _, name := range typesOf(s) {
		if name == "null" {
			continue
		}
		if kind != "" {
			return untyped("it has one of several types")
		}
		kind = name
	}
	values := valuesOf(s)
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
		if isMap(s) {
			return untyped("it is a map from names to values")
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
func formatted(kind string, s value) typing {
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
		for _, v := range valuesOf(s) {
			if v.isScalar() {
				t.allowed = append(t.allowed, v.text())
			}
		}
	}
	return t
}

// valuesOf returns the values that a schema allows, or nil.
func valuesOf(s value) []value {
	if only := s.get("const"); only.exists() {
		return []value{only}
	}
	return s.get("enum").items()
}
