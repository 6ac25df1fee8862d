package diff

import (
	"cmp"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// maxNamed is how many symbols a verdict names.
const maxNamed = 3

// Verdict sums the comparison up in one line: how many changes there are of
// each severity, and which callers stop compiling.
func (c *Comparison) Verdict() string {
	if len(c.Changes) == 0 {
		return "no difference"
	}
	var symbols []string
	for _, ch := range c.Changes {
		if ch.Severity == report.Source && !slices.Contains(symbols, ch.Symbol) {
			symbols = append(symbols, ch.Symbol)
		}
	}
	if len(symbols) == 0 {
		return c.tally().String() + ": callers compile as before"
	}
	return c.tally().String() + ": callers of " + report.Enumerate(symbols, maxNamed) + " stop compiling"
}

func (c *Comparison) tally() report.Tally {
	return report.TallyOf(c.Changes, func(c Change) report.Severity { return c.Severity })
}

// Sentence describes the change in one line of text: the old and the new value,
// and for a change of severity source the callers that stop compiling.
func (c Change) Sentence() string {
	if c.Severity != report.Source {
		return c.sentence().String()
	}
	symbols := append([]string{c.Symbol}, c.Also...)
	return report.Phrasef("%s; callers of %s stop compiling", c.sentence(), report.Enumerate(symbols, maxNamed)).String()
}

// sentence describes the change with its old and new value.
func (c Change) sentence() report.Phrase {
	old := report.Code(cmp.Or(report.Short(c.Old), "nothing"))
	new := report.Code(cmp.Or(report.Short(c.New), "nothing"))
	switch c.Action {
	case Added:
		return report.Phrasef("%s: %s", c.title(), new)
	case Removed:
		return report.Phrasef("%s: %s", c.title(), old)
	case Renamed:
		return report.Phrasef("%s to %s", c.title(), new)
	default:
		return report.Phrasef("%s: %s → %s", c.title(), old, new)
	}
}

// title describes the change without values: "property a.b/c removed",
// "nullability of a.b/c changed".
func (c Change) title() report.Phrase {
	if c.isAspect() {
		return report.Phrasef("%s of %s %s", c.Kind, report.Code(c.Subject), c.Action)
	}
	return report.Phrasef("%s %s %s", c.Kind, report.Code(c.Subject), c.Action)
}

// isAspect reports whether the change is about a part of the subject, and not
// about the subject as a whole.
func (c Change) isAspect() bool {
	switch c.Kind {
	case KindProperty, KindMember, KindAllowed, KindMethod, KindResource:
		return false
	case KindType:
		return c.Action == Changed
	}
	return true
}

// symbol names the change in Go: "A", or "A → B" for something renamed.
func (c Change) symbol() report.Phrase {
	if c.NewSymbol != "" {
		return report.Phrasef("%s → %s", report.Code(c.Symbol), report.Code(c.NewSymbol))
	}
	return report.Phrasef("%s", report.Code(c.Symbol))
}

// at is the place to look at: for something removed, in the old version. An old
// version that is a lock file has no lines, so that it is then the element that
// held it in the new version.
func (c Change) at() source.Position {
	if c.Action == Removed && (c.OldAt.Line > 0 || c.NewAt.Line == 0) {
		return c.OldAt
	}
	return c.NewAt
}
