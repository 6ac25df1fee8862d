package odata

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Query says which items of a collection of Ts a request asks for, and how much
// of each (OData URL Conventions 4.01, section 5.1). The zero Query, like nil, is
// for all items as the service sends them.
type Query[T any] struct {
	Select  Selection[T] // the properties of each item: Fields(…)
	Expand  Expansion[T] // the items that belong to each: Expand(…), ExpandAll(…)
	Filter  Filter[T]    // the condition that items meet: Eq(…), And(…)
	OrderBy Order[T]     // Asc(…), Desc(…)

	// Search is a text to look for: "pizza", or an expression with its own
	// quotes: `"displayName:Meg" OR "mail:meg"`, `NOT ("mail:meg")`.
	Search string

	// Top is the number of items, or 0 for all. Microsoft Graph takes it for the
	// number of items in a page: an iterator goes on to the next one.
	Top int

	Skip int // the number of items to leave out at the beginning

	// Count asks for the number of items that meet the filter, for Page.Count.
	Count bool

	// PageSize is the number of items that a page should have, or 0 for the
	// service's choice.
	PageSize int

	// Advanced asks for what only some services do: for Microsoft Graph, it sends
	// ConsistencyLevel: eventual and $count=true, which queries of directory
	// objects can need (https://learn.microsoft.com/graph/aad-advanced-queries).
	// Queries that certainly need it have it without.
	Advanced bool

	// Other are further query options, such as those of a service's own.
	Other url.Values

	Options
}

// ItemQuery says how much of an item of type T a request asks for. The zero
// ItemQuery, like nil, is for the item as the service sends it.
type ItemQuery[T any] struct {
	Select Selection[T] // the properties: Fields(…)
	Expand Expansion[T] // the items that belong to it: Expand(…)
	Other  url.Values   // further query options, such as those of a service's own

	Options
}

// Selection is a list of properties of T, by their names in the schema.
type Selection[T any] []string

// Fields returns a list of properties, for Select.
func Fields[T any](properties ...Selectable[T]) Selection[T] {
	s := make(Selection[T], len(properties))
	for i, p := range properties {
		s[i] = nameOf(p)
	}
	return s
}

// Order is how items of type T are sorted.
type Order[T any] struct{ by []string }

// Asc sorts by a property or a function, from small to large.
func Asc[T, V any](by Field[T, V]) Order[T] { return Order[T]{[]string{within("", string(by))}} }

// Desc sorts by a property or a function, from large to small.
func Desc[T, V any](by Field[T, V]) Order[T] {
	return Order[T]{[]string{within("", string(by)) + " desc"}}
}

// Then sorts items that are equal by another order.
func (o Order[T]) Then(other Order[T]) Order[T] { return Order[T]{slices.Concat(o.by, other.by)} }

// String returns the order as the service reads it, before it is escaped.
func (o Order[T]) String() string { return strings.Join(o.by, ",") }

// Expansion says which navigation properties of a T a response has the items of.
type Expansion[T any] struct {
	properties []string
	err        error
}

// Expand asks for the item that a navigation property leads to. The query, which can
// be nil, says how much of it. Its Options have no effect.
func Expand[T, V any](property Nav[T, V], query *ItemQuery[V]) Expansion[T] {
	return expand[T](string(property), query.parts())
}

// ExpandAll asks for the items that a navigation property leads to. The query, which
// can be nil, says which, and how much of each. Its Options have no effect.
func ExpandAll[T, V any](property NavCollection[T, V], query *Query[V]) Expansion[T] {
	return expand[T](string(property), query.parts())
}

func expand[T any](property string, query queryParts) Expansion[T] {
	text, err := expansion(property, query)
	return Expansion[T]{[]string{text}, err}
}

// And asks for more navigation properties: Expand(…).And(Expand(…)).
func (e Expansion[T]) And(other Expansion[T]) Expansion[T] {
	return Expansion[T]{slices.Concat(e.properties, other.properties), cmp.Or(e.err, other.err)}
}

func expansion(property string, query queryParts) (string, error) {
	parts, err := query.list()
	if len(parts) == 0 {
		return property, err
	}
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = p.name + "=" + p.value
	}
	return property + "(" + strings.Join(texts, ";") + ")", err
}

