package fake_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/msgraphgen/msgraphgen/templates/odata/fake"
)

// naive is what the service should hold, as simple as possible.
type naive struct {
	rows    []*row              // in the order of their creation
	friends map[string][]string // ids, by id
	mirror  map[string]any      // what a client knows from deltas
	token   string              // of the next delta
}

type row struct {
	id           string
	title, count any // nil if it is absent or null
	etag         string
}

func (n *naive) find(id string) *row {
	for _, r := range n.rows {
		if r.id == id {
			return r
		}
	}
	return nil
}

// ids are those of some items and of one that is not there.
func (n *naive) ids() *rapid.Generator[string] {
	ids := []string{"nobody"}
	for _, r := range n.rows {
		ids = append(ids, r.id)
	}
	return rapid.SampledFrom(ids)
}

// patch is what a request sets: JSON, and how it changes a row.
type patch struct {
	body    string
	changes func(*row)
}

var patches = rapid.Custom(func(t *rapid.T) patch {
	var members []string
	var changes []func(*row)
	if rapid.Bool().Draw(t, "sets title") {
		title := rapid.SampledFrom([]any{"a", "b", "c", nil}).Draw(t, "title")
		changes = append(changes, func(r *row) { r.title = title })
		members = append(members, `"title":`+literal(title))
	}
	if rapid.Bool().Draw(t, "sets count") {
		count := rapid.SampledFrom([]any{1.0, 2.0, 3.0, nil}).Draw(t, "count")
		changes = append(changes, func(r *row) { r.count = count })
		members = append(members, `"count":`+literal(count))
	}
	return patch{"{" + strings.Join(members, ",") + "}", func(r *row) {
		for _, change := range changes {
			change(r)
		}
	}}
})

func literal(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return strconv.Quote(v)
	}
	return fmt.Sprint(v)
}

// same compares an item with the row that it should be.
func (r *row) same(t *rapid.T, item map[string]any) {
	t.Helper()
	got := []any{item["id"], item["title"], item["count"], item["@odata.etag"]}
	if diff := cmp.Diff([]any{r.id, r.title, r.count, r.etag}, got); diff != "" {
		t.Fatalf("the item is wrong (-want, +got):\n%s", diff)
	}
}

func expect(t *rapid.T, got reply, status int) {
	t.Helper()
	if got.status != status {
		t.Fatalf("status %d, want %d: %s", got.status, status, got.text)
	}
	if status >= 400 && got.code() == "" {
		t.Fatalf("the error has no code: %s", got.text)
	}
}

// The service and a naive one give the same answers to any requests, one after the
// other. For more of them: go test -run TestSequences -rapid.checks=10000
func TestSequences(t *testing.T) {
	requests := 0
	rapid.Check(t, func(rt *rapid.T) {
		s := newService(nil, &fake.Options{PageSize: rapid.IntRange(1, 4).Draw(rt, "page size")})
		n := &naive{friends: map[string][]string{}, mirror: map[string]any{}}
		do := func(method, address, body string, header ...string) reply {
			requests++
			return send(t, s, method, address, body, header...)
		}
		rt.Repeat(map[string]func(*rapid.T){
			"create": func(t *rapid.T) {
				p := patches.Draw(t, "body")
				got := do("POST", "/items", p.body)
				expect(t, got, http.StatusCreated)
				r := &row{id: got.body["id"].(string), etag: got.body["@odata.etag"].(string)}
				if n.find(r.id) != nil || !strings.HasSuffix(got.header.Get("Location"), "/items/"+r.id) {
					t.Fatalf("the new item is %s at %s", r.id, got.header.Get("Location"))
				}
				p.changes(r)
				r.same(t, got.body)
				n.rows = append(n.rows, r)
			},
			"get": func(t *rapid.T) {
				id := n.ids().Draw(t, "id")
				got, r := do("GET", "/items/"+id, ""), n.find(id)
				if r == nil {
					expect(t, got, http.StatusNotFound)
					return
				}
				expect(t, got, http.StatusOK)
				r.same(t, got.body)
				expect(t, do("GET", "/items/"+id, "", "If-None-Match", r.etag), http.StatusNotModified)
			},
			"update":  func(t *rapid.T) { n.write(t, do, "PATCH") },
			"replace": func(t *rapid.T) { n.write(t, do, "PUT") },
			"delete": func(t *rapid.T) {
				id := n.ids().Draw(t, "id")
				got := do("DELETE", "/items/"+id, "")
				if n.find(id) == nil {
					expect(t, got, http.StatusNotFound)
					return
				}
				expect(t, got, http.StatusNoContent)
				n.rows = slices.DeleteFunc(n.rows, func(r *row) bool { return r.id == id })
				delete(n.friends, id)
				for other, list := range n.friends {
					n.friends[other] = slices.DeleteFunc(list, func(friend string) bool { return friend == id })
				}
			},
			"list": func(t *rapid.T) { n.list(t, do) },
			"add a friend": func(t *rapid.T) {
				id, friend := n.ids().Draw(t, "id"), n.ids().Draw(t, "friend")
				got := do("POST", "/items/"+id+"/friends/$ref", `{"@odata.id":"https://service.example/v1.0/items/`+friend+`"}`)
				switch {
				case n.find(id) == nil, n.find(friend) == nil:
					expect(t, got, http.StatusNotFound)
				case slices.Contains(n.friends[id], friend):
					expect(t, got, http.StatusBadRequest)
				default:
					expect(t, got, http.StatusNoContent)
					n.friends[id] = append(n.friends[id], friend)
				}
			},
			"remove a friend": func(t *rapid.T) {
				id, friend := n.ids().Draw(t, "id"), n.ids().Draw(t, "friend")
				got := do("DELETE", "/items/"+id+"/friends/"+friend+"/$ref", "")
				if n.find(id) == nil || !slices.Contains(n.friends[id], friend) {
					expect(t, got, http.StatusNotFound)
					return
				}
				expect(t, got, http.StatusNoContent)
				n.friends[id] = slices.DeleteFunc(n.friends[id], func(other string) bool { return other == friend })
			},
			"friends": func(t *rapid.T) {
				id := n.ids().Draw(t, "id")
				got := do("GET", "/items/"+id+"?$expand=friends($select=id)&$select=id", "")
				if n.find(id) == nil {
					expect(t, got, http.StatusNotFound)
					return
				}
				ids := []string{}
				for _, friend := range got.body["friends"].([]any) {
					ids = append(ids, friend.(map[string]any)["id"].(string))
				}
				if want := n.friends[id]; !slices.Equal(ids, want) {
					t.Fatalf("the friends of %s are %v, want %v", id, ids, want)
				}
			},
			"delta": func(t *rapid.T) { n.delta(t, do) },
		})
	})
	t.Logf("%d requests", requests)
}

