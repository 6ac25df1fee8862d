package explore_test

import (
	"bytes"
	"context"
	"encoding/json/v2"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/explore"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

const token = "TOKEN"

// site is the page of a test.
type site struct {
	*httptest.Server
	explorer *generator.Explorer
	dir      string // where the configuration is
}

// serve serves the page for a configuration. Its source is the built-in metadata if it
// names none.
func serve(t *testing.T, c config.Config, against string) *site {
	t.Helper()
	s := &site{dir: t.TempDir()}
	var err error
	if s.explorer, err = generator.Explore(t.Context(), c, filepath.Join(s.dir, config.Name), against); err != nil {
		t.Fatal(err)
	}
	s.Server = httptest.NewUnstartedServer(nil)
	if s.Config.Handler, err = explore.NewHandler(s.explorer, token, s.Listener.Addr().(*net.TCPAddr).Port); err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(s.Close)
	return s
}

func (s *site) get(t *testing.T, address string) string {
	t.Helper()
	response, err := http.Get(s.URL + "/" + token + "/" + address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %v %s %s", address, err, response.Status, body)
	}
	return string(body)
}

// post sends a value as the page does, and decodes the answer.
func post[T any](t *testing.T, s *site, address string, value any) (answer T) {
	t.Helper()
	body, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/"+token+"/"+address, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Origin", s.URL)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(response.Body)
		t.Fatalf("%s: %s %s", address, response.Status, text)
	}
	if err := json.UnmarshalRead(response.Body, &answer, json.MatchCaseInsensitiveNames(true)); err != nil {
		t.Fatal(err)
	}
	return answer
}

// question and figures are what the page sends and gets.
type (
	question struct {
		Options  api.Options `json:"options"`
		Requests []string    `json:"requests"`
	}
	figures struct {
		Problem, Figures, YAML, Digest string
		Selected                       []string
	}
	order struct {
		Options api.Options `json:"options"`
		Digest  string      `json:"digest"`
	}
	written struct{ Problem, Written string }
)

// Only the page itself, on this machine and with the token, gets an answer.
func TestRefuses(t *testing.T) {
	s := serve(t, config.Config{}, "")
	own := strings.TrimPrefix(s.URL, "http://")
	_, number, _ := strings.Cut(own, ":")
	for name, test := range map[string]struct {
		method, path, host, origin, contentType, body string
		status                                        int
	}{
		"the page":                   {path: "/TOKEN/", status: 200},
		"by the name of the machine": {path: "/TOKEN/", host: "localhost:" + number, status: 200},
		"by IPv6":                    {path: "/TOKEN/", host: "[::1]:" + number, status: 200},
		"no token":                   {path: "/", status: 403},
		"another token":              {path: "/TOKEM/", status: 403},
		"a longer token":             {path: "/TOKENS/", status: 403},
		"the script without a token": {path: "/script.js", status: 403},
		"DNS rebinding":              {path: "/TOKEN/", host: "evil.example:" + number, status: 403},
		"DNS rebinding without port": {path: "/TOKEN/", host: "evil.example", status: 403},
		"another port":               {path: "/TOKEN/", host: "127.0.0.1:1", status: 403},
		"no port":                    {path: "/TOKEN/", host: "127.0.0.1", status: 403},
		"a name that begins alike":   {path: "/TOKEN/", host: "127.0.0.1.evil.example:" + number, status: 403},
		"another page":               {path: "/TOKEN/other", status: 404},
		"a write":                    {method: "POST", path: "/TOKEN/select", origin: s.URL, contentType: "application/json", body: `{"options":{},"requests":[]}`, status: 200},
		"a write without origin":     {method: "POST", path: "/TOKEN/write", contentType: "application/json", body: `{}`, status: 403},
		"a write of a file":          {method: "POST", path: "/TOKEN/write", origin: "null", contentType: "application/json", body: `{}`, status: 403},
		"a write of another site":    {method: "POST", path: "/TOKEN/write", origin: "https://evil.example", contentType: "application/json", body: `{}`, status: 403},
		"a write of another scheme":  {method: "POST", path: "/TOKEN/write", origin: "https://" + own, contentType: "application/json", body: `{}`, status: 403},
		"a write of another port":    {method: "POST", path: "/TOKEN/write", origin: "http://127.0.0.1:1", contentType: "application/json", body: `{}`, status: 403},
		"a write of a form":          {method: "POST", path: "/TOKEN/write", origin: s.URL, contentType: "text/plain", body: `{}`, status: 415},
		"a write by address":         {path: "/TOKEN/write", status: 405},
		"no JSON":                    {method: "POST", path: "/TOKEN/write", origin: s.URL, contentType: "application/json", body: `{`, status: 400},
		"a file to write":            {method: "POST", path: "/TOKEN/write", origin: s.URL, contentType: "application/json", body: `{"file":"/etc/passwd"}`, status: 400},
		"too large":                  {method: "POST", path: "/TOKEN/select", origin: s.URL, contentType: "application/json", body: `{"requests":["` + strings.Repeat("x", 2<<20) + `"]}`, status: 400},
	} {
		t.Run(name, func(t *testing.T) {
			method := test.method
			if method == "" {
				method = http.MethodGet
			}
			request := httptest.NewRequest(method, "http://"+own+test.path, strings.NewReader(test.body))
			request.Host = own
			if test.host != "" {
				request.Host = test.host
			}
			if test.origin != "" {
				request.Header.Set("Origin", test.origin)
			}
			if test.contentType != "" {
				request.Header.Set("Content-Type", test.contentType)
			}
			w := httptest.NewRecorder()
			s.Config.Handler.ServeHTTP(w, request)
			if w.Code != test.status {
				t.Errorf("status %d, want %d: %s", w.Code, test.status, w.Body)
			}
			for name, value := range map[string]string{
				"Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
				"Referrer-Policy":         "no-referrer", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Access-Control-Allow-Origin": "",
			} {
				if got := w.Header().Get(name); got != value {
					t.Errorf("%s: %q", name, got)
				}
			}
		})
	}
	if files, err := os.ReadDir(s.dir); err != nil || len(files) > 0 {
		t.Errorf("%v %v: something was written", err, files)
	}
}

