package docs_test

import (
	"bytes"
	"encoding/json/jsontext"
	"strings"
	"testing"
	"unicode"

	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// FuzzParse checks that whatever the page is, reading it ends, what is wrong
// with it is at a place in it, and what is made of it is what later stages
// rely on.
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
		c.text(r.Verb, r.Path)
		if !strings.HasPrefix(r.Path, "/") {
			c.t.Errorf("no path: %q", r.Path)
		}
	}
	for _, list := range [][]*docs.Property{page.Body, page.Properties, page.Relationships} {
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
	if page.Response != nil {
		c.position(page.Response.Position)
		c.text(page.Response.Type)
	}
	for _, e := range page.Examples {
		c.position(e.Position)
		c.text(e.BlockType, e.Name, e.Type, e.Verb, e.Path)
		for _, offset := range []int64{-1, 0, int64(len(e.Body)) - 1, int64(len(e.Body)), 1 << 40} {
			c.position(e.BodyAt(offset))
		}
		if e.Body != nil && !e.Body.IsValid(jsontext.AllowDuplicateNames(true)) {
			c.t.Errorf("no JSON: %q", e.Body)
		}
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
