package generator

import (
	"bytes"

	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Formats that a source can have.
const (
	FormatAuto = "auto"
	FormatCSDL = "csdl"
)

// parse reads the input into a linked model.
func parse(in input, format string, ds *source.Diagnostics) (*model.Model, error) {
	if format == FormatAuto && looksLikeOpenAPI(in.data) {
		ds.Errorf(source.Position{File: in.name}, "this looks like an OpenAPI document, which is not read yet: give the CSDL metadata ($metadata)")
		return nil, ds.Err()
	}
	m := csdl.Parse(in.name, in.data, ds)
	// A document that is damaged has gaps that would show as further errors.
	if err := ds.Err(); err != nil {
		return nil, err
	}
	model.Link(m, ds)
	return m, ds.Err()
}

// looksLikeOpenAPI reports whether data begins as OpenAPI documents do, in
// YAML or in JSON.
func looksLikeOpenAPI(data []byte) bool {
	head := bytes.TrimLeft(data[:min(len(data), 4096)], " \t\r\n{\ufeff")
	return bytes.HasPrefix(head, []byte("openapi:")) || bytes.HasPrefix(head, []byte(`"openapi"`)) ||
		bytes.Contains(head, []byte("\nopenapi:"))
}
