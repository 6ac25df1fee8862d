package generator

import (
	"cmp"
	"context"
	"encoding/json/jsontext"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/generator/input"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/slice"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Diff compares two versions: each metadata, named as in config.Input.Source, or
// what a package was generated from, named by its folder or its lock file.
//
// Of metadata it takes the selection of c, or if c selects nothing, the selection of
// the lock file on the other side, or else everything; its Exclude and Derived apply to
// each of these. A pattern need match one of the versions only. The other options that c
// leaves open are those of the lock file too, so that a package does not differ from the
// metadata that it was generated from. The format of c is that of its source alone; if c
// has no source, it is the format of both sides.
//
// Errors are those of [Generate].
func Diff(ctx context.Context, c config.Config, old, new string) (*diff.Comparison, *Notes, error) {
	return compare(ctx, c, old, new, false)
}

// DiffConfigured is like [Diff] for the configuration of a package. Of a package, it
// reports as lost what c does not select any more; Diff leaves that out.
func DiffConfigured(ctx context.Context, c config.Config, old, new string) (*diff.Comparison, *Notes, error) {
	return compare(ctx, c, old, new, true)
}

func compare(ctx context.Context, c config.Config, old, new string, configured bool) (*diff.Comparison, *Notes, error) {
	in, err := c.Input.Complete()
	if err != nil {
		return nil, nil, err
	}
	in.Source = c.Source // without the default
	c.Input = in
	from, err := openSide(ctx, "OLD", old)
	if err != nil {
		return nil, nil, err
	}
	to, err := openSide(ctx, "NEW", new)
	if err != nil {
		return nil, nil, err
	}
	from.config, to.config = recorded(c, from, to), recorded(c, to, from)
	if err := cmp.Or(both(from.parse, to.parse)); err != nil {
		return nil, nil, err
	}
	patterns := compared(c, from, to)
	var a *planned
	if err := errors.Join(both(
		func() (err error) { a, err = from.planFirst(c, patterns); return err },
		func() error { return to.choose(c, patterns) },
	)); err != nil {
		return nil, nil, err
	}
	notes := &Notes{Source: to.name}
	if err := unmatched(c, from, to, notes); err != nil {
		return nil, nil, err
	}
	b, err := to.planAfter(from, patterns, a)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range []*side{from, to} {
		if s.meta != nil {
			n := s.meta.notes(s.version.Selection)
			notes.Selected = append(notes.Selected, n.Selected...)
			notes.Others = append(notes.Others, n.Others...)
			notes.LeftOut = append(notes.LeftOut, n.LeftOut...)
			if s.config.Docs == "" {
				notes.missPages(s, from, to)
			}
		}
	}
	comparison := diff.Compare(a.diff(), b.diff())
	if configured {
		if err := unselect(comparison, from.name, a, b, golangOptions(from.config, a.Model, from.apiVersion)); err != nil {
			return nil, nil, err
		}
	}
	comparison.Old, comparison.New = from.title(), to.title()
	return comparison, notes, nil
}

// both runs two functions at the same time, and returns their errors.
func both(first, second func() error) (error, error) {
	var err error
	var running sync.WaitGroup
	running.Go(func() { err = first() })
	other := second()
	running.Wait()
	return err, other
}

// side is one of the two versions of a comparison: metadata, or a lock file.
type side struct {
	name       string
	document   *input.Document
	config     config.Config // with what the lock files record
	meta       *metadata     // nil for a lock file
	lock       *lock.File    // nil for metadata
	apiVersion string
	version    *api.Version // once it is chosen
}

// openSide reads a side. The argument is what the usage of diff calls it, for errors.
func openSide(ctx context.Context, argument, name string) (*side, error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		name = filepath.Join(name, lock.Name)
		if _, err := os.Stat(name); err != nil {
			return nil, fmt.Errorf("%s: no package was generated there: %w: name the folder of one, or a metadata file", argument, err)
		}
	}
	document, err := readDocument(ctx, argument, name)
	if err != nil {
		return nil, err
	}
	s := &side{name: name, document: document}
	if lock.Is(document.Name, document.Data) {
		if s.lock, err = lock.Parse(document.Data); err != nil {
			return nil, &lock.DamagedError{Err: fmt.Errorf("%s:%w", document.Name, err)}
		}
	}
	return s, nil
}

