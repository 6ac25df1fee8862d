package fake_test

import (
	"bytes"
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
		{"PUT", first, 201}, {"GET", first, 501}, {"PUT", first, 501}, {"GET", second, 200},
		{"DELETE", second, 204}, {"GET", second, 501}, {"PUT", second, 501}, {"DELETE", second, 501},
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
