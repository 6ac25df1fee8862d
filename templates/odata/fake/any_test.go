package fake_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Any request has an answer, and an error has a code.
func TestAnyRequest(t *testing.T) {
	segments := rapid.SampledFrom([]string{
		"items", "home", "a", "nobody", "parts", "owner", "friends", "t.special", "$count", "$ref", "$value", "$batch", "delta", "send", "age", "age(on=2024-01-01)",
		"items('a')", "items(id='a')", "items(x=1)", "items()", "items(", "items(''')", "age(on=@p)", "%2f", "", ".", "$it", "(", "size",
	})
	options := rapid.SampledFrom([]string{
		"$top=1", "$skip=2", "$skip=-1", "$skiptoken=99", "$skiptoken=x", "$deltatoken=3", "$count=true", "$search=a", "$search=\"a", "$search=a%20OR",
		"$filter=title%20eq%20'a'", "$filter=x", "$filter=tags/any(x:x%20eq%20null)", "$filter=size/width%20gt%20INF", "$filter=day%20lt%20due", "$filter=", "$filter=length(title)%20has%20'a'",
		"$filter=parts/owner/title%20eq%20'a'", "$filter=substring(title,-5,99)%20eq%20'a'", "$filter=floor(title)%20eq%201", "$filter=isof(null)",
		"$orderby=title", "$orderby=size,tags%20desc", "$orderby=,", "$select=title,*", "$select=", "$expand=parts($expand=owner;$top=1)", "$expand=*", "$expand=parts(", "$expand=", "$id=x", "%zz", "@p=1",
	})
	tb := t
	rapid.Check(t, func(t *rapid.T) {
		s := newService(&overrides{})
		if err := s.Seed("/items/a", `{"title":"a","tags":["x",null],"day":"2024-07-15","size":{"width":"INF"},"parts":[{"title":null}]}`); err != nil {
			t.Fatal(err)
		}
		for range 5 {
			path := strings.Join(rapid.SliceOfN(segments, 1, 5).Draw(t, "segments"), "/")
			query := strings.Join(rapid.SliceOfN(options, 0, 3).Draw(t, "options"), "&")
			body := rapid.SampledFrom([]string{"", "{}", "[]", "null", "{", `{"title":1}`, `{"parts":[null,{}]}`, `{"parts":1}`, `{"owner":null}`, `{"owner@odata.bind":1}`,
				`{"friends@odata.bind":["/items/a","items/a"]}`, `{"@odata.id":"%"}`, `{"@odata.id":"items/a/parts"}`, `{"size":{"width":1}}`, `{"requests":[{"id":"1","method":"GET","url":"/items"},{"method":"%"}]}`}).Draw(t, "body")
			method := rapid.SampledFrom([]string{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"}).Draw(t, "method")
			got := send(tb, s, method, "/"+path+"?"+query, body)
			if got.status < 200 || got.status > 599 || got.status >= 400 && got.code() == "" {
				t.Fatalf("%s /%s?%s: %d %s", method, path, query, got.status, got.text)
			}
			if got.status == 500 {
				t.Fatalf("%s /%s?%s %s: %s", method, path, query, body, got.text)
			}
		}
	})
}
