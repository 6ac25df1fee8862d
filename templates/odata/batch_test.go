package odata_test

import (
	"context"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	neturl "net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// batchServer answers the requests of batches with a function, as the service does:
// a request whose dependency failed has status 424.
type batchServer struct {
	mu      sync.Mutex
	batches []string // the methods and addresses in each, with "<" for dependencies
	answer  func(method, url, body string, headers map[string]string) (status int, header, json string)
}

func (s *batchServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.Method+r.URL.Path != "POST/beta/$batch" || r.Header.Get("Authorization") != "Bearer secret" {
		s.batches = append(s.batches, r.Method+" "+r.URL.String())
		w.WriteHeader(400)
		return
	}
	var sent struct {
		Requests []struct {
			ID, Method, URL string
			Headers         map[string]string
			Body            jsontext.Value
			DependsOn       []string `json:"dependsOn"`
		}
	}
	body, _ := io.ReadAll(r.Body)
	if err := json.Unmarshal(body, &sent, json.MatchCaseInsensitiveNames(true)); err != nil {
		s.batches = append(s.batches, err.Error())
	}
	var parts, responses []string
	failed := map[string]bool{}
	for i, part := range sent.Requests {
		if n := len(part.DependsOn); i > 0 && (n > 0) != (len(sent.Requests[1].DependsOn) > 0) || n > 1 || n == 1 && (i == 0 || part.DependsOn[0] != sent.Requests[i-1].ID) {
			s.batches = append(s.batches, "neither sequential nor parallel")
			w.WriteHeader(400)
			return
		}
	}
	for _, part := range sent.Requests {
		text := part.Method + " " + part.URL
		status, header, answer := 424, "", `{"error":{"code":"424"}}`
		blocked := false
		for _, id := range part.DependsOn {
			text += "<" + id
			blocked = blocked || failed[id]
		}
		if !blocked {
			status, header, answer = s.answer(part.Method, part.URL, string(part.Body), part.Headers)
		}
		failed[part.ID] = status >= 400
		parts = append(parts, text)
		if status != 0 {
			responses = append([]string{fmt.Sprintf(`{"id":%q,"status":%d,"headers":{%s},"body":%s}`, part.ID, status, header, answer)}, responses...)
		}
	}
	s.batches = append(s.batches, strings.Join(parts, ", "))
	fmt.Fprintf(w, `{"responses":[%s]}`, strings.Join(responses, ","))
}

// newBatchServer returns a server and a client of it, without a network between them: a
// test of time runs in a bubble of package synctest.
func newBatchServer(t *testing.T, answer func(method, url, body string, headers map[string]string) (int, string, string)) (*batchServer, *odata.Client) {
	t.Helper()
	s := &batchServer{answer: answer}
	options := &odata.ClientOptions{Endpoint: "https://graph.example/beta"}
	options.Retry.RetryDelay = time.Millisecond
	options.Transport = transport(func(r *http.Request) (*http.Response, error) {
		recorder := httptest.NewRecorder()
		s.ServeHTTP(recorder, r)
		response := recorder.Result()
		response.Request = r
		return response, nil
	})
	client, err := odata.NewClient(token{}, odata.Config{Package: "test", APIVersion: "beta"}, options)
	if err != nil {
		t.Fatal(err)
	}
	return s, client
}

// ok answers with the address as the id.
func ok(method, url, body string, headers map[string]string) (int, string, string) {
	return 200, `"Content-Type":"application/json"`, fmt.Sprintf(`{"id":%q}`, url)
}

func getLetter(client *odata.Client, key string) func(context.Context) (*Letter, error) {
	return func(ctx context.Context) (*Letter, error) {
		return odata.Get[*Letter](ctx, odata.Key(client.Resource("letters"), key), odata.Method{Name: "Letter.Get"}, &odata.ItemQuery[Letter]{Select: odata.Fields(LetterSubject)})
	}
}

// Forty-five calls are three requests, always the same, and each call has its own
// result.
func TestBatch(t *testing.T) {
	s, client := newBatchServer(t, ok)
	batch := odata.NewBatch(client)
	results := make([]*odata.Result[*Letter], 45)
	for i := range results {
		results[i] = odata.Add(batch, getLetter(client, fmt.Sprint(i)))
	}
	if _, err := results[0].Result(); err == nil || err.Error() != "odata: the batch has not been sent" {
		t.Errorf("%v", err)
	}
	if err := batch.Do(t.Context()); err != nil {
		t.Fatal(err)
	}
	var want []string
	for i, result := range results {
		letter, err := result.Result()
		url := fmt.Sprintf("/letters/%d?$select=subject", i)
		if err != nil || letter.ID.Or("") != url {
			t.Errorf("%d: %v, %v", i, letter, err)
		}
		if i%20 == 0 {
			want = append(want, "GET "+url)
		} else {
			want[len(want)-1] += ", GET " + url
		}
	}
	if got := strings.Join(s.batches, "\n"); got != strings.Join(want, "\n") || len(want) != 3 {
		t.Errorf("got\n%s", got)
	}
	if err := batch.Do(t.Context()); err != nil || len(s.batches) != 3 {
		t.Errorf("an empty batch is sent: %v", err)
	}
}

// Any call goes with a batch, unchanged: its errors, its pages, its values.
func TestBatchOfAnyCalls(t *testing.T) {
	s, client := newBatchServer(t, func(method, url, body string, headers map[string]string) (int, string, string) {
		switch method + " " + url {
		case "GET /letters/0?$select=subject":
			return 404, `"request-id":"r1"`, `{"error":{"code":"notFound","message":"No letter"}}`
		case "GET /letters":
			return 200, "", `{"value":[{"id":"1"}],"@odata.nextLink":"/beta/letters?page=2"}`
		case "GET /letters?page=2":
			return 200, "", `{"value":[{"id":"2"}]}`
		case "GET /letters/$count":
			return 200, `"Content-Type":"text/plain"`, `"NDI="`
		case "GET /users/$count":
			return 200, `"Content-Type":"text/plain"`, `"1234"`
		case "GET /photo/$value":
			return 200, `"Content-Type":"image/png"`, `"cGljdHVyZQ=="`
		case "POST /letters":
			if body != `{"subject":"a"}` || headers["Content-Type"] != "application/json" || headers["Authorization"] != "" {
				return 400, "", fmt.Sprintf("%q", body)
			}
			return 201, `"Location":"/beta/letters/7"`, `{"id":"7"}`
		case "PUT /photo":
			return 204, "", map[bool]string{true: "null", false: "{}"}[body == `"cGljdHVyZQ=="` && headers["Content-Type"] == "image/png"]
		case "DELETE /letters/1":
			return 204, "", "null"
		}
		return 500, "", `"unexpected"`
	})
	m := odata.Method{Name: "M"}
	letters, photo := client.Resource("letters"), client.Resource("photo")
	batch := odata.NewBatch(client)
	missing := odata.Add(batch, getLetter(client, "0"))
	pages := odata.Add(batch, func(ctx context.Context) (ids string, err error) {
		for letter, err := range odata.Iterate[*Letter](ctx, letters, m, nil) {
			if err != nil {
				return ids, err
			}
			ids += letter.ID.Or("")
		}
		return ids, nil
	})
	count := odata.Add(batch, func(ctx context.Context) (int64, error) { return odata.Count(ctx, letters, m, nil) })
	plainCount := odata.Add(batch, func(ctx context.Context) (int64, error) {
		return odata.Count(ctx, client.Resource("users"), m, nil)
	})
	download := odata.Add(batch, func(ctx context.Context) (string, error) {
		stream, err := odata.Download(ctx, odata.Segment(photo, "$value"), m, nil)
		if err != nil {
			return "", err
		}
		defer stream.Close()
		text, err := io.ReadAll(stream)
		return string(text), err
	})
	var response odata.Response
	created := odata.Add(batch, func(ctx context.Context) (*Letter, error) {
		return odata.Create(ctx, letters, m, &Letter{Subject: odata.Of("a")}, &odata.Options{Response: &response})
	})
	uploaded := odata.Add(batch, func(ctx context.Context) (any, error) {
		return nil, odata.Upload(ctx, photo, m, strings.NewReader("picture"), "image/png", nil)
	})
	deleted := odata.Add(batch, func(ctx context.Context) (any, error) { return nil, odata.Delete(ctx, odata.Key(letters, "1"), m, nil) })
	nothing := odata.Add(batch, func(context.Context) (string, error) { return "nothing", nil })
	foreignClient := newClient(t, "https://another.example", nil)
	foreign := odata.Add(batch, func(ctx context.Context) (*Letter, error) {
		return odata.Get[*Letter](ctx, foreignClient.Resource("x"), m, nil)
	})
	if err := batch.Do(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err := missing.Result()
	if want := "Letter.Get: status 404 Not Found: notFound: No letter (request-id r1)"; !errors.Is(err, odata.ErrNotFound) || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	letter, err := created.Result()
	if err != nil || letter.ID.Or("") != "7" || response.Location() != "/beta/letters/7" {
		t.Errorf("%v, %v, %v", letter, err, response)
	}
	if _, err := foreign.Result(); err == nil || !strings.Contains(err.Error(), "M: odata: the request to https://another.example/beta/x is not below the endpoint of the batch") {
		t.Errorf("%v", err)
	}
	check := func(name string, got any, err error, want any) {
		if got != want || err != nil {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	ids, err := pages.Result()
	check("pages", ids, err, "12")
	n, err := count.Result()
	check("count", n, err, int64(42))
	n, err = plainCount.Result()
	check("plain count", n, err, int64(1234))
	text, err := download.Result()
	check("download", text, err, "picture")
	_, err = uploaded.Result()
	check("upload", nil, err, nil)
	_, err = deleted.Result()
	check("delete", nil, err, nil)
	text, err = nothing.Result()
	check("nothing", text, err, "nothing")
	if len(s.batches) != 2 || s.batches[1] != "GET /letters?page=2" {
		t.Errorf("batches %v", s.batches)
	}
}

// A body that is not JSON is base64 or base64url, padded or not, unless it is a text.
func TestBodiesInBatches(t *testing.T) {
	_, client := newBatchServer(t, func(method, url, body string, headers map[string]string) (int, string, string) {
		name, _ := neturl.PathUnescape(strings.TrimPrefix(url, "/files/"))
		mediaType, text, _ := strings.Cut(name, "=")
		return 200, fmt.Sprintf(`"Content-Type":%q`, mediaType), fmt.Sprintf("%q", text)
	})
	m := odata.Method{Name: "File.Get"}
	tests := []struct{ mediaType, sent, want string }{
		{"image/jpeg", "_9j_", "\xff\xd8\xff"},
		{"image/jpeg", "/9j/", "\xff\xd8\xff"},
		{"image/jpeg", "AQ", "\x01"},
		{"image/jpeg", "AQ==", "\x01"},
		{"image/jpeg", "", ""},
		{"text/plain", "Plan", "Plan"},
		{"Text/Plain", "OK", "OK"},
		{"text/plain", "AQ==", "AQ=="}, // of a control character
		{"text/plain", "0404", "0404"}, // which is base64 of a text, too
		{"text/html", "PGI+w6k8L2I+DQo=", "<b>é</b>\r\n"},
		{"image/jpeg", "no base64", "odata: the body in the batch is image/jpeg and not base64: odata: not an Edm.Binary: illegal base64 data at input byte 2"},
	}
	batch := odata.NewBatch(client)
	var downloads []*odata.Result[string]
	for _, test := range tests {
		downloads = append(downloads, odata.Add(batch, func(ctx context.Context) (string, error) {
			stream, err := odata.Download(ctx, odata.Key(client.Resource("files"), test.mediaType+"="+test.sent), m, nil)
			if err != nil {
				return "", err
			}
			text, err := io.ReadAll(stream)
			return string(text), err
		}))
	}
	created := odata.Add(batch, func(ctx context.Context) (*Letter, error) {
		return odata.Create(ctx, odata.Key(client.Resource("files"), "image/jpeg=?"), m, &Letter{}, nil)
	})
	if err := batch.Do(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, test := range tests {
		got, err := downloads[i].Result()
		if err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s %q: %q, want %q", test.mediaType, test.sent, got, test.want)
		}
	}
	_, err := created.Result()
	if _, ok := errors.AsType[*odata.CreatedError](err); !ok {
		t.Errorf("an unreadable body: %v", err)
	}
}

// A throttled request is sent again alone, a write that may have been processed is
// not, and a read is.
func TestBatchIsSentAgain(t *testing.T) {
	tries := map[string]int{}
	s, client := newBatchServer(t, func(method, url, body string, headers map[string]string) (int, string, string) {
		tries[url]++
		if tries[url] == 1 {
			switch url {
			case "/throttled":
				return 429, `"Retry-After":"0"`, "{}"
			case "/broken", "/written":
				return 500, "", "{}"
			case "/lost":
				return 0, "", ""
			}
		}
		return ok(method, url, body, headers)
	})
	m := odata.Method{Name: "M"}
	batch := odata.NewBatch(client)
	add := func(verb, name string) *odata.Result[*Letter] {
		return odata.Add(batch, func(ctx context.Context) (*Letter, error) {
			if verb == "POST" {
				return odata.Create(ctx, client.Resource(name), m, &Letter{}, nil)
			}
			return odata.Get[*Letter](ctx, client.Resource(name), m, nil)
		})
	}
	results := map[string]*odata.Result[*Letter]{
		"": add("POST", "throttled"), "M: status 500": add("POST", "written"), " ": add("GET", "broken"), "  ": add("GET", "fine"),
		"M: odata: the response to the batch has none to this request": add("POST", "lost"),
	}
	if err := batch.Do(t.Context()); err != nil {
		t.Error(err)
	}
	for want, result := range results {
		_, err := result.Result()
		if want = strings.TrimSpace(want); (err == nil) != (want == "") || err != nil && !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	if tries["/written"] != 1 || tries["/lost"] != 1 || tries["/throttled"] != 2 || tries["/broken"] != 2 || tries["/fine"] != 1 {
		t.Errorf("%v\n%s", tries, strings.Join(s.batches, "\n"))
	}
}

// A batch that fails as a whole fails each call in it, once.
func TestBatchFails(t *testing.T) {
	client, requests := counting(t)
	batch := odata.NewBatch(client)
	create := odata.Add(batch, func(ctx context.Context) (*Letter, error) {
		return odata.Create(ctx, client.Resource("letters"), odata.Method{Name: "Letters.Create"}, &Letter{}, nil)
	})
	read := odata.Add(batch, getLetter(client, "1"))
	err := batch.Do(t.Context())
	_, createErr := create.Result()
	_, readErr := read.Result()
	if requests() != 1 || fmt.Sprint(err, createErr, readErr) != "Batch: status 500 Internal Server Error Letters.Create: Batch: status 500 Internal Server Error Letter.Get: Batch: status 500 Internal Server Error" {
		t.Errorf("%d requests: %v; %v; %v", requests(), err, createErr, readErr)
	}
	// A batch of reads alone is sent again.
	read = odata.Add(batch, getLetter(client, "1"))
	if err := batch.Do(t.Context()); err == nil || requests() != 5 {
		t.Errorf("%d requests: %v", requests(), err)
	}
	// A call cannot come after one of another batch.
	other := odata.NewBatch(client)
	stray := odata.Add(other, getLetter(client, "1"), read)
	_ = other.Do(t.Context())
	if _, err := stray.Result(); err == nil || err.Error() != "odata: the call comes after one of another batch" {
		t.Errorf("%v", err)
	}
}

// A context that ends ends every call.
func TestBatchWhoseContextEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, client := newBatchServer(t, func(string, string, string, map[string]string) (int, string, string) {
			time.Sleep(50 * time.Millisecond)
			return 429, `"Retry-After":"1"`, "{}"
		})
		batch := odata.NewBatch(client)
		for i := range 25 {
			odata.Add(batch, getLetter(client, fmt.Sprint(i)))
		}
		read := odata.Add(batch, getLetter(client, "x"))
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		_ = batch.Do(ctx)
		if _, err := read.Result(); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
	})
}

// A batch has one token, so it takes no request of another client, whose token may be
// another.
func TestBatchOfAnotherClient(t *testing.T) {
	s := &batchServer{answer: ok}
	server := httptest.NewServer(s)
	defer server.Close()
	client, other := newClient(t, server.URL, token{}), newClient(t, server.URL, token{})
	batch := odata.NewBatch(client)
	own := odata.Add(batch, getLetter(client, "1"))
	foreign := odata.Add(batch, getLetter(other, "2"))
	inner := odata.Add(batch, func(ctx context.Context) (string, error) {
		second := odata.NewBatch(other)
		read := odata.Add(second, getLetter(other, "3"))
		if err := second.Do(ctx); err != nil {
			return "", err
		}
		letter, err := read.Result()
		return letter.ID.Or(""), err
	})
	if err := batch.Do(t.Context()); err != nil {
		t.Fatal(err)
	}
	if letter, err := own.Result(); err != nil || letter.ID.Or("") != "/letters/1?$select=subject" {
		t.Errorf("%v, %v", letter, err)
	}
	if _, err := foreign.Result(); err == nil || !strings.HasSuffix(err.Error(), "/beta/letters/2 is of another client than the batch: send it outside of the batch") {
		t.Errorf("%v", err)
	}
	if id, err := inner.Result(); err != nil || id != "/letters/3?$select=subject" {
		t.Errorf("a batch in a call of another one: %v, %v", id, err)
	}
	if want := "GET /letters/3?$select=subject|GET /letters/1?$select=subject"; strings.Join(s.batches, "|") != want {
		t.Errorf("%v", s.batches)
	}
}

// If the service refuses a batch with 404, the calls in it fail, but not with
// ErrNotFound: the service has not looked for their items.
func TestBatchThatIsRefused(t *testing.T) {
	client := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) })
	batch := odata.NewBatch(client)
	read := odata.Add(batch, getLetter(client, "1"))
	if err := batch.Do(t.Context()); !errors.Is(err, odata.ErrNotFound) {
		t.Errorf("%v", err)
	}
	_, err := read.Result()
	if _, answered := odata.AsError(err); answered || errors.Is(err, odata.ErrNotFound) || err == nil || err.Error() != "Letter.Get: Batch: status 404 Not Found" {
		t.Errorf("%v", err)
	}
}

