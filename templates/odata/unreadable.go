package odata

import (
	"fmt"
	"net/url"
)

// CreatedError says that the service created an item, but that its response
// cannot be read. Do not create the item again: look for it.
type CreatedError struct {
	Method   string // "ProfileProjects.Create"
	Status   int    // the status code: 201
	Location string // the address of the item, or "" if the service gives none
	Err      error  // why the response cannot be read
}

// Error returns the message.
func (e *CreatedError) Error() string {
	at := ""
	if u, err := url.Parse(e.Location); err == nil && e.Location != "" {
		at = " at " + place(u)
	}
	return fmt.Sprintf("%s: the item was created%s (status %d), but the response cannot be read: %v", e.Method, at, e.Status, e.Err)
}

// Unwrap returns why the response cannot be read.
func (e *CreatedError) Unwrap() error { return e.Err }

// ProcessedError says that the service did what a request asked for, but that its
// response cannot be read. Do not send the request again: look at the item.
type ProcessedError struct {
	Method string // "Message.Update"
	Status int    // the status code: 200
	Err    error  // why the response cannot be read
}

// Error returns the message.
func (e *ProcessedError) Error() string {
	return fmt.Sprintf("%s: the request was processed (status %d), but the response cannot be read: %v", e.Method, e.Status, e.Err)
}

// Unwrap returns why the response cannot be read.
func (e *ProcessedError) Unwrap() error { return e.Err }

// unreadable returns the error for a success whose response cannot be read.
func (x exchange) unreadable(a *answer, err error) error {
	status := a.response.StatusCode
	switch {
	case x.creates:
		return &CreatedError{x.method.Name, status, a.response.Header.Get("Location"), err}
	case isRead(x.verb):
		return fmt.Errorf("%s: status %d: the response cannot be read: %w", x.method.Name, status, err)
	}
	return &ProcessedError{x.method.Name, status, err}
}
