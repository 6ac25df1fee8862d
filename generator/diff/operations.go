package diff

import (
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/report"
)

// operationsOf returns the operations that the methods of a package call, by subject.
func operationsOf(p *golang.Plan) map[string]*model.Operation {
	list := map[string]*model.Operation{}
	for _, m := range p.Methods {
		if m.Operation != nil {
			list[m.Operation.Subject()] = m.Operation
		}
	}
	return list
}

// operations compares the operations that both packages call. The parameters of an
// action are compared with the types, as a struct holds them.
func (c *comparer) operations() {
	old, new := operationsOf(c.old.Plan), operationsOf(c.new.Plan)
	for _, subject := range sortedKeys(old, nil) {
		o, n := old[subject], new[subject]
		if n == nil {
			continue // methods compares which resources have it
		}
		d := c.about(subject, o.Position, n.Position)
		d.annotations(o.Annotated, n.Annotated)
		d.texts(report.Wire, KindType, returns(o), returns(n))
		if o.Return != nil && n.Return != nil {
			d.nullability(o.Return.Type.Collection && n.Return.Type.Collection, o.Return.Facets, n.Return.Facets)
		}
		if !o.Function || !n.Function {
			continue
		}
		parameters := map[string]*model.Parameter{}
		for _, p := range o.Own() {
			parameters[p.Name] = p
		}
		for _, p := range n.Own() {
			if was := parameters[p.Name]; was != nil {
				d := c.about(subject+"/"+p.Name, was.Position, p.Position)
				d.texts(report.Wire, KindType, was.Type.String(), p.Type.String())
				d.nullability(was.Type.Collection && p.Type.Collection, was.Facets, p.Facets)
			}
		}
	}
}

// overload compares a method that calls an operation which is bound to another type than
// before: the type of its resource has got an overload of its own, or has lost it. The
// subject is the same in both directions, also where a collection became a single item.
func (c *comparer) overload(o, n *golang.Method) {
	if o.Operation == nil || o.Operation.Subject() == n.Operation.Subject() {
		return
	}
	subject := n.ID()
	if o.Resource.Item != n.Resource.Item {
		subject = n.Verb + " " + resourceSubject(n.Resource) + "/" + n.Operation.Signature()
	}
	old, new := o.Operation.Declaration(), n.Operation.Declaration()
	if old != new {
		c.add(Change{
			Severity: report.Wire, Kind: KindType, Action: Changed, Subject: subject, Old: old, New: new,
			OldAt: o.Operation.Position, NewAt: n.Operation.Position,
		}, n.ID(), o.ID())
	}
}

// returns returns the type of the result of an operation, or "".
func returns(o *model.Operation) string {
	if o.Return == nil {
		return ""
	}
	return o.Return.Type.String()
}

// isParameters reports whether a type holds the parameters of an action.
func isParameters(t *model.StructuredType) bool { return strings.Contains(t.Name, "/") }
