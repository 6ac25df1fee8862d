package csdl

import (
	"slices"
	"strconv"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// taken takes the place of the prefix of an attribute once it was asked for. No
// prefix is like it.
const taken = " "

// attribute returns the value of an attribute, and whether e has it.
func (e element) attribute(name string) (string, bool) {
	for i := range e.attributes {
		if a := &e.attributes[i]; a.Name.Local == name && a.Name.Space == "" {
			a.Name.Space = taken
			return a.Value, true
		}
	}
	return "", false
}

// took reports whether an attribute of the given name was asked for.
func (e element) took(name string) bool {
	for _, a := range e.attributes {
		if a.Name.Local == name && a.Name.Space == taken {
			return true
		}
	}
	return false
}

// optional returns the value of an attribute, or "".
func (e element) optional(name string) string {
	value, _ := e.attribute(name)
	return value
}

// required returns the value of an attribute that must be there. The result of
// "" stands for an error that is reported.
func (e element) required(name string) string {
	value, ok := e.attribute(name)
	if !ok {
		e.r.ds.Errorf(e.at, "%s lacks the attribute %s", e.name, name)
	} else if value == "" {
		e.bad(name, value, "is empty")
	}
	return value
}

// bad reports an attribute whose value is not what it must be.
func (e element) bad(name, value, reason string) {
	const maxShown = 150
	if len(value) > maxShown {
		value = strings.ToValidUTF8(value[:maxShown], "") + "…"
	}
	e.r.ds.Errorf(e.at, "%s %q of %s %s", name, value, e.name, reason)
}

// identifier returns the name in an attribute that must be there.
func (e element) identifier(name string) string {
	value := e.required(name)
	if value != "" {
		e.checkIdentifier(name, value)
	}
	return value
}

// optionalIdentifier returns the name in an attribute, or "".
func (e element) optionalIdentifier(name string) string {
	value, ok := e.attribute(name)
	if ok {
		e.checkIdentifier(name, value)
	}
	return value
}

func (e element) checkIdentifier(name, value string) {
	if !isIdentifier(value) {
		e.bad(name, value, "is no identifier: letters, digits and _, at most 128, the first no digit")
	}
}

// namespace returns the namespace in an attribute that must be there.
func (e element) namespace(name string) string {
	value := e.required(name)
	switch {
	case value == "":
	case !isNamespace(value):
		e.bad(name, value, "is no namespace: identifiers with dots between them, at most 511 characters")
	case isReserved(value):
		e.bad(name, value, "is reserved")
	}
	return value
}

// alias returns the identifier in the attribute Alias, or "".
func (e element) alias() string {
	value := e.optionalIdentifier("Alias")
	if isReserved(value) {
		e.bad("Alias", value, "is reserved")
	}
	return value
}

// typeRef returns the type in an attribute that must be there, section 7.1.
func (e element) typeRef(name string) model.TypeRef {
	value := e.required(name)
	ref := model.TypeRef{Name: value, Position: e.at}
	if item, ok := strings.CutPrefix(value, "Collection("); ok {
		ref.Name, ok = strings.CutSuffix(item, ")")
		ref.Collection = true
		if !ok || ref.Name == "" {
			e.bad(name, value, "is no type")
			ref.Name = ""
		}
	}
	return ref
}

// boolean returns what an attribute says, or absent if e lacks it.
func (e element) boolean(name string, absent model.Fact) model.Fact {
	value, ok := e.attribute(name)
	switch {
	case !ok:
		return absent
	case value == "true":
		return model.Yes
	case value == "false":
		return model.No
	}
	e.bad(name, value, "is neither true nor false")
	return absent
}

// number returns the number in an attribute, or one of the words, in lower
// case, that it may hold in place of a number, or "".
func (e element) number(name string, words ...string) string {
	value, ok := e.attribute(name)
	if !ok {
		return ""
	}
	if word := strings.ToLower(value); slices.Contains(words, word) {
		return word
	}
	if _, err := strconv.ParseUint(value, 10, 32); err != nil {
		e.bad(name, value, "is "+strings.Join(append([]string{"no number"}, words...), " nor "))
		return ""
	}
	return value
}

// facets returns the type facets of e, section 3.4.
func (e element) facets() model.Facets {
	return model.Facets{
		MaxLength: e.number("MaxLength", "max"),
		Precision: e.number("Precision"),
		Scale:     e.number("Scale", "variable", "floating"),
		SRID:      e.number("SRID", "variable"),
		Unicode:   e.boolean("Unicode", model.Unknown),
	}
}

// nullableFacets returns the facets of something of the given type. What is
// single-valued is nullable by default; for the items of a collection there is
// no default, section 7.2.
func (e element) nullableFacets(of model.TypeRef) model.Facets {
	facets := e.facets()
	facets.Nullable = e.nullable(of)
	return facets
}

func (e element) nullable(of model.TypeRef) model.Fact {
	if of.Collection {
		return e.boolean("Nullable", model.Unknown)
	}
	return e.boolean("Nullable", model.Yes)
}

// defaultValue returns the attribute DefaultValue, section 7.3, or nil.
func (e element) defaultValue() *string {
	value, ok := e.attribute("DefaultValue")
	if !ok {
		return nil
	}
	return new(value)
}
