package edm_test

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// lenient are the options with which package json decodes as edm.Unmarshal does.
var lenient = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

// Thing is the base type of record.
type Thing struct {
	ID             edm.Opt[string]           `json:"id,omitzero"`
	AdditionalData map[string]jsontext.Value `json:",embed"`
}

// record has a property of each kind.
type record struct {
	Thing
	Text     edm.Opt[string]          `json:"text,omitzero"`
	Flag     edm.Opt[bool]            `json:"flag,omitzero"`
	Audience edm.Opt[audience]        `json:"audience,omitzero"`
	Number   edm.Opt[float64]         `json:"number,omitzero"`
	Short    edm.Opt[float32]         `json:"short,omitzero"`
	Count    edm.Opt[int64]           `json:"count,omitzero"`
	Byte     edm.Opt[uint8]           `json:"byte,omitzero"`
	Time     edm.Opt[time.Time]       `json:"time,omitzero"`
	Date     edm.Opt[edm.Date]        `json:"date,omitzero"`
	Clock    edm.Opt[edm.TimeOfDay]   `json:"clock,omitzero"`
	Length   edm.Opt[edm.Duration]    `json:"length,omitzero"`
	Guid     edm.Opt[edm.Guid]        `json:"guid,omitzero"`
	Price    edm.Opt[edm.Decimal]     `json:"price,omitzero"`
	Bytes    edm.Opt[edm.Binary]      `json:"bytes,omitzero"`
	Any      edm.Opt[jsontext.Value]  `json:"any,omitzero"`
	Node     edm.Opt[*node]           `json:"node,omitzero"`
	Record   edm.Opt[*record]         `json:"record,omitzero"`
	Records  edm.List[*record]        `json:"records,omitzero"`
	Texts    edm.List[string]         `json:"@odata.texts,omitzero"`
	Anys     edm.List[jsontext.Value] `json:"anys,omitzero"`
	Guids    edm.List[*edm.Guid]      `json:"guids,omitzero"`
	Octets   edm.List[uint8]          `json:"octets,omitzero"`
	Flags    edm.List[*bool]          `json:"flags,omitzero"`
}

// decodesAlike checks that edm.Unmarshal and package json decode a text into equal
// values of a type, which they encode alike.
func decodesAlike(t interface {
	Helper()
	Fatalf(string, ...any)
}, text string, of reflect.Type) {
	t.Helper()
	want, got := reflect.New(of).Interface(), reflect.New(of).Interface()
	wantErr, gotErr := json.Unmarshal([]byte(text), want, lenient), edm.Unmarshal([]byte(text), got)
	if fmt.Sprint(wantErr) != fmt.Sprint(gotErr) {
		t.Fatalf("%s: error %v, want %v", text, gotErr, wantErr)
	}
	wantJSON, gotJSON := encodesAlike(t, want), encodesAlike(t, got)
	if normal(wantJSON) != normal(gotJSON) {
		t.Fatalf("%s is decoded as %s, want %s", text, gotJSON, wantJSON)
	}
	// A List that does not fit is kept as it was received, where package json
	// spells the items as it would itself.
	if normal(text) == text && !strings.Contains(text, "NaN") && !reflect.DeepEqual(want, got) {
		t.Fatalf("%s is decoded as %+v, want %+v", text, got, want)
	}
}

// encodesAlike checks that edm.Marshal and package json encode a value alike, and
// returns its JSON.
func encodesAlike(t interface {
	Helper()
	Fatalf(string, ...any)
}, v any) string {
	t.Helper()
	want, wantErr := json.Marshal(v, json.Deterministic(true))
	got, gotErr := edm.Marshal(v)
	if wantErr == nil && string(got) != string(want) || fmt.Sprint(wantErr) != fmt.Sprint(gotErr) {
		t.Fatalf("encoded as %s, %v; want %s, %v", got, gotErr, want, wantErr)
	}
	if wantErr != nil {
		want, _ = json.Marshal(v, json.Deterministic(true), lenient)
	}
	return string(want)
}

// normal spells a JSON text as package json would.
func normal(text string) string {
	value := jsontext.Value(text)
	if err := value.Format(jsontext.PreserveRawStrings(false)); err != nil {
		return err.Error()
	}
	return string(value)
}

