package openapi

import (
	"bytes"
	"unicode/utf8"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Is reports whether data looks like an OpenAPI document: whether near its
// start is a field that tells the version of OpenAPI, in YAML at the start of
// a line, or in JSON.
func Is(data []byte) bool {
	return hasField(data, "openapi") || hasField(data, "swagger")
}

func hasField(data []byte, name string) bool {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\uFEFF")), " \t\r\n")
	if len(data) == 0 || data[0] == '<' {
		return false
	}
	for line := range bytes.Lines(data[:min(len(data), 4096)]) {
		line = bytes.TrimLeft(line, "{ \t")
		for _, field := range []string{name + ":", `"` + name + `":`, `'` + name + `':`} {
			if bytes.HasPrefix(line, []byte(field)) {
				return true
			}
		}
	}
	return false
}

// text returns data without a byte order mark. It reports what is no document
// to read in the terms of what people give by mistake, and then returns false.
func text(file string, data []byte, ds *source.Diagnostics) (_ []byte, ok bool) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	start := bytes.TrimLeft(data, " \t\r\n")
	problem := ""
	switch {
	case len(start) == 0:
		problem = "the file is empty"
	case start[0] == '<':
		problem = "this is XML or HTML, not OpenAPI: for CSDL say --format csdl"
	case hasField(start, "swagger"):
		problem = "this is a Swagger 2.0 document: convert it to OpenAPI 3"
	case !utf8.Valid(data):
		problem = "the file is not valid UTF-8: convert it to UTF-8"
	default:
		return data, true
	}
	ds.Errorf(source.Position{File: file}, "%s", problem)
	return nil, false
}
