package openapi

import (
	"fmt"
	"slices"

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
		t = p.oneOf(anyOf, s)
	case len(oneOf) > 0:
		t = p.oneOf(oneOf, s)
	case len(allOf) > 0 && !s.get("properties").exists(): // to write something beside a reference
		t = p.allOf(allOf, s)
	case s.get("items").exists():
		return p.collection(s)
	default:
		t = scalar(s)
	}
	return p.nullable(t, s)
}

// nullable adds to a type whether its schema allows null.
func (p *parser) nullable(t typing, s value) typing {
	switch {
	case mayBeNull(s):
		t.facets.Nullable = model.Yes
	case t.facets.Nullable == model.Unknown && t.ref.Name != "Edm.Untyped" && (p.saysNull || len(typesOf(s)) > 0):
		t.facets.Nullable = model.No
	}
	return t
}

// isNull reports whether a schema allows null alone: as OpenAPI 3.1 writes it, as a
// list of values, or as a nullable object without anything else.
func isNull(s value) bool {
	types, values := typesOf(s), fields{s}.values()
	switch {
	case s.isReference():
		return false
	case len(values) > 0 && !slices.ContainsFunc(values, func(v value) bool { return !v.isNull() }):
		return true
	case len(types) != 1:
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
