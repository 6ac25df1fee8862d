package diff

import (
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// aliases are Go names that stand for others.
type aliases map[string]string

// of returns what a name stands for: mostly itself.
func (a aliases) of(name string) string {
	if of, ok := a[name]; ok {
		return of
	}
	return name
}

// symbol returns a name with the type that it begins with as what that stands
// for: of "Old.Field", "New.Field".
func (a aliases) symbol(name string) string {
	owner, member, ok := strings.Cut(name, ".")
	if !ok {
		return a.of(name)
	}
	return a.of(owner) + "." + member
}

// aliasesOf returns the aliases that a plan has.
func aliasesOf(p *golang.Plan) aliases {
	list := aliases{}
	for _, a := range p.Aliases {
		list[a.Name] = goType(a.Go, nil)
	}
	for _, f := range formers(p) {
		list[f.Name] = f.Of
	}
	return list
}

// formers returns the names that a plan has for types and constants that have
// another name now.
func formers(p *golang.Plan) []*golang.Former {
	var list []*golang.Former
	for _, f := range p.Former {
		list = append(append(list, f), f.Constants...)
	}
	for _, e := range p.Enums {
		list = append(list, e.Former...)
	}
	return list
}

// former enters those names. What a type has is entered with its new name only.
func (s surface) former(p *golang.Plan) {
	for _, f := range formers(p) {
		sym := *s[f.Of]
		sym.name, sym.former = f.Name, f.Of
		sym.causes = []cause{{f.Subject(), sym.causes[0].kind}}
		s.add(sym)
	}
}

// formerIsOver returns the change for a name that was an alias, and went.
func (c *comparer) formerIsOver(s *symbol, done map[string]*entry) *entry {
	subject := s.subject()
	e, ok := done[subject]
	if !ok {
		e = &entry{Change: Change{
			Kind: s.causes[0].kind, Action: Removed, Subject: subject, Old: "another name of " + s.former,
			OldAt: c.old.place(s.at), NewAt: c.new.place(source.Position{}), Evidence: over,
		}}
		done[subject] = e
		c.entries = append(c.entries, e)
	}
	return e
}
