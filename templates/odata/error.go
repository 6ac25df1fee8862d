package odata

import (
	"bytes"
	"cmp"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
)

// Error is what Microsoft Graph says about a request that it refused
// (https://learn.microsoft.com/graph/errors, OData JSON Format 4.01, section
// 21.1). Fields for what the service does not say are empty.
type Error struct {
	StatusCode      int
	Code            string // "invalidRequest"
	Message         string
	Target          string // the part of the request that the error is about
	Details         []ErrorDetail
	Inner           *InnerError // nil if there is none
	RequestID       string      // of the service, for questions to support
	ClientRequestID string      // of the client
}

// ErrorDetail is one of several reasons.
type ErrorDetail struct {
	Code, Message, Target string
}

// InnerError has details of an error for debugging. Its dates have no fixed form,
// so they are left as they were received.
type InnerError struct {
	Code            string
	Message         string
	Date            string
	RequestID       string
	ClientRequestID string
	Inner           *InnerError               // nil at the innermost
	AdditionalData  map[string]jsontext.Value // other members
}

// AsError returns what the service says about a failed request. It reports
// false for an error that is not the answer of a service.
func AsError(err error) (*Error, bool) {
	if failed, ok := errors.AsType[*failure](err); ok {
		return said(failed.response, failed.body), true
	}
	response, ok := errors.AsType[*azcore.ResponseError](err)
	if !ok {
		return nil, false
	}
	var body []byte
	if response.RawResponse != nil {
		body, _ = runtime.Payload(response.RawResponse) // without it, there is the status
	}
	return said(response, body), true
}

// said returns what the service says in a response with the given body.
func said(response *azcore.ResponseError, body []byte) *Error {
	e := &Error{StatusCode: response.StatusCode, Code: response.ErrorCode}
	e.readBody(body)
	raw := response.RawResponse
	if raw == nil {
		return e
	}
	e.RequestID = raw.Header.Get(headerRequestID)
	e.ClientRequestID = raw.Header.Get(headerClientRequestID)
	for inner := e.Inner; inner != nil; inner = inner.Inner {
		e.RequestID = cmp.Or(e.RequestID, inner.RequestID)
		e.ClientRequestID = cmp.Or(e.ClientRequestID, inner.ClientRequestID)
	}
	return e
}

// responseError returns the error of azcore for a response with the given body.
//
// It does not call runtime.NewResponseError, which indents the JSON of the body at
// once: a body of 60 kB that nests deeply becomes a message of 200 MB. The message
// of this one has the beginning of the body as it is.
func responseError(response *http.Response, body []byte) *azcore.ResponseError {
	code := response.Header.Get("X-Ms-Error-Code")
	if code == "" {
		var said Error
		said.readBody(body)
		code = said.Code
	}
	code = clip(code)
	message := fmt.Sprintf("%s %s\nstatus %d, error code %q\n%s", response.Request.Method, place(response.Request.URL), response.StatusCode, code, clip(body))
	e := &azcore.ResponseError{}
	text, err := json.Marshal(map[string]string{"errorMessage": message}, lenient)
	if err == nil {
		_ = e.UnmarshalJSON(text) // nothing else sets the message
	}
	e.ErrorCode, e.StatusCode, e.RawResponse = code, response.StatusCode, response
	return e
}

// readBody reads the body of an answer, of which no more than 1 MB says anything.
// A mistake in the JSON ends the reading; what came before it stays.
func (e *Error) readBody(body []byte) {
	body = body[:min(len(body), 1<<20)]
	_ = e.read(jsontext.NewDecoder(bytes.NewBuffer(bytes.TrimPrefix(body, byteOrderMark)), lenient))
}

