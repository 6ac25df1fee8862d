package odata

import (
	"strings"
	"time"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// Expr is a function of properties of items of type T, with a value of type V
// (OData URL Conventions 4.01, sections 5.1.1.5 to 5.1.1.9). Filters compare it
// as they compare a [Field], and [Asc] and [Desc] sort by it.
type Expr[T, V any] struct{ render func(variable string) string }

func (e Expr[T, V]) in(_ *T, _ *V, variable string) string { return e.render(variable) }
func (e Expr[T, V]) sorted(*T) string                      { return e.render("") }

// call returns a function of an expression and of literals, which follow it.
func call[T, A, V any](name string, argument Expression[T, A], literals ...any) Expr[T, V] {
	rest := ""
	for _, value := range literals {
		literal, _ := edm.Literal(value) // strings and integers have one
		rest += "," + literal
	}
	return Expr[T, V]{func(v string) string { return name + "(" + argument.in(nil, nil, v) + rest + ")" }}
}

// ToLower returns a text in lower case.
func ToLower[T any](text Expression[T, string]) Expr[T, string] {
	return call[T, string, string]("tolower", text)
}

// ToUpper returns a text in upper case.
func ToUpper[T any](text Expression[T, string]) Expr[T, string] {
	return call[T, string, string]("toupper", text)
}

// Trim returns a text without white space around it.
func Trim[T any](text Expression[T, string]) Expr[T, string] {
	return call[T, string, string]("trim", text)
}

// Length returns the number of characters of a text.
func Length[T any](text Expression[T, string]) Expr[T, int32] {
	return call[T, string, int32]("length", text)
}

// IndexOf returns where the part begins in a text, from 0, or -1.
func IndexOf[T any](text Expression[T, string], part string) Expr[T, int32] {
	return call[T, string, int32]("indexof", text, part)
}

// Substring returns a text from a position on, counted from 0.
func Substring[T any](text Expression[T, string], from int) Expr[T, string] {
	return call[T, string, string]("substring", text, from)
}

// Concat returns texts one after the other.
func Concat[T any](first, second Expression[T, string], more ...Expression[T, string]) Expr[T, string] {
	joined := Expr[T, string]{func(v string) string {
		return "concat(" + first.in(nil, nil, v) + "," + second.in(nil, nil, v) + ")"
	}}
	if len(more) > 0 {
		return Concat(joined, more[0], more[1:]...)
	}
	return joined
}

// Year returns the year of a date or a time.
func Year[T any, V Date | time.Time](of Expression[T, V]) Expr[T, int32] {
	return call[T, V, int32]("year", of)
}

// Month returns the month of a date or a time, from 1 to 12.
func Month[T any, V Date | time.Time](of Expression[T, V]) Expr[T, int32] {
	return call[T, V, int32]("month", of)
}

// Day returns the day of the month of a date or a time.
func Day[T any, V Date | time.Time](of Expression[T, V]) Expr[T, int32] {
	return call[T, V, int32]("day", of)
}

// Hour returns the hour of a time.
func Hour[T any, V TimeOfDay | time.Time](of Expression[T, V]) Expr[T, int32] {
	return call[T, V, int32]("hour", of)
}

// Minute returns the minute of a time.
func Minute[T any, V TimeOfDay | time.Time](of Expression[T, V]) Expr[T, int32] {
	return call[T, V, int32]("minute", of)
}

// Second returns the second of a time, without its fraction.
func Second[T any, V TimeOfDay | time.Time](of Expression[T, V]) Expr[T, int32] {
	return call[T, V, int32]("second", of)
}

// DatePart returns the day of a time, in UTC.
func DatePart[T any](of Expression[T, time.Time]) Expr[T, Date] {
	return call[T, time.Time, Date]("date", of)
}

// TimePart returns the time of day of a time, in UTC.
func TimePart[T any](of Expression[T, time.Time]) Expr[T, TimeOfDay] {
	return call[T, time.Time, TimeOfDay]("time", of)
}

// Round returns the nearest integer.
func Round[T any, V float64 | Decimal](of Expression[T, V]) Expr[T, V] {
	return call[T, V, V]("round", of)
}

// Floor returns the greatest integer that is not greater.
func Floor[T any, V float64 | Decimal](of Expression[T, V]) Expr[T, V] {
	return call[T, V, V]("floor", of)
}

// Ceiling returns the least integer that is not less.
func Ceiling[T any, V float64 | Decimal](of Expression[T, V]) Expr[T, V] {
	return call[T, V, V]("ceiling", of)
}

// CountOf returns the number of items of a collection.
func CountOf[T, V any](collection Many[T, V]) Expr[T, int64] {
	return Expr[T, int64]{func(v string) string { return collection.many(nil, nil, v) + "/$count" }}
}

// Order is how items of type T are sorted.
type Order[T any] struct{ by []string }

// Asc sorts by the properties, from small to large; by the second among those
// that are equal in the first, and so on.
func Asc[T any](by ...Sortable[T]) Order[T] { return order("", by) }

// Desc sorts by the properties, from large to small.
func Desc[T any](by ...Sortable[T]) Order[T] { return order(" desc", by) }

// Then sorts items that are equal by another order.
func (o Order[T]) Then(other Order[T]) Order[T] {
	return Order[T]{append(o.by[:len(o.by):len(o.by)], other.by...)}
}

// String returns the order as the service reads it, before it is escaped.
func (o Order[T]) String() string { return strings.Join(o.by, ",") }

func order[T any](direction string, by []Sortable[T]) Order[T] {
	o := Order[T]{make([]string, len(by))}
	for i, property := range by {
		o.by[i] = property.sorted(nil) + direction
	}
	return o
}
