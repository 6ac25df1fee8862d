package fake_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// An item before a type cast becomes an item of its type where Seed or a request makes
// it up, and where Seed names it. Other items keep their type.
func TestCasts(t *testing.T) {
	s := newService(nil)
	for _, test := range []struct{ verb, path, want string }{
		{"SEED", "/items/new/t.special/parts", ""},
		{"POST", "/items/new/t.special/parts", "201"},
		{"GET", "/items/new", `"@odata.type":"#t.special"`},
		{"SEED", "/items/plain", ""},
		{"POST", "/items/plain/t.special/parts", "the item is of type t.item"},
		{"SEED", "/items/plain/t.special", ""},
		{"POST", "/items/plain/t.special/parts", "201"},
		{"SEED", "/home/t.special/parts", ""},
		{"POST", "/home/t.special/parts", "201"},
		{"SEED", "/items/plain/owner/t.special/parts", ""},
		{"POST", "/items/plain/owner/t.special/parts", "201"},
		{"POST", "/items/new/owner/t.special/parts", "refers to nothing"},
		{"SEED", "/items/other/t.special", "fake: /v1.0/items/other/t.special: the item is of type t.other"},
	} {
		got := ""
		switch test.verb {
		case "SEED":
			if test.path == "/items/other/t.special" {
				if err := s.Seed("/items", `{"id":"other","@odata.type":"#t.other"}`); err != nil {
					t.Fatal(err)
				}
			}
			if err := s.Seed(test.path); err != nil {
				got = err.Error()
			}
		default:
			a := send(t, s, test.verb, test.path, `{"title":"x"}`)
			got = http.StatusText(a.status) + a.text
			if a.status == http.StatusCreated {
				got = "201"
			}
		}
		if !strings.Contains(got, test.want) || test.want == "" && got != "" {
			t.Errorf("%s %s: %s, want %s", test.verb, test.path, got, test.want)
		}
	}
}

// Values of open types have properties that the metadata does not declare; null where
// an item has none. Other types have none.
func TestOpenTypes(t *testing.T) {
	s := newService(nil)
	if err := s.Seed("/items",
		`{"id":"go","@odata.type":"#t.special","extension_abc_skill":"go","labels":{"work":{"project":"Baker"}}}`,
		`{"id":"c","@odata.type":"#t.special","extension_abc_skill":"c","labels":{"work":{"project":"Cascade"}}}`,
		`{"id":"none","@odata.type":"#t.special"}`); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ path, option, value, want string }{
		{"/items/t.special", "$filter", "extension_abc_skill eq 'go'", "go"},
		{"/items/t.special", "$filter", "extension_abc_skill eq null", "none"},
		{"/items/t.special", "$orderby", "extension_abc_skill desc", "go c none"},
		{"/items/t.special", "$select", "id,extension_abc_skill", "go c none"},
		{"/items/t.special", "$expand", "extension_abc_skill", "could not find a property named"},
		{"/items", "$filter", "labels/work/project eq 'Baker'", "go"},
		{"/items", "$filter", "size/work/project eq 'Baker'", "could not find a property named"},
		{"/items", "$filter", "extension_abc_skill eq 'go'", "could not find a property named"},
		{"/items", "$select", "id,extension_abc_skill", "could not find a property named"},
	} {
		got := send(t, s, "GET", test.path+"?"+url.Values{test.option: {test.value}}.Encode(), "")
		if got.status != http.StatusOK {
			if !strings.Contains(got.text, test.want) {
				t.Errorf("%s=%s: %s", test.option, test.value, got.text)
			}
			continue
		}
		var ids []string
		for _, item := range got.values() {
			ids = append(ids, item["id"].(string))
			if test.option == "$select" && item["id"] == "go" && item["extension_abc_skill"] != "go" {
				t.Errorf("%s=%s: %v", test.option, test.value, item)
			}
		}
		if !slices.Equal(ids, strings.Fields(test.want)) {
			t.Errorf("%s=%s: %v, want %s", test.option, test.value, ids, test.want)
		}
	}
}

// An update whose reference page names status 204 is answered without the item, unless
// the client asks for it.
func TestUpdatesWithoutItem(t *testing.T) {
	s := newService(nil)
	if err := s.Seed("/items/a/t.special"); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		verb, title, prefer string
		want                int
	}{
		{"PATCH", "updated", "", http.StatusNoContent},
		{"PATCH", "wanted", "return=representation", http.StatusOK},
		{"PUT", "replaced", "", http.StatusOK},
	} {
		got := send(t, s, test.verb, "/items/a/t.special", `{"title":"`+test.title+`"}`, "Prefer", test.prefer)
		if got.status != test.want || (got.text == "") != (test.want == http.StatusNoContent) {
			t.Errorf("%s %s: %d %s", test.verb, test.prefer, got.status, got.text)
		}
		if got := send(t, s, "GET", "/items/a/t.special", ""); got.body["title"] != test.title {
			t.Errorf("after %s: %s", test.verb, got.text)
		}
	}
}
