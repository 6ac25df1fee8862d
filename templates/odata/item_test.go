package odata_test

import (
	"cmp"
	"encoding/json/jsontext"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	gocmp "github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// counting returns a client of a server that answers 500, and the number of its
// requests.
func counting(t *testing.T) (*odata.Client, func() int32) {
	var requests atomic.Int32
	return serve(t, func(w http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		w.WriteHeader(500)
	}), requests.Load
}

// serve returns a client of a server that a function is.
func serve(t *testing.T, answer http.HandlerFunc) *odata.Client {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	return newClient(t, server.URL, token{})
}

// Items need no struct: they can be maps, JSON, and structs that are not pointers.
func TestItemsWithoutStruct(t *testing.T) {
	ctx, m := t.Context(), odata.Method{Name: "Things.Do"}
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		switch r.URL.Path {
		case "/beta/things":
			io.WriteString(w, `{"value":[{"id":"1","text":`+cmp.Or(string(body), "7")+`}]}`)
		case "/beta/none":
			w.WriteHeader(http.StatusNoContent)
		default:
			io.WriteString(w, `{"id":"1","text":`+cmp.Or(string(body), "7")+`}`)
		}
	})
	list, thing, none := client.Resource("things"), client.Resource("things").Path("1"), client.Resource("none")
	type object = map[string]any
	for name, test := range map[string]struct {
		call func() (any, error)
		want string
	}{
		"map":          {func() (any, error) { return odata.Get[object](ctx, thing, m, nil) }, "map[id:1 text:7]"},
		"no map":       {func() (any, error) { return odata.Get[object](ctx, none, m, nil) }, "map[]"},
		"anything":     {func() (any, error) { return odata.Get[any](ctx, thing, m, nil) }, "map[id:1 text:7]"},
		"JSON":         {func() (any, error) { return odata.Get[jsontext.Value](ctx, thing, m, nil) }, `{"id":"1","text":7}`},
		"pointer":      {func() (any, error) { v, err := odata.Get[*object](ctx, thing, m, nil); return *v, err }, "map[id:1 text:7]"},
		"no item":      {func() (any, error) { v, err := odata.Get[*Letter](ctx, none, m, nil); return v.ID.IsZero(), err }, "true"},
		"struct":       {func() (any, error) { v, err := odata.Get[Letter](ctx, thing, m, nil); return v.ID, err }, "1"},
		"create":       {func() (any, error) { return odata.Create(ctx, thing, m, object{"a": 1}, nil) }, "map[id:1 text:map[a:1]]"},
		"update":       {func() (any, error) { return odata.Update[any](ctx, thing, m, []string{"a"}, nil) }, "map[id:1 text:[a]]"},
		"action":       {func() (any, error) { return odata.PostItem[object](ctx, thing, m, object{"a": 1}, nil) }, "map[id:1 text:map[a:1]]"},
		"empty action": {func() (any, error) { return odata.PostItem[object](ctx, thing, m, object(nil), nil) }, "map[id:1 text:7]"},
		"page":         {func() (any, error) { p, err := odata.Pages[object](list, m, nil).NextPage(ctx); return p.Value, err }, "[map[id:1 text:7]]"},
		"page of any":  {func() (any, error) { p, err := odata.Pages[any](list, m, nil).NextPage(ctx); return p.Value, err }, "[map[id:1 text:7]]"},
		"action's page": {func() (any, error) {
			p, err := odata.PostPages[object](list, m, nil, nil).NextPage(ctx)
			return p.Value, err
		}, "[map[id:1 text:7]]"},
		"changes": {func() (any, error) {
			for c, err := range odata.Delta[object](list, m, nil).All(ctx) {
				return *c.Item, err
			}
			return nil, nil
		}, "map[id:1 text:7]"},
		"content": {func() (any, error) {
			return odata.UploadItem[object](ctx, thing, m, strings.NewReader("true"), "application/json", nil)
		}, "map[id:1 text:true]"},
	} {
		if got, err := test.call(); fmt.Sprint(got) != test.want || err != nil {
			t.Errorf("%s: %v, %v, want %s", name, got, err, test.want)
		}
	}
	for item, err := range odata.Iterate[object](ctx, list, m, nil) {
		if item["id"] != "1" || err != nil {
			t.Errorf("%v, %v", item, err)
		}
	}
	if _, err := odata.Create[object](ctx, thing, m, nil, nil); err == nil || err.Error() != "Things.Do: odata: the body is nil" {
		t.Errorf("a create without a body: %v", err)
	}
}

