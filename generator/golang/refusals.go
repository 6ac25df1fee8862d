package golang

import (
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// refusals are bodies that a create refuses, for its test. Each row holds the path
// of the refused property or value as a JSON string, and the body.
type refusals struct {
	refused  []string // read-only properties
	here     []string // read-only properties that ForCreate keeps, because other creates set them
	abstract []string // values of abstract types

	seen  map[*Struct]bool
	queue []position
}

// position is the position of a value in a body.
type position struct {
	s             *Struct  // the type of the value
	path          []string // "client", "0" for an item of a list
	before, after string   // the JSON around the value
}

// unknownType stands for a type derived from an abstract one, if the package has no
// such type.
const unknownType = "example.derived"

// refusals returns a body for each read-only property and each abstract type that a
// body of c can hold. It puts them as near to the top as possible.
func (p *Plan) refusals(c *Method) *refusals {
	r := &refusals{seen: map[*Struct]bool{c.Type: true}, queue: []position{{s: c.Type}}}
	for len(r.queue) > 0 {
		at := r.queue[0]
		r.queue = r.queue[1:]
		if at.s.abstract() {
			r.abstract = append(r.abstract, row(at.path, at.before+"{}"+at.after))
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

// object adds the refusals of some fields of an object at a position, and adds the
// values that the object can hold to the queue. typeName is the type of the object,
// or "" for the declared type.
func (r *refusals) object(c *Method, at position, typeName string, fields []*Field, facts edm.TypeFacts) {
	begin := "{"
	if typeName != "" {
		begin += `"@odata.type":` + string(quoted("#"+typeName)) + ","
	}
	for _, f := range fields {
		name := f.Property.Name
		path := append(slices.Clip(at.path), name)
		before := at.before + begin + string(quoted(name)) + ":"
		line := row(path, before+string(distinctValue(f, 0))+"}"+at.after)
		switch {
		case slices.Contains(facts.ReadOnly, name):
			r.refused = append(r.refused, line)
		case at.path == nil && c.refuses(f) && slices.Contains(c.Type.omitted(), f):
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
