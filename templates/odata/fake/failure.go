package fake

import (
	"encoding/json/v2"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"syscall"
)

// Failure is a way in which a request fails. The zero Failure is none.
type Failure int

// The failures of Fail. Of BreakAfter, the client cannot know whether the request
// was processed.
const (
	Throttle    Failure = iota + 1 // status 429 with Retry-After; the request is not processed
	Unavailable                    // status 503 with Retry-After; the request is not processed
	Broken                         // status 500; the request is not processed
	NoAnswer                       // time-out; the request is not processed
	BreakBefore                    // the connection breaks before the request is processed
	BreakAfter                     // the connection breaks after the request is processed
)

// Fail lets the nth request from now on fail; 1 is the next one. Requests count as
// [Service.Requests] lists them: each time that a client sends one, and each one of
// a batch.
func (s *Service) Fail(n int, failure Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures[len(s.requests)+n] = failure
}

// during returns what a client gets for a request that process answers.
func (f Failure) during(process func() answer) (answer, error) {
	switch f {
	case Throttle, Unavailable:
		status := map[Failure]int{Throttle: http.StatusTooManyRequests, Unavailable: http.StatusServiceUnavailable}[f]
		a := failed(status, "the test asked for it")
		a.header.Set("Retry-After", "1")
		a.header.Set("Retry-After-Ms", "1") // the client of azcore waits that long
		return a, nil
	case Broken:
		return failed(http.StatusInternalServerError, "the test asked for it"), nil
	case NoAnswer:
		return answer{}, &net.OpError{Op: "read", Net: "tcp", Err: os.ErrDeadlineExceeded}
	case BreakBefore:
		return answer{}, &net.OpError{Op: "write", Net: "tcp", Err: syscall.ECONNRESET}
	case BreakAfter:
		process()
		return answer{}, io.ErrUnexpectedEOF
	}
	return process(), nil
}

// Error is an error in the shape of Microsoft Graph. An override that returns one
// answers with it.
type Error struct {
	Status  int
	Code    string // a usual one of the status if it is ""
	Message string
}

// Error returns the code and the message.
func (e *Error) Error() string { return fmt.Sprintf("%d %s: %s", e.Status, e.code(), e.Message) }

func (e *Error) code() string {
	if e.Code != "" {
		return e.Code
	}
	codes := map[int]string{
		http.StatusBadRequest: "badRequest", http.StatusNotFound: "itemNotFound", http.StatusMethodNotAllowed: "methodNotAllowed",
		http.StatusConflict: "nameAlreadyExists", http.StatusGone: "syncStateNotFound", http.StatusPreconditionFailed: "preconditionFailed",
		http.StatusFailedDependency: "failedDependency", http.StatusTooManyRequests: "tooManyRequests",
		http.StatusNotImplemented: "notImplemented", http.StatusServiceUnavailable: "serviceNotAvailable",
	}
	if code := codes[e.Status]; code != "" {
		return code
	}
	return "generalException"
}

// answer returns the response that says the error.
func (e *Error) answer() answer {
	body, err := json.Marshal(map[string]any{"error": map[string]any{
		"code": e.code(), "message": e.Message, "innerError": map[string]string{"code": e.code()},
	}}, json.Deterministic(true))
	if err != nil { // the message is not UTF-8
		body = []byte(`{"error":{"code":"generalException","message":"the message is not UTF-8"}}`)
	}
	return answer{e.Status, http.Header{"Content-Type": {"application/json"}}, body}
}

// failed returns a response that is an error.
func failed(status int, format string, args ...any) answer {
	return fail(status, format, args...).answer()
}

func fail(status int, format string, args ...any) *Error {
	return &Error{Status: status, Message: fmt.Sprintf(format, args...)}
}

// answerTo returns the response for an error.
func answerTo(err error) answer {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.answer()
	}
	return failed(http.StatusInternalServerError, "%v", err)
}