// The server reads the query as it was meant.
func TestQuery(t *testing.T) {
	strange := `it's 100% #1 & 2+2=4; für Zoë "日本" a/b?c\d` + "\n"
	users := odata.Method{Name: "Users.Count", Directory: true}
	members := odata.Method{Name: "Members.List", Directory: true, Linked: true}
	eventual := http.Header{"Consistencylevel": {"eventual"}}
	for name, test := range map[string]struct {
		query  *odata.Query[Letter]
		method odata.Method
		want   url.Values
		header http.Header // beside Accept
	}{
		"nil":  {want: url.Values{}},
		"zero": {query: &odata.Query[Letter]{}, want: url.Values{}},
		"all": {
			query: &odata.Query[Letter]{
				Select:  odata.Fields(LetterSubject, LetterIsRead, LetterCategories),
				Filter:  odata.Eq(LetterSubject, strange),
				OrderBy: odata.Desc(LetterReceived).Then(odata.Desc(LetterSize)).Then(odata.Asc(odata.Length(LetterSubject))),
				Top:     50, Skip: 7, Count: true, Search: `pizza "and" \ tax`, PageSize: 20,
				Other: url.Values{"includeHidden": {"true"}, "a=b": {"c&d", ""}},
			},
			method: odata.Method{EvolvableEnums: true},
			want: url.Values{
				"$select": {"subject,isRead,categories"}, "$filter": {"subject eq '" + strings.ReplaceAll(strange, "'", "''") + "'"},
				"$orderby": {"receivedDateTime desc,size desc,length(subject)"}, "$top": {"50"}, "$skip": {"7"}, "$count": {"true"},
				"$search": {`"pizza \"and\" \\ tax"`}, "includeHidden": {"true"}, "a=b": {"c&d", ""},
			},
			header: http.Header{"Prefer": {"include-unknown-enum-members,odata.maxpagesize=20"}},
		},
		"expand": {
			query: &odata.Query[Letter]{Expand: odata.Expand(LetterOwner, &odata.ItemQuery[Person]{
				Select: odata.Fields(PersonName),
				Expand: odata.Expand(PersonManager, nil).And(odata.ExpandAll(PersonLetters, &odata.Query[Letter]{Filter: odata.Eq(LetterSubject, ";)&"), Top: 3})),
			}).And(odata.ExpandAll(LetterCopies, nil))},
			want: url.Values{"$expand": {"owner($select=displayName;$expand=manager,letters($filter=subject eq ';)&';$top=3)),copies"}},
		},
		"expression of search": {query: &odata.Query[Letter]{Search: `"a:b" OR "c:d"`}, want: url.Values{"$search": {`"a:b" OR "c:d"`}}},
		"advanced": {
			query: &odata.Query[Letter]{Advanced: true},
			want:  url.Values{"$count": {"true"}}, header: http.Header{"Consistencylevel": {"eventual"}},
		},
		"a directory needs nothing": {query: &odata.Query[Letter]{Filter: odata.Eq(LetterSize, 1)}, method: users, want: url.Values{"$filter": {"size eq 1"}}},
		"a directory and endswith": {
			query: &odata.Query[Letter]{Filter: odata.And(odata.Eq(LetterSize, 1), odata.EndsWith(LetterSubject, "x"))}, method: users,
			want: url.Values{"$filter": {"size eq 1 and endswith(subject,'x')"}, "$count": {"true"}}, header: http.Header{"Consistencylevel": {"eventual"}},
		},
		"a directory, sorted and filtered": {
			query: &odata.Query[Letter]{Filter: odata.Eq(LetterSize, 1), OrderBy: odata.Asc(LetterSize)}, method: users,
			want: url.Values{"$filter": {"size eq 1"}, "$orderby": {"size"}, "$count": {"true"}}, header: http.Header{"Consistencylevel": {"eventual"}},
		},
		"a directory and a number of items": {
			query: &odata.Query[Letter]{Filter: odata.Eq(odata.CountOf(LetterCopies), 0)}, method: users,
			want: url.Values{"$filter": {"copies/$count eq 0"}, "$count": {"true"}}, header: eventual,
		},
		"a directory and one of several numbers of items": {
			query: &odata.Query[Letter]{Filter: odata.And(odata.Eq(LetterSize, 1), odata.In(odata.CountOf(LetterCopies), 1, 2))}, method: users,
			want: url.Values{"$filter": {"size eq 1 and copies/$count in (1,2)"}, "$count": {"true"}}, header: eventual,
		},
		"a number of items": {
			query: &odata.Query[Letter]{Filter: odata.Eq(odata.CountOf(LetterCopies), 0)},
			want:  url.Values{"$filter": {"copies/$count eq 0"}},
		},
		"members need nothing": {method: members, want: url.Values{}},
		"members, filtered":    {query: &odata.Query[Letter]{Filter: odata.Eq(LetterSize, 1)}, method: members, want: url.Values{"$filter": {"size eq 1"}, "$count": {"true"}}, header: eventual},
		"members, raw filter":  {query: &odata.Query[Letter]{Filter: odata.RawFilter[Letter]("size eq 1")}, method: members, want: url.Values{"$filter": {"size eq 1"}, "$count": {"true"}}, header: eventual},
		"members, sorted":      {query: &odata.Query[Letter]{OrderBy: odata.Asc(LetterSize)}, method: members, want: url.Values{"$orderby": {"size"}, "$count": {"true"}}, header: eventual},
		"members of a type":    {method: odata.Method{Directory: true, Linked: true, Cast: true}, want: url.Values{"$count": {"true"}}, header: eventual},
		"header": {
			query: &odata.Query[Letter]{Header: http.Header{"prefer": {"outlook.timezone=\"UTC\""}}, PageSize: 5, IfNoneMatch: `W/"1"`},
			want:  url.Values{}, header: http.Header{"Prefer": {"outlook.timezone=\"UTC\""}, "If-None-Match": {`W/"1"`}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			client := serve(t, func(w http.ResponseWriter, r *http.Request) {
				got, err := url.ParseQuery(r.URL.RawQuery)
				if diff := gocmp.Diff(test.want, got); diff != "" || err != nil {
					t.Errorf("%s: %v\n%s", r.URL.RawQuery, err, diff)
				}
				header := http.Header{}
				for _, name := range []string{"Prefer", "Consistencylevel", "If-Match", "If-None-Match"} {
					if values := r.Header[name]; values != nil {
						header[name] = values
					}
				}
				if diff := gocmp.Diff(test.header, header); len(test.header)+len(header) > 0 && diff != "" {
					t.Error(diff)
				}
				io.WriteString(w, `{"value":[]}`)
			})
			for _, err := range odata.Iterate[*Letter](t.Context(), client.Resource("letters"), test.method, test.query) {
				t.Error(err)
			}
		})
	}
}

