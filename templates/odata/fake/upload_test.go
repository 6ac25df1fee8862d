package fake_test

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/templates/odata"
	"github.com/msgraphgen/msgraphgen/templates/odata/fake"
)

// An upload session takes parts in order, and goes on after a failure.
func TestUploadSession(t *testing.T) {
	s := newService(nil)
	var got []byte
	address := s.UploadSession(func(content []byte) (any, error) {
		got = content
		return &Item{Title: odata.Of("done")}, nil
	})
	content := bytes.Repeat([]byte("0123456789"), 100_000)
	s.Fail(2, fake.BreakAfter)
	item, err := odata.UploadParts[Item](t.Context(), newClient(t, s), address, bytes.NewReader(content), int64(len(content)), &odata.UploadOptions{PartSize: 320 << 10})
	if err != nil || item.Title.Or("") != "done" || !bytes.Equal(got, content) {
		t.Errorf("%v, %v, %d bytes", item, err, len(got))
	}
}

// A session that has no item yet, because its function failed, takes the last part again.
func TestUploadSessionAfterAnError(t *testing.T) {
	for status, want := range map[int]int{503: 2, 409: 4} { // how often the function is called: UploadParts gives up after 4
		s := newService(nil)
		calls := 0
		address := s.UploadSession(func(content []byte) (any, error) {
			if calls++; status == 409 || calls == 1 {
				return nil, &fake.Error{Status: status}
			}
			return &Item{Title: odata.Of(string(content))}, nil
		})
		item, err := odata.UploadParts[Item](t.Context(), newClient(t, s), address, strings.NewReader("plan"), 4, nil)
		if calls != want || status == 409 && !errors.Is(err, odata.ErrConflict) || status == 503 && (err != nil || item.Title.Or("") != "plan") {
			t.Errorf("%d: %d calls, %v, %v", status, calls, item, err)
		}
	}
}

// An upload session that is gone is not found: it has ended, perhaps by the last part
// whose response was lost.
func TestUploadSessionIsGone(t *testing.T) {
	s := newService(nil)
	address := s.UploadSession(func([]byte) (any, error) { return nil, nil })
	send(t, s, "DELETE", address, "")
	for _, options := range []*odata.UploadOptions{nil, {Resume: true}} {
		_, err := odata.UploadParts[Item](t.Context(), newClient(t, s), address, strings.NewReader("plan"), 4, options)
		if resumes := options != nil; !errors.Is(err, odata.ErrNotFound) || strings.Contains(err.Error(), "look for the item") == resumes {
			t.Error(err)
		}
	}
	address = s.UploadSession(func([]byte) (any, error) { return &Item{}, nil })
	s.Fail(1, fake.BreakAfter)
	_, err := odata.UploadParts[Item](t.Context(), newClient(t, s), address, strings.NewReader("plan"), 4, nil)
	if !errors.Is(err, odata.ErrNotFound) || !strings.Contains(err.Error(), "the last part may have been sent before") {
		t.Error(err)
	}
}

// Each upload session has an address of its own, which leads to nothing after its end.
func TestUploadSessionsEnd(t *testing.T) {
	s := newService(nil)
	open := func(title string) string {
		return s.UploadSession(func([]byte) (any, error) { return &Item{Title: odata.Of(title)}, nil })
	}
	first, second := open("first"), open("second")
	for _, test := range []struct {
		method, address string
		want            int
	}{
		{"PUT", first, 201}, {"GET", first, 404}, {"PUT", first, 404}, {"GET", second, 200},
		{"DELETE", second, 204}, {"GET", second, 404}, {"PUT", second, 404}, {"DELETE", second, 404},
	} {
		if got := send(t, s, test.method, test.address, "x", "Content-Range", "bytes 0-0/1"); got.status != test.want {
			t.Errorf("%s %s: %d %s, want %d", test.method, test.address, got.status, got.text, test.want)
		}
		if third := open("third"); third == first || third == second {
			t.Errorf("the address %s is given again", third)
		}
	}
}

// An upload session is at the server that the client sends requests to.
func TestUploadSessionOfServer(t *testing.T) {
	s := newService(nil)
	server := httptest.NewServer(s)
	defer server.Close()
	c, err := odata.NewClient(nil, odata.Config{Package: "test"}, &odata.ClientOptions{Endpoint: server.URL + "/v1.0"})
	if err != nil {
		t.Fatal(err)
	}
	done := func([]byte) (any, error) { return &Item{Title: odata.Of("done")}, nil }
	if address := s.UploadSession(done); !strings.HasPrefix(address, "https://service.example/") {
		t.Errorf("before any request, the address is %s", address)
	}
	names(t, c, nil)
	item, err := odata.UploadParts[Item](t.Context(), c, s.UploadSession(done), strings.NewReader("plan"), 4, nil)
	if err != nil || item.Title.Or("") != "done" {
		t.Errorf("%v, %v", item, err)
	}
}

// An upload session can end with an address in place of the item, as in Outlook.
func TestUploadSessionWithLocation(t *testing.T) {
	s := newService(nil)
	address := s.UploadSession(func([]byte) (any, error) { return fake.Location("https://outlook.example/attachments/a"), nil })
	var response odata.Response
	item, err := odata.UploadParts[Item](t.Context(), newClient(t, s), address, strings.NewReader("plan"), 4, &odata.UploadOptions{Response: &response})
	if err != nil || !item.ID.IsZero() || response.StatusCode != http.StatusCreated || response.Location() != "https://outlook.example/attachments/a" {
		t.Errorf("%v, %v, %v", item, response, err)
	}
}
