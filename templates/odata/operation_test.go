package odata_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// Operations send their parameters, and read each kind of result.
func TestOperations(t *testing.T) {
	ctx := t.Context()
	m := odata.Method{Name: "Things.Do"}
	body := &Sender{Name: odata.Of("A")}
	for name, test := range map[string]struct {
		call func(odata.Resource) (any, error)
		sent string
		body string // of the response
		want string
	}{
		"none":          {func(r odata.Resource) (any, error) { return nil, odata.Post(ctx, r, m, body, nil) }, `POST {"name":"A"}`, "", "<nil>"},
		"no parameters": {func(r odata.Resource) (any, error) { return nil, odata.Post(ctx, r, m, (*Sender)(nil), nil) }, "POST ", "<html>", "<nil>"},
		"item": {func(r odata.Resource) (any, error) {
			v, err := odata.PostItem[*Letter](ctx, r, m, nil, nil)
			return v.ID, err
		}, "POST ", `{"id":"1"}`, "1"},
		"value":            {func(r odata.Resource) (any, error) { return odata.PostValue[int64](ctx, r, m, body, nil) }, `POST {"name":"A"}`, `{"@odata.context":"x","value":9007199254740993}`, "9007199254740993"},
		"value of a GET":   {func(r odata.Resource) (any, error) { return odata.GetValue[bool](ctx, r, m, nil) }, "GET ", `{"value":true}`, "true"},
		"bare value":       {func(r odata.Resource) (any, error) { return odata.GetValue[string](ctx, r, m, nil) }, "GET ", `"x"`, "x"},
		"null":             {func(r odata.Resource) (any, error) { return odata.GetValue[string](ctx, r, m, nil) }, "GET ", `{"value":null}`, "null"},
		"no content":       {func(r odata.Resource) (any, error) { return odata.GetValue[string](ctx, r, m, nil) }, "GET ", "", "null"},
		"misfit":           {func(r odata.Resource) (any, error) { return odata.GetValue[odata.Date](ctx, r, m, nil) }, "GET ", `{"value":"soon"}`, `"soon"`},
		"values":           {func(r odata.Resource) (any, error) { return odata.GetValues[string](ctx, r, m, nil) }, "GET ", `{"value":["a","b"]}`, `["a","b"]`},
		"values of a POST": {func(r odata.Resource) (any, error) { return odata.PostValues[odata.Guid](ctx, r, m, nil, nil) }, "POST ", `{"value":[]}`, "[]"},
	} {
		t.Run(name, func(t *testing.T) {
			client := serve(t, func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				if got := r.Method + " " + string(body); got != test.sent {
					t.Errorf("sent %s, want %s", got, test.sent)
				}
				if hasBody := len(body) > 0; hasBody != (r.Header.Get("Content-Type") == "application/json") {
					t.Errorf("%v", r.Header)
				}
				if name == "no content" {
					w.WriteHeader(http.StatusNoContent)
				}
				io.WriteString(w, test.body)
			})
			got, err := test.call(odata.Segment(client.Resource("things"), "ns.do"))
			if fmt.Sprint(got) != test.want || err != nil {
				t.Errorf("%v, %v; want %s", got, err, test.want)
			}
		})
	}
}

// The pages of an action are one POST, and then GETs.
func TestPagesOfAnAction(t *testing.T) {
	var got []string
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = append(got, r.Method+" "+r.URL.String()+" "+string(body))
		next := ""
		if r.Method == http.MethodPost {
			next = `,"@odata.nextLink":"/beta/things/ns.do?page=2"`
		}
		fmt.Fprintf(w, `{"value":[{"id":"%d"}]%s}`, len(got), next)
	})
	var ids []string
	for letter, err := range odata.PostIterate[*Letter](t.Context(), odata.Segment(client.Resource("things"), "ns.do"), odata.Method{}, &Sender{Name: odata.Of("A")}, nil) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, letter.ID.Or(""))
	}
	if want := `POST /beta/things/ns.do {"name":"A"}|GET /beta/things/ns.do?page=2 `; strings.Join(got, "|") != want || strings.Join(ids, "") != "12" {
		t.Errorf("%v, %v", got, ids)
	}
}

// Values come in pages, too.
func TestPagesOfValues(t *testing.T) {
	for name, pages := range map[string][]string{
		`["a","b","c"]`: {`{"value":["a","b"],"@odata.nextLink":"/beta/tags?page=2"}`, `{"value":[],"@nextLink":"tags?page=3"}`, `{"value":["c"]}`},
		"[]":            {`{"value":[],"@odata.nextLink":"/beta/tags?page=2"}`, `{"value":[]}`},
		"Things.Tags: odata: after 1 values: json: cannot unmarshal JSON string into Go []string": {`{"value":["a"],"@odata.nextLink":"?page=2"}`, `{"value":"b"}`},
		"Things.Tags: odata: after 1 values: Things.Tags: status 403 Forbidden":                   {`{"value":["a"],"@odata.nextLink":"?page=2"}`, ""},
	} {
		read := 0
		client := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if pages[read] == "" {
				w.WriteHeader(403)
			}
			io.WriteString(w, pages[read])
			read++
		})
		values, err := odata.GetValues[string](t.Context(), client.Resource("tags"), odata.Method{Name: "Things.Tags"}, nil)
		got := fmt.Sprint(&values)
		if err != nil {
			got = strings.Replace(err.Error(), "unable to", "cannot", 1) // package json says either
		}
		if got != name || read != len(pages) {
			t.Errorf("got  %s after %d pages\nwant %s", got, read, name)
		}
	}
}

// An action that was processed is a ProcessedError if its result cannot be read.
func TestUnreadableResult(t *testing.T) {
	client := serve(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "<html>") })
	_, err := odata.PostItem[*Letter](t.Context(), client.Resource("things"), odata.Method{Name: "Things.Do"}, nil, nil)
	if e, ok := errors.AsType[*odata.ProcessedError](err); !ok || e.Status != 200 || !strings.HasPrefix(err.Error(), "Things.Do: the request was processed (status 200), but the response cannot be read: ") {
		t.Errorf("%v", err)
	}
}
