package diff

import (
	"fmt"
	"io"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/report"
)

// Markdown writes the comparison for a pull request: the verdict, a table of
// what can hurt, what cannot as further tables to open, and a class diagram.
func Markdown(w io.Writer, c *Comparison) error {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s**\n\nFrom %s to %s.\n", cell(c.Verdict()), code(c.Old), code(c.New))
	count := c.counts()
	if count[report.Source]+count[report.Wire]+count[report.Behaviour] > 0 {
		b.WriteString("\n")
		table(&b, c.Changes, report.Source, report.Wire, report.Behaviour)
	}
	for _, s := range []report.Severity{report.Additive, report.Docs} {
		if count[s] > 0 {
			fmt.Fprintf(&b, "\n<details><summary>%d %s</summary>\n\n", count[s], s)
			table(&b, c.Changes, s)
			b.WriteString("\n</details>\n")
		}
	}
	if diagram := mermaid(c); diagram != "" {
		fmt.Fprintf(&b, "\n## Types that changed\n\n%s", diagram)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// table writes the changes of some severities.
func table(b *strings.Builder, changes []Change, severities ...report.Severity) {
	b.WriteString("| severity | change | in Go | before | after | where |\n|:--|:--|:--|:--|:--|:--|\n")
	for _, s := range severities {
		for _, ch := range changes {
			if ch.Severity != s {
				continue
			}
			what := ch.title(code)
			if ch.Evidence != "" {
				what += "<br>" + cell(ch.Evidence)
			}
			fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s |\n",
				s, what, goCell(ch), code(short(ch.Old)), code(short(ch.New)), code(ch.at().String()))
		}
	}
}

func goCell(c Change) string {
	text := code(c.Symbol)
	if c.NewSymbol != "" {
		text += " → " + code(c.NewSymbol)
	}
	if len(c.Also) > 0 {
		text += fmt.Sprintf(" and %d more", len(c.Also))
	}
	return text
}

// cell returns a text as it can stand in a cell of a table: nothing in it is
// taken for Markdown or HTML.
func cell(text string) string {
	var b strings.Builder
	for _, r := range shown(text) {
		if strings.ContainsRune("\\`*_{}[]<>#|~&@", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// code returns a text of the schema as code, where it mentions nobody and
// links nowhere either.
func code(text string) string {
	text = strings.NewReplacer("`", "'", "|", `\|`).Replace(shown(text))
	if text == "" {
		return ""
	}
	return "`" + text + "`"
}
