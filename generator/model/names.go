package model

import "github.com/msgraphgen/msgraphgen/generator/source"

// names tells which names were declared in the scope that is open. One map
// serves all scopes, of which there are thousands, most of them small.
type names struct {
	ds       *source.Diagnostics
	declared map[string]declaration
	scope    int    // the number of the scope
	what     string // what it declares: "member"
	owner    string // what stands before the names: "microsoft.graph.day/"
}

// declaration is where a name was declared first in a scope.
type declaration struct {
	scope int
	at    source.Position
}

// open starts a new scope.
func (n *names) open(what, owner string) {
	n.scope++
	n.what, n.owner = what, owner
}

// declare enters a name and reports whether it is new. If it is not, it says
// so in ds. An element without a name is passed over.
func (n *names) declare(name string, at source.Position) bool {
	if name == "" {
		return false
	}
	if first, ok := n.declared[name]; ok && first.scope == n.scope {
		twice(n.ds, n.what, n.owner+name, first.at, at)
		return false
	}
	n.declared[name] = declaration{n.scope, at}
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
