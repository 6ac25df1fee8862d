package diff

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/report"
)

// The greatest size of a class diagram: nobody can read a larger one.
const (
	maxClasses = 30
	maxMembers = 12 // of a class
)

// diagram draws the types with changes and their base types, without changes of
// descriptions. It marks additions with + and removals with -.
func diagram(m *report.Markdown, c *Comparison) {
	members := map[string][]report.Phrase{}
	shown := map[string]bool{}
	for _, ch := range c.Changes {
		name := typeOf(ch.Subject)
		if _, known := c.Bases[name]; !known || ch.Severity == report.Docs {
			continue
		}
		if chain := c.chain(name); len(shown)+missingFrom(shown, chain) <= maxClasses {
			for _, name := range chain {
				shown[name] = true
			}
		}
		members[name] = append(members[name], ch.member())
	}
	if len(shown) == 0 {
		return
	}
	var classes []report.Class
	for _, name := range slices.Sorted(maps.Keys(shown)) {
		classes = append(classes, report.Class{Name: name, Base: c.Bases[name], Members: members[name]})
	}
	m.Printf("\n## Types that changed\n")
	m.Diagram(func(d *report.Mermaid) { d.Classes(classes, maxMembers) })
	if hidden := missingFrom(shown, slices.Collect(maps.Keys(members))); hidden > 0 {
		m.Printf("\nThe diagram leaves out %s with less severe changes.\n", report.Plural(hidden, "type"))
	}
}

// chain returns a type and its base types.
func (c *Comparison) chain(name string) []string {
	var list []string
	for name != "" && !slices.Contains(list, name) {
		list = append(list, name)
		name = c.Bases[name]
	}
	return list
}

func missingFrom(set map[string]bool, list []string) int {
	missing := 0
	for _, name := range list {
		if !set[name] {
			missing++
		}
	}
	return missing
}

// member returns the line for a change in the box of its type.
func (c Change) member() report.Phrase {
	_, name, inside := strings.Cut(c.Subject, "/")
	switch {
	case !inside && c.Action == Renamed:
		return report.Phrasef("renamed to %s", c.New)
	case !inside && c.Action != Changed:
		return report.Phrasef("<<%s>>", c.Action)
	case !inside:
		return report.Phrasef("%s %s", c.Kind, c.fromTo())
	case c.Action == Added && c.Kind == KindProperty:
		return report.Phrasef("+%s %s", name, c.New)
	case c.Action == Added:
		return report.Phrasef("+%s", name)
	case c.Action == Removed && c.Kind == KindProperty:
		return report.Phrasef("-%s %s", name, c.Old)
	case c.Action == Removed:
		return report.Phrasef("-%s", name)
	case c.Action == Renamed:
		return report.Phrasef("%s renamed to %s", name, c.New[strings.LastIndexByte(c.New, '/')+1:])
	default:
		return report.Phrasef("%s %s %s", name, c.Kind, c.fromTo())
	}
}

// fromTo returns the old and the new value, if these are names and not long texts.
func (c Change) fromTo() report.Phrase {
	switch c.Kind {
	case KindType, KindBase, KindKey, KindFlags, KindNullability, KindOpen, KindNumber, KindAbstract, KindStream, KindName:
		return report.Phrasef("%s to %s", cmp.Or(c.Old, "nothing"), cmp.Or(c.New, "nothing"))
	}
	return report.Phrasef("changed")
}
