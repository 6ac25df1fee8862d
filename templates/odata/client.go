package odata

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// ClientOptions are the options of azcore, and the address of the service. The
// zero value is for the global service.
type ClientOptions struct {
	azcore.ClientOptions

	// Endpoint is the address of the service with its version, like
	// https://graph.microsoft.com/beta. If empty, the Cloud gives the one of
	// Microsoft Graph; other services need it.
	Endpoint string

	// Scope is what tokens are for. If empty, it is Microsoft Graph's .default
	// where the Endpoint is a host of Microsoft Graph, and else .default of the
	// Endpoint's own host.
	Scope string

	// MaxResponseSize is how many bytes a response can have, after decompression,
	// before the request fails: 100 MB (100,000,000 bytes) if it is 0, any number
	// if it is negative. Streams that the caller reads have no limit.
	MaxResponseSize int64

	// IEEE754Compatible asks the service to send Int64 and Decimal as texts, which
	// some services need to be exact (OData JSON Format 4.01, section 3.2).
	IEEE754Compatible bool
}

// defaultMaxResponseSize is the limit of ClientOptions.MaxResponseSize in bytes.
const defaultMaxResponseSize = 100_000_000

// Config is what a generated package says about itself.
type Config struct {
	Package    string // its name, for telemetry and traces
	APIVersion string // of Microsoft Graph: "beta" or "v1.0", or "" for another service

	// KeysInParentheses says that the service wants keys in parentheses, as in
	// users('adele'), and functions without parameters with empty ones. Microsoft
	// Graph does not.
	KeysInParentheses bool

	// Types returns the facts about a type by its qualified name, zero for types
	// that have none. Nil means that no type has any.
	Types func(name string) TypeFacts
}

// Client sends requests to a service. It is safe for use by several
// goroutines.
type Client struct {
	azcore   *azcore.Client
	foreign  *azcore.Client // sends no token, for addresses of other hosts that the service gives
	endpoint string         // without a slash at its end
	origin   *url.URL       // the endpoint
	types    edm.Types

	parentheses bool   // keys are in parentheses
	accept      string // the media type of responses
}

// NewClient returns a client that authenticates with the credential. A nil
// credential sends no token. The error is about the options.
func NewClient(credential azcore.TokenCredential, config Config, options *ClientOptions) (*Client, error) {
	var o ClientOptions
	if options != nil {
		o = *options
	}
	service, err := serviceOf(o.Cloud)
	if err != nil && (o.Endpoint == "" || credential != nil) {
		return nil, err
	}
	endpoint := o.Endpoint
	if endpoint == "" {
		version := config.APIVersion
		if o.APIVersion != "" {
			version = o.APIVersion
		}
		if version == "" {
			return nil, fmt.Errorf("odata: ClientOptions.Endpoint is empty: package %s is for a service whose address it does not know", config.Package)
		}
		endpoint = strings.TrimSuffix(service.Endpoint, "/") + "/" + version
	}
	if err := checkEndpoint(endpoint, o.InsecureAllowCredentialWithHTTP); err != nil {
		return nil, err
	}
	o.APIVersion = "" // it is part of the endpoint
	pipeline := runtime.PipelineOptions{
		AllowedHeaders: []string{headerRequestID, headerClientRequestID, "Prefer", "Preference-Applied"},
		PerCall:        []policy.Policy{clientRequestID{}},
	}
	o.Transport = newTransport(o.Transport, max(0, cmp.Or(o.MaxResponseSize, defaultMaxResponseSize)))
	pipeline.PerRetry = []policy.Policy{sendOnce{}, followReads{}, inBatch{}}
	if credential != nil {
		pipeline.PerRetry = append(pipeline.PerRetry, runtime.NewBearerTokenPolicy(credential, []string{cmp.Or(o.Scope, scope(endpoint, service))},
			&policy.BearerTokenOptions{InsecureAllowCredentialWithHTTP: o.InsecureAllowCredentialWithHTTP}))
	}
	pipeline.PerRetry = append(pipeline.PerRetry, recordAnswer{})
	origin, err := url.Parse(strings.TrimSuffix(endpoint, "/"))
	if err != nil { // checkEndpoint has parsed it
		return nil, fmt.Errorf("odata: %w", err)
	}
	client, err := azcore.NewClient(config.Package, "v1.0.0", pipeline, &o.ClientOptions)
	if err != nil {
		return nil, fmt.Errorf("odata: %w", err)
	}
	foreign, err := newForeign(config.Package, o.ClientOptions)
	if err != nil {
		return nil, fmt.Errorf("odata: %w", err)
	}
	accept := "application/json"
	if o.IEEE754Compatible {
		accept += ";IEEE754Compatible=true"
	}
	return &Client{
		azcore: client, foreign: foreign, endpoint: origin.String(), origin: origin, types: config.Types,
		parentheses: config.KeysInParentheses, accept: accept,
	}, nil
}

