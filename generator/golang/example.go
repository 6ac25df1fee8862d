package golang

import (
	"bytes"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"strconv"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// examples returns the request and the response that the test of c uses:
// those of the schema (Core.Example), else some made from the types.
func examples(c *Create, annotations []*model.Annotation) (request, response jsontext.Value) {
	if e := vocab.Example(annotations, "request"); e != nil {
		request = withoutKept(c.Body, jsonOf(e))
	} else {
		request = sample(c.Body, sampleRequest(c))
	}
	if e := vocab.Example(annotations, "response"); e != nil {
		response = withoutKept(c.Body, jsonOf(e))
	} else {
		response = sample(c.Body, nil)
	}
	return canonical(request), canonical(response)
}

// withoutKept returns JSON without the members that the schema does not have any
// more: an example shows what there is.
func withoutKept(s *Struct, v jsontext.Value) jsontext.Value {
	members := objectMembers(v)
	if members == nil {
		return v
	}
	changed := false
	for _, f := range s.AllFields() {
		value, ok := members[f.Property.Name]
		switch {
		case !ok:
		case f.Kept:
			delete(members, f.Property.Name)
			changed = true
		case f.Type.Struct != nil:
			if part := withoutKeptItems(f.Type, value); string(part) != string(value) {
				members[f.Property.Name] = part
				changed = true
			}
		}
	}
	return rewritten(v, members, changed)
}

// withoutKeptItems does the same with a value of a structured type, or with
// several.
func withoutKeptItems(t GoType, v jsontext.Value) jsontext.Value {
	if !t.Slice {
		return withoutKept(t.Struct, v)
	}
	var items []jsontext.Value
	if json.Unmarshal(v, &items) != nil {
		return v
	}
	changed := false
	for i, item := range items {
		items[i] = withoutKept(t.Struct, item)
		changed = changed || string(items[i]) != string(item)
	}
	return rewritten(v, items, changed)
}

// rewritten returns the JSON of parts, or v itself if they did not change.
func rewritten(v jsontext.Value, parts any, changed bool) jsontext.Value {
	if !changed {
		return v
	}
	data, err := json.Marshal(parts, json.Deterministic(true))
	if err != nil {
		return v
	}
	return data
}

// canonical returns JSON with its members in order and without white space.
// Numbers keep their spelling.
func canonical(v jsontext.Value) jsontext.Value {
	v = bytes.Clone(v)
	if v.Format(jsontext.ReorderRawObjects(true)) != nil {
		return jsontext.Value("{}")
	}
	return v
}

// indented returns canonical JSON with line breaks, as golden files hold it.
func indented(v jsontext.Value) []byte {
	v = bytes.Clone(v)
	if err := v.Format(jsontext.Multiline(true), jsontext.WithIndent("  "), jsontext.ReorderRawObjects(true)); err != nil {
		return v
	}
	return append(v, '\n')
}

// jsonOf returns the JSON that a constant annotation expression stands for,
// OData JSON Format section 7.
func jsonOf(e *model.Expression) jsontext.Value {
	var b bytes.Buffer
	writeJSON(jsontext.NewEncoder(&b, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)), e)
	return bytes.TrimSpace(b.Bytes())
}

func writeJSON(enc *jsontext.Encoder, e *model.Expression) {
	if e == nil {
		enc.WriteToken(jsontext.Null)
		return
	}
	switch e.Kind {
	case "Record":
		enc.WriteToken(jsontext.BeginObject)
		for _, p := range e.Properties {
			enc.WriteToken(jsontext.String(p.Name))
			writeJSON(enc, p.Value)
		}
		enc.WriteToken(jsontext.EndObject)
	case "Collection":
		enc.WriteToken(jsontext.BeginArray)
		for _, item := range e.Items {
			writeJSON(enc, item)
		}
		enc.WriteToken(jsontext.EndArray)
	case "Null":
		enc.WriteToken(jsontext.Null)
	case "Bool":
		enc.WriteToken(jsontext.Bool(e.Value == "true"))
	case "Int", "Float", "Decimal":
		if number := jsontext.Value(e.Value); number.Kind() == '0' && number.IsValid() {
			enc.WriteValue(number)
		} else {
			enc.WriteToken(jsontext.String(e.Value)) // INF, -INF, NaN
		}
	case "EnumMember":
		// CSDL writes "ns.type/a ns.type/b", JSON "a,b".
		var members []string
		for member := range strings.FieldsSeq(e.Value) {
			members = append(members, member[strings.LastIndexByte(member, '/')+1:])
		}
		enc.WriteToken(jsontext.String(strings.Join(members, ",")))
	default:
		enc.WriteToken(jsontext.String(e.Value))
	}
}

