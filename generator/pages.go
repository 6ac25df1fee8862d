package generator

import (
	"errors"
	"fmt"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// addPages adds to a linked model what reference pages say.
func addPages(m *model.Model, c Config, ds *source.Diagnostics) error {
	if c.Docs == "" {
		return nil
	}
	pages, warnings, err := c.readPages(m)
	if err != nil {
		return err
	}
	for _, w := range warnings {
		ds.Warnf(w.Position, "%s", w.Message)
	}
	model.Annotate(m, docs.Annotations(m, pages, c.APIVersion, ds), ds)
	return nil
}

// readPages returns the reference pages that are about what c selects of a
// linked model, and what is wrong with their form.
func (c Config) readPages(m *model.Model) ([]*docs.Page, []source.Diagnostic, error) {
	var ds source.Diagnostics
	pages, err := docs.ReadDir(c.Docs, &ds)
	if err != nil {
		return nil, nil, fmt.Errorf("docs: %w", err)
	}
	if !c.selects() {
		return pages, ds.Warnings(), nil
	}
	selected, err := api.Select(m, c.patterns())
	if e, ok := errors.AsType[*api.Error](err); ok && e.Rest != nil {
		selected, err = e.Rest, nil
	}
	if err != nil {
		return pages, ds.Warnings(), nil // it is reported where the selection is made
	}
	about := map[string]bool{}
	pages = slices.DeleteFunc(pages, func(p *docs.Page) bool {
		about[p.File] = isAbout(p, m, selected.Types)
		return !about[p.File]
	})
	warnings := slices.DeleteFunc(ds.Warnings(), func(d source.Diagnostic) bool { return !about[d.Position.File] })
	return pages, warnings, nil
}

// isAbout reports whether a page is about one of some types, or about an
// operation on one.
func isAbout(p *docs.Page, m *model.Model, types []model.Type) bool {
	if p.Kind == docs.Resource {
		t := m.Type(p.TypeName())
		return t != nil && slices.Contains(types, t)
	}
	for _, r := range p.Requests {
		if place, ok := m.Resolve(r.Path); ok && place.Type() != nil && slices.Contains(types, model.Type(place.Type())) {
			return true
		}
	}
	return false
}
