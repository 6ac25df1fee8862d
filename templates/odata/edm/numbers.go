package edm

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"
)

// numberOptions returns numbers if they concern what p points to: a number, or
// a slice of numbers, of times or of pointers to them.
func numberOptions(p any) json.Options {
	switch p.(type) {
	case *float64, *float32, *int64,
		*[]float64, *[]float32, *[]int64, *[]byte,
		*[]*float64, *[]*float32, *[]*int64,
		*[]time.Time, *[]*time.Time:
		return numbers
	}
	return nil
}

// numbers follows OData JSON Format 4.01, sections 3.2 (IEEE754Compatible)
// and 7.1: the strings INF, -INF and NaN for floats, an Int64 that may be
// received as a string, and a collection of Edm.Byte that is an array, not the
// base64 string that Go makes of []byte. Times are sent as wholeMinutes returns them.
var numbers = json.JoinOptions(
	json.WithMarshalers(json.JoinMarshalers(
		json.MarshalToFunc(marshalFloat[float64]),
		json.MarshalToFunc(marshalFloat[float32]),
		json.MarshalToFunc(marshalBytes),
		json.MarshalToFunc(marshalTime),
	)),
	json.WithUnmarshalers(json.JoinUnmarshalers(
		json.UnmarshalFromFunc(unmarshalFloat[float64]),
		json.UnmarshalFromFunc(unmarshalFloat[float32]),
		json.UnmarshalFromFunc(unmarshalInt64),
		json.UnmarshalFromFunc(unmarshalBytes),
	)),
)

// Numbers returns the options for the JSON of values that stand outside of an [Opt] or
// a [List], such as an argument of a function: the forms of numbers that OData has, and
// an array for a collection of Edm.Byte.
func Numbers() json.Options { return numbers }

func marshalFloat[F float32 | float64](enc *jsontext.Encoder, f F) error {
	switch f := float64(f); {
	case math.IsNaN(f):
		return enc.WriteToken(jsontext.String("NaN"))
	case math.IsInf(f, 1):
		return enc.WriteToken(jsontext.String("INF"))
	case math.IsInf(f, -1):
		return enc.WriteToken(jsontext.String("-INF"))
	}
	if f, ok := any(f).(float32); ok {
		return enc.WriteToken(jsontext.Float32(f))
	}
	return enc.WriteToken(jsontext.Float(float64(f)))
}

func unmarshalFloat[F float32 | float64](dec *jsontext.Decoder, f *F) error {
	if dec.PeekKind() != jsontext.KindString {
		return errors.ErrUnsupported
	}
	tok, err := dec.ReadToken()
	if err != nil {
		return err
	}
	switch s := tok.String(); s {
	case "NaN":
		*f = F(math.NaN())
	case "INF":
		*f = F(math.Inf(1))
	case "-INF":
		*f = F(math.Inf(-1))
	default:
		return fmt.Errorf("odata: the string %q is not a number: only INF, -INF and NaN are", s)
	}
	return nil
}

func unmarshalInt64(dec *jsontext.Decoder, i *int64) error {
	if dec.PeekKind() != jsontext.KindString {
		return errors.ErrUnsupported
	}
	tok, err := dec.ReadToken()
	if err != nil {
		return err
	}
	*i, err = strconv.ParseInt(tok.String(), 10, 64)
	return err
}

func marshalBytes(enc *jsontext.Encoder, b []byte) error {
	items := make([]uint16, len(b))
	for i, v := range b {
		items[i] = uint16(v)
	}
	return json.MarshalEncode(enc, items)
}

func marshalTime(enc *jsontext.Encoder, t time.Time) error {
	if sent := wholeMinutes(&t); sent != &t {
		return json.MarshalEncode(enc, sent)
	}
	return errors.ErrUnsupported
}

func unmarshalBytes(dec *jsontext.Decoder, b *[]byte) error {
	var items []uint16
	if err := json.UnmarshalDecode(dec, &items); err != nil {
		return err
	}
	*b = make([]byte, len(items))
	for i, v := range items {
		if v > math.MaxUint8 {
			return fmt.Errorf("odata: item %d is %d, more than an Edm.Byte can hold", i, v)
		}
		(*b)[i] = byte(v)
	}
	return nil
}
