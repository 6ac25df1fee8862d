package odata

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// answer is the response to the last try of a request, as far as it arrived.
type answer struct {
	ctx      context.Context // of all tries
	response *http.Response  // nil if nothing arrived
	sent     *url.URL        // the address of the last try
	err      error           // why the body of the response is incomplete, or nil
	done     bool            // a try before the last one may have been processed
	head     *Response       // receives the head of each response, if not nil
}

// success reports whether the service did what the request asked for.
func (a *answer) success() bool { return a.response.StatusCode/100 == 2 }

// recordAnswer is a policy that records the response. The policies before it drop
// a response whose body breaks off, and any response once the context has ended;
// but its head says whether the request was processed.
type recordAnswer struct{}

func (recordAnswer) Do(request *policy.Request) (*http.Response, error) {
	return record(request, request.Next)
}

// record sends a request and records the response.
func record(request *policy.Request, send func() (*http.Response, error)) (*http.Response, error) {
	var a *answer
	if !request.OperationValue(&a) {
		return send()
	}
	if a.response != nil || a.err != nil {
		a.done = a.done || !notProcessed(a.response, a.err) && !refused(a.response)
	}
	a.sent = request.Raw().URL
	a.response, a.err = send()
	if a.response == nil {
		return nil, a.err
	}
	if a.response.Request == nil { // a policy of the caller's made the response
		a.response.Request = request.Raw()
	}
	if a.head != nil {
		*a.head = Response{a.response.StatusCode, a.response.Header}
	}
	return a.response, a.err
}

// judge decodes the response if it is a success, and else returns an error; err is
// the error of the pipeline. A response that arrived says what became of the
// request, even if its body broke off or the context ended meanwhile.
func (x exchange) judge(a *answer, err error) error {
	switch {
	case a.response == nil:
		return fmt.Errorf("%s: %w", x.method.Name, err)
	case a.success() && (a.err != nil || err != nil && !ended(err)):
		return x.unreadable(a, cmp.Or(err, a.err))
	case a.success():
		return x.decode(a)
	case x.verb == http.MethodDelete && a.done && (a.response.StatusCode == http.StatusNotFound || a.response.StatusCode == http.StatusGone):
		return nil // the try before has deleted it
	}
	var body []byte
	if a.err == nil {
		body, _ = runtime.Payload(a.response) // without it, there is the status
	}
	refused := responseError(a.response, body)
	if answered(err) {
		err = nil
	}
	unknown := a.done && a.response.StatusCode == http.StatusPreconditionFailed
	return &failure{x.method.Name, refused, body, err, a.err != nil, unknown}
}

// ended reports whether err says that a context has ended.
func ended(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// needsBody reports whether an empty response with a status of the 200s is incomplete. A
// write need not return an item; Count looks at its own response, which is not JSON.
func (x exchange) needsBody(status int) bool {
	return x.page || x.list && status == http.StatusOK || isRead(x.verb) && x.accept == "" && status != http.StatusNoContent
}

// decode decodes the response to a success.
func (x exchange) decode(a *answer) error {
	payload, err := runtime.Payload(a.response)
	if err != nil {
		return x.unreadable(a, err)
	}
	payload = bytes.TrimPrefix(payload, byteOrderMark)
	switch {
	case x.result == nil:
		return nil
	case len(bytes.TrimSpace(payload)) > 0:
	case x.needsBody(a.response.StatusCode):
		return x.unreadable(a, io.ErrUnexpectedEOF) // an empty list or item would hide the loss
	default:
		return nil
	}
	if err := edm.Unmarshal(payload, x.result); err != nil {
		return x.unreadable(a, err)
	}
	if page, ok := x.result.(linker); ok {
		page.resolveLinks(a.base())
	}
	return nil
}

// byteOrderMark is at the beginning of the responses of some services.
var byteOrderMark = []byte("\ufeff")

// failure is the error of a request that the service did not fulfil.
type failure struct {
	method   string
	response *azcore.ResponseError
	body     []byte // of the response: goroutines can share the error, but not its reader
	err      error  // why the request ended, or nil if that is the response
	cut      bool   // err says why the response is incomplete
	unknown  bool   // a try before may be why the condition no longer holds
}

// Error returns the message: the status, and what the service says.
func (e *failure) Error() string {
	text := fmt.Sprintf("%s: status %d", e.method, e.response.StatusCode)
	if status := http.StatusText(e.response.StatusCode); status != "" {
		text += " " + status
	}
	said := said(e.response, e.body)
	for _, part := range []string{said.Code, said.Message, whyNotFollowed(e.response.RawResponse)} {
		if part != "" {
			text += ": " + printable(part)
		}
	}
	if said.RequestID != "" {
		text += " (request-id " + printable(said.RequestID) + ")"
	}
	if e.unknown {
		text += " (an earlier try may have done what was asked: look at the item)"
	}
	switch {
	case e.cut:
		text += fmt.Sprintf(" (the response cannot be read: %v)", e.err)
	case e.err != nil:
		text += fmt.Sprintf(" (not sent again: %v)", e.err)
	}
	return text
}

// Unwrap returns the *azcore.ResponseError, and why the request ended.
func (e *failure) Unwrap() []error {
	if e.err == nil {
		return []error{e.response}
	}
	return []error{e.response, e.err}
}

// Is reports whether target is the status of the response: see [ErrNotFound].
func (e *failure) Is(target error) bool {
	status, ok := target.(statusError)
	return ok && int(status) == e.response.StatusCode
}

// statusError is a status that a service answers with, as an error.
type statusError int

// Statuses that callers often act on, for errors.Is: errors.Is(err, ErrNotFound)
// reports whether the service answered a request with 404. [AsError] returns all
// that the service says.
const (
	ErrNotModified        statusError = http.StatusNotModified
	ErrUnauthorized       statusError = http.StatusUnauthorized
	ErrForbidden          statusError = http.StatusForbidden
	ErrNotFound           statusError = http.StatusNotFound
	ErrConflict           statusError = http.StatusConflict
	ErrGone               statusError = http.StatusGone
	ErrPreconditionFailed statusError = http.StatusPreconditionFailed
	ErrThrottled          statusError = http.StatusTooManyRequests
)

// Error returns the message.
func (e statusError) Error() string {
	return fmt.Sprintf("status %d %s", int(e), http.StatusText(int(e)))
}

// printable returns a text of a service for messages: in place of characters that
// control a terminal or begin a line, it has U+FFFD.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp) {
			return unicode.ReplacementChar
		}
		return r
	}, clip(text))
}

// clip returns the beginning of a text of a service, which can be of any length.
func clip[T string | []byte](text T) string {
	const most = 4 << 10
	if len(text) <= most {
		return string(text)
	}
	return string(text[:most]) + "…"
}
