package odata

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Duration is an Edm.Duration in the form of ISO 8601 that OData uses: P1DT12H,
// PT0.5S, -PT15M. It keeps its spelling, so PT24H and P1D are two Durations of
// the same length; TimeDuration gives the length. Write Duration("PT15M") or
// DurationOf(15*time.Minute). What does not have that form cannot be sent.
type Duration string

// durationForm has a group for the sign, the days, the hours, the minutes and
// the seconds. A P or T with nothing after it is excluded in parts.
var durationForm = regexp.MustCompile(`^([-+]?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$`)

// DurationOf returns d in days, hours, minutes and seconds.
func DurationOf(d time.Duration) Duration {
	const day = 24 * time.Hour
	sign, total := "", uint64(d)
	if d < 0 {
		sign, total = "-", -total // also right for the smallest int64
	}
	days, rest := total/uint64(day), time.Duration(total%uint64(day))
	var date, clock strings.Builder
	if days > 0 {
		fmt.Fprintf(&date, "%dD", days)
	}
	if h := rest / time.Hour; h > 0 {
		fmt.Fprintf(&clock, "%dH", h)
	}
	if m := rest / time.Minute % 60; m > 0 {
		fmt.Fprintf(&clock, "%dM", m)
	}
	if s := rest % time.Minute; s > 0 || d == 0 {
		seconds := fmt.Sprintf("%d.%09d", s/time.Second, s%time.Second)
		fmt.Fprintf(&clock, "%sS", strings.TrimRight(strings.TrimRight(seconds, "0"), "."))
	}
	if clock.Len() > 0 {
		date.WriteString("T" + clock.String())
	}
	return Duration(sign + "P" + date.String())
}
