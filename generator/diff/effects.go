package diff

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// effects finds the effects of the changes on callers, and sets symbols and
// severities.
func (c *comparer) effects(both surfaces) {
	old, new, aliases := both.old, both.new, both.aliases
	named, over := map[string]*entry{}, map[string]*entry{}
	for _, s := range missing(old, new, aliases) {
		e := c.find(s.causes, func(a Action) bool { return a != Added })
		if n := new.find(s.name, aliases); e == nil && n != nil {
			e = c.find(n.causes, func(Action) bool { return true })
		}
		if e == nil && s.query != nil {
			e = c.findQuery(c.old.Plan, s, func(a Action) bool { return a != Added })
		}
		switch {
		case e != nil:
		case s.newName != "" && new[s.name] == nil:
			e = c.expired(s, over)
		default:
			e = c.renamedInGo(s, new[both.newNames[s.subject()]], named)
		}
		if n := new.find(s.name, aliases); s.compilesAs(n) {
			e.revalue(s, n)
		} else {
			e.broken = append(e.broken, s)
		}
	}
	for _, s := range added(old, new) {
		notRemoved := func(a Action) bool { return a != Removed }
		e := c.find(s.causes, notRemoved)
		if e == nil && s.query != nil {
			e = c.findQuery(c.new.Plan, s, notRemoved)
		}
		if e != nil {
			e.gained = append(e.gained, s)
		}
	}
	for _, e := range c.entries {
		e.finish(both.oldNames, both.newNames)
	}
}

// revalue notes that the constant s has the value of n now. The report of a renamed
// element says so without that.
func (e *entry) revalue(s, n *symbol) {
	e.revalued = append(e.revalued, s)
	if e.Action == Renamed {
		return
	}
	if e.Evidence != "" {
		e.Evidence += "; "
	}
	e.Evidence += fmt.Sprintf("%s is %s now", s.name, n.value)
}

