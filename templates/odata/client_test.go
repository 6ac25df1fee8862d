package odata_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

var create = odata.Method{Name: "Projects.Create"}

// newClient returns a client for a server, which retries quickly.
func newClient(t *testing.T, url string, credential azcore.TokenCredential) *odata.Client {
	t.Helper()
	options := &odata.ClientOptions{Endpoint: url + "/beta"}
	options.Retry.RetryDelay = time.Millisecond
	options.Retry.MaxRetryDelay = 2 * time.Second
	options.InsecureAllowCredentialWithHTTP = true
	client, err := odata.NewClient(credential, odata.Config{Package: "test", APIVersion: "beta"}, options)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// answer is a response of the server; break ones close the connection.
type answer struct {
	status int
	header map[string]string
	body   string
	hangUp bool // close the connection in place of an answer
	cut    bool // close it in the middle of the body
}

func (a answer) write(t *testing.T, w http.ResponseWriter) {
	for name, value := range a.header {
		w.Header().Set(name, value)
	}
	switch {
	case a.hangUp, a.cut:
		conn, buffer, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		if a.cut {
			io.WriteString(buffer, "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 1000\r\nLocation: /beta/x\r\n\r\n"+a.body)
			buffer.Flush()
		}
	default:
		w.WriteHeader(a.status)
		io.WriteString(w, a.body)
	}
}

const item = `{"id":"1","displayName":"Orchard"}`

// A server that fails in each of the ways gets the request again only where it
// cannot have processed it.
func TestCreateIsNeverSentTwiceByAccident(t *testing.T) {
	created := answer{status: 201, body: item}
	busy := map[string]string{"Retry-After": "1"}
	for name, test := range map[string]struct {
		answers  []answer
		requests int32
		status   int    // of the *azcore.ResponseError; 0 if there is none
		message  string // part of the error; "" if there is none
	}{
		"201":                       {answers: []answer{created}, requests: 1},
		"429 with Retry-After":      {answers: []answer{{status: 429, header: busy}, created}, requests: 2},
		"429 without Retry-After":   {answers: []answer{{status: 429}, {status: 429}, created}, requests: 3},
		"429 for ever":              {answers: []answer{{status: 429}}, requests: 4, status: 429},
		"429, Retry-After too long": {answers: []answer{{status: 429, header: map[string]string{"Retry-After": "3600"}}}, requests: 1, status: 429},
		"503 with Retry-After":      {answers: []answer{{status: 503, header: busy}, created}, requests: 2},
		"503 without Retry-After":   {answers: []answer{{status: 503}, created}, requests: 1, status: 503},
		"500":                       {answers: []answer{{status: 500}, created}, requests: 1, status: 500},
		"502":                       {answers: []answer{{status: 502}, created}, requests: 1, status: 502},
		"504":                       {answers: []answer{{status: 504, header: busy}, created}, requests: 1, status: 504},
		"408":                       {answers: []answer{{status: 408}, created}, requests: 1, status: 408},
		"400":                       {answers: []answer{{status: 400}, created}, requests: 1, status: 400},
		"200":                       {answers: []answer{{status: 200, body: item}}, requests: 1},
		"202":                       {answers: []answer{{status: 202, body: item}}, requests: 1},
		"299":                       {answers: []answer{{status: 299, body: item}}, requests: 1},
		"300":                       {answers: []answer{{status: 300}, created}, requests: 1, status: 300},
		"304":                       {answers: []answer{{status: 304}, created}, requests: 1, status: 304},
		"broken connection":         {answers: []answer{{hangUp: true}, created}, requests: 1, message: "EOF"},
		"truncated body":            {answers: []answer{{cut: true, body: `{"id":"1","disp`}, created}, requests: 1, message: "the item was created at /beta/x (status 201), but the response cannot be read"},
		"201 with HTML":             {answers: []answer{{status: 201, body: "<html>"}, created}, requests: 1, message: "the item was created (status 201)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var requests atomic.Int32
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if body, err := io.ReadAll(r.Body); err != nil || string(body) != `{"displayName":"Orchard"}` {
					t.Errorf("the server read %q, %v", body, err)
				}
				n := int(requests.Add(1))
				test.answers[min(n, len(test.answers))-1].write(t, w)
			}))
			defer server.Close()
			project := &ProjectParticipation{DisplayName: odata.Of("Orchard")}
			got, err := odata.Create(t.Context(), newClient(t, server.URL, nil).Resource("projects"), create, project, nil)
			if n := requests.Load(); n != test.requests {
				t.Errorf("the server got %d requests, want %d", n, test.requests)
			}
			response, refused := errors.AsType[*azcore.ResponseError](err)
			switch {
			case test.status != 0:
				if !refused || response.StatusCode != test.status {
					t.Errorf("error %v, want an *azcore.ResponseError with status %d", err, test.status)
				}
			case test.message != "":
				if err == nil || !strings.Contains(err.Error(), test.message) {
					t.Errorf("error %v, want %q", err, test.message)
				}
			case err != nil:
				t.Error(err)
			case got.ID.Or("") != "1":
				t.Errorf("id %v", got.ID)
			}
		})
	}
}

