package generator

import (
	"cmp"
	"context"

	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/input"
)

// Init returns the files that a folder needs for generating what c asks for; see
// [config.Init]. It checks that the source can be asked for it, or the upstream,
// where the source is made from one.
//
// Errors are those of [Generate].
func Init(ctx context.Context, c config.Config, dir string) (map[string][]byte, error) {
	for _, address := range []string{c.Source, c.Upstream} {
		if input.HasPassword(address) {
			return nil, config.Errorf("init: %s holds a user name or a password, which do not belong into a file that others read: leave them out, and give the whole address to update with --upstream", input.Redacted(address))
		}
	}
	if c.Output == "" && (c.Upstream != "" || c.Source != "" && c.Source != input.Snapshot) {
		c.Output = config.OutputFor(c.Include)
	}
	if c.Upstream != "" && c.Source == "" {
		c.Source = config.SliceName(cmp.Or(c.Output, config.DefaultOutput))
	}
	odata := c.OData // as it is given
	c, err := c.Complete()
	if err != nil {
		return nil, err
	}
	from := c.Input
	if c.Upstream != "" {
		if from.Source, err = upstreamOf(c); err != nil {
			return nil, err
		}
	}
	meta, err := read(ctx, from, c.Include...)
	if err != nil {
		return nil, err
	}
	if _, err := meta.choose(c); err != nil {
		return nil, err
	}
	c.APIVersion = meta.apiVersion
	return config.Init(c, odata, dir)
}
