package edm

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"errors"
	"strconv"
	"strings"
)

// decoding are the options for what a service sends: it accepts mistakes, and keeps
// numbers that would change.
var decoding = json.JoinOptions(lenient, json.WithUnmarshalers(json.UnmarshalFromFunc(unmarshalAny)))

// unmarshalAny decodes a number into a float64, as package json does, or into a
// [jsontext.Value] if a float64 does not hold it exactly, such as 9007199254740993.
func unmarshalAny(dec *jsontext.Decoder, v *any) error {
	if dec.PeekKind() != jsontext.KindNumber {
		return errors.ErrUnsupported
	}
	raw, err := dec.ReadValue()
	if err != nil {
		return err
	}
	var buf [64]byte
	f, err := strconv.ParseFloat(string(raw), 64)
	if err == nil && sameNumber(string(raw), string(jsontext.AppendFloat(buf[:0], f, 64))) {
		*v = f
	} else {
		*v = raw.Clone()
	}
	return nil
}

// sameNumber reports whether two JSON numbers of the same sign are the same number: 1.10
// and 1.1, 1e3 and 1000.
func sameNumber(a, b string) bool {
	if a == b {
		return true
	}
	digits, exponent := scientific(a)
	otherDigits, otherExponent := scientific(b)
	return digits == otherDigits && (exponent == otherExponent || digits == "")
}

// scientific returns the digits of a JSON number without zeros at their ends, "" for
// zero, and the power of ten of the last one.
func scientific(number string) (digits string, exponent int) {
	mantissa, power, _ := strings.Cut(strings.ReplaceAll(number, "E", "e"), "e")
	exponent, _ = strconv.Atoi(power) // the greatest int if it is too large, as is the number
	whole, fraction, _ := strings.Cut(mantissa, ".")
	all := strings.TrimLeft(whole+fraction, "-0")
	digits = strings.TrimRight(all, "0")
	return digits, exponent - len(fraction) + len(all) - len(digits)
}
