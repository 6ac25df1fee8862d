package generator_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/describe"
	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// The permissions of the methods for mail are those in the tables of the pages that
// list the request, and unknown where no page lists it or shows it in an example.
func TestPermissionsOfMail(t *testing.T) {
	c := config.Config{
		Input:   config.Input{Source: gotest.Metadata(t, "csdl/beta-2021-07-13.xml"), Docs: gotest.Metadata(t, "docs/beta-more")},
		Options: api.Options{Include: []string{"/me/messages/**", "/me/mailFolders/**", "/me/sendMail"}},
	}
	list, _, err := generator.Permissions(t.Context(), c, "")
	if err != nil {
		t.Fatal(err)
	}
	var ds source.Diagnostics
	pages, err := docs.ReadDir(c.Docs, &ds)
	if err != nil {
		t.Fatal(err)
	}
	told, untold := 0, 0
	for _, m := range list.Methods {
		var own []*docs.Page
		for _, p := range pages {
			for _, r := range p.Requests {
				if plainRequest(r.Verb, r.Path) == plainRequest(m.Verb, m.Path) {
					own = append(own, p)
					break
				}
			}
		}
		if len(own) == 0 {
			if m.Page == "" && len(m.Delegated)+len(m.Personal)+len(m.Application) > 0 {
				t.Errorf("%s %s: permissions without a page", m.Verb, m.Path)
			}
			untold++
			continue
		}
		told++
		found := false
		for _, p := range own {
			for _, q := range p.Permissions {
				found = found || grants(q.Delegated, m.Delegated) && grants(q.Personal, m.Personal) && grants(q.Application, m.Application)
			}
		}
		if !found {
			t.Errorf("%s %s has %v, %v, %v, as no table of %s says", m.Verb, m.Path, m.Delegated, m.Personal, m.Application, own[0].File)
		}
	}
	t.Logf("%d methods with a page that lists them, %d without", told, untold)
	if told < 44 {
		t.Errorf("only %d methods have a page that lists them", told)
	}
}

// grants reports whether a row of a table gives exactly some grants.
func grants(a docs.Access, list []describe.Grant) bool {
	if a.Supported == model.Unknown {
		return len(list) == 0
	}
	return len(list) == 1 && list[0].Supported == (a.Supported == model.Yes) && cmp.Equal(a.AnyOf, list[0].AnyOf)
}

var braces = regexp.MustCompile(`\{[^}]*\}`)

// plainRequest returns a request without the names of keys.
func plainRequest(verb, path string) string {
	return verb + " " + strings.TrimSuffix(strings.ToLower(strings.Trim(braces.ReplaceAllString(path, "{}"), "/ ")), "()")
}