// The address that Serve prints leads to the page, and the page ends with the context.
func TestServe(t *testing.T) {
	e, err := generator.Explore(t.Context(), config.Config{}, filepath.Join(t.TempDir(), config.Name), "")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var addresses []string
	for range 2 {
		ctx, cancel := context.WithCancel(ctx)
		if err := explore.Serve(ctx, e, 0, func(address string) {
			addresses = append(addresses, address)
			go func() {
				defer cancel()
				response, err := http.Get(address)
				if err != nil || response.StatusCode != http.StatusOK {
					t.Errorf("%v %v", response, err)
				}
			}()
		}); err != nil {
			t.Error(err)
		}
	}
	cancel()
	for _, address := range addresses {
		u, err := url.Parse(address)
		if err != nil || u.Hostname() != "127.0.0.1" || len(u.Path) < 26 {
			t.Errorf("%s: %v", address, err)
		}
	}
	if addresses[0][len("http://127.0.0.1:00000"):] == addresses[1][len("http://127.0.0.1:00000"):] {
		t.Error("two runs have the same token")
	}
}

// zoo is metadata whose texts try to break the page.
const zoo = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="zoo" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <EntityType Name="bird"><Key><PropertyRef Name="id"/></Key>
    <Property Name="id" Type="Edm.String" Nullable="false"/>
    <Property Name="song" Type="zoo.song"><Annotation Term="Org.OData.Core.V1.Description" String="EVIL"/></Property>
    <Annotation Term="Org.OData.Core.V1.Description" String="EVIL"/>
  </EntityType>
  <EntityType Name="owl" BaseType="zoo.bird"><Annotation Term="Org.OData.Core.V1.Description" String="EVIL"/></EntityType>
  <EnumType Name="song"><Member Name="low" Value="0"/><Annotation Term="Org.OData.Core.V1.Description" String="EVIL"/></EnumType>
  <Action Name="feed" IsBound="true"><Parameter Name="bird" Type="zoo.bird"/><Annotation Term="Org.OData.Core.V1.Description" String="EVIL"/></Action>
  <EntityContainer Name="Zoo"><EntitySet Name="birds" EntityType="zoo.bird"><Annotation Term="Org.OData.Core.V1.Description" String="EVIL"/></EntitySet></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`

// Texts of the source stay texts, and hidden characters become visible.
func TestUnsafeTexts(t *testing.T) {
	const evil = "evil\u202e</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'`{{.}}<a href=javascript:alert(1)>"
	file := filepath.Join(t.TempDir(), "zoo.xml")
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(zoo, "EVIL", html.EscapeString(evil))), 0o644); err != nil {
		t.Fatal(err)
	}
	s := serve(t, config.Config{Input: config.Input{Source: file}, Options: api.Options{Include: []string{"/birds/" + `"><script>`}}}, "")
	shown := 0
	for _, address := range []string{
		"", "tree?path=/birds/{id}", "page?at=", "page?at=search/evil", "page?at=search/%3Cscript%3E%22", "page?at=type/zoo.bird", "page?at=type/zoo.song", "page?at=path/birds",
		"page?at=path/birds/{id}", "page?at=method/POST+/birds/{id}/feed", "page?at=method/GET+/birds", "preview?request=GET+/birds", "preview?request=" + url.QueryEscape(`GET /"><script>`),
	} {
		page := s.get(t, address)
		shown += strings.Count(page, "evil")
		if strings.Contains(page, "\u202e") {
			t.Errorf("%s has a hidden character", address)
		}
		tree, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		for n := range tree.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			if n.Data == "img" || n.Data == "script" && (address != "" || n.FirstChild != nil) {
				t.Errorf("%s has an element %s", address, n.Data)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "href" && !slices.ContainsFunc([]string{"#", "style.css", "data:,"}, func(p string) bool { return strings.HasPrefix(a.Val, p) }) {
					t.Errorf("%s has an attribute %s=%q", address, a.Key, a.Val)
				}
			}
		}
	}
	if shown < 10 {
		t.Errorf("the texts are shown %d times", shown)
	}
}

