package docs

import (
	"bytes"
	"iter"
	"sort"
	"unicode"
	"unicode/utf8"

	gtext "github.com/yuin/goldmark/text"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// text is the text of a file. Each byte stays at its offset: what does not
// belong into a page is overwritten with spaces.
type text struct {
	file  string
	data  []byte
	lines []int // the offset at which each line starts

	invalidUTF8 int // the offset of the first such byte, or -1
	invisible   int // the offset of the first such character, or -1
}

// newText returns the text of a file, without its byte order mark. Carriage
// returns become spaces.
func newText(file string, data []byte) *text {
	t := &text{file: file, data: bytes.Clone(bytes.TrimPrefix(data, []byte("\uFEFF"))), lines: []int{0}, invalidUTF8: -1, invisible: -1}
	for i := 0; i < len(t.data); {
		r, size := utf8.DecodeRune(t.data[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			t.data[i] = '?'
			if t.invalidUTF8 < 0 {
				t.invalidUTF8 = i
			}
		case r == '\n':
			t.lines = append(t.lines, i+1)
		case r == '\r':
			t.data[i] = ' '
		case r != '\t' && isInvisible(r):
			blank(t.data[i : i+size])
			if t.invisible < 0 {
				t.invisible = i
			}
		}
		i += size
	}
	return t
}

// isInvisible reports whether a character does not show, but can change how
// the text around it shows or is read.
func isInvisible(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\uFEFF' || r == '\u2028' || r == '\u2029'
}

// blank overwrites everything but line feeds with spaces.
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

// line returns the line that contains an offset, from there to its end.
func (t *text) line(offset int) []byte {
	rest := t.data[offset:]
	if end := bytes.IndexByte(rest, '\n'); end >= 0 {
		return rest[:end]
	}
	return rest
}

// fragment is a part of a text, for instance the lines of a code block without
// their indentation. Each byte knows its offset in the text.
type fragment struct {
	text    []byte
	offsets []int // one for each byte of text
}

// fragmentOf returns the lines of a Markdown block.
func (t *text) fragmentOf(segments *gtext.Segments) fragment {
	var f fragment
	for i := range segments.Len() {
		f.add(t, segments.At(i))
	}
	return f
}

// add appends a segment of t.
func (f *fragment) add(t *text, s gtext.Segment) {
	for range s.Padding {
		f.append(' ', s.Start)
	}
	for at := s.Start; at < s.Stop; at++ {
		f.append(t.data[at], at)
	}
	if n := len(f.text); s.ForceNewline && n > 0 && f.text[n-1] != '\n' {
		f.append('\n', s.Stop)
	}
}

func (f *fragment) append(c byte, offset int) {
	f.text = append(f.text, c)
	f.offsets = append(f.offsets, offset)
}

func (f fragment) slice(start, end int) fragment {
	return fragment{f.text[start:end], f.offsets[start:end]}
}

// trim returns f without the white space around it.
func (f fragment) trim() fragment {
	end := len(bytes.TrimRight(f.text, " \t\n"))
	start := end - len(bytes.TrimLeft(f.text[:end], " \t\n"))
	return f.slice(start, end)
}

// offset returns the offset in the text of byte i, which may be the end.
func (f fragment) offset(i int) int {
	switch {
	case len(f.offsets) == 0:
		return 0
	case i >= len(f.offsets):
		return f.offsets[len(f.offsets)-1] + 1
	}
	return f.offsets[max(i, 0)]
}

// lines yields each line, trimmed, and the index in f at which the line starts.
func (f fragment) lines() iter.Seq2[int, fragment] {
	return func(yield func(int, fragment) bool) {
		for start := 0; start < len(f.text); {
			end := len(f.text)
			if i := bytes.IndexByte(f.text[start:], '\n'); i >= 0 {
				end = start + i + 1
			}
			if !yield(start, f.slice(start, end).trim()) {
				return
			}
			start = end
		}
	}
}

// firstLine returns the first line that is not empty, and the index in f of the
// line after it.
func (f fragment) firstLine() (line fragment, next int) {
	for start, l := range f.lines() {
		if len(line.text) > 0 {
			return line, start
		}
		line = l
	}
	return line, len(f.text)
}

// shortened returns a text for a message, cut off after 100 bytes.
func shortened(s string) string {
	const maxShown = 100
	if len(s) <= maxShown {
		return s
	}
	s = s[:maxShown]
	for !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return s + "…"
}
