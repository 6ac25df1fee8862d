package retain

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// alikeProperties returns the evidence that two properties of a type are the same,
// or "".
func alikeProperties(o, n *model.Property) string {
	if o.Type.String() != n.Type.String() || (o.Facets.Nullable == model.No) != (n.Facets.Nullable == model.No) {
		return ""
	}
	return "both are of type " + o.Type.String()
}

// alikeMembers returns the evidence that two members of an enumeration are the
// same, or "".
func alikeMembers(o, n *model.Member) string {
	switch {
	case o.Value == nil && n.Value == nil:
		return "neither has a value"
	case o.Value != nil && n.Value != nil && *o.Value == *n.Value:
		return fmt.Sprintf("both have the value %d", *o.Value)
	}
	return ""
}

// alikeTypes returns the evidence that two types are the same, or "".
func alikeTypes(old, new model.Type) string {
	if strings.Contains(old.QualifiedName(), "/") || strings.Contains(new.QualifiedName(), "/") {
		return "" // the parameters of an action go with the action
	}
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
		return content(what(o)+"s "+where, "properties", properties(o.Properties), properties(n.Properties))
	case *model.EnumType:
		if n, ok := new.(*model.EnumType); ok && o.Flags == n.Flags {
			return content("enumerations", "members", members(o.Members), members(n.Members))
		}
	case *model.TypeDefinition:
		if n, ok := new.(*model.TypeDefinition); ok && o.Underlying.Name == n.Underlying.Name {
			return "both are definitions of " + o.Underlying.Name
		}
	}
	return ""
}

// content returns the evidence that two types share most of the names of their
// members, or "".
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
	return fmt.Sprintf("both are %s, and share the names of %d of %d %s", both, common, all, what)
}

// alikeResources returns the evidence that two resources are the same, or "".
func alikeResources(o, n model.Resource) string {
	if (o.Owner == nil) != (n.Owner == nil) || o.Owner != nil && o.Owner.QualifiedName() != n.Owner.QualifiedName() {
		return ""
	}
	if o.Ref().String() != n.Ref().String() || o.Contained() != n.Contained() {
		return ""
	}
	return "both lead to " + o.Ref().String()
}

// what returns the kind of a structured type in words.
func what(t *model.StructuredType) string { return string(t.Kind) + " type" }

func base(t *model.StructuredType) string {
	if t.Base == nil {
		return ""
	}
	return t.Base.Name
}

func properties(list []*model.Property) map[string]*model.Property {
	byName := map[string]*model.Property{}
	for _, p := range list {
		byName[p.Name] = p
	}
	return byName
}

func members(list []*model.Member) map[string]*model.Member {
	byName := map[string]*model.Member{}
	for _, m := range list {
		byName[m.Name] = m
	}
	return byName
}

// namePair is a removed and an added name that are alike.
type namePair struct{ old, new, difference string }

// alikeNames returns the pairs of names that are alike, in order. A name that is
// alike more than 100 others has no pairs.
func alikeNames(removed, added []string) []namePair {
	index := map[string][]name{} // the added names, by key
	for _, whole := range added {
		n := newName(whole)
		for _, key := range n.keys() {
			index[key] = append(index[key], n)
		}
	}
	var pairs []namePair
	for _, whole := range removed {
		n := newName(whole)
		found := map[string]string{} // the differences, by added name
		for _, key := range n.keys() {
			if len(index[key]) > maxAlike {
				found = nil
				break
			}
			for _, other := range index[key] {
				if difference := n.alike(other); difference != "" {
					found[other.whole] = difference
				}
			}
		}
		for _, other := range slices.Sorted(maps.Keys(found)) {
			pairs = append(pairs, namePair{whole, other, found[other]})
		}
	}
	return pairs
}

// maxAlike is the greatest number of added names that match compares with a removed
// one. A name that is alike so many others is not a renamed one.
const maxAlike = 100

