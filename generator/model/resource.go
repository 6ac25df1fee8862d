package model

import (
	"iter"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Resource is a place in the service that requests can go to. It is the end of a
// path, not the whole path: /me/profile and /users/{id}/profile are the same
// resource, the navigation property profile of the type user. The zero Resource
// is the root of the service.
type Resource struct {
	Source     *NavigationSource // an entity set or a singleton
	Navigation *Navigation       // or a navigation property
	Owner      *StructuredType   // the type that declares Navigation
	Item       bool              // an item of the collection, addressed by its key
	Cast       *StructuredType   // the derived type that the last segment names, or nil
}

// IsRoot reports whether r is the root of the service.
func (r Resource) IsRoot() bool { return r.Source == nil && r.Navigation == nil }

// Name returns the path segment that leads to r. For an item, which has a key
// there, it is the segment of the collection.
func (r Resource) Name() string {
	switch {
	case r.Cast != nil:
		return r.Cast.QualifiedName()
	case r.Source != nil:
		return r.Source.Name
	case r.Navigation != nil:
		return r.Navigation.Name
	default:
		return ""
	}
}

// Ref returns the type that the schema declares for r.
func (r Resource) Ref() TypeRef {
	switch {
	case r.Source != nil:
		return r.Source.Type
	case r.Navigation != nil:
		return r.Navigation.Type
	default:
		return TypeRef{}
	}
}

// Type returns the entity type of r or of its items: the one that a cast names,
// else the declared one. It is nil for the root, and where the declared type is
// a defect.
func (r Resource) Type() *StructuredType {
	if r.Cast != nil {
		return r.Cast
	}
	t, _ := r.Ref().Type.(*StructuredType)
	return t
}

// Collection reports whether r is a collection.
func (r Resource) Collection() bool { return r.Ref().Collection && !r.Item }

// Element returns the element that declares r, which is nil for the root.
func (r Resource) Element() *Element {
	switch {
	case r.Source != nil:
		return &r.Source.Element
	case r.Navigation != nil:
		return &r.Navigation.Element
	default:
		return nil
	}
}

// Annotations returns the annotations of r itself, not of its type.
func (r Resource) Annotations() []*Annotation {
	if e := r.Element(); e != nil {
		return e.Annotated
	}
	return nil
}

// Pos returns where r is declared.
func (r Resource) Pos() source.Position {
	if e := r.Element(); e != nil {
		return e.Position
	}
	return source.Position{}
}

// ID names r in terms of the schema, whatever the path to it: "me", "users",
// "users/{}", "microsoft.graph.profile/projects",
// "microsoft.graph.group/members/{}/microsoft.graph.user".
func (r Resource) ID() string {
	id := Resource{Source: r.Source, Navigation: r.Navigation}.Name()
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

// Target returns the path by which annotations name r, CSDL section 14.2.2:
// "microsoft.graph.profile/projects".
func (r Resource) Target(m *Model) string {
	if r.Source != nil {
		return m.Container.Namespace + "." + m.Container.Name + "/" + r.Source.Name
	}
	return r.Owner.QualifiedName() + "/" + r.Navigation.Name
}

// Contained reports whether r lives where its path says. A navigation property
// that contains nothing leads to a resource that lives elsewhere.
func (r Resource) Contained() bool {
	return r.Navigation == nil || r.Navigation.ContainsTarget != No
}

// Next returns the resources that are one path segment behind r: at the root
// the entity sets and singletons, behind a collection its items, else the
// navigation properties of the type; and casts to the types derived from it.
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
			// Keys of several properties are not generated.
			if len(t.KeyNames()) <= 1 {
				item := r
				item.Item = true
				if !yield(item) {
					return
				}
			}
		default:
			for ; t != nil; t = t.BaseType() {
				for _, n := range t.Navigation {
					if !yield(Resource{Navigation: n, Owner: t}) {
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
		// A list takes the place of recursion: hostile chains can be long.
		todo := slices.Clone(t.derived)
		for i := 0; i < len(todo); i++ {
			todo = append(todo, todo[i].derived...)
			if !yield(todo[i]) {
				return
			}
		}
	}
}

// Resolve returns the resource that a path leads to, such as
// "/users/{id | userPrincipalName}/profile/projects". Any segment behind a
// collection is a key, unless it names a type.
func (m *Model) Resolve(path string) (r Resource, ok bool) {
	for segment := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		if r, ok = m.step(r, segment); !ok {
			return Resource{}, false
		}
	}
	return r, ok
}

func (m *Model) step(from Resource, segment string) (to Resource, ok bool) {
	switch {
	case segment == "":
		return to, false
	case from.IsRoot():
		to.Source = m.Container.Source(segment)
		return to, to.Source != nil
	}
	if strings.Contains(segment, ".") && from.Cast == nil && from.Type() != nil {
		for d := range from.Type().Descendants() {
			if d.Named(segment) {
				from.Cast = d
				return from, true
			}
		}
	}
	if from.Collection() {
		from.Item = true
		return from, true
	}
	to.Navigation, to.Owner = from.Type().NavigationProperty(segment)
	return to, to.Navigation != nil
}

// Named reports whether a path segment names t: by its qualified name, or with
// the last parts of its namespace ("graph.user" for microsoft.graph.user).
func (t *StructuredType) Named(segment string) bool {
	return strings.Contains(segment, ".") && strings.HasSuffix("."+t.QualifiedName(), "."+segment)
}

// Path is the way from the root of the service to a resource.
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
