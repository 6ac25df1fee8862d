package generator

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// UpdateOptions are the options of [Update].
type UpdateOptions struct {
	Force    bool                    // overwrites files that were edited by hand
	Cache    string                  // a folder to remember releases in, or "" for none
	Progress func(read, total int64) // is called while the release comes in; total is -1 if not known; may be nil
}

// UpdateResult is what an update did.
type UpdateResult struct {
	*Result
	Upstream     string // what the release was read from
	NotModified  bool   // it is the one of the last time
	Source       string // the file with the slice; "" if the source is the release itself
	SourceAction output.Action

	// Selected is what changed of what is generated from; nil where nothing
	// was generated before.
	Selected *diff.Comparison
	// Outside is what else changed since the release of the last time; nil if
	// that is not known.
	Outside *Outside
}

// Clean reports whether there was nothing to do.
func (u *UpdateResult) Clean() bool {
	return u.Changes.Clean() && (u.Source == "" || u.SourceAction == output.Unchanged)
}

// Update reads the metadata that the source of c is taken from, makes the
// source from it, and generates. What does not change is not written: a release
// that does not touch the selection changes no file at all.
//
// Nothing is written before everything is known to be right. If the package
// cannot be written, the source stays as it was.
//
// Errors are those of [Write].
func Update(ctx context.Context, c Config, o UpdateOptions) (*UpdateResult, error) {
	c, err := c.complete()
	if err != nil {
		return nil, err
	}
	upstream, err := c.upstream()
	if err != nil {
		return nil, err
	}
	unlock, err := output.Exclusive(c.Output)
	if err != nil {
		return nil, err
	}
	defer unlock()
	last, err := c.last()
	if err != nil {
		return nil, err
	}
	release, err := c.fetch(ctx, upstream, o)
	if err != nil {
		return nil, err
	}
	next, warnings, err := c.sourceFrom(release)
	if err != nil {
		return nil, err
	}
	result, err := c.generate(next)
	if err != nil {
		return nil, err
	}
	result.Warnings = merged(warnings, result.Warnings)
	u := &UpdateResult{Result: result, Upstream: release.name, NotModified: release.same}
	selected := []*model.Model{result.side.selected.Model}
	before, err := c.before(last)
	if err != nil {
		return nil, err
	}
	if before != nil {
		if u.Selected, err = c.compare(before, result.side); err != nil {
			return nil, err
		}
		selected = append(selected, before.selected.Model)
	}
	if u.Outside, err = c.outside(release, selected...); err != nil {
		return nil, err
	}
	if err := result.Changes.Refused(o.Force); err != nil {
		return u, err
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("interrupted, before anything was written: %w", err)
	}
	if err := u.write(last, next, o); err != nil {
		return nil, err
	}
	if err := release.keep(); err != nil {
		var ds source.Diagnostics
		ds.Warnf(source.Position{File: release.name}, "it cannot be remembered for the next time: %v", err)
		result.Warnings = append(result.Warnings, ds.Warnings()...)
	}
	return u, nil
}

// merged returns the warnings of two passes over the same pages, each once.
func merged(a, b []source.Diagnostic) []source.Diagnostic {
	for _, d := range b {
		if !slices.Contains(a, d) {
			a = append(a, d)
		}
	}
	return a
}

// state is what there is before an update.
type state struct {
	lock   *output.Lock // nil if nothing was generated
	source []byte       // the file of the source; nil if there is none
}

func (c Config) last() (state, error) {
	lock, err := output.ReadLock(c.Output)
	if err != nil || c.Upstream == "" {
		return state{lock: lock}, err
	}
	data, err := os.ReadFile(c.Source)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return state{}, fmt.Errorf("source: %w", err)
	}
	return state{lock, data}, nil
}

// generated reports whether the source that is there is the one that was
// generated from.
func (s state) generated() bool {
	return s.lock != nil && s.source != nil && s.lock.Source.Digest == digest(s.source)
}

// before returns what there is, for comparing; nil where that is nothing.
func (c Config) before(last state) (*side, error) {
	if last.lock == nil || len(last.lock.Model) == 0 {
		return nil, nil
	}
	s := &side{config: c, name: filepath.Join(c.Output, output.LockName), locked: true, pinned: last.lock.Names}
	if !last.generated() {
		return s, s.readLocked(last.lock)
	}
	// It has the same as the lock file, and positions too.
	var err error
	if s.keeper.kept, err = lockedKept(last.lock); err != nil {
		return nil, damaged(s.name, err)
	}
	s.name, s.locked = c.Source, false
	var ds source.Diagnostics
	s.model, err = parseWithPages(document{name: c.Source, data: last.source}, c, &ds)
	return s, err
}

// compare compares what there is with what is to come.
func (c Config) compare(before, next *side) (*diff.Comparison, error) {
	if err := chooseAsked(c.patterns(), before, next); err != nil {
		return nil, err
	}
	if fits(before.keeper.kept, before.selected) != nil {
		before.keeper = keeper{} // something else was selected then
	}
	comparison, err := compareSides(before, next)
	if err == nil && before.name == next.name {
		comparison.Old += ", before"
	}
	return comparison, err
}

// write writes the source and the package, as far as they change.
func (u *UpdateResult) write(last state, next document, o UpdateOptions) error {
	if next.upstream == nil {
		return u.Changes.Write(output.WriteOptions{Force: o.Force})
	}
	u.Source, u.SourceAction = next.name, output.Unchanged
	// A source that says the same in other words stays.
	if u.Changes.Lock != output.Unchanged || !last.generated() {
		changed, err := output.WriteFile(next.name, next.data)
		switch {
		case err != nil:
			return fmt.Errorf("source: %w", err)
		case last.source == nil:
			u.SourceAction = output.Created
		case changed:
			u.SourceAction = output.Changed
		}
	}
	err := u.Changes.Write(output.WriteOptions{Force: o.Force})
	if err != nil {
		u.restore(last)
	}
	return err
}

// restore puts the source back. If that fails too, the source is new and the
// package old: the next run tells, and mends it.
func (u *UpdateResult) restore(last state) {
	switch u.SourceAction {
	case output.Created:
		_ = os.Remove(u.Source)
	case output.Changed:
		_, _ = output.WriteFile(u.Source, last.source)
	}
}
