package odata

import (
	"context"
	"encoding/json/jsontext"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
)

// Addressed is a builder of a generated package whose resource can be referred to.
type Addressed interface {
	// URL returns the whole address of the resource.
	URL() (string, error)
}

// RefMethods are the methods of the references of a navigation property.
type RefMethods struct {
	Add, Set, Remove, List Method
}

// CollectionRef sends requests for the references of a navigation property that
// leads to many items (OData Protocol 4.01, sections 11.4.6 and 11.2.8). It
// changes which items belong to another, not the items.
type CollectionRef struct {
	resource Resource
	methods  RefMethods
}

// Ref sends requests for the reference of a navigation property that leads to one
// item.
type Ref struct {
	resource Resource
	methods  RefMethods
}

// RefsOf returns the references of the collection r.
func RefsOf(r Resource, methods RefMethods) CollectionRef { return CollectionRef{r, methods} }

// RefOf returns the reference of the navigation property r.
func RefOf(r Resource, methods RefMethods) Ref { return Ref{r, methods} }

// reference is the body of a request, and an item of a list.
type reference struct {
	ID             Opt[string]               `json:"@odata.id,omitzero"`
	ID401          Opt[string]               `json:"@id,omitzero"`
	AdditionalData map[string]jsontext.Value `json:",embed"`
}

// refer returns a reference to an item, or the mistake made in building it.
func refer(item Addressed) (*reference, error) {
	if item == nil {
		return nil, errors.New("odata: the item to refer to is nil")
	}
	address, err := item.URL()
	return &reference{ID: Of(address)}, err
}

// Add adds an item to the collection. Like a create, it is sent again only if it
// was certainly not processed.
func (c CollectionRef) Add(ctx context.Context, item Addressed) error {
	return sendRef(ctx, http.MethodPost, c.resource, c.methods.Add, item)
}

// Remove removes an item from the collection, and does not delete it. The item is
// addressed by its key, as in client.DirectoryObjects().ByID(id).
func (c CollectionRef) Remove(ctx context.Context, item Addressed) error {
	r := c.resource
	to, err := refer(item)
	switch {
	case err != nil:
		r = fail(r, err)
	case open(r).client.inParentheses():
		r = Segment(r, "$ref")
		r = withAlias(r, param{"$id", to.ID.Or("")})
	default: // https://learn.microsoft.com/graph/api/group-delete-members
		key, err := keyOf(to.ID.Or(""))
		if err != nil {
			r = fail(r, err)
		}
		r = Segment(extend(r, key), "$ref")
	}
	return Delete(ctx, r, c.methods.Remove, nil)
}

// keyOf returns the key of an item from its address, as it stands in a path: "/key" or
// "('key')". Without the right key, the request would remove something else.
func keyOf(address string) (string, error) {
	key := address[strings.LastIndexByte(address, '/')+1:]
	isType := strings.HasPrefix(strings.ToLower(key), "microsoft.") // a cast, as in the @odata.id of directory objects
	if strings.Contains(address, "?") || key == "" || isType {
		return "", errors.New("odata: the address of the item to remove does not end with its key: use the address of the item alone, as in client.DirectoryObjects().ByID(id)")
	}
	if i := strings.IndexByte(key, '('); i > 0 && strings.HasSuffix(key, ")") {
		return key[i:], nil
	}
	return "/" + key, nil
}

// List returns a pager for the references.
func (c CollectionRef) List() *runtime.Pager[Page[Reference]] {
	return pagerOf[*Reference](exchange{
		resource: Segment(c.resource, "$ref"), method: c.methods.List, verb: http.MethodGet,
	})
}

// Set makes the property refer to an item.
func (r Ref) Set(ctx context.Context, item Addressed) error {
	return sendRef(ctx, http.MethodPut, r.resource, r.methods.Set, item)
}

// Remove makes the property refer to nothing, and does not delete the item.
func (r Ref) Remove(ctx context.Context) error {
	return Delete(ctx, Segment(r.resource, "$ref"), r.methods.Remove, nil)
}

// Get returns the reference.
func (r Ref) Get(ctx context.Context) (*Reference, error) {
	x := exchange{resource: Segment(r.resource, "$ref"), method: r.methods.List, verb: http.MethodGet}
	return receive[*Reference](ctx, x, nil)
}

// Reference is a reference that the service sent.
type Reference struct{ reference }

// URL returns the address of the item, or "" if the service sent none.
func (r *Reference) URL() string { return r.ID.Or(r.ID401.Or("")) }

// sendRef sends a reference to an item.
func sendRef(ctx context.Context, verb string, r Resource, m Method, item Addressed) error {
	to, err := refer(item)
	if err != nil {
		return fmt.Errorf("%s: %w", m.Name, err)
	}
	return exchange{resource: Segment(r, "$ref"), method: m, verb: verb, body: to}.do(ctx, nil)
}
