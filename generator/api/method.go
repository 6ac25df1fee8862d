package api

import (
	"net/http"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// Kind is the kind of a method. It is the name of the Go method.
type Kind string

// Create adds an item to a collection.
const Create Kind = "Create"

// Method is a request that a resource answers.
type Method struct {
	Kind     Kind
	Verb     string // "POST"
	Resource model.Resource
	Paths    []model.Path // up to maxPaths paths of the resource, the shortest first

	// Retained reports that the schema no longer has the method: the package
	// retains it for one release. Its paths are unknown.
	Retained bool

	named bool // a pattern without wildcards asks for it
}

// maxPaths is the number of paths of a method that are listed: enough for a doc
// comment. In a schema with cycles a method can have any number of paths.
const maxPaths = 8

// ID returns a name for the method that does not depend on the path:
// "POST microsoft.graph.profile/projects".
func (m *Method) ID() string { return m.Verb + " " + m.Resource.ID() }

// Methods returns the methods that a resource answers.
func Methods(r model.Resource) []Method {
	return slices.DeleteFunc(Possible(r), func(m Method) bool { return !answers(m) })
}

// Possible returns the methods that a resource of this kind can answer, whether
// or not this resource answers them.
func Possible(r model.Resource) []Method {
	var list []Method
	if t := r.Type(); r.Collection() && t != nil && t.Kind == model.Entity {
		list = append(list, Method{Kind: Create, Verb: http.MethodPost, Resource: r})
	}
	return list
}

// answers reports whether the resource of a method answers it.
func answers(m Method) bool {
	switch m.Kind {
	case Create:
		insertable := vocab.InsertRestrictions(m.Resource.Annotations()).Insertable
		if insertable != model.Unknown {
			return insertable == model.Yes
		}
		// A media entity is created from its stream (OData Protocol 4.01, section
		// 11.4.7.1).
		for t := m.Resource.Type(); t != nil; t = t.BaseType() {
			if t.HasStream == model.Yes {
				return false
			}
		}
		// Clients add references to entities that are not contained.
		return m.Resource.Contained()
	}
	return false
}
