// Package explore serves a page on this machine, on which a user looks around in
// metadata, selects methods, and gets the configuration for them.
//
// All answers come from a generator.Explorer. The server renders them as HTML; the
// script of the page only puts them in their places. Requests without the token in the
// address of the page are refused, and so are those of other sites.
package explore

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json/v2"
	"errors"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/templates"
)

// Serve serves the page at a port of 127.0.0.1, at any free one if port is 0, until ctx
// ends. It calls started with the address.
func Serve(ctx context.Context, e *generator.Explorer, port int, started func(address string)) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return fmt.Errorf("port: %w", err)
	}
	token := rand.Text()
	handler, err := NewHandler(e, token, listener.Addr().(*net.TCPAddr).Port)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	started(fmt.Sprintf("http://%s/%s/", listener.Addr(), token))
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// server answers the requests of the page.
type server struct {
	explorer *generator.Explorer
	token    string
	hosts    []string // under which this machine alone reaches the server
	page     *template.Template
}

// NewHandler returns the handler for a server on this machine. It answers only requests
// to /TOKEN/ whose host is the machine itself: the name of a site that leads to this
// machine does not count. A POST has to come from the page itself.
func NewHandler(e *generator.Explorer, token string, port int) (http.Handler, error) {
	s := &server{explorer: e, token: token}
	for _, name := range []string{"127.0.0.1", "localhost", "::1"} {
		s.hosts = append(s.hosts, net.JoinHostPort(name, strconv.Itoa(port)))
	}
	var err error
	if s.page, err = templates.Explore(s.link); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{token}/{$}", s.shell)
	for name, data := range templates.ExploreFiles() {
		mux.HandleFunc("GET /{token}/"+name, func(w http.ResponseWriter, r *http.Request) {
			http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
		})
	}
	mux.HandleFunc("GET /{token}/tree", s.tree)
	mux.HandleFunc("GET /{token}/page", s.content)
	mux.HandleFunc("GET /{token}/preview", s.preview)
	mux.HandleFunc("GET /{token}/changes", s.changes)
	mux.HandleFunc("POST /{token}/select", s.selection)
	mux.HandleFunc("POST /{token}/write", s.write)
	return s.guard(mux), nil
}

// policy lets the page load its own style and script, ask this server, and nothing
// else.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// maxBody is the largest size of the body of a request, in bytes.
const maxBody = 1 << 20

// guard refuses requests that do not come from the page.
func (s *server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cache-Control", "no-store")
		token, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		switch {
		case !slices.Contains(s.hosts, r.Host):
			http.Error(w, "this page is for this machine: open it at 127.0.0.1", http.StatusForbidden)
		case subtle.ConstantTimeCompare([]byte(token), []byte(s.token)) != 1:
			http.Error(w, "the address lacks the token: open the address that msgraphgen explore prints", http.StatusForbidden)
		case r.Method == http.MethodPost && r.Header.Get("Origin") != "http://"+r.Host:
			http.Error(w, "only the page itself can change anything", http.StatusForbidden)
		case r.Method == http.MethodPost && r.Header.Get("Content-Type") != "application/json":
			http.Error(w, "the content type is not application/json", http.StatusUnsupportedMediaType)
		default:
			r.Body = http.MaxBytesReader(w, r.Body, maxBody)
			next.ServeHTTP(w, r)
		}
	})
}

// render writes a part of the page. Hidden characters in it become visible.
func (s *server) render(w http.ResponseWriter, name string, data any) {
	var b strings.Builder
	if err := s.page.ExecuteTemplate(&b, name, data); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(source.PlainLines(b.String()))) // the browser may be gone
}

// answer writes a value as JSON.
func answer(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.MarshalWrite(w, value) // the browser may be gone
}

// receive reads the body of a request, or answers that it is wrong.
func receive(w http.ResponseWriter, r *http.Request, value any) bool {
	if err := json.UnmarshalRead(r.Body, value, json.RejectUnknownMembers(true)); err != nil {
		http.Error(w, "the body is not what the page sends: "+err.Error(), http.StatusBadRequest)
		return false
	}
	return true
}
