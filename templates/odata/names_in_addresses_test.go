package odata_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// A name that is a dot segment would lead to another resource, or out of the service.
func TestDotSegments(t *testing.T) {
	client, err := odata.NewClient(nil, odata.Config{Package: "test"}, &odata.ClientOptions{Endpoint: "https://host.example/v1"})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []odata.Resource{client.Resource(".."), odata.Segment(client.Resource("."), "x"), odata.Function(client.Root(), "..", odata.Arg("a", 1))} {
		if got, err := r.URL(); err == nil || !strings.Contains(err.Error(), "is a dot segment, which would mean another resource") {
			t.Errorf("%s, %v", got, err)
		}
	}
	if got, err := client.Resource("...").URL(); got != "https://host.example/v1/..." || err != nil {
		t.Errorf("%s, %v", got, err)
	}
}

// Each function of an address has its own arguments, though their names are the same.
func TestAliasesOfSeveralFunctions(t *testing.T) {
	client, err := odata.NewClient(nil, odata.Config{Package: "test"}, &odata.ClientOptions{Endpoint: "https://host.example/v1"})
	if err != nil {
		t.Fatal(err)
	}
	r := client.Resource("docs")
	for i, name := range []string{"within", "except", "of"} {
		r = odata.Function(r, name, odata.Arg("ids", []int{i}), odata.Arg("ids2", []int{i + 3}))
	}
	const want = "https://host.example/v1/docs/within(ids=@ids,ids2=@ids2)/except(ids=@ids3,ids2=@ids22)/of(ids=@ids4,ids2=@ids23)" +
		"?@ids=%5B0%5D&@ids2=%5B3%5D&@ids3=%5B1%5D&@ids22=%5B4%5D&@ids4=%5B2%5D&@ids23=%5B5%5D"
	if got, err := r.URL(); got != want || err != nil {
		t.Errorf("%s, %v, want\n%s", got, err, want)
	}
}

// An expression of a search has quotes of its own, also if it does not begin with them.
func TestSearchExpressions(t *testing.T) {
	for text, want := range map[string]string{
		`"a:b" OR "c:d"`:                 `"a:b" OR "c:d"`,
		`("a:b" OR "c:d") AND "e:f"`:     `("a:b" OR "c:d") AND "e:f"`,
		`NOT "a:b"`:                      `NOT "a:b"`,
		`NOT ( NOT ("a:b" AND NOT "c"))`: `NOT ( NOT ("a:b" AND NOT "c"))`,
		`((NOT "a") OR "b")`:             `((NOT "a") OR "b")`,
		`NOTE "a"`:                       `"NOTE \"a\""`,
		`(a) "b"`:                        `"(a) \"b\""`,
		`NOT pizza`:                      `"NOT pizza"`,
		`NOT `:                           `"NOT "`,
		`(`:                              `"("`,
		`a "b"`:                          `"a \"b\""`,
	} {
		if got := parameter(t, &odata.Query[Letter]{Search: text}, "$search"); got != want {
			t.Errorf("%s is sent as %s, want %s", text, got, want)
		}
	}
}

// parameter returns an option of a query as it is sent.
func parameter(t *testing.T, query *odata.Query[Letter], name string) string {
	t.Helper()
	got := ""
	client := custom(t, func(r *http.Request) (*http.Response, error) {
		got = r.URL.Query().Get(name)
		return &http.Response{StatusCode: 204, Header: http.Header{}, Body: http.NoBody, Request: r}, nil
	})
	for _, err := range odata.Iterate[*Letter](t.Context(), client.Resource("letters"), odata.Method{}, query) {
		t.Error(err)
	}
	return got
}