// A success without a representation is an empty item, and Options.Response has
// the rest.
func TestCreateWithEmptyBody(t *testing.T) {
	for status, body := range map[int]string{200: "null", 201: "", 202: " \n", 204: "", 205: "\ufeff"} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer{status: status, header: map[string]string{"Location": "/beta/operations('1')", "ETag": "x"}, body: body}.write(t, w)
		}))
		var response odata.Response
		got, err := odata.Create(t.Context(), newClient(t, server.URL, nil).Resource("projects"), create, &Entity{}, &odata.Options{Response: &response})
		if err != nil || got == nil || !got.ID.IsZero() {
			t.Errorf("%d: %v, %v; want an empty item: it was created", status, got, err)
		}
		if response.StatusCode != status || response.Location() != "/beta/operations('1')" || response.Header.Get("ETag") != "x" {
			t.Errorf("%d: the response is %v", status, response)
		}
		server.Close()
	}
}

// The response is there, too, when the service refuses the request, and when it
// is sent again.
func TestResponseOfFailure(t *testing.T) {
	answers := []answer{{status: 429, header: map[string]string{"Retry-After": "0"}}, {status: 409, header: map[string]string{"Location": "/x"}}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answers[0].write(t, w)
		answers = answers[1:]
	}))
	defer server.Close()
	var response odata.Response
	_, err := odata.Create(t.Context(), newClient(t, server.URL, token{}).Resource("projects"), create, &Entity{}, &odata.Options{Response: &response})
	if !errors.Is(err, odata.ErrConflict) || response.StatusCode != 409 || response.Location() != "/x" {
		t.Errorf("%v, %v", response, err)
	}
}

// A response need not be flawless: the item exists.
func TestCreateIsLenient(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer{status: 201, body: "\ufeff{\"id\":\"0\",\"id\":\"1\",\"more\":{\"a\":1,\"a\":2},\"displayName\":\"\xff\"}"}.write(t, w)
	}))
	defer server.Close()
	got, err := odata.Create(t.Context(), newClient(t, server.URL, nil).Resource("projects"), create, &ProjectParticipation{}, nil)
	if err != nil || got.ID.Or("") != "1" || got.DisplayName.Or("") != "\ufffd" {
		t.Errorf("%v, %v", got, err)
	}
}

// With a credential, too, whose policy drops the response.
func TestCreatedError(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // what is not read would make the end of the connection a reset
		answer{cut: true, body: "{"}.write(t, w)
	}))
	defer server.Close()
	for name, credential := range map[string]azcore.TokenCredential{"no credential": nil, "credential": token{}} {
		_, err := odata.Create(t.Context(), newClient(t, server.URL, credential).Resource("projects"), create, &Entity{}, nil)
		e, ok := errors.AsType[*odata.CreatedError](err)
		if !ok || e.Status != 201 || e.Location != "/beta/x" || !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%s: got %#v", name, err)
		}
	}
}

