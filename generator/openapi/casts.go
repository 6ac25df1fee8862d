package openapi

import (
	"net/http"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// isCast reports whether a segment with a namespace is a type cast, and not an
// action or a function.
func (p *parser) isCast(n *node) bool {
	switch {
	case p.isStructuredName(p.qualified(n.segment)), n.item.kind() == kindResource:
		return true
	}
	return len(n.children) > 0 || !n.item.has(http.MethodPost)
}

// stepToCast goes to the same resource as one of a derived type. If nothing
// else is known of the type, it extends the one of the resource.
func (p *parser) stepToCast(at place, n *node) {
	name := p.qualified(n.segment)
	if !isTypeName(name) {
		p.leaveOut(n, "%q is not the name of a type", short(n.segment))
		return
	}
	_, declared := p.schemas[name]
	derived := p.entityType(name, n)
	if derived == nil {
		p.leaveOut(n, "%s is not a structured type", name)
		return
	}
	switch {
	case p.isOrExtends(derived, at.t):
	case !declared && derived.Base == nil && !p.isOrExtends(at.t, derived):
		derived.Kind = at.t.Kind
		derived.Base = &model.TypeRef{Name: at.t.QualifiedName(), Position: n.position}
	default:
		derived.Warnf(n.position, "the path %s casts %s to %s, which does not extend it", n.path, at.t.QualifiedName(), name)
	}
	if r := at.resource; r != nil {
		c := cast{typeName: name, item: r.ref.Collection && !at.collection, readable: n.item.has(http.MethodGet)}
		if i := slices.IndexFunc(r.casts, func(other cast) bool { return other.typeName == c.typeName && other.item == c.item }); i < 0 {
			r.casts = append(r.casts, c)
		} else {
			r.casts[i].readable = r.casts[i].readable || c.readable
		}
	}
	at.t, at.isCast = derived, true
	p.note(at, n)
	p.visit(n, at)
}
