package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// maxNamed is how many symbols a verdict names.
const maxNamed = 3

// Verdict says in a line what a reviewer needs to know first: how many changes
// there are of each severity, and which callers stop compiling.
func (c *Comparison) Verdict() string {
	if len(c.Changes) == 0 {
		return "no difference"
	}
	count := c.counts()
	var parts []string
	for _, s := range report.Severities {
		if count[s] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count[s], s))
		}
	}
	return strings.Join(parts, ", ") + ": " + c.callers()
}

func (c *Comparison) counts() map[report.Severity]int {
	count := map[report.Severity]int{}
	for _, ch := range c.Changes {
		count[ch.Severity]++
	}
	return count
}

// callers says what becomes of those who call the generated code.
func (c *Comparison) callers() string {
	var symbols []string
	for _, ch := range c.Changes {
		if ch.Severity == report.Source && !slices.Contains(symbols, ch.Symbol) {
			symbols = append(symbols, ch.Symbol)
		}
	}
	if len(symbols) == 0 {
		return "callers compile as before"
	}
	return "callers of " + enumerate(symbols, maxNamed) + " stop compiling"
}

// enumerate joins the first texts, and tells how many there are besides.
func enumerate(texts []string, most int) string {
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

// at is the place to look at. What is gone is to be seen in the old version;
// where that is a lock file, in which nothing is to be seen, it is what held it.
func (c Change) at() source.Position {
	if c.Action == Removed && (c.OldAt.Line > 0 || c.NewAt.Line == 0) {
		return c.OldAt
	}
	return c.NewAt
}

// title says what changed: "property a.b/c removed", "type of a.b/c changed".
func (c Change) title(subject func(string) string) string {
	of := " "
	if c.aspect() {
		of = " of "
	}
	return string(c.Kind) + of + subject(c.Subject) + " " + string(c.Action)
}

// Sentence says what changed, from what to what, and of a change of severity
// source which callers stop compiling, in one line of text.
func (c Change) Sentence() string {
	if c.Severity != report.Source {
		return c.sentence()
	}
	symbols := append([]string{shown(c.Symbol)}, c.Also...)
	return c.sentence() + "; callers of " + enumerate(symbols, maxNamed) + " stop compiling"
}

// aspect reports whether a change is about a part of what the subject is, and
// not about the subject as a whole.
func (c Change) aspect() bool {
	switch c.Kind {
	case KindProperty, KindMember, KindAllowed, KindOperation, KindResource:
		return false
	case KindType:
		return c.Action == Changed
	}
	return true
}

// maxText is how much of a description a report for people shows.
const maxText = 120

// short returns a text of the schema as shown does, cut where it is long.
func short(text string) string {
	text = shown(text)
	if runes := []rune(text); len(runes) > maxText {
		return string(runes[:maxText]) + "…"
	}
	return text
}

// shown returns a text of the schema as one line that does nothing to a
// terminal.
func shown(text string) string {
	return strings.Join(strings.Fields(source.Plain(text)), " ")
}
