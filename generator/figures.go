package generator

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/describe"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/input"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/output"
)

// Figures are the costs of a selection.
type Figures struct {
	Types, Methods, Files int // as generate counts them
	Lines                 struct {
		Package, Tests, Support int // of Go; the fake service is for tests
	}
	Permissions *describe.Permissions
	Advice      []string
	Selected    []string // those of the requests in question that the package can send
}

// Figures builds the package for a selection, as [Generate] does, and reports its
// size. Of some requests it reports which ones the package can send.
//
// Errors are those of [Generate].
func (e *Explorer) Figures(ctx context.Context, o api.Options, requests []string) (*Figures, error) {
	if o.IsZero() {
		return &Figures{}, nil
	}
	made, err := e.current(ctx, o)
	if err != nil {
		return nil, err
	}
	selected := made.now.Selection
	f := &Figures{
		Types: len(selected.Types), Methods: methods(selected), Files: len(made.files) + 1, // the lock file
		Permissions: describe.PermissionsOf(selected.Methods),
	}
	for name, text := range made.files {
		lines := bytes.Count(text, []byte("\n"))
		switch {
		case !strings.HasSuffix(name, ".go"):
		case strings.HasSuffix(name, "_test.go"), strings.HasPrefix(name, golang.FakeDir+"/"):
			f.Lines.Tests += lines
		case strings.HasPrefix(name, config.ODataDir+"/"):
			f.Lines.Support += lines
		default:
			f.Lines.Package += lines
		}
	}
	notes := e.meta.notes(selected)
	for _, line := range append(notes.Summary(), made.now.Plan.Notes...) {
		line, _, _ = strings.Cut(line, ": --verbose prints")
		f.Advice = append(f.Advice, line)
	}
	if _, err := e.with(o).Complete(); err != nil { // build made the package for an invented module
		f.Advice = append(f.Advice, err.Error())
	}
	f.Selected = e.selected(selected, requests)
	return f, nil
}

// selected returns the requests that the package for a selection can send: it has the
// method, and the steps along the path.
func (e *Explorer) selected(s *api.Selection, requests []string) []string {
	type step struct{ from, to model.Resource }
	steps, ids := map[step]bool{}, map[string]bool{}
	for _, link := range s.Steps {
		steps[step{link.From, link.To}] = true
	}
	for _, m := range s.Methods {
		ids[m.ID()] = true
	}
	var list []string
	for _, request := range requests {
		m := e.method(request)
		if m == nil || !ids[m.ID()] {
			continue
		}
		from, reached := model.Resource{}, true
		for _, to := range m.Paths[0] {
			reached = reached && steps[step{from, to}]
			from = to
		}
		if reached {
			list = append(list, request)
		}
	}
	return list
}

// current returns the package for the selection that the user makes. It keeps the last
// one.
func (e *Explorer) current(ctx context.Context, o api.Options) (*built, error) {
	return e.inTurn(ctx, func() (*built, error) {
		if e.last != nil && reflect.DeepEqual(e.of, o) {
			return e.last, nil
		}
		made, err := e.build(o)
		if err == nil {
			e.last, e.of = made, o
		}
		return made, err
	})
}

// inTurn calls a function when no other one runs. A request that has ended by then is
// not worth the work.
func (e *Explorer) inTurn(ctx context.Context, build func() (*built, error)) (*built, error) {
	select {
	case e.turn <- struct{}{}:
		defer func() { <-e.turn }()
	case <-ctx.Done():
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return build()
}

// build makes the package for a selection. Where no package can be written, such as
// outside of a module, it makes one for an invented module: then the figures hold too.
func (e *Explorer) build(o api.Options) (*built, error) {
	c := e.with(o)
	complete, err := c.Complete()
	if err != nil {
		c.Destination = config.Destination{Output: c.Output, Package: "graph", ImportPath: "example.com/graph"}
		if complete, err = c.Complete(); err != nil {
			return nil, err
		}
	}
	old, err := output.ReadLock(complete.Output)
	if err != nil {
		return nil, err
	}
	return e.meta.build(complete, old)
}

// with returns the configuration with another selection; the fields of navigation
// properties stay. The name of the output follows from the selection until the user
// decides it, as with [Init].
func (e *Explorer) with(o api.Options) config.Config {
	c := e.config
	o.Expand = c.Expand
	c.Options = o
	if c.Output == "" && (e.sliced || c.Source != input.Snapshot) {
		c.Output = config.OutputFor(c.Include)
	}
	c.Output = cmp.Or(c.Output, config.DefaultOutput)
	if e.sliced {
		c.Source = config.SliceName(c.Output)
	}
	return c
}

// Preview is the Go for a method.
type Preview struct {
	Files []PreviewFile // the builder with the method first, then the type of the body or the response
}

// PreviewFile is a generated file.
type PreviewFile struct{ Name, Text string }

// Preview returns the files that [Generate] writes for a method alone.
func (e *Explorer) Preview(ctx context.Context, request string) (*Preview, error) {
	alone := api.Options{Include: []string{request}, Expand: e.config.Expand, Derived: e.config.Derived}
	made, err := e.inTurn(ctx, func() (*built, error) { return e.build(alone) })
	if err != nil {
		return nil, err
	}
	p := &Preview{}
	add := func(name string) {
		text, ok := made.files[name+".go"]
		if ok && !slices.ContainsFunc(p.Files, func(f PreviewFile) bool { return f.Name == name+".go" }) {
			p.Files = append(p.Files, PreviewFile{name + ".go", string(text)})
		}
	}
	for _, m := range made.now.Plan.Methods {
		add(m.Builder.File)
		if m.Body != nil {
			add(m.Body.File)
		}
		if m.Type != nil {
			add(m.Type.File)
		}
	}
	return p, nil
}

// Configuration returns the text of the configuration with another selection: that of
// the file, in which only the selection changes, or a new one with comments. It also
// returns the digest of the file that it was made from, "" if there is none.
func (e *Explorer) Configuration(o api.Options) (text []byte, digest string, err error) {
	old, err := os.ReadFile(e.file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		c := e.with(o)
		c.APIVersion = e.meta.statedVersion()
		for _, address := range []string{c.Source, c.Upstream} {
			if input.HasPassword(address) {
				return nil, "", config.Errorf("%s holds a user name or a password, which do not belong into a file that others read: write the configuration yourself", input.Redacted(address))
			}
		}
		text, err = config.File(c, c.OData)
		return text, "", err
	case err != nil:
		return nil, "", err
	}
	text, err = config.Edit(e.file, old, e.with(o).Options)
	return text, lock.Digest(old), err
}

// Write writes the configuration with another selection, if [Generate] accepts the
// selection, and if the file is still the one with the digest. It writes no other file,
// and returns the new digest.
func (e *Explorer) Write(ctx context.Context, o api.Options, digest string) (written string, err error) {
	if o.IsZero() {
		return "", config.Errorf("nothing is selected: choose a method first")
	}
	if _, err := e.current(ctx, o); err != nil {
		return "", err
	}
	unlock, err := output.Exclusive(ctx, e.file)
	if err != nil {
		return "", err
	}
	defer unlock()
	text, now, err := e.Configuration(o)
	switch {
	case err != nil:
		return "", err
	case now != digest:
		return "", config.Errorf("%s has changed since it was read: reload the page", e.file)
	}
	if info, err := os.Lstat(e.file); err == nil && !info.Mode().IsRegular() {
		return "", config.Errorf("%s is not a plain file: change it yourself", e.file)
	}
	_, err = output.WriteFile(e.file, text)
	return lock.Digest(text), err
}
