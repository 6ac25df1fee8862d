package odata_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// wrapped is a transport that hides a client of package http.
type wrapped struct{ client *http.Client }

func (w wrapped) Do(r *http.Request) (*http.Response, error) { return w.client.Do(r) }

// transports are those that a caller may give, made from one that trusts the
// servers of a test.
func transports(trusting http.RoundTripper) map[string]policy.Transporter {
	return map[string]policy.Transporter{
		"a client":              &http.Client{Transport: trusting},
		"a client that follows": &http.Client{Transport: trusting, CheckRedirect: func(*http.Request, []*http.Request) error { return nil }},
		"a wrapper":             wrapped{&http.Client{Transport: trusting}},
	}
}

// site is a server that counts its requests.
type site struct {
	*httptest.Server
	first, target atomic.Int32 // requests for the first address, and for the others
	tokens        atomic.Int32 // requests with a token for the others
}

// newSite starts a server that redirects /beta/projects to wherever says.
func newSite(t *testing.T, start func(*site), to func() string, status int, then answer) *site {
	s := &site{}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		if r.URL.Path == "/beta/projects" {
			s.first.Add(1)
			w.Header().Set("Location", to())
			w.WriteHeader(status)
			return
		}
		s.target.Add(1)
		if r.Header.Get("Authorization") != "" {
			s.tokens.Add(1)
		}
		then.write(t, w)
	}))
	start(s)
	t.Cleanup(s.Close)
	return s
}

func plain(s *site)  { s.Start() }
func secure(s *site) { s.StartTLS() }
func http2(s *site)  { s.EnableHTTP2 = true; s.StartTLS() }

// A create reaches the first server once and no other address, whatever that
// would answer, and the error says where the service pointed.
func TestWritesAreNotRedirected(t *testing.T) {
	nobody := refusing(t)
	answers := map[string]answer{
		"201": {status: 201, body: item}, "429": {status: 429}, "503": {status: 503, header: map[string]string{"Retry-After": "1"}},
		"refused": {hangUp: true},
	}
	for start, server := range map[string]func(*site){"http": plain, "https": secure, "HTTP/2": http2} {
		for then, answer := range answers {
			for _, status := range []int{301, 302, 303, 307, 308} {
				for _, where := range []string{"same host", "other host", "http"} {
					var a, other *site
					address := func() string {
						target := a
						if where != "same host" {
							target = other
						}
						url := target.URL
						if then == "refused" && where != "same host" {
							url = nobody
						}
						if where == "other host" {
							url = strings.Replace(url, "127.0.0.1", "localhost", 1)
						}
						return url + "/beta/elsewhere?secret=1"
					}
					a = newSite(t, server, address, status, answer)
					other = newSite(t, server, address, status, answer)
					if where == "http" {
						other = newSite(t, plain, address, status, answer)
					}
					choices := transports(a.Client().Transport)
					if start == "http" {
						choices["none"] = nil
					}
					for kind, transport := range choices {
						t.Run(fmt.Sprintf("%s %s %d to %s with %s", start, then, status, where, kind), func(t *testing.T) {
							a.first.Store(0)
							a.target.Store(0)
							other.target.Store(0)
							options := &odata.ClientOptions{Endpoint: a.URL + "/beta"}
							options.Transport, options.InsecureAllowCredentialWithHTTP = transport, true
							options.Retry.RetryDelay = time.Millisecond
							client, err := odata.NewClient(token{}, odata.Config{Package: "test"}, options)
							if err != nil {
								t.Fatal(err)
							}
							_, err = odata.Create(t.Context(), client.Resource("projects"), create, &Entity{}, nil)
							if n, m := a.first.Load(), a.target.Load()+other.target.Load(); n != 1 || m != 0 {
								t.Errorf("%d and %d requests, want 1 and 0", n, m)
							}
							want := fmt.Sprintf("it points to %s, which is not followed", strings.TrimSuffix(address(), "?secret=1"))
							if kind == "a wrapper" {
								want = "follows redirects"
							}
							if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
								t.Errorf("%v, want %q", err, want)
							}
							if e, ok := odata.AsError(err); kind != "a wrapper" && (!ok || e.StatusCode != status) {
								t.Errorf("%v does not say %d", err, status)
							}
						})
					}
				}
			}
		}
	}
}