var recordTexts = []string{
	`{"id":"1","text":"a\u00e9\"","flag":true,"audience":"me","number":1.10,"short":1e400,"count":"9007199254740993","byte":256,"more":{"a": [1.0, null]}}`,
	`{"time":"2020-01-01T00:00:00.10Z","date":"2024-02-30","clock":"13:20","length":"PT24H","guid":"0FB4C1E3-c1e3-0fb4-e3c1-b40fe3c1b40f","price":1.50,"bytes":"AQID"}`,
	` { "any" : [ 1 , "]}" ] , "node" : { "name" : null , "children" : [ { } , null ] , "tags" : [ "a" , 1 , [ "\\" ] ] } } `,
	`{"record":{"record":{"records":[{"id":7},{"records":null},[]]}},"records":[{"@odata.texts":["a","b"],"anys":[{},null,""]}]}`,
	`{"guids":[null,"x"],"octets":[1,255],"flags":[true,null,false],"id":null,"id":"again","record":{"id":"1"},"record":{"text":"2"}}`,
	"{\"text\":\"\xff\",\"\xff\":\"\xfe\\ud800\",\"te\\u0078t\":\"b\",\"é\":\"é\"}",
	`{}`, `null`, `[]`, `{"id":}`, `{"id":"a"`, `{"a":1}{`, `{"records":[{"a":"\x"}]}`,
}

func FuzzCodec(f *testing.F) {
	for _, text := range recordTexts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		decodesAlike(t, text, reflect.TypeFor[record]())
		decodesAlike(t, normal(text), reflect.TypeFor[record]())
		decodesAlike(t, text, reflect.TypeFor[node]())
	})
}

// Random structs decode and encode random JSON as package json does.
func TestRandomTypes(t *testing.T) {
	var types []reflect.Type
	for f := range reflect.TypeFor[record]().Fields() {
		if !f.Anonymous {
			types = append(types, f.Type)
		}
	}
	names := []string{"id", "text", "records", "record", "node", "a", "é", "name", "tags", "number", "@odata.type", "time"}
	rapid.Check(t, func(t *rapid.T) {
		var fields []reflect.StructField
		for i, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(names), 0, 5, rapid.ID).Draw(t, "names") {
			fields = append(fields, reflect.StructField{
				Name: fmt.Sprintf("F%d", i),
				Type: rapid.SampledFrom(types).Draw(t, name),
				Tag:  reflect.StructTag(fmt.Sprintf(`json:"%s,omitzero"`, name)),
			})
		}
		if rapid.Bool().Draw(t, "rest") {
			fields = append(fields, reflect.StructField{Name: "Rest", Type: reflect.TypeFor[map[string]jsontext.Value](), Tag: `json:",embed"`})
		}
		decodesAlike(t, anObject(names, 4).Draw(t, "text"), reflect.StructOf(fields))
	})
}

func anObject(names []string, depth int) *rapid.Generator[string] {
	member := rapid.Custom(func(t *rapid.T) string {
		name, space := rapid.SampledFrom(names).Draw(t, "name"), rapid.SampledFrom([]string{"", "", "", " ", "\r\n\t"})
		return space.Draw(t, "before") + `"` + name + `"` + space.Draw(t, "between") + ":" + space.Draw(t, "after") + aValue(names, depth-1).Draw(t, "value")
	})
	return rapid.Map(rapid.SliceOfN(member, 0, 5), func(members []string) string { return "{" + strings.Join(members, ",") + "}" })
}

func aValue(names []string, depth int) *rapid.Generator[string] {
	leaf := rapid.OneOf(
		rapid.SampledFrom([]string{
			`null`, `true`, `false`, `""`, `"a"`, `"me"`, `"a\u0041\/"`, `"\\"`, `"é"`, `"INF"`, `0`, `-0`, `7`, `256`, `1.10`, `1e400`, `9007199254740993`, `"9007199254740993"`,
			`"2020-01-01T00:00:00.10Z"`, `"2024-02-29"`, `"13:20"`, `"PT24H"`, `"0fb4c1e3-c1e3-0fb4-e3c1-b40fe3c1b40f"`, `"AQID"`, `[]`, `{}`, "\"\xff\"",
		}),
		rapid.Map(rapid.String(), func(s string) string {
			quoted, _ := jsontext.AppendQuote(nil, s)
			return string(quoted)
		}),
	)
	if depth <= 0 {
		return leaf
	}
	array := rapid.Map(rapid.SliceOfN(rapid.Deferred(func() *rapid.Generator[string] { return aValue(names, depth-1) }), 0, 4), func(items []string) string {
		return "[" + strings.Join(items, " ,") + "]"
	})
	return rapid.OneOf(leaf, array, rapid.Deferred(func() *rapid.Generator[string] { return anObject(names, depth) }))
}

