package docs

import (
	"path"
	"regexp"
	"strconv"
	"strings"
)

var (
	host     = regexp.MustCompile(`^(?i:https?)://[^/?]*`)
	version  = regexp.MustCompile(`^/(?i:beta|v1\.0)(/|$)`)
	protocol = regexp.MustCompile(` +HTTP/[\d.]+$`)
)

// requestLines reads the lines of a code block in "HTTP request".
func (r *reader) requestLines(f fragment) {
	for _, line := range f.lines() {
		if len(line.text) == 0 {
			continue
		}
		offset := line.offset(0)
		if len(r.page.Requests) == maxRequests {
			r.warnf(offset, "the requests from here on are left out: a page may have %d", maxRequests)
			return
		}
		request, ok := requestIn(string(line.text))
		if !ok {
			r.warnf(offset, "%q is left out: it is not a request such as GET /me", shortened(string(line.text)))
			continue
		}
		if !balanced(request.Path) {
			r.warnf(offset, "the braces in %s are not in pairs", shortened(request.Path))
		}
		request.Position = r.position(offset)
		r.page.Requests = append(r.page.Requests, request)
	}
}

// requestIn returns the request in a line such as
// "POST https://host/beta/me/projects?$top=1".
func requestIn(line string) (r Request, ok bool) {
	r.Verb, r.Path, _ = strings.Cut(strings.ReplaceAll(line, "\t", " "), " ")
	r.Verb, r.Path = strings.ToUpper(r.Verb), strings.TrimSpace(r.Path)
	switch r.Verb {
	case "GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS", "MERGE":
	default:
		return Request{}, false
	}
	if r.Path == "" {
		return Request{}, false
	}
	r.Path = protocol.ReplaceAllString(r.Path, "")
	r.Path = r.Path[len(host.FindString(r.Path)):]
	r.Path, r.Query, _ = strings.Cut(r.Path, "?")
	r.Path = strings.TrimSpace(r.Path)
	if version.MatchString(r.Path) {
		_, r.Path, _ = strings.Cut(r.Path[1:], "/")
	}
	if !strings.HasPrefix(r.Path, "/") {
		r.Path = "/" + r.Path
	}
	return r, true
}

// balanced reports whether the braces of a path are in pairs and not nested.
func balanced(path string) bool {
	open := false
	for i := range len(path) {
		switch path[i] {
		case '{', '}':
			if open == (path[i] == '{') {
				return false
			}
			open = !open
		}
	}
	return !open
}

// has reports whether the page lists a request, with any keys in its path, also
// without the $count and the cast at its end.
func (p *Page) has(verb, path string) bool {
	for _, r := range p.Requests {
		if r.Verb == verb && matches(r.Path, path) {
			return true
		}
	}
	i := strings.LastIndexByte(path, '/')
	if last := path[i+1:]; i > 0 && (last == "$count" || strings.HasPrefix(last, "microsoft.graph.")) {
		return p.has(verb, path[:i])
	}
	return false
}

// matches reports whether a path is one of those that a path with placeholders
// describes.
func matches(pattern, path string) bool {
	want, got := segments(pattern), segments(path)
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		if !strings.HasPrefix(want[i], "{") && !strings.EqualFold(want[i], got[i]) {
			return false
		}
	}
	return true
}

// segments splits a path at each / that is neither in braces nor in
// parentheses. A key in parentheses becomes a segment of its own, and the
// arguments of a function are left out.
func segments(path string) []string {
	var list []string
	add := func(segment string) {
		name, inner, ok := strings.Cut(segment, "(")
		if name != "" {
			list = append(list, name)
		}
		if argument, _, _ := strings.Cut(inner, "'"); ok && inner != ")" && !strings.Contains(argument, "=") {
			list = append(list, "{key}")
		}
	}
	start, depth := 0, 0
	for i := range len(path) {
		switch path[i] {
		case '{', '(':
			depth++
		case '}', ')':
			depth--
		case '/':
			if depth <= 0 {
				add(path[start:i])
				start = i + 1
			}
		}
	}
	add(path[start:])
	return list
}

var (
	status       = regexp.MustCompile(`\b[2-5]\d\d\b`)
	objectNamed  = regexp.MustCompile(`\b(?:an?|new|updated|the|requested|of) ([A-Za-z]\w*)(?: objects?| collection| resources?)\b`)
	collectionOf = regexp.MustCompile(`(?i)\b(?:collection|list|array) of\b`)
	pluralAfter  = regexp.MustCompile(`(?i)^ (?:collection|objects|resources|entities)\b`)
)

// responses reads a paragraph of the section Response, such as "returns a `200
// OK` response code and a collection of [x](x.md) objects".
func (r *reader) responses(p prose, offset int) {
	starts := p.statuses()
	for i, start := range starts {
		code, err := strconv.Atoi(p.text[start : start+3])
		if err != nil || len(r.page.Responses) == maxResponses {
			return
		}
		end := len(p.text)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		answer := Response{Status: code, Position: r.position(offset)}
		if s, ok := p.object(start, end); ok {
			answer.Type = p.of(s)
			answer.Collection = collectionOf.MatchString(p.text[start:s.start]) || pluralAfter.MatchString(p.text[s.end:])
			r.checkTypeLink(p, answer.Type)
		}
		r.page.Responses = append(r.page.Responses, answer)
	}
}

// statuses returns the offsets of the statuses in code spans, else that of the
// first number that can be one.
func (p prose) statuses() (starts []int) {
	for _, s := range p.code {
		if i := status.FindStringIndex(p.text[s.start:s.end]); i != nil {
			starts = append(starts, s.start+i[0])
		}
	}
	if starts != nil {
		return starts
	}
	if i := status.FindStringIndex(p.text); i != nil {
		return i[:1]
	}
	return nil
}

// object returns the first part of a range that names the type of an object.
func (p prose) object(from, to int) (span, bool) {
	for _, s := range p.links {
		if s.start >= from && s.start < s.end && s.end <= to && isPage(s.target) {
			return s, true
		}
	}
	for _, match := range objectNamed.FindAllStringSubmatchIndex(p.text[from:to], -1) {
		s := span{start: from + match[2], end: from + match[3]}
		switch strings.ToLower(p.of(s)) {
		case "new", "updated", "requested", "this", "the", "json", "empty", "response":
			continue
		}
		return s, true
	}
	return span{}, false
}

// checkTypeLink warns of a link whose text is a type, and whose target is the
// page of another type.
func (r *reader) checkTypeLink(p prose, typ string) {
	for _, s := range p.links {
		name := strings.TrimSuffix(path.Base(pageOf(s.target)), ".md")
		if p.of(s) == typ && isPage(s.target) && !strings.EqualFold(name, typ) && !strings.EqualFold(name, lastPart(typ)) {
			r.warnf(s.offset, "the type is %s, as the text of the link says; its target is the page of %s", shortened(typ), shortened(name))
		}
	}
}

// isPage reports whether a link leads to a page.
func isPage(target string) bool { return path.Ext(pageOf(target)) == ".md" }

// pageOf returns the target of a link without its query and fragment.
func pageOf(target string) string {
	if i := strings.IndexAny(target, "#?"); i >= 0 {
		return target[:i]
	}
	return target
}
