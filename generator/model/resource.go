package model

import (
	"iter"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Resource is the target of a path of the service, whatever the path to it:
// /me/profile and /users/{id}/profile lead to the same resource, the navigation
// property profile of the type user. The zero Resource is the root of the
// service.
type Resource struct {
	Source     *NavigationSource // an entity set or a singleton
	Navigation *Navigation       // or a navigation property
	Property   *Property         // or a structural property with a structured value
	Owner      *StructuredType   // the type that declares Navigation or Property
	Item       bool              // an item of the collection, addressed by its key
	Cast       *StructuredType   // the derived type that the last segment names, or nil
}

// IsRoot reports whether r is the root of the service.
func (r Resource) IsRoot() bool { return r.Source == nil && r.Navigation == nil && r.Property == nil }

// Name returns the last path segment of r. An item, whose last segment is a key,
// has the name of its collection.
func (r Resource) Name() string {
	switch {
	case r.Cast != nil:
		return r.Cast.QualifiedName()
	case r.Source != nil:
		return r.Source.Name
	case r.Navigation != nil:
		return r.Navigation.Name
	case r.Property != nil:
		return r.Property.Name
	default:
		return ""
	}
}

// Ref returns the declared type of r. It is zero for the root.
func (r Resource) Ref() TypeRef {
	switch {
	case r.Source != nil:
		return r.Source.Type
	case r.Navigation != nil:
		return r.Navigation.Type
	case r.Property != nil:
		return r.Property.Type
	default:
		return TypeRef{}
	}
}

// Type returns the structured type of r, or of its items if it is a collection: the
// type that a cast names, else the declared type. It is nil for the root and for
// a declared type that the model lacks.
func (r Resource) Type() *StructuredType {
	if r.Cast != nil {
		return r.Cast
	}
	t, _ := r.Ref().Type.(*StructuredType)
	return t
}

// Collection reports whether r is a collection.
func (r Resource) Collection() bool { return r.Ref().Collection && !r.Item }

// Element returns the element that declares r, or nil for the root.
func (r Resource) Element() *Element {
	switch {
	case r.Source != nil:
		return &r.Source.Element
	case r.Navigation != nil:
		return &r.Navigation.Element
	case r.Property != nil:
		return &r.Property.Element
	default:
		return nil
	}
}

// Annotations returns the annotations of the element that declares r.
func (r Resource) Annotations() []*Annotation {
	if e := r.Element(); e != nil {
		return e.Annotated
	}
	return nil
}

// Pos returns the position of the element that declares r.
func (r Resource) Pos() source.Position {
	if e := r.Element(); e != nil {
		return e.Position
	}
	return source.Position{}
}

// ID returns a name for r that does not depend on the path: "me", "users",
// "users/{}", "microsoft.graph.profile/projects",
// "microsoft.graph.group/members/{}/microsoft.graph.user".
func (r Resource) ID() string {
	id := Resource{Source: r.Source, Navigation: r.Navigation, Property: r.Property}.Name()
	if r.Owner != nil {
		id = r.Owner.QualifiedName() + "/" + id
	}
	if r.Item {
		id += "/{}"
	}
	if r.Cast != nil {
		id += "/" + r.Cast.QualifiedName()
	}
	return id
}

// Target returns the path that annotations use for the element that declares r,
// CSDL section 14.2.2: "microsoft.graph.profile/projects".
func (r Resource) Target(m *Model) string {
	if r.Source != nil {
		return m.Container.Namespace + "." + m.Container.Name + "/" + r.Source.Name
	}
	r.Cast = nil
	return r.Owner.QualifiedName() + "/" + r.Name()
}

// Contained reports whether r belongs to the resource before it in the path. It
// is false for a navigation property without containment, which leads to a
// resource that has another path of its own.
func (r Resource) Contained() bool {
	return r.Navigation == nil || r.Navigation.ContainsTarget != No
}

// Next returns the resources one path segment after r: for the root the entity
// sets and singletons, for a collection its items, else the navigation
// properties of its type, and the structural properties with a structured value. It adds the casts to derived types unless r is a cast.
func (r Resource) Next(m *Model) iter.Seq[Resource] {
	return func(yield func(Resource) bool) {
		switch t := r.Type(); {
		case r.IsRoot():
			if m.Container != nil {
				for _, s := range m.Container.Sources {
					if !yield(Resource{Source: s}) {
						return
					}
				}
			}
			return
		case t == nil:
			return
		case r.Collection():
			item := r
			item.Item = true
			if !yield(item) {
				return
			}
		default:
			for ; t != nil; t = t.BaseType() {
				for _, n := range t.Navigation {
					if !yield(Resource{Navigation: n, Owner: t}) {
						return
					}
				}
				for _, p := range t.Properties {
					if _, ok := p.Type.Type.(*StructuredType); ok && !p.Type.Collection && !yield(Resource{Property: p, Owner: t}) {
						return
					}
				}
			}
		}
		if r.Cast == nil {
			for d := range r.Type().Descendants() {
				cast := r
				cast.Cast = d
				if !yield(cast) {
					return
				}
			}
		}
	}
}

// Descendants returns the types derived from t, directly or not.
func (t *StructuredType) Descendants() iter.Seq[*StructuredType] {
	return func(yield func(*StructuredType) bool) {
		// A list replaces recursion, whose depth the source would decide.
		todo := slices.Clone(t.derived)
		for i := 0; i < len(todo); i++ {
			todo = append(todo, todo[i].derived...)
			if !yield(todo[i]) {
				return
			}
		}
	}
}

// Resolve returns the resource at a path such as
// "/users/{id | userPrincipalName}/profile/projects". It takes any segment after
// a collection for a key, unless the segment names a derived type.
func (m *Model) Resolve(path string) (r Resource, ok bool) {
	steps, ok := m.ResolveSegments(strings.Split(strings.Trim(path, "/"), "/"), false)
	if !ok {
		return Resource{}, false
	}
	return steps[len(steps)-1], true
}

// ResolveSegments returns the resources along a path, as [Model.Resolve] finds them.
// With anyCase, a name that no element has may be spelled in another case: services
// do not distinguish them in paths.
func (m *Model) ResolveSegments(segments []string, anyCase bool) (p Path, ok bool) {
	var r Resource
	for _, segment := range segments {
		if r, ok = m.step(r, segment, anyCase); !ok {
			return nil, false
		}
		p = append(p, r)
	}
	return p, ok
}

func (m *Model) step(from Resource, segment string, anyCase bool) (to Resource, ok bool) {
	switch {
	case segment == "":
		return to, false
	case from.IsRoot():
		if m.Container == nil {
			return to, false
		}
		if to.Source = m.Container.Source(segment); to.Source == nil && anyCase {
			to.Source = inAnyCase(m.Container.Sources, segment, func(s *NavigationSource) string { return s.Name })
		}
		return to, to.Source != nil
	case from.Type() == nil:
		return to, false
	}
	if strings.Contains(segment, ".") && from.Cast == nil {
		for d := range from.Type().Descendants() {
			if d.Named(segment) || anyCase && strings.EqualFold(d.QualifiedName(), segment) {
				from.Cast = d
				return from, true
			}
		}
	}
	if from.Collection() {
		from.Item = true
		return from, true
	}
	if from.Type() == nil {
		return to, false
	}
	if to.Navigation, to.Owner = from.Type().NavigationProperty(segment); to.Navigation != nil {
		return to, true
	}
	same := func(name string) bool { return name == segment || anyCase && strings.EqualFold(name, segment) }
	for t := from.Type(); t != nil; t = t.BaseType() {
		for _, n := range t.Navigation {
			if same(n.Name) {
				return Resource{Navigation: n, Owner: t}, true
			}
		}
		for _, p := range t.Properties {
			if _, ok := p.Type.Type.(*StructuredType); ok && same(p.Name) && !p.Type.Collection {
				return Resource{Property: p, Owner: t}, true
			}
		}
	}
	return to, false
}

// inAnyCase returns the first element whose name differs from a name in case alone,
// or nil.
func inAnyCase[E any](list []*E, name string, nameOf func(*E) string) *E {
	for _, e := range list {
		if strings.EqualFold(nameOf(e), name) {
			return e
		}
	}
	return nil
}

// Named reports whether a path segment names t: by its qualified name, or by its
// name with the last parts of its namespace ("graph.user" for
// microsoft.graph.user).
func (t *StructuredType) Named(segment string) bool {
	return strings.Contains(segment, ".") && strings.HasSuffix("."+t.QualifiedName(), "."+segment)
}

// Path lists the resources from the root of the service, which it leaves out, to
// a resource.
type Path []Resource

// String returns the path as the reference pages write it:
// "/users/{id}/profile/projects".
func (p Path) String() string {
	var b strings.Builder
	for i, r := range p {
		b.WriteByte('/')
		if r.Item && (i == 0 || !p[i-1].Item) {
			b.WriteString("{" + strings.Join(r.Type().KeyNames(), ",") + "}")
		} else {
			b.WriteString(r.Name())
		}
	}
	return b.String()
}
