package golang

import (
	"bytes"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"
)

// literal returns a composite literal of a struct that encodes to the JSON
// object v again, in the words of a caller of the package.
func (r *renderer) literal(s *Struct, v jsontext.Value) *jen.Statement {
	return r.local(s.Name).Add(r.elements(s, v))
}

func (r *renderer) elements(s *Struct, v jsontext.Value) *jen.Statement {
	members := objectMembers(v)
	var elements []jen.Code
	for _, f := range s.AllFields() {
		if value, ok := members[f.Property.Name]; ok {
			elements = append(elements, jen.Id(f.Name).Op(":").Add(r.optLiteral(f.Type, value)))
			delete(members, f.Property.Name)
		}
	}
	if len(members) > 0 {
		var rest []jen.Code
		for _, name := range slices.Sorted(maps.Keys(members)) {
			rest = append(rest, jen.Lit(name).Op(":").Add(rawLiteral(members[name])))
		}
		elements = append(elements, jen.Id("AdditionalData").Op(":").
			Map(jen.String()).Qual(jsontextPath, "Value").Values(elementLines(rest)...))
	}
	return jen.Values(elementLines(elements)...)
}

// elementLines puts each element of a composite literal on a line of its own.
func elementLines(elements []jen.Code) []jen.Code {
	if len(elements) == 0 {
		return nil
	}
	return multiline(elements)
}

func rawLiteral(v jsontext.Value) *jen.Statement {
	text := jen.Lit(string(v))
	if strconv.CanBackquote(string(v)) {
		text = jen.Op("`" + string(v) + "`")
	}
	return jen.Qual(jsontextPath, "Value").Call(text)
}

// objectMembers returns the members of a JSON object, nothing for other JSON.
func objectMembers(v jsontext.Value) map[string]jsontext.Value {
	var members map[string]jsontext.Value
	if json.Unmarshal(v, &members) != nil {
		return nil
	}
	return members
}

// text returns the string that a JSON string stands for.
func text(v jsontext.Value) string {
	unquoted, _ := jsontext.AppendUnquote(nil, v)
	return string(unquoted)
}

// optLiteral returns an expression of type Opt for a JSON value.
func (r *renderer) optLiteral(t GoType, v jsontext.Value) *jen.Statement {
	if v.Kind() == 'n' {
		return r.odata("Null").Types(t.code(r)).Call()
	}
	if value, ok := r.value(t, v); ok {
		return r.odata("Of").Call(value)
	}
	return r.odata("FromRaw").Types(t.code(r)).Call(rawLiteral(v))
}

// value returns an expression of type t that is encoded as v, if there is a
// plain one.
func (r *renderer) value(t GoType, v jsontext.Value) (*jen.Statement, bool) {
	if t.Slice {
		return r.slice(t, v)
	}
	switch {
	case t.Struct != nil && v.Kind() == '{':
		return jen.Op("&").Add(r.literal(t.Struct, v)), true
	case t.Enum != nil && v.Kind() == '"':
		return r.enumLiteral(t.Enum, text(v)), true
	case t.Path == odataPath && t.Name == "Date" && v.Kind() == '"':
		date, err := time.Parse(time.DateOnly, text(v))
		return r.odata("Date").Values(
			jen.Id("Year").Op(":").Lit(date.Year()), jen.Id("Month").Op(":").Qual("time", date.Month().String()), jen.Id("Day").Op(":").Lit(date.Day()),
		), err == nil
	case t.Path == "time" && v.Kind() == '"':
		at, err := time.Parse(time.RFC3339Nano, text(v))
		return jen.Qual("time", "Date").Call(
			jen.Lit(at.Year()), jen.Qual("time", at.Month().String()), jen.Lit(at.Day()),
			jen.Lit(at.Hour()), jen.Lit(at.Minute()), jen.Lit(at.Second()), jen.Lit(at.Nanosecond()), jen.Qual("time", "UTC"),
		), err == nil && at.Location() == time.UTC && at.Format(time.RFC3339Nano) == text(v)
	case t.Path != "" || t.Struct != nil || t.Enum != nil:
		return nil, false
	default:
		return plain(t.Name, v)
	}
}

func (r *renderer) slice(t GoType, v jsontext.Value) (*jen.Statement, bool) {
	var items []jsontext.Value
	if json.Unmarshal(v, &items) != nil {
		return nil, false
	}
	var elements []jen.Code
	for _, item := range items {
		switch {
		case t.Struct != nil && item.Kind() == 'n':
			elements = append(elements, jen.Nil())
		case t.Struct != nil && item.Kind() == '{':
			elements = append(elements, r.elements(t.Struct, item))
		default:
			element, ok := r.value(t.item(), item)
			if !ok || t.Struct != nil {
				return nil, false
			}
			elements = append(elements, element)
		}
	}
	if t.Struct != nil {
		elements = elementLines(elements)
	}
	return t.code(r).Values(elements...), true
}

// enumLiteral returns the constants for the members that text names.
func (r *renderer) enumLiteral(e *Enum, text string) *jen.Statement {
	var constants []jen.Code
	for name := range strings.SplitSeq(text, ",") {
		i := slices.IndexFunc(e.Constants, func(c Constant) bool { return c.Member.Name == name })
		if i < 0 {
			return r.local(e.Name).Call(jen.Lit(text))
		}
		constants = append(constants, r.local(e.Constants[i].Name))
	}
	if len(constants) == 1 {
		return jen.Add(constants[0])
	}
	return r.odata("Join").Call(constants...)
}

// plain returns the literal of a predeclared type.
func plain(name string, v jsontext.Value) (*jen.Statement, bool) {
	switch {
	case name == "string" && v.Kind() == '"':
		return jen.Lit(text(v)), true
	case name == "bool" && (v.Kind() == 't' || v.Kind() == 'f'):
		return jen.Lit(v.Kind() == 't'), true
	case name == "float64" && v.Kind() == '0':
		f, err := strconv.ParseFloat(string(v), 64)
		return jen.Lit(f), err == nil && spells(f, v)
	case name == "float32" && v.Kind() == '0':
		f, err := strconv.ParseFloat(string(v), 32)
		return jen.Lit(float32(f)), err == nil && spells(float32(f), v)
	case v.Kind() == '0' && integerBits[name] > 0:
		_, err := strconv.ParseInt(string(v), 10, integerBits[name])
		return jen.Id(name).Call(jen.Id(string(v))), err == nil
	}
	return nil, false
}

// integerBits are how many bits a value of an integer type may have, counted
// as for a signed one.
var integerBits = map[string]int{"int8": 8, "uint8": 8, "int16": 16, "int32": 32, "int64": 64}

// spells reports whether a number is encoded as v, to the letter.
func spells(n any, v jsontext.Value) bool {
	text, err := json.Marshal(n)
	return err == nil && bytes.Equal(text, v)
}
