package model

import "github.com/msgraphgen/msgraphgen/generator/source"

// scope holds names that must be unique, and where they were declared first.
type scope struct {
	what  string // "member"
	owner string // what they belong to, with what stands before the name: "microsoft.graph.day/"
	ds    *source.Diagnostics
	first map[string]source.Position
}

// declare enters a name and reports whether it is new. If it is not, it says
// so in ds. An element without a name is passed over.
func (s *scope) declare(name string, at source.Position) bool {
	if name == "" {
		return false
	}
	if first, taken := s.first[name]; taken {
		twice(s.ds, s.what, s.owner+name, first, at)
		return false
	}
	if s.first == nil {
		s.first = map[string]source.Position{}
	}
	s.first[name] = at
	return true
}

// twice reports a second declaration of a name, at the later position: a and b
// are in no order.
func twice(ds *source.Diagnostics, what, name string, a, b source.Position) {
	if b.Compare(a) < 0 {
		a, b = b, a
	}
	ds.Errorf(b, "%s %s is declared twice, first at %v", what, name, a)
}
