package odata

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
)

// transport sends a request once, to the address that it has, and reads no more of
// the response than the limit. It is the last step of the pipeline: the policies
// before it see each response, redirects included.
type transport struct {
	next  policy.Transporter
	watch bool  // next may follow redirects on its own
	limit int64 // bytes of a response, or 0 for no limit
}

// newTransport returns a transport that sends requests with the caller's, or with
// one of its own if that is nil. Package http follows redirects unless a client
// says otherwise, so a copy of the caller's client does.
func newTransport(callers policy.Transporter, limit int64) *transport {
	client, ok := callers.(*http.Client)
	switch {
	case callers == nil, ok && client == nil:
		client = &http.Client{Transport: defaultTransport()}
	case ok:
		client = new(*client)
	default:
		return &transport{callers, true, limit}
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &transport{client, false, limit}
}

// defaultTransport returns the transport of package http with more connections to
// the one host that a client has, and with probes that find dead ones.
func defaultTransport() http.RoundTripper {
	standard, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return http.DefaultTransport // the program has replaced it
	}
	t := standard.Clone()
	t.MaxIdleConnsPerHost = 10
	t.HTTP2 = &http.HTTP2Config{SendPingTimeout: 10 * time.Second, PingTimeout: 5 * time.Second}
	return t
}

// Do sends the request.
func (t *transport) Do(request *http.Request) (*http.Response, error) {
	sent, w := request, &watch{}
	if t.watch {
		sent = request.WithContext(w.context(request))
	}
	response, err := t.next.Do(sent)
	if to, ok := w.followed(sent, response); ok {
		if response != nil {
			response.Body.Close()
		}
		return nil, final{fmt.Errorf("odata: ClientOptions.Transport follows redirects, here to %s, which can give the token away: "+
			"use an *http.Client, or a transport that returns the response that redirects", to)}
	}
	if err != nil || response == nil {
		return nil, withoutQuery(err)
	}
	if response.Request == sent || response.Request == nil {
		response.Request = request
	}
	if response.Body != nil && t.limit > 0 && (response.StatusCode >= http.StatusBadRequest || !isStream(request.Context())) {
		response.Body = &limitedBody{response.Body, t.limit, t.limit}
	}
	return response, nil
}

// watch finds out whether a transport that ends in package http follows a
// redirect, and stops it. It judges the connections that the transport asks for:
// once the response has begun, a write needs no other one, and a read none to
// another host.
type watch struct {
	first    atomic.Pointer[string] // the address of the first connection
	answered atomic.Bool
	stopped  atomic.Pointer[string] // the address of the one that was closed
}

// context returns a context that reports to w how a request is sent.
func (w *watch) context(request *http.Request) context.Context {
	write := !isRead(request.Method)
	return httptrace.WithClientTrace(request.Context(), &httptrace.ClientTrace{
		GetConn: func(address string) {
			if !w.first.CompareAndSwap(nil, &address) && w.answered.Load() && (write || address != *w.first.Load()) {
				w.stopped.Store(&address)
			}
		},
		GotConn: func(info httptrace.GotConnInfo) {
			if w.stopped.Load() != nil {
				info.Conn.Close() // before anything is written to it
			}
		},
		GotFirstResponseByte: func() { w.answered.Store(true) },
	})
}

// followed reports whether the transport followed a redirect, and to where.
func (w *watch) followed(sent *http.Request, response *http.Response) (to string, ok bool) {
	if address := w.stopped.Load(); address != nil {
		return *address, true
	}
	if response == nil || response.Request == nil {
		return "", false
	}
	// A hop has the response that led to it. The address of a hop says nothing:
	// transports may send requests elsewhere for reasons of their own.
	last := response.Request
	hop := last.Response != nil && (!isRead(sent.Method) || !sameOrigin(last.URL, sent.URL))
	return place(last.URL), hop || last.Method != sent.Method
}

// isRead reports whether a method asks for nothing but a representation.
func isRead(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == ""
}

// sameOrigin reports whether two addresses have the same scheme and host.
func sameOrigin(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && strings.EqualFold(a.Hostname(), b.Hostname()) && port(a) == port(b)
}

func port(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "http":
		return "80"
	}
	return "443"
}

// place returns an address for messages: without the user, password, query and
// fragment, which can be secrets.
func place(u *url.URL) string {
	shown := url.URL{Scheme: u.Scheme, Opaque: u.Opaque, Host: u.Host, Path: u.Path, RawPath: u.RawPath}
	return shown.String()
}

// withoutQuery returns an error of package http whose message has no secrets of
// the address.
func withoutQuery(err error) error {
	e, ok := err.(*url.Error)
	if !ok {
		return err
	}
	u, parseErr := url.Parse(e.URL)
	if parseErr != nil {
		return e.Err
	}
	return &url.Error{Op: e.Op, URL: place(u), Err: e.Err}
}

// limitedBody is the body of a response, of which left bytes may still be read.
type limitedBody struct {
	io.ReadCloser
	left, limit int64
}

func (b *limitedBody) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, final{fmt.Errorf("odata: the response has more than the %d bytes of ClientOptions.MaxResponseSize", b.limit)}
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1] // one more shows whether the response ends there
	}
	n, err := b.ReadCloser.Read(p)
	b.left -= int64(n)
	if b.left < 0 {
		n, err = n-1, nil
	}
	return n, err
}

type streamKey struct{}

// asStream returns a context for a request whose response the caller reads as a
// stream: its size has no limit.
func asStream(ctx context.Context) context.Context {
	return context.WithValue(ctx, streamKey{}, true)
}

func isStream(ctx context.Context) bool { return ctx.Value(streamKey{}) != nil }
