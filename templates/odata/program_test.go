package odata_test

import (
	"context"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// The builders below are what a generated package has: each method is one call.

type (
	LettersBuilder struct{ resource odata.Resource }
	LetterBuilder  struct{ resource odata.Resource }
	GroupBuilder   struct{ resource odata.Resource }
	LetterQuery    = odata.Query[Letter]
	LetterItem     = odata.ItemQuery[Letter]
)

func (b *LettersBuilder) ByID(id string) *LetterBuilder {
	return &LetterBuilder{odata.Key(b.resource, id)}
}

func (b *LettersBuilder) List(query *LetterQuery) *runtime.Pager[odata.Page[Letter]] {
	return odata.Pages[*Letter](b.resource, odata.Method{Name: "Letters.List"}, query)
}

func (b *LettersBuilder) All(ctx context.Context, query *LetterQuery) iter.Seq2[*Letter, error] {
	return odata.Iterate[*Letter](ctx, b.resource, odata.Method{Name: "Letters.List"}, query)
}

func (b *LettersBuilder) Count(ctx context.Context, query *LetterQuery) (int64, error) {
	return odata.Count(ctx, b.resource, odata.Method{Name: "Letters.Count", Directory: true}, query)
}

func (b *LettersBuilder) Delta(query *LetterQuery) *odata.Changes[Letter] {
	return odata.Delta(odata.Function(b.resource, "delta"), odata.Method{Name: "Letters.Delta"}, query)
}

func (b *LettersBuilder) DeltaFrom(link string) *odata.Changes[Letter] {
	return odata.DeltaFrom[Letter](b.resource, odata.Method{Name: "Letters.Delta"}, link)
}

// Between returns the builder for the result of the function between.
func (b *LettersBuilder) Between(start, end time.Time) *LettersBuilder {
	return &LettersBuilder{odata.Function(b.resource, "between", odata.Arg("start", start), odata.Arg("end", end))}
}

func (b *LetterBuilder) Get(ctx context.Context, query *LetterItem) (*Letter, error) {
	return odata.Get[*Letter](ctx, b.resource, odata.Method{Name: "Letter.Get"}, query)
}

func (b *LetterBuilder) Update(ctx context.Context, body *Letter, options *odata.Options) (*Letter, error) {
	return odata.Update(ctx, b.resource, odata.Method{Name: "Letter.Update"}, body, options)
}

func (b *LetterBuilder) Delete(ctx context.Context, options *odata.Options) error {
	return odata.Delete(ctx, b.resource, odata.Method{Name: "Letter.Delete"}, options)
}

func (b *LetterBuilder) Download(ctx context.Context, options *odata.Options) (*odata.Stream, error) {
	return odata.Download(ctx, odata.Segment(b.resource, "$value"), odata.Method{Name: "Letter.Download"}, options)
}

func (b *LetterBuilder) Forward(ctx context.Context, body *Sender, options *odata.Options) error {
	return odata.Post(ctx, odata.Segment(b.resource, "forward"), odata.Method{Name: "Letter.Forward"}, body, options)
}

func (b *LetterBuilder) Path(path string) *LetterBuilder {
	return &LetterBuilder{b.resource.Path(path)}
}
func (b *LetterBuilder) URL() (string, error) { return b.resource.URL() }

func (b *GroupBuilder) Members() odata.CollectionRef {
	return odata.RefsOf(odata.Segment(b.resource, "members"), odata.RefMethods{Add: odata.Method{Name: "Members.Add"}})
}

// A program that does a bit of everything sends these requests, in this order.
func TestProgram(t *testing.T) {
	var got []string
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		query, _ := url.QueryUnescape(r.URL.RawQuery)
		body, _ := io.ReadAll(r.Body)
		line := fmt.Sprintf("%s %s?%s %s %s %s", r.Method, r.URL.EscapedPath(), query, r.Header.Get("If-Match"), r.Header.Get("ConsistencyLevel"), body)
		got = append(got, strings.TrimRight(strings.ReplaceAll(line, r.Host, "HOST"), " ?"))
		switch {
		case r.URL.Path == "/beta/$batch":
			io.WriteString(w, `{"responses":[{"id":"1","status":200,"body":{"id":"b"}}]}`)
		case strings.HasSuffix(r.URL.Path, "/$count"):
			io.WriteString(w, "3")
		case strings.HasSuffix(r.URL.Path, "/delta"):
			io.WriteString(w, `{"value":[{"id":"d","@removed":{}}],"@odata.deltaLink":"/beta/letters/delta?token=1"}`)
		case r.URL.Path == "/beta/letters" || strings.Contains(r.URL.Path, "between"):
			io.WriteString(w, `{"value":[{"id":"1"}]}`)
		default:
			io.WriteString(w, `{"id":"1","@odata.etag":"W/\"1\""}`)
		}
	})
	ctx := t.Context()
	since := time.Date(2024, 7, 15, 8, 0, 0, 0, time.UTC)
	letters := &LettersBuilder{client.Resource("letters")}
	for letter, err := range letters.All(ctx, &LetterQuery{
		Select:  odata.Fields(LetterSubject, LetterSender),
		Filter:  odata.And(odata.Eq(LetterIsRead, false), odata.Ge(LetterReceived, since)),
		OrderBy: odata.Desc(LetterReceived),
		Top:     50,
	}) {
		if err != nil || letter.ID.Or("") != "1" {
			t.Fatal(letter, err)
		}
	}
	check := func(what any, err error) {
		if err != nil {
			t.Errorf("%v: %v", what, err)
		}
	}
	page, err := letters.List(nil).NextPage(ctx)
	check(page, err)
	n, err := letters.Count(ctx, nil)
	check(n, err)
	for _, err := range letters.Between(since, since).All(ctx, nil) {
		check("between", err)
	}
	letter, err := letters.ByID("1").Get(ctx, nil)
	check(letter, err)
	letter, err = letters.ByID("1").Get(ctx, &LetterItem{Expand: odata.Expand(LetterOwner, nil)})
	check(letter, err)
	letter, err = letters.ByID("1").Update(ctx, &Letter{Sender: odata.Null[*Sender]()}, nil)
	check(letter, err)
	check("delete", letters.ByID("1").Delete(ctx, &odata.Options{IfMatch: odata.ETag(letter)}))
	check("forward", letters.ByID("1").Forward(ctx, &Sender{Name: odata.Of("A")}, nil))
	check("add", (&GroupBuilder{odata.Key(client.Resource("groups"), "g")}).Members().Add(ctx, letters.ByID("1")))
	stream, err := letters.ByID("1").Path(":/a b:").Download(ctx, nil)
	check(stream, err)
	stream.Close()
	changes := letters.Delta(nil)
	for change, err := range changes.All(ctx) {
		check(change, err)
	}
	for change, err := range letters.DeltaFrom(changes.Link()).All(ctx) {
		check(change, err)
	}
	batch := odata.NewBatch(client)
	who := odata.Add(batch, func(ctx context.Context) (*Letter, error) { return letters.ByID("b").Get(ctx, nil) })
	check("batch", batch.Do(ctx))
	letter, err = who.Result()
	check(letter, err)
	want := []string{
		"GET /beta/letters?$select=subject,sender&$filter=isRead eq false and receivedDateTime ge 2024-07-15T08:00:00Z&$orderby=receivedDateTime desc&$top=50",
		"GET /beta/letters",
		"GET /beta/letters/$count?  eventual",
		"GET /beta/letters/between(start=2024-07-15T08:00:00Z,end=2024-07-15T08:00:00Z)",
		"GET /beta/letters/1",
		"GET /beta/letters/1?$expand=owner",
		`PATCH /beta/letters/1?   {"sender":null}`,
		`DELETE /beta/letters/1? W/"1"`,
		`POST /beta/letters/1/forward?   {"name":"A"}`,
		`POST /beta/groups/g/members/$ref?   {"@odata.id":"http://HOST/beta/letters/1"}`,
		"GET /beta/letters/1:/a%20b:/$value",
		"GET /beta/letters/delta",
		"GET /beta/letters/delta?token=1",
		`POST /beta/$batch?   {"requests":[{"id":"1","method":"GET","url":"/letters/b","headers":{"Accept":"application/json"}}]}`,
	}
	for i := range got {
		got[i], _, _ = strings.Cut(got[i], `,"Client-Request-Id"`)
		if strings.Contains(got[i], "$batch") {
			got[i] += "}}]}"
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
