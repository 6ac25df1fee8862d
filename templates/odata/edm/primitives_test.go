package edm_test

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"math"
	"testing"
	"time"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// fits decodes JSON into an Opt and encodes it again. Whether it fits or not,
// it must come out as it went in.
func fits[T any](t *testing.T, text string) bool {
	t.Helper()
	var o edm.Opt[T]
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		t.Errorf("%s: %v", text, err)
		return false
	}
	if again, err := json.Marshal(&o); err != nil || string(again) != text {
		t.Errorf("%s is encoded as %s, %v", text, again, err)
	}
	_, ok := o.Get()
	if ok == (o.Err() != nil) {
		t.Errorf("%s: Get reports %v, Err is %v", text, ok, o.Err())
	}
	return ok
}

func TestPrimitivesFit(t *testing.T) {
	for name, test := range map[string]struct {
		fits    func(*testing.T, string) bool
		yes, no []string
	}{
		"Guid":      {fits[edm.Guid], []string{`"6f9619ff-8b86-4d01-b42d-00cf4fc964ff"`, `"6F9619FF-8B86-4D01-B42D-00CF4FC964FF"`}, []string{`"6f9619ff"`, `1`, `""`}},
		"Date":      {fits[edm.Date], []string{`"2024-02-29"`, `"0001-01-01"`, `"9999-12-31"`}, []string{`"2023-02-29"`, `"datetime-value"`, `"2024-02-29T00:00:00Z"`, `20240229`}},
		"TimeOfDay": {fits[edm.TimeOfDay], []string{`"08:30:00"`, `"08:30"`, `"23:59:59.123456789012"`}, []string{`"24:00:00"`, `"8:30:00"`, `"08:30:00.1234567890123"`}},
		"Duration":  {fits[edm.Duration], []string{`"PT1H30M"`, `"P1DT0.5S"`, `"-P3D"`, `"PT36H"`}, []string{`"P1Y"`, `"PT"`, `"P"`, `"1:30"`, `90`}},
		"Decimal":   {fits[edm.Decimal], []string{`12.50`, `"12.50"`, `123456789012345678901234567890.1`, `"INF"`}, []string{`"12,50"`, `true`, `""`}},
		"Binary":    {fits[edm.Binary], []string{`"AQID"`, `"_-8"`, `"_-8="`, `"/+8"`, `"/+8="`, `""`}, []string{`"A"`, `"%%"`, `[1,2]`}},
		"Double":    {fits[float64], []string{`1.5`, `1.10`, `1e3`, `"INF"`, `"-INF"`, `"NaN"`}, []string{`"1.5"`, `true`, `1e999`}},
		"Single":    {fits[float32], []string{`0.25`, `"NaN"`}, []string{`1e99`}},
		"Int64":     {fits[int64], []string{`9007199254740993`, `"9007199254740993"`, `-1`}, []string{`9223372036854775808`, `1.5`, `"x"`}},
		"Int16":     {fits[int16], []string{`32767`}, []string{`32768`}},
		"Byte":      {fits[uint8], []string{`255`}, []string{`256`, `-1`}},
		"DateTimeOffset": {fits[time.Time], []string{`"2020-07-06T06:34:12.2294868Z"`, `"0001-01-01T00:00:00Z"`, `"2020-01-01T00:00:00.0000000Z"`, `"2020-01-01T00:00:00+02:00"`},
			[]string{`"datetime-value"`, `"2020-01-01"`, `0`}},
		"Boolean": {fits[bool], []string{`true`, `false`}, []string{`"true"`, `1`}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, text := range test.yes {
				if !test.fits(t, text) {
					t.Errorf("%s does not fit", text)
				}
			}
			for _, text := range test.no {
				if test.fits(t, text) {
					t.Errorf("%s fits", text)
				}
			}
		})
	}
}

