package generator

import (
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Formats that a source can have. Auto finds out which.
const (
	FormatAuto = "auto"
	FormatCSDL = "csdl"
)

// parse reads the input into a linked model.
func parse(in input, ds *source.Diagnostics) (*model.Model, error) {
	m := csdl.Parse(in.name, in.data, ds)
	// A document that is damaged has gaps that would show as further errors.
	if err := ds.Err(); err != nil {
		return nil, err
	}
	model.Link(m, ds)
	return m, ds.Err()
}