// A context that ends while the body arrives does not hide that the item was
// created; one that ends afterwards changes nothing.
func TestCreatedAndContextEnds(t *testing.T) {
	for name, credential := range map[string]azcore.TokenCredential{"no credential": nil, "credential": token{}} {
		ctx, cancel := context.WithCancel(t.Context())
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "/beta/x")
			w.WriteHeader(201)
			io.WriteString(w, `{"id":`)
			http.NewResponseController(w).Flush()
			time.Sleep(10 * time.Millisecond)
			cancel()
			<-r.Context().Done()
		}))
		_, err := odata.Create(ctx, newClient(t, server.URL, credential).Resource("projects"), create, &Entity{}, nil)
		e, ok := errors.AsType[*odata.CreatedError](err)
		if !ok || e.Status != 201 || e.Location != "/beta/x" || !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v", name, err)
		}
		server.Close()
	}
	ctx, cancel := context.WithCancel(t.Context())
	client := custom(t, transport(func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 201, Header: http.Header{}, Body: &cancelling{strings.NewReader(item), cancel}, Request: r}, nil
	}))
	if got, err := odata.Create(ctx, client.Resource("projects"), create, &Entity{}, nil); err != nil || got.ID.Or("") != "1" {
		t.Errorf("%v, %v; the response arrived as a whole", got, err)
	}
}

// cancelling is a body at whose end a context is cancelled.
type cancelling struct {
	io.Reader
	cancel func()
}

func (c *cancelling) Close() error { c.cancel(); return nil }

// transport is a function that answers requests.
type transport func(*http.Request) (*http.Response, error)

func (f transport) Do(r *http.Request) (*http.Response, error) { return f(r) }

// custom returns a client with a transport of its own.
func custom(t *testing.T, f transport) *odata.Client {
	t.Helper()
	options := &odata.ClientOptions{Endpoint: "https://graph.example/beta"}
	options.Transport = f
	options.Retry.RetryDelay = time.Millisecond
	client, err := odata.NewClient(nil, odata.Config{Package: "test", Types: facts}, options)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// An answer whose body breaks off is still a refusal.
func TestRefusalThatBreaksOff(t *testing.T) {
	client := custom(t, func(r *http.Request) (*http.Response, error) {
		body := io.MultiReader(strings.NewReader(`{"error":`), iotest.ErrReader(io.ErrUnexpectedEOF))
		return &http.Response{StatusCode: 404, Header: http.Header{}, Body: io.NopCloser(body), Request: r}, nil
	})
	_, err := odata.Create(t.Context(), client.Resource("projects"), create, &Entity{}, nil)
	if e, ok := odata.AsError(err); !ok || e.StatusCode != 404 || !errors.Is(err, odata.ErrNotFound) || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%v", err)
	}
}

// A redirect that turns the POST into a GET created nothing, or something else.
func TestRedirectIsNotSuccess(t *testing.T) {
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			http.Redirect(w, r, server.URL+"/elsewhere", http.StatusFound)
			return
		}
		io.WriteString(w, item)
	}))
	defer server.Close()
	_, err := odata.Create(t.Context(), newClient(t, server.URL, nil).Resource("projects"), create, &Entity{}, nil)
	if _, ok := odata.AsError(err); !ok {
		t.Errorf("%v", err)
	}
}

