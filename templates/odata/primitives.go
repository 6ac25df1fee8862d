package odata

import (
	"encoding/base64"
	"encoding/json/jsontext"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The primitive types below keep the text that they were made from, so that
// no digit of it is lost. Their syntax is that of the OData ABNF Construction
// Rules 4.01, section 7 ("Literal Data Values"). Decoding checks it; a value
// that is made otherwise is sent as it is.

// Guid is an Edm.Guid: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff".
type Guid string

var guidSyntax = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)

// AppendText implements [encoding.TextAppender].
func (g Guid) AppendText(b []byte) ([]byte, error) { return append(b, g...), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (g *Guid) UnmarshalText(text []byte) error {
	if !guidSyntax.Match(text) {
		return fmt.Errorf("odata: %q is no Edm.Guid", text)
	}
	*g = Guid(text)
	return nil
}

// TimeOfDay is an Edm.TimeOfDay, with up to twelve digits behind the point:
// "08:30:00.5".
type TimeOfDay string

var timeSyntax = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,12})?)?$`)

// AppendText implements [encoding.TextAppender].
func (t TimeOfDay) AppendText(b []byte) ([]byte, error) { return append(b, t...), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (t *TimeOfDay) UnmarshalText(text []byte) error {
	if !timeSyntax.Match(text) {
		return fmt.Errorf("odata: %q is no Edm.TimeOfDay", text)
	}
	*t = TimeOfDay(text)
	return nil
}

// SinceMidnight returns the time that has passed since midnight, cut off below
// a nanosecond.
func (t TimeOfDay) SinceMidnight() (time.Duration, error) {
	if !timeSyntax.MatchString(string(t)) {
		return 0, fmt.Errorf("odata: %q is no Edm.TimeOfDay", string(t))
	}
	clock, fraction, _ := strings.Cut(string(t), ".")
	unit, sum := time.Hour, time.Duration(0)
	for part := range strings.SplitSeq(clock, ":") {
		n, _ := strconv.Atoi(part) // two digits
		sum += time.Duration(n) * unit
		unit /= 60
	}
	return sum + nanoseconds(fraction), nil
}

// nanoseconds returns what the digits behind the point of a second stand for.
func nanoseconds(fraction string) time.Duration {
	n, _ := strconv.Atoi((fraction + "000000000")[:9])
	return time.Duration(n)
}

// Duration is an Edm.Duration, in days and smaller units: "P1DT2H30M0.5S".
type Duration string

var durationSyntax = regexp.MustCompile(`^([+-])?P(?:(\d+)D)?(T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$`)

// DurationOf returns the Duration for d.
func DurationOf(d time.Duration) Duration {
	sign := ""
	if d < 0 {
		sign = "-"
	}
	seconds := strconv.FormatUint(uint64(d.Abs()/time.Second), 10)
	if fraction := d.Abs() % time.Second; fraction != 0 {
		seconds += "." + strings.TrimRight(fmt.Sprintf("%09d", fraction), "0")
	}
	return Duration(sign + "PT" + seconds + "S")
}

// AppendText implements [encoding.TextAppender].
func (d Duration) AppendText(b []byte) ([]byte, error) { return append(b, d...), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (d *Duration) UnmarshalText(text []byte) error {
	if durationParts(string(text)) == nil {
		return fmt.Errorf("odata: %q is no Edm.Duration", text)
	}
	*d = Duration(text)
	return nil
}

// durationParts returns the groups of durationSyntax, or nil for what is no
// duration: there must be a number, and one behind a T.
func durationParts(text string) []string {
	parts := durationSyntax.FindStringSubmatch(text)
	if parts == nil || parts[3] == "T" || parts[2] == "" && parts[3] == "" {
		return nil
	}
	return parts
}

// Std returns d as a time.Duration, cut off below a nanosecond. It is an error
// if it is longer than that can hold, which is about 292 years.
func (d Duration) Std() (time.Duration, error) {
	parts := durationParts(string(d))
	if parts == nil {
		return 0, fmt.Errorf("odata: %q is no Edm.Duration", string(d))
	}
	var sum time.Duration
	for i, unit := range map[int]time.Duration{2: 24 * time.Hour, 4: time.Hour, 5: time.Minute, 6: time.Second} {
		if parts[i] == "" {
			continue
		}
		n, err := strconv.ParseInt(parts[i], 10, 64)
		if part := time.Duration(n) * unit; err != nil || part/unit != time.Duration(n) || sum+part < sum {
			return 0, fmt.Errorf("odata: %s is too long for a time.Duration", string(d))
		}
		sum += time.Duration(n) * unit
	}
	if sum += nanoseconds(parts[7]); sum < 0 {
		return 0, fmt.Errorf("odata: %s is too long for a time.Duration", string(d))
	}
	if parts[1] == "-" {
		sum = -sum
	}
	return sum, nil
}

// Decimal is an Edm.Decimal, with all its digits: "12.50".
type Decimal string

// MarshalJSONTo writes the number.
func (d Decimal) MarshalJSONTo(enc *jsontext.Encoder) error {
	switch d {
	case "INF", "-INF", "NaN":
		return enc.WriteToken(jsontext.String(string(d)))
	}
	return enc.WriteValue(jsontext.Value(d))
}

// UnmarshalJSONFrom reads a number, or a string that holds one (OData JSON
// Format 4.01, section 3.2, IEEE754Compatible).
func (d *Decimal) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	raw, err := dec.ReadValue()
	if err != nil {
		return err
	}
	text := string(raw)
	if raw.Kind() == '"' {
		text = string(unquote(raw))
	}
	number := jsontext.Value(text)
	if special := text == "INF" || text == "-INF" || text == "NaN"; !special && (!number.IsValid() || number.Kind() != '0') {
		return fmt.Errorf("odata: %s is no Edm.Decimal", raw)
	}
	*d = Decimal(text)
	return nil
}

// Binary is an Edm.Binary. In JSON it is a base64url string without padding
// (OData JSON Format 4.01, section 7.1); the standard alphabet and padding are
// understood too.
type Binary []byte

// Stream is the value of an Edm.Stream property where it is part of the JSON.
type Stream = Binary

// AppendText implements [encoding.TextAppender].
func (b Binary) AppendText(text []byte) ([]byte, error) {
	return base64.RawURLEncoding.AppendEncode(text, b), nil
}

// UnmarshalText implements [encoding.TextUnmarshaler].
func (b *Binary) UnmarshalText(text []byte) error {
	url := strings.NewReplacer("+", "-", "/", "_").Replace(strings.TrimRight(string(text), "="))
	data, err := base64.RawURLEncoding.DecodeString(url)
	if err != nil {
		return fmt.Errorf("odata: no Edm.Binary: %w", err)
	}
	*b = data
	return nil
}
