package docs

import (
	"bytes"
	"encoding/json/jsontext"
	"strings"
)

// comment is what an HTML comment says about the code block that follows.
type comment struct {
	blockType  string
	name       string
	odataType  string
	collection bool
	truncated  bool
	offset     int
}

// The block types that a code block can have. What is ignored is no example.
const (
	blockRequest  = "request"
	blockResponse = "response"
	blockResource = "resource"
	blockIgnored  = "ignored"
)

// comments reads the comments in a piece of HTML that hold a JSON object. The
// last one counts for the next code block.
func (r *reader) comments(f fragment) {
	for {
		start := bytes.Index(f.text, []byte("<!--"))
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
			r.ds.Warnf(r.position(inner.offset(0)), "the comment has no end: what follows is no part of the page")
		}
		if inner = inner.trim(); bytes.HasPrefix(inner.text, []byte("{")) {
			r.commentObject(inner)
		}
	}
}

func (r *reader) commentObject(f fragment) {
	offset := f.offset(0)
	if mended, ok := r.json(f, "the comment is read up to here"); ok {
		f = mended
	}
	c := &comment{offset: offset}
	base := ""
	for name, value := range members(f.text) {
		switch name {
		case "blockType":
			c.blockType = textOf(value)
		case "name":
			c.name = textOf(value)
		case "@odata.type":
			c.odataType = typeText(value)
			if item, ok := typeIn(c.odataType); ok {
				c.odataType = item
				c.collection = true
			}
		case "baseType":
			base = typeText(value)
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
		r.comment = &comment{blockType: blockIgnored}
	case "", "permissions", "samples": // of something else than a code block
	default:
		r.ds.Warnf(r.position(offset), "blockType %q is not known, and left out", short(c.blockType))
	}
	if c.blockType == blockResource && base != "" && r.resource == "" {
		r.resource, r.baseOffset = base, offset
	}
}

// dropComment forgets the comment before a code block that does not come.
func (r *reader) dropComment() {
	if r.comment != nil && r.comment.blockType != blockIgnored {
		r.ds.Warnf(r.position(r.comment.offset), "the comment is before no code block, and left out")
	}
	r.comment = nil
}

// members returns the members of a JSON object, as far as it can be read.
func members(object []byte) map[string]jsontext.Value {
	list := map[string]jsontext.Value{}
	d := jsontext.NewDecoder(bytes.NewReader(object), jsontext.AllowDuplicateNames(true))
	if token, err := d.ReadToken(); err != nil || token.Kind() != '{' {
		return list
	}
	for d.PeekKind() == '"' {
		token, err := d.ReadToken()
		if err != nil {
			break
		}
		name := token.String()
		value, err := d.ReadValue()
		if err != nil {
			break
		}
		list[name] = value.Clone()
	}
	return list
}

// textOf returns a JSON string on one line, "" for another value.
func textOf(v jsontext.Value) string {
	if v.Kind() != '"' {
		return ""
	}
	s, err := jsontext.AppendUnquote(nil, v)
	if err != nil {
		return ""
	}
	return oneLine(string(s))
}

// typeText returns the name of a type, which # may come before.
func typeText(v jsontext.Value) string {
	return strings.TrimSpace(strings.TrimPrefix(textOf(v), "#"))
}

func isTrue(v jsontext.Value) bool {
	return v.Kind() == 't' || strings.EqualFold(textOf(v), "true")
}

// oneLine returns a text without line breaks and what else does not show.
func oneLine(s string) string {
	var w proseWriter
	w.write(s)
	return strings.TrimSuffix(w.b.String(), " ")
}
