package odata

import (
	"cmp"
	"errors"
	"reflect"
	"strconv"
	"strings"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// Filter is a condition on items of type T (OData URL Conventions 4.01, section
// 5.1.1). The zero Filter is none: all items meet it, and [And], [Or] and [Not]
// leave it out.
type Filter[T any] struct{ condition }

// condition is a Filter without its type.
type condition struct {
	in       func(variable string) string // nil: none
	or       bool                         // has an "or", or can have one: stands in parentheses within and
	depth    int                          // how deep lambda expressions nest in it
	advanced bool                         // directory objects need ConsistencyLevel: eventual
	err      error                        // why it cannot be sent
}

// String returns the condition as the service reads it, before it is escaped.
func (c condition) String() string {
	switch {
	case c.err != nil:
		return c.err.Error()
	case c.in == nil:
		return ""
	}
	return c.in("")
}

// RawFilter returns the condition that the text says, which is escaped but not
// checked: odata.RawFilter[graph.Message]("isRead eq false"). Alone it is sent as it
// is, and within And in parentheses. An empty text makes the request fail before it is
// sent, as it would ask for all items.
func RawFilter[T any](text string) Filter[T] {
	var err error
	if strings.TrimSpace(text) == "" {
		err = errors.New("odata: RawFilter has no condition: leave out the filter to ask for all items")
	}
	return Filter[T]{condition{or: true, err: err, in: func(string) string { return text }}}
}

// Eq is met by values that are equal.
func Eq[T, V any](left Field[T, V], value V) Filter[T] { return compare(left, "eq", value) }

// Ne is met by values that are not equal, and by null.
func Ne[T, V any](left Field[T, V], value V) Filter[T] {
	f := compare(left, "ne", value)
	f.advanced = true
	return f
}

// Lt is met by values that are less.
func Lt[T, V any](left Field[T, V], value V) Filter[T] { return compare(left, "lt", value) }

// Le is met by values that are less or equal.
func Le[T, V any](left Field[T, V], value V) Filter[T] { return compare(left, "le", value) }

// Gt is met by values that are greater.
func Gt[T, V any](left Field[T, V], value V) Filter[T] { return compare(left, "gt", value) }

// Ge is met by values that are greater or equal.
func Ge[T, V any](left Field[T, V], value V) Filter[T] { return compare(left, "ge", value) }

func compare[T, V any](left Field[T, V], operator string, value V) Filter[T] {
	literal, err := edm.Literal(value)
	return Filter[T]{operation(string(left), operator, literal, err)}
}

// operation returns a condition on a property or a function. Directory objects are
// counted by their $count only with ConsistencyLevel: eventual.
func operation(left, operator, right string, err error) condition {
	return condition{err: err, advanced: strings.HasSuffix(left, "/$count"), in: func(v string) string {
		return within(v, left) + " " + operator + " " + right
	}}
}

// IsNull is met if the property is null.
func IsNull[T, V any](left Field[T, V]) Filter[T] {
	return Filter[T]{operation(string(left), "eq", "null", nil)}
}

// NotNull is met if the property is not null.
func NotNull[T, V any](left Field[T, V]) Filter[T] {
	f := Filter[T]{operation(string(left), "ne", "null", nil)}
	f.advanced = true
	return f
}

// In is met if the property is one of the values. Without values, no item would
// meet it: the request fails before it is sent.
func In[T, V any](left Field[T, V], values ...V) Filter[T] {
	literals := make([]string, len(values))
	errs := make([]error, len(values))
	for i, value := range values {
		literals[i], errs[i] = edm.Literal(value)
	}
	if len(values) == 0 {
		errs = append(errs, errors.New("odata: In has no values: no item would be found"))
	}
	return Filter[T]{operation(string(left), "in", "("+strings.Join(literals, ",")+")", cmp.Or(errs...))}
}

// HasFlag is met if a property of a flags enumeration has the member.
func HasFlag[T any, E ~string](left Field[T, E], member E) Filter[T] {
	return compare(left, "has", member)
}

// StartsWith is met by texts that begin with the prefix.
func StartsWith[T any](left Field[T, string], prefix string) Filter[T] {
	return Filter[T]{predicate("startswith", string(left), prefix, false)}
}

// EndsWith is met by texts that end with the suffix.
func EndsWith[T any](left Field[T, string], suffix string) Filter[T] {
	return Filter[T]{predicate("endswith", string(left), suffix, true)}
}

// Contains is met by texts that contain the part.
func Contains[T any](left Field[T, string], part string) Filter[T] {
	return Filter[T]{predicate("contains", string(left), part, true)}
}

func predicate(function, left, argument string, advanced bool) condition {
	literal, _ := edm.Literal(argument) // a string has one
	return condition{advanced: advanced, in: func(v string) string {
		return function + "(" + within(v, left) + "," + literal + ")"
	}}
}

// IsOf is met by items of the type with a qualified name, or of one derived from it.
func IsOf[T any](typeName string) Filter[T] {
	literal, _ := edm.Literal(typeName)
	return Filter[T]{condition{in: func(v string) string {
		if v == "" {
			return "isof(" + literal + ")"
		}
		return "isof(" + v + "," + literal + ")"
	}}}
}

// Any is met if an item of the collection meets the condition; without one, if there
// is any item at all.
func Any[T, V any](collection Many[T, V], is Filter[V]) Filter[T] {
	return Filter[T]{lambda(nameOf(collection), "any", is.condition)}
}

// All is met if every item of the collection meets the condition.
func All[T, V any](collection Many[T, V], is Filter[V]) Filter[T] {
	f := Filter[T]{lambda(nameOf(collection), "all", is.condition)}
	if is.in == nil {
		f.err = errors.New("odata: All has no condition")
	}
	return f
}

func lambda(collection, operator string, is condition) condition {
	name := "x"
	if is.depth > 0 {
		name += strconv.Itoa(is.depth + 1) // inner variables have other names
	}
	return condition{err: is.err, advanced: is.advanced, depth: is.depth + 1, in: func(v string) string {
		argument := ""
		if is.in != nil {
			argument = name + ":" + is.in(name)
		}
		return within(v, collection) + "/" + operator + "(" + argument + ")"
	}}
}

// nameOf returns the text of a property of any of the types above.
func nameOf(property any) string { return reflect.ValueOf(property).String() }

// And is met if all conditions are.
func And[T any](conditions ...Filter[T]) Filter[T] { return combine(" and ", conditions) }

// Or is met if any of the conditions is.
func Or[T any](conditions ...Filter[T]) Filter[T] { return combine(" or ", conditions) }

func combine[T any](operator string, filters []Filter[T]) Filter[T] {
	conditions := make([]condition, len(filters))
	for i, f := range filters {
		conditions[i] = f.condition
	}
	return Filter[T]{join(operator, conditions)}
}

func join(operator string, all []condition) condition {
	var some []condition
	for _, c := range all {
		if c.in != nil {
			some = append(some, c)
		}
	}
	if len(some) < 2 {
		return append(some, condition{})[0]
	}
	joined := condition{or: operator == " or "}
	errs := make([]error, len(some))
	for i, c := range some {
		joined.depth = max(joined.depth, c.depth)
		joined.advanced = joined.advanced || c.advanced
		errs[i] = c.err
	}
	joined.err = cmp.Or(errs...)
	joined.in = func(v string) string {
		texts := make([]string, len(some))
		for i, c := range some {
			texts[i] = c.in(v)
			if c.or && !joined.or {
				texts[i] = "(" + texts[i] + ")"
			}
		}
		return strings.Join(texts, operator)
	}
	return joined
}

// Not is met if the condition is not.
func Not[T any](is Filter[T]) Filter[T] {
	if is.in == nil {
		return is
	}
	inner := is.in
	is.in = func(v string) string { return "not (" + inner(v) + ")" }
	is.or, is.advanced = false, true
	return is
}
