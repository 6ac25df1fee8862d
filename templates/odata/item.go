package odata

import (
	"context"
	"encoding/json/jsontext"
	"fmt"
	"net/http"
	"reflect"
)

// Functions that send or return an item have a type parameter P, the pointer to its
// struct. The compiler makes each of them once for all pointers, but again for
// every struct. For items without a struct, P can be map[string]any or jsontext.Value.
// Numbers in a map are float64, or jsontext.Value if a float64 does not hold them exactly,
// so that an Update sends back what was received.

// Get returns the item r. It is empty if the service says that there is none
// (status 204).
func Get[P any](ctx context.Context, r Resource, m Method, query AnyQuery) (P, error) {
	x := get(r, m)
	x.query = partsOf(query)
	return receive[P](ctx, x, nil)
}

// Update changes the properties of the item r that body has, and returns the item
// as the service stored it, empty if the service does not send it. Like a create,
// the request is sent again only if it was certainly not processed. If the item
// was changed, but the response cannot be read, the error is a *ProcessedError.
func Update[P any](ctx context.Context, r Resource, m Method, body P, options *Options) (P, error) {
	return receive[P](ctx, exchange{resource: r, method: m, verb: http.MethodPatch, body: body}, options)
}

// Replace sets the item r to body, creating it if need be, and returns the item as
// the service stored it, empty if the service does not send it. If that was done,
// but the response cannot be read, the error is a *ProcessedError.
func Replace[P any](ctx context.Context, r Resource, m Method, body P, options *Options) (P, error) {
	return receive[P](ctx, exchange{resource: r, method: m, verb: http.MethodPut, body: body}, options)
}

// Delete deletes the item r. Finding no item (404 or 410) is a success if the request was
// sent before: the first one has deleted it.
func Delete(ctx context.Context, r Resource, m Method, options *Options) error {
	return exchange{resource: r, method: m, verb: http.MethodDelete}.do(ctx, options)
}

// Count returns the number of items of the collection r that the filter and the
// search of the query find. The rest of the query has no effect, but for its
// Options and its Other.
func Count(ctx context.Context, r Resource, m Method, query AnyQuery) (int64, error) {
	q := partsOf(query)
	x := exchange{
		resource: Segment(r, "$count"), method: m, verb: http.MethodGet, accept: "text/plain",
		query:    queryParts{filter: q.filter, search: q.search, other: q.other, options: q.options, err: q.err},
		eventual: q.advanced || m.Directory,
	}
	x.method.Directory, x.method.Linked, x.method.Cast = false, false, false // $count=true is for lists
	n, err := receive[**int64](ctx, x, nil)
	switch {
	case err != nil:
		return 0, err
	case *n == nil:
		return 0, fmt.Errorf("%s: odata: the response has no number", m.Name)
	}
	return **n, nil
}

// receive sends a request whose response is an item.
func receive[P any](ctx context.Context, x exchange, options *Options) (item P, err error) {
	received := new(P)
	x.result = received
	if t := reflect.TypeFor[P](); t.Kind() == reflect.Pointer {
		x.result = reflect.New(t.Elem()).Interface() // which is empty, and not nil, without a response
		*received = x.result.(P)
	}
	if err = x.do(ctx, options); err != nil {
		return item, err
	}
	return *received, nil
}

// ETag returns the version of a received item, for Options.IfMatch: the @odata.etag,
// the @etag of OData 4.01, or the property eTag, which files have in its place. It is
// "" if the service sent none of them: then IfMatch asks for nothing.
func ETag(item Structured) string {
	data := additionalData(item)
	declared, _ := fieldOf(item, "ETag").(Opt[string])
	for _, sent := range []Opt[string]{FromRaw[string](data["@odata.etag"]), FromRaw[string](data["@etag"]), declared, FromRaw[string](data["eTag"])} {
		if tag := sent.Or(""); tag != "" {
			return tag
		}
	}
	return ""
}

// Expanded returns the item that a navigation property of a received item leads
// to, where Expand has asked for it and the struct has no field for it.
func Expanded[T any](item Structured, property string) Opt[*T] {
	return FromRaw[*T](additionalData(item)[property])
}

// ExpandedList returns the items that a navigation property of a received item
// leads to, like [Expanded].
func ExpandedList[T any](item Structured, property string) List[*T] {
	return ListFromRaw[*T](additionalData(item)[property])
}

// additionalData returns the AdditionalData that every generated struct has, or
// inherits.
func additionalData(item Structured) map[string]jsontext.Value {
	data, _ := fieldOf(item, "AdditionalData").(map[string]jsontext.Value)
	return data
}

// fieldOf returns the value of a field that a struct has or inherits, or nil.
func fieldOf(item Structured, name string) any {
	v := reflect.ValueOf(item)
	if v.Kind() != reflect.Pointer || v.IsNil() || v.Elem().Kind() != reflect.Struct {
		return nil
	}
	if field := v.Elem().FieldByName(name); field.IsValid() {
		return field.Interface()
	}
	return nil
}
