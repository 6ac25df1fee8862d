package describe

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/report"
)

// Permissions lists the permissions that methods need, by their reference pages.
type Permissions struct {
	Asked   string              `json:"asked,omitzero"` // the pattern that the methods match
	Methods []MethodPermissions `json:"methods"`

	// Least are the least privileged permissions that all methods together need, by
	// kind of caller. A permission that others in the list make needless is left out.
	Least Callers[[]string] `json:"least"`
	// Untold is how many of the methods no page is about, by kind of caller: they can need
	// more.
	Untold Callers[int] `json:"untold"`
	// Unsupported is how many of the methods a kind of caller cannot call, whatever its
	// permissions.
	Unsupported Callers[int] `json:"unsupported"`
}

// Callers holds something for each kind of caller.
type Callers[T any] struct {
	Delegated   T `json:"delegated"`       // on behalf of a work or school account
	Personal    T `json:"personalAccount"` // on behalf of a personal Microsoft account
	Application T `json:"application"`
}

// all returns what c holds, in order.
func (c *Callers[T]) all() []*T { return []*T{&c.Delegated, &c.Personal, &c.Application} }

// callers are the kinds of callers as reports name them.
var callers = [...]string{"delegated", "personal account", "application"}

// MethodPermissions are the permissions of a method, or of some of its paths.
type MethodPermissions struct {
	Verb string `json:"verb"`
	Path string `json:"path"`
	Page string `json:"page,omitzero"` // the address of the reference page
	Callers[[]Grant]
}

// Grant lists the permissions of one kind of caller. Without a grant, no page says
// whether it can call the method.
type Grant struct {
	Of        string `json:"of,omitzero"` // the part of the resource, where the page distinguishes parts
	Supported bool   `json:"supported"`

	// AnyOf lists alternatives, the least privileged first. Each lists the permissions
	// that are needed together.
	AnyOf [][]string `json:"anyOf,omitzero"`
}

// PermissionsOf returns the permissions of methods, once for all paths of a method that
// need the same.
func PermissionsOf(methods []*api.Method) *Permissions {
	p := &Permissions{Methods: []MethodPermissions{}}
	for _, m := range methods {
		facts := vocab.MethodFacts(m.Annotations(), m.Key())
		var seen []vocab.Facts
		for _, request := range m.Requests() {
			f := vocab.About(facts, []string{request})
			f.Requests = nil
			if slices.ContainsFunc(seen, func(g vocab.Facts) bool { return reflect.DeepEqual(f, g) }) {
				continue
			}
			seen = append(seen, f)
			row := MethodPermissions{Verb: m.Verb, Path: strings.TrimPrefix(request, m.Verb+" "), Page: f.Page}
			for i, grants := range row.all() {
				for _, q := range f.Permissions {
					if q.Scheme == vocab.Schemes()[i] {
						*grants = append(*grants, Grant{q.Subject, q.Supported, q.AnyOf})
					}
				}
			}
			p.Methods = append(p.Methods, row)
		}
	}
	for i, least := range p.Least.all() {
		var needs [][][]string
		for _, row := range p.Methods {
			grants := *row.all()[i]
			switch {
			case len(grants) == 0:
				*p.Untold.all()[i]++
			case !slices.ContainsFunc(grants, func(g Grant) bool { return g.Supported }):
				*p.Unsupported.all()[i]++
			}
			for _, g := range grants {
				if len(g.AnyOf) > 0 {
					needs = append(needs, g.AnyOf)
				}
			}
		}
		*least = leastPrivileged(needs)
	}
	return p
}

// leastPrivileged returns permissions that satisfy all needs, sorted: the least
// privileged ones of each need, without those that are needless beside the others.
func leastPrivileged(needs [][][]string) []string {
	least := []string{}
	for _, anyOf := range needs {
		least = append(least, anyOf[0]...)
	}
	slices.Sort(least)
	least = slices.Compact(least)
	for _, permission := range slices.Clone(least) {
		others := slices.DeleteFunc(slices.Clone(least), func(p string) bool { return p == permission })
		if !slices.ContainsFunc(needs, func(anyOf [][]string) bool { return !satisfied(anyOf, others) }) {
			least = others
		}
	}
	return least
}

// satisfied reports whether permissions contain one of some alternatives.
func satisfied(anyOf [][]string, permissions []string) bool {
	return slices.ContainsFunc(anyOf, func(together []string) bool {
		return !slices.ContainsFunc(together, func(p string) bool { return !slices.Contains(permissions, p) })
	})
}

// PermissionForms are the forms of a list of permissions.
var PermissionForms = report.Forms[*Permissions]{
	Text: permissionsText, Markdown: permissionsMarkdown, JSON: func(p *Permissions) any { return p }, HTML: permissionsPage,
}

// untold stands for what no page says.
const untold = "no page lists"

// rows returns a row for each method: the method, and the permissions of each caller. If
// it is brief, a cell names only a few of many.
func (p *Permissions) rows(brief bool) [][]string {
	var rows [][]string
	for _, m := range p.Methods {
		row := []string{m.Verb + " " + m.Path}
		for _, grants := range m.all() {
			row = append(row, list(*grants, brief))
		}
		rows = append(rows, row)
	}
	return rows
}

