package golang

import (
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// operationMethods are the names of the methods that send requests, and of ByID,
// which leads to an item of a collection.
var operationMethods = []string{"ByID", "Count", "Create", "Delete", "Get", "List", "Update"}

// methods are the names of the methods that lead from one builder to another, by
// the key of the resource to which they lead.
type methods struct {
	names  *names
	goName map[string]string
	done   map[*model.StructuredType]bool
}

func newMethods(n *names, c *model.Container) *methods {
	m := &methods{names: n, goName: map[string]string{}, done: map[*model.StructuredType]bool{}}
	if c != nil {
		taken := map[string]bool{}
		for _, source := range c.Sources {
			m.declare(methodKey(model.Resource{Source: source}), source.Name, taken)
		}
	}
	return m
}

// methodKey is the key under which the name of the method to r is pinned.
func methodKey(r model.Resource) string {
	if r.Owner == nil {
		return fieldSeparator + r.Name()
	}
	return fieldKey(r.Owner, r.Name())
}

// of returns the name of the method that leads to r.
func (m *methods) of(r model.Resource) string {
	if r.Item {
		return "ByID"
	}
	if r.Owner != nil {
		m.navigation(r.Owner)
	}
	return m.goName[methodKey(r)]
}

// navigation decides the methods for the navigation properties of t and its
// base types, which the same builders have, and returns all of them.
func (m *methods) navigation(t *model.StructuredType) map[string]bool {
	taken := map[string]bool{}
	for _, name := range operationMethods {
		taken[name] = true
	}
	if base := t.BaseType(); base != nil {
		taken = m.navigation(base)
	}
	for _, n := range t.Navigation {
		if vocab.Kept(n.Annotated) {
			continue // it has its name already
		}
		key := methodKey(model.Resource{Navigation: n, Owner: t})
		if m.done[t] {
			taken[m.goName[key]] = true
		} else {
			m.declare(key, n.Name, taken)
		}
	}
	m.done[t] = true
	return taken
}

func (m *methods) declare(key, name string, taken map[string]bool) {
	method, pinned := m.names.pinned[key]
	if !pinned || taken[method] {
		method = ident.Unique(m.names.rules.Exported(name), func(s string) bool { return taken[s] })
	}
	taken[method] = true
	m.goName[key] = method
}
