package describe

import (
	"net/url"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/report"
)

// page returns a description as a page of HTML.
func page(d *Description) report.Page {
	switch {
	case d.Type != nil:
		return report.Page{Template: "type", Title: d.Type.Name, Data: newTypePage(d.Type)}
	case d.Path != nil:
		return report.Page{Template: "path", Title: d.Path.Path, Data: newPathPage(d.Path)}
	case d.Requests != nil:
		return report.Page{Template: "requests", Title: d.Asked, Data: requestsPage{d.Asked, newRequestPages(d.Requests)}}
	case d.Methods != nil:
		data := newMethodsPage(d)
		return report.Page{Template: "list", Title: data.Title, Data: data}
	case d.Hits != nil:
		data := newHitsPage(d)
		return report.Page{Template: "list", Title: data.Title, Data: data}
	default:
		data := newClosurePage(d.Closure)
		return report.Page{Template: "closure", Title: data.Title, Data: data}
	}
}

// typePage is the data of the page of a type.
type typePage struct {
	*Type
	Link      string // the address of the reference page, "" if it is not safe to follow
	Sections  bool   // the page has any of the following
	Picture   *report.Picture
	Rows      []row
	Numbers   []number
	Described bool           // some of these have a description
	Filter    *report.Filter // of the rows or the numbers; nil if there are only few
	Uses      *names
	Needs     *names
}

// row is a property.
type row struct {
	Property
	TypeParts  []string // of its type: a line can end after each
	OwnerParts []string // of the type that declares it
	Facts      string
	Inherited  bool
}

// number is a member of an enumeration.
type number struct {
	Member
	Number string
}

const (
	fewRows  = 10 // need no filter
	fewNames = 40 // are all shown at once
)

func newTypePage(t *Type) typePage {
	p := typePage{
		Type: t, Link: secure(t.Page), Picture: picture(t), Uses: newNames(t.UsedBy, fewNames), Needs: newNames(t.Methods, fewNames),
	}
	p.Described = slices.ContainsFunc(t.Properties, func(p Property) bool { return p.Description != "" }) ||
		slices.ContainsFunc(t.Members, func(m Member) bool { return m.Description != "" })
	for _, property := range t.Properties {
		p.Rows = append(p.Rows, row{
			Property: property, TypeParts: strings.SplitAfter(property.Type, "."), OwnerParts: strings.SplitAfter(property.DeclaredBy, "."),
			Facts: property.facts(), Inherited: property.DeclaredBy != t.Name,
		})
	}
	for _, m := range t.Members {
		p.Numbers = append(p.Numbers, number{m, m.number()})
	}
	p.Sections = p.Picture != nil || len(p.Rows) > 0 || len(p.Numbers) > 0 || p.Uses != nil || p.Needs != nil
	switch {
	case len(p.Rows) > fewRows:
		p.Filter = &report.Filter{Noun: "properties", Size: len(p.Rows), Hint: "name, type, fact, declared by …"}
	case len(p.Numbers) > fewRows:
		p.Filter = &report.Filter{Noun: "members", Size: len(p.Numbers), Hint: "name, value …"}
	}
	return p
}

