package input_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/input"
)

// The service sends a document again only after it changed.
func TestCache(t *testing.T) {
	text, sent := "one", 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", fmt.Sprintf("%q", text))
		if r.Header.Get("If-None-Match") == fmt.Sprintf("%q", text) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		sent++
		fmt.Fprint(w, text)
	}))
	defer server.Close()
	cache := input.Cache{Dir: filepath.Join(t.TempDir(), "new", "folder"), Package: "/app/farm"}
	get := func(want, wantEarlier string, wantNotModified bool, wantSent int) {
		t.Helper()
		d, old, err := cache.Get(t.Context(), server.URL, options)
		if err != nil {
			t.Fatal(err)
		}
		earlier := ""
		if old != nil {
			earlier = string(old.Data)
			if old.Recorded != "sha256:1" {
				t.Errorf("recorded is %q", old.Recorded)
			}
		}
		if string(d.Data) != want || earlier != wantEarlier || d.NotModified != wantNotModified || sent != wantSent {
			t.Errorf("got %q, before %q, not modified %v, sent %d", d.Data, earlier, d.NotModified, sent)
		}
		if err := cache.Put(server.URL, d, "sha256:1"); err != nil {
			t.Fatal(err)
		}
	}
	get("one", "", false, 1)
	get("one", "one", true, 1)
	text = "two"
	get("two", "one", false, 2)
	get("two", "two", true, 2)

	// A damaged entry is ignored.
	files, err := filepath.Glob(filepath.Join(cache.Dir, "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("files: %v, %v", files, err)
	}
	if err := os.Truncate(files[0], 100); err != nil {
		t.Fatal(err)
	}
	get("two", "", false, 3)
	get("two", "two", true, 3)

	// An ETag that a header cannot hold is ignored.
	evil := &input.Document{Data: []byte("two"), ETag: "\"two\"\r\nEvil: 1"}
	if err := cache.Put(server.URL, evil, "sha256:1"); err != nil {
		t.Fatal(err)
	}
	get("two", "two", false, 4)
	get("two", "two", true, 4)
	sent = 3

	// Each package has its own.
	other := input.Cache{Dir: cache.Dir, Package: "/app/herd"}
	if other.Find(server.URL) != nil {
		t.Error("another package has the release too")
	}

	cache.Dir = ""
	get("two", "", false, 4)
	get("two", "", false, 5)
}
