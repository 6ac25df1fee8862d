package docs

import (
	"strings"
	"unicode/utf8"
)

// check reports what a page of its kind should have and has not, and what in
// it does not go together.
func (r *reader) check(front frontMatter) {
	page := r.page
	at := page.Position
	if !r.hasTitle {
		r.ds.Warnf(at, "the page has no title: a line such as # Create thing")
	} else if front.title != "" && subject(front.title) != subject(page.Title) {
		r.ds.Warnf(at, "the heading is %q, and the title in the front matter %q: the heading counts", short(page.Title), short(front.title))
	}
	if page.Namespace == "" {
		r.ds.Warnf(at, "the page has no line such as Namespace: microsoft.graph")
	}
	switch page.Kind {
	case API:
		r.checkOperation()
	case Resource:
		if !r.hasTable {
			r.ds.Warnf(at, "the page has no table of properties")
		}
		r.checkBase()
	}
}

func (r *reader) checkOperation() {
	page := r.page
	if len(page.Requests) == 0 {
		r.ds.Warnf(page.Position, "the page has no request below HTTP request")
	}
	switch {
	case page.Response != nil:
	case r.hasPromise:
		r.ds.Warnf(page.Position, "what is below Response tells no status")
	default:
		r.ds.Warnf(page.Position, "the page has no section Response")
	}
	if !r.hasExample {
		r.ds.Warnf(page.Position, "the page has no examples")
	}
	for _, e := range page.Examples {
		if e.Verb != "" && len(page.Requests) > 0 && !page.has(e.Verb, e.Path) {
			r.ds.Warnf(e.Position, "%s %s is not among the requests of the page", e.Verb, short(e.Path))
		}
		if promised := page.Response; promised != nil && promised.Type != "" && promised.Status == e.Status {
			namespace, name := cutLast(e.Type)
			if namespace == page.Namespace && !strings.EqualFold(name, lastPart(promised.Type)) {
				r.ds.Warnf(e.Position, "the response is of type %s, and the page promises %s", short(name), short(promised.Type))
			}
		}
	}
}

// has reports whether a request is among those of the page.
func (p *Page) has(verb, path string) bool {
	for _, request := range p.Requests {
		if request.Verb == verb && matches(request.Path, path) {
			return true
		}
	}
	return false
}

// checkBase compares what the page and the comment of its resource say.
func (r *reader) checkBase() {
	base := r.resource
	if namespace, name := cutLast(base); namespace == r.page.Namespace {
		base = name
	}
	switch {
	case base == "" || base == r.page.Base:
	case r.page.Base == "":
		r.page.Base = base
	case !strings.EqualFold(lastPart(base), lastPart(r.page.Base)):
		r.ds.Warnf(r.position(r.baseOffset), "the base type is %s here, and %s in the text: the text counts", short(base), short(r.page.Base))
	}
}

func cutLast(name string) (namespace, last string) {
	i := strings.LastIndexByte(name, '.')
	return name[:max(i, 0)], name[i+1:]
}

func lastPart(name string) string {
	_, last := cutLast(name)
	return last
}

// subject returns what a title is about, for comparison.
func subject(title string) string {
	s := strings.ToLower(strings.Join(strings.Fields(title), " "))
	return strings.TrimSuffix(s, " resource type")
}

// short returns a text for a message: not more than one that a page means.
func short(s string) string {
	const maxShown = 100
	if len(s) <= maxShown {
		return s
	}
	s = s[:maxShown]
	for !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return s + "…"
}
