// Package server is a service for the tests of programs: it expects the requests of
// a script, in their order, and answers them.
package server

import (
	"bytes"
	"encoding/json/jsontext"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// Exchange is a request that the server expects, and its response. A "SERVER" in
// its texts stands for the address of the server.
type Exchange struct {
	Request string            // the method and the escaped path: "GET /v1.0/users/a%2Fb"
	Query   map[string]string // all query options, decoded
	Header  map[string]string // all headers but those in ambient; "" for none in place of the usual one
	Body    string            // JSON in any order of members, or another text
	Check   func(t testing.TB, body []byte)

	Status   int               // 200 if it is 0
	Replies  map[string]string // the headers of the response
	Response string

	// Answer returns the response for a body that Check has accepted. Response is
	// used without it.
	Answer func(body []byte) string
}

// ambient are headers that all requests have, or that say nothing about a request.
var ambient = []string{"Accept-Encoding", "Client-Request-Id", "Content-Length", "User-Agent"}

// evolvable is a preference that depends on the release of the metadata: on whether
// the response can have an enumeration with members that were added later.
const evolvable = "include-unknown-enum-members"

// Server expects the requests of a script.
type Server struct {
	URL string

	t      testing.TB
	mu     sync.Mutex
	script []Exchange
	n      int // requests so far
}

// New starts a server. When the test ends, all requests of the script must have
// come.
func New(t testing.TB, script ...Exchange) *Server {
	s := &Server{t: t, script: script}
	server := httptest.NewServer(s)
	s.URL = server.URL
	t.Cleanup(func() {
		server.Close()
		if s.n < len(s.script) && !t.Failed() {
			t.Errorf("%d requests came, and %d did not: first %s", s.n, len(s.script)-s.n, s.script[s.n].Request)
		}
	})
	return s
}

// ServeHTTP checks the next request and answers it.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Error(err)
	}
	if s.n++; s.n > len(s.script) {
		s.t.Errorf("request %d, %s %s, is not in the script", s.n, r.Method, r.URL)
		http.Error(w, `{"error":{"code":"notInTheScript"}}`, http.StatusBadRequest)
		return
	}
	x := s.script[s.n-1]
	s.check(x, r, body)
	for name, value := range x.Replies {
		w.Header().Set(name, s.text(value))
	}
	response := s.text(x.Response)
	if x.Answer != nil {
		response = x.Answer(body)
	}
	if x.Status != 0 {
		w.WriteHeader(x.Status)
	}
	io.WriteString(w, response)
}

// text puts the address of the server into a text.
func (s *Server) text(text string) string { return strings.ReplaceAll(text, "SERVER", s.URL) }

// check compares a request with the script.
func (s *Server) check(x Exchange, r *http.Request, body []byte) {
	if got := r.Method + " " + r.URL.EscapedPath(); got != x.Request {
		s.t.Errorf("request %d is  %s\nthe script has %s", s.n, got, x.Request)
		return
	}
	query := map[string]string{}
	for name, values := range r.URL.Query() {
		query[name] = strings.Join(values, " and ")
	}
	if want := s.texts(x.Query); !maps.Equal(query, want) {
		s.t.Errorf("request %d, %s, has the query\n%q\nwant\n%q", s.n, x.Request, query, want)
	}
	header := map[string]string{}
	for name, values := range r.Header {
		header[name] = strings.Join(values, " and ")
	}
	for _, name := range ambient {
		delete(header, name)
	}
	if header["Prefer"] = strings.Trim(strings.Replace(header["Prefer"], evolvable, "", 1), ","); header["Prefer"] == "" {
		delete(header, "Prefer")
	}
	want := map[string]string{"Accept": "application/json"}
	if x.Body != "" || x.Check != nil {
		want["Content-Type"] = "application/json"
	}
	for name, value := range x.Header {
		want[http.CanonicalHeaderKey(name)] = s.text(value)
	}
	maps.DeleteFunc(want, func(_, value string) bool { return value == "" })
	if !maps.Equal(header, want) {
		s.t.Errorf("request %d, %s, has the header\n%q\nwant\n%q", s.n, x.Request, header, want)
	}
	if x.Check != nil {
		x.Check(s.t, body)
	} else if got, want := canonical(body), canonical([]byte(s.text(x.Body))); got != want {
		s.t.Errorf("request %d, %s, has the body\n%s\nwant\n%s", s.n, x.Request, got, want)
	}
}

func (s *Server) texts(texts map[string]string) map[string]string {
	all := map[string]string{}
	for name, value := range texts {
		all[name] = s.text(value)
	}
	return all
}

// canonical returns JSON in one form, and any other text as it is.
func canonical(text []byte) string {
	v := jsontext.Value(bytes.Clone(text))
	if v.Format(jsontext.ReorderRawObjects(true)) != nil {
		return string(text)
	}
	return string(v)
}
