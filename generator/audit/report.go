package audit

import (
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// FromWarnings returns the mistakes in the form of pages as findings.
func FromWarnings(warnings []source.Diagnostic) []Finding {
	var list []Finding
	for _, w := range warnings {
		list = append(list, Finding{Severity: report.Docs, Kind: KindPage, Sides: []Side{{Source: Page, Says: w.Message, Position: w.Position}}})
	}
	return list
}

// Forms are the forms of a report about findings.
var Forms = report.Forms[[]Finding]{Text: text, Markdown: markdown, JSON: jsonReport, HTML: page}

// maxPlaces is how many places of one finding a report names.
const maxPlaces = 3

// text writes the number of findings, and then the findings. Each begins with a position,
// as editors follow it, and has the other side below it.
func text(t *report.Text, findings []Finding) {
	t.Printf("%s\n", summary(findings))
	for _, f := range findings {
		for i, side := range f.Sides {
			if i == 0 {
				t.Printf("%s: %s: %s: %s\n", side.Position, f.Severity, f.title(), f.says(i))
			} else {
				t.Printf("\t%s: %s\n", side.Position, f.says(i))
			}
		}
		if len(f.Also) > 0 {
			t.Printf("\talso at %s\n", report.Enumerate(f.places(), maxPlaces))
		}
	}
}

// markdown writes a table of the findings of each severity.
func markdown(m *report.Markdown, findings []Finding) {
	m.Printf("# Audit\n\n%s\n", summary(findings))
	for _, level := range report.Severities {
		var rows [][]any
		for _, f := range findings {
			if f.Severity != level {
				continue
			}
			row := []any{f.Kind, report.Code(f.Subject)}
			for i, side := range f.Sides {
				cell := report.Phrasef("%s<br>%s", f.says(i), report.Code(side.Position.String()))
				if i == 0 && len(f.Also) > 0 {
					cell = report.Phrasef("%s and %d more", cell, len(f.Also))
				}
				row = append(row, cell)
			}
			rows = append(rows, row)
		}
		if rows != nil {
			m.Printf("\n## %s\n", level)
			m.Table([]string{"kind", "subject", "one side", "the other"}, rows)
		}
	}
}

// page returns findings as a page of HTML, the gravest first.
func page(findings []Finding) report.Page {
	data := report.Findings{Command: "audit", Separator: "↔", Verdict: summary(findings), Heading: "Findings", Noun: "findings"}
	findings = slices.Clone(findings)
	slices.SortStableFunc(findings, func(a, b Finding) int { return a.Severity.Compare(b.Severity) })
	for _, f := range findings {
		item := report.Item{Severity: f.Severity, Kind: string(f.Kind), Subject: f.Subject}
		for _, side := range f.Sides {
			if !slices.Contains(data.Sources, side.Source) {
				data.Sources = append(data.Sources, side.Source)
			}
			name := "metadata"
			if side.Source == Page {
				name = "page"
			}
			item.Facts = append(item.Facts, report.Fact{Name: name, Text: side.Says, At: side.Position.String()})
		}
		if len(f.Also) > 0 {
			item.Facts = append(item.Facts, report.Fact{Name: "also at", Text: report.Enumerate(f.places(), len(f.Also))})
		}
		data.Items = append(data.Items, item)
	}
	return report.Page{Template: "findings", Title: "Audit: " + data.Verdict, Data: data}
}

func jsonReport(findings []Finding) any {
	type side struct {
		Source string `json:"source"`
		Says   string `json:"says"`
		File   string `json:"file"`
		Line   int    `json:"line,omitzero"`
		Column int    `json:"column,omitzero"`
	}
	type finding struct {
		Severity report.Severity `json:"severity"`
		Kind     Kind            `json:"kind"`
		Subject  string          `json:"subject,omitzero"`
		Sides    []side          `json:"sides"`
		Also     []string        `json:"also,omitzero"` // further places of the first side, file:line:column
	}
	list := []finding{}
	for _, f := range findings {
		item := finding{Severity: f.Severity, Kind: f.Kind, Subject: f.Subject, Also: f.places()}
		for _, s := range f.Sides {
			item.Sides = append(item.Sides, side{s.Source, s.Says, s.Position.File, s.Position.Line, s.Position.Column})
		}
		list = append(list, item)
	}
	return struct {
		Findings []finding `json:"findings"`
	}{list}
}

// places returns the further places of the first side.
func (f Finding) places() []string {
	var list []string
	for _, at := range f.Also {
		list = append(list, at.String())
	}
	return list
}

// title names the finding. A mistake in the form of a page has no subject.
func (f Finding) title() report.Phrase {
	if f.Subject == "" {
		return report.Phrasef("%s", f.Kind)
	}
	return report.Phrasef("%s %s", f.Kind, report.Code(f.Subject))
}

// says returns what a side says as a sentence.
func (f Finding) says(side int) report.Phrase {
	s := f.Sides[side]
	who := "metadata"
	switch {
	case s.Source == Page && f.Kind == KindPage: // Says is a sentence
		return report.Phrasef("%s", s.Says)
	case s.Source == Page:
		who = "page"
	}
	if s.Does {
		return report.Phrasef("the %s %s", who, s.Says)
	}
	return report.Phrasef("the %s says: %s", who, s.Says)
}

// summary counts findings by severity.
func summary(findings []Finding) string {
	if len(findings) == 0 {
		return "no disagreement"
	}
	tally := report.TallyOf(findings, func(f Finding) report.Severity { return f.Severity })
	return report.Plural(len(findings), "finding") + ": " + tally.String()
}
