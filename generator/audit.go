package generator

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/audit"
	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/selection"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Audit finds where the source of c disagrees with its reference pages, and
// with the source against, if that is not "". Where c selects nothing,
// everything is compared.
//
// Errors are those of [Generate].
func Audit(ctx context.Context, c Config, against string) ([]audit.Finding, []source.Diagnostic, error) {
	if c.Docs == "" && against == "" {
		return nil, nil, &ConfigError{"audit: there is nothing to compare the source with: give reference pages with --docs, or other metadata with --against"}
	}
	c, err := c.forReading()
	if err != nil {
		return nil, nil, err
	}
	var ds source.Diagnostics
	m, name, err := load(ctx, c, &ds)
	if err != nil {
		return nil, nil, err
	}
	part, err := c.part(m, name)
	if err != nil {
		return nil, nil, err
	}
	var findings []audit.Finding
	if c.Docs != "" {
		pages, err := auditPages(c, m, name, part)
		if err != nil {
			return nil, nil, err
		}
		findings = append(findings, pages...)
	}
	if against != "" {
		c.Source = against
		other, otherName, err := load(ctx, c, &ds)
		if err != nil {
			return nil, nil, err
		}
		otherPart, err := c.part(other, otherName)
		if err != nil {
			return nil, nil, err
		}
		findings = append(findings, audit.Models(part, otherPart)...)
	}
	return findings, ds.Warnings(), nil
}

// load reads a source into a linked model, and returns its name.
func load(ctx context.Context, c Config, ds *source.Diagnostics) (*model.Model, string, error) {
	input, err := read(ctx, c.Source)
	if err != nil {
		return nil, "", err
	}
	m, err := parse(input, c, ds)
	return m, input.name, err
}

// patterns returns what c selects: everything, if it selects nothing.
func (c Config) patterns() selection.Options {
	options := selection.Options{Include: c.Include, Exclude: c.Exclude, Types: c.Types, Derived: c.Derived}
	if !c.selects() {
		options.Include, options.Types = []string{"/**"}, []string{"**"}
	}
	return options
}

// part returns what c selects of a model. That a pattern matches nothing is no
// error here: it is a disagreement.
func (c Config) part(m *model.Model, name string) (audit.Metadata, error) {
	part := audit.Metadata{File: name}
	selected, err := selection.Select(m, c.patterns())
	if e, ok := errors.AsType[*selection.Error](err); ok && e.Rest != nil {
		selected, err = e.Rest, nil
	}
	if err != nil {
		return part, err
	}
	part.Types, part.Operations = selected.Types, selected.Operations
	return part, nil
}

// auditPages compares the pages that are about what is selected.
func auditPages(c Config, m *model.Model, name string, part audit.Metadata) ([]audit.Finding, error) {
	var ds source.Diagnostics
	pages, err := docs.ReadDir(c.Docs, &ds)
	if err != nil {
		return nil, fmt.Errorf("docs: %w", err)
	}
	told := map[string]bool{}
	tells := func(p *docs.Page) bool {
		ok := !c.selects() || isAbout(p, m, part.Types)
		if ok {
			told[p.File] = true
		}
		return ok
	}
	findings := audit.Pages(m, name, pages, tells)
	warnings := slices.DeleteFunc(ds.Warnings(), func(d source.Diagnostic) bool { return !told[d.Position.File] })
	return audit.Merge(append(findings, audit.FromWarnings(warnings)...)), nil
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