// The page finds what describe finds. How long that takes is measured by make bench.
func TestSearch(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"csdl/beta-2021-07-13.xml", "csdl/beta-ussec-2026-08.xml"} {
		t.Run(name, func(t *testing.T) {
			c := config.Config{Input: config.Input{Source: gotest.Metadata(t, name)}}
			e, err := generator.Explore(t.Context(), c, config.Name, "")
			if err != nil {
				t.Fatal(err)
			}
			for _, words := range []string{"project", "create a project", "phone number", "Mail", "usr", "zzz", "e"} {
				hits := e.Search(words)
				t.Logf("%q: %d hits", words, len(hits))
				if words != "create a project" && words != "usr" && words != "zzz" {
					continue // describe makes an index each time
				}
				d, _, err := generator.Describe(t.Context(), c, words, false)
				if len(hits) == 0 {
					if err == nil {
						t.Errorf("%q: describe finds something", words)
					}
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(d.Hits, hits); diff != "" {
					t.Errorf("%q: -describe +explore\n%s", words, diff)
				}
			}
			if hits := e.Search("create a project"); len(hits) == 0 || hits[0].Name != "POST /me/profile/projects" {
				t.Errorf("a create is not found first: %v", hits)
			}
		})
	}
}

// Every method that a search finds has a page, and ticking it selects it alone.
func TestEveryMethod(t *testing.T) {
	t.Parallel()
	e, err := generator.Explore(t.Context(), config.Config{Input: config.Input{Source: gotest.Metadata(t, "csdl/beta-ussec-2026-08.xml")}}, config.Name, "")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for i, h := range e.Search("/") {
		if h.Kind != "method" {
			continue
		}
		seen++
		if e.Method(h.Name) == nil {
			t.Errorf("%s has no page", h.Name)
		}
		if i%400 != 0 {
			continue
		}
		f, err := e.Figures(t.Context(), api.Options{Include: []string{h.Name}}, []string{h.Name, "GET /me/calendar"})
		if err != nil || f.Methods != 1 || !slices.Equal(f.Selected, []string{h.Name}) {
			t.Errorf("%s: %v %+v", h.Name, err, f)
		}
		if p, err := e.Preview(t.Context(), h.Name); err != nil || len(p.Files) == 0 {
			t.Errorf("%s: %v has no preview", h.Name, err)
		}
	}
	if seen < 5000 {
		t.Errorf("only %d methods are found", seen)
	}
}

