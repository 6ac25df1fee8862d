package fake_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/templates/odata"
	"github.com/msgraphgen/msgraphgen/templates/odata/fake"
)

// Seed replaces an item that has the key of another one. Items below it and
// references to it stay. A key that the service makes up is new.
func TestSeedReplaces(t *testing.T) {
	s := newService(nil)
	seed := func(path string, items ...any) {
		t.Helper()
		if err := s.Seed(path, items...); err != nil {
			t.Fatal(err)
		}
	}
	seed("/items/a/parts", `{"id":"p","title":"part"}`, `{"id":"p","count":1}`)
	seed("/items", `{"id":"b","owner@odata.bind":"items/a"}`, `{"id":"a","title":"old","count":1,"friends":[{"id":"f"}]}`)
	link := send(t, s, "GET", "/items/delta", "").body["@odata.deltaLink"].(string)
	seed("/items", `{"id":"a","@odata.type":"#t.special","title":"new","friends":[{"id":"g","title":"x"},{"id":"g","title":"y"}]}`, `{"title":"another"}`)
	var titles []any
	for _, item := range send(t, s, "GET", "/items", "").values() {
		titles = append(titles, item["title"])
	}
	if fmt.Sprint(titles) != "[new <nil> another]" {
		t.Errorf("the items are %v", titles)
	}
	for address, want := range map[string]string{
		"/items/b/owner": `"title":"new"}`, "/items/a/parts": `"id":"p","lastModifiedDateTime":`, "/items/a": `"@odata.type":"#t.special"`,
		"/items/a/friends/$count": "1", "/items/a/parts/$count": "1", "/items/a/friends/g": `"title":"y"`, link: `"title":"new"}`,
	} {
		if got := send(t, s, "GET", address, ""); !strings.Contains(got.text, want) || strings.Contains(got.text, `"count"`) != (address == "/items/a/parts") {
			t.Errorf("%s: %s", address, got.text)
		}
	}
	if got := send(t, s, "POST", "/items", `{"parts":[{"title":"x"}],"friends":[{"title":"y"},{"title":"z"}]}`); got.status != 201 {
		t.Errorf("a deep insert: %d %s", got.status, got.text)
	}
	s = keyed("Edm.Int32")
	for n := range 40 {
		seed("/ones", fmt.Sprintf(`{"code":%d}`, n))
	}
	seed("/ones", `{}`, `{}`)
	if got := send(t, s, "POST", "/ones", `{}`); got.status != 201 {
		t.Errorf("%d %s", got.status, got.text)
	}
	codes := map[any]bool{}
	for _, item := range send(t, s, "GET", "/ones", "").values() {
		codes[item["code"]] = true
	}
	if len(codes) != 43 {
		t.Errorf("the items have %d keys", len(codes))
	}
	if got := send(t, keyed("Edm.Int32"), "POST", "/lists", `{"ones":[{"code":1},{"code":1}]}`); got.status != 409 {
		t.Errorf("a deep insert of the same key: %d %s", got.status, got.text)
	}
}

// Seed takes values, texts and pages, and says what is wrong.
func TestSeed(t *testing.T) {
	s := newService(nil)
	for _, test := range []struct {
		path  string
		items []any
		want  string // the error
	}{
		{"/items", []any{&Item{ID: odata.Of("1"), Title: odata.Of("a")}, `{"id":"2","title":"b"}`, []byte(`{"value":[{"title":"c"}]}`)}, ""},
		{"items/x/parts", []any{`{"title":"p"}`}, ""},
		{"/home", []any{`{"title":"home"}`}, ""},
		{"/nothing", nil, "fake: the package has no resource at /nothing"},
		{"/items/$count", nil, "fake: the package has no resource at /items/$count"},
		{"/items", []any{`{}`, `[`}, "fake: item 2 of /items: "},
	} {
		err := s.Seed(test.path, test.items...)
		if err == nil && test.want != "" || err != nil && (test.want == "" || !strings.HasPrefix(err.Error(), test.want)) {
			t.Errorf("%s: %v", test.path, err)
		}
	}
	if list := names(t, newClient(t, s), nil); strings.Join(list, " ") != "a b c  " {
		t.Errorf("there are %q", list)
	}
	if got := send(t, s, "GET", "/home", ""); got.body["title"] != "home" {
		t.Errorf("home is %s", got.text)
	}
	if got := send(t, s, "GET", "/items/x/parts", "").values(); len(got) != 1 {
		t.Errorf("the parts are %v", got)
	}
	for _, test := range []struct{ verb, path, body, want string }{
		{"SEED", "/items/1/size", `{"@odata.type":"#t.size","width":3,"unit":"m"}`, `{"unit":"m","width":3}`},
		{"PATCH", "/items/1/size", `{"width":4}`, `{"unit":"m","width":4}`},
		{"SEED", "/items/1/size/limit", `{"width":9}`, `{"width":9}`},
		{"PATCH", "/items/1/size/limit", `{"unit":"km"}`, `{"unit":"km","width":9}`},
		{"PUT", "/items/1/size/limit", `{"width":7}`, `{"width":7}`},
		{"GET", "/items/1/size", "", `{"limit":{"width":7},"unit":"m","width":4}`},
		{"PATCH", "/items/1/size", `7`, ""},
	} {
		if test.verb == "SEED" {
			if err := s.Seed(test.path, test.body); err != nil {
				t.Errorf("%s: %v", test.path, err)
			}
		} else if got := send(t, s, test.verb, test.path, test.body); (got.status == http.StatusOK) != (test.want != "") {
			t.Errorf("%s %s: %d %s", test.verb, test.path, got.status, got.text)
		}
		if got := send(t, s, "GET", test.path, ""); test.want != "" && got.text != test.want {
			t.Errorf("after %s %s there is %s, want %s", test.verb, test.path, got.text, test.want)
		}
	}
	for path, want := range map[string]string{"/items/nope": "the key nope\"", "/items(id='nope')": "the key id=nope\""} {
		if got := send(t, s, "GET", path, ""); got.status != http.StatusNotFound || !strings.Contains(got.text, want) {
			t.Errorf("%s is not there: %s", path, got.text)
		}
	}
	first := fake.New(fake.Description{Endpoint: "https://service.example/v1.0"}, nil, &fake.Options{Other: s, PageSize: 1})
	if list := names(t, newClient(t, first), &odata.Query[Item]{Top: 1}); strings.Join(list, " ") != "a b c  " {
		t.Errorf("the list of another service, in pages, is %q", list)
	}
	other := newService(nil, &fake.Options{Other: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.URL.Path) })})
	if got := send(t, other, "GET", "/items/a:/b:", ""); got.text != "/v1.0/items/a:/b:" {
		t.Errorf("a path that the package does not know: %s", got.text)
	}
	if got := send(t, other, "GET", "https://elsewhere.example/x", ""); got.text != "/x" {
		t.Errorf("another host: %s", got.text)
	}
}

