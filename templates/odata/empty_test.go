package odata_test

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// last returns the last error of a list, which ends it.
func last[T any](list iter.Seq2[T, error]) (err error) {
	for _, err = range list {
	}
	return err
}

// An empty response is not an empty list or item, unless the service says so (204): the
// client would lose the items without an error.
func TestEmptyResponses(t *testing.T) {
	ctx, m := t.Context(), odata.Method{Name: "Things.Do"}
	calls := map[string]func(odata.Resource) error{
		"get":    func(r odata.Resource) error { _, err := odata.Get[*Letter](ctx, r, m, nil); return err },
		"list":   func(r odata.Resource) error { return last(odata.Iterate[*Letter](ctx, r, m, nil)) },
		"value":  func(r odata.Resource) error { _, err := odata.GetValue[string](ctx, r, m, nil); return err },
		"values": func(r odata.Resource) error { _, err := odata.GetValues[string](ctx, r, m, nil); return err },
		"ref": func(r odata.Resource) error {
			_, err := odata.RefOf(r, odata.RefMethods{List: m}).Get(ctx)
			return err
		},
		"refs": func(r odata.Resource) error {
			_, err := odata.RefsOf(r, odata.RefMethods{List: m}).List().NextPage(ctx)
			return err
		},
	}
	for name, call := range calls {
		for _, body := range []string{"", " \r\n", "\ufeff"} {
			for status, want := range map[int]string{200: "Things.Do: status 200: the response cannot be read: unexpected EOF", 204: ""} {
				client := custom(t, func(r *http.Request) (*http.Response, error) {
					return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
				})
				err := call(client.Resource("things"))
				if status == 200 && (err == nil || err.Error() != want || !errors.Is(err, io.ErrUnexpectedEOF)) || status == 204 && err != nil {
					t.Errorf("%s, status %d, %q: %v, want %s", name, status, body, err, want)
				}
			}
		}
	}
	// An action that returns a collection always has one.
	client := serve(t, func(http.ResponseWriter, *http.Request) {})
	_, valuesErr := odata.PostValues[string](ctx, client.Resource("things"), m, nil, nil)
	for _, err := range []error{valuesErr, last(odata.PostIterate[*Letter](ctx, client.Resource("things"), m, nil, nil))} {
		if e, ok := errors.AsType[*odata.ProcessedError](err); !ok || e.Status != 200 || !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%v", err)
		}
	}
	// Other writes can return an empty response.
	if item, err := odata.Update(ctx, client.Resource("things"), m, &Letter{}, nil); err != nil || item == nil {
		t.Errorf("%v, %v", item, err)
	}
	if value, err := odata.PostValue[string](ctx, client.Resource("things"), m, nil, nil); err != nil || !value.IsNull() {
		t.Errorf("%v, %v", value, err)
	}
}

// A page behind a link has a body, whatever its status is.
func TestEmptyPages(t *testing.T) {
	ctx, m := t.Context(), odata.Method{Name: "Things.Do"}
	for _, status := range []int{200, 204} {
		client := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.RawQuery == "" {
				fmt.Fprintf(w, `{"value":[],"@odata.nextLink":"http://%s/beta/things?page=2"}`, r.Host)
				return
			}
			w.WriteHeader(status)
		})
		things := client.Resource("things")
		for name, call := range map[string]func() error{
			"list":   func() error { return last(odata.Iterate[*Letter](ctx, things, m, nil)) },
			"action": func() error { return last(odata.PostIterate[*Letter](ctx, things, m, nil, nil)) },
			"values": func() error { _, err := odata.GetValues[string](ctx, things, m, nil); return err },
			"delta":  func() error { return last(odata.Delta[Letter](things, m, nil).All(ctx)) },
		} {
			if err := call(); !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("%s, status %d: %v", name, status, err)
			}
		}
	}
}

// A round of changes has ended when the service has sent the link to later ones.
func TestDeltaWithoutALink(t *testing.T) {
	m, broken := odata.Method{Name: "Things.Delta"}, true
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body := `{"value":[{"id":"1"}],"@odata.nextLink":"/beta/things?page=2"}`
		if r.URL.RawQuery != "" {
			body = map[bool]string{true: `{"value":[{"id":"2"}]}`, false: `{"value":[{"id":"2"}],"@odata.deltaLink":"/beta/things?token=1"}`}[broken]
		}
		io.WriteString(w, body)
	})
	read := func(changes *odata.Changes[Letter]) (got string) {
		for change, err := range changes.All(t.Context()) {
			if err != nil {
				return got + err.Error()
			}
			got += change.Item.ID.Or("") + " "
		}
		return got
	}
	const want = "2 Things.Delta: odata: the page of changes has neither a link to the next one nor one to later changes, " +
		"so they can be incomplete: go on with All or with the last link"
	changes := odata.Delta[Letter](client.Resource("things"), m, nil)
	if got := read(changes); got != "1 "+want {
		t.Error(got)
	}
	if got := read(odata.DeltaFrom[Letter](client.Resource("things"), m, "/beta/things?token=0")); got != want {
		t.Error(got)
	}
	broken = false
	if got := read(changes); got != "2 " || !strings.HasSuffix(changes.Link(), "/beta/things?token=1") {
		t.Errorf("%s, %s", got, changes.Link())
	}
}
