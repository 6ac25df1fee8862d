package csdl

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// taken replaces the prefix of an attribute that was read. It cannot be a prefix.
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

// optional returns the value of an attribute, or "".
func (e element) optional(name string) string {
	value, _ := e.attribute(name)
	return value
}

// required returns the value of an attribute. If it is absent or empty, required
// adds a defect.
func (e element) required(name string) string {
	value, ok := e.attribute(name)
	if !ok {
		e.defectf("%s lacks the attribute %s", e.name, name)
	} else if value == "" {
		e.bad(name, value, "is empty")
	}
	return value
}

// bad adds a defect: the value of an attribute cannot be used.
func (e element) bad(name, value, reason string) {
	e.defectf("%s %q of %s %s", name, short(value), e.name, reason)
}

// odd adds a warning: the value of an attribute is wrong, but can be used.
func (e element) odd(name, value, reason string) {
	e.warnf("%s %q of %s %s", name, short(value), e.name, reason)
}

// short shortens a text for a message.
func short(text string) string {
	const maxShown = 150
	if len(text) > maxShown {
		return strings.ToValidUTF8(text[:maxShown], "") + "…"
	}
	return text
}

// identifier returns the name in a required attribute. A child of a schema cannot
// have a dot in its name.
func (e element) identifier(name string) string { return e.checkName(name, e.required(name), ".") }

// jsonName returns the name of a property or an enum member.
func (e element) jsonName(name string) string { return e.checkName(name, e.required(name), "") }

// optionalIdentifier returns the name in an attribute, or "".
func (e element) optionalIdentifier(name string) string {
	return e.checkName(name, e.optional(name), ".")
}

func (e element) checkName(name, value, forbidden string) string {
	switch {
	case value == "" || model.IsIdentifier(value):
	case model.IsReadableName(value) && (forbidden == "" || !strings.Contains(value, forbidden)):
		e.odd(name, value, "is not an OData identifier; it is used as it is")
	default:
		e.bad(name, value, "is not an identifier: use letters, digits and _, at most 128, and no digit at the start")
	}
	return value
}

// namespace returns the namespace in a required attribute.
func (e element) namespace(name string) string {
	value := e.required(name)
	switch {
	case value == "":
	case utf8.RuneCountInString(value) > maxNamespace:
		// The name of each child repeats it, so that a small document takes much memory.
		e.r.fail(e.at, "%s %q of %s is longer than %d characters", name, short(value), e.name, maxNamespace)
	case isReserved(value):
		e.odd(name, value, "is reserved")
	case !isNamespace(value):
		e.odd(name, value, "is not a namespace: identifiers with dots between them, at most 511 characters")
	}
	return value
}

// maxNamespace is the longest namespace, in characters, section 15.1.
const maxNamespace = 511

// isNamespace reports whether s is a namespace, section 15.1.
func isNamespace(s string) bool {
	for part := range strings.SplitSeq(s, ".") {
		if !model.IsIdentifier(part) {
			return false
		}
	}
	return utf8.RuneCountInString(s) <= maxNamespace
}

// isReserved reports whether s is reserved: it cannot be a namespace or an alias,
// section 5.
func isReserved(s string) bool {
	return s == "Edm" || s == "odata" || s == "System" || s == "Transient"
}

// alias returns the attribute Alias, or "".
func (e element) alias() string {
	value := e.optional("Alias")
	switch {
	case value == "":
	case isReserved(value):
		e.odd("Alias", value, "is reserved; it is left out")
		return ""
	case !model.IsIdentifier(value):
		e.odd("Alias", value, "is not an identifier; it is used as it is")
	}
	return value
}

// typeRef returns the type in a required attribute, section 7.1.
func (e element) typeRef(name string) model.TypeRef { return e.parseType(name, e.required(name)) }

func (e element) parseType(name, value string) model.TypeRef {
	ref := model.TypeRef{Name: value, Position: e.at}
	if item, ok := strings.CutPrefix(value, "Collection("); ok {
		ref.Name, ok = strings.CutSuffix(item, ")")
		ref.Collection = true
		if !ok || ref.Name == "" {
			e.bad(name, value, "is not a type")
			ref.Name = ""
		}
	}
	return ref
}

// item returns the type in an attribute that cannot be a collection. The advice says what
// to do about one.
func (e element) item(name, value, advice string) string {
	ref := e.parseType(name, value)
	if ref.Collection && ref.Name != "" {
		e.bad(name, ref.String(), "cannot be a collection: "+advice)
	}
	return ref.Name
}

// boolean returns the value of an attribute, or absent if e lacks it. XML Schema
// also allows 0 and 1, and some services write True and False.
func (e element) boolean(name string, absent model.Fact) model.Fact {
	value, ok := e.attribute(name)
	if !ok {
		return absent
	}
	if fact := factIn(value); fact != model.Unknown {
		return fact
	}
	e.bad(name, value, "is neither true nor false")
	return absent
}

// factIn returns the fact that a text stands for, or Unknown.
func factIn(text string) model.Fact {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "true", "1":
		return model.Yes
	case "false", "0":
		return model.No
	}
	return model.Unknown
}

// number returns the number in an attribute, one of the given words, in lower
// case, or "". It warns about any other value and ignores it, because the output
// does not depend on these numbers.
func (e element) number(name string, words ...string) string {
	value, ok := e.attribute(name)
	if !ok {
		return ""
	}
	if word := strings.ToLower(value); slices.Contains(words, word) {
		return word
	}
	if _, err := strconv.ParseUint(value, 10, 32); err != nil {
		e.odd(name, value, "is not a number; it is left out")
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

// nullableFacets returns the facets of a value of the given type. A single value
// is nullable by default; the items of a collection have no default, section 7.2.
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
