package openapi

import (
	"bytes"
	"net/url"
	"path/filepath"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// places turns locations of kin-openapi, whose columns count characters, into
// positions, whose columns count bytes.
type places struct {
	file string // the document, as the user calls it
	name string // as kin-openapi calls it
	dir  string // the folder of the files that it refers to
	gaps gaps   // what kin-openapi was not given of it

	// The lines of each file that are not ASCII, by number, by kin-openapi's
	// name of the file.
	wide map[string]map[int]string
}

// note makes the text of a file known.
func (p *places) note(name string, data []byte) {
	lines := map[int]string{}
	number := 0
	for line := range yamlLines(data) {
		number++
		if bytes.ContainsFunc(line, func(c rune) bool { return c >= utf8.RuneSelf }) {
			lines[number] = string(line)
		}
	}
	p.wide[name] = lines
}

func (p *places) of(o *openapi3.Origin) source.Position {
	if o == nil || o.Key == nil {
		return source.Position{File: p.file}
	}
	return p.at(*o.Key)
}

func (p *places) at(at openapi3.Location) source.Position {
	file, name := p.file, p.name
	if at.File != "" && at.File != p.name {
		name = at.File
		file = p.path(name)
	}
	if at.Line < 1 {
		return source.Position{File: file}
	}
	line := at.Line
	if name == p.name {
		line = p.gaps.whole(line)
	}
	return source.Position{File: file, Line: line, Column: p.column(name, line, at.Column)}
}

// path returns the name of another file as the user would call it.
func (p *places) path(name string) string {
	if u, err := url.Parse(name); err == nil {
		name = u.Path
	}
	return filepath.Join(p.dir, filepath.FromSlash(name))
}

// column returns the column in bytes of that in characters.
func (p *places) column(name string, line, column int) int {
	text, ok := p.wide[name][line]
	if !ok {
		return max(column, 1)
	}
	offset := 0
	for range column - 1 {
		_, size := utf8.DecodeRuneInString(text[offset:])
		offset += size
	}
	return offset + 1
}
