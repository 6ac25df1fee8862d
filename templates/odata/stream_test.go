package odata_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// A download arrives as it is read, whatever its size, also from another host,
// which gets no token.
func TestDownload(t *testing.T) {
	const size = 120_000_000 // more than a response can have
	var token, other string
	elsewhere := newSite(t, plain, func() string { return "" }, 200, answer{})
	elsewhere.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		other = r.Header.Get("Range") + r.Header.Get("Authorization") + r.Header.Get("X-Mine") + r.URL.RawQuery
		io.WriteString(w, "elsewhere")
	})
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		token = r.Header.Get("Authorization")
		switch r.URL.Path {
		case "/beta/big":
			w.Header().Set("Content-Type", "image/jpeg")
			w.Header().Set("Content-Length", fmt.Sprint(size))
			for range size / 1_000_000 {
				_, _ = w.Write(make([]byte, 1_000_000))
			}
		case "/beta/moved":
			http.Redirect(w, r, elsewhere.URL+"/x?secret", http.StatusFound)
		case "/beta/none":
			answer{status: 404, body: `{"error":{"code":"itemNotFound","message":"No photo"}}`}.write(t, w)
		case "/beta/cut":
			answer{cut: true, body: "half"}.write(t, w)
		}
	})
	m := odata.Method{Name: "Photo.Download"}
	big, err := odata.Download(t.Context(), client.Resource("big"), m, nil)
	if err != nil || big.ContentType != "image/jpeg" || big.Length != size {
		t.Fatalf("%v, %v", big, err)
	}
	if n, err := io.Copy(io.Discard, big); n != size || err != nil || token != "Bearer secret" {
		t.Errorf("%d bytes, %v, %s", n, err, token)
	}
	if err := big.Close(); err != nil {
		t.Error(err)
	}
	var response odata.Response
	for _, name := range []string{"Range", "range"} {
		moved, err := odata.Download(t.Context(), client.Resource("moved"), m, &odata.Options{Header: http.Header{name: {"bytes=1-"}, "X-Mine": {"secret"}}, Response: &response})
		if err != nil {
			t.Fatal(err)
		}
		if text, err := io.ReadAll(moved); string(text) != "elsewhere" || err != nil || other != "bytes=1-secret" || response.StatusCode != 200 {
			t.Errorf("%s, %v, %s, %v", text, err, other, response)
		}
		moved.Close()
	}
	_, err = odata.Download(t.Context(), client.Resource("none"), m, nil)
	if want := "Photo.Download: status 404 Not Found: itemNotFound: No photo"; !errors.Is(err, odata.ErrNotFound) || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	cut, err := odata.Download(t.Context(), client.Resource("cut"), m, nil)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(cut); string(text) != "half" || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%s, %v", text, err)
	}
	cut.Close()
	elsewhere.Close()
	if _, err := odata.Download(t.Context(), client.Resource("moved"), m, nil); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("%v", err)
	}
}

// A download never goes from https to http.
func TestDownloadIsNotDowngraded(t *testing.T) {
	requests := 0
	client := custom(t, func(r *http.Request) (*http.Response, error) {
		requests++
		return &http.Response{StatusCode: 302, Header: http.Header{"Location": {"http://files.example/x?secret"}}, Body: http.NoBody, Request: r}, nil
	})
	_, err := odata.Download(t.Context(), client.Resource("photo"), odata.Method{Name: "Photo.Download"}, nil)
	if err == nil || requests != 1 || !strings.Contains(err.Error(), "status 302 Found: it points to http://files.example/x, which is not followed") {
		t.Errorf("%v after %d requests", err, requests)
	}
}