func TestDuration(t *testing.T) {
	for text, want := range map[edm.Duration]time.Duration{
		"PT1H30M":          90 * time.Minute,
		"-P1DT1S":          -24*time.Hour - time.Second,
		"PT0.5S":           time.Second / 2,
		"PT0.12345678912S": 123456789,
	} {
		if got, err := text.TimeDuration(); got != want || err != nil {
			t.Errorf("%s: %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []edm.Duration{"P1Y", "", "P99999999999D", "PT9223372036S9", "P106752D"} {
		if got, err := text.TimeDuration(); err == nil {
			t.Errorf("%s: %v, want an error", text, got)
		}
	}
	for d, want := range map[time.Duration]edm.Duration{
		0:                            "PT0S",
		90 * time.Minute:             "PT1H30M",
		-1500 * time.Millisecond:     "-PT1.5S",
		time.Duration(math.MinInt64): "-P106751DT23H47M16.854775808S",
	} {
		if got := edm.DurationOf(d); got != want {
			t.Errorf("DurationOf(%v) = %s, want %s", d, got, want)
		}
	}
}

func TestTimeOfDay(t *testing.T) {
	v, err := edm.ParseTimeOfDay("08:30:01.5")
	if want := (edm.TimeOfDay{Hour: 8, Minute: 30, Second: 1, Picosecond: 500_000_000_000}); v != want || err != nil {
		t.Errorf("%v, %v; want %v", v, err, want)
	}
	if got, want := v.Duration(), 8*time.Hour+30*time.Minute+1500*time.Millisecond; got != want {
		t.Errorf("%v since midnight, want %v", got, want)
	}
	if got := edm.TimeOfDayOf(time.Date(2024, 3, 11, 8, 30, 1, 5e8, time.UTC)); got != v {
		t.Errorf("TimeOfDayOf gives %v, want %v", got, v)
	}
}

func TestDate(t *testing.T) {
	v, err := edm.ParseDate("2024-02-29")
	if want := (edm.Date{Year: 2024, Month: time.February, Day: 29}); v != want || err != nil {
		t.Errorf("%v, %v; want %v", v, err, want)
	}
	if got := edm.DateOf(v.Time(time.UTC)); got != v {
		t.Errorf("%v becomes %v", v, got)
	}
}

// A value that is not of its type is an error before it is sent.
func TestInvalidPrimitivesAreNotEncoded(t *testing.T) {
	for _, v := range []any{
		edm.Of(edm.Date{Year: 2023, Month: time.February, Day: 29}), edm.Of(edm.Date{}),
		edm.Of(edm.TimeOfDay{Hour: 24}), edm.Of(edm.TimeOfDay{Picosecond: -1}),
		edm.Of(edm.Duration("90")), edm.Of(edm.Guid("6f9619ff")), edm.Of(edm.Decimal("true")),
	} {
		if b, err := json.Marshal(v); err == nil {
			t.Errorf("%v is encoded as %s", v, b)
		}
	}
}

func TestGuidIsLowerCase(t *testing.T) {
	want := edm.Guid("6f9619ff-8b86-4d01-b42d-00cf4fc964ff")
	if got := edm.FromRaw[edm.Guid](jsontext.Value(`"6F9619FF-8B86-4D01-B42D-00CF4FC964FF"`)).Or(""); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestBinary(t *testing.T) {
	for text, want := range map[string]edm.Binary{`"_-8="`: "\xff\xef", `"_-8"`: "\xff\xef", `"/+8="`: "\xff\xef", `"AQID"`: "\x01\x02\x03"} {
		if got := edm.FromRaw[edm.Binary](jsontext.Value(text)).Or(""); got != want {
			t.Errorf("%s is %x, want %x", text, string(got), string(want))
		}
	}
	if got, err := json.Marshal(edm.Of(edm.Binary("\xff\xd8\xff\xe0\x00"))); string(got) != `"/9j/4AA="` || err != nil {
		t.Errorf("%s, %v", got, err)
	}
}
