package source

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Plain returns a text as one line that is safe to show on a terminal. It replaces
// white space by spaces, and writes hidden characters, bytes that are not UTF-8
// and piles of accents as Go escapes: \x1b, \u202e.
func Plain(text string) string { return visible(text, false) }

// PlainLines is [Plain] for a text of several lines: it keeps newlines and tabs.
func PlainLines(text string) string { return visible(text, true) }

// maxMarks is the number of combining marks that one letter can have. No script
// needs more, and a pile of them covers the lines above and below.
const maxMarks = 4

func visible(text string, lines bool) string {
	var b strings.Builder
	marks := maxMarks // none at the start, where there is no letter
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		if unicode.IsMark(r) {
			marks++
		} else {
			marks = 0
		}
		switch {
		case lines && (r == '\n' || r == '\t'):
			b.WriteRune(r)
			marks = maxMarks
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case r == utf8.RuneError && size == 1, Hidden(r), marks > maxMarks:
			quoted := strconv.QuoteToASCII(text[:size])
			b.WriteString(quoted[1 : len(quoted)-1])
		default:
			b.WriteRune(r)
		}
		text = text[size:]
	}
	return b.String()
}

// Hidden reports whether a character is invisible, or affects a terminal or the
// text around it: controls, direction marks, characters without width, and white
// space other than the space.
func Hidden(r rune) bool {
	return !unicode.IsPrint(r) || // controls, formats, private use, unassigned
		unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) ||
		r == '\u2800' // the empty Braille pattern
}
