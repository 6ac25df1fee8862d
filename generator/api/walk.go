package api

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// walk finds the methods that match patterns. It visits the graph of resources,
// not the paths: Graph has tens of thousands, and a schema with cycles has any
// number. A state of the walk is a resource with the positions that each pattern
// has reached, so that the number of states is limited.
type walk struct {
	model            *model.Model
	include, exclude []*pattern
	patterns         []*pattern // both, includes first
	restrictions     *restrictions
}

func newWalk(m *model.Model, options Options) (*walk, []Problem) {
	var problems []Problem
	parse := func(flag string, texts []string) []*pattern {
		var list []*pattern
		for _, text := range texts {
			p, err := parsePattern(text)
			if err != nil {
				problems = append(problems, Problem{Flag: flag, Pattern: text, Message: err.Error(), malformed: true})
				continue
			}
			p.flag = flag
			list = append(list, p)
		}
		return list
	}
	w := &walk{model: m, include: parse("include", options.Include), exclude: parse("exclude", options.Exclude), restrictions: newRestrictions()}
	w.patterns = slices.Concat(w.include, w.exclude)
	return w, problems
}

// state is a resource, and how far the paths to it have led.
type state struct {
	resource   model.Resource
	positions  positions
	restricted []*restriction

	before []*state // the states that a step leads from
	depth  int      // the number of segments of the shortest path
}

// stateKey identifies a state. It encodes the sorted positions of all patterns, pattern
// by pattern, with a separator after each pattern, and then the numbers of the
// restrictions.
type stateKey struct {
	resource model.Resource
	reached  string
}

func (s *state) key() stateKey {
	key := s.positions.key()
	for _, r := range s.restricted {
		key += strconv.Itoa(r.number) + ","
	}
	return stateKey{s.resource, key}
}

// positions are the positions of each pattern, includes before excludes.
type positions [][]int

// separator is greater than any position: no pattern is that long.
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

// findings are the results of a walk.
type findings struct {
	methods   []*Method
	accepted  map[string][]*state // the states that select a method, by its ID
	casts     []model.Path        // type casts that wildcards do not follow
	leftOut   []LeftOut           // resources with a defect
	unmatched []*pattern
	witnesses map[string]*Method // a method with one path for each pattern that matches
}

func (w *walk) walk() *findings {
	start := &state{positions: make(positions, len(w.patterns))}
	for i := range start.positions {
		start.positions[i] = []int{0}
	}
	f := &findings{accepted: map[string][]*state{}, witnesses: map[string]*Method{}}
	casts := map[model.Resource]*state{}
	seen := map[stateKey]*state{start.key(): start}
	order := []*state{start}
	for n := 0; n < len(order); n++ {
		s := order[n]
		for next := range s.resource.Next(w.model) {
			to := &state{resource: next, restricted: w.restrictions.advance(s.restricted, s.resource, next), depth: s.depth + 1}
			if !exists(s.resource, next, factsOf(to.restricted, next)) {
				continue
			}
			to.positions = w.advance(s.positions, s.resource, next)
			if !slices.ContainsFunc(to.positions[:len(w.include)], func(list []int) bool { return len(list) > 0 }) {
				if isCast(s.resource, next) && w.skips(s.positions) && declaresContained(next) {
					if _, ok := casts[next]; !ok {
						casts[next] = s
					}
				}
				continue // no pattern can match any more
			}
			if defect := resourceDefect(next); defect != nil {
				w.note(to.positions, defect)
				f.leftOut = append(f.leftOut, LeftOut{next.ID(), *defect})
				continue
			}
			if known := seen[to.key()]; known != nil {
				known.before = append(known.before, s)
				continue
			}
			if s.depth == maxSegments {
				f.leftOut = append(f.leftOut, LeftOut{next.ID(), tooFar(next)})
				continue
			}
			to.before = []*state{s}
			seen[to.key()] = to
			order = append(order, to)
		}
	}
	w.accept(f, order)
	for cast, from := range casts {
		for _, path := range from.paths()[:1] {
			f.casts = append(f.casts, append(path, cast))
		}
	}
	slices.SortFunc(f.casts, comparePaths)
	return f
}

