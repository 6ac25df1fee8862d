package fake

import (
	"math/big"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"
)

// operators compare two values. A value is neither less nor greater than null.
var operators = map[string]func(a, b value) truth{
	"eq":  func(a, b value) truth { return truthOf(a.equal(b)) },
	"ne":  func(a, b value) truth { return truthOf(!a.equal(b)) },
	"lt":  func(a, b value) truth { return compared(a, b, func(n int) bool { return n < 0 }) },
	"le":  func(a, b value) truth { return compared(a, b, func(n int) bool { return n <= 0 }) },
	"gt":  func(a, b value) truth { return compared(a, b, func(n int) bool { return n > 0 }) },
	"ge":  func(a, b value) truth { return compared(a, b, func(n int) bool { return n >= 0 }) },
	"has": has,
}

func compared(a, b value, is func(int) bool) truth {
	n, ok := orderOf(a.scalar, b.scalar)
	return truthOf(ok && is(n))
}

// has reports whether a value of a flags enumeration has the members of another.
func has(a, b value) truth {
	if a.isNull() || b.isNull() {
		return isNull
	}
	have, _ := a.scalar.(string)
	want, _ := b.scalar.(string)
	members := map[string]bool{}
	for member := range strings.SplitSeq(have, ",") {
		members[strings.TrimSpace(member)] = true
	}
	for member := range strings.SplitSeq(want, ",") {
		if !members[strings.TrimSpace(member)] {
			return isFalse
		}
	}
	return isTrue
}

// in reports whether an operand is equal to one of a list.
func in(s scope, left operand, list []operand) (truth, error) {
	v, err := left(s)
	if err != nil {
		return isNull, err
	}
	for _, o := range list {
		other, err := o(s)
		if err != nil {
			return isNull, err
		}
		if v.equal(other) {
			return isTrue, nil
		}
	}
	return isFalse, nil
}

func number(n int64) value { return value{scalar: new(big.Rat).SetInt64(n)} }

// function reads the arguments of a function. Its result is null if one of them is.
func (p *parser) function(begin parser, name string) (operand, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, begin.unknown()
	}
	defer func() { p.depth-- }()
	f, known := functions[name]
	if !known && name != "isof" {
		return nil, begin.unknown()
	}
	arguments, err := p.operands()
	if err != nil {
		return nil, err
	}
	if name == "isof" {
		return isOf(begin, arguments)
	}
	if len(arguments) < f.least || len(arguments) > f.most {
		return nil, begin.unknown()
	}
	return func(s scope) (value, error) {
		scalars := make([]any, len(arguments))
		for i, argument := range arguments {
			v, err := argument(s)
			if err != nil || v.isNull() {
				return value{}, err
			}
			scalars[i] = v.scalar
		}
		result, ok := f.call(scalars)
		if !ok {
			return value{}, fail(http.StatusBadRequest, "%s does not take these arguments, at character %d of %s",
				name, utf8.RuneCountInString(begin.text[:begin.at])+1, begin.option)
		}
		return value{scalar: result}, nil
	}, nil
}

// isOf returns whether an item is of a type: isof('T') or isof(x,'T').
func isOf(begin parser, arguments []operand) (operand, error) {
	item := func(s scope) (value, error) { return s.variables[""], nil }
	switch len(arguments) {
	case 1:
	case 2:
		item = arguments[0]
	default:
		return nil, begin.unknown()
	}
	return func(s scope) (value, error) {
		v, err := item(s)
		if err != nil {
			return value{}, err
		}
		typ, err := arguments[len(arguments)-1](s)
		name, _ := typ.scalar.(string)
		return value{scalar: !s.as(v, name).isNull()}, err
	}, nil
}

// function is a function of OData (OData URL Conventions 4.01, sections 5.1.1.5 to
// 5.1.1.9). ok is false if the arguments are of other types.
type function struct {
	least, most int // numbers of arguments
	call        func(arguments []any) (result any, ok bool)
}

