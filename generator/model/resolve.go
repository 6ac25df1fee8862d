package model

import (
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Place is where a path of a request leads in a linked model: to an entity set
// or a singleton, or to a navigation property of its Owner; or to an item of it.
type Place struct {
	Source     *NavigationSource
	Navigation *Navigation
	Owner      *StructuredType // declares Navigation
	Item       bool
}

// Resolve returns the place that a path such as
// "/users/{id | userPrincipalName}/profile/projects" leads to. What follows a
// collection is a key, whatever it is.
func (m *Model) Resolve(path string) (p Place, ok bool) {
	for segment := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		if p, ok = m.step(p, segment); !ok {
			return Place{}, false
		}
	}
	return p, ok
}

func (m *Model) step(from Place, segment string) (to Place, ok bool) {
	switch {
	case segment == "":
		return to, false
	case from == Place{}:
		to.Source = m.Container.Source(segment)
		return to, to.Source != nil
	case from.Collection():
		from.Item = true
		return from, true
	}
	to.Navigation, to.Owner = from.Type().NavigationProperty(segment)
	return to, to.Navigation != nil
}

// ref returns the type of the resource.
func (p Place) ref() TypeRef {
	if p.Source != nil {
		return p.Source.Type
	}
	return p.Navigation.Type
}

// Type returns the entity type of the resource or of its items, or nil where
// it leads out of the source.
func (p Place) Type() *StructuredType {
	t, _ := p.ref().Type.(*StructuredType)
	return t
}

// Collection reports whether the resource is a collection.
func (p Place) Collection() bool { return p.ref().Collection && !p.Item }

// Annotations returns what the schema says of the resource itself.
func (p Place) Annotations() []*Annotation {
	if p.Source != nil {
		return p.Source.Annotated
	}
	return p.Navigation.Annotated
}

// Position returns where the resource is declared.
func (p Place) Position() source.Position {
	if p.Source != nil {
		return p.Source.Position
	}
	return p.Navigation.Position
}

// Target returns the path by which annotations name the resource, CSDL section
// 14.2.2: "microsoft.graph.profile/projects".
func (p Place) Target(m *Model) string {
	if p.Source != nil {
		return m.Container.Namespace + "." + m.Container.Name + "/" + p.Source.Name
	}
	return p.Owner.QualifiedName() + "/" + p.Navigation.Name
}
