package edm_test

import (
	"math"
	"testing"
	"time"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

type color string

type qualified string

func (qualified) ODataEnum() string { return "Sales.Color" }

// The expected literals follow the primitiveLiteral of the OData ABNF.
func TestLiteral(t *testing.T) {
	zone := time.FixedZone("", 2*60*60)
	for _, test := range []struct {
		value any
		want  string
	}{
		{nil, "null"},
		{"O'Neil & Söhne+%#", "'O''Neil & Söhne+%#'"},
		{"", "''"},
		{"''", "''''''"},
		{true, "true"},
		{int16(-32768), "-32768"},
		{int32(7), "7"},
		{int64(math.MinInt64), "-9223372036854775808"},
		{uint8(255), "255"},
		{int8(-1), "-1"},
		{1.5, "1.5"},
		{1e21, "1e+21"},
		{float32(0.1), "0.1"},
		{math.Inf(1), "INF"},
		{math.Inf(-1), "-INF"},
		{math.NaN(), "NaN"},
		{edm.Decimal("12345678901234567890.10"), "12345678901234567890.10"},
		{edm.Decimal(""), "0"},
		{edm.Decimal("INF"), "INF"},
		{edm.Date{Year: 2024, Month: 2, Day: 29}, "2024-02-29"},
		{edm.TimeOfDay{Hour: 9, Minute: 5, Picosecond: 500_000_000_000}, "09:05:00.5"},
		{edm.Duration("-PT15M"), "duration'-PT15M'"},
		{edm.Guid("5F1D1C5E-0B86-4E4A-9A3B-5A9E1D4F7C21"), "5f1d1c5e-0b86-4e4a-9a3b-5a9e1d4f7c21"},
		{edm.Binary("\xfb\xff"), "binary'-_8='"},
		{time.Date(2024, 7, 15, 1, 30, 0, 123_456_700, zone), "2024-07-14T23:30:00.1234567Z"},
		{time.Date(2024, 7, 15, 1, 30, 0, 0, zone), "2024-07-14T23:30:00Z"},
		{color("it's"), "'it''s'"},
		{qualified("Red,Blue"), "Sales.Color'Red,Blue'"},
		{new("x"), "'x'"},
		{(*string)(nil), "null"},
	} {
		if got, err := edm.Literal(test.value); got != test.want || err != nil {
			t.Errorf("%#v: %s, %v; want %s", test.value, got, err, test.want)
		}
	}
}

// A value that cannot be sent fails, and is not sent as something else.
func TestValuesWithoutLiteral(t *testing.T) {
	for _, test := range []struct {
		value any
		want  string
	}{
		{edm.Date{Year: 2023, Month: 2, Day: 30}, "odata: 2023-02-30 is not an Edm.Date"},
		{edm.Decimal("1' or true"), `odata: "1' or true" is not an Edm.Decimal, like "1234.50"`},
		{edm.Duration("15 minutes"), `odata: "15 minutes" is not an Edm.Duration, like "P1DT12H30M5.5S"`},
		{edm.Guid("1"), `odata: "1" is not an Edm.Guid, like "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"`},
		{time.Date(12024, 1, 1, 0, 0, 0, 0, time.UTC), "odata: 12024-01-01 00:00:00 +0000 UTC is not an Edm.DateTimeOffset: its year has more than four digits"},
		{color(""), "odata: an empty edm_test.color is not a member of the enumeration; nil is null"},
		{qualified(""), "odata: an empty edm_test.qualified is not a member of the enumeration; nil is null"},
		{struct{}{}, "odata: no literal: a struct {} cannot stand in an address"},
	} {
		if got, err := edm.Literal(test.value); err == nil || err.Error() != test.want {
			t.Errorf("%#v: %s, %v; want %s", test.value, got, err, test.want)
		}
	}
}
