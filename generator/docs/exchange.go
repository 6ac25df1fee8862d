package docs

import (
	"bytes"
	"encoding/json/jsontext"
	"fmt"
	"net/http"
	"strconv"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// example returns the request and the response that show the method: of the first
// example whose request is valid, and its response or the first valid one. It reports
// those that are not valid.
func (d *method) example() (exchange Example, problems []source.Diagnostic) {
	var of *Example // the example of the request
	for _, e := range d.examples {
		request, response := d.checkExample(e)
		if e.Request != nil && e.Request.JSON != nil && request == "" && exchange.Request == nil && d.sends() {
			exchange.Request, of = e.Request, e
		}
		for _, invalid := range []struct {
			reason, what string
			at           func() source.Position
		}{
			{request, "request", func() source.Position { return e.Request.Position }},
			{response, "response", func() source.Position { return e.Response.Position }},
		} {
			if invalid.reason != "" {
				problems = append(problems, source.Diagnostic{
					Position: invalid.at(), Severity: source.Warning,
					Message: fmt.Sprintf("the %s is not used in tests: %s", invalid.what, invalid.reason),
				})
			}
		}
	}
	for _, e := range d.examples {
		_, reason := d.checkExample(e)
		isResult := d.Returns().Name != "" && d.Kind != api.Count && e.Response != nil && e.Response.JSON != nil && reason == "" && (e.Response.Status == 0 || e.Response.Status/100 == 2)
		if isResult && (e == of || exchange.Response == nil) {
			exchange.Response = e.Response
		}
	}
	return exchange, problems
}

// checkExample returns why the bodies of an example are not what the method sends and
// receives, or "".
func (d *method) checkExample(e *Example) (request, response string) {
	if e.Request != nil && e.Request.JSON != nil && d.sends() {
		switch {
		case e.Request.JSON.Kind() != '{':
			request = "its body is not a JSON object"
		case !e.Request.JSON.IsValid():
			request = "an object in it has a name twice"
		}
	}
	if m := e.Response; m != nil && m.JSON != nil && (m.Status == 0 || m.Status/100 == 2) {
		response = shape(m.JSON, d.Method)
	}
	return request, response
}

// sends reports whether the method has a body of JSON that examples can show.
func (d *method) sends() bool {
	return d.HasBody() || d.Kind == api.Action && len(d.Operation.Own()) > 0
}

// shape returns why the JSON of a response is not the result of a method, or "".
func shape(body jsontext.Value, m *api.Method) string {
	result := m.Returns()
	_, structured := result.Type.(*model.StructuredType)
	if !jsontext.Value(body).IsValid() {
		return "an object in it has a name twice"
	}
	if result.Name == "" || m.Kind == api.Count {
		return "" // nothing reads it
	}
	if body.Kind() != '{' {
		return "its body is not a JSON object"
	}
	if !result.Collection && structured {
		for member, value := range members(body) {
			if member.name == "value" && value.Kind() == '[' && !hasProperty(result, "value") {
				return "it is a page of a collection, where the method returns a single " + result.Name
			}
		}
		return ""
	}
	for member, value := range members(body) {
		switch {
		case member.name != "value":
		case !result.Collection:
			return ""
		case value.Kind() != '[':
			return "its value is not an array"
		case structured && !allObjects(value):
			return "an item of its value is not an object"
		default:
			return ""
		}
	}
	return "it has no member value with the result"
}

func hasProperty(ref model.TypeRef, name string) bool {
	t, ok := ref.Type.(*model.StructuredType)
	return ok && t.Property(name) != nil
}

// allObjects reports whether all items of a JSON array are objects.
func allObjects(array jsontext.Value) bool {
	d := jsontext.NewDecoder(bytes.NewReader(array))
	d.ReadToken()
	for d.PeekKind() != ']' {
		value, err := d.ReadValue()
		if err != nil || value.Kind() != '{' {
			return false
		}
	}
	return true
}

// head returns the lines of a request before its body.
func (r *ExampleRequest) head() []string {
	line := r.Verb + " " + r.Path
	if r.Query != "" {
		line += "?" + r.Query
	}
	return append([]string{line}, r.headers()...)
}

// head returns the lines of a response before its body.
func (r *ExampleResponse) head() []string {
	var lines []string
	if r.Status != 0 {
		lines = []string{strconv.Itoa(r.Status) + " " + http.StatusText(r.Status)}
	}
	return append(lines, r.headers()...)
}

// headers returns the headers that have a meaning for the method: not how its body is
// encoded.
func (m *Message) headers() []string {
	var lines []string
	for _, h := range m.Headers {
		switch http.CanonicalHeaderKey(h.Name) {
		case "Content-Type", "Content-Length", "Authorization", "Accept":
		default:
			lines = append(lines, h.Name+": "+h.Value)
		}
	}
	return lines
}
