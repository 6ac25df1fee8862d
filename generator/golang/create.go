package golang

import (
	"cmp"
	"encoding/json/jsontext"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// Create is the operation that adds an item to a collection.
type Create struct {
	Builder   *Builder
	Operation *api.Method
	Body      *Struct
	Refused   []*Refused // in the order of their names in the schema
	Required  []string   // names in the schema
	Status    string     // of success: "201", or "2XX" for any
	Kept      bool       // the schema does not have it any more
	Evolvable bool       // an enumeration that can grow can come back
	Page      string     // the address of the reference page, or ""
	Request   jsontext.Value
	Response  jsontext.Value
}

// Refused is a property that a create cannot set.
type Refused struct {
	Field    *Field
	Evidence string
}

func (p *planner) create(b *Builder, o *api.Method) *Create {
	body := p.structs[o.Resource.Type()]
	annotations := o.Resource.Annotations()
	c := &Create{
		Builder:   b,
		Operation: o,
		Body:      body,
		Refused:   refused(body, vocab.InsertRestrictions(annotations)),
		Required:  slices.Sorted(slices.Values(vocab.InsertRestrictions(annotations).Required)),
		Status:    vocab.CreateStatus(annotations),
		Kept:      o.Retained,
		Evolvable: evolvable(body, map[*Struct]bool{}),
		Page:      vocab.DocumentationLink(annotations, vocab.RelationCreate),
	}
	c.Request, c.Response = examples(c, annotations)
	body.Creates = append(body.Creates, c)
	return c
}

// byConfiguration is the evidence that the user gives.
const byConfiguration = "configuration"

// refused returns the properties of s that a create cannot set, as far as
// there is evidence.
func refused(s *Struct, insert vocab.Insert) []*Refused {
	evidence := "Capabilities.InsertRestrictions"
	if insert.Page != "" {
		evidence = "the reference page"
	}
	var list []*Refused
	for _, f := range s.AllFields() {
		switch {
		case slices.Contains(insert.NonInsertable, f.Property.Name):
			list = append(list, &Refused{f, evidence})
		case f.ReadOnly != "":
			list = append(list, &Refused{f, f.ReadOnly})
		}
	}
	slices.SortFunc(list, func(a, b *Refused) int { return cmp.Compare(a.Field.Property.Name, b.Field.Property.Name) })
	return list
}

// current returns the operations that the schema has.
func (p *Plan) current() []*Create {
	return slices.DeleteFunc(slices.Clone(p.Creates), func(c *Create) bool { return c.Kept })
}

// deprecation says that an operation is kept, or "".
func (c *Create) deprecation() string {
	switch resource := c.Operation.Resource.Annotations(); {
	case !c.Kept:
		return ""
	case vocab.Kept(resource):
		return deprecation(resource)
	default:
		return gone
	}
}

// omitted returns the fields that ForCreate leaves out: those that no create
// of s can set; where the source and the pages do not tell, also the key and what
// tells who created and modified the item, and when.
func (s *Struct) omitted() []*Field {
	creates := slices.DeleteFunc(slices.Clone(s.Creates), func(c *Create) bool { return c.Kept })
	if len(creates) == 0 {
		creates = s.Creates
	}
	var list []*Field
	evidence := slices.ContainsFunc(creates, func(c *Create) bool {
		return slices.ContainsFunc(c.Refused, func(r *Refused) bool { return r.Evidence != byConfiguration && !r.Field.Kept })
	})
	keys := s.Type.KeyNames()
	for _, f := range s.AllFields() {
		refused := len(creates) > 0 && !slices.ContainsFunc(creates, func(c *Create) bool { return !c.refuses(f) })
		usual := slices.Contains(keys, f.Property.Name) ||
			strings.HasPrefix(f.Property.Name, "created") || strings.HasPrefix(f.Property.Name, "lastModified")
		if refused || usual && !evidence {
			list = append(list, f)
		}
	}
	return list
}

func (c *Create) refuses(f *Field) bool {
	return slices.ContainsFunc(c.Refused, func(r *Refused) bool { return r.Field == f })
}

// evolvable reports whether a value of type s can hold a member of an
// enumeration that the schema may extend.
func evolvable(s *Struct, seen map[*Struct]bool) bool {
	if seen[s] {
		return false
	}
	seen[s] = true
	for _, f := range s.AllFields() {
		if f.Kept {
			continue
		}
		if f.Type.Enum != nil && vocab.Evolvable(f.Type.Enum.Type) {
			return true
		}
		if f.Type.Struct != nil && evolvable(f.Type.Struct, seen) {
			return true
		}
	}
	return slices.ContainsFunc(s.Known, func(d *Struct) bool { return evolvable(d, seen) })
}
