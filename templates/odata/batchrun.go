package odata

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
)

type batchKey struct{}

// batchPart is the value of a context whose requests go with a batch.
type batchPart struct {
	run  *batchRun
	call *batchCall
}

// batchRun is the state of Batch.Do. Each call runs in a goroutine of its own. Requests
// are sent when every call has ended or waits for a response.
type batchRun struct {
	client   *Client
	ctx      context.Context
	sequence bool
	errs     []error

	mu      sync.Mutex
	changed sync.Cond
	calls   []*batchCall    // that have not started
	running int             // calls that have started, and neither wait nor have ended
	waiting []*batchRequest // requests that are not sent
}

// batchRequest is a request that waits for a batch.
type batchRequest struct {
	call      *batchCall
	request   *http.Request
	item      batchItem          // without its id
	response  chan batchResponse // has room for one
	forgotten bool               // the call no longer waits
	failed    *http.Response     // the last 424 of the service
}

type batchResponse struct {
	response *http.Response
	err      error
}

// inBatch is a policy that hands the requests of a call in a batch to the batch. The
// policies before it see the response as that of any request.
type inBatch struct{}

func (inBatch) Do(request *policy.Request) (*http.Response, error) {
	part, ok := request.Raw().Context().Value(batchKey{}).(*batchPart)
	if !ok {
		return request.Next()
	}
	return record(request, func() (*http.Response, error) { return part.run.submit(part.call, request) })
}

// submit waits for the response to a request. While it waits, the time-out of a try does
// not run: that is for the request of the whole part.
func (run *batchRun) submit(call *batchCall, try *policy.Request) (*http.Response, error) {
	request := try.Raw()
	item, err := run.item(request)
	var client *Client
	if try.OperationValue(&client); err == nil && client != run.client { // whose token may be another
		err = fmt.Errorf("odata: the request to %s is of another client than the batch: send it outside of the batch", place(request.URL))
	}
	if err != nil {
		return nil, final{err}
	}
	r := &batchRequest{call: call, request: request, item: item, response: make(chan batchResponse, 1)}
	run.wait(r)
	ctx := request.Context()
	if a := (*answer)(nil); try.OperationValue(&a) {
		ctx = a.ctx
	}
	select {
	case answer := <-r.response:
		return answer.response, answer.err
	case <-ctx.Done():
		run.forget(r)
		return nil, ctx.Err()
	}
}

// wait adds a request to those that wait.
func (run *batchRun) wait(r *batchRequest) {
	run.mu.Lock()
	defer run.mu.Unlock()
	run.waiting = append(run.waiting, r)
	run.running--
	run.changed.Signal()
}

// forget says that a call no longer waits for the response to its request.
func (run *batchRun) forget(r *batchRequest) {
	run.mu.Lock()
	defer run.mu.Unlock()
	if len(r.response) > 0 {
		return // it has been counted
	}
	r.forgotten = true
	run.running++
	if i := slices.Index(run.waiting, r); i >= 0 {
		run.waiting = slices.Delete(run.waiting, i, i+1)
	}
}

// startCalls starts the calls that come after none, or only after calls that have ended.
// The caller has locked run.mu.
func (run *batchRun) startCalls() {
	calls := run.calls
	run.calls = nil
	for _, c := range calls {
		switch {
		case slices.ContainsFunc(c.after, func(c *batchCall) bool { return c.ended && c.err != nil }):
			c.ended = true
			c.err = exchange{method: batchMethod}.judge(&answer{response: failedDependency()}, nil)
		case slices.ContainsFunc(c.after, func(c *batchCall) bool { return !c.ended }):
			run.calls = append(run.calls, c)
		default:
			run.running++
			go run.makeCall(c)
		}
	}
}

// makeCall makes a call, and starts those that come after it.
func (run *batchRun) makeCall(c *batchCall) {
	defer func() { // also if the call ends its goroutine
		run.mu.Lock()
		defer run.mu.Unlock()
		c.ended = true
		run.startCalls()
		run.running--
		run.changed.Signal()
	}()
	c.err = errors.New("odata: the call has not returned")
	c.err = c.run(context.WithValue(run.ctx, batchKey{}, &batchPart{run, c}))
}

