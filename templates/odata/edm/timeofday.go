package edm

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// TimeOfDay is an Edm.TimeOfDay: a time of the clock, without a day or a time
// zone, to the picosecond that the format can express. Times of day are
// comparable with ==. The zero TimeOfDay is midnight.
type TimeOfDay struct {
	Hour, Minute, Second int
	Picosecond           int64 // 0 to 999,999,999,999
}

// picosecondsPerNanosecond and fractionDigits belong to the twelve digits that
// the fraction of a second can have.
const (
	picosecondsPerNanosecond = 1000
	fractionDigits           = 12
)

// TimeOfDayOf returns the time of the clock of t in the time zone of t.
func TimeOfDayOf(t time.Time) TimeOfDay {
	hour, minute, second := t.Clock()
	return TimeOfDay{
		Hour: hour, Minute: minute, Second: second,
		Picosecond: int64(t.Nanosecond()) * picosecondsPerNanosecond,
	}
}

// ParseTimeOfDay parses the forms of OData, like 13:20, 13:20:45 and
// 13:20:45.352.
func ParseTimeOfDay(s string) (TimeOfDay, error) {
	clock, fraction, hasFraction := strings.Cut(s, ".")
	layout := time.TimeOnly
	if len(clock) == len("15:04") && !hasFraction {
		layout = "15:04"
	}
	t, err := time.Parse(layout, clock)
	digits := len(fraction)
	if err != nil || len(clock) != len(layout) || digits > fractionDigits || hasFraction && digits == 0 {
		return TimeOfDay{}, errNotTimeOfDay(s)
	}
	v := TimeOfDayOf(t)
	if hasFraction {
		padded := fraction + strings.Repeat("0", fractionDigits-digits)
		picosecond, err := strconv.ParseUint(padded, 10, 63)
		if err != nil {
			return TimeOfDay{}, errNotTimeOfDay(s)
		}
		v.Picosecond = int64(picosecond)
	}
	return v, nil
}

func errNotTimeOfDay(s string) error {
	return fmt.Errorf("odata: %q is not an Edm.TimeOfDay, like %q", s, time.TimeOnly)
}

// Duration returns the time since midnight, cut to nanoseconds.
func (t TimeOfDay) Duration() time.Duration {
	return time.Duration(t.Hour)*time.Hour + time.Duration(t.Minute)*time.Minute +
		time.Duration(t.Second)*time.Second + time.Duration(t.Picosecond/picosecondsPerNanosecond)
}

// String returns the form of OData, like 13:20:45 or 13:20:45.352.
func (t TimeOfDay) String() string {
	s := fmt.Sprintf("%02d:%02d:%02d", t.Hour, t.Minute, t.Second)
	if t.Picosecond != 0 {
		s += strings.TrimRight(fmt.Sprintf(".%012d", t.Picosecond), "0")
	}
	return s
}

// AppendText appends the form of OData. It fails if t is not a time of day, like
// 25:00:00.
func (t TimeOfDay) AppendText(b []byte) ([]byte, error) {
	s := t.String()
	if parsed, err := ParseTimeOfDay(s); err != nil || parsed != t {
		return b, errNotTimeOfDay(s)
	}
	return append(b, s...), nil
}

// UnmarshalText parses the forms of OData, like [ParseTimeOfDay].
func (t *TimeOfDay) UnmarshalText(text []byte) (err error) {
	*t, err = ParseTimeOfDay(string(text))
	return err
}
