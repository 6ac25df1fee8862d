package diff

import (
	"cmp"
	"maps"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Unselect adds what callers of a package lose because the configuration selects less
// than before. Whole is the package as it was, part what the configuration of today
// selects of the same version, and now the new package: [Compare] has compared part
// with now. There is one change for each type or resource.
func (c *Comparison) Unselect(whole, part, now Version) {
	s := surfacesOf(whole.Plan, now.Plan)
	selected := surfaceOf(part.Plan, s.aliases)
	lost := map[string][]*symbol{}
	for _, sym := range missing(s.old, s.new, s.aliases) {
		if sym.serves(selected.find(sym.name, s.aliases)) || sym.compilesAs(s.new.find(sym.name, s.aliases)) {
			continue // the release removed it, or callers compile
		}
		subject := s.old.holder(sym)
		lost[subject] = append(lost[subject], sym)
	}
	var changes []Change
	for _, subject := range slices.Sorted(maps.Keys(lost)) {
		ch := Change{
			Severity: report.Source, Kind: KindSelection, Action: Removed, Subject: subject,
			OldAt: whole.place(source.Position{}), NewAt: now.place(source.Position{}),
		}
		ch.Symbol, ch.Also = split(lost[subject])
		first := lost[subject][0] // of the lowest rank, now that they are sorted
		ch.Whole = first.owner == "" && first.rank == rankType || slices.Contains(first.methods, subject)
		ch.Constant = first.rank == rankConstant
		changes = append(changes, ch)
	}
	maps.Copy(c.Bases, bases(changes, whole.Plan, now.Plan))
	c.Changes = append(c.Changes, changes...)
	slices.SortFunc(c.Changes, compareChanges)
}

// holder returns the type or resource that a symbol belongs to.
func (s surface) holder(sym *symbol) string {
	subject := sym.subject()
	switch kind := sym.causes[0].kind; {
	case sym.query != nil:
		return sym.query.Type.QualifiedName()
	case len(sym.methods) > 0:
		return cmp.Or(s[sym.owner].subject(), subject) // the client has no subject
	case kind == KindMethod || kind == KindResource || kind == KindPath:
		return cmp.Or(subject, "/")
	case sym.owner != "":
		return s[sym.owner].subject()
	default:
		return typeOf(subject)
	}
}
