package openapi

import (
	"bytes"
	"encoding/json/jsontext"
	"unicode/utf8"

	"github.com/msgraphgen/msgraphgen/generator/openapi/yamlcut"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

var byteOrderMark = []byte("\uFEFF")

// Is reports whether data looks like an OpenAPI document: whether it has a field
// with the version of OpenAPI, anywhere among its outermost fields.
func Is(data []byte) bool {
	return hasField(data, "openapi") || hasField(data, "swagger")
}

func hasField(data []byte, name string) bool {
	data = bytes.TrimPrefix(data, byteOrderMark)
	if start := bytes.TrimLeft(data, " \t\r\n"); len(start) == 0 || start[0] == '<' {
		return false
	}
	outer := -1 // the indentation of the outermost fields
	for len(data) > 0 {
		line := data
		if end := bytes.IndexAny(data, "\r\n"); end >= 0 {
			line = data[:end+1]
		}
		text := bytes.TrimLeft(line, " \t")
		switch indent := len(line) - len(text); {
		case len(bytes.TrimSpace(text)) == 0 || text[0] == '#' || text[0] == '%' || bytes.HasPrefix(text, []byte("---")):
		case outer < 0 && text[0] == '{':
			return hasMember(data, name) || hasFlowMember(data, name)
		case outer < 0:
			outer = indent
			fallthrough
		case indent == outer:
			if isField(text, name) {
				return true
			}
		}
		data = data[len(line):]
	}
	return false
}

// isField reports whether a line begins with a field in YAML.
func isField(line []byte, name string) bool {
	for _, field := range []string{name, `"` + name + `"`, `'` + name + `'`} {
		if rest, ok := bytes.CutPrefix(line, []byte(field)); ok && bytes.HasPrefix(bytes.TrimLeft(rest, " "), []byte(":")) {
			return true
		}
	}
	return false
}

// hasFlowMember reports whether an object in the flow style of YAML has a member. If
// it cannot be parsed, that is one at the start of one of the first lines.
func hasFlowMember(data []byte, name string) bool {
	if d, err := parse("", "", data, false); err == nil {
		return d.root.get(name).exists()
	}
	for line := range bytes.Lines(data[:min(len(data), 4096)]) {
		if isField(bytes.TrimLeft(line, "{ \t"), name) {
			return true
		}
	}
	return false
}

// hasMember reports whether an object in JSON has a member, as far as the text
// is JSON.
func hasMember(data []byte, name string) bool {
	decoder := jsontext.NewDecoder(bytes.NewBuffer(data), jsontext.AllowDuplicateNames(true))
	if _, err := decoder.ReadToken(); err != nil {
		return false
	}
	for decoder.PeekKind() == '"' {
		token, err := decoder.ReadToken()
		if err != nil || token.String() == name {
			return err == nil
		}
		if decoder.SkipValue() != nil {
			return false
		}
	}
	return false
}

// checkText returns data without a byte order mark. The error names what people
// give by mistake, in place of an OpenAPI document.
func checkText(file string, data []byte) ([]byte, error) {
	at := source.Position{File: file}
	if isUTF16(data) {
		return nil, source.Errorf(at, "the file is in UTF-16: convert it to UTF-8")
	}
	data = bytes.TrimPrefix(data, byteOrderMark)
	start := bytes.TrimLeft(data, " \t\r\n")
	switch {
	case len(start) == 0:
		return nil, source.Errorf(at, "the file is empty")
	case start[0] == '<':
		return nil, source.Errorf(at, "this is XML or HTML, not OpenAPI: for CSDL give --format csdl")
	case hasField(start, "swagger") && !hasField(start, "openapi"):
		return nil, source.Errorf(at, "this is a Swagger 2.0 document: convert it to OpenAPI 3")
	case !utf8.Valid(data):
		at.Line, at.Column = yamlcut.NewLines(data).Position(invalidUTF8(data))
		return nil, source.Errorf(at, "the file is not valid UTF-8 here: convert it to UTF-8")
	}
	return data, nil
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
