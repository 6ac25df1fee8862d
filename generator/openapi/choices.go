package openapi

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// oneOf returns the type of a choice. The choices that Graph writes have one
// type besides null, or a type and types that extend it, or several spellings
// of a number: INF, -INF and NaN are strings in JSON. Members beside the choice
// hold for all of it.
func (p *parser) oneOf(choice []value, beside value) typing {
	says := describesScalar(beside)
	var types []typing
	null := false
	for _, s := range choice {
		if isNull(s) {
			null = true
			continue
		}
		t := p.typeOf(s)
		if says && isPlain(s) {
			t = p.nullable(scalar(s, beside), s)
		}
		null = null || t.facets.Nullable == model.Yes
		types = append(types, t)
	}
	if len(types) == 0 && says {
		types = append(types, scalar(beside))
	}
	chosen := p.common(types)
	if null {
		chosen.facets.Nullable = model.Yes
	}
	return chosen
}

// describesScalar reports whether a schema says something about a text, a number or a
// boolean.
func describesScalar(s value) bool {
	return slices.ContainsFunc(typesOf(s), func(t string) bool { return slices.Contains([]string{"string", "number", "integer", "boolean"}, t) }) ||
		slices.ContainsFunc([]string{"format", "enum", "const", "maxLength", "contentEncoding"}, func(name string) bool { return s.get(name).exists() })
}

// isPlain reports whether a schema describes a scalar and nothing else.
func isPlain(s value) bool {
	return s.isObject() && !hasType(s, "object") && !hasType(s, "array") &&
		!slices.ContainsFunc([]string{"$ref", "items", "properties", "additionalProperties", "allOf", "anyOf", "oneOf"}, func(name string) bool { return s.get(name).exists() })
}

// allOf returns the type of a value that several schemas describe: that of the only one that
// names a type. Others add that the value can be null, a description, or restrictions.
func (p *parser) allOf(schemas []value, beside value) typing {
	var plain fields
	var types []typing
	null := false
	for _, s := range schemas {
		switch {
		case isNull(s):
			null = true
		case isPlain(s):
			plain = append(plain, s)
			null = null || mayBeNull(s)
		default:
			types = append(types, p.typeOf(s))
		}
	}
	if describesScalar(beside) {
		plain = append(plain, beside)
	}
	t := scalar(plain...)
	several := len(types) > 1
	for _, s := range plain {
		if len(typesOf(s)) > 0 {
			several = several || !slices.Equal(withoutNull(typesOf(s)), withoutNull(plain.types()))
			t = p.nullable(t, s)
		}
	}
	if len(types) == 1 {
		own := t
		t = types[0]
		several = several || own.ref.Name != "Edm.Untyped" && own.ref.Name != t.ref.Name
		if t.ref.Name == "Edm.String" {
			restricted := formatted("string", plain)
			t.facets.MaxLength = cmp.Or(restricted.facets.MaxLength, t.facets.MaxLength)
			if restricted.allowed != nil {
				t.allowed = restricted.allowed
			}
		}
	}
	if several {
		t = untyped("it has all of several types")
	}
	if null {
		t.facets.Nullable = model.Yes
	}
	return t
}

// common returns the type that includes all types of a choice. It has the restrictions
// that all of them have.
func (p *parser) common(types []typing) typing {
	if len(types) == 0 {
		return untyped("its schema is empty")
	}
	i := slices.IndexFunc(types, func(t typing) bool {
		return !slices.ContainsFunc(types, func(other typing) bool { return !p.includes(t, other) })
	})
	if len(types) == 1 {
		i = 0
	}
	if i < 0 {
		return untyped("it has one of several types")
	}
	chosen := types[i]
	for _, t := range types {
		chosen.allowed = union(chosen.allowed, t.allowed)
		chosen.facets.MaxLength = longer(chosen.facets.MaxLength, t.facets.MaxLength)
		if len(chosen.problems) == 0 {
			chosen.problems = t.problems
		}
	}
	return chosen
}

// union returns the values in two lists, where nil stands for all values.
func union(a, b []string) []string {
	if a == nil || b == nil {
		return nil
	}
	list := slices.Clone(a)
	for _, v := range b {
		if !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}

// longer returns the greater of two lengths, where "" stands for any length.
func longer(a, b string) string {
	x, errA := strconv.ParseUint(a, 10, 32)
	y, errB := strconv.ParseUint(b, 10, 32)
	switch {
	case errA != nil || errB != nil:
		return ""
	case y > x:
		return b
	}
	return a
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
