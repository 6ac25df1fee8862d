package diff

import (
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/report"
)

// operationSubject returns the subject of a bound operation:
// "microsoft.graph.user/microsoft.graph.sendMail()".
func operationSubject(o *model.Operation) string {
	t, collection := o.Binding()
	switch {
	case t == nil:
		return o.Signature()
	case collection:
		return t.QualifiedName() + "/{}/" + o.Signature()
	}
	return t.QualifiedName() + "/" + o.Signature()
}

// operationsOf returns the operations that the methods of a package call, by subject.
func operationsOf(p *golang.Plan) map[string]*model.Operation {
	list := map[string]*model.Operation{}
	for _, m := range p.Methods {
		if m.Operation != nil {
			list[operationSubject(m.Operation)] = m.Operation
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
		if !o.Function || !n.Function {
			continue
		}
		parameters := map[string]*model.Parameter{}
		for _, p := range o.Own() {
			parameters[p.Name] = p
		}
		for _, p := range n.Own() {
			if was := parameters[p.Name]; was != nil {
				c.about(subject+"/"+p.Name, was.Position, p.Position).texts(report.Wire, KindType, was.Type.String(), p.Type.String())
			}
		}
	}
}

// overload compares a method that calls an operation which is bound to another type than
// before: the type of its resource has got an overload of its own, or has lost it. The
// subject is the same in both directions, also where a collection became a single item.
func (c *comparer) overload(o, n *golang.Method) {
	if o.Operation == nil || operationSubject(o.Operation) == operationSubject(n.Operation) {
		return
	}
	subject := n.ID()
	if o.Resource.Item != n.Resource.Item {
		subject = n.Verb + " " + resourceSubject(n.Resource) + "/" + n.Operation.Signature()
	}
	old, new := declaration(o.Operation), declaration(n.Operation)
	if old != new {
		c.add(Change{
			Severity: report.Wire, Kind: KindType, Action: Changed, Subject: subject, Old: old, New: new,
			OldAt: o.Operation.Position, NewAt: n.Operation.Position,
		}, n.ID(), o.ID())
	}
}

// declaration returns the types of an operation:
// "microsoft.graph.getSchedule(microsoft.graph.calendar, schedules Collection(Edm.String)): Collection(microsoft.graph.scheduleInformation)".
func declaration(o *model.Operation) string {
	var parts []string
	if t, collection := o.Binding(); t != nil {
		parts = append(parts, model.TypeRef{Name: t.QualifiedName(), Collection: collection}.String())
	}
	for _, p := range o.Own() {
		parts = append(parts, p.Name+" "+p.Type.String())
	}
	text := o.QualifiedName() + "(" + strings.Join(parts, ", ") + ")"
	if o.Return != nil {
		text += ": " + returns(o)
	}
	return text
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
