package golang

import (
	"bytes"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/quirk"
	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// exampleExchange returns the exchange in the test of m: for a create the examples of
// the schema (Core.Example), else samples of the types. An example can set properties
// that m refuses: the request leaves them out.
func (m *Method) exampleExchange(types edm.Types) (request, response jsontext.Value) {
	reference := jsontext.Value(`{"@odata.id":` + string(quoted(sampleAddress)) + `}`)
	switch m.Kind {
	case api.Action, api.Function, api.Delta:
		return m.operationExchange()
	case api.Delete, api.RemoveRef:
		return nil, nil
	case api.AddRef, api.SetRef:
		return reference, nil
	case api.ListRefs:
		if m.iterates() {
			return nil, slices.Concat([]byte(`{"value":[`), reference, []byte(`]}`))
		}
		return nil, reference
	case api.Download:
		return nil, jsontext.Value(`"content"`)
	case api.Upload:
		request = jsontext.Value(`"content"`)
	case api.Count:
		return nil, jsontext.Value(`42`)
	}
	if m.HasBody() {
		if request = m.exampleBody(types, 0); request == nil {
			request = canonical(sample(m.Type, m.sets()))
		}
	}
	return request, canonical(m.response(m.example("Response", 0)))
}

// example returns the JSON of a part, "Request" or "Response", of an example that a
// page or the metadata gives for m, or nil.
func (m *Method) example(part string, number int) jsontext.Value {
	e := vocab.Example(m.Annotations(), vocab.ExampleQualifier(m.Key(), part, number))
	if e == nil {
		return nil
	}
	return jsonOf(e)
}

// exampleBody returns the body of the request of an example as m sends it, or nil if
// there is none: without retained properties and those that m refuses.
func (m *Method) exampleBody(types edm.Types, number int) jsontext.Value {
	e := m.example("Request", number)
	switch {
	case e == nil || m.Body == nil:
		return nil
	case !m.HasBody():
		return canonical(withoutRetained(m.Body, e))
	}
	name := m.Type.Type.QualifiedName()
	request := types.ForCreate(withoutRetained(m.Type, e), name, m.notSettable())
	if len(types.Check(request, name, nil).Abstract) > 0 {
		return nil
	}
	return canonical(request)
}

// response returns the response in a test of m: of an example, which can be nil,
// without links to other pages and without removed items, else a sample.
func (m *Method) response(example jsontext.Value) jsontext.Value {
	returned := m.Returns()
	if m.Type != nil && !returned.Collection {
		if example != nil {
			return withoutRetained(m.Type, example)
		}
		return sample(m.Type, nil)
	}
	value := objectMembers(example)["value"]
	switch {
	case m.Type != nil:
		var items []jsontext.Value
		if json.Unmarshal(value, &items) == nil {
			items = slices.DeleteFunc(items, func(item jsontext.Value) bool { return objectMembers(item)["@removed"] != nil })
		}
		for i, item := range items {
			items[i] = withoutRetained(m.Type, item)
		}
		if len(items) == 0 {
			items = []jsontext.Value{sample(m.Type, nil)}
		}
		value = array(items)
	case value != nil:
	case returned.Collection:
		items := []jsontext.Value{sampleOf(m.Result.item(), "result")}
		if m.Result.Nullable {
			items = append(items, jsontext.Value("null"))
		}
		value = array(items)
	default:
		value = sampleOf(m.Result.item(), "result")
	}
	if m.Kind == api.Delta { // the last page has the link to later changes
		return slices.Concat([]byte(`{"@odata.deltaLink":"`+sampleDeltaLink+`","value":`), value, []byte("}"))
	}
	return slices.Concat([]byte(`{"value":`), value, []byte("}"))
}

// sampleDeltaLink is the link to later changes in the responses of tests.
const sampleDeltaLink = "delta?$deltatoken=1"

func array(items []jsontext.Value) jsontext.Value {
	data, err := json.Marshal(items)
	if err != nil {
		return jsontext.Value("[]")
	}
	return data
}

// operationExchange returns the exchange in the test of a method that calls an
// operation.
func (m *Method) operationExchange() (request, response jsontext.Value) {
	if m.Body != nil {
		if request = m.exampleBody(nil, 0); request == nil {
			request = canonical(sample(m.Body, func(*Field) bool { return true }))
		}
	}
	if m.Returns().Name != "" {
		response = canonical(m.response(m.example("Response", 0)))
	}
	return request, response
}

// withoutRetained returns the JSON of a value of type s without retained properties.
func withoutRetained(s *Struct, v jsontext.Value) jsontext.Value {
	members := objectMembers(v)
	if members == nil {
		return v
	}
	changed := false
	for _, f := range s.AllFields() {
		value, ok := members[f.Property.Name]
		switch {
		case !ok:
		case f.Retained:
			delete(members, f.Property.Name)
			changed = true
		case f.Type.Struct != nil:
			if part := withoutRetainedItems(f.Type, value); string(part) != string(value) {
				members[f.Property.Name] = part
				changed = true
			}
		}
	}
	return rewritten(v, members, changed)
}

// withoutRetainedItems does the same for a value of a structured type or a
// collection.
func withoutRetainedItems(t GoType, v jsontext.Value) jsontext.Value {
	if !t.Slice {
		return withoutRetained(t.Struct, v)
	}
	var items []jsontext.Value
	if json.Unmarshal(v, &items) != nil {
		return v
	}
	changed := false
	for i, item := range items {
		items[i] = withoutRetained(t.Struct, item)
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

// canonical returns JSON with sorted members and without white space. It does not
// change the spelling of numbers.
func canonical(v jsontext.Value) jsontext.Value {
	v = bytes.Clone(v)
	if v.Format(jsontext.ReorderRawObjects(true)) != nil {
		return jsontext.Value("{}")
	}
	return v
}

// indented returns JSON for a golden file, with sorted members and indentation.
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

// sets returns a function that reports whether a sample request sets a field of the
// body: every field that the create does not refuse and that ForCreate keeps.
func (c *Method) sets() func(*Field) bool {
	omitted := c.Type.omitted()
	for _, d := range c.Type.Known {
		omitted = append(omitted, d.omitted()...)
	}
	return func(f *Field) bool { return !slices.Contains(omitted, f) && !c.refuses(f) }
}

// sample returns an object of type s with a value for each property that passes the
// filter. With a filter, nested objects have all properties that are not
// read-only; with a nil filter, all properties.
func sample(s *Struct, filter func(*Field) bool) jsontext.Value {
	if filter == nil {
		filter = func(*Field) bool { return true }
		return (&sampler{}).value(s, filter)
	}
	return (&sampler{sends: true}).value(s, filter)
}

type sampler struct {
	sends bool // the value is a request
	outer []*Struct
}

func (w *sampler) value(s *Struct, filter func(*Field) bool) jsontext.Value {
	var b bytes.Buffer
	w.write(jsontext.NewEncoder(&b, jsontext.AllowDuplicateNames(true)), s, filter)
	return bytes.TrimSpace(b.Bytes())
}

// write writes an object. Structured values are nested only one level deep, because
// schemas are recursive.
func (w *sampler) write(enc *jsontext.Encoder, s *Struct, filter func(*Field) bool) {
	concrete, name := s.instance()
	if s.abstract() && name == "" {
		name = vocab.Instance(s.Type)
	}
	w.outer = append(w.outer, s)
	defer func() { w.outer = w.outer[:len(w.outer)-1] }()
	enc.WriteToken(jsontext.BeginObject)
	if name != "" {
		enc.WriteToken(jsontext.String("@odata.type"))
		enc.WriteToken(jsontext.String("#" + name))
	}
	for _, f := range concrete.AllFields() {
		nested := f.Type.Struct
		if f.Retained || !filter(f) || nested != nil && (slices.Contains(w.outer, nested) || len(w.outer) > 1 || !nested.hasInstance()) {
			continue
		}
		enc.WriteToken(jsontext.String(f.Property.Name))
		if f.Type.Slice {
			enc.WriteToken(jsontext.BeginArray)
		}
		if nested != nil {
			w.write(enc, nested, func(f *Field) bool { return !w.sends || f.ReadOnly == "" })
		} else {
			enc.WriteValue(sampleValue(f))
		}
		if f.Type.Slice {
			enc.WriteToken(jsontext.EndArray)
		}
	}
	enc.WriteToken(jsontext.EndObject)
}

// instance returns the type to use for a value of type s, and its name if it is not
// s. For an abstract type it is a derived type, or s if the package has none.
func (s *Struct) instance() (concrete *Struct, name string) {
	if s.abstract() {
		if i := slices.IndexFunc(s.Known, (*Struct).concrete); i >= 0 {
			return s.Known[i], s.Known[i].Type.QualifiedName()
		}
	}
	return s, ""
}

// hasInstance reports whether the package has a type for values of type s.
func (s *Struct) hasInstance() bool {
	concrete, _ := s.instance()
	return !concrete.abstract()
}

// sendable reports whether the package or the schema has a type for values of type s.
func (s *Struct) sendable() bool { return s.hasInstance() || vocab.Instance(s.Type) != "" }

// sampleValue returns a value of the type of the property, or of its items.
func sampleValue(f *Field) jsontext.Value {
	if t := f.Property.Type; quirkJSON(t) || t.Name == "Edm.Untyped" {
		return jsontext.Value(`[["a",1.5,null]]`) // any JSON is valid
	}
	return sampleOf(f.Type, f.Property.Name)
}

// sampleOf returns a value of a type, or of its items. A text is the given one.
func sampleOf(t GoType, text string) jsontext.Value {
	if e := t.Enum; e != nil {
		return quoted(sampleMember(e))
	}
	if value, ok := sampleValues[t.item().Name]; ok {
		return jsontext.Value(value)
	}
	return quoted(text)
}

// sampleMember returns the name of a member.
func sampleMember(e *Enum) string {
	for _, c := range e.Constants {
		if !c.Retained {
			return c.Member.Name
		}
	}
	return "unknown"
}

// distinctValue returns a value of a property, or a collection of values. It differs
// from the values of other properties as far as the type allows; i is the index of
// the property.
func distinctValue(f *Field, i int) jsontext.Value {
	var value jsontext.Value
	switch item := f.Type.item(); {
	case item.Struct != nil:
		value = jsontext.Value(`{"the value of":` + string(quoted(f.Property.Name)) + `}`)
	case slices.Contains([]string{"uint8", "int8", "int16", "int32", "int64"}, item.Name):
		value = jsontext.Value(strconv.Itoa(i%100 + 1))
	case item.Name == "float32" || item.Name == "float64":
		value = jsontext.Value(strconv.Itoa(i) + ".5")
	default:
		value = sampleValue(f)
	}
	switch {
	case f.Type.Nullable:
		return jsontext.Value("[" + string(value) + ",null]")
	case f.Type.Slice:
		return jsontext.Value("[" + string(value) + "]")
	}
	return value
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
	"Binary":    `"/9j/4AAQ"`,
	"Date":      `"2024-07-15"`,
	"Decimal":   `12.50`,
	"Duration":  `"PT1H30M"`,
	"Guid":      `"6f9619ff-8b86-4d01-b42d-00cf4fc964ff"`,
	"TimeOfDay": `"08:30:00"`,
	"Value":     `{}`,
}

// quirkJSON reports whether a type stands for any JSON.
func quirkJSON(ref model.TypeRef) bool {
	t, ok := ref.Type.(*model.StructuredType)
	return ok && quirk.IsJSON(t)
}

func quoted(s string) jsontext.Value {
	text, err := jsontext.AppendQuote(nil, strings.ToValidUTF8(s, "\ufffd"))
	if err != nil {
		return jsontext.Value(strconv.Quote("?"))
	}
	return text
}
