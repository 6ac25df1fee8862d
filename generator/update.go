package generator

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/input"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// UpdateOptions are the options of [Update].
type UpdateOptions struct {
	Force    bool                    // overwrites files that were edited by hand
	Cache    string                  // a folder to remember releases in, or "" for none
	Progress func(read, total int64) // called while the release comes in; total is -1 if unknown; may be nil
}

// UpdateResult is what an update did.
type UpdateResult struct {
	*Result
	Upstream     string // what the release was read from
	NotModified  bool   // the release is that of the last update
	Source       string // the file with the slice; "" if the source is the release itself
	SourceAction output.Action

	// Selected is what changed in the selection; nil where nothing was generated
	// before.
	Selected *diff.Comparison
	// Outside is what else changed since the release of the last update; nil if
	// that is not known.
	Outside *Outside
}

// Clean reports whether there was nothing to do.
func (u *UpdateResult) Clean() bool {
	return u.Changes.Clean() && (u.Source == "" || u.SourceAction == output.Unchanged)
}

// Update reads the metadata that the source of c is made from, makes the source
// from it, and generates. It writes only files that change: a release that does
// not touch the selection changes no file at all.
//
// Nothing is written before everything is known to be right. If the package
// cannot be written, the source stays as it was.
//
// Errors are those of [Write].
func Update(ctx context.Context, c config.Config, o UpdateOptions) (*UpdateResult, error) {
	asked := c
	c, err := c.Complete()
	if err != nil {
		return nil, err
	}
	upstream, err := upstreamOf(c)
	if err != nil {
		return nil, err
	}
	unlock, err := output.Exclusive(c.Output)
	if err != nil {
		return nil, err
	}
	defer unlock()
	last, err := lastRun(c)
	if err != nil {
		return nil, err
	}
	release, err := fetch(ctx, upstream, o)
	if err != nil {
		return nil, err
	}
	meta, err := parse(&release.Document, releaseInput(c), c.Include...)
	if err != nil {
		return nil, err
	}
	selected, err := meta.choose(c)
	if err != nil {
		return nil, err
	}
	before, err := last.version(c)
	if err != nil {
		return nil, err
	}
	now, err := meta.plan(c, selected, before, pinned(last.lock))
	if err != nil {
		return nil, err
	}
	u := &UpdateResult{Upstream: release.Name, NotModified: release.NotModified}
	slice, err := meta.cut(c, now, u)
	if err != nil {
		return nil, err
	}
	if err := u.generate(asked, c, meta, now, last, slice); err != nil {
		return nil, err
	}
	if before != nil {
		if u.Selected, err = compareWith(c, before, now); err != nil {
			return nil, err
		}
	}
	if u.Outside, err = outsideOf(release, meta, c, now, before); err != nil {
		return nil, err
	}
	if err := u.Changes.Refused(o.Force); err != nil {
		return u, err
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("interrupted before anything was written: %w", err)
	}
	if err := u.write(last, slice, o); err != nil {
		return nil, err
	}
	if err := release.remember(); err != nil {
		u.advise(source.Position{File: release.Name}, "the release cannot be remembered for the next update: %v", err)
	}
	return u, nil
}

// releaseInput returns how to read the release that the source is made from.
func releaseInput(c config.Config) config.Input {
	in := c.Input
	if c.Upstream != "" {
		in.Format = config.FormatAuto // that of the source is CSDL
	}
	return in
}

// cut returns the slice of a release that becomes the source; nil where the
// source is the release itself. The positions of the selection are those in the
// slice from then on.
func (meta *metadata) cut(c config.Config, now *planned, u *UpdateResult) ([]byte, error) {
	if c.Upstream == "" {
		return nil, nil
	}
	u.Source = c.Source
	document, warnings, err := meta.slice(c, now.Selection, now.Version.Names)
	if err != nil {
		return nil, err
	}
	meta.problems = append(meta.problems, warnings...)
	return document, relocate(now, c.Source, document)
}

// generate renders the package and compares it with the one that is there.
func (u *UpdateResult) generate(asked, c config.Config, meta *metadata, now *planned, last *run, slice []byte) error {
	files, err := golang.Render(now.Plan)
	if err != nil {
		return err
	}
	from := meta.source(last.lock)
	if slice != nil {
		made := &input.Document{Name: c.Source, Data: slice}
		from = lock.Source{
			Name: made.PublicName(), Format: config.FormatCSDL, Digest: lock.Digest(slice),
			Upstream: &lock.Upstream{Name: meta.document.PublicName(), Digest: meta.digest()},
		}
	}
	next, err := meta.lockFile(asked, c, from, now, last.lock)
	if err != nil {
		return err
	}
	changes, err := output.Compare(c.Output, files, next)
	if err != nil {
		return err
	}
	u.Result = meta.result(c, now, changes)
	u.warnLeftovers(c.Output, files, last.lock)
	return now.warnLost(&u.Notes)
}

// run is what there is before an update.
type run struct {
	lock   *lock.File // nil if nothing was generated
	source []byte     // the file of the source; nil if there is none
}

