package odata

import (
	"cmp"
	"context"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/streaming"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// UploadOptions are the options of UploadParts.
type UploadOptions struct {
	// PartSize is the size of a part in bytes, a multiple of 320 KiB (327,680
	// bytes): 10 of them, 3,276,800 bytes, if it is 0.
	PartSize int64

	// Resume asks the service first what it has: for the session of an upload
	// that was interrupted.
	Resume bool

	// Progress, if not nil, is called after each part with the number of bytes
	// that the service has, and that of all.
	Progress func(sent, total int64)

	// Response, if not nil, receives the head of the last response. Its Location is
	// the address of an attachment that UploadParts has sent to Outlook, which does
	// not send the item
	// (https://learn.microsoft.com/graph/outlook-large-attachments).
	Response *Response
}

const (
	partUnit = 320 << 10
	maxStops = 3 // how often in a row an upload can fail without getting further
)

// UploadParts sends size bytes of content in parts to an upload session, and
// returns the item that the service makes of them, empty if it does not send it.
// The size must be positive: a session takes no empty file. The address is the uploadUrl
// of the session. It can be of another host, and gets no token.
//
// A part that fails is sent again; after that, UploadParts asks the service what
// it has, and goes on there
// (https://learn.microsoft.com/graph/api/driveitem-createuploadsession). To go on
// in another program, store the address, and set Resume.
func UploadParts[T any](ctx context.Context, service Service, address string, content io.ReaderAt, size int64, options *UploadOptions) (*T, error) {
	options = cmp.Or(options, &UploadOptions{})
	u := uploadSession{
		resource: service.OData().uploadURL(address),
		content:  content, size: size,
		part: cmp.Or(options.PartSize, 10*partUnit), progress: options.Progress, head: cmp.Or(options.Response, &Response{}),
	}
	payload, err := u.send(ctx, options.Resume)
	if err != nil {
		return nil, err
	}
	item := new(T)
	if len(payload) == 0 {
		return item, nil
	}
	if err := edm.Unmarshal(payload, item); err != nil {
		return nil, &ProcessedError{uploadMethod, http.StatusCreated, err}
	}
	return item, nil
}

const uploadMethod = "UploadParts"

// uploadURL returns the resource at the address of an upload session, which can be
// of any host, but not without encryption if the endpoint has it.
func (c *Client) uploadURL(text string) Resource {
	r := Resource{&address{client: c, opaque: true}}
	u, err := parseLink(&url.URL{}, text)
	switch {
	case text == "":
		return fail(r, errors.New("odata: the address of the upload session is empty: the service sent none, so there is no session"))
	case err != nil || u.Host == "":
		return fail(r, errors.New("odata: the address of the upload session is not a URL"))
	case u.Scheme != "https" && (u.Scheme != "http" || c.origin.Scheme != "http"):
		return fail(r, fmt.Errorf("odata: the address %s of the upload session does not begin with https://", place(u)))
	}
	r.at.whole = u.String()
	return r
}

// uploadSession is an upload in parts.
type uploadSession struct {
	resource   Resource
	content    io.ReaderAt
	size, part int64
	progress   func(sent, total int64)
	head       *Response // receives the head of the last response
}

// expectedRanges returns the ranges that the service still expects, "3276800-" or
// "3276800-6553599", and nil if the response does not say that. Outlook has spelled
// the name of the member with capitals.
func expectedRanges(response jsontext.Value) []string {
	var session struct {
		NextExpectedRanges []string `json:"nextExpectedRanges"`
	}
	_ = json.Unmarshal(response, &session, lenient, json.MatchCaseInsensitiveNames(true)) // the item has no ranges
	return session.NextExpectedRanges
}

// byteRange is a part of the content that the service does not have.
type byteRange struct{ from, to int64 } // to is behind the last byte

// firstRange returns the first one of ranges, or the rest from other on if there are none.
func (u *uploadSession) firstRange(ranges []string, other int64) byteRange {
	for _, expected := range ranges {
		first, last, _ := strings.Cut(expected, "-")
		from, err := strconv.ParseInt(first, 10, 64)
		if err != nil {
			continue
		}
		if to, err := strconv.ParseInt(last, 10, 64); err == nil && to >= from && to < u.size {
			return byteRange{from, to + 1}
		}
		return byteRange{from, u.size}
	}
	return byteRange{other, u.size}
}

// send sends the parts and returns the response to the last one.
func (u *uploadSession) send(ctx context.Context, resume bool) (jsontext.Value, error) {
	if u.part < 0 || u.part%partUnit != 0 || u.size <= 0 {
		return nil, fmt.Errorf("%s: odata: the size is %d and PartSize is %d: the size must be positive, and PartSize a multiple of %d",
			uploadMethod, u.size, u.part, partUnit)
	}
	if _, err := u.resource.URL(); err != nil {
		return nil, fmt.Errorf("%s: %w", uploadMethod, err)
	}
	expected := byteRange{0, u.size}
	if resume {
		var err error
		if expected, err = u.status(ctx, 0); err != nil {
			return nil, err
		}
		if problem := u.beyond(expected.from); problem != "" {
			return nil, fmt.Errorf("%s: odata: %s", uploadMethod, problem)
		}
	}
	for stops := 0; ; {
		payload, next, err := u.sendPart(ctx, expected)
		switch {
		case err == nil && next.from == u.size:
			u.report(u.size)
			return payload, nil
		case errors.Is(err, ErrNotFound) && u.size-expected.from <= u.part:
			return nil, fmt.Errorf("%w (the last part may have been sent before: look for the item)", err)
		case err != nil && !u.canGoOn(ctx, err):
			return nil, err
		case err != nil:
			var statusErr error
			if next, statusErr = u.status(ctx, expected.from); statusErr != nil {
				if statusErr.Error() == err.Error() {
					return nil, err
				}
				return nil, fmt.Errorf("%w (then: %w)", err, statusErr)
			}
		}
		if stops++; next.from > expected.from {
			stops = 0
		}
		problem := u.beyond(next.from)
		if problem == "" && stops > maxStops {
			problem = fmt.Sprintf("the service asks for byte %d again and again", next.from)
		}
		switch {
		case problem != "" && err != nil:
			return nil, fmt.Errorf("%w (then: %s)", err, problem)
		case problem != "":
			return nil, fmt.Errorf("%s: odata: %s", uploadMethod, problem)
		}
		expected = next
		u.report(expected.from)
	}
}

// beyond says what is wrong if the service expects a byte that the content does not have,
// or returns "".
func (u *uploadSession) beyond(next int64) string {
	if next >= 0 && next < u.size {
		return ""
	}
	return fmt.Sprintf("the service expects byte %d of %d: look for the item", next, u.size)
}

func (u *uploadSession) report(sent int64) {
	if u.progress != nil {
		u.progress(sent, u.size)
	}
}

// canGoOn reports whether the session can still take parts after an error.
func (u *uploadSession) canGoOn(ctx context.Context, err error) bool {
	if ctx.Err() != nil {
		return false
	}
	refused, ok := AsError(err)
	return !ok || refused.StatusCode >= 500 || refused.StatusCode == http.StatusConflict ||
		refused.StatusCode == http.StatusRequestedRangeNotSatisfiable || refused.StatusCode == http.StatusTooManyRequests
}

// sendPart sends the part that begins a range, and returns the next range: an empty one at
// the size after the last part. The payload is the item, if the service sends it. A drive
// answers other parts with status 202, Outlook with 200: what the service expects counts,
// and not the status, unless the part has filled a gap.
func (u *uploadSession) sendPart(ctx context.Context, r byteRange) (payload jsontext.Value, next byteRange, err error) {
	end := min(r.from+u.part, r.to)
	x := u.exchange(http.MethodPut, &payload)
	x.content = streaming.NopCloser(io.NewSectionReader(u.content, r.from, end-r.from))
	x.contentType = "application/octet-stream"
	x.header = http.Header{"Content-Range": {fmt.Sprintf("bytes %d-%d/%d", r.from, end-1, u.size)}}
	if err := x.do(ctx, &Options{Response: u.head}); err != nil {
		return nil, byteRange{}, err
	}
	expected := expectedRanges(payload)
	switch {
	case expected != nil:
		return payload, u.firstRange(expected, end), nil
	case end == r.to && u.head.StatusCode != http.StatusAccepted: // it was the last gap
		return payload, byteRange{u.size, u.size}, nil
	case end < r.to:
		return payload, byteRange{end, r.to}, nil
	}
	return payload, byteRange{end, u.size}, nil
}

// status asks the service for the first range that it does not have.
func (u *uploadSession) status(ctx context.Context, other int64) (byteRange, error) {
	var payload jsontext.Value
	if err := u.exchange(http.MethodGet, &payload).do(ctx, &Options{Response: u.head}); err != nil {
		return byteRange{}, err
	}
	expected := expectedRanges(payload)
	if expected != nil && len(expected) == 0 {
		return byteRange{}, fmt.Errorf("%s: odata: the service expects no more bytes: look for the item", uploadMethod)
	}
	return u.firstRange(expected, other), nil
}

func (u *uploadSession) exchange(verb string, result any) exchange {
	return exchange{resource: u.resource, method: Method{Name: uploadMethod}, verb: verb, result: result, foreign: true}
}
