package generator

import (
	"context"
	"fmt"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/describe"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Describe describes the type or the path that what names, or if that is "" why
// each type is in the selection of c. With why, what is a type, and the reason
// for it is all. Where c selects nothing, everything counts.
//
// Errors are those of [Generate].
func Describe(ctx context.Context, c Config, what string, why bool) (*describe.Description, []source.Diagnostic, error) {
	c, err := c.forReading()
	if err != nil {
		return nil, nil, err
	}
	var ds source.Diagnostics
	m, _, err := load(ctx, c, &ds)
	if err != nil {
		return nil, nil, err
	}
	if err := addPages(m, c, &ds); err != nil {
		return nil, nil, err
	}
	if verb, path, ok := strings.Cut(what, " "); ok && !strings.Contains(verb, "/") && !strings.Contains(verb, ".") {
		what = strings.TrimSpace(path) // as a pattern of --include has it
	}
	if strings.HasPrefix(what, "/") {
		path := describe.OfPath(m, what)
		if path == nil {
			return nil, nil, &ConfigError{fmt.Sprintf("describe: the source has no path %s", what)}
		}
		return &describe.Description{Path: path}, ds.Warnings(), nil
	}
	selected, err := api.Select(m, c.patterns())
	if err != nil {
		return nil, nil, err
	}
	if what == "" {
		return &describe.Description{Closure: describe.Closure(selected)}, ds.Warnings(), nil
	}
	t, err := api.Type(m, what)
	if err != nil {
		return nil, nil, &ConfigError{"describe: " + err.Error()}
	}
	if !why {
		return &describe.Description{Type: describe.OfType(m, selected.Operations, t)}, ds.Warnings(), nil
	}
	for _, r := range describe.Closure(selected) {
		if r.Type == t.QualifiedName() {
			return &describe.Description{Closure: []describe.Reason{r}}, ds.Warnings(), nil
		}
	}
	return nil, nil, &ConfigError{fmt.Sprintf("describe: %s is no part of the selection", t.QualifiedName())}
}
