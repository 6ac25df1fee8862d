package docs

import (
	"bytes"
	"sort"
	"unicode"
	"unicode/utf8"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// text is what a page is read from: its bytes, each where it is in the file,
// with spaces in place of what has no business in a page.
type text struct {
	file  string
	data  []byte
	lines []int // the offset at which each line starts
}

// newText returns the text of a page, without a byte order mark. Carriage
// returns are spaces in it.
func newText(file string, data []byte, ds *source.Diagnostics) *text {
	t := &text{file: file, data: bytes.Clone(bytes.TrimPrefix(data, []byte("\uFEFF"))), lines: []int{0}}
	invalid, unwanted := -1, -1
	for i := 0; i < len(t.data); {
		r, size := utf8.DecodeRune(t.data[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			t.data[i] = '?'
			if invalid < 0 {
				invalid = i
			}
		case r == '\n':
			t.lines = append(t.lines, i+1)
		case r == '\r':
			t.data[i] = ' '
		case r != '\t' && isUnwanted(r):
			blank(t.data[i : i+size])
			if unwanted < 0 {
				unwanted = i
			}
		}
		i += size
	}
	if invalid >= 0 {
		ds.Warnf(t.position(invalid), "the file is not valid UTF-8 here: such bytes are read as ?")
	}
	if unwanted >= 0 {
		ds.Warnf(t.position(unwanted), "control characters, here and maybe below, are read as spaces")
	}
	return t
}

// isUnwanted reports whether a character does not show, but can change how
// what is around it shows or is read.
func isUnwanted(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\uFEFF' || r == '\u2028' || r == '\u2029'
}

// blank puts spaces in place of everything but line feeds.
func blank(data []byte) {
	for i := range data {
		if data[i] != '\n' {
			data[i] = ' '
		}
	}
}

// position returns the position of the byte at an offset.
func (t *text) position(offset int) source.Position {
	offset = min(max(offset, 0), len(t.data))
	line := sort.SearchInts(t.lines, offset+1)
	return source.Position{File: t.file, Line: line, Column: offset - t.lines[line-1] + 1}
}

// line returns the line that has the byte at an offset, from there to its end.
func (t *text) line(offset int) []byte {
	rest := t.data[offset:]
	if end := bytes.IndexByte(rest, '\n'); end >= 0 {
		return rest[:end]
	}
	return rest
}
