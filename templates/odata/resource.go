package odata

import (
	"errors"
	"net/url"
	"strings"
)

// Resource is the address of a resource of a service. It keeps the first mistake
// made in building it, which makes every request fail before it is sent.
type Resource struct {
	client *Client
	path   string // below the endpoint, escaped: "/users/adele"
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
	return r.client.endpoint + r.path, nil
}
