package audit

import (
	"encoding/json/jsontext"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// decoders decode values of primitive types as generated code does.
var decoders = map[string]func(jsontext.Value) error{
	"Edm.Binary":         decode[odata.Binary],
	"Edm.Boolean":        decode[bool],
	"Edm.Byte":           decode[uint8],
	"Edm.Date":           decode[odata.Date],
	"Edm.DateTimeOffset": decode[time.Time],
	"Edm.Decimal":        decode[odata.Decimal],
	"Edm.Double":         decode[float64],
	"Edm.Duration":       decode[odata.Duration],
	"Edm.GeographyPoint": decode[jsontext.Value],
	"Edm.Guid":           decode[odata.Guid],
	"Edm.Int16":          decode[int16],
	"Edm.Int32":          decode[int32],
	"Edm.Int64":          decode[int64],
	"Edm.SByte":          decode[int8],
	"Edm.Single":         decode[float32],
	"Edm.Stream":         decode[odata.Binary],
	"Edm.String":         decode[string],
	"Edm.TimeOfDay":      decode[odata.TimeOfDay],
}

func decode[T any](raw jsontext.Value) error { return odata.FromRaw[T](raw).Err() }

// like are values, each of some type or nearly.
var like = []string{
	`true`, `false`, `{}`, `{"a":1}`, `[]`, `[1]`,
	`0`, `-0`, `1`, `-1`, `1.0`, `1e3`, `1.5`, `1e39`, `1e99`, `1e999`, `1e-999`,
	`127`, `128`, `-128`, `-129`, `255`, `256`, `32767`, `32768`, `-32769`, `2147483647`, `2147483648`,
	`9223372036854775807`, `9223372036854775808`, `123456789012345678901234567890.1`,
	`""`, `"text"`, `"\u0031"`, `"1"`, `"+1"`, `"-0"`, `"01"`, `" 1"`, `"1_0"`, `"0x1"`, `"1.5"`, `"12,50"`, `"9223372036854775808"`,
	`"INF"`, `"-INF"`, `"+INF"`, `"NaN"`, `"inf"`, `"true"`,
	`"AQID"`, `"_-8"`, `"/+8="`, `"A"`, `"AA=A"`, `"A A="`, `"AQ\nID"`, `"="`, `"%%"`, `"AR"`,
	`"2024-02-29"`, `"2023-02-29"`, `"0000-01-01"`, `"-0001-01-01"`, `"10000-01-01"`, `"2024-2-9"`, `"2024-02-29 "`,
	`"2020-07-06T06:34:12.2294868Z"`, `"2020-07-06T06:34:12+02:00"`, `"2020-07-06T06:34:12+24:00"`, `"2020-07-06T06:34:12,5Z"`,
	`"2020-07-06T6:34:12Z"`, `"2020-07-06t06:34:12z"`, `"2020-07-06T06:34Z"`, `"2020-07-06T06:34:60Z"`, `"2020-07-06T24:00:00Z"`, `"2020-07-06T06:34:12"`,
	`"08:30"`, `"08:30:00"`, `"8:30"`, `"08:3"`, `"24:00:00"`, `"23:59:60"`, `"08:30.5"`, `"08:30:00."`, `"08:30:00,5"`,
	`"08:30:00.123456789012"`, `"08:30:00.1234567890123"`, `"08:30:00.+1"`,
	`"PT1H30M"`, `"P1DT0.5S"`, `"-P3D"`, `"+P3D"`, `"P1Y"`, `"PT"`, `"P"`, `"P1DT"`, `"PT.5S"`, `"PT1.S"`, `"P3D\n"`, `"pt1h"`,
	`"6f9619ff-8b86-4d01-b42d-00cf4fc964ff"`, `"6F9619FF-8B86-4D01-B42D-00CF4FC964FF"`, `"6f9619ff8b864d01b42d00cf4fc964ff"`,
	`"{6f9619ff-8b86-4d01-b42d-00cf4fc964ff}"`, `"6g9619ff-8b86-4d01-b42d-00cf4fc964ff"`, "\"\xff\"",
}

// TestFits compares what fits with what the types of generated code hold.
func TestFits(t *testing.T) {
	for name, decode := range decoders {
		for _, text := range like {
			if got, err := fits(name, jsontext.Value(text)), decode(jsontext.Value(text)); got != (err == nil) {
				t.Errorf("%s: %s fits: %v, but decoding says %v", name, text, got, err)
			}
		}
	}
}

// TestFitsRandom does so with values that are changed a little.
func TestFitsRandom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom(like).Draw(t, "like")
		at := rapid.IntRange(0, len(text)).Draw(t, "at")
		end := rapid.IntRange(at, min(at+2, len(text))).Draw(t, "end")
		part := rapid.StringMatching(`[-+.,:_=0-9a-fA-FPTDHMSZ ]{0,2}`).Draw(t, "part")
		raw := jsontext.Value(strings.TrimSpace(text[:at] + part + text[end:]))
		if !raw.IsValid() {
			raw = jsontext.Value(strconv.Quote(string(raw)))
		}
		if !raw.IsValid() || raw.Kind() == jsontext.KindNull {
			return
		}
		for name, decode := range decoders {
			if got, err := fits(name, raw), decode(raw); got != (err == nil) {
				t.Errorf("%s: %s fits: %v, but decoding says %v", name, raw, got, err)
			}
		}
	})
}
