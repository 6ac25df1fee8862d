package docs

import (
	"bytes"
	"encoding/json/jsontext"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// exchanges returns the requests and responses that show the method. The first has the
// first valid request, and its response or the first valid one; the others follow in
// the order of the pages. A request without a body is there for its query or the key in
// its path. It reports the messages that are not valid.
func (d *method) exchanges() (list []Example, problems []source.Diagnostic) {
	var first Example
	of := -1 // the example of the first request
	valid := make([]Example, len(d.examples))
	for i, e := range d.examples {
		if e.fails() {
			continue
		}
		request, response := d.checkExample(e)
		if e.Request != nil && request == "" && (d.sends() && e.Request.JSON != nil || !d.sends() && (e.Request.Query != "" || d.hasKey(e.Request))) {
			valid[i].Request = e.Request
			if first.Request == nil && d.sends() {
				first.Request, of = e.Request, i
			}
		}
		if d.Returns().Name != "" && d.Kind != api.Count && e.Response != nil && e.Response.JSON != nil && response == "" && e.Response.succeeds() {
			valid[i].Response = e.Response
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
	if of >= 0 {
		first.Response = valid[of].Response
	}
	for i, e := range valid {
		if first.Response == nil && e.Response != nil {
			first.Response = e.Response
			if e.Request == nil {
				of = i
			}
		}
	}
	list = []Example{first}
	for i, e := range valid {
		if i != of && (e.Request != nil || e.Response != nil && !d.sends()) {
			list = append(list, e)
		}
	}
	return list, problems
}

// hasKey reports whether the path of a request has the key of an item: a segment that
// is neither a name in a path of the method nor a placeholder.
func (d *method) hasKey(r *ExampleRequest) bool {
	names := map[string]bool{}
	for _, path := range d.Paths {
		for _, resource := range path {
			names[strings.ToLower(resource.Name())] = true
		}
	}
	if d.Operation != nil {
		names[strings.ToLower(d.Operation.Name)] = true
	}
	for segment := range strings.SplitSeq(strings.Trim(r.Path, "/"), "/") {
		if !strings.ContainsAny(segment, "{}()$<>") && !names[strings.ToLower(segment)] {
			return true
		}
	}
	return false
}

// fails reports whether the response says that the request failed: then the body can be
// one that the method refuses. A redirect is not a failure: it leads to content.
func (e *Example) fails() bool { return e.Response != nil && e.Response.Status >= 400 }

// succeeds reports whether the response is one of success, as far as the page says.
func (r *ExampleResponse) succeeds() bool { return r.Status == 0 || r.Status/100 == 2 }

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
	if m := e.Response; m != nil && m.JSON != nil && m.succeeds() {
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
