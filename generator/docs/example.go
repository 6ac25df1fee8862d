package docs

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

var statusLine = lazy(`^HTTP/[\d.]+ +([1-5]\d\d)\b`)

// maxExamples is far beyond what a page has.
const maxExamples = 1000

// BodyAt returns the position in the page of a byte of Body.
func (e *Example) BodyAt(offset int64) source.Position {
	if e.page == nil || len(e.offsets) == 0 {
		return e.Position
	}
	last := int64(len(e.offsets)) - 1
	return e.page.position(e.offsets[min(max(offset, 0), last)])
}

// codeBlock reads a code block that starts at an offset.
func (r *reader) codeBlock(f fragment, offset int) {
	c := r.comment
	r.comment = nil
	switch {
	case r.section.kind == httpRequest && (c == nil || c.blockType == blockIgnored):
		r.requestLines(f)
	case r.section.kind == httpRequest && c.blockType == blockRequest:
		line, _ := head(f)
		r.requestLines(line)
	case c == nil && r.section.kind == examples:
		c = r.uncommented(f, offset)
	}
	if c != nil && c.blockType != blockIgnored {
		r.example(c, f, offset)
	}
}

// uncommented returns the comment that a code block should have, nil if it is
// neither a request nor a response.
func (r *reader) uncommented(f fragment, offset int) *comment {
	line, _ := head(f)
	kind := ""
	if statusLine().Match(line.text) {
		kind = blockResponse
	} else if _, _, ok := requestLine(string(line.text)); ok {
		kind = blockRequest
	} else {
		return nil
	}
	r.ds.Warnf(r.position(offset), "the code block has no comment with its blockType, and is taken for a %s", kind)
	return &comment{blockType: kind}
}

// head returns the first line that is not empty, and where the next one starts.
func head(f fragment) (line fragment, next int) {
	for start, l := range f.lines() {
		if len(line.text) > 0 {
			return line, start
		}
		line = l
	}
	return line, len(f.text)
}

// example reads a code block as what its comment says it is.
func (r *reader) example(c *comment, f fragment, offset int) {
	if len(r.page.Examples) == maxExamples {
		if !r.tooMany {
			r.ds.Warnf(r.position(offset), "the page has too many examples: those from here on are left out")
		}
		r.tooMany = true
		return
	}
	e := &Example{
		BlockType:  c.blockType,
		Name:       c.name,
		Type:       c.odataType,
		Collection: c.collection,
		Truncated:  c.truncated,
		Position:   r.position(offset),
		page:       r.text,
	}
	r.page.Examples = append(r.page.Examples, e)
	switch e.BlockType {
	case blockRequest:
		r.hasExample = true
		r.request = e.Name
		line, next := head(f)
		if verb, path, ok := requestLine(string(line.text)); ok {
			e.Verb, e.Path = verb, path
			f = r.body(f, next)
		} else {
			f = r.headless(f, line, offset, "request")
		}
	case blockResponse:
		r.hasExample = true
		e.Name = cmp.Or(r.request, e.Name)
		line, next := head(f)
		if match := statusLine().FindSubmatch(line.text); match != nil {
			e.Status, _ = strconv.Atoi(string(match[1])) // three digits
			f = r.body(f, next)
		} else {
			f = r.headless(f, line, offset, "response")
		}
	}
	if f = f.trim(); len(f.text) == 0 {
		return
	}
	if body, ok := r.json(f, "the example has no body"); ok {
		e.Body, e.offsets = body.text, body.offsets
	}
}

// headless returns the body of a code block whose first line is not what it
// should be.
func (r *reader) headless(f, line fragment, offset int, kind string) fragment {
	at := r.position(offset)
	if len(line.text) > 0 {
		at = r.position(line.offset(0))
	}
	switch {
	case len(line.text) == 0:
		r.ds.Warnf(at, "the code block of the %s is empty", kind)
	case isJSONStart(line):
		r.ds.Warnf(at, "the %s has no first line such as %s", kind, firstLines[kind])
		return f
	default:
		r.ds.Warnf(at, "%q is no first line of a %s such as %s", short(string(line.text)), kind, firstLines[kind])
		_, next := head(f)
		return r.body(f, next)
	}
	return fragment{}
}

var firstLines = map[string]string{
	blockRequest:  "POST https://graph.microsoft.com/beta/me",
	blockResponse: "HTTP/1.1 200 OK",
}

// body returns what comes after the headers, which start at next. If they say
// that it is no JSON it is nothing.
func (r *reader) body(f fragment, next int) fragment {
	rest := f.slice(next, len(f.text))
	json, found := true, false
	for start, line := range rest.lines() {
		if isJSONStart(line) {
			r.ds.Warnf(r.position(line.offset(0)), "an empty line is missing between headers and body")
		}
		if len(line.text) == 0 || isJSONStart(line) {
			rest = rest.slice(start, len(rest.text))
			found = true
			break
		}
		name, value, _ := strings.Cut(strings.ToLower(string(line.text)), ":")
		if strings.TrimSpace(name) == "content-type" {
			json = strings.Contains(value, "json")
		}
	}
	if !found || !json {
		return fragment{}
	}
	return rest
}

func isJSONStart(line fragment) bool {
	return len(line.text) > 0 && (line.text[0] == '{' || line.text[0] == '[')
}
