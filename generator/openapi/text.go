package openapi

import (
	"bytes"
	"iter"
	"slices"
	"unicode/utf8"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

var byteOrderMark = []byte("\uFEFF")

// Is reports whether data looks like an OpenAPI document: whether near its
// start is a field that tells the version of OpenAPI, in YAML at the start of
// a line, or in JSON.
func Is(data []byte) bool {
	return hasField(data, "openapi") || hasField(data, "swagger")
}

func hasField(data []byte, name string) bool {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, byteOrderMark), " \t\r\n")
	if len(data) == 0 || data[0] == '<' {
		return false
	}
	for line := range bytes.Lines(data[:min(len(data), 4096)]) {
		line = bytes.TrimLeft(line, "{ \t")
		for _, field := range []string{name, `"` + name + `"`, `'` + name + `'`} {
			if rest, ok := bytes.CutPrefix(line, []byte(field)); ok && bytes.HasPrefix(bytes.TrimLeft(rest, " "), []byte(":")) {
				return true
			}
		}
	}
	return false
}

// text returns data without a byte order mark. It reports what is no document
// to read in the terms of what people give by mistake, and then returns false.
func text(file string, data []byte, ds *source.Diagnostics) (_ []byte, ok bool) {
	at := source.Position{File: file}
	if isUTF16(data) {
		ds.Errorf(at, "the file is in UTF-16: convert it to UTF-8")
		return nil, false
	}
	data = bytes.TrimPrefix(data, byteOrderMark)
	start := bytes.TrimLeft(data, " \t\r\n")
	switch {
	case len(start) == 0:
		ds.Errorf(at, "the file is empty")
	case start[0] == '<':
		ds.Errorf(at, "this is XML or HTML, not OpenAPI: for CSDL say --format csdl")
	case hasField(start, "swagger") && !hasField(start, "openapi"):
		ds.Errorf(at, "this is a Swagger 2.0 document: convert it to OpenAPI 3")
	case !utf8.Valid(data):
		ds.Errorf(positionOfByte(file, data, invalidUTF8(data)), "the file is not valid UTF-8 here: convert it to UTF-8")
	default:
		return data, true
	}
	return nil, false
}

// isUTF16 reports whether data begins with a byte order mark of UTF-16, or with
// an ASCII character in it.
func isUTF16(data []byte) bool {
	if len(data) < 2 {
		return false
	}
	a, b := data[0], data[1]
	return a == 0xFE && b == 0xFF || a == 0xFF && b == 0xFE || (a == 0) != (b == 0)
}

// invalidUTF8 returns the offset of the first byte that is not UTF-8.
func invalidUTF8(data []byte) int {
	at := 0
	for at < len(data) {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return at
}

// positionOfByte returns the position of the byte at an offset.
func positionOfByte(file string, data []byte, offset int) source.Position {
	at := source.Position{File: file}
	for line := range yamlLines(data) {
		at.Line++
		if offset < len(line) {
			break
		}
		offset -= len(line)
	}
	at.Line, at.Column = max(at.Line, 1), offset+1
	return at
}

// lineBreaks are those of YAML besides \n and \r\n.
var lineBreaks = []rune{'\r', '\u0085', '\u2028', '\u2029'}

// yamlLines yields the lines of data as YAML counts them, with their breaks.
func yamlLines(data []byte) iter.Seq[[]byte] {
	if !hasOtherBreaks(data) {
		return bytes.Lines(data)
	}
	return func(yield func([]byte) bool) {
		for line := range bytes.Lines(data) {
			for len(line) > 0 {
				end := bytes.IndexFunc(line, func(c rune) bool { return c == '\n' || slices.Contains(lineBreaks, c) })
				if end < 0 || string(line[end:]) == "\r\n" {
					end = len(line)
				} else {
					_, size := utf8.DecodeRune(line[end:])
					end += size
				}
				if !yield(line[:end]) {
					return
				}
				line = line[end:]
			}
		}
	}
}

// hasOtherBreaks reports whether data has lines that end in something else
// than \n or \r\n.
func hasOtherBreaks(data []byte) bool {
	if bytes.Count(data, []byte("\r")) != bytes.Count(data, []byte("\r\n")) {
		return true
	}
	for _, mark := range lineBreaks[1:] {
		if bytes.ContainsRune(data, mark) {
			return true
		}
	}
	return false
}