// A function cannot be selected, though it has the type of a property.
func TestSelectHasNoFunctions(t *testing.T) {
	client, requests := counting(t)
	_, err := odata.Get[*Letter](t.Context(), odata.Key(client.Resource("letters"), "1"), odata.Method{Name: "Letter.Get"}, &odata.ItemQuery[Letter]{Select: odata.Fields(odata.ToLower(LetterSubject))})
	if want := "Letter.Get: odata: Select has a function, tolower(subject): it can have properties alone"; err == nil || err.Error() != want || requests() != 0 {
		t.Errorf("%v, want %s", err, want)
	}
}

// Each method sends its verb, and reads what comes back.
func TestItem(t *testing.T) {
	ctx := t.Context()
	m := odata.Method{Name: "Letter.Method"}
	body := &Letter{Subject: odata.Of("Orchard"), Sender: odata.Null[*Sender]()}
	const sent = `{"subject":"Orchard","sender":null}`
	const stored = `{"@odata.etag":"W/\"2\"","id":"1","owner":{"id":"7"},"copies":[{"id":"8"},{"id":"9"}],"none":null}`
	var response odata.Response
	options := &odata.Options{IfMatch: `W/"1"`, Minimal: true, Response: &response}
	for name, test := range map[string]struct {
		call   func(odata.Resource) (*Letter, error)
		want   string // of the request
		answer answer
	}{
		"get": {func(r odata.Resource) (*Letter, error) { return odata.Get[*Letter](ctx, r, m, nil) },
			"GET /beta/letters/1 application/json   ", answer{status: 200, body: stored}},
		"get a part": {func(r odata.Resource) (*Letter, error) {
			return odata.Get[*Letter](ctx, r, m, &odata.ItemQuery[Letter]{Select: odata.Fields(LetterSubject), Options: odata.Options{IfNoneMatch: `W/"1"`}})
		}, `GET /beta/letters/1?$select=subject application/json   `, answer{status: 200, body: stored}},
		"update": {func(r odata.Resource) (*Letter, error) { return odata.Update(ctx, r, m, body, options) },
			`PATCH /beta/letters/1 application/json W/"1" return=minimal ` + sent, answer{status: 200, body: stored}},
		"update without an answer": {func(r odata.Resource) (*Letter, error) { return odata.Update(ctx, r, m, body, nil) },
			"PATCH /beta/letters/1 application/json   " + sent, answer{status: 204}},
		"replace": {func(r odata.Resource) (*Letter, error) { return odata.Replace(ctx, r, m, body, nil) },
			"PUT /beta/letters/1 application/json   " + sent, answer{status: 201, body: stored}},
		"delete": {func(r odata.Resource) (*Letter, error) { return &Letter{}, odata.Delete(ctx, r, m, options) },
			`DELETE /beta/letters/1 application/json W/"1" return=minimal `, answer{status: 204}},
	} {
		t.Run(name, func(t *testing.T) {
			client := serve(t, func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				got := strings.Join([]string{r.Method, r.URL.String(), r.Header.Get("Accept"), r.Header.Get("If-Match"), r.Header.Get("Prefer"), string(body)}, " ")
				if got != test.want {
					t.Errorf("got %s, want %s", got, test.want)
				}
				test.answer.write(t, w)
			})
			got, err := test.call(odata.Key(client.Resource("letters"), "1"))
			if err != nil {
				t.Fatal(err)
			}
			if test.answer.body == "" {
				if !got.ID.IsZero() || odata.ETag(got) != "" {
					t.Errorf("%v, want an empty item", got)
				}
				return
			}
			owner, ok := odata.Expanded[Person](got, "owner").Get()
			copies, _ := odata.ExpandedList[Letter](got, string(LetterCopies)).Get()
			if odata.ETag(got) != `W/"2"` || !ok || owner.ID.Or("") != "7" || len(copies) != 2 || copies[1].ID.Or("") != "9" {
				t.Errorf("%v %v %v %v", got.AdditionalData, ok, owner, copies)
			}
			if none := odata.Expanded[Person](got, "none"); !none.IsNull() {
				t.Errorf("%v is not null", none)
			}
			if absent := odata.Expanded[Person](got, "x"); !absent.IsZero() {
				t.Errorf("%v is not absent", absent)
			}
		})
	}
	if response.StatusCode == 0 {
		t.Error("Options.Response has nothing")
	}
	if odata.ETag((*Letter)(nil)) != "" {
		t.Error("nil has an ETag")
	}
	type file struct {
		Letter
		ETag odata.Opt[string]
	}
	tagged := map[string]jsontext.Value{"@odata.etag": jsontext.Value(`"W/8"`)}
	for want, f := range map[string]*file{
		"": {}, "7": {ETag: odata.Of("7")}, "W/8": {ETag: odata.Of("7"), Letter: Letter{AdditionalData: tagged}},
	} {
		if got := odata.ETag(f); got != want {
			t.Errorf("the ETag is %q, want %q", got, want)
		}
	}
	if tag := odata.ETag(&file{ETag: odata.Of("7"), Letter: Letter{AdditionalData: map[string]jsontext.Value{"@etag": jsontext.Value(`"10"`)}}}); tag != "10" {
		t.Errorf("the @etag of OData 4.01 is %s", tag)
	}
	if tag := odata.ETag(&Letter{AdditionalData: map[string]jsontext.Value{"eTag": jsontext.Value(`"9"`)}}); tag != "9" {
		t.Errorf("the undeclared eTag is %s", tag)
	}
}

