package api

import (
	"iter"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// Resource is a place in the service that requests can go to. It is what the
// path ends in, not the whole path: /me/profile and /users/{id}/profile are
// the same resource, the navigation property profile of the type user. The
// zero Resource is the root of the service.
type Resource struct {
	Source     *model.NavigationSource // an entity set or a singleton
	Navigation *model.Navigation       // or a navigation property
	Owner      *model.StructuredType   // the type that declares Navigation
	Item       bool                    // an item of the collection, addressed by its key
}

// Name returns the name of the path segment that leads to r.
func (r Resource) Name() string {
	switch {
	case r.Source != nil:
		return r.Source.Name
	case r.Navigation != nil:
		return r.Navigation.Name
	default:
		return ""
	}
}

func (r Resource) ref() model.TypeRef {
	if r.Source != nil {
		return r.Source.Type
	}
	return r.Navigation.Type
}

// Type returns the entity type of r or of its items, or nil for the root.
func (r Resource) Type() *model.StructuredType {
	if r == (Resource{}) {
		return nil
	}
	t, _ := r.ref().Type.(*model.StructuredType)
	return t
}

// Collection reports whether r is a collection.
func (r Resource) Collection() bool { return r != (Resource{}) && r.ref().Collection && !r.Item }

// Annotations returns what the schema says of r itself, not of its type.
func (r Resource) Annotations() []*model.Annotation {
	switch {
	case r.Source != nil:
		return r.Source.Annotated
	case r.Navigation != nil:
		return r.Navigation.Annotated
	default:
		return nil
	}
}

// ID names r in terms of the schema, whatever the path to it:
// "me", "users", "users/{}", "microsoft.graph.profile/projects".
func (r Resource) ID() string {
	id := r.Name()
	if r.Owner != nil {
		id = r.Owner.QualifiedName() + "/" + id
	}
	if r.Item {
		id += "/{}"
	}
	return id
}

// contained reports whether r lives where its path says: a wildcard goes no
// further than that. A navigation property to a resource that lives elsewhere
// is followed where a pattern names it.
func (r Resource) contained() bool {
	return r.Navigation == nil || r.Navigation.ContainsTarget != model.No
}

// next returns the resources that are one path segment behind r, in order.
func (r Resource) next(m *model.Model) iter.Seq[Resource] {
	return func(yield func(Resource) bool) {
		if r == (Resource{}) {
			if m.Container == nil {
				return
			}
			for _, s := range m.Container.Sources {
				if !yield(Resource{Source: s}) {
					return
				}
			}
			return
		}
		if r.Collection() {
			// Keys of several properties have a syntax of their own, which is not
			// generated: nothing in Graph has one.
			if len(r.Type().KeyNames()) <= 1 {
				r.Item = true
				yield(r)
			}
			return
		}
		for t := r.Type(); t != nil; t = t.BaseType() {
			for _, n := range t.Navigation {
				if vocab.Unlisted(n.Annotated) {
					continue
				}
				if !yield(Resource{Navigation: n, Owner: t}) {
					return
				}
			}
		}
	}
}

// Path is the way from the root of the service to a resource.
type Path []Resource

// String returns the path as the reference pages write it:
// "/users/{id}/profile/projects".
func (p Path) String() string {
	var b strings.Builder
	for _, r := range p {
		b.WriteByte('/')
		if r.Item {
			b.WriteString("{" + strings.Join(r.Type().KeyNames(), ",") + "}")
		} else {
			b.WriteString(r.Name())
		}
	}
	return b.String()
}

// verbs are the requests that r answers, as far as they are generated:
// creating an item in a collection, unless the schema rules it out
// (Capabilities.InsertRestrictions).
func (r Resource) verbs() []string {
	if r.Collection() && r.Type() != nil && vocab.InsertRestrictions(r.Annotations()).Insertable != model.No {
		return []string{"POST"}
	}
	return nil
}
