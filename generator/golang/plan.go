// Package golang generates the Go package for a selection.
//
// [NewPlan] decides the declarations, their names and their files. [Render] turns
// the plan into the bytes of the files. Neither reads or writes a file.
package golang

import (
	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/quirk"
	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// Options are the options of a plan.
type Options struct {
	Package    string            // the package name
	ImportPath string            // of the package
	ODataPath  string            // the import path of the support package odata
	APIVersion string            // of the service, "beta" or "v1.0"
	Keys       string            // where keys stand in paths: "segments", "parentheses", or "" for what the model says
	Rules      ident.Rules       // the spelling of Go names
	Pinned     map[string]string // Go names of earlier runs, by key as in Plan.Names
	Earlier    []string          // the IDs of the methods that the earlier runs gave names
	ReadOnly   []string          // properties that only the service sets: "microsoft.graph.itemFacet/createdBy"
	Settable   []string          // properties that a client can set in spite of metadata and pages: "microsoft.graph.partner/tenantId"
	Renamed    map[string]string // the new keys of renamed elements by their old keys, which become aliases
}

// Plan is a Go package, decided but not yet written.
type Plan struct {
	Options  Options
	Structs  []*Struct
	Enums    []*Enum
	Aliases  []*Alias
	OldNames []*OldName // of renamed types
	Client   *Builder   // the root of the service
	Builders []*Builder
	Methods  []*Method
	Queries  []*Query

	// Names are the Go names in use, by name in the schema. Later runs pin them.
	Names map[string]string

	// Notes are sentences for the user about gaps in the package.
	Notes []string

	parameterTypes map[*model.Parameter]GoType // of functions

	service vocab.Service // the conventions of its addresses

	facts map[string]edm.TypeFacts // about the types that requests can send, by name in the schema
}

// ParameterType returns the Go type of a parameter of a function.
func (p *Plan) ParameterType(parameter *model.Parameter) GoType { return p.parameterTypes[parameter] }

// Struct is the Go type of an entity type or a complex type.
type Struct struct {
	Name    string
	File    string
	Type    *model.StructuredType
	Base    *Struct // nil for a root
	Fields  []*Field
	Known   []*Struct // the derived types in the package
	Creates []*Method // the creates whose body is of this type
	Query   *Query    // nil if no method takes one

	// Action is the action whose parameters the struct holds, or nil.
	Action *model.Operation
}

// Ancestors returns the base types of s, the nearest first.
func (s *Struct) Ancestors() []*Struct {
	var list []*Struct
	for b := s.Base; b != nil; b = b.Base {
		list = append(list, b)
	}
	return list
}

// AllFields returns the fields of s and its base types, beginning with the root.
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
	Retained bool   // removed from the schema
	Allowed  []AllowedValue
}

// AllowedValue is the Go constant of an allowed value of a property.
type AllowedValue struct {
	Name, Text string
	Retained   bool // removed from the schema
}

// Enum is the Go type of an enumeration.
type Enum struct {
	Name      string
	File      string
	Type      *model.EnumType
	Constants []Constant
	OldNames  []*OldName // constants of renamed members
}

// Constant is the Go constant of an enum member.
type Constant struct {
	Name     string
	Member   *model.Member
	Retained bool // removed from the schema
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
	Function *model.Operation // the function of Resource that it calls, or nil
	Calls    []*api.Method    // of Function: one for each resource that shares the builder
	Steps    []Step
	Methods  []*Method
	Retained bool // no selected path leads to it any more
	Paths    []model.Path
}

// NewPlan plans the package for the selection s from the model m. If s has
// retained elements, which m lacks, they get only names that no element of m has.
func NewPlan(m *model.Model, s *api.Selection, options Options) (*Plan, error) {
	n, err := newNames(m, options.Rules, pinnedNames(m, options.Pinned))
	if err != nil {
		return nil, err
	}
	n.declareAll(m)
	if s.Model != nil {
		n.declareAll(s.Model)
	}
	p := &planner{
		names:   n,
		plan:    &Plan{Options: options, Client: &Builder{Name: "Client", File: "client"}, Names: map[string]string{}, parameterTypes: map[*model.Parameter]GoType{}},
		structs: map[*model.StructuredType]*Struct{},
		enums:   map[*model.EnumType]*Enum{},

		bodies:    map[*model.Operation]*Struct{},
		functions: map[string]*Builder{},
		earlier:   map[string]bool{},
		stepNames: map[string]string{},
	}
	for _, id := range options.Earlier {
		p.earlier[id] = true
	}
	p.plan.service = vocab.ServiceOf(m)
	if options.Keys != "" {
		p.plan.service.KeysInParentheses = options.Keys == "parentheses"
	}
	p.types(s)
	p.builders(s, newMethods(n, m, p.pinnedMembers(m, s)))
	p.queries()
	p.oldNames()
	p.facts()
	return p.plan, nil
}

// HasClient reports whether the package sends requests.
func (p *Plan) HasClient() bool { return len(p.Client.Steps)+len(p.Client.Methods) > 0 }

// QualifiesEnums reports whether enumerations have the method ODataEnum.
func (p *Plan) QualifiesEnums() bool { return p.service.QualifiedEnums }

type planner struct {
	names   *names
	plan    *Plan
	structs map[*model.StructuredType]*Struct
	enums   map[*model.EnumType]*Enum
	done    map[*Struct]bool // whose fields are planned

	bodies    map[*model.Operation]*Struct // the parameters of actions
	functions map[string]*Builder          // the builders for functions, by key
	earlier   map[string]bool              // Options.Earlier
	stepNames map[string]string            // the methods that lead to properties, by methodKey
}

// name returns the Go name for a key of names, and adds it to the names of the
// plan.
func (p *planner) name(key string) string {
	name := p.names.goName[key]
	p.plan.Names[key] = name
	return name
}

// file returns the file for a key of names. If the Go name does not determine it,
// file adds it to the names of the plan.
func (p *planner) file(key string) string {
	file := p.names.file[key]
	if file != p.names.rules.File(p.names.goName[key]) {
		p.plan.Names[fileKey(key)] = file
	}
	return file
}

// types plans the declarations for all types. It plans all structs before their
// fields, which refer to structs.
func (p *planner) types(selected *api.Selection) {
	for _, t := range selected.Types {
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
				e.Constants = append(e.Constants, Constant{p.name(memberKey(t, m.Name)), m, vocab.Retained(m.Annotated)})
			}
			p.enums[t] = e
			p.plan.Enums = append(p.plan.Enums, e)
		case *model.TypeDefinition:
			p.plan.Aliases = append(p.plan.Aliases, &Alias{p.name(key), p.file(key), t, primitive(t.Underlying.Name)})
		}
	}
	p.parameters(selected.Methods)
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
	for _, retained := range []bool{false, true} {
		p.done = map[*Struct]bool{}
		for _, s := range p.plan.Structs {
			p.fields(s, retained)
		}
	}
}
