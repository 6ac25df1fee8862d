package odata_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// ending is a body that ends with the error of a function, or without one.
type ending struct {
	io.Reader
	end func() error
}

func (b *ending) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err == io.EOF {
		if end := b.end(); end != nil {
			err = end
		}
	}
	return n, err
}

func (*ending) Close() error { return nil }

// A response says what became of a create, however its body or the context ends:
// the error is a CreatedError after a success, and else has the status. The
// create is not sent again.
func TestResponsesThatEndEarly(t *testing.T) {
	const whole, half = `{"id":"1"}`, `{"id":"1`
	broken := errors.New("broken")
	for name, test := range map[string]struct {
		body string
		end  func(request context.Context, cancel func()) error
		want error // what the error wraps, nil if the body arrives as a whole
	}{
		"the body breaks off": {half, func(context.Context, func()) error { return broken }, broken},
		"the context is cancelled in the body": {half, func(request context.Context, cancel func()) error {
			cancel()
			<-request.Done()
			return request.Err()
		}, context.Canceled},
		"the deadline is in the body": {half, func(request context.Context, _ func()) error {
			<-request.Done()
			return request.Err()
		}, context.DeadlineExceeded},
		"the context ends after the body": {whole, func(_ context.Context, cancel func()) error { cancel(); return nil }, nil},
	} {
		for _, status := range []int{200, 201, 202, 299, 400, 404, 409, 412, 429, 500, 503} {
			for _, credential := range []azcore.TokenCredential{nil, token{}} {
				for _, limit := range []string{"of the context", "of the try"} {
					t.Run(fmt.Sprintf("%d %s, with %v, deadline %s", status, name, credential, limit), func(t *testing.T) {
						t.Parallel()
						synctest.Test(t, func(t *testing.T) {
							ctx, cancel := context.WithCancel(t.Context())
							defer cancel()
							if limit == "of the try" {
								ctx = policy.WithRetryOptions(ctx, policy.RetryOptions{TryTimeout: 20 * time.Millisecond})
							} else if name == "the deadline is in the body" {
								ctx, cancel = context.WithTimeout(ctx, 20*time.Millisecond)
								defer cancel()
							}
							requests := 0
							options := &odata.ClientOptions{Endpoint: "https://graph.example/beta"}
							options.Transport = transport(func(r *http.Request) (*http.Response, error) {
								requests++
								body := &ending{strings.NewReader(test.body), func() error { return test.end(r.Context(), cancel) }}
								return &http.Response{StatusCode: status, Header: http.Header{"Location": {"/beta/x"}}, Body: body, Request: r}, nil
							})
							client, err := odata.NewClient(credential, odata.Config{Package: "test"}, options)
							if err != nil {
								t.Fatal(err)
							}
							got, err := odata.Create(ctx, client.Resource("projects"), create, &Entity{}, nil)
							created, isCreated := errors.AsType[*odata.CreatedError](err)
							said, isRefusal := odata.AsError(err)
							switch {
							case requests != 1:
								t.Errorf("%d requests", requests)
							case status >= 400 && (!isRefusal || said.StatusCode != status || isCreated):
								t.Errorf("%v does not say %d", err, status)
							case status >= 400 && test.want != nil && !errors.Is(err, test.want):
								t.Errorf("%v does not wrap %v", err, test.want)
							case status < 300 && test.want == nil && (err != nil || got.ID.Or("") != "1"):
								t.Errorf("%v, %v; the response arrived as a whole", got, err)
							case status < 300 && test.want != nil && (!isCreated || created.Status != status || created.Location != "/beta/x" || !errors.Is(err, test.want)):
								t.Errorf("%v is not a CreatedError of %v", err, test.want)
							}
						})
					})
				}
			}
		}
	}
}

// The status is there, too, if the context ends before the request is sent again.
func TestContextEndsBetweenTries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		client := custom(t, func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 429, Header: http.Header{"Retry-After": {"30"}}, Body: http.NoBody, Request: r}, nil
		})
		_, err := odata.Create(ctx, client.Resource("projects"), create, &Entity{}, nil)
		const want = "Projects.Create: status 429 Too Many Requests (not sent again: context deadline exceeded)"
		if !errors.Is(err, odata.ErrThrottled) || !errors.Is(err, context.DeadlineExceeded) || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	})
}