// A brief cell names this many grants, and alternatives of each.
const (
	maxGrants       = 2
	maxAlternatives = 3
)

// list lists grants: "Mail.Read, Mail.ReadWrite".
func list(grants []Grant, brief bool) string {
	if len(grants) == 0 {
		return untold
	}
	var parts []string
	for _, g := range grants {
		var alternatives []string
		for _, together := range g.AnyOf {
			alternatives = append(alternatives, strings.Join(together, " and "))
		}
		part := joinedUpTo(alternatives, ", ", maxAlternatives, brief)
		switch {
		case !g.Supported:
			part = unsupported
		case part == "":
			part = noneNeeded
		}
		if g.Of != "" {
			part = g.Of + ": " + part
		}
		parts = append(parts, part)
	}
	return joinedUpTo(parts, "; ", maxGrants, brief)
}

// joinedUpTo joins texts. If it is brief, it joins only a few of many, with the number of
// the others.
func joinedUpTo(texts []string, separator string, few int, brief bool) string {
	if rest := len(texts) - few; brief && rest > 1 {
		return strings.Join(texts[:few], separator) + fmt.Sprintf("%sand %d more", separator, rest)
	}
	return strings.Join(texts, separator)
}

const (
	unsupported = "not supported"
	noneNeeded  = "none needed"
)

// Least says which permissions one kind of caller needs for all methods.
type Least struct{ Caller, Text string }

// LeastOfAll returns the callers that need a permission, or cannot call a method.
func (p *Permissions) LeastOfAll() []Least {
	var list []Least
	for i, text := range p.least() {
		if len(*p.Least.all()[i]) > 0 || *p.Unsupported.all()[i] > 0 {
			list = append(list, Least{callers[i], text})
		}
	}
	return list
}

// least returns the least privileged permissions of each caller, as cells. They say how
// many methods the caller cannot call, and how many no page is about.
func (p *Permissions) least() []string {
	var cells []string
	for i, permissions := range p.Least.all() {
		missing, refused := *p.Untold.all()[i], *p.Unsupported.all()[i]
		text := strings.Join(*permissions, ", ")
		switch {
		case missing == len(p.Methods):
			text, missing = untold, 0
		case missing+refused == len(p.Methods):
			text, refused = unsupported, 0
		case text == "":
			text = noneNeeded
		}
		var but []string
		if refused > 0 {
			but = append(but, report.Plural(refused, "method")+" "+unsupported)
		}
		if missing > 0 {
			but = append(but, "no page about "+report.Plural(missing, "method"))
		}
		if but != nil {
			text += " (" + strings.Join(but, ", ") + ")"
		}
		cells = append(cells, text)
	}
	return cells
}

func permissionsText(t *report.Text, p *Permissions) {
	n := len(p.Methods)
	if n > 0 && p.Untold == (Callers[int]{n, n, n}) {
		t.Printf("%s the permissions of %s\n", untold, report.Plural(n, "method"))
		return
	}
	columns := func(texts []string) []any {
		var row []any
		for _, text := range texts {
			row = append(row, text)
		}
		return row
	}
	rows := [][]any{columns(append([]string{"METHOD"}, upper(callers[:])...))}
	for _, row := range p.rows(!t.All) {
		rows = append(rows, columns(row))
	}
	t.Table(report.Plural(n, "method")+" with the permissions of each kind of caller, the least privileged first", rows)
	t.Printf("least privileged for all\n")
	for i, least := range p.least() {
		t.Printf("\t%s: %s\n", callers[i], least)
	}
}

func upper(texts []string) []string {
	var list []string
	for _, text := range texts {
		list = append(list, strings.ToUpper(text))
	}
	return list
}

func permissionsMarkdown(m *report.Markdown, p *Permissions) {
	m.Printf("# Permissions of %s\n\nOne permission of a list is enough; the least privileged comes first.\n", report.Plural(len(p.Methods), "method"))
	var rows [][]any
	for _, row := range p.rows(false) {
		rows = append(rows, []any{report.Code(row[0]), row[1], row[2], row[3]})
	}
	least := p.least()
	rows = append(rows, []any{"least privileged for all", least[0], least[1], least[2]})
	m.Table(append([]string{"method"}, callers[:]...), rows)
}

func permissionsPage(p *Permissions) report.Page {
	title := "Permissions of " + report.Plural(len(p.Methods), "method") + of(p.Asked)
	data := listPage{
		Title: title, Noun: "methods", Columns: []string{"Verb", "Path", "Delegated", "Personal account", "Application"},
		Filter: report.Filter{Noun: "methods", Size: len(p.Methods), Hint: "path, permission …"},
		Footer: cells(append([]string{"", "Least privileged for all"}, p.least()...)...),
	}
	for i, row := range p.rows(false) {
		data.Rows = append(data.Rows, cells(append([]string{p.Methods[i].Verb, p.Methods[i].Path}, row[1:]...)...))
	}
	return report.Page{Template: "list", Title: title, Data: data}
}
