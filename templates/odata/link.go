package odata

import (
	"cmp"
	"encoding/json/jsontext"
	"fmt"
	"net/url"
	"strings"
)

// linker is a response with links to other pages.
type linker interface {
	// resolveLinks makes the links whole, so that they can be stored. The base is the
	// address of the response.
	resolveLinks(base *url.URL)
}

// base returns the address that answered, after redirects, for relative links.
func (a *answer) base() *url.URL {
	if a.response.Request != nil && sameOrigin(a.response.Request.URL, a.sent) {
		return a.response.Request.URL
	}
	return a.sent // the transport sends requests elsewhere, such as to a proxy
}

// absolute returns the whole address of a link in a response. A relative link is relative
// to the context of the response, which can itself be relative, or else to base, the
// address of the response (OData JSON Format 4.01, section 4.3). A context at another host
// has no effect, as links are not followed there; nor has one for a link that is nothing but
// a query, which would be that of the metadata. A link that is not a URL stays: following it
// says so.
func absolute(base *url.URL, link string, contexts ...jsontext.Value) string {
	if link == "" {
		return ""
	}
	text := ""
	for _, context := range contexts {
		text = cmp.Or(text, FromRaw[string](context).Or(""))
	}
	if context, err := parseLink(base, text); err == nil && sameOrigin(context, base) && !strings.HasPrefix(link, "?") {
		base = context
	}
	to, err := parseLink(base, link)
	if err != nil {
		return link
	}
	return to.String()
}

// parseLink parses an address that a service sent, which can be relative to base. It
// escapes what a query cannot have (RFC 3986, section 3.4), such as spaces, which some
// services leave: they would end the address in the request.
func parseLink(base *url.URL, text string) (*url.URL, error) {
	to, err := base.Parse(text)
	if err != nil {
		return nil, err
	}
	var query strings.Builder
	for i := range len(to.RawQuery) {
		if c := to.RawQuery[i]; c <= ' ' || c > '~' || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			fmt.Fprintf(&query, "%%%02X", c)
		} else {
			query.WriteByte(c)
		}
	}
	to.RawQuery = query.String()
	return to, nil
}
