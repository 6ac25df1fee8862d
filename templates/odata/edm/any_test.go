package edm_test

import (
	"encoding/json/jsontext"
	"reflect"
	"testing"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// A value without a type is what package json makes of it, but for numbers that a float64
// does not hold exactly: they would come back changed.
func TestAny(t *testing.T) {
	type object = map[string]any
	for text, want := range map[string]any{
		"9007199254740992": 9007199254740992.0, "9007199254740993": jsontext.Value("9007199254740993"),
		"-9007199254740993": jsontext.Value("-9007199254740993"), "-7": -7.0, "0": 0.0, "0.0": 0.0, "0e9": 0.0,
		"1.10": 1.1, "1e3": 1000.0, "12.30E+2": 1230.0, "100000000000000000000000": 1e23, "0.1": 0.1,
		"1e999999999999999999999": jsontext.Value("1e999999999999999999999"), "1e-400": jsontext.Value("1e-400"),
		"3.14159265358979323846": jsontext.Value("3.14159265358979323846"), `"9007199254740993"`: "9007199254740993", "true": true, "null": nil,
		`{"a":[9007199254740993,1]}`: object{"a": []any{jsontext.Value("9007199254740993"), 1.0}},
	} {
		var v any
		if err := edm.Unmarshal([]byte(text), &v); err != nil || !reflect.DeepEqual(v, want) {
			t.Errorf("%s becomes %#v, %v, want %#v", text, v, err, want)
		}
	}
	const text = `{"list":[9007199254740993,{"n":9007199254740993}],"serial":9007199254740993}`
	var item object
	if err := edm.Unmarshal([]byte(text), &item); err != nil {
		t.Fatal(err)
	}
	if got, err := edm.Marshal(item); err != nil || string(got) != text {
		t.Errorf("%s, %v, want %s", got, err, text)
	}
	if got, _ := edm.FromRaw[any](jsontext.Value(text)).Get(); !reflect.DeepEqual(got, any(item)) {
		t.Errorf("%v, want %v", got, item)
	}
	if got, _ := edm.ListFromRaw[object](jsontext.Value("[" + text + "]")).Get(); !reflect.DeepEqual(got, []object{item}) {
		t.Errorf("%v, want %v", got, item)
	}
}
