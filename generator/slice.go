package generator

import (
	"bytes"
	"context"
	"encoding/json/v2"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/slice"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// SliceResult is the part of a source that is enough to generate from.
type SliceResult struct {
	Document   []byte // CSDL
	Types      int    // how many types are generated from it
	Creates    int    // how many operations
	SourceSize int    // of the whole, in bytes
	Warnings   []source.Diagnostic

	version string // of the service, if the name of the source told it
}

// Slice returns the part of the source of c that gives the same code as the
// whole does, for what c selects; where c selects nothing, for everything. It is
// CSDL, also where the source is not. What reference pages say is in it.
//
// Errors are those of [Generate].
func Slice(ctx context.Context, c Config) (*SliceResult, error) {
	version := ""
	if c.APIVersion == "" {
		version, _ = guessVersion(c.Source)
	}
	c, err := c.forReading()
	if err != nil {
		return nil, err
	}
	in, err := read(ctx, c.Source)
	if err != nil {
		return nil, err
	}
	result, err := c.sliceOf(in)
	if err != nil {
		return nil, err
	}
	result.version = version
	return result, nil
}

// sliceOf returns the slice of a source that was read.
func (c Config) sliceOf(in document) (*SliceResult, error) {
	var ds source.Diagnostics
	m, err := parseWithPages(in, c, &ds)
	if err != nil {
		return nil, err
	}
	result := &SliceResult{SourceSize: len(in.data)}
	if err := c.slice(m, result, &ds); err != nil {
		return nil, err
	}
	result.Warnings = ds.Warnings()
	return result, nil
}

// slice makes the slice of a model.
func (c Config) slice(m *model.Model, result *SliceResult, ds *source.Diagnostics) error {
	selected, err := c.sliced(m)
	if err != nil {
		return err
	}
	result.Types, result.Creates = len(selected.Types), len(selected.Operations)
	chosen := slice.Sayable(slice.Used(selected.Model), ds)
	part := slice.Of(m, chosen, ds)
	if err := c.keepNamed(part, m); err != nil {
		return err
	}
	if err := keepNames(part, m, selected); err != nil {
		return err
	}
	small, err := part.Model()
	if err != nil {
		return err
	}
	result.Document = csdl.Write(small, slice.Choice{
		Include: c.Include, Exclude: c.Exclude, Types: c.Types, Derived: c.Derived,
	}.Comment())
	return c.checkSlice(result.Document, chosen)
}

// sliced returns what c selects. Where it selects nothing, that is everything,
// even if nothing can be created.
func (c Config) sliced(m *model.Model) (*api.Selection, error) {
	selected, err := choose(m, c)
	if e, ok := errors.AsType[*api.Error](err); ok && !c.selects() && e.Rest != nil {
		return e.Rest, nil
	}
	return selected, err
}

// keepNamed has the part know what c names and does not select, so that c is
// no mistake there.
func (c Config) keepNamed(part *slice.Part, m *model.Model) error {
	for _, name := range c.Derived {
		part.Name(name)
	}
	for _, name := range c.ReadOnly {
		part.Add(name)
	}
	small, err := part.Model()
	if err != nil {
		return err
	}
	// All that a pattern includes may be excluded. One path is enough to show
	// that there is something.
	for _, pattern := range c.Include {
		options := api.Options{Include: []string{pattern}}
		if _, err := api.Select(small, options); err == nil {
			continue
		}
		alone, err := api.Select(m, options)
		if err != nil {
			return err
		}
		for _, r := range alone.Operations[0].Paths[0] {
			if r.Source != nil {
				part.Source(r.Source)
			} else {
				part.Navigation(r.Owner, r.Navigation.Name)
			}
		}
	}
	return nil
}

// keepNames has the part know what takes a Go name, or the name of a file, in
// the whole model, from what is selected.
func keepNames(part *slice.Part, m *model.Model, selected *api.Selection) error {
	own, _, err := goNames(m, selected)
	if err != nil {
		return err
	}
	part.Matter(slices.Collect(maps.Keys(own))...)
	names, files, err := goNames(m, everything(m))
	if err != nil {
		return err
	}
	for changed := true; changed; {
		small, err := part.Model()
		if err != nil {
			return err
		}
		smallNames, smallFiles, err := goNames(small, everything(small))
		if err != nil {
			return err
		}
		changed = part.Settle(names, smallNames)
		changed = part.Settle(files, smallFiles) || changed
	}
	return nil
}

// everything selects all types and all resources.
func everything(m *model.Model) *api.Selection {
	s := &api.Selection{}
	link := func(r api.Resource) {
		s.Links = append(s.Links, api.Link{To: r})
		if r.Collection() {
			r.Item = true
			s.Links = append(s.Links, api.Link{To: r})
		}
	}
	for _, schema := range m.Schemas {
		for _, t := range schema.Structured {
			s.Types = append(s.Types, t)
			for _, n := range t.Navigation {
				link(api.Resource{Navigation: n, Owner: t})
			}
		}
		for _, t := range schema.Enums {
			s.Types = append(s.Types, t)
		}
		for _, t := range schema.Definitions {
			s.Types = append(s.Types, t)
		}
	}
	if m.Container != nil {
		for _, source := range m.Container.Sources {
			link(api.Resource{Source: source})
		}
	}
	return s
}

// goNames returns the Go names and the names of files that a selection gets,
// by name in the schema.
func goNames(m *model.Model, s *api.Selection) (names, files map[string]string, err error) {
	plan, err := golang.NewPlan(m, s, golang.Options{Rules: ident.Default()})
	if err != nil {
		return nil, nil, err
	}
	files = map[string]string{}
	for _, s := range plan.Structs {
		files[s.Type.QualifiedName()] = s.File
	}
	for _, e := range plan.Enums {
		files[e.Type.QualifiedName()] = e.File
	}
	for _, a := range plan.Aliases {
		files[a.Type.QualifiedName()] = a.File
	}
	for _, b := range plan.Builders {
		files[b.Resource.ID()] = b.File
	}
	return plan.Names, files, nil
}

// checkSlice reads a slice again, and reports where it does not have all that
// was chosen. It should never find anything; but metadata and pages may be
// hostile.
func (c Config) checkSlice(document []byte, chosen *model.Model) error {
	var ds source.Diagnostics
	m := csdl.Parse("slice", document, &ds)
	if ds.Err() == nil {
		model.Link(m, &ds)
	}
	if err := ds.Err(); err != nil {
		return fmt.Errorf("what is selected cannot be written as CSDL; if that is for an example of a reference page, leave out --docs: %w", err)
	}
	again, err := c.sliced(m)
	if err != nil {
		return fmt.Errorf("the slice lacks what is selected: %w", err)
	}
	want, err := json.Marshal(chosen, json.Deterministic(true))
	if err != nil {
		return fmt.Errorf("the selected model cannot be written down: %w", err)
	}
	got, err := json.Marshal(slice.Used(again.Model), json.Deterministic(true))
	if err != nil || !bytes.Equal(got, want) {
		return fmt.Errorf("the slice is not what is selected (%v): this is a mistake in msgraphgen", err)
	}
	return nil
}

// Hint says how to generate from the slice under a name that does not tell the
// version of the service, as that of its source did; else it is "".
func (r *SliceResult) Hint(name string) string {
	if version, _ := guessVersion(name); r.version == "" || version == r.version {
		return ""
	}
	return fmt.Sprintf("the name does not tell the API version: generate with --api-version %[1]s, or put %[1]s into the name", r.version)
}
