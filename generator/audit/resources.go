package audit

import (
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/report"
)

// resources compares the resources that both documents have: entity sets, singletons,
// and navigation properties. A resource that one of them lacks has no requests there,
// which requests reports; a navigation property without requests is a property of its
// type.
func (c *modelComparison) resources(a, b Metadata) {
	left, right := resourcesOf(a), resourcesOf(b)
	leftTypes, rightTypes := typesByName(a), typesByName(b)
	for _, subject := range sortedUnion(left, right) {
		l, r := left[subject], right[subject]
		switch {
		case l == nil:
			if owner := ownerIn(leftTypes, r); owner != nil {
				c.add(report.Additive, KindProperty, subject, absent(owner.Position), value(r.Ref().String(), r.Pos()))
			}
		case r == nil:
			if owner := ownerIn(rightTypes, l); owner != nil {
				c.add(report.Additive, KindProperty, subject, value(l.Ref().String(), l.Pos()), absent(owner.Position))
			}
		default:
			c.sameType(subject, value(l.Ref().String(), l.Pos()), value(r.Ref().String(), r.Pos()))
			c.annotations(subject, *l.Element(), *r.Element())
		}
	}
}

// resource is an entity set, a singleton, or a navigation property.
type resource struct {
	model.Resource
	requested bool // a request is about it
}

// resourcesOf returns the resources of requests, and the navigation properties of types,
// by their IDs. A collection and its items are the same resource.
func resourcesOf(m Metadata) map[string]*resource {
	list := map[string]*resource{}
	for _, t := range m.Types {
		if s, ok := t.(*model.StructuredType); ok {
			for _, n := range s.Navigation {
				r := model.Resource{Navigation: n, Owner: s}
				list[r.ID()] = &resource{Resource: r}
			}
		}
	}
	for _, method := range m.Methods {
		r := method.Resource
		r.Item, r.Cast = false, nil
		if r.Source != nil || r.Navigation != nil { // a structural property is compared with its type
			list[r.ID()] = &resource{r, true}
		}
	}
	return list
}

// ownerIn returns the type in the other document that lacks a navigation property, or nil
// if requests are about the property, or if the document lacks the type, too.
func ownerIn(types map[string]model.Type, r *resource) *model.StructuredType {
	if r.requested || r.Owner == nil {
		return nil
	}
	owner, _ := types[r.Owner.QualifiedName()].(*model.StructuredType)
	return owner
}

// operations compares the parameters and the results of the operations that both
// documents have.
func (c *modelComparison) operations(a, b Metadata) {
	left, right := operationsOf(a), operationsOf(b)
	for _, subject := range sortedUnion(left, right) {
		l, r := left[subject], right[subject]
		if l == nil || r == nil {
			continue // requests compares which requests there are
		}
		c.sameType(subject, result(l), result(r))
		c.annotations(subject, l.Element, r.Element)
		leftOnes, rightOnes := parametersByName(l), parametersByName(r)
		for _, name := range sortedUnion(leftOnes, rightOnes) {
			subject := subject + "/" + name
			switch p, q := leftOnes[name], rightOnes[name]; {
			case p == nil:
				c.add(report.Wire, KindParameter, subject, absent(l.Position), value(q.Type.String(), q.Position))
			case q == nil:
				c.add(report.Wire, KindParameter, subject, value(p.Type.String(), p.Position), absent(r.Position))
			default:
				c.sameType(subject, value(p.Type.String(), p.Position), value(q.Type.String(), q.Position))
				c.annotations(subject, p.Element, q.Element)
			}
		}
	}
	c.overloads(a, b)
}

// overloads compares the requests that call operations bound to different types: the type
// of a resource has an overload of its own in one of the documents.
func (c *modelComparison) overloads(a, b Metadata) {
	left, right := calls(a), calls(b)
	for _, id := range sortedUnion(left, right) {
		l, r := left[id], right[id]
		if l != nil && r != nil && l.Subject() != r.Subject() {
			c.sameType(id, value(l.Declaration(), l.Position), value(r.Declaration(), r.Position))
		}
	}
}

// sameType adds a finding if two claims about a type differ.
func (c *modelComparison) sameType(subject string, left, right claim) {
	if left.says != right.says {
		c.add(report.Source, KindType, subject, left, right)
	}
}

// operationsOf returns the operations that requests call, by subject.
func operationsOf(m Metadata) map[string]*model.Operation {
	list := map[string]*model.Operation{}
	for _, o := range calls(m) {
		list[o.Subject()] = o
	}
	return list
}

// calls returns the operations that methods call, by the IDs of the methods.
func calls(m Metadata) map[string]*model.Operation {
	list := map[string]*model.Operation{}
	for _, method := range m.Methods {
		if method.Operation != nil {
			list[method.ID()] = method.Operation
		}
	}
	return list
}

func result(o *model.Operation) claim {
	if o.Return == nil {
		return value("no result", o.Position)
	}
	return value(o.Return.Type.String(), o.Position)
}

func parametersByName(o *model.Operation) map[string]*model.Parameter {
	list := map[string]*model.Parameter{}
	for _, p := range o.Own() {
		list[p.Name] = p
	}
	return list
}
