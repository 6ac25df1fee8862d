package diff

import (
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Forms are the forms of a report about a comparison.
var Forms = report.Forms[*Comparison]{Text: text, Markdown: markdown, JSON: jsonReport, HTML: page}

// text writes the verdict and the changes. A change begins with its position, in the
// format that editors recognize.
func text(t *report.Text, c *Comparison) {
	t.Printf("%s\n", c.Verdict())
	list(t, c.Changes)
}

// Brief is like the text of [Forms], but of the changes of documentation it writes
// only the number.
func Brief(t *report.Text, c *Comparison) {
	t.Printf("%s\n", c.Verdict())
	effective := slices.DeleteFunc(slices.Clone(c.Changes), func(ch Change) bool { return ch.Severity == report.Docs })
	list(t, effective)
	if n := len(c.Changes) - len(effective); n > 0 {
		t.Printf("docs: %s of documentation: --verbose prints all\n", report.Plural(n, "change"))
	}
}

// list writes changes. It cuts the lists of Go names short, unless the text shows all.
func list(t *report.Text, changes []Change) {
	cut := false
	for _, ch := range changes {
		t.Printf("%s: %s: %s\n", ch.at(), ch.Severity, ch.sentence())
		if ch.Symbol != "" {
			also := report.Phrase{}
			if len(ch.Also) > 0 {
				most := maxNamed
				if t.All {
					most = len(ch.Also)
				}
				cut = cut || len(ch.Also) > most
				also = report.Phrasef(", also %s", report.Enumerate(ch.Also, most))
			}
			t.Printf("\tin Go: %s%s\n", ch.symbol(), also)
		}
		if ch.Evidence != "" {
			t.Printf("\t%s\n", ch.Evidence)
		}
		if (ch.Action == Changed || ch.Action == Renamed) && ch.OldAt.Line > 0 {
			t.Printf("\t%s: before\n", ch.OldAt)
		}
	}
	if cut {
		t.Printf("names in Go are left out: --verbose lists all\n")
	}
}

// markdown writes the verdict, a table of the changes that affect callers, collapsed
// tables of the others, and a class diagram.
func markdown(m *report.Markdown, c *Comparison) {
	m.Printf("**%s**\n\n", c.Verdict())
	if c.Old == "" {
		m.Printf("Nothing was generated before %s.\n", report.Code(c.New))
	} else {
		m.Printf("From %s to %s.\n", report.Code(c.Old), report.Code(c.New))
	}
	count := c.tally()
	if count[report.Source]+count[report.Wire]+count[report.Behaviour] > 0 {
		table(m, c.Changes, report.Source, report.Wire, report.Behaviour)
	}
	for _, s := range []report.Severity{report.Additive, report.Docs} {
		if count[s] > 0 {
			m.Details(report.Tally{s: count[s]}.String(), func() { table(m, c.Changes, s) })
		}
	}
	diagram(m, c)
}

// table writes the changes of some severities.
func table(m *report.Markdown, changes []Change, severities ...report.Severity) {
	var rows [][]any
	for _, s := range severities {
		for _, ch := range changes {
			if ch.Severity != s {
				continue
			}
			title := ch.title()
			if ch.Evidence != "" {
				title = report.Phrasef("%s<br>%s", title, ch.Evidence)
			}
			symbols := []any{ch.symbol()}
			for _, name := range ch.Also {
				symbols = append(symbols, report.Code(name))
			}
			rows = append(rows, []any{
				s, title, report.Phrasef("%s"+strings.Repeat(", %s", len(ch.Also)), symbols...), report.Code(report.Short(ch.Old)), report.Code(report.Short(ch.New)), report.Code(ch.at().String()),
			})
		}
	}
	m.Table([]string{"severity", "change", "in Go", "before", "after", "where"}, rows)
}

// The types of the JSON report. Its schema is schema.json.
type (
	jsonComparison struct {
		Old     string                  `json:"old"`
		New     string                  `json:"new"`
		Verdict string                  `json:"verdict"`
		Counts  map[report.Severity]int `json:"counts"`
		Changes []jsonChange            `json:"changes"`
		Bases   map[string]string       `json:"bases"`
	}
	jsonChange struct {
		Severity  report.Severity `json:"severity"`
		Kind      Kind            `json:"kind"`
		Action    Action          `json:"action"`
		Subject   string          `json:"subject"`
		Symbol    string          `json:"symbol,omitzero"`
		NewSymbol string          `json:"newSymbol,omitzero"`
		Also      []string        `json:"also,omitzero"`
		Old       string          `json:"old,omitzero"`
		New       string          `json:"new,omitzero"`
		OldAt     jsonPosition    `json:"oldAt"`
		NewAt     jsonPosition    `json:"newAt"`
		Evidence  string          `json:"evidence,omitzero"`
	}
	jsonPosition struct {
		File   string `json:"file"`
		Line   int    `json:"line,omitzero"`
		Column int    `json:"column,omitzero"`
	}
)

func jsonReport(c *Comparison) any {
	document := jsonComparison{
		Old: c.Old, New: c.New, Verdict: c.Verdict(), Counts: map[report.Severity]int{}, Changes: []jsonChange{}, Bases: c.Bases,
	}
	count := c.tally()
	for _, s := range report.Severities {
		document.Counts[s] = count[s]
	}
	at := func(p source.Position) jsonPosition { return jsonPosition{p.File, p.Line, p.Column} }
	for _, ch := range c.Changes {
		document.Changes = append(document.Changes, jsonChange{
			ch.Severity, ch.Kind, ch.Action, ch.Subject, ch.Symbol, ch.NewSymbol, ch.Also, ch.Old, ch.New, at(ch.OldAt), at(ch.NewAt), ch.Evidence,
		})
	}
	return document
}
