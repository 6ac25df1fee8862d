package odata_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// A round of changes ends with a link, with which the next one begins, in this
// program or another.
func TestDelta(t *testing.T) {
	var asked []string
	broken := true
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.RawQuery)
		link := "http://" + r.Host + "/beta/letters/delta?"
		switch r.URL.RawQuery {
		case "$select=subject":
			fmt.Fprintf(w, `{"value":[{"id":"1","subject":"a"},{"id":"2"}],"@odata.nextLink":"%spage=2"}`, link)
		case "page=2":
			if broken {
				broken = false
				w.WriteHeader(400)
				return
			}
			fmt.Fprintf(w, `{"value":[{"id":"3","@removed":{"reason":"deleted"}}],"@odata.deltaLink":"%stoken=1"}`, link)
		case "token=1":
			fmt.Fprintf(w, `{"value":[{"id":"1","@removed":{}},{"id":"2","reason":"changed","@odata.context":"$metadata#letters/$deletedEntity"}],"@odata.deltaLink":"%stoken=2"}`, link)
		case "token=2":
			fmt.Fprintf(w, `{"value":[],"@odata.deltaLink":"%stoken=2"}`, link)
		default:
			w.WriteHeader(410)
		}
	})
	m := odata.Method{Name: "Letters.Delta"}
	read := func(changes *odata.Changes[Letter]) string {
		var got []string
		for change, err := range changes.All(t.Context()) {
			switch {
			case err != nil:
				got = append(got, err.Error())
			case change.Removed:
				got = append(got, "-"+change.Item.ID.Or("")+change.Reason)
			default:
				got = append(got, "+"+change.Item.ID.Or(""))
			}
		}
		return strings.Join(got, " ")
	}
	changes := odata.Delta(odata.Segment(client.Resource("letters"), "delta"), m, &odata.Query[Letter]{Select: odata.Fields(LetterSubject)})
	for i, want := range []string{"+1 +2 Letters.Delta: status 400 Bad Request", "-3deleted", "-1 -2changed", "", ""} {
		if i < 2 && changes.Link() != "" {
			t.Errorf("round %d begins with the link %s", i, changes.Link())
		}
		if got := read(changes); got != want {
			t.Errorf("round %d: %s, want %s", i, got, want)
		}
	}
	link := changes.Link()
	if want := "$select=subject page=2 page=2 token=1 token=2 token=2"; strings.Join(asked, " ") != want || !strings.HasSuffix(link, "token=2") {
		t.Errorf("asked %v, link %s", asked, link)
	}
	if got := read(odata.DeltaFrom[Letter](client.Resource("letters"), m, strings.Replace(link, "token=2", "token=1", 1))); got != "-1 -2changed" {
		t.Error(got)
	}
	for _, err := range odata.DeltaFrom[Letter](client.Resource("letters"), m, strings.Replace(link, "token=2", "token=0", 1)).All(t.Context()) {
		if !errors.Is(err, odata.ErrGone) {
			t.Errorf("%v", err)
		}
	}
	for _, err := range odata.DeltaFrom[Letter](client.Resource("letters"), m, "https://graph.example/x?token=1").All(t.Context()) {
		if err == nil || !strings.Contains(err.Error(), "Letters.Delta: odata: the link to https://graph.example/x is not followed") {
			t.Errorf("%v", err)
		}
	}
	requests := len(asked)
	for _, err := range odata.DeltaFrom[Letter](client.Resource("letters"), m, "").All(t.Context()) {
		if err == nil || !strings.Contains(err.Error(), "Letters.Delta: odata: the link is empty") || len(asked) != requests {
			t.Errorf("%v, asked %v", err, asked)
		}
	}
}
