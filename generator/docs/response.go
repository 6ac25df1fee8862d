package docs

import (
	"path"
	"strconv"
	"strings"
)

var (
	status       = lazy(`\b[1-5]\d\d\b`)
	objectNamed  = lazy(`\b(?:an?|new|updated|the|requested|of) ([A-Za-z]\w*)(?: objects?| collection| resources?)\b`)
	collectionOf = lazy(`(?i)\b(?:collection|list|array) of\b`)
	pluralAfter  = lazy(`(?i)^ (?:collection|objects|resources|entities)\b`)
)

// promise reads a paragraph of the section Response, such as "returns a `200
// OK` response code and a collection of [x](x.md) objects".
func (r *reader) promise(p prose, offset int) {
	if r.page.Response != nil || !r.inSection() {
		return
	}
	start := -1
	for _, s := range p.code {
		if i := status().FindStringIndex(p.of(s)); i != nil {
			start = s.start + i[0]
			break
		}
	}
	if start < 0 {
		i := status().FindStringIndex(p.text)
		if i == nil {
			return
		}
		start = i[0]
	}
	code, _ := strconv.Atoi(p.text[start : start+3]) // three digits
	answer := &Response{Status: code, Position: r.position(offset)}
	r.page.Response = answer
	if s, ok := p.object(start); ok {
		answer.Type = p.of(s)
		answer.Collection = collectionOf().MatchString(p.text[start:s.start]) || pluralAfter().MatchString(p.text[s.end:])
		r.checkTypeLink(p, answer.Type)
	}
}

// object returns the part of a text that names the type of an object, behind a
// place in it.
func (p prose) object(from int) (span, bool) {
	for _, s := range p.links {
		if s.start >= from && s.start < s.end && isPage(s.target) {
			return s, true
		}
	}
	for _, match := range objectNamed().FindAllStringSubmatchIndex(p.text[from:], -1) {
		s := span{start: from + match[2], end: from + match[3]}
		switch strings.ToLower(p.of(s)) {
		case "new", "updated", "requested", "this", "the", "json", "empty", "response":
			continue
		}
		return s, true
	}
	return span{}, false
}

func isPage(target string) bool { return path.Ext(pageOf(target)) == ".md" }

// pageOf returns the target of a link without what follows the name of the
// page.
func pageOf(target string) string {
	if i := strings.IndexAny(target, "#?"); i >= 0 {
		return target[:i]
	}
	return target
}

// checkTypeLink warns of a link whose text is one type, and its target the
// page of another.
func (r *reader) checkTypeLink(p prose, typ string) {
	for _, s := range p.links {
		name := strings.TrimSuffix(path.Base(pageOf(s.target)), ".md")
		if p.of(s) == typ && isPage(s.target) && !strings.EqualFold(name, typ) && !strings.EqualFold(name, typ[strings.LastIndexByte(typ, '.')+1:]) {
			r.ds.Warnf(r.position(s.offset), "the link %s leads to the page of another type, %s: its text counts", short(typ), short(name))
		}
	}
}
