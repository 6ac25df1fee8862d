package csdl

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

const declaration = `<?xml version="1.0" encoding="utf-8"?>` + "\n"

// writer writes XML with one element a line.
type writer struct {
	text  bytes.Buffer
	depth int
}

// comment writes lines as a comment. They cannot end it or hide the text after it.
func (w *writer) comment(lines []string) {
	if len(lines) == 0 {
		return
	}
	w.text.WriteString("<!--\n")
	for _, line := range lines {
		line = source.Plain(line)
		for strings.Contains(line, "--") { // which a comment cannot hold
			line = strings.ReplaceAll(line, "--", "- -")
		}
		w.text.WriteString("  " + line + "\n")
	}
	w.text.WriteString("-->\n")
}

// element writes an element. The function writes its children, and can be nil.
func (w *writer) element(name string, a attributes, children func()) {
	w.open(name, a)
	empty := w.text.Len()
	if children != nil {
		w.text.WriteString(">\n")
		begin := w.text.Len()
		w.depth++
		children()
		w.depth--
		if w.text.Len() > begin {
			w.indent()
			w.text.WriteString("</" + name + ">\n")
			return
		}
	}
	w.text.Truncate(empty)
	w.text.WriteString("/>\n")
}

// textElement writes an element that holds text.
func (w *writer) textElement(name, text string) {
	w.open(name, nil)
	w.text.WriteByte('>')
	w.escape(text)
	w.text.WriteString("</" + name + ">\n")
}

// open writes a start tag without its closing ">".
func (w *writer) open(name string, a attributes) {
	w.indent()
	w.text.WriteString("<" + name)
	for _, attribute := range a {
		w.text.WriteString(" " + attribute.name + `="`)
		w.escape(attribute.value)
		w.text.WriteByte('"')
	}
}

func (w *writer) indent() {
	for range w.depth {
		w.text.WriteString("  ")
	}
}

// escape writes a text for an attribute or an element, with character references
// for markup and for characters that do not print.
func (w *writer) escape(text string) {
	for _, r := range Text(text) {
		switch {
		case r == '&':
			w.text.WriteString("&amp;")
		case r == '<':
			w.text.WriteString("&lt;")
		case r == '>':
			w.text.WriteString("&gt;")
		case r == '"':
			w.text.WriteString("&quot;")
		case !unicode.IsPrint(r):
			fmt.Fprintf(&w.text, "&#x%X;", r)
		default:
			w.text.WriteRune(r)
		}
	}
}

// attributes are those of an element, in order.
type attributes []attribute

type attribute struct{ name, value string }

func (a attributes) set(name, value string) attributes { return append(a, attribute{name, value}) }

// add adds an attribute if it has a value.
func (a attributes) add(name, value string) attributes {
	if value == "" {
		return a
	}
	return a.set(name, value)
}

// fact adds an attribute unless the fact equals the default, absent.
func (a attributes) fact(name string, fact, absent model.Fact) attributes {
	switch {
	case fact == absent:
		return a
	case fact == model.Yes:
		return a.set(name, "true")
	case fact == model.No:
		return a.set(name, "false")
	}
	return a
}

// IsCharacter reports whether XML can hold a character, section 2.2 of XML 1.0.
func IsCharacter(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return true
	case r < ' ', 0xD800 <= r && r <= 0xDFFF, r == 0xFFFE, r == 0xFFFF:
		return false
	}
	return r <= unicode.MaxRune
}

// Text returns a text with U+FFFD in place of the characters that XML cannot
// hold.
func Text(text string) string {
	return strings.Map(func(r rune) rune {
		if IsCharacter(r) {
			return r
		}
		return unicode.ReplacementChar
	}, text)
}
