package odata

import (
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
)

// maxRedirects is how many redirects of one read are followed.
const maxRedirects = 5

// followReads is a policy that follows the redirects of a read to the same scheme
// and host, where the token may go. Any other redirect stays the response: a
// write is not sent again, and nothing is sent elsewhere.
type followReads struct{}

func (followReads) Do(request *policy.Request) (*http.Response, error) {
	for range maxRedirects {
		response, err := request.Next()
		if err != nil || !isRead(request.Raw().Method) {
			return response, err
		}
		to := target(response)
		if !isRedirect(response) || to == nil || !sameOrigin(to, request.Raw().URL) {
			return response, nil
		}
		_, _ = io.CopyN(io.Discard, response.Body, 2<<10) // a short rest lets the connection be used again
		_ = response.Body.Close()
		request.Raw().URL = to
	}
	return request.Next()
}

// isRedirect reports whether a response says where to send the request instead.
func isRedirect(response *http.Response) bool {
	switch response.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// target returns the address that a response of the 300s points to, or nil if
// there is none.
func target(response *http.Response) *url.URL {
	location := response.Header.Get("Location")
	if response.StatusCode/100 != 3 || location == "" {
		return nil
	}
	to, err := parseLink(response.Request.URL, location)
	if err != nil {
		return nil
	}
	return to
}

// whyNotFollowed says where a response of the 300s points to, or returns "".
func whyNotFollowed(response *http.Response) string {
	to := target(response)
	if to == nil {
		return ""
	}
	why := "writes are never redirected"
	switch {
	case !isRedirect(response):
		why = "that status is not a redirect"
	case isRead(response.Request.Method) && sameOrigin(to, response.Request.URL):
		why = fmt.Sprintf("more than %d redirects", maxRedirects)
	case isRead(response.Request.Method):
		why = "reads are redirected only to the same scheme and host"
	}
	return fmt.Sprintf("it points to %s, which is not followed: %s", place(to), why)
}
