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

// update changes an entity. A replacement takes away what it does not have. Both create
// the entity of a single navigation property, and a replacement that of a key.
func (c *call) update(replace bool) (answer, error) {
	body, err := c.readBody()
	if err != nil {
		return answer{}, err
	}
	if err := c.precondition(); err != nil {
		return answer{}, err
	}
	if c.item == nil {
		return c.insert(body)
	}
	s := &c.service.store
	if err := s.withoutKeys(c.item, body); err != nil {
		return answer{}, err
	}
	set, err := c.assign(s, c.item, body, true)
	if err != nil {
		return answer{}, err
	}
	before := maps.Clone(c.item.values)
	if replace {
		for name := range c.item.values {
			if p := s.types.property(c.item.typ, name); (p == nil || p.Kind == Structural) && !isStamp(name) {
				delete(c.item.values, name)
			}
		}
	}
	set.make()
	s.restoreKeys(c.item, before)
	s.stamp(c.item, false)
	return c.changed(http.StatusOK, c.item), nil
}

// insert creates the entity that the path of an update leads to, with the key of the
// path.
func (c *call) insert(body object) (answer, error) {
	s := &c.service.store
	e := newEntity(c.typ)
	if c.absent {
		s.setKey(e, c.key)
		if err := s.withoutKeys(e, body); err != nil {
			return answer{}, err
		}
	}
	if err := c.complete(s, e, body, true); err != nil {
		return answer{}, err
	}
	s.add(c.in, e)
	return c.changed(http.StatusCreated, e), nil
}

// withoutKeys takes the key of an entity out of the body of an update. It returns an
// error if the body has another key.
func (s *store) withoutKeys(e *entity, body object) error {
	if err := s.sameKeys(e, body); err != nil {
		return err
	}
	for _, key := range s.types.keys(e.typ) {
		delete(body, key.Path)
	}
	return nil
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
	want := c.request.Header.Get("If-Match")
	switch {
	case want == "", c.item != nil && (want == "*" || want == c.item.etag()):
		return nil
	case c.item == nil:
		return fail(http.StatusPreconditionFailed, "%s leads to nothing, and has no ETag to match %s", c.request.URL.Path, want)
	}
	return fail(http.StatusPreconditionFailed, "the ETag is %s, not %s: somebody has changed the item", c.item.etag(), want)
}

// none is the error for a single entity that is not there.
func (c *call) none() error {
	return fail(http.StatusNotFound, "%s leads to nothing: Seed gives it something", c.request.URL.Path)
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
	a := jsonAnswer(status, c.whole(e, c.typ, nil))
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
