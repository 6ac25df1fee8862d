package odata_test

import (
	jsonv1 "encoding/json"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

func TestStates(t *testing.T) {
	absent := odata.Opt[string]{}
	for name, test := range map[string]struct {
		opt                   odata.Opt[string]
		json                  string
		isZero, isNull, isSet bool
		value, text           string
	}{
		"absent":       {opt: absent, json: `{}`, isZero: true, text: "absent"},
		"null":         {opt: odata.Null[string](), json: `{"id":null}`, isNull: true, text: "null"},
		"value":        {opt: odata.Of("a"), json: `{"id":"a"}`, isSet: true, value: "a", text: "a"},
		"zero value":   {opt: odata.Of(""), json: `{"id":""}`, isSet: true},
		"does not fit": {opt: odata.FromRaw[string](jsontext.Value("17")), json: `{"id":17}`, text: "17"},
		"raw value":    {opt: odata.FromRaw[string](jsontext.Value(`"a"`)), json: `{"id":"a"}`, isSet: true, value: "a", text: "a"},
		"raw null":     {opt: odata.FromRaw[string](jsontext.Value("null")), json: `{"id":null}`, isNull: true, text: "null"},
		"no raw":       {opt: odata.FromRaw[string](nil), json: `{}`, isZero: true, text: "absent"},
	} {
		t.Run(name, func(t *testing.T) {
			o := test.opt
			if v, ok := o.Get(); v != test.value || ok != test.isSet || o.IsNull() != test.isNull || o.IsZero() != test.isZero || o.String() != test.text {
				t.Errorf("%q, %v, null %v, zero %v, %q", v, ok, o.IsNull(), o.IsZero(), o)
			}
			data, err := json.Marshal(&Entity{ID: o})
			if string(data) != test.json || err != nil {
				t.Fatalf("encoded as %s, %v; want %s", data, err, test.json)
			}
			for version, marshal := range map[string]func(any) ([]byte, error){"pointer": jsonv1.Marshal, "value": func(v any) ([]byte, error) {
				return jsonv1.Marshal(*v.(*Entity))
			}} {
				if v1, err := marshal(&Entity{ID: o}); string(v1) != test.json || err != nil {
					t.Errorf("encoding/json encodes a %s as %s, %v; want %s", version, v1, err, test.json)
				}
			}
			var again Entity
			if err := json.Unmarshal(data, &again); err != nil {
				t.Fatal(err)
			}
			// An error knows where in its input it is, so it is not compared.
			if diff := cmp.Diff(o, again.ID); diff != "" && o.Err() == nil {
				t.Error(diff)
			}
		})
	}
	states := []odata.Opt[string]{absent, odata.Null[string](), odata.Of(""), odata.Of("a")}
	for i, a := range states {
		for j, b := range states {
			if got := a.Equal(b); got != (i == j) || got != reflect.DeepEqual(a, b) {
				t.Errorf("%v equals %v: %v", a, b, got)
			}
		}
	}
}

// A real response is encoded as it was received, and the values that fit are there.
func TestOddities(t *testing.T) {
	var project ProjectParticipation
	if err := json.Unmarshal([]byte(oddities), &project); err != nil {
		t.Fatal(err)
	}
	equivalent(t, oddities, &project)

	if got := odata.Split(project.AllowedAudiences.Or("")); !cmp.Equal(got, []AllowedAudiences{"me", "organization", "somethingNew"}) {
		t.Errorf("audiences %v", got)
	}
	if got, ok := project.CreatedDateTime.Get(); !ok || !got.IsZero() {
		t.Errorf("created %v, %v; want the zero time", got, ok)
	}
	if got, ok := project.LastModifiedDateTime.Get(); !ok || !got.Equal(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("modified %v, %v", got, ok)
	}
	inference := project.Inference.Or(nil)
	if got := inference.ConfidenceScore; got.Or(0) != 1.1 || string(got.Raw()) != "1.10" || got.Err() != nil {
		t.Errorf("score %v, raw %s, %v", got, got.Raw(), got.Err())
	}
	if v, ok := project.Source.Get(); ok || v != nil || project.Source.Err() == nil {
		t.Errorf("source %v, %v, %v", v, ok, project.Source.Err())
	}
	if _, ok := project.Categories.Get(); ok || project.Categories.Err() == nil {
		t.Errorf("categories with a null fit: %v", project.Categories)
	}
	if got := project.Colleagues.Or(nil); len(got) != 2 || got[0] != nil || got[1].Relationship.Or("") != "mentor" {
		t.Errorf("colleagues %v", got)
	}
	if got := string(project.AdditionalData["serial"]); got != "9007199254740993" {
		t.Errorf("serial %s", got)
	}
	detail := project.Detail.Or(nil)
	if got := string(detail.Company.Or(nil).AdditionalData["companyCode"]); got != `"L-7"` {
		t.Errorf("companyCode %s", got)
	}
	if err := detail.EndMonthYear.Err(); err == nil || !strings.Contains(err.Error(), `"datetime-value" is not an Edm.Date`) {
		t.Errorf("endMonthYear: %v", err)
	}
	detail.EndMonthYear = odata.Of(odata.Date{Year: 2024, Month: time.February, Day: 1})
	if data, err := json.Marshal(detail); err != nil || !strings.Contains(string(data), `"endMonthYear":"2024-02-01","startMonthYear":"datetime-value"`) {
		t.Errorf("%s, %v", data, err)
	}
}

func TestDecodingReplaces(t *testing.T) {
	o := odata.Of(&Identity{ID: odata.Of("1")})
	first := o.Or(nil)
	if err := json.Unmarshal([]byte(`{"displayName":"Adele"}`), &o); err != nil {
		t.Fatal(err)
	}
	if id := o.Or(nil).ID; !id.IsZero() || first.ID.Or("") != "1" {
		t.Errorf("id %v, was %v: what there was before is mixed in or changed", id, first.ID)
	}
}

func TestUntyped(t *testing.T) {
	for _, text := range []string{`{"a":[1.50,null]}`, `"x"`, `1e2`, `true`} {
		o := odata.FromRaw[jsontext.Value](jsontext.Value(text))
		if v, ok := o.Get(); !ok || string(v) != text {
			t.Errorf("%s: %s, %v", text, v, ok)
		}
	}
	l := odata.ListFromRaw[jsontext.Value](jsontext.Value(`[1.50,null]`))
	if v, ok := l.Get(); !ok || len(v) != 2 || string(v[0]) != "1.50" || string(v[1]) != "null" {
		t.Errorf("%s, %v", v, ok)
	}
}

func TestSyntaxErrorsAreErrors(t *testing.T) {
	for _, text := range []string{``, `{"id":}`, `{"id":"a`, `{"id":[1,]}`, `{"createdDateTime":"\x"}`} {
		if err := json.Unmarshal([]byte(text), new(ProjectParticipation)); err == nil {
			t.Errorf("%s is decoded", text)
		}
	}
	o := odata.FromRaw[string](jsontext.Value(`{"a":`))
	if o.Err() == nil {
		t.Error("no JSON fits")
	}
	if data, err := json.Marshal(&o); err == nil {
		t.Errorf("no JSON is encoded as %s", data)
	}
}

// Any JSON object is a project, and stays the object that it is.
func TestAnyObjectComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := anObject(3).Draw(t, "object")
		var project ProjectParticipation
		if err := json.Unmarshal([]byte(text), &project); err != nil {
			t.Fatal(err)
		}
		equivalent(t, text, &project)
	})
}

