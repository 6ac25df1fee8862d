// Package api decides which methods the resources of a service answer, which of
// these methods patterns select, and which types they need.
//
// Only [Methods] knows which methods a resource answers. The packages that use a
// [Selection] treat all methods alike.
package api

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Options are the request for a selection. They name types as [Type] does.
type Options struct {
	Include []string `yaml:"include" json:"include,omitzero"` // patterns of methods: "POST /me/profile/**"
	Exclude []string `yaml:"exclude" json:"exclude,omitzero"` // patterns of methods to leave out
	Types   []string `yaml:"types" json:"types,omitzero"`     // patterns of type names: "microsoft.graph.**"
	Expand  []string `yaml:"expand" json:"expand,omitzero"`   // navigation properties that are fields: "microsoft.graph.user/manager"
	Derived []string `yaml:"derived" json:"derived,omitzero"` // "none", "all", or types whose derived types are included
}

// IsZero reports whether o selects nothing.
func (o Options) IsZero() bool { return len(o.Include) == 0 && len(o.Types) == 0 }

// Equal reports whether o and other ask for the same, in the same order.
func (o Options) Equal(other Options) bool {
	return slices.Equal(o.Include, other.Include) && slices.Equal(o.Exclude, other.Exclude) && slices.Equal(o.Types, other.Types) &&
		slices.Equal(o.Derived, other.Derived) && slices.Equal(o.Expand, other.Expand)
}

// Or returns o if it selects methods or types. Otherwise it returns o with the
// methods and types of other, and with each other list that o lacks.
func (o Options) Or(other Options) Options {
	if !o.IsZero() {
		return o
	}
	o.Include, o.Types = other.Include, other.Types
	for _, list := range []struct{ to, from *[]string }{{&o.Exclude, &other.Exclude}, {&o.Expand, &other.Expand}, {&o.Derived, &other.Derived}} {
		if len(*list.to) == 0 {
			*list.to = *list.from
		}
	}
	return o
}

// Everything selects all methods and all types, with the derived ones.
func Everything() Options { return Options{Include: []string{"/**"}, Types: []string{"**"}} }

// Selection is the selected part of a model.
type Selection struct {
	Methods []*Method    // sorted by their first path
	Steps   []Step       // the steps of all paths to the methods
	Types   []model.Type // the closure, sorted by qualified name, without primitive types
	Model   *model.Model // the selected part as a separate model

	Named   []model.Type                // of Types: those that patterns of types ask for
	Derived map[model.Type][]model.Type // of Types: those that are there because they are derived from the key

	// Witnesses has a method, with one path, that matches each pattern of methods, even
	// if another pattern excludes it.
	Witnesses map[string]*Method
	// LeftOut are the elements that wildcards match but that have a defect, sorted
	// by name.
	LeftOut []LeftOut
	// Casts are the paths to type casts that wildcards do not follow.
	Casts []model.Path
}

// LeftOut is a type or method that is not selected because of a defect.
type LeftOut struct {
	Name   string // "microsoft.graph.user", "POST /users"
	Defect source.Diagnostic
}

// Step leads from a resource to the next one in a path.
type Step struct {
	From, To model.Resource

	// Retained reports that no selected path has the step any more: the package
	// retains it for one release.
	Retained bool
}

// IsKey reports whether s leads from a collection to its items.
func (s Step) IsKey() bool { return isKey(s.From, s.To) }

// IsCast reports whether s leads to the same resource as a derived type.
func (s Step) IsCast() bool { return isCast(s.From, s.To) }

// IsProperty reports whether s leads to an entity set, a singleton or a navigation
// property.
func (s Step) IsProperty() bool { return !s.IsKey() && !s.IsCast() }

