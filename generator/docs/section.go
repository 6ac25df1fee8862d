package docs

import (
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// section is a place in the structure of a page.
type section struct {
	kind  sectionKind
	level int    // of its heading
	part  string // the heading below it, "" before the first one
}

// sectionKind is what a section describes.
type sectionKind int

const (
	beforeTitle sectionKind = iota
	introduction
	otherSection
	permissions
	httpRequest
	parameters
	queryOptions
	requestBody
	response
	properties
	relationships
	examples
)

// kindOf returns the kind of the section under a heading, or otherSection.
func kindOf(heading string) sectionKind {
	name := strings.ToLower(strings.TrimRight(heading, " :"))
	switch {
	case name == "permissions" || name == "permission":
		return permissions
	case strings.HasPrefix(name, "http request"):
		return httpRequest
	case strings.Contains(name, "query parameter"):
		return queryOptions
	case name == "function parameters" || name == "path parameters" || name == "parameters":
		return parameters
	case name == "request body":
		return requestBody
	case name == "response":
		return response
	case name == "properties":
		return properties
	case name == "relationships":
		return relationships
	case strings.HasPrefix(name, "example"):
		return examples
	}
	return otherSection
}

// heading begins a section, or a part of one. The headings of tabs, such as
// "# [HTTP](#tab/http)", do not.
func (r *reader) heading(h *ast.Heading) {
	if link, ok := h.FirstChild().(*ast.Link); ok && strings.HasPrefix(string(link.Destination), "#tab/") {
		return
	}
	p := r.proseOf(h)
	r.links = append(r.links, p.links...)
	if !r.startsWithHash(h) && h.Level > 1 && !namesSection(p.text) {
		// The --- after tabs makes a heading of a paragraph without an empty
		// line below.
		r.prose(p, h.Pos(), topLevel)
		return
	}
	r.dropComment()
	kind := kindOf(p.text)
	switch {
	case h.Level == 1 && !r.hasTitle && (kind == otherSection || kind == examples):
		r.hasTitle = true
		r.page.Title = p.text
		r.page.Position = r.position(h.Pos())
		r.section = section{kind: introduction, level: 1}
	case r.section.kind == examples && h.Level > r.section.level:
		r.part = p.text
	case kind == properties && r.section.kind == requestBody && r.page.Kind != Resource:
		r.warnf(h.Pos(), "the section %q in Request body is read as a part of it", shortened(p.text))
	case kind != otherSection && kind != examples && h.Level <= 3:
		r.section = section{kind: kind, level: h.Level}
		r.hasResponse = r.hasResponse || kind == response
	case r.section.kind > introduction && h.Level > r.section.level && (kind != examples || h.Level > 3):
		r.part = p.text
	default:
		r.section = section{kind: kind, level: h.Level}
	}
}

// namesSection reports whether a line with --- below it is the heading of a section, not
// a sentence.
func namesSection(line string) bool {
	return kindOf(line) != otherSection && len(strings.Fields(line)) <= 3 && !strings.HasSuffix(line, ".")
}

// startsWithHash reports whether a heading has a # before it, not a line below.
func (r *reader) startsWithHash(h *ast.Heading) bool {
	at := h.Pos()
	return at >= 0 && at < len(r.data) && r.data[at] == '#'
}

// inSection reports whether no other heading comes between the heading of the
// section and the current block, except one for required or optional properties.
func (r *reader) inSection() bool {
	part := strings.ToLower(r.part)
	return part == "" || strings.HasPrefix(part, "required") || strings.HasPrefix(part, "optional")
}

// paragraph reads a paragraph.
func (r *reader) paragraph(n ast.Node, at depth) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if html, ok := child.(*ast.RawHTML); ok {
			r.comments(r.fragmentOf(html.Segments))
		}
	}
	p := r.proseOf(n)
	r.links = append(r.links, p.links...)
	r.prose(p, n.Pos(), at)
}

// prose reads the text of a paragraph according to its section.
func (r *reader) prose(p prose, offset int, at depth) {
	if at != inQuote && r.kind == queryOptions {
		r.queryProse(p, offset)
	}
	if r.kind == introduction || r.kind == requestBody {
		r.page.OpenBody = r.page.OpenBody || slices.ContainsFunc(sentences(p.text), opensBody)
	}
	if at != topLevel {
		return
	}
	switch r.kind {
	case introduction:
		r.introduce(p)
	case properties:
		r.inherits(p.text)
	case response:
		r.responses(p, offset)
	case permissions:
		r.includePermissions(p, offset)
	}
	if r.hasTables() && strings.HasPrefix(p.text, "|") {
		r.warnf(offset, "these lines with | are left out: they are not a table, because of an empty line or because a line such as |:---| is missing")
	}
}

