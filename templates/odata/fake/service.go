// Package fake is an in-memory service for tests of programs that use a generated
// package. The package fake below each generated package describes that package to
// it, and adds the fields that override methods.
//
// A request goes the same way whether it comes from a client or out of a batch:
//
//	service.go     receives it
//	failure.go     lets it fail, where the test asks for that
//	route.go       finds the resource that its path leads to, in store.go; key.go compares keys and writes them
//	override.go    answers it, where the test has an answer
//	read.go        reads: query.go and select.go have the options of the address
//	write.go       creates, updates and deletes: assign.go makes entities of JSON, and sets their properties
//	property.go    reads and updates the values of properties; refs.go, stream.go and batch.go do the rest
//
// A condition of a $filter goes through filter.go, operand.go and function.go, which make
// functions of it, and value.go, which says what they work on.
package fake

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// Options are the options of a service. The zero value is good for most tests.
type Options struct {
	// Endpoint is the address of the service, if it is not the usual one.
	Endpoint string

	// Now is the clock: time.Now if it is nil.
	Now func() time.Time

	// NewID returns a new id. If it is nil, ids are the same in each run.
	NewID func() string

	// PageSize is the number of items in a page, for requests that do not say it:
	// 100 if it is 0.
	PageSize int

	// Other answers requests for addresses that the package does not know. If it
	// is nil, the answer is status 501.
	Other http.Handler
}

// Service is an in-memory service. It is safe for concurrent use; its options are
// not to be changed.
type Service struct {
	description Description
	resources   map[string]*Resource
	options     Options
	endpoint    *url.URL
	overrides   any // a pointer to the struct with the fields of the methods

	mu       sync.Mutex
	store    store
	requests []Request
	failures map[int]Failure // by the number of the request
	origin   url.URL         // with the scheme and host of the last request, or the endpoint
	uploads  map[string]*upload
	sessions int // upload sessions so far
}

// Request is a request that a service received.
type Request struct {
	Method string
	Path   string // below the endpoint, escaped: "/me/messages/a%2Fb"
	Query  url.Values
	Header http.Header
	Body   []byte
	Batch  bool // it came in a batch
}

// New returns a service with nothing but its singletons. The overrides are a pointer
// to a struct with a field for each method, or nil. Of several options, the last ones
// count.
func New(description Description, overrides any, options ...*Options) *Service {
	s := &Service{
		description: description, overrides: overrides, resources: map[string]*Resource{},
		failures: map[int]Failure{}, uploads: map[string]*upload{},
	}
	for _, o := range options {
		if o != nil {
			s.options = *o
		}
	}
	if s.options.Endpoint == "" {
		s.options.Endpoint = description.Endpoint
	}
	if s.options.Now == nil {
		s.options.Now = time.Now
	}
	if s.options.NewID == nil {
		s.options.NewID = nextID()
	}
	if s.options.PageSize <= 0 {
		s.options.PageSize = 100
	}
	var err error
	if s.endpoint, err = url.Parse(s.options.Endpoint); err != nil {
		s.endpoint = &url.URL{} // the client says what is wrong with it
	}
	s.origin = *s.endpoint
	s.store = store{types: types{}, root: newEntity(""), now: s.options.Now, newID: s.options.NewID, parentheses: description.KeysInParentheses}
	for i, t := range description.Types {
		s.store.types[t.Name] = &description.Types[i]
	}
	for i, r := range description.Resources {
		s.resources[r.Name] = &description.Resources[i]
	}
	for _, step := range description.Root.Steps {
		to := s.resources[step.To]
		set := s.store.link(s.store.root, step.Segment, to.Type, !to.Collection)
		if !to.Collection {
			e := newEntity(to.Type)
			s.store.newKey(e)
			s.store.stamp(e, true)
			s.store.add(set, e)
		}
	}
	return s
}