// OData returns c itself: see [Service].
func (c *Client) OData() *Client { return c }

// Service is the client of a generated package, or a *Client.
type Service interface{ OData() *Client }

// newForeign returns a client for addresses of other hosts, which have their own
// permission to read or write. It sends them neither a token nor what the caller's
// policies add.
func newForeign(name string, o azcore.ClientOptions) (*azcore.Client, error) {
	o.PerCallPolicies, o.PerRetryPolicies = nil, nil
	return azcore.NewClient(name, "v1.0.0", runtime.PipelineOptions{PerRetry: []policy.Policy{sendOnce{}, followReads{}, recordAnswer{}}}, &o)
}

// scope returns what a token for an endpoint is for. A token for Microsoft Graph
// does not go to any other host.
func scope(endpoint string, service cloud.ServiceConfiguration) string {
	const all = "/.default"
	u, err := url.Parse(endpoint)
	if err != nil { // checkEndpoint has parsed it
		return service.Audience + all
	}
	if graph, err := url.Parse(service.Endpoint); err == nil && sameOrigin(u, graph) {
		return service.Audience + all
	}
	return u.Scheme + "://" + u.Host + all
}

// checkEndpoint allows https, and http where nobody can listen: on this machine,
// or if the options allow sending credentials over it. Its errors show nothing of
// an address that can be a secret.
func checkEndpoint(endpoint string, insecure bool) error {
	u, err := url.Parse(endpoint)
	if err != nil {
		return errors.New("odata: the endpoint is not a URL: it should be like https://graph.microsoft.com/beta")
	}
	ip := net.ParseIP(u.Hostname())
	local := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	for _, part := range []struct {
		name string
		has  bool
	}{
		{"a user or password", u.User != nil},
		{"a query", u.RawQuery != "" || u.ForceQuery},
		{"a fragment", u.Fragment != ""},
	} {
		if part.has {
			return fmt.Errorf("odata: the endpoint %s has %s: leave it out, and give NewClient a credential", place(u), part.name)
		}
	}
	switch {
	case u.Host == "":
		return fmt.Errorf("odata: the endpoint %s has no host: it should be like https://graph.microsoft.com/beta", place(u))
	case u.Scheme == "https", u.Scheme == "http" && (local || insecure):
		return nil
	default:
		return fmt.Errorf("odata: the endpoint %s does not begin with https://", place(u))
	}
}

// Headers by which the service tells requests apart.
const (
	headerRequestID       = "request-id"
	headerClientRequestID = "client-request-id"
)

// clientRequestID is a policy that names each call, for questions to support
// (https://learn.microsoft.com/graph/best-practices-concept).
type clientRequestID struct{}

func (clientRequestID) Do(request *policy.Request) (*http.Response, error) {
	header := request.Raw().Header
	if _, has := header[http.CanonicalHeaderKey(headerClientRequestID)]; !has { // the caller can have removed it
		id, err := runtime.NewUUID()
		if err != nil {
			return nil, err
		}
		header.Set(headerClientRequestID, id)
	}
	return request.Next()
}
