package fake

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// query is the options of a request, or of an $expand (OData URL Conventions 4.01,
// section 5.1).
type query struct {
	service  *Service
	selected selection
	expanded []expansion
	filter   expression // nil for none
	order    []order
	search   []term
	any      bool // the terms of the search are joined by OR
	top      int  // -1 for all
	skip     int
	count    bool

	page  int // the number of items in a page
	from  int // the last write that the pages before it have; of a list in an order, where the page begins
	since int // the write that a delta begins after, or 0 at first
	first int // the last write before the first page of a delta, or 0 on the first page
}

// firstWrite is a query option of the links between the pages of a delta.
const firstWrite = "firstWrite"

// expansion is a navigation property of an $expand.
type expansion struct {
	property string
	query    *query
}

// order is a part of an $orderby.
type order struct {
	by         operand
	descending bool
}

// term is a part of a $search.
type term struct{ property, text string }

// options reads the query options of the request.
func (c *call) options(values url.Values) (*query, error) {
	s := c.service
	q, err := s.readQuery(values, c.typ)
	if err != nil {
		return nil, err
	}
	q.page = s.options.PageSize
	for preference := range strings.SplitSeq(c.request.Header.Get("Prefer"), ",") {
		if size, ok := strings.CutPrefix(strings.TrimSpace(preference), "odata.maxpagesize="); ok {
			if n, err := strconv.Atoi(size); err == nil && n > 0 {
				q.page = n
			}
		}
	}
	if s.description.TopIsPageSize && q.top > 0 {
		q.page = q.top
	}
	return q, nil
}