var functions = map[string]function{
	"contains":   text2(func(a, b string) any { return strings.Contains(a, b) }),
	"startswith": text2(func(a, b string) any { return strings.HasPrefix(a, b) }),
	"endswith":   text2(func(a, b string) any { return strings.HasSuffix(a, b) }),
	"concat":     text2(func(a, b string) any { return a + b }),
	"indexof": text2(func(a, b string) any {
		i := strings.Index(a, b)
		if i > 0 {
			i = utf8.RuneCountInString(a[:i])
		}
		return new(big.Rat).SetInt64(int64(i))
	}),
	"tolower":   text1(func(a string) any { return strings.ToLower(a) }),
	"toupper":   text1(func(a string) any { return strings.ToUpper(a) }),
	"trim":      text1(func(a string) any { return strings.TrimSpace(a) }),
	"length":    text1(func(a string) any { return new(big.Rat).SetInt64(int64(utf8.RuneCountInString(a))) }),
	"substring": {2, 3, substring},

	"year":   part(func(t time.Time) int { return t.Year() }),
	"month":  part(func(t time.Time) int { return int(t.Month()) }),
	"day":    part(func(t time.Time) int { return t.Day() }),
	"hour":   part(func(t time.Time) int { return t.Hour() }),
	"minute": part(func(t time.Time) int { return t.Minute() }),
	"second": part(func(t time.Time) int { return t.Second() }),
	"date": {1, 1, func(a []any) (any, bool) {
		t, ok := moment(a[0])
		return date(t.Format(time.DateOnly)), ok
	}},
	"time": {1, 1, func(a []any) (any, bool) {
		t, ok := moment(a[0])
		return clock(t.Sub(t.Truncate(24*time.Hour)).Nanoseconds() * 1000), ok
	}},

	"floor":   integer(floor),
	"ceiling": integer(ceiling),
	"round":   integer(round),
}

func text1(f func(string) any) function {
	return function{1, 1, func(a []any) (any, bool) {
		s, ok := a[0].(string)
		return f(s), ok
	}}
}

func text2(f func(a, b string) any) function {
	return function{2, 2, func(a []any) (any, bool) {
		first, ok1 := a[0].(string)
		second, ok2 := a[1].(string)
		return f(first, second), ok1 && ok2
	}}
}

func substring(a []any) (any, bool) {
	s, ok := a[0].(string)
	runes := []rune(s)
	end := len(runes)
	var bounds []int
	for _, bound := range a[1:] {
		r, isNumber := bound.(*big.Rat)
		if !isNumber || !r.IsInt() || !r.Num().IsInt64() {
			return nil, false
		}
		bounds = append(bounds, int(min(max(r.Num().Int64(), 0), int64(end))))
	}
	if len(bounds) == 2 {
		end = min(end, bounds[0]+bounds[1])
	}
	return string(runes[bounds[0]:end]), ok
}

// moment returns the time that a scalar stands for, in UTC.
func moment(scalar any) (time.Time, bool) {
	switch v := scalar.(type) {
	case time.Time:
		return v.UTC(), true
	case date:
		t, err := time.Parse(time.DateOnly, string(v))
		return t, err == nil
	case clock:
		return time.Time{}.Add(time.Duration(v / 1000)), true
	case string:
		for _, read := range []scalarOf{readTime, readDate, readClock} {
			if scalar, ok := read(v); ok {
				return moment(scalar)
			}
		}
	}
	return time.Time{}, false
}

func part(f func(time.Time) int) function {
	return function{1, 1, func(a []any) (any, bool) {
		t, ok := moment(a[0])
		return new(big.Rat).SetInt64(int64(f(t))), ok
	}}
}

// integer returns a function of a number that leads to an integer.
func integer(f func(*big.Rat) *big.Int) function {
	return function{1, 1, func(a []any) (any, bool) {
		if _, ok := a[0].(special); ok {
			return a[0], true
		}
		r, ok := a[0].(*big.Rat)
		if !ok {
			return nil, false
		}
		return new(big.Rat).SetInt(f(r)), true
	}}
}

func floor(r *big.Rat) *big.Int { return new(big.Int).Div(r.Num(), r.Denom()) }

func ceiling(r *big.Rat) *big.Int { return new(big.Int).Neg(floor(new(big.Rat).Neg(r))) }

// round returns the nearest integer, and of two the one that is farther from zero.
func round(r *big.Rat) *big.Int {
	half := big.NewRat(1, 2)
	if r.Sign() < 0 {
		return ceiling(half.Sub(r, half))
	}
	return floor(half.Add(r, half))
}
