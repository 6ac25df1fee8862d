package odata_test

import (
	"context"
	"errors"
	"io"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// newResource returns a resource of a service that wants keys as segments or in
// parentheses.
func newResource(t *testing.T, parentheses bool, endpoint string, name string) odata.Resource {
	t.Helper()
	options := &odata.ClientOptions{Endpoint: endpoint}
	client, err := odata.NewClient(nil, odata.Config{Package: "test", KeysInParentheses: parentheses}, options)
	if err != nil {
		t.Fatal(err)
	}
	return client.Resource(name)
}

// Addresses are what the OData URL Conventions say, for both places of keys.
func TestAddresses(t *testing.T) {
	const guid = odata.Guid("5f1d1c5e-0b86-4e4a-9a3b-5a9e1d4f7c21")
	for _, test := range []struct {
		build              func(odata.Resource) odata.Resource
		segments, inParens string // "" if the same
	}{
		{func(r odata.Resource) odata.Resource { return odata.Key(r, "a/b") }, "/a%2Fb", "('a%2Fb')"},
		{func(r odata.Resource) odata.Resource { return odata.Key(r, "O'Neil é+") }, "/O%27Neil%20%C3%A9+", "('O%27%27Neil%20%C3%A9+')"},
		{func(r odata.Resource) odata.Resource { return odata.Key(r, int32(42)) }, "/42", "(42)"},
		{func(r odata.Resource) odata.Resource { return odata.Key(r, guid) }, "/" + string(guid), "(" + string(guid) + ")"},
		{func(r odata.Resource) odata.Resource { return odata.Key(r, odata.Date{Year: 2024, Month: 2, Day: 29}) }, "/2024-02-29", "(2024-02-29)"},
		{func(r odata.Resource) odata.Resource { return odata.Key(r, Importance("high")) }, "/high", "('high')"},
		{func(r odata.Resource) odata.Resource { return odata.Segment(odata.Key(r, ".."), "x") }, "('..')/x", "('..')/x"},
		{func(r odata.Resource) odata.Resource {
			return odata.Keys(r, odata.Arg("a", int32(1)), odata.Arg("b", "x'/y"))
		}, "(a=1,b='x%27%27%2Fy')", ""},
		{func(r odata.Resource) odata.Resource {
			return odata.Segment(odata.Keys(r, odata.Arg("appId", guid)), "owners")
		}, "(appId=" + string(guid) + ")/owners", ""},
		{func(r odata.Resource) odata.Resource {
			return odata.Segment(odata.Segment(odata.Key(r, "1"), "ns.boss"), "$value")
		}, "/1/ns.boss/$value", "('1')/ns.boss/$value"},
		{func(r odata.Resource) odata.Resource { return odata.Function(r, "delta") }, "/delta", "/delta()"},
		{func(r odata.Resource) odata.Resource {
			return odata.Segment(odata.Function(r, "ns.view", odata.Arg("start", "2024-07-15T08:30:00.00+02:00"), odata.Arg("at", time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)),
				odata.Arg("for", odata.Duration("PT1H")), odata.Arg("none", nil), odata.Arg("text", "")), "$count")
		}, "/ns.view(start='2024-07-15T08:30:00.00+02:00',at=2024-01-01T00:00:00Z,for=duration'PT1H',none=null,text='')/$count", ""},
		{func(r odata.Resource) odata.Resource {
			return odata.Segment(odata.Function(r, "f", odata.Arg("who", &Sender{Name: odata.Of("A&B")}), odata.Arg("ids", []string{"a", "b'"}), odata.Arg("n", 3)), "x")
		}, `/f(who=@who,ids=@ids,n=3)/x?@who=%7B%22name%22:%22A%26B%22%7D&@ids=%5B%22a%22,%22b'%22%5D`, ""},
		{func(r odata.Resource) odata.Resource {
			return odata.Function(r, "f", odata.Arg("bytes", []uint8{8, 9}), odata.Arg("floats", []float64{1.5, math.Inf(-1)}))
		}, `/f(bytes=@bytes,floats=@floats)?@bytes=%5B8,9%5D&@floats=%5B1.5,%22-INF%22%5D`, ""},
		{func(r odata.Resource) odata.Resource {
			return odata.Segment(r.Path("root:/reports/2024 Q1 #2?.xlsx:"), "content")
		}, "/root:/reports/2024%20Q1%20%232%3F.xlsx:/content", ""},
		{func(r odata.Resource) odata.Resource { return r.Path(":/a%20b:") }, ":/a%2520b:", ""},
	} {
		for _, parentheses := range []bool{false, true} {
			want := test.segments
			if parentheses && test.inParens != "" {
				want = test.inParens
			}
			want = "https://host.example/v1/things" + want
			if got, err := test.build(newResource(t, parentheses, "https://host.example/v1/", "things")).URL(); got != want || err != nil {
				t.Errorf("got  %s, %v\nwant %s", got, err, want)
			}
		}
	}
}

