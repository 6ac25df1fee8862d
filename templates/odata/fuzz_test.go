package odata_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// Whatever a service answers, AsError returns its status, and messages stay on one
// line.
func FuzzAsError(f *testing.F) {
	for _, body := range []string{
		"", "<html>", "{", `{"error":null}`, `{"error":{"code":"a","message":{"value":"b"},"details":[{"code":"c"}],"innerError":{"date":1,"request-id":"d","innerError":{}}}}`,
		`{"odata.error":{"code":"a"}}`, `{"error":"invalid_grant","error_description":"x"}`, "\ufeff{\"error\":{\"message\":\"a\\u001b[31m\\n\"}}", `{"error":{"details":[null,1,[]]}}`,
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		response := &http.Response{
			StatusCode: 400, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)),
			Request: &http.Request{Method: "GET", URL: &url.URL{Scheme: "https", Host: "graph.example"}},
		}
		said, ok := odata.AsError(&azcore.ResponseError{StatusCode: 400, RawResponse: response})
		if !ok || said.StatusCode != 400 {
			t.Fatalf("%v, %v", said, ok)
		}
		client := custom(t, func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 400, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
		})
		err := odata.Delete(t.Context(), client.Resource("x"), odata.Method{Name: "X.Delete"}, nil)
		if again, ok := odata.AsError(err); !ok || again.Code != said.Code || again.Message != said.Message || strings.ContainsAny(err.Error(), "\n\x1b") {
			t.Fatalf("%q: %v", err, again)
		}
	})
}

// A server reads each key as it was given, and nothing of it as more of the address.
func FuzzKey(f *testing.F) {
	for _, key := range []string{"a", "a/b", "..", "$me", "O'Neil", "a?b#c%2F+", "é\x00\xff", "('x')", ";=,", `\`} {
		f.Add(key)
	}
	f.Fuzz(func(t *testing.T, key string) {
		for _, parentheses := range []bool{false, true} {
			things := newResource(t, parentheses, "https://host.example/v1", "things")
			for name, r := range map[string]odata.Resource{
				"key": odata.Key(things, key), "keys": odata.Keys(things, odata.Arg("k", key)), "function": odata.Function(things, "f", odata.Arg("k", key)),
			} {
				address, err := odata.Segment(r, "end").URL()
				if err != nil {
					if key != "" {
						t.Fatalf("%s %q: %v", name, key, err)
					}
					continue
				}
				u, err := url.Parse(address)
				if err != nil || u.RawQuery != "" || u.Fragment != "" || u.Host != "host.example" || u.JoinPath().EscapedPath() != u.EscapedPath() {
					t.Fatalf("%s %q: %s, %v", name, key, address, err)
				}
				between := strings.TrimSuffix(strings.TrimPrefix(u.EscapedPath(), "/v1/things"), "/end")
				between = strings.TrimPrefix(between, "/")
				if strings.Contains(between, "/") {
					t.Fatalf("%s %q: %s has more segments", name, key, address)
				}
				text, err := url.PathUnescape(between)
				if name == "function" {
					text = strings.TrimPrefix(text, "f")
				}
				for _, around := range []string{"(k='", "('"} {
					if inner, ok := strings.CutPrefix(text, around); ok && strings.HasSuffix(between, "')") && (name != "key" || strings.HasPrefix(between, "('")) {
						text = strings.ReplaceAll(strings.TrimSuffix(inner, "')"), "''", "'")
						break
					}
				}
				if err != nil || text != key {
					t.Fatalf("%s %q: %s reads %q, %v", name, key, address, text, err)
				}
			}
		}
	})
}

// A text in a filter is what the server reads, and the filter has nothing else.
func FuzzFilter(f *testing.F) {
	for _, text := range []string{"", "'", "a' or 'b", "+%2B#&;=", "é\x00\xff"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		client := custom(t, func(r *http.Request) (*http.Response, error) {
			query, err := url.ParseQuery(r.URL.RawQuery)
			want := "subject eq '" + strings.ReplaceAll(text, "'", "''") + "'"
			if err != nil || len(query) != 1 || query.Get("$filter") != want || !utf8.ValidString(r.URL.RawQuery) {
				t.Errorf("%q: %s, %v", text, r.URL.RawQuery, err)
			}
			return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("1")), Request: r}, nil
		})
		if _, err := odata.Count(t.Context(), client.Resource("x"), odata.Method{}, &odata.Query[Letter]{Filter: odata.Eq(LetterSubject, text)}); err != nil {
			t.Error(err)
		}
	})
}