// readQuery reads query options that are about entities of a type.
func (s *Service) readQuery(values url.Values, typ string) (*query, error) {
	q := &query{service: s, top: -1}
	number := map[string]*int{"$top": &q.top, "$skip": &q.skip, "$skiptoken": &q.from, "$deltatoken": &q.since, firstWrite: &q.first}
	for name, list := range values {
		text := list[len(list)-1]
		var err error
		switch name {
		case "$select":
			q.selected, err = s.store.types.parseSelect(text, typ)
		case "$expand":
			err = q.expand(text, typ)
		case "$filter":
			q.filter, err = s.parseFilter(text, typ)
		case "$orderby":
			q.order, err = s.parseOrder(text, typ)
		case "$search":
			err = q.parseSearch(text)
		case "$count":
			q.count = text == "true"
		case "$top", "$skip", "$skiptoken", "$deltatoken", firstWrite:
			*number[name], err = strconv.Atoi(text)
			switch {
			case name == "$deltatoken" && (err != nil || q.since > s.store.write):
				err = fail(http.StatusGone, "$deltatoken is %q, which the service did not give: begin again without one", text)
			case err != nil || *number[name] < 0:
				err = fail(http.StatusBadRequest, "%s is %q: it should be a number", name, text)
			}
		default:
			if strings.HasPrefix(name, "$") {
				err = fail(http.StatusNotImplemented, "the fake service does not know %s", name)
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return q, nil
}

// firstProperty returns the property of an entity that a path begins with: from of
// from/emailAddress, mail of microsoft.graph.user/mail.
func firstProperty(path string) string {
	for segment := range strings.SplitSeq(strings.TrimSpace(path), "/") {
		if !strings.Contains(segment, ".") {
			return segment
		}
	}
	return ""
}

// unknownProperty is the error for a name that is not a property of a type.
func unknownProperty(typ, name string) error {
	return fail(http.StatusBadRequest, "could not find a property named %q on type %q", name, typ)
}

// expand reads an $expand: manager($select=id;$expand=manager),memberOf.
func (q *query) expand(text, typ string) error {
	for _, part := range split(text, ',') {
		property, options, _ := strings.Cut(part, "(")
		property = firstProperty(property)
		if property != "*" && !q.service.store.types.declares(typ, property) {
			return unknownProperty(typ, property)
		}
		values := url.Values{}
		for _, option := range split(strings.TrimSuffix(options, ")"), ';') {
			name, value, _ := strings.Cut(option, "=")
			values.Add(name, value)
		}
		target := ""
		if p := q.service.store.types.property(typ, property); p != nil {
			target, _ = item(p.Type)
		}
		nested, err := q.service.readQuery(values, target)
		if err != nil {
			return err
		}
		q.expanded = append(q.expanded, expansion{property, nested})
	}
	return nil
}

// split splits a text at a separator outside of quotes and parentheses.
func split(text string, separator byte) []string {
	var parts []string
	depth, quoted, begin := 0, false, 0
	for i := range len(text) {
		switch c := text[i]; {
		case c == '\'':
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == separator && depth == 0:
			parts = append(parts, text[begin:i])
			begin = i + 1
		}
	}
	if begin < len(text) {
		parts = append(parts, text[begin:])
	}
	return parts
}

// parseSearch reads a $search: texts in quotes, joined by AND or by OR. A text can
// begin with a property: "displayName:Meg".
func (q *query) parseSearch(text string) error {
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		if len(q.search) > 0 {
			after, and := strings.CutPrefix(rest, "AND ")
			if !and {
				var or bool
				after, or = strings.CutPrefix(rest, "OR ")
				if !or || len(q.search) > 1 && !q.any {
					return fail(http.StatusNotImplemented, "the fake service does not know this part of $search: %s", rest)
				}
				q.any = true
			} else if q.any {
				return fail(http.StatusNotImplemented, "the fake service does not know $search with both AND and OR")
			}
			rest = strings.TrimSpace(after)
		}
		var b strings.Builder
		end := 0
		if strings.HasPrefix(rest, `"`) {
			for end = 1; end < len(rest) && rest[end] != '"'; end++ {
				if rest[end] == '\\' && end+1 < len(rest) {
					end++
				}
				b.WriteByte(rest[end])
			}
			end = min(end+1, len(rest))
		} else if end = strings.IndexByte(rest, ' '); end < 0 {
			end = len(rest)
			b.WriteString(rest)
		} else {
			b.WriteString(rest[:end])
		}
		rest = rest[end:]
		t := term{text: b.String()}
		if property, text, ok := strings.Cut(b.String(), ":"); ok && !strings.ContainsAny(property, " /") {
			t = term{property, text}
		}
		q.search = append(q.search, t)
	}
	return nil
}

// meets reports whether an entity meets the conditions of $filter and $search.
func (q *query) meets(e *entity, typ string) (bool, error) {
	found := len(q.search) == 0
	for i, t := range q.search {
		has := t.in(e)
		switch {
		case i == 0:
			found = has
		case q.any:
			found = found || has
		default:
			found = found && has
		}
	}
	if !found || q.filter == nil {
		return found, nil
	}
	yes, err := q.filter(scope{q.service.store.types, map[string]value{"": {typ: typ, entity: e}}})
	return yes == isTrue, err
}

// in reports whether the strings of an entity contain the text, in any case.
func (t term) in(e *entity) bool {
	for name, v := range e.values {
		if (t.property == "" || t.property == name) && !strings.Contains(name, "@") && v.Kind() == '"' && strings.Contains(strings.ToLower(text(v)), strings.ToLower(t.text)) {
			return true
		}
	}
	return false
}

// sort sorts entities by the $orderby. Those that are equal stay as they are.
func (q *query) sort(list []*entity, typ string) error {
	var failure error
	slices.SortStableFunc(list, func(a, b *entity) int {
		for _, o := range q.order {
			x, err := o.by(scope{q.service.store.types, map[string]value{"": {typ: typ, entity: a}}})
			y, err2 := o.by(scope{q.service.store.types, map[string]value{"": {typ: typ, entity: b}}})
			failure = cmp.Or(failure, err, err2)
			n := x.compare(y)
			if o.descending {
				n = -n
			}
			if n != 0 {
				return n
			}
		}
		return 0
	})
	return failure
}
