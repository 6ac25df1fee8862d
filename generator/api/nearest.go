package api

import (
	"cmp"
	"container/heap"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// Costs of the differences between a pattern and a path, in letters.
const (
	costSegment = 5  // a segment too many or too few
	costKey     = 4  // a value in place of a key, /users/adele
	maxCost     = 12 // of a suggestion
	maxNearest  = 3
)

// nearest returns the methods whose paths differ least from p, and by at most a cost. It
// runs Dijkstra's algorithm on the graph of resources, where an edge changes, leaves out
// or adds a segment.
func nearest(m *model.Model, p *pattern, most int) []string {
	type place struct {
		resource model.Resource
		position int
	}
	done := map[place]bool{}
	found := map[string]bool{}
	restricted := newRestrictions()
	var near []string
	queue := &candidates{{}}
	pushed := 0
	push := func(path *link, position, cost int, method string) {
		pushed++
		heap.Push(queue, candidate{path, position, cost, method, pushed})
	}
	for queue.Len() > 0 && len(near) < maxNearest {
		c := heap.Pop(queue).(candidate)
		at := place{c.resource(), c.position}
		switch {
		case c.cost > most:
			return near
		case c.method != "" && !found[c.method]:
			found[c.method] = true
			near = append(near, c.method)
		}
		if c.method != "" || done[at] {
			continue
		}
		done[at] = true
		for _, method := range Methods(m, c.resource()) {
			if p.verb != "" && p.verb != method.Verb || !restricted.answersAt(m, c.path.path(), &method) {
				continue
			}
			push(c.path, c.position, c.cost+p.suffixDifference(c.position, method.Suffix), method.Verb+" "+c.path.path().String()+method.Suffix)
		}
		if c.position < len(p.segments) {
			push(c.path, c.position+1, c.cost+costSegment, "")
		}
		for next := range c.resource().Next(m) {
			if next.Element().Defect() != nil || next.Type() == nil {
				continue
			}
			path := c.path.append(next)
			push(path, c.position, c.cost+costSegment, "")
			if c.position < len(p.segments) {
				segment := p.segments[c.position]
				push(path, c.position+1, c.cost+difference(segment, c.resource(), next), "")
				if segment == "**" {
					push(path, c.position, c.cost+1, "")
				}
			}
		}
	}
	return near
}

// difference returns the cost of matching a segment of a pattern with a step.
func difference(segment string, from, to model.Resource) int {
	switch {
	case isWildcard(segment), strings.HasPrefix(segment, "{") && isKey(from, to):
		return 0
	case strings.HasPrefix(segment, "{"):
		return 2 * costSegment
	case isKey(from, to):
		return costKey
	case len(segment) > len(to.Name())+maxCost:
		return maxCost + 1
	default:
		return distance(strings.ToLower(segment), strings.ToLower(to.Name()))
	}
}

// suffixDifference returns the cost of matching the segments of p from a position on
// with the suffix of a method: an operation such as /sendMail, /$count and the like.
func (p *pattern) suffixDifference(position int, suffix string) int {
	var own []string
	if suffix != "" {
		own = strings.Split(suffix[1:], "/")
	}
	rest := p.segments[position:]
	switch {
	case p.accepts(position, own):
		return 0
	case len(rest) == 0:
		return costSegment * len(own)
	case len(rest) != len(own):
		return maxCost + 1
	}
	cost := 0
	for i, segment := range rest {
		if isWildcard(segment) || sameSuffix(segment, own[i]) {
			continue
		}
		name, _, _ := strings.Cut(strings.ToLower(segment), "(")
		ownName, _, _ := strings.Cut(strings.ToLower(own[i]), "(")
		if strings.HasPrefix(name, "{") || strings.HasPrefix(ownName, "{") || len(name) > len(ownName)+maxCost {
			return maxCost + 1
		}
		cost += distance(name, ownName)
	}
	return cost
}

// link is the last resource of a path. Paths share their beginnings.
type link struct {
	before   *link // nil at the start
	resource model.Resource
	length   int
}

func (l *link) append(r model.Resource) *link {
	if l == nil {
		return &link{nil, r, 1}
	}
	return &link{l, r, l.length + 1}
}

// path returns the resources of a path. A nil link is the root.
func (l *link) path() model.Path {
	if l == nil {
		return nil
	}
	path := make(model.Path, l.length)
	for ; l != nil; l = l.before {
		path[l.length-1] = l.resource
	}
	return path
}

// candidate is a path that matches the first segments of a pattern, at a cost, or a
// method that matches all of it.
type candidate struct {
	path     *link
	position int
	cost     int
	method   string // its request, or "" for a path
	number   int    // in the order of discovery
}

func (c candidate) resource() model.Resource {
	if c.path == nil {
		return model.Resource{}
	}
	return c.path.resource
}

func (c candidate) length() int {
	if c.path == nil {
		return 0
	}
	return c.path.length
}

// candidates is a heap, the nearest first.
type candidates []candidate

func (h candidates) Len() int { return len(h) }
func (h candidates) Less(i, j int) bool {
	a, b := h[i], h[j]
	if order := cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.length(), b.length())); order != 0 {
		return order < 0
	}
	if isMethod := a.method != ""; isMethod != (b.method != "") {
		return isMethod
	}
	return a.number < b.number
}
func (h candidates) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *candidates) Push(x any)   { *h = append(*h, x.(candidate)) }
func (h *candidates) Pop() any {
	last := len(*h) - 1
	c := (*h)[last]
	*h = (*h)[:last]
	return c
}
