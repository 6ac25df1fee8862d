package odata_test

import (
	"encoding/json/jsontext"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

func TestAsError(t *testing.T) {
	for name, test := range map[string]struct {
		answer answer
		want   *odata.Error
	}{
		"all there is": {
			answer{status: 400, header: map[string]string{"request-id": "r", "client-request-id": "c"}, body: `{"error": {
				"code": "badRequest", "message": "No such tag.", "target": "tags",
				"details": [{"code": "tooLong", "message": "Too long.", "target": "tags/0"}],
				"innerError": {"code": "invalidTag", "date": "2024-03-11T08:15:27", "request-id": "r2", "client-request-id": "c2",
					"innererror": {"code": "deeper", "stack": [1, null]}}}}`},
			&odata.Error{
				StatusCode: 400, Code: "badRequest", Message: "No such tag.", Target: "tags", RequestID: "r", ClientRequestID: "c",
				Details: []odata.ErrorDetail{{Code: "tooLong", Message: "Too long.", Target: "tags/0"}},
				Inner: &odata.InnerError{
					Code: "invalidTag", Date: "2024-03-11T08:15:27", RequestID: "r2", ClientRequestID: "c2",
					Inner: &odata.InnerError{Code: "deeper", AdditionalData: map[string]jsontext.Value{"stack": jsontext.Value("[1, null]")}},
				},
			},
		},
		"identifiers in the inner error only": {
			answer{status: 403, body: `{"error":{"code":"accessDenied","message":"","innerError":{"date":"03/11/2024 08:15:27","request-id":"r2","client-request-id":"c2"}}}`},
			&odata.Error{
				StatusCode: 403, Code: "accessDenied", RequestID: "r2", ClientRequestID: "c2",
				Inner: &odata.InnerError{Date: "03/11/2024 08:15:27", RequestID: "r2", ClientRequestID: "c2"},
			},
		},
		"another case": {
			answer{status: 500, body: `{"Message":"An error has occurred."}`},
			&odata.Error{StatusCode: 500, Message: "An error has occurred."},
		},
		"a text": {
			answer{status: 400, body: `{"error":"Something went wrong"}`},
			&odata.Error{StatusCode: 400, Message: "Something went wrong"},
		},
		"OAuth": {
			answer{status: 400, body: `{"error":"invalid_grant","error_description":"The token has expired.","error_codes":[70008]}`},
			&odata.Error{StatusCode: 400, Code: "invalid_grant", Message: "The token has expired."},
		},
		"odata.error": {
			answer{status: 404, body: `{"odata.error":{"code":"Request_ResourceNotFound","message":{"lang":"en","value":"Not here."},"values":null}}`},
			&odata.Error{StatusCode: 404, Code: "Request_ResourceNotFound", Message: "Not here."},
		},
		"not nested": {
			answer{status: 409, body: `{"code":"conflict","message":"Taken.","target":"name","statusCode":409}`},
			&odata.Error{StatusCode: 409, Code: "conflict", Message: "Taken.", Target: "name"},
		},
		"byte order mark": {
			answer{status: 400, body: "\ufeff{\"error\":{\"code\":\"badRequest\",\"message\":\"No.\"}}"},
			&odata.Error{StatusCode: 400, Code: "badRequest", Message: "No."},
		},
		"cut off": {
			answer{status: 400, body: `{"error":{"code":"badRequest","message":"No.","details":[{"code":"a"},{"code":`},
			&odata.Error{StatusCode: 400, Code: "badRequest", Message: "No.", Details: []odata.ErrorDetail{{Code: "a"}}},
		},
		"the code is in a header": {
			answer{status: 400, header: map[string]string{"x-ms-error-code": "fromHeader"}, body: `{"error":{"message":"No."}}`},
			&odata.Error{StatusCode: 400, Code: "fromHeader", Message: "No."},
		},
		"plain text": {answer{status: 502, body: `Bad gateway`}, &odata.Error{StatusCode: 502}},
		"a list":     {answer{status: 500, body: `[{"error":{"code":"a"}}]`}, &odata.Error{StatusCode: 500}},
		"odd types": {
			answer{status: 400, body: `{"error":{"code":17,"message":{"lang":"en"},"details":"none","innerError":null}}`},
			&odata.Error{StatusCode: 400, Code: "17", Message: `{"lang":"en"}`},
		},
		"HTML": {
			answer{status: 401, header: map[string]string{"request-id": "r", "Content-Type": "text/html"}, body: "<html>Sign in</html>"},
			&odata.Error{StatusCode: 401, RequestID: "r"},
		},
		"nothing": {answer{status: 404}, &odata.Error{StatusCode: 404}},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { test.answer.write(t, w) }))
			defer server.Close()
			_, err := odata.Create(t.Context(), newClient(t, server.URL, nil).Resource("projects"), create, &Entity{}, nil)
			got, ok := odata.AsError(err)
			if !ok {
				t.Fatalf("%v is not taken for an answer of the service", err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAsErrorOfAnotherError(t *testing.T) {
	if e, ok := odata.AsError(errors.New("disk full")); ok {
		t.Errorf("got %v", e)
	}
}

// An error can nest deeper than JSON may.
func TestAsErrorOfDeepErrors(t *testing.T) {
	const depth = 24_000
	body := `{"error":{"code":"a","message":"b","innererror":` + strings.Repeat(`{"innererror":`, depth) + `{"code":"deep"}` + strings.Repeat("}", depth+2)
	client := custom(t, func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 400, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	})
	_, err := odata.Create(t.Context(), client.Resource("projects"), create, &Entity{}, nil)
	if e, ok := odata.AsError(err); !ok || e.Code != "a" || e.Message != "b" {
		t.Errorf("%v", e)
	}
}

func TestErrorsIs(t *testing.T) {
	for status, want := range map[int]error{
		401: odata.ErrUnauthorized, 403: odata.ErrForbidden, 404: odata.ErrNotFound,
		409: odata.ErrConflict, 412: odata.ErrPreconditionFailed, 429: odata.ErrThrottled,
	} {
		client := custom(t, func(r *http.Request) (*http.Response, error) {
			header := http.Header{"Retry-After": {"3600"}, "Request-Id": {"r"}}
			return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(`{"error":{"code":"c","message":"m"}}`)), Request: r}, nil
		})
		_, err := odata.Create(t.Context(), client.Resource("projects"), create, &Entity{}, nil)
		for _, target := range []error{odata.ErrUnauthorized, odata.ErrForbidden, odata.ErrNotFound, odata.ErrConflict, odata.ErrPreconditionFailed, odata.ErrThrottled} {
			if errors.Is(err, target) != (target == want) {
				t.Errorf("%d is %v: %v", status, target, err)
			}
		}
		if response, ok := errors.AsType[*azcore.ResponseError](err); !ok || response.StatusCode != status {
			t.Errorf("%d: %v is not an *azcore.ResponseError", status, err)
		}
		if text := fmt.Sprintf("Projects.Create: status %d %s: c: m (request-id r)", status, http.StatusText(status)); err.Error() != text {
			t.Errorf("the error is %q, want %q", err, text)
		}
	}
}
