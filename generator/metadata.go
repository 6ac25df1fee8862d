package generator

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/input"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/openapi"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/slice"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// metadata is a source that was read, with its reference pages.
type metadata struct {
	input      config.Input // how it was read
	document   *input.Document
	format     string
	model      *model.Model // linked
	pages      []*docs.Page
	problems   []source.Diagnostic // of the pages
	apiVersion string
	guessed    bool     // nothing says the API version
	gone       []string // the excludes that match nothing any more

	documentDigest func() string
}

// read reads a source, and its reference pages.
func read(ctx context.Context, in config.Input, patterns ...string) (*metadata, error) {
	document, err := readSource(ctx, in)
	if err != nil {
		return nil, err
	}
	return parse(document, in, patterns...)
}

// readSource reads the document of a source.
func readSource(ctx context.Context, in config.Input) (*input.Document, error) {
	document, err := readDocument(ctx, "source", in.Source)
	if errors.Is(err, fs.ErrNotExist) && in.Upstream != "" {
		err = fmt.Errorf("%w: run update to make it from %s", err, in.Origin())
	}
	return document, err
}

// readDocument reads a document. Its errors begin with the key of the document in the
// configuration, such as "source", unless they have a position.
func readDocument(ctx context.Context, key, name string) (*input.Document, error) {
	document, err := input.Read(ctx, name)
	if err != nil {
		return nil, about(key, err)
	}
	return document, nil
}

// about returns an error of package input that begins with the key of the document,
// unless it has a position.
func about(key string, err error) error {
	if _, ok := errors.AsType[*input.SchemeError](err); ok {
		return config.Errorf("%s: %v", key, err)
	}
	if _, ok := errors.AsType[*source.InputError](err); ok {
		return err
	}
	return fmt.Errorf("%s: %w", key, err)
}

// parse turns a document into a linked model, with the annotations of its
// reference pages. The patterns of methods let it pass over parts of an OpenAPI
// document that nobody asks for; without any, all of it is read.
func parse(document *input.Document, in config.Input, patterns ...string) (*metadata, error) {
	meta := &metadata{input: in, document: document, format: formatOf(document, in.Format)}
	meta.documentDigest = beside(func() string { return lock.Digest(document.Data) })
	dir := ""
	if !input.IsAddress(document.Name) && document.Name != input.Snapshot {
		dir = filepath.Dir(document.Name)
	}
	var err error
	if meta.format == config.FormatCSDL {
		if openapi.Is(document.Data) {
			return nil, source.Errorf(source.Position{File: document.Name}, "this is an OpenAPI document, not CSDL: leave out --format csdl")
		}
		meta.model, err = csdl.Parse(document.Name, document.Data, csdl.Options{Dir: dir})
	} else {
		options := openapi.Options{}
		if len(patterns) > 0 {
			options.Path = api.Paths(patterns)
		}
		if in.ExternalRefs {
			options.Dir = dir
		}
		meta.model, err = openapi.Parse(document.Name, document.Data, options)
	}
	if err != nil {
		return nil, err
	}
	model.Link(meta.model)
	meta.apiVersion, meta.guessed = in.Version(meta.model.Server)
	return meta, meta.addPages(in.Docs)
}

// statedVersion returns the API version, or "" if nothing says it.
func (meta *metadata) statedVersion() string {
	if meta.guessed {
		return ""
	}
	return meta.apiVersion
}

// beside calls a function while others run, and returns one that waits for its result.
func beside[T any](f func() T) func() T {
	done := make(chan struct{})
	var result T
	go func() {
		defer close(done)
		result = f()
	}()
	return func() T {
		<-done
		return result
	}
}

// formatOf returns the format of a document: the one that is asked for, or the
// one that it looks like.
func formatOf(document *input.Document, asked string) string {
	switch {
	case asked != config.FormatAuto:
		return asked
	case openapi.Is(document.Data):
		return config.FormatOpenAPI
	default:
		return config.FormatCSDL
	}
}

// readPages reads the reference pages of a folder.
func (meta *metadata) readPages(dir string) (err error) {
	var ds source.Diagnostics
	if meta.pages, err = docs.ReadDir(dir, &ds); err != nil {
		return fmt.Errorf("docs: %w", err)
	}
	if !slices.ContainsFunc(meta.pages, func(p *docs.Page) bool { return p.Kind == docs.Method || p.Kind == docs.Resource }) {
		return config.Errorf("docs: there is no reference page in %s or below it: name the folder of the Markdown pages, such as api-reference/beta", dir)
	}
	meta.problems = ds.Warnings()
	return nil
}

