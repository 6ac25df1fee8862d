package fake

import (
	"cmp"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"strconv"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// Call is a request that an override answers.
type Call struct {
	*http.Request            // its body has been read
	Body          []byte     // the body
	Query         url.Values // of the address
	Keys          []string   // the keys of the items along the path, the outermost first

	// The override can set the status and the header of the response.
	Status int // the usual one if it is 0
	Reply  http.Header
}

// ErrDefault is what an override returns for the answer that the service gives
// without the override.
var ErrDefault = errors.New("fake: the answer of the service")

// Content is the content of a stream.
type Content struct {
	Type string // the media type
	Data []byte
}

// override answers the request with the override of its method. ok is false if the
// service answers it.
func (c *call) override(m *Method) (_ answer, ok bool) {
	if m == nil {
		return answer{}, false
	}
	var f reflect.Value
	if v := reflect.ValueOf(c.service.overrides); v.Kind() == reflect.Pointer && !v.IsNil() {
		f = v.Elem().FieldByName(m.Field)
		if old := v.Elem().FieldByName(m.OldField); old.IsValid() && !old.IsNil() && (!f.IsValid() || f.IsNil()) {
			f = old
		}
	}
	if !f.IsValid() || f.IsNil() {
		if m.Kind == "Action" || m.Kind == "Function" {
			return failed(http.StatusNotImplemented, "set the field %s of the fake service to answer %s %s", m.Field, c.request.Method, c.request.URL.Path), true
		}
		return answer{}, false
	}
	called := &Call{c.request, c.body, c.query, c.keys, 0, http.Header{}}
	in := []reflect.Value{reflect.ValueOf(called)}
	for i := 1; i < f.Type().NumIn(); i++ {
		v, err := c.argument(m, i-1, f.Type().In(i))
		if err != nil {
			return failed(http.StatusBadRequest, "%v", err), true
		}
		in = append(in, v)
	}
	out := f.Call(in)
	if err, _ := out[len(out)-1].Interface().(error); errors.Is(err, ErrDefault) {
		return answer{}, false
	} else if err != nil {
		return answerTo(err), true
	}
	a := answer{status: http.StatusNoContent, header: http.Header{}}
	if len(out) > 1 {
		a = c.result(m, out[0])
	}
	a.status = cmp.Or(called.Status, a.status)
	maps.Copy(a.header, called.Reply)
	return a, true
}

// argument returns an argument of an override after the call.
func (c *call) argument(m *Method, i int, t reflect.Type) (reflect.Value, error) {
	switch m.Kind {
	case "Upload":
		return reflect.ValueOf(&Content{c.request.Header.Get("Content-Type"), c.body}), nil
	case "AddRef", "SetRef", "RemoveRef":
		address, err := c.reference()
		return reflect.ValueOf(address), err
	case "Function":
		v := reflect.New(t)
		return v.Elem(), decodeLiteral(c.arguments[m.Parameters[i]], v.Interface())
	}
	v := reflect.New(t.Elem())
	if len(c.body) == 0 {
		return v, nil
	}
	return v, json.Unmarshal(c.body, v.Interface())
}

// decodeLiteral decodes a literal of an address, which is that of a string or can be
// JSON.
func decodeLiteral(literal string, into any) error {
	if json.Unmarshal([]byte(literal), into, edm.Numbers()) == nil {
		return nil
	}
	if err := json.Unmarshal(quoted(unquote(literal)), into, edm.Numbers()); err != nil {
		return fmt.Errorf("the argument %s: %w", literal, err)
	}
	return nil
}

// result returns the response with the result of an override.
func (c *call) result(m *Method, v reflect.Value) answer {
	var body any = v.Interface()
	status := http.StatusOK
	switch content, isContent := body.(*Content); {
	case isContent && content == nil:
		return failed(http.StatusNotFound, "the override has no content")
	case isContent:
		return answer{status, http.Header{"Content-Type": {content.Type}}, content.Data}
	case m.Kind == "Count":
		return answer{status, http.Header{"Content-Type": {"text/plain"}}, strconv.AppendInt(nil, v.Int(), 10)}
	case m.Kind == "ListRefs" && v.Kind() == reflect.String:
		body = map[string]string{"@odata.id": v.String()}
	case m.Kind == "ListRefs":
		refs := []map[string]string{}
		for i := range v.Len() {
			refs = append(refs, map[string]string{"@odata.id": v.Index(i).String()})
		}
		body = map[string]any{"value": refs}
	case m.Kind == "Delta":
		c.service.mu.Lock()
		token := strconv.Itoa(c.service.store.write)
		c.service.mu.Unlock()
		body = map[string]any{"value": body, "@odata.deltaLink": c.link("$deltatoken", token)}
	case v.Kind() == reflect.Pointer && v.IsNil():
		return answer{status: http.StatusNoContent, header: http.Header{}}
	case v.Kind() != reflect.Pointer:
		body = map[string]any{"value": body}
	case m.Kind == "Create":
		status = http.StatusCreated
	}
	return jsonAnswer(status, body)
}

// jsonAnswer returns a response with JSON.
func jsonAnswer(status int, body any) answer {
	data, err := json.Marshal(body, edm.Numbers(), json.Deterministic(true), jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))
	if err != nil {
		return failed(http.StatusInternalServerError, "the answer has no JSON: %v", err)
	}
	return answer{status, http.Header{"Content-Type": {"application/json"}}, data}
}

// duration is the length of an Edm.Duration.
func duration(text string) (int64, bool) {
	d, err := edm.Duration(text).TimeDuration()
	return int64(d), err == nil
}