// Select returns the part of a linked model that options ask for. Wildcards leave
// out elements with a defect; if a pattern without wildcards needs one, the error
// is a *source.InputError with the diagnostics.
//
// If a pattern is malformed or matches nothing, the error is an *Error, which has
// the selection of the other patterns.
func Select(m *model.Model, options Options) (*Selection, error) {
	w, problems := newWalk(m, options)
	c, more := newClosure(m, options.Derived)
	problems = append(problems, more...)
	s := &Selection{}
	found := w.walk()
	s.Casts, s.Witnesses = found.casts, found.witnesses
	var defects []source.Diagnostic
	leaveOut := func(name string, named bool, defect source.Diagnostic) {
		if named {
			defects = append(defects, defect)
		} else {
			s.LeftOut = append(s.LeftOut, LeftOut{name, defect})
		}
	}
	for _, method := range found.methods {
		if defect := c.methodDefect(method); defect != nil {
			leaveOut(method.Requests()[0], method.named, *defect)
			continue
		}
		s.Methods = append(s.Methods, method)
		for _, t := range method.Needs() {
			c.add(t)
		}
		for _, path := range method.Paths {
			for _, t := range KeyTypes(path) {
				c.add(t)
			}
		}
	}
	for _, pattern := range options.Types {
		types, err := matchTypes(m, pattern)
		if err != nil {
			problems = append(problems, Problem{Flag: "types", Pattern: pattern, Message: err.Error()})
		}
		for _, t := range types {
			if defect := c.defect(t); defect != nil {
				leaveOut(t.QualifiedName(), !strings.Contains(pattern, "*"), *defect)
			} else {
				c.add(t)
				s.Named = append(s.Named, t)
			}
		}
	}
	s.LeftOut = slices.Concat(s.LeftOut, found.leftOut, c.leftOut)
	s.finish(m, found, c)
	for _, p := range found.unmatched {
		if p.defects == nil {
			problems = append(problems, w.noMatch(p))
		}
		for defect := range p.defects {
			defects = append(defects, *defect)
		}
	}
	if len(defects) > 0 {
		return nil, &source.InputError{Diagnostics: source.Sorted(defects)}
	}
	if len(problems) > 0 {
		return nil, newError(problems, s)
	}
	return s, nil
}

// finish completes a selection with known methods.
func (s *Selection) finish(m *model.Model, found *findings, c *closure) {
	s.Steps = found.steps(s.Methods)
	s.Types, s.Derived = c.sorted(), c.added
	s.Model = prune(m, s)
	slices.SortFunc(s.LeftOut, func(a, b LeftOut) int { return cmp.Compare(a.Name, b.Name) })
	s.LeftOut = slices.CompactFunc(s.LeftOut, func(a, b LeftOut) bool { return a.Name == b.Name })
}

// Restrict leaves in s only what another selection from the same model has too.
func (s *Selection) Restrict(m *model.Model, other *Selection) {
	methods, steps, types := map[string]bool{}, map[Step]bool{}, map[model.Type]bool{}
	for _, method := range other.Methods {
		methods[method.ID()] = true
	}
	for _, step := range other.Steps {
		steps[step] = true
	}
	for _, t := range other.Types {
		types[t] = true
	}
	s.Methods = slices.DeleteFunc(s.Methods, func(method *Method) bool { return !methods[method.ID()] })
	s.Steps = slices.DeleteFunc(s.Steps, func(step Step) bool { return !steps[step] })
	s.Types = slices.DeleteFunc(s.Types, func(t model.Type) bool { return !types[t] })
	s.Model = prune(m, s)
}

// Error lists patterns that are malformed or match nothing, with suggestions.
type Error struct {
	Problems []Problem
	Rest     *Selection // the selection of the other patterns; nil if a pattern is malformed
}

// OfEverything takes the result of [Select] for [Everything]. Unlike Select, it accepts
// a model without methods or types, but no other pattern that matches nothing.
func OfEverything(s *Selection, err error) (*Selection, error) {
	e, ok := errors.AsType[*Error](err)
	if !ok || e.Rest == nil {
		return s, err
	}
	e.Problems = slices.DeleteFunc(e.Problems, func(p Problem) bool { return p.Flag == "include" || p.Flag == "types" })
	if len(e.Problems) == 0 {
		return e.Rest, nil
	}
	return s, err
}

// Problem is a pattern that is malformed or matches nothing.
type Problem struct {
	Flag    string // "include"
	Pattern string
	Message string

	malformed bool
}

// Malformed reports whether the pattern cannot match anything in any source.
func (p Problem) Malformed() bool { return p.malformed }

// Unneeded reports whether the problem is an exclude that leaves nothing out.
func (p Problem) Unneeded() bool { return p.Flag == "exclude" && !p.malformed }

// String returns the flag and the message.
func (p Problem) String() string { return p.Flag + ": " + p.Message }

func newError(problems []Problem, rest *Selection) *Error {
	if slices.ContainsFunc(problems, func(p Problem) bool { return p.malformed }) {
		rest = nil
	}
	slices.SortFunc(problems, func(a, b Problem) int { return cmp.Compare(a.String(), b.String()) })
	return &Error{slices.Compact(problems), rest}
}

// Error returns the problems, one a line.
func (e *Error) Error() string {
	var lines []string
	for _, p := range e.Problems {
		lines = append(lines, p.String())
	}
	return strings.Join(lines, "\n")
}
