package api

import (
	"net/http"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/quirk"
)

// Kind is the kind of a method. It is the name of the Go method.
type Kind string

// The kinds of methods, in the terms of OData Protocol 4.01, section 11.
const (
	Get     Kind = "Get"     // reads an entity
	List    Kind = "List"    // reads the entities of a collection, page by page
	Count   Kind = "Count"   // reads the number of entities of a collection
	Create  Kind = "Create"  // adds an entity to a collection
	Update  Kind = "Update"  // changes properties of an entity
	Replace Kind = "Replace" // replaces an entity
	Delete  Kind = "Delete"  // removes an entity

	AddRef    Kind = "AddRef"    // adds a reference to a collection
	SetRef    Kind = "SetRef"    // sets the reference of a property
	RemoveRef Kind = "RemoveRef" // removes a reference
	ListRefs  Kind = "ListRefs"  // reads the references of a collection, or the reference of a property

	Download Kind = "Download" // reads a stream
	Upload   Kind = "Upload"   // replaces a stream

	Action   Kind = "Action"   // calls an action
	Function Kind = "Function" // calls a function
	Delta    Kind = "Delta"    // calls the function that reads the changes of a collection
)

// kind describes a kind of methods.
type kind struct {
	name       Kind
	verb       string
	suffix     string // the path segments after the resource
	collection bool   // collections have it; else single entities

	// answers reports whether a resource with the given annotations has it.
	answers func(model.Resource, []*model.Annotation) bool
}

// kinds describes the kinds of methods, in the order in which a package has them.
var kinds = []kind{
	{Get, http.MethodGet, "", false, readable},
	{List, http.MethodGet, "", true, readable},
	{Count, http.MethodGet, "/$count", true, countable},
	{Create, http.MethodPost, "", true, insertable},
	{Update, http.MethodPatch, "", false, updatable(http.MethodPatch)},
	{Replace, http.MethodPut, "", false, updatable(http.MethodPut)},
	{Delete, http.MethodDelete, "", false, deletable},
	{AddRef, http.MethodPost, "/$ref", true, referenceable},
	{SetRef, http.MethodPut, "/$ref", false, referenceable},
	{RemoveRef, http.MethodDelete, "/{id}/$ref", true, referenceable},
	{RemoveRef, http.MethodDelete, "/$ref", false, referenceable},
	{ListRefs, http.MethodGet, "/$ref", true, referenceable},
	{ListRefs, http.MethodGet, "/$ref", false, referenceable},
	{Download, http.MethodGet, "/$value", false, streamed},
	{Upload, http.MethodPut, "/$value", false, streamed},
}

// order is the position of a kind among all kinds: operations come last.
func (k Kind) order() int {
	if i := slices.IndexFunc(kinds, func(other kind) bool { return other.name == k }); i >= 0 {
		return i
	}
	return len(kinds)
}

// Method is a request that a resource answers.
type Method struct {
	Kind     Kind
	Verb     string // "POST"
	Suffix   string // the path segments after the resource: "", "/$count", "/sendMail"
	Resource model.Resource

	Operation *model.Operation // what an Action, a Function or a Delta calls, bound to the resource
	Import    *model.Import    // the import of an operation that is not bound
	Stream    *model.Property  // what a Download or an Upload is about; nil for the stream that is the resource
	Paths     []model.Path     // up to MaxPaths paths of the resource, the shortest first

	// RuledOut are up to MaxPaths other paths of the resource that the patterns
	// match, but on which the metadata rules out the method.
	RuledOut []model.Path

	// Retained reports that the schema no longer has the method: the package
	// retains it for one release. Its paths are unknown.
	Retained bool

	named bool // a pattern without wildcards asks for it
}

// MaxPaths is the number of paths of a method that are listed: enough for a doc
// comment. In a schema with cycles a method can have any number of paths.
const MaxPaths = 8

// ID returns a name for the method that does not depend on the path:
// "POST microsoft.graph.profile/projects", "GET users/$count",
// "POST me/microsoft.graph.sendMail()", "POST /microsoft.graph.go() as start".
func (m *Method) ID() string {
	if imported := m.ImportedAs(); imported != "" {
		return m.FormerID() + " as " + imported
	}
	return m.FormerID()
}

// FormerID returns the ID in lock files of earlier versions, which had only one import of
// an operation.
func (m *Method) FormerID() string {
	id := m.Verb + " " + m.Resource.ID()
	if m.Operation != nil {
		return id + "/" + m.Operation.Signature()
	}
	return id + m.Suffix
}

