package api

import (
	"cmp"
	"container/heap"
	"fmt"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// Costs of the differences between a pattern and a path, in letters.
const (
	costSegment = 5  // a segment too many or too few
	maxCost     = 12 // further than this is not near
	maxNearest  = 3
)

// noMatch says that a pattern matches nothing, and which paths it is near to.
func noMatch(m *model.Model, p *pattern) string {
	if m.Container == nil {
		return fmt.Sprintf("include: %q matches nothing: the source has no paths (in CSDL, an EntityContainer); select types with --types", p.text)
	}
	near := nearest(m, p)
	if len(near) == 0 {
		return fmt.Sprintf("include: no create operation matches %q", p.text)
	}
	return fmt.Sprintf("include: no create operation matches %q; near to it are:\n\tPOST %s", p.text, strings.Join(near, "\n\tPOST "))
}

// nearest returns the paths with a create that differ least from p: Dijkstra's
// algorithm over the graph of resources, where a step may change, leave out or
// add a segment.
func nearest(m *model.Model, p *pattern) []string {
	type place struct {
		resource Resource
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
		if text := c.path.String(); p.accepts(c.position) && len(c.resource().verbs()) > 0 && !found[text] {
			found[text] = true
			near = append(near, text)
		}
		if c.position < len(p.segments) {
			heap.Push(queue, candidate{c.path, c.position + 1, c.cost + costSegment})
		}
		for next := range c.resource().next(m) {
			path := append(slices.Clone(c.path), next)
			heap.Push(queue, candidate{path, c.position, c.cost + costSegment})
			if c.position < len(p.segments) {
				segment := p.segments[c.position]
				heap.Push(queue, candidate{path, c.position + 1, c.cost + difference(segment, next)})
				if segment == "**" {
					heap.Push(queue, candidate{path, c.position, c.cost + 1})
				}
			}
		}
	}
	return near
}

// difference is the cost of taking a pattern's segment for the step to r.
func difference(segment string, r Resource) int {
	switch {
	case segment == "*", segment == "**", strings.HasPrefix(segment, "{") && r.Item:
		return 0
	case strings.HasPrefix(segment, "{") || r.Item:
		return 2 * costSegment
	default:
		return distance(strings.ToLower(segment), strings.ToLower(r.Name()))
	}
}

// candidate is a path that takes the first segments of a pattern into account.
type candidate struct {
	path     Path
	position int
	cost     int
}

func (c candidate) resource() Resource {
	if len(c.path) == 0 {
		return Resource{}
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
