package golang

import (
	"bytes"
	"encoding/json/jsontext"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// Exchange is a request of a method with its response, as a reference page shows them.
type Exchange struct {
	Path     model.Path     // of the method, the one that is most like the path of the page
	Keys     []string       // of the items in the path, by the index of their resource, "" for others; or nil
	Query    []queryOption  // in the order in which they are sent
	Header   []string       // lines of the header of the request that the tests look at
	Request  jsontext.Value // or nil
	Response jsontext.Value // or nil
}

// queryOption is a query option of an address, not escaped.
type queryOption struct{ name, value string }

// exchanges are what the tests of a method send and get.
type exchanges struct {
	request, response jsontext.Value // or nil
	more              []*Exchange    // that reference pages show
}

// exchanges returns what the tests of m send and get.
func (r *renderer) exchanges(m *Method) *exchanges {
	if r.tested[m] == nil {
		r.tested[m] = m.exchanges(r.plan.typeFacts)
	}
	return r.tested[m]
}

// exchanges decides the exchanges in the tests of m: beside the first one those of the
// other examples, and of the first example if it has a query.
func (m *Method) exchanges(types edm.Types) *exchanges {
	x := &exchanges{}
	x.request, x.response = m.exampleExchange(types)
	if m.isRef() || m.isStream() || m.Kind == api.Count || m.Kind == api.Delete {
		return x
	}
	_, takesQuery := m.TakesQuery()
	for number := 0; ; number++ {
		head := vocab.ExampleHead(m.Annotations(), m.Key(), "Request", number)
		response := m.example("Response", number)
		if head == nil && response == nil {
			if number == 0 {
				continue // the first one can lack both
			}
			return x
		}
		e := &Exchange{Path: m.Paths[0], Request: m.exampleBody(types, number), Response: x.response}
		if m.Body != nil && e.Request == nil {
			continue
		}
		if response != nil && x.response != nil {
			e.Response = canonical(m.response(response))
		}
		if len(head) > 0 {
			e.Path = m.pathLike(head[0])
			e.Keys = exampleKeys(e.Path, head[0])
			if takesQuery {
				e.Query = exampleQuery(head[0])
				e.Header = exampleHeader(head[1:])
			}
		}
		if number == 0 && e.Keys == nil && e.Query == nil && e.Header == nil || x.has(e) {
			continue
		}
		x.more = append(x.more, e)
	}
}

// has reports whether an exchange is among those of the tests already.
func (x *exchanges) has(e *Exchange) bool {
	same := func(other *Exchange) bool {
		return slices.Equal(e.Keys, other.Keys) && slices.Equal(e.Query, other.Query) && slices.Equal(e.Header, other.Header) && bytes.Equal(e.Request, other.Request) && bytes.Equal(e.Response, other.Response)
	}
	return same(&Exchange{Request: x.request, Response: x.response}) || slices.ContainsFunc(x.more, same)
}

// pathLike returns the path of m that has the most segments of a request line.
func (m *Method) pathLike(line string) model.Path {
	_, address, _ := strings.Cut(line, " ")
	address, _, _ = strings.Cut(address, "?")
	segments := strings.Split(strings.ToLower(address), "/")
	best, most := m.Paths[0], -1
	for _, path := range m.Paths {
		n := 0
		for _, r := range path {
			if slices.Contains(segments, strings.ToLower(r.Name())) {
				n++
			}
		}
		if n > most {
			best, most = path, n
		}
	}
	return best
}

// exampleKeys returns the keys of the items in a path that a request line has, or nil if
// it has none but placeholders, or the path in another spelling.
func exampleKeys(path model.Path, line string) []string {
	_, address, _ := strings.Cut(line, " ")
	address, _, _ = strings.Cut(address, "?")
	segments := strings.Split(strings.Trim(address, "/"), "/")
	if len(segments) < len(path) {
		return nil
	}
	keys, found := make([]string, len(path)), false
	for i, resource := range path {
		segment, err := url.PathUnescape(segments[i])
		switch {
		case err != nil:
			return nil
		case !resource.Item && !strings.EqualFold(segment, resource.Name()):
			return nil
		case resource.Item && isKey(segment):
			keys[i], found = segment, true
		}
	}
	if !found {
		return nil
	}
	return keys
}

// isKey reports whether a segment can be the key of an item, and is not a placeholder.
func isKey(segment string) bool {
	return segment != "" && !strings.ContainsFunc(segment, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.=@!,+:", r)
	}) && segment != "." && segment != ".."
}

// exampleQuery returns the query options of a request line in the order in which a
// query sends them, or nil if there are none or one is not encoded correctly.
func exampleQuery(line string) []queryOption {
	_, query, _ := strings.Cut(line, "?")
	var first, others []queryOption
	for part := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(part, "=")
		name, nameErr := url.QueryUnescape(name)
		value, valueErr := url.QueryUnescape(value)
		switch {
		case nameErr != nil || valueErr != nil:
			return nil
		case name == "" || value == "":
		case name == "$select":
			first = append(first, queryOption{name, value})
		default:
			others = append(others, queryOption{name, value})
		}
	}
	if len(first) > 1 {
		return nil // which a service refuses
	}
	slices.SortStableFunc(others, func(a, b queryOption) int { return strings.Compare(a.name, b.name) })
	return append(first, others...)
}

