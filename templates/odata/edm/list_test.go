package edm_test

import (
	jsonv1 "encoding/json"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/msgraphgen/msgraphgen/internal/growth"
	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

type audience string

// node is a structured type that nests itself.
type node struct {
	Name     edm.Opt[string]           `json:"name,omitzero"`
	Children edm.List[*node]           `json:"children,omitzero"`
	Tags     edm.List[string]          `json:"tags,omitzero"`
	Hints    edm.List[*string]         `json:"hints,omitzero"`
	Numbers  edm.List[float64]         `json:"numbers,omitzero"`
	Dates    edm.List[edm.Date]        `json:"dates,omitzero"`
	Stamps   edm.List[*time.Time]      `json:"stamps,omitzero"`
	Rest     map[string]jsontext.Value `json:",embed"`
}

func TestListStates(t *testing.T) {
	for name, test := range map[string]struct {
		list           edm.List[string]
		json           string
		isZero, isNull bool
		items          []string
		text           string
	}{
		"absent":       {list: edm.List[string]{}, json: `{}`, isZero: true, text: "absent"},
		"null":         {list: edm.NullList[string](), json: `{"tags":null}`, isNull: true, text: "null"},
		"items":        {list: edm.ListOf("a", "b"), json: `{"tags":["a","b"]}`, items: []string{"a", "b"}, text: `["a","b"]`},
		"no items":     {list: edm.ListOf[string](), json: `{"tags":[]}`, items: []string{}, text: "[]"},
		"a nil slice":  {list: edm.ListOf([]string(nil)...), json: `{"tags":[]}`, items: []string{}, text: "[]"},
		"does not fit": {list: edm.ListFromRaw[string](jsontext.Value(`["a",1]`)), json: `{"tags":["a",1]}`, text: `["a",1]`},
		"raw items":    {list: edm.ListFromRaw[string](jsontext.Value(`["a"]`)), json: `{"tags":["a"]}`, items: []string{"a"}, text: `["a"]`},
		"raw null":     {list: edm.ListFromRaw[string](jsontext.Value(`null`)), json: `{"tags":null}`, isNull: true, text: "null"},
		"no raw":       {list: edm.ListFromRaw[string](nil), json: `{}`, isZero: true, text: "absent"},
	} {
		t.Run(name, func(t *testing.T) {
			l := test.list
			items, ok := l.Get()
			if diff := cmp.Diff(test.items, items); diff != "" || ok != (test.items != nil) {
				t.Errorf("Get reports %v:\n%s", ok, diff)
			}
			if l.IsNull() != test.isNull || l.IsZero() != test.isZero || l.String() != test.text {
				t.Errorf("null %v, zero %v, %q", l.IsNull(), l.IsZero(), l)
			}
			if or := l.Or([]string{"other"}); ok != cmp.Equal(or, items) {
				t.Errorf("Or returns %v", or)
			}
			data, err := json.Marshal(&node{Tags: l})
			if string(data) != test.json || err != nil {
				t.Fatalf("encoded as %s, %v; want %s", data, err, test.json)
			}
			for _, v := range []any{&node{Tags: l}, node{Tags: l}} {
				if data, err := jsonv1.Marshal(v); string(data) != test.json || err != nil {
					t.Errorf("encoding/json encodes a %T as %s, %v; want %s", v, data, err, test.json)
				}
			}
			var again node
			if err := json.Unmarshal(data, &again); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(l, again.Tags); diff != "" && l.Err() == nil {
				t.Error(diff)
			}
		})
	}
}

// fitsList decodes JSON into a List and encodes it again. Whether it fits or
// not, it must come out as it went in.
func fitsList[T any](t *testing.T, text string) bool {
	t.Helper()
	l := edm.ListFromRaw[T](jsontext.Value(text))
	if again, err := json.Marshal(&l); err != nil || string(again) != text {
		t.Errorf("%s is encoded as %s, %v", text, again, err)
	}
	items, ok := l.Get()
	if ok == (l.Err() != nil) || ok != (items != nil) || !ok && string(l.Raw()) != text {
		t.Errorf("%s: Get returns %v, %v; Err %v, Raw %s", text, items, ok, l.Err(), l.Raw())
	}
	return ok
}

func TestListsFit(t *testing.T) {
	for name, test := range map[string]struct {
		fits    func(*testing.T, string) bool
		yes, no []string
	}{
		"strings":            {fitsList[string], []string{`["a","b"]`, `[]`}, []string{`["a",null]`, `[null]`, `"a"`, `[1]`, `{}`, `["a",["b"],{"c":null}]`}},
		"enumeration":        {fitsList[audience], []string{`["me","somethingNew"]`}, []string{`["me",null]`, `[8]`}},
		"booleans":           {fitsList[bool], []string{`[true,false]`}, []string{`["true"]`, `[true,null]`}},
		"bytes":              {fitsList[uint8], []string{`[1,255]`, `[]`}, []string{`[256]`, `"AQID"`}},
		"doubles":            {fitsList[float64], []string{`[1.5,"INF",1.10]`}, []string{`[null]`, `["x"]`, `[1,null]`}},
		"integers":           {fitsList[int64], []string{`[9007199254740993,"9007199254740993"]`}, []string{`[null]`, `[1.5]`}},
		"decimals":           {fitsList[edm.Decimal], []string{`[1.50,"2"]`}, []string{`["x"]`}},
		"dates":              {fitsList[edm.Date], []string{`["2024-02-29"]`}, []string{`["2024-02-30"]`, `["2024-02-29",null]`}},
		"times":              {fitsList[time.Time], []string{`["2020-07-06T06:34:12.2294868Z","2020-01-01T00:00:00.0000000Z"]`}, []string{`[""]`}},
		"structured":         {fitsList[*node], []string{`[null,{"name":"a","more":1.0}]`, `[]`}, []string{`{}`, `[{"name":"a"},"b"]`, `[{"name":1},[]]`}},
		"nullable strings":   {fitsList[*string], []string{`["a",null]`, `[null]`}, []string{`["a",1]`}},
		"nullable booleans":  {fitsList[*bool], []string{`[true,null]`}, []string{`[0]`}},
		"nullable enum":      {fitsList[*audience], []string{`[null,"me"]`}, []string{`[null,1]`}},
		"nullable doubles":   {fitsList[*float64], []string{`[null,1.50,"NaN"]`}, []string{`["x"]`}},
		"nullable integers":  {fitsList[*int32], []string{`[null,7]`}, []string{`[7.5]`}},
		"nullable int64":     {fitsList[*int64], []string{`[null,"9007199254740993"]`}, []string{`["x"]`}},
		"nullable bytes":     {fitsList[*uint8], []string{`[null,255]`}, []string{`[256]`}},
		"nullable times":     {fitsList[*time.Time], []string{`[null,"2020-01-01T00:00:00.00Z"]`}, []string{`["x"]`, `[{}]`}},
		"nullable dates":     {fitsList[*edm.Date], []string{`[null,"2024-02-29"]`}, []string{`["x"]`, `[{}]`}},
		"nullable durations": {fitsList[*edm.Duration], []string{`[null,"PT24H"]`}, []string{`["x"]`}},
		"anything":           {fitsList[jsontext.Value], []string{`[1.50,null,[[{}]],"a"]`}, []string{`{}`, `1`}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, text := range test.yes {
				if !test.fits(t, text) {
					t.Errorf("%s does not fit", text)
				}
			}
			for _, text := range test.no {
				if test.fits(t, text) {
					t.Errorf("%s fits", text)
				}
			}
		})
	}
}

