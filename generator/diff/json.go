package diff

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"io"

	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// The types of the JSON report. Its schema is schema.json.
type (
	jsonReport struct {
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

// JSON writes the comparison for other programs, in the form of schema.json.
func JSON(w io.Writer, c *Comparison) error {
	count := c.counts()
	document := jsonReport{
		Old: c.Old, New: c.New, Verdict: c.Verdict(), Counts: map[report.Severity]int{}, Changes: []jsonChange{}, Bases: c.Bases,
	}
	for _, s := range report.Severities {
		document.Counts[s] = count[s]
	}
	for _, ch := range c.Changes {
		document.Changes = append(document.Changes, jsonChange{
			ch.Severity, ch.Kind, ch.Action, ch.Subject, ch.Symbol, ch.NewSymbol, ch.Also, ch.Old, ch.New,
			jsonAt(ch.OldAt), jsonAt(ch.NewAt), ch.Evidence,
		})
	}
	// The name of a file can be anything.
	err := json.MarshalWrite(w, document, jsontext.Multiline(true), json.Deterministic(true), jsontext.AllowInvalidUTF8(true))
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n")
	return err
}

func jsonAt(p source.Position) jsonPosition { return jsonPosition{p.File, p.Line, p.Column} }
