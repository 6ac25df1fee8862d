package odata

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// Resource is the address of a resource of a service. It keeps the first mistake
// made in building it, which makes every request fail before it is sent.
type Resource struct {
	client *Client
	path   string // below the endpoint, escaped: "/users/adele"
	whole  string // the address that a service sent, in place of the endpoint
	err    error
}

// Resource returns the address of a resource at the root of the service.
func (c *Client) Resource(name string) Resource { return Resource{client: c}.Segment(name) }

// Segment returns the address of a property of r.
func (r Resource) Segment(name string) Resource {
	r.path += "/" + url.PathEscape(name)
	return r
}

// Key returns the address of the item of the collection r with the given key.
//
// The key is a path segment of its own (OData URL Conventions 4.01, section
// 4.3.6). A key that begins with "$" or is a dot segment would mean something else
// there: it stands in parentheses, as in users('$me')
// (https://learn.microsoft.com/graph/api/user-get).
func (r Resource) Key(key string) Resource {
	switch {
	case key == "" && r.err == nil:
		r.err = errors.New("odata: the key of an item of " + r.path + " is empty")
	case strings.HasPrefix(key, "$"), key == ".", key == "..":
		r.path += "('" + url.PathEscape(strings.ReplaceAll(key, "'", "''")) + "')"
	default:
		r.path += "/" + url.PathEscape(key)
	}
	return r
}

// url returns the address for a request, or the first mistake made in building it.
func (r Resource) url() (string, error) {
	switch {
	case r.err != nil:
		return "", r.err
	case r.client == nil:
		return "", errors.New("odata: the request has no client: begin with NewClient")
	}
	if r.whole != "" {
		if r.path != "" && strings.Contains(r.whole, "?") {
			return "", errors.New("odata: the address of the service has a query: nothing can follow it")
		}
		return r.whole + r.path, nil
	}
	return r.client.endpoint + r.path, nil
}

// Link returns the resource at an address that the service sent, such as a delta
// link. Requests to another scheme or host than the endpoint's fail before they are
// sent, because they would give the token away.
func (c *Client) Link(address string) Resource {
	return Resource{client: c}.link(c.endpoint+"/", address)
}

// link returns the resource at an address, which can be relative to base.
func (r Resource) link(base, address string) Resource {
	from, err := url.Parse(base)
	if err != nil {
		return Resource{client: r.client, err: errors.New("odata: the base of a link is not a URL")}
	}
	to, err := from.Parse(address)
	switch {
	case err != nil:
		err = errors.New("odata: a link of the service is not a URL")
	case to.User != nil || !sameOrigin(from, to):
		err = fmt.Errorf("odata: the link to %s is not followed: its scheme or host is not that of %s", place(to), place(from))
	}
	if err != nil {
		return Resource{client: r.client, err: err}
	}
	to.Fragment, to.RawFragment = "", ""
	return Resource{client: r.client, whole: to.String()}
}