// sampleRequest returns the test that tells which properties a sample request
// sets: those that a create can set.
func sampleRequest(c *Create) func(*Field) bool {
	omitted := c.Body.omitted()
	return func(f *Field) bool {
		for _, o := range omitted {
			if o == f {
				return false
			}
		}
		return !c.refuses(f)
	}
}

// sample returns an object of type s with a value for each property that the
// filter lets through, if there is one.
func sample(s *Struct, filter func(*Field) bool) jsontext.Value {
	var b bytes.Buffer
	writeSample(jsontext.NewEncoder(&b, jsontext.AllowDuplicateNames(true)), s, filter, map[*Struct]bool{})
	return bytes.TrimSpace(b.Bytes())
}

// writeSample goes no deeper than one structured value in another: that shows
// how to write them, and schemas are recursive.
func writeSample(enc *jsontext.Encoder, s *Struct, filter func(*Field) bool, outer map[*Struct]bool) {
	outer[s] = true
	defer delete(outer, s)
	enc.WriteToken(jsontext.BeginObject)
	for _, f := range s.AllFields() {
		if f.Kept || filter != nil && !filter(f) {
			continue
		}
		if f.Type.Struct != nil && (outer[f.Type.Struct] || len(outer) > 1) {
			continue
		}
		enc.WriteToken(jsontext.String(f.Property.Name))
		if f.Type.Slice {
			enc.WriteToken(jsontext.BeginArray)
		}
		if f.Type.Struct != nil {
			writeSample(enc, f.Type.Struct, nil, outer)
		} else {
			enc.WriteValue(sampleValue(f))
		}
		if f.Type.Slice {
			enc.WriteToken(jsontext.EndArray)
		}
	}
	enc.WriteToken(jsontext.EndObject)
}

// sampleValue returns a value of the type of the property, or of its items.
func sampleValue(f *Field) jsontext.Value {
	if e := f.Type.Enum; e != nil {
		for _, c := range e.Constants {
			if !c.Kept {
				return quoted(c.Member.Name)
			}
		}
		return quoted("unknown")
	}
	if value, ok := sampleValues[f.Type.item().Name]; ok {
		return jsontext.Value(value)
	}
	return quoted(f.Property.Name)
}

// sampleValues are values by Go type name.
var sampleValues = map[string]string{
	"bool":      `true`,
	"uint8":     `8`,
	"int8":      `8`,
	"int16":     `16`,
	"int32":     `32`,
	"int64":     `64`,
	"float32":   `0.5`,
	"float64":   `0.75`,
	"Time":      `"2024-07-15T08:30:00.1234567Z"`,
	"Binary":    `"AQID"`,
	"Date":      `"2024-07-15"`,
	"Decimal":   `12.50`,
	"Duration":  `"PT1H30M"`,
	"Guid":      `"6f9619ff-8b86-4d01-b42d-00cf4fc964ff"`,
	"Stream":    `"AQID"`,
	"TimeOfDay": `"08:30:00"`,
	"Value":     `{}`,
}

func quoted(s string) jsontext.Value {
	text, err := jsontext.AppendQuote(nil, strings.ToValidUTF8(s, "�"))
	if err != nil {
		return jsontext.Value(strconv.Quote("?"))
	}
	return text
}