// Int64 and Decimal arrive as texts where the options ask for that.
func TestIEEE754Compatible(t *testing.T) {
	options := &odata.ClientOptions{Endpoint: "https://host.example/v1", IEEE754Compatible: true}
	options.Transport = transport(func(r *http.Request) (*http.Response, error) {
		if got := r.Header.Get("Accept"); got != "application/json;IEEE754Compatible=true" || r.URL.String() != "https://host.example/v1/total()" {
			t.Errorf("%s: %s", r.URL, got)
		}
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(`{"value":"9007199254740993"}`)), Request: r}, nil
	})
	client, err := odata.NewClient(nil, odata.Config{Package: "test", KeysInParentheses: true}, options)
	if err != nil {
		t.Fatal(err)
	}
	total, err := odata.GetValue[int64](t.Context(), odata.Function(client.Root(), "total"), odata.Method{}, nil)
	if n, ok := total.Get(); n != 9007199254740993 || !ok || err != nil {
		t.Errorf("%v, %v", total, err)
	}
}

// The first mistake in an address makes the request fail before it is sent.
func TestAddressesThatCannotBe(t *testing.T) {
	client, requests := counting(t)
	r := client.Resource("things")
	for want, bad := range map[string]odata.Resource{
		"the key of an item of /things is empty":      odata.Key(odata.Key(r, ""), odata.Guid("x")),
		`"x" is not an Edm.Guid`:                      odata.Key(odata.Key(r, odata.Guid("x")), ""),
		"the key b of an item of /things is empty":    odata.Keys(r, odata.Arg("a", "1"), odata.Arg("b", "")),
		"the key c of an item of /things is empty":    odata.Keys(r, odata.Arg("c", nil)),
		"the argument day of f: odata: 2023-02-30 is": odata.Function(r, "f", odata.Arg("day", odata.Date{Year: 2023, Month: 2, Day: 30})),
		"the argument f of f: ":                       odata.Function(r, "f", odata.Arg("f", func() {})),
		"dot segment":                                 r.Path("a/../b"),
		"send $top=1 as the Other of a Query or an":   r.Path("alerts?$top=1"),
		"has a query: nothing can follow it":          odata.Segment(client.Link("/beta/x?y"), "z"),
		"the link is empty: the last page has no":     client.Link(""), // and not the root of the service
		"the link is empty: the last page":            odata.Segment(client.Link(""), "operations"),
	} {
		_, err := odata.Get[*Letter](t.Context(), r.Path("x"), odata.Method{}, nil)
		if err == nil {
			t.Fatal("500 is not reported as an error")
		}
		before := requests()
		err = odata.Delete(t.Context(), bad, odata.Method{Name: "Things.Delete"}, nil)
		if err == nil || !strings.HasPrefix(err.Error(), "Things.Delete: odata: ") || !strings.Contains(err.Error(), want) || requests() != before {
			t.Errorf("%v, want %s", err, want)
		}
		if _, err := bad.URL(); err == nil {
			t.Errorf("%s: URL returns no error", want)
		}
	}
}

