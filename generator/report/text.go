package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Text writes a report for a terminal. An argument cannot control the terminal or
// begin a line.
type Text struct {
	out bytes.Buffer
	TextOptions
}

// TextOptions say how to write a report for a terminal.
type TextOptions struct {
	Color bool // severities have the colours of a terminal
	All   bool // long lists are not cut short
}

// Printf writes a phrase.
func (t *Text) Printf(format string, args ...any) { t.out.WriteString(Phrasef(format, args...).in(t)) }

// maxItems is how many items of a list a text shows.
const maxItems = 40

// Shown returns how many of n items of a list the text shows: all, or no more than 40.
func (t *Text) Shown(n int) int {
	if t.All {
		return n
	}
	return min(n, maxItems)
}

// Rest writes how many of n items the text does not show, after an indentation.
func (t *Text) Rest(indent string, n int) {
	if more := n - t.Shown(n); more > 0 {
		t.out.WriteString(indent)
		t.Printf("and %d more: --verbose lists all\n", more)
	}
}

// List writes a title and the items below it: no more than [Text.Shown], and the number
// of the rest. Without items it writes nothing.
func (t *Text) List(title string, items []Phrase) {
	if len(items) == 0 {
		return
	}
	t.Printf("%s\n", title)
	for _, item := range items[:t.Shown(len(items))] {
		t.Printf("\t%s\n", item)
	}
	t.Rest("\t", len(items))
}

// Table writes a title and the rows below it, in columns. Without rows it writes
// nothing.
func (t *Text) Table(title string, rows [][]any) {
	if len(rows) == 0 {
		return
	}
	t.Printf("%s\n", title)
	var table strings.Builder
	columns := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		for _, cell := range row {
			fmt.Fprintf(columns, "\t%s", Phrasef("%v", cell).in(t))
		}
		fmt.Fprintln(columns)
	}
	columns.Flush()
	for line := range strings.Lines(table.String()) {
		t.out.WriteString(strings.TrimRight(line, " \n") + "\n") // columns at the end may be empty
	}
}

func (t *Text) text(s string) string { return s }
func (t *Text) code(s string) string { return s }

func (t *Text) severity(s Severity) string {
	text := line(string(s), maxText)
	if !t.Color {
		return text
	}
	code := "2" // SGR of ECMA-48: faint
	switch s {
	case Source:
		code = "1;31" // bold red
	case Wire:
		code = "31"
	case Behaviour:
		code = "33" // yellow
	case Additive:
		code = "32" // green
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// Visible is a writer that passes text on to W as [source.PlainLines] shows it. It
// is for messages that quote sources. Each call of Write must hold whole
// characters.
type Visible struct{ W io.Writer }

// Write implements io.Writer.
func (v Visible) Write(p []byte) (int, error) {
	if _, err := io.WriteString(v.W, source.PlainLines(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}