// ImportedAs returns the name of the import of an operation if it differs from the name
// of the operation, or "". An operation can have several imports.
func (m *Method) ImportedAs() string {
	if m.Import == nil || m.Import.Name == m.Operation.Name {
		return ""
	}
	return m.Import.Name
}

// Requests returns a request for each of the paths: "GET /users/{id}".
func (m *Method) Requests() []string { return m.requests(m.Paths) }

// RuledOutRequests returns a request for each of the paths that are ruled out.
func (m *Method) RuledOutRequests() []string { return m.requests(m.RuledOut) }

func (m *Method) requests(paths []model.Path) []string {
	list := make([]string, len(paths))
	for i, p := range paths {
		list[i] = m.Verb + " " + p.String() + m.Suffix
	}
	return list
}

// Returns returns the type of what the response holds: the zero TypeRef for
// nothing.
func (m *Method) Returns() model.TypeRef {
	switch m.Kind {
	case Count:
		return model.TypeRef{Name: "Edm.Int64"}
	case Delete, AddRef, SetRef, RemoveRef, ListRefs, Download:
		return model.TypeRef{}
	case Action, Function, Delta:
		if m.Operation.Return == nil {
			return model.TypeRef{}
		}
		return m.Operation.Return.Type
	}
	t := m.Resource.Type()
	return model.TypeRef{Name: t.QualifiedName(), Collection: m.Kind == List, Type: t}
}

// Needs returns the types that the request and the response need, without
// primitive types.
func (m *Method) Needs() []model.Type {
	var list []model.Type
	add := func(t model.Type) {
		if _, primitive := t.(*model.Primitive); !primitive && t != nil {
			list = append(list, t)
		}
	}
	switch m.Kind {
	case Get, List, Create, Update, Replace, Upload:
		add(m.Resource.Type())
	case Count, Download: // the query of a Count and the builder of a stream are about it
		add(m.Resource.Type())
	}
	if m.Operation != nil {
		for _, p := range m.Operation.Own() {
			add(p.Type.Type)
		}
		add(m.Returns().Type)
	}
	return list
}

// HasBody reports whether the request sends an entity.
func (m *Method) HasBody() bool {
	return m.Kind == Create || m.Kind == Update || m.Kind == Replace
}

// Methods returns the methods that a resource of a model answers, unless the
// metadata restricts the path to it: see [MethodsAt]. The root of the service has
// the methods that call unbound operations.
func Methods(m *model.Model, r model.Resource) []Method { return methodsWith(m, r, r.Annotations()) }

// methodsWith returns the methods that a resource with some annotations answers.
func methodsWith(m *model.Model, r model.Resource, facts []*model.Annotation) []Method {
	if r.IsRoot() {
		return imported(m)
	}
	list := methods(r, func(k kind) bool { return k.answers(r, facts) })
	if notListed := vocab.NotListed(facts); notListed != nil {
		list = slices.DeleteFunc(list, func(m Method) bool { return slices.Contains(notListed, m.listedAs()) })
	}
	return list
}

// listedAs returns what [vocab.NotListed] calls the method.
func (m *Method) listedAs() string {
	switch {
	case m.Operation != nil:
		return m.Operation.Signature()
	case m.Stream != nil:
		return string(m.Kind) + "_" + m.Stream.Name
	}
	return string(m.Kind)
}

// Possible returns the methods that a resource of this kind can answer, whether
// or not this resource answers them.
func Possible(r model.Resource) []Method { return methods(r, func(kind) bool { return true }) }

// imported returns the methods that call the operations which the container
// imports.
func imported(m *model.Model) []Method {
	if m.Container == nil {
		return nil
	}
	var list []Method
	for _, i := range m.Container.Imports {
		if i.Defect() != nil {
			continue
		}
		for _, o := range i.Overloads() {
			method := call(model.Resource{}, o)
			method.Import = i
			method.Suffix = "/" + i.Name + strings.TrimPrefix(method.Suffix, "/"+o.Name)
			list = append(list, method)
		}
	}
	return list
}

func methods(r model.Resource, answers func(kind) bool) []Method {
	t := r.Type()
	if t == nil || r.Property != nil && quirk.IsJSON(t) {
		return nil // any JSON: it has no struct
	}
	var list []Method
	for _, k := range kinds {
		if r.Property != nil && k.name != Get && k.name != Update {
			continue // the value of a structural property is part of an entity
		}
		if k.collection == r.Collection() && answers(k) {
			suffix := strings.Replace(k.suffix, "{id}", "{"+strings.Join(t.KeyNames(), ",")+"}", 1)
			list = append(list, Method{Kind: k.name, Verb: k.verb, Suffix: suffix, Resource: r})
		}
	}
	if !r.Contained() {
		return list // operations are called where the resource has a path of its own
	}
	list = append(list, streams(r)...)
	for o := range t.Operations(r.Collection()) {
		list = append(list, call(r, o))
	}
	return list
}