func FuzzDecode(f *testing.F) {
	f.Add(response)
	f.Add(oddities)
	f.Add(`{"id":null,"categories":["a",null],"createdBy":{"user":7},"createdDateTime":"2020-01-01T00:00:00.10+00:00"}`)
	f.Fuzz(func(t *testing.T, text string) {
		var project ProjectParticipation
		if value := jsontext.Value(text); !value.IsValid() || value.Kind() != jsontext.KindBeginObject {
			return
		}
		if err := json.Unmarshal([]byte(text), &project); err != nil {
			t.Fatal(err)
		}
		equivalent(t, text, &project)
	})
}

// equivalent checks that project is encoded as text, but for the order of
// members, white space, and how characters are escaped. Numbers must have the
// same digits.
func equivalent(t interface {
	Helper()
	Fatalf(string, ...any)
}, text string, project *ProjectParticipation) {
	t.Helper()
	data, err := json.Marshal(project)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if want, got := normal(text), normal(string(data)); want != got {
		t.Fatalf("not encoded as it was decoded:\n%s", cmp.Diff(want, got))
	}
}

// normal sorts the members of all objects.
func normal(text string) string {
	value := jsontext.Value(text)
	err := value.Format(jsontext.ReorderRawObjects(true), jsontext.CanonicalizeRawInts(false), jsontext.CanonicalizeRawFloats(false))
	if err != nil {
		return err.Error()
	}
	return string(value)
}

// anObject draws objects whose members have, as often as not, the names and
// the types that a project has.
func anObject(depth int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		names := rapid.SliceOfNDistinct(rapid.OneOf(rapid.SampledFrom([]string{
			"id", "allowedAudiences", "createdBy", "createdDateTime", "inference", "isSearchable", "source", "categories", "client",
			"colleagues", "detail", "displayName", "application", "user", "confidenceScore", "type", "address", "endMonthYear", "company", "relationship",
		}), rapid.String()), 0, 6, rapid.ID).Draw(t, "names")
		members := make([]string, len(names))
		for i, name := range names {
			quoted, err := jsontext.AppendQuote(nil, name)
			if err != nil {
				quoted = []byte(`"?"`)
			}
			members[i] = string(quoted) + ":" + aValue(depth-1).Draw(t, name)
		}
		return "{" + strings.Join(members, ",") + "}"
	})
}

func aValue(depth int) *rapid.Generator[string] {
	leaves := []*rapid.Generator[string]{
		rapid.SampledFrom([]string{
			`null`, `true`, `false`, `""`, `"INF"`, `0`, `-0`, `1.10`, `1e400`, `9007199254740993`, `[]`, `"me,organization"`, `"a\u0041\/"`,
			`"2020-07-06T06:34:12.2294868Z"`, `"2020-01-01T00:00:00.0000000Z"`, `"0001-01-01T00:00:00Z"`, `"2020-07-06"`, `"datetime-value"`,
		}),
		rapid.StringMatching(`-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,20})?([eE][-+]?[0-9]{1,3})?`),
		rapid.Map(rapid.StringMatching(`[ -~]*`), func(s string) string {
			quoted, _ := jsontext.AppendQuote(nil, s)
			return string(quoted)
		}),
	}
	if depth > 0 {
		leaves = append(leaves, anObject(depth), rapid.Map(rapid.SliceOfN(rapid.Deferred(func() *rapid.Generator[string] {
			return aValue(depth - 1)
		}), 0, 3), func(items []string) string { return "[" + strings.Join(items, ",") + "]" }))
	}
	return rapid.OneOf(leaves...)
}