// advance returns the positions of all patterns after a step.
func (w *walk) advance(at positions, from, to model.Resource) positions {
	reached := make(positions, len(w.patterns))
	for i, p := range w.patterns {
		for _, position := range at[i] {
			reached[i] = append(reached[i], p.step(position, from, to)...)
		}
		slices.Sort(reached[i])
		reached[i] = slices.Compact(reached[i])
	}
	return reached
}

// resourceDefect returns the defect that makes a resource unusable, or nil.
func resourceDefect(r model.Resource) *source.Diagnostic {
	if d := r.Element().Defect(); d != nil {
		return d
	}
	for t := r.Type(); t != nil; t = t.BaseType() {
		if d := t.Defect(); d != nil {
			return d
		}
	}
	return nil
}

// tooFar is the problem of a resource that only very long paths lead to.
func tooFar(r model.Resource) source.Diagnostic {
	return source.Diagnostic{
		Position: r.Pos(), Severity: source.Error,
		Message: fmt.Sprintf("%s is left out: its paths have more than %d segments", r.ID(), maxSegments),
	}
}

// note stores the defect of a resource in the patterns that lead to it.
func (w *walk) note(reached positions, defect *source.Diagnostic) {
	for i, p := range w.patterns {
		if len(reached[i]) == 0 {
			continue
		}
		if p.defects == nil {
			p.defects = map[*source.Diagnostic]bool{}
		}
		p.defects[defect] = true
	}
}

// isCast reports whether a step is a type cast.
func isCast(from, to model.Resource) bool {
	return to.Cast != nil && from.Cast == nil && to.Source == from.Source && to.Navigation == from.Navigation && to.Property == from.Property
}

// skips reports whether an include is at a wildcard, which does not follow casts.
func (w *walk) skips(at positions) bool {
	for i, p := range w.include {
		for _, position := range at[i] {
			if position < len(p.segments) && isWildcard(p.segments[position]) {
				return true
			}
		}
	}
	return false
}

// declaresContained reports whether a cast leads to contained resources that no
// path without the cast leads to.
func declaresContained(r model.Resource) bool {
	declared, _ := r.Ref().Type.(*model.StructuredType)
	for t := r.Cast; t != nil && t != declared; t = t.BaseType() {
		for _, n := range t.Navigation {
			if (model.Resource{Navigation: n, Owner: t}).Contained() {
				return true
			}
		}
	}
	return false
}

// accept finds the methods that an include and no exclude matches, and the
// patterns that match nothing.
func (w *walk) accept(f *findings, order []*state) {
	used := map[*pattern]bool{}
	methods := map[string]*Method{}
	ruledOut := map[string][]model.Path{} // by the ID of a method
	for _, s := range order {
		paths := sync.OnceValue(s.paths)
		for _, candidate := range methodsWith(w.model, s.resource, factsOf(s.restricted, s.resource)) {
			matching := w.selecting(&candidate, s.positions)
			for _, p := range matching {
				used[p] = true
				if f.witnesses[p.text] == nil {
					witness := candidate
					witness.Paths = paths()[:1]
					f.witnesses[p.text] = &witness
				}
			}
			if !selected(matching) {
				continue
			}
			id := candidate.ID()
			method := methods[id]
			if method == nil {
				method = &candidate
				methods[id] = method
			}
			method.named = method.named || slices.ContainsFunc(matching, (*pattern).named)
			method.Paths = append(method.Paths, paths()...)
			f.accepted[id] = append(f.accepted[id], s)
		}
		if !slices.ContainsFunc(s.restricted, func(r *restriction) bool { return r.facts != nil }) {
			continue
		}
		for _, other := range Methods(w.model, s.resource) {
			matching, id := w.selecting(&other, s.positions), other.ID()
			if states := f.accepted[id]; !selected(matching) || len(states) > 0 && states[len(states)-1] == s {
				continue
			}
			ruledOut[id] = append(ruledOut[id], paths()...)
			for _, p := range matching {
				p.ruledOut = true
			}
		}
	}
	f.methods = slices.Collect(maps.Values(methods))
	first := map[*Method]string{}
	for _, m := range f.methods {
		m.Paths, m.RuledOut = shortestPaths(m.Paths), shortestPaths(ruledOut[m.ID()])
		first[m] = m.Paths[0].String()
	}
	slices.SortFunc(f.methods, func(a, b *Method) int {
		if c := cmp.Or(cmp.Compare(len(a.Paths[0]), len(b.Paths[0])), cmp.Compare(first[a], first[b]), cmp.Compare(a.Kind.order(), b.Kind.order())); c != 0 {
			return c
		}
		return cmp.Compare(a.ID(), b.ID())
	})
	for _, p := range w.patterns {
		if !used[p] {
			f.unmatched = append(f.unmatched, p)
		}
	}
}

