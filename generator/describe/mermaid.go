package describe

import (
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/report"
)

// mermaid draws a class diagram of a type with its relatives, or a flow chart of
// a path or of a closure.
func mermaid(m *report.Mermaid, d *Description) {
	switch {
	case d.Type != nil:
		m.Classes(d.Type.classes(), 0)
	case d.Path != nil:
		d.Path.flowchart(m)
	case d.Requests != nil:
		m.Printf("flowchart LR\n  root[\"/\"]\n")
		for i, r := range d.Requests {
			m.Printf("  root --> n%d[\"%s %s\"]\n", i, r.Verb, r.Path)
		}
	case d.Methods != nil:
		m.Printf("flowchart LR\n  root[\"/\"]\n")
		for i, method := range d.Methods {
			m.Printf("  root --> n%d[\"%s %s\"]\n", i, method.Verb, method.Path)
		}
	case d.Hits != nil:
		m.Printf("flowchart LR\n")
		for i, h := range d.Hits {
			m.Printf("  t%d[\"%s %s\"]\n", i, h.Kind, h.Name)
		}
	default:
		closureChart(m, d.Closure)
	}
}

// classes returns a type with its own structural properties or members, its
// ancestors, and the types derived from it.
func (d *Type) classes() []report.Class {
	var list []report.Class
	bases := slices.Concat(d.Ancestors, []string{""})
	for i, ancestor := range d.Ancestors {
		list = append(list, report.Class{Name: ancestor, Base: bases[i+1]})
	}
	itself := report.Class{Name: d.Name, Base: bases[0]}
	for _, p := range d.Properties {
		if p.DeclaredBy == d.Name && !p.Navigation {
			itself.Members = append(itself.Members, report.Phrasef("%s %s", shortType(p.Type), p.Name))
		}
	}
	for _, member := range d.Members {
		itself.Members = append(itself.Members, report.Phrasef("%s", member.Name))
	}
	switch {
	case strings.HasPrefix(d.Kind, "abstract"):
		itself.Kind = "abstract"
	case strings.HasSuffix(d.Kind, "enumeration"):
		itself.Kind = "enumeration"
	}
	return addClasses(append(list, itself), d.Name, d.Derived)
}

func addClasses(list []report.Class, base string, tree []Derived) []report.Class {
	for _, d := range tree {
		list = addClasses(append(list, report.Class{Name: d.Name, Base: base}), d.Name, d.Derived)
	}
	return list
}

// shortType returns a type without its namespace, with [] after the items of a
// collection.
func shortType(name string) string {
	item, collection := strings.CutPrefix(name, "Collection(")
	item = strings.TrimSuffix(item, ")")
	short := item[strings.LastIndexByte(item, '.')+1:]
	if collection {
		return short + "[]"
	}
	return short
}

func (d *Path) flowchart(m *report.Mermaid) {
	m.Printf("flowchart LR\n  root[\"/\"]\n")
	last := report.Phrasef("root")
	for i, segment := range strings.Split(strings.Trim(d.Path, "/"), "/") {
		id := report.Phrasef("s%d", i)
		m.Printf("  %s --> %s[\"%s\"]\n", last, id, segment)
		last = id
	}
	m.Printf("  %s --- type[\"%s\"]\n", last, d.Type)
	for i, next := range d.Next {
		m.Printf("  %s -.-> n%d[\"%s\"]\n", last, i, next)
	}
}

// closureChart draws an arrow to each type from the one that leads to it.
func closureChart(m *report.Mermaid, closure []Reason) {
	m.Printf("flowchart TD\n")
	numbers := map[string]int{}
	number := func(step string) int {
		n, known := numbers[step]
		if !known {
			n = len(numbers)
			numbers[step] = n
			m.Printf("  t%d[\"%s\"]\n", n, step)
		}
		return n
	}
	for _, r := range closure {
		to := number(r.Type)
		if len(r.Chain) < 2 {
			continue
		}
		last, from := r.Chain[len(r.Chain)-1], r.Chain[len(r.Chain)-2]
		if len(r.Chain) > 2 {
			from = from[strings.LastIndexByte(from, ' ')+1:]
		}
		why := strings.TrimSpace(strings.TrimSuffix(last, r.Type))
		if why = strings.TrimSuffix(why, " of type"); why == "" {
			m.Printf("  t%d --> t%d\n", number(from), to)
		} else {
			m.Printf("  t%d -->|\"%s\"| t%d\n", number(from), why, to)
		}
	}
}