func lastRun(c config.Config) (*run, error) {
	f, err := output.ReadLock(c.Output)
	if err != nil || c.Upstream == "" {
		return &run{lock: f}, err
	}
	data, err := os.ReadFile(c.Source)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("source: %w", err)
	}
	return &run{f, data}, nil
}

// generated reports whether the source that is there is the one that was
// generated from.
func (r *run) generated() bool {
	return r.lock != nil && r.source != nil && r.lock.Source.Digest == lock.Digest(r.source)
}

// version returns the version that the package was generated from; nil where
// there is none. Where the source is there, the positions are those in it.
func (r *run) version(c config.Config) (*api.Version, error) {
	if r.lock == nil || r.lock.Outdated() || r.lock.Begun() {
		return nil, nil
	}
	v, err := r.lock.LoadSelected(lockName(c.Output), c.Options)
	if err != nil || !r.generated() {
		return v, err
	}
	if err := locate(v, c.Source, r.source); err != nil {
		return nil, err
	}
	v.Name = c.Source
	return v, nil
}

// compareWith returns what changed from an earlier version of the same package.
func compareWith(c config.Config, before *api.Version, now *planned) (*diff.Comparison, error) {
	old := now.before
	if old == nil || !before.Retained.IsZero() {
		old = &planned{Version: *before}
		if err := old.plan(golangOptions(c, before.Model, now.Plan.Options.APIVersion)); err != nil {
			// Something else was selected then: the retained elements do not fit.
			old = &planned{Version: *before}
			old.Retained = nil
			if err := old.plan(golangOptions(c, before.Model, now.Plan.Options.APIVersion)); err != nil {
				return nil, damagedKeeping(before.Name, err)
			}
		}
	}
	comparison := diff.Compare(old.diff(), now.diff())
	if comparison.Old == comparison.New || comparison.Old == c.Source {
		comparison.Old += ", before"
	}
	return comparison, nil
}

// write writes the source and the package, as far as they change.
func (u *UpdateResult) write(last *run, slice []byte, o UpdateOptions) error {
	if slice == nil {
		return u.Changes.Write(output.WriteOptions{Force: o.Force})
	}
	u.SourceAction = output.Unchanged
	// A source that says the same in other words stays.
	if u.Changes.Lock != output.Unchanged || !last.generated() {
		changed, err := output.WriteFile(u.Source, slice)
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
// package old: the next run reports and repairs it.
func (u *UpdateResult) restore(last *run) {
	switch u.SourceAction {
	case output.Created:
		_ = os.Remove(u.Source)
	case output.Changed:
		_, _ = output.WriteFile(u.Source, last.source)
	}
}

// release is the metadata that update makes the source from.
type release struct {
	input.Document
	earlier  []byte       // the release of the last update; nil if it is not known
	remember func() error // stores the release for the next update
}

// upstreamOf returns what update makes the source of c from: the upstream, or
// the source itself where that is an address. It is a *config.Error if there is
// nothing to make it from, or nowhere to put it.
func upstreamOf(c config.Config) (string, error) {
	switch {
	case c.Upstream == "" && input.IsAddress(c.Source):
		return c.Source, nil
	case c.Upstream == "":
		return "", config.Errorf("update: the origin of %s is unknown: give it as upstream, an address or a file", c.Source)
	case c.Format == config.FormatOpenAPI:
		return "", config.Errorf("format: update writes the source as CSDL, also where the upstream is OpenAPI: leave out format")
	case input.IsAddress(c.Source), c.Source == input.Snapshot:
		return "", config.Errorf("source: %s cannot be written: name the file for the slice that update makes", c.Source)
	}
	return c.Upstream, nil
}

// fetch reads an upstream.
func fetch(ctx context.Context, upstream string, o UpdateOptions) (*release, error) {
	cache := input.Cache{Dir: o.Cache}
	if !input.IsAddress(upstream) {
		return readRelease(ctx, upstream, cache)
	}
	options := input.Fetching
	options.Progress = o.Progress
	document, earlier, err := cache.Get(ctx, upstream, options)
	if _, ok := errors.AsType[*input.SchemeError](err); ok {
		return nil, config.Errorf("upstream: %v", err)
	}
	if _, ok := errors.AsType[*source.InputError](err); err != nil && !ok {
		return nil, fmt.Errorf("upstream: %w", err)
	}
	if err != nil {
		return nil, err
	}
	return &release{*document, earlier, func() error { return cache.Put(upstream, document) }}, nil
}

// readRelease reads an upstream that is a file.
func readRelease(ctx context.Context, file string, cache input.Cache) (*release, error) {
	document, err := readDocument(ctx, "upstream", file)
	if err != nil {
		return nil, err
	}
	abs, err := filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	r := &release{*document, nil, func() error { return cache.Put(abs, document) }}
	if old := cache.Find(abs); old != nil {
		r.earlier, r.NotModified = old.Data, string(old.Data) == string(document.Data)
	}
	return r, nil
}