// refusing returns an address that nobody listens at.
func refusing(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return "http://" + listener.Addr().String()
}

// A response of the 300s that is not a redirect says where it points, too.
func TestOtherStatusesOfThe300s(t *testing.T) {
	for status, want := range map[int]string{
		300: "Projects.Create: status 300 Multiple Choices: it points to https://graph.example/b, which is not followed: that status is not a redirect",
		305: "Projects.Create: status 305 Use Proxy: it points to https://graph.example/b, which is not followed: that status is not a redirect",
		304: "Projects.Create: status 304 Not Modified: it points to https://graph.example/b, which is not followed: that status is not a redirect",
	} {
		client := custom(t, func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: status, Header: http.Header{"Location": {"/b?c#d"}}, Body: http.NoBody}, nil
		})
		if _, err := odata.Create(t.Context(), client.Resource("projects"), create, &Entity{}, nil); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// Of all methods, only reads follow redirects, and only to the same scheme and host.
func TestRedirectsOfOtherMethods(t *testing.T) {
	ctx := t.Context()
	m := odata.Method{Name: "Projects.Method"}
	methods := map[string]func(odata.Resource) error{
		"Get":     func(r odata.Resource) error { _, err := odata.Get[*Entity](ctx, r, m, nil); return err },
		"List":    func(r odata.Resource) error { _, err := odata.Pages[*Entity](r, m, nil).NextPage(ctx); return err },
		"Update":  func(r odata.Resource) error { _, err := odata.Update(ctx, r, m, &Entity{}, nil); return err },
		"Replace": func(r odata.Resource) error { _, err := odata.Replace(ctx, r, m, &Entity{}, nil); return err },
		"Delete":  func(r odata.Resource) error { return odata.Delete(ctx, r, m, nil) },
		"Post":    func(r odata.Resource) error { return odata.Post(ctx, r, m, &Entity{}, nil) },
		"Upload":  func(r odata.Resource) error { return odata.Upload(ctx, r, m, strings.NewReader("x"), "", nil) },
	}
	for name, call := range methods {
		for _, status := range []int{301, 302, 303, 307, 308} {
			for _, where := range []string{"same host", "other host"} {
				for kind, transport := range map[string]policy.Transporter{"none": nil, "a client": &http.Client{}} {
					var a *site
					other := newSite(t, plain, func() string { return "" }, 200, answer{status: 200, body: item})
					a = newSite(t, plain, func() string {
						if where == "same host" {
							return a.URL + "/beta/elsewhere"
						}
						return other.URL + "/beta/elsewhere"
					}, status, answer{status: 200, body: item})
					options := &odata.ClientOptions{Endpoint: a.URL + "/beta"}
					options.Transport, options.InsecureAllowCredentialWithHTTP = transport, true
					options.Retry.RetryDelay = time.Millisecond
					client, err := odata.NewClient(token{}, odata.Config{Package: "test"}, options)
					if err != nil {
						t.Fatal(err)
					}
					err = call(client.Resource("projects"))
					follows := (name == "Get" || name == "List") && where == "same host"
					wanted := int32(0)
					if follows {
						wanted = 1
					}
					if (err == nil) != follows || a.first.Load() != 1 || a.target.Load() != wanted || other.target.Load()+other.first.Load() != 0 {
						t.Errorf("%s, %d to %s with %s: %v; %d, %d and %d requests", name, status, where, kind, err, a.first.Load(), a.target.Load(), other.target.Load())
					}
				}
			}
		}
	}
}