// The options of a context change how often and how fast a request is sent
// again, but not after what.
func TestCreateWithRetryOptions(t *testing.T) {
	for status, want := range map[int]int32{429: 6, 500: 1, 504: 1} {
		var requests atomic.Int32
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			requests.Add(1)
			w.WriteHeader(status)
		}))
		defer server.Close()
		var response *http.Response
		ctx := policy.WithCaptureResponse(t.Context(), &response)
		ctx = policy.WithRetryOptions(ctx, policy.RetryOptions{MaxRetries: 5, RetryDelay: time.Microsecond})
		_, err := odata.Create(ctx, newClient(t, server.URL, token{}).Resource("projects"), create, &Entity{}, nil)
		if e, ok := errors.AsType[*azcore.ResponseError](err); !ok || e.StatusCode != status {
			t.Errorf("%d: %v", status, err)
		}
		if n := requests.Load(); n != want {
			t.Errorf("%d: %d requests, want %d", status, n, want)
		}
		if response == nil || response.StatusCode != status {
			t.Errorf("%d: the captured response is %v", status, response)
		}
	}
}

// No connection, no request: it may be tried again.
func TestCreateAfterRefusedConnection(t *testing.T) {
	for name, err := range map[string]error{
		"connection refused": &net.OpError{Op: "dial", Err: errors.New("connection refused")},
		"no such host":       &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", IsNotFound: true}},
	} {
		t.Run(name, func(t *testing.T) {
			transport := &failing{failures: []error{err, err}}
			options := &odata.ClientOptions{Endpoint: "https://graph.example/beta"}
			options.Transport = transport
			options.Retry.RetryDelay = time.Millisecond
			client, err := odata.NewClient(nil, odata.Config{Package: "test"}, options)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := odata.Create(t.Context(), client.Resource("projects"), create, &Entity{}, nil); err != nil || transport.calls != 3 {
				t.Errorf("%d calls, %v", transport.calls, err)
			}
		})
	}
}

func TestCreateAfterBrokenWrite(t *testing.T) {
	transport := &failing{failures: []error{&net.OpError{Op: "write", Err: errors.New("broken pipe")}}}
	options := &odata.ClientOptions{Endpoint: "https://graph.example/beta"}
	options.Transport = transport
	client, err := odata.NewClient(nil, odata.Config{Package: "test"}, options)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := odata.Create(t.Context(), client.Resource("projects"), create, &Entity{}, nil); err == nil || transport.calls != 1 {
		t.Errorf("%d calls, %v; want one and its error", transport.calls, err)
	}
}

// failing fails as often as it has failures, then creates.
type failing struct {
	failures []error
	calls    int
}

func (f *failing) Do(r *http.Request) (*http.Response, error) {
	f.calls++
	if f.calls <= len(f.failures) {
		return nil, f.failures[f.calls-1]
	}
	return &http.Response{StatusCode: 201, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(item)), Request: r}, nil
}

func TestCreateCancelled(t *testing.T) {
	var requests atomic.Int32
	ctx, cancel := context.WithCancel(t.Context())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		cancel()
		w.WriteHeader(429)
	}))
	defer server.Close()
	_, err := odata.Create(ctx, newClient(t, server.URL, nil).Resource("projects"), create, &Entity{}, nil)
	if !errors.Is(err, context.Canceled) || requests.Load() != 1 {
		t.Errorf("%d requests, %v", requests.Load(), err)
	}
}

func TestCreateRequest(t *testing.T) {
	var got *http.Request
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r
		answer{status: 201, body: item}.write(t, w)
	}))
	defer server.Close()
	method := create
	method.EvolvableEnums = true
	var response *http.Response
	ctx := policy.WithCaptureResponse(t.Context(), &response)
	client := newClient(t, server.URL, token{})
	_, err := odata.Create(ctx, odata.Segment(odata.Key(client.Resource("users"), "adele@example.com"), "projects"), method, &Entity{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"Accept":        "application/json",
		"Content-Type":  "application/json",
		"Authorization": "Bearer secret",
		"Prefer":        "include-unknown-enum-members",
	} {
		if value := strings.Join(got.Header.Values(name), ","); value != want {
			t.Errorf("%s: %s, want %s", name, value, want)
		}
	}
	if got.Header.Get("client-request-id") == "" {
		t.Error("the request has no client-request-id")
	}
	if got.Method != "POST" || got.RequestURI != "/beta/users/adele@example.com/projects" {
		t.Errorf("%s %s", got.Method, got.RequestURI)
	}
	if response == nil || response.StatusCode != 201 {
		t.Errorf("the captured response is %v", response)
	}
}

