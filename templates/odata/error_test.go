package odata_test

import (
	"encoding/json/jsontext"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

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