// hasTables reports whether the reader is in a section whose tables it reads.
func (r *reader) hasTables() bool {
	switch r.kind {
	case requestBody, properties, relationships, permissions, queryOptions, parameters:
		return true
	}
	return false
}

var (
	namespaceLine = regexp.MustCompile(`^(?i:namespaces?) ?: ?([A-Za-z_][\w.]*)\.?(?: |$)`)

	// baseSentence matches "Inherits from itemFacet.", also with another subject
	// or as a part of a sentence.
	baseSentence = regexp.MustCompile(`(?i)(?:\binherits(?: [a-z]+){0,3}? from|^base type ?:|^derived from)(?: the)? ([a-z_]\w*(?:\.\w+)*)`)
	baseStart    = regexp.MustCompile(`(?i)^(?:inherits|base type|derived|(?:this|the|it)(?: [\w.]+){0,3}? inherits)\b`)

	note       = regexp.MustCompile(`(?i)^(?:\[!(?:note|important|tip|warning|caution)\]|(?:note|important|tip|warning|caution) ?:)`)
	deprecated = regexp.MustCompile(`(?i)^\(?deprecated|(?:is|been|being) deprecated`)
)

var (
	otherProperties = regexp.MustCompile(`(?i)\b(?:specify|include|provide|supply|set|add)(?: [\w-]+){0,3} (?:other|additional) (?:[\w-]+ ){0,3}properties\b`)
	negation        = regexp.MustCompile(`(?i)\b(?:not|cannot|without|only)\b|n['’]t\b`)
)

// opensBody reports whether a sentence says that the body can have properties that
// the table does not list: "Specify other writable properties as necessary."
// Pages say "the properties that are required when you create" above tables of all
// properties, too, so this opens nothing.
func opensBody(sentence string) bool {
	return otherProperties.MatchString(sentence) && !negation.MatchString(sentence)
}

// introduce reads a paragraph below the title: the namespace, the base type,
// the summary.
func (r *reader) introduce(p prose) {
	rest := withoutIncludes(p.text)
	if match := namespaceLine.FindStringSubmatch(rest); match != nil {
		if r.page.Namespace == "" {
			r.page.Namespace = match[1]
		}
		rest = withoutIncludes(strings.TrimSpace(rest[len(match[0]):]))
	}
	r.inherits(rest)
	if r.page.Summary != "" || note.MatchString(rest) {
		return
	}
	var summary []string
	for i, s := range sentences(rest) {
		if i == 0 && deprecated.MatchString(s) {
			return
		}
		if !baseStart.MatchString(s) || baseOf(s) == "" {
			summary = append(summary, s)
		}
	}
	r.page.Summary = strings.Join(summary, " ")
}

// inherits finds the base type of a resource in a paragraph.
func (r *reader) inherits(text string) {
	if r.page.Base != "" || r.page.Kind == Method {
		return
	}
	for _, s := range sentences(text) {
		if base := baseOf(s); base != "" {
			r.page.Base = base
			return
		}
	}
}

// baseOf returns the base type that a sentence names, or "".
func baseOf(sentence string) string {
	match := baseSentence.FindStringSubmatch(sentence)
	if match == nil {
		return ""
	}
	switch strings.ToLower(match[1]) {
	case "a", "an", "its", "this", "that", "these", "all", "any", "other", "another", "one", "the":
		return ""
	}
	return match[1]
}

// withoutIncludes removes "[!INCLUDE [name](file)]" from the start of a text.
func withoutIncludes(s string) string {
	for {
		s = strings.TrimSpace(s)
		if !isInclude(s) {
			return s
		}
		end := strings.IndexByte(s, ']') // the inner brackets were those of a link
		if end < 0 {
			return ""
		}
		s = s[end+1:]
	}
}

func isInclude(s string) bool {
	const start = "[!INCLUDE"
	return len(s) >= len(start) && strings.EqualFold(s[:len(start)], start)
}
