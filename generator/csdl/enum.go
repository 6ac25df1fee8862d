package csdl

import (
	"math"
	"strconv"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// enumType reads an enumeration, section 10.
func (e element) enumType() *model.EnumType {
	t := &model.EnumType{
		Name:       e.identifier("Name"),
		Underlying: "Edm.Int32",
		Flags:      e.boolean("IsFlags", model.No),
	}
	var annotations []*model.Annotation
	if underlying, ok := e.attribute("UnderlyingType"); ok {
		t.Underlying = underlying
	}
	limits, ok := integers[t.Underlying]
	if !ok {
		// Only a warning: JSON carries the names of members, not their values.
		e.odd("UnderlyingType", t.Underlying, "is not one of Edm.Byte, Edm.SByte, Edm.Int16, Edm.Int32 and Edm.Int64")
		limits = integers["Edm.Int64"]
	}
	for child := range e.children() {
		switch child.name {
		case "Member":
			t.Members = append(t.Members, child.member(limits))
		case "Annotation":
			annotations = append(annotations, child.annotation()...)
		default:
			child.unknown(e)
		}
	}
	others := leaveOpen(&annotations, fact{"IsFlags", &t.Flags})
	if others["UnderlyingType"] {
		t.Underlying = ""
	}
	if !others["Value"] {
		e.numberMembers(t)
	}
	t.Element = e.done(annotations)
	return t
}

// limits are the least and the greatest value of an integer type.
type limits struct{ min, max int64 }

// integers are the possible underlying types of an enumeration, section 10.1.
var integers = map[string]limits{
	"Edm.Byte":  {0, math.MaxUint8},
	"Edm.SByte": {math.MinInt8, math.MaxInt8},
	"Edm.Int16": {math.MinInt16, math.MaxInt16},
	"Edm.Int32": {math.MinInt32, math.MaxInt32},
	"Edm.Int64": {math.MinInt64, math.MaxInt64},
}

// member reads a member of an enumeration, section 10.3. A bad value is only a
// warning: JSON carries the names of members, not their values.
func (e element) member(within limits) *model.Member {
	m := &model.Member{Name: e.jsonName("Name")}
	if text, ok := e.attribute("Value"); ok {
		value, err := parseInteger(text)
		switch {
		case err != nil:
			e.odd("Value", text, "is not a whole number; it is left out")
		case value < within.min || value > within.max:
			e.odd("Value", text, "is out of the range of the underlying type")
			m.Value = &value
		default:
			m.Value = &value
		}
	}
	m.Element = e.done(e.annotations())
	return m
}

// parseInteger parses a decimal number, or a hexadecimal one such as 0x1F.
func parseInteger(text string) (int64, error) {
	if digits, ok := strings.CutPrefix(strings.ToLower(text), "0x"); ok {
		return strconv.ParseInt(digits, 16, 64)
	}
	return strconv.ParseInt(text, 10, 64)
}

// numberMembers numbers the members of t from zero if none has a value, section
// 10.3. It leaves missing values unknown if t is a flags enumeration or if other
// members have values.
func (e element) numberMembers(t *model.EnumType) {
	var without *model.Member
	counted := true
	for _, m := range t.Members {
		if m.Value != nil {
			counted = false
		} else if without == nil {
			without = m
		}
	}
	switch {
	case without == nil:
	case t.Flags == model.Yes:
		e.warnf("member %s of the flags %s has no value", without.Name, t.Name)
	case !counted:
		e.warnf("member %s of %s has no value, unlike others", without.Name, t.Name)
	default:
		for i, m := range t.Members {
			m.Value = new(int64(i))
		}
	}
}
