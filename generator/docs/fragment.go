package docs

import (
	"bytes"
	"iter"

	gtext "github.com/yuin/goldmark/text"
)

// fragment is a piece of a page, maybe of lines without what they are
// indented by, whose bytes know where they are.
type fragment struct {
	text    []byte
	offsets []int // in the page, one for each byte of text
}

// add appends the bytes of a segment.
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

// fragmentOf returns the lines of a block.
func (t *text) fragmentOf(segments *gtext.Segments) fragment {
	var f fragment
	for i := range segments.Len() {
		f.add(t, segments.At(i))
	}
	return f
}

func (f fragment) slice(start, end int) fragment {
	return fragment{f.text[start:end], f.offsets[start:end]}
}

// trim returns f without white space around it.
func (f fragment) trim() fragment {
	end := len(bytes.TrimRight(f.text, " \t\n"))
	start := end - len(bytes.TrimLeft(f.text[:end], " \t\n"))
	return f.slice(start, end)
}

// offset returns the offset in the page of byte i, which can be the end.
func (f fragment) offset(i int) int {
	switch {
	case len(f.offsets) == 0:
		return 0
	case i >= len(f.offsets):
		return f.offsets[len(f.offsets)-1] + 1
	}
	return f.offsets[max(i, 0)]
}

// lines ranges over the lines, without white space around them, and over where
// in f each one starts.
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
