package odata

import (
	"errors"
	"net"
	"net/http"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
)

// sendOnce is a policy that keeps the retry policy of azcore from sending a POST
// or PATCH again, whatever the options of the client or the context say, unless
// it was certainly not processed.
type sendOnce struct{}

// repeatable says that a request that is a POST only reads.
type repeatable bool

func (sendOnce) Do(request *policy.Request) (*http.Response, error) {
	response, err := request.Next()
	method := request.Raw().Method
	var again repeatable
	request.OperationValue(&again)
	switch {
	case bool(again), method != http.MethodPost && method != http.MethodPatch, notProcessed(response, err):
		return response, err
	case err != nil:
		return response, final{err}
	case response.StatusCode >= 300:
		return response, final{responseError(response, nil)}
	}
	return response, nil
}

// notProcessed reports whether a request was certainly not processed: the service
// did not accept it (429, or 503 with Retry-After), or no connection was made.
// After anything else, such as a time-out or another status of the 500s, it may
// have been processed.
func notProcessed(response *http.Response, err error) bool {
	if err != nil {
		dial, ok := errors.AsType[*net.OpError](err)
		return ok && (dial.Op == "dial" || dial.Op == "proxyconnect")
	}
	switch response.StatusCode {
	case http.StatusTooManyRequests:
		return true
	case http.StatusServiceUnavailable:
		return response.Header.Get("Retry-After") != ""
	}
	return false
}

// refused reports whether the service did nothing but refuse a request. It does not know
// what became of one that timed out (408).
func refused(response *http.Response) bool {
	return response != nil && response.StatusCode/100 == 4 && response.StatusCode != http.StatusRequestTimeout
}

// final is an error after which the retry policy of azcore gives up.
type final struct{ error }

func (e final) Unwrap() error { return e.error }

// NonRetriable makes the retry policy give up.
func (final) NonRetriable() {}

// answered reports whether err is only the response itself.
func answered(err error) bool {
	_, ok := errors.AsType[*azcore.ResponseError](err)
	return ok
}