func TestListItemsCanBeNull(t *testing.T) {
	l := edm.ListOf(new("a"), nil)
	if data, err := json.Marshal(&l); string(data) != `["a",null]` || err != nil {
		t.Errorf("%s, %v", data, err)
	}
	items := edm.ListFromRaw[*string](jsontext.Value(`[null,"b"]`)).Or(nil)
	if len(items) != 2 || items[0] != nil || *items[1] != "b" {
		t.Errorf("%v", items)
	}
}

// The JSON of a list is kept only as long as its items are.
func TestChangedItemsAreSent(t *testing.T) {
	l := edm.ListFromRaw[float64](jsontext.Value(`[1.10,9007199254740993]`))
	items, _ := l.Get()
	items[0] = math.Inf(1)
	if data, _ := json.Marshal(&l); string(data) != `["INF",9007199254740992]` {
		t.Errorf("encoded as %s after a change", data)
	}
	hints := edm.ListFromRaw[*float64](jsontext.Value(`[1.10,null]`))
	*hints.Or(nil)[0] = 2
	if data, _ := json.Marshal(&hints); string(data) != `[2,null]` {
		t.Errorf("encoded as %s after a change", data)
	}
	nodes := edm.ListFromRaw[*node](jsontext.Value(`[null,{"name":"Isaiah","age":40.0}]`))
	nodes.Or(nil)[1].Name = edm.Null[string]()
	if data, _ := json.Marshal(&nodes); string(data) != `[null,{"name":null,"age":40.0}]` {
		t.Errorf("encoded as %s after a change", data)
	}
	tags := edm.ListFromRaw[string](jsontext.Value(`["a","b"]`))
	tags.Or(nil)[1] = "c"
	if data, _ := json.Marshal(&tags); string(data) != `["a","c"]` {
		t.Errorf("encoded as %s after a change", data)
	}
}

