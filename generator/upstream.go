package generator

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"

	"github.com/msgraphgen/msgraphgen/generator/input"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// release is the metadata that update takes the source from.
type release struct {
	document
	earlier []byte       // the one before it, nil if this machine knows of none
	same    bool         // it is that one
	keep    func() error // has this machine know it the next time
}

// upstream returns what update takes the source of c from: what c says, or the
// source itself where that is an address. It is a *ConfigError if there is
// nothing to take it from, or nowhere to put it.
func (c Config) upstream() (string, error) {
	switch {
	case c.Upstream == "" && isAddress(c.Source):
		return c.Source, nil
	case c.Upstream == "":
		return "", &ConfigError{fmt.Sprintf("update: it is not known where %s comes from: say it with upstream, an address or a file", c.Source)}
	case c.Format == FormatOpenAPI:
		return "", &ConfigError{"format: update makes the source, which is CSDL then, also where the upstream is OpenAPI: leave out format"}
	case isAddress(c.Source), c.Source == input.Snapshot:
		return "", &ConfigError{fmt.Sprintf("source: %s cannot be written: name the file that update is to put the slice into", c.Source)}
	}
	return c.Upstream, nil
}

// fetch reads the upstream of c.
func (c Config) fetch(ctx context.Context, upstream string, o UpdateOptions) (*release, error) {
	cache := input.Cache{Dir: o.Cache}
	if !isAddress(upstream) {
		return readRelease(ctx, upstream, cache)
	}
	options := fetching
	options.Progress = o.Progress
	fetched, earlier, err := cache.Get(ctx, upstream, options)
	if err != nil {
		return nil, fetchError("upstream", upstream, err)
	}
	return &release{
		document: document{name: redacted(upstream), data: fetched.Data},
		earlier:  earlier,
		same:     fetched.NotModified,
		keep:     func() error { return cache.Put(upstream, fetched) },
	}, nil
}

// readRelease reads an upstream that is a file.
func readRelease(ctx context.Context, file string, cache input.Cache) (*release, error) {
	in, err := read(ctx, file)
	if err != nil {
		return nil, err
	}
	abs, err := filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	r := &release{document: in, keep: func() error { return cache.Put(abs, &input.Document{Data: in.data}) }}
	if old := cache.Find(abs); old != nil {
		r.earlier, r.same = old.Data, bytes.Equal(old.Data, in.data)
	}
	return r, nil
}

// sourceFrom returns the source that a release gives: the slice of it, or the
// whole where the source is an address.
func (c Config) sourceFrom(r *release) (document, []source.Diagnostic, error) {
	if c.Upstream == "" {
		return r.document, nil, nil
	}
	c.Format = FormatAuto // that of the source is CSDL, whatever the upstream is
	result, err := c.sliceOf(r.document)
	if err != nil {
		return document{}, nil, err
	}
	upstream := &output.Upstream{Name: r.lockName(), Digest: digest(r.data)}
	return document{name: c.Source, data: result.Document, upstream: upstream}, result.Warnings, nil
}