// exampleHeader returns the lines of a header that say how to answer.
func exampleHeader(lines []string) []string {
	var list []string
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		unprintable := func(r rune) bool { return r < ' ' || r > '~' }
		for _, known := range []string{"ConsistencyLevel", "Prefer"} {
			if strings.EqualFold(name, known) && value != "" && !strings.ContainsFunc(value, unprintable) {
				list = append(list, known+": "+value)
			}
		}
	}
	return list
}

// headerName returns the name in a line of a header.
func headerName(line string) string {
	name, _, _ := strings.Cut(line, ":")
	return name
}

// sentHeader returns the lines of the header of an exchange that the tests look at,
// sorted by name. Lines of the example replace those of m.
func (m *Method) sentHeader(e *Exchange) []string {
	lines := slices.DeleteFunc(m.header(e.Request != nil), func(line string) bool {
		return slices.ContainsFunc(e.Header, func(own string) bool { return headerName(own) == headerName(line) })
	})
	lines = append(lines, e.Header...)
	slices.SortStableFunc(lines, func(a, b string) int { return strings.Compare(headerName(a), headerName(b)) })
	return lines
}

// encoded returns the query of an address as the support package writes it.
func encoded(options []queryOption) string {
	const stays = "-._~$'()*,/:@!="
	escaped := func(text string) string {
		var b strings.Builder
		for _, c := range []byte(text) {
			if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte(stays, c) >= 0 {
				b.WriteByte(c)
			} else {
				fmt.Fprintf(&b, "%%%02X", c)
			}
		}
		return b.String()
	}
	var parts []string
	for _, o := range options {
		parts = append(parts, strings.ReplaceAll(escaped(o.name), "=", "%3D")+"="+escaped(o.value))
	}
	return strings.Join(parts, "&")
}

// exchangeFile returns the golden file of the nth exchange beside the first one.
func (r *renderer) exchangeFile(m *Method, n int) string {
	return r.goldenFile(m) + "." + strconv.Itoa(n+2)
}

// exchangeCases renders the exchanges beside the first one for the test of m, and
// their golden files. It returns nil if there are none.
func (r *renderer) exchangeCases(m *Method) jen.Code {
	var cases []jen.Code
	for i, e := range r.exchanges(m).more {
		file := r.exchangeFile(m, i)
		request := r.goldenRequest(m, e)
		r.write(file+".http", request)
		if e.Response != nil {
			r.write(file+".json", indented(e.Response))
		}
		elements := []jen.Code{jen.Id("golden").Op(":").Lit(file)}
		if m.HasBody() {
			elements = append(elements,
				jen.Id("at").Op(":").Add(r.builderFunc(m, e.Path, e.Keys)),
				jen.Id("body").Op(":").Add(r.pointer(m.Type, e.Request)))
		} else {
			elements = append(elements, jen.Id("call").Op(":").Add(r.pathCall(m, e)))
		}
		cases = append(cases, jen.Values(multiline(elements)...))
	}
	if cases == nil {
		return nil
	}
	kind := jen.Id("exchange")
	if m.HasBody() {
		kind = jen.Id("bodyExchange").Types(pointerTo(r.local(m.Builder.Name)), pointerTo(r.local(m.Type.Name)))
	}
	return jen.Index().Add(kind).Values(multiline(cases)...)
}

// exchangeQuery renders the query of an exchange: the properties by their constants if
// the package has all of them, and the rest as the page has it.
func (r *renderer) exchangeQuery(m *Method, e *Exchange) []jen.Code {
	elements := []jen.Code{jen.Id("Options").Op(":").Id("options")}
	values := map[string][]string{}
	var names []string
	for _, o := range e.Query {
		if o.name == "$select" {
			elements = append(elements, jen.Id("Select").Op(":").Add(r.selection(m, o.value)))
			continue
		}
		if values[o.name] == nil {
			names = append(names, o.name)
		}
		values[o.name] = append(values[o.name], o.value)
	}
	if names != nil {
		var rows []jen.Code
		for _, name := range names {
			rows = append(rows, jen.Lit(name).Op(":").Add(texts(values[name])))
		}
		elements = append(elements, jen.Id("Other").Op(":").Qual("net/url", "Values").Values(multiline(rows)...))
	}
	return elements
}

// selection renders a list of properties of the type of m.
func (r *renderer) selection(m *Method, list string) jen.Code {
	var constants, literals []jen.Code
	for name := range strings.SplitSeq(list, ",") {
		literals = append(literals, jen.Lit(name))
		i := slices.IndexFunc(m.Type.Query.Fields, func(f QueryField) bool { return f.Schema() == name })
		if i >= 0 {
			constants = append(constants, r.local(m.Type.Query.Fields[i].Name))
		}
	}
	if len(constants) == len(literals) {
		return r.odata("Fields").Call(constants...)
	}
	return r.odata("Selection").Types(r.local(m.Type.Name)).Values(literals...)
}