// An upload has the content and its type, from the beginning, each time it is sent.
func TestUpload(t *testing.T) {
	tries := 0
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if got := r.Method + " " + r.Header.Get("Content-Type") + " " + r.Header.Get("If-Match") + " " + string(body); got != "PUT image/png * picture" || r.ContentLength != 7 {
			t.Errorf("got %s, length %d", got, r.ContentLength)
		}
		if tries++; tries == 1 {
			w.WriteHeader(500)
			return
		}
		io.WriteString(w, `{"id":"1"}`)
	})
	content := strings.NewReader("picture")
	_, _ = content.Seek(3, io.SeekStart)
	item, err := odata.UploadItem[*Letter](t.Context(), odata.Segment(client.Resource("photo"), "$value"), odata.Method{Name: "Photo.Upload"}, content, "image/png", &odata.Options{IfMatch: "*"})
	if err != nil || item.ID.Or("") != "1" || tries != 2 {
		t.Errorf("%v, %v, %d tries", item, err, tries)
	}
	client = serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Method+r.Header.Get("Content-Type")+string(body) != "POSTtext/html<p>" {
			t.Errorf("got %s %v %s", r.Method, r.Header, body)
		}
		w.WriteHeader(500)
	})
	tries = 0
	if _, err := odata.CreateContent[*Letter](t.Context(), client.Resource("pages"), odata.Method{}, strings.NewReader("<p>"), "text/html", nil); err == nil {
		t.Error("no error")
	}
	if err := odata.Upload(t.Context(), client.Resource("photo"), odata.Method{Name: "Photo.Upload"}, nil, "", nil); err == nil || err.Error() != "Photo.Upload: odata: the content is nil" {
		t.Errorf("%v", err)
	}
}

// session is a server that takes the parts of an upload.
type session struct {
	t         *testing.T
	total     int
	got       bytes.Buffer
	requests  []string
	trouble   map[int]func(http.ResponseWriter, *http.Request, []byte) bool // by number of the PUT, from 1
	puts      int
	completed bool
}

func (s *session) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "" || r.URL.RawQuery != "temporary=secret" {
		s.t.Errorf("%s with %v", r.URL, r.Header)
	}
	expected := fmt.Sprintf(`{"nextExpectedRanges":["%d-"]}`, s.got.Len())
	if r.Method == http.MethodGet {
		s.requests = append(s.requests, "status")
		io.WriteString(w, expected)
		return
	}
	body, err := io.ReadAll(r.Body)
	s.requests = append(s.requests, r.Header.Get("Content-Range"))
	s.puts++
	if f := s.trouble[s.puts]; f != nil && f(w, r, body) {
		return
	}
	var from, to, total int
	if _, scanErr := fmt.Sscanf(r.Header.Get("Content-Range"), "bytes %d-%d/%d", &from, &to, &total); scanErr != nil || err != nil || total != s.total || to-from+1 != len(body) {
		s.t.Errorf("%v, %v: %d bytes for %s", err, scanErr, len(body), r.Header.Get("Content-Range"))
	}
	if from != s.got.Len() {
		w.WriteHeader(http.StatusRequestedRangeNotSatisfiable)
		return
	}
	s.got.Write(body)
	if s.got.Len() == s.total {
		s.completed = true
		answer{status: 201, body: `{"id":"file"}`}.write(s.t, w)
		return
	}
	answer{status: 202, body: fmt.Sprintf(`{"nextExpectedRanges":["%d-"]}`, s.got.Len())}.write(s.t, w)
}

func newSession(t *testing.T, total int) (*session, string) {
	s := &session{t: t, total: total, trouble: map[int]func(http.ResponseWriter, *http.Request, []byte) bool{}}
	site := newSite(t, plain, func() string { return "" }, 200, answer{})
	site.Config.Handler = s
	return s, site.URL + "/upload?temporary=secret"
}

