package fake

import (
	"bytes"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// entity is an entity of the service. It can belong to any number of collections.
type entity struct {
	typ      string
	values   map[string]jsontext.Value // of the structural properties
	links    map[string]*members       // of the navigation properties
	streams  map[string]content
	changed  int      // the number of the last write
	madeKeys []string // the paths of the key properties that the service made up
}

// members are the entities that an entity set, a singleton or a navigation property
// leads to.
type members struct {
	typ     string
	single  bool
	list    []member
	removed []removal // for delta
}

// member is an entity of a collection, since a write.
type member struct {
	*entity
	since int
}

// removal is an entity that a collection had.
type removal struct {
	*entity
	since, at int // the writes that added and removed it
	reason    string
}

// content is the content of a stream.
type content struct {
	typ  string
	data []byte
}

func newEntity(typ string) *entity {
	return &entity{typ: typ, values: map[string]jsontext.Value{}, links: map[string]*members{}, streams: map[string]content{}}
}

func (e *entity) etag() string { return `W/"` + strconv.Itoa(e.changed) + `"` }

// link returns what a navigation property of an entity leads to.
func (s *store) link(e *entity, name, typ string, single bool) *members {
	m := e.links[name]
	if m == nil {
		m = &members{typ: typ, single: single}
		e.links[name] = m
		s.all = append(s.all, m)
	}
	return m
}

// store holds the entities of a service. The service locks it.
type store struct {
	types types
	root  *entity    // its links are the entity sets and singletons
	all   []*members // of all entities
	write int        // the number of the last write
	now   func() time.Time
	newID func() string

	parentheses bool // around keys, in the addresses that the service writes
}

// next returns the number of a new write.
func (s *store) next() int {
	s.write++
	return s.write
}

// add adds an entity to a collection, or makes a single one refer to it.
func (s *store) add(to *members, e *entity) {
	if slices.ContainsFunc(to.list, func(m member) bool { return m.entity == e }) {
		return
	}
	if to.single {
		s.clear(to)
	}
	to.list = append(to.list, member{e, s.next()})
}

// place adds a new entity to a collection. Where one has its key already, that is an
// error of a client; Seed replaces it. A key that the service made up becomes another.
func (s *store) place(to *members, e *entity, client bool) error {
	old := s.find(to, s.keyOf(e))
	for tries := len(to.list); old != nil && e.madeKeys != nil && tries > 0; tries-- {
		for _, path := range e.madeKeys {
			setAt(e.values, path, s.newValue(s.types.declaredAt(e.typ, path)))
		}
		old = s.find(to, s.keyOf(e))
	}
	switch {
	case old == nil:
		s.add(to, e)
	case client:
		return fail(http.StatusConflict, "there is an item with the key %s", keyText(s.keyOf(e)))
	default:
		s.replace(old, e)
	}
	return nil
}

// replace makes an entity what another one is. What is below it stays where the other
// one has nothing there, as does what refers to it.
func (s *store) replace(old, e *entity) {
	old.typ, old.values, old.changed = e.typ, e.values, e.changed
	for _, name := range slices.Sorted(maps.Keys(e.links)) {
		from := e.links[name]
		to := s.link(old, name, from.typ, from.single)
		s.clear(to)
		for _, m := range from.list {
			s.add(to, m.entity)
		}
	}
}

func (s *store) clear(m *members) {
	for len(m.list) > 0 {
		s.remove(m, m.list[0].entity, "changed")
	}
}

// remove removes an entity from a collection, and reports whether it was there.
func (s *store) remove(from *members, e *entity, reason string) bool {
	i := slices.IndexFunc(from.list, func(m member) bool { return m.entity == e })
	if i < 0 {
		return false
	}
	from.removed = append(from.removed, removal{e, from.list[i].since, s.next(), reason})
	from.list = slices.Delete(from.list, i, i+1)
	return true
}

// delete removes an entity from everything that refers to it.
func (s *store) delete(e *entity) {
	for _, m := range s.all {
		s.remove(m, e, "deleted")
	}
}

// find returns the entity of a collection with a key, or nil. A key without a name
// is that of the only key property.
func (s *store) find(in *members, key []argument) *entity {
	var parts []keyPart
	whole := false
	for i, m := range in.list {
		if i == 0 || m.typ != in.list[i-1].typ {
			parts, whole = s.types.locate(m.typ, key)
		}
		if isUser(m.entity, key) || whole && m.hasKey(parts) {
			return m.entity
		}
	}
	return nil
}

// isUser reports whether a key is the principal name of a user. The key of a user is
// the id or that (https://learn.microsoft.com/graph/api/user-get).
func isUser(e *entity, key []argument) bool {
	return len(key) == 1 && key[0].name == "" && key[0].literal != "" && text(e.values["userPrincipalName"]) == key[0].literal
}

// hasKey reports whether an entity has the values of a key.
func (e *entity) hasKey(parts []keyPart) bool {
	for _, part := range parts {
		if !sameKey(part.typ, text(valueAt(e.values, part.path)), part.literal) {
			return false
		}
	}
	return len(parts) > 0
}

// lookup returns the entity of an entity set or singleton with a key: of the one
// with the name, or of one whose entities are of its type, as directoryObjects has
// the users.
func (s *store) lookup(set string, key []argument) *entity {
	m := s.root.links[set]
	if m == nil {
		return nil
	}
	if e := s.find(m, key); e != nil || m.single {
		return e
	}
	for _, name := range slices.Sorted(maps.Keys(s.root.links)) {
		if other := s.root.links[name]; other != m {
			if e := s.find(other, key); e != nil && s.types.is(e.typ, m.typ) {
				return e
			}
		}
	}
	return nil
}

// text returns a key as an address has it: the value of a string, or the JSON.
func text(v jsontext.Value) string {
	if v.Kind() != jsontext.KindString {
		return string(v)
	}
	if !bytes.ContainsRune(v, '\\') {
		return string(v[1 : len(v)-1])
	}
	var s string
	_ = json.Unmarshal(v, &s) // it is a string
	return s
}

func quoted(s string) jsontext.Value {
	v, _ := jsontext.AppendQuote(nil, s) // an error means U+FFFD for invalid UTF-8
	return v
}

// stamp sets the properties that say when and by whom an entity was written.
func (s *store) stamp(e *entity, created bool) {
	e.changed = s.next()
	now := quoted(s.now().UTC().Format(time.RFC3339Nano))
	by := jsontext.Value(`{"user":{"displayName":"Fake User","id":"fake-user"}}`)
	for name, value := range map[string]jsontext.Value{
		"createdDateTime": now, "createdBy": by, "lastModifiedDateTime": now, "lastModifiedBy": by,
	} {
		p := s.types.property(e.typ, name)
		switch {
		case p == nil, strings.HasPrefix(name, "created") && !created:
		case p.Type == "Edm.DateTimeOffset", p.Type == "microsoft.graph.identitySet":
			e.values[name] = value
		}
	}
}

// nextID returns a source of ids that look like those of Microsoft Graph, and are the
// same each time.
func nextID() func() string {
	n := 0
	return func() string {
		n++
		return fmt.Sprintf("00000000-0000-4000-8000-%012d", n)
	}
}
