package odata

import (
	"context"
	"errors"
)

// Batch sends many requests in few: [Add] calls to it, and send them with Do (OData
// JSON Format 4.01, section 19, https://learn.microsoft.com/graph/json-batching).
type Batch struct {
	client   *Client
	calls    []*batchCall // since the last Do
	index    int          // of the next call
	sequence bool         // each call comes after the one before
}

// NewBatch returns an empty batch for the client of a generated package. A batch is
// for one goroutine at a time.
func NewBatch(client Service) *Batch { return &Batch{client: client.OData()} }

// NewSequence returns an empty batch whose calls come one after the other. Their requests
// go in the same part, in which the service processes each of them if the one before has
// succeeded, by its status
// (https://learn.microsoft.com/graph/json-batching#sequencing-requests-with-the-dependson-property).
// The service knows neither an error that a call itself returns nor the requests that it
// sends later, such as those for further pages: what depends on these belongs into one
// call, or comes after the call in a batch of [NewBatch].
func NewSequence(client Service) *Batch { return &Batch{client: client.OData(), sequence: true} }

// Result is what a call in a batch returns.
type Result[T any] struct {
	call  batchCall
	value T
}

// Result returns what the call returned, an error of its own included.
func (r *Result[T]) Result() (T, error) { return r.value, r.call.err }

func (r *Result[T]) batchCall() *batchCall { return &r.call }

// Call is a *Result, for the calls that wait for it.
type Call interface{ batchCall() *batchCall }

// batchCall is a call in a batch.
type batchCall struct {
	batch    *Batch
	index    int
	run      func(context.Context) error
	after    []*batchCall // the calls that have to return before it is made
	previous *batchCall   // in a sequence, the call whose requests go before its own
	ended    bool
	err      error
}

// Add adds a call to a batch, which can send any requests of the batch's client: they
// go with the batch because the call passes its context on. Nothing is sent before Do.
//
// A call that comes after others is made when they have returned, and can use their
// results. If one of them fails, it is not made: its error has the status 424 (Failed
// Dependency). Calls must not wait for each other in any other way.
func Add[T any](b *Batch, call func(context.Context) (T, error), after ...Call) *Result[T] {
	r := &Result[T]{}
	r.call.run = func(ctx context.Context) (err error) {
		r.value, err = call(ctx)
		return err
	}
	b.add(&r.call, after)
	return r
}

func (b *Batch) add(c *batchCall, after []Call) {
	c.batch, c.index, c.err = b, b.index, errors.New("odata: the batch has not been sent")
	for _, a := range after {
		other := a.batchCall()
		if other.batch != b {
			c.run = func(context.Context) error { return errors.New("odata: the call comes after one of another batch") }
			continue
		}
		c.after = append(c.after, other)
	}
	if b.sequence && len(b.calls) > 0 {
		c.previous = b.calls[len(b.calls)-1]
	}
	b.index++
	b.calls = append(b.calls, c)
}

// Do makes the calls that were added since the last Do, and waits for all of them. It
// sends their requests in parts of 20. A request that the service throttles is sent
// again in a later part, without those that were answered.
//
// The error is that of the parts that failed as a whole; the calls in them say so, too,
// but the status of a part is not theirs. Any other error of a call is in its Result alone.
func (b *Batch) Do(ctx context.Context) error {
	outside := context.WithValue(ctx, batchKey{}, nil) // if this batch is in a call of another one
	run := &batchRun{client: b.client, ctx: outside, sequence: b.sequence, calls: b.calls}
	run.changed.L = &run.mu
	b.calls = nil
	run.mu.Lock()
	run.startCalls()
	run.mu.Unlock()
	for {
		waiting := run.next()
		if len(waiting) == 0 {
			return errors.Join(run.errs...)
		}
		run.send(waiting)
	}
}