// Values that programs make are encoded as package json encodes them, or with its
// error.
func TestMarshalLikePackageJSON(t *testing.T) {
	circle := &record{}
	circle.Record = edm.Of(circle)
	deep := &node{}
	for range 2000 {
		deep = &node{Children: edm.ListOf(deep)}
	}
	rest := func(name, raw string) *record {
		return &record{Thing: Thing{ID: edm.Of("1"), AdditionalData: map[string]jsontext.Value{"z": jsontext.Value("1"), name: jsontext.Value(raw)}}}
	}
	list := edm.ListFromRaw[float64](jsontext.Value(`[1.10]`))
	list.Or(nil)[0] = 2
	for name, v := range map[string]any{
		"nothing":               &record{},
		"nil":                   (*record)(nil),
		"a value":               record{Text: edm.Of("a")},
		"a circle":              circle,
		"deep":                  deep,
		"other members":         rest("a", ` { "b" : 1.0 } `),
		"a nil member":          rest("a", ""),
		"a member twice":        rest("id", `"2"`),
		"an absent member":      rest("text", `"2"`),
		"two members in one":    rest("a", `1,"b":2`),
		"duplicate names":       rest("a", `{"b":1,"b":2}`),
		"a name that is quoted": rest("\"\n", "1"),
		"a name of other bytes": rest("\xff", "1"),
		"a text of other bytes": &record{Text: edm.Of("\xff")},
		"not a date":            &record{Date: edm.Of(edm.Date{})},
		"not a time":            &record{Time: edm.Of(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC))},
		"not a GUID":            &record{Guid: edm.Of(edm.Guid("x"))},
		"not a number":          &record{Price: edm.Of(edm.Decimal("x"))},
		"not JSON":              &record{Text: edm.FromRaw[string](jsontext.Value(`{`))},
		"no JSON":               &record{Any: edm.Of(jsontext.Value{})},
		"nil JSON":              &record{Any: edm.Of[jsontext.Value](nil), Record: edm.Of[*record](nil)},
		"numbers":               &record{Number: edm.Of(math.NaN()), Short: edm.Of(float32(math.Inf(-1))), Count: edm.Of(int64(math.MaxInt64)), Byte: edm.Of(uint8(0))},
		"floats":                &record{Number: edm.Of(1e21), Short: edm.Of(float32(0.1))},
		"scalars":               &record{Flag: edm.Of(true), Audience: edm.Of(audience("<me>")), Clock: edm.Of(edm.TimeOfDay{Hour: 1}), Bytes: edm.Of(edm.Binary("\xff\xff")), Length: edm.Of(edm.Duration("PT1S"))},
		"lists":                 &record{Octets: edm.ListOf[uint8](1, 2), Guids: edm.ListOf[*edm.Guid](nil), Records: edm.ListOf(nil, &record{}), Texts: edm.ListOf[string](), Flags: edm.NullList[*bool]()},
		"changed items":         &node{Numbers: list},
		"another type":          map[string]int{"a": 1},
	} {
		t.Run(name, func(t *testing.T) {
			encodesAlike(t, v)
		})
	}
}

// Types that are not made of Opts and Lists alone are left to package json.
func TestTypesOfPackageJSON(t *testing.T) {
	type own struct{ Thing }
	for name, v := range map[string]any{
		"another field": struct{ A edm.Opt[string] }{},
		"another option": struct {
			A edm.Opt[string] `json:"a"`
		}{},
		"another type": struct {
			A string `json:"a,omitzero"`
		}{},
		"a quoted name": struct {
			A edm.Opt[string] `json:"'a,b',omitzero"`
		}{},
		"a name twice": struct {
			Thing
			A edm.Opt[string] `json:"id,omitzero"`
		}{},
		"a field apart": struct {
			Thing `json:"a"`
		}{},
		"its own JSON":     edm.Date{},
		"an embedded type": own{},
		"an embedded value": struct {
			Rest jsontext.Value `json:",embed"`
		}{},
	} {
		t.Run(name, func(t *testing.T) {
			for _, text := range []string{`{"a":"x","A":7,"a,b":null,"id":"1","more":1}`, `"2024-02-29"`, `{"a":{"id":1}}`} {
				decodesAlike(t, text, reflect.TypeOf(v))
			}
		})
	}
}