// Ten megabytes arrive as they are, though the server drops one part, and the answer
// to another: what it has is not sent again.
func TestUploadParts(t *testing.T) {
	content := make([]byte, 10_000_000)
	for i := range content {
		content[i] = byte(i * 7 >> 3)
	}
	s, url := newSession(t, len(content))
	s.trouble[2] = func(w http.ResponseWriter, _ *http.Request, _ []byte) bool {
		answer{hangUp: true}.write(t, w)
		return true
	}
	s.trouble[4] = func(w http.ResponseWriter, _ *http.Request, body []byte) bool {
		s.got.Write(body)
		answer{hangUp: true}.write(t, w)
		return true
	}
	var progress []int64
	client := newClient(t, url[:strings.LastIndexByte(url, '/')], token{})
	item, err := odata.UploadParts[Letter](t.Context(), client, url, bytes.NewReader(content), int64(len(content)),
		&odata.UploadOptions{Progress: func(sent, _ int64) { progress = append(progress, sent) }})
	if err != nil || item.ID.Or("") != "file" || !bytes.Equal(s.got.Bytes(), content) {
		t.Fatalf("%v, %v, %d bytes", item, err, s.got.Len())
	}
	want := []string{
		"bytes 0-3276799/10000000", "bytes 3276800-6553599/10000000", "bytes 3276800-6553599/10000000",
		"bytes 6553600-9830399/10000000", "bytes 6553600-9830399/10000000", "status", "bytes 9830400-9999999/10000000",
	}
	if strings.Join(s.requests, "\n") != strings.Join(want, "\n") {
		t.Errorf("requests:\n%s", strings.Join(s.requests, "\n"))
	}
	if fmt.Sprint(progress) != "[3276800 6553600 9830400 10000000]" {
		t.Errorf("progress %v", progress)
	}
}

// Outlook answers the last part of an attachment with its address alone.
func TestUploadPartsWithoutAnItem(t *testing.T) {
	s, url := newSession(t, 5)
	s.trouble[1] = func(w http.ResponseWriter, _ *http.Request, _ []byte) bool {
		w.Header().Set("Location", "https://outlook.example/attachments/a=")
		w.WriteHeader(http.StatusCreated)
		return true
	}
	client := newClient(t, url[:strings.LastIndexByte(url, '/')], token{})
	var response odata.Response
	item, err := odata.UploadParts[Letter](t.Context(), client, url, strings.NewReader("12345"), 5, &odata.UploadOptions{Response: &response})
	if err != nil || !item.ID.IsZero() || response.StatusCode != 201 || response.Location() != "https://outlook.example/attachments/a=" {
		t.Errorf("%v, %v, %v", item, err, response)
	}
}

// Outlook answers the parts before the last one with status 200, and has spelled the
// name of the ranges with capitals
// (https://learn.microsoft.com/graph/outlook-large-attachments).
func TestUploadPartsToOutlook(t *testing.T) {
	for _, name := range []string{"nextExpectedRanges", "NextExpectedRanges", "nothing"} {
		var got []byte
		var types []string
		client := custom(t, func(r *http.Request) (*http.Response, error) {
			part, err := io.ReadAll(r.Body)
			if err != nil {
				return nil, err
			}
			got, types = append(got, part...), append(types, r.Header.Get("Content-Type"))
			response := &http.Response{StatusCode: 200, Header: http.Header{}, Request: r, Body: io.NopCloser(strings.NewReader(fmt.Sprintf(`{"@odata.context":"x",%q:["%d"]}`, name, len(got))))}
			if len(got) == 700_000 {
				response = &http.Response{StatusCode: 201, Header: http.Header{"Location": {"https://outlook.example/attachments/a="}}, Request: r, Body: http.NoBody}
			}
			return response, nil
		})
		content := bytes.Repeat([]byte("0123456"), 100_000)
		var response odata.Response
		_, err := odata.UploadParts[Letter](t.Context(), client, "https://outlook.example/up", bytes.NewReader(content), 700_000, &odata.UploadOptions{PartSize: 327_680, Response: &response})
		if err != nil || !bytes.Equal(got, content) || response.StatusCode != 201 || response.Location() == "" {
			t.Errorf("%s: %v, %d bytes, %v", name, err, len(got), response)
		}
		if want := "application/octet-stream application/octet-stream application/octet-stream"; strings.Join(types, " ") != want {
			t.Errorf("types %v", types)
		}
	}
}

// A service that ends the session before the last part has lost the rest.
func TestUploadPartsThatEndEarly(t *testing.T) {
	sent := 0
	client := custom(t, func(r *http.Request) (*http.Response, error) {
		if sent++; sent > 1 {
			return &http.Response{StatusCode: 404, Header: http.Header{}, Body: http.NoBody, Request: r}, nil
		}
		return &http.Response{StatusCode: 201, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(`{"id":"file"}`)), Request: r}, nil
	})
	item, err := odata.UploadParts[Letter](t.Context(), client, "https://other.example/up", bytes.NewReader(make([]byte, 700_000)), 700_000, &odata.UploadOptions{PartSize: 327_680})
	if !errors.Is(err, odata.ErrNotFound) {
		t.Errorf("%v, %v", item, err)
	}
}