// addPages adds the annotations that reference pages give, unless the source is a slice
// that has them.
func (meta *metadata) addPages(dir string) error {
	if dir == "" || slice.HasPages(meta.document.Data) {
		return nil
	}
	if err := meta.readPages(dir); err != nil {
		return err
	}
	targets := docs.Annotations(meta.model, meta.pages, meta.apiVersion)
	model.Annotate(meta.model, targets)
	for _, t := range targets {
		meta.problems = append(meta.problems, t.Problems...)
	}
	return nil
}

// problemsOf returns the problems of some pages.
func (meta *metadata) problemsOf(pages []*docs.Page) []source.Diagnostic {
	files := map[string]bool{}
	for _, p := range pages {
		files[p.File] = true
	}
	return slices.DeleteFunc(slices.Clone(meta.problems), func(d source.Diagnostic) bool { return !files[d.Position.File] })
}

// about returns the pages that describe a part of the selection.
func (meta *metadata) about(s *api.Selection) []*docs.Page {
	return slices.DeleteFunc(slices.Clone(meta.pages), func(p *docs.Page) bool { return !isAbout(p, meta.model, s) })
}

// isAbout reports whether a page describes a selected type, a request for one, or a
// selected operation.
func isAbout(p *docs.Page, m *model.Model, s *api.Selection) bool {
	if p.Kind == docs.Resource {
		t := m.Type(p.TypeName())
		return t != nil && slices.Contains(s.Types, t)
	}
	for _, request := range p.Requests {
		found, _ := api.Find(m, request.Verb, request.Path)
		switch {
		case found == nil:
		case found.Operation != nil:
			if slices.ContainsFunc(s.Methods, func(own *api.Method) bool { return own.Operation == found.Operation }) {
				return true
			}
		case slices.Contains(s.Types, model.Type(found.Resource.Type())):
			return true
		}
	}
	return false
}

// digest returns the digest of everything that the model was made from.
func (meta *metadata) digest() string {
	if len(meta.model.Referenced) == 0 {
		return meta.documentDigest()
	}
	all := slices.Clone(meta.document.Data)
	for _, d := range meta.model.Referenced {
		all = append(all, d.Data...)
	}
	return lock.Digest(all)
}

// source returns the source as the lock file records it. If the source did not change
// since the last run, it has the upstream that this run recorded.
func (meta *metadata) source(old *lock.File) lock.Source {
	s := lock.Source{Name: meta.document.PublicName(), Format: meta.format, Digest: meta.digest()}
	if old != nil && old.Source.Digest == s.Digest {
		s.Upstream = old.Source.Upstream
	}
	return s
}

// choose takes the part of the model that c asks for. A request that nothing
// answers is a *config.Error or an *api.Error.
func (meta *metadata) choose(c config.Config) (*api.Selection, error) {
	names := config.Join(checkEvidence(meta.model, c.Evidence), markExpanded(meta.model, c.Expand))
	selected, err := api.Select(meta.model, c.Options)
	_, ofPatterns := errors.AsType[*api.Error](err)
	more := meta.more(c)
	switch {
	case names != nil && ofPatterns:
		return nil, &mistakes{names, meta.advise(c, err)}
	case names != nil && more != "":
		return nil, config.Errorf("%v\n\t%s", names, more)
	case names != nil:
		return nil, names
	case err != nil && slices.Equal(c.Include, config.DefaultInclude) && len(c.Types) == 0:
		return nil, fmt.Errorf("%w\nthis is the default selection: name what to take from %s with --include or --types", err, meta.document.Name)
	case err != nil:
		return nil, meta.advise(c, err)
	case len(selected.Methods) > 0:
	case len(selected.Types) == 0 && len(selected.LeftOut) > 0:
		var defects []source.Diagnostic
		for _, l := range selected.LeftOut {
			defects = append(defects, l.Defect)
		}
		return nil, &source.InputError{Diagnostics: source.Sorted(defects)}
	case len(selected.Types) == 0:
		return nil, config.Errorf("exclude leaves out everything that include asks for: nothing is left to generate")
	}
	return selected, nil
}

// mistakes are mistakes in names and in patterns of a configuration. They count as one
// *config.Error.
type mistakes struct{ names, patterns error }

func (m *mistakes) Error() string { return m.Unwrap().Error() }

