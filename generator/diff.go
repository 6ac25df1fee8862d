package generator

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Diff compares two versions: each metadata, named as in Config.Source, or what
// a package was generated from, named by its folder or its lock file.
//
// Of metadata it takes what c selects. Where that is nothing, it takes what the
// lock file on the other side holds, and without one everything. A lock file
// stands for all that it holds. A pattern need match one of the versions only.
//
// Errors are those of [Generate].
func Diff(ctx context.Context, c Config, old, new string) (*diff.Comparison, []source.Diagnostic, error) {
	var ds source.Diagnostics
	sides := make([]*side, 2)
	for i, name := range []string{old, new} {
		var err error
		if sides[i], err = readSide(ctx, c, name, &ds); err != nil {
			return nil, nil, err
		}
	}
	from, to := sides[0], sides[1]
	if err := choosePart(c, from, to); err != nil {
		return nil, nil, err
	}
	if c.KeepDeprecated && from.locked && !to.locked {
		k, err := newKeeper(from, to.model, to.selected)
		if err != nil {
			return nil, nil, err
		}
		to.keeper = *k
	}
	comparison, err := compareSides(from, to)
	return comparison, ds.Warnings(), err
}

// compareSides compares what is selected of two versions.
func compareSides(from, to *side) (*diff.Comparison, error) {
	a, err := from.version(to.pinned)
	if err != nil {
		return nil, err
	}
	b, err := to.version(a.Plan.Names)
	if err != nil {
		return nil, err
	}
	return diff.Compare(a, b), nil
}

// side is one of the two versions, on the way to its plan.
type side struct {
	config   Config
	name     string
	model    *model.Model
	locked   bool              // read from a lock file
	pinned   map[string]string // the names in the lock file; nil without one
	selected *api.Selection
	keeper   keeper // what is kept beside it
	closure  string // the digest in the lock file
}

// readSide reads a version. What a lock file holds is selected already.
func readSide(ctx context.Context, c Config, name string, ds *source.Diagnostics) (*side, error) {
	c.Source = name
	c, err := c.forReading()
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		name = filepath.Join(name, output.LockName)
		if _, err := os.Stat(name); err != nil {
			return nil, fmt.Errorf("no package was generated there: %w: name the folder of one, or a metadata file", err)
		}
	}
	in, err := read(ctx, name)
	if err != nil {
		return nil, err
	}
	s := &side{config: c, name: in.name, locked: in.isLock()}
	if s.locked {
		return s, s.readLock(in)
	}
	s.model, err = parseWithPages(in, c, ds)
	return s, err
}

// choosePart selects what to compare of the sides that are metadata.
func choosePart(c Config, a, b *side) error {
	switch {
	case c.selects():
		return chooseAsked(c.patterns(), a, b)
	case a.locked && b.locked:
		return nil
	case a.locked || b.locked:
		lock, other := a, b
		if b.locked {
			lock, other = b, a
		}
		return other.chooseLike(lock)
	}
	for _, s := range []*side{a, b} {
		if _, err := s.choose(c.patterns()); err != nil {
			return err
		}
	}
	return nil
}

// chooseAsked selects what the user asked for. A pattern that matches nothing
// on either side is a mistake.
func chooseAsked(options api.Options, a, b *side) error {
	unmatched, err := a.choose(options)
	if err != nil {
		return err
	}
	other, err := b.choose(options)
	if err != nil {
		return err
	}
	maps.DeleteFunc(unmatched, func(pattern, _ string) bool { return other[pattern] == "" })
	if len(unmatched) == 0 {
		return nil
	}
	return &api.Error{Problems: slices.Sorted(maps.Values(unmatched))}
}

// choose selects what the options ask for, and returns the problems with
// patterns that match nothing, by pattern. That is no error yet: what the
// pattern is for may have come or gone. A lock file stays as it is selected.
func (s *side) choose(options api.Options) (unmatched map[string]string, err error) {
	unmatched = map[string]string{}
	matching := func(patterns []string, alone func(pattern string) api.Options) []string {
		return slices.DeleteFunc(slices.Clone(patterns), func(pattern string) bool {
			_, problem := api.Select(s.model, alone(pattern))
			if problem != nil {
				unmatched[pattern] = problem.Error()
			}
			return problem != nil
		})
	}
	options.Types = matching(options.Types, func(p string) api.Options { return api.Options{Types: []string{p}} })
	options.Derived = matching(options.Derived, func(p string) api.Options { return api.Options{Derived: []string{p}} })
	selected, err := api.Select(s.model, options)
	if e, ok := errors.AsType[*api.Error](err); ok && e.Rest != nil {
		selected, err = e.Rest, nil
		matching(options.Include, func(p string) api.Options { return api.Options{Include: []string{p}} })
	}
	if !s.locked {
		s.selected = selected
	}
	return unmatched, err
}

// version plans the package of a side. Names that the side does not pin itself
// are pinned by the other.
func (s *side) version(pinned map[string]string) (diff.Version, error) {
	if s.locked || s.pinned != nil {
		pinned = s.pinned
	}
	plan, _, err := s.keeper.plan(s.model, s.selected, golang.Options{
		Package:    "graph",
		ImportPath: "graph",
		ODataPath:  "graph/" + golang.ODataDir,
		APIVersion: s.config.APIVersion,
		Rules:      ident.Default(),
		Pinned:     pinned,
		ReadOnly:   s.config.ReadOnly,
	})
	if err != nil {
		return diff.Version{}, damaged(s.name, err)
	}
	return diff.Version{Name: s.name, Model: s.model, Plan: plan}, nil
}
