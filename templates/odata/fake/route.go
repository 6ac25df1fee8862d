package fake

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"
)

// call is a request on its way through the service.
type call struct {
	service *Service
	request *http.Request
	body    []byte
	query   url.Values
	seeds   bool // it is not a request, but a call of Seed
	target
}

// target is where the path of a request leads.
type target struct {
	resource   *Resource
	collection *Resource // that the last item is of, or nil
	in         *members  // what the last navigation property leads to, or nil
	item       *entity   // or nil
	made       *entity   // that the request makes up along the path, or nil
	pending    changes   // that add such entities to the store
	typ        string    // the declared type, or that of a cast
	value      []string  // the structural property and those within it, or nil
	suffix     string    // "$count", "$ref", "$value", or ""
	operation  *Method   // the operation or stream, or nil
	arguments  map[string]string
	keys       []string   // of the items along the path
	key        []argument // of the last of them
	lost       *Error     // why there is no such entity, or nil
	absent     bool       // lost says that a collection lacks an item with the key
	set        string     // the entity set or singleton that the path begins with
}

// answer answers the request: with the override of its method, or from the store.
func (c *call) answer(path string) answer {
	s := c.service
	s.mu.Lock()
	known := c.route(path)
	s.mu.Unlock()
	if !known {
		return answer{}
	}
	if a, ok := c.override(c.method()); ok {
		return a
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c.route(path) // an override can have changed the store
	if c.lost != nil && !c.upserts() {
		return c.lost.answer()
	}
	a, err := c.perform()
	if err != nil {
		return answerTo(err)
	}
	c.pending.make()
	return a
}

// upserts reports whether the request creates the item that is missing: a replacement
// does (OData Protocol 4.01, section 11.4.4).
func (c *call) upserts() bool {
	m := c.method()
	return c.absent && m != nil && m.Kind == "Replace"
}

// method returns the method of the package that the request is of, or nil.
func (c *call) method() *Method {
	verb := c.request.Method
	switch {
	case c.operation != nil:
		return c.operation
	case c.suffix == "$count":
		return c.resource.method("Count")
	case c.suffix == "$ref":
		kind := map[string]string{"GET": "ListRefs", "POST": "AddRef", "PUT": "SetRef", "DELETE": "RemoveRef"}[verb]
		if kind == "RemoveRef" && !c.resource.Collection && c.collection != nil {
			return c.collection.method(kind)
		}
		return c.resource.method(kind)
	case c.resource.Collection:
		return c.resource.method(map[string]string{"GET": "List", "POST": "Create"}[verb])
	}
	return c.resource.method(map[string]string{"GET": "Get", "PATCH": "Update", "PUT": "Replace", "DELETE": "Delete"}[verb])
}

// perform answers the request from the store.
func (c *call) perform() (answer, error) {
	verb := c.request.Method
	switch {
	case c.operation != nil && (c.operation.Kind == "Download" || c.operation.Kind == "Upload"), c.suffix == "$value":
		return c.stream()
	case c.operation != nil && c.operation.Kind == "Delta":
		return c.delta()
	case c.suffix == "$ref":
		return c.refs()
	case c.suffix == "$count" && verb == http.MethodGet && c.resource.Collection:
		return c.count()
	case c.suffix != "":
		return answer{}, fail(http.StatusBadRequest, "%s has no %s", c.request.URL.Path, c.suffix)
	case c.value != nil:
		return c.property()
	case c.resource.Collection && verb == http.MethodGet:
		return c.list()
	case c.resource.Collection && verb == http.MethodPost:
		return c.create()
	case !c.resource.Collection && verb == http.MethodGet:
		return c.get()
	case !c.resource.Collection && verb == http.MethodPatch, !c.resource.Collection && verb == http.MethodPut:
		return c.update(verb == http.MethodPut)
	case !c.resource.Collection && verb == http.MethodDelete:
		return c.delete()
	}
	return answer{}, fail(http.StatusMethodNotAllowed, "%s is not a method of %s", verb, c.request.URL.Path)
}

// route finds the resource that a path leads to, and the entities along it. It
// reports whether the package knows the address. Where an entity is missing, the
// rest of the path has none.
func (c *call) route(path string) bool {
	s := c.service
	c.target = target{resource: &s.description.Root, item: s.store.root}
	segments := strings.Split(strings.Trim(path, "/"), "/")
	for i, raw := range segments {
		segment, err := url.PathUnescape(raw)
		if err != nil {
			return false
		}
		name, list, parentheses := inParentheses(segment)
		if i == len(segments)-1 {
			if c.operation = c.resource.operation(c.request.Method, name, c.named(list)); c.operation != nil {
				return true
			}
			if segment == "$count" || segment == "$ref" || segment == "$value" {
				c.suffix = segment
				return i > 0
			}
		}
		switch step := c.resource.step(segment); {
		case step != nil:
			c.follow(step)
		case parentheses && c.resource.step(name) != nil:
			c.follow(c.resource.step(name))
			c.enter(keyFrom(list))
		case c.resource.Collection:
			c.enter([]argument{{"", segment}})
		default:
			return false
		}
	}
	return true
}

// follow goes from a resource along a step to the next one.
func (c *call) follow(step *Step) {
	s, from, to := c.service, c.resource, c.service.resources[step.To]
	c.resource, c.typ, c.collection = to, to.Type, nil
	switch {
	case step.Cast:
		switch {
		case c.item == nil, c.item == s.store.root, s.store.types.is(c.item.typ, to.Type):
		case (c.seeds || c.item == c.made) && s.store.types.is(to.Type, c.item.typ):
			c.item.typ = to.Type // until now, nothing but the path said what it is
			s.store.newKey(c.item)
		default:
			c.lose("the item is of type " + c.item.typ)
		}
		return
	case step.Value:
		c.value, c.absent = append(c.value, step.Segment), false
		return
	}
	c.value, c.absent = nil, false
	if c.item == nil && c.in != nil && c.lost == nil && !from.Contained {
		c.lose(from.Name + " refers to nothing")
	}
	if c.item == nil && c.in != nil && c.lost == nil { // a single entity, which a write creates
		c.item = newEntity(c.in.typ)
		c.made = c.item
		if c.request.Method != http.MethodGet {
			s.store.newKey(c.item)
			s.store.stamp(c.item, true)
			in, made := c.in, c.made
			c.pending = append(c.pending, func() { s.store.add(in, made) })
		}
	}
	if c.item == nil {
		c.in = nil
		return
	}
	if c.item == s.store.root {
		c.set = step.Segment
	} else {
		c.set = ""
	}
	c.in, c.item = s.store.link(c.item, step.Segment, to.Type, !to.Collection), nil
	if c.in.single && len(c.in.list) > 0 {
		c.item = c.in.list[0].entity
	}
}

// enter goes from a collection to its item with a key.
func (c *call) enter(key []argument) {
	c.collection = c.resource
	c.resource = &Resource{Type: c.collection.Type}
	if step := c.collection.items(); step != nil {
		c.resource = c.service.resources[step.To]
	}
	for _, part := range key {
		c.keys = append(c.keys, part.literal)
	}
	c.key = key
	if c.in == nil {
		return
	}
	if c.set != "" {
		c.item = c.service.store.lookup(c.set, key)
	} else {
		c.item = c.service.store.find(c.in, key)
	}
	if c.item == nil || c.typ != c.in.typ && !c.service.store.types.is(c.item.typ, c.typ) {
		if _, whole := c.service.store.types.locate(c.typ, key); whole {
			c.absent = c.lost == nil && c.item == nil && c.collection.Contained
			c.lose("there is no item with the key " + keyText(key))
		} else {
			c.lose(c.service.store.types.incomplete(c.typ, key))
		}
		c.item = nil
	}
}

func (c *call) lose(reason string) {
	c.lost = cmp.Or(c.lost, fail(http.StatusNotFound, "%s: %s", c.request.URL.Path, reason))
}

// argument is an argument of a function, or a property of a key, as the address has
// it.
type argument struct{ name, literal string }

// keyText returns a key for messages: "adele" or "orderID=1,productID=2".
func keyText(key []argument) string {
	texts := make([]string, len(key))
	for i, part := range key {
		texts[i] = part.literal
		if part.name != "" {
			texts[i] = part.name + "=" + part.literal
		}
	}
	return strings.Join(texts, ",")
}

// inParentheses splits a segment before the arguments at its end, if it has any.
func inParentheses(segment string) (name string, list []argument, ok bool) {
	name, inner, ok := strings.Cut(segment, "(")
	if ok = ok && strings.HasSuffix(inner, ")"); ok {
		list, ok = arguments(strings.TrimSuffix(inner, ")"))
	}
	return name, list, ok
}

// arguments splits the text between parentheses: "a=1,b='x,y'".
func arguments(text string) (list []argument, ok bool) {
	for text != "" {
		quoted, end := false, len(text)
		for i := range len(text) {
			if text[i] == '\'' {
				quoted = !quoted
			}
			if text[i] == ',' && !quoted {
				end = i
				break
			}
		}
		part := text[:end]
		text = strings.TrimPrefix(text[end:], ",")
		name, literal, named := strings.Cut(part, "=")
		if !named || strings.Contains(name, "'") { // "=" is a part of the literal
			name, literal = "", part
		}
		if quoted {
			return nil, false
		}
		list = append(list, argument{name, literal})
	}
	return list, true
}

// named returns arguments by their names. An argument can refer to a query option.
func (c *call) named(list []argument) map[string]string {
	m := map[string]string{}
	for _, a := range list {
		if strings.HasPrefix(a.literal, "@") {
			a.literal = c.query.Get(a.literal)
		}
		m[a.name] = a.literal
	}
	c.arguments = m
	return m
}

// keyFrom returns the key that stands in parentheses.
func keyFrom(list []argument) []argument {
	for i, a := range list {
		list[i].literal = unquote(a.literal)
	}
	return list
}

// unquote returns the text that a literal in quotes stands for, and other literals
// as they are.
func unquote(literal string) string {
	if before, text, ok := strings.Cut(literal, "'"); ok && strings.HasSuffix(text, "'") && !strings.ContainsAny(before, " ,") {
		return strings.ReplaceAll(strings.TrimSuffix(text, "'"), "''", "'")
	}
	return literal
}
