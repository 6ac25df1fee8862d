package diff

import (
	"io"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/templates"
)

// What the page shows.
type (
	page struct {
		Title             string
		Old, New, Verdict string
		Counts            []pageCount
		Picture           *drawing // nil if no type changed
		Changes           []pageChange
		List              templates.List
	}
	pageCount struct {
		Severity report.Severity
		Count    int
		Meaning  string
	}
	pageChange struct {
		Change
		Type         string // that the change is about, or ""
		Brief        string // old and new, if that is short
		OldAt, NewAt string
		Meaning      string
	}
)

// meanings say what a severity is, to a reader who does not know the words.
var meanings = map[report.Severity]string{
	report.Source:    "code that uses it stops compiling",
	report.Wire:      "requests or responses change their meaning",
	report.Behaviour: "values come, or do not come, that callers do not expect",
	report.Additive:  "there is more than before; nothing breaks",
	report.Docs:      "doc comments alone change",
}

// HTML writes the comparison as a page that needs nothing else: no network and
// no other file.
func HTML(w io.Writer, c *Comparison) error {
	old, new := shown(c.Old), shown(c.New)
	p := page{Title: old + " → " + new, Old: old, New: new, Verdict: shown(c.Verdict()), Picture: draw(c), List: templates.List{Items: "changes", Details: true, Severities: true}}
	count := c.counts()
	for _, s := range report.Severities {
		if count[s] > 0 {
			p.Counts = append(p.Counts, pageCount{s, count[s], meanings[s]})
		}
	}
	for _, ch := range c.Changes {
		ch = ch.shown()
		item := pageChange{Change: ch, Type: typeOf(ch.Subject), OldAt: shown(ch.OldAt.String()), NewAt: shown(ch.NewAt.String()), Meaning: meanings[ch.Severity]}
		if brief := ch.Old + " → " + ch.New; ch.Old != "" && ch.New != "" && len(brief) < 100 {
			item.Brief = brief
		}
		p.Changes = append(p.Changes, item)
	}
	data, err := templates.Report("diff", p)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// shown returns a change with texts that can be shown.
func (c Change) shown() Change {
	for _, text := range []*string{&c.Subject, &c.Symbol, &c.NewSymbol, &c.Old, &c.New, &c.Evidence} {
		*text = shown(*text)
	}
	also := slices.Clone(c.Also)
	for i := range also {
		also[i] = shown(also[i])
	}
	c.Also = also
	return c
}