// name is the name of an element, prepared for comparisons.
type name struct {
	whole  string
	prefix string   // what precedes the last part of the name: a namespace, or the owner of a resource
	last   string   // the last part of the name
	text   string   // last in lower case
	lower  []rune   // the runes of text
	plural []string // possible plurals of text
	digits string   // the digits in text
}

func newName(whole string) name {
	i := strings.LastIndexAny(whole, "./") + 1
	lower := strings.ToLower(whole[i:])
	n := name{whole: whole, prefix: whole[:i], last: whole[i:], text: lower, lower: []rune(lower), plural: plurals(lower)}
	n.digits = strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, lower)
	return n
}

// plurals returns the possible plurals of a word.
func plurals(word string) []string {
	list := []string{word + "s", word + "es"}
	if stem, ok := strings.CutSuffix(word, "y"); ok {
		list = append(list, stem+"ies")
	}
	return list
}

// maxEdited is the length of the longest names that are compared letter by letter.
const maxEdited = 128

// keys returns texts of which two names share at least one if they are alike: the
// name, its plurals, and the name without one of its letters, because two names
// that differ in one letter, or in the order of two, agree without it.
func (a name) keys() []string {
	keys := append([]string{a.text}, a.plural...)
	if len(a.lower) < minName || len(a.lower) > maxEdited {
		return keys
	}
	for i := range a.lower {
		// Digits do not differ. Letters that follow each other give the same text.
		if !unicode.IsDigit(a.lower[i]) && (i == 0 || a.lower[i] != a.lower[i-1]) {
			keys = append(keys, string(a.lower[:i])+string(a.lower[i+1:]))
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// minName is the length of the shortest names that can differ in one letter and
// still be alike: short words with one different letter are different words.
const minName = 4

// alike returns the difference of two names if their last parts differ only in case, in
// number, in one letter, or in the order of two letters, else "". Names with different
// digits are not alike: street1 is not street2.
func (a name) alike(b name) string {
	if a.whole == b.whole {
		return ""
	}
	const suffix = len("es") // the longest that a plural adds
	if longer := len(a.lower) - len(b.lower); longer > suffix || longer < -suffix {
		return ""
	}
	x, y := a.text, b.text
	switch {
	case x == y:
		return a.differs(b, "", a.last == b.last)
	case a.digits != b.digits, min(len(a.lower), len(b.lower)) < minName:
		return ""
	case slices.Contains(a.plural, y), slices.Contains(b.plural, x):
		return a.differs(b, "number", slices.Contains(plurals(a.last), b.last) || slices.Contains(plurals(b.last), a.last))
	case oneEdit(a.lower, b.lower):
		edit := "one letter"
		if len(a.lower) == len(b.lower) && !oneReplaced(a.lower, b.lower) {
			edit = "the order of two letters"
		}
		return a.differs(b, edit, oneEdit([]rune(a.last), []rune(b.last)))
	}
	return ""
}

// differs says in which respects two names differ: in the part before the last one, in
// case unless sameCase is set, and in another respect, if that is not "".
func (a name) differs(b name, other string, sameCase bool) string {
	var list []string
	switch {
	case a.prefix == b.prefix:
	case strings.Contains(a.prefix+b.prefix, "/"):
		list = append(list, "owner")
	default:
		list = append(list, "namespace")
	}
	if !sameCase {
		list = append(list, "case")
	}
	if other != "" {
		list = append(list, other)
	}
	text := list[0]
	if last := len(list) - 1; last > 0 {
		text = strings.Join(list[:last], ", ") + " and " + list[last]
	}
	return "the names differ in " + text + " only"
}

// oneReplaced reports whether a and b, which are of the same length, differ in a single place.
func oneReplaced(a, b []rune) bool {
	different := 0
	for i := range a {
		if a[i] != b[i] {
			different++
		}
	}
	return different == 1
}

// oneEdit reports whether a and b differ in one letter, or in the order of two
// neighbouring letters.
func oneEdit(a, b []rune) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a) <= 1 && len(b) <= 1 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}
