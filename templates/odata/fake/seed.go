package fake

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"fmt"
	"net/http"
	"net/url"
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
// declare are stored, too, as clients find them in AdditionalData: Seed does not notice
// a misspelled name. The error says which item cannot be stored.
func (s *Service) Seed(path string, items ...any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := &call{service: s, request: &http.Request{Method: http.MethodPut, URL: s.endpoint.JoinPath(path)}, query: url.Values{}, seeds: true}
	if err := c.grow(path); err != nil {
		return err
	}
	for i, item := range items {
		bodies, err := objects(item)
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
		if c.collection != nil {
			parts, whole := s.store.types.locate(c.typ, c.key)
			if !whole {
				return fmt.Errorf("fake: %s: %s", path, s.store.types.incomplete(c.typ, c.key))
			}
			for _, part := range parts {
				setAt(e.values, part.path, keyValue(part.typ, part.literal))
			}
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
		if c.value != nil {
			if typeOf(body) == c.typ { // as declared
				delete(body, "@odata.type")
			}
			value, err := json.Marshal(body, json.Deterministic(true), lenient)
			if err != nil {
				return err
			}
			if err := c.assign(s, c.item, c.holding(value), false); err != nil {
				return err
			}
			c.item.changed = s.next()
			continue
		}
		if !c.resource.Collection {
			if err := c.assign(s, c.item, body, false); err != nil {
				return err
			}
			if t := typeOf(body); t != "" {
				c.item.typ = t
			}
			c.item.changed = s.next()
			continue
		}
		e, err := c.build(s, c.typ, body, false)
		if err != nil {
			return err
		}
		if err := s.place(c.in, e, false); err != nil {
			return err
		}
	}
	return nil
}

// objects returns the JSON objects that a value stands for.
func objects(v any) ([]object, error) {
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
	if list, ok := o["value"]; ok && list.Kind() == jsontext.KindBeginArray {
		var page []object
		err := json.Unmarshal(list, &page, lenient)
		return page, err
	}
	if typed, ok := v.(odata.Structured); ok && o["@odata.type"] == nil && o != nil {
		o["@odata.type"] = quoted("#" + typed.ODataType())
	}
	return []object{o}, nil
}
