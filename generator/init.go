package generator

import (
	"cmp"
	"context"

	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/input"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Init returns the files that a folder needs for generating what c asks for; see
// [config.Init]. It checks that the source can be asked for it, or the upstream,
// where the source is made from one.
//
// The advice says what the user should complete. The configuration has the API version
// only if the user or the metadata says it, so that generate gives the advice too.
//
// Errors are those of [Generate].
func Init(ctx context.Context, c config.Config, dir string) (files map[string][]byte, advice []source.Diagnostic, err error) {
	for _, address := range []string{c.Source, c.Upstream} {
		if input.HasPassword(address) {
			return nil, nil, config.Errorf("init: %s holds a user name or a password, which do not belong into a file that others read: leave them out, and give the whole address to update with --upstream", input.Redacted(address))
		}
	}
	if c.Output == "" && (c.Upstream != "" || c.Source != "" && c.Source != input.Snapshot) {
		c.Output = config.OutputFor(c.Include)
	}
	if c.Upstream != "" && c.Source == "" {
		c.Source = config.SliceName(cmp.Or(c.Output, config.DefaultOutput))
	}
	odata := c.OData // as it is given
	if c, err = c.Complete(); err != nil {
		return nil, nil, err
	}
	from := c.Input
	if c.Upstream != "" {
		if from.Source, err = upstreamOf(c); err != nil {
			return nil, nil, err
		}
	}
	meta, err := read(ctx, from, c.Include...)
	if err != nil {
		return nil, nil, err
	}
	if _, err := meta.choose(c); err != nil {
		return nil, nil, err
	}
	c.APIVersion = meta.statedVersion()
	var notes Notes
	notes.adviseOnVersion(meta)
	files, err = config.Init(c, odata, dir)
	return files, notes.Advice, err
}
