package generator

import (
	"path/filepath"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/openapi"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Formats that a source can have. Auto finds out which.
const (
	FormatAuto    = "auto"
	FormatCSDL    = "csdl"
	FormatOpenAPI = "openapi"
)

// parse reads the input into a linked model.
func parse(in document, c Config, ds *source.Diagnostics) (*model.Model, error) {
	m := parseFormat(in, c, ds)
	// A document that is damaged has gaps that would show as further errors.
	if err := ds.Err(); err != nil {
		return nil, err
	}
	model.Link(m)
	return m, nil
}

// parseWithPages reads the input into a linked model, and adds what reference
// pages say.
func parseWithPages(in document, c Config, ds *source.Diagnostics) (*model.Model, error) {
	m, err := parse(in, c, ds)
	if err != nil {
		return nil, err
	}
	return m, addPages(m, c, ds)
}

func parseFormat(in document, c Config, ds *source.Diagnostics) *model.Model {
	if in.format(c.Format) == FormatCSDL {
		if openapi.Is(in.data) {
			ds.Errorf(source.Position{File: in.name}, "this is an OpenAPI document, not CSDL: leave out --format csdl")
			return &model.Model{}
		}
		return csdl.Parse(in.name, in.data, ds)
	}
	var options openapi.Options
	if c.selects() {
		options.Path = api.Paths(c.Include)
	}
	if c.ExternalRefs && !isAddress(in.name) {
		options.Dir = filepath.Dir(in.name)
	}
	return openapi.Parse(in.name, in.data, options, ds)
}

// format returns the format of the input: the one that is asked for, or that
// it looks like.
func (in document) format(asked string) string {
	switch {
	case asked != FormatAuto:
		return asked
	case openapi.Is(in.data):
		return FormatOpenAPI
	default:
		return FormatCSDL
	}
}
