package fake

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// changes are what a write does to the store once nothing can fail any more: a write
// that is refused changes nothing.
type changes []func()

func (list changes) make() {
	for _, change := range list {
		change()
	}
}

// build makes an entity from JSON, and those that it contains. Of a client, it
// refuses read-only properties.
func (c *call) build(s *store, declared string, body object, client bool) (*entity, error) {
	e := newEntity(declared)
	return e, c.complete(s, e, body, client)
}

// complete sets the properties of a new entity, those of JSON and those that the service
// sets.
func (c *call) complete(s *store, e *entity, body object, client bool) error {
	if err := c.fill(s, e, e.typ, body, client); err != nil {
		return err
	}
	s.newKey(e)
	given := maps.Clone(e.values)
	s.stamp(e, true)
	if !client {
		maps.Copy(e.values, given)
	}
	return nil
}

// fill gives an entity of a declared type the type that a JSON object names, and its
// properties.
func (c *call) fill(s *store, e *entity, declared string, body object, client bool) error {
	before := e.typ
	actual := s.types.typeOf(body)
	switch {
	case actual == "":
	case s.types[actual] != nil && !s.types.is(actual, declared):
		return fail(http.StatusBadRequest, "a %s is not a %s", actual, declared)
	default:
		e.typ = actual
	}
	set, err := c.assign(s, e, body, client)
	if err != nil {
		e.typ = before
		return err
	}
	set.make()
	return nil
}

// assign returns the changes that set properties of an entity: structural ones, the
// entities that navigation properties lead to, references (manager@odata.bind), and
// annotations.
func (c *call) assign(s *store, e *entity, body object, client bool) (changes, error) {
	var list changes
	for _, name := range slices.Sorted(maps.Keys(body)) {
		value := body[name].Clone()
		change := func() { e.values[name] = merge(e.values[name], value) }
		var err error
		property, annotation, annotated := strings.Cut(name, "@")
		p := s.types.property(e.typ, property)
		switch {
		case annotation == "odata.bind":
			change, err = c.bind(s, e, property, value)
		case annotated && !isStored(property, annotation):
			continue
		case annotated:
		case p != nil && p.Kind == Navigation:
			change, err = c.nest(s, e, p, value, client)
		case p != nil && p.Kind == ReadOnly && client:
			err = fail(http.StatusBadRequest, "%s is read-only", name)
		}
		if err != nil {
			return nil, err
		}
		list = append(list, change)
	}
	return list, nil
}

// isStored reports whether the service stores an annotation of an entity, which has no
// property, or of a property. It writes the others itself, or takes them as
// instructions for one request (https://learn.microsoft.com/graph/api/resources/driveitem#instance-attributes).
func isStored(property, annotation string) bool {
	switch strings.TrimPrefix(annotation, "odata.") {
	case "type":
		return property != ""
	case "context", "metadataEtag", "etag", "count", "nextLink", "deltaLink", "removed",
		"microsoft.graph.conflictBehavior", "microsoft.graph.sourceUrl":
		return false
	}
	return true
}

// merge returns a value after an update. A complex value keeps the properties that the
// update does not have (OData Protocol 4.01, section 11.4.3).
func merge(old, update jsontext.Value) jsontext.Value {
	if old.Kind() != jsontext.KindBeginObject || update.Kind() != jsontext.KindBeginObject {
		return update
	}
	var a, b object
	_ = json.Unmarshal(old, &a, lenient) // it is an object
	_ = json.Unmarshal(update, &b, lenient)
	for name, value := range b {
		a[name] = merge(a[name], value)
	}
	merged, _ := json.Marshal(a, json.Deterministic(true), lenient) // all is JSON
	return merged
}

// nest makes the entities within another one, and returns the change that puts them in
// the place of those that are there.
func (c *call) nest(s *store, e *entity, p *Property, value jsontext.Value, client bool) (func(), error) {
	typ, collection := item(p.Type)
	list := []object{nil}
	var err error
	if collection {
		err = json.Unmarshal(value, &list, lenient)
	} else {
		err = json.Unmarshal(value, &list[0], lenient)
	}
	if err != nil {
		return nil, fail(http.StatusBadRequest, "%s: %v", p.Name, err)
	}
	within := &members{typ: typ}
	for _, body := range list {
		if body == nil {
			continue
		}
		nested, err := c.build(s, typ, body, client)
		if err != nil {
			return nil, err
		}
		if err := s.place(within, nested, client); err != nil {
			return nil, err
		}
	}
	return func() {
		to := s.link(e, p.Name, typ, !collection)
		s.clear(to)
		for _, m := range within.list {
			s.add(to, m.entity)
		}
	}, nil
}
