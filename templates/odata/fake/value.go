package fake

import (
	"cmp"
	"encoding/base64"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"math"
	"math/big"
	"strings"
	"time"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// value is what a part of a condition stands for: null, a scalar, a complex value,
// an entity, or a list.
type value struct {
	typ    string // the declared type of the value or its items, or "" if it is unknown
	scalar any    // see scalar; nil for none
	object object // the properties of a complex value
	entity *entity
	list   []value
	isList bool
}

func (v value) isNull() bool {
	return v.scalar == nil && v.object == nil && v.entity == nil && !v.isList
}

// The scalars are bool, string, *big.Rat and time.Time, and these.
type (
	special  float64 // INF, -INF, NaN
	date     string  // 2024-07-15
	clock    int64   // picoseconds since midnight
	span     time.Duration
	binary   string
	truth    int // of a condition
	scalarOf = func(text string) (any, bool)
)

const picoseconds = 1_000_000_000_000 // in a second

// The truth of a condition. Null is neither true nor false: its negation is null, too
// (OData URL Conventions 4.01, section 5.1.1.1).
const (
	isFalse truth = iota
	isNull
	isTrue
)

func truthOf(b bool) truth {
	if b {
		return isTrue
	}
	return isFalse
}

// scope has the entities that variables stand for; "" is the item of the request.
type scope struct {
	types     types
	variables map[string]value
}

// with returns a scope with one more variable.
func (s scope) with(name string, v value) scope {
	variables := map[string]value{name: v}
	for other, v := range s.variables {
		if other != name {
			variables[other] = v
		}
	}
	return scope{s.types, variables}
}

// property returns a property of a value: null if it has none.
func (s scope) property(v value, name string) value {
	typ, values := v.typ, v.object
	if v.entity != nil {
		typ, values = v.entity.typ, v.entity.values
	}
	p := s.types.property(typ, name)
	if p == nil {
		return decode(values[name], "")
	}
	if p.Kind != Navigation || v.entity == nil {
		return decode(values[name], p.Type)
	}
	target, collection := item(p.Type)
	all := value{typ: target, isList: true}
	if m := v.entity.links[name]; m != nil {
		for _, linked := range m.list {
			all.list = append(all.list, value{typ: target, entity: linked.entity})
		}
	}
	switch {
	case collection:
		return all
	case len(all.list) > 0:
		return all.list[0]
	}
	return value{typ: target}
}

// as returns a value if it is of a type, and null if it is not.
func (s scope) as(v value, typ string) value {
	actual := v.typ
	if v.entity != nil {
		actual = v.entity.typ
	} else if t := s.types.typeOf(v.object); t != "" {
		actual = t
	}
	if v.isNull() || !s.types.is(actual, typ) {
		return value{typ: typ}
	}
	v.typ = typ
	return v
}

// decode returns the value that JSON stands for.
func decode(raw jsontext.Value, declared string) value {
	typ, _ := item(declared)
	v := value{typ: typ}
	switch raw.Kind() {
	case jsontext.KindTrue, jsontext.KindFalse:
		v.scalar = raw.Kind() == jsontext.KindTrue
	case jsontext.KindNumber:
		if r, ok := new(big.Rat).SetString(string(raw)); ok {
			v.scalar = r
		}
	case jsontext.KindString:
		v.scalar = text(raw)
		if read := scalars[typ]; read != nil {
			if scalar, ok := read(text(raw)); ok {
				v.scalar = scalar
			}
		}
	case jsontext.KindBeginObject:
		_ = json.Unmarshal(raw, &v.object, lenient) // it is an object
	case jsontext.KindBeginArray:
		var list []jsontext.Value
		_ = json.Unmarshal(raw, &list, lenient) // it is an array
		v.isList = true
		for _, element := range list {
			v.list = append(v.list, decode(element, typ))
		}
	}
	return v
}

// scalars read the text of the values of some types.
var scalars = map[string]scalarOf{
	"Edm.DateTimeOffset": readTime, "Edm.Date": readDate, "Edm.TimeOfDay": readClock, "Edm.Duration": readSpan,
	"Edm.Guid": readGuid, "Edm.Binary": readBinary,
	"Edm.Int64": readNumber, "Edm.Decimal": readNumber, "Edm.Double": readNumber, "Edm.Single": readNumber,
}

func readTime(text string) (any, bool) {
	t, err := time.Parse(time.RFC3339Nano, text)
	return t, err == nil
}

func readDate(text string) (any, bool) {
	_, err := time.Parse(time.DateOnly, text)
	return date(text), err == nil
}

func readClock(text string) (any, bool) {
	t, err := odata.ParseTimeOfDay(text)
	return clock(int64((t.Hour*60+t.Minute)*60+t.Second)*picoseconds + t.Picosecond), err == nil
}

func readSpan(text string) (any, bool) {
	d, ok := duration(text)
	return span(d), ok
}

func readGuid(text string) (any, bool) { return strings.ToLower(text), true }

func readBinary(text string) (any, bool) {
	data, err := base64.RawURLEncoding.DecodeString(strings.NewReplacer("+", "-", "/", "_", "=", "").Replace(text))
	return binary(data), err == nil
}

func readNumber(text string) (any, bool) {
	switch text {
	case "INF":
		return special(math.Inf(1)), true
	case "-INF":
		return special(math.Inf(-1)), true
	case "NaN":
		return special(math.NaN()), true
	}
	r, ok := new(big.Rat).SetString(text)
	return r, ok
}

// same gives two scalars the same type, where one is a text whose type is unknown.
func same(a, b any) (any, any) {
	convert := func(text any, other any) any {
		s, ok := text.(string)
		if !ok {
			return text
		}
		var read scalarOf
		switch other.(type) {
		case time.Time:
			read = readTime
		case date:
			read = readDate
		case clock:
			read = readClock
		case span:
			read = readSpan
		case binary:
			read = readBinary
		case *big.Rat, special:
			read = readNumber
		default:
			return text
		}
		if scalar, ok := read(s); ok {
			return scalar
		}
		return text
	}
	a, b = convert(a, b), convert(b, a)
	if s, ok := a.(special); ok {
		if r, ok := b.(*big.Rat); ok {
			f, _ := r.Float64()
			return s, special(f)
		}
	}
	if s, ok := b.(special); ok {
		if r, ok := a.(*big.Rat); ok {
			f, _ := r.Float64()
			return special(f), s
		}
	}
	return a, b
}

// order compares two scalars of one type. ok is false if they cannot be compared.
func orderOf(a, b any) (n int, ok bool) {
	a, b = same(a, b)
	switch a := a.(type) {
	case string:
		b, ok := b.(string)
		return strings.Compare(a, b), ok
	case *big.Rat:
		if b, ok := b.(*big.Rat); ok {
			return a.Cmp(b), true
		}
	case special:
		b, ok := b.(special)
		return cmp.Compare(a, b), ok && !math.IsNaN(float64(a)) && !math.IsNaN(float64(b))
	case time.Time:
		if b, ok := b.(time.Time); ok {
			return a.Compare(b), true
		}
	case date:
		b, ok := b.(date)
		return cmp.Compare(a, b), ok
	case clock:
		b, ok := b.(clock)
		return cmp.Compare(a, b), ok
	case span:
		b, ok := b.(span)
		return cmp.Compare(a, b), ok
	case binary:
		b, ok := b.(binary)
		return cmp.Compare(a, b), ok
	case bool:
		if b, ok := b.(bool); ok {
			return int(truthOf(a)) - int(truthOf(b)), true
		}
	}
	return 0, false
}

// equal reports whether two values are equal.
func (v value) equal(other value) bool {
	if v.isNull() || other.isNull() {
		return v.isNull() && other.isNull()
	}
	n, ok := orderOf(v.scalar, other.scalar)
	return ok && n == 0
}

// compare orders two values for a sort: null comes first.
func (v value) compare(other value) int {
	if v.isNull() || other.isNull() {
		return int(truthOf(other.isNull())) - int(truthOf(v.isNull()))
	}
	n, _ := orderOf(v.scalar, other.scalar)
	return n
}