// Count asks for the number alone, and reads it as the services write it.
func TestCount(t *testing.T) {
	query := &odata.Query[Letter]{Filter: odata.Eq(LetterIsRead, false), Search: "x", Top: 5, OrderBy: odata.Asc(LetterSize), Select: odata.Fields(LetterSize), Count: true}
	for body, want := range map[string]int64{"42": 42, "\ufeff0": 0, " 7\r\n": 7, "9007199254740993": 9007199254740993} {
		for _, directory := range []bool{false, true} {
			client := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if got := r.URL.String(); got != "/beta/letters/$count?$filter=isRead%20eq%20false&$search=%22x%22" {
					t.Error(got)
				}
				if got := r.Header.Get("ConsistencyLevel") == "eventual"; got != directory || r.Header.Get("Accept") != "text/plain" {
					t.Errorf("%v: %v", directory, r.Header)
				}
				io.WriteString(w, body)
			})
			got, err := odata.Count(t.Context(), client.Resource("letters"), odata.Method{Directory: directory}, query)
			if got != want || err != nil {
				t.Errorf("%q: %d, %v", body, got, err)
			}
		}
	}
	for body, want := range map[string]string{
		"<html>": "Letters.Count: status 200: the response cannot be read: ", "": "Letters.Count: odata: the response has no number", "null": "Letters.Count: odata: the response has no number",
	} {
		client := serve(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, body) })
		if _, err := odata.Count(t.Context(), client.Resource("letters"), odata.Method{Name: "Letters.Count"}, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", body, err)
		}
	}
}

