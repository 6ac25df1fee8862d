package odata_test

import (
	"context"
	"encoding/json/v2"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

var list = odata.Method{Name: "Letters.List", EvolvableEnums: true}

// mailbox answers with a number of letters in pages, whose links say where they
// begin. Each page can do something of its own.
func mailbox(t *testing.T, total, size int, special map[int]func(http.ResponseWriter, *http.Request) bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		from, _ := strconv.Atoi(r.FormValue("$skiptoken"))
		if r.Header.Get("Authorization") != "Bearer secret" || r.Header.Get("Prefer") != "include-unknown-enum-members" {
			t.Errorf("%s: %v", r.URL, r.Header)
		}
		if f := special[from]; f != nil && f(w, r) {
			return
		}
		page(w, from, min(from+size, total), total, "http://"+r.Host)
	}
}

// page writes the letters from one number to another, and a link if more follow.
func page(w http.ResponseWriter, from, to, total int, base string) {
	var letters []string
	for i := from; i < to; i++ {
		letters = append(letters, fmt.Sprintf(`{"id":"%d"}`, i))
	}
	next := ""
	if to < total {
		next = fmt.Sprintf(`,"@odata.nextLink":"%s/beta/letters?$skiptoken=%d"`, base, to)
	}
	fmt.Fprintf(w, `{"@odata.count":%d,"value":[%s]%s}`, total, strings.Join(letters, ","), next)
}

// A thousand letters arrive once each and in order, though one page is throttled,
// one is empty, one has another size, and one has a relative link.
func TestIterate(t *testing.T) {
	var throttled, requests atomic.Int32
	client := serve(t, mailbox(t, 1000, 7, map[int]func(http.ResponseWriter, *http.Request) bool{
		0: func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.RawQuery != "$top=7" {
				t.Error(r.URL)
			}
			return false
		},
		70: func(w http.ResponseWriter, r *http.Request) bool {
			if throttled.Add(1) > 1 {
				return false
			}
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(429)
			return true
		},
		140: func(w http.ResponseWriter, r *http.Request) bool {
			if strings.Contains(r.URL.RawQuery, "again") {
				return false
			}
			fmt.Fprintf(w, `{"value":[],"@odata.nextLink":"http://%s/beta/letters?$skiptoken=140&again"}`, r.Host)
			return true
		},
		210: func(w http.ResponseWriter, r *http.Request) bool {
			page(w, 210, 310, 1000, "http://"+r.Host)
			return true
		},
		310: func(w http.ResponseWriter, r *http.Request) bool { page(w, 310, 311, 1000, ""); return true },
		311: func(w http.ResponseWriter, r *http.Request) bool {
			io.WriteString(w, `{"value":[{"id":"311"},null],"@nextLink":"letters?$skiptoken=312"}`)
			return true
		},
	}))
	n := 0
	for letter, err := range odata.Iterate[*Letter](t.Context(), client.Resource("letters"), list, &odata.Query[Letter]{Top: 7}) {
		if err != nil {
			t.Fatal(err)
		}
		if letter.ID.Or("") != strconv.Itoa(n) {
			t.Fatalf("letter %d has id %v", n, letter.ID)
		}
		n++
	}
	if n != 1000 || throttled.Load() != 2 {
		t.Errorf("%d letters, %d requests of the throttled page", n, throttled.Load())
	}
	// Stopping early requests no more pages.
	client = serve(t, func(w http.ResponseWriter, r *http.Request) { requests.Add(1); mailbox(t, 1000, 7, nil)(w, r) })
	n = 0
	for range odata.Iterate[*Letter](t.Context(), client.Resource("letters"), list, nil) {
		if n++; n == 10 {
			break
		}
	}
	if requests.Load() != 2 {
		t.Errorf("%d requests for 10 letters in pages of 7", requests.Load())
	}
}