// The figures are those of generate.
func TestFigures(t *testing.T) {
	for _, o := range []api.Options{
		{Include: []string{"POST /me/profile/projects"}}, {Include: []string{"/me/profile/**"}, Exclude: []string{"GET /**"}, Derived: []string{"all"}}, {Types: []string{"identity"}},
	} {
		c := config.Config{Options: o, Destination: config.Destination{Output: filepath.Join(t.TempDir(), "graph"), ImportPath: "example.com/graph"}}
		s := serve(t, c, "")
		want, err := generator.Generate(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.explorer.Figures(t.Context(), o, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got.Types != want.Types || got.Methods != want.Methods || got.Files != len(want.Changes.Files)+1 {
			t.Errorf("%v: %+v, but generate says %d types, %d methods, %d files", o, got, want.Types, want.Methods, len(want.Changes.Files)+1)
		}
		if err := want.Changes.Write(output.WriteOptions{}); err != nil {
			t.Fatal(err)
		}
		lines := 0
		for _, f := range want.Changes.Files {
			if strings.HasSuffix(f.Path, ".go") {
				lines += bytes.Count(gotest.Read(t, filepath.Join(c.Output, f.Path)), []byte("\n"))
			}
		}
		if sum := got.Lines.Package + got.Lines.Tests + got.Lines.Support; sum != lines {
			t.Errorf("%v: %d lines of Go, but generate writes %d", o, sum, lines)
		}
	}
}

// A request is ticked if the package can send it.
func TestSelected(t *testing.T) {
	s := serve(t, config.Config{}, "")
	visible := []string{"GET /me/profile/projects", "POST /me/profile/projects", "POST /users/{id}/profile/projects", "DELETE /me/profile/projects/{id}", "GET /me/profile", "GET /nothing", ""}
	for _, test := range []struct {
		options api.Options
		want    []string
	}{
		{api.Options{}, []string{}},
		{api.Options{Include: []string{"POST /me/profile/projects"}}, visible[1:2]},
		{api.Options{Include: []string{"/me/profile/**"}, Exclude: []string{"GET /me/profile/projects"}}, []string{visible[1], visible[3], visible[4]}},
		{api.Options{Include: []string{"POST /*/profile/projects", "POST /users/{id}/profile/projects"}}, visible[1:3]},
	} {
		got := post[figures](t, s, "select", question{test.options, visible})
		if diff := cmp.Diff(test.want, got.Selected); diff != "" || got.Problem != "" {
			t.Errorf("%v: %s -want +got\n%s", test.options, got.Problem, diff)
		}
	}
	got := post[figures](t, s, "select", question{Options: api.Options{Include: []string{"POST /me/profil"}}})
	if !strings.Contains(got.Problem, "similar methods are") || got.YAML == "" {
		t.Errorf("a mistake in a pattern: %+v", got)
	}
}

// The button writes the configuration that the page shows, and nothing else does.
func TestWrite(t *testing.T) {
	s := serve(t, config.Config{}, "")
	file := filepath.Join(s.dir, config.Name)
	create := api.Options{Include: []string{"POST /me/profile/projects"}}
	shown := post[figures](t, s, "select", question{Options: create})
	if _, err := os.Stat(file); err == nil {
		t.Fatal("select writes the file")
	}
	for _, refused := range []order{{api.Options{}, ""}, {api.Options{Include: []string{"POST /pigs"}}, ""}, {create, "sha256:0"}} {
		if got := post[written](t, s, "write", refused); got.Problem == "" || got.Written != "" {
			t.Errorf("%v is written", refused)
		}
	}
	if _, err := os.Stat(file); err == nil {
		t.Fatal("a refused write writes the file")
	}
	if got := post[written](t, s, "write", order{create, shown.Digest}); got.Written == "" {
		t.Fatal(got.Problem)
	}
	text, err := os.ReadFile(file)
	if err != nil || string(text) != shown.YAML {
		t.Errorf("%v: the file is not what the page shows:\n%s", err, text)
	}

	// The user changes the file in an editor: the page must not write over it.
	edited := "# mine\ninclude:\n  - POST /me/profile/projects # the first\n  - GET /me/profile/*\noutput: graph\n"
	if err := os.WriteFile(file, []byte(edited), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := post[written](t, s, "write", order{create, shown.Digest}); !strings.Contains(got.Problem, "has changed since it was read") {
		t.Errorf("an edited file is overwritten: %+v", got)
	}
	if page := html.UnescapeString(s.get(t, "")); !strings.Contains(page, `data-options="{"include":["POST /me/profile/projects","GET /me/profile/*"]`) || !strings.Contains(page, `data-digest="sha256:`) {
		t.Error("the page that is loaded again does not begin with the selection of the file")
	}
	more := api.Options{Include: append(create.Include, "GET /me/profile/*", "GET /me/profile")}
	shown = post[figures](t, s, "select", question{Options: more})
	if got := post[written](t, s, "write", order{more, shown.Digest}); got.Written == "" {
		t.Fatal(got.Problem)
	}
	text, err = os.ReadFile(file)
	if want := strings.Replace(edited, "output:", "  - GET /me/profile\noutput:", 1); err != nil || string(text) != want {
		t.Errorf("%v: got %s", err, text)
	}

	// A link can lead out of the folder.
	outside := filepath.Join(t.TempDir(), "other.yaml")
	if err := os.Rename(file, outside); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, file); err != nil {
		t.Skip("skipped: no symbolic links here")
	}
	shown = post[figures](t, s, "select", question{Options: create})
	if got := post[written](t, s, "write", order{create, shown.Digest}); !strings.Contains(got.Problem, "is not a plain file") {
		t.Errorf("a link is followed: %+v", got)
	}
}

// A type page and the report show what diff finds.
func TestChanges(t *testing.T) {
	dir := t.TempDir()
	old, now := filepath.Join(dir, "old.xml"), filepath.Join(dir, "new.xml")
	for file, text := range map[string]string{old: zoo, now: strings.NewReplacer(`Name="song" Type="zoo.song"`, `Name="tune" Type="zoo.song"`, `EntityType="zoo.bird"`, `EntityType="zoo.owl"`).Replace(zoo)} {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s := serve(t, config.Config{Input: config.Input{Source: now}}, old)
	if page := s.get(t, "page?at=type/zoo.bird"); !strings.Contains(page, "Changed since") || !strings.Contains(page, `<code class="subject">zoo.bird/song</code>`) {
		t.Errorf("the type does not show its changes: %s", page)
	}
	if page := s.get(t, "page?at=path/birds"); !strings.Contains(page, "Changed since") || !strings.Contains(page, `<code class="subject">birds</code>`) {
		t.Errorf("the resource does not show its changes: %s", page)
	}
	if page := s.get(t, "page?at=type/zoo.song"); strings.Contains(page, "Changed since") {
		t.Error("a type without changes shows some")
	}
	if report := s.get(t, "changes"); !strings.Contains(report, "zoo.bird/song") || !strings.Contains(report, `http-equiv="Content-Security-Policy" content="default-src 'none'`) {
		t.Errorf("got %s", report)
	}
}

// Where the source is a slice, or is made only later, the page shows the upstream, and a
// new configuration names both.
func TestUpstream(t *testing.T) {
	dir := t.TempDir()
	whole, other := filepath.Join(dir, "whole.xml"), filepath.Join(dir, "other.xml")
	for _, file := range []string{whole, other} {
		if err := os.WriteFile(file, []byte(zoo), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s := serve(t, config.Config{Input: config.Input{Upstream: whole}}, "")
	got := post[figures](t, s, "select", question{Options: api.Options{Include: []string{"GET /birds"}}})
	if !strings.Contains(got.YAML, "\nsource: birds.xml\n") || !strings.Contains(got.YAML, "\nupstream: "+whole+"\n") || s.explorer.Next() != "msgraphgen update" {
		t.Errorf("then %s: %s", s.explorer.Next(), got.YAML)
	}
	part := filepath.Join(dir, "slice.xml")
	result, err := generator.Slice(t.Context(), config.Config{Input: config.Input{Source: whole}, Options: api.Options{Types: []string{"zoo.song"}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(part, result.Document, 0o644); err != nil {
		t.Fatal(err)
	}
	for source, upstream := range map[string]bool{part: true, filepath.Join(dir, "later.xml"): true, other: false} {
		e, err := generator.Explore(t.Context(), config.Config{Input: config.Input{Source: source, Upstream: whole}}, config.Name, "")
		if err != nil {
			t.Fatal(err)
		}
		if (e.Source() == whole) != upstream {
			t.Errorf("%s: %s is shown", source, e.Source())
		}
	}
}

// Several tabs can ask at once. The race detector watches this test.
func TestConcurrent(t *testing.T) {
	s := serve(t, config.Config{}, "snapshot")
	var all sync.WaitGroup
	for _, address := range []string{
		"tree?path=/me", "page?at=type/microsoft.graph.itemFacet", "page?at=path/me/profile", "page?at=method/POST+/me/profile/projects", "page?at=search/project", "preview?request=POST+/me/profile/projects", "changes",
	} {
		all.Go(func() { s.get(t, address) })
	}
	for _, pattern := range []string{"/me/profile/**", "POST /me/profile/projects", "POST /me/profile/projects"} {
		all.Go(func() {
			if got := post[figures](t, s, "select", question{Options: api.Options{Include: []string{pattern}}}); got.Figures == "" {
				t.Errorf("%s: %s", pattern, got.Problem)
			}
		})
	}
	all.Wait()
}

// Outside of a module there are figures too, and the page says what generate needs.
func TestNoModule(t *testing.T) {
	t.Chdir(t.TempDir())
	e, err := generator.Explore(t.Context(), config.Config{}, config.Name, "")
	if err != nil {
		t.Fatal(err)
	}
	f, err := e.Figures(t.Context(), api.Options{Include: []string{"POST /me/profile/projects"}}, nil)
	if err != nil || f.Methods != 1 || !slices.ContainsFunc(f.Advice, func(s string) bool { return strings.HasPrefix(s, "import-path: ") }) {
		t.Errorf("%v %+v", err, f)
	}
}