// selecting returns the patterns that select a method at some positions. It leaves
// out excludes if no include does.
func (w *walk) selecting(m *Method, at positions) []*pattern {
	var list []*pattern
	for i, p := range w.patterns {
		if i == len(w.include) && list == nil {
			break
		}
		if p.selects(m, at[i]) {
			list = append(list, p)
		}
	}
	return list
}

// selected reports whether there are patterns, and none of them is an exclude.
func selected(patterns []*pattern) bool {
	return len(patterns) > 0 && !slices.ContainsFunc(patterns, func(p *pattern) bool { return p.flag == "exclude" })
}

// shortestPaths returns up to MaxPaths different paths, the shortest first.
func shortestPaths(paths []model.Path) []model.Path {
	if len(paths) < 2 {
		return paths
	}
	text := map[string]model.Path{}
	for _, path := range paths {
		text[path.String()] = path
	}
	sorted := slices.SortedFunc(maps.Keys(text), func(a, b string) int {
		return cmp.Or(cmp.Compare(len(text[a]), len(text[b])), cmp.Compare(a, b))
	})
	paths = nil
	for _, name := range sorted[:min(len(sorted), MaxPaths)] {
		paths = append(paths, text[name])
	}
	return paths
}

// comparePaths orders paths by length, and then by their text.
func comparePaths(a, b model.Path) int {
	if c := cmp.Compare(len(a), len(b)); c != 0 {
		return c
	}
	return cmp.Compare(a.String(), b.String())
}

// paths returns the shortest paths from the root to s that visit no state twice. It
// searches backwards and breadth first until it has enough of them, or has searched so
// long that it takes any shortest path.
func (s *state) paths() []model.Path {
	// route is a part of a path, from a state to the end.
	type route struct {
		state *state
		next  *route
	}
	visits := func(r *route, s *state) bool {
		for ; r != nil; r = r.next {
			if r.state == s {
				return true
			}
		}
		return false
	}
	var found []model.Path
	queue := []*route{{state: s}}
	for len(queue) > 0 && len(found) < MaxPaths && len(queue) < 10_000 {
		first := queue[0]
		queue = queue[1:]
		if first.state.resource.IsRoot() {
			path := model.Path{}
			for r := first.next; r != nil; r = r.next {
				path = append(path, r.state.resource)
			}
			found = append(found, path)
			continue
		}
		for _, b := range first.state.before {
			if !visits(first, b) {
				queue = append(queue, &route{b, first})
			}
		}
	}
	if found == nil {
		found = append(found, s.shortest())
	}
	return found
}

// shortest returns a shortest path to s. The walk has reached each state from the first
// state before it.
func (s *state) shortest() model.Path {
	var path model.Path
	for ; !s.resource.IsRoot(); s = s.before[0] {
		path = append(path, s.resource)
	}
	slices.Reverse(path)
	return path
}

// steps returns the steps of all paths from the root to some methods, sorted.
func (f *findings) steps(methods []*Method) []Step {
	set := map[Step]bool{}
	seen := map[*state]bool{}
	var queue []*state
	for _, m := range methods {
		queue = append(queue, f.accepted[m.ID()]...)
	}
	for len(queue) > 0 {
		s := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if seen[s] {
			continue
		}
		seen[s] = true
		for _, b := range s.before {
			set[Step{From: b.resource, To: s.resource}] = true
			queue = append(queue, b)
		}
	}
	return slices.SortedFunc(maps.Keys(set), compareSteps)
}

func compareSteps(a, b Step) int {
	if a.From != b.From {
		if c := cmp.Compare(a.From.ID(), b.From.ID()); c != 0 {
			return c
		}
	}
	return cmp.Compare(a.To.ID(), b.To.ID())
}
