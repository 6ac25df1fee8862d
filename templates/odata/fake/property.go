package fake

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"maps"
	"net/http"
)

// property reads or changes a structural property with a structured value.
func (c *call) property() (answer, error) {
	if c.item == nil {
		return answer{}, c.none()
	}
	switch c.request.Method {
	case http.MethodGet:
		q, err := c.options(c.query)
		if err != nil {
			return answer{}, err
		}
		switch value := q.selected.within(within(c.item.values, c.value)); value.Kind() {
		case jsontext.KindInvalid, jsontext.KindNull:
			return answer{status: http.StatusNoContent}, nil
		case jsontext.KindBeginObject:
			return jsonAnswer(http.StatusOK, value), nil
		default:
			return jsonAnswer(http.StatusOK, object{"value": value}), nil
		}
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
		set, err := c.assign(s, c.item, body, true)
		if err != nil {
			return answer{}, err
		}
		if c.request.Method == http.MethodPut {
			clear, err := c.assign(s, c.item, c.holding(jsontext.Value("null")), true)
			if err != nil {
				return answer{}, err
			}
			clear.make()
		}
		set.make()
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
