package csdl

import (
	"bytes"
	"unicode/utf8"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// text returns data without a byte order mark. If data is not XML in UTF-8, the
// error names the kind of document that it is instead.
func text(file string, data []byte) ([]byte, error) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	start := bytes.TrimLeft(data, " \t\r\n")
	problem := ""
	switch {
	case len(data) == 0:
		problem = "the file is empty"
	case len(start) == 0:
		problem = "the file holds only white space"
	case isUTF16(data):
		problem = "the file is in UTF-16: convert it to UTF-8"
	case start[0] == '{' || start[0] == '[':
		problem = "this is JSON, not CSDL XML: ask the service for $metadata with the header Accept: application/xml, or give --format openapi for an OpenAPI document"
	case isHTML(start):
		problem = "this is an HTML page, not CSDL: maybe an error or sign-in page was saved in place of the $metadata document"
	case start[0] != '<':
		problem = "this is not XML: a CSDL document starts with <?xml or <edmx:Edmx; for an OpenAPI document give --format openapi"
	case !utf8.Valid(data):
		return nil, source.Errorf(positionOf(file, data, invalidUTF8(data)), "the file is not valid UTF-8 here: convert it to UTF-8")
	default:
		return data, nil
	}
	return nil, source.Errorf(source.Position{File: file}, "%s", problem)
}

// isUTF16 reports whether data starts with a byte order mark of UTF-16, or with
// "<" in UTF-16.
func isUTF16(data []byte) bool {
	return len(data) >= 2 && (data[0] == 0xFE && data[1] == 0xFF ||
		data[0] == 0xFF && data[1] == 0xFE ||
		data[0] == 0 && data[1] == '<' || data[0] == '<' && data[1] == 0)
}

func isHTML(text []byte) bool {
	for _, start := range []string{"<!doctype html", "<html"} {
		if len(text) >= len(start) && bytes.EqualFold(text[:len(start)], []byte(start)) {
			return true
		}
	}
	return false
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

// positionOf returns the position of the byte at an offset.
func positionOf(file string, data []byte, offset int) source.Position {
	return source.Position{
		File:   file,
		Line:   1 + bytes.Count(data[:offset], []byte("\n")),
		Column: offset - bytes.LastIndexByte(data[:offset], '\n'),
	}
}
