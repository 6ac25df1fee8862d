package source

import (
	"strings"
	"unicode"
)

// Plain returns a text of a source as one line that does nothing to a terminal.
func Plain(text string) string { return strings.Map(Visible, text) }

// Visible replaces what moves the cursor, or cannot be seen, or turns the
// direction of writing.
func Visible(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case !unicode.IsPrint(r):
		return unicode.ReplacementChar
	}
	return r
}
