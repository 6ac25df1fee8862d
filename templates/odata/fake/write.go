package fake

import (
	"bytes"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// lenient accepts what the client sends after it has received it.
var lenient = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

// object is a JSON object.
type object map[string]jsontext.Value

// readBody returns the entity in the body of the request.
func (c *call) readBody() (object, error) {
	var o object
	if err := json.Unmarshal(c.body, &o, lenient); err != nil || o == nil {
		return nil, fail(http.StatusBadRequest, "the body is not a JSON object: %v", err)
	}
	return o, nil
}

// create adds an entity to a collection.
func (c *call) create() (answer, error) {
	body, err := c.readBody()
	if err != nil {
		return answer{}, err
	}
	s := &c.service.store
	e, err := c.build(s, c.typ, body, true)
	if err != nil {
		return answer{}, err
	}
	if err := s.place(c.in, e, true); err != nil {
		return answer{}, err
	}
	a := c.changed(http.StatusCreated, e)
	at := *c.request.URL
	at.RawQuery = ""
	a.header.Set("Location", strings.TrimSuffix(at.String(), "/")+s.keyAddress(e))
	return a, nil
}

// build makes an entity from JSON, and those that it contains. Of a client, it
// refuses read-only properties.
func (c *call) build(s *store, declared string, body object, client bool) (*entity, error) {
	e := newEntity(declared)
	if actual := typeOf(body); actual != "" {
		e.typ = actual
		if !s.types.is(actual, declared) && s.types[actual] != nil {
			return nil, fail(http.StatusBadRequest, "a %s is not a %s", actual, declared)
		}
	}
	if err := c.assign(s, e, body, client); err != nil {
		return nil, err
	}
	s.newKey(e)
	if client {
		s.stamp(e, true)
		return e, nil
	}
	given := maps.Clone(e.values)
	s.stamp(e, true)
	maps.Copy(e.values, given)
	return e, nil
}

// typeOf returns the type that a JSON object names, or "".
func typeOf(o object) string {
	if t := o["@odata.type"]; t.Kind() == jsontext.KindString {
		return strings.TrimPrefix(text(t), "#")
	}
	return ""
}

// assign sets properties of an entity: structural ones, the entities that navigation
// properties lead to, and references (manager@odata.bind).
func (c *call) assign(s *store, e *entity, body object, client bool) error {
	for _, name := range slices.Sorted(maps.Keys(body)) {
		value := body[name]
		property, annotation, annotated := strings.Cut(name, "@")
		p := s.types.property(e.typ, property)
		switch {
		case annotated && annotation == "odata.bind" && p != nil && p.Kind == Navigation:
			if err := c.bind(s, e, p, value); err != nil {
				return err
			}
		case annotated:
		case p != nil && p.Kind == Navigation:
			if err := c.nest(s, e, p, value, client); err != nil {
				return err
			}
		case p != nil && p.Kind == ReadOnly && client:
			return fail(http.StatusBadRequest, "%s is read-only", name)
		case value.Kind() == jsontext.KindBeginObject && e.values[name].Kind() == jsontext.KindBeginObject:
			merged, err := merge(e.values[name], value)
			if err != nil {
				return fail(http.StatusBadRequest, "%s: %v", name, err)
			}
			e.values[name] = merged
		default:
			e.values[name] = value.Clone()
		}
	}
	return nil
}

// merge sets the properties of a complex value that an update has (OData Protocol
// 4.01, section 11.4.3).
func merge(old, update jsontext.Value) (jsontext.Value, error) {
	var a, b object
	if err := json.Unmarshal(old, &a, lenient); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(update, &b, lenient); err != nil {
		return nil, err
	}
	for name, value := range b {
		if value.Kind() == jsontext.KindBeginObject && a[name].Kind() == jsontext.KindBeginObject {
			var err error
			if value, err = merge(a[name], value); err != nil {
				return nil, err
			}
		}
		a[name] = value
	}
	return json.Marshal(a, json.Deterministic(true), lenient)
}

// nest makes the entities within another one, in the place of those that are there.
func (c *call) nest(s *store, e *entity, p *Property, value jsontext.Value, client bool) error {
	typ, collection := item(p.Type)
	list := []object{nil}
	var err error
	if collection {
		err = json.Unmarshal(value, &list, lenient)
	} else {
		err = json.Unmarshal(value, &list[0], lenient)
	}
	if err != nil {
		return fail(http.StatusBadRequest, "%s: %v", p.Name, err)
	}
	to := s.link(e, p.Name, typ, !collection)
	s.clear(to)
	for _, body := range list {
		if body == nil {
			continue
		}
		nested, err := c.build(s, typ, body, client)
		if err != nil {
			return err
		}
		if err := s.place(to, nested, client); err != nil {
			return err
		}
	}
	return nil
}

// update changes an entity. A replacement takes away what it does not have.
func (c *call) update(replace bool) (answer, error) {
	body, err := c.readBody()
	if err != nil {
		return answer{}, err
	}
	s := &c.service.store
	if c.item == nil { // of a single navigation property
		if c.item, err = c.build(s, c.typ, body, true); err != nil {
			return answer{}, err
		}
		s.add(c.in, c.item)
		return c.changed(http.StatusCreated, c.item), nil
	}
	if err := c.precondition(); err != nil {
		return answer{}, err
	}
	if err := s.sameKeys(c.item, body); err != nil {
		return answer{}, err
	}
	for _, key := range s.types.keys(c.item.typ) {
		delete(body, key.Path)
	}
	before := maps.Clone(c.item.values)
	if replace {
		for name := range c.item.values {
			if p := s.types.property(c.item.typ, name); (p == nil || p.Kind == Structural) && !isStamp(name) {
				delete(c.item.values, name)
			}
		}
	}
	if err := c.assign(s, c.item, body, true); err != nil {
		c.item.values = before
		return answer{}, err
	}
	s.restoreKeys(c.item, before)
	s.stamp(c.item, false)
	return c.changed(http.StatusOK, c.item), nil
}

// sameKeys returns an error if an update of an entity changes its key.
func (s *store) sameKeys(e *entity, body object) error {
	for _, key := range s.types.keys(e.typ) {
		v := valueAt(body, key.Path)
		if v != nil && !sameKey(s.types.declaredAt(e.typ, key.Path), text(v), text(valueAt(e.values, key.Path))) {
			return fail(http.StatusBadRequest, "the key %s cannot be changed", key.Path)
		}
	}
	return nil
}

// restoreKeys gives an entity the key that it had before an update, which can have
// replaced the value that a key is a part of.
func (s *store) restoreKeys(e *entity, before object) {
	for _, key := range s.types.keys(e.typ) {
		if old := valueAt(before, key.Path); old != nil && !bytes.Equal(old, valueAt(e.values, key.Path)) {
			setAt(e.values, key.Path, old)
		}
	}
}

// isStamp reports whether the service sets a property on each write.
func isStamp(name string) bool {
	return slices.Contains([]string{"createdDateTime", "createdBy", "lastModifiedDateTime", "lastModifiedBy"}, name)
}

// delete deletes an entity, and its references.
func (c *call) delete() (answer, error) {
	if c.item == nil {
		return answer{}, c.none()
	}
	if err := c.precondition(); err != nil {
		return answer{}, err
	}
	c.service.store.delete(c.item)
	return answer{status: http.StatusNoContent}, nil
}

// precondition checks the ETag that the item must have.
func (c *call) precondition() error {
	switch want := c.request.Header.Get("If-Match"); want {
	case "", "*", c.item.etag():
		return nil
	default:
		return fail(http.StatusPreconditionFailed, "the ETag is %s, not %s: somebody has changed the item", c.item.etag(), want)
	}
}

// none is the error for a single entity that is not there.
func (c *call) none() error {
	return fail(http.StatusNotFound, "%s leads to nothing: Seed gives it something", c.request.URL.Path)
}

// property reads or changes a structural property with a structured value.
func (c *call) property() (answer, error) {
	if c.item == nil {
		return answer{}, c.none()
	}
	value := within(c.item.values, c.value)
	switch c.request.Method {
	case http.MethodGet:
		switch {
		case value == nil || value.Kind() == jsontext.KindNull:
			return answer{status: http.StatusNoContent}, nil
		case value.Kind() == jsontext.KindBeginObject:
			return jsonAnswer(http.StatusOK, value), nil
		}
		return jsonAnswer(http.StatusOK, object{"value": value}), nil
	case http.MethodPatch, http.MethodPut:
		if err := c.precondition(); err != nil {
			return answer{}, err
		}
		if _, err := c.readBody(); err != nil {
			return answer{}, err
		}
		s := &c.service.store
		body, before := c.holding(c.body), maps.Clone(c.item.values)
		if err := s.sameKeys(c.item, body); err != nil {
			return answer{}, err
		}
		if c.request.Method == http.MethodPut {
			if err := c.assign(s, c.item, c.holding(jsontext.Value("null")), true); err != nil {
				return answer{}, err
			}
		}
		if err := c.assign(s, c.item, body, true); err != nil {
			return answer{}, err
		}
		s.restoreKeys(c.item, before)
		s.stamp(c.item, false)
		if a, ok := c.withoutItem(); ok {
			return a, nil
		}
		return jsonAnswer(http.StatusOK, within(c.item.values, c.value)), nil
	}
	return answer{}, fail(http.StatusMethodNotAllowed, "%s is not a method of %s", c.request.Method, c.request.URL.Path)
}

// within returns the value at a path of properties, or nil.
func within(o object, path []string) jsontext.Value {
	for _, name := range path[:len(path)-1] {
		inner := object{}
		if json.Unmarshal(o[name], &inner, lenient) != nil {
			return nil
		}
		o = inner
	}
	return o[path[len(path)-1]]
}

// holding returns an object that has a value at the path of the target.
func (c *call) holding(value jsontext.Value) object {
	for i := len(c.value) - 1; i > 0; i-- {
		value, _ = json.Marshal(object{c.value[i]: value}, lenient) // the name and the value are JSON
	}
	return object{c.value[0]: value}
}

// changed returns the response to a write: the entity, unless the client does not
// want it, or the method has none.
func (c *call) changed(status int, e *entity) answer {
	if strings.Contains(c.request.Header.Get("Prefer"), "return=minimal") {
		return answer{status: http.StatusNoContent, header: http.Header{"Preference-Applied": {"return=minimal"}}}
	}
	if a, ok := c.withoutItem(); ok {
		return a
	}
	a := jsonAnswer(status, c.whole(e, c.typ))
	a.header.Set("ETag", e.etag())
	return a
}

// withoutItem returns the response to a write whose method has a status for it.
func (c *call) withoutItem() (_ answer, ok bool) {
	m := c.method()
	if m == nil || m.Status == 0 || strings.Contains(c.request.Header.Get("Prefer"), "return=representation") {
		return answer{}, false
	}
	return answer{status: m.Status, header: http.Header{}}, true
}
