package odata

import (
	"context"
	"encoding/json/v2"
	"net/http"
	"reflect"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// Create sends body to the collection r and returns the item that the service
// created. Any status of the 200s is a success; where the service sends no
// representation, the item is empty, and Options.Response has the Location.
//
// The request is sent again only if it was certainly not processed: see the
// package documentation. If the service refuses it, the error is an
// *azcore.ResponseError, which AsError explains. If the item was created, but its
// representation cannot be read, the error is a *CreatedError. A body that sets
// read-only properties is a *NotSettableError, and one with a value of an
// abstract type is an *AbstractError: these are not sent.
func Create[P any](ctx context.Context, r Resource, m Method, body P, options *Options) (P, error) {
	return receive[P](ctx, exchange{resource: r, method: m, verb: http.MethodPost, body: body, creates: true}, options)
}

// TypeFacts are facts about a structured type that its struct does not tell: whether
// it is abstract, and its read-only properties.
type TypeFacts = edm.TypeFacts

// ForCreate returns a deep copy of v that a create can send: without the control
// information of a response, such as @odata.context and @odata.etag, and without
// read-only properties, at every level, and at the top without the omitted ones.
// Types (@odata.type) and references to other entities (@odata.bind) stay.
//
// If v cannot be encoded, because a [Date] in it is not a date, say, the copy is
// shallow: it cannot be sent either.
func ForCreate[P Structured](v P, types func(string) TypeFacts, omitted ...string) P {
	if isNil(v) {
		return v
	}
	return forCreate(v, types, omitted).(P)
}

func forCreate(v Structured, types edm.Types, omitted []string) any {
	from := reflect.ValueOf(v).Elem()
	into := reflect.New(from.Type())
	encoded, err := json.Marshal(v, lenient)
	if err == nil {
		err = json.Unmarshal(types.ForCreate(encoded, v.ODataTypes()[0], omitted), into.Interface(), lenient)
	}
	if err != nil {
		into.Elem().Set(from)
	}
	return into.Interface()
}
