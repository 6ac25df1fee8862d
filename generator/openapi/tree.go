package openapi

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// node is a segment of the paths of a document, with the segments after it.
type node struct {
	path     string // of the document, up to here
	segment  string
	item     *pathItem // nil if the document does not list the path up to here
	children map[string]*node
	position source.Position // of the first path that goes through it
	told     model.TypeRef   // the structured type that it leads to, or of the items of its collection, if schemas and requests tell
	resource *resource       // what it leads to, or is about; nil if that is not known
	reported bool            // whether a problem says that the paths through it are left out
}

// maxSegments is how many segments a path can have. The paths of Graph have
// fewer than 20.
const maxSegments = 100

// newTree returns the root of the tree of all paths.
func (p *parser) newTree() *node {
	root := &node{}
	for _, name := range slices.Sorted(maps.Keys(p.docs.items)) {
		item := p.docs.items[name]
		segments := p.segments(name)
		if !strings.HasPrefix(name, "/") || slices.Contains(segments, "") || len(segments) > maxSegments {
			p.oddity(item.position, "the path %q is left out: it must be / and segments with / between them, at most %d", name, maxSegments)
			continue
		}
		at := root
		for _, segment := range segments {
			if at.children[segment] == nil {
				if at.children == nil {
					at.children = map[string]*node{}
				}
				at.children[segment] = &node{path: at.path + "/" + segment, segment: segment, position: item.position}
			}
			at = at.children[segment]
		}
		if at.item == nil {
			at.item = item
		} else {
			at.item.merge(item)
		}
	}
	return root
}

// segments returns the segments of a path. A key in parentheses, such as that of
// people('{userName}'), becomes a segment of its own.
func (p *parser) segments(path string) []string {
	var list []string
	at := ""
	for segment := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		at += "/" + segment
		list = append(list, segment)
		name, arguments, _ := strings.Cut(segment, "(")
		value, closed := strings.CutSuffix(arguments, ")")
		key := strings.Trim(value, "'")
		if closed && isResourceName(name) && isPlaceholder(key) && !isOperation(p.docs.items[at]) {
			list = append(list[:len(list)-1], name, key)
			if p.inParentheses == "" {
				p.inParentheses = path
			}
		}
	}
	return list
}

// isPlaceholder reports whether a text is one placeholder, such as "{user-id}".
func isPlaceholder(text string) bool {
	return strings.HasPrefix(text, "{") && strings.IndexByte(text, '}') == len(text)-1
}

// next returns the nodes that follow n, in order.
func (n *node) next() []*node {
	return slices.SortedFunc(maps.Values(n.children), func(a, b *node) int { return cmp.Compare(a.segment, b.segment) })
}

// keys returns the nodes that follow a collection and stand for its items: one,
// unless paths give its key several names.
func (n *node) keys() []*node {
	return slices.DeleteFunc(n.next(), func(next *node) bool { return !next.isKey() })
}

func (n *node) isKey() bool { return strings.HasPrefix(n.segment, "{") }

// keyName returns what the segment of a key says: {projectParticipation-id} is
// the key property id of the type projectParticipation. A number that
// distinguishes two keys of one path is not part of it.
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