// An upload goes on in another program.
func TestUploadPartsResumes(t *testing.T) {
	content := bytes.Repeat([]byte("0123456789"), 100_000)
	s, url := newSession(t, len(content))
	client := newClient(t, url[:strings.LastIndexByte(url, '/')], token{})
	gone := false
	s.trouble[3] = func(w http.ResponseWriter, _ *http.Request, _ []byte) bool {
		if gone = !gone; gone {
			w.WriteHeader(403)
		}
		return gone
	}
	options := &odata.UploadOptions{PartSize: 327_680}
	_, err := odata.UploadParts[Letter](t.Context(), client, url, bytes.NewReader(content), int64(len(content)), options)
	if !errors.Is(err, odata.ErrForbidden) || !strings.HasPrefix(err.Error(), "UploadParts: status 403") || strings.Contains(err.Error(), "secret") {
		t.Fatalf("%v", err)
	}
	options.Resume = true
	item, err := odata.UploadParts[Letter](t.Context(), client, url, bytes.NewReader(content), int64(len(content)), options)
	if err != nil || item.ID.Or("") != "file" || !bytes.Equal(s.got.Bytes(), content) {
		t.Errorf("%v, %v", item, err)
	}
	if want := "bytes 655360-983039/1000000 status bytes 655360-983039/1000000 bytes 983040-999999/1000000"; strings.Join(s.requests[2:], " ") != want {
		t.Errorf("%v", s.requests)
	}
}

// An error is said once, also if the request for the status fails alike. A wrong address
// is one before anything is sent.
func TestUploadPartsSaysErrorsOnce(t *testing.T) {
	client := custom(t, func(*http.Request) (*http.Response, error) { return nil, errors.New("no route") })
	for address, want := range map[string]string{
		"https://other.example/x": "UploadParts: no route",
		"other":                   "UploadParts: odata: the address of the upload session is not a URL",
	} {
		if _, err := odata.UploadParts[Letter](t.Context(), client, address, strings.NewReader("content"), 7, nil); err == nil || err.Error() != want {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// Uploads that cannot succeed end.
func TestUploadPartsThatFail(t *testing.T) {
	content := strings.NewReader("content")
	for want, test := range map[string]struct {
		address string
		size    int64
		part    int64
		resume  bool
		answer  answer
	}{
		"UploadParts: odata: the service expects byte 9 of 7: look for the item":                {address: "https://other.example/x", size: 7, resume: true, answer: answer{status: 200, body: `{"nextExpectedRanges":["9-"]}`}},
		"the address http://other.example/x of the upload session does not begin with https://": {address: "http://other.example/x?secret", size: 7},
		"is not a URL": {address: "x?secret", size: 7},
		"the address of the upload session is empty: the service sent none":                                {address: "", size: 7},
		"the size is 7 and PartSize is 1000: the size must be positive, and PartSize a multiple of 327680": {address: "https://other.example/x", size: 7, part: 1000},
		"asks for byte 0 again and again": {address: "https://other.example/x", size: 7, answer: answer{status: 202, body: `{"nextExpectedRanges":["0-"]}`}},
		"expects byte 9 of 7":             {address: "https://other.example/x", size: 7, answer: answer{status: 202, body: `{"nextExpectedRanges":["9-"]}`}},
		"status 404 Not Found (the last part may have been sent before: look for the item)": {address: "https://other.example/x", size: 7, answer: answer{status: 404}},
		"status 500": {address: "https://other.example/x", size: 7, answer: answer{status: 500}},
	} {
		client := custom(t, func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: test.answer.status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(test.answer.body)), Request: r}, nil
		})
		_, err := odata.UploadParts[Letter](t.Context(), client, test.address, content, test.size, &odata.UploadOptions{PartSize: test.part, Resume: test.resume})
		if err == nil || !strings.HasPrefix(err.Error(), "UploadParts: ") || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
