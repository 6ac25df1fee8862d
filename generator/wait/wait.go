// Package wait waits for operations of the system that may never end, such as opening
// a pipe, so that the user can interrupt them and learns what is awaited.
package wait

import (
	"context"
	"time"
)

// notifyKey is the key of the function in a context.
type notifyKey struct{}

// Notify returns a context for which [For] calls notify with what it waits for, as
// "another run to finish", if that takes more than a moment. Like the traces of
// net/http/httptrace, the function is in the context because only the caller at the
// top has it, and only the functions at the bottom call it.
func Notify(ctx context.Context, notify func(what string)) context.Context {
	return context.WithValue(ctx, notifyKey{}, notify)
}

// moment is the longest wait without a notice.
const moment = time.Second

// For calls f and returns its results, or the error of ctx if that ends first. Then f
// keeps running, and a value that it returns later is passed to discard, which may be
// nil.
func For[T any](ctx context.Context, what string, f func() (T, error), discard func(T)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := f()
		done <- result{value, err}
	}()
	notice := time.After(moment)
	for {
		select {
		case r := <-done:
			return r.value, r.err
		case <-notice:
			if notify, ok := ctx.Value(notifyKey{}).(func(string)); ok {
				notify(what)
			}
		case <-ctx.Done():
			go func() {
				if r := <-done; r.err == nil && discard != nil {
					discard(r.value)
				}
			}()
			var none T
			return none, ctx.Err()
		}
	}
}
