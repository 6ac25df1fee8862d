package odata

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/streaming"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// Options are the options of a single request. The options of azcore go with the
// context: policy.WithCaptureResponse, policy.WithRetryOptions and others.
type Options struct {
	// IfMatch is the ETag that the item must still have, or "*" for any: see
	// ETag. Otherwise the error is ErrPreconditionFailed.
	IfMatch string

	// IfNoneMatch is an ETag that the item must no longer have: while it has, a
	// Get fails with ErrNotModified.
	IfNoneMatch string

	// Minimal asks the service not to send the item that a request creates or
	// changes (Prefer: return=minimal).
	Minimal bool

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

	// Directory says that the items are directory objects of Microsoft Graph, such
	// as users and groups: some queries need ConsistencyLevel: eventual.
	Directory bool

	// Linked says that a relationship leads to these directory objects, as to the
	// members of a group: a filter and an order need the header, too.
	Linked bool

	// Cast says that these directory objects are behind a type cast: every query
	// needs the header (https://learn.microsoft.com/graph/aad-advanced-queries).
	Cast bool

	// NotSettable are the names of the properties that this request cannot set,
	// beside those that are read-only everywhere.
	NotSettable []string

	// KeptForCreate are the properties of NotSettable that ForCreate keeps, because
	// other creates can set them.
	KeptForCreate []string
}

// exchange is a request, and where its response goes.
type exchange struct {
	resource    Resource
	method      Method
	verb        string
	query       queryParts
	accept      string            // "" for JSON
	body        any               // a pointer to a generated struct, another value with JSON, or nil for no body
	content     io.ReadSeekCloser // a body that is not JSON, or nil
	contentType string            // of content
	result      any               // a pointer to the value that the response decodes into, or nil to ignore it
	header      http.Header       // further headers
	foreign     bool              // the address is of another host, which gets no token
	eventual    bool              // the request needs ConsistencyLevel: eventual, whatever its query
	repeatable  bool              // the request is a POST that can be sent any number of times
	creates     bool              // a success means that an item was created
	list        bool              // the result is a collection
	page        bool              // the address is a link to a page, which is never empty
}

// do sends the request and decodes the response. Every request goes through it:
// methods differ only in their exchange. The options are those of the query if
// they are nil.
func (x exchange) do(ctx context.Context, options *Options) (err error) {
	options = cmp.Or(options, x.query.options, &Options{})
	payload, err := x.encode()
	if err != nil {
		return err
	}
	ctx, end := x.start(ctx)
	defer func() { end(err) }()
	request, answer, err := x.request(ctx, options)
	if err != nil {
		return err
	}
	if payload != nil {
		x.content, x.contentType = streaming.NopCloser(bytes.NewReader(payload)), "application/json"
	}
	if x.content != nil {
		if err = request.SetBody(x.content, x.contentType); err != nil {
			return fmt.Errorf("%s: odata: %w", x.method.Name, err)
		}
		replaceHeader(request.Raw().Header, options.Header) // Content-Type, too
	}
	_, err = x.client().Pipeline().Do(request)
	return x.judge(answer, err)
}

// client returns the client of azcore that sends the request.
func (x exchange) client() *azcore.Client {
	if x.foreign {
		return x.resource.at.client.foreign
	}
	return x.resource.at.client.azcore
}

// start begins a span for the request.
func (x exchange) start(ctx context.Context) (context.Context, func(error)) {
	client := open(x.resource).client
	if client == nil {
		return ctx, func(error) {}
	}
	return runtime.StartSpan(ctx, x.method.Name, client.azcore.Tracer(), nil)
}

// request returns the request without its body, and the answer that records what
// the service says to it.
func (x exchange) request(ctx context.Context, options *Options) (*policy.Request, *answer, error) {
	address, err := x.address()
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", x.method.Name, err)
	}
	request, err := runtime.NewRequest(ctx, x.verb, address)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: odata: %w", x.method.Name, err)
	}
	x.setHeader(request.Raw().Header, options)
	if u := request.Raw().URL; !x.foreign && !sameOrigin(u, x.resource.at.client.origin) {
		return nil, nil, fmt.Errorf("%s: odata: the request to %s is not sent: its scheme or host is not that of the endpoint", x.method.Name, place(u))
	}
	answer := &answer{ctx: ctx, head: options.Response}
	request.SetOperationValue(answer)
	request.SetOperationValue(x.resource.at.client)
	request.SetOperationValue(repeatable(x.repeatable))
	return request, answer, nil
}

// address returns the address of the request with its query.
func (x exchange) address() (string, error) {
	x.query.advanced = x.advanced()
	list, err := x.query.list()
	if err != nil {
		return "", err
	}
	address, err := addressOf(x.resource)
	if err != nil || x.resource.at.isComplete() {
		return address, err
	}
	if query := encodeQuery(slices.Concat(x.resource.at.aliases, list)); query != "" {
		address += "?" + query
	}
	return address, err
}

// advanced reports whether the query asks for what needs ConsistencyLevel: eventual.
func (x exchange) advanced() bool {
	return x.query.advanced || x.method.Directory && x.query.needsAdvanced() || x.method.Cast ||
		x.method.Linked && (x.query.filter.in != nil || len(x.query.order) > 0)
}

// setHeader sets the header of the request. The caller's header comes last: it
// replaces any other.
func (x exchange) setHeader(header http.Header, options *Options) {
	// The default level of metadata names the type of a derived item, and adds
	// no links (OData JSON Format 4.01, section 3.1.1).
	header.Set("Accept", cmp.Or(x.accept, x.resource.at.client.accept))
	var prefer []string
	if x.method.EvolvableEnums {
		prefer = append(prefer, "include-unknown-enum-members")
	}
	if options.Minimal {
		prefer = append(prefer, "return=minimal")
	}
	if x.query.pageSize > 0 {
		prefer = append(prefer, "odata.maxpagesize="+strconv.Itoa(x.query.pageSize))
	}
	for name, value := range map[string]string{
		"Prefer":        strings.Join(prefer, ","),
		"If-Match":      options.IfMatch,
		"If-None-Match": options.IfNoneMatch,
	} {
		if value != "" {
			header.Set(name, value)
		}
	}
	if x.eventual || x.advanced() {
		header.Set("ConsistencyLevel", "eventual")
	}
	replaceHeader(header, x.header)
	replaceHeader(header, options.Header)
}

func replaceHeader(header, callers http.Header) {
	for name, values := range callers {
		header[http.CanonicalHeaderKey(name)] = slices.Clone(values)
	}
}

// encode returns the JSON of the body, or the reasons not to send it.
func (x exchange) encode() ([]byte, error) {
	if x.body == nil {
		return nil, nil
	}
	if isNil(x.body) {
		return nil, fmt.Errorf("%s: odata: the body is nil", x.method.Name)
	}
	payload, err := edm.Marshal(x.body)
	if err != nil {
		return nil, fmt.Errorf("%s: odata: the body cannot be encoded: %w", x.method.Name, err)
	}
	declared := ""
	if body, ok := x.body.(Structured); ok {
		declared = body.ODataTypes()[0]
	}
	client := open(x.resource).client
	if client == nil {
		return payload, nil // the request fails for its address
	}
	return payload, x.refuse(client.types.Check(payload, declared, x.method.NotSettable))
}

// isNil reports whether a body is nil, or a pointer, a map or a slice that is.
func isNil(body any) bool {
	switch v := reflect.ValueOf(body); v.Kind() {
	case reflect.Invalid:
		return true
	case reflect.Pointer, reflect.Map, reflect.Slice:
		return v.IsNil()
	}
	return false
}
