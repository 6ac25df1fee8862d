package report_test

import (
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/report"
)

// prose is a report with a text and a name wherever Markdown has a place for
// them.
var prose = report.Forms[string]{Markdown: func(m *report.Markdown, text string) {
	m.Printf("%s\n\n**%s** %s%s\n\n- %s\n", text, text, text, report.Code(text), text)
	m.Details(text, func() {
		m.Table([]string{"a", "b", "c"}, [][]any{
			{text, report.Code(text), report.Phrasef("%s<br>%s", text, report.Code(text))},
			{report.Code(text), text},
		})
	})
}}

func FuzzMarkdown(f *testing.F) {
	for _, text := range unsafe {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ReplaceAll(strings.Join(strings.Fields(text), " "), end, "") + end
		if len(text) > 1000 {
			return
		}
		got, words := rendered(t, write(t, prose, "markdown", text, false))
		want, wantWords := rendered(t, write(t, prose, "markdown", harmless(text), false))
		same(t, want, got)
		shows(t, text, wantWords, words)
	})
}
