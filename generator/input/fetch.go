package input

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Options are the options of [Get].
type Options struct {
	ETag     string                  // the ETag of the version that the caller has, or ""
	MaxSize  int64                   // the largest size of a document, in bytes
	Timeout  time.Duration           // for all attempts together
	Attempts int                     // the largest number of attempts
	Wait     time.Duration           // before the second attempt; doubled before each further one
	Progress func(read, total int64) // called as data arrives; total is -1 if unknown; may be nil
}

// SchemeError reports an address that Get does not read.
type SchemeError struct{ Message string }

func (e *SchemeError) Error() string { return e.Message }

// Get reads a document over https, or over http from this machine. It tries again
// after a broken connection and after the statuses 429 and 5xx. It follows
// redirects to the same scheme. The proxy comes from the environment, as in
// [http.ProxyFromEnvironment].
//
// Errors are a *SchemeError for an address that Get does not read, a
// *source.InputError for a document that is too large, or of the network. They
// name the address as [Redacted] returns it.
func Get(ctx context.Context, address string, o Options) (*Document, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, &SchemeError{"the address is not a valid URL"}
	}
	if err := checkScheme(u); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, o.Timeout)
	defer cancel()
	wait := o.Wait
	for attempt := 1; ; attempt++ {
		document, again, err := get(ctx, u, o)
		if err == nil || !again || attempt >= o.Attempts || ctx.Err() != nil {
			return document, err
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(max(wait, retryAfter(err))):
		}
		wait *= 2
	}
}

// statusError reports a response with another status than 200 and 304.
type statusError struct {
	name, status string
	after        time.Duration
}

func (e *statusError) Error() string { return e.name + " returned " + e.status }

// maxRetryAfter is the longest wait between attempts that a service can request.
const maxRetryAfter = 30 * time.Second

func retryAfter(err error) time.Duration {
	if e, ok := errors.AsType[*statusError](err); ok {
		return min(e.after, maxRetryAfter)
	}
	return 0
}

// get makes one attempt. After a failure it reports whether another attempt may
// succeed.
func get(ctx context.Context, u *url.URL, o Options) (document *Document, again bool, err error) {
	name := redacted(u)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, false, err
	}
	request.Header.Set("Accept", "application/xml, application/yaml, application/json;q=0.9, */*;q=0.1")
	request.Header.Set("User-Agent", "msgraphgen")
	if o.ETag != "" {
		request.Header.Set("If-None-Match", o.ETag)
	}
	client := &http.Client{CheckRedirect: checkRedirect}
	response, err := client.Do(request)
	if err != nil {
		_, refused := errors.AsType[*redirectError](err)
		return nil, !refused, fmt.Errorf("%s: %w", name, withoutAddress(err))
	}
	defer response.Body.Close()
	switch {
	case response.StatusCode == http.StatusNotModified && o.ETag != "":
		return &Document{Name: name, ETag: o.ETag, NotModified: true}, false, nil
	case response.StatusCode != http.StatusOK:
		seconds, _ := strconv.Atoi(response.Header.Get("Retry-After"))
		passing := response.StatusCode >= 500 || response.StatusCode == http.StatusTooManyRequests
		return nil, passing, &statusError{name, response.Status, time.Duration(seconds) * time.Second}
	}
	if err := checkType(response.Header.Get("Content-Type"), name); err != nil {
		return nil, false, err
	}
	data, err := readResponse(response, o)
	switch {
	case err != nil:
		return nil, true, fmt.Errorf("the response of %s is incomplete: %w", name, err)
	case int64(len(data)) > o.MaxSize:
		return nil, false, tooLarge(name)
	}
	return &Document{Name: name, Data: data, ETag: response.Header.Get("ETag")}, false, nil
}

// withoutAddress returns an error of the HTTP client without the address.
func withoutAddress(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	return err
}

func checkScheme(u *url.URL) error {
	ip := net.ParseIP(u.Hostname())
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return &SchemeError{fmt.Sprintf("%s has the scheme %s: use https", redacted(u), u.Scheme)}
	case u.Scheme == "http" && u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()):
		return &SchemeError{fmt.Sprintf("%s is not encrypted: use https", redacted(u))}
	}
	return nil
}

// redirectError reports a redirect that Get does not follow.
type redirectError struct{ message string }

func (e *redirectError) Error() string { return e.message }

func checkRedirect(r *http.Request, via []*http.Request) error {
	r.Header.Del("Referer") // the client puts the address there, with the query
	if len(via) > 5 {
		return &redirectError{"more than 5 redirects"}
	}
	if r.URL.Scheme != via[0].URL.Scheme {
		return &redirectError{"redirected to another scheme: " + redacted(r.URL)}
	}
	if err := checkScheme(r.URL); err != nil {
		return &redirectError{err.Error()}
	}
	return nil
}

// checkType returns an error for the media types of sign-in pages and images.
func checkType(contentType, name string) error {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return nil // many servers send none
	}
	if media == "text/html" || strings.HasPrefix(media, "image/") {
		return fmt.Errorf("%s returned %s, not metadata: use the address of $metadata or of an OpenAPI document", name, media)
	}
	return nil
}

// readResponse reads a body. It stops once the body is larger than o.MaxSize.
func readResponse(response *http.Response, o Options) ([]byte, error) {
	var data []byte
	buffer := make([]byte, 64<<10)
	for int64(len(data)) <= o.MaxSize {
		n, err := response.Body.Read(buffer)
		data = append(data, buffer[:n]...)
		if o.Progress != nil && n > 0 {
			o.Progress(int64(len(data)), response.ContentLength)
		}
		if err == io.EOF {
			return data, nil
		}
		if err != nil {
			return nil, err
		}
	}
	return data, nil
}
