package api

import (
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// restrictions follow the paths that RestrictedProperties name. The paths below an
// element are a tree of segments, and a walk is at a node of it for each element
// on its path. So the nodes of a step follow from those of the step before it.
type restrictions struct {
	counts func(vocab.PathRestriction) bool // whether to follow a path
	trees  map[*model.Element]*restriction  // nil for an element without restrictions
	number int                              // of the last node
}

// restriction is a node: a segment in the path of a restriction.
type restriction struct {
	number int
	next   map[string]*restriction
	facts  []*model.Annotation // about the resource that the path ends in
}

// newRestrictions returns the restrictions that decide about methods. Others would
// only multiply the states of a walk.
func newRestrictions() *restrictions {
	return &restrictions{counts: vocab.PathRestriction.DecidesMethods, trees: map[*model.Element]*restriction{}}
}

// advance returns the nodes that a step leads to. A key is not a segment of a
// restricted path, and a type cast need not be one.
func (rs *restrictions) advance(at []*restriction, from, to model.Resource) []*restriction {
	if isKey(from, to) {
		return at
	}
	var reached []*restriction
	for _, node := range at {
		next := node.next[to.Name()]
		if next == nil && isCast(from, to) {
			next = node
		}
		if next != nil {
			reached = append(reached, next)
		}
	}
	if !isCast(from, to) {
		if tree := rs.tree(to.Element()); tree != nil {
			reached = append(reached, tree)
		}
	}
	return reached
}

// tree returns the root of the paths below an element, or nil if there are none.
func (rs *restrictions) tree(e *model.Element) *restriction {
	if tree, known := rs.trees[e]; known {
		return tree
	}
	var root *restriction
	for _, r := range vocab.PathRestrictions(e.Annotated) {
		if !rs.counts(r) {
			continue
		}
		if root == nil {
			root = rs.node()
		}
		node := root
		for _, segment := range r.Path {
			if node.next[segment] == nil {
				node.next[segment] = rs.node()
			}
			node = node.next[segment]
		}
		node.facts = append(node.facts, r.Annotations...)
	}
	rs.trees[e] = root
	return root
}

func (rs *restrictions) node() *restriction {
	rs.number++
	return &restriction{number: rs.number, next: map[string]*restriction{}}
}

// factsOf returns the annotations of a resource on a path: those of the restricted
// path, and of the longest one first, apply in place of its own.
func factsOf(at []*restriction, r model.Resource) []*model.Annotation {
	var special []*model.Annotation
	for _, node := range at {
		special = append(special, node.facts...)
	}
	return vocab.Override(special, r.Annotations())
}

// exists reports whether the service has a resource after a step, by the
// annotations of the resource.
func exists(from, to model.Resource, facts []*model.Annotation) bool {
	return !vocab.Unlisted(facts) && !(isKey(from, to) && vocab.Indexable(facts) == model.No)
}

// Exists reports whether the service has a resource at the end of a path.
func Exists(path model.Path) bool {
	_, _, exists := newRestrictions().factsAt(path)
	return exists
}

// MethodsAt returns the methods that the resource at the end of a path answers on
// this path.
func MethodsAt(m *model.Model, path model.Path) []Method {
	return newRestrictions().methodsAt(m, path)
}

func (rs *restrictions) methodsAt(m *model.Model, path model.Path) []Method {
	r, facts, exists := rs.factsAt(path)
	if !exists {
		return nil
	}
	return methodsWith(m, r, facts)
}

// AnnotationsAt returns the annotations of the resource at the end of a path. What
// the metadata says about this path applies in place of what it says about the
// resource.
func AnnotationsAt(path model.Path) []*model.Annotation {
	rs := newRestrictions()
	rs.counts = func(vocab.PathRestriction) bool { return true }
	_, facts, _ := rs.factsAt(path)
	return facts
}

// factsAt returns the resource at the end of a path, its annotations there, and
// whether all resources on the path exist.
func (rs *restrictions) factsAt(path model.Path) (r model.Resource, facts []*model.Annotation, there bool) {
	var at []*restriction
	there = true
	for _, to := range path {
		at = rs.advance(at, r, to)
		facts = factsOf(at, to)
		there = there && exists(r, to, facts)
		r = to
	}
	return r, facts, there
}

// answersAt reports whether a resource answers a method on a path.
func (rs *restrictions) answersAt(m *model.Model, path model.Path, method *Method) bool {
	id := method.ID()
	return slices.ContainsFunc(rs.methodsAt(m, path), func(other Method) bool { return other.ID() == id })
}
