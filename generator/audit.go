package generator

import (
	"context"
	"errors"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/audit"
	"github.com/msgraphgen/msgraphgen/generator/model"
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
		pages, err := auditPages(c, m, name)
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
	in, err := read(ctx, c.Source)
	if err != nil {
		return nil, "", err
	}
	m, err := parse(in, c, ds)
	return m, in.name, err
}

// patterns returns what c selects: everything, if it selects nothing.
func (c Config) patterns() api.Options {
	options := api.Options{Include: c.Include, Exclude: c.Exclude, Types: c.Types, Derived: c.Derived}
	if !c.selects() {
		options.Include, options.Types = []string{"/**"}, []string{"**"}
	}
	return options
}

// part returns what c selects of a model. That a pattern matches nothing is no
// error here: it is a disagreement.
func (c Config) part(m *model.Model, name string) (audit.Metadata, error) {
	part := audit.Metadata{File: name}
	selected, err := api.Select(m, c.patterns())
	if e, ok := errors.AsType[*api.Error](err); ok && e.Rest != nil {
		selected, err = e.Rest, nil
	}
	if err != nil {
		return part, err
	}
	part.Types, part.Operations = selected.Types, selected.Operations
	return part, nil
}

// auditPages compares the pages that are about what is selected.
func auditPages(c Config, m *model.Model, name string) ([]audit.Finding, error) {
	pages, warnings, err := c.readPages(m)
	if err != nil {
		return nil, err
	}
	findings := audit.Pages(m, name, pages)
	return audit.Merge(append(findings, audit.FromWarnings(warnings)...)), nil
}
