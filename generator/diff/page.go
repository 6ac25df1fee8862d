package diff

import (
	"cmp"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/report"
)

// page returns the comparison as a page of HTML.
func page(c *Comparison) report.Page {
	sources := []string{c.Old, c.New}
	if c.Old == "" {
		sources = []string{c.New}
	}
	data := report.Findings{
		Command: "diff", Sources: sources, Separator: "→", Verdict: c.Verdict(), Heading: "Changes", Noun: "changes", Picture: c.picture(),
	}
	for _, ch := range c.Changes {
		item := report.Item{Severity: ch.Severity, Kind: string(ch.Kind) + " " + string(ch.Action), Subject: ch.Subject, Type: typeOf(ch.Subject)}
		if ch.Old != "" && ch.New != "" && len(ch.Old)+len(ch.New) < 100 {
			item.Brief = ch.Old + " → " + ch.New
		} else if ch.Kind == KindMethod && ch.Action != Renamed {
			item.Brief = report.Short(cmp.Or(ch.New, ch.Old))
		}
		for _, fact := range []report.Fact{
			{Name: "before", Codes: codes(ch.Old), At: ch.OldAt.String()},
			{Name: "after", Codes: codes(ch.New), At: ch.NewAt.String()},
			{Name: "in Go", Codes: codes(ch.Symbol)},
			{Name: "now in Go", Codes: codes(ch.NewSymbol)},
			{Name: "also in Go", Codes: ch.Also},
			{Name: "evidence", Text: ch.Evidence},
		} {
			if len(fact.Codes) > 0 || fact.Text != "" {
				item.Facts = append(item.Facts, fact)
			}
		}
		data.Items = append(data.Items, item)
	}
	return report.Page{Template: "findings", Title: strings.Join(sources, " → "), Data: data}
}

func codes(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// picture draws the types with changes and their base types. It returns nil if no
// type changed.
func (c *Comparison) picture() *report.Picture {
	if len(c.Bases) == 0 {
		return nil
	}
	gravest, count := map[string]report.Severity{}, map[string]int{}
	for _, ch := range c.Changes { // the gravest first
		names := []string{typeOf(ch.Subject)}
		if now := typeOf(ch.New); ch.Action == Renamed && now != names[0] {
			names = append(names, now)
		}
		for _, name := range names {
			gravest[name] = cmp.Or(gravest[name], ch.Severity)
			count[name]++
		}
	}
	p := report.Draw("Types that changed, below their base types", c.Bases)
	p.Filters = true
	for i := range p.Boxes {
		if b := &p.Boxes[i]; count[b.Name] > 0 {
			b.Class = string(gravest[b.Name])
			b.Note = report.Plural(count[b.Name], "change") + ", the gravest is " + b.Class
		}
	}
	return p
}

// bases returns the base types of all types with changes, and of their base types.
func bases(changes []Change, old, new *golang.Plan) map[string]string {
	oldTypes, newTypes := declared(old), declared(new)
	list := map[string]string{}
	enter := func(name string) {
		for name != "" {
			t, ok := newTypes[name]
			if !ok {
				t, ok = oldTypes[name]
			}
			if _, done := list[name]; done || !ok {
				return
			}
			list[name] = ""
			if s, ok := t.(*model.StructuredType); ok {
				list[name] = base(s)
			}
			name = list[name]
		}
	}
	for _, ch := range changes {
		enter(typeOf(ch.Subject))
		if ch.Action == Renamed {
			enter(typeOf(ch.New))
		}
	}
	return list
}

// Of returns the changes of an element, such as a type or a resource, and of the elements
// in it.
func (c *Comparison) Of(name string) []Change {
	return slices.DeleteFunc(slices.Clone(c.Changes), func(ch Change) bool {
		return ch.Subject != name && !strings.HasPrefix(ch.Subject, name+"/")
	})
}

// typeOf returns the type that a subject belongs to, or that it is.
func typeOf(subject string) string {
	name, _, _ := strings.Cut(subject, "/")
	return name
}
