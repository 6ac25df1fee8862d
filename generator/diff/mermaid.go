package diff

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/msgraphgen/msgraphgen/generator/report"
)

// How much a class diagram shows: more than that nobody can read.
const (
	maxClasses = 30
	maxMembers = 12 // of a class
)

// mermaid returns a class diagram of the types that changed, but for
// descriptions, with their base types, as a block of Markdown. It is "" if
// there are none. + stands before what is new, and - before what is gone.
func mermaid(c *Comparison) string {
	members := map[string][]string{}
	classes := map[string]bool{}
	all := map[string]bool{}
	for _, ch := range c.Changes {
		name := typeOf(ch.Subject)
		if _, known := c.Bases[name]; !known || ch.Severity == report.Docs {
			continue
		}
		all[name] = true
		if chain := c.chain(name); len(classes)+missingFrom(classes, chain) <= maxClasses {
			for _, name := range chain {
				classes[name] = true
			}
		}
		members[name] = append(members[name], ch.member())
	}
	if len(classes) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("```mermaid\nclassDiagram\n")
	names := slices.Sorted(maps.Keys(classes))
	id := map[string]string{}
	for i, name := range names {
		id[name] = fmt.Sprintf("t%d", i)
		fmt.Fprintf(&b, "    class %s[\"%s\"]", id[name], token(name))
		if list := members[name]; len(list) > 0 {
			b.WriteString(" {\n")
			for _, m := range list[:min(len(list), maxMembers)] {
				b.WriteString("        " + m + "\n")
			}
			if more := len(list) - maxMembers; more > 0 {
				fmt.Fprintf(&b, "        and %d more\n", more)
			}
			b.WriteString("    }")
		}
		b.WriteString("\n")
	}
	for _, name := range names {
		if base := c.Bases[name]; classes[base] {
			fmt.Fprintf(&b, "    %s <|-- %s\n", id[base], id[name])
		}
	}
	b.WriteString("```\n")
	if left := missingFrom(classes, slices.Collect(maps.Keys(all))); left > 0 {
		fmt.Fprintf(&b, "\n%d more types changed, less gravely than these, or have no room here.\n", left)
	}
	return b.String()
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

// member is the line for a change in the box of its type.
func (c Change) member() string {
	_, name, inside := strings.Cut(c.Subject, "/")
	switch {
	case !inside && c.Action == Renamed:
		return "renamed to " + token(c.New)
	case !inside && c.Action != Changed:
		return "<<" + string(c.Action) + ">>"
	case !inside:
		return fmt.Sprintf("%s %s", c.Kind, fromTo(c))
	case c.Action == Added:
		return strings.TrimSpace("+" + token(name) + " " + typed(c.Kind, c.New))
	case c.Action == Removed:
		return strings.TrimSpace("-" + token(name) + " " + typed(c.Kind, c.Old))
	case c.Action == Renamed:
		return fmt.Sprintf("%s renamed to %s", token(name), token(c.New[strings.LastIndexByte(c.New, '/')+1:]))
	default:
		return fmt.Sprintf("%s %s %s", token(name), c.Kind, fromTo(c))
	}
}

// typed returns the type of a property; of all else the name says it all.
func typed(kind Kind, text string) string {
	if kind != KindProperty {
		return ""
	}
	return token(text)
}

// fromTo says from what to what, where that is short: names, not texts.
func fromTo(c Change) string {
	switch c.Kind {
	case KindType, KindBase, KindKey, KindFlags, KindNullability, KindOpen, KindNumber, KindAbstract, KindStream, KindName:
		return token(c.Old) + " to " + token(c.New)
	}
	return "changed"
}

// token returns a text without what has a meaning in a diagram.
func token(text string) string {
	item, isCollection := strings.CutPrefix(text, "Collection(")
	if isCollection {
		return "Collection of " + token(strings.TrimSuffix(item, ")"))
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == ' ' {
			return r
		}
		return '_'
	}, shown(text))
}
