package fake_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/templates/odata/fake"
)

// A write that is refused changes nothing.
func TestRefusedWritesChangeNothing(t *testing.T) {
	d := description()
	for i, r := range d.Resources {
		d.Resources[i].Contained = r.Contained || r.Name == "Owner" || r.Name == "SpecialItem"
	}
	s := fake.New(d, nil)
	if err := s.Seed("/items", `{"id":"1","title":"a","size":{"width":1},"parts":[{"id":"p"}],"owner":{"id":"o"}}`, `{"id":"2"}`); err != nil {
		t.Fatal(err)
	}
	show := func() string {
		return send(t, s, "GET", "/items?$expand=parts,owner,friends", "").text
	}
	before := show()
	for _, test := range []struct {
		verb, path, body, match string
		want                    int
	}{
		{"PATCH", "/items/1", `{"parts":[{"title":"x"},{"id":"new"}]}`, "", http.StatusBadRequest},
		{"PATCH", "/items/1", `{"parts":[],"title":"b","createdDateTime":"2020-01-01T00:00:00Z","owner":null}`, "", http.StatusBadRequest},
		{"PATCH", "/items/1", `{"friends@odata.bind":["items/2"],"owner@odata.bind":"items/nope"}`, "", http.StatusBadRequest},
		{"PATCH", "/items/1", `{"owner@odata.bind":null,"parts":7}`, "", http.StatusBadRequest},
		{"PATCH", "/items/1", `{"title":"b","title@odata.bind":"items/2"}`, "", http.StatusBadRequest},
		{"PUT", "/items/1", `{"title":"b","parts":[],"owner":{"id":"new"}}`, "", http.StatusBadRequest},
		{"PUT", "/items/1", `{"title":"b"}`, `W/"0"`, http.StatusPreconditionFailed},
		{"PUT", "/items/1/size", `{"width":2}`, `W/"0"`, http.StatusPreconditionFailed},
		{"PUT", "/items/2/owner", `{"title":"b"}`, "*", http.StatusPreconditionFailed},
		{"PUT", "/items/2/owner/$value", `photo`, `W/"0"`, http.StatusPreconditionFailed},
		{"POST", "/home/owner/t.special/parts", `{"id":"new"}`, "", http.StatusBadRequest},
		{"POST", "/items", `{"parts":[{"id":"new"}]}`, "", http.StatusBadRequest},
	} {
		if got := send(t, s, test.verb, test.path, test.body, "If-Match", test.match); got.status != test.want {
			t.Errorf("%s %s %s: %d %s", test.verb, test.path, test.body, got.status, got.text)
		}
		if after := show(); after != before {
			t.Errorf("after %s %s %s:\n%s\nbefore:\n%s", test.verb, test.path, test.body, after, before)
			before = after
		}
	}
	if got := send(t, s, "GET", "/home/owner", ""); got.status != http.StatusNotFound {
		t.Errorf("a refused create leaves %s", got.text)
	}
	if got := send(t, s, "POST", "/home/owner/t.special/parts", `{"title":"x"}`); got.status != http.StatusCreated {
		t.Errorf("%d %s", got.status, got.text)
	}
	if got := send(t, s, "GET", "/home/owner", ""); got.status != http.StatusOK {
		t.Errorf("a create leaves %s", got.text)
	}
}

// A replacement creates the item of its address, if nothing but that is missing, and no
// ETag is asked for.
func TestReplaceCreates(t *testing.T) {
	d := description()
	for i, r := range d.Resources {
		if r.Name == "Item" || r.Name == "Part" || r.Name == "Friend" {
			d.Resources[i].Methods = append(r.Methods, fake.Method{Kind: "Replace"})
		}
	}
	s := fake.New(d, nil)
	for _, test := range []struct {
		verb, path, body, match string
		want                    int
		in                      string
	}{
		{"PUT", "/items/1", `{"title":"a"}`, "*", http.StatusPreconditionFailed, "leads to nothing"},
		{"PUT", "/items/1", `{"title":"a"}`, `W/"1"`, http.StatusPreconditionFailed, "leads to nothing"},
		{"PATCH", "/items/1", `{"title":"a"}`, "", http.StatusNotFound, "no item with the key 1"},
		{"PUT", "/items/1", `{"id":"2"}`, "", http.StatusBadRequest, "the key id cannot be changed"},
		{"PUT", "/items/1", `{"id":"1","title":"a"}`, "", http.StatusCreated, `"title":"a"`},
		{"PUT", "/items('1')", `{"title":"b"}`, "", http.StatusOK, `"title":"b"`},
		{"PUT", "/items/1/parts/p", `{"title":"c"}`, "", http.StatusCreated, `"id":"p"`},
		{"PUT", "/items/2/parts/p", `{}`, "", http.StatusNotFound, "no item with the key 2"},
		{"PUT", "/items/s/t.special", `{"gift":"g"}`, "", http.StatusCreated, `"gift":"g"`},
		{"GET", "/items/s", "", "", http.StatusOK, `"@odata.type":"#t.special"`},
		{"PUT", "/items/1/friends/f", `{}`, "", http.StatusNotFound, "no item with the key f"},
		{"PUT", "/items/3/size", `{}`, "", http.StatusNotFound, "no item with the key 3"},
		{"PUT", "/items/3/$value", `x`, "", http.StatusNotFound, "no item with the key 3"},
		{"GET", "/items/$count", "", "", http.StatusOK, "2"},
	} {
		if got := send(t, s, test.verb, test.path, test.body, "If-Match", test.match); got.status != test.want || !strings.Contains(got.text, test.in) {
			t.Errorf("%s %s %s: %d %s", test.verb, test.path, test.body, got.status, got.text)
		}
	}
}
