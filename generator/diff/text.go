package diff

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/report"
)

// Text writes the comparison for a terminal: the verdict, then each change with
// the position first, as editors follow it.
func Text(w io.Writer, c *Comparison, color bool) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", shown(c.Verdict()))
	for _, ch := range c.Changes {
		fmt.Fprintf(&b, "%s: %s: %s\n", shown(ch.at().String()), paint(ch.Severity, color), ch.sentence())
		if ch.Symbol != "" {
			fmt.Fprintf(&b, "\tin Go: %s\n", shown(ch.symbols()))
		}
		if ch.Evidence != "" {
			fmt.Fprintf(&b, "\t%s\n", shown(ch.Evidence))
		}
		if (ch.Action == Changed || ch.Action == Renamed) && ch.OldAt.Line > 0 {
			fmt.Fprintf(&b, "\t%s: before\n", shown(ch.OldAt.String()))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// sentence says what changed, from what to what.
func (c Change) sentence() string {
	title := c.title(shown)
	old, new := cmp.Or(short(c.Old), "nothing"), cmp.Or(short(c.New), "nothing")
	switch c.Action {
	case Added:
		return title + ": " + new
	case Removed:
		return title + ": " + old
	case Renamed:
		return title + " to " + new
	default:
		return title + ": " + old + " → " + new
	}
}

// symbols names what a change is in Go.
func (c Change) symbols() string {
	text := c.Symbol
	if c.NewSymbol != "" {
		text += " → " + c.NewSymbol
	}
	if len(c.Also) > 0 {
		text += ", also " + enumerate(c.Also, maxNamed)
	}
	return text
}

// colors are the SGR codes of ECMA-48, by severity.
var colors = map[report.Severity]string{
	report.Source:    "1;31", // bold red
	report.Wire:      "31",
	report.Behaviour: "33",
	report.Additive:  "32",
	report.Docs:      "2", // faint
}

func paint(s report.Severity, color bool) string {
	if !color {
		return string(s)
	}
	return "\x1b[" + colors[s] + "m" + string(s) + "\x1b[0m"
}
