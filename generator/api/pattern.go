package api

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// pattern is a parsed pattern of methods: a verb or none, and path segments,
// where "*" is any one segment, "**" any number of segments and "{x}" a key.
type pattern struct {
	text     string
	flag     string // "include" or "exclude"
	verb     string // "" for all
	segments []string

	// ruledOut reports that the pattern matches a method that the metadata rules
	// out on the path.
	ruledOut bool

	// defects are the defects that kept the walk from matching the pattern.
	defects map[*source.Diagnostic]bool
}

// knownVerbs are the verbs that Graph uses.
var knownVerbs = []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}

func parsePattern(text string) (*pattern, error) {
	p := &pattern{text: text}
	path := strings.TrimSpace(text)
	if err := checkAddress(path); err != nil {
		return nil, err
	}
	if !strings.HasPrefix(path, "/") {
		verb, rest, _ := strings.Cut(path, " ")
		p.verb, path = strings.ToUpper(verb), strings.TrimSpace(rest)
		if !slices.Contains(knownVerbs, p.verb) {
			return nil, fmt.Errorf("%s does not begin with a verb (%s) or with /", quote(text), strings.Join(knownVerbs, ", "))
		}
	}
	switch {
	case strings.HasPrefix(path, "/"):
	case path != "":
		return nil, fmt.Errorf("%s: the path does not begin with /: write it as %s", quote(text), quote(p.verb+" /"+path))
	default:
		return nil, fmt.Errorf("%s has no path: write it as 'POST /me/profile/projects'", quote(text))
	}
	for segment := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		switch {
		case segment == "" && path != "/":
			return nil, fmt.Errorf("%s has an empty path segment", quote(text))
		case strings.HasSuffix(segment, ":"):
			return nil, fmt.Errorf("%s addresses an item by its path, %s…: select the method of the item with the given key, such as /drives/{id}/items/{id}/content, and give the path in the call (docs/recipes.md, Upload a file to a path)", quote(text), segment)
		case strings.HasPrefix(segment, "{") != strings.HasSuffix(segment, "}"):
			return nil, fmt.Errorf("%s: the key %s lacks a brace", quote(text), segment)
		}
		if n := len(p.segments); segment == "**" && n > 0 && p.segments[n-1] == "**" {
			continue // means the same as one
		}
		p.segments = append(p.segments, segment)
	}
	if len(p.segments) > maxSegments {
		return nil, fmt.Errorf("%s has more than %d path segments: no method has such a long path", quote(shortened(text)), maxSegments)
	}
	return p, nil
}

// checkAddress returns an error that says which part of an address is a pattern.
func checkAddress(text string) error {
	verb, address, found := strings.Cut(text, " ")
	if !found {
		verb, address = "", text
	}
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" && (u.RawQuery == "" || !strings.HasPrefix(u.Path, "/")) {
		return nil
	}
	path := u.Path
	if u.Host == "" {
		return fmt.Errorf("%s has a query: leave it out: write it as %s", quote(text), quote(strings.TrimSpace(verb+" "+path)))
	}
	if _, rest, ok := cutVersion(path); ok {
		path = rest
	}
	return fmt.Errorf("%s is an address: leave out the host, the version and the query: write it as %s", quote(text), quote(strings.TrimSpace(verb+" "+path)))
}

// cutVersion cuts the version of the service, such as v1.0, off the beginning of a path.
func cutVersion(path string) (version, rest string, ok bool) {
	version, rest, ok = strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return version, "/" + rest, ok && (version == "v1.0" || version == "beta")
}

// maxSegments is the greatest number of segments in a path. Those of Graph have
// fewer than 20. What is generated for a method grows with its path.
const maxSegments = 100

// shortened returns the beginning of a long text, for a message.
func shortened(text string) string {
	const maxShown = 150
	if len(text) <= maxShown {
		return text
	}
	return strings.ToValidUTF8(text[:maxShown], "") + "…"
}

func quote(text string) string { return strconv.Quote(text) }

func isWildcard(segment string) bool { return segment == "*" || segment == "**" }

// keysAsSegments returns p with the keys that stand in parentheses, such as
// users('adele'), as segments of their own, or nil if there are none.
func (p *pattern) keysAsSegments() *pattern {
	segments := splitPath(strings.Join(p.segments, "/"), true)
	if len(segments) == len(p.segments) {
		return nil
	}
	for i, segment := range segments {
		if strings.HasPrefix(segment, "{") {
			segments[i] = "{id}"
		}
	}
	text := strings.TrimSpace(p.verb + " /" + strings.Join(segments, "/"))
	return &pattern{text: text, flag: p.flag, verb: p.verb, segments: segments}
}

// named reports whether p has no wildcard.
func (p *pattern) named() bool {
	return !slices.ContainsFunc(p.segments, func(s string) bool { return strings.Contains(s, "*") })
}

