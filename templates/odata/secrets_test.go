package odata_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	azlog "github.com/Azure/azure-sdk-for-go/sdk/azcore/log"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/tracing"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// An endpoint with a secret is refused, and the error does not show it.
func TestEndpointsWithSecrets(t *testing.T) {
	for endpoint, want := range map[string]string{
		"https://me:hush@graph.example/beta":      "odata: the endpoint https://graph.example/beta has a user or password: leave it out, and give NewClient a credential",
		"https://hush@graph.example/beta":         "odata: the endpoint https://graph.example/beta has a user or password: leave it out, and give NewClient a credential",
		"https://@graph.example/beta":             "odata: the endpoint https://graph.example/beta has a user or password: leave it out, and give NewClient a credential",
		"https://graph.example/beta?code=hush":    "odata: the endpoint https://graph.example/beta has a query: leave it out, and give NewClient a credential",
		"https://graph.example/beta?":             "odata: the endpoint https://graph.example/beta has a query: leave it out, and give NewClient a credential",
		"https://graph.example/beta#hush":         "odata: the endpoint https://graph.example/beta has a fragment: leave it out, and give NewClient a credential",
		"http://me:hush@graph.example/beta":       "odata: the endpoint http://graph.example/beta has a user or password: leave it out, and give NewClient a credential",
		"http://graph.example/beta":               "odata: the endpoint http://graph.example/beta does not begin with https://",
		"https://me:hush@graph.example:port/beta": "odata: the endpoint is not a URL: it should be like https://graph.microsoft.com/beta",
		"https://me:hush@/beta":                   "odata: the endpoint https:///beta has a user or password: leave it out, and give NewClient a credential",
	} {
		configuration := cloud.Configuration{Services: map[cloud.ServiceName]cloud.ServiceConfiguration{
			odata.ServiceName: {Endpoint: strings.TrimSuffix(endpoint, "/beta"), Audience: "https://graph.example"},
		}}
		inCloud := &odata.ClientOptions{}
		inCloud.Cloud = configuration
		for _, options := range []*odata.ClientOptions{{Endpoint: endpoint}, inCloud} {
			_, err := odata.NewClient(nil, odata.Config{Package: "test", APIVersion: "beta"}, options)
			if err == nil || strings.Contains(err.Error(), "hush") || options != inCloud && err.Error() != want {
				t.Errorf("%s: %v, want %s", endpoint, err, want)
			}
		}
	}
}

// Neither the token nor the query of an address is in an error, the log of azcore,
// a trace or what telemetry sends, whatever happens.
func TestSecretsStaySecret(t *testing.T) {
	secrets := []string{"hush", "Bearer ", "mine"}
	respond := func(status int, header http.Header, body string) transport {
		return func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
		}
	}
	fail := func(err error) transport {
		return func(*http.Request) (*http.Response, error) { return nil, err }
	}
	elsewhere := http.Header{"Location": {"https://me:hush@graph.example/x?token=hush#hush"}}
	for name, answer := range map[string]transport{
		"201":                 respond(201, elsewhere, `{"id":"1"}`),
		"201 cut":             respond(201, elsewhere, `{"id":`),
		"302":                 respond(302, elsewhere, ""),
		"307":                 respond(307, elsewhere, ""),
		"401":                 respond(401, http.Header{"Set-Cookie": {"hush"}}, `{"error":{"code":"a"}}`),
		"403":                 respond(403, elsewhere, `{"error":{"code":"a"}}`),
		"500":                 respond(500, nil, `<html>`),
		"refused":             fail(&net.OpError{Op: "dial", Err: errors.New("connection refused")}),
		"of package http":     fail(&url.Error{Op: "Post", URL: "https://me:hush@graph.example/x?token=hush#hush", Err: io.ErrUnexpectedEOF}),
		"of another URL":      fail(&url.Error{Op: "Post", URL: "https://graph.example/%hush?hush", Err: io.ErrUnexpectedEOF}),
		"a deadline":          fail(context.DeadlineExceeded),
		"a panic in disguise": fail(errors.New("boom")),
	} {
		t.Run(name, func(t *testing.T) {
			var mutex sync.Mutex
			var seen strings.Builder
			record := func(text string) { mutex.Lock(); defer mutex.Unlock(); fmt.Fprintln(&seen, text) }
			azlog.SetListener(func(event azlog.Event, text string) { record(string(event) + " " + text) })
			defer azlog.SetListener(nil)
			options := &odata.ClientOptions{Endpoint: "https://graph.example/beta"}
			options.Retry.RetryDelay = time.Microsecond
			options.TracingProvider = tracingTo(record)
			options.Transport = transport(func(r *http.Request) (*http.Response, error) {
				if r.Header.Get("Authorization") != "Bearer hush" || r.Header.Get("X-Key") != "mine" {
					t.Errorf("the header is %v", r.Header)
				}
				record("User-Agent: " + r.UserAgent())
				return answer(r)
			})
			client, err := odata.NewClient(hushed{}, odata.Config{Package: "test", APIVersion: "beta"}, options)
			if err != nil {
				t.Fatal(err)
			}
			header := http.Header{"X-Key": {"mine"}}
			_, err = odata.Create(t.Context(), client.Resource("projects"), create, &Entity{}, &odata.Options{Header: header})
			record(fmt.Sprintf("%v %+v %+v", err, err, client))
			if refused, ok := errors.AsType[*azcore.ResponseError](err); ok {
				record(refused.Error())
			}
			if !strings.Contains(seen.String(), "OUTGOING REQUEST") || !strings.Contains(seen.String(), "span") {
				t.Errorf("nothing is logged: %s", &seen)
			}
			for _, secret := range secrets {
				if strings.Contains(seen.String(), secret) {
					t.Errorf("%q is in\n%s", secret, &seen)
				}
			}
		})
	}
}

// hushed has a token that nobody must see.
type hushed struct{}

func (hushed) GetToken(context.Context, policy.TokenRequestOptions) (azcore.AccessToken, error) {
	return azcore.AccessToken{Token: "hush", ExpiresOn: time.Now().Add(time.Hour)}, nil
}

// tracingTo returns a provider of traces that records all that it is told.
func tracingTo(record func(string)) tracing.Provider {
	span := func(name string) tracing.Span {
		return tracing.NewSpan(tracing.SpanImpl{
			End:           func() { record("span " + name + " ends") },
			SetAttributes: func(list ...tracing.Attribute) { record(fmt.Sprintf("span %s: %v", name, list)) },
			AddEvent: func(event string, list ...tracing.Attribute) {
				record(fmt.Sprintf("span %s: %s %v", name, event, list))
			},
			SetStatus: func(_ tracing.SpanStatus, text string) { record("span " + name + ": " + text) },
		})
	}
	return tracing.NewProvider(func(name, version string) tracing.Tracer {
		return tracing.NewTracer(func(ctx context.Context, name string, options *tracing.SpanOptions) (context.Context, tracing.Span) {
			record(fmt.Sprintf("span %s: %v", name, options.Attributes))
			return ctx, span(name)
		}, nil)
	}, nil)
}