// recorded returns c with the options that it leaves open, apart from the selection,
// as the lock files record them: that of the side itself, or else that of the other.
func recorded(c config.Config, own, other *side) config.Config {
	c.Input = c.Input.Of(own.name)
	for _, s := range []*side{own, other} {
		if s.lock == nil {
			continue
		}
		was := s.lock.Config
		c.Expand = orElse(c.Expand, was.Expand)
		c.ReadOnly = orElse(c.ReadOnly, was.ReadOnly)
		c.Settable = orElse(c.Settable, was.Settable)
		c.Keys = cmp.Or(c.Keys, was.Keys)
		c.ExternalRefs = c.ExternalRefs || was.ExternalRefs
		c.KeepDeprecated = c.KeepDeprecated || was.KeepDeprecated
		if config.VersionIn(own.name) == "" {
			c.APIVersion = cmp.Or(c.APIVersion, was.APIVersion)
		}
		if c.Docs == "" {
			c.Docs = s.pages()
		}
	}
	return c
}

func orElse(list, other []string) []string {
	if len(list) > 0 {
		return list
	}
	return other
}

// pages returns the folder of the pages that a package was generated with, or "" if
// there were none or if they are not where the lock file says.
func (s *side) pages() string {
	if s.lock == nil || s.lock.Config.Docs == "" {
		return ""
	}
	c, err := config.FromLock(s.lock.Config, filepath.Dir(s.name), func(key string) bool { return key != "docs" })
	if err != nil {
		return ""
	}
	if info, err := os.Stat(c.Docs); err != nil || !info.IsDir() {
		return ""
	}
	return c.Docs
}

// missPages advises to give the pages that a package was generated with, if metadata is
// compared with it that does not include what they say.
func (n *Notes) missPages(s *side, sides ...*side) {
	if slice.Is(s.document.Data) {
		return
	}
	for _, other := range sides {
		if other.lock != nil && other.lock.Config.Docs != "" {
			n.advise(source.Position{File: other.name}, "the package was generated with reference pages: give them with --docs, or what they say counts as removed or added")
		}
	}
}

// title returns how a report calls the side: its file, the folder of a package, or the
// import path of the one in the current folder.
func (s *side) title() string {
	dir, file := filepath.Split(s.name)
	if s.lock == nil || file != lock.Name || input.IsAddress(s.name) {
		return s.name
	}
	if dir = filepath.Clean(dir); dir != "." {
		return dir
	}
	c := s.lock.Config
	c.Output = dir
	if complete, err := c.Complete(); err == nil {
		return complete.ImportPath
	}
	return s.name
}

func (s *side) parse() (err error) {
	s.name = s.document.Name
	if s.lock != nil {
		s.apiVersion, _ = s.lock.Config.Version("")
		return nil
	}
	if s.meta, err = parse(s.document, s.config.Input, s.config.Include...); err == nil {
		s.apiVersion = s.meta.apiVersion
	}
	return err
}

// compared returns the patterns of the parts to compare.
func compared(c config.Config, a, b *side) api.Options {
	for _, s := range []*side{a, b} {
		if s.lock != nil {
			return c.Options.Or(s.lock.Config.Options)
		}
	}
	return c.Options.Or(api.Everything())
}

