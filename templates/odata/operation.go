package odata

import (
	"cmp"
	"context"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"slices"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
)

// The functions below send requests whose response is not an item of a resource:
// values of properties, and results of functions (with GET) and actions (with
// POST, OData Protocol 4.01, sections 11.2.4 and 11.5). The resource of a function
// has its arguments: see [Function]. The body of an action has its
// parameters; it can be nil if there are none. Like a create, an action is sent
// again only if it was certainly not processed; if the response of one that was
// cannot be read, the error is a *ProcessedError.

// GetValue returns a primitive value, null if the service says that there is none.
func GetValue[V any](ctx context.Context, r Resource, m Method, options *Options) (Opt[V], error) {
	return value[V](ctx, get(r, m), options)
}

// GetValues returns a collection of primitive values, those of further pages included.
func GetValues[V any](ctx context.Context, r Resource, m Method, options *Options) (List[V], error) {
	return values[V](ctx, get(r, m), options)
}

// Post calls an action without a result, or ignores the result.
func Post(ctx context.Context, r Resource, m Method, body any, options *Options) error {
	return post(r, m, body).do(ctx, options)
}

// PostItem calls an action and returns its result, empty if the service sends none.
func PostItem[P any](ctx context.Context, r Resource, m Method, body any, options *Options) (P, error) {
	return receive[P](ctx, post(r, m, body), options)
}

// PostValue calls an action and returns its result, a primitive value.
func PostValue[V any](ctx context.Context, r Resource, m Method, body any, options *Options) (Opt[V], error) {
	return value[V](ctx, post(r, m, body), options)
}

// PostValues calls an action and returns its result, a collection of primitive
// values, those of further pages included.
func PostValues[V any](ctx context.Context, r Resource, m Method, body any, options *Options) (List[V], error) {
	return values[V](ctx, post(r, m, body), options)
}

// PostPages calls an action and returns a pager for its result, a collection of
// items: see [Pages]. The action is called when the first page is requested.
func PostPages[P any](r Resource, m Method, body any, options *Options) *runtime.Pager[PageOf[P]] {
	x := post(r, m, body)
	x.query.options = options
	return pagerOf[P](x)
}

// PostIterate calls an action and returns the items of its result: see [Iterate]. The
// action is called whenever the iteration begins.
func PostIterate[P any](ctx context.Context, r Resource, m Method, body any, options *Options) iter.Seq2[P, error] {
	return func(yield func(P, error) bool) { eachItem(ctx, PostPages[P](r, m, body, options), yield) }
}

func get(r Resource, m Method) exchange {
	return exchange{resource: r, method: m, verb: http.MethodGet}
}

func post(r Resource, m Method, body any) exchange {
	if isNil(body) {
		body = nil
	}
	return exchange{resource: r, method: m, verb: http.MethodPost, body: body}
}

func value[V any](ctx context.Context, x exchange, options *Options) (Opt[V], error) {
	w := wrapper[Opt[V]]{value: Null[V]()}
	x.result = &w
	err := x.do(ctx, options)
	return w.value, err
}

func values[V any](ctx context.Context, x exchange, options *Options) (List[V], error) {
	if options != nil {
		x.query.options = options
	}
	pages := pages{first: x}
	page := wrapper[List[V]]{value: NullList[V]()}
	if err := pages.fetch(ctx, "", &page); err != nil {
		return page.value, err
	}
	list := page.value
	for page.nextLink != "" {
		link := page.nextLink
		page = wrapper[List[V]]{}
		if err := cmp.Or(pages.fetch(ctx, link, &page), list.Err(), page.value.Err()); err != nil {
			return list, fmt.Errorf("%s: odata: after %d values: %w", x.method.Name, len(list.Or(nil)), err)
		}
		list = ListOf(slices.Concat(list.Or(nil), page.value.Or(nil))...)
	}
	return list, nil
}

// wrapper is a response whose value is in an object, beside its context (OData JSON
// Format 4.01, sections 11 and 12). Services send some values without the object.
type wrapper[T any] struct {
	value    T
	nextLink string            // of the further values of a collection, or ""
	contexts [2]jsontext.Value // "@odata.context" and "@context"
}

// UnmarshalJSONFrom reads the value.
func (w *wrapper[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	if dec.PeekKind() != jsontext.KindBeginObject {
		return json.UnmarshalDecode(dec, &w.value)
	}
	object := struct {
		Value       *T             `json:"value"`
		NextLink    Opt[string]    `json:"@odata.nextLink"`
		NextLink401 Opt[string]    `json:"@nextLink"`
		Context     jsontext.Value `json:"@odata.context"`
		Context401  jsontext.Value `json:"@context"`
	}{Value: &w.value}
	err := json.UnmarshalDecode(dec, &object)
	w.nextLink = object.NextLink.Or(object.NextLink401.Or(""))
	w.contexts = [2]jsontext.Value{object.Context, object.Context401}
	return err
}

func (w *wrapper[T]) resolveLinks(base *url.URL) {
	w.nextLink = absolute(base, w.nextLink, w.contexts[:]...)
}
