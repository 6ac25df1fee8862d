package audit

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// FromWarnings makes findings of what was found wrong with the form of pages.
func FromWarnings(warnings []source.Diagnostic) []Finding {
	var list []Finding
	for _, w := range warnings {
		list = append(list, Finding{Severity: report.Docs, Kind: KindPage, Sides: []Side{{Page, w.Message, w.Position}}})
	}
	return list
}

// Text writes findings for a terminal: each begins with a position that
// editors follow, and the other side is below it.
func Text(w io.Writer, findings []Finding) error {
	var b strings.Builder
	for _, f := range findings {
		for i, side := range f.Sides {
			if i == 0 {
				fmt.Fprintf(&b, "%s: %s: %s\n", side.Position, f.title(), f.says(i))
			} else {
				fmt.Fprintf(&b, "\t%s: %s\n", side.Position, f.says(i))
			}
		}
		if len(f.Also) > 0 {
			fmt.Fprintf(&b, "\tand at %s\n", places(f.Also))
		}
	}
	b.WriteString(summary(findings) + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// maxPlaces is how many places of one finding are printed.
const maxPlaces = 3

func places(list []source.Position) string {
	var texts []string
	for _, at := range list[:min(len(list), maxPlaces)] {
		texts = append(texts, at.String())
	}
	text := strings.Join(texts, ", ")
	if more := len(list) - maxPlaces; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

func (f Finding) title() string {
	return strings.TrimSpace(fmt.Sprintf("%s: %s %s", f.Severity, f.Kind, f.Subject))
}

func (f Finding) says(side int) string {
	says := f.Sides[side].Says
	if f.Sides[side].Source == Page && f.Kind != KindPage {
		return "the page: " + says
	}
	return says
}

// summary counts findings by severity.
func summary(findings []Finding) string {
	if len(findings) == 0 {
		return "no disagreement"
	}
	count := map[report.Severity]int{}
	for _, f := range findings {
		count[f.Severity]++
	}
	var parts []string
	for _, s := range report.Severities {
		if count[s] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count[s], s))
		}
	}
	noun := "findings"
	if len(findings) == 1 {
		noun = "finding"
	}
	return fmt.Sprintf("%d %s: %s", len(findings), noun, strings.Join(parts, ", "))
}

// JSON writes findings for other programs.
func JSON(w io.Writer, findings []Finding) error {
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
		item := finding{Severity: f.Severity, Kind: f.Kind, Subject: f.Subject}
		for _, s := range f.Sides {
			item.Sides = append(item.Sides, side{s.Source, s.Says, s.Position.File, s.Position.Line, s.Position.Column})
		}
		for _, at := range f.Also {
			item.Also = append(item.Also, at.String())
		}
		list = append(list, item)
	}
	document := struct {
		Findings []finding `json:"findings"`
	}{list}
	if err := json.MarshalWrite(w, document, jsontext.Multiline(true)); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w)
	return err
}

// Markdown writes findings as a table for each severity.
func Markdown(w io.Writer, findings []Finding) error {
	var b strings.Builder
	b.WriteString("# Audit\n\n" + summary(findings) + "\n")
	for _, level := range report.Severities {
		of := slices.DeleteFunc(slices.Clone(findings), func(f Finding) bool { return f.Severity != level })
		if len(of) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n\n| about | of | one side | the other |\n|:--|:--|:--|:--|\n", level)
		for _, f := range of {
			fmt.Fprintf(&b, "| %s | %s |", f.Kind, code(f.Subject))
			for i := range 2 {
				if i < len(f.Sides) {
					s := f.Sides[i]
					fmt.Fprintf(&b, " %s<br>%s", cell(f.says(i)), code(s.Position.String()))
					if i == 0 && len(f.Also) > 0 {
						fmt.Fprintf(&b, " and %d more", len(f.Also))
					}
					b.WriteString(" |")
				} else {
					b.WriteString(" |")
				}
			}
			b.WriteString("\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// cell returns a text as it can stand in a cell of a table: nothing in it is
// taken for Markdown or HTML.
func cell(text string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(text), " ") {
		if strings.ContainsRune("\\`*_{}[]<>()#+-!|~&", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// code returns a text as code in a cell of a table.
func code(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return ""
	}
	return "`" + strings.ReplaceAll(strings.ReplaceAll(text, "`", "'"), "|", `\|`) + "`"
}