// A body that a batch cannot have fails its call alone.
func TestBatchWithABodyThatIsNotJSON(t *testing.T) {
	s, client := newBatchServer(t, ok)
	batch := odata.NewBatch(client)
	upload := odata.Add(batch, func(ctx context.Context) (any, error) {
		return nil, odata.Upload(ctx, client.Resource("file"), odata.Method{Name: "File.Upload"}, strings.NewReader("{/* a comment */}"), "application/json", nil)
	})
	read := odata.Add(batch, getLetter(client, "1"))
	if err := batch.Do(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := read.Result(); err != nil || len(s.batches) != 1 {
		t.Errorf("%v, %v", s.batches, err)
	}
	if _, err := upload.Result(); err == nil || err.Error() != "File.Upload: odata: the body is not JSON, as its Content-Type says: a batch cannot have it" {
		t.Errorf("%v", err)
	}
}

// The time-out of a try is that of the request with the batch: a call that waits for
// others is not late.
func TestBatchWithATimeoutOfTries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const parts = 8
		s, client := newBatchServer(t, func(method, url, body string, headers map[string]string) (int, string, string) {
			time.Sleep(750 * time.Millisecond)
			return ok(method, url, body, headers)
		})
		ctx := policy.WithRetryOptions(t.Context(), policy.RetryOptions{TryTimeout: time.Second})
		batch := odata.NewBatch(client)
		before := odata.Add(batch, func(ctx context.Context) (letter *Letter, err error) {
			for range parts {
				letter, err = getLetter(client, "1")(ctx)
			}
			return letter, err
		})
		last := odata.Add(batch, func(ctx context.Context) (*Letter, error) {
			return odata.Create(ctx, client.Resource("letters"), odata.Method{Name: "Letters.Create"}, &Letter{}, nil)
		}, before)
		if err := batch.Do(ctx); err != nil {
			t.Error(err)
		}
		if letter, err := last.Result(); err != nil || letter.ID.Or("") != "/letters" || len(s.batches) != parts+1 {
			t.Errorf("%v, %v, %v", letter, err, s.batches)
		}
	})
}
