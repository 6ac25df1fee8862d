package audit

import (
	"bytes"
	"encoding/json/jsontext"
	"strings"
	"time"

	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// message compares the JSON of a message with the type that the message names,
// else with t. Placeholders are the names of types in place of values.
func (c *pageComparison) message(m *docs.Message, t *model.StructuredType, placeholders bool) {
	if m.JSON == nil {
		return
	}
	if m.Type != "" {
		name := strings.TrimPrefix(m.Type, "#")
		named, ok := c.model.Type(name).(*model.StructuredType)
		if !ok {
			c.add(report.Additive, KindType, name, does("has an example of it", m.Position), c.unknown())
			return
		}
		t = named
	}
	if t == nil {
		return
	}
	v := &valueComparison{pageComparison: c, message: m, placeholders: placeholders, decoder: decoderOf(m)}
	ref := model.TypeRef{Name: t.QualifiedName(), Type: t}
	if isPageOfItems(m) {
		ref.Collection = true
		v.members(func(name string, _ source.Position) {
			if name == "value" {
				v.value(t.QualifiedName(), ref, model.Unknown)
			} else {
				v.decoder.SkipValue()
			}
		})
		return
	}
	v.value(t.QualifiedName(), ref, model.Unknown)
}

func decoderOf(m *docs.Message) *jsontext.Decoder {
	return jsontext.NewDecoder(bytes.NewReader(m.JSON), jsontext.AllowDuplicateNames(true))
}

// isPageOfItems reports whether a message is a page of a collection: an object
// with an array called value.
func isPageOfItems(m *docs.Message) bool {
	d := decoderOf(m)
	if d.PeekKind() != '{' {
		return false
	}
	d.ReadToken()
	for d.PeekKind() == '"' {
		name, err := d.ReadToken()
		if err != nil {
			return false
		}
		if name.String() == "value" {
			return d.PeekKind() == '['
		}
		if d.SkipValue() != nil {
			return false
		}
	}
	return false
}

// valueComparison compares the JSON of a message, value by value.
type valueComparison struct {
	*pageComparison
	message      *docs.Message
	decoder      *jsontext.Decoder
	placeholders bool
}

// at returns the position of the next name or value.
func (v *valueComparison) at() source.Position { return v.message.At(v.next()) }

// next returns the offset of the next name or value.
func (v *valueComparison) next() int64 {
	v.decoder.PeekKind() // goes to the next token
	offset := v.decoder.InputOffset()
	for offset < int64(len(v.message.JSON)) && strings.IndexByte(" \t\r\n:,", v.message.JSON[offset]) >= 0 {
		offset++
	}
	return offset
}

// members calls visit for each member of the next object. It reads the value.
func (v *valueComparison) members(visit func(name string, at source.Position)) {
	v.decoder.ReadToken()
	for v.decoder.PeekKind() == '"' {
		at := v.at()
		name, err := v.decoder.ReadToken()
		if err != nil {
			return
		}
		visit(name.String(), at)
	}
	v.decoder.ReadToken()
}

// value compares the next value with its type.
func (v *valueComparison) value(subject string, ref model.TypeRef, nullable model.Fact) {
	at, kind := v.at(), v.decoder.PeekKind()
	switch {
	case kind == 'n':
		v.decoder.ReadToken()
		if nullable == model.No {
			v.add(report.Behaviour, KindNullability, subject, does("has null in an example", at), value("not nullable", v.declaration(subject)))
		}
	case ref.Collection && kind == '[':
		v.decoder.ReadToken()
		ref.Collection = false
		for v.decoder.PeekKind() != ']' && v.decoder.PeekKind() != 0 {
			v.value(subject, ref, nullable)
		}
		v.decoder.ReadToken()
	case ref.Collection:
		v.mismatch(subject, ref, at, ", which is not an array")
	default:
		v.single(subject, ref, at, kind)
	}
}

// single compares the next value with a type that is not a collection.
func (v *valueComparison) single(subject string, ref model.TypeRef, at source.Position, kind jsontext.Kind) {
	switch t := ref.Type.(type) {
	case *model.StructuredType:
		if kind == '{' {
			v.object(t)
		} else {
			v.mismatch(subject, ref, at, ", which is not an object")
		}
	case *model.EnumType:
		v.enumMember(subject, ref, t, at)
	case *model.TypeDefinition:
		v.single(subject, t.Underlying, at, kind)
	default:
		raw, err := v.decoder.ReadValue()
		if check := primitiveChecks[ref.Name]; err == nil && check != nil && !v.placeholders && check(raw) != nil {
			v.addMismatch(subject, ref, at, raw, "")
		}
	}
}

// mismatch reads the next value and reports it.
func (v *valueComparison) mismatch(subject string, ref model.TypeRef, at source.Position, reason string) {
	if raw, err := v.decoder.ReadValue(); err == nil {
		v.addMismatch(subject, ref, at, raw, reason)
	}
}

func (v *valueComparison) addMismatch(subject string, ref model.TypeRef, at source.Position, raw jsontext.Value, reason string) {
	text := string(raw)
	if len(text) > 60 {
		text = strings.ToValidUTF8(text[:60], "") + "…"
	}
	v.add(report.Wire, KindValue, subject, does("has "+text+" in an example"+reason, at), value(ref.String(), v.declaration(subject)))
}

// enumMember compares the next value with the members of an enumeration.
func (v *valueComparison) enumMember(subject string, ref model.TypeRef, t *model.EnumType, at source.Position) {
	if v.decoder.PeekKind() != '"' {
		v.mismatch(subject, ref, at, ", which is not a string")
		return
	}
	token, err := v.decoder.ReadToken()
	if err != nil || v.placeholders {
		return
	}
	values := []string{token.String()}
	if t.Flags != model.No {
		values = strings.Split(token.String(), ",")
	}
	declared := membersByName(t)
	for _, value := range values {
		if value = strings.TrimSpace(value); declared[value] == nil {
			v.add(report.Additive, KindMember, t.QualifiedName()+"/"+value, does("has it in an example", at), absent(t.Position))
		}
	}
}

// object compares the next object with its type: the one that it names, if that is
// derived from the declared one.
func (v *valueComparison) object(declared *model.StructuredType) {
	t := declared
	if named, ok := v.model.Type(v.namedType()).(*model.StructuredType); ok && derives(named, declared) {
		t = named
	}
	v.members(func(name string, at source.Position) {
		subject := t.QualifiedName() + "/" + name
		if strings.Contains(name, "@") {
			v.controlInformation(name, declared, at)
			return
		}
		if n, _ := t.NavigationProperty(name); n != nil {
			v.value(subject, n.Type, model.Unknown)
			return
		}
		property := t.Property(name)
		if property == nil {
			v.decoder.SkipValue()
			v.add(report.Additive, KindUndeclared, subject, does("has it in an example", at), absent(t.Position))
			return
		}
		v.value(subject, property.Type, property.Facets.Nullable)
	})
}

// namedType returns the type that the next object names before its first member with an
// object or an array, or "". It reads nothing.
func (v *valueComparison) namedType() string {
	d := jsontext.NewDecoder(bytes.NewReader(v.message.JSON[v.next():]), jsontext.AllowDuplicateNames(true))
	d.ReadToken()
	for d.PeekKind() == '"' {
		name, err := d.ReadToken()
		if err != nil {
			break
		}
		isType := name.String() == "@odata.type"
		if kind := d.PeekKind(); kind == '{' || kind == '[' {
			break
		}
		value, err := d.ReadToken()
		if err != nil {
			break
		}
		if isType && value.Kind() == '"' {
			return strings.TrimPrefix(value.String(), "#")
		}
	}
	return ""
}

// derives reports whether t is a type, or is derived from it.
func derives(t, base *model.StructuredType) bool {
	for ; t != nil; t = t.BaseType() {
		if t == base {
			return true
		}
	}
	return false
}

// controlInformation compares the type that an object names with the declared
// one.
func (v *valueComparison) controlInformation(name string, declared *model.StructuredType, at source.Position) {
	if name != "@odata.type" || v.decoder.PeekKind() != '"' {
		v.decoder.SkipValue()
		return
	}
	token, err := v.decoder.ReadToken()
	if err != nil {
		return
	}
	named := strings.TrimPrefix(token.String(), "#")
	actual, ok := v.model.Type(named).(*model.StructuredType)
	if ok && derives(actual, declared) || !ok && v.partial[1] {
		return
	}
	v.add(report.Source, KindType, declared.QualifiedName(), does("has an object of type "+named+" in an example", at),
		does("declares the type "+declared.QualifiedName(), declared.Position))
}

// declaration returns where a property is declared.
func (v *valueComparison) declaration(subject string) source.Position {
	typeName, name, _ := strings.Cut(subject, "/")
	t, ok := v.model.Type(typeName).(*model.StructuredType)
	if !ok {
		return source.Position{File: v.right}
	}
	if property := t.Property(name); property != nil {
		return property.Position
	}
	if n, _ := t.NavigationProperty(name); n != nil {
		return n.Position
	}
	return t.Position
}

// primitiveChecks report why a value is not of a primitive type. They decode it
// as generated code does. Other types take every value.
var primitiveChecks = map[string]func(jsontext.Value) error{
	"Edm.Binary":         decodes[edm.Binary],
	"Edm.Boolean":        decodes[bool],
	"Edm.Byte":           decodes[uint8],
	"Edm.Date":           decodes[edm.Date],
	"Edm.DateTimeOffset": decodes[time.Time],
	"Edm.Decimal":        decodes[edm.Decimal],
	"Edm.Double":         decodes[float64],
	"Edm.Duration":       decodes[edm.Duration],
	"Edm.Guid":           decodes[edm.Guid],
	"Edm.Int16":          decodes[int16],
	"Edm.Int32":          decodes[int32],
	"Edm.Int64":          decodes[int64],
	"Edm.SByte":          decodes[int8],
	"Edm.Single":         decodes[float32],
	"Edm.Stream":         decodes[edm.Binary],
	"Edm.String":         decodes[string],
	"Edm.TimeOfDay":      decodes[edm.TimeOfDay],
}

func decodes[T any](raw jsontext.Value) error { return edm.FromRaw[T](raw).Err() }
