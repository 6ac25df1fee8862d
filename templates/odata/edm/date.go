package edm

import (
	"fmt"
	"strings"
	"time"
)

// Date is an Edm.Date: a day of the calendar, without a time or a time zone,
// from year 0 to 9999. Dates are comparable with ==. The zero Date is not a
// date, since there is no month 0, and cannot be sent.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day of t in the time zone of t.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{Year: year, Month: month, Day: day}
}

// ParseDate parses the form of OData, like 2020-07-06.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		// The clone keeps s, which is often a part of a buffer, off the heap.
		return Date{}, fmt.Errorf("odata: %q is not an Edm.Date, like %q", strings.Clone(s), time.DateOnly)
	}
	return DateOf(t), nil
}

// Time returns the first moment of the day in loc.
func (d Date) Time(loc *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, loc)
}

// String returns the form of OData, like 2020-07-06.
func (d Date) String() string {
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// AppendText appends the form of OData. It fails if d is not a date, like
// February 30.
func (d Date) AppendText(b []byte) ([]byte, error) {
	t := d.Time(time.UTC)
	if DateOf(t) != d || d.Year < 0 || d.Year > 9999 {
		return b, fmt.Errorf("odata: %v is not an Edm.Date", d)
	}
	return t.AppendFormat(b, time.DateOnly), nil
}

// UnmarshalText parses the form of OData, like [ParseDate].
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDate(string(text))
	return err
}
