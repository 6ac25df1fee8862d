package docs

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
)

var (
	statusLine = regexp.MustCompile(`^HTTP(?:/[\d.]+)? +([1-5]\d\d)\b`)
	headerLine = regexp.MustCompile(`^[A-Za-z][\w-]*[ \t]*:`)
)

// codeBlock reads a code block that starts at an offset.
func (r *reader) codeBlock(f fragment, offset int) {
	c := r.comment
	r.comment = nil
	switch {
	case r.kind == httpRequest && (c == nil || c.blockType == blockIgnored):
		r.requestLines(f)
	case r.kind == httpRequest && c.blockType == blockRequest:
		r.requestLines(f.slice(0, f.afterRequests()))
	case r.kind == examples && (c == nil || c.blockType == blockIgnored):
		c = r.commentFor(c, f, offset)
	}
	if c == nil || c.blockType == blockIgnored {
		return
	}
	if len(r.page.Examples)+len(r.page.Representations) == maxExamples {
		if !r.tooManyExamples {
			r.warnf(offset, "the examples from here on are left out: a page may have %d", maxExamples)
		}
		r.tooManyExamples = true
		return
	}
	m := Message{Type: c.odataType, Collection: c.collection, Truncated: c.truncated, Position: r.position(offset), page: r.text}
	switch c.blockType {
	case blockRequest:
		r.exampleRequest(c, f, offset, m)
	case blockResponse:
		r.exampleResponse(c, f, offset, m)
	case blockResource:
		r.readJSONBody(&m, f.trim())
		r.page.Representations = append(r.page.Representations, &m)
	}
}

// commentFor returns the comment that a code block without a useful one should
// have, or nil if the block is neither a request nor a response.
func (r *reader) commentFor(c *comment, f fragment, offset int) *comment {
	line, _ := f.firstLine()
	kind := ""
	if statusLine.Match(line.text) {
		kind = blockResponse
	} else if _, ok := requestIn(string(line.text)); ok {
		kind = blockRequest
	} else {
		return nil
	}
	if c == nil {
		r.warnf(offset, "the code block is read as a %s, as its first line shows: a comment with its blockType is missing", kind)
		c = &comment{}
	}
	c.blockType = kind
	return c
}

// exampleRequest adds the request of an example.
func (r *reader) exampleRequest(c *comment, f fragment, offset int, m Message) {
	request := &ExampleRequest{Message: m}
	line, next := f.firstLine()
	if r.kind == httpRequest {
		next = f.afterRequests() // the example is the first one
	}
	if parsed, ok := requestIn(string(line.text)); ok {
		request.Verb, request.Path, request.Query = parsed.Verb, parsed.Path, parsed.Query
		r.readMessage(&request.Message, f, next)
	} else {
		r.readHeadless(&request.Message, f, offset, "request", "POST https://graph.microsoft.com/beta/me")
	}
	r.page.Examples = append(r.page.Examples, &Example{Name: c.name, Request: request})
}

// exampleResponse adds the response of an example: to the request with the same
// name, else to the last request. In the section Response, it also is the answer
// that the section describes.
func (r *reader) exampleResponse(c *comment, f fragment, offset int, m Message) {
	message := &ExampleResponse{Message: m}
	line, next := f.firstLine()
	if match := statusLine.FindSubmatch(line.text); match != nil {
		message.Status, _ = strconv.Atoi(string(match[1])) // three digits
		r.readMessage(&message.Message, f, next)
	} else {
		r.readHeadless(&message.Message, f, offset, "response", "HTTP/1.1 200 OK")
	}
	if r.kind == response && message.Status != 0 && len(r.page.Responses) < maxResponses {
		r.page.Responses = append(r.page.Responses, Response{message.Status, m.Type, m.Collection, m.Position})
	}
	e := r.unanswered(c.name)
	if e == nil {
		e = &Example{}
		r.page.Examples = append(r.page.Examples, e)
	}
	e.Name = cmp.Or(e.Name, c.name)
	e.Response = message
}

// unanswered returns the example with a name that has no response yet, else the
// last example if it has none, or nil.
func (r *reader) unanswered(name string) *Example {
	for _, e := range r.page.Examples {
		if name != "" && e.Name == name && e.Response == nil {
			return e
		}
	}
	if n := len(r.page.Examples); n > 0 && r.page.Examples[n-1].Response == nil {
		return r.page.Examples[n-1]
	}
	return nil
}

// readHeadless reads a message whose first line is not as it should be.
func (r *reader) readHeadless(m *Message, f fragment, offset int, kind, first string) {
	line, next := f.firstLine()
	if len(line.text) == 0 {
		r.warnf(offset, "the code block of the %s is empty", kind)
		return
	}
	offset = line.offset(0)
	if startsJSON(line) {
		r.warnf(offset, "the %s lacks its first line, such as %s", kind, first)
		r.readBody(m, f)
		return
	}
	r.warnf(offset, "%q is not the first line of a %s, such as %s", shortened(string(line.text)), kind, first)
	r.readMessage(m, f, next)
}

// readMessage reads the headers of a message, which start at an index of f, and
// its body.
func (r *reader) readMessage(m *Message, f fragment, start int) {
	f = f.slice(start, len(f.text))
	late := startsWithHeaders(f)
	for at, line := range f.lines() {
		switch {
		case len(line.text) == 0 && late && len(m.Headers) == 0: // before the headers
		case len(line.text) == 0:
			r.readBody(m, f.slice(at, len(f.text)))
			return
		case startsJSON(line):
			r.warnf(line.offset(0), "an empty line is missing between headers and body")
			r.readBody(m, f.slice(at, len(f.text)))
			return
		case !headerLine.Match(line.text):
			r.warnf(line.offset(0), "%q is left out: it is not a header, such as Content-Type: application/json", shortened(string(line.text)))
		default:
			name, value, _ := strings.Cut(string(line.text), ":")
			m.Headers = append(m.Headers, Header{oneLine(name), oneLine(value), r.position(line.offset(0))})
		}
	}
}

// startsWithHeaders reports whether the first lines of a text, up to the next
// empty line, are headers. Pages may have an empty line before them.
func startsWithHeaders(f fragment) bool {
	found := false
	for _, line := range f.lines() {
		switch {
		case len(line.text) == 0 && found:
			return true
		case len(line.text) == 0:
		case !headerLine.Match(line.text):
			return false
		default:
			found = true
		}
	}
	return found
}

// readBody reads the body of a message. It is JSON if the headers say so, or if
// they say nothing and it looks like it.
func (r *reader) readBody(m *Message, f fragment) {
	if f = f.trim(); len(f.text) == 0 {
		return
	}
	json := startsJSON(f)
	for _, h := range m.Headers {
		if strings.EqualFold(h.Name, "Content-Type") {
			json = strings.Contains(strings.ToLower(h.Value), "json")
		}
	}
	if json {
		r.readJSONBody(m, f)
	} else {
		m.Text = string(f.text)
	}
}

func (r *reader) readJSONBody(m *Message, f fragment) {
	if len(f.text) == 0 {
		return
	}
	if body, ok := r.readJSON(f, "the body is left out"); ok {
		m.JSON, m.offsets = body.text, body.offsets
	}
}

// startsJSON reports whether a text starts with { or [.
func startsJSON(f fragment) bool {
	return len(f.text) > 0 && (f.text[0] == '{' || f.text[0] == '[')
}
