package edm_test

import (
	"encoding/json/jsontext"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// harbour has the facts of a small schema: a boat with a captain, who can be a
// pilot, and berths, which are abstract.
func harbour(name string) edm.TypeFacts {
	switch name {
	case "ns.boat":
		return edm.TypeFacts{ReadOnly: []string{"id"}, Nested: map[string]string{"captain": "ns.person", "berths": "ns.berth"}}
	case "ns.person":
		return edm.TypeFacts{ReadOnly: []string{"created"}, Nested: map[string]string{"boat": "ns.boat"}}
	case "ns.pilot":
		return edm.TypeFacts{ReadOnly: []string{"created", "licence"}}
	case "ns.berth":
		return edm.TypeFacts{Abstract: true}
	}
	return edm.TypeFacts{}
}

func TestCheck(t *testing.T) {
	for name, test := range map[string]struct {
		json, declared string
		notSettable    []string
		want           edm.Findings
	}{
		"nothing":        {`{"name":"a","captain":{"name":"b"},"berths":[]}`, "ns.boat", []string{"length"}, edm.Findings{}},
		"at the top":     {`{"name":"a","length":null,"id":"1"}`, "ns.boat", []string{"length"}, edm.Findings{ReadOnly: []string{"id", "length"}}},
		"nested":         {`{"captain":{"boat":{"id":"1"},"created":1}}`, "ns.boat", []string{"boat"}, edm.Findings{ReadOnly: []string{"captain/boat/id", "captain/created"}}},
		"derived":        {`{"captain":{"@odata.type":"#ns.pilot","licence":1,"created":2,"boat":{"id":3}}}`, "ns.boat", nil, edm.Findings{ReadOnly: []string{"captain/boat/id", "captain/created", "captain/licence"}}},
		"another case":   {`{"@odata.type":"#NS.Boat","id":1,"captain":{"@odata.type":"#NS.Pilot","licence":1,"created":2}}`, "ns.boat", nil, edm.Findings{ReadOnly: []string{"captain/created", "captain/licence", "id"}}},
		"unknown type":   {`{"@odata.type":"#ns.mate","created":2}`, "ns.person", nil, edm.Findings{ReadOnly: []string{"created"}}},
		"other members":  {`{"more":{"id":1,"created":2}}`, "ns.boat", nil, edm.Findings{}},
		"abstract":       {`{}`, "ns.berth", nil, edm.Findings{Abstract: []edm.AbstractValue{{"", "ns.berth"}}}},
		"concrete":       {`{"@odata.type":"#ns.quay"}`, "ns.berth", nil, edm.Findings{}},
		"4.01":           {`{"@type":"#ns.quay"}`, "ns.berth", nil, edm.Findings{}},
		"both names":     {`{"@type":"#ns.quay","@odata.type":"#ns.berth"}`, "ns.berth", nil, edm.Findings{Abstract: []edm.AbstractValue{{"", "ns.berth"}}}},
		"named abstract": {`{"@odata.type":"#ns.berth"}`, "ns.berth", nil, edm.Findings{Abstract: []edm.AbstractValue{{"", "ns.berth"}}}},
		"in a list":      {`{"berths":[{"@odata.type":"#ns.quay"},null,{}]}`, "ns.boat", nil, edm.Findings{Abstract: []edm.AbstractValue{{"berths/2", "ns.berth"}}}},
		"does not fit":   {`{"captain":[{"created":1}],"berths":7}`, "ns.boat", nil, edm.Findings{ReadOnly: []string{"captain/0/created"}}},
		"not an object":  {`7`, "ns.boat", nil, edm.Findings{}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, edm.Types(harbour).Check(jsontext.Value(test.json), test.declared, test.notSettable)); diff != "" {
				t.Error(diff)
			}
		})
	}
	if found := edm.Types(nil).Check(jsontext.Value(`{"id":1,"length":2}`), "ns.boat", []string{"length"}); !cmp.Equal(found.ReadOnly, []string{"length"}) {
		t.Errorf("without facts: %v", found)
	}
}

func TestForCreate(t *testing.T) {
	for name, test := range map[string]struct{ json, want string }{
		"control": {`{"@odata.context":1,"@odata.etag":1,"@odata.id":1,"photo@odata.mediaReadLink":1,"m@odata.navigationLink":1,` +
			`"@odata.type":"#ns.boat","size@odata.type":1,"m@odata.bind":1,"a@b":1}`,
			`{"@odata.type":"#ns.boat","a@b":1,"m@odata.bind":1,"size@odata.type":1}`},
		"control of 4.01": {`{"@context":1,"@etag":1,"@id":1,"photo@mediaReadLink":1,"m@navigationLink":1,"m@count":1,"captain":{"@type":"#ns.pilot","licence":1,"@etag":1},` +
			`"@type":"#ns.boat","size@type":1,"m@bind":1,"@ns.etag":1,"@ns.a@odata.context":1,"count":1}`,
			`{"@ns.etag":1,"@type":"#ns.boat","captain":{"@type":"#ns.pilot"},"count":1,"m@bind":1,"size@type":1}`},
		"read-only":     {`{"id":1,"captain":{"created":1,"name":"b","@odata.etag":"x"}}`, `{"captain":{"name":"b"}}`},
		"omitted":       {`{"colour":1,"captain":{"colour":1}}`, `{"captain":{"colour":1}}`},
		"derived":       {`{"captain":{"@odata.type":"#ns.pilot","licence":1,"name":"b"}}`, `{"captain":{"@odata.type":"#ns.pilot","name":"b"}}`},
		"other members": {`{"more":[{"id":1.0,"@odata.id":"x"},[{"a":null}],2e0]}`, `{"more":[{"id":1.0},[{"a":null}],2e0]}`},
		"not an object": {`"a"`, `"a"`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := edm.Types(harbour).ForCreate(jsontext.Value(test.json), "ns.boat", []string{"colour"}); string(got) != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}
