package odata_test

import (
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// endless is a text that goes on and counts what is read of it.
type endless struct{ read atomic.Int64 }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	e.read.Add(int64(len(p)))
	return len(p), nil
}

func (*endless) Close() error { return nil }

// A response is read up to the limit, and the error names the option.
func TestMaxResponseSize(t *testing.T) {
	for name, test := range map[string]struct {
		option int64
		limit  int64
		text   string
	}{
		"default": {0, 100_000_000, "the response has more than the 100000000 bytes of ClientOptions.MaxResponseSize"},
		"option":  {5_000, 5_000, "the response has more than the 5000 bytes of ClientOptions.MaxResponseSize"},
	} {
		for _, status := range []int{201, 400, 503} {
			body, requests := &endless{}, 0
			options := &odata.ClientOptions{Endpoint: "https://graph.example/beta", MaxResponseSize: test.option}
			options.Transport = transport(func(r *http.Request) (*http.Response, error) {
				requests++
				return &http.Response{StatusCode: status, Header: http.Header{}, Body: body, Request: r}, nil
			})
			client, err := odata.NewClient(nil, odata.Config{Package: "test"}, options)
			if err != nil {
				t.Fatal(err)
			}
			_, err = odata.Create(t.Context(), client.Resource("projects"), create, &Entity{}, nil)
			if err == nil || !strings.Contains(err.Error(), test.text) || requests != 1 {
				t.Errorf("%s, %d: %v after %d requests", name, status, err, requests)
			}
			if read := body.read.Load(); read > test.limit+1 {
				t.Errorf("%s, %d: %d bytes were read", name, status, read)
			}
			_, created := errors.AsType[*odata.CreatedError](err)
			if said, refused := odata.AsError(err); created != (status == 201) || refused != (status >= 400) || refused && said.StatusCode != status {
				t.Errorf("%s, %d: %v", name, status, err)
			}
		}
	}
}

// A response of just the limit is read, and so is any response without a limit.
func TestResponseWithinTheLimit(t *testing.T) {
	for option, size := range map[int64]int{2_000: 2_000, -1: 3_000_000} {
		options := &odata.ClientOptions{Endpoint: "https://graph.example/beta", MaxResponseSize: option}
		options.Transport = transport(func(r *http.Request) (*http.Response, error) {
			body := item + strings.Repeat(" ", size-len(item))
			return &http.Response{StatusCode: 201, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
		})
		client, err := odata.NewClient(nil, odata.Config{Package: "test"}, options)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := odata.Create(t.Context(), client.Resource("projects"), create, &Entity{}, nil); err != nil || got.ID.Or("") != "1" {
			t.Errorf("%d: %v, %v", option, got, err)
		}
	}
}

// The limit is on what comes out of the compression: it stops a response of 1 MB
// that would become 1 GB.
func TestCompressedResponse(t *testing.T) {
	var written atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "gzip" {
			t.Errorf("Accept-Encoding: %s", r.Header.Get("Accept-Encoding"))
		}
		w.Header().Set("Content-Encoding", "gzip")
		w.WriteHeader(201)
		compressed := gzip.NewWriter(w)
		zeros := make([]byte, 1<<20)
		for range 1 << 10 {
			n, err := compressed.Write(zeros)
			written.Add(int64(n))
			if err != nil {
				return
			}
		}
	}))
	defer server.Close()
	options := &odata.ClientOptions{Endpoint: server.URL + "/beta", MaxResponseSize: 10 << 20}
	client, err := odata.NewClient(nil, odata.Config{Package: "test"}, options)
	if err != nil {
		t.Fatal(err)
	}
	_, err = odata.Create(t.Context(), client.Resource("projects"), create, &Entity{}, nil)
	if _, created := errors.AsType[*odata.CreatedError](err); !created || !strings.Contains(err.Error(), "MaxResponseSize") {
		t.Errorf("%v", err)
	}
	server.Close()
	if n := written.Load(); n > 900<<20 {
		t.Errorf("the server wrote %d MB before the client was gone", n>>20)
	}
}
