package odata_test

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// Berth, Quay and Mooring are what is generated for an abstract type, a type
// derived from it, and a type that has both.
type Berth struct {
	Entity
	Label   odata.Opt[string]    `json:"label,omitzero"`
	Owner   odata.Opt[*Identity] `json:"owner,omitzero"`
	Mooring odata.Opt[*Mooring]  `json:"mooring,omitzero"`
}

type Quay struct {
	Berth
	Length odata.Opt[int32] `json:"length,omitzero"`
}

type Mooring struct {
	Berths         odata.List[*Berth]        `json:"berths,omitzero"`
	Since          odata.Opt[odata.Date]     `json:"since,omitzero"`
	AdditionalData map[string]jsontext.Value `json:",embed"`
}

func (v *Berth) ODataType() string   { return odata.TypeOf(v.AdditionalData, "ns.berth") }
func (*Berth) ODataTypes() []string  { return []string{"ns.berth", "ns.quay"} }
func (v *Quay) ODataType() string    { return odata.TypeOf(v.AdditionalData, "ns.quay") }
func (*Quay) ODataTypes() []string   { return []string{"ns.quay"} }
func (v *Mooring) ODataType() string { return odata.TypeOf(v.AdditionalData, "ns.mooring") }
func (*Mooring) ODataTypes() []string {
	return []string{"ns.mooring"}
}
func (v *Quay) AsBerth() *Berth {
	base := v.Berth
	base.AdditionalData = odata.Upcast(base.AdditionalData, v.ODataType(), odata.Prop("length", &v.Length))
	return &base
}

func facts(name string) odata.TypeFacts {
	nested := map[string]string{"owner": "ns.identity", "mooring": "ns.mooring"}
	switch name {
	case "ns.berth":
		return odata.TypeFacts{Abstract: true, ReadOnly: []string{"label"}, Nested: nested}
	case "ns.quay":
		return odata.TypeFacts{ReadOnly: []string{"label", "length"}, Nested: nested}
	case "ns.mooring":
		return odata.TypeFacts{Nested: map[string]string{"berths": "ns.berth"}}
	case "ns.userIdentity":
		return odata.TypeFacts{ReadOnly: []string{"kind"}}
	}
	return odata.TypeFacts{}
}

