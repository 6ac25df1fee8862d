package report

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
)

// Mermaid writes a diagram (https://mermaid.js.org). Arguments that are texts
// belong in quoted labels or in members of classes.
type Mermaid struct{ out bytes.Buffer }

// Printf writes a phrase, whose format is Mermaid.
func (m *Mermaid) Printf(format string, args ...any) {
	m.out.WriteString(Phrasef(format, args...).in(m))
}

// Class is a class of a diagram.
type Class struct {
	Name    string // unique in the diagram
	Base    string // drawn if it is in the diagram too
	Kind    string // "abstract", or "" for none
	Members []Phrase
}

// Classes writes a class diagram. A class shows at most maxMembers members; 0
// means all.
func (m *Mermaid) Classes(classes []Class, maxMembers int) {
	number := map[string]int{}
	m.Printf("classDiagram\n")
	for i, c := range classes {
		number[c.Name] = i
		m.Printf("  class t%d[\"%s\"]", i, c.Name)
		shown := c.Members
		if maxMembers > 0 {
			shown = shown[:min(len(shown), maxMembers)]
		}
		if len(shown) > 0 {
			m.Printf(" {\n")
			for _, member := range shown {
				m.Printf("    %s\n", member)
			}
			if more := len(c.Members) - len(shown); more > 0 {
				m.Printf("    and %d more\n", more)
			}
			m.Printf("  }")
		}
		m.Printf("\n")
		if c.Kind != "" {
			m.Printf("  <<%s>> t%d\n", c.Kind, i)
		}
	}
	for i, c := range classes {
		if base, ok := number[c.Base]; ok && c.Base != "" {
			m.Printf("  t%d <|-- t%d\n", base, i)
		}
	}
}

func (m *Mermaid) severity(s Severity) string { return m.text(string(s)) }
func (m *Mermaid) code(s string) string       { return m.text(s) }

// maxLabel is how many characters of a text fit into a diagram.
const maxLabel = 80

// text writes everything but letters and digits as entities of Mermaid. A label
// must not be empty: "" stands for an empty text.
func (m *Mermaid) text(s string) string {
	if s == "" {
		s = `""`
	}
	var b strings.Builder
	for _, r := range line(s, maxLabel) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" ._/", r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return b.String()
}
