package fake_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/templates/odata/fake"
)

var etags = regexp.MustCompile(`"@odata.etag":"[^,}]*",?`)

// A $select cuts complex values, too, and refuses unknown names at each level, wherever
// the request asks for the value.
func TestSelectWithinValues(t *testing.T) {
	s := newService(nil)
	if err := s.Seed("/items", `{"id":"1","title":"a","size":{"width":1,"unit":"m","limit":{"width":2,"unit":"km"}},"sizes":[{"width":1,"unit":"m"},null],`+
		`"labels":{"x":{"y":1,"z":2}},"owner":{"id":"o","size":{"width":3,"unit":"m"}}}`); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ path, selected, want string }{
		{"/items/1", "size/width", `{"size":{"width":1}}`},
		{"/items/1", "id,size/limit/unit, size/width", `{"id":"1","size":{"limit":{"unit":"km"},"width":1}}`},
		{"/items/1", "size/limit/unit,size/limit", `{"size":{"limit":{"width":2,"unit":"km"}}}`},
		{"/items/1", "size/limit,size/limit/unit", `{"size":{"limit":{"width":2,"unit":"km"}}}`},
		{"/items/1", "sizes/unit", `{"sizes":[{"unit":"m"},null]}`},
		{"/items/1", "labels/x/y", `{"labels":{"x":{"y":1}}}`},
		{"/items/1", "T.Special/title", `{"title":"a"}`},
		{"/items/1", "t.special/gift", `{}`},
		{"/items/1?$expand=owner($select=size/width)", "id", `{"id":"1","owner":{"size":{"width":3}}}`},
		{"/items/1/size", "width", `{"width":1}`},
		{"/items/1/size", "limit/unit", `{"limit":{"unit":"km"}}`},
		{"/items/1/size/limit", "unit", `{"unit":"km"}`},
		{"/items/1", "size/widht", `named \"widht\" on type \"t.size\"`},
		{"/items/1", "size,size/limit/widht", `named \"widht\" on type \"t.size\"`},
		{"/items/1", "title/width", `named \"width\" on type \"Edm.String\"`},
		{"/items/1", "t.special", `named \"t.special\" on type \"t.item\"`},
		{"/items/1/size", "widht", `named \"widht\" on type \"t.size\"`},
		{"/items", "size/widht", `named \"widht\" on type \"t.size\"`},
	} {
		separator := "?"
		if strings.Contains(test.path, "?") {
			separator = "&"
		}
		got := send(t, s, "GET", test.path+separator+"$select="+strings.ReplaceAll(test.selected, " ", "%20"), "")
		text := etags.ReplaceAllString(got.text, "")
		if got.status == http.StatusOK && text != test.want || got.status != http.StatusOK && !strings.Contains(text, test.want) {
			t.Errorf("%s $select=%s: %d %s, want %s", test.path, test.selected, got.status, text, test.want)
		}
	}
}

// The service stores annotations, except those that it writes itself. $select keeps those
// of the selected properties.
func TestAnnotations(t *testing.T) {
	const annotated = `"@odata.context":"x","@odata.etag":"x","@microsoft.graph.downloadUrl":"https://a","@microsoft.graph.conflictBehavior":"fail",` +
		`"title":"a","title@x.note":"b","count":7,"count@odata.type":"#Int64","photo@odata.mediaReadLink":"c","parts@odata.count":5`
	s := newService(nil)
	if err := s.Seed("/items", `{"id":"1",`+annotated+`}`); err != nil {
		t.Fatal(err)
	}
	id := send(t, s, "POST", "/items", `{`+annotated+`}`).body["id"].(string)
	for _, id := range []string{"1", id} {
		got := send(t, s, "GET", "/items/"+id, "").body
		delete(got, "createdDateTime")
		delete(got, "lastModifiedDateTime")
		want := map[string]any{"@odata.etag": got["@odata.etag"], "@microsoft.graph.downloadUrl": "https://a", "id": id,
			"title": "a", "title@x.note": "b", "count": 7., "count@odata.type": "#Int64", "photo@odata.mediaReadLink": "c"}
		if got["@odata.etag"] == "x" || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("there is %v\nwant %v", got, want)
		}
	}
	for _, test := range []struct{ verb, path, body, want string }{
		{"GET", "/items/1?$select=count", "", `"@microsoft.graph.downloadUrl":"https://a","@odata.etag":`},
		{"GET", "/items/1?$select=count", "", `"count":7,"count@odata.type":"#Int64"}`},
		{"GET", "/items/1?$select=@microsoft.graph.downloadUrl", "", `"@microsoft.graph.downloadUrl":"https://a"`},
		{"PATCH", "/items/1", `{"title@x.note":"d"}`, `"title@x.note":"d"`},
		{"GET", "/items?$search=https", "", `"value":[]`},
		{"POST", "/items", `{"elsewhere@odata.bind":"items/1"}`, `"@odata.etag":"W/\"8\""`},
		{"POST", "/items", `{"title@odata.bind":"items/1"}`, `title of type t.item is not a navigation property`},
		{"SEED", "/items", `{"title@odata.bind":"items/1"}`, `fake: item 1 of /items: 400 badRequest: title@odata.bind: title of type t.item is not a navigation property`},
	} {
		got := ""
		if test.verb != "SEED" {
			got = send(t, s, test.verb, test.path, test.body).text
		} else if err := s.Seed(test.path, test.body); err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, test.want) {
			t.Errorf("%s %s %s: %s, want %s", test.verb, test.path, test.body, got, test.want)
		}
	}
	if got := send(t, s, "PUT", "/items/1", `{"title":"new"}`); strings.Contains(got.text, "x.note") {
		t.Errorf("a replacement keeps annotations: %s", got.text)
	}
}

// A program that deletes the items of a page before it reads the next one gets them all.
func TestPagesAfterDeletions(t *testing.T) {
	for _, all := range []bool{false, true} { // $top is the number of all items
		d := description()
		d.TopIsPageSize = !all
		for first, want := range map[string]string{
			"/items": "01234567", "/items?$skip=1": "1234567", "/items?$filter=id%20ne%20'3'": "0124567",
			"/items?$skip=1&$top=3": map[bool]string{true: "123", false: "1234567"}[all],
		} {
			s := fake.New(d, nil, &fake.Options{PageSize: 2})
			for n := range 8 {
				if err := s.Seed("/items", fmt.Sprintf(`{"id":"%d"}`, n)); err != nil {
					t.Fatal(err)
				}
			}
			ids := ""
			for next, ok := first, true; ok; {
				page := send(t, s, "GET", next, "")
				for _, item := range page.values() {
					ids += item["id"].(string)
					if got := send(t, s, "DELETE", "/items/"+item["id"].(string), ""); got.status != http.StatusNoContent {
						t.Fatal(got.text)
					}
				}
				next, ok = page.body["@odata.nextLink"].(string)
			}
			if ids != want {
				t.Errorf("%s (all: %v) leads to %s, want %s", first, all, ids, want)
			}
		}
	}
}
