package docs

import (
	"bytes"
	"encoding/json/jsontext"
	"regexp"
	"strings"
)

// comment is the JSON object in an HTML comment, which describes the code block
// after it.
type comment struct {
	blockType  string
	name       string
	odataType  string
	collection bool
	truncated  bool
	offset     int
}

// The block types of a comment. The checker of the pages ignores ignored blocks;
// in the section Examples, they are examples all the same.
const (
	blockRequest  = "request"
	blockResponse = "response"
	blockResource = "resource"
	blockIgnored  = "ignored"
)

// comments reads the comments in a piece of HTML that contain a JSON object. The
// last one describes the next code block.
func (r *reader) comments(f fragment) {
	for {
		start := bytes.Index(f.text, []byte("<!--"))
		r.htmlTable(f, start)
		if start < 0 {
			return
		}
		inner := f.slice(start+len("<!--"), len(f.text))
		end := bytes.Index(inner.text, []byte("-->"))
		f = fragment{}
		if end >= 0 {
			f = inner.slice(end+len("-->"), len(inner.text))
			inner = inner.slice(0, end)
		} else {
			r.warnf(inner.offset(0), "the comment has no end, so it contains the rest of the page")
		}
		if inner = inner.trim(); bytes.HasPrefix(inner.text, []byte("{")) {
			r.describeBlock(inner)
		}
	}
}

var htmlTable = regexp.MustCompile(`(?i)<table\b`)

// htmlTable warns of a table in a piece of HTML, up to an end, or -1. The reader does
// not know its rows.
func (r *reader) htmlTable(f fragment, end int) {
	if end < 0 {
		end = len(f.text)
	}
	if at := htmlTable.FindIndex(f.text[:end]); at != nil && r.hasTables() {
		r.warnf(f.offset(at[0]), "the table is left out, as it is HTML: write it as lines with |")
		r.page.OpenBody = r.page.OpenBody || r.kind == requestBody
	}
}

// describeBlock reads the JSON object of a comment.
func (r *reader) describeBlock(f fragment) {
	offset := f.offset(0)
	if valid, ok := r.readJSON(f, "the comment is read up to here"); ok {
		f = valid
	}
	c := &comment{offset: offset}
	base := ""
	for m, value := range members(f.text) {
		switch m.name {
		case "blockType":
			c.blockType = stringIn(value)
		case "name":
			c.name = stringIn(value)
		case "@odata.type":
			c.odataType = typeNameIn(value)
			if item, ok := typeIn(c.odataType); ok {
				c.odataType = item
				c.collection = true
			}
		case "baseType":
			base = typeNameIn(value)
		case "isCollection":
			c.collection = c.collection || isTrue(value)
		case "truncated":
			c.truncated = isTrue(value)
		}
	}
	switch c.blockType {
	case blockRequest, blockResponse, blockResource:
		r.dropComment()
		r.comment = c
	case blockIgnored, "example", "simulatedResponse":
		r.dropComment()
		c.blockType = blockIgnored
		r.comment = c
	case "", "permissions", "samples": // not about a code block
	default:
		r.warnf(offset, "the comment is left out: the blockType %q is unknown", shortened(c.blockType))
	}
	if c.blockType == blockResource && base != "" && r.base == "" {
		r.base, r.baseAt = base, offset
	}
}

// dropComment discards a comment that no code block follows.
func (r *reader) dropComment() {
	if r.comment != nil && r.comment.blockType != blockIgnored {
		r.warnf(r.comment.offset, "the comment is left out: no code block follows it")
	}
	r.comment = nil
}

// stringIn returns a JSON string on one line, or "" for another value.
func stringIn(v jsontext.Value) string {
	if v.Kind() != '"' {
		return ""
	}
	s, err := jsontext.AppendUnquote(nil, v)
	if err != nil {
		return ""
	}
	return oneLine(string(s))
}

// typeNameIn returns the name of a type, which may have a # before it.
func typeNameIn(v jsontext.Value) string {
	return strings.TrimSpace(strings.TrimPrefix(stringIn(v), "#"))
}

func isTrue(v jsontext.Value) bool {
	return v.Kind() == 't' || strings.EqualFold(stringIn(v), "true")
}
