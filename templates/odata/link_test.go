package odata_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// clientOf returns a client of a service whose endpoint is a path of a server.
func clientOf(t *testing.T, path string, answer http.HandlerFunc) *odata.Client {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	client, err := odata.NewClient(nil, odata.Config{Package: "test"}, &odata.ClientOptions{Endpoint: server.URL + path})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// The links of a page are relative to its context, and without one to the address that
// answered. The pager, Link and DeltaFrom take them as the page has them.
func TestRelativeLinks(t *testing.T) {
	m := odata.Method{Name: "Books.List"}
	for name, test := range map[string]struct{ context, link, want string }{
		"no context":                       {"", "books?p=2", "/svc/authors/books?p=2"},
		"only a query":                     {"", "?p=2", "/svc/authors/books?p=2"},
		"a path":                           {"", "/svc/books?p=2", "/svc/books?p=2"},
		"relative context":                 {"../$metadata#authors(1)/books", "authors/books?p=2", "/svc/authors/books?p=2"},
		"whole context":                    {"http://HOST/svc/$metadata#books", "authors/books?p=2", "/svc/authors/books?p=2"},
		"context of another host":          {"http://other.example/x/$metadata", "books?p=2", "/svc/authors/books?p=2"},
		"context with a query":             {"../$metadata#authors(1)/books", "?p=2", "/svc/authors/books?p=2"},
		"context that is not a URL":        {"http://HOST:x", "books?p=2", "/svc/authors/books?p=2"},
		"a link with what no query can be": {"", `/svc/books?p=2&q=a "ä"<%20>`, "/svc/books?p=2&q=a%20%22%C3%A4%22%3C%20%3E"},
	} {
		t.Run(name, func(t *testing.T) {
			var asked []string
			client := clientOf(t, "/svc", func(w http.ResponseWriter, r *http.Request) {
				asked = append(asked, r.RequestURI)
				if r.URL.RawQuery != "" {
					io.WriteString(w, `{"value":[],"@deltaLink":"unused"}`)
					return
				}
				context := strings.ReplaceAll(test.context, "HOST", r.Host)
				fmt.Fprintf(w, `{"@context":%q,"value":[],"@odata.nextLink":%q,"@odata.deltaLink":%q}`, context, test.link, test.link)
			})
			books := client.Resource("authors").Path("books")
			page, err := odata.Pages[*Letter](books, m, nil).NextPage(t.Context())
			if err != nil || page.NextLink != page.DeltaLink {
				t.Fatalf("%v, %v", page, err)
			}
			for _, err := range odata.Iterate[*Letter](t.Context(), books, m, nil) {
				t.Error(err)
			}
			if _, err := odata.GetValues[string](t.Context(), books, m, nil); err != nil {
				t.Error(err)
			}
			for _, err := range odata.Iterate[*Letter](t.Context(), client.Link(page.NextLink), m, nil) {
				t.Error(err)
			}
			for _, err := range odata.DeltaFrom[Letter](books, m, page.DeltaLink).All(t.Context()) {
				t.Error(err)
			}
			first, next := "/svc/authors/books", test.want
			if want := []string{first, first, next, first, next, next, next}; strings.Join(asked, "\n") != strings.Join(want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(asked, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

// A link to changes can be stored, though the service sends a relative one.
func TestRelativeDeltaLink(t *testing.T) {
	client := clientOf(t, "/svc", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/svc/users/delta" {
			w.WriteHeader(404)
		}
		io.WriteString(w, `{"value":[{"id":"1"}],"@odata.deltaLink":"delta?$deltatoken=2"}`)
	})
	users, m := client.Resource("users"), odata.Method{Name: "Users.Delta"}
	changes := odata.Delta[Letter](odata.Segment(users, "delta"), m, nil)
	for range 2 {
		for _, err := range changes.All(t.Context()) {
			if err != nil {
				t.Error(err)
			}
		}
	}
	want, _ := odata.Segment(users, "delta").URL()
	if want += "?$deltatoken=2"; changes.Link() != want {
		t.Errorf("the link is %s, want %s", changes.Link(), want)
	}
	for _, err := range odata.DeltaFrom[Letter](users, m, changes.Link()).All(t.Context()) {
		if err != nil {
			t.Error(err)
		}
	}
}

// After a redirect, links are relative to the address that answered.
func TestRelativeLinksAfterARedirect(t *testing.T) {
	var asked []string
	client := clientOf(t, "/v1", func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.RequestURI)
		switch r.RequestURI {
		case "/v1/users":
			w.Header().Set("Location", "/v2/sub/users?a=b c")
			w.WriteHeader(307)
		case "/v2/sub/users?a=b%20c":
			io.WriteString(w, `{"value":[],"@odata.nextLink":"users?$skiptoken=2"}`)
		default:
			io.WriteString(w, `{"value":[]}`)
		}
	})
	for _, err := range odata.Iterate[*Letter](t.Context(), client.Resource("users"), odata.Method{}, nil) {
		t.Error(err)
	}
	if want := "/v1/users /v2/sub/users?a=b%20c /v2/sub/users?$skiptoken=2"; strings.Join(asked, " ") != want {
		t.Errorf("got %v, want %s", asked, want)
	}
}

// A transport can send requests to another address than that of the service, which the
// links are relative to.
func TestRelativeLinksBehindAProxy(t *testing.T) {
	var asked []string
	client := custom(t, func(r *http.Request) (*http.Response, error) {
		asked = append(asked, r.URL.String())
		moved := r.Clone(r.Context())
		moved.URL.Host = "proxy.example"
		next := map[bool]string{true: `,"@odata.nextLink":"users?p=2"`}[r.URL.RawQuery == ""]
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(`{"value":[]` + next + "}")), Request: moved}, nil
	})
	for _, err := range odata.Iterate[*Letter](t.Context(), client.Resource("users"), odata.Method{}, nil) {
		t.Error(err)
	}
	if want := "https://graph.example/beta/users https://graph.example/beta/users?p=2"; strings.Join(asked, " ") != want {
		t.Errorf("got %v, want %s", asked, want)
	}
}

// An endpoint can have any spelling, also in a batch.
func TestSpellingOfTheEndpoint(t *testing.T) {
	for _, test := range []struct{ endpoint, link, want string }{
		{"https://host.example/my%20svc", "/my%20svc/x", "https://host.example/my%20svc/x"},
		{"https://host.example/my svc", "/my svc/x", "https://host.example/my%20svc/x"},
		{"https://host.example/my%20svc", "/x", "https://host.example/my%20svc/x"},
		{"https://host.example/my%20svc", "x", "https://host.example/my%20svc/x"},
		{"HTTPS://host.example/v1/", "https://host.example/v1/x", "https://host.example/v1/x"},
		{"https://host.example:443/v1", "https://HOST.example/v1/x", "https://HOST.example/v1/x"},
	} {
		body := ""
		options := &odata.ClientOptions{Endpoint: test.endpoint}
		options.Transport = transport(func(r *http.Request) (*http.Response, error) {
			sent, err := io.ReadAll(r.Body)
			body = string(sent)
			return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(`{"responses":[{"id":"1","status":204}]}`)), Request: r}, err
		})
		client, err := odata.NewClient(nil, odata.Config{Package: "test"}, options)
		if err != nil {
			t.Fatal(err)
		}
		link := client.Link(test.link)
		if got, err := link.URL(); got != test.want || err != nil {
			t.Errorf("%s leads to %s, %v, want %s", test.link, got, err, test.want)
		}
		for _, r := range []odata.Resource{link, client.Resource("x")} {
			batch := odata.NewBatch(client)
			done := odata.Add(batch, func(ctx context.Context) (any, error) {
				return nil, odata.Delete(ctx, r, odata.Method{}, nil)
			})
			err := batch.Do(t.Context())
			if _, callErr := done.Result(); err != nil || callErr != nil || !strings.Contains(body, `"url":"/x"`) {
				t.Errorf("%s: %v, %v, sent %s", test.endpoint, err, callErr, body)
			}
		}
		_, err = odata.UploadParts[Letter](t.Context(), client, "http://host.example/up", strings.NewReader("x"), 1, nil)
		if err == nil || !strings.Contains(err.Error(), "does not begin with https://") {
			t.Errorf("%s: %v", test.endpoint, err)
		}
	}
}

// Addresses of content can have what a query cannot have, too.
func TestSpacesInAddressesOfContent(t *testing.T) {
	var asked []string
	client := custom(t, func(r *http.Request) (*http.Response, error) {
		asked = append(asked, r.URL.RequestURI())
		response := &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("x")), Request: r}
		switch {
		case r.URL.Host == "graph.example":
			response.StatusCode = 302
			response.Header.Set("Location", "https://files.example/blob?name=my file.txt&sig=a%2Fb+c/=")
		case r.Method == http.MethodPut:
			response.StatusCode, response.Body = 201, http.NoBody
		}
		return response, nil
	})
	if stream, err := odata.Download(t.Context(), client.Resource("x"), odata.Method{}, nil); err != nil {
		t.Error(err)
	} else {
		stream.Close()
	}
	if _, err := odata.UploadParts[Letter](t.Context(), client, "https://files.example/up?name=my file.txt", strings.NewReader("x"), 1, nil); err != nil {
		t.Error(err)
	}
	if want := "/beta/x /blob?name=my%20file.txt&sig=a%2Fb+c/= /up?name=my%20file.txt"; strings.Join(asked, " ") != want {
		t.Errorf("got %v, want %s", asked, want)
	}
}
