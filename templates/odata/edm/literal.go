package edm

import (
	"encoding"
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Enum is implemented by enumerations of services that want the names of their
// types in addresses: Sales.Color'Yellow'. Microsoft Graph wants 'yellow', as for
// enumerations that do not implement it.
type Enum interface {
	// ODataEnum returns the qualified name of the type: "Sales.Color".
	ODataEnum() string
}

// ErrNoLiteral is the error of [Literal] for values of a type that has none, such
// as structured types and collections.
var ErrNoLiteral = errors.New("odata: no literal")

// Literal returns a value as it stands in an address, before the address is
// escaped: 'Orchard', 2020-07-06, duration'PT15M', null (OData ABNF 4.01, section
// 7, primitiveLiteral). Quotes within a text are doubled. The value is of a type
// that an [Opt] can have, or a pointer to one, or nil. The error wraps [ErrNoLiteral]
// if the type has no literal, or says why the value cannot be sent.
func Literal(value any) (string, error) {
	switch v := value.(type) {
	case nil:
		return "null", nil
	case string:
		return quote(v), nil
	case bool:
		return strconv.FormatBool(v), nil
	case float64:
		return floatLiteral(v, 64), nil
	case float32:
		return floatLiteral(float64(v), 32), nil
	case time.Time:
		return timeLiteral(v)
	case Decimal:
		return decimalLiteral(v)
	case Duration:
		text, err := v.AppendText(nil)
		return "duration'" + string(text) + "'", err
	case Binary:
		return "binary'" + base64.URLEncoding.EncodeToString([]byte(v)) + "'", nil
	case Date, TimeOfDay, Guid:
		text, err := v.(encoding.TextAppender).AppendText(nil)
		return string(text), err
	}
	r := reflect.ValueOf(value)
	switch r.Kind() {
	case reflect.Pointer:
		if r.IsNil() {
			return "null", nil
		}
		return Literal(r.Elem().Interface())
	case reflect.String: // an enumeration, whose members have names
		if r.String() == "" {
			return "", fmt.Errorf("odata: an empty %T is not a member of the enumeration; nil is null", value)
		}
		if enum, ok := value.(Enum); ok {
			return enum.ODataEnum() + quote(r.String()), nil
		}
		return quote(r.String()), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.FormatInt(r.Int(), 10), nil
	case reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return strconv.FormatUint(r.Uint(), 10), nil
	}
	return "", fmt.Errorf("%w: a %T cannot stand in an address", ErrNoLiteral, value)
}

// quote returns a string in quotes, with those in it doubled.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func floatLiteral(f float64, bits int) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 1):
		return "INF"
	case math.IsInf(f, -1):
		return "-INF"
	}
	return strconv.FormatFloat(f, 'g', -1, bits)
}

// timeLiteral returns a time in UTC: services compare moments, and an offset
// would have a "+".
func timeLiteral(t time.Time) (string, error) {
	t = t.UTC()
	if y := t.Year(); y < 0 || y > 9999 {
		return "", fmt.Errorf("odata: %v is not an Edm.DateTimeOffset: its year has more than four digits", t)
	}
	return t.Format("2006-01-02T15:04:05.999999999Z"), nil
}

func decimalLiteral(d Decimal) (string, error) {
	switch {
	case d == "":
		return "0", nil
	case d.isNumber(), d.isSpecial():
		return string(d), nil
	}
	return "", fmt.Errorf("odata: %q is not an Edm.Decimal, like %q", string(d), "1234.50")
}
