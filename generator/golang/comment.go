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
// cannot end the comment, and none of its lines is an instruction to a tool. A paragraph that begins with a
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
			words[0] = harmless(words[0])
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
		if line == "//" {
			word = harmless(word)
		} else if utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > commentWidth+len("//") {
			lines = append(lines, line)
			line, word = "//", harmless(word)
		}
		line += " " + word
	}
	lines = append(lines, line)
	for i, line := range lines {
		if text, _ := strings.CutPrefix(line, "// "); strings.HasPrefix(text, "[") && strings.Contains(text, "]:") {
			first, rest, _ := strings.Cut(text, " ") // gofmt takes the line for the definition of a link
			lines[i] = strings.TrimSuffix("// \""+first+"\" "+rest, " ")
		}
	}
	return lines
}

// harmless returns a word as it can begin a line of a comment: in quotation marks if
// a tool reads it as an instruction even behind a space. go/printer moves "// +build"
// above the package clause, go test compares what follows "// Output:", cgo reads
// "// #cgo", and linters read the others. Directives have the form "tool:text"
// (https://go.dev/doc/comment#syntax).
func harmless(word string) string {
	lower := strings.ToLower(word)
	tool, text, colon := strings.Cut(lower, ":")
	isLetter := func(r rune) bool { return 'a' <= r && r <= 'z' }
	isTool := tool != "" && !strings.ContainsFunc(tool, func(r rune) bool { return !isLetter(r) })
	switch {
	case lower == "+build", lower == "output:", strings.HasPrefix(lower, "#cgo"), strings.HasPrefix(lower, "#nosec"), strings.HasPrefix(lower, "nolint"),
		colon && isTool && text != "" && isLetter(rune(text[0])):
		return `"` + word + `"`
	}
	return word
}

// printable turns control characters, and formatting characters that reorder what
// is shown, into spaces.
func printable(r rune) rune {
	if r == utf8.RuneError || !unicode.IsPrint(r) {
		return ' '
	}
	return r
}

// sentence returns a text of the metadata with a full stop at its end, or "". The
// text cannot mark an element as deprecated: the paragraph of a deprecation does.
func sentence(text string) string {
	text = strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || printable(r) == ' ' })
	if mark := strings.TrimSpace(deprecatedMark); strings.HasPrefix(text, mark) {
		text = `"` + mark + `"` + text[len(mark):]
	}
	if text == "" || strings.HasSuffix(text, ".") || strings.HasSuffix(text, "!") || strings.HasSuffix(text, "?") {
		return text
	}
	return text + "."
}