// queryParts is a Query or an ItemQuery without its types.
type queryParts struct {
	selected, expanded, order []string
	filter                    condition
	search                    string
	top, skip, pageSize       int
	count, advanced           bool
	other                     url.Values
	options                   *Options
	err                       error
}

// AnyQuery is a *[Query] or an *[ItemQuery] of any type. A nil one asks for what the
// service sends.
type AnyQuery interface{ parts() queryParts }

func partsOf(query AnyQuery) queryParts {
	if query == nil {
		return queryParts{}
	}
	return query.parts()
}

func (q *Query[T]) parts() queryParts {
	if q == nil {
		return queryParts{}
	}
	return queryParts{
		q.Select, q.Expand.properties, q.OrderBy.by, q.Filter.condition, q.Search,
		q.Top, q.Skip, q.PageSize, q.Count, q.Advanced, q.Other, &q.Options, q.Expand.err,
	}
}

func (q *ItemQuery[T]) parts() queryParts {
	if q == nil {
		return queryParts{}
	}
	return queryParts{selected: q.Select, expanded: q.Expand.properties, other: q.Other, options: &q.Options, err: q.Expand.err}
}

// param is a query option of an address, not yet escaped.
type param struct{ name, value string }

// list returns the query options in a fixed order. The error is about values
// that cannot be sent.
func (q queryParts) list() ([]param, error) {
	err := cmp.Or(q.err, q.filter.err)
	if q.top < 0 || q.skip < 0 {
		err = cmp.Or(err, fmt.Errorf("odata: Top is %d and Skip is %d: they cannot be negative", q.top, q.skip))
	}
	if i := slices.IndexFunc(q.selected, isFunction); i >= 0 {
		err = cmp.Or(err, fmt.Errorf("odata: Select has a function, %s: it can have properties alone", within("", q.selected[i])))
	}
	var list []param
	add := func(name, value string) {
		if value != "" {
			list = append(list, param{name, value})
		}
	}
	add("$select", strings.Join(q.selected, ","))
	add("$expand", strings.Join(q.expanded, ","))
	if q.filter.in != nil && err == nil {
		add("$filter", q.filter.in(""))
	}
	add("$orderby", strings.Join(q.order, ","))
	add("$search", searchText(q.search))
	if q.top > 0 {
		add("$top", strconv.Itoa(q.top))
	}
	if q.skip > 0 {
		add("$skip", strconv.Itoa(q.skip))
	}
	if q.count || q.advanced && q.other["$count"] == nil {
		add("$count", "true")
	}
	for _, name := range slices.Sorted(maps.Keys(q.other)) {
		for _, value := range q.other[name] {
			list = append(list, param{name, value})
		}
	}
	return list, err
}

// needsAdvanced reports whether Microsoft Graph answers the query about directory
// objects only with ConsistencyLevel: eventual and $count
// (https://learn.microsoft.com/graph/aad-advanced-queries).
func (q queryParts) needsAdvanced() bool {
	return q.search != "" || q.count || q.filter.advanced || q.filter.in != nil && len(q.order) > 0
}

// searchText returns a text in the quotes that $search needs.
func searchText(text string) string {
	rest, negated := strings.TrimLeft(text, "("), true
	for negated { // an expression can begin with NOT and "(" before its quotes
		rest, negated = strings.CutPrefix(rest, "NOT ")
		rest = strings.TrimLeft(rest, "( ")
	}
	if text == "" || strings.HasPrefix(rest, `"`) {
		return text
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// encodeQuery returns the query of an address, without the question mark.
func encodeQuery(list []param) string {
	texts := make([]string, len(list))
	for i, p := range list {
		texts[i] = strings.ReplaceAll(escapeQuery(p.name), "=", "%3D") + "=" + escapeQuery(p.value)
	}
	return strings.Join(texts, "&")
}

// escapeQuery escapes a name or a value of a query (RFC 3986, section 3.4). Beside
// what must be, it escapes "+" and ";", which servers read as a space and as an
// "&". The rest stays readable.
func escapeQuery(text string) string {
	const stays = "-._~$'()*,/:@!="
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte(stays, c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
