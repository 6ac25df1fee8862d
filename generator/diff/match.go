package diff

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// matching tells which elements of two sides are the same. The lists are in
// order.
type matching struct {
	both, removed, added []string
	renamed              []renamed
}

// renamed is an element that is taken to be the same under another name.
type renamed struct{ old, new, evidence string }

// match pairs elements by name. One that is gone and one that is new are the
// same if alike gives evidence of it, and if neither is like a third.
func match[V any](old, new map[string]V, alike func(old, new V) (evidence string)) matching {
	var m matching
	for _, name := range slices.Sorted(maps.Keys(old)) {
		if _, ok := new[name]; ok {
			m.both = append(m.both, name)
		} else {
			m.removed = append(m.removed, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(new)) {
		if _, ok := old[name]; !ok {
			m.added = append(m.added, name)
		}
	}
	if len(m.removed)*len(m.added) > maxPairs {
		return m
	}
	var pairs []renamed
	count := map[string]int{}
	for _, o := range m.removed {
		for _, n := range m.added {
			names := alikeNames(lastName(o), lastName(n))
			if names == "" {
				continue
			}
			if evidence := alike(old[o], new[n]); evidence != "" {
				pairs = append(pairs, renamed{o, n, evidence + "; " + names})
				count[o]++
				count[n]++
			}
		}
	}
	for _, p := range pairs {
		if count[p.old] == 1 && count[p.new] == 1 {
			m.renamed = append(m.renamed, p)
			m.removed = slices.DeleteFunc(m.removed, func(name string) bool { return name == p.old })
			m.added = slices.DeleteFunc(m.added, func(name string) bool { return name == p.new })
		}
	}
	return m
}

// maxPairs is how many names are compared with one another. Where more came and
// went, the two sides have little to do with each other.
const maxPairs = 10_000_000

// lastName returns a name without its namespace.
func lastName(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// minName is how long names must be for one other letter not to make them
// other words.
const minName = 4

// alikeNames says how little two names differ: by case, by a plural, by one
// letter, or by two that changed places. Else it returns "". Digits count:
// street1 is not street2.
func alikeNames(a, b string) string {
	const most = len("es") * utf8.UTFMax // that a plural has more
	if abs := max(len(a), len(b)) - min(len(a), len(b)); abs > most {
		return ""
	}
	if strings.EqualFold(a, b) {
		return "the names differ in case only"
	}
	x, y := strings.ToLower(a), strings.ToLower(b)
	if digits(x) != digits(y) || min(utf8.RuneCountInString(x), utf8.RuneCountInString(y)) < minName {
		return ""
	}
	switch {
	case plural(x, y), plural(y, x):
		return "the names differ in number only"
	case oneEdit([]rune(x), []rune(y)):
		return "the names differ in one letter"
	}
	return ""
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// plural reports whether b is the plural of a.
func plural(a, b string) bool {
	return b == a+"s" || b == a+"es" || strings.HasSuffix(a, "y") && b == strings.TrimSuffix(a, "y")+"ies"
}

// oneEdit reports whether one letter was added, left out or changed, or two
// neighbours changed places.
func oneEdit(a, b []rune) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a) <= 1 && len(b) <= 1 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}

// alikeProperties gives the evidence for two properties of a type to be the
// same.
func alikeProperties(o, n *model.Property) string {
	if o.Type.String() != n.Type.String() || (o.Facets.Nullable == model.No) != (n.Facets.Nullable == model.No) {
		return ""
	}
	return "both are of type " + o.Type.String()
}

// alikeMembers gives the evidence for two members of an enumeration to be the
// same.
func alikeMembers(o, n *model.Member) string {
	switch {
	case o.Value == nil && n.Value == nil:
		return "both have no number"
	case o.Value != nil && n.Value != nil && *o.Value == *n.Value:
		return fmt.Sprintf("both have the number %d", *o.Value)
	}
	return ""
}

// alikeTypes gives the evidence for two types to be the same.
func alikeTypes(old, new model.Type) string {
	switch o := old.(type) {
	case *model.StructuredType:
		n, ok := new.(*model.StructuredType)
		if !ok || o.Kind != n.Kind || base(o) != base(n) {
			return ""
		}
		where := "with no base type"
		if o.Base != nil {
			where = "with the base type " + o.Base.Name
		}
		return content(what(o)+"s "+where, "properties", byName(o.Properties), byName(n.Properties))
	case *model.EnumType:
		if n, ok := new.(*model.EnumType); ok && o.Flags == n.Flags {
			return content("enumerations", "members", members(o), members(n))
		}
	case *model.TypeDefinition:
		if n, ok := new.(*model.TypeDefinition); ok && o.Underlying.Name == n.Underlying.Name {
			return "both are definitions of " + o.Underlying.Name
		}
	}
	return ""
}

// content says how much two types have in common, if that is most of both.
func content[V any](both, what string, old, new map[string]V) string {
	common := 0
	for name := range old {
		if _, ok := new[name]; ok {
			common++
		}
	}
	all := len(old) + len(new) - common
	if common == 0 || common*5 < all*4 {
		return ""
	}
	return fmt.Sprintf("both are %s, and have %d of %d %s in common", both, common, all, what)
}
