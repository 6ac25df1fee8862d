package odata_test

import (
	"context"
	"encoding/json/v2"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// A header that the caller removes is not sent, neither empty nor with another value, in a
// batch or outside.
func TestRemovedHeaders(t *testing.T) {
	var sent map[string]string
	client := custom(t, func(r *http.Request) (*http.Response, error) {
		response := &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(`{"id":"1"}`)), Request: r}
		sent = map[string]string{}
		for name, values := range r.Header {
			if len(values) > 0 { // package http sends no others
				sent[name] = values[0]
			}
		}
		if r.Method == http.MethodPost {
			var batch struct {
				Requests []struct{ Headers map[string]string }
			}
			if err := json.UnmarshalRead(r.Body, &batch, json.MatchCaseInsensitiveNames(true)); err != nil {
				return nil, err
			}
			sent = batch.Requests[0].Headers
			response.Body = io.NopCloser(strings.NewReader(`{"responses":[{"id":"1","status":200,"body":{"id":"1"}}]}`))
		}
		return response, nil
	})
	m := odata.Method{Name: "Letters.Get", EvolvableEnums: true}
	get := func(ctx context.Context) (*Letter, error) {
		options := odata.Options{Header: http.Header{"prefer": nil, "client-request-id": nil, "Accept": {}, "X": {"y"}}}
		return odata.Get[*Letter](ctx, client.Resource("letters"), m, &odata.ItemQuery[Letter]{Options: options})
	}
	check := func(err error) {
		t.Helper()
		for _, name := range []string{"Prefer", "Client-Request-Id", "Accept"} {
			if value, has := sent[name]; has {
				t.Errorf("%s: %q is sent", name, value)
			}
		}
		if err != nil || sent["X"] != "y" {
			t.Errorf("%v, %v", err, sent)
		}
	}
	_, err := get(t.Context())
	check(err)
	batch := odata.NewBatch(client)
	got := odata.Add(batch, get)
	if err := batch.Do(t.Context()); err != nil {
		t.Error(err)
	}
	_, err = got.Result()
	check(err)
}
