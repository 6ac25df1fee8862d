package fake

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// refs answers a request for the references of a navigation property (OData Protocol
// 4.01, section 11.4.6).
func (c *call) refs() (answer, error) {
	s := &c.service.store
	if c.in == nil {
		return answer{}, c.none()
	}
	switch c.request.Method {
	case http.MethodGet:
		return c.listRefs()
	case http.MethodDelete:
		e := c.item // of the path, or the single one
		if c.query.Has("$id") {
			var err error
			if e, err = c.referred(c.query.Get("$id")); err != nil {
				return answer{}, err
			}
		}
		if e == nil || !s.remove(c.in, e, "deleted") {
			return answer{}, fail(http.StatusNotFound, "%s has no such reference", c.request.URL.Path)
		}
		return answer{status: http.StatusNoContent}, nil
	}
	address, err := c.reference()
	if err != nil {
		return answer{}, err
	}
	e, err := c.referred(address)
	if err != nil {
		return answer{}, err
	}
	for _, m := range c.in.list {
		if m.entity == e && !c.in.single {
			return answer{}, fail(http.StatusBadRequest, "the reference is there already")
		}
	}
	s.add(c.in, e)
	return answer{status: http.StatusNoContent}, nil
}

// reference returns the address that the request refers to, or the key of the path if
// a service takes that.
func (c *call) reference() (string, error) {
	if address := c.query.Get("$id"); address != "" {
		return address, nil
	}
	if len(c.body) == 0 && len(c.keys) > 0 {
		return c.keys[len(c.keys)-1], nil
	}
	var ref struct {
		ID    string `json:"@odata.id"`
		ID401 string `json:"@id"`
	}
	if err := json.Unmarshal(c.body, &ref, lenient); err != nil || ref.ID+ref.ID401 == "" {
		return "", fail(http.StatusBadRequest, "the body has no @odata.id")
	}
	return ref.ID + ref.ID401, nil
}

// listRefs returns the addresses of the entities that a navigation property leads to.
func (c *call) listRefs() (answer, error) {
	list := []map[string]string{}
	for _, m := range c.in.list {
		list = append(list, map[string]string{"@odata.id": c.addressOf(m.entity)})
	}
	switch {
	case !c.in.single:
		return jsonAnswer(http.StatusOK, map[string]any{"value": list}), nil
	case len(list) == 0:
		return answer{}, c.none()
	}
	return jsonAnswer(http.StatusOK, list[0]), nil
}

// addressOf returns the address of an entity in an entity set, or below
// directoryObjects if it is in none.
func (c *call) addressOf(e *entity) string {
	key := c.service.store.keyAddress(e)
	for _, step := range c.service.description.Root.Steps {
		for _, m := range c.service.store.root.links[step.Segment].list {
			if m.entity == e {
				return c.base() + "/" + step.Segment + key
			}
		}
	}
	return c.base() + "/directoryObjects" + key
}

// base returns the address of the service, as the request has it.
func (c *call) base() string {
	at := url.URL{Scheme: c.request.URL.Scheme, Host: c.request.URL.Host, Path: strings.TrimSuffix(c.service.endpoint.Path, "/")}
	return at.String()
}

// referred returns the entity at an address.
func (c *call) referred(address string) (*entity, error) {
	if address == "" { // it would be that of the request
		return nil, fail(http.StatusBadRequest, "the address of a reference is empty")
	}
	at, err := c.request.URL.Parse(address)
	if err != nil {
		return nil, fail(http.StatusBadRequest, "the reference %s is not a URL", address)
	}
	path, below := c.service.below(at)
	if !below {
		path = at.EscapedPath()
	}
	other := &call{service: c.service, request: &http.Request{Method: http.MethodGet, URL: at}, query: url.Values{}}
	if !other.route(path) { // the package can do without the entity set, such as directoryObjects
		segment, err := url.PathUnescape(path[strings.LastIndexByte(path, '/')+1:])
		key := []argument{{"", segment}}
		if _, list, ok := inParentheses(segment); ok {
			key = keyFrom(list)
		}
		for _, step := range c.service.description.Root.Steps {
			set := c.service.store.root.links[step.Segment]
			if e := c.service.store.find(set, key); e != nil && err == nil {
				return e, nil
			}
		}
		return nil, fail(http.StatusBadRequest, "the package has no resource at %s, and there is no entity with that key", address)
	}
	if other.item == nil || other.suffix != "" {
		return nil, fail(http.StatusNotFound, "there is nothing at %s", address)
	}
	return other.item, nil
}

// bind returns the change that makes a navigation property refer to the entities at
// addresses, or to none if it leads to a single one and the value is null. The package can
// lack a navigation property that the service has, so that one has no effect.
func (c *call) bind(s *store, e *entity, property string, value jsontext.Value) (func(), error) {
	p := s.types.property(e.typ, property)
	switch {
	case p == nil:
		return func() {}, nil
	case p.Kind != Navigation:
		return nil, fail(http.StatusBadRequest, "%s@odata.bind: %s of type %s is not a navigation property", property, property, e.typ)
	}
	typ, collection := item(p.Type)
	addresses := []string{""}
	var err error
	switch isNull := value.Kind() == jsontext.KindNull; {
	case isNull && collection:
		err = errors.New("null is not a list of addresses")
	case isNull:
		return func() { s.clear(s.link(e, p.Name, typ, true)) }, nil
	case collection:
		err = json.Unmarshal(value, &addresses, lenient)
	default:
		err = json.Unmarshal(value, &addresses[0], lenient)
	}
	if err != nil {
		return nil, fail(http.StatusBadRequest, "%s@odata.bind: %v", p.Name, err)
	}
	var list []*entity
	for _, address := range addresses {
		to, err := c.referred(address)
		if err != nil {
			return nil, err
		}
		list = append(list, to)
	}
	return func() {
		for _, to := range list {
			s.add(s.link(e, p.Name, typ, !collection), to)
		}
	}, nil
}