// An error comes after the letters of the pages before, and is the last thing.
func TestIterateEndsWithTheError(t *testing.T) {
	var foreign atomic.Int32
	other := newSite(t, plain, func() string { return "" }, 200, answer{status: 200})
	ctx, cancel := context.WithCancel(t.Context())
	link := func(link string) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, r *http.Request) bool {
			fmt.Fprintf(w, `{"value":[{"id":"14"}],"@odata.nextLink":%q}`, strings.ReplaceAll(link, "HOST", r.Host))
			return true
		}
	}
	for name, test := range map[string]struct {
		special func(http.ResponseWriter, *http.Request) bool
		letters int
		want    string
		is      error
	}{
		"404":     {func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(404); return true }, 14, "Letters.List: status 404 Not Found", odata.ErrNotFound},
		"no JSON": {func(w http.ResponseWriter, _ *http.Request) bool { io.WriteString(w, "<html>"); return true }, 14, "Letters.List: status 200: the response cannot be read: ", nil},
		"no items": {func(w http.ResponseWriter, _ *http.Request) bool { io.WriteString(w, `{"value":{}}`); return true }, 14,
			"Letters.List: status 200: the response cannot be read: ", nil},
		"a number for an item": {func(w http.ResponseWriter, _ *http.Request) bool {
			io.WriteString(w, `{"value":[{"id":"14"},7]}`)
			return true
		}, 14,
			"item 1 is JSON of kind number", nil},
		"foreign": {link(other.URL + "/x?secret"), 15, "Letters.List: odata: the link to " + other.URL + "/x is not followed: its scheme or host is not that of http://", nil},
		"scheme":  {link("https://HOST/beta/letters"), 15, "its scheme or host is not that of", nil},
		"user":    {link("http://me:secret@HOST/beta/letters"), 15, "its scheme or host is not that of", nil},
		"no link": {link("http://HOST:x"), 15, "a link of the service is not a URL", nil},
		"repeated": {link("http://HOST/beta/letters?$skiptoken=7"), 15,
			"Letters.List: odata: the service sends the same page again and again", nil},
		"repeats itself": {link("http://HOST/beta/letters?$skiptoken=14"), 15,
			"Letters.List: odata: the service sends the same page again and again", nil},
		"cancelled": {func(w http.ResponseWriter, r *http.Request) bool { cancel(); <-r.Context().Done(); return true }, 14, "Letters.List: ", context.Canceled},
	} {
		t.Run(name, func(t *testing.T) {
			client := serve(t, mailbox(t, 1000, 7, map[int]func(http.ResponseWriter, *http.Request) bool{14: test.special}))
			ctx := ctx
			if name != "cancelled" {
				ctx = t.Context()
			}
			n, failed := 0, false
			for letter, err := range odata.Iterate[*Letter](ctx, client.Resource("letters"), list, nil) {
				if failed {
					t.Fatal("the error is not the last thing")
				}
				if err == nil {
					n++
					continue
				}
				failed = true
				if letter != nil || !strings.HasPrefix(err.Error(), "Letters.List: ") || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "secret") {
					t.Errorf("%v, %v; want %s", letter, err, test.want)
				}
				if test.is != nil && !errors.Is(err, test.is) {
					t.Errorf("%v is not %v", err, test.is)
				}
			}
			if n != test.letters || !failed {
				t.Errorf("%d letters, want %d and an error", n, test.letters)
			}
		})
	}
	if foreign.Load()+other.target.Load()+other.first.Load() != 0 {
		t.Error("another host got a request")
	}
}

// A pager gives pages with their counts, and ends with an error.
func TestPages(t *testing.T) {
	for status, want := range map[int]string{200: "[4 4 2] <nil>", 400: "[4] Letters.List: status 400 Bad Request"} {
		client := serve(t, mailbox(t, 10, 4, map[int]func(http.ResponseWriter, *http.Request) bool{4: func(w http.ResponseWriter, _ *http.Request) bool {
			w.WriteHeader(status)
			return status != 200
		}}))
		pager := odata.Pages[*Letter](client.Resource("letters"), list, nil)
		var sizes []int
		var failure error
		for pager.More() {
			page, err := pager.NextPage(t.Context())
			if failure = err; err != nil {
				continue
			}
			if page.Count.Or(0) != 10 {
				t.Errorf("count %v", page.Count)
			}
			sizes = append(sizes, len(page.Value))
		}
		if got := fmt.Sprint(sizes, " ", failure); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// A service can send null for the items, and for one of them.
func TestPageWithNulls(t *testing.T) {
	for text, want := range map[string]int{`{"value":null}`: 0, `{}`: 0, `{"value":[null,{"id":"1"},null]}`: 1, `{"value":[]}`: 0} {
		var page odata.Page[Letter]
		if err := json.Unmarshal([]byte(text), &page); err != nil || len(page.Value) != want {
			t.Errorf("%s: %d items, %v", text, len(page.Value), err)
		}
	}
}

// One client serves a hundred goroutines.
func TestGoroutines(t *testing.T) {
	client := serve(t, mailbox(t, 50, 7, nil))
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			n := 0
			for letter, err := range odata.Iterate[*Letter](t.Context(), client.Resource("letters"), list, nil) {
				if err != nil || letter.ID.Or("") != strconv.Itoa(n) {
					t.Errorf("%v, %v", letter, err)
					return
				}
				n++
			}
			if n != 50 {
				t.Errorf("%d letters", n)
			}
		})
	}
	wg.Wait()
}
