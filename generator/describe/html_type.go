package describe

import (
	"net/url"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/templates"
)

// typePage is what the page of a type shows.
type typePage struct {
	*Type
	Title     string
	Secure    string   // the address of the reference page without https://; "" if it has another scheme
	Sections  bool     // some of what follows is there
	Picture   *drawing // nil if there are no relatives
	Rows      []row
	Numbers   []number
	Described bool            // some of these have a description
	List      *templates.List // of rows or of numbers; nil if there are only few
	Uses      *names
	Needs     *names
}

// drawing shows a type between its ancestors and those derived from it.
type drawing struct {
	report.Picture
	Nodes []node
}

type node struct {
	report.Box
	Itself bool
}

// row is a property.
type row struct {
	Property
	TypeParts  []string // of its type: a line can end after each
	OwnerParts []string // of the type that declares it
	Facts      string
	Inherited  bool
	Described  bool // some row has a description
}

// number is a member of an enumeration.
type number struct {
	Member
	Number    string
	Described bool
}

// few rows are seen at once: nobody needs to filter them.
const few = 10

func newTypePage(t *Type) typePage {
	p := typePage{
		Type: t, Title: t.Name, Secure: secure(t.Page), Picture: draw(t), Uses: newNames(t.UsedBy, maxLines), Needs: newNames(t.Methods, maxLines),
	}
	p.Described = slices.ContainsFunc(t.Properties, func(p Property) bool { return p.Description != "" }) ||
		slices.ContainsFunc(t.Members, func(m Member) bool { return m.Description != "" })
	for _, property := range t.Properties {
		p.Rows = append(p.Rows, row{
			Property: property, TypeParts: strings.SplitAfter(property.Type, "."), OwnerParts: strings.SplitAfter(property.DeclaredBy, "."),
			Facts: property.facts(), Inherited: property.DeclaredBy != t.Name, Described: p.Described,
		})
	}
	for _, m := range t.Members {
		p.Numbers = append(p.Numbers, number{m, m.number(), p.Described})
	}
	p.Sections = p.Picture != nil || len(p.Rows) > 0 || len(p.Numbers) > 0 || p.Uses != nil || p.Needs != nil
	switch {
	case len(p.Rows) > few:
		p.List = &templates.List{Items: "properties", Size: len(p.Rows), Hint: "name, type, fact, declared by …"}
	case len(p.Numbers) > few:
		p.List = &templates.List{Items: "members", Size: len(p.Numbers), Hint: "name, value …"}
	}
	return p
}

// secure returns an address without https://, or "" if that is not how it
// starts: nobody should follow a link to anything else.
func secure(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	rest, ok := strings.CutPrefix(u.String(), "https://")
	if !ok {
		return ""
	}
	return rest
}

// draw returns nil if a type has no relatives.
func draw(t *Type) *drawing {
	bases := map[string]string{t.Name: ""}
	below := t.Name
	for _, ancestor := range t.Ancestors {
		bases[below], bases[ancestor] = ancestor, ""
		below = ancestor
	}
	addDerived(bases, t.Name, t.Derived)
	if len(bases) == 1 {
		return nil
	}
	d := &drawing{Picture: report.Draw(bases, source.Plain)}
	for _, box := range d.Boxes {
		d.Nodes = append(d.Nodes, node{box, box.Name == t.Name})
	}
	return d
}

func addDerived(bases map[string]string, base string, tree []Derived) {
	for _, d := range tree {
		bases[d.Name] = base
		addDerived(bases, d.Name, d.Derived)
	}
}
