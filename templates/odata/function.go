package odata

import "time"

// The functions below are those of OData (OData URL Conventions 4.01, sections
// 5.1.1.5 to 5.1.1.9). Filters compare them as they compare a property, and [Asc] and
// [Desc] sort by them.

// ToLower returns a text in lower case.
func ToLower[T any](text Field[T, string]) Field[T, string] {
	return function[T, string]("tolower", []string{string(text)})
}

// ToUpper returns a text in upper case.
func ToUpper[T any](text Field[T, string]) Field[T, string] {
	return function[T, string]("toupper", []string{string(text)})
}

// Trim returns a text without white space around it.
func Trim[T any](text Field[T, string]) Field[T, string] {
	return function[T, string]("trim", []string{string(text)})
}

// Length returns the number of characters of a text.
func Length[T any](text Field[T, string]) Field[T, int32] {
	return function[T, int32]("length", []string{string(text)})
}

// IndexOf returns where the part begins in a text, from 0, or -1.
func IndexOf[T any](text Field[T, string], part string) Field[T, int32] {
	return function[T, int32]("indexof", []string{string(text)}, part)
}

// Substring returns a text from a position on, counted from 0.
func Substring[T any](text Field[T, string], from int) Field[T, string] {
	return function[T, string]("substring", []string{string(text)}, from)
}

// Concat returns texts one after the other.
func Concat[T any](first, second Field[T, string], more ...Field[T, string]) Field[T, string] {
	joined := function[T, string]("concat", []string{string(first), string(second)})
	if len(more) > 0 {
		return Concat(joined, more[0], more[1:]...)
	}
	return joined
}

// Year returns the year of a date or a time.
func Year[T any, V Date | time.Time](of Field[T, V]) Field[T, int32] {
	return function[T, int32]("year", []string{string(of)})
}

// Month returns the month of a date or a time, from 1 to 12.
func Month[T any, V Date | time.Time](of Field[T, V]) Field[T, int32] {
	return function[T, int32]("month", []string{string(of)})
}

// Day returns the day of the month of a date or a time.
func Day[T any, V Date | time.Time](of Field[T, V]) Field[T, int32] {
	return function[T, int32]("day", []string{string(of)})
}

// Hour returns the hour of a time.
func Hour[T any, V TimeOfDay | time.Time](of Field[T, V]) Field[T, int32] {
	return function[T, int32]("hour", []string{string(of)})
}

// Minute returns the minute of a time.
func Minute[T any, V TimeOfDay | time.Time](of Field[T, V]) Field[T, int32] {
	return function[T, int32]("minute", []string{string(of)})
}

// Second returns the second of a time, without its fraction.
func Second[T any, V TimeOfDay | time.Time](of Field[T, V]) Field[T, int32] {
	return function[T, int32]("second", []string{string(of)})
}

// DatePart returns the day of a time, in UTC.
func DatePart[T any](of Field[T, time.Time]) Field[T, Date] {
	return function[T, Date]("date", []string{string(of)})
}

// TimePart returns the time of day of a time, in UTC.
func TimePart[T any](of Field[T, time.Time]) Field[T, TimeOfDay] {
	return function[T, TimeOfDay]("time", []string{string(of)})
}

// Round returns the nearest integer.
func Round[T any, V float64 | Decimal](of Field[T, V]) Field[T, V] {
	return function[T, V]("round", []string{string(of)})
}

// Floor returns the greatest integer that is not greater.
func Floor[T any, V float64 | Decimal](of Field[T, V]) Field[T, V] {
	return function[T, V]("floor", []string{string(of)})
}

// Ceiling returns the least integer that is not less.
func Ceiling[T any, V float64 | Decimal](of Field[T, V]) Field[T, V] {
	return function[T, V]("ceiling", []string{string(of)})
}

// CountOf returns the number of items of a collection.
func CountOf[T, V any](collection Many[T, V]) Field[T, int64] {
	return Field[T, int64](nameOf(collection) + "/$count")
}
