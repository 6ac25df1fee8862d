// Package golang writes a selected model as a Go package.
//
// [NewPlan] decides what is declared, under which name, and in which file;
// [Render] turns the plan into the bytes of the files. Neither touches a file.
package golang

import (
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/quirk"
	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// Options say what the package is called and where it lives.
type Options struct {
	Package    string            // its name
	ImportPath string            // its import path
	ODataPath  string            // the import path of the support package odata
	APIVersion string            // of the service, "beta" or "v1.0"
	Rules      ident.Rules       // how words are spelled
	Pinned     map[string]string // Go names given before, by name in the schema
	ReadOnly   []string          // properties that only the service sets: "microsoft.graph.itemFacet/createdBy"
	Settable   []string          // properties that a client can set, whatever metadata and pages say: "microsoft.graph.partner/tenantId"
	Renamed    map[string]string // former names of renamed elements that stay, as aliases: new keys by old ones
}

// Plan is a Go package, decided but not yet written.
type Plan struct {
	Options  Options
	Structs  []*Struct
	Enums    []*Enum
	Aliases  []*Alias
	Former   []*Former // former names of renamed types
	Root     []Step    // from the client
	Builders []*Builder
	Creates  []*Create

	// Names are the Go names in use, by name in the schema, for pinning.
	Names map[string]string

	// Notes tell the user of the package about gaps in it, in a sentence each.
	Notes []string

	facts map[string]edm.TypeFacts // facts about the types that requests can send, by name
}

// Struct is the Go type of an entity type or a complex type.
type Struct struct {
	Name    string
	File    string
	Type    *model.StructuredType
	Base    *Struct // nil for a root
	Fields  []*Field
	Known   []*Struct // the types derived from it that the package has
	Creates []*Create // the methods that create one
}

// Ancestors returns the base types of s, the nearest first.
func (s *Struct) Ancestors() []*Struct {
	var list []*Struct
	for b := s.Base; b != nil; b = b.Base {
		list = append(list, b)
	}
	return list
}

// AllFields returns the fields of s and its base types, those of the root
// first.
func (s *Struct) AllFields() []*Field {
	if s.Base == nil {
		return s.Fields
	}
	return append(s.Base.AllFields(), s.Fields...)
}

// Field is the Go field of a structural property.
type Field struct {
	Name     string
	Property *model.Property
	Type     GoType
	ReadOnly string // the evidence that only the service sets it, or ""
	Settable bool   // the configuration says that a client can set it
	Kept     bool   // removed from the schema
	Allowed  []AllowedValue
}

// AllowedValue is the Go constant of a text that a property takes.
type AllowedValue struct {
	Name, Text string
	Kept       bool // removed from the schema
}

// Enum is the Go type of an enumeration.
type Enum struct {
	Name      string
	File      string
	Type      *model.EnumType
	Constants []Constant
	Former    []*Former // constants of renamed members
}

// Constant is the Go constant of an enum member.
type Constant struct {
	Name   string
	Member *model.Member
	Kept   bool // removed from the schema
}

// Alias is the Go name of a type definition.
type Alias struct {
	Name string
	File string
	Type *model.TypeDefinition
	Go   GoType
}

// Builder is the Go type that addresses a resource.
type Builder struct {
	Name     string
	File     string
	Resource model.Resource
	Steps    []Step
	Create   *Create // nil if nothing is created here
	Kept     bool    // no selected path leads here any more
	Paths    []model.Path
}

// Step is the Go method that leads from a builder to a next one.
type Step struct {
	Method string
	To     *Builder
	Kept   bool    // no selected path needs it any more
	Former *Former // of a renamed method; else nil
}

// NewPlan decides all Go names and the contents of all files for the selection s
// of the model m. The selection can have elements that m lacks: they take only
// names that nothing else has.
func NewPlan(m *model.Model, s *api.Selection, options Options) (*Plan, error) {
	n, err := newNames(options.Rules, pinnedNames(m, options.Pinned))
	if err != nil {
		return nil, err
	}
	n.declareAll(m)
	if s.Model != nil {
		n.declareAll(s.Model)
	}
	p := &planner{
		names:   n,
		plan:    &Plan{Options: options, Names: map[string]string{}},
		structs: map[*model.StructuredType]*Struct{},
		enums:   map[*model.EnumType]*Enum{},
	}
	p.types(s.Types)
	p.builders(s, newMethods(n, m.Container))
	p.former()
	p.facts()
	for _, c := range p.plan.Creates {
		c.examples(p.plan.typeFacts)
	}
	return p.plan, nil
}

type planner struct {
	names   *names
	plan    *Plan
	structs map[*model.StructuredType]*Struct
	enums   map[*model.EnumType]*Enum
	done    map[*Struct]bool // whose fields are planned
}

// name returns the Go name for a key of names, and pins it.
func (p *planner) name(key string) string {
	name := p.names.goName[key]
	p.plan.Names[key] = name
	return name
}

// file returns the file for a key of names, and pins it where that is needed.
func (p *planner) file(key string) string {
	file := p.names.file[key]
	if file != p.names.rules.File(p.names.goName[key]) {
		p.plan.Names[fileKey(key)] = file
	}
	return file
}

// types plans the declarations for all types. It makes all structs before their
// fields, which refer to them.
func (p *planner) types(types []model.Type) {
	for _, t := range types {
		key := t.QualifiedName()
		switch t := t.(type) {
		case *model.StructuredType:
			if quirk.IsJSON(t) {
				continue
			}
			s := &Struct{Name: p.name(key), File: p.file(key), Type: t}
			p.structs[t] = s
			p.plan.Structs = append(p.plan.Structs, s)
		case *model.EnumType:
			e := &Enum{Name: p.name(key), File: p.file(key), Type: t}
			for _, m := range t.Members {
				e.Constants = append(e.Constants, Constant{p.name(memberKey(t, m.Name)), m, vocab.Kept(m.Annotated)})
			}
			p.enums[t] = e
			p.plan.Enums = append(p.plan.Enums, e)
		case *model.TypeDefinition:
			p.plan.Aliases = append(p.plan.Aliases, &Alias{p.name(key), p.file(key), t, primitive(t.Underlying.Name)})
		}
	}
	for _, s := range p.plan.Structs {
		if base := s.Type.BaseType(); base != nil {
			s.Base = p.structs[base]
		}
	}
	for _, s := range p.plan.Structs {
		for _, ancestor := range s.Ancestors() {
			ancestor.Known = append(ancestor.Known, s)
		}
	}
	for _, kept := range []bool{false, true} {
		p.done = map[*Struct]bool{}
		for _, s := range p.plan.Structs {
			p.fields(s, kept)
		}
	}
}

// fields decides the names of the fields of s: of the retained ones, or of the
// others. They are unique among the fields of its base types, which embedding
// promotes, and differ from its methods and from the names of all types that it
// embeds or that embed it. Retained fields are named last; on a clash they are
// dropped.
func (p *planner) fields(s *Struct, kept bool) {
	if p.done[s] {
		return
	}
	p.done[s] = true
	taken := map[string]bool{"AdditionalData": true, "ODataType": true, "ODataTypes": true, "ForCreate": true}
	p.reserveTypes(s.Type, kept, taken)
	if s.Base != nil {
		p.fields(s.Base, kept)
	}
	take := func(fields []*Field) {
		for _, f := range fields {
			taken[f.Name] = true
		}
	}
	take(s.AllFields())
	for _, d := range s.Known {
		take(d.Fields)
	}
	for _, property := range s.Type.Properties {
		if !tagName(property.Name) || vocab.Kept(property.Annotated) != kept {
			continue
		}
		key := fieldKey(s.Type, property.Name)
		name := p.fieldName(key, property, taken)
		if kept && name != p.names.pinned[key] {
			continue
		}
		taken[name] = true
		p.plan.Names[key] = name
		s.Fields = append(s.Fields, &Field{
			Name:     name,
			Property: property,
			Type:     p.goType(property),
			ReadOnly: p.readOnly(s, property),
			Settable: p.settable(s, property),
			Kept:     kept,
			Allowed:  p.allowed(s, property),
		})
	}
	slices.SortFunc(s.Fields, func(a, b *Field) int { return strings.Compare(a.Property.Name, b.Property.Name) })
}

// tagName reports whether a json tag can hold a name (encoding/json/v2), and a
// property have it: names with @ are those of control information. Members with
// other names are part of AdditionalData.
func tagName(name string) bool { return name != "" && !strings.ContainsAny(name, ",\\'\"`@") }

func (p *planner) fieldName(key string, property *model.Property, taken map[string]bool) string {
	isTaken := func(s string) bool { return taken[s] }
	name, pinned := p.names.pinned[key]
	if !pinned || isTaken(name) {
		name = ident.Unique(p.names.rules.Exported(property.Name), isTaken)
	}
	return name
}

// reserveTypes takes the names by which t and its relatives are embedded and
// converted, with or without the retained ones.
func (p *planner) reserveTypes(t *model.StructuredType, kept bool, taken map[string]bool) {
	reserve := func(t *model.StructuredType) {
		if vocab.Kept(t.Annotated) && !kept {
			return
		}
		name := p.names.goName[t.QualifiedName()]
		taken[name] = true
		taken["As"+name] = true
	}
	for ancestor := t.BaseType(); ancestor != nil; ancestor = ancestor.BaseType() {
		reserve(ancestor)
	}
	var descend func(t *model.StructuredType)
	descend = func(t *model.StructuredType) {
		reserve(t)
		for _, d := range t.Derived() {
			descend(d)
		}
	}
	descend(t)
}

// allowed returns the constants for the texts that a property takes.
func (p *planner) allowed(s *Struct, property *model.Property) []AllowedValue {
	var list []AllowedValue
	kept := vocab.KeptValues(property.Annotated)
	for _, text := range allowedTexts(property) {
		list = append(list, AllowedValue{p.name(valueKey(s.Type, property, text)), text, slices.Contains(kept, text)})
	}
	return list
}

// readOnly returns the evidence that only the service sets a property, or "".
func (p *planner) readOnly(s *Struct, property *model.Property) string {
	term, readOnly := vocab.ReadOnly(property.Annotated)
	switch {
	case p.settable(s, property):
		return ""
	case readOnly:
		return term
	case slices.Contains(p.plan.Options.ReadOnly, configured(s, property)):
		return byConfiguration
	}
	return ""
}

// settable reports whether the configuration says that a client can set a
// property.
func (p *planner) settable(s *Struct, property *model.Property) bool {
	return slices.Contains(p.plan.Options.Settable, configured(s, property))
}

// configured returns the name of a property in the configuration.
func configured(s *Struct, property *model.Property) string {
	return s.Type.QualifiedName() + "/" + property.Name
}

// builders plans the builders, the steps between them and the methods that send
// requests.
func (p *planner) builders(s *api.Selection, methods *methods) {
	builders := map[model.Resource]*Builder{}
	builder := func(r model.Resource) *Builder {
		b, ok := builders[r]
		if !ok {
			b = &Builder{Name: p.name(r.ID()), File: p.file(r.ID()), Resource: r, Kept: true}
			builders[r] = b
			p.plan.Builders = append(p.plan.Builders, b)
		}
		return b
	}
	steps := func(r model.Resource) *[]Step {
		if r == (model.Resource{}) {
			return &p.plan.Root
		}
		return &builder(r).Steps
	}
	for _, link := range s.Steps {
		to, from := builder(link.To), steps(link.From)
		to.Kept = to.Kept && link.Retained
		if !link.To.Item && vocab.Kept(link.To.Annotations()) {
			continue
		}
		step := Step{Method: methods.of(link.To), To: to, Kept: link.Retained}
		if !link.To.Item {
			p.plan.Names[methodKey(link.To)] = step.Method
		}
		*from = append(*from, step)
	}
	for _, link := range s.Steps {
		key := methodKey(link.To)
		method := p.names.pinned[key]
		from := steps(link.From)
		if !link.To.Item && vocab.Kept(link.To.Annotations()) && free(*from, method) {
			p.plan.Names[key] = method
			*from = append(*from, Step{Method: method, To: builder(link.To), Kept: true})
		}
	}
	for _, o := range s.Methods {
		b := builder(o.Resource)
		b.Create = p.create(b, o)
		p.plan.Creates = append(p.plan.Creates, b.Create)
	}
	slices.SortFunc(p.plan.Builders, func(a, b *Builder) int { return strings.Compare(a.Name, b.Name) })
}
