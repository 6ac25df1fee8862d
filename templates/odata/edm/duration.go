package edm

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Duration is an Edm.Duration in the form of ISO 8601 that OData uses: P1DT12H,
// PT0.5S, -PT15M. It keeps its spelling, so PT24H and P1D are two Durations of
// the same length; [Duration.TimeDuration] gives the length. Write
// Duration("PT15M") or DurationOf(15*time.Minute). Other forms cannot be sent.
type Duration string

// durationForm has groups for the sign, days, hours, minutes and seconds. It
// also matches a P or T with nothing after it.
var durationForm = regexp.MustCompile(`^([-+]?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$`)

func (d Duration) parts() ([]string, error) {
	m := durationForm.FindStringSubmatch(string(d))
	if m == nil || strings.HasSuffix(m[0], "P") || strings.HasSuffix(m[0], "T") {
		return nil, fmt.Errorf("odata: %q is not an Edm.Duration, like %q", string(d), "P1DT12H30M5.5S")
	}
	return m[1:], nil
}

// DurationOf returns d in days, hours, minutes and seconds, like P1DT12H.
func DurationOf(d time.Duration) Duration {
	const day = uint64(24 * time.Hour)
	sign, length := "", uint64(d)
	if d < 0 {
		sign, length = "-", -length
	}
	var date, clock string
	if days := length / day; days > 0 {
		date = fmt.Sprintf("%dD", days)
	}
	rest := time.Duration(length % day)
	if hours := rest / time.Hour; hours > 0 {
		clock = fmt.Sprintf("%dH", hours)
	}
	if minutes := rest % time.Hour / time.Minute; minutes > 0 {
		clock += fmt.Sprintf("%dM", minutes)
	}
	if seconds := rest % time.Minute; seconds > 0 {
		clock += strconv.FormatFloat(seconds.Seconds(), 'f', -1, 64) + "S"
	}
	switch {
	case clock != "":
		clock = "T" + clock
	case date == "":
		clock = "T0S"
	}
	return Duration(sign + "P" + date + clock)
}

// TimeDuration returns the length of d, cut to nanoseconds. It fails if d does not
// have the form of a duration, or is longer than 292 years.
func (d Duration) TimeDuration() (time.Duration, error) {
	m, err := d.parts()
	if err != nil {
		return 0, err
	}
	sign, days, hours, minutes, seconds := m[0], m[1], cmp.Or(m[2], "0"), cmp.Or(m[3], "0"), cmp.Or(m[4], "0")
	n, err := strconv.ParseUint(cmp.Or(days, "0"), 10, 32)
	if err == nil {
		var v time.Duration
		v, err = time.ParseDuration(fmt.Sprintf("%s%dh%sh%sm%ss", sign, 24*n, hours, minutes, seconds))
		if err == nil {
			return v, nil
		}
	}
	return 0, fmt.Errorf("odata: %v is too long for a time.Duration", d)
}

// AppendText appends the duration as it is spelled. It fails if d does not have the
// form of a duration.
func (d Duration) AppendText(b []byte) ([]byte, error) {
	if _, err := d.parts(); err != nil {
		return b, err
	}
	return append(b, d...), nil
}

// UnmarshalText sets d to text if that has the form of a duration.
func (d *Duration) UnmarshalText(text []byte) error {
	*d = Duration(text)
	_, err := d.parts()
	return err
}