// Each verb is sent again only where that does no harm, and a success that cannot
// be read says so.
func TestVerbsAreNeverSentTwiceByAccident(t *testing.T) {
	ctx := t.Context()
	m := odata.Method{Name: "Letter.Method"}
	calls := map[string]func(odata.Resource) error{
		"GET":    func(r odata.Resource) error { _, err := odata.Get[*Letter](ctx, r, m, nil); return err },
		"PATCH":  func(r odata.Resource) error { _, err := odata.Update(ctx, r, m, &Letter{}, nil); return err },
		"PUT":    func(r odata.Resource) error { _, err := odata.Replace(ctx, r, m, &Letter{}, nil); return err },
		"DELETE": func(r odata.Resource) error { return odata.Delete(ctx, r, m, nil) },
		"POST":   func(r odata.Resource) error { _, err := odata.Create(ctx, r, m, &Letter{}, nil); return err },
	}
	retryable := map[string]bool{"GET": true, "PUT": true, "DELETE": true}
	for verb, call := range calls {
		for name, first := range map[string]answer{
			"500": {status: 500}, "503": {status: 503}, "broken": {hangUp: true}, "408": {status: 408},
			"429": {status: 429, header: map[string]string{"Retry-After": "0"}},
		} {
			for then, second := range map[string]answer{"200": {status: 200, body: `{}`}, "404": {status: 404}} {
				t.Run(verb+" "+name+" "+then, func(t *testing.T) {
					t.Parallel()
					var requests atomic.Int32
					client := serve(t, func(w http.ResponseWriter, r *http.Request) {
						_, _ = io.Copy(io.Discard, r.Body)
						if requests.Add(1) == 1 {
							first.write(t, w)
						} else {
							second.write(t, w)
						}
					})
					err := call(odata.Key(client.Resource("letters"), "1"))
					again := name == "429" || retryable[verb]
					want := int32(1)
					if again {
						want = 2
					}
					if n := requests.Load(); n != want {
						t.Errorf("%d requests, want %d", n, want)
					}
					fails := !again || then == "404" && (verb != "DELETE" || name == "429")
					if (err != nil) != fails || again && fails && !errors.Is(err, odata.ErrNotFound) {
						t.Errorf("%v", err)
					}
				})
			}
		}
		t.Run(verb+" unreadable", func(t *testing.T) {
			client := serve(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "<html>") })
			err := call(odata.Key(client.Resource("letters"), "1"))
			_, processed := errors.AsType[*odata.ProcessedError](err)
			_, created := errors.AsType[*odata.CreatedError](err)
			if processed != (verb == "PATCH" || verb == "PUT") || created != (verb == "POST") || (err == nil) != (verb == "DELETE") {
				t.Errorf("%v", err)
			}
		})
	}
}

