package fake_test

import (
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/msgraphgen/msgraphgen/templates/odata"
	"github.com/msgraphgen/msgraphgen/templates/odata/fake"
)

// ODataType implements odata.Structured.
func (*Item) ODataType() string { return "t.item" }

// ODataTypes implements odata.Structured.
func (*Item) ODataTypes() []string { return []string{"t.item", "t.special"} }

var m = odata.Method{Name: "Test"}

func names(t *testing.T, c *odata.Client, query *odata.Query[Item]) []string {
	t.Helper()
	var list []string
	for item, err := range odata.Iterate[*Item](t.Context(), c.Resource("items"), m, query) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, item.Title.Or(""))
	}
	return list
}

// Whether a request fails before or after it was processed, the client never
// creates twice, and creates once if it can know that it has to.
func TestFailuresCreateOnce(t *testing.T) {
	for _, test := range []struct {
		failure fake.Failure
		ok      bool // the client reports success
		n       int  // items afterwards
		sent    int  // requests
	}{
		{fake.Throttle, true, 1, 2},
		{fake.Unavailable, true, 1, 2},
		{fake.Broken, false, 0, 1},
		{fake.NoAnswer, false, 0, 1},
		{fake.BreakBefore, false, 0, 1},
		{fake.BreakAfter, false, 1, 1},
	} {
		for _, inProcess := range []bool{true, false} {
			s := newService(nil)
			s.Fail(1, test.failure)
			c := newClient(t, s)
			if !inProcess {
				server := httptest.NewServer(s)
				defer server.Close()
				options := s.ClientOptions()
				options.Transport, options.Endpoint = nil, server.URL+"/v1.0"
				var err error
				if c, err = odata.NewClient(nil, odata.Config{Package: "test"}, options); err != nil {
					t.Fatal(err)
				}
			}
			_, err := odata.Create(t.Context(), c.Resource("items"), m, &Item{Title: odata.Of("a")}, nil)
			if sent := len(s.Requests()); (err == nil) != test.ok || sent != test.sent {
				t.Errorf("%d: %v after %d requests", test.failure, err, sent)
			}
			if list := names(t, newClient(t, s), nil); len(list) != test.n {
				t.Errorf("%d: there are %v", test.failure, list)
			}
		}
	}
}

// A read is sent again after any failure.
func TestFailuresOfReads(t *testing.T) {
	for _, failure := range []fake.Failure{fake.Throttle, fake.Unavailable, fake.Broken, fake.NoAnswer, fake.BreakBefore, fake.BreakAfter} {
		s := newService(nil)
		if err := s.Seed("/items", `{"title":"a"}`); err != nil {
			t.Fatal(err)
		}
		s.Fail(1, failure)
		if list := names(t, newClient(t, s), nil); !slices.Equal(list, []string{"a"}) || len(s.Requests()) != 2 {
			t.Errorf("%d: %v after %d requests", failure, list, len(s.Requests()))
		}
	}
}