// streams returns the methods of the properties that are streams.
func streams(r model.Resource) []Method {
	if r.Collection() {
		return nil
	}
	var list []Method
	for t := r.Type(); t != nil; t = t.BaseType() {
		for _, p := range t.Properties {
			if p.Type.Name == "Edm.Stream" && !p.Type.Collection {
				list = append(list,
					Method{Kind: Download, Verb: http.MethodGet, Suffix: "/" + p.Name, Resource: r, Stream: p},
					Method{Kind: Upload, Verb: http.MethodPut, Suffix: "/" + p.Name, Resource: r, Stream: p})
			}
		}
	}
	return list
}

// call returns the method that calls an operation.
func call(r model.Resource, o *model.Operation) Method {
	m := Method{Kind: Action, Verb: http.MethodPost, Suffix: "/" + o.Name, Resource: r, Operation: o}
	if o.Function {
		var arguments []string
		for _, p := range o.Own() {
			arguments = append(arguments, p.Name+"={"+p.Name+"}")
		}
		m.Kind, m.Verb = Function, http.MethodGet
		if arguments != nil {
			m.Suffix += "(" + strings.Join(arguments, ",") + ")"
		}
		if isDelta(r, o) {
			m.Kind = Delta
		}
	}
	return m
}

// isDelta reports whether a function reads the changes of a collection of entities
// (https://learn.microsoft.com/graph/delta-query-overview).
func isDelta(r model.Resource, o *model.Operation) bool {
	if o.Name != "delta" || !r.Collection() || len(o.Own()) > 0 || o.Return == nil || !o.Return.Type.Collection {
		return false
	}
	returned, ok := o.Return.Type.Type.(*model.StructuredType)
	return ok && returned.Kind == model.Entity
}

// or returns a fact as a bool: the other one if the fact is unknown.
func or(fact model.Fact, other bool) bool {
	if fact == model.Unknown {
		return other
	}
	return fact == model.Yes
}

func readable(r model.Resource, facts []*model.Annotation) bool {
	read := vocab.ReadRestrictions(facts)
	readable := or(read.Readable, true)
	if r.Item {
		return or(read.ByKey, readable)
	}
	return readable
}

func countable(r model.Resource, facts []*model.Annotation) bool {
	return readable(r, facts) && or(vocab.QueryOptions(facts).Count, true)
}

// insertable reports whether a collection takes new entities. Without a fact,
// clients create entities that are contained, and add references to others. A
// media entity is created from its stream (OData Protocol 4.01, section
// 11.4.7.1).
func insertable(r model.Resource, facts []*model.Annotation) bool {
	return or(vocab.InsertRestrictions(facts).Insertable, r.Contained() && !hasStream(r))
}

// streamed reports whether a resource has a stream: no annotation rules it out.
func streamed(r model.Resource, _ []*model.Annotation) bool { return hasStream(r) }

// hasStream reports whether the resource is a media entity.
func hasStream(r model.Resource) bool {
	for t := r.Type(); t != nil; t = t.BaseType() {
		if t.HasStream == model.Yes {
			return true
		}
	}
	return false
}

// referenceable reports whether clients can change which entities a navigation
// property leads to. Without a fact, they can unless these are contained.
func referenceable(r model.Resource, facts []*model.Annotation) bool {
	if r.Navigation == nil || r.Item || r.Cast != nil {
		return false
	}
	return or(vocab.NavigationRestrictions(facts).Referenceable, !r.Contained())
}

// updatable returns a function that reports whether a resource takes updates with
// a verb. Without a fact, an entity takes PATCH where it is contained.
func updatable(verb string) func(model.Resource, []*model.Annotation) bool {
	return func(r model.Resource, facts []*model.Annotation) bool {
		u := vocab.UpdateRestrictions(facts)
		if u.Methods == nil {
			u.Methods = []string{http.MethodPatch}
		}
		return or(u.Updatable, r.Contained()) && slices.Contains(u.Methods, verb)
	}
}

// deletable reports whether an entity can be deleted. Without a fact, it can
// where it is contained, unless it is a singleton or must exist.
func deletable(r model.Resource, facts []*model.Annotation) bool {
	always := !r.Item && (r.Navigation == nil || r.Navigation.Nullable == model.No)
	return or(vocab.Deletable(facts), r.Contained() && !always)
}
