package fake_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/templates/odata"
	"github.com/msgraphgen/msgraphgen/templates/odata/fake"
)

// A batch has the answers of single requests, and stops behind those that fail.
func TestBatch(t *testing.T) {
	s := newService(nil)
	c := newClient(t, s)
	items := c.Resource("items")
	batch := odata.NewBatch(c)
	create := func(title string, after ...odata.Call) *odata.Result[*Item] {
		return odata.Add(batch, func(ctx context.Context) (*Item, error) {
			return odata.Create(ctx, items, m, &Item{Title: odata.Of(title)}, nil)
		}, after...)
	}
	a := create("a")
	missing := odata.Add(batch, func(ctx context.Context) (*Item, error) {
		return odata.Get[*Item](ctx, odata.Key(items, "nobody"), m, nil)
	})
	b := create("b", missing)
	n := odata.Add(batch, func(ctx context.Context) (int64, error) {
		return odata.Count(ctx, items, m, &odata.Query[Item]{})
	})
	s.Fail(2, fake.Throttle) // the first part
	if err := batch.Do(t.Context()); err != nil {
		t.Fatal(err)
	}
	if item, err := a.Result(); err != nil || item.Title.Or("") != "a" {
		t.Errorf("a: %v, %v", item, err)
	}
	if _, err := missing.Result(); !errors.Is(err, odata.ErrNotFound) {
		t.Errorf("nobody: %v", err)
	}
	if e, ok := odata.AsError(second(b.Result())); !ok || e.StatusCode != http.StatusFailedDependency {
		t.Errorf("b: %v", e)
	}
	if count, err := n.Result(); err != nil {
		t.Errorf("%d items, %v", count, err)
	}
	if list := names(t, c, nil); !slices.Equal(list, []string{"a"}) {
		t.Errorf("there are %v", list)
	}
	requests := s.Requests()
	if !requests[1].Batch || requests[1].Path != "/items" || requests[0].Path != "/$batch" {
		t.Errorf("the requests are %v", requests)
	}
	var parts []string
	for n := range 21 {
		parts = append(parts, fmt.Sprintf(`{"id":"%d","method":"GET","url":"/items"}`, n))
	}
	if got := send(t, s, "POST", "/$batch", `{"requests":[`+strings.Join(parts, ",")+`]}`); got.status != 400 {
		t.Errorf("21 requests: %d", got.status)
	}
}

// A body in a batch that is not JSON is base64 or base64url, unless it is a text.
func TestBodiesInBatches(t *testing.T) {
	for _, test := range []struct{ mediaType, sent, want string }{
		{"image/jpeg", "_9j_", "\xff\xd8\xff"},
		{"image/jpeg", "AQ", "\x01"},
		{"image/jpeg", "AQ==", "\x01"},
		{"text/plain", "Plan", "Plan"},
		{"text/plain", "aGVsbG8=", "hello"},
	} {
		s := newService(nil)
		if err := s.Seed("/items", `{"id":"a"}`); err != nil {
			t.Fatal(err)
		}
		part := fmt.Sprintf(`{"id":"1","method":"PUT","url":"/items/a/$value","headers":{"Content-Type":%q},"body":%q}`, test.mediaType, test.sent)
		send(t, s, "POST", "/$batch", `{"requests":[`+part+`]}`)
		if got := send(t, s, "GET", "/items/a/$value", ""); got.status != 200 || got.text != test.want {
			t.Errorf("%s %q: %d %q, want %q", test.mediaType, test.sent, got.status, got.text, test.want)
		}
	}
}
