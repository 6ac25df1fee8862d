package retain

import (
	"maps"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// Matching lists the elements of two versions by name: the elements of both, of one
// alone, and the renamed ones. The lists are sorted.
type Matching struct {
	Both, Removed, Added []string
	Renamed              []Renamed
}

// Renamed is an element that probably got another name, with the evidence.
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

// MatchResources pairs resources by their IDs. They must not be items.
func MatchResources(old, new map[string]model.Resource) Matching {
	return match(old, new, alikeResources)
}

// match pairs elements by name. A removed element and an added one are taken for
// the same if alike returns evidence and if neither is alike a third one.
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
	var pairs []Renamed
	count := map[string]int{}
	for _, pair := range alikeNames(m.Removed, m.Added) {
		if evidence := alike(old[pair.old], new[pair.new]); evidence != "" {
			pairs = append(pairs, Renamed{pair.old, pair.new, evidence + "; " + pair.difference})
			count[pair.old]++
			count[pair.new]++
		}
	}
	renamed := map[string]bool{}
	for _, p := range pairs {
		if count[p.Old] == 1 && count[p.New] == 1 {
			m.Renamed = append(m.Renamed, p)
			renamed[p.Old], renamed[p.New] = true, true
		}
	}
	isRenamed := func(name string) bool { return renamed[name] }
	m.Removed = slices.DeleteFunc(m.Removed, isRenamed)
	m.Added = slices.DeleteFunc(m.Added, isRenamed)
	return m
}
