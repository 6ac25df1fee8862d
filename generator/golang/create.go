package golang

import (
	"cmp"
	"encoding/json/jsontext"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// Create is the method Create of a builder, which adds an item to a collection.
type Create struct {
	Builder   *Builder
	Method    *api.Method
	Body      *Struct
	Refused   []*Refused // in the order of their names in the schema
	Required  []string   // names in the schema
	Retained  bool       // removed from the schema
	Evolvable bool       // the response can hold an evolvable enumeration
	Page      string     // the address of the reference page, or ""
	Request   jsontext.Value
	Response  jsontext.Value
}

// Refused is a property that a create cannot set. The type of the body, or a type
// derived from it, declares the property.
type Refused struct {
	Field    *Field
	Evidence string
}

func (p *planner) create(b *Builder, o *api.Method) *Create {
	body := p.structs[o.Resource.Type()]
	annotations := o.Resource.Annotations()
	c := &Create{
		Builder:   b,
		Method:    o,
		Body:      body,
		Refused:   refused(body, vocab.InsertRestrictions(annotations)),
		Required:  slices.Sorted(slices.Values(vocab.InsertRestrictions(annotations).Required)),
		Retained:  o.Retained,
		Evolvable: evolvable(body, map[*Struct]bool{}),
		Page:      vocab.DocumentationLink(annotations, vocab.RelationCreate),
	}
	body.Creates = append(body.Creates, c)
	if !body.hasInstance() {
		name := body.Type.QualifiedName()
		if note := name + " is abstract: add it to derived to generate its derived types"; !slices.Contains(p.plan.Notes, note) {
			p.plan.Notes = append(p.plan.Notes, note)
		}
	}
	return c
}

func (s *Struct) abstract() bool { return s.Type.Abstract == model.Yes }
func (s *Struct) concrete() bool { return !s.abstract() && !vocab.Retained(s.Type.Annotated) }

// byConfiguration is the evidence of properties that the configuration lists.
const byConfiguration = "configuration"

// refused returns the properties of s and its derived types that a create cannot
// set, with the evidence.
func refused(s *Struct, insert vocab.Insert) []*Refused {
	evidence := "Capabilities.InsertRestrictions"
	if insert.Page != "" {
		evidence = "the reference page"
	}
	fields := slices.Clone(s.AllFields())
	for _, d := range s.Known {
		fields = append(fields, d.Fields...)
	}
	var list []*Refused
	for _, f := range fields {
		switch {
		case f.Settable:
		case slices.Contains(insert.NonInsertable, f.Property.Name):
			list = append(list, &Refused{f, evidence})
		case f.ReadOnly != "":
			list = append(list, &Refused{f, f.ReadOnly})
		}
	}
	slices.SortFunc(list, func(a, b *Refused) int { return cmp.Compare(a.Field.Property.Name, b.Field.Property.Name) })
	return list
}

// notSettable returns the names of the properties that this create refuses and that
// are not read-only everywhere.
func (c *Create) notSettable() []string {
	var names []string
	for _, r := range c.Refused {
		if r.Field.ReadOnly == "" {
			names = append(names, r.Field.Property.Name)
		}
	}
	return slices.Compact(names)
}

// settableElsewhere returns the names of the refused properties that ForCreate
// keeps, because other creates set them.
func (c *Create) settableElsewhere() []string {
	omitted := c.Body.omitted()
	for _, d := range c.Body.Known {
		omitted = append(omitted, d.omitted()...)
	}
	var names []string
	for _, r := range c.Refused {
		if !slices.Contains(omitted, r.Field) {
			names = append(names, r.Field.Property.Name)
		}
	}
	return slices.Compact(names)
}

// current returns the creates that are not retained.
func (p *Plan) current() []*Create {
	return slices.DeleteFunc(slices.Clone(p.Creates), func(c *Create) bool { return c.Retained })
}

// deprecation returns the deprecation of a retained method, or "".
func (c *Create) deprecation() string {
	switch resource := c.Method.Resource.Annotations(); {
	case !c.Retained:
		return ""
	case vocab.Retained(resource):
		return deprecation(resource)
	default:
		return removedMark
	}
}

// creates returns the methods whose body is of type s or one of its base types. It
// returns retained methods only if there are no others.
func (s *Struct) creates() []*Create {
	all := slices.Clone(s.Creates)
	for _, a := range s.Ancestors() {
		all = append(all, a.Creates...)
	}
	if current := slices.DeleteFunc(slices.Clone(all), func(c *Create) bool { return c.Retained }); len(current) > 0 {
		return current
	}
	return all
}

// serviceSets are the properties that the service sets on all types that have them.
var serviceSets = []string{"createdBy", "createdDateTime", "lastModifiedBy", "lastModifiedDateTime"}

// omitted returns the fields that ForCreate leaves out: read-only properties,
// properties that every create of s refuses, and the id of microsoft.graph.entity.
// If neither the metadata nor a page says which properties can be set, it adds
// serviceSets. Other keys stay, because clients choose the keys of some items.
func (s *Struct) omitted() []*Field {
	creates := s.creates()
	evidence := slices.ContainsFunc(creates, func(c *Create) bool {
		insert := vocab.InsertRestrictions(c.Method.Resource.Annotations())
		return insert.Page != "" || len(insert.NonInsertable) > 0
	})
	var list []*Field
	for _, owner := range append([]*Struct{s}, s.Ancestors()...) {
		for _, f := range owner.Fields {
			name := f.Property.Name
			switch {
			case f.Settable:
			case f.ReadOnly != "",
				len(creates) > 0 && !slices.ContainsFunc(creates, func(c *Create) bool { return !c.refuses(f) }),
				name == "id" && owner.Type.QualifiedName() == "microsoft.graph.entity",
				slices.Contains(serviceSets, name) && !evidence:
				list = append(list, f)
			}
		}
	}
	slices.SortFunc(list, func(a, b *Field) int { return cmp.Compare(a.Property.Name, b.Property.Name) })
	return list
}

func (c *Create) refuses(f *Field) bool {
	return slices.ContainsFunc(c.Refused, func(r *Refused) bool { return r.Field == f })
}

// evolvable reports whether a value of type s can hold a member of an evolvable
// enumeration.
func evolvable(s *Struct, seen map[*Struct]bool) bool {
	if seen[s] {
		return false
	}
	seen[s] = true
	for _, f := range s.AllFields() {
		if f.Retained {
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
