package diff

import (
	"maps"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/selection"
	"github.com/msgraphgen/msgraphgen/generator/severity"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// resource is what a package has for a resource and the items of it.
type resource struct {
	selection.Resource                // the collection, if it is one
	create             *golang.Create // nil if nothing is created here
	at                 source.Position
}

// resourcesOf returns the resources that a package has, by subject.
func resourcesOf(p *golang.Plan) map[string]*resource {
	list := map[string]*resource{}
	for _, b := range p.Builders {
		subject := resourceSubject(b.Resource)
		r := list[subject]
		if r == nil {
			r = &resource{at: place(b.Resource)}
			list[subject] = r
		}
		r.Resource = b.Resource
		r.Item = false
		if b.Create != nil {
			r.create = b.Create
		}
	}
	return list
}

// says names a resource: by its requests, if there are any, else by its type.
func (r *resource) says() (Kind, string) {
	if r.create != nil {
		return KindOperation, requests(r.create)
	}
	return KindResource, r.typeName()
}

// operations returns what stands for an operation too, and for nothing else.
func operations(kind Kind) []string {
	if kind == KindOperation {
		return []string{anyOperation}
	}
	return nil
}

func (r *resource) typeName() string {
	if r.Source != nil {
		return r.Source.Type.String()
	}
	return r.Navigation.Type.String()
}

// requests returns the requests of an operation.
func requests(c *golang.Create) string {
	var list []string
	for _, p := range c.Operation.Paths {
		list = append(list, c.Operation.Verb+" "+p.String())
	}
	return strings.Join(list, ", ")
}

// resources compares the resources, the ways to them, and the operations.
func (c *comparer) resources() {
	old, new := resourcesOf(c.old.Plan), resourcesOf(c.new.Plan)
	var bothCreate []pair
	for _, subject := range sortedKeys(old, new) {
		o, n := old[subject], new[subject]
		switch {
		case n == nil:
			kind, says := o.says()
			c.add(Change{Severity: severity.Wire, Kind: kind, Action: Removed, Subject: subject, Old: says, OldAt: o.at}, operations(kind)...)
		case o == nil:
			kind, says := n.says()
			c.add(Change{Severity: severity.Additive, Kind: kind, Action: Added, Subject: subject, New: says, NewAt: n.at}, operations(kind)...)
		default:
			c.resource(c.about(subject, o.at, n.at), o, n)
			if o.create != nil && n.create != nil {
				bothCreate = append(bothCreate, pair{o.create, n.create})
			}
		}
	}
	c.paths(old, new)
	c.settable(bothCreate)
}

// sortedKeys returns the keys of both maps, in order.
func sortedKeys[V any](a, b map[string]V) []string {
	keys := slices.AppendSeq(slices.Collect(maps.Keys(a)), maps.Keys(b))
	slices.Sort(keys)
	return slices.Compact(keys)
}

// resource compares a resource that both sides have.
func (c *comparer) resource(d about, o, n *resource) {
	d.annotations(o.Annotations(), n.Annotations())
	level := severity.Docs
	if o.create != nil && n.create != nil {
		level = severity.Wire
	}
	d.texts(level, KindType, o.typeName(), n.typeName())
	switch {
	case o.create == nil && n.create == nil:
	case n.create == nil:
		c.add(Change{Severity: severity.Wire, Kind: KindOperation, Action: Removed, Subject: d.subject, Old: requests(o.create), OldAt: o.at, NewAt: n.at}, anyOperation)
	case o.create == nil:
		c.add(Change{Severity: severity.Additive, Kind: KindOperation, Action: Added, Subject: d.subject, New: requests(n.create), OldAt: o.at, NewAt: n.at}, anyOperation)
	default:
		d.create(o.create, n.create)
	}
}

// create compares an operation that both sides have, but for what can be set.
func (d about) create(o, n *golang.Create) {
	d.texts(severity.Wire, KindStatus, o.Status, n.Status)
	level := severity.Behaviour
	if slices.ContainsFunc(n.Required, func(name string) bool { return !slices.Contains(o.Required, name) }) {
		level = severity.Wire
	}
	d.texts(level, KindRequired, strings.Join(o.Required, ", "), strings.Join(n.Required, ", "))
	evolvable := func(c *golang.Create) string {
		if c.Evolvable {
			return "asks for members that enumerations may get"
		}
		return "does not ask for further members"
	}
	d.texts(severity.Behaviour, KindEvolvable, evolvable(o), evolvable(n))
	d.texts(severity.Docs, KindPage, o.Page, n.Page)
}
