package fake

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
)

// get returns an entity.
func (c *call) get() (answer, error) {
	if c.item == nil {
		return answer{}, c.none()
	}
	q, err := c.options(c.query)
	if err != nil {
		return answer{}, err
	}
	if tag := c.request.Header.Get("If-None-Match"); tag == c.item.etag() || tag == "*" {
		return answer{status: http.StatusNotModified}, nil
	}
	o, err := c.shown(c.item, q, c.typ)
	if err != nil {
		return answer{}, err
	}
	a := jsonAnswer(http.StatusOK, o)
	a.header.Set("ETag", c.item.etag())
	return a, nil
}

// list returns a page of the entities of a collection.
func (c *call) list() (answer, error) {
	q, err := c.options(c.query)
	if err != nil {
		return answer{}, err
	}
	all, err := c.matching(q, c.in, c.typ)
	if err != nil {
		return answer{}, err
	}
	body := map[string]any{}
	if q.count {
		body["@odata.count"] = len(all)
	}
	from, end := min(q.skip, len(all)), len(all)
	switch {
	case q.from == 0:
	case q.order != nil:
		from = min(q.from, len(all))
	default:
		from = c.in.until(q.from, all)
	}
	forAll := q.top >= 0 && !c.service.description.TopIsPageSize // $top is about all pages
	if forAll {
		end = min(end, from+q.top)
	}
	to := min(end, from+q.page)
	if to < end {
		if forAll {
			c.query.Set("$top", strconv.Itoa(q.top-(to-from)))
		}
		token := to
		if q.order == nil {
			token = c.in.since(all[to-1])
		}
		body["@odata.nextLink"] = c.link("$skiptoken", strconv.Itoa(token))
	}
	items := []any{}
	for _, e := range all[from:to] {
		o, err := c.shown(e, q, c.typ)
		if err != nil {
			return answer{}, err
		}
		items = append(items, o)
	}
	body["value"] = items
	return jsonAnswer(http.StatusOK, body), nil
}

// until returns how many of some entities of a collection, in its order, are in it since
// a write or longer. A program can delete entities between two pages: then others move up.
func (m *members) until(write int, list []*entity) int {
	n := 0
	for _, member := range m.list {
		if member.since > write {
			break
		}
		if n < len(list) && member.entity == list[n] {
			n++
		}
	}
	return n
}

// since returns the write that added an entity to the collection.
func (m *members) since(e *entity) int {
	return m.list[slices.IndexFunc(m.list, func(member member) bool { return member.entity == e })].since
}

// count returns the number of the entities of a collection.
func (c *call) count() (answer, error) {
	q, err := c.options(c.query)
	if err != nil {
		return answer{}, err
	}
	all, err := c.matching(q, c.in, c.typ)
	if err != nil {
		return answer{}, err
	}
	return answer{http.StatusOK, http.Header{"Content-Type": {"text/plain"}}, strconv.AppendInt(nil, int64(len(all)), 10)}, nil
}

// matching returns the entities of a collection that meet the conditions of a
// request, in its order.
func (c *call) matching(q *query, in *members, typ string) ([]*entity, error) {
	var list []*entity
	for _, m := range in.list {
		if typ != in.typ && !c.service.store.types.is(m.typ, typ) {
			continue // the path has a cast
		}
		ok, err := q.meets(m.entity, typ)
		if err != nil {
			return nil, err
		}
		if ok {
			list = append(list, m.entity)
		}
	}
	return list, q.sort(list, typ)
}

// link returns the address of the request with another query option: the link to
// the next page, or to later changes.
func (c *call) link(name, token string) string {
	query := maps.Clone(c.query)
	delete(query, "$skiptoken")
	delete(query, "$deltatoken")
	delete(query, firstWrite)
	if name == "$deltatoken" {
		delete(query, "$skip")
	}
	at := *c.request.URL
	at.RawQuery = ""
	if encoded := query.Encode(); encoded != "" {
		at.RawQuery = encoded + "&"
	}
	at.RawQuery += name + "=" + token
	return at.String()
}

