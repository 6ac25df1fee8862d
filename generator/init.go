package generator

import (
	"cmp"
	"context"

	"github.com/msgraphgen/msgraphgen/generator/config"
)

// Init returns the files that a folder needs for generating what c asks for; see
// [config.Init]. It checks that the source can be asked for it, or the upstream,
// where the source is made from one.
//
// Errors are those of [Generate].
func Init(ctx context.Context, c config.Config, dir string) (map[string][]byte, error) {
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
