package edm

import (
	"encoding/json/jsontext"
	"fmt"
)

// Decimal is an Edm.Decimal, the exact text of a number: Decimal("1234.50").
// It keeps its spelling, so 1.5 and 1.50 are two Decimals of the same value;
// [math/big.Rat.SetString] understands it. The zero Decimal is 0. Only numbers as
// JSON spells them, INF, -INF and NaN can be sent.
type Decimal string

func (d Decimal) isNumber() bool {
	v := jsontext.Value(d)
	return v.Kind() == jsontext.KindNumber && v.IsValid()
}

func (d Decimal) isSpecial() bool { return d == "INF" || d == "-INF" || d == "NaN" }

// MarshalJSONTo writes a JSON number, or a JSON string for INF, -INF and NaN.
func (d Decimal) MarshalJSONTo(enc *jsontext.Encoder) error {
	switch {
	case d == "":
		return enc.WriteValue(jsontext.Value("0"))
	case d.isNumber():
		return enc.WriteValue(jsontext.Value(d))
	case d.isSpecial():
		return enc.WriteToken(jsontext.String(string(d)))
	}
	return fmt.Errorf("odata: %q is not an Edm.Decimal, like %q", string(d), "1234.50")
}

// UnmarshalJSONFrom reads a JSON number, or a number in a JSON string, as services
// answer requests with IEEE754Compatible=true.
func (d *Decimal) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	raw, err := dec.ReadValue()
	if err != nil {
		return err
	}
	*d = Decimal(raw)
	if raw.Kind() == jsontext.KindString {
		*d = Decimal(unquote(raw))
	}
	if !d.isNumber() && !d.isSpecial() {
		return fmt.Errorf("odata: %s is not an Edm.Decimal, like %q", raw, "1234.50")
	}
	return nil
}
