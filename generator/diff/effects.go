package diff

import (
	"cmp"
	"maps"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/severity"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// effects finds out what the changes do to callers, and fills in symbols and
// severities.
func (c *comparer) effects() {
	old := surfaceOf(c.old.Plan, aliasesOf(c.new.Plan))
	new := surfaceOf(c.new.Plan, nil)
	named := map[string]*entry{}
	for _, s := range missing(old, new) {
		e := c.find(s.causes, func(a Action) bool { return a != Added })
		if n := new[s.name]; e == nil && n != nil {
			e = c.find(n.causes, func(Action) bool { return true })
		}
		if e == nil {
			e = c.renamedInGo(s, new, named)
		}
		e.broken = append(e.broken, s)
	}
	for _, s := range added(old, new) {
		if e := c.find(s.causes, func(a Action) bool { return a != Removed }); e != nil {
			e.gained = append(e.gained, s)
		}
	}
	oldNames, newNames := old.subjects(), new.subjects()
	for _, e := range c.entries {
		e.finish(oldNames, newNames)
	}
}

// missing returns what callers of old can no longer use, or use as before,
// in order. What a type had that is gone itself, or has another shape, goes
// without saying.
func missing(old, new surface) []*symbol {
	var list []*symbol
	for _, name := range slices.Sorted(maps.Keys(old)) {
		s := old[name]
		if s.owner != "" && !old[s.owner].resembles(new[s.owner]) {
			continue
		}
		if !s.serves(new[name]) {
			list = append(list, s)
		}
	}
	return list
}

// resembles reports whether what s has, n can have too.
func (s *symbol) resembles(n *symbol) bool {
	return n != nil && n.shape == s.shape && s.shape != shapeOther
}

// serves reports whether callers of s can go on with n.
func (s *symbol) serves(n *symbol) bool {
	switch {
	case n == nil, s.direct && !n.direct:
		return false
	case s.form == definedString && n.form == aliasOfString, s.form == formStruct && n.form == formBuilder:
		return true
	default:
		return s.form == n.form
	}
}

// added returns what is new, in order, less what new types have.
func added(old, new surface) []*symbol {
	var list []*symbol
	for _, name := range slices.Sorted(maps.Keys(new)) {
		s := new[name]
		if old[name] == nil && (s.owner == "" || old[s.owner] != nil) {
			list = append(list, s)
		}
	}
	return list
}

// find returns the first of the causes that did happen, or nil.
func (c *comparer) find(causes []cause, fits func(Action) bool) *entry {
	for _, cause := range causes {
		for _, e := range c.index[cause] {
			if fits(e.Action) {
				return e
			}
		}
	}
	return nil
}

// renamedInGo returns the change for a symbol that is gone though nothing in
// the schema changed: it has another name now, or another form.
func (c *comparer) renamedInGo(s *symbol, new surface, done map[string]*entry) *entry {
	subject := s.subject()
	if e, ok := done[subject]; ok {
		return e
	}
	e := &entry{Change: Change{
		Kind: KindName, Action: Changed, Subject: subject, Old: s.name, OldAt: c.old.place(s.at), NewAt: c.new.place(source.Position{}),
		Evidence: "the schema says the same: names were pinned otherwise, or collide with others",
	}}
	if n := new[new.subjects()[subject]]; n != nil {
		e.New, e.NewAt = n.name, c.new.place(n.at)
	}
	done[subject] = e
	c.entries = append(c.entries, e)
	return e
}

// subjects returns the name that stands for each subject.
func (s surface) subjects() map[string]string {
	best := map[string]*symbol{}
	for _, name := range slices.Sorted(maps.Keys(s)) {
		sym := s[name]
		if b := best[sym.subject()]; b == nil || sym.rank < b.rank {
			best[sym.subject()] = sym
		}
	}
	names := map[string]string{}
	for subject, sym := range best {
		names[subject] = sym.name
	}
	return names
}

// finish enters severity and symbols.
func (e *entry) finish(old, new map[string]string) {
	subject := e.Subject
	switch {
	case len(e.broken) > 0:
		e.Severity = severity.Source
		e.Symbol, e.Also = split(e.broken)
	case len(e.gained) > 0:
		e.Symbol, e.Also = split(e.gained)
	default:
		e.Symbol = cmp.Or(new[subject], old[subject])
	}
	if e.Action == Renamed && new[e.New] != e.Symbol {
		e.NewSymbol = new[e.New]
	}
}

// split returns the symbol that stands for all, and the others.
func split(list []*symbol) (string, []string) {
	slices.SortFunc(list, func(a, b *symbol) int { return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.name, b.name)) })
	var also []string
	for _, s := range list[1:] {
		also = append(also, s.name)
	}
	return list[0].name, also
}
