package edm_test

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"strings"
	"testing"
	"time"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// A time whose offset has seconds, as those of local mean times do, is sent as the same
// moment in UTC: the format has no seconds of offsets.
func TestTimesWithSecondsInTheirOffset(t *testing.T) {
	type times struct {
		At  edm.Opt[time.Time]   `json:"at,omitzero"`
		All edm.List[time.Time]  `json:"all,omitzero"`
		Any edm.List[*time.Time] `json:"any,omitzero"`
	}
	mean := time.Date(1890, 1, 1, 0, 0, 0, 0, time.FixedZone("LMT", 53*60+28))
	summer := time.Date(2024, 7, 1, 0, 0, 0, 0, time.FixedZone("", 2*60*60))
	const utc, offset = `"1889-12-31T23:06:32Z"`, `"2024-07-01T00:00:00+02:00"`
	v := &times{edm.Of(mean), edm.ListOf(mean, summer), edm.ListOf(&mean, nil, &summer)}
	want := `{"at":` + utc + `,"all":[` + utc + `,` + offset + `],"any":[` + utc + `,null,` + offset + `]}`
	if got, err := edm.Marshal(v); err != nil || string(got) != want {
		t.Errorf("Marshal: %s, %v\nwant %s", got, err, want)
	}
	if got, err := json.Marshal(v); err != nil || string(got) != want {
		t.Errorf("package json: %s, %v\nwant %s", got, err, want)
	}
	if got, err := json.Marshal([]time.Time{mean}, edm.Numbers()); err != nil || string(got) != "["+utc+"]" {
		t.Errorf("an argument: %s, %v", got, err)
	}
	if got, err := edm.Literal(mean); err != nil || `"`+got+`"` != utc {
		t.Errorf("a literal: %s, %v", got, err)
	}
}

// The texts of a program have to be UTF-8, also where received JSON need not.
func TestTextsAreUTF8(t *testing.T) {
	bad, lenient := "a\xff", jsontext.AllowInvalidUTF8(true)
	text, one := edm.Of(bad), edm.Of(audience(bad))
	list, some, hints := edm.ListOf("a", bad), edm.ListOf(audience(bad)), edm.ListOf(nil, &bad)
	for _, v := range []any{&text, &one, &list, &some, &hints, &node{Name: text}, &node{Tags: list}} {
		if got, err := json.Marshal(v, lenient); err == nil || !strings.Contains(err.Error(), `"a\xff" is not UTF-8`) {
			t.Errorf("%T: %s, %v", v, got, err)
		}
		if got, err := edm.Marshal(v); err == nil {
			t.Errorf("%T: %s", v, got)
		}
	}
	octets := edm.ListOf(edm.Binary("\xff"))
	if got, err := json.Marshal(&octets); err != nil || string(got) != `["/w=="]` {
		t.Errorf("binary items: %s, %v", got, err)
	}
	var received node
	if err := json.Unmarshal([]byte("{\"name\":\"\xff\",\"tags\":[\"\xff\"],\"more\":\"\xff\"}"), &received, lenient); err != nil {
		t.Fatal(err)
	}
	if got, err := json.Marshal(&received, lenient); err != nil || !strings.HasPrefix(string(got), `{"name":"�","tags":["�"],`) {
		t.Errorf("what a service sent: %s, %v", got, err)
	}
}
