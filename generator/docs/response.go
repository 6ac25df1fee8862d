package docs

import (
	"path"
	"regexp"
	"strconv"
	"strings"
)

var (
	status       = regexp.MustCompile(`\b[2-5]\d\d\b`)
	objectNamed  = regexp.MustCompile(`\b(?:an?|new|updated|the|requested|of) ([A-Za-z]\w*)(?: objects?| collection| resources?)\b`)
	collectionOf = regexp.MustCompile(`(?i)\b(?:collection|list|array) of\b`)
	pluralAfter  = regexp.MustCompile(`(?i)^ (?:collection|objects|resources|entities)\b`)
)

// responses reads a paragraph of the section Response, such as "returns a `200
// OK` response code and a collection of [x](x.md) objects".
func (r *reader) responses(p prose, offset int) {
	starts := p.statuses()
	for i, start := range starts {
		code, err := strconv.Atoi(p.text[start : start+3])
		if err != nil || len(r.page.Responses) == maxResponses {
			return
		}
		end := len(p.text)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		answer := Response{Status: code, Position: r.position(offset)}
		if s, ok := p.object(start, end); ok {
			answer.Type = p.of(s)
			answer.Collection = collectionOf.MatchString(p.text[start:s.start]) || pluralAfter.MatchString(p.text[s.end:])
			r.checkTypeLink(p, answer.Type)
		}
		r.page.Responses = append(r.page.Responses, answer)
	}
}

// statuses returns the offsets of the statuses in code spans, else that of the
// first number that can be one.
func (p prose) statuses() (starts []int) {
	for _, s := range p.code {
		if i := status.FindStringIndex(p.text[s.start:s.end]); i != nil {
			starts = append(starts, s.start+i[0])
		}
	}
	if starts != nil {
		return starts
	}
	if i := status.FindStringIndex(p.text); i != nil {
		return i[:1]
	}
	return nil
}

// object returns the first part of a range that names the type of an object.
func (p prose) object(from, to int) (span, bool) {
	for _, s := range p.links {
		if s.start >= from && s.start < s.end && s.end <= to && isPage(s.target) {
			return s, true
		}
	}
	for _, match := range objectNamed.FindAllStringSubmatchIndex(p.text[from:to], -1) {
		s := span{start: from + match[2], end: from + match[3]}
		switch strings.ToLower(p.of(s)) {
		case "new", "updated", "requested", "this", "the", "json", "empty", "response":
			continue
		}
		return s, true
	}
	return span{}, false
}

// checkTypeLink warns of a link whose text is a type, and whose target is the
// page of another type.
func (r *reader) checkTypeLink(p prose, typ string) {
	for _, s := range p.links {
		name := strings.TrimSuffix(path.Base(pageOf(s.target)), ".md")
		if p.of(s) == typ && isPage(s.target) && !strings.EqualFold(name, typ) && !strings.EqualFold(name, lastPart(typ)) {
			r.warnf(s.offset, "the type is %s, as the text of the link says; its target is the page of %s", shortened(typ), shortened(name))
		}
	}
}

// isPage reports whether a link leads to a page.
func isPage(target string) bool {
	base := path.Base(pageOf(target))
	return path.Ext(base) == ".md" && base != ".md"
}

// pageOf returns the target of a link without its query and fragment.
func pageOf(target string) string {
	if i := strings.IndexAny(target, "#?"); i >= 0 {
		return target[:i]
	}
	return target
}
