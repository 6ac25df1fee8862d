package api

import (
	"fmt"
	"net/http"
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
	flag     string // that it was given with
	verb     string // "" for all
	segments []string

	// defect is the first one that the walk found on the way that the pattern
	// takes.
	defect *source.Diagnostic
}

// knownVerbs are the verbs that Graph uses.
var knownVerbs = []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}

func parsePattern(text string) (*pattern, error) {
	p := &pattern{text: text}
	path := strings.TrimSpace(text)
	if !strings.HasPrefix(path, "/") {
		verb, rest, _ := strings.Cut(path, " ")
		p.verb, path = strings.ToUpper(verb), strings.TrimSpace(rest)
		if !slices.Contains(knownVerbs, p.verb) {
			return nil, fmt.Errorf("%s does not begin with a verb (%s) or with /", quote(text), strings.Join(knownVerbs, ", "))
		}
		if p.verb != http.MethodPost {
			return nil, fmt.Errorf("%s: only creates are generated, that is POST on a collection", quote(text))
		}
	}
	if !strings.HasPrefix(path, "/") {
		return nil, fmt.Errorf("%s has no path: write it as 'POST /me/profile/projects'", quote(text))
	}
	for segment := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		switch {
		case segment == "" && path != "/":
			return nil, fmt.Errorf("%s has an empty path segment", quote(text))
		case strings.HasPrefix(segment, "{") != strings.HasSuffix(segment, "}"):
			return nil, fmt.Errorf("%s: the key %s lacks a brace", quote(text), segment)
		}
		p.segments = append(p.segments, segment)
	}
	return p, nil
}

func quote(text string) string { return strconv.Quote(text) }

func isWildcard(segment string) bool { return segment == "*" || segment == "**" }

// named reports whether p has no wildcard: what it asks for is named.
func (p *pattern) named() bool {
	return !slices.ContainsFunc(p.segments, func(s string) bool { return strings.Contains(s, "*") })
}

// step returns the positions in p behind position i once the path has gone on
// from one resource to the next.
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

// follows reports whether a wildcard follows a step. It goes no further than to
// resources that live there: others, and casts, must be named.
func follows(from, to model.Resource) bool { return to.Contained() && !isCast(from, to) }

// accepts reports whether the pattern is complete at position i.
func (p *pattern) accepts(i int) bool {
	for ; i < len(p.segments); i++ {
		if p.segments[i] != "**" {
			return false
		}
	}
	return true
}

// selects reports whether one of the positions completes p for a verb.
func (p *pattern) selects(verb string, at []int) bool {
	return (p.verb == "" || p.verb == verb) && slices.ContainsFunc(at, p.accepts)
}

// Paths returns a function that reports whether one of the patterns can ask for
// a path, as an OpenAPI document spells it, or for a longer one. Malformed
// patterns ask for nothing.
func Paths(patterns []string) func(path string) bool {
	var parsed []*pattern
	for _, text := range patterns {
		if p, err := parsePattern(text); err == nil {
			parsed = append(parsed, p)
		}
	}
	return func(path string) bool {
		segments := strings.Split(strings.Trim(path, "/"), "/")
		return slices.ContainsFunc(parsed, func(p *pattern) bool { return p.leadsOn(segments) })
	}
}

// leadsOn reports whether p asks for a path with the given segments at its
// beginning.
func (p *pattern) leadsOn(path []string) bool {
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

// reach enters the positions that a segment leads to from position i.
func (p *pattern) reach(next map[int]bool, i int, segment string) {
	if i == len(p.segments) {
		return
	}
	switch own := p.segments[i]; {
	case own == "**":
		next[i] = true
		p.reach(next, i+1, segment)
	case own == "*", strings.HasPrefix(own, "{") && strings.HasPrefix(segment, "{"), matchName(own, segment), sameCast(own, segment):
		next[i+1] = true
	}
}

// sameCast reports whether two segments name a type with more or less of its
// namespace: "microsoft.graph.user" and "graph.user".
func sameCast(a, b string) bool {
	return strings.Contains(a, ".") && strings.Contains(b, ".") && (strings.HasSuffix(a, "."+b) || strings.HasSuffix(b, "."+a))
}