// The headers of the caller replace those of the request.
func TestCallersHeader(t *testing.T) {
	var got http.Header
	client := custom(t, func(r *http.Request) (*http.Response, error) {
		got = r.Header
		return &http.Response{StatusCode: 201, Header: http.Header{}, Body: http.NoBody, Request: r}, nil
	})
	method := create
	method.EvolvableEnums = true
	callers := http.Header{
		"accept":            {"application/json;odata.metadata=full"},
		"Content-Type":      {"application/json;IEEE754Compatible=true"},
		"Prefer":            {"outlook.timezone=\"UTC\"", "return=minimal"},
		"Client-Request-Id": {"mine"},
		"ConsistencyLevel":  {"eventual"},
	}
	if _, err := odata.Create(t.Context(), client.Resource("projects"), method, &Entity{}, &odata.Options{Header: callers}); err != nil {
		t.Fatal(err)
	}
	for name, want := range callers {
		if diff := cmp.Diff(want, got.Values(name)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
	if _, err := odata.Create(t.Context(), client.Resource("projects"), method, &Entity{}, &odata.Options{Header: http.Header{"Prefer": nil}}); err != nil {
		t.Fatal(err)
	}
	if values := got.Values("Prefer"); len(values) > 0 || got.Get("Accept") != "application/json" {
		t.Errorf("Prefer: %v, Accept: %s", values, got.Get("Accept"))
	}
}

func TestNothingIsSentWithoutBody(t *testing.T) {
	client := newClient(t, "https://graph.example", nil)
	if _, err := odata.Create[*Entity](t.Context(), client.Resource("projects"), create, nil, nil); err == nil || err.Error() != "Projects.Create: odata: the body is nil" {
		t.Error(err)
	}
}

type token struct{}

// scopes are those of the hosts that the tests have.
var scopes = regexp.MustCompile(`^(https://graph\.(microsoft\.com|example)|https?://(127\.0\.0\.1|localhost):\d+)/\.default$`)

func (token) GetToken(_ context.Context, options policy.TokenRequestOptions) (azcore.AccessToken, error) {
	if len(options.Scopes) != 1 || !scopes.MatchString(options.Scopes[0]) {
		return azcore.AccessToken{}, errors.New("unexpected scopes " + strings.Join(options.Scopes, " "))
	}
	return azcore.AccessToken{Token: "secret", ExpiresOn: time.Now().Add(time.Hour)}, nil
}

// The key is one path segment, whatever it holds.
func TestKey(t *testing.T) {
	for key, want := range map[string]string{
		"adele@example.com":                  "/beta/users/adele@example.com",
		"guest_example.com#EXT#@example.com": "/beta/users/guest_example.com%23EXT%23@example.com",
		"$adele@example.com":                 "/beta/users('$adele@example.com')",
		"$o'neil":                            "/beta/users('$o%27%27neil')",
		"a/b?c%d":                            "/beta/users/a%2Fb%3Fc%25d",
		"..":                                 "/beta/users('..')",
		"o'neil":                             "/beta/users/o%27neil",
		"ü \n":                               "/beta/users/%C3%BC%20%0A",
	} {
		t.Run(key, func(t *testing.T) {
			var uri string
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				uri = r.RequestURI
				w.WriteHeader(201)
			}))
			defer server.Close()
			_, err := odata.Create(t.Context(), odata.Key(newClient(t, server.URL, nil).Resource("users"), key), create, &Entity{}, nil)
			if err != nil || uri != want {
				t.Errorf("%s, %v; want %s", uri, err, want)
			}
		})
	}
}

