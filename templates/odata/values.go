package odata

import (
	"encoding/json/jsontext"
	"time"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// The states of a property, and the primitive types of the Entity Data Model.
// Package edm documents them.
type (
	Opt[T any]  = edm.Opt[T]
	List[T any] = edm.List[T]
	Binary      = edm.Binary
	Date        = edm.Date
	Decimal     = edm.Decimal
	Duration    = edm.Duration
	Guid        = edm.Guid
	TimeOfDay   = edm.TimeOfDay
)

// Of returns an Opt with the value v.
func Of[T any](v T) Opt[T] { return edm.Of(v) }

// Null returns an Opt that is null: it is sent as null, not left out.
func Null[T any]() Opt[T] { return edm.Null[T]() }

// FromRaw returns the Opt that raw decodes into. It can hold a value that does
// not fit T. FromRaw(nil) is absent.
func FromRaw[T any](raw jsontext.Value) Opt[T] { return edm.FromRaw[T](raw) }

// ListOf returns a List with the items, which it does not copy: ListOf() has
// none and is sent as [].
func ListOf[T any](items ...T) List[T] { return edm.ListOf(items...) }

// NullList returns a List that is null: it is sent as null, not left out.
func NullList[T any]() List[T] { return edm.NullList[T]() }

// ListFromRaw returns the List that raw decodes into. It can hold a value that
// does not fit. ListFromRaw(nil) is absent.
func ListFromRaw[T any](raw jsontext.Value) List[T] { return edm.ListFromRaw[T](raw) }

// DateOf returns the day of t in the time zone of t.
func DateOf(t time.Time) Date { return edm.DateOf(t) }

// ParseDate parses the form of OData, like 2020-07-06.
func ParseDate(s string) (Date, error) { return edm.ParseDate(s) }

// TimeOfDayOf returns the time of day of t in the time zone of t.
func TimeOfDayOf(t time.Time) TimeOfDay { return edm.TimeOfDayOf(t) }

// ParseTimeOfDay parses the forms of OData, like 13:20, 13:20:45 and
// 13:20:45.352.
func ParseTimeOfDay(s string) (TimeOfDay, error) { return edm.ParseTimeOfDay(s) }

// DurationOf returns d in days, hours, minutes and seconds, like P1DT12H.
func DurationOf(d time.Duration) Duration { return edm.DurationOf(d) }

// ParseGuid returns s in lower case if it is a GUID.
func ParseGuid(s string) (Guid, error) { return edm.ParseGuid(s) }

// Join returns the value of a flags enumeration that holds the members.
func Join[E ~string](members ...E) E { return edm.Join(members...) }

// Split returns the members that a value of a flags enumeration holds, unknown
// ones included.
func Split[E ~string](value E) []E { return edm.Split(value) }

// Has reports whether a value of a flags enumeration holds a member.
func Has[E ~string](value, member E) bool { return edm.Has(value, member) }
