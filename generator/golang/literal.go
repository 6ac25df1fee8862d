package golang

import (
	"bytes"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"

	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// elements renders the elements of a composite literal of a struct, as a caller would
// write them. The struct encodes to an object with the given members.
func (r *renderer) elements(s *Struct, members map[string]jsontext.Value) *jen.Statement {
	var elements []jen.Code
	for _, f := range s.AllFields() {
		if value, ok := members[f.Property.Name]; ok {
			elements = append(elements, jen.Id(f.Name).Op(":").Add(r.property(f.Type, value)))
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

// elementLines renders each element of a composite literal on a separate line.
func elementLines(elements []jen.Code) []jen.Code {
	if len(elements) == 0 {
		return nil
	}
	return multiline(elements)
}

func rawLiteral(v jsontext.Value) *jen.Statement {
	text := escaped(string(v))
	literal := jen.Lit(text)
	if strconv.CanBackquote(text) {
		literal = jen.Op("`" + text + "`")
	}
	return jen.Qual(jsontextPath, "Value").Call(literal)
}

// escaped returns JSON with its unprintable characters escaped, because a reader of
// the source would not see them. Valid JSON has them only in strings.
func escaped(v string) string {
	var b strings.Builder
	for _, r := range v {
		switch {
		case unicode.IsPrint(r):
			b.WriteRune(r)
		case r < 0x10000:
			fmt.Fprintf(&b, "\\u%04x", r)
		default:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, "\\u%04x\\u%04x", high, low)
		}
	}
	return b.String()
}

// objectMembers returns the members of a JSON object, or nil for other JSON.
func objectMembers(v jsontext.Value) map[string]jsontext.Value {
	var members map[string]jsontext.Value
	if json.Unmarshal(v, &members) != nil {
		return nil
	}
	return members
}

// text returns the value of a JSON string.
func text(v jsontext.Value) string {
	unquoted, _ := jsontext.AppendUnquote(nil, v)
	return string(unquoted)
}

// property renders an expression for the value of a property: an Opt or a List.
func (r *renderer) property(t GoType, v jsontext.Value) *jen.Statement {
	of, null, raw := "Of", "Null", "FromRaw"
	if t.Slice {
		of, null, raw = "ListOf", "NullList", "ListFromRaw"
	}
	if v.Kind() == 'n' {
		return r.odata(null).Types(t.code(r)).Call()
	}
	if t.Slice {
		if items, inferred, ok := r.items(t, v); ok {
			list := r.odata(of)
			if !inferred {
				list.Types(t.code(r))
			}
			return list.Call(items...)
		}
	} else if value, ok := r.value(t, v); ok {
		return r.odata(of).Call(value)
	}
	return r.odata(raw).Types(t.code(r)).Call(rawLiteral(v))
}

// value renders an expression of type t that is encoded as v. ok is false if only
// odata.FromRaw can express v.
func (r *renderer) value(t GoType, v jsontext.Value) (*jen.Statement, bool) {
	switch {
	case t.Struct != nil && v.Kind() == '{':
		return r.pointer(t.Struct, v), true
	case t.Enum != nil && v.Kind() == '"':
		return r.enumLiteral(t.Enum, text(v)), true
	case t == anyJSON:
		return rawLiteral(v), true
	case t.Path == odataPath && t.Name == "Date" && v.Kind() == '"':
		date, err := time.Parse(time.DateOnly, text(v))
		return r.odata("Date").Values(
			jen.Id("Year").Op(":").Lit(date.Year()), jen.Id("Month").Op(":").Qual("time", date.Month().String()), jen.Id("Day").Op(":").Lit(date.Day()),
		), err == nil
	case t.Path == odataPath && t.Name == "TimeOfDay":
		o := edm.FromRaw[edm.TimeOfDay](v)
		at, ok := o.Get()
		var elements []jen.Code
		for _, part := range []struct {
			name  string
			value int
		}{{"Hour", at.Hour}, {"Minute", at.Minute}, {"Second", at.Second}, {"Picosecond", int(at.Picosecond)}} {
			if part.value != 0 {
				elements = append(elements, jen.Id(part.name).Op(":").Lit(part.value))
			}
		}
		return r.odata("TimeOfDay").Values(elements...), ok && o.Raw() == nil
	case t.Path == "time" && v.Kind() == '"':
		at, err := time.Parse(time.RFC3339Nano, text(v))
		return jen.Qual("time", "Date").Call(
			jen.Lit(at.Year()), jen.Qual("time", at.Month().String()), jen.Lit(at.Day()),
			jen.Lit(at.Hour()), jen.Lit(at.Minute()), jen.Lit(at.Second()), jen.Lit(at.Nanosecond()), jen.Qual("time", "UTC"),
		), err == nil && at.Location() == time.UTC && at.Format(time.RFC3339Nano) == text(v)
	case t.Path == odataPath:
		literal, ok := stringLiteral(t.Name, v)
		return r.odata(t.Name).Call(jen.Lit(literal)), ok
	case t.Path != "" || t.Struct != nil || t.Enum != nil:
		return nil, false
	default:
		return plain(t.Name, v)
	}
}

// stringLiteral returns the string to convert to a string type of the support
// package, for a value that is encoded as v.
func stringLiteral(name string, v jsontext.Value) (literal string, ok bool) {
	switch name {
	case "Binary":
		return exact[edm.Binary](v)
	case "Decimal":
		return exact[edm.Decimal](v)
	case "Duration":
		return exact[edm.Duration](v)
	case "Guid":
		return exact[edm.Guid](v)
	}
	return "", false
}

func exact[T ~string](v jsontext.Value) (literal string, ok bool) {
	o := edm.FromRaw[T](v)
	value, ok := o.Get()
	return string(value), ok && o.Raw() == nil
}

// pointer renders an expression for a pointer to a struct with the JSON v. If the
// @odata.type in v is a derived type of the package, the expression converts a value
// of that type to its base type.
func (r *renderer) pointer(s *Struct, v jsontext.Value) *jen.Statement {
	for _, d := range s.Known {
		members := objectMembers(v)
		if members["@odata.type"].Kind() == '"' && text(members["@odata.type"]) == "#"+d.Type.QualifiedName() {
			delete(members, "@odata.type") // the method adds it
			return jen.Parens(jen.Op("&").Add(r.local(d.Name)).Add(r.elements(d, members))).Dot("As" + s.Name).Call()
		}
	}
	return jen.Op("&").Add(r.local(s.Name)).Add(r.elements(s, objectMembers(v)))
}

// items renders expressions for the items of a list. inferred reports whether the
// compiler can infer the type of the list from them.
func (r *renderer) items(t GoType, v jsontext.Value) (items []jen.Code, inferred, ok bool) {
	var values []jsontext.Value
	if json.Unmarshal(v, &values) != nil {
		return nil, false, false
	}
	for _, v := range values {
		if v.Kind() == 'n' && (t.Struct != nil || t.Nullable) {
			items = append(items, jen.Nil())
			continue
		}
		item, ok := r.value(t.item(), v)
		if !ok {
			return nil, false, false
		}
		if t.Nullable {
			item = jen.New(item)
		}
		items = append(items, item)
		inferred = true
	}
	if t.Struct != nil {
		items = elementLines(items)
	}
	return items, inferred, true
}

// enumLiteral renders the constants for the members that text names.
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

// plain renders a literal of a predeclared type.
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

// integerBits are the sizes of the integer types, for strconv.ParseInt.
var integerBits = map[string]int{"int8": 8, "uint8": 8, "int16": 16, "int32": 32, "int64": 64}

// spells reports whether a number is encoded exactly as v.
func spells(n any, v jsontext.Value) bool {
	text, err := json.Marshal(n)
	return err == nil && bytes.Equal(text, v)
}