func (m *mistakes) Unwrap() error { return config.Join(m.names, m.patterns) }

// chooseAgain is like choose, but accepts an exclude that matches nothing if the package
// was last generated with it, and with the same includes: then the metadata has lost what
// it left out, and nothing is left to exclude.
func (meta *metadata) chooseAgain(c config.Config, last *lock.File) (*api.Selection, error) {
	selected, err := meta.choose(c)
	patterns := err
	if both, ok := errors.AsType[*mistakes](err); ok {
		patterns = both.patterns
	}
	e, ok := errors.AsType[*api.Error](patterns)
	if !ok || last == nil || !slices.Equal(c.Include, last.Config.Include) {
		return selected, err
	}
	for _, p := range e.Problems {
		if p.Unneeded() && slices.Contains(last.Config.Exclude, p.Pattern) {
			meta.gone = append(meta.gone, p.Pattern)
		}
	}
	if meta.gone == nil {
		return nil, err
	}
	c.Exclude = slices.DeleteFunc(slices.Clone(c.Exclude), func(pattern string) bool { return slices.Contains(meta.gone, pattern) })
	return meta.choose(c)
}

// unlessUnneeded returns a selection and its error, for commands that only read. Like
// chooseAgain, it accepts excludes that the package of c was generated with.
func (meta *metadata) unlessUnneeded(c config.Config, selected *api.Selection, err error) (*api.Selection, error) {
	e, ok := errors.AsType[*api.Error](err)
	if !ok || e.Rest == nil || slices.ContainsFunc(e.Problems, func(p api.Problem) bool { return !excludedBefore(c, p) }) {
		return selected, err
	}
	for _, p := range e.Problems {
		meta.gone = append(meta.gone, p.Pattern)
	}
	return e.Rest, nil
}

// excludedBefore reports whether a problem is that an exclude matches nothing with which
// the package of c was generated, and with the same includes: then the metadata has lost
// what it left out.
func excludedBefore(c config.Config, p api.Problem) bool {
	if !p.Unneeded() {
		return false
	}
	f, err := output.ReadLock(cmp.Or(c.Output, "."))
	return err == nil && f != nil && slices.Equal(c.Include, f.Config.Include) && slices.Contains(f.Config.Exclude, p.Pattern)
}

// markExpanded marks the navigation properties that are fields.
func markExpanded(m *model.Model, names []string) error {
	var problems []string
	for _, name := range names {
		_, n, err := api.Navigation(m, name)
		switch {
		case err != nil:
			problems = append(problems, fmt.Sprintf("expand: %q: %v", name, err))
		case !vocab.Expanded(n.Annotated):
			n.Annotated = append(n.Annotated, vocab.NewExpanded(n.Position))
		}
	}
	return config.ErrorOf(problems)
}

// advise adds to an error about patterns that match nothing where there is more
// metadata than in this source.
func (meta *metadata) advise(c config.Config, err error) error {
	e, ok := errors.AsType[*api.Error](err)
	more := meta.more(c)
	if !ok || more == "" {
		return err
	}
	for i, p := range slices.Backward(e.Problems) {
		if !p.Malformed() && p.Flag != "exclude" {
			e.Problems[i].Message += "\n\t" + more
			break
		}
	}
	return err
}

// more says where there is more metadata than in a source that holds only a part of
// it; else it is "". Update and init read the upstream, and never get the advice to
// update.
func (meta *metadata) more(c config.Config) string {
	name := meta.document.Name
	switch {
	case name == input.Snapshot:
		return "the built-in metadata has the profile API alone: give other metadata with --source"
	case name != c.Source || !slice.Is(meta.document.Data):
		return ""
	case c.Upstream != "":
		return fmt.Sprintf("%s is a slice, and holds only the selection that it was made for: run update to take more from %s", name, c.Origin())
	default:
		return name + " is a slice, and holds only the selection that it was made for: give the whole metadata with --source"
	}
}

// checkEvidence reports names that are not properties. A mistaken name would
// have no effect, without a word.
func checkEvidence(m *model.Model, e config.Evidence) error {
	var problems []string
	for _, list := range []struct {
		key   string
		names []string
	}{{"read-only", e.ReadOnly}, {"settable", e.Settable}} {
		for _, name := range list.names {
			if _, _, err := api.Property(m, name); err != nil {
				problems = append(problems, fmt.Sprintf("%s: %q: %v", list.key, name, err))
			}
		}
	}
	return config.ErrorOf(problems)
}
