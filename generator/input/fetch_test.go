package input_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/msgraphgen/msgraphgen/generator/input"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

var options = input.Options{MaxSize: 1 << 20, Timeout: 10 * time.Second, Attempts: 3, Wait: time.Millisecond}

// get reads a document from a server with the handler. It also returns the number
// of requests.
func get(t *testing.T, o input.Options, handler func(w http.ResponseWriter, r *http.Request, attempt int)) (*input.Document, int, error) {
	t.Helper()
	attempts := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		attempts++
		handler(w, r, attempts)
	}))
	defer server.Close()
	document, err := input.Get(t.Context(), server.URL+"/$metadata", o)
	return document, attempts, err
}

func TestOK(t *testing.T) {
	var progress []int64
	o := options
	o.Progress = func(read, total int64) { progress = append(progress, read, total) }
	d, attempts, err := get(t, o, func(w http.ResponseWriter, r *http.Request, _ int) {
		if r.Header.Get("If-None-Match") != "" || !strings.Contains(r.Header.Get("Accept"), "application/xml") {
			t.Errorf("headers: %v", r.Header)
		}
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Content-Type", "application/xml;charset=utf-8")
		fmt.Fprint(w, "<Edmx/>")
	})
	if err != nil || string(d.Data) != "<Edmx/>" || d.ETag != `"1"` || d.NotModified || attempts != 1 {
		t.Errorf("got %+v, %v after %d attempts", d, err, attempts)
	}
	if fmt.Sprint(progress) != "[7 7]" {
		t.Errorf("progress: %v", progress)
	}
}

func TestNotModified(t *testing.T) {
	o := options
	o.ETag = `W/"7"`
	d, _, err := get(t, o, func(w http.ResponseWriter, r *http.Request, _ int) {
		if r.Header.Get("If-None-Match") != `W/"7"` {
			t.Errorf("If-None-Match: %q", r.Header.Get("If-None-Match"))
		}
		w.WriteHeader(http.StatusNotModified)
	})
	if err != nil || !d.NotModified || d.ETag != `W/"7"` {
		t.Errorf("got %+v, %v", d, err)
	}
}

func TestGzip(t *testing.T) {
	text := strings.Repeat("<Edmx/>", 1000)
	d, _, err := get(t, options, func(w http.ResponseWriter, r *http.Request, _ int) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			t.Error("gzip is not accepted")
		}
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write([]byte(text))
		z.Close()
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(b.Bytes())
	})
	if err != nil || string(d.Data) != text {
		t.Errorf("%v", err)
	}
}

// A gzip bomb is small until it is unpacked.
func TestGzipBomb(t *testing.T) {
	_, attempts, err := get(t, options, func(w http.ResponseWriter, _ *http.Request, _ int) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		z.Write(make([]byte, 64<<20))
		z.Close()
	})
	if _, ok := errors.AsType[*source.InputError](err); !ok || attempts != 1 {
		t.Errorf("got %v after %d attempts", err, attempts)
	}
}