// next returns the requests that wait, in the order of the calls, once no call is
// running; none if all have ended.
func (run *batchRun) next() []*batchRequest {
	run.mu.Lock()
	defer run.mu.Unlock()
	for run.running > 0 {
		run.changed.Wait()
	}
	waiting := run.waiting
	run.waiting = nil
	slices.SortStableFunc(waiting, func(a, b *batchRequest) int { return cmp.Compare(a.call.index, b.call.index) })
	return waiting
}

// answer gives a request its response, with which its call goes on.
func (run *batchRun) answer(r *batchRequest, response *http.Response, err error) {
	run.mu.Lock()
	defer run.mu.Unlock()
	if r.forgotten {
		return
	}
	run.running++
	if response != nil {
		response.Request = r.request
	}
	r.response <- batchResponse{response, err}
}

// later makes a request wait for the next batch.
func (run *batchRun) later(r *batchRequest) {
	run.mu.Lock()
	defer run.mu.Unlock()
	if !r.forgotten {
		run.waiting = append(run.waiting, r)
	}
}

// mustWait reports whether a request has to wait for a call before it in a sequence, as
// the call has not ended and has no request in the batch, and whether such a call has
// failed.
func (run *batchRun) mustWait(r *batchRequest, batch []*batchRequest) (wait, failed bool) {
	run.mu.Lock()
	defer run.mu.Unlock()
	for c := r.call.previous; c != nil; c = c.previous {
		if !c.ended {
			return !slices.ContainsFunc(batch, func(other *batchRequest) bool { return other.call == c }), false
		}
		if c.err != nil {
			return false, true
		}
	}
	return false, false
}

// failedDependency is the response to a request that comes after a call that failed.
func failedDependency() *http.Response {
	const body = `{"error":{"code":"FailedDependency","message":"a call that this one comes after failed"}}`
	return &http.Response{
		StatusCode: http.StatusFailedDependency, Header: http.Header{"Content-Type": {"application/json"}},
		Body:    io.NopCloser(strings.NewReader(body)),
		Request: &http.Request{Method: http.MethodPost, URL: &url.URL{Path: "$batch"}},
	}
}

// send sends requests in batches of 20. Microsoft Graph refuses a batch in which some
// requests depend on others, unless each depends on the one before it
// (https://learn.microsoft.com/graph/json-batching#sequencing-requests-with-the-dependson-property):
// all requests of a sequence do, and no others.
func (run *batchRun) send(waiting []*batchRequest) {
	const most = 20 // https://learn.microsoft.com/graph/json-batching#batch-size-limitations
	var batch []*batchRequest
	for _, r := range waiting {
		wait, failed := run.mustWait(r, batch)
		switch {
		case failed:
			run.answer(r, cmp.Or(r.failed, failedDependency()), nil)
			continue
		case wait:
			run.later(r)
			continue
		}
		if batch = append(batch, r); len(batch) == most {
			run.sendBatch(batch)
			batch = nil
		}
	}
	if len(batch) > 0 {
		run.sendBatch(batch)
	}
}

// sendBatch sends requests in one, and gives each its response.
func (run *batchRun) sendBatch(batch []*batchRequest) {
	responses, err := run.post(batch)
	if err != nil {
		run.errs = append(run.errs, err)
	}
	if _, refused := errors.AsType[*failure](err); refused {
		err = errors.New(err.Error()) // without the status, which callers would take for that of their requests
	}
	for i, r := range batch {
		response := responses[batchID(i)]
		switch {
		case err != nil:
			run.answer(r, nil, final{err})
		case response == nil:
			run.answer(r, nil, errors.New("odata: the response to the batch has none to this request"))
		case response.StatusCode == http.StatusFailedDependency && run.sequence && i > 0:
			r.failed = response // not processed: it is sent again if the request before is
			run.later(r)
		default:
			run.answer(r, response, nil)
		}
	}
}

func batchID(i int) string { return fmt.Sprint(i + 1) }

// isJSON reports whether a header says that the body is JSON.
func isJSON(header http.Header) bool {
	mediaType, _, _ := strings.Cut(header.Get("Content-Type"), ";")
	mediaType = strings.ToLower(strings.TrimSpace(mediaType))
	return mediaType == "application/json" || strings.HasSuffix(mediaType, "+json")
}

// newResponse returns the response to a part of a batch.
func newResponse(status int, header http.Header, body []byte) *http.Response {
	return &http.Response{
		StatusCode: status, Status: fmt.Sprintf("%d %s", status, http.StatusText(status)),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)),
	}
}
