package docs

import "strings"

// check warns of what a page of its kind lacks, and of parts that contradict
// each other.
func (r *reader) check(front frontMatter) {
	page := r.page
	if !r.hasTitle {
		r.warnAt(page.Position, "the page has no title; add a line such as # Create thing")
	} else if front.title != "" && titleKey(front.title) != titleKey(page.Title) {
		r.warnAt(page.Position, "the title is %q, as the heading says; the front matter says %q", shortened(page.Title), shortened(front.title))
	}
	if page.Namespace == "" {
		r.warnAt(page.Position, "the page has no namespace; add a line such as Namespace: microsoft.graph")
	}
	switch page.Kind {
	case Method:
		r.checkMethod()
	case Resource:
		if !r.hasTable {
			r.warnAt(page.Position, "the page has no table of properties")
		}
		r.checkBase()
	}
}

func (r *reader) checkMethod() {
	page := r.page
	if len(page.Requests) == 0 {
		r.warnAt(page.Position, "the page has no request in a section HTTP request")
	}
	switch {
	case len(page.Responses) > 0:
	case r.hasResponse:
		r.warnAt(page.Position, "the section Response names no status, such as 201 Created")
	default:
		r.warnAt(page.Position, "the page has no section Response")
	}
	if len(page.Examples) == 0 {
		r.warnAt(page.Position, "the page has no examples")
	}
	r.checkRequests()
	for _, e := range page.Examples {
		r.checkResponseType(e.Response)
	}
}

// checkResponseType compares the type of the response in an example with the
// type that the page names for its status.
func (r *reader) checkResponseType(example *ExampleResponse) {
	if example == nil {
		return
	}
	namespace, name := cutLast(example.Type)
	if namespace != r.page.Namespace {
		return
	}
	other := ""
	for _, answer := range r.page.Responses {
		switch {
		case answer.Status != example.Status || answer.Type == "":
		case strings.EqualFold(name, lastPart(answer.Type)):
			return
		case other == "":
			other = answer.Type
		}
	}
	if other != "" {
		r.warnAt(example.Position, "the response is of type %s; the section Response says %s", shortened(name), shortened(other))
	}
}

// checkBase compares the base type in the text of the page with that in the
// comment of its JSON representation.
func (r *reader) checkBase() {
	base := r.base
	if namespace, name := cutLast(base); namespace == r.page.Namespace {
		base = name
	}
	switch {
	case base == "" || base == r.page.Base:
	case r.page.Base == "":
		r.page.Base = base
	case !strings.EqualFold(lastPart(base), lastPart(r.page.Base)):
		r.warnf(r.baseAt, "the base type is %s, as the text says; this comment says %s", shortened(r.page.Base), shortened(base))
	}
}

// cutLast splits a qualified name before its last part.
func cutLast(name string) (namespace, last string) {
	i := strings.LastIndexByte(name, '.')
	return name[:max(i, 0)], name[i+1:]
}

func lastPart(name string) string {
	_, last := cutLast(name)
	return last
}

// titleKey returns a title in the form in which titles are compared.
func titleKey(title string) string {
	s := strings.ToLower(strings.Join(strings.Fields(title), " "))
	return strings.TrimSuffix(s, " resource type")
}
