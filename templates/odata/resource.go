package odata

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Resource is the address of a resource of a service. It keeps the first mistake
// made in building it, which makes every request fail before it is sent.
//
// Builders embed it, so that its methods are theirs. It has only methods that
// callers of builders need: the compiler makes each again for each builder. The
// rest are functions, such as [Segment] and [Key]. It is a pointer, so that a chain
// of builders is small code.
type Resource struct {
	at *address // which never changes; nil for a Resource without a client
}

// address is what a Resource consists of.
type address struct {
	client  *Client
	path    string  // below the endpoint, escaped: "/users/adele"
	aliases []param // query options that the path refers to
	whole   string  // the address that a service sent, in place of the endpoint
	opaque  bool    // whole is complete, even without a query: a link to a page, say
	err     error
}

// Resource returns the address of a resource at the root of the service. The name is
// one segment, of which "/" and "?" are a part: for more, there is
// Root().Path("security/alerts_v2").
func (c *Client) Resource(name string) Resource { return Segment(c.Root(), name) }

// Root returns the root of the service, for functions and actions that are not bound.
func (c *Client) Root() Resource { return Resource{&address{client: c}} }

// Segment returns the address of a property of r. It is not inlined: chains of
// builders, as in tests, would take several times as long to compile.
//
//go:noinline
func Segment(r Resource, name string) Resource {
	if isDots(name) {
		return fail(r, fmt.Errorf("odata: the name %q is a dot segment, which would mean another resource", name))
	}
	return extend(r, "/"+url.PathEscape(name))
}

// open returns a copy of the address of r.
func open(r Resource) address {
	if r.at == nil {
		return address{}
	}
	return *r.at
}

// extend returns the resource whose path has a text, escaped, behind that of r.
func extend(r Resource, text string) Resource {
	a := open(r)
	a.path += text
	return Resource{&a}
}

// Path returns the address that follows that of r as the text says, for resources
// that the metadata does not know: "root:/reports/2024 Q1.xlsx:". It escapes
// what an address cannot have, and leaves "/", ":" and the like as they are. A
// text that begins with ":" follows a resource without a slash. A "?" is a part of a name:
// query options go into the Other of a [Query] or an [ItemQuery], and "?$" is an error.
func (r Resource) Path(text string) Resource {
	if path, query, ok := strings.Cut(text, "?$"); ok {
		return fail(r, fmt.Errorf("odata: the path %q has a query: send $%s as the Other of a Query or an ItemQuery, after Path(%q)", text, query, path))
	}
	if slices.ContainsFunc(strings.Split(text, "/"), isDots) {
		return fail(r, fmt.Errorf("odata: the path %q has a dot segment, which would mean another resource", text))
	}
	a := open(r)
	atRoot := a.path == "" && a.whole == "" // where a ":" would be a part of the host
	if !strings.HasPrefix(text, "/") && (atRoot || !strings.HasPrefix(text, ":")) {
		text = "/" + text
	}
	return extend(r, (&url.URL{Path: text}).EscapedPath())
}

// isDots reports whether a segment of a path means the one above, or none (RFC
// 3986, section 5.2.4).
func isDots(segment string) bool { return segment == "." || segment == ".." }

// fail returns r with a mistake, if it has none yet.
func fail(r Resource, err error) Resource {
	a := open(r)
	a.err = cmp.Or(a.err, err)
	return Resource{&a}
}

// URL returns the whole address of the resource, for references to it such as
// manager@odata.bind, or the first mistake made in building it.
func (r Resource) URL() (string, error) {
	address, err := addressOf(r)
	if query := encodeQuery(open(r).aliases); query != "" {
		address += "?" + query
	}
	return address, err
}

// addressOf returns the address for a request, or the first mistake made in building
// it.
func addressOf(r Resource) (string, error) {
	a := open(r)
	switch {
	case a.err != nil:
		return "", a.err
	case a.client == nil:
		return "", errors.New("odata: the request has no client: begin with NewClient")
	}
	if a.whole != "" {
		if a.path != "" && a.isComplete() {
			return "", errors.New("odata: the address of the service has a query: nothing can follow it")
		}
		return a.whole + a.path, nil
	}
	return a.client.endpoint + a.path, nil
}

// isComplete reports whether the service has decided the query of the address.
func (a address) isComplete() bool { return a.opaque || strings.Contains(a.whole, "?") }

// opaque returns r, whose address a service sent, as an address to use as it is.
func opaque(r Resource) Resource {
	a := open(r)
	a.opaque = true
	return Resource{&a}
}

// Link returns the resource at an address that the service sent, such as a delta
// link or a Location. A builder of a generated package around it has its methods. An
// address without a host can begin at the endpoint, as Microsoft Graph sends it
// (https://learn.microsoft.com/graph/api/team-post). Requests to another scheme or
// host than the endpoint's fail before they are sent, because they would give the
// token away; so do requests to the address "", such as the NextLink of the last page.
//
// An address with a "?" is complete: requests to it ignore their Select, Filter and other
// query options, and no path can follow it.
func (c *Client) Link(address string) Resource {
	switch {
	case c == nil:
		return Resource{}
	case address == "":
		return fail(c.Root(), errors.New("odata: the link is empty: the last page has no NextLink, a delta has its Link only "+
			"after the last change, and not every response has a Location: look for \"\" before the request"))
	}
	// In an address without a host, the path can be that below the endpoint.
	if to, err := parseLink(c.origin, address); err == nil && strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//") &&
		!strings.HasPrefix(to.EscapedPath(), c.origin.EscapedPath()+"/") {
		address = c.endpoint + address
	}
	return linked(c, address)
}

// linked returns the resource at a link, which can be relative to the endpoint.
func linked(c *Client, link string) Resource {
	to, err := parseLink(c.origin.JoinPath("/"), link)
	switch {
	case err != nil:
		err = errors.New("odata: a link of the service is not a URL")
	case to.User != nil || !sameOrigin(c.origin, to):
		err = fmt.Errorf("odata: the link to %s is not followed: its scheme or host is not that of %s", place(to), place(c.origin))
	}
	if err != nil {
		return fail(c.Root(), err)
	}
	to.Fragment, to.RawFragment = "", ""
	return Resource{&address{client: c, whole: to.String()}}
}
