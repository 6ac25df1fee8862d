package api

import (
	"cmp"
	"container/heap"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// Costs of the differences between a pattern and a path, in letters.
const (
	costSegment = 5  // a segment too many or too few
	maxCost     = 12 // of a suggestion
	maxNearest  = 3
)

// nearest returns the methods whose paths differ least from p. It runs Dijkstra's
// algorithm on the graph of resources, where an edge changes, leaves out or adds
// a segment.
func nearest(m *model.Model, p *pattern) []string {
	type place struct {
		resource model.Resource
		position int
	}
	done := map[place]bool{}
	found := map[string]bool{}
	var near []string
	queue := &candidates{{}}
	for queue.Len() > 0 && len(near) < maxNearest {
		c := heap.Pop(queue).(candidate)
		at := place{c.resource(), c.position}
		if done[at] || c.cost > maxCost {
			continue
		}
		done[at] = true
		for _, method := range Methods(c.resource()) {
			if text := method.Verb + " " + c.path.String() + method.Suffix; !found[text] && p.selects(&method, []int{c.position}) {
				found[text] = true
				near = append(near, text)
			}
		}
		if c.position < len(p.segments) {
			heap.Push(queue, candidate{c.path, c.position + 1, c.cost + costSegment})
		}
		for next := range c.resource().Next(m) {
			if next.Element().Defect() != nil || next.Type() == nil {
				continue
			}
			path := append(slices.Clone(c.path), next)
			heap.Push(queue, candidate{path, c.position, c.cost + costSegment})
			if c.position < len(p.segments) {
				segment := p.segments[c.position]
				heap.Push(queue, candidate{path, c.position + 1, c.cost + difference(segment, c.resource(), next)})
				if segment == "**" {
					heap.Push(queue, candidate{path, c.position, c.cost + 1})
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
	case strings.HasPrefix(segment, "{") || isKey(from, to):
		return 2 * costSegment
	default:
		return distance(strings.ToLower(segment), strings.ToLower(to.Name()))
	}
}

// candidate is a path that matches the first segments of a pattern, at a cost.
type candidate struct {
	path     model.Path
	position int
	cost     int
}

func (c candidate) resource() model.Resource {
	if len(c.path) == 0 {
		return model.Resource{}
	}
	return c.path[len(c.path)-1]
}

// candidates is a heap, the nearest first.
type candidates []candidate

func (h candidates) Len() int { return len(h) }
func (h candidates) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(h[i].cost, h[j].cost), comparePaths(h[i].path, h[j].path)) < 0
}
func (h candidates) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *candidates) Push(x any)   { *h = append(*h, x.(candidate)) }
func (h *candidates) Pop() any {
	last := len(*h) - 1
	c := (*h)[last]
	*h = (*h)[:last]
	return c
}