type sender func(method, address, body string, header ...string) reply

// write updates or replaces an item, perhaps with an ETag, which can be an old one.
func (n *naive) write(t *rapid.T, do sender, method string) {
	id, p := n.ids().Draw(t, "id"), patches.Draw(t, "body")
	r := n.find(id)
	if r == nil {
		expect(t, do(method, "/items/"+id, p.body), http.StatusNotFound)
		return
	}
	switch rapid.IntRange(0, 3).Draw(t, "If-Match") {
	case 0:
		expect(t, do(method, "/items/"+id, p.body, "If-Match", `W/"0"`), http.StatusPreconditionFailed)
		return
	case 1:
		expect(t, do(method, "/items/"+id, p.body, "If-Match", r.etag, "Prefer", "return=minimal"), http.StatusNoContent)
		got := do("GET", "/items/"+id, "")
		r.change(t, p, got, method)
	default:
		got := do(method, "/items/"+id, p.body)
		expect(t, got, http.StatusOK)
		r.change(t, p, got, method)
	}
}

func (r *row) change(t *rapid.T, p patch, got reply, method string) {
	if method == "PUT" {
		r.title, r.count = nil, nil
	}
	p.changes(r)
	etag := got.body["@odata.etag"].(string)
	if etag == r.etag {
		t.Fatal("the ETag has not changed")
	}
	r.etag = etag
	r.same(t, got.body)
}

// list reads all pages of a list, or some, with a filter and in an order.
func (n *naive) list(t *rapid.T, do sender) {
	query := url.Values{}
	rows := slices.Clone(n.rows)
	if rapid.Bool().Draw(t, "filter") {
		query.Set("$filter", "title eq 'a' or count gt 1")
		rows = slices.DeleteFunc(rows, func(r *row) bool {
			count, _ := r.count.(float64)
			return r.title != "a" && count <= 1
		})
	}
	if rapid.Bool().Draw(t, "order") {
		query.Set("$orderby", "count desc,title")
		slices.SortStableFunc(rows, func(a, b *row) int {
			x, _ := a.count.(float64)
			y, _ := b.count.(float64)
			if x != y {
				return int(y - x)
			}
			first, _ := a.title.(string)
			second, _ := b.title.(string)
			return strings.Compare(first, second)
		})
	}
	got := do("GET", "/items/$count?"+query.Encode(), "")
	if got.text != strconv.Itoa(len(rows)) {
		t.Fatalf("$count is %s, want %d", got.text, len(rows))
	}
	if rapid.Bool().Draw(t, "skip") {
		query.Set("$skip", "1")
		rows = rows[min(1, len(rows)):]
	}
	if rapid.Bool().Draw(t, "top") {
		query.Set("$top", "2")
	}
	address := "/items?" + query.Encode()
	for first := true; address != ""; first = false {
		got := do("GET", address, "")
		expect(t, got, http.StatusOK)
		for _, item := range got.values() {
			if len(rows) == 0 {
				t.Fatalf("there is one item more: %v", item)
			}
			rows[0].same(t, item)
			rows = rows[1:]
		}
		if query.Has("$top") && first && len(got.values()) != min(2, len(rows)+len(got.values())) {
			t.Fatalf("the first page has %d items", len(got.values()))
		}
		address, _ = got.body["@odata.nextLink"].(string)
	}
	if len(rows) != 0 {
		t.Fatalf("%d items are missing", len(rows))
	}
}

// delta reads the changes since the last time. A client that follows them knows all
// that is there.
func (n *naive) delta(t *rapid.T, do sender) {
	address := n.token
	if address == "" {
		address = "/items/delta?$select=title"
	}
	for address != "" {
		got := do("GET", address, "")
		expect(t, got, http.StatusOK)
		for _, item := range got.values() {
			id := item["id"].(string)
			if item["@removed"] != nil {
				if _, ok := n.mirror[id]; !ok {
					t.Fatalf("%s is removed, and was not there", id)
				}
				delete(n.mirror, id)
				continue
			}
			n.mirror[id] = item["title"]
		}
		address, _ = got.body["@odata.nextLink"].(string)
		n.token, _ = got.body["@odata.deltaLink"].(string)
	}
	want := map[string]any{}
	for _, r := range n.rows {
		want[r.id] = r.title
	}
	if !maps.Equal(n.mirror, want) {
		t.Fatalf("after the delta, the client has %v, want %v", n.mirror, want)
	}
}
