package odata

import (
	"cmp"
	"strings"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// Field is a property of type V that the items of type T have: the generated
// constants of a package, such as MessageSubject, are Fields. Its value is the
// name in the schema, a path through complex types ("from/emailAddress"), or a
// function of properties (see [ToLower] and others).
type Field[T, V any] string

// Collection is a property that is a collection of values of type V, which are
// structs where the items are structured.
type Collection[T, V any] string

// Nav is a navigation property that leads from a T to at most one V.
type Nav[T, V any] string

// NavCollection is a navigation property that leads from a T to any number of Vs.
type NavCollection[T, V any] string

// Path returns the property of a structured property, like from/emailAddress.
func Path[T, M, V any](property Field[T, M], of Field[M, V]) Field[T, V] {
	return Field[T, V](behind(string(property), string(of)))
}

// PathTo returns the property of the item that a navigation property leads to,
// like manager/id. Queries can have it where a service can join the two.
func PathTo[T, M, V any](nav Nav[T, M], property Field[M, V]) Field[T, V] {
	return Field[T, V](behind(string(nav), string(property)))
}

// PathOf returns a property that only a derived type has, like
// microsoft.graph.user/mail for the members of a group (OData URL Conventions
// 4.01, section 4.11). The name of the type is qualified.
func PathOf[T, D, V any](derived string, property Field[D, V]) Field[T, V] {
	return Field[T, V](behind(derived, string(property)))
}

// behind returns a path with a property, or a function of properties, behind it.
func behind(path, property string) string {
	switch {
	case isFunction(property):
		return strings.ReplaceAll(property, itself, itself+"/"+path)
	case property == "":
		return path
	}
	return path + "/" + property
}

// It returns the item itself, for the conditions of [Any] and [All] on a collection
// of primitive values: odata.Any(categories, odata.Eq(odata.It[string](), "red")).
func It[V any]() Field[V, V] { return "" }

// Selectable is a property that $select can have: a [Field] or a [Collection].
type Selectable[T any] interface{ of(*T) }

// Many is a property that has any number of Vs: a [Collection] or a [NavCollection].
type Many[T, V any] interface{ has(*T, *V) }

// The methods say of which type a property is, so that the compiler infers it. Each is
// compiled for each pair of types, so there are few, and they do nothing: 800 pairs
// take a second of the compiler's time with two methods, and half of it with one.

func (Field[T, V]) of(*T)              {}
func (Collection[T, V]) of(*T)         {}
func (Collection[T, V]) has(*T, *V)    {}
func (NavCollection[T, V]) has(*T, *V) {}

// itself stands for the item in the text of a function: tolower(\xff/subject). No
// text is valid UTF-8 with it.
const itself = "\xff"

// function returns a function of properties. Literals follow them.
func function[T, V any](name string, arguments []string, literals ...any) Field[T, V] {
	return Field[T, V](functionText(name, arguments, literals))
}

func functionText(name string, arguments []string, literals []any) string {
	texts := make([]string, 0, len(arguments)+len(literals))
	for _, a := range arguments {
		if !isFunction(a) {
			a = within(itself, a)
		}
		texts = append(texts, a)
	}
	for _, value := range literals {
		literal, _ := edm.Literal(value) // strings and integers have one
		texts = append(texts, strings.ReplaceAll(literal, itself, "\ufffd"))
	}
	return name + "(" + strings.Join(texts, ",") + ")"
}

// isFunction reports whether the text of a Field is a function.
func isFunction(text string) bool { return strings.Contains(text, itself) }

// within returns the path of a property, or a function, of the item that a variable
// stands for; of the item of the request if the variable is "".
func within(variable, text string) string {
	it := cmp.Or(variable, "$it") // OData URL Conventions 4.01, section 5.1.1.14.4
	prefix := ""
	if variable != "" {
		prefix = variable + "/"
	}
	switch {
	case isFunction(text):
		return strings.NewReplacer(itself+"/", prefix, itself, it).Replace(text)
	case text == "":
		return it
	}
	return prefix + text
}
