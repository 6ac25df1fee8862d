package odata

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/streaming"
)

// Stream is the content of a response, which arrives as it is read. Close it.
type Stream struct {
	io.ReadCloser
	ContentType string // the media type: "image/jpeg"
	Length      int64  // the number of bytes, or -1 if the service does not say it
}

// Download returns the content of the stream r. It has no limit of size, and is not
// kept in memory; an error in the middle is an error of Read. A Range in
// Options.Header asks for a part.
//
// Where the service refers to another host that has the content, as Microsoft
// Graph does for files, Download reads it there, without a token
// (https://learn.microsoft.com/graph/api/driveitem-get-content).
func Download(ctx context.Context, r Resource, m Method, options *Options) (*Stream, error) {
	options = cmp.Or(options, &Options{})
	x := exchange{resource: r, method: m, verb: http.MethodGet, accept: "*/*"}
	part := http.Header{}
	replaceHeader(part, options.Header)
	part = http.Header{"Range": part["Range"]}
	response, err := x.open(ctx, options)
	for range maxRedirects {
		if err == nil || response == nil || !isRedirect(response) {
			break
		}
		to := target(response)
		if to == nil || to.User != nil || to.Scheme != "https" && to.Scheme != response.Request.URL.Scheme {
			break
		}
		x.foreign, x.resource = true, Resource{&address{client: open(r).client, whole: to.String(), opaque: true}}
		response, err = x.open(ctx, &Options{Header: part, Response: options.Response})
	}
	if err != nil {
		return nil, err
	}
	return &Stream{response.Body, response.Header.Get("Content-Type"), response.ContentLength}, nil
}

// open sends the request and returns the response without reading it. Any status but
// a success is an error; the response comes with it.
func (x exchange) open(ctx context.Context, options *Options) (response *http.Response, err error) {
	ctx, end := x.start(ctx)
	defer func() { end(err) }()
	request, answer, err := x.request(asStream(ctx), options)
	if err != nil {
		return nil, err
	}
	runtime.SkipBodyDownload(request)
	_, err = x.client().Pipeline().Do(request)
	if err == nil && answer.success() {
		return answer.response, nil
	}
	if answer.response == nil {
		return nil, fmt.Errorf("%s: %w", x.method.Name, err)
	}
	if answer.response.StatusCode < http.StatusBadRequest {
		_ = answer.response.Body.Close() // nobody reads it
		answer.response.Body = http.NoBody
	}
	if answer.success() { // the context ended
		return nil, fmt.Errorf("%s: %w", x.method.Name, err)
	}
	return answer.response, x.judge(answer, err)
}

// Upload sends content, from its beginning, to the stream r, in place of what is
// there. It is sent again where that is of use.
func Upload(ctx context.Context, r Resource, m Method, content io.ReadSeeker, contentType string, options *Options) error {
	return upload(r, m, content, contentType).do(ctx, options)
}

// UploadItem is like [Upload], and returns the item that has the content, empty if
// the service does not send it.
func UploadItem[P any](ctx context.Context, r Resource, m Method, content io.ReadSeeker, contentType string, options *Options) (P, error) {
	return receive[P](ctx, upload(r, m, content, contentType), options)
}

// CreateContent sends content to the collection r, and returns the item that the
// service makes of it: see [Create]. It is sent again only if it was certainly not
// processed.
func CreateContent[P any](ctx context.Context, r Resource, m Method, content io.ReadSeeker, contentType string, options *Options) (P, error) {
	x := upload(r, m, content, contentType)
	x.verb, x.creates = http.MethodPost, true
	return receive[P](ctx, x, options)
}

func upload(r Resource, m Method, content io.ReadSeeker, contentType string) exchange {
	if content == nil {
		r = fail(r, fmt.Errorf("odata: the content is nil"))
		content = strings.NewReader("")
	}
	return exchange{
		resource: r, method: m, verb: http.MethodPut,
		content: streaming.NopCloser(content), contentType: cmp.Or(contentType, "application/octet-stream"),
	}
}

// ContentMethods are the methods of a stream.
type ContentMethods struct{ Download, Upload Method }

// Content sends requests for a stream that belongs to an item, with P the pointer to
// its struct.
type Content[P any] struct {
	resource Resource
	methods  ContentMethods
}

// ContentOf returns the content of the stream r.
func ContentOf[P any](r Resource, methods ContentMethods) Content[P] { return Content[P]{r, methods} }

// Download returns the content: see [Download].
func (c Content[P]) Download(ctx context.Context, options *Options) (*Stream, error) {
	return Download(ctx, c.resource, c.methods.Download, options)
}

// Upload sends content in place of what is there, and returns the item that has it,
// empty if the service does not send it: see [Upload].
func (c Content[P]) Upload(ctx context.Context, content io.ReadSeeker, contentType string, options *Options) (P, error) {
	return UploadItem[P](ctx, c.resource, c.methods.Upload, content, contentType, options)
}
