package docs

import "strings"

// intro is what the paragraphs below the title still have to give.
type intro struct {
	baseOffset int // of the base type
}

var (
	namespaceLine = lazy(`^(?i:namespaces?) ?: ?([A-Za-z_][\w.]*)\.?(?: |$)`)

	// baseSentence is "Inherits from itemFacet.", also with another subject, or
	// in a longer sentence.
	baseSentence = lazy(`(?i)(?:\binherits(?: [a-z]+){0,3}? from|^base type ?:|^derived from)(?: the)? ([a-z_]\w*(?:\.\w+)*)`)
	baseStart    = lazy(`(?i)^(?:inherits|base type|derived|(?:this|the|it)(?: [\w.]+){0,3}? inherits)\b`)

	note = lazy(`(?i)^(?:\[!(?:note|important|tip|warning|caution)\]|(?:note|important|tip|warning|caution) ?:)`)
)

// introduce reads a paragraph below the title.
func (r *reader) introduce(p prose) {
	rest := withoutIncludes(p.text)
	if match := namespaceLine().FindStringSubmatch(rest); match != nil {
		if r.page.Namespace == "" {
			r.page.Namespace = match[1]
		}
		rest = withoutIncludes(strings.TrimSpace(rest[len(match[0]):]))
	}
	r.inherits(rest)
	if r.page.Summary != "" || note().MatchString(rest) {
		return
	}
	var kept []string
	for i, s := range sentences(rest) {
		if i == 0 && isDeprecation(s) {
			return
		}
		if !baseStart().MatchString(s) || baseOf(s) == "" {
			kept = append(kept, s)
		}
	}
	r.page.Summary = strings.Join(kept, " ")
}

// inherits takes the base type out of a paragraph.
func (r *reader) inherits(text string) {
	if r.page.Base != "" || r.page.Kind != Resource {
		return
	}
	for _, s := range sentences(text) {
		if base := baseOf(s); base != "" {
			r.page.Base = base
			return
		}
	}
}

// baseOf returns the base type that a sentence names.
func baseOf(sentence string) string {
	match := baseSentence().FindStringSubmatch(sentence)
	if match == nil {
		return ""
	}
	switch strings.ToLower(match[1]) {
	case "a", "an", "its", "this", "that", "these", "all", "any", "other", "another", "one", "the":
		return ""
	}
	return match[1]
}

// withoutIncludes cuts "[!INCLUDE [name](file)]" off the start of a text.
func withoutIncludes(s string) string {
	for {
		s = strings.TrimSpace(s)
		const start = "[!INCLUDE"
		if len(s) < len(start) || !strings.EqualFold(s[:len(start)], start) {
			return s
		}
		end := strings.IndexByte(s, ']') // the link inside has lost its brackets
		if end < 0 {
			return ""
		}
		s = s[end+1:]
	}
}

func isDeprecation(sentence string) bool {
	s := strings.ToLower(sentence)
	return strings.HasPrefix(s, "deprecated") || strings.HasPrefix(s, "(deprecated") ||
		strings.Contains(s, "is deprecated") || strings.Contains(s, "been deprecated") || strings.Contains(s, "being deprecated")
}

// sentences cuts a text behind each full stop before a capital letter.
// Abbreviations end no sentence.
func sentences(s string) []string {
	var list []string
	for s != "" {
		end := len(s)
		for i := 1; i+2 < len(s); i++ {
			if s[i] == ' ' && strings.IndexByte(".!?", s[i-1]) >= 0 && 'A' <= s[i+1] && s[i+1] <= 'Z' && !isAbbreviation(s[:i]) {
				end = i
				break
			}
		}
		list = append(list, s[:end])
		s = strings.TrimSpace(s[end:])
	}
	return list
}

func isAbbreviation(s string) bool {
	word := s[strings.LastIndexByte(s, ' ')+1:]
	switch strings.ToLower(strings.TrimLeft(word, "(")) {
	case "e.g.", "i.e.", "etc.", "vs.", "no.", "dr.", "mr.", "mrs.", "ms.", "approx.", "inc.", "ltd.":
		return true
	}
	return false
}
