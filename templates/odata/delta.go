package odata

import (
	"context"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"fmt"
	"iter"
	"strings"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// Changes are the changes of a collection since a moment: its items at first, and
// later the ones that were added, changed or removed (OData Protocol 4.01, section
// 11.3, https://learn.microsoft.com/graph/delta-query-overview).
type Changes[T any] struct {
	request exchange
	next    string // the link to the page where All begins, or "" for the first one
	link    string // the link to later changes, or "" before the end
}

// Change is an item that was added or changed, or one that was removed.
type Change[T any] struct {
	// Item has the properties that the service sends: all of a new item, and of
	// a changed one at least its key and what changed. Of a removed one, it has
	// the key.
	Item *T

	// Removed reports that the item has left the collection.
	Removed bool

	// Reason says why it was removed: "deleted", or "changed" if it no longer
	// meets the condition, or is in the trash. Services can leave it out.
	Reason string
}

// Delta returns the items of a collection, then its changes. The resource is the
// delta function of the collection.
func Delta[T any](r Resource, m Method, query *Query[T]) *Changes[T] {
	x := get(r, m)
	x.query = query.parts()
	return &Changes[T]{request: x}
}

// DeltaFrom returns the changes of the collection r since a link of Changes.Link,
// which has the query. Requests fail before they are sent if the link leads to
// another host than that of the client, or is "".
func DeltaFrom[T any](r Resource, m Method, link string) *Changes[T] {
	if c := open(r).client; c != nil {
		r = opaque(c.Link(link))
	}
	return &Changes[T]{request: get(r, m)}
}

// All returns the changes. An error is the last thing that it yields. All goes on
// where the last one stopped: at the beginning of the page that it has not
// finished, or after the end with the changes since then. The error is ErrGone if
// the service has forgotten the link: begin again without one. A last page without a link to
// later changes is an error, too: its changes come again.
func (c *Changes[T]) All(ctx context.Context) iter.Seq2[Change[T], error] {
	return func(yield func(Change[T], error) bool) {
		pages := pages{first: c.request}
		for {
			var page Page[Change[T]]
			if err := pages.fetch(ctx, c.next, &page); err != nil {
				yield(Change[T]{}, err)
				return
			}
			for _, change := range page.Value {
				if !yield(*change, nil) {
					return
				}
			}
			if page.NextLink == "" && page.DeltaLink == "" {
				yield(Change[T]{}, fmt.Errorf("%s: odata: the page of changes has neither a link to the next one nor one to later changes, "+
					"so they can be incomplete: go on with All or with the last link", c.request.method.Name))
				return
			}
			c.next, c.link = page.NextLink, page.DeltaLink
			if c.next == "" {
				c.next = c.link
				return
			}
		}
	}
}

// Link returns the link to later changes, for [DeltaFrom], or "" until All has
// reached the end. It can be stored; it can hold what the query asked for.
func (c *Changes[T]) Link() string { return c.link }

// UnmarshalJSONFrom reads an item of a response. Services of OData 4.01 mark what
// was removed with @removed, services of 4.0 with the context of the item.
func (c *Change[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	raw, err := dec.ReadValue()
	if err != nil {
		return err
	}
	var mark struct {
		Removed    jsontext.Value `json:"@removed"`
		OldRemoved jsontext.Value `json:"@odata.removed"`
		Context    Opt[string]    `json:"@odata.context"`
		Reason     Opt[string]    `json:"reason"`
	}
	var reason struct {
		Reason Opt[string] `json:"reason"`
	}
	c.Item = new(T)
	if err := edm.Unmarshal(raw, c.Item); err != nil {
		return err
	}
	if err := json.Unmarshal(raw, &mark, lenient); err != nil {
		return err
	}
	for _, removed := range []jsontext.Value{mark.Removed, mark.OldRemoved} {
		if removed != nil && removed.Kind() != jsontext.KindNull {
			_ = json.Unmarshal(removed, &reason, lenient) // anything else has no reason
			c.Removed, c.Reason = true, reason.Reason.Or("")
		}
	}
	if strings.HasSuffix(mark.Context.Or(""), "/$deletedEntity") {
		c.Removed, c.Reason = true, mark.Reason.Or("")
	}
	return nil
}
