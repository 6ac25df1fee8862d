package docs

import (
	"regexp"
	"slices"
	"strings"
)

var (
	valuesStart = regexp.MustCompile(`(?i)\b(?:the )?(possible|allowed) values?(?: [a-z ]{1,60}?)?(?: are ?:?| is ?:?| ?:) ?`)
	inherited   = regexp.MustCompile(`(?i)\binherited from (?:the )?([a-z_]\w*(?:\.\w+)*)(?: resource(?: type)?)?\.?(?: |$)`)
	bareValue   = regexp.MustCompile(`^[A-Za-z_][\w-]*(?:\.\w+)*`)
	separator   = regexp.MustCompile(`^(?:[ ,;/|]|and\b|or\b)+`)
)

// describe sets the fields that a description gives. Description keeps the
// sentences that no other field stands for.
func (r *reader) describe(p *Property, text prose) {
	var cuts []span
	for _, match := range valuesStart.FindAllStringSubmatchIndex(text.text, -1) {
		if _, inCode := text.codeAt(match[0]); inCode {
			continue
		}
		field := &p.Possible
		if strings.EqualFold(text.text[match[2]:match[3]], "allowed") {
			field = &p.Allowed
		}
		values, end, ok, only := text.values(match[1])
		switch {
		case !ok && end > match[1]:
			r.warnAt(p.Position, "the list of values stays in the description of %s: it contains more than values", shortened(p.Name))
		case ok && len(*field) == 0:
			*field = values
			if only && text.startsSentence(match[0]) {
				cuts = append(cuts, span{start: match[0], end: end})
			}
		}
	}
	for _, match := range inherited.FindAllStringSubmatchIndex(text.text, -1) {
		if p.Inherited == "" && text.startsSentence(match[0]) {
			p.Inherited = text.text[match[2]:match[3]]
			cuts = append(cuts, span{start: match[0], end: match[1]})
		}
	}
	p.Description = without(text.text, cuts)
}

// without returns a text without some of its parts.
func without(text string, cuts []span) string {
	slices.SortFunc(cuts, func(a, b span) int { return a.start - b.start })
	var kept []string
	done := 0
	for _, cut := range append(cuts, span{start: len(text), end: len(text)}) {
		if cut.start >= done {
			if s := strings.TrimSpace(text[done:cut.start]); s != "" {
				kept = append(kept, s)
			}
		}
		done = max(done, cut.end)
	}
	return strings.Join(kept, " ")
}

// startsSentence reports whether a sentence can start at i.
func (p prose) startsSentence(i int) bool {
	before := strings.TrimSpace(p.text[:i])
	return before == "" || strings.IndexByte(".!?:;)", before[len(before)-1]) >= 0
}

// values returns the list of values that starts at i, and the end of its
// sentence. Values are code spans or, after a colon, words with commas between
// them. If the sentence has other words, ok is false; end is then after the last
// code span. The list can also have the words "null" and "etc.", which are not values:
// then only is false, so that the sentence stays in the description.
func (p prose) values(i int) (list []string, end int, ok, only bool) {
	colon := strings.HasSuffix(strings.TrimSpace(p.text[:i]), ":")
	separated, start := true, i
	only, end = true, i
	var bare []string
	add := func(to *[]string, value string) {
		switch {
		case noValue[strings.ToLower(value)]:
			only = false
		case value != "" && !slices.Contains(*to, value):
			*to = append(*to, value)
		}
	}
	for i < len(p.text) {
		if p.text[i] == '.' && (i+1 == len(p.text) || p.text[i+1] == ' ') {
			i = min(i+2, len(p.text))
			break
		}
		if s, ok := p.codeAt(i); ok && s.start == i {
			add(&list, strings.Trim(p.of(s), `"' `))
			i, end, separated = s.end, s.end, false
			continue
		}
		if n := len(separator.FindString(p.text[i:])); n > 0 {
			word := p.text[i : i+n]
			separated = separated || strings.Trim(word, " ") != ""
			i += n
			continue
		}
		n := len(bareValue.FindString(p.text[i:]))
		if n == 0 || !separated {
			return nil, end, false, false
		}
		add(&bare, p.text[i:i+n])
		i += n
		separated = false
	}
	switch {
	case end > start && len(bare) == 0 && len(list) > 0:
		return list, i, true, only
	case end == start && colon && len(bare) > 1:
		return bare, i, true, only
	case len(list) == 0: // nothing but "null", or words without a colon
		return nil, start, false, false
	}
	return nil, end, false, false
}

// noValue are the words in lists of values, in lower case, that are not values.
var noValue = map[string]bool{"null": true, "empty": true, "etc": true}
