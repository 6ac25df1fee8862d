package audit

import (
	"encoding/json/jsontext"
	"time"

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
	"Edm.Guid":           decode[odata.Guid],
	"Edm.Int16":          decode[int16],
	"Edm.Int32":          decode[int32],
	"Edm.Int64":          decode[int64],
	"Edm.SByte":          decode[int8],
	"Edm.Single":         decode[float32],
	"Edm.Stream":         decode[odata.Stream],
	"Edm.String":         decode[string],
	"Edm.TimeOfDay":      decode[odata.TimeOfDay],
}

func decode[T any](raw jsontext.Value) error { return odata.FromRaw[T](raw).Err() }

// fits reports whether a value is of a primitive type, as far as is known.
func fits(typeName string, raw jsontext.Value) bool {
	decode := decoders[typeName]
	return decode == nil || decode(raw) == nil
}
