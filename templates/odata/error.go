package odata

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"errors"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
)

// Error is what Microsoft Graph says about a request that it refused
// (https://learn.microsoft.com/graph/errors, OData JSON Format 4.01, section
// 21.1). What the service does not say is empty.
type Error struct {
	StatusCode      int
	Code            string // "invalidRequest"
	Message         string
	Target          string // the part of the request that is meant
	Details         []ErrorDetail
	Inner           *InnerError // nil if there is none
	RequestID       string      // of the service, for questions to support
	ClientRequestID string      // of the client
}

// ErrorDetail is one of several reasons.
type ErrorDetail struct {
	Code, Message, Target string
}

// InnerError is more about an error, for debugging. Its dates have no fixed
// form, so they are left as they came.
type InnerError struct {
	Code            string
	Message         string
	Date            string
	RequestID       string
	ClientRequestID string
	Inner           *InnerError               // nil at the innermost
	AdditionalData  map[string]jsontext.Value // what else there is
}

// AsError returns what the service says about a failed request. It reports
// false for an error that is not the answer of a service.
func AsError(err error) (*Error, bool) {
	response, ok := errors.AsType[*azcore.ResponseError](err)
	if !ok {
		return nil, false
	}
	e := &Error{StatusCode: response.StatusCode, Code: response.ErrorCode}
	raw := response.RawResponse
	if raw == nil {
		return e, true
	}
	if body, err := runtime.Payload(raw); err == nil {
		e.decode(members(members(body)["error"]))
	}
	e.RequestID = raw.Header.Get(headerRequestID)
	e.ClientRequestID = raw.Header.Get(headerClientRequestID)
	for inner := e.Inner; inner != nil; inner = inner.Inner {
		e.RequestID = firstOf(e.RequestID, inner.RequestID)
		e.ClientRequestID = firstOf(e.ClientRequestID, inner.ClientRequestID)
	}
	return e, true
}

func (e *Error) decode(object map[string]jsontext.Value) {
	e.Code = firstOf(textOf(object["code"]), e.Code)
	e.Message = textOf(object["message"])
	e.Target = textOf(object["target"])
	var details []jsontext.Value
	if json.Unmarshal(object["details"], &details, lenient) == nil {
		for _, detail := range details {
			d := members(detail)
			e.Details = append(e.Details, ErrorDetail{textOf(d["code"]), textOf(d["message"]), textOf(d["target"])})
		}
	}
	e.Inner = innerError(object)
}

// innerError returns the inner error of an error, whose name is spelled in
// several ways.
func innerError(object map[string]jsontext.Value) *InnerError {
	var inner map[string]jsontext.Value
	for _, name := range []string{"innerError", "innererror"} {
		if inner = members(object[name]); inner != nil {
			break
		}
	}
	if inner == nil {
		return nil
	}
	e := &InnerError{
		Code:            textOf(inner["code"]),
		Message:         textOf(inner["message"]),
		Date:            textOf(inner["date"]),
		RequestID:       textOf(inner["request-id"]),
		ClientRequestID: textOf(inner["client-request-id"]),
		Inner:           innerError(inner),
	}
	for _, name := range []string{"code", "message", "date", "request-id", "client-request-id", "innerError", "innererror"} {
		delete(inner, name)
	}
	if len(inner) > 0 {
		e.AdditionalData = inner
	}
	return e
}

// members returns the members of a JSON object, or nil for anything else.
func members(value jsontext.Value) map[string]jsontext.Value {
	var object map[string]jsontext.Value
	if json.Unmarshal(value, &object, lenient) != nil {
		return nil
	}
	return object
}

// textOf returns the text of a JSON string, "" for null and nothing, and other
// values as they are spelled.
func textOf(value jsontext.Value) string {
	var text string
	if len(value) == 0 || value.Kind() == 'n' {
		return ""
	}
	if json.Unmarshal(value, &text, lenient) != nil {
		return string(value)
	}
	return text
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