func TestEmptyKey(t *testing.T) {
	client := newClient(t, "https://graph.example", nil)
	_, err := odata.Create(t.Context(), odata.Segment(odata.Key(client.Resource("users"), ""), "projects"), create, &Entity{}, nil)
	if want := "Projects.Create: odata: the key of an item of /users is empty"; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

func TestEndpoints(t *testing.T) {
	for name, test := range map[string]struct {
		cloud    cloud.Configuration
		endpoint string
		version  string
		want     string // the address, or part of the error
	}{
		"default":           {want: "https://graph.microsoft.com/beta/me"},
		"azcore public":     {cloud: cloud.AzurePublic, want: "https://graph.microsoft.com/beta/me"},
		"azcore government": {cloud: cloud.AzureGovernment, want: "https://graph.microsoft.us/beta/me"},
		"L4":                {cloud: odata.USGovernmentL4, want: "https://graph.microsoft.us/beta/me"},
		"L5":                {cloud: odata.USGovernmentL5, want: "https://dod-graph.microsoft.us/beta/me"},
		"China":             {cloud: odata.China, want: "https://microsoftgraph.chinacloudapi.cn/beta/me"},
		"another version":   {version: "v1.0", want: "https://graph.microsoft.com/v1.0/me"},
		"endpoint":          {endpoint: "https://proxy.example/graph/beta/", want: "https://proxy.example/graph/beta/me"},
		"loopback":          {endpoint: "http://127.0.0.1:8080/beta", want: "http://127.0.0.1:8080/beta/me"},
		"plain http":        {endpoint: "http://graph.example/beta", want: "does not begin with https://"},
		"no host":           {endpoint: "graph.example/beta", want: "the endpoint graph.example/beta has no host"},
		"an empty host":     {endpoint: "https:///beta", want: "the endpoint https:///beta has no host"},
		"unknown cloud":     {cloud: cloud.Configuration{ActiveDirectoryAuthorityHost: "https://login.example/"}, want: "does not say where Microsoft Graph is"},
	} {
		t.Run(name, func(t *testing.T) {
			recorder := &recording{}
			options := &odata.ClientOptions{Endpoint: test.endpoint}
			options.Cloud, options.APIVersion, options.Transport = test.cloud, test.version, recorder
			client, err := odata.NewClient(nil, odata.Config{Package: "test", APIVersion: "beta"}, options)
			if err == nil {
				_, err = odata.Create(t.Context(), client.Resource("me"), create, &Entity{}, nil)
			}
			if got := recorder.url; got != test.want && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("%s, %v; want %s", got, err, test.want)
			}
		})
	}
}

// recording answers 201 to all requests and keeps the address.
type recording struct{ url string }

func (r *recording) Do(request *http.Request) (*http.Response, error) {
	r.url = request.URL.String()
	return &http.Response{StatusCode: 201, Header: http.Header{}, Body: http.NoBody, Request: request}, nil
}

// The same with sockets: the first connection is made to a port that nobody
// listens on.
func TestCreateAfterRealRefusedConnection(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := closed.Addr().String()
	closed.Close()
	var requests, dials atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		answer{status: 201, body: item}.write(t, w)
	}))
	defer server.Close()
	options := &odata.ClientOptions{Endpoint: server.URL + "/beta"}
	options.Retry.RetryDelay = time.Millisecond
	options.Transport = &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			if dials.Add(1) == 1 {
				address = nobody
			}
			return new(net.Dialer).DialContext(ctx, network, address)
		},
	}}
	client, err := odata.NewClient(nil, odata.Config{Package: "test"}, options)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := odata.Create(t.Context(), client.Resource("projects"), create, &Entity{}, nil); err != nil || requests.Load() != 1 || dials.Load() != 2 {
		t.Errorf("%d requests over %d connections, %v", requests.Load(), dials.Load(), err)
	}
}
