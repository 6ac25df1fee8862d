package golang

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"
)

// commentWidth is the number of characters in a line of a doc comment.
const commentWidth = 77

// comment returns paragraphs as a doc comment, wrapped. It takes only the words of
// the text: whatever white space, control and formatting characters it has, it
// cannot end the comment or look like a directive. A paragraph that begins with a
// tab is a line of code, which is not wrapped.
func comment(paragraphs ...string) *jen.Statement {
	code := jen.Empty()
	for i, line := range commentLines(paragraphs...) {
		if i > 0 {
			code.Line()
		}
		code.Comment(line)
	}
	return code
}

func commentLines(paragraphs ...string) []string {
	var lines []string
	for _, paragraph := range paragraphs {
		words := strings.Fields(strings.Map(printable, paragraph))
		if len(words) == 0 {
			continue
		}
		code := strings.HasPrefix(paragraph, "\t")
		if len(lines) > 0 && !(code && strings.HasPrefix(lines[len(lines)-1], "//\t")) {
			lines = append(lines, "//")
		}
		if code {
			lines = append(lines, "//\t"+strings.Join(words, " "))
			continue
		}
		lines = append(lines, wrap(words)...)
	}
	return lines
}

func wrap(words []string) []string {
	var lines []string
	line := "//"
	for _, word := range words {
		if line != "//" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > commentWidth+len("//") {
			lines = append(lines, line)
			line = "//"
		}
		line += " " + word
	}
	return append(lines, line)
}

// printable turns control characters, and formatting characters that reorder what
// is shown, into spaces.
func printable(r rune) rune {
	if r == utf8.RuneError || !unicode.IsPrint(r) {
		return ' '
	}
	return r
}

// sentence returns the text with a full stop at its end, or "".
func sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || strings.HasSuffix(text, ".") || strings.HasSuffix(text, "!") || strings.HasSuffix(text, "?") {
		return text
	}
	return text + "."
}