// unmatched returns the patterns and names that match nothing on either side, as an
// error. A pattern that matches on one side is for an element that came or went, and one
// that a package was generated with need not match in its lock file, which has only the
// selected part. The same holds for an exclude that the package of c was generated with.
func unmatched(c config.Config, a, b *side, notes *Notes) error {
	had := func(key, pattern string) bool {
		return slices.ContainsFunc([]*side{a, b}, func(s *side) bool { return s.lock != nil && slices.Contains(patternsIn(s.lock.Config, key), pattern) })
	}
	var names []string
	for _, name := range c.Expand {
		_, _, err := api.Navigation(a.version.Model, name)
		if _, _, other := api.Navigation(b.version.Model, name); err != nil && other != nil && !had("expand", name) {
			names = append(names, fmt.Sprintf("expand: %q: %v", name, other))
		}
	}
	if names != nil {
		return config.ErrorOf(names)
	}
	var problems []api.Problem
	for _, p := range a.version.Unmatched {
		switch {
		case !slices.Contains(patternsIn(c, p.Flag), p.Pattern) || had(p.Flag, p.Pattern):
		case !slices.ContainsFunc(b.version.Unmatched, func(q api.Problem) bool { return q.Flag == p.Flag && q.Pattern == p.Pattern }):
		case excludedBefore(c, p):
			notes.advise(source.Position{}, "exclude: no version has a method any more that %q matches: remove the pattern", p.Pattern)
		default:
			problems = append(problems, p)
		}
	}
	if len(problems) > 0 {
		return &api.Error{Problems: problems}
	}
	return nil
}

// patternsIn returns the list of a configuration with a key.
func patternsIn(c config.Config, key string) []string {
	return map[string][]string{"include": c.Include, "exclude": c.Exclude, "types": c.Types, "derived": c.Derived, "expand": c.Expand}[key]
}

// choose selects a part of the version.
func (s *side) choose(c config.Config, patterns api.Options) (err error) {
	if s.lock != nil {
		s.version, err = s.lock.LoadSelected(s.name, c.Options)
		return err
	}
	_ = markExpanded(s.meta.model, s.config.Expand) // the other version may have the others
	s.version = &api.Version{Name: s.name, Model: s.meta.model}
	s.version.Selection, err = api.Select(s.meta.model, patterns)
	if e, ok := errors.AsType[*api.Error](err); ok && e.Rest != nil {
		s.version.Selection, s.version.Unmatched, err = e.Rest, e.Problems, nil
	}
	return err
}

// planFirst chooses and plans the earlier version.
func (s *side) planFirst(c config.Config, patterns api.Options) (*planned, error) {
	if err := s.choose(c, patterns); err != nil {
		return nil, err
	}
	p := &planned{Version: *s.version}
	if err := p.plan(golangOptions(s.config, p.Model, s.apiVersion)); err != nil {
		return nil, damagedKeeping(s.name, err)
	}
	return p, nil
}

// planAfter plans the later version. Names that it does not pin itself are
// pinned by the earlier one.
func (s *side) planAfter(from *side, patterns api.Options, earlier *planned) (*planned, error) {
	p := &planned{Version: *s.version}
	if p.Names == nil {
		p.Names = maps.Clone(earlier.Names)
		for _, m := range earlier.Selection.Methods {
			p.Earlier = append(p.Earlier, m.ID())
		}
	}
	if s.config.KeepDeprecated && from.lock != nil && s.lock == nil {
		if err := p.retain(s.meta, patterns, from.version, from.lock); err != nil {
			return nil, damagedKeeping(from.name, err)
		}
	}
	if err := p.plan(golangOptions(s.config, p.Model, s.apiVersion)); err != nil {
		return nil, damagedKeeping(s.name, err)
	}
	return p, nil
}

// sameModel reports whether two selected models say the same.
func sameModel(a, b *model.Model) (bool, error) {
	// Earlier lock files lack the aliases, which say nothing.
	encode := func(m *model.Model) (jsontext.Value, error) {
		m = slice.Used(m)
		for _, s := range m.Schemas {
			s.Alias = ""
		}
		return lock.EncodeModel(m)
	}
	x, err := encode(a)
	if err != nil {
		return false, err
	}
	y, err := encode(b)
	return string(x) == string(y), err
}