// titled is what a generated package has for a type: it knows its name.
type titled struct {
	Item
	Value []string `json:"value,omitempty"`
}

func (*titled) ODataType() string    { return "t.listed" }
func (*titled) ODataTypes() []string { return []string{"t.listed"} }

// Seed distinguishes an item from a page by its type, and sets the type of a single item before
// its properties.
func TestSeedKnowsTypes(t *testing.T) {
	d := description()
	d.Types = append(d.Types, fake.Type{Name: "t.listed", Base: "t.item", Properties: []fake.Property{
		{Name: "value", Type: "Collection(Edm.String)"}, {Name: "seen", Type: "Edm.DateTimeOffset"},
		{Name: "lists", Type: "Collection(t.item)", Kind: fake.Navigation},
	}})
	for i, r := range d.Resources {
		if r.Name == "Home" {
			d.Resources[i].Steps = append(r.Steps, fake.Step{Segment: "t.listed", To: "Listed", Cast: true})
		}
	}
	d.Resources = append(d.Resources, fake.Resource{Name: "Listed", Type: "t.listed", Steps: []fake.Step{{Segment: "lists", To: "Parts"}}})
	for _, test := range []struct {
		path string
		item any
		at   string
		want string // in the answer, or of the error
	}{
		{"/items", &titled{Item: Item{ID: odata.Of("1")}, Value: []string{"a"}}, "/items/1", `"value":["a"]`},
		{"/items", `{"@odata.type":"#T.Listed","id":"1","value":["a"]}`, "/items/1", `"value":["a"]`},
		{"/items", `{"@odata.type":"#T.Listed","id":"1","value":["a"]}`, "/items/1", `"@odata.type":"#t.listed"`},
		{"/items", `{"@type":"https://service.example/v1.0/$metadata#t.listed","id":"1"}`, "/items/1", `"@odata.type":"#t.listed"`},
		{"/items", `{"value":[{"id":"1"}]}`, "/items/1", `"id":"1"`},
		{"/items", `{"value":[{"id":"1"},null]}`, "", "fake: item 1 of /items: item 2 of the page is null: leave it out"},
		{"/items", (*titled)(nil), "", "fake: item 1 of /items: it is null: leave it out"},
		{"/items", "null", "", "fake: item 1 of /items: it is null: leave it out"},
		{"/items/1/owner", `{"@odata.type":"#t.listed","id":"o","lists":[{"id":"l"}]}`, "/items/1/owner", `"@odata.type":"#t.listed"`},
		{"/home", `{"@odata.type":"#t.listed","lists":[{"id":"l"}]}`, "/home/t.listed/lists/$count", "1"},
		{"/home", `{"@odata.type":"#t.size","width":1}`, "", "fake: item 1 of /home: 400 badRequest: a t.size is not a t.item"},
		{"/items/1/size", `{"@type":"#T.Size","width":1}`, "/items/1/size", `{"width":1}`},
	} {
		s, got := fake.New(d, nil), ""
		if err := s.Seed(test.path, test.item); err != nil {
			got = err.Error()
		} else {
			got = send(t, s, "GET", test.at, "").text
		}
		if !strings.Contains(got, test.want) || test.at == "" && got != test.want {
			t.Errorf("%s %v: %s, want %s", test.path, test.item, got, test.want)
		}
	}
}
