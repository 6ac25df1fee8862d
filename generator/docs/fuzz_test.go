package docs_test

import (
	"bytes"
	"encoding/json/jsontext"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// FuzzParse checks that reading any page ends, that all warnings have positions
// in the page, and that the page has the properties that later stages rely on.
func FuzzParse(f *testing.F) {
	for _, file := range fixtureFiles(f) {
		f.Add(readFile(f, file))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var ds source.Diagnostics
		page := docs.Parse("f", data, &ds)
		if err := ds.Err(); err != nil {
			t.Error(err)
		}
		c := checker{t, bytes.Split(data, []byte("\n"))}
		for _, warning := range ds.Warnings() {
			c.position(warning.Position)
			c.text(warning.Message)
		}
		c.page(page)
	})
}

type checker struct {
	t     *testing.T
	lines [][]byte
}

func (c checker) page(page *docs.Page) {
	c.position(page.Position)
	c.text(string(page.Kind), page.Date, page.Title, page.Namespace, page.Summary, page.Base)
	for _, r := range page.Requests {
		c.position(r.Position)
		c.path(r.Path)
		c.text(r.Verb, r.Query)
	}
	for _, p := range page.Permissions {
		c.position(p.Position)
		c.text(p.Subject)
		for _, access := range []docs.Access{p.Delegated, p.Personal, p.Application} {
			if len(access.AnyOf) > 0 && access.Supported != model.Yes {
				c.t.Errorf("permissions %v that are not supported", access.AnyOf)
			}
			for _, together := range access.AnyOf {
				c.text(together...)
				if len(together) == 0 || slices.Contains(together, "") {
					c.t.Errorf("an empty permission: %q", together)
				}
			}
		}
	}
	for _, o := range page.QueryOptions {
		c.position(o.Position)
		c.text(o.Name, o.Type, o.Description)
	}
	for _, list := range [][]*docs.Property{page.Parameters, page.RequestProperties, page.Properties, page.Relationships} {
		for _, p := range list {
			c.position(p.Position)
			c.text(p.Name, p.Type, p.Description, p.Inherited)
			c.text(p.Possible...)
			c.text(p.Allowed...)
			if p.Name == "" {
				c.t.Error("a property has no name")
			}
		}
	}
	for _, r := range page.Responses {
		c.position(r.Position)
		c.text(r.Type)
	}
	for _, m := range page.Representations {
		c.message(m)
	}
	for _, e := range page.Examples {
		c.text(e.Name)
		if e.Request == nil && e.Response == nil {
			c.t.Error("an empty example")
		}
		if q := e.Request; q != nil {
			c.text(q.Verb, q.Query)
			if q.Verb != "" {
				c.path(q.Path)
			}
			c.message(&q.Message)
		}
		if e.Response != nil {
			c.message(&e.Response.Message)
		}
	}
}

func (c checker) message(m *docs.Message) {
	c.position(m.Position)
	c.text(m.Type)
	for _, h := range m.Headers {
		c.position(h.Position)
		c.text(h.Name, h.Value)
	}
	for _, offset := range []int64{-1, 0, int64(len(m.JSON)) - 1, int64(len(m.JSON)), 1 << 40} {
		c.position(m.At(offset))
	}
	if m.JSON != nil && !m.JSON.IsValid(jsontext.AllowDuplicateNames(true)) {
		c.t.Errorf("not JSON: %q", m.JSON)
	}
}

func (c checker) path(path string) {
	c.text(path)
	if !strings.HasPrefix(path, "/") {
		c.t.Errorf("not a path: %q", path)
	}
}

func (c checker) position(at source.Position) {
	if at == (source.Position{File: "f"}) {
		return // the page as a whole
	}
	if at.File != "f" || at.Line < 1 || at.Line > len(c.lines) || at.Column < 1 || at.Column > len(c.lines[at.Line-1])+1 {
		c.t.Errorf("no place in the page: %v", at)
	}
}

// text checks that texts are on one line, without white space around them.
func (c checker) text(list ...string) {
	for _, s := range list {
		if s != strings.TrimSpace(s) || strings.ContainsFunc(s, unicode.IsControl) || strings.ContainsRune(s, '\uFEFF') {
			c.t.Errorf("not plain: %q", s)
		}
	}
}
