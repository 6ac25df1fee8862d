package report

import (
	"fmt"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Code is a text that Markdown sets as code: a name of the schema or of Go, a
// position.
type Code string

// Indent is white space at the start of a line, two spaces for each level.
type Indent int

// Phrase is a line, or a part of a line, before it is formatted.
type Phrase struct {
	format string
	args   []any
}

// Phrasef returns a phrase, with a format as for [fmt.Sprintf]. The format is
// written as it is, in the language of the form, and so must be constant. Of the
// arguments, a [Code], a [Severity], an [Indent], an int and another Phrase are
// written as their types say; nil is an empty text. Any other argument is a text,
// which is made one line, cut at 2000 characters, and escaped.
func Phrasef(format string, args ...any) Phrase {
	if false {
		_ = fmt.Sprintf(format, args...) // makes vet check the calls of Phrasef
	}
	return Phrase{format, args}
}

// String returns the phrase as one line of text.
func (p Phrase) String() string { return p.in(&Text{}) }

// style writes arguments in the language of a form.
type style interface {
	text(string) string
	code(string) string
	severity(Severity) string
}

// in formats a phrase.
func (p Phrase) in(s style) string {
	args := make([]any, len(p.args))
	for i, arg := range p.args {
		switch arg := arg.(type) {
		case nil:
			args[i] = ""
		case Phrase:
			args[i] = arg.in(s)
		case Code:
			args[i] = s.code(line(string(arg), maxText))
		case Severity:
			args[i] = s.severity(arg)
		case Indent:
			args[i] = strings.Repeat("  ", int(arg))
		case int:
			args[i] = arg
		default:
			args[i] = s.text(line(fmt.Sprint(arg), maxText))
		}
	}
	return fmt.Sprintf(p.format, args...)
}

// maxText is how many characters of a text a report shows.
const maxText = 2000

// Short returns the first 120 characters of a text as one line, for a column.
func Short(text string) string { return line(text, 120) }

// line returns the first characters of a text as one line, with … for the rest.
// Runs of white space become one space.
func line(text string, most int) string {
	text = source.Plain(strings.Join(strings.Fields(text), " "))
	if len(text) <= most {
		return text
	}
	for i := range text {
		if most == 0 {
			return text[:i] + "…"
		}
		most--
	}
	return text
}

// Plural returns a number of things: "1 type", "2 types".
func Plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// Enumerate joins the first texts of a list, and counts the rest: "a, b and c",
// "a, b and 2 more".
func Enumerate(texts []string, most int) string {
	switch {
	case len(texts) > most:
		return fmt.Sprintf("%s and %d more", strings.Join(texts[:most], ", "), len(texts)-most)
	case len(texts) > 1:
		last := len(texts) - 1
		return strings.Join(texts[:last], ", ") + " and " + texts[last]
	default:
		return strings.Join(texts, "")
	}
}
