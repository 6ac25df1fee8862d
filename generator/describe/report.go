package describe

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/report"
)

// Forms are the forms of a description.
var Forms = report.Forms[*Description]{Text: text, JSON: func(d *Description) any { return d }, HTML: page, Mermaid: mermaid}

func text(t *report.Text, d *Description) {
	switch {
	case d.Type != nil:
		d.Type.text(t)
	case d.Path != nil:
		d.Path.text(t)
	case d.Requests != nil:
		for i := range d.Requests {
			d.Requests[i].text(t)
		}
	case d.Methods != nil:
		t.List(report.Plural(len(d.Methods), "method"), methodPhrases(d.Methods))
	case d.Hits != nil:
		t.Table(report.Plural(len(d.Hits), "element")+" found", hitRows(d.Hits[:t.Shown(len(d.Hits))]))
		t.Rest("\t", len(d.Hits))
	default:
		for _, r := range d.Closure[:t.Shown(len(d.Closure))] {
			t.Printf("%s\n\t%s\n", r.Type, strings.Join(r.Chain, " → "))
		}
		t.Rest("", len(d.Closure))
		if len(d.Closure) > 1 {
			t.Printf("%s\n", report.Plural(len(d.Closure), "type"))
		}
	}
}

func methodPhrases(methods []Method) []report.Phrase {
	var list []report.Phrase
	for _, m := range methods {
		also := report.Phrase{}
		switch len(m.Also) {
		case 0:
		case 1:
			also = report.Phrasef(", also %s", m.Also[0])
		default:
			also = report.Phrasef(", also %s and %s", m.Also[0], report.Plural(len(m.Also)-1, "more path"))
		}
		ruledOut := report.Phrase{}
		if m.RuledOut != nil {
			ruledOut = report.Phrasef(", but not %s", strings.Join(m.RuledOut, ", "))
		}
		returns := report.Phrase{}
		if m.Type != "" {
			returns = report.Phrasef(", %s", m.Type)
		}
		list = append(list, report.Phrasef("%s %s%s%s%s", m.Verb, m.Path, returns, also, ruledOut))
	}
	return list
}

func hitRows(hits []Hit) [][]any {
	var rows [][]any
	for _, h := range hits {
		rows = append(rows, []any{h.Kind, h.Name, h.Description})
	}
	return rows
}

func (d *Type) text(t *report.Text) {
	t.Printf("%s: %s, %s\n", d.Position, d.Name, d.Kind)
	for _, line := range []string{d.Description, d.Deprecated, d.Page} {
		if line != "" {
			t.Printf("\t%s\n", line)
		}
	}
	if d.Underlying != "" {
		t.Printf("of %s\n", d.Underlying)
	}
	t.List("ancestors, nearest first", phrases(d.Ancestors))
	t.List("derived types", tree(d.Derived, 0))
	var rows [][]any
	for _, p := range d.Properties {
		var inherited any
		if p.DeclaredBy != d.Name {
			inherited = report.Phrasef("of %s", p.DeclaredBy)
		}
		rows = append(rows, []any{p.Name, p.Type, p.facts(), inherited})
	}
	t.Table("properties", rows)
	rows = nil
	for _, m := range d.Members {
		rows = append(rows, []any{m.Name, m.number(), m.Description})
	}
	t.Table("members", rows)
	t.List("used by", phrases(d.UsedBy))
	t.List("methods that need it", phrases(d.Methods))
	t.List("defects, for which it cannot be generated", phrases(d.Defects))
}

func (d *Path) text(t *report.Text) {
	t.Printf("%s: %s, %s\n", d.Position, d.Path, d.Type)
	if d.Description != "" {
		t.Printf("\t%s\n", d.Description)
	}
	t.Printf("resource\n\t%s\n", d.Resource)
	t.Printf("methods that can be generated\n\t%s\n", d.verbs())
	t.List("methods that the metadata rules out on this path", phrases(d.RuledOut))
	t.List("actions, functions and other methods behind this path", phrases(d.behind()))
	t.List("a create can set", phrases(d.Settable))
	t.List("a create cannot set", phrases(d.Refused))
	t.List("next segments", phrases(d.Next))
	t.List("type casts", phrases(d.Casts))
}

// verbs lists the verbs that can be generated.
func (d *Path) verbs() string { return cmp.Or(strings.Join(d.Verbs, ", "), "none") }

// facts lists what else is known of a property besides its type.
func (p Property) facts() string {
	var facts []string
	if p.Navigation {
		facts = append(facts, "navigation")
	}
	if p.Key {
		facts = append(facts, "key")
	}
	switch {
	case p.NotNull && strings.HasPrefix(p.Type, "Collection("):
		facts = append(facts, "items not null")
	case p.NotNull:
		facts = append(facts, "not null")
	}
	if p.ReadOnly != "" {
		facts = append(facts, "read-only ("+p.ReadOnly+")")
	}
	return strings.Join(facts, ", ")
}

// number returns the value of a member, "" if it is unknown.
func (m Member) number() string {
	if m.Value == nil {
		return ""
	}
	return strconv.FormatInt(*m.Value, 10)
}

func phrases(texts []string) []report.Phrase {
	list := make([]report.Phrase, len(texts))
	for i, text := range texts {
		list[i] = report.Phrasef("%s", text)
	}
	return list
}

// tree lists derived types, each below its base type and indented more.
func tree(types []Derived, level int) []report.Phrase {
	var list []report.Phrase
	for _, d := range types {
		list = append(list, report.Phrasef("%v%s", report.Indent(level), d.Name))
		list = append(list, tree(d.Derived, level+1)...)
	}
	return list
}
