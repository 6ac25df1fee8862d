package api

import (
	"fmt"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// noMatch returns the problem of a pattern that matches nothing.
func (w *walk) noMatch(p *pattern) Problem {
	problem := Problem{Flag: p.flag, Pattern: p.text}
	switch {
	case p.flag == "exclude":
		problem.Message = "no method that include selects matches " + quote(p.text)
	case p.ruledOut:
		problem.Message = quote(p.text) + " matches only methods that the metadata rules out on this path (RestrictedProperties in NavigationRestrictions)"
	case w.model.Container == nil:
		problem.Message = quote(p.text) + " matches nothing: the source has no paths (in CSDL it lacks an EntityContainer); select types with --types"
	default:
		problem.Message = "no method matches " + quote(p.text) + w.similar(p)
	}
	return problem
}

// similar says what a pattern without a match could mean.
func (w *walk) similar(p *pattern) string {
	version, path, ok := cutVersion("/" + strings.Join(p.segments, "/"))
	if ok {
		return fmt.Sprintf(": leave out the version %s: write it as %s", version, quote(strings.TrimSpace(p.verb+" "+path)))
	}
	if keys := p.keysAsSegments(); keys != nil && len(nearest(w.model, keys, 0)) > 0 {
		return ": a key is a segment of its own, an alternate key, too: write it as " + quote(keys.text)
	}
	text := ""
	if have := verbs(w.model, p); len(have) > 0 {
		text = ": the path has " + strings.Join(have, ", ")
	}
	near := nearest(w.model, p, maxCost)
	if len(near) == 0 {
		return text
	}
	if !p.named() && len(nearest(w.model, p, 0)) > 0 {
		text = ": wildcards go neither behind references, such as the members of a group, nor into type casts and structural properties: name these segments"
	}
	if key := keyIn(w.model, p, near[0]); key != "" {
		text = fmt.Sprintf(": write {id} for the key %s", key)
	}
	return text + "; similar methods are:\n\t" + strings.Join(near, "\n\t")
}

// verbs returns the verbs of the methods that have the path of p.
func verbs(m *model.Model, p *pattern) []string {
	if !p.named() {
		return nil
	}
	any := &pattern{segments: p.segments}
	found := map[string]bool{}
	for _, request := range nearest(m, any, 0) {
		verb, _, _ := strings.Cut(request, " ")
		found[verb] = true
	}
	return slices.DeleteFunc(slices.Clone(knownVerbs), func(verb string) bool { return !found[verb] })
}

// keyIn returns the first segment of p that stands where a request has a key, or "". The
// name of a type or an operation is not a key, even if there is none of that name.
func keyIn(m *model.Model, p *pattern, request string) string {
	_, path, _ := strings.Cut(request, " /")
	segments := strings.Split(path, "/")
	if len(segments) != len(p.segments) {
		return ""
	}
	for i, segment := range segments {
		if own := p.segments[i]; strings.HasPrefix(segment, "{") && !strings.HasPrefix(own, "{") && !isWildcard(own) && !qualified(m, own) {
			return own
		}
	}
	return ""
}

// qualified reports whether a segment begins with the namespace of a schema, which can be
// shortened from the left, or with its alias.
func qualified(m *model.Model, segment string) bool {
	dot := strings.LastIndexByte(segment, '.')
	return dot > 0 && slices.ContainsFunc(m.Schemas, func(s *model.Schema) bool {
		return segment[:dot] == s.Alias || strings.HasSuffix("."+s.Namespace, "."+segment[:dot])
	})
}
