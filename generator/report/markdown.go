package report

import (
	"bytes"
	"fmt"
	"html"
	"strings"
	"unicode"
)

// Markdown writes a report in GitHub Flavored Markdown. An argument cannot become
// Markdown or HTML, mention anybody, or link anywhere.
type Markdown struct{ out bytes.Buffer }

// Printf writes a phrase, whose format is Markdown.
func (m *Markdown) Printf(format string, args ...any) {
	m.out.WriteString(Phrasef(format, args...).in(m))
}

// Table writes a table with a row of titles. A missing cell is empty.
func (m *Markdown) Table(titles []string, rows [][]any) {
	m.Printf("\n")
	for _, title := range titles {
		m.Printf("| %s ", title)
	}
	m.Printf("|\n|")
	for range titles {
		m.Printf(":--|")
	}
	m.Printf("\n")
	for _, row := range rows {
		for i := range titles {
			var cell any
			if i < len(row) {
				cell = row[i]
			}
			m.Printf("| %v ", cell)
		}
		m.Printf("|\n")
	}
}

// Details writes content that is hidden until a reader opens it.
func (m *Markdown) Details(summary string, content func()) {
	m.out.WriteString("\n<details><summary>" + html.EscapeString(line(summary, maxText)) + "</summary>\n")
	content()
	m.Printf("\n</details>\n")
}

// Diagram writes a block of Mermaid.
func (m *Markdown) Diagram(draw func(*Mermaid)) {
	diagram := &Mermaid{}
	draw(diagram)
	m.Printf("\n```mermaid\n")
	m.out.Write(diagram.out.Bytes())
	m.Printf("```\n")
}

func (m *Markdown) severity(s Severity) string { return m.text(line(string(s), maxText)) }

// text escapes the characters that CommonMark and its GitHub extensions interpret.
func (m *Markdown) text(s string) string {
	return escaped(s, func(i int, r rune) string {
		special := strings.ContainsRune("\\`*_[]<>|~&$", r)
		switch r {
		case '+', '-', '=': // of a list, a heading
			special = i == 0
		case '.', ')': // of a numbered list, of www.
			number := strings.Trim(s[:i], "0123456789") == "" && (i+1 == len(s) || s[i+1] == ' ')
			special = number || r == '.' && strings.EqualFold(s[max(i-3, 0):i], "www")
		case ':': // of an address
			special = strings.HasPrefix(s[i:], "://")
		}
		if special {
			return "\\" + string(r)
		}
		return string(r)
	})
}

// code sets a text as code.
func (m *Markdown) code(s string) string {
	switch {
	case s == "":
		return ""
	case !strings.ContainsAny(s, "`|"):
		return "`" + s + "`"
	}
	// A backtick ends code, and a bar ends a cell even in code. HTML can hold both.
	return "<code>" + escaped(s, func(_ int, r rune) string {
		if r == ' ' || unicode.IsLetter(r) || unicode.IsDigit(r) {
			return string(r)
		}
		return fmt.Sprintf("&#%d;", r)
	}) + "</code>"
}

// escaped escapes the characters of a text. GitHub searches the rendered page for
// @name and #1, so that only code is safe from that.
func escaped(s string, escape func(i int, r rune) string) string {
	var b strings.Builder
	done := 0
	for i, r := range s {
		switch marks := len(s[i:]) - len(strings.TrimLeft(s[i:], "@#")); {
		case i < done:
		case marks > 0:
			done = i + marks
			b.WriteString("`" + s[i:done] + "`")
		default:
			b.WriteString(escape(i, r))
		}
	}
	return b.String()
}