// secure returns an address if it is absolute and begins with https://, else "".
func secure(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// picture draws a type between its ancestors and the types derived from it. It
// returns nil if there are none.
func picture(t *Type) *report.Picture {
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
	p := report.Draw("Ancestors and derived types", bases)
	for i := range p.Boxes {
		if p.Boxes[i].Name == t.Name {
			p.Boxes[i].Class = "itself"
		}
	}
	return p
}

func addDerived(bases map[string]string, base string, tree []Derived) {
	for _, d := range tree {
		bases[d.Name] = base
		addDerived(bases, d.Name, d.Derived)
	}
}

// pathPage is the data of the page of a path.
type pathPage struct {
	*Path
	Creates                                    string
	Excepted                                   string // the verbs that are ruled out on this path
	Behind, Sets, Refuses, Segments, TypeCasts *names
}

func newPathPage(p *Path) pathPage {
	all := func(list []string) *names { return newNames(list, len(list)) }
	return pathPage{Path: p, Creates: p.verbs(), Excepted: strings.Join(p.RuledOut, ", "), Behind: all(p.behind()), Sets: all(p.Settable), Refuses: all(p.Refused), Segments: all(p.Next), TypeCasts: all(p.Casts)}
}

// names is a list of names. If there are many, the page shows their number and
// lists them when it is opened.
type names struct {
	Names []string
	Many  bool
}

// newNames returns nil if there are no names.
func newNames(list []string, few int) *names {
	if len(list) == 0 {
		return nil
	}
	return &names{list, len(list) > few}
}

// listPage is the data of the page of methods or of matches.
type listPage struct {
	Title   string
	Noun    string
	Columns []string
	Rows    [][]cell // the second cell of each is code
	Footer  []cell   // a last row that sums up the others, or nil
	Filter  report.Filter
}

// cell is the text of a cell.
type cell string

// Parts returns the parts of a cell: a line can end after each. A cell with spaces has
// places enough.
func (c cell) Parts() []string {
	if strings.Contains(string(c), " ") {
		return []string{string(c)}
	}
	var parts []string
	for part := range strings.SplitAfterSeq(string(c), ".") {
		parts = append(parts, strings.SplitAfter(part, "/")...)
	}
	return slices.DeleteFunc(parts, func(part string) bool { return part == "" })
}

func cells(texts ...string) []cell {
	list := make([]cell, len(texts))
	for i, text := range texts {
		list[i] = cell(text)
	}
	return list
}

func newMethodsPage(d *Description) listPage {
	methods := d.Methods
	p := listPage{
		Title: report.Plural(len(methods), "method") + of(d.Asked), Noun: "methods", Columns: []string{"Verb", "Path", "Type", "Description"},
		Filter: report.Filter{Noun: "methods", Size: len(methods), Hint: "path, type, description …"},
	}
	for _, m := range methods {
		description := m.Description
		if m.RuledOut != nil {
			description = strings.TrimSpace(description + " Not on " + strings.Join(m.RuledOut, ", ") + ".")
		}
		p.Rows = append(p.Rows, cells(m.Verb, m.Path, m.Type, description))
	}
	return p
}

// of returns the end of a title about the methods that a pattern matches.
func of(pattern string) string {
	if pattern == "" {
		return ""
	}
	return " of " + pattern
}

func newHitsPage(d *Description) listPage {
	hits, found := d.Hits, " found"
	if d.Asked != "" {
		found += " for " + d.Asked
	}
	p := listPage{
		Title: report.Plural(len(hits), "element") + found, Noun: "elements", Columns: []string{"Kind", "Name", "Description"},
		Filter: report.Filter{Noun: "elements", Size: len(hits), Hint: "name, kind, description …"},
	}
	for _, h := range hits {
		p.Rows = append(p.Rows, cells(h.Kind, h.Name, h.Description))
	}
	return p
}

// closurePage is the data of the page of a closure.
type closurePage struct {
	Title   string
	Reasons []pageReason
	Filter  report.Filter
}

type pageReason struct {
	Reason
	From  string // the first step
	Steps string // how many follow
}

func newClosurePage(closure []Reason) closurePage {
	p := closurePage{
		Title:  "Why " + report.Plural(len(closure), "type") + " are selected",
		Filter: report.Filter{Noun: "types", Size: len(closure), Hint: "type, property, method …", Details: true},
	}
	if len(closure) == 1 {
		p.Title = "Why " + closure[0].Type + " is selected"
	}
	for _, r := range closure {
		reason := pageReason{Reason: r, From: strings.TrimPrefix(r.Chain[0], r.Type+" ")}
		if steps := len(r.Chain) - 1; steps > 0 {
			reason.Steps = ", " + report.Plural(steps, "step")
		}
		p.Reasons = append(p.Reasons, reason)
	}
	return p
}
