package generator

import (
	"context"
	"errors"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/audit"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/slice"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Audit finds where the source of c disagrees with its reference pages, and with
// the source against, if that is not "". Where c selects nothing, everything is
// compared apart from what it excludes.
//
// Errors are those of [Generate].
func Audit(ctx context.Context, c config.Config, against string) ([]audit.Finding, *Notes, error) {
	if c.Docs == "" && against == "" {
		return nil, nil, config.Errorf("audit: there is nothing to compare the source with: give reference pages with --docs, or other metadata with --against")
	}
	in, err := c.Input.Complete()
	if err != nil {
		return nil, nil, err
	}
	c.Input = in
	// Pages are compared with the metadata as it is, without their annotations.
	plain := in
	plain.Docs = ""
	meta, err := read(ctx, plain, c.Include...)
	if err != nil {
		return nil, nil, err
	}
	part, selected, err := meta.part(c.Options)
	if err != nil {
		return nil, nil, err
	}
	notes := meta.notes(selected)
	notes.Advice = nil // nothing is generated
	if part.Partial {
		notes.advise(source.Position{File: part.File}, "this is a slice, and what it leaves out is not compared: audit the whole metadata with --source")
	}
	var findings []audit.Finding
	if c.Docs != "" {
		if err := meta.readPages(c.Docs); err != nil {
			return nil, nil, err
		}
		pages := meta.pages
		switch {
		case !c.Options.IsZero():
			pages = meta.about(selected)
		case len(c.Exclude) > 0:
			// A page about something that the metadata lacks is a finding.
			_, all, err := meta.part(api.Options{})
			if err != nil {
				return nil, nil, err
			}
			pages = slices.DeleteFunc(slices.Clone(pages), func(p *docs.Page) bool {
				return isAbout(p, meta.model, all) && !isAbout(p, meta.model, selected)
			})
		}
		findings = audit.Pages(meta.model, part.File, part.Partial, pages)
		findings = audit.Merge(append(findings, audit.FromWarnings(meta.problemsOf(pages))...))
	}
	if against != "" {
		plain = plain.Of(against)
		plain.Upstream = ""
		other, err := read(ctx, plain, c.Include...)
		if err != nil {
			return nil, nil, err
		}
		otherPart, _, err := other.part(c.Options)
		if err != nil {
			return nil, nil, err
		}
		if otherPart.Partial {
			notes.advise(source.Position{File: otherPart.File}, "this is a slice, and what it leaves out is not compared: compare with the whole metadata")
		}
		findings = append(findings, audit.Models(part, otherPart)...)
	}
	return findings, &notes, nil
}

// part returns the part of the metadata that patterns select. A pattern that matches
// nothing is not an error here: it is a disagreement.
func (meta *metadata) part(patterns api.Options) (audit.Metadata, *api.Selection, error) {
	part := audit.Metadata{File: meta.document.Name, Partial: slice.Is(meta.document.Data), OpenAPI: meta.format == config.FormatOpenAPI}
	_ = markExpanded(meta.model, patterns.Expand) // so that their types are compared
	selected, err := api.Select(meta.model, patterns.Or(api.Everything()))
	if e, ok := errors.AsType[*api.Error](err); ok && e.Rest != nil {
		selected, err = e.Rest, nil
	}
	if err != nil {
		return part, nil, err
	}
	part.Types, part.Methods = selected.Types, selected.Methods
	return part, selected, nil
}
