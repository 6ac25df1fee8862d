package generator

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/input"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/slice"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// UpdateOptions are the options of [Update].
type UpdateOptions struct {
	Force    bool                    // overwrites files that were edited by hand, and a source that is not a slice
	Cache    string                  // a folder to remember releases in, or "" for none
	Progress func(read, total int64) // called while the release comes in; total is -1 if unknown; may be nil
}

// UpdateResult is the result of an update.
type UpdateResult struct {
	*Result
	Upstream     string // what the release was read from
	NotModified  bool   // the release is that of the last update of this package
	Source       string // the file with the slice; "" if the source is the release itself
	SourceAction output.Action

	// Selected are the changes of the selection; nil if nothing was generated before.
	Selected *diff.Comparison
	// Outside are the other changes since the release of the last update; nil if they
	// are unknown.
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
	unlock, err := output.Exclusive(ctx, c.Output)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if c.Upstream != "" {
		if err := output.RemoveTemporary(c.Source); err != nil {
			return nil, fmt.Errorf("source: %w", err)
		}
	}
	last, err := lastRun(c)
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(last.source)) > 0 && !slice.Is(last.source) && !o.Force {
		return nil, config.Errorf("source: %s is not a slice that msgraphgen has written, and update would replace it by one: name another file as source, or overwrite this one with --force", c.Source)
	}
	release, err := fetch(ctx, upstream, last, c, o)
	if err != nil {
		return nil, err
	}
	meta, err := parse(&release.Document, releaseInput(c), c.Include...)
	if err != nil {
		return nil, err
	}
	// The lock file has the digest of an earlier release than the last one if that did not
	// touch the selection.
	if release.earlier == nil || len(meta.model.Referenced) > 0 {
		release.earlier = nil // is the document alone, without those that it refers to
		release.NotModified = last.digest() == meta.digest()
	}
	selected, err := meta.chooseAgain(c, last.lock)
	if err != nil {
		return nil, last.explain(err)
	}
	u := &UpdateResult{Upstream: release.Name, NotModified: release.NotModified}
	document, err := meta.cut(c, selected, u)
	if err != nil {
		return nil, err
	}
	before, err := last.version(c)
	if err != nil {
		return nil, err
	}
	now, err := meta.plan(c, selected, before, last.lock)
	if err != nil {
		return nil, err
	}
	if document != nil {
		now.Name = c.Source
	}
	if err := u.generate(asked, c, meta, now, last, document); err != nil {
		return nil, err
	}
	if before != nil {
		if u.Selected, err = compareWith(c, before, now); err != nil {
			return nil, err
		}
		now.explainLost(u.Selected)
	}
	if u.Outside, err = outsideOf(release, meta, c, now, before); err != nil {
		return nil, err
	}
	if err := u.Changes.Refused(o.Force); err != nil {
		return u, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := u.write(last, document, o); err != nil {
		return nil, err
	}
	recorded := meta.digest()
	if u.Changes.Lock == output.Unchanged {
		recorded = last.digest()
	}
	if err := release.remember(recorded); err != nil {
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
func (meta *metadata) cut(c config.Config, selected *api.Selection, u *UpdateResult) ([]byte, error) {
	if c.Upstream == "" {
		return nil, nil
	}
	u.Source = c.Source
	document, warnings, err := meta.slice(c, selected)
	if err != nil {
		return nil, err
	}
	meta.problems = append(meta.problems, warnings...)
	return document, relocate(meta.model, selected.Model, c.Source, document)
}

// generate renders the package and compares it with the one that is there.
func (u *UpdateResult) generate(asked, c config.Config, meta *metadata, now *planned, last *run, document []byte) error {
	files, err := golang.Render(now.Plan)
	if err != nil {
		return err
	}
	from := meta.source(last.lock)
	if document != nil {
		made := &input.Document{Name: c.Source, Data: document}
		from = lock.Source{
			Name: made.PublicName(), Format: config.FormatCSDL, Digest: lock.Digest(document),
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
	u.adviseOnFolder()
	return nil
}

// run is the result of the last run, as an update finds it.
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
// there is none. Its elements have no positions: update overwrites the source that
// they were in.
func (r *run) version(c config.Config) (*api.Version, error) {
	if r.lock == nil || r.lock.Outdated() || r.lock.Begun() {
		return nil, nil
	}
	v, err := r.lock.LoadSelected(lockName(c.Output), c.Options)
	if err == nil && r.generated() {
		v.Name = c.Source
	}
	return v, err
}

// digest returns the digest of the release that the package was generated from, or
// "" if that is not known.
func (r *run) digest() string {
	switch {
	case r.lock == nil:
		return ""
	case r.lock.Source.Upstream != nil:
		return r.lock.Source.Upstream.Digest
	default:
		return r.lock.Source.Digest
	}
}

// explain adds to an error about names and patterns that match nothing which of them
// the package was generated with.
func (r *run) explain(err error) error {
	if r.lock == nil {
		return err
	}
	const gone = "\n\tthe new release does not have it any more: change or remove the %s; until then, the package stays as it is"
	if both, ok := errors.AsType[*mistakes](err); ok {
		return config.Join(r.explain(both.names), r.explain(both.patterns))
	}
	was := r.lock.Config
	if e, ok := errors.AsType[*api.Error](err); ok {
		had := map[string][]string{"include": was.Include, "exclude": was.Exclude, "types": was.Types, "derived": was.Derived}
		for i, p := range e.Problems {
			if slices.Contains(had[p.Flag], p.Pattern) {
				e.Problems[i].Message += fmt.Sprintf(gone, "pattern")
			}
		}
	}
	if e, ok := errors.AsType[*config.Error](err); ok {
		lines := strings.Split(e.Message, "\n")
		for i, line := range lines {
			for key, names := range map[string][]string{"expand": was.Expand, "read-only": was.ReadOnly, "settable": was.Settable} {
				if slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(line, fmt.Sprintf("%s: %q: ", key, name)) }) {
					lines[i] += fmt.Sprintf(gone, "name")
				}
			}
		}
		return &config.Error{Message: strings.Join(lines, "\n")}
	}
	return err
}

// compareWith returns the changes since an earlier version of the same package.
func compareWith(c config.Config, before *api.Version, now *planned) (*diff.Comparison, error) {
	options := golangOptions(c, before.Model, now.Plan.Options.APIVersion)
	old := now.before
	if old == nil || !before.Retained.IsZero() {
		old = &planned{Version: *before}
		if err := old.plan(options); err != nil {
			// Something else was selected then: the retained elements do not fit.
			old = &planned{Version: *before}
			old.Retained = nil
			if err := old.plan(options); err != nil {
				return nil, damagedKeeping(before.Name, err)
			}
		}
	}
	comparison := diff.Compare(old.diff(), now.diff())
	if err := unselect(comparison, lockName(c.Output), old, now, options); err != nil {
		return nil, err
	}
	if comparison.Old == comparison.New || comparison.Old == c.Source {
		comparison.Old += ", before"
	}
	return comparison, nil
}

// unselect adds what callers of a package lose because the patterns select only a part of
// it. The lock file of the package has a name.
func unselect(comparison *diff.Comparison, name string, part, now *planned, options golang.Options) error {
	if part.Whole == nil {
		return nil
	}
	whole, err := part.whole(options)
	if err != nil {
		return damagedKeeping(name, err)
	}
	whole.Name = name
	if now, err = now.whole(options); err != nil { // a package can have more than the patterns select
		return damagedKeeping(now.Name, err)
	}
	comparison.Unselect(whole.diff(), part.diff(), now.diff())
	return nil
}

// whole returns the package of which p is a part: p itself unless it is of a lock file.
func (p *planned) whole(options golang.Options) (*planned, error) {
	if p.Whole == nil {
		return p, nil
	}
	whole := &planned{Version: p.Version}
	whole.Selection = p.Whole
	return whole, whole.plan(options)
}

// write writes the source and the files of the package that change.
func (u *UpdateResult) write(last *run, document []byte, o UpdateOptions) error {
	if document == nil {
		return u.Changes.Write(output.WriteOptions{Force: o.Force})
	}
	u.SourceAction = output.Unchanged
	// A source that says the same in other words stays.
	if u.Changes.Lock != output.Unchanged || !last.generated() {
		changed, err := output.WriteFile(u.Source, document)
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
	earlier  []byte                      // the release of the last update; nil if it is not known
	remember func(recorded string) error // stores the release for the next update, with the digest in the lock file
}

// upstreamOf returns the upstream of c, or the source itself if it is an address. The
// error is a *config.Error if there is neither, or no file for the slice.
func upstreamOf(c config.Config) (string, error) {
	switch {
	case c.Upstream == "" && input.IsAddress(c.Source):
		return c.Source, nil
	case c.Upstream == "":
		return "", config.Errorf("update: the origin of %s is unknown: give it as upstream, an address or a file", c.Source)
	case c.Format == config.FormatOpenAPI:
		return "", config.Errorf("format: update writes the source as CSDL, also where the upstream is OpenAPI: leave out format")
	case input.IsAddress(c.Source), c.Source == input.Snapshot:
		return "", config.Errorf("source: %s cannot be written: name the file for the slice that update makes", input.Redacted(c.Source))
	case config.SameFile(c.Source, c.Upstream):
		return "", config.Errorf("source: %s is the upstream itself, and update would replace it by its slice: name another file for the slice", c.Source)
	}
	return c.Upstream, c.CheckUpstream()
}

// fetch reads an upstream, and the release of the last update of the package.
func fetch(ctx context.Context, upstream string, last *run, c config.Config, o UpdateOptions) (*release, error) {
	folder, err := filepath.Abs(c.Output)
	if err != nil {
		return nil, err
	}
	var (
		cache    = input.Cache{Dir: o.Cache, Package: folder}
		key      = upstream
		document *input.Document
		old      *input.Cached
	)
	if input.IsAddress(upstream) {
		options := input.Fetching
		options.Progress = o.Progress
		if document, old, err = cache.Get(ctx, upstream, options); err != nil {
			return nil, about("upstream", err)
		}
	} else {
		if document, err = readDocument(ctx, "upstream", upstream); err != nil {
			return nil, err
		}
		if key, err = filepath.Abs(upstream); err != nil {
			return nil, err
		}
		old = cache.Find(key)
	}
	r := &release{Document: *document, remember: func(recorded string) error { return cache.Put(key, document, recorded) }}
	// Version control can have put the package back since the last update here: then
	// it was generated from another release.
	if old != nil && old.Recorded == last.digest() {
		r.earlier = old.Data
	}
	r.NotModified = r.earlier != nil && bytes.Equal(r.earlier, r.Data)
	return r, nil
}
