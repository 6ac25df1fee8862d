package retain

import (
	"maps"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// Matching lists which elements of two sides are the same, by name. The lists
// are in order.
type Matching struct {
	Both, Removed, Added []string
	Renamed              []Renamed
}

// Renamed is an element that is taken to be the same under another name.
type Renamed struct{ Old, New, Evidence string }

// MatchTypes pairs types by their qualified names.
func MatchTypes(old, new map[string]model.Type) Matching { return match(old, new, alikeTypes) }

// MatchProperties pairs the structural properties of a type.
func MatchProperties(old, new []*model.Property) Matching {
	return match(properties(old), properties(new), alikeProperties)
}

// MatchMembers pairs the members of an enumeration.
func MatchMembers(old, new []*model.Member) Matching {
	return match(members(old), members(new), alikeMembers)
}

// MatchResources pairs resources by their IDs. None of them is an item.
func MatchResources(old, new map[string]model.Resource) Matching {
	return match(old, new, alikeResources)
}

// match pairs elements by name. A removed element and an added one are the same
// if alike gives evidence of it, and if neither is like a third one.
func match[V any](old, new map[string]V, alike func(old, new V) (evidence string)) Matching {
	var m Matching
	for _, name := range slices.Sorted(maps.Keys(old)) {
		if _, ok := new[name]; ok {
			m.Both = append(m.Both, name)
		} else {
			m.Removed = append(m.Removed, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(new)) {
		if _, ok := old[name]; !ok {
			m.Added = append(m.Added, name)
		}
	}
	if len(m.Removed)*len(m.Added) > maxPairs {
		return m
	}
	removed, added := newNames(m.Removed), newNames(m.Added)
	var pairs []Renamed
	count := map[string]int{}
	for _, o := range removed {
		for _, n := range added {
			names := o.alike(n)
			if names == "" {
				continue
			}
			if evidence := alike(old[o.whole], new[n.whole]); evidence != "" {
				pairs = append(pairs, Renamed{o.whole, n.whole, evidence + "; " + names})
				count[o.whole]++
				count[n.whole]++
			}
		}
	}
	for _, p := range pairs {
		if count[p.Old] == 1 && count[p.New] == 1 {
			m.Renamed = append(m.Renamed, p)
			m.Removed = slices.DeleteFunc(m.Removed, func(name string) bool { return name == p.Old })
			m.Added = slices.DeleteFunc(m.Added, func(name string) bool { return name == p.New })
		}
	}
	return m
}

// maxPairs is how many pairs of names are compared. Where more came and went,
// the two sides have little to do with each other.
const maxPairs = 10_000_000