// delta returns the entities of a collection that changed after the write that the
// token of a link names, in the order of the changes, so that none is left out while
// a client reads the pages (https://learn.microsoft.com/graph/delta-query-overview).
func (c *call) delta() (answer, error) {
	q, err := c.options(c.query)
	if err != nil {
		return answer{}, err
	}
	since, first := max(q.from, q.since), q.first
	switch {
	case q.since > 0:
		first = q.since
	case first == 0:
		first = c.service.store.write // what was removed before is not news
	}
	type change struct {
		at      int
		e       *entity
		removed string
	}
	var changes []change
	for _, m := range c.in.list {
		at := max(m.since, m.changed)
		if at <= since {
			continue
		}
		ok, err := q.meets(m.entity, c.typ)
		switch {
		case err != nil:
			return answer{}, err
		case ok:
			changes = append(changes, change{at, m.entity, ""})
		case m.since <= first && first < at:
			changes = append(changes, change{at, m.entity, "changed"})
		}
	}
	for _, r := range c.in.removed {
		again := slices.ContainsFunc(c.in.list, func(m member) bool { return m.entity == r.entity })
		if r.at > max(since, first) && r.since <= first && !again {
			changes = append(changes, change{r.at, r.entity, r.reason})
		}
	}
	slices.SortFunc(changes, func(a, b change) int { return a.at - b.at })
	body := map[string]any{"@odata.deltaLink": c.link("$deltatoken", strconv.Itoa(c.service.store.write))}
	if len(changes) > q.page {
		changes = changes[:q.page]
		body = map[string]any{"@odata.nextLink": c.link("$skiptoken", fmt.Sprintf("%d&%s=%d", changes[q.page-1].at, firstWrite, first))}
	}
	items := []any{}
	for _, change := range changes {
		if change.removed != "" {
			items = append(items, c.removed(change.e, change.removed))
			continue
		}
		withKeys := *q
		if q.selected != nil {
			withKeys.selected = maps.Clone(q.selected)
			for _, key := range c.service.store.types.keys(change.e.typ) {
				withKeys.selected[firstProperty(key.Path)] = nil
			}
		}
		o, err := c.shown(change.e, &withKeys, c.typ)
		if err != nil {
			return answer{}, err
		}
		items = append(items, o)
	}
	body["value"] = items
	return jsonAnswer(http.StatusOK, body), nil
}

// removed returns what a delta says about an entity that is not in the collection
// any more.
func (c *call) removed(e *entity, reason string) map[string]any {
	o := map[string]any{"@removed": map[string]string{"reason": reason}}
	for _, key := range c.service.store.types.keys(e.typ) {
		name := firstProperty(key.Path)
		o[name] = e.values[name]
	}
	return o
}

// whole returns the JSON of an entity, with the selected properties.
func (c *call) whole(e *entity, declared string, selected selection) map[string]any {
	o := map[string]any{"@odata.etag": e.etag()}
	if e.typ != declared {
		o["@odata.type"] = "#" + e.typ
	}
	for name, value := range selected.cut(e.values) {
		o[name] = value
	}
	return o
}

// shown returns the JSON of an entity as the options of a request want it.
func (c *call) shown(e *entity, q *query, declared string) (map[string]any, error) {
	o := c.whole(e, declared, q.selected)
	for _, x := range q.expanded {
		for _, name := range c.expansions(e, x.property) {
			p := c.service.store.types.property(e.typ, name)
			typ, collection := item(p.Type)
			all := []*entity{}
			if m := e.links[name]; m != nil {
				var err error
				if all, err = c.matching(x.query, m, typ); err != nil {
					return nil, err
				}
			}
			if x.query.count {
				o[name+"@odata.count"] = len(all)
			}
			all = all[min(x.query.skip, len(all)):]
			if x.query.top >= 0 {
				all = all[:min(x.query.top, len(all))]
			}
			items := []any{}
			for _, nested := range all {
				shown, err := c.shown(nested, x.query, typ)
				if err != nil {
					return nil, err
				}
				items = append(items, shown)
			}
			switch {
			case collection:
				o[name] = items
			case len(items) > 0:
				o[name] = items[0]
			default:
				o[name] = nil
			}
		}
	}
	return o, nil
}

// expansions returns the navigation properties of an entity that an $expand names.
func (c *call) expansions(e *entity, property string) []string {
	var names []string
	if property == "*" {
		for name := range e.links {
			if c.service.store.types.property(e.typ, name) != nil {
				names = append(names, name)
			}
		}
	} else if p := c.service.store.types.property(e.typ, property); p != nil && p.Kind == Navigation {
		names = []string{property}
	}
	return names
}
