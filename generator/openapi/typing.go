package openapi

import (
	"fmt"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// typing is what a schema says of the type of a value.
type typing struct {
	ref      model.TypeRef
	facets   model.Facets
	allowed  []string // the values of a string, nil for all
	problems []string
}

func primitive(name string) typing { return typing{ref: model.TypeRef{Name: name}} }

// untyped is the type of a value of which nothing is known.
func untyped(format string, args ...any) typing {
	t := primitive("Edm.Untyped")
	t.problems = []string{fmt.Sprintf(format, args...) + ": any value is taken"}
	return t
}

// typeOf returns the type that a schema stands for.
func (p *parser) typeOf(ref *openapi3.SchemaRef) typing {
	switch {
	case ref == nil || ref.Value == nil:
		return untyped("its schema is empty")
	case ref.Ref != "" && p.roleOf(p.nameOf(ref)) != roleNone:
		t := primitive(p.nameOf(ref))
		if p.saysNull {
			t.facets.Nullable = model.No
		}
		return t
	}
	s := ref.Value
	if t, ok := p.typings[s]; ok {
		return t
	}
	// What comes back here from within has no end.
	p.typings[s] = untyped("its schema contains itself")
	t := p.typeIn(s)
	p.typings[s] = t
	return t
}

// typeIn returns the type that a schema stands for which is no type itself.
func (p *parser) typeIn(s *openapi3.Schema) typing {
	var t typing
	switch {
	case len(s.AnyOf) > 0:
		t = p.oneOf(s.AnyOf)
	case len(s.OneOf) > 0:
		t = p.oneOf(s.OneOf)
	case len(s.AllOf) == 1 && len(s.Properties) == 0: // to write something beside a reference
		t = p.typeOf(s.AllOf[0])
	case s.Items != nil:
		return p.collection(s)
	default:
		t = plain(s)
	}
	switch {
	case mayBeNull(s):
		t.facets.Nullable = model.Yes
	case t.facets.Nullable == model.Unknown && t.ref.Name != "Edm.Untyped" && (p.saysNull || s.Type != nil):
		t.facets.Nullable = model.No
	}
	return t
}

// oneOf returns the type of a choice. In one that Graph writes, there is one
// type besides null, or a type and some that extend it, or there are several
// spellings of a number: INF, -INF and NaN are strings in JSON.
func (p *parser) oneOf(choice openapi3.SchemaRefs) typing {
	var types []typing
	null := false
	for _, ref := range choice {
		if isNull(ref) {
			null = true
			continue
		}
		t := p.typeOf(ref)
		null = null || t.facets.Nullable == model.Yes
		types = append(types, t)
	}
	chosen := p.common(types)
	if null {
		chosen.facets.Nullable = model.Yes
	}
	return chosen
}

// common returns the type that is common to the types of a choice.
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
	return slices.Contains(p.ancestry(u.ref.Name), t.ref.Name) ||
		t.isNumber() && (u.isNumber() || u.ref.Name == "Edm.String")
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

func (p *parser) collection(s *openapi3.Schema) typing {
	t := p.typeOf(s.Items)
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
