package yamlcut

import (
	"bytes"
	"iter"
	"slices"
	"unicode/utf8"
)

// Lines knows where the lines of a text begin, as YAML counts them. The zero
// value is not usable: see [NewLines].
type Lines struct {
	data   []byte
	starts []int32
	ascii  bool
	wide   map[int][]int32 // the offsets of every 64th character in the lines that were asked for
}

// NewLines returns the lines of a text, which is smaller than 2 GiB.
func NewLines(data []byte) *Lines {
	l := &Lines{data: data, starts: make([]int32, 1, 1+bytes.Count(data, []byte("\n"))), ascii: true, wide: map[int][]int32{}}
	for _, c := range data {
		if c >= utf8.RuneSelf {
			l.ascii = false
			break
		}
	}
	if !hasOtherBreaks(data) {
		for at, c := range data {
			if c == '\n' {
				l.starts = append(l.starts, int32(at+1))
			}
		}
		return l
	}
	for line := range otherLines(data) {
		l.starts = append(l.starts, l.starts[len(l.starts)-1]+int32(len(line)))
	}
	return l
}

// Position returns the line and the column of an offset, both from 1 and the
// column in bytes.
func (l *Lines) Position(offset int) (line, column int) {
	line, found := slices.BinarySearch(l.starts, int32(offset))
	if found {
		line++
	}
	return line, offset - int(l.starts[line-1]) + 1
}

// Column returns the column, in bytes from 1, of the character with the given
// number, from 1, in a line.
func (l *Lines) Column(line, character int) int {
	if l.ascii || line < 1 || line > len(l.starts) || character < 1 {
		return max(character, 1)
	}
	text := l.data[l.starts[line-1]:]
	if line < len(l.starts) {
		text = text[:l.starts[line]-l.starts[line-1]]
	}
	marks, ok := l.wide[line]
	if !ok {
		marks = marksOf(text)
		l.wide[line] = marks
	}
	mark := min((character-1)/step, len(marks)-1)
	offset := int(marks[mark])
	for range character - 1 - mark*step {
		_, size := utf8.DecodeRune(text[offset:])
		offset += size
	}
	return offset + 1
}

// step is how many characters lie between two marks of a line, so that to find
// a character in a long line does not take long.
const step = 64

func marksOf(text []byte) []int32 {
	marks := []int32{0}
	count := 0
	for offset := 0; offset < len(text); count++ {
		if count > 0 && count%step == 0 {
			marks = append(marks, int32(offset))
		}
		_, size := utf8.DecodeRune(text[offset:])
		offset += size
	}
	return marks
}

// lineBreaks are the line breaks of YAML besides \n and \r\n.
var lineBreaks = []rune{'\r', '\u0085', '\u2028', '\u2029'}

// otherLines yields the lines of data with their breaks, whatever these are.
func otherLines(data []byte) iter.Seq[[]byte] {
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
