package fake

import (
	"cmp"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// Seed stores items at a path below the endpoint, such as "/users" or
// "/users/adele/messages", with all of their properties. Items along the path that
// are not there yet are created, with the keys of the path; without items, that is
// all. An item before a type cast becomes an item of its type, if it is of a base type:
// Seed("/users/adele/manager/microsoft.graph.user"). Where the path ends with a structural property, such as "/me/mailboxSettings",
// an item sets the parts of its value that it has.
//
// An item with the key of another one in its collection replaces it. What is stored
// below that one stays, unless the new item has it; what refers to it stays, too.
//
// An item is a value of a generated type, or a text: the JSON of an item, or of a
// response with a list, as reference pages have it. Members that the type does not
// declare are stored, too, as clients find them in AdditionalData, and annotations such
// as @microsoft.graph.downloadUrl: Seed does not notice a misspelled name. The error
// says which item cannot be stored.
func (s *Service) Seed(path string, items ...any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := &call{service: s, request: &http.Request{Method: http.MethodPut, URL: s.endpoint.JoinPath(path)}, query: url.Values{}, seeds: true}
	if err := c.grow(path); err != nil {
		return err
	}
	for i, item := range items {
		bodies, err := c.objects(item)
		if err == nil {
			err = c.seed(bodies)
		}
		if err != nil {
			return fmt.Errorf("fake: item %d of %s: %w", i+1, path, err)
		}
	}
	return nil
}

// grow creates the items along a path, the shorter paths first.
func (c *call) grow(path string) error {
	s := c.service
	segments := strings.Split(strings.Trim(path, "/"), "/")
	for i := range segments {
		if !c.route(strings.Join(segments[:i+1], "/")) || c.operation != nil || c.suffix != "" {
			return fmt.Errorf("fake: the package has no resource at %s", path)
		}
		if c.item != nil && c.lost != nil {
			return fmt.Errorf("fake: %s", c.lost.Message)
		}
		if c.resource.Collection || c.item != nil {
			continue
		}
		e := newEntity(c.typ)
		if c.collection != nil && !s.store.setKey(e, c.key) {
			return fmt.Errorf("fake: %s: %s", path, s.store.types.incomplete(c.typ, c.key))
		}
		s.store.newKey(e)
		s.store.stamp(e, true)
		s.store.add(c.in, e)
		c.item, c.lost = e, nil
	}
	return nil
}

// seed stores items at the target of c.
func (c *call) seed(bodies []object) error {
	s := &c.service.store
	for _, body := range bodies {
		switch {
		case c.value != nil:
			if s.types.typeOf(body) == c.typ { // as declared
				delete(body, "@odata.type")
				delete(body, "@type")
			}
			value, err := json.Marshal(body, json.Deterministic(true), lenient)
			if err != nil {
				return err
			}
			set, err := c.assign(s, c.item, c.holding(value), false)
			if err != nil {
				return err
			}
			set.make()
			c.item.changed = s.next()
		case !c.resource.Collection:
			if err := c.fill(s, c.item, c.typ, body, false); err != nil {
				return err
			}
			s.newKey(c.item)
			c.item.changed = s.next()
		default:
			e, err := c.build(s, c.typ, body, false)
			if err != nil {
				return err
			}
			if err := s.place(c.in, e, false); err != nil {
				return err
			}
		}
	}
	return nil
}

// objects returns the JSON objects that a value stands for: those of a page, if it is a
// text or a value without a type of its own.
func (c *call) objects(v any) ([]object, error) {
	var raw jsontext.Value
	switch v := v.(type) {
	case string:
		raw = jsontext.Value(v)
	case []byte:
		raw = v
	case jsontext.Value:
		raw = v
	default:
		var err error
		if raw, err = json.Marshal(v, lenient); err != nil {
			return nil, err
		}
	}
	var o object
	if err := json.Unmarshal(raw, &o, lenient); err != nil {
		return nil, err
	}
	if o == nil {
		return nil, errors.New("it is null: leave it out")
	}
	if typed, ok := v.(odata.Structured); ok {
		if odata.TypeOf(o, "") == "" {
			o["@odata.type"] = quoted("#" + typed.ODataType())
		}
		return []object{o}, nil
	}
	list := o["value"]
	if list.Kind() != jsontext.KindBeginArray || c.hasList(o, "value") {
		return []object{o}, nil
	}
	var page []object
	if err := json.Unmarshal(list, &page, lenient); err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(page, func(o object) bool { return o == nil }); i >= 0 {
		return nil, fmt.Errorf("item %d of the page is null: leave it out", i+1)
	}
	return page, nil
}

// hasList reports whether an item can have a list as a property of that name.
func (c *call) hasList(o object, name string) bool {
	types := c.service.store.types
	_, list := item(types.declared(cmp.Or(types.typeOf(o), c.typ), name))
	return list
}
