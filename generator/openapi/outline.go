package openapi

import (
	"bytes"
	"net/http"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// item is a path that the document lists.
type item struct {
	path     string
	verbs    []string // "POST"; also those of items that are not read
	position source.Position

	start, end int // where it is in the document, if outlined
}

// outline finds the paths of a YAML document in block style by their
// indentation, without parsing it: parsing all of a large document takes
// longer, and more memory, than all the rest. If it finds anything that it is
// not sure about, it returns false.
func outline(file string, data []byte) (items []*item, ok bool) {
	var (
		inside      bool // the value of "paths"
		outer       = 0  // indentation of paths
		inner       = 0  // of verbs
		lineNumber  = 0
		startOfLine = 0
	)
	for line := range bytes.Lines(data) {
		lineNumber++
		start := startOfLine
		startOfLine += len(line)
		line = bytes.TrimRight(line, "\r\n")
		text := bytes.TrimLeft(line, " ")
		indent := len(line) - len(text)
		switch {
		case len(text) == 0 || text[0] == '#':
			continue
		case text[0] == '\t', bytes.HasPrefix(line, []byte("---")) && len(items) > 0:
			return nil, false
		case indent == 0:
			if inside {
				items[len(items)-1].end = start
				return items, true
			}
			inside = keyOf(text) == "paths"
			if inside && len(bytes.TrimSpace(text)) != len("paths:") {
				return nil, false
			}
			continue
		case !inside:
			continue
		}
		if outer == 0 {
			outer = indent
		}
		switch {
		case indent < outer:
			return nil, false
		case indent == outer:
			path := keyOf(text)
			if path == "" {
				return nil, false
			}
			if len(items) > 0 {
				items[len(items)-1].end = start
			}
			items = append(items, &item{
				path:     path,
				position: source.Position{File: file, Line: lineNumber, Column: indent + 1},
				start:    start,
				end:      len(data),
			})
			inner = 0
			continue
		case inner == 0:
			inner = indent
		}
		if indent == inner {
			if verb := strings.ToUpper(keyOf(text)); slices.Contains(verbs, verb) {
				last := items[len(items)-1]
				last.verbs = append(last.verbs, verb)
			}
		}
	}
	return items, len(items) > 0
}

// verbs are those of a path item.
var verbs = []string{
	http.MethodGet, http.MethodPut, http.MethodPost, http.MethodDelete,
	http.MethodOptions, http.MethodHead, http.MethodPatch, http.MethodTrace,
}

// keyOf returns the key that a line of a block mapping begins with, or "".
func keyOf(line []byte) string {
	if line[0] == '\'' || line[0] == '"' {
		end := bytes.IndexByte(line[1:], line[0])
		if end < 0 || !bytes.HasPrefix(line[end+2:], []byte(":")) || bytes.ContainsRune(line[:end+1], '\\') {
			return ""
		}
		return string(line[1 : end+1])
	}
	key, rest, ok := bytes.Cut(line, []byte(":"))
	if !ok || len(rest) > 0 && rest[0] != ' ' || bytes.ContainsAny(key, "{}[]&*?|>!%@`\"'# ") && key[0] != '/' {
		return ""
	}
	return string(key)
}

// cut returns the document without the items that are not wanted. Lines keep
// their numbers.
func cut(data []byte, items []*item, wanted func(*item) bool) []byte {
	var b bytes.Buffer
	at := 0
	for _, item := range items {
		if wanted(item) {
			continue
		}
		b.Write(data[at:item.start])
		b.Write(bytes.Repeat([]byte("\n"), bytes.Count(data[item.start:item.end], []byte("\n"))))
		at = item.end
	}
	b.Write(data[at:])
	return b.Bytes()
}
