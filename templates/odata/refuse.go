package odata

import (
	"fmt"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// refuse returns an error for the reasons not to send a body, or nil if there
// are none.
func (x exchange) refuse(found edm.Findings) error {
	switch {
	case found.ReadOnly != nil:
		kept := func(path string) bool { return slices.Contains(x.method.KeptForCreate, path) }
		return &NotSettableError{x.method.Name, found.ReadOnly, x.creates && !slices.ContainsFunc(found.ReadOnly, kept)}
	case found.Abstract != nil:
		return &AbstractError{x.method.Name, found.Abstract}
	}
	return nil
}

// NotSettableError says that a body would set properties that only the service
// sets. It was not sent.
type NotSettableError struct {
	Method     string   // "ProfileProjects.Create"
	Properties []string // their paths in the JSON: "client/createdBy"
	forCreate  bool     // ForCreate of the body leaves them out
}

// Error returns the message.
func (e *NotSettableError) Error() string {
	are, them := "are", "them"
	if len(e.Properties) == 1 {
		are, them = "is", "it"
	}
	text := fmt.Sprintf("%s: %s %s read-only: leave %s out", e.Method, enumerate(e.Properties), are, them)
	if e.forCreate {
		text += " (see ForCreate)"
	}
	return text
}

// AbstractError says that a body has values of abstract types. It was not sent.
type AbstractError struct {
	Method string // "Attachments.Create"
	Values []AbstractValue
}

// AbstractValue is a value in a body whose type is abstract: Path is "" for the
// body itself.
type AbstractValue = edm.AbstractValue

// Error returns the message.
func (e *AbstractError) Error() string {
	values := make([]string, len(e.Values))
	for i, v := range e.Values {
		values[i] = "the body"
		if v.Path != "" {
			values[i] = v.Path
		}
		values[i] += " is of the abstract type " + v.Type
	}
	return fmt.Sprintf("%s: %s: send a derived type through its As method, or set @odata.type in AdditionalData", e.Method, enumerate(values))
}

// enumerate returns a list as it is written in a sentence.
func enumerate(list []string) string {
	last := len(list) - 1
	if last < 1 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:last], ", ") + " and " + list[last]
}
