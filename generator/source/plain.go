package source

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Plain returns a text of a source as one line that is safe to show on a
// terminal, in a page and in a table. White space becomes spaces. A character
// that cannot be seen is written as Go writes it, \x1b or \u202e: controls, marks
// that turn the direction of writing, characters without width. So are bytes
// that are not UTF-8, and accents that pile up.
func Plain(text string) string { return visible(text, false) }

// PlainLines is [Plain] for a text of several lines: newlines, tabs and spaces
// stay, and other white space becomes a space.
func PlainLines(text string) string { return visible(text, true) }

// maxMarks is how many combining marks one letter can have. No script in use
// needs more, and piles of them cover the lines above and below.
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

// Hidden reports whether a character cannot be seen, or does something to a
// terminal or to the text around it. The space is not hidden, all other white
// space is.
func Hidden(r rune) bool {
	return !unicode.IsPrint(r) || // controls, formats, private use, unassigned
		unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) ||
		r == '\u2800' // the empty Braille pattern
}