// step returns the positions in p that a step from one resource to the next leads
// to from position i.
func (p *pattern) step(i int, from, to model.Resource) []int {
	if i == len(p.segments) {
		return nil
	}
	switch segment := p.segments[i]; {
	case segment == "**":
		// Stay, or leave: the segment behind the wildcard may match the step.
		positions := p.step(i+1, from, to)
		if follows(from, to) {
			positions = append(positions, i)
		}
		return positions
	case segment == "*":
		if !follows(from, to) {
			return nil
		}
	case isCast(from, to):
		if !to.Cast.Named(segment) && !matchName(segment, to.Cast.QualifiedName()) {
			return nil
		}
	case strings.HasPrefix(segment, "{"):
		if !isKey(from, to) {
			return nil
		}
	case isKey(from, to) || !matchName(segment, to.Name()):
		return nil
	}
	return []int{i + 1}
}

// isKey reports whether a step goes from a collection to its items.
func isKey(from, to model.Resource) bool { return to.Item && !from.Item }

// follows reports whether a wildcard follows a step. It follows neither casts nor
// structural properties, nor steps from resources that are not contained, which
// have paths of their own: patterns must name these.
func follows(from, to model.Resource) bool {
	return from.Contained() && !isCast(from, to) && to.Property == nil
}

// accepts reports whether the pattern matches a path that reaches position i with
// its resource, and ends with the segments of a suffix.
func (p *pattern) accepts(i int, suffix []string) bool {
	switch {
	case i == len(p.segments):
		return len(suffix) == 0
	case p.segments[i] == "**":
		return p.accepts(i+1, suffix) || len(suffix) > 0 && p.accepts(i, suffix[1:])
	case len(suffix) == 0:
		return false
	default:
		return (p.segments[i] == "*" || sameSuffix(p.segments[i], suffix[0])) && p.accepts(i+1, suffix[1:])
	}
}

// selects reports whether p matches a method whose resource reaches one of some
// positions.
func (p *pattern) selects(m *Method, at []int) bool {
	if p.verb != "" && p.verb != m.Verb {
		return false
	}
	var suffix []string
	if m.Suffix != "" {
		suffix = strings.Split(m.Suffix[1:], "/")
	}
	return slices.ContainsFunc(at, func(i int) bool { return p.accepts(i, suffix) })
}

// Paths returns a function that reports whether one of the patterns can match a
// path of an OpenAPI document, or a longer path. Malformed patterns match nothing.
func Paths(patterns []string) func(path string) bool {
	var parsed []*pattern
	for _, text := range patterns {
		if p, err := parsePattern(text); err == nil {
			parsed = append(parsed, p)
		}
	}
	return func(path string) bool {
		segments := strings.Split(strings.Trim(path, "/"), "/")
		return slices.ContainsFunc(parsed, func(p *pattern) bool { return p.matchesPrefix(segments) })
	}
}

// matchesPrefix reports whether p matches a path that begins with the given
// segments.
func (p *pattern) matchesPrefix(path []string) bool {
	at := map[int]bool{0: true}
	for _, segment := range path {
		next := map[int]bool{}
		for i := range at {
			p.reach(next, i, segment)
		}
		at = next
	}
	return len(at) > 0
}

// reach adds to next the positions that a segment leads to from position i.
func (p *pattern) reach(next map[int]bool, i int, segment string) {
	if i == len(p.segments) {
		return
	}
	switch own := p.segments[i]; {
	case own == "**":
		next[i] = true
		p.reach(next, i+1, segment)
	case own == "*", strings.HasPrefix(own, "{") && strings.HasPrefix(segment, "{"), matchName(own, segment), sameCast(own, segment), sameSuffix(own, segment):
		next[i+1] = true
	}
}

// sameSuffix reports whether a segment of a pattern names a segment of a suffix:
// an operation, whose name can be qualified, and whose arguments can be left out,
// a key, or another segment such as "$count".
func sameSuffix(own, segment string) bool {
	if strings.HasPrefix(own, "{") && strings.HasPrefix(segment, "{") {
		return true
	}
	ownName, ownArguments, called := strings.Cut(own, "(")
	name, arguments, _ := strings.Cut(segment, "(")
	if !matchName(ownName, name) && !strings.HasSuffix(ownName, "."+name) && !strings.HasSuffix(name, "."+ownName) {
		return false
	}
	return !called || slices.Equal(argumentNames(ownArguments), argumentNames(arguments))
}

// argumentNames returns the sorted names in "a={a},b={b})", in lower case: the
// reference pages of Graph begin some with a lower-case letter where the metadata
// has an upper-case one.
func argumentNames(text string) []string {
	var names []string
	for argument := range strings.SplitSeq(strings.TrimSuffix(text, ")"), ",") {
		name, _, _ := strings.Cut(argument, "=")
		names = append(names, strings.ToLower(strings.TrimSpace(name)))
	}
	slices.Sort(names)
	return names
}

// sameCast reports whether two segments can name the same type, with more or less
// of its namespace: "microsoft.graph.user" and "graph.user".
func sameCast(a, b string) bool {
	return strings.Contains(a, ".") && strings.Contains(b, ".") && (strings.HasSuffix(a, "."+b) || strings.HasSuffix(b, "."+a))
}
