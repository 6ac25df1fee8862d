package golang

import (
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// refusals are bodies that a create refuses, for its test. Each row has the path
// of what it refuses, as JSON, and the body.
type refusals struct {
	refused  []string // read-only properties
	here     []string // those that ForCreate does not leave out, because other creates set them
	abstract []string // values of abstract types

	seen  map[*Struct]bool
	queue []position
}

// position is a value in a body.
type position struct {
	s     *Struct
	path  []string // "client", "0" for an item of a list
	outer string   // the JSON before the value, and after it
	after string
}

// unknownType is the type of a value of a type derived from an abstract one, where
// the package has no such type.
const unknownType = "example.derived"

// refusals returns a body for each read-only property and each abstract type that
// a body of c can hold, at the place nearest to the top.
func (p *Plan) refusals(c *Create) *refusals {
	r := &refusals{seen: map[*Struct]bool{c.Body: true}, queue: []position{{s: c.Body}}}
	for len(r.queue) > 0 {
		at := r.queue[0]
		r.queue = r.queue[1:]
		if at.s.abstract() {
			r.abstract = append(r.abstract, row(at.path, at.outer+"{}"+at.after))
		}
		_, name := at.s.instance()
		if !at.s.hasInstance() {
			name = unknownType
		}
		r.object(c, at, name, at.s.AllFields(), p.facts[at.s.Type.QualifiedName()])
		for _, d := range at.s.Known {
			if !d.abstract() {
				own := d.AllFields()[len(at.s.AllFields()):]
				r.object(c, at, d.Type.QualifiedName(), own, p.facts[d.Type.QualifiedName()])
			}
		}
	}
	return r
}

// object enters the refusals of some fields of an object at a position, and what
// to look at behind it. The type of the object is typeName if it is not the
// declared one.
func (r *refusals) object(c *Create, at position, typeName string, fields []*Field, facts edm.TypeFacts) {
	begin := "{"
	if typeName != "" {
		begin += `"@odata.type":` + string(quoted("#"+typeName)) + ","
	}
	for _, f := range fields {
		name := f.Property.Name
		path := append(slices.Clip(at.path), name)
		before := at.outer + begin + string(quoted(name)) + ":"
		line := row(path, before+string(distinctValue(f, 0))+"}"+at.after)
		switch {
		case slices.Contains(facts.ReadOnly, name):
			r.refused = append(r.refused, line)
		case at.path == nil && c.refuses(f) && slices.Contains(c.Body.omitted(), f):
			r.refused = append(r.refused, line)
		case at.path == nil && c.refuses(f):
			r.here = append(r.here, line)
		case facts.Nested[name] != "" && !r.seen[f.Type.Struct]:
			r.seen[f.Type.Struct] = true
			next := position{f.Type.Struct, path, before, "}" + at.after}
			if f.Type.Slice {
				next = position{f.Type.Struct, append(slices.Clip(path), "0"), before + "[", "]}" + at.after}
			}
			r.queue = append(r.queue, next)
		}
	}
}

func row(path []string, body string) string {
	return string(quoted(strings.Join(path, "/"))) + " " + body
}
