package generator

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/describe"
	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/generator/input"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/slice"
)

// Explorer answers questions about one source, which it reads once. Its answers are
// those of [Describe], [Permissions], [Diff] and [Generate] for a configuration with
// another selection. Several goroutines can use it.
type Explorer struct {
	config  config.Config // as the user gave it, with a complete Input
	sliced  bool          // a new configuration has a slice of the upstream as its source
	updates bool          // update takes the selection from the upstream, not generate from the source
	file    string
	digest  string // of the file when config was read, "" if there was none
	meta    *metadata
	methods []*api.Method // all
	index   *describe.Index
	against string // another version, or ""
	changes func() (*diff.Comparison, error)

	// turn holds a value while a package is built, which takes all processors, and
	// guards the last one.
	turn chan struct{}
	last *built
	of   api.Options // the selection of last
}

// Explore reads the source of c, or its upstream if the source is a slice, or is still to
// be made. The file is the configuration to edit, which need not exist. With against,
// another version of the source, [Explorer.Changes] compares the two.
//
// Errors are those of [Generate].
func Explore(ctx context.Context, c config.Config, file, against string) (*Explorer, error) {
	sliced := c.Source == "" && c.Upstream != ""
	in, err := c.Input.Complete()
	if err != nil {
		return nil, err
	}
	c.Input = in
	if err := in.CheckUpstream(); err != nil {
		return nil, err
	}
	switch {
	case sliced:
		in.Source = in.Upstream
	case isSlice(ctx, in):
		in = in.Of(in.Upstream)
	}
	meta, err := read(ctx, in)
	if err != nil {
		return nil, err
	}
	e := &Explorer{config: c, sliced: sliced, updates: in.Source != c.Source, file: file, digest: digestOf(file), against: against, meta: meta, methods: meta.allMethods(), turn: make(chan struct{}, 1)}
	if err := config.Join(checkEvidence(meta.model, c.Evidence), markExpanded(meta.model, c.Expand)); err != nil {
		return nil, err
	}
	e.index = describe.NewIndex(meta.model, e.methods)
	everything := c
	everything.Options = api.Options{}
	everything.Input = in
	e.changes = sync.OnceValues(func() (*diff.Comparison, error) {
		comparison, _, err := Diff(ctx, everything, against, in.Source)
		return comparison, err
	})
	if against != "" {
		if err := readable(ctx, everything, against); err != nil {
			return nil, err
		}
		go e.changes() // takes seconds
	}
	return e, nil
}

// readable returns an error if the other version of a comparison cannot be read.
func readable(ctx context.Context, c config.Config, name string) error {
	s, err := openSide(ctx, "--against", name)
	if err != nil {
		return err
	}
	s.config = recorded(c, s, s)
	return s.parse()
}

// isSlice reports whether the source is the file that update makes from the upstream,
// which need not exist.
func isSlice(ctx context.Context, in config.Input) bool {
	if in.Upstream == "" || input.IsAddress(in.Source) {
		return false
	}
	document, err := input.Read(ctx, in.Source)
	return errors.Is(err, fs.ErrNotExist) || err == nil && slice.Is(document.Data)
}

// Source returns the name of the source, without a password.
func (e *Explorer) Source() string { return input.Redacted(e.meta.document.Name) }

// File returns the name of the configuration.
func (e *Explorer) File() string { return e.file }

// Options returns the selection to begin with, and the digest of the file for
// [Explorer.Write]: the selection that the explorer was opened with, or that of the file
// if it has changed since. A file with a mistake has none: [Explorer.Configuration]
// reports the mistake.
func (e *Explorer) Options() (o api.Options, digest string) {
	digest = digestOf(e.file)
	if digest != "" && digest != e.digest {
		if c, err := config.Read(e.file); err == nil {
			return c.Options, digest
		}
	}
	return e.config.Options, digest
}

// digestOf returns the digest of a file, or "" if it cannot be read.
func digestOf(file string) string {
	data, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	return lock.Digest(data)
}

// Advice says where there is more metadata than in the source, or is "".
func (e *Explorer) Advice() string { return e.meta.more(e.config) }

// Next is the command that generates the package once the configuration is written.
func (e *Explorer) Next() string {
	if e.updates {
		return "msgraphgen update"
	}
	return "msgraphgen generate"
}

// Search returns the elements that match a text, as [Describe] does for words.
func (e *Explorer) Search(text string) []describe.Hit { return e.index.Search(text) }

// Path describes the resource at a path, or returns nil.
func (e *Explorer) Path(path string) *describe.Path {
	return describe.OfPath(e.meta.model, path, e.meta.evidence(e.config))
}

// Type describes a type, with the methods whose request or response has it. It returns
// nil if there is no such type.
func (e *Explorer) Type(name string) *describe.Type {
	if !e.Has(name) {
		return nil
	}
	t := e.meta.model.Type(name)
	var methods []*api.Method
	for _, m := range e.methods {
		if slices.Contains(m.Needs(), t) {
			methods = append(methods, m)
		}
	}
	return describe.OfType(e.meta.model, methods, t, e.meta.evidence(e.config))
}

// Has reports whether the source declares a type.
func (e *Explorer) Has(name string) bool {
	t := e.meta.model.Type(name)
	_, primitive := t.(*model.Primitive)
	return t != nil && !primitive
}

// Size returns how many types and methods the source has.
func (e *Explorer) Size() (types, methods int) {
	for _, s := range e.meta.model.Schemas {
		types += len(s.Structured) + len(s.Enums) + len(s.Definitions)
	}
	return types, len(e.methods)
}

// HasPages reports whether reference pages were read.
func (e *Explorer) HasPages() bool { return e.meta.hasPages(e.config) }

// Against returns the name of the other version, or "".
func (e *Explorer) Against() string { return input.Redacted(e.against) }

// Changes compares the other version with the source, as [Diff] does for everything.
func (e *Explorer) Changes() (*diff.Comparison, error) { return e.changes() }

// Method describes a method.
type Method struct {
	Request     string
	Kind        api.Kind
	Description string // of the operation that it calls, or else of the resource
	Returns     string // a type, or "" for nothing
	Body        string // the type of the entity that it sends, or ""
	Path        *describe.Path
	Permissions *describe.Permissions
}

// Method describes the method that a request calls, or returns nil.
func (e *Explorer) Method(request string) *Method {
	m := e.method(request)
	if m == nil {
		return nil
	}
	d := &Method{
		Request: request, Kind: m.Kind, Returns: m.Returns().String(),
		Path: e.Path(m.Paths[0].String()), Permissions: describe.PermissionsOf([]*api.Method{m}),
	}
	d.Description = cmp.Or(vocab.Description(m.Annotations()), d.Path.Description)
	if m.HasBody() {
		d.Body = m.Resource.Type().QualifiedName()
	}
	return d
}

// method returns the method that a request calls, with the path of the request, or nil.
func (e *Explorer) method(request string) *api.Method {
	verb, path, _ := strings.Cut(request, " ")
	for _, m := range api.FindAll(e.meta.model, path) {
		if m.Verb == verb {
			return m
		}
	}
	return nil
}
