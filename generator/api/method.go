package api

import (
	"net/http"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// Kind is what a method does with its resource. It is the name of the Go method.
type Kind string

// Create adds an item to a collection.
const Create Kind = "Create"

// Method is a request that a resource answers.
type Method struct {
	Kind     Kind
	Verb     string // "POST"
	Resource model.Resource
	Paths    []model.Path // up to maxPaths of the ways to it, shortest first

	// Retained says that the schema does not have the method any more: it stays
	// for one release. Its paths are unknown.
	Retained bool

	named bool // a pattern without wildcards asks for it
}

// maxPaths is how many paths of a method are kept: enough for a doc comment. The
// schema has cycles, so that a method can have any number.
const maxPaths = 8

// ID names the method in terms of the schema, whatever the path to it:
// "POST microsoft.graph.profile/projects".
func (m *Method) ID() string { return m.Verb + " " + m.Resource.ID() }

// Methods returns the methods that a resource answers.
func Methods(r model.Resource) []Method {
	return slices.DeleteFunc(Possible(r), func(m Method) bool { return !answers(m) })
}

// Possible returns the methods that a resource of its kind can answer, whatever
// the schema says of this one.
func Possible(r model.Resource) []Method {
	var list []Method
	if t := r.Type(); r.Collection() && t != nil && t.Kind == model.Entity {
		list = append(list, Method{Kind: Create, Verb: http.MethodPost, Resource: r})
	}
	return list
}

// answers reports whether the schema lets a resource answer a method.
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
		// Entities that live elsewhere are related by reference.
		return m.Resource.Contained()
	}
	return false
}