// An address without a host can begin at the host or at the endpoint.
func TestLinks(t *testing.T) {
	c, err := odata.NewClient(nil, odata.Config{Package: "test"}, &odata.ClientOptions{Endpoint: "https://host.example/v1/"})
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]string{
		"https://host.example/v1/teams?$skip=1": "https://host.example/v1/teams?$skip=1",
		"/v1/teams('a')":                        "https://host.example/v1/teams('a')",
		"/teams('a')/operations('b')":           "https://host.example/v1/teams('a')/operations('b')",
		"teams('a')":                            "https://host.example/v1/teams('a')",
		"/v1beta/teams":                         "https://host.example/v1/v1beta/teams",
		"https://other.example/v1/teams":        "",
		"//other.example/v1/teams":              "",
	} {
		got, err := c.Link(address).URL()
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%s leads to %q, %v, want %q", address, got, err, want)
		}
	}
}

// A request to a link without a query has its own query options. A link with a query,
// and any link to another page or to changes, is used as it is.
func TestQueriesOfLinks(t *testing.T) {
	ctx, m := t.Context(), odata.Method{Name: "Things.Do"}
	cast := odata.Method{Name: "Things.Do", Directory: true, Cast: true} // each query has $count=true
	query := &odata.Query[Letter]{Filter: odata.Eq(LetterSize, 1), Select: odata.Fields(LetterSize)}
	client := func(got *[]string) *odata.Client {
		options := &odata.ClientOptions{Endpoint: "https://host.example/v1"}
		options.Transport = transport(func(r *http.Request) (*http.Response, error) {
			*got = append(*got, r.URL.RequestURI())
			body := map[bool]string{true: "7", false: `{"value":[]}`}[strings.HasSuffix(r.URL.Path, "/$count")]
			if len(*got) == 1 && strings.HasSuffix(r.URL.Path, "/pages") {
				body = `{"value":[],"@odata.nextLink":"https://host.example/v1/pages/2"}`
			}
			if strings.Contains(r.URL.Path, "delta") {
				body = `{"value":[],"@odata.deltaLink":"https://host.example/v1/things/delta(token='2')"}`
			}
			return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
		})
		c, err := odata.NewClient(nil, odata.Config{Package: "test", KeysInParentheses: true}, options)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	list := func(r odata.Resource, m odata.Method) (err error) {
		for _, err = range odata.Iterate[*Letter](ctx, r, m, query) {
		}
		return err
	}
	for _, test := range []struct {
		send func(*odata.Client) error
		want string
	}{
		{func(c *odata.Client) error { return list(odata.Segment(c.Link("/things('a')"), "parts"), m) },
			"/v1/things('a')/parts?$select=size&$filter=size%20eq%201"},
		{func(c *odata.Client) error { return list(c.Link("/things?$skiptoken=1"), m) }, "/v1/things?$skiptoken=1"},
		{func(c *odata.Client) error { return list(c.Link("/things?"), m) }, "/v1/things?"},
		{func(c *odata.Client) error {
			_, err := odata.Count(ctx, c.Link("/things('a')/parts"), m, query)
			return err
		}, "/v1/things('a')/parts/$count?$filter=size%20eq%201"},
		{func(c *odata.Client) error {
			_, err := odata.GetValue[int64](ctx, odata.Function(c.Link("/things('a')"), "f", odata.Arg("ids", []string{"x"})), m, nil)
			return err
		}, "/v1/things('a')/f(ids=@ids)?@ids=%5B%22x%22%5D"},
		{func(c *odata.Client) error {
			methods := odata.RefMethods{Remove: m}
			return odata.RefsOf(odata.Segment(c.Link("/things('a')"), "parts"), methods).Remove(ctx, addressed{c.Link("/parts('b')")})
		}, "/v1/things('a')/parts/$ref?$id=https://host.example/v1/parts('b')"},
		{func(c *odata.Client) error { return list(c.Link("/pages"), cast) },
			"/v1/pages?$select=size&$filter=size%20eq%201&$count=true /v1/pages/2"},
		{func(c *odata.Client) (err error) {
			for _, err = range odata.DeltaFrom[Letter](c.Resource("things"), cast, "https://host.example/v1/things/delta(token='1')").All(ctx) {
			}
			return err
		}, "/v1/things/delta(token='1')"},
	} {
		var got []string
		if err := test.send(client(&got)); err != nil || strings.Join(got, " ") != test.want {
			t.Errorf("got  %v, %v\nwant %s", got, err, test.want)
		}
	}
}

// A package for another service than Microsoft Graph has no address of its own.
func TestNoAddress(t *testing.T) {
	if _, err := odata.NewClient(nil, odata.Config{Package: "sales"}, nil); err == nil || !strings.Contains(err.Error(), "ClientOptions.Endpoint is empty") {
		t.Error(err)
	}
}

// No address leads to another host than the endpoint's, which would get the token.
func TestAddressesStayAtTheEndpoint(t *testing.T) {
	for _, endpoint := range []string{"https://host.example", "https://host.example/", "https://host.example/v1"} {
		sent := ""
		options := &odata.ClientOptions{Endpoint: endpoint}
		options.Transport = transport(func(r *http.Request) (*http.Response, error) {
			sent = r.URL.Host
			return &http.Response{StatusCode: 204, Header: http.Header{}, Body: http.NoBody, Request: r}, nil
		})
		client, err := odata.NewClient(token{}, odata.Config{Package: "test"}, options)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{":x@evil.example/f", ":8443/f", "@evil.example", "//evil.example/f", ":"} {
			for name, r := range map[string]odata.Resource{"root": client.Root().Path(text), "link": client.Link("https://host.example").Path(text)} {
				sent = ""
				err := odata.Delete(t.Context(), r, odata.Method{Name: "M"}, nil)
				if sent != "host.example" && (sent != "" || err == nil) {
					t.Errorf("%s, %s of %s: sent to %s: %v", text, name, endpoint, sent, err)
				}
			}
		}
	}
}

// addressed is a builder as it is generated.
type addressed struct{ odata.Resource }

// References are sent as each kind of service wants them.
func TestRefs(t *testing.T) {
	var got []string
	handler := func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = append(got, strings.TrimSpace(r.Method+" "+strings.ReplaceAll(r.URL.String(), r.Host, "HOST")+" "+strings.ReplaceAll(string(body), r.Host, "HOST")))
		if r.Method == http.MethodGet {
			io.WriteString(w, map[bool]string{true: `{"value":[{"@odata.id":"x"},{"@id":"y"}]}`, false: `{"@odata.id":"z"}`}[strings.Contains(r.URL.Path, "members")])
			return
		}
		w.WriteHeader(204)
	}
	ctx := t.Context()
	methods := odata.RefMethods{Add: odata.Method{Name: "Members.Add"}, Remove: odata.Method{Name: "Members.Remove"}, Set: odata.Method{Name: "Owner.Set"}, List: odata.Method{Name: "Members.List"}}
	client := serve(t, handler)
	user := addressed{odata.Key(client.Resource("directoryObjects"), "a b")}
	members := odata.RefsOf(odata.Segment(odata.Key(client.Resource("groups"), "g"), "members"), methods)
	owner := odata.RefOf(odata.Segment(odata.Key(client.Resource("groups"), "g"), "owner"), methods)
	for _, err := range []error{members.Add(ctx, user), members.Remove(ctx, user), owner.Set(ctx, user), owner.Remove(ctx)} {
		if err != nil {
			t.Error(err)
		}
	}
	one, err := owner.Get(ctx)
	if err != nil || one.URL() != "z" {
		t.Errorf("%v, %v", one, err)
	}
	for pager := members.List(); pager.More(); {
		page, err := pager.NextPage(ctx)
		if err != nil || len(page.Value) != 2 || page.Value[0].URL() != "x" || page.Value[1].URL() != "y" {
			t.Errorf("%v, %v", page, err)
		}
	}
	url, _ := user.URL()
	body := `{"@odata.id":"http://HOST/beta/directoryObjects/a%20b"}`
	want := []string{
		"POST /beta/groups/g/members/$ref " + body, "DELETE /beta/groups/g/members/a%20b/$ref",
		"PUT /beta/groups/g/owner/$ref " + body, "DELETE /beta/groups/g/owner/$ref",
		"GET /beta/groups/g/owner/$ref", "GET /beta/groups/g/members/$ref",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") || !strings.HasSuffix(url, "/beta/directoryObjects/a%20b") {
		t.Errorf("got %s\nwant %s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	// A mistake in the item fails before anything is sent.
	got = nil
	for _, item := range []odata.Addressed{nil, addressed{odata.Key(client.Resource("users"), "")}} {
		for name, err := range map[string]error{"Members.Add": members.Add(ctx, item), "Members.Remove": members.Remove(ctx, item), "Owner.Set": owner.Set(ctx, item)} {
			if err == nil || !strings.HasPrefix(err.Error(), name+": odata: ") {
				t.Errorf("%v", err)
			}
		}
	}
	// So does an item that is not addressed by its key: the request would remove another one.
	for _, item := range []odata.Addressed{
		addressed{client.Link("/beta/directoryObjects/u?$select=id")}, addressed{client.Link("/beta/directoryObjects/")},
		addressed{client.Link("/beta/directoryObjects/u/Microsoft.DirectoryServices.User")}, addressed{odata.Segment(user.Resource, "microsoft.graph.user")},
	} {
		if err := members.Remove(ctx, item); err == nil || !strings.HasPrefix(err.Error(), "Members.Remove: odata: the address of the item to remove does not end with its key") {
			t.Errorf("%v", err)
		}
	}
	if got != nil {
		t.Errorf("sent %v", got)
	}
	for key, item := range map[string]odata.Resource{"('$me')": odata.Key(client.Resource("users"), "$me"), "/a": client.Link("/beta/users/a"), "/a%28b%29": odata.Key(client.Resource("users"), "a(b)")} {
		got = nil
		if err := members.Remove(ctx, addressed{item}); err != nil || strings.Join(got, "") != "DELETE /beta/groups/g/members"+key+"/$ref" {
			t.Errorf("%v, %v; want %s", got, err, key)
		}
	}
	// Services with keys in parentheses take the address.
	server := newSite(t, plain, func() string { return "" }, 200, answer{status: 204})
	r := odata.Segment(odata.Key(newResource(t, true, server.URL+"/v1", "groups"), "g"), "members")
	if err := odata.RefsOf(r, methods).Remove(ctx, addressed{odata.Key(newResource(t, true, "https://host.example/v1", "users"), "u")}); err != nil || server.target.Load() != 1 {
		t.Errorf("%v", err)
	}
}

// A token is for the host of the endpoint.
func TestScope(t *testing.T) {
	for endpoint, want := range map[string]string{
		"":                                "https://graph.microsoft.com/.default",
		"https://graph.microsoft.com/x":   "https://graph.microsoft.com/.default",
		"https://graph.microsoft.us/v1.0": "https://graph.microsoft.us/.default",
		"https://sap.example/odata":       "https://sap.example/.default",
		"https://sap.example:8443/odata":  "https://sap.example:8443/.default",
		"scope":                           "api://mine/read",
	} {
		options := &odata.ClientOptions{Endpoint: endpoint}
		if endpoint == "scope" {
			options.Endpoint, options.Scope = "https://sap.example/odata", "api://mine/read"
		}
		var got []string
		client, err := odata.NewClient(asked{&got}, odata.Config{Package: "test", APIVersion: "beta"}, options)
		if err != nil {
			t.Fatal(err)
		}
		if err := odata.Delete(t.Context(), client.Resource("x"), odata.Method{}, nil); err == nil || len(got) != 1 || got[0] != want {
			t.Errorf("%s: %v, %v; want %s", endpoint, got, err, want)
		}
	}
}

// asked is a credential that notes what tokens are for, and has none.
type asked struct{ scopes *[]string }

func (a asked) GetToken(_ context.Context, options policy.TokenRequestOptions) (azcore.AccessToken, error) {
	*a.scopes = options.Scopes
	return azcore.AccessToken{}, errors.New("no token")
}
