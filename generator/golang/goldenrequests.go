package golang

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

// goldenRequests returns the golden file with the requests of a method, one for each
// path, in the format of RFC 9112 with "###" between them.
func (r *renderer) goldenRequests(m *Method) []byte {
	var requests [][]byte
	for _, path := range m.Paths {
		requests = append(requests, r.goldenRequest(m, &Exchange{Path: path, Request: r.exchanges(m).request}))
	}
	return bytes.Join(requests, []byte("\n###\n\n"))
}

func (r *renderer) goldenRequest(m *Method, e *Exchange) []byte {
	var b bytes.Buffer
	b.WriteString(m.Verb + " /" + r.plan.Options.APIVersion + r.urlPath(e.Path, e.Keys) + r.suffix(m))
	query := m.sentQuery(e)
	if m.Kind == api.Function {
		call, _ := r.sampleCall(m)
		query = append(call.aliases, query...)
	}
	if len(query) > 0 {
		b.WriteString("?" + encoded(query))
	}
	b.WriteString("\n")
	for _, line := range m.sentHeader(e) {
		b.WriteString(line + "\n")
	}
	if e.Request != nil {
		b.WriteString("\n")
		b.Write(indented(e.Request))
	}
	return b.Bytes()
}

// suffix returns the end of the address of a request.
func (r *renderer) suffix(m *Method) string {
	switch m.Kind {
	case api.RemoveRef:
		if r.plan.service.KeysInParentheses && m.Resource.Collection() {
			return "/$ref?$id=" + sampleAddress
		}
		if m.Resource.Collection() {
			return "/item-id/$ref"
		}
		return m.Suffix
	case api.Action:
		return "/" + url.PathEscape(r.plan.segment(m))
	case api.Function, api.Delta:
		call, _ := r.sampleCall(m)
		return call.address
	case api.Download, api.Upload:
		return "/" + url.PathEscape(strings.TrimPrefix(m.Suffix, "/"))
	}
	return m.Suffix
}

// header returns the lines of the header of a request, which has a body or has none.
func (m *Method) header(body bool) []string {
	list := []string{"Accept: application/json"}
	switch m.Kind {
	case api.Count:
		list = []string{"Accept: text/plain"}
	case api.Download:
		list = []string{"Accept: */*"}
	}
	if m.Kind == api.Count && m.directory() || m.castOfDirectory() {
		list = append(list, "ConsistencyLevel: eventual")
	}
	if body {
		contentType := "application/json"
		if m.Kind == api.Upload {
			contentType = uploadType
		}
		list = append(list, "Content-Type: "+contentType)
	}
	if m.Evolvable {
		list = append(list, "Prefer: include-unknown-enum-members")
	}
	return list
}

// sentQuery returns the query of an exchange with the $count that a type cast needs. It
// follows $select, and precedes what a query has no fields for.
func (m *Method) sentQuery(e *Exchange) []queryOption {
	if !m.castOfDirectory() || slices.ContainsFunc(e.Query, func(o queryOption) bool { return o.name == "$count" }) {
		return e.Query
	}
	at := 0
	if len(e.Query) > 0 && e.Query[0].name == "$select" {
		at = 1
	}
	return slices.Insert(slices.Clone(e.Query), at, queryOption{"$count", "true"})
}

// urlPath returns a path as the requests of the tests have it, with the keys of an
// [Exchange].
func (r *renderer) urlPath(path model.Path, keys []string) string {
	var b strings.Builder
	steps := r.plan.Client.Steps
	for n, resource := range path {
		i := slices.IndexFunc(steps, func(s Step) bool { return s.To.Resource == resource && s.Kind != ToFunction })
		if i < 0 {
			break
		}
		if steps[i].Kind == ToItem {
			b.WriteString(r.keySegment(resource, steps[i], keyAt(keys, n)))
		} else {
			b.WriteString("/" + url.PathEscape(resource.Name()))
		}
		steps = steps[i].To.Steps
	}
	return b.String()
}

// keySegment returns the key of an item as the requests of the tests have it: the key
// of an example, if there is one and it is a text, or else a sample.
func (r *renderer) keySegment(resource model.Resource, s Step, example string) string {
	var parts []string
	for _, key := range s.Keys {
		value := keyValue(resource, s, key, example)
		literal, err := r.addressLiteral(key.Type, value)
		if err != nil {
			return "/?"
		}
		text, isText := value.(string)
		switch {
		case s.Method != "ByID":
		case r.plan.service.KeysInParentheses:
			return "(" + escapedLiteral(literal) + ")"
		case isText:
			return "/" + url.PathEscape(text)
		default:
			return "/" + url.PathEscape(literal)
		}
		parts = append(parts, url.PathEscape(key.Name)+"="+escapedLiteral(literal))
	}
	return "(" + strings.Join(parts, ",") + ")"
}
