package api

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// pattern is a parsed operation pattern: a verb or none, and path segments,
// where "*" is any one segment, "**" any number of segments and "{x}" a key.
type pattern struct {
	text     string
	verb     string // "" for all
	segments []string
}

// verbs that the Graph uses; only those of [Resource.verbs] are generated.
var knownVerbs = []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}

func parsePattern(text string) (*pattern, error) {
	p := &pattern{text: text}
	path := strings.TrimSpace(text)
	if !strings.HasPrefix(path, "/") {
		verb, rest, _ := strings.Cut(path, " ")
		p.verb, path = strings.ToUpper(verb), strings.TrimSpace(rest)
		if !slices.Contains(knownVerbs, p.verb) {
			return nil, fmt.Errorf("%q does not begin with a verb (%s) or with /", text, strings.Join(knownVerbs, ", "))
		}
		if p.verb != http.MethodPost {
			return nil, fmt.Errorf("%q: only creates are generated, that is POST on a collection", text)
		}
	}
	if !strings.HasPrefix(path, "/") {
		return nil, fmt.Errorf("%q has no path: write it as 'POST /me/profile/projects'", text)
	}
	for segment := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		switch {
		case segment == "" && path != "/":
			return nil, fmt.Errorf("%q has an empty path segment", text)
		case strings.HasPrefix(segment, "{") != strings.HasSuffix(segment, "}"):
			return nil, fmt.Errorf("%q: the key %s lacks a brace", text, segment)
		}
		p.segments = append(p.segments, segment)
	}
	return p, nil
}

// step returns the positions in p behind position i once the path has gone on
// to r.
func (p *pattern) step(i int, r Resource) []int {
	if i == len(p.segments) {
		return nil
	}
	switch segment := p.segments[i]; {
	case segment == "**":
		// Stay, or leave: what is behind the wildcard may match r itself.
		positions := p.step(i+1, r)
		if r.contained() {
			positions = append(positions, i)
		}
		return positions
	case segment == "*":
		if !r.contained() {
			return nil
		}
	case strings.HasPrefix(segment, "{"):
		if !r.Item {
			return nil
		}
	case r.Item || !matchName(segment, r.Name()):
		return nil
	}
	return []int{i + 1}
}

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

// Paths returns a function that tells of a path, as an OpenAPI document spells
// it, whether one of the patterns can ask for it or for what is behind it.
// Patterns that are malformed ask for nothing.
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

// leadsOn reports whether a path of the given segments is one that p asks for,
// or the beginning of one.
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
	case own == "*", strings.HasPrefix(own, "{") && strings.HasPrefix(segment, "{"), matchName(own, segment):
		next[i+1] = true
	}
}