// missing returns the symbols that callers of old can no longer use as before,
// sorted. It leaves out the fields and methods of a type that is missing itself, or
// has another shape.
func missing(old, new surface, aliases aliases) []*symbol {
	var list []*symbol
	for name, s := range old {
		if s.owner != "" && !old[s.owner].resembles(new.find(s.owner, aliases)) {
			continue
		}
		if !s.serves(new.find(name, aliases)) {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, compareNames)
	return list
}

// find returns the symbol with a name. The name may be an alias, or a field or
// method of one.
func (s surface) find(name string, aliases aliases) *symbol {
	if sym := s[name]; sym != nil {
		return sym
	}
	return s[aliases.symbol(name)]
}

// resembles reports whether n can have the same fields and methods as s.
func (s *symbol) resembles(n *symbol) bool {
	return n != nil && n.shape == s.shape && s.shape != shapeOther
}

// serves reports whether callers of s compile with n, and a constant has the same value.
func (s *symbol) serves(n *symbol) bool { return s.compilesAs(n) && s.value == n.value }

// compilesAs reports whether callers of s compile with n.
func (s *symbol) compilesAs(n *symbol) bool {
	switch {
	case n == nil, s.direct && !n.direct, s.is != n.is:
		return false
	case s.form == definedString && n.form == aliasOfString, s.form == formStruct && n.form == formBuilder:
		return true
	default:
		return s.form == n.form
	}
}

// added returns the new symbols, sorted, without the fields and methods of new types.
func added(old, new surface) []*symbol {
	var list []*symbol
	for name, s := range new {
		if old[name] == nil && (s.owner == "" || old[s.owner] != nil) {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, compareNames)
	return list
}

// find returns the change for the first of the causes that fits, or nil.
func (c *comparer) find(causes []cause, fits func(Action) bool) *entry {
	for _, cause := range causes {
		now := cause
		now.subject = c.now(cause.subject)
		for _, e := range slices.Concat(c.index[now], c.index[cause]) {
			if fits(e.Action) {
				return e
			}
		}
	}
	return nil
}

// now returns the new name of a subject whose type was renamed.
func (c *comparer) now(subject string) string {
	name := typeOf(subject)
	if now, ok := c.renamed[name]; ok && name != subject {
		return now + strings.TrimPrefix(subject, name)
	}
	return subject
}

// renamedInGo returns the change for a symbol that is missing although the schema did
// not change: its Go name or its form changed. The new symbol of its subject can be nil.
func (c *comparer) renamedInGo(s, new *symbol, done map[string]*entry) *entry {
	subject := s.subject()
	if e, ok := done[subject]; ok {
		return e
	}
	e := &entry{Change: Change{
		Kind: KindName, Action: Changed, Subject: subject, Old: s.name, OldAt: c.old.place(s.at), NewAt: c.new.place(source.Position{}),
		Evidence: "the schema did not change: other names were pinned, or collide",
	}}
	if new != nil {
		e.New, e.NewAt = new.name, c.new.place(new.at)
	}
	done[subject] = e
	c.entries = append(c.entries, e)
	return e
}

// subjects returns the symbol with the lowest rank for each subject.
func (s surface) subjects() map[string]string {
	best := map[string]*symbol{}
	for _, sym := range s {
		for _, subject := range append([]string{sym.subject(), cmp.Or(sym.operation, sym.subject())}, sym.methods...) {
			if b := best[subject]; b == nil || compareSymbols(sym, b) < 0 {
				best[subject] = sym
			}
		}
	}
	names := map[string]string{}
	for subject, sym := range best {
		names[subject] = sym.name
	}
	return names
}

// finish sets the severity and the symbols of a change.
func (e *entry) finish(old, new map[string]string) {
	subject := e.Subject
	switch {
	case len(e.broken) > 0:
		e.Severity = report.Source
		e.Symbol, e.Also = split(e.broken)
		e.Constant = e.broken[0].rank == rankConstant
		if kept := new[subject]; kept != "" && e.Evidence == isRetained {
			e.Evidence = kept + " is " + isRetained + "; the Go names above are gone"
		}
		if e.Action == Renamed && strings.HasSuffix(e.Evidence, oldNameIsRetained) {
			e.Evidence += "; the Go names above are gone"
		}
	case len(e.revalued) > 0 && !e.Severity.AtLeast(report.Wire):
		e.Severity = report.Wire
		e.Symbol, e.Also = split(e.revalued)
	case e.Action == Renamed: // and the old name is retained
		e.Symbol = cmp.Or(old[subject], new[e.New])
	case len(e.gained) > 0:
		e.Symbol, e.Also = split(e.gained)
	default:
		operation := operationOf(subject)
		e.Symbol = cmp.Or(new[e.method], old[e.method], new[subject], old[subject], new[operation], old[operation])
	}
	if e.Action != Renamed || e.Constant && e.Kind != KindMember { // a constant of a query, for a builder
		return
	}
	now := new[e.New]
	if !strings.Contains(e.Symbol, ".") { // a builder
		now, _, _ = strings.Cut(now, ".")
	}
	if now != e.Symbol {
		e.NewSymbol = now
	}
}

// operationOf returns the operation that a subject is a parameter of: a.b/a.f(x) of
// a.b/a.f(x)/x. For other subjects it returns the subject.
func operationOf(subject string) string {
	if i := strings.LastIndex(subject, ")/"); i >= 0 {
		return subject[:i+1]
	}
	return subject
}

// compareSymbols orders symbols by rank, and then by name.
func compareSymbols(a, b *symbol) int {
	return cmp.Or(cmp.Compare(a.rank, b.rank), compareNames(a, b))
}

func compareNames(a, b *symbol) int { return cmp.Compare(a.name, b.name) }

// split returns the symbol with the lowest rank, and the others.
func split(list []*symbol) (string, []string) {
	slices.SortFunc(list, compareSymbols)
	var also []string
	for _, s := range list[1:] {
		also = append(also, s.name)
	}
	return list[0].name, also
}
