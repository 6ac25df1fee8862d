package api

import (
	"cmp"
	"maps"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// matcher finds the operations that match patterns. It walks the graph of
// resources, not the paths: of those there are tens of thousands, and without
// end where the schema has cycles. A state of the walk is a resource together
// with how far each pattern has matched; there are only so many of these.
type matcher struct {
	model            *model.Model
	include, exclude []*pattern
}

func newMatcher(m *model.Model, options Options) (*matcher, []string) {
	var problems []string
	parse := func(flag string, texts []string) []*pattern {
		var list []*pattern
		for _, text := range texts {
			p, err := parsePattern(text)
			if err != nil {
				problems = append(problems, flag+": "+err.Error())
				continue
			}
			list = append(list, p)
		}
		return list
	}
	matcher := &matcher{m, parse("include", options.Include), parse("exclude", options.Exclude)}
	return matcher, problems
}

// state is comparable: positions holds the sorted positions of all patterns,
// those of pattern 0 first, each list closed by a separator.
type state struct {
	resource  Resource
	positions string
}

// positions of each pattern, includes before excludes.
type positions [][]int

// separator is no position: no pattern is that long.
const separator = 0x10FFFF

func (p positions) key() string {
	var key []rune
	for _, list := range p {
		for _, i := range list {
			key = append(key, rune(i))
		}
		key = append(key, separator)
	}
	return string(key)
}

// match returns the operations, the links that lead to them, and the includes
// that match nothing.
func (m *matcher) match() ([]*Operation, []Link, []*pattern) {
	patterns := slices.Concat(m.include, m.exclude)
	start := state{}
	initial := make(positions, len(patterns))
	for i := range initial {
		initial[i] = []int{0}
	}
	start.positions = initial.key()

	at := map[state]positions{start: initial}
	before := map[state][]state{}
	order := []state{start}
	var accepted []state
	for n := 0; n < len(order); n++ {
		s := order[n]
		if len(m.accepted(s, at[s])) > 0 {
			accepted = append(accepted, s)
		}
		for next := range s.resource.next(m.model) {
			reached := advance(patterns, at[s], next)
			if !slices.ContainsFunc(reached[:len(m.include)], func(list []int) bool { return len(list) > 0 }) {
				continue // no pattern can match any more
			}
			t := state{next, reached.key()}
			if _, seen := at[t]; !seen {
				at[t] = reached
				order = append(order, t)
			}
			before[t] = append(before[t], s)
		}
	}
	return m.operations(accepted, at, before), links(accepted, before), m.unmatched(at)
}

func advance(patterns []*pattern, from positions, r Resource) positions {
	to := make(positions, len(patterns))
	for i, p := range patterns {
		for _, position := range from[i] {
			to[i] = append(to[i], p.step(position, r)...)
		}
		slices.Sort(to[i])
		to[i] = slices.Compact(to[i])
	}
	return to
}

// accepted returns the verbs that are selected in a state.
func (m *matcher) accepted(s state, at positions) []string {
	var verbs []string
	for _, verb := range s.resource.verbs() {
		selects := func(patterns []*pattern, at positions) bool {
			for i, p := range patterns {
				if p.selects(verb, at[i]) {
					return true
				}
			}
			return false
		}
		if selects(m.include, at[:len(m.include)]) && !selects(m.exclude, at[len(m.include):]) {
			verbs = append(verbs, verb)
		}
	}
	return verbs
}

// unmatched returns the includes that select nothing in any of the states.
func (m *matcher) unmatched(at map[state]positions) []*pattern {
	rest := slices.Clone(m.include)
	return slices.DeleteFunc(rest, func(p *pattern) bool {
		i := slices.Index(m.include, p)
		for s, positions := range at {
			for _, verb := range s.resource.verbs() {
				if p.selects(verb, positions[i]) {
					return true
				}
			}
		}
		return false
	})
}

func (m *matcher) operations(accepted []state, at map[state]positions, before map[state][]state) []*Operation {
	type key struct {
		verb     string
		resource Resource
	}
	found := map[key]*Operation{}
	for _, s := range accepted {
		for _, verb := range m.accepted(s, at[s]) {
			k := key{verb, s.resource}
			if found[k] == nil {
				found[k] = &Operation{Verb: verb, Resource: s.resource}
			}
			found[k].Paths = append(found[k].Paths, paths(s, before)...)
		}
	}
	list := slices.Collect(maps.Values(found))
	for _, o := range list {
		slices.SortFunc(o.Paths, comparePaths)
		o.Paths = slices.CompactFunc(o.Paths, func(a, b Path) bool { return comparePaths(a, b) == 0 })
		o.Paths = o.Paths[:min(len(o.Paths), maxPaths)]
	}
	slices.SortFunc(list, func(a, b *Operation) int {
		return cmp.Or(comparePaths(a.Paths[0], b.Paths[0]), cmp.Compare(a.Verb, b.Verb))
	})
	return list
}

func comparePaths(a, b Path) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a.String(), b.String()))
}

// paths returns the shortest ways from the root to a state that pass no state
// twice: breadth first and backwards, so that it can end when it has enough.
func paths(end state, before map[state][]state) []Path {
	var found []Path
	queue := [][]state{{end}}
	for len(queue) > 0 && len(found) < maxPaths && len(queue) < 10_000 {
		way := queue[0]
		queue = queue[1:]
		if way[0].resource == (Resource{}) {
			path := make(Path, len(way)-1)
			for i, s := range way[1:] {
				path[i] = s.resource
			}
			found = append(found, path)
			continue
		}
		for _, b := range before[way[0]] {
			if !slices.Contains(way, b) {
				queue = append(queue, slices.Concat([]state{b}, way))
			}
		}
	}
	return found
}

// links returns the steps on the ways from the root to the accepted states,
// in order.
func links(accepted []state, before map[state][]state) []Link {
	set := map[Link]bool{}
	seen := map[state]bool{}
	queue := slices.Clone(accepted)
	for len(queue) > 0 {
		s := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if seen[s] {
			continue
		}
		seen[s] = true
		for _, b := range before[s] {
			set[Link{From: b.resource, To: s.resource}] = true
			queue = append(queue, b)
		}
	}
	return slices.SortedFunc(maps.Keys(set), func(a, b Link) int {
		return cmp.Or(cmp.Compare(a.From.ID(), b.From.ID()), cmp.Compare(a.To.ID(), b.To.ID()))
	})
}
