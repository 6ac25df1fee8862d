package docs

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// areas maps the first word of the names of pages to the area that they are about.
var areas = map[string]string{
	"message": "mail", "mailfolder": "mail", "attachment": "mail",
	"event": "calendar", "calendar": "calendar", "outlookuser": "calendar", "todotask": "calendar", "todotasklist": "calendar",
	"user": "users", "contact": "users", "contactfolder": "users", "profilephoto": "users", "subscription": "users", "opentypeextension": "users",
	"group": "groups", "directoryobject": "groups",
	"application": "applications", "serviceprincipal": "applications",
	"drive": "drives", "driveitem": "drives",
	"team": "teams", "channel": "teams",
}

// areaCounts counts the requests that the pages of an area list, and their examples.
type areaCounts struct {
	Pages, Requests, Mapped, Unanswered, Unmapped int
	Examples, Valid, Invalid, Elsewhere           int // Elsewhere: of no method of the page
}

// Each request that the pages list and the metadata of the same summer knows leads to
// a method. The reasons of all others are listed.
func TestRealMapping(t *testing.T) {
	file := gotest.Metadata(t, "csdl/beta-2021-07-13.xml")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	m, err := csdl.Parse(file, data, csdl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	model.Link(m)
	counts, reasons := map[string]*areaCounts{}, map[string][]string{}
	for _, dir := range []string{"docs/beta/api", "docs/beta-more/api"} {
		var ds source.Diagnostics
		pages, err := ReadDir(gotest.Metadata(t, dir), &ds)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pages {
			name := filepath.Base(p.File)
			word, _, _ := strings.Cut(name, "-")
			area := areas[word]
			if area == "" {
				area = "profile"
			}
			c := counts[area]
			if c == nil {
				c = &areaCounts{}
				counts[area] = c
			}
			c.Pages++
			c.count(m, p, func(reason, what string) {
				reasons[reason] = append(reasons[reason], area+" "+name+": "+what)
			})
		}
	}
	var table strings.Builder
	fmt.Fprintln(&table, "area          pages  requests  mapped  not answered  not mapped  examples  valid  invalid  of no method")
	total := &areaCounts{}
	line := func(area string, c *areaCounts) {
		fmt.Fprintf(&table, "%-12s %6d %9d %7d %13d %11d %9d %6d %8d %13d\n",
			area, c.Pages, c.Requests, c.Mapped, c.Unanswered, c.Unmapped, c.Examples, c.Valid, c.Invalid, c.Elsewhere)
	}
	for _, area := range slices.Sorted(maps.Keys(counts)) {
		c := counts[area]
		line(area, c)
		total.Pages += c.Pages
		total.Requests += c.Requests
		total.Mapped += c.Mapped
		total.Unanswered += c.Unanswered
		total.Unmapped += c.Unmapped
		total.Examples += c.Examples
		total.Valid += c.Valid
		total.Invalid += c.Invalid
		total.Elsewhere += c.Elsewhere
	}
	line("all", total)
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		fmt.Fprintf(&table, "\n%s: %d\n", reason, len(reasons[reason]))
		for _, what := range reasons[reason] {
			fmt.Fprintln(&table, "\t"+what)
		}
	}
	golden := filepath.Join("testdata", "mapping.golden")
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.WriteFile(golden, []byte(table.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), table.String()); d != "" {
		t.Errorf("UPDATE_GOLDEN=1 rewrites %s (-want +got):\n%s", golden, d)
	}
}

// reasonFor returns why a request leads to no method.
func reasonFor(m *model.Model, r Request) string {
	switch {
	case strings.Contains(r.Path, ":/"):
		return "it addresses an item by its path in a drive, which OData does not have"
	case strings.HasSuffix(r.Path, "$ref"):
		return "there are no methods for references"
	case strings.HasSuffix(r.Path, "$value"):
		return "the type is not a media entity in the metadata"
	}
	segments := api.Segments(r.Path)
	for n := len(segments) - 1; n > 0; n-- {
		steps, ok := m.ResolveSegments(segments[:n], true)
		if !ok {
			continue
		}
		t := steps[n-1].Type()
		switch p := t.Property(segments[n]); {
		case p == nil:
			return "the metadata has nothing of that name"
		case p.Type.Name == "Edm.Stream":
			return "there are no methods for streams"
		default:
			return "it leads to a structural property"
		}
	}
	return "the metadata has nothing of that name"
}

func (c *areaCounts) count(m *model.Model, p *Page, note func(reason, what string)) {
	for _, r := range p.Requests {
		c.Requests++
		found, answered := api.Find(m, r.Verb, r.Path)
		switch {
		case found == nil:
			c.Unmapped++
			note("not mapped, because "+reasonFor(m, r), r.Verb+" "+r.Path)
		case !answered:
			c.Unanswered++
			note("not answered, as far as the metadata says", r.Verb+" "+r.Path)
		default:
			c.Mapped++
		}
	}
	of := map[*Example]bool{}
	for _, d := range methods(m, []*Page{p}) {
		for _, e := range d.examples {
			of[e] = true
			request, response := d.checkExample(e)
			if request != "" || response != "" {
				c.Invalid++
				note("invalid examples", strings.TrimSpace(request+" "+response))
			} else {
				c.Valid++
			}
		}
	}
	c.Examples += len(p.Examples)
	for _, e := range p.Examples {
		if !of[e] {
			c.Elsewhere++
			what := "no request"
			if e.Request != nil {
				what = e.Request.Verb + " " + e.Request.Path
			}
			note("examples of no method", what)
		}
	}
}