func TestTriesAgain(t *testing.T) {
	for name, trouble := range map[string]func(w http.ResponseWriter){
		"503": func(w http.ResponseWriter) { w.WriteHeader(http.StatusServiceUnavailable) },
		"429": func(w http.ResponseWriter) {
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusTooManyRequests)
		},
		"truncated": func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "<Ed")
		},
		"broken off": func(w http.ResponseWriter) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err == nil {
				conn.Close()
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			d, attempts, err := get(t, options, func(w http.ResponseWriter, _ *http.Request, attempt int) {
				if attempt < 3 {
					trouble(w)
					return
				}
				fmt.Fprint(w, "<Edmx/>")
			})
			if err != nil || string(d.Data) != "<Edmx/>" || attempts < 3 {
				t.Errorf("got %+v, %v after %d attempts", d, err, attempts)
			}
			_, attempts, err = get(t, options, func(w http.ResponseWriter, _ *http.Request, _ int) { trouble(w) })
			if err == nil || attempts < 3 {
				t.Errorf("no error after %d attempts", attempts)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	for name, test := range map[string]struct {
		handler func(w http.ResponseWriter, r *http.Request, attempt int)
		want    string
	}{
		"not found": {func(w http.ResponseWriter, _ *http.Request, _ int) { w.WriteHeader(http.StatusNotFound) }, "returned 404 Not Found"},
		"sign-in": {func(w http.ResponseWriter, _ *http.Request, _ int) {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "<html>")
		}, "returned text/html, not metadata"},
		"too large": {func(w http.ResponseWriter, _ *http.Request, _ int) { w.Write(make([]byte, 2<<20)) }, "larger than 64 MB"},
		"to plain http elsewhere": {func(w http.ResponseWriter, r *http.Request, _ int) {
			http.Redirect(w, r, "http://metadata.example/", http.StatusFound)
		}, "is not encrypted"},
		"to another scheme": {func(w http.ResponseWriter, r *http.Request, _ int) {
			http.Redirect(w, r, "https://metadata.example/", http.StatusFound)
		}, "redirected to another scheme"},
		"to itself": {func(w http.ResponseWriter, r *http.Request, _ int) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }, "more than 5 redirects"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := get(t, options, test.handler)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

func TestSlowAndRefused(t *testing.T) {
	o := options
	o.Timeout = 50 * time.Millisecond
	_, _, err := get(t, o, func(w http.ResponseWriter, r *http.Request, _ int) {
		select {
		case <-r.Context().Done():
		case <-time.After(5 * time.Second):
		}
	})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("slow: %v", err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	if _, err := input.Get(t.Context(), "http://user:secret@"+address+"/", options); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("refused: %v", err)
	}
}

func TestSchemes(t *testing.T) {
	for _, address := range []string{"http://graph.example/", "ftp://graph.example/", "file:///etc/passwd", "http://169.254.169.254/", "https://a b/"} {
		if _, err := input.Get(t.Context(), address, options); err == nil {
			t.Errorf("%s is read", address)
		} else if _, ok := errors.AsType[*input.SchemeError](err); !ok {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// A redirect does not hand the address to another server, and no message holds the
// parts of an address that can be secret.
func TestSecrets(t *testing.T) {
	var headers http.Header
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		headers = r.Header
		fmt.Fprint(w, "<Edmx/>")
	}))
	defer other.Close()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/moved":
			http.Redirect(w, r, other.URL+"/metadata", http.StatusFound)
		case "/elsewhere":
			http.Redirect(w, r, "https://user:hush@example.com/?sig=hush", http.StatusFound)
		case "/page":
			w.Header().Set("Content-Type", "text/html")
		case "/broken":
			w.Header().Set("Content-Length", "100")
		case "/large":
			_, _ = w.Write(make([]byte, options.MaxSize+1))
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	at := strings.Replace(server.URL, "http://", "http://me:hush@", 1)
	d, err := input.Get(t.Context(), at+"/moved?sig=hush#hush", options)
	if err != nil {
		t.Fatal(err)
	}
	if d.Name != server.URL+"/moved?…" || d.PublicName() != server.URL+"/moved" {
		t.Errorf("the name is %q, in files %q", d.Name, d.PublicName())
	}
	for _, name := range []string{"Referer", "Authorization"} {
		if value := headers.Get(name); value != "" {
			t.Errorf("%s: %s", name, value)
		}
	}
	addresses := []string{"ftp://me:hush@example.com/?sig=hush", "http://me:hush@example.com/?sig=hush", "https://me:hush@[::1/?sig=hush", "http://me:hush@127.0.0.1:1/?sig=hush"}
	for _, path := range []string{"elsewhere", "page", "broken", "large", "missing"} {
		addresses = append(addresses, at+"/"+path+"?sig=hush")
	}
	for _, address := range addresses {
		_, err := input.Get(t.Context(), address, options)
		if err == nil || strings.Contains(err.Error(), "hush") {
			t.Errorf("%s: %v", address, err)
		}
	}
}
