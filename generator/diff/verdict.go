package diff

import (
	"cmp"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// maxNamed is how many symbols a verdict names.
const maxNamed = 3

// Verdict returns the number of changes of each severity, and the symbols whose
// callers stop compiling, in one line.
func (c *Comparison) Verdict() string {
	selection := ""
	if c.Selection != "" {
		selection = " in the selection of " + c.Selection
	}
	if len(c.Changes) == 0 {
		return "no difference" + selection
	}
	count := c.tally().String() + selection
	symbols := c.broken()
	if len(symbols) == 0 {
		return count + ": callers compile as before"
	}
	return count + ": callers of " + report.Enumerate(symbols, maxNamed) + " stop compiling"
}

// broken returns the symbols whose callers stop compiling: first the one that represents
// each change, constants after all others, and then the rest.
func (c *Comparison) broken() []string {
	var first, constants, rest []string
	for _, ch := range c.Changes {
		switch {
		case ch.Severity != report.Source:
			continue
		case ch.Constant:
			constants = append(constants, ch.Symbol)
		default:
			first = append(first, ch.Symbol)
		}
		rest = append(rest, ch.Also...)
	}
	var symbols []string
	seen := map[string]bool{}
	for _, name := range slices.Concat(first, constants, rest) {
		if !seen[name] {
			seen[name] = true
			symbols = append(symbols, name)
		}
	}
	return symbols
}

func (c *Comparison) tally() report.Tally {
	return report.TallyOf(c.Changes, func(c Change) report.Severity { return c.Severity })
}

// Sentence describes the change in one line: its old and new value, and for severity
// source the symbols whose callers stop compiling.
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
	case Added, Removed:
		switch {
		case c.Kind == KindSelection, c.Kind == KindMethod && len(c.Requests) <= 1:
			return c.title()
		case c.Action == Added:
			return report.Phrasef("%s: %s", c.title(), new)
		}
		return report.Phrasef("%s: %s", c.title(), old)
	case Renamed:
		return report.Phrasef("%s to %s", c.title(), new)
	default:
		return report.Phrasef("%s: %s → %s", c.title(), old, new)
	}
}

// title describes the change without values: "property a.b/c removed",
// "nullability of a.b/c changed", "method GET /b/c of a.b/c removed". The resource of a
// method can stay.
func (c Change) title() report.Phrase {
	switch requests := c.Requests; {
	case c.Kind == KindSelection && c.Whole:
		return report.Phrasef("%s is not selected any more", report.Code(c.Subject))
	case c.Kind == KindSelection:
		return report.Phrasef("parts of %s are not selected any more", report.Code(c.Subject))
	case c.Kind != KindMethod || c.Action != Added && c.Action != Removed:
	case c.Whole && len(requests) != 1:
		return report.Phrasef("all methods of %s %s", report.Code(c.Subject), c.Action)
	case len(requests) > 1:
		return report.Phrasef("%s %s, also on %s, of %s %s", c.Kind, report.Code(report.Short(requests[0])), report.Plural(len(requests)-1, "more path"), report.Code(c.Subject), c.Action)
	default:
		request := c.Old // the kind of a retained method
		if len(requests) > 0 {
			request = requests[0]
		}
		return report.Phrasef("%s %s of %s %s", c.Kind, report.Code(report.Short(request)), report.Code(c.Subject), c.Action)
	}
	if c.isAspect() {
		return report.Phrasef("%s of %s %s", c.Kind, report.Code(c.Subject), c.Action)
	}
	return report.Phrasef("%s %s %s", c.Kind, report.Code(c.Subject), c.Action)
}

// isAspect reports whether a part of the subject changed, not the subject as a whole.
func (c Change) isAspect() bool {
	switch c.Kind {
	case KindProperty, KindMember, KindAllowed, KindMethod, KindResource:
		return false
	case KindType:
		return c.Action == Changed
	}
	return true
}

// symbol returns the Go name of the change: "A", or "A → B" after a renaming.
func (c Change) symbol() report.Phrase {
	if c.NewSymbol != "" {
		return report.Phrasef("%s → %s", report.Code(c.Symbol), report.Code(c.NewSymbol))
	}
	return report.Phrasef("%s", report.Code(c.Symbol))
}

// at returns the position to look at. A removed element has one in the old version,
// unless that is a lock file, which has no lines: then it is the position in the new
// version of the element that held it.
func (c Change) at() source.Position {
	if c.Action == Removed && (c.OldAt.Line > 0 || c.NewAt.Line == 0) {
		return c.OldAt
	}
	return c.NewAt
}