// Fifty goroutines use a service at the same time.
func TestConcurrent(t *testing.T) {
	s := newService(nil, &fake.Options{PageSize: 7})
	c := newClient(t, s)
	items := c.Resource("items")
	var all sync.WaitGroup
	for n := range 50 {
		all.Go(func() {
			item, err := odata.Create(t.Context(), items, m, &Item{Title: odata.Of(fmt.Sprint(n))}, nil)
			if err != nil {
				t.Error(err)
				return
			}
			one := odata.Key(items, item.ID.Or(""))
			if _, err := odata.Update(t.Context(), one, m, &Item{Count: odata.Of(int32(n))}, nil); err != nil {
				t.Error(err)
			}
			for _, err := range odata.Iterate[*Item](t.Context(), items, m, &odata.Query[Item]{Filter: odata.Gt(itemCount, 10)}) {
				if err != nil {
					t.Error(err)
				}
			}
			if n%2 == 0 {
				if err := odata.Delete(t.Context(), one, m, nil); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if n, err := odata.Count(t.Context(), items, m, &odata.Query[Item]{}); n != 25 || err != nil {
		t.Errorf("%d items, %v", n, err)
	}
	if got := len(s.Requests()); got < 50*3 {
		t.Errorf("%d requests", got)
	}
}

// The service sets ids, times and ETags by the clock and the source of the options.
func TestStamps(t *testing.T) {
	clock := time.Date(2024, 7, 15, 8, 0, 0, 0, time.UTC)
	n := 0
	s := newService(nil, &fake.Options{
		Now:   func() time.Time { clock = clock.Add(time.Hour); return clock },
		NewID: func() string { n++; return fmt.Sprint("id", n) },
	})
	got := send(t, s, "POST", "/items", `{"title":"a","parts":[{"title":"b","@odata.type":"#t.special"}],"owner@odata.bind":"https://service.example/v1.0/home"}`)
	if got.status != 201 || got.body["createdDateTime"] != got.body["lastModifiedDateTime"] || got.body["parts"] != nil || !strings.HasSuffix(got.header.Get("Location"), "/v1.0/items/id3") {
		t.Fatalf("%d %s %v", got.status, got.text, got.header)
	}
	changed := send(t, s, "PATCH", "/items/id3", `{"count":1}`)
	if changed.body["createdDateTime"] != got.body["createdDateTime"] || changed.body["lastModifiedDateTime"] == got.body["createdDateTime"] {
		t.Errorf("after the update: %s", changed.text)
	}
	parts := send(t, s, "GET", "/items/id3/parts", "").values()
	if len(parts) != 1 || parts[0]["title"] != "b" || parts[0]["id"] == nil || parts[0]["@odata.type"] != "#t.special" {
		t.Errorf("the parts are %v", parts)
	}
	if owner := send(t, s, "GET", "/items/id3/owner", ""); owner.body["id"] != "id1" {
		t.Errorf("the owner is %s", owner.text)
	}
	for body, want := range map[string]int{`{"id":"x"}`: 400, `[]`: 400, `{"title":`: 400, `{"@odata.type":"#t.size"}`: 400, `{"owner@odata.bind":"/items/nobody"}`: 404} {
		if got := send(t, s, "POST", "/items", body); got.status != want || got.code() == "" {
			t.Errorf("%s: %d %s", body, got.status, got.text)
		}
	}
}

// A bind of null clears a single navigation property. An address that is empty or null
// is a mistake, which changes nothing.
func TestBind(t *testing.T) {
	s := newService(nil)
	if err := s.Seed("/items", `{"id":"a"}`, `{"id":"b"}`); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		body   string
		status int
		owner  int // the status of the owner
	}{
		{`{"owner@odata.bind":"items/b"}`, 200, 200},
		{`{"owner@odata.bind":""}`, 400, 200},
		{`{"friends@odata.bind":["/v1.0/items/b",""]}`, 400, 200},
		{`{"friends@odata.bind":["/v1.0/items/b",null]}`, 400, 200},
		{`{"friends@odata.bind":null}`, 400, 200},
		{`{"owner@odata.bind":null}`, 200, 404},
		{`{"owner@odata.bind":null}`, 200, 404},
	} {
		if got := send(t, s, "PATCH", "/items/a", test.body); got.status != test.status {
			t.Errorf("%s: %d %s", test.body, got.status, got.text)
		}
		if got := send(t, s, "GET", "/items/a/owner", ""); got.status != test.owner || test.owner == 200 && got.body["id"] != "b" {
			t.Errorf("%s: the owner is %d %s", test.body, got.status, got.text)
		}
		if got := send(t, s, "GET", "/items/a/friends", ""); len(got.values()) != 0 {
			t.Errorf("%s: the friends are %s", test.body, got.text)
		}
	}
	if got := send(t, s, "DELETE", "/items/a/friends/$ref?$id=", ""); got.status != 400 {
		t.Errorf("a reference to nothing: %d %s", got.status, got.text)
	}
}

// An update merges complex values, and takes null for null.
func TestUpdates(t *testing.T) {
	s := newService(nil)
	if err := s.Seed("/items/a", `{"title":"a","size":{"width":1,"unit":"m"},"tags":["x","y"]}`); err != nil {
		t.Fatal(err)
	}
	got := send(t, s, "PATCH", "/items/a", `{"title":null,"size":{"width":2},"tags":["z"]}`)
	if want := `"size":{"unit":"m","width":2},"tags":["z"],"title":null}`; !strings.HasSuffix(got.text, want) {
		t.Errorf("the item is %s", got.text)
	}
	got = send(t, s, "PUT", "/items/a", `{"title":"b"}`)
	if got.body["title"] != "b" || got.body["size"] != nil || got.body["id"] != "a" || got.body["createdDateTime"] == nil {
		t.Errorf("the item is %s", got.text)
	}
	if got := send(t, s, "PATCH", "/items/a", `{"id":"b"}`); got.status != 400 {
		t.Errorf("the key is changed: %s", got.text)
	}
}

// Queries select, expand, sort, search and cast.
func TestQueries(t *testing.T) {
	s := newService(nil)
	if err := s.Seed("/items", `{"value":[
		{"id":"1","title":"Plan of the harbour","count":2,"parts":[{"id":"p","title":"x","count":1},{"id":"q","title":"y","count":2}]},
		{"id":"2","title":"harbour","count":null,"@odata.type":"#t.special","gift":"rope"},
		{"id":"3","title":"Plan","count":1}]}`); err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]string{
		"/items?$orderby=count":                                     "2 3 1",
		"/items?$orderby=count desc":                                "1 3 2",
		"/items?$orderby=tolower(title) desc,count":                 "1 3 2",
		"/items?$search=\"plan\"":                                   "1 3",
		"/items?$search=\"plan\" AND \"harbour\"":                   "1",
		"/items?$search=\"title:plan\" OR \"gift:rope\"":            "1 2 3",
		"/items/t.special":                                          "2",
		"/items?$filter=t.special/gift eq 'rope'":                   "2",
		"/items?$filter=isof('t.special')":                          "2",
		"/items?$filter=parts/any(x:x/count gt 1)":                  "1",
		"/items?$filter=parts/$count eq 2 and $it/count eq 2":       "1",
		"/items?$filter=parts/any(x:x/parts/all(x2:x2/count eq 1))": "1",
		"/items?$filter=not (count eq null)":                        "1 3",
		"/items?$top=2&$skip=1":                                     "2 3",
		"/items(id='3')/parts":                                      "",
	} {
		got := send(t, s, "GET", strings.NewReplacer(" ", "%20", `"`, "%22").Replace(address), "")
		var ids []string
		for _, item := range got.values() {
			ids = append(ids, item["id"].(string))
		}
		if got.status != 200 || strings.Join(ids, " ") != want {
			t.Errorf("%s: %d %v, want %s: %.300s", address, got.status, ids, want, got.text)
		}
	}
	got := send(t, s, "GET", "/items/1?$select=title&$expand=parts($filter=count%20gt%201;$select=title;$count=true),owner", "")
	delete(got.body, "@odata.etag")
	if text := fmt.Sprint(got.body); !strings.HasPrefix(text, "map[owner:<nil> parts:[map[@odata.etag:") || !strings.HasSuffix(text, " title:y]] parts@odata.count:1 title:Plan of the harbour]") {
		t.Errorf("it expands %s", text)
	}
	for address, want := range map[string]int{
		"/items?$select=titel": 400, "/items?$orderby=titel": 400, "/items?$expand=part": 400, "/items?$top=x": 400, "/items?$apply=x": 501,
		"/nothing": 501, "/items/9": 404, "/items/9/parts": 404, "/items?$search=a%20NOT%20b": 501,
	} {
		if got := send(t, s, "GET", address, ""); got.status != want || got.code() == "" {
			t.Errorf("%s: %d %s", address, got.status, got.text)
		}
	}
	if got := send(t, s, "PATCH", "/items", "{}"); got.status != 405 {
		t.Errorf("PATCH of a list: %d", got.status)
	}
}

// References are set, listed and removed; what is deleted is not referred to.
func TestRefs(t *testing.T) {
	s := newService(nil)
	for _, id := range []string{"a", "b", "c"} {
		if err := s.Seed("/items/" + id); err != nil {
			t.Fatal(err)
		}
	}
	c := newClient(t, s)
	a, ctx := odata.Key(c.Resource("items"), "a"), t.Context()
	owner, friends := odata.RefOf(odata.Segment(a, "owner"), odata.RefMethods{}), odata.RefsOf(odata.Segment(a, "friends"), odata.RefMethods{})
	at := func(id string) odata.Resource { return odata.Key(c.Resource("items"), id) }
	for _, err := range []error{owner.Set(ctx, at("b")), owner.Set(ctx, at("c")), friends.Add(ctx, at("b")), friends.Add(ctx, at("c")), friends.Remove(ctx, at("b"))} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := owner.Set(ctx, odata.Key(c.Resource("directoryObjects"), "c")); err != nil {
		t.Errorf("an entity set that the package does not have: %v", err)
	}
	if ref, err := owner.Get(ctx); err != nil || ref.URL() != "https://service.example/v1.0/items/c" {
		t.Errorf("the owner is %v, %v", ref, err)
	}
	page, err := friends.List().NextPage(ctx)
	if err != nil || len(page.Value) != 1 || page.Value[0].URL() != "https://service.example/v1.0/items/c" {
		t.Errorf("the friends are %v, %v", page.Value, err)
	}
	if err := odata.Delete(ctx, at("c"), m, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := owner.Get(ctx); !errors.Is(err, odata.ErrNotFound) {
		t.Errorf("the owner is deleted: %v", err)
	}
	if err := friends.Add(ctx, at("c")); !errors.Is(err, odata.ErrNotFound) {
		t.Errorf("a friend that is deleted: %v", err)
	}
}

// Streams are stored with their media type.
func TestStreams(t *testing.T) {
	s := newService(nil)
	if err := s.Seed("/items/a"); err != nil {
		t.Fatal(err)
	}
	r := odata.Segment(odata.Key(newClient(t, s).Resource("items"), "a"), "$value")
	if _, err := odata.Download(t.Context(), r, m, nil); !errors.Is(err, odata.ErrNotFound) {
		t.Errorf("no content: %v", err)
	}
	if item, err := odata.UploadItem[*Item](t.Context(), r, m, strings.NewReader("hello"), "text/plain", nil); err != nil || item.ID.Or("") != "a" {
		t.Fatal(item, err)
	}
	stream, err := odata.Download(t.Context(), r, m, nil)
	if err != nil {
		t.Fatal(err)
	}
	if data, err := io.ReadAll(stream); string(data) != "hello" || stream.ContentType != "text/plain" || err != nil {
		t.Errorf("it is %q, %s, %v", data, stream.ContentType, err)
	}
}

func second[T any](_ T, err error) error { return err }

// An override answers in place of the service, or leaves the answer to it.
func TestOverrides(t *testing.T) {
	o := &overrides{}
	s := newService(o)
	if got := send(t, s, "POST", "/home/send", `{"unit":"m"}`); got.status != 501 || !strings.Contains(got.text, "set the field ItemSend of the fake service to answer POST") {
		t.Errorf("without an override: %d %s", got.status, got.text)
	}
	unit := ""
	o.ItemSend = func(_ *fake.Call, body *Size) error { unit = body.Unit.Or(""); return nil }
	o.ItemAge = func(_ *fake.Call, on odata.Date) (int32, error) { return int32(on.Year) - 2000, nil }
	o.ItemSum = func(_ *fake.Call, octets []uint8, factor float64) ([]uint8, error) {
		if math.IsInf(factor, 1) {
			return octets, nil
		}
		return []uint8{}, nil
	}
	o.ItemGet = func(call *fake.Call) (*Item, error) {
		switch call.Keys[0] {
		case "mine":
			return &Item{Title: odata.Of("mine")}, nil
		case "busy":
			return nil, &fake.Error{Status: http.StatusLocked, Code: "locked", Message: "Wait."}
		}
		return nil, fake.ErrDefault
	}
	if err := s.Seed("/items/a", `{"title":"stored"}`); err != nil {
		t.Fatal(err)
	}
	if got := send(t, s, "POST", "/home/send", `{"unit":"m"}`); got.status != 204 || unit != "m" {
		t.Errorf("the action: %d %s, %s", got.status, got.text, unit)
	}
	if got := send(t, s, "GET", "/home/age(on=2024-07-15)", ""); got.text != `{"value":24}` {
		t.Errorf("the function: %s", got.text)
	}
	if got := send(t, s, "GET", "/home/sum(octets=@o,factor=INF)?@o=[8,9]", ""); got.text != `{"value":[8,9]}` {
		t.Errorf("the function of a collection of Edm.Byte: %s", got.text)
	}
	if got := send(t, s, "GET", "/home/sum(octets=@o,factor=1.5)?@o=[8,300]", ""); got.status != 400 {
		t.Errorf("an item that is not an Edm.Byte: %s", got.text)
	}
	if got := send(t, s, "GET", "/home/age(on=x)", ""); got.status != 400 {
		t.Errorf("a wrong argument: %s", got.text)
	}
	for id, want := range map[string]string{"mine": `{"title":"mine"}`, "busy": `"code":"locked"`, "a": `"title":"stored"`, "nobody": `"code":"itemNotFound"`} {
		if got := send(t, s, "GET", "/items/"+id, ""); !strings.Contains(got.text, want) {
			t.Errorf("%s: %s", id, got.text)
		}
	}
}
