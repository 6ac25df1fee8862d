package model

import "github.com/msgraphgen/msgraphgen/generator/source"

// scope holds names that must be unique, and where they were declared first.
type scope struct {
	what  string
	ds    *source.Diagnostics
	first map[string]source.Position
}

func (l *linker) scope(what string) *scope {
	return &scope{what: what, ds: l.ds, first: map[string]source.Position{}}
}

// declare enters an element by its full name and reports whether that is new.
// If it is not, it says so at the later of the two positions. An element
// without a name is passed over.
func (s *scope) declare(name, full string, at source.Position) bool {
	if name == "" {
		return false
	}
	if first, taken := s.first[full]; taken {
		twice(s.ds, s.what, full, first, at)
		return false
	}
	s.first[full] = at
	return true
}

// twice reports a second declaration of a name, at the later position: a and b
// are in no order.
func twice(ds *source.Diagnostics, what, name string, a, b source.Position) {
	if b.Line < a.Line || b.Line == a.Line && b.Column < a.Column {
		a, b = b, a
	}
	ds.Errorf(b, "%s %s is declared twice, first at %v", what, name, a)
}