// A body is refused before it is sent, whichever way a name gets into its JSON.
func TestRefusal(t *testing.T) {
	client := custom(t, func(*http.Request) (*http.Response, error) { return nil, errors.New("sent") })
	method := odata.Method{Name: "Berths.Create", NotSettable: []string{"id"}}
	send := func(body *Berth) error {
		_, err := odata.Create(t.Context(), client.Resource("berths"), method, body, nil)
		return err
	}
	quay := func(change func(*Quay)) *Berth {
		q := &Quay{}
		change(q)
		return q.AsBerth()
	}
	user := &UserIdentity{Kind: odata.Of("guest")}
	for name, test := range map[string]struct {
		body *Berth
		want string
	}{
		"field of the base": {quay(func(q *Quay) { q.Label = odata.Null[string]() }), "Berths.Create: label is read-only: leave it out (see ForCreate)"},
		"own field":         {quay(func(q *Quay) { q.Length = odata.Of[int32](7) }), "Berths.Create: length is read-only: leave it out (see ForCreate)"},
		"by this request":   {quay(func(q *Quay) { q.ID = odata.Of("1") }), "Berths.Create: id is read-only: leave it out (see ForCreate)"},
		"all of them": {
			quay(func(q *Quay) {
				q.ID, q.Label, q.Length = odata.Of("1"), odata.Of("a"), odata.Of[int32](7)
				q.Owner = odata.Of(user.AsIdentity())
			}),
			"Berths.Create: id, label, length and owner/kind are read-only: leave them out (see ForCreate)",
		},
		"additional data": {
			&Berth{Entity: Entity{AdditionalData: map[string]jsontext.Value{"@odata.type": jsontext.Value(`"#ns.quay"`), "length": jsontext.Value("7")}}},
			"Berths.Create: length is read-only: leave it out (see ForCreate)",
		},
		"derived type in a field": {quay(func(q *Quay) { q.Owner = odata.Of(user.AsIdentity()) }), "Berths.Create: owner/kind is read-only: leave it out (see ForCreate)"},
		"raw JSON": {
			quay(func(q *Quay) {
				q.Owner = odata.FromRaw[*Identity](jsontext.Value(`{"@odata.type":"#ns.userIdentity","kind":1}`))
			}),
			"Berths.Create: owner/kind is read-only: leave it out (see ForCreate)",
		},
		"abstract": {&Berth{}, "Berths.Create: the body is of the abstract type ns.berth: send a derived type through its As method, or set @odata.type in AdditionalData"},
		"abstract within": {
			quay(func(q *Quay) { q.Mooring = odata.Of(&Mooring{Berths: odata.ListOf(quay(func(*Quay) {}), &Berth{})}) }),
			"Berths.Create: mooring/berths/1 is of the abstract type ns.berth: send a derived type through its As method, or set @odata.type in AdditionalData",
		},
		"null is nothing": {quay(func(q *Quay) { q.Mooring = odata.Null[*Mooring]() }), "Berths.Create: sent"},
		"sound":           {quay(func(q *Quay) { q.Owner = odata.Of(&Identity{ID: odata.Of("1")}) }), "Berths.Create: sent"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := send(test.body); err == nil || err.Error() != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
	id := quay(func(q *Quay) { q.ID = odata.Of("1") })
	update := odata.Method{Name: "Berth.Update", NotSettable: []string{"id"}}
	if _, err := odata.Update(t.Context(), client.Resource("berths"), update, id, nil); err == nil || err.Error() != "Berth.Update: id is read-only: leave it out" {
		t.Errorf("update: %v", err)
	}
	method.KeptForCreate = []string{"id"}
	if err := send(id); err == nil || err.Error() != "Berths.Create: id is read-only: leave it out" {
		t.Errorf("ForCreate keeps the id: %v", err)
	}
	var notSettable *odata.NotSettableError
	if err := send(quay(func(q *Quay) { q.ID, q.Label = odata.Of("1"), odata.Of("a") })); !errors.As(err, &notSettable) || !slices.Equal(notSettable.Properties, []string{"id", "label"}) {
		t.Errorf("%v", notSettable)
	}
	var abstract *odata.AbstractError
	if err := send(&Berth{}); !errors.As(err, &abstract) || !slices.Equal(abstract.Values, []odata.AbstractValue{{Type: "ns.berth"}}) {
		t.Errorf("%v", abstract)
	}
}

func (v *Quay) ForCreate() *Quay { return odata.ForCreate(v, facts, "id") }

// A received item can be sent again: nothing of the response is in the copy, and
// nothing is shared with it.
func TestForCreate(t *testing.T) {
	const received = `{"@odata.etag":"x","id":"1","label":"a","length":7,"more":{"@odata.id":"y","a":1.0},` +
		`"owner":{"@odata.type":"#ns.userIdentity","kind":"guest","id":"2","displayName":null},` +
		`"mooring":{"since":"soon","berths":[{"@odata.type":"#ns.quay","length":7,"id":"3"},null]}}`
	var quay Quay
	if err := json.Unmarshal([]byte(received), &quay); err != nil {
		t.Fatal(err)
	}
	created := quay.ForCreate()
	data, err := json.Marshal(created, json.Deterministic(true))
	const want = `{"owner":{"displayName":null,"id":"2","@odata.type":"#ns.userIdentity"},` +
		`"mooring":{"berths":[{"id":"3","@odata.type":"#ns.quay"},null],"since":"soon"},"more":{"a":1.0}}`
	if string(data) != want || err != nil {
		t.Errorf("got %s, %v\nwant %s", data, err, want)
	}
	created.Mooring.Or(nil).Berths.Or(nil)[0].ID = odata.Of("4")
	created.AdditionalData["more"][1] = 'b'
	if data, err := json.Marshal(&quay); err != nil || normal(string(data)) != normal(received) {
		t.Errorf("the original has changed: %s, %v", data, err)
	}
	if (*Quay)(nil).ForCreate() != nil {
		t.Error("nil is copied as something")
	}
	broken := (&Quay{Berth: Berth{Mooring: odata.Of(&Mooring{Since: odata.Of(odata.Date{Year: 2023, Month: time.February, Day: 30})})}}).ForCreate()
	if data, err := json.Marshal(broken); err == nil {
		t.Errorf("a date that is not a date is encoded as %s", data)
	}
	if data, err := json.Marshal((&Quay{Berth: Berth{Label: odata.Of("a"), Owner: odata.Of(&Identity{ID: odata.Of("a\xff")})}}).ForCreate()); err == nil {
		t.Errorf("a text that is not UTF-8 is encoded as %s", data)
	}
	if diff := cmp.Diff(&Quay{}, (&Quay{}).ForCreate()); diff != "" {
		t.Error(diff)
	}
}