func TestDecodingReplacesTheList(t *testing.T) {
	l := edm.ListOf(&node{Name: edm.Of("a")})
	first := l.Or(nil)[0]
	for _, text := range []string{`[{"tags":[]}]`, `[{}]`, `null`, `7`, `[7]`} {
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatal(err)
		}
		if data, _ := json.Marshal(&l); string(data) != text || first.Name.Or("") != "a" {
			t.Errorf("%s is decoded as %s; the old item is %v", text, data, first)
		}
	}
}

func TestListEqual(t *testing.T) {
	lists := []edm.List[string]{
		{}, edm.NullList[string](), edm.ListOf[string](), edm.ListOf("a"), edm.ListOf("b"), edm.ListFromRaw[string](jsontext.Value(`[1]`)),
	}
	for i, a := range lists {
		for j, b := range lists {
			if got := a.Equal(b); got != (i == j) || got != reflect.DeepEqual(a, b) {
				t.Errorf("%v equals %v: %v", a, b, got)
			}
		}
	}
}

// A list in a list in a list takes time in proportion to its size.
func TestDeepListsInProportion(t *testing.T) {
	growth.Check(t, 500, func(depth int) func() {
		text := strings.Repeat(`{"children":[`, depth) + `{"name":"` + strings.Repeat("x", 250*depth) + `"}` + strings.Repeat(`]}`, depth)
		return func() {
			var n node
			if err := json.Unmarshal([]byte(text), &n); err != nil {
				t.Fatal(err)
			}
			for range depth {
				children := n.Children.Or(nil)
				if len(children) != 1 {
					t.Fatal("a level is lost")
				}
				n = *children[0]
			}
		}
	})
}

func TestListSyntaxErrors(t *testing.T) {
	for _, text := range []string{`{"tags":[`, `{"tags":["a"`, `{"tags":["a",]}`, `{"tags":["a",1,}`, `{"children":[{]}`, `{"numbers":[1`} {
		if err := json.Unmarshal([]byte(text), new(node)); err == nil {
			t.Errorf("%s is decoded", text)
		}
	}
}

// Any JSON in the place of the lists comes back as it was.
func TestAnyListComesBack(t *testing.T) {
	leaf := rapid.SampledFrom([]string{`null`, `true`, `"a"`, `"2024-02-29"`, `1.50`, `"2020-01-01T00:00:00.0Z"`, `{}`, `[]`, `"INF"`})
	value := rapid.OneOf(leaf, rapid.Map(rapid.SliceOfN(leaf, 0, 4), func(items []string) string { return "[" + strings.Join(items, ",") + "]" }))
	rapid.Check(t, func(t *rapid.T) {
		var members []string
		for _, name := range []string{"children", "tags", "hints", "numbers", "dates", "stamps", "other"} {
			members = append(members, `"`+name+`":`+value.Draw(t, name))
		}
		text := "{" + strings.Join(members, ",") + "}"
		var n node
		if err := json.Unmarshal([]byte(text), &n); err != nil {
			t.Fatal(err)
		}
		if data, err := json.Marshal(&n); err != nil || string(data) != text {
			t.Fatalf("%s is encoded as %s, %v", text, data, err)
		}
	})
}
