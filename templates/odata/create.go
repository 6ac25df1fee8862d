package odata

import (
	"bytes"
	"context"
	"encoding/json/v2"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/streaming"
)

// Options are those of a single request. Those of azcore go with the context:
// policy.WithCaptureResponse, policy.WithHTTPHeader and others.
type Options struct {
	// Header is added to the headers of the request.
	Header http.Header
}

// Operation is what a generated package says of an operation.
type Operation struct {
	Name   string // "ProfileProjects.Create", for traces and errors
	Status []int  // the status codes of success; any 2xx if there are none

	// EvolvableEnums says that the response can hold members of enumerations
	// that were added later: they are asked for, where they would be replaced
	// by unknownFutureValue.
	EvolvableEnums bool
}

// success reports whether a status code means that the operation was done.
func (op Operation) success(status int) bool {
	if len(op.Status) == 0 {
		return status >= 200 && status < 300
	}
	return slices.Contains(op.Status, status)
}

// Create sends body to the collection r and returns the item that the service
// created.
//
// The request is sent again only if it was certainly not processed: see the
// package documentation. A service that refuses it is an *azcore.ResponseError,
// which AsError explains. An item that was created, but whose representation
// cannot be read, is a *CreatedError. Where the service sends no
// representation, the item returned is empty.
func Create[T any](ctx context.Context, r Resource, op Operation, body *T, options *Options) (item *T, err error) {
	if body == nil {
		return nil, fmt.Errorf("%s: odata: there is no body", op.Name)
	}
	encoded, err := json.Marshal(body, json.Deterministic(true))
	if err != nil {
		return nil, fmt.Errorf("%s: odata: the body cannot be encoded: %w", op.Name, err)
	}
	response, payload, err := r.post(ctx, op, encoded, options)
	if err != nil {
		return nil, err
	}
	item = new(T)
	payload = bytes.TrimPrefix(payload, []byte("\ufeff")) // a byte order mark
	if len(bytes.TrimSpace(payload)) == 0 {
		return item, nil
	}
	if err := json.Unmarshal(payload, item, lenient); err != nil {
		return nil, newCreatedError(op, response, err)
	}
	return item, nil
}

// post sends a JSON body and returns the response to a success, with its body.
func (r Resource) post(ctx context.Context, op Operation, body []byte, options *Options) (response *http.Response, payload []byte, err error) {
	address, err := r.url(op.Name)
	if err != nil {
		return nil, nil, err
	}
	ctx, end := runtime.StartSpan(ctx, op.Name, r.client.azcore.Tracer(), nil)
	defer func() { end(err) }()
	request, err := runtime.NewRequest(ctx, http.MethodPost, address)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: odata: %w", op.Name, err)
	}
	header := request.Raw().Header
	// The default level of metadata names the type of a derived item, and adds
	// no links (OData JSON Format 4.01, section 3.1.1).
	header.Set("Accept", "application/json")
	if op.EvolvableEnums {
		header.Set("Prefer", "include-unknown-enum-members")
	}
	if options != nil {
		for name, values := range options.Header {
			for _, value := range values {
				header.Add(name, value)
			}
		}
	}
	if err := request.SetBody(streaming.NopCloser(bytes.NewReader(body)), "application/json"); err != nil {
		return nil, nil, fmt.Errorf("%s: odata: %w", op.Name, err)
	}
	response, err = r.client.azcore.Pipeline().Do(request)
	if broken, ok := errors.AsType[*brokenOff](err); ok {
		response = broken.response
	}
	switch {
	case err != nil && response != nil && op.success(response.StatusCode):
		return nil, nil, newCreatedError(op, response, err)
	case err != nil:
		return nil, nil, fmt.Errorf("%s: %w", op.Name, err)
	case !op.success(response.StatusCode):
		return nil, nil, runtime.NewResponseError(response)
	}
	payload, err = runtime.Payload(response)
	if err != nil {
		return nil, nil, newCreatedError(op, response, err)
	}
	return response, payload, nil
}

// CreatedError says that the service created an item, but that what it sent
// about it cannot be read. Do not create it again: look for it.
type CreatedError struct {
	Operation string
	Status    int    // the status code: 201
	Location  string // the address of the item, if the service told it
	Err       error  // why its representation cannot be read
}

func newCreatedError(op Operation, response *http.Response, err error) *CreatedError {
	return &CreatedError{op.Name, response.StatusCode, response.Header.Get("Location"), err}
}

// Error returns the message.
func (e *CreatedError) Error() string {
	at := ""
	if e.Location != "" {
		at = " at " + e.Location
	}
	return fmt.Sprintf("%s: the item was created%s (status %d), but the response cannot be read: %v", e.Operation, at, e.Status, e.Err)
}

// Unwrap returns why the representation cannot be read.
func (e *CreatedError) Unwrap() error { return e.Err }
