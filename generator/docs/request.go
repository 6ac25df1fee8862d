package docs

import "strings"

var (
	verbs = map[string]bool{
		"GET": true, "POST": true, "PATCH": true, "PUT": true, "DELETE": true, "HEAD": true, "OPTIONS": true, "MERGE": true,
	}
	host     = lazy(`^(?i:https?)://[^/?]*`)
	version  = lazy(`^/(?i:beta|v1\.0)(/|$)`)
	protocol = lazy(` +HTTP/[\d.]+$`)
)

// maxRequests is far beyond what a page has.
const maxRequests = 1000

// requestLines reads the lines of a code block below "HTTP request".
func (r *reader) requestLines(f fragment) {
	for _, line := range f.lines() {
		if len(line.text) == 0 {
			continue
		}
		at := r.position(line.offset(0))
		if len(r.page.Requests) == maxRequests {
			r.ds.Warnf(at, "the page has too many requests: those from here on are left out")
			return
		}
		verb, path, ok := requestLine(string(line.text))
		if !ok {
			r.ds.Warnf(at, "%q is no request, and left out", short(string(line.text)))
			continue
		}
		if !balanced(path) {
			r.ds.Warnf(at, "the braces in %s are not in pairs", short(path))
		}
		r.page.Requests = append(r.page.Requests, Request{Verb: verb, Path: path, Position: at})
	}
}

// requestLine splits a line such as "POST https://host/beta/me/projects?$top=1",
// and cuts off what does not belong to the path.
func requestLine(line string) (verb, path string, ok bool) {
	verb, path, _ = strings.Cut(strings.ReplaceAll(line, "\t", " "), " ")
	verb, path = strings.ToUpper(verb), strings.TrimSpace(path)
	if !verbs[verb] || path == "" {
		return "", "", false
	}
	path = protocol().ReplaceAllString(path, "")
	path = path[len(host().FindString(path)):]
	if i := strings.IndexByte(path, '?'); i >= 0 {
		path = strings.TrimSpace(path[:i])
	}
	if version().MatchString(path) {
		path = path[1:]
		path = path[max(strings.IndexByte(path, '/'), 0):]
		if !strings.HasPrefix(path, "/") {
			path = ""
		}
	}
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return verb, path, true
}

// balanced reports whether each { of a path has its }, and none is inside
// another.
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

// matches reports whether a path is what another with placeholders for keys
// stands for.
func matches(pattern, path string) bool {
	want, got := segments(pattern), segments(path)
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		if !isPlaceholder(want[i]) && !strings.EqualFold(want[i], got[i]) {
			return false
		}
	}
	return true
}

// segments splits a path at each / that is not in braces.
func segments(path string) []string {
	var list []string
	start, open := 0, false
	for i := range len(path) {
		switch path[i] {
		case '{':
			open = true
		case '}':
			open = false
		case '/':
			if !open {
				list = append(list, path[start:i])
				start = i + 1
			}
		}
	}
	if start < len(path) {
		list = append(list, path[start:])
	}
	return list
}

func isPlaceholder(segment string) bool {
	return strings.HasPrefix(segment, "{") && strings.HasSuffix(segment, "}")
}
