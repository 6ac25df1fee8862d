package generator_test

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/output"
)

// farm returns a schema with a type to select, cow, and another one, hen. The
// arguments are added to these types.
func farm(cow, hen string) string {
	return fmt.Sprintf(`<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="farm" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <EntityType Name="cow"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/>%s</EntityType>
  <EntityType Name="hen"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>%s</EntityType>
  <EntityContainer Name="Farm"><EntitySet Name="cows" EntityType="farm.cow"/><EntitySet Name="hens" EntityType="farm.hen"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`, cow, hen)
}

const (
	weight = `<Property Name="weight" Type="Edm.Int32"/>`
	eggs   = `<Property Name="eggs" Type="Edm.Int32"/>`
)

// service is a server with a release of the metadata. It counts the requests.
type service struct {
	*httptest.Server
	answer  http.HandlerFunc
	asked   int
	release string
}

func newService(t *testing.T, release string) *service {
	s := &service{release: release}
	s.answer = s.ok
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked++
		s.answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

// ok answers like a service with ETags and gzip.
func (s *service) ok(w http.ResponseWriter, r *http.Request) {
	etag := fmt.Sprintf("W/%q", fmt.Sprint(len(s.release)))
	w.Header().Set("ETag", etag)
	w.Header().Set("Content-Type", "application/xml")
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	_, _ = io.WriteString(z, s.release)
	_ = z.Close()
}

// downstream returns the configuration of a user with an empty folder.
func downstream(t *testing.T, s *service) (config.Config, generator.UpdateOptions) {
	dir := t.TempDir()
	c := config.Config{
		Source: filepath.Join(dir, "slice.xml"), Upstream: s.URL + "/beta/$metadata",
		Include: []string{"POST /cows"}, Output: filepath.Join(dir, "farm"), ImportPath: "example.com/app/farm",
	}
	return c, generator.UpdateOptions{Cache: t.TempDir()}
}

func update(t *testing.T, c config.Config, o generator.UpdateOptions) *generator.UpdateResult {
	t.Helper()
	result, err := generator.Update(t.Context(), c, o)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// texts returns the content of each file below a folder.
func texts(t *testing.T, dir string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := filepath.WalkDir(dir, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(file)
		texts[strings.TrimPrefix(filepath.ToSlash(file), filepath.ToSlash(dir)+"/")] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// times returns the time when each file below a folder was last written.
func times(t *testing.T, dir string) map[string]time.Time {
	t.Helper()
	times := map[string]time.Time{}
	for name := range texts(t, dir) {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		times[name] = info.ModTime()
	}
	return times
}

func subjects(u *generator.UpdateResult) (all []string) {
	for _, c := range u.Selected.Changes {
		all = append(all, fmt.Sprintf("%s %s %s", c.Severity, c.Action, c.Subject))
	}
	return all
}

func TestUpdate(t *testing.T) {
	s := newService(t, farm("", ""))
	c, o := downstream(t, s)
	dir := filepath.Dir(c.Source)

	// In the first run there is nothing to compare with.
	u := update(t, c, o)
	if u.SourceAction != output.Created || u.Selected != nil || u.Outside != nil || u.NotModified || u.Types != 1 {
		t.Errorf("the first update: %+v", u)
	}
	if text := texts(t, dir)["slice.xml"]; strings.Contains(text, "hen") || !strings.Contains(text, "cow") {
		t.Errorf("the slice is\n%s", text)
	}
	// Generate makes the same files as update, and keeps the upstream in the lock
	// file.
	want := texts(t, dir)
	if !strings.Contains(want["farm/msgraphgen.lock.json"], `"name": "`+c.Upstream+`"`) {
		t.Error("the lock file does not record the upstream")
	}
	generate(t, c)
	if diff := cmp.Diff(want, texts(t, dir)); diff != "" {
		t.Errorf("generate changes what update wrote:\n%s", diff)
	}

	// After a 304, nothing is written.
	before := times(t, dir)
	u = update(t, c, o)
	if !u.NotModified || !u.Clean() || !u.Outside.Empty() || len(u.Selected.Changes) != 0 {
		t.Errorf("not modified: %+v", u)
	}

	// After a release that does not touch the selection, nothing is written.
	s.release = farm("", eggs)
	u = update(t, c, o)
	if u.NotModified || !u.Clean() || len(u.Selected.Changes) != 0 {
		t.Errorf("a release of something else: %+v", u)
	}
	if diff := cmp.Diff([]generator.OutsideChange{{Name: "farm.hen", Added: []string{"eggs"}}}, u.Outside.Changed); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(before, times(t, dir)); diff != "" {
		t.Errorf("files were written:\n%s", diff)
	}

	// A change of the selection is reported with the position in the slice, which
	// is rewritten.
	s.release = farm(weight, "")
	u = update(t, c, o)
	if diff := cmp.Diff([]string{"additive added farm.cow/weight"}, subjects(u)); diff != "" {
		t.Error(diff)
	}
	if at := u.Selected.Changes[0].NewAt; at.File != c.Source || at.Line == 0 {
		t.Errorf("the position is %v", at)
	}
	if diff := cmp.Diff([]generator.OutsideChange{{Name: "farm.hen", Removed: []string{"eggs"}}}, u.Outside.Changed); diff != "" {
		t.Error(diff)
	}
	var same []string
	for name, written := range times(t, dir) {
		if before[name].Equal(written) {
			same = append(same, name)
		}
	}
	if len(same) < 20 || u.SourceAction != output.Changed {
		t.Errorf("source %s, left alone are only %v", u.SourceAction, same)
	}

	// If the slice is lost, the lock file and the cache suffice.
	if err := os.Remove(c.Source); err != nil {
		t.Fatal(err)
	}
	u = update(t, c, o)
	if u.SourceAction != output.Created || !u.NotModified || !u.Changes.Clean() || len(u.Selected.Changes) != 0 {
		t.Errorf("without the slice: %+v", u)
	}
	// Another selection does not need a new release.
	c.Include = append(c.Include, "POST /hens")
	u = update(t, c, o)
	if diff := cmp.Diff([]string{"additive added farm.hen"}, subjects(u)[:1]); diff != "" || !u.NotModified {
		t.Errorf("another selection: not modified %v, %s", u.NotModified, diff)
	}
}

// The release of the last update counts, also if it touched nothing that the lock file
// records: the release before it is a change.
func TestUpdateToAnEarlierRelease(t *testing.T) {
	first, second := farm("", ""), farm("", eggs)
	s := newService(t, first)
	c, o := downstream(t, s)
	update(t, c, o)
	s.release = second
	update(t, c, o)
	s.release = first
	u := update(t, c, o)
	if u.NotModified || !u.Clean() {
		t.Errorf("back to the first release: %+v", u)
	}
	if diff := cmp.Diff([]generator.OutsideChange{{Name: "farm.hen", Removed: []string{"eggs"}}}, u.Outside.Changed); diff != "" {
		t.Error(diff)
	}
	if u := update(t, c, o); !u.NotModified {
		t.Errorf("the same release again: %+v", u)
	}
}

// Changes of actions and functions outside of the selection are reported, in whatever
// order those with the same types of parameters are declared.
func TestUpdateOfOperations(t *testing.T) {
	release := func(operations ...string) string {
		return strings.Replace(farm("", ""), "<EntityContainer", strings.Join(operations, "")+"<EntityContainer", 1)
	}
	born := func(parameter, result string) string {
		return `<Function Name="born"><Parameter Name="` + parameter + `" Type="Edm.Date"/><ReturnType Type="` + result + `"/></Function>`
	}
	s := newService(t, release(born("after", "Edm.Int32"), born("before", "Edm.Int32")))
	c, o := downstream(t, s)
	update(t, c, o)
	for _, test := range []struct {
		release string
		want    []generator.OutsideChange
	}{
		{release(born("before", "Edm.Int32"), born("after", "Edm.Int32"), "<!-- in another order -->"), []generator.OutsideChange{}},
		{release(born("before", "Edm.Int32"), born("after", "Edm.String")), []generator.OutsideChange{{Name: "farm.born(Edm.Date)"}}},
		{release(born("before", "Edm.Int64"), born("after", "Edm.String"), " "), []generator.OutsideChange{{Name: "farm.born(Edm.Date)"}}},
	} {
		s.release = test.release
		u := update(t, c, o)
		if diff := cmp.Diff(test.want, u.Outside.Changed); diff != "" || u.NotModified {
			t.Errorf("%s: not modified %v, %s", test.release, u.NotModified, diff)
		}
	}
}

// A source that is an address is fetched again, and no slice is written.
func TestUpdateOfAnAddress(t *testing.T) {
	s := newService(t, farm("", ""))
	c, o := downstream(t, s)
	dir := filepath.Dir(c.Source)
	c.Source, c.Upstream = c.Upstream, ""
	update(t, c, o)
	before := times(t, dir)
	s.release = farm("", eggs)
	if u := update(t, c, o); !u.Clean() || len(u.Outside.Changed) != 1 {
		t.Errorf("a release of something else: %+v", u)
	}
	if diff := cmp.Diff(before, times(t, dir)); diff != "" {
		t.Errorf("files were written:\n%s", diff)
	}
	s.release = farm(weight, eggs)
	if u := update(t, c, o); u.Clean() || len(u.Selected.Changes) != 1 || u.Source != "" {
		t.Errorf("a release of what is selected: %+v", u)
	}
}

// The release can be an OpenAPI document: the source is CSDL nevertheless.
func TestUpdateFromOpenAPI(t *testing.T) {
	document, err := os.ReadFile("openapi/testdata/valid/style_2026.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s := newService(t, string(document))
	c, o := downstream(t, s)
	c.Upstream, c.Include = s.URL+"/v1.0/openapi.yaml", []string{"POST /barns"}
	update(t, c, o)
	if text := texts(t, filepath.Dir(c.Source))["slice.xml"]; !strings.Contains(text, "<edmx:Edmx") || strings.Contains(text, "keeper") {
		t.Errorf("the slice is\n%s", text)
	}
	whole := c
	whole.Source, whole.Upstream, whole.Output = "openapi/testdata/valid/style_2026.yaml", "", filepath.Join(t.TempDir(), "farm")
	whole.APIVersion = "v1.0"
	generate(t, whole)
	compareFolders(t, whole.Output, c.Output)

	before := times(t, filepath.Dir(c.Source))
	s.release = strings.Replace(s.release, "title: keeper\n", "title: keeper\n      description: He has a key.\n", 1)
	u := update(t, c, o)
	if diff := cmp.Diff(before, times(t, filepath.Dir(c.Source))); diff != "" || u.Outside.Empty() {
		t.Errorf("a release of something else: outside %v, files %s", u.Outside, diff)
	}
}

// Update waits for passing trouble. Other trouble leaves everything as it was: the
// slice, the package, the lock file and the cache.
func TestUpdateInTrouble(t *testing.T) {
	t.Parallel() // it waits
	s := newService(t, farm("", ""))
	c, o := downstream(t, s)
	dir := filepath.Dir(c.Source)
	update(t, c, o)
	before, remembered := times(t, dir), texts(t, o.Cache)

	// A slow service sends a line once the last one is read.
	progressed := make(chan bool, 100)
	slow := func(w http.ResponseWriter, r *http.Request) {
		for line := range strings.Lines(s.release) {
			fmt.Fprint(w, line)
			w.(http.Flusher).Flush()
			select {
			case <-progressed:
			case <-r.Context().Done():
			}
		}
	}
	truncated := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(len(s.release)))
		fmt.Fprint(w, s.release[:100])
	}
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(code) }
	}
	text := func(contentType, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", contentType)
			fmt.Fprint(w, text)
		}
	}
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		asked  int
		want   string
	}{
		"5xx":                {status(http.StatusBadGateway), 3, "502 Bad Gateway"},
		"4xx":                {status(http.StatusForbidden), 1, "403 Forbidden"},
		"truncated":          {truncated, 3, "is incomplete: unexpected EOF"},
		"wrong content type": {text("text/html", "<html>sign in</html>"), 1, "returned text/html, not metadata"},
		"no metadata":        {text("application/xml", "<html>sign in</html>"), 1, "$metadata: "},
		"bad metadata":       {text("application/xml", farm(`<Property Name="weight" Type="farm.none"/>`, "")), 1, "farm.none"},
		"nothing selected":   {text("application/xml", strings.ReplaceAll(s.release, "cows", "goats")), 1, "POST /goats"},
		"another scheme": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://127.0.0.1:1/", http.StatusFound)
		}, 1, "redirected to another scheme"},
		"oversized": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			_, _ = z.Write(make([]byte, 65<<20))
			_ = z.Close()
		}, 1, "larger than 64 MB"},
		"plain http in a redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://graph.example/", http.StatusFound)
		}, 1, "is not encrypted"},
	} {
		t.Run(name, func(t *testing.T) {
			s.answer, s.asked = test.answer, 0
			_, err := generator.Update(t.Context(), c, o)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
			if s.asked != test.asked {
				t.Errorf("asked %d times, want %d", s.asked, test.asked)
			}
			if diff := cmp.Diff(before, times(t, dir)); diff != "" {
				t.Errorf("files were written:\n%s", diff)
			}
			if diff := cmp.Diff(remembered, texts(t, o.Cache)); diff != "" {
				t.Error("another release is remembered")
			}
		})
	}
	t.Run("refused", func(t *testing.T) {
		c := c
		c.Upstream = "http://127.0.0.1:1/beta/$metadata"
		if _, err := generator.Update(t.Context(), c, o); err == nil || !strings.Contains(err.Error(), "connection refused") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("interrupted", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		defer cancel()
		s.answer = slow
		if _, err := generator.Update(ctx, c, o); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("edited by hand", func(t *testing.T) {
		s.answer, s.release = s.ok, farm(weight, "")
		file := filepath.Join(c.Output, "cow.go")
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, append(content, "// mine\n"...), 0o644); err != nil {
			t.Fatal(err)
		}
		var refused *output.RefusedError
		if _, err := generator.Update(t.Context(), c, o); !errors.As(err, &refused) {
			t.Errorf("got %v", err)
		}
		if err := os.WriteFile(file, content, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, time.Time{}, before["farm/cow.go"]); err != nil {
			t.Fatal(err)
		}
		s.release = farm("", "")
	})
	if diff := cmp.Diff(before, times(t, dir)); diff != "" {
		t.Errorf("files were written:\n%s", diff)
	}

	var read []int64
	o.Progress = func(n, total int64) {
		read = append(read, n)
		progressed <- true
	}
	attempts := 0
	s.answer = slow
	if u := update(t, c, o); !u.Clean() || len(read) < 5 {
		t.Errorf("slow: clean is %v; progress %v", u.Clean(), read)
	}
	s.answer = func(w http.ResponseWriter, r *http.Request) {
		if attempts++; attempts == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		s.ok(w, r)
	}
	if u := update(t, c, o); !u.Clean() || attempts != 2 {
		t.Errorf("5xx, then 200: clean is %v; %d attempts", u.Clean(), attempts)
	}
}