// A DELETE that is sent again finds nothing: that is a success only if a try before may
// have deleted the item.
func TestDeletesThatFindNothing(t *testing.T) {
	for name, test := range map[string]struct {
		first answer
		again []int // statuses after which the options send a request again
		want  error
	}{
		"it was never there":    {answer{status: 404}, []int{404}, odata.ErrNotFound},
		"it was locked":         {answer{status: 423}, []int{423}, odata.ErrNotFound},
		"the service was busy":  {answer{status: 429, header: map[string]string{"Retry-After": "0"}}, nil, odata.ErrNotFound},
		"the answer was lost":   {answer{hangUp: true}, nil, nil},
		"the service timed out": {answer{status: 408}, nil, nil},
		"a gateway timed out":   {answer{status: 504}, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			tries := 0
			client := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				if tries++; tries == 1 {
					test.first.write(t, w)
				} else {
					w.WriteHeader(404)
				}
			})
			ctx := policy.WithRetryOptions(t.Context(), policy.RetryOptions{RetryDelay: time.Millisecond, StatusCodes: test.again})
			if test.again == nil {
				ctx = t.Context()
			}
			err := odata.Delete(ctx, odata.Key(client.Resource("letters"), "1"), odata.Method{Name: "Letter.Delete"}, nil)
			if tries < 2 || !errors.Is(err, test.want) || test.want == nil && err != nil {
				t.Errorf("after %d tries: %v, want %v", tries, err, test.want)
			}
		})
	}
}

// The statuses that callers act on are errors that errors.Is finds.
func TestStatuses(t *testing.T) {
	for status, want := range map[int]error{304: odata.ErrNotModified, 404: odata.ErrNotFound, 412: odata.ErrPreconditionFailed} {
		client := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
		_, err := odata.Get[*Letter](t.Context(), odata.Key(client.Resource("letters"), "1"), odata.Method{}, &odata.ItemQuery[Letter]{Options: odata.Options{IfNoneMatch: "x"}})
		if !errors.Is(err, want) {
			t.Errorf("%d: %v", status, err)
		}
	}
}