// ClientOptions returns options that connect a client to the service, without a
// port. The client sends requests again soon.
func (s *Service) ClientOptions() *odata.ClientOptions {
	o := &odata.ClientOptions{Endpoint: s.options.Endpoint}
	o.Transport = s
	o.Retry.RetryDelay = time.Millisecond
	o.Retry.MaxRetryDelay = 2 * time.Second
	return o
}

// Do answers a request of a client: the service is a policy.Transporter.
func (s *Service) Do(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		r.Body.Close()
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	a, err := s.receive(r, body, false)
	if err != nil {
		return nil, err
	}
	return a.response(r), nil
}

// ServeHTTP answers a request, for clients of other processes. A failure that breaks
// the connection closes it.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	at := *r.URL
	if at.Host == "" { // else another service passes the request on
		at.Scheme, at.Host = "http", r.Host
		if r.TLS != nil {
			at.Scheme = "https"
		}
	}
	sent := r.Clone(r.Context())
	sent.URL = &at
	response, err := s.Do(sent)
	if err != nil {
		connection, _, err := http.NewResponseController(w).Hijack()
		if err != nil { // HTTP/2, or a recorder
			http.Error(w, "the connection breaks", http.StatusBadGateway)
			return
		}
		connection.Close()
		return
	}
	defer response.Body.Close()
	for name, values := range response.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(response.StatusCode)
	_, _ = io.Copy(w, response.Body) // the client is gone if it fails
}

// Requests returns the requests so far, in their order. The requests of a batch
// follow it.
func (s *Service) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// receive records a request and answers it. The error is that of a connection that
// breaks.
func (s *Service) receive(r *http.Request, body []byte, inBatch bool) (answer, error) {
	path, below := s.below(r.URL)
	s.mu.Lock()
	s.requests = append(s.requests, Request{r.Method, path, queryOf(r.URL), r.Header.Clone(), body, inBatch})
	s.origin = *r.URL
	failure := s.failures[len(s.requests)]
	s.mu.Unlock()
	return failure.during(func() answer {
		switch {
		case !below:
			return s.other(r, body)
		case path == "/$batch" && r.Method == http.MethodPost && !inBatch:
			return s.batch(r, body)
		}
		c := &call{service: s, request: r, body: body, query: queryOf(r.URL)}
		a := c.answer(path)
		if a.status == 0 {
			return s.other(r, body)
		}
		return a
	})
}

// queryOf returns the query of an address. A ";" is a part of a value.
func queryOf(address *url.URL) url.Values {
	q, _ := url.ParseQuery(strings.ReplaceAll(address.RawQuery, ";", "%3B")) // what is wrong has no value
	return q
}

// below returns the path of an address below the endpoint, escaped.
func (s *Service) below(address *url.URL) (string, bool) {
	return strings.CutPrefix(address.EscapedPath(), strings.TrimSuffix(s.endpoint.EscapedPath(), "/"))
}

// other answers a request for an address that the package does not know.
func (s *Service) other(r *http.Request, body []byte) answer {
	if a, ok := s.uploadPart(r, body); ok {
		return a
	}
	if s.options.Other == nil {
		return failed(http.StatusNotImplemented, "the package has no resource at %s: set Options.Other to answer it", r.URL.Path)
	}
	sent := r.Clone(r.Context())
	sent.Body = io.NopCloser(bytes.NewReader(body))
	w := httptest.NewRecorder()
	s.options.Other.ServeHTTP(w, sent)
	return answer{w.Code, w.Header(), w.Body.Bytes()}
}

// answer is a response.
type answer struct {
	status int // 0 if the package does not know the address
	header http.Header
	body   []byte
}

func (a answer) response(r *http.Request) *http.Response {
	header := a.header.Clone()
	if header == nil {
		header = http.Header{}
	}
	if header.Get("request-id") == "" {
		header.Set("request-id", r.Header.Get("client-request-id"))
	}
	return &http.Response{
		Status: fmt.Sprintf("%d %s", a.status, http.StatusText(a.status)), StatusCode: a.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: header, Body: io.NopCloser(bytes.NewReader(a.body)), ContentLength: int64(len(a.body)),
	}
}
