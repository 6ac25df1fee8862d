package odata_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// After a try whose response is lost, the item can be gone, as a Delete wants, or differ from
// the one before: the client cannot know.
func TestLostResponses(t *testing.T) {
	ctx, m := t.Context(), odata.Method{Name: "Letter.Do"}
	remove := func(r odata.Resource) error { return odata.Delete(ctx, r, m, &odata.Options{IfMatch: `"1"`}) }
	replace := func(r odata.Resource) error {
		_, err := odata.Replace(ctx, r, m, &Letter{}, &odata.Options{IfMatch: `"1"`})
		return err
	}
	const unknown = "Letter.Do: status 412 Precondition Failed (an earlier try may have done what was asked: look at the item)"
	for name, test := range map[string]struct {
		call   func(odata.Resource) error
		first  int // the status of the first try, or 0 if it is lost
		status int
		want   string
	}{
		"404":                   {remove, 0, 404, ""},
		"410":                   {remove, 0, 410, ""},
		"410 after 429":         {remove, 429, 410, "Letter.Do: status 410 Gone"},
		"412":                   {remove, 0, 412, unknown},
		"412 after 500":         {remove, 500, 412, unknown},
		"412 after 429":         {remove, 429, 412, "Letter.Do: status 412 Precondition Failed"},
		"412 of a replacement":  {replace, 0, 412, unknown},
		"410 of a replacement":  {replace, 0, 410, "Letter.Do: status 410 Gone"},
		"412 at the first time": {remove, 412, 412, "Letter.Do: status 412 Precondition Failed"},
	} {
		tries := 0
		client := custom(t, func(r *http.Request) (*http.Response, error) {
			response := &http.Response{StatusCode: test.status, Header: http.Header{"Retry-After": {"0"}}, Body: http.NoBody, Request: r}
			if tries++; tries == 1 && test.first == 0 {
				return nil, errors.New("connection reset")
			} else if tries == 1 {
				response.StatusCode = test.first
			}
			return response, nil
		})
		err := test.call(client.Resource("letters"))
		if got := errorText(err); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
		if strings.Contains(test.want, "412") && !errors.Is(err, odata.ErrPreconditionFailed) {
			t.Errorf("%s: %v is not ErrPreconditionFailed", name, err)
		}
	}
}

// errorText returns the message of an error, or "".
func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
