package docs

import (
	"regexp"
	"slices"
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

// afterRequests returns the index in f after the first line and the requests below
// it. Headers and a body can follow.
func (f fragment) afterRequests() int {
	_, next := f.firstLine()
	for start, line := range f.slice(next, len(f.text)).lines() {
		if _, ok := requestIn(string(line.text)); !ok && len(line.text) > 0 {
			return next + start
		}
	}
	return len(f.text)
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
	if r.Path == "" || len(r.Path) > maxPath {
		return Request{}, false
	}
	r.Path = protocol.ReplaceAllString(r.Path, "")
	r.Path = r.Path[len(host.FindString(r.Path)):]
	r.Path, r.Query, _ = strings.Cut(r.Path, "?")
	r.Path, r.Query = strings.TrimSpace(r.Path), strings.TrimSpace(r.Query)
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

// checkRequests warns of examples whose request the page does not list, with any
// keys in its path, also without the $count and the cast at its end.
func (r *reader) checkRequests() {
	var listed []requestPattern
	for _, q := range r.page.Requests {
		listed = append(listed, requestPattern{q.Verb, segments(q.Path)})
	}
	for _, e := range r.page.Examples {
		q := e.Request
		if q == nil || q.Verb == "" || len(listed) == 0 {
			continue
		}
		path := segments(q.Path)
		shorter := slices.Clone(path)
		if n := len(shorter); n > 1 && shorter[n-1] == "$count" {
			shorter = shorter[:n-1]
		}
		if n := len(shorter); n > 1 && strings.HasPrefix(shorter[n-1], "microsoft.graph.") {
			shorter = shorter[:n-1]
		}
		if !slices.ContainsFunc(listed, func(p requestPattern) bool {
			return p.verb == q.Verb && (matches(p.path, path) || matches(p.path, shorter))
		}) {
			r.warnAt(q.Position, "the page does not list the request %s %s", q.Verb, shortened(q.Path))
		}
	}
}

// requestPattern is a request that a page lists, with placeholders in its path.
type requestPattern struct {
	verb string
	path []string
}

// matches reports whether a path is one of those that a path with placeholders
// describes.
func matches(pattern, path []string) bool {
	if len(pattern) != len(path) {
		return false
	}
	for i := range pattern {
		if !strings.HasPrefix(pattern[i], "{") && !strings.EqualFold(pattern[i], path[i]) {
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
