package slice

import (
	"bytes"
	"strings"
	"unicode"
)

// Choice is what a user asked for.
type Choice struct {
	Include, Exclude, Types, Derived []string // patterns
}

// WithComment returns a document of [CSDL] that says at its top where it comes
// from. Whatever the patterns hold, they do not end the comment, nor do they
// hide anything.
func WithComment(document []byte, choice Choice) []byte {
	var b bytes.Buffer
	line := func(text string) {
		// A comment cannot hold two hyphens.
		b.WriteString("  " + strings.ReplaceAll(strings.ReplaceAll(printable(text), "--", "- -"), "--", "- -") + "\n")
	}
	b.WriteString(declaration + "<!--\n")
	line("Made by msgraphgen slice, to generate from in place of the whole metadata.")
	if len(choice.Include)+len(choice.Types) > 0 {
		line("It holds what this selection needs:")
	} else {
		line("It holds everything that can be generated.")
	}
	for _, list := range []struct {
		name     string
		patterns []string
	}{{"include", choice.Include}, {"exclude", choice.Exclude}, {"types", choice.Types}, {"derived", choice.Derived}} {
		for _, pattern := range list.patterns {
			line("  " + list.name + ": " + pattern)
		}
	}
	b.WriteString("-->\n")
	b.Write(bytes.TrimPrefix(document, []byte(declaration)))
	return b.Bytes()
}

// printable returns a text with U+FFFD in place of what does not show, or
// changes how other text shows.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, text)
}
