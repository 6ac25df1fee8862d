package odata

import (
	"context"
	"encoding/json/v2"
	"fmt"
	"net/http"
	"net/url"
	"strings"

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
func Create[T any](ctx context.Context, r Resource, m Method, body *T, options *Options) (*T, error) {
	item := new(T)
	x := exchange{resource: r, method: m, verb: http.MethodPost, body: body, result: item}
	if err := x.do(ctx, options); err != nil {
		return nil, err
	}
	return item, nil
}

// CreatedError says that the service created an item, but that its response
// cannot be read. Do not create the item again: look for it.
type CreatedError struct {
	Method   string // "ProfileProjects.Create"
	Status   int    // the status code: 201
	Location string // the address of the item, or "" if the service gives none
	Err      error  // why the response cannot be read
}

// Error returns the message.
func (e *CreatedError) Error() string {
	at := ""
	if u, err := url.Parse(e.Location); err == nil && e.Location != "" {
		at = " at " + place(u)
	}
	return fmt.Sprintf("%s: the item was created%s (status %d), but the response cannot be read: %v", e.Method, at, e.Status, e.Err)
}

// Unwrap returns why the response cannot be read.
func (e *CreatedError) Unwrap() error { return e.Err }

// refuse returns an error for the reasons not to send a body, or nil if there
// are none.
func refuse(method string, found edm.Findings) error {
	switch {
	case found.ReadOnly != nil:
		return &NotSettableError{method, found.ReadOnly}
	case found.Abstract != nil:
		return &AbstractError{method, found.Abstract}
	}
	return nil
}

// NotSettableError says that a body would set properties that only the service
// sets. It was not sent.
type NotSettableError struct {
	Method     string   // "ProfileProjects.Create"
	Properties []string // their paths in the JSON: "client/createdBy"
}

// Error returns the message.
func (e *NotSettableError) Error() string {
	are, them := "are", "them"
	if len(e.Properties) == 1 {
		are, them = "is", "it"
	}
	return fmt.Sprintf("%s: %s %s read-only: leave %s out (see ForCreate)", e.Method, enumerate(e.Properties), are, them)
}

// AbstractError says that a body has values of abstract types. It was not sent.
type AbstractError struct {
	Method string // "Attachments.Create"
	Values []AbstractValue
}

// AbstractValue is a value in a body whose type is abstract: Path is "" for the
// body itself.
type AbstractValue = edm.AbstractValue

// Error returns the message.
func (e *AbstractError) Error() string {
	values := make([]string, len(e.Values))
	for i, v := range e.Values {
		values[i] = "the body"
		if v.Path != "" {
			values[i] = v.Path
		}
		values[i] += " is of the abstract type " + v.Type
	}
	return fmt.Sprintf("%s: %s: send a derived type through its As method, or set @odata.type in AdditionalData", e.Method, enumerate(values))
}

// enumerate returns a list as it is written in a sentence.
func enumerate(list []string) string {
	last := len(list) - 1
	if last < 1 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:last], ", ") + " and " + list[last]
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
func ForCreate[T any, P structured[T]](v *T, types func(string) TypeFacts, omitted ...string) *T {
	if v == nil {
		return nil
	}
	c := new(T)
	if !forCreate(P(v), c, types, omitted) {
		*c = *v
	}
	return c
}

func forCreate(v Structured, into any, types edm.Types, omitted []string) bool {
	encoded, err := json.Marshal(v, lenient)
	if err != nil {
		return false
	}
	return json.Unmarshal(types.ForCreate(encoded, v.ODataTypes()[0], omitted), into, lenient) == nil
}
