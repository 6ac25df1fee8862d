package golang

import (
	"cmp"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// Method is a Go method of a builder that sends a request.
type Method struct {
	*api.Method
	GoName    string
	Builder   *Builder
	Type      *Struct    // of the entity, or of an item of the collection; nil for a Delete and a primitive result
	Body      *Struct    // what the request sends, or nil
	Result    GoType     // of an operation
	Refused   []*Refused // properties that the body cannot set, in the order of their names in the schema
	Required  []string   // names in the schema
	Evolvable bool       // the response can hold an evolvable enumeration
	Page      string     // the address of the reference page, or ""
	Access    []Access   // that the page gives, in the order of the kinds of callers
}

// Refused is a property that a body cannot set. The type of the body, or a type
// derived from it, declares the property.
type Refused struct {
	Field    *Field
	Evidence string
}

// method plans the method that sends a request. name is that of a call.
func (p *planner) method(b *Builder, sent *api.Method, name string) *Method {
	if sent.Operation != nil {
		return p.call(b, sent, name)
	}
	annotations := sent.Resource.Annotations()
	m := &Method{
		Method:  sent,
		GoName:  string(sent.Kind),
		Builder: b,
		Type:    p.structs[sent.Resource.Type()],
	}
	m.describe()
	if m.Type != nil && sent.Kind != api.Count && sent.Returns().Name != "" {
		m.Evolvable = evolvable(m.Type, map[*Struct]bool{})
	}
	if sent.HasBody() {
		m.Body = m.Type
	}
	if m.isStream() {
		m.GoName = name
	}
	switch sent.Kind {
	case api.Create:
		insert := vocab.InsertRestrictions(annotations)
		m.Refused = m.refused(insert.NonInsertable, evidenceOf(insert.Page, "Capabilities.InsertRestrictions"))
		m.Required = slices.Sorted(slices.Values(insert.Required))
		m.Type.Creates = append(m.Type.Creates, m)
		p.noteAbstract(m.Type)
	case api.Update, api.Replace:
		update := vocab.UpdateRestrictions(annotations)
		m.Refused = m.refused(update.NonUpdatable, evidenceOf(update.Page, "Capabilities.UpdateRestrictions"))
	}
	return m
}

// evidenceOf names the source of restrictions: the page that they were read from, or
// a term.
func evidenceOf(page, term string) string {
	if page != "" {
		return "the reference page"
	}
	return term
}

// noteAbstract adds a note if the package has no type for a body.
func (p *planner) noteAbstract(body *Struct) {
	if body.hasInstance() {
		return
	}
	note := body.Type.QualifiedName() + " is abstract: add it to derived to generate its derived types"
	if !slices.Contains(p.plan.Notes, note) {
		p.plan.Notes = append(p.plan.Notes, note)
	}
}

func (s *Struct) abstract() bool { return s.Type.Abstract == model.Yes }
func (s *Struct) concrete() bool { return !s.abstract() && !vocab.Retained(s.Type.Annotated) }

// byConfiguration is the evidence of properties that the configuration lists.
const byConfiguration = "configuration"

// refused returns the properties of the body and its derived types that it cannot
// set: the read-only ones and the listed ones, with the evidence.
func (m *Method) refused(listed []string, evidence string) []*Refused {
	fields := slices.Clone(m.Type.AllFields())
	for _, d := range m.Type.Known {
		fields = append(fields, d.Fields...)
	}
	var list []*Refused
	for _, f := range fields {
		switch {
		case f.Settable:
		case slices.Contains(listed, f.Property.Name):
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
func (m *Method) notSettable() []string {
	var names []string
	for _, r := range m.Refused {
		if r.Field.ReadOnly == "" {
			names = append(names, r.Field.Property.Name)
		}
	}
	return slices.Compact(names)
}

// settableElsewhere returns the names of the refused properties that ForCreate
// keeps, because other creates set them.
func (m *Method) settableElsewhere() []string {
	omitted := m.Type.omitted()
	for _, d := range m.Type.Known {
		omitted = append(omitted, d.omitted()...)
	}
	var names []string
	for _, r := range m.Refused {
		if !slices.Contains(omitted, r.Field) {
			names = append(names, r.Field.Property.Name)
		}
	}
	return slices.Compact(names)
}

// current returns the methods that are not retained.
func (p *Plan) current() []*Method {
	return slices.DeleteFunc(slices.Clone(p.Methods), func(c *Method) bool { return c.Retained })
}

// deprecation returns the deprecation of a retained method, or "".
func (m *Method) deprecation() string {
	switch resource := m.Resource.Annotations(); {
	case !m.Retained:
		return ""
	case vocab.Retained(resource):
		return deprecation(resource)
	default:
		return removedMark
	}
}

// creates returns the methods whose body is of type s or one of its base types. It
// returns retained methods only if there are no others.
func (s *Struct) creates() []*Method {
	all := slices.Clone(s.Creates)
	for _, a := range s.Ancestors() {
		all = append(all, a.Creates...)
	}
	if current := slices.DeleteFunc(slices.Clone(all), func(c *Method) bool { return c.Retained }); len(current) > 0 {
		return current
	}
	return all
}

// serviceSets are the properties that the service sets on all types that have them.
var serviceSets = []string{"createdBy", "createdDateTime", "lastModifiedBy", "lastModifiedDateTime"}

// omitted returns the fields that ForCreate leaves out: read-only properties,
// properties that every create of s refuses, and the id of microsoft.graph.entity.
// It adds serviceSets, unless the page or the restrictions of a create show that it can
// set them: a create about which nothing is said does not. Other keys stay, because
// clients choose the keys of some items.
func (s *Struct) omitted() []*Field {
	creates := s.creates()
	explained := slices.DeleteFunc(slices.Clone(creates), func(c *Method) bool {
		insert := vocab.InsertRestrictions(c.Resource.Annotations())
		return insert.Page == "" && len(insert.NonInsertable) == 0
	})
	var list []*Field
	for _, owner := range append([]*Struct{s}, s.Ancestors()...) {
		for _, f := range owner.Fields {
			name := f.Property.Name
			switch {
			case f.Settable:
			case f.ReadOnly != "",
				len(creates) > 0 && !anyTakes(creates, f),
				name == "id" && owner.Type.QualifiedName() == "microsoft.graph.entity",
				slices.Contains(serviceSets, name) && !anyTakes(explained, f):
				list = append(list, f)
			}
		}
	}
	slices.SortFunc(list, func(a, b *Field) int { return cmp.Compare(a.Property.Name, b.Property.Name) })
	return list
}

// anyTakes reports whether one of some creates does not refuse a field.
func anyTakes(creates []*Method, f *Field) bool {
	return slices.ContainsFunc(creates, func(c *Method) bool { return !c.refuses(f) })
}

func (m *Method) refuses(f *Field) bool {
	return slices.ContainsFunc(m.Refused, func(r *Refused) bool { return r.Field == f })
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
