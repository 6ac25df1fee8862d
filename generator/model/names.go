package model

import "github.com/msgraphgen/msgraphgen/generator/source"

// names tells which names were declared in the scope that is open. One map
// serves all scopes, of which there are thousands, most of them small.
type names struct {
	ds    *source.Diagnostics
	what  string // what the scope declares: "member"
	owner string // what stands before the names: "microsoft.graph.day/"
	first map[string]source.Position
}

// open starts a new scope.
func (n *names) open(what, owner string) {
	n.what, n.owner = what, owner
	if len(n.first) < 50 {
		clear(n.first)
	} else {
		n.first = map[string]source.Position{} // a large one stays large
	}
}

// declare enters a name and reports whether it is new. If it is not, it says
// so in ds. An element without a name is passed over.
func (n *names) declare(name string, at source.Position) bool {
	if name == "" {
		return false
	}
	if first, ok := n.first[name]; ok {
		twice(n.ds, n.what, n.owner+name, first, at)
		return false
	}
	n.first[name] = at
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
