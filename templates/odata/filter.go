package odata

import (
	"cmp"
	"errors"
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
	or       bool                         // stands in parentheses within and
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
// checked: odata.RawFilter[graph.Message]("isRead eq false").
func RawFilter[T any](text string) Filter[T] {
	return Filter[T]{condition{in: func(string) string { return "(" + text + ")" }}}
}

// Eq, Ne, Lt, Le, Gt and Ge compare a property or a function with a value.
func Eq[T, V any](left Expression[T, V], value V) Filter[T] { return compare(left, "eq", value) }

// Ne is met by values that are not equal, and by null.
func Ne[T, V any](left Expression[T, V], value V) Filter[T] {
	f := compare(left, "ne", value)
	f.advanced = true
	return f
}

// Lt is met by values that are less.
func Lt[T, V any](left Expression[T, V], value V) Filter[T] { return compare(left, "lt", value) }

// Le is met by values that are less or equal.
func Le[T, V any](left Expression[T, V], value V) Filter[T] { return compare(left, "le", value) }

// Gt is met by values that are greater.
func Gt[T, V any](left Expression[T, V], value V) Filter[T] { return compare(left, "gt", value) }

// Ge is met by values that are greater or equal.
func Ge[T, V any](left Expression[T, V], value V) Filter[T] { return compare(left, "ge", value) }

func compare[T, V any](left Expression[T, V], operator string, value V) Filter[T] {
	return Filter[T]{operation(func(v string) string { return left.in(nil, nil, v) }, operator, value)}
}

func operation(left func(string) string, operator string, value any) condition {
	literal, err := edm.Literal(value)
	return condition{err: err, in: func(v string) string { return left(v) + " " + operator + " " + literal }}
}

// IsNull is met if the property is null.
func IsNull[T, V any](left Expression[T, V]) Filter[T] {
	return Filter[T]{condition{in: func(v string) string { return left.in(nil, nil, v) + " eq null" }}}
}

// NotNull is met if the property is not null.
func NotNull[T, V any](left Expression[T, V]) Filter[T] {
	return Filter[T]{condition{advanced: true, in: func(v string) string { return left.in(nil, nil, v) + " ne null" }}}
}

// In is met if the property is one of the values. Without values, no item would
// meet it: the request fails before it is sent.
func In[T, V any](left Expression[T, V], values ...V) Filter[T] {
	literals := make([]string, len(values))
	errs := make([]error, len(values))
	for i, value := range values {
		literals[i], errs[i] = edm.Literal(value)
	}
	if len(values) == 0 {
		errs = append(errs, errors.New("odata: In has no values: no item would be found"))
	}
	list := " in (" + strings.Join(literals, ",") + ")"
	return Filter[T]{condition{err: cmp.Or(errs...), in: func(v string) string { return left.in(nil, nil, v) + list }}}
}

// HasFlag is met if a property of a flags enumeration has the member.
func HasFlag[T any, E ~string](left Expression[T, E], member E) Filter[T] {
	return compare(left, "has", member)
}

// StartsWith is met by texts that begin with the prefix.
func StartsWith[T any](left Expression[T, string], prefix string) Filter[T] {
	return predicate("startswith", left, prefix, false)
}

// EndsWith is met by texts that end with the suffix.
func EndsWith[T any](left Expression[T, string], suffix string) Filter[T] {
	return predicate("endswith", left, suffix, true)
}

// Contains is met by texts that contain the part.
func Contains[T any](left Expression[T, string], part string) Filter[T] {
	return predicate("contains", left, part, true)
}

func predicate[T any](function string, left Expression[T, string], argument string, advanced bool) Filter[T] {
	literal, _ := edm.Literal(argument) // a string has one
	return Filter[T]{condition{advanced: advanced, in: func(v string) string {
		return function + "(" + left.in(nil, nil, v) + "," + literal + ")"
	}}}
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
	return Filter[T]{lambda(func(v string) string { return collection.many(nil, nil, v) }, "any", is.condition)}
}

// All is met if every item of the collection meets the condition.
func All[T, V any](collection Many[T, V], is Filter[V]) Filter[T] {
	f := Filter[T]{lambda(func(v string) string { return collection.many(nil, nil, v) }, "all", is.condition)}
	if is.in == nil {
		f.err = errors.New("odata: All has no condition")
	}
	return f
}

func lambda(collection func(string) string, operator string, is condition) condition {
	name := "x"
	if is.depth > 0 {
		name += strconv.Itoa(is.depth + 1) // inner variables have other names
	}
	return condition{err: is.err, advanced: is.advanced, depth: is.depth + 1, in: func(v string) string {
		argument := ""
		if is.in != nil {
			argument = name + ":" + is.in(name)
		}
		return collection(v) + "/" + operator + "(" + argument + ")"
	}}
}

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
