// Package generator turns Microsoft Graph metadata into a Go package.
//
// [Generate] is the whole story: it lists the passes in order. Each pass is a
// package of its own, a function with plain values on both sides.
package generator

import (
	"context"

	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/slice"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Result is a generated package, and how it differs from what is there.
type Result struct {
	Output   string // the folder of the package
	Changes  *output.Changes
	Types    int // how many types were generated
	Creates  int // how many operations
	Warnings []source.Diagnostic

	side *side // what was selected, for comparing it with another version
}

// Generate makes the package that c asks for and compares it with what is in
// the output folder. It writes nothing: that is up to Result.Changes.Write.
//
// Errors are a *ConfigError, a *api.Error, a *source.InputError, an
// *output.DamagedError, or of the system or the network.
func Generate(ctx context.Context, c Config) (*Result, error) {
	c, err := c.complete()
	if err != nil {
		return nil, err
	}
	in, err := read(ctx, c.Source)
	if err != nil {
		return nil, err
	}
	return c.generate(in)
}

// generate makes the package from a source that was read.
func (c Config) generate(in document) (*Result, error) {
	var ds source.Diagnostics
	if c.versionGuessed {
		ds.Warnf(source.Position{File: in.name}, "the name does not tell the API version, so it is taken to be %s: say which with --api-version", c.APIVersion)
	}
	m, err := parse(in, c, &ds)
	if err != nil {
		return nil, err
	}
	if err := addPages(m, c, &ds); err != nil {
		return nil, err
	}
	selected, err := choose(m, c)
	if err != nil {
		return nil, err
	}
	old, err := output.ReadLock(c.Output)
	if err != nil {
		return nil, err
	}
	keeper, err := c.keeper(m, selected, old)
	if err != nil {
		return nil, err
	}
	plan, names, err := keeper.plan(m, selected, golang.Options{
		Package:    c.Package,
		ImportPath: c.ImportPath,
		ODataPath:  c.OData,
		APIVersion: c.APIVersion,
		Rules:      ident.Default(),
		Pinned:     pinned(old),
		ReadOnly:   c.ReadOnly,
	})
	if err != nil {
		return nil, damagedNames(c.Output, err)
	}
	files, err := golang.Render(plan)
	if err != nil {
		return nil, err
	}
	lock, err := newLock(c, in.since(old), slice.Used(selected.Model), names, keeper.kept)
	if err != nil {
		return nil, err
	}
	changes, err := output.Compare(c.Output, files, lock)
	if err != nil {
		return nil, err
	}
	warnLeftovers(c.Output, files, old, &ds)
	lost, err := keeper.warnings(diff.Version{Name: in.name, Model: m, Plan: plan})
	if err != nil {
		return nil, err
	}
	return &Result{c.Output, changes, len(selected.Types), len(selected.Operations), append(lost, ds.Warnings()...),
		&side{config: c, name: in.name, model: m, pinned: pinned(old), selected: selected, keeper: *keeper}}, nil
}
