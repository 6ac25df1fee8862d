package odata

import (
	"bytes"
	"context"
	"encoding/json/v2"
	"fmt"
	"net/http"
	"reflect"
	"slices"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/streaming"
)

// Options are the options of a single request. The options of azcore go with the
// context: policy.WithCaptureResponse, policy.WithRetryOptions and others.
type Options struct {
	// Header replaces headers of the request: Accept, Prefer, Content-Type and
	// any other. A name without values removes the header.
	Header http.Header

	// Response, if not nil, receives the head of the last response, whether the
	// request succeeded or not. Requests at the same time need one each.
	Response *Response
}

// Response is the head of a response.
type Response struct {
	StatusCode int
	Header     http.Header
}

// Location returns the address that the service gives for what it created, or
// for the operation that creates it, or "".
func (r *Response) Location() string { return r.Header.Get("Location") }

// Method is what a generated package says about a method that sends a request.
type Method struct {
	Name string // "ProfileProjects.Create", for traces and errors

	// EvolvableEnums says that the response can hold members of enumerations
	// that were added later: the request asks for them, because the service
	// sends unknownFutureValue in their place otherwise.
	EvolvableEnums bool

	// NotSettable are the names of the properties that this request cannot set,
	// beside those that are read-only everywhere.
	NotSettable []string
}

// exchange is a request, and where its response goes.
type exchange struct {
	resource Resource
	method   Method
	verb     string
	body     any // a pointer to a generated struct, or nil for no body
	result   any // a pointer to the value that the response decodes into, or nil to ignore it
}

// do sends the request and decodes the response. Every request goes through it:
// methods differ only in their exchange.
func (x exchange) do(ctx context.Context, options *Options) (err error) {
	if options == nil {
		options = &Options{}
	}
	address, err := x.resource.url()
	if err != nil {
		return fmt.Errorf("%s: %w", x.method.Name, err)
	}
	payload, err := x.encode()
	if err != nil {
		return err
	}
	client := x.resource.client
	ctx, end := runtime.StartSpan(ctx, x.method.Name, client.azcore.Tracer(), nil)
	defer func() { end(err) }()
	request, err := runtime.NewRequest(ctx, x.verb, address)
	if err != nil {
		return fmt.Errorf("%s: odata: %w", x.method.Name, err)
	}
	if payload != nil {
		if err := request.SetBody(streaming.NopCloser(bytes.NewReader(payload)), "application/json"); err != nil {
			return fmt.Errorf("%s: odata: %w", x.method.Name, err)
		}
	}
	x.setHeader(request.Raw().Header, options.Header)
	answer := &answer{head: options.Response}
	request.SetOperationValue(answer)
	_, err = client.azcore.Pipeline().Do(request)
	return x.judge(answer, err)
}

// setHeader sets the header of the request. The caller's header comes last: it
// replaces any other.
func (x exchange) setHeader(header, callers http.Header) {
	// The default level of metadata names the type of a derived item, and adds
	// no links (OData JSON Format 4.01, section 3.1.1).
	header.Set("Accept", "application/json")
	if x.method.EvolvableEnums {
		header.Set("Prefer", "include-unknown-enum-members")
	}
	for name, values := range callers {
		header[http.CanonicalHeaderKey(name)] = slices.Clone(values)
	}
}

// encode returns the JSON of the body, or the reasons not to send it.
func (x exchange) encode() ([]byte, error) {
	if x.body == nil {
		return nil, nil
	}
	if reflect.ValueOf(x.body).IsNil() {
		return nil, fmt.Errorf("%s: odata: the body is nil", x.method.Name)
	}
	payload, err := json.Marshal(x.body, json.Deterministic(true))
	if err != nil {
		return nil, fmt.Errorf("%s: odata: the body cannot be encoded: %w", x.method.Name, err)
	}
	declared := ""
	if body, ok := x.body.(Structured); ok {
		declared = body.ODataTypes()[0]
	}
	found := x.resource.client.types.Check(payload, declared, x.method.NotSettable)
	return payload, refuse(x.method.Name, found)
}
