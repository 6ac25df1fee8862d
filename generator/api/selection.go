// Package api takes the part of a model that the user asked for: the
// operations that match patterns, and the types that these need.
package api

import (
	"cmp"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// Options say what to select.
type Options struct {
	Include []string // patterns of operations: "POST /me/profile/**"
	Exclude []string // patterns of operations to leave out again
	Types   []string // patterns of qualified type names: "microsoft.graph.**"
	Derived []string // "none", "all", or names of types whose derived types come along
}

// Selection is the selected part of a model.
type Selection struct {
	Operations []*Operation // sorted by their first path
	Links      []Link       // the steps that lead to the operations
	Types      []model.Type // the closure: sorted by qualified name, no primitive types
	Model      *model.Model // the selected part as a model of its own
}

// Operation is a request that a resource answers.
type Operation struct {
	Verb     string // "POST"
	Resource Resource
	Paths    []Path // up to maxPaths of the ways to it, shortest first

	// Kept says that the schema does not have the operation any more: it stays
	// for a while, for those who use it. Its paths are not known.
	Kept bool
}

// maxPaths is how many paths of an operation are kept: enough for a doc
// comment. The schema has cycles, so that an operation can have any number.
const maxPaths = 8

// Link is a step from a resource to a next one.
type Link struct {
	From, To Resource

	// Kept says that nothing that is selected needs the step any more: it stays
	// for a while, for those who use it.
	Kept bool
}

// Select returns the part of a linked model that options ask for. A pattern
// that is malformed or matches nothing is an *Error.
func Select(m *model.Model, options Options) (*Selection, error) {
	matcher, problems := newMatcher(m, options)
	s := &Selection{}
	var unmatched []*pattern
	s.Operations, s.Links, unmatched = matcher.match()
	closure := newClosure(m, options.Derived, &problems)
	for _, o := range s.Operations {
		closure.add(o.Resource.Type())
	}
	for _, pattern := range options.Types {
		closure.addMatching(pattern)
	}
	var rest *Selection
	if len(problems) == 0 {
		s.Types = closure.sorted()
		s.Model = prune(m, s)
		rest = s
	}
	for _, p := range unmatched {
		problems = append(problems, noMatch(m, p))
	}
	if len(problems) > 0 {
		slices.Sort(problems)
		return nil, &Error{problems, rest}
	}
	return s, nil
}

// Error says which patterns cannot be followed, and what was perhaps meant.
type Error struct {
	Problems []string
	Rest     *Selection // what the others select, if each of these matches nothing; else nil
}

// Error returns the problems, one a line.
func (e *Error) Error() string { return strings.Join(e.Problems, "\n") }

// closure collects types with all that they need.
type closure struct {
	model    *model.Model
	all      bool            // derived types of every type
	derived  map[string]bool // derived types of these
	types    map[model.Type]bool
	problems *[]string
}

func newClosure(m *model.Model, derived []string, problems *[]string) *closure {
	c := &closure{model: m, derived: map[string]bool{}, types: map[model.Type]bool{}, problems: problems}
	for _, name := range derived {
		switch name {
		case "none":
		case "all":
			c.all = true
		default:
			t := findType(m, name)
			if t == nil {
				*problems = append(*problems, "derived: there is no type "+name+didYouMean(name, typeNames(m)))
				continue
			}
			c.derived[t.QualifiedName()] = true
		}
	}
	return c
}

// add enters t, its base types and the types of its structural properties.
// Navigation properties lead to other resources, and are no part of it.
func (c *closure) add(t model.Type) {
	if _, primitive := t.(*model.Primitive); primitive || t == nil || c.types[t] {
		return
	}
	c.types[t] = true
	structured, ok := t.(*model.StructuredType)
	if !ok {
		return
	}
	if base := structured.BaseType(); base != nil {
		c.add(base)
	}
	for _, p := range structured.Properties {
		c.add(p.Type.Type)
	}
	if c.all || c.wantsDerived(structured) {
		for _, d := range structured.Derived() {
			c.add(d)
		}
	}
}

func (c *closure) wantsDerived(t *model.StructuredType) bool {
	if len(c.derived) == 0 {
		return false
	}
	for ; t != nil; t = t.BaseType() {
		if c.derived[t.QualifiedName()] {
			return true
		}
	}
	return false
}

func (c *closure) addMatching(pattern string) {
	matched := false
	for _, s := range c.model.Schemas {
		for t := range types(s) {
			if matchName(pattern, t.QualifiedName()) {
				matched = true
				c.add(t)
			}
		}
	}
	if !matched {
		*c.problems = append(*c.problems, "types: no type matches "+pattern+didYouMean(pattern, typeNames(c.model)))
	}
}

func (c *closure) sorted() []model.Type {
	list := make([]model.Type, 0, len(c.types))
	for t := range c.types {
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b model.Type) int { return cmp.Compare(a.QualifiedName(), b.QualifiedName()) })
	return list
}
