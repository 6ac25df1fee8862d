package openapi

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// node is a segment of the paths that the document lists, with those that
// follow it.
type node struct {
	path     string // that of the document, up to here
	segment  string
	item     *item // nil if the document does not list the path that ends here
	children map[string]*node
	position source.Position // of the first path that goes through it
}

// maxSegments is how many segments a path may have: the metadata of Graph has
// fewer than 20.
const maxSegments = 100

// newTree returns the root of the tree of all paths.
func newTree(items []*item, warnf func(at source.Position, format string, args ...any)) *node {
	root := &node{}
	slices.SortFunc(items, func(a, b *item) int { return cmp.Compare(a.path, b.path) })
	for _, i := range items {
		segments := strings.Split(strings.Trim(i.path, "/"), "/")
		if !strings.HasPrefix(i.path, "/") || slices.Contains(segments, "") || len(segments) > maxSegments {
			warnf(i.position, "the path %q is left out: it does not lead from the root, segment by segment", i.path)
			continue
		}
		at := root
		for _, segment := range segments {
			if at.children[segment] == nil {
				if at.children == nil {
					at.children = map[string]*node{}
				}
				at.children[segment] = &node{path: at.path + "/" + segment, segment: segment, position: i.position}
			}
			at = at.children[segment]
		}
		at.item = i
	}
	return root
}

// next returns the nodes that follow n, in order.
func (n *node) next() []*node {
	nodes := make([]*node, 0, len(n.children))
	for _, segment := range slices.Sorted(maps.Keys(n.children)) {
		nodes = append(nodes, n.children[segment])
	}
	return nodes
}

// keys returns the nodes that follow a collection and stand for its items:
// one, unless paths call its key by several names.
func (n *node) keys() []*node {
	return slices.DeleteFunc(n.next(), func(next *node) bool { return !next.isKey() })
}

func (n *node) isKey() bool { return strings.HasPrefix(n.segment, "{") }

// isName reports whether n can stand for an entity set, a singleton or a
// navigation property.
func (n *node) isName() bool { return isIdentifier(n.segment) }

// isOther reports whether a segment is no resource but an operation, a type or
// a part of OData such as $ref.
func (n *node) isOther() bool { return strings.ContainsAny(n.segment, "().$=,'") }

// keyName returns what a key segment tells: {projectParticipation-id} is the
// key property id of the type projectParticipation. The number that tells two
// keys of one path apart is no part of it.
func (n *node) keyName() (typeName, property string) {
	name := strings.TrimSuffix(strings.TrimPrefix(n.segment, "{"), "}")
	if short := strings.TrimRight(name, "0123456789"); strings.Contains(n.path, "/{"+short+"}/") {
		name = short
	}
	dash := strings.LastIndexByte(name, '-')
	if dash < 0 {
		return "", name
	}
	return name[:dash], name[dash+1:]
}
