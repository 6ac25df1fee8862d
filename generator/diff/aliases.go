package diff

import (
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// aliases maps aliases to the Go names that they stand for.
type aliases map[string]string

// of returns the Go name that a name stands for, which is itself unless it is an
// alias.
func (a aliases) of(name string) string {
	if of, ok := a[name]; ok {
		return of
	}
	return name
}

// symbol replaces an alias at the beginning of a name: "Old.Field" becomes
// "New.Field".
func (a aliases) symbol(name string) string {
	owner, member, ok := strings.Cut(name, ".")
	if !ok {
		return a.of(name)
	}
	return a.of(owner) + "." + member
}

// aliasesOf returns the aliases in a plan.
func aliasesOf(p *golang.Plan) aliases {
	list := aliases{}
	for _, a := range p.Aliases {
		list[a.Name] = goType(a.Go, nil)
	}
	for _, f := range oldNames(p) {
		list[f.Name] = f.NewName
	}
	return list
}

// oldNames returns the old names of types and constants in a plan.
func oldNames(p *golang.Plan) []*golang.OldName {
	var list []*golang.OldName
	for _, f := range p.OldNames {
		list = append(append(list, f), f.Constants...)
	}
	for _, e := range p.Enums {
		list = append(list, e.OldNames...)
	}
	return list
}

// oldNames adds the old names of types and constants. The fields and methods of a
// type are added under its new name only.
func (s surface) oldNames(p *golang.Plan) {
	for _, f := range oldNames(p) {
		sym := *s[f.NewName]
		sym.name, sym.newName = f.Name, f.NewName
		sym.causes = []cause{{f.Subject(), sym.causes[0].kind}}
		s.add(sym)
	}
}

// expired returns the change for an old name that the new version does not retain.
func (c *comparer) expired(s *symbol, done map[string]*entry) *entry {
	subject, _, _ := strings.Cut(s.subject(), "/$") // the type, for the name of its queries
	kind := s.causes[0].kind
	if kind == KindMethod || kind == KindResource || subject != s.subject() {
		kind = KindName // the resource and its methods stay
	}
	e, ok := done[subject]
	if !ok {
		e = &entry{Change: Change{
			Kind: kind, Action: Removed, Subject: subject, Old: "another name of " + s.newName,
			OldAt: c.old.place(s.at), NewAt: c.new.place(source.Position{}), Evidence: wasRetained,
		}}
		done[subject] = e
		c.entries = append(c.entries, e)
	}
	return e
}