// read reads the body of an answer. Graph nests the error in a member called
// error; other services of Microsoft call it odata.error, do not nest it, or
// have a text in its place (RFC 6749, section 5.2).
func (e *Error) read(dec *jsontext.Decoder) error {
	var text, description string
	err := eachMember(dec, func(name string) (err error) {
		switch {
		case name == "error_description":
			description, err = readText(dec)
		case name != "error" && name != "odata.error":
			err = e.readMember(dec, name)
		case dec.PeekKind() == jsontext.KindString:
			text, err = readText(dec)
		default:
			err = eachMember(dec, func(name string) error { return e.readMember(dec, name) })
		}
		return err
	})
	switch {
	case text != "" && description != "":
		e.Code, e.Message = text, description
	case text != "" && e.Message == "":
		e.Message = text
	}
	return err
}

func (e *Error) readMember(dec *jsontext.Decoder, name string) (err error) {
	switch strings.ToLower(name) {
	case "code":
		var code string
		code, err = readText(dec)
		e.Code = cmp.Or(code, e.Code)
	case "message":
		e.Message, err = readText(dec)
	case "target":
		e.Target, err = readText(dec)
	case "details":
		err = e.readDetails(dec)
	case "innererror":
		e.Inner, err = readInner(dec)
	default:
		err = dec.SkipValue()
	}
	return err
}

func (e *Error) readDetails(dec *jsontext.Decoder) error {
	if dec.PeekKind() != jsontext.KindBeginArray {
		return dec.SkipValue()
	}
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	var d ErrorDetail
	readMember := func(name string) (err error) {
		switch strings.ToLower(name) {
		case "code":
			d.Code, err = readText(dec)
		case "message":
			d.Message, err = readText(dec)
		case "target":
			d.Target, err = readText(dec)
		default:
			err = dec.SkipValue()
		}
		return err
	}
	for dec.PeekKind() != jsontext.KindEndArray {
		d = ErrorDetail{}
		if err := eachMember(dec, readMember); err != nil {
			return err
		}
		e.Details = append(e.Details, d)
	}
	_, err := dec.ReadToken()
	return err
}

// readInner reads an inner error. Services nest them to any depth, and each is
// read once.
func readInner(dec *jsontext.Decoder) (*InnerError, error) {
	if dec.PeekKind() != jsontext.KindBeginObject {
		return nil, dec.SkipValue()
	}
	e := &InnerError{}
	err := eachMember(dec, func(name string) (err error) {
		switch strings.ToLower(name) {
		case "code":
			e.Code, err = readText(dec)
		case "message":
			e.Message, err = readText(dec)
		case "date":
			e.Date, err = readText(dec)
		case "request-id":
			e.RequestID, err = readText(dec)
		case "client-request-id":
			e.ClientRequestID, err = readText(dec)
		case "innererror":
			e.Inner, err = readInner(dec)
		default:
			var value jsontext.Value
			if value, err = dec.ReadValue(); err == nil {
				if e.AdditionalData == nil {
					e.AdditionalData = map[string]jsontext.Value{}
				}
				e.AdditionalData[name] = value.Clone()
			}
		}
		return err
	})
	return e, err
}

// eachMember calls read with the name of each member of a JSON object, whose
// value it has to read. It skips any other value.
func eachMember(dec *jsontext.Decoder, read func(name string) error) error {
	if dec.PeekKind() != jsontext.KindBeginObject {
		return dec.SkipValue()
	}
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	for dec.PeekKind() != jsontext.KindEndObject {
		name, err := dec.ReadToken()
		if err != nil {
			return err
		}
		if err := read(name.String()); err != nil {
			return err
		}
	}
	_, err := dec.ReadToken()
	return err
}

// readText reads a text: a JSON string, or the value of an object that names its
// language beside it. Null is "", and any other JSON is returned as it is.
func readText(dec *jsontext.Decoder) (string, error) {
	raw, err := dec.ReadValue()
	if err != nil {
		return "", err
	}
	var text string
	var localized struct {
		Value *string `json:"value"`
	}
	switch {
	case raw.Kind() == jsontext.KindNull:
		return "", nil
	case raw.Kind() == jsontext.KindString && json.Unmarshal(raw, &text, lenient) == nil:
		return text, nil
	case json.Unmarshal(raw, &localized, lenient) == nil && localized.Value != nil:
		return *localized.Value, nil
	}
	return string(raw), nil
}
