package diff

import (
	"slices"
	"strings"
	"sync"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// surface holds the symbols that a package exports, by name.
type surface map[string]*symbol

// surfaces are the symbols of two packages.
type surfaces struct {
	old, new           surface
	oldNames, newNames map[string]string // the symbol with the lowest rank for each subject
	aliases            aliases           // that the new one has for types of the old one
}

func surfacesOf(old, new *golang.Plan) surfaces {
	s := surfaces{aliases: aliasesOf(new)}
	var other sync.WaitGroup
	other.Go(func() {
		s.old = surfaceOf(old, s.aliases)
		s.oldNames = s.old.subjects()
	})
	s.new = surfaceOf(new, nil)
	s.newNames = s.new.subjects()
	other.Wait()
	return s
}

// surfaceOf returns the symbols of the package of a plan. It replaces aliases in
// their forms.
func surfaceOf(p *golang.Plan, aliases aliases) surface {
	s := surface{}
	for _, t := range p.Structs {
		s.structType(t, aliases)
	}
	for _, t := range p.Enums {
		s.enum(t, p.QualifiesEnums(), aliases)
	}
	for _, t := range p.Aliases {
		var of shape
		if t.Go.Path == "" {
			of = shapeBasic
		}
		s.add(symbol{name: t.Name, is: goType(t.Go, nil), form: "= " + goType(t.Go, nil), shape: of, at: t.Type.Position, causes: []cause{{t.Type.QualifiedName(), KindType}}})
	}
	for _, b := range p.Builders {
		s.builder(p, b, aliases)
	}
	for _, q := range p.Queries {
		s.query(q, aliases)
	}
	if p.HasClient() {
		for _, name := range []string{"Client", "ClientOptions", "NewClient", "Options"} {
			s.add(symbol{name: name, form: name, shape: shapeStruct, causes: []cause{{anyMethod, KindMethod}}})
		}
	}
	s.methods(p.Client, []cause{{anyMethod, KindMethod}}, aliases)
	for _, step := range p.Client.Steps {
		s.step(p, "Client", model.Resource{}, step, aliases)
	}
	s.oldNames(p)
	return s
}

func (s surface) add(sym symbol) { s[sym.name] = &sym }

// goType returns a Go type without the name of this package.
func goType(t golang.GoType, aliases aliases) string {
	var text string
	switch {
	case t.Struct != nil:
		text = "*" + aliases.of(t.Struct.Name)
	case t.Enum != nil:
		text = aliases.of(t.Enum.Name)
	case t.Path != "":
		text = t.Path + "." + t.Name
	default:
		text = t.Name
	}
	if t.Nullable {
		return "*" + text
	}
	return text
}

// structType adds a struct with its fields and methods, including the ones that its
// base types promote: these also go missing if a type in between changes its base.
func (s surface) structType(t *golang.Struct, aliases aliases) {
	name := t.Type.QualifiedName()
	s.add(symbol{name: t.Name, is: aliases.of(t.Name), form: formStruct, shape: shapeStruct, at: t.Type.Position, causes: []cause{{name, KindType}}})
	var bases []cause // the changes of base types that would end the promotion
	for depth, a := range append([]*golang.Struct{t}, t.Ancestors()...) {
		of := a.Type.QualifiedName()
		field := func(name, form string, rank int, at source.Position, causes ...cause) {
			s.add(symbol{
				name: t.Name + "." + name, owner: t.Name, form: form, direct: depth == 0,
				rank: rank + depth*rankPromoted, at: at, causes: slices.Concat(causes, bases),
			})
		}
		for _, f := range a.Fields {
			property := of + "/" + f.Property.Name
			field(f.Name, f.Type.Wrapper()+"["+goType(f.Type, aliases)+"]", rankField, f.Property.Position,
				cause{property, KindProperty}, cause{property, KindType}, cause{property, KindNullability}, cause{of, KindType}, cause{f.Property.Type.Name, KindType})
			if depth == 0 {
				s.allowed(property, of, f)
			}
		}
		if a != t {
			s.add(symbol{name: t.Name + ".As" + a.Name, owner: t.Name, form: "*" + aliases.of(a.Name), rank: rankConversion, at: t.Type.Position, causes: bases})
		}
		bases = append(slices.Clip(bases), cause{of, KindBase})
		if a.Base != nil {
			field(a.Base.Name, aliases.of(a.Base.Name), rankEmbedded, a.Type.Position, cause{of, KindBase})
		} else {
			field("AdditionalData", "map", rankConversion, a.Type.Position, cause{of, KindBase})
		}
		if len(a.Creates) > 0 && s[t.Name+".ForCreate"] == nil {
			var causes []cause
			for _, c := range a.Creates {
				causes = append(causes, methodCauses(c.Builder.Resource)...)
			}
			s.add(symbol{name: t.Name + ".ForCreate", owner: t.Name, form: "*" + aliases.of(t.Name), rank: rankPromoted, at: t.Type.Position, causes: append(causes, bases...)})
		}
	}
}

// allowed adds the constants for the allowed values of a property.
func (s surface) allowed(property, of string, f *golang.Field) {
	for _, v := range f.Allowed {
		s.add(symbol{name: v.Name, value: v.Text, rank: rankConstant, at: f.Property.Position, causes: []cause{
			{property + "/" + v.Text, KindAllowed}, {property, KindProperty}, {property, KindType}, {of, KindType},
		}})
	}
}

// enum adds an enumeration with its constants and methods.
func (s surface) enum(e *golang.Enum, qualified bool, aliases aliases) {
	name := e.Type.QualifiedName()
	s.add(symbol{name: e.Name, is: aliases.of(e.Name), form: definedString, shape: shapeBasic, at: e.Type.Position, causes: []cause{{name, KindType}}})
	for _, c := range e.Constants {
		s.add(symbol{name: c.Name, form: aliases.of(e.Name), value: c.Member.Name, rank: rankConstant, at: c.Member.Position, causes: []cause{
			{name + "/" + c.Member.Name, KindMember}, {name, KindType},
		}})
	}
	if qualified {
		s.add(symbol{name: e.Name + ".ODataEnum", owner: e.Name, form: "ODataEnum", rank: rankMethod, at: e.Type.Position, causes: []cause{{name, KindType}}})
	}
	if e.Type.Flags == model.No {
		return
	}
	for _, method := range []string{"Has", "Split"} {
		s.add(symbol{name: e.Name + "." + method, owner: e.Name, form: method, rank: rankMethod, at: e.Type.Position, causes: []cause{
			{name, KindFlags}, {name, KindType},
		}})
	}
}

// symbol is a name that callers of a generated package can use.
type symbol struct {
	name  string // "ItemFacet", "ItemFacet.Source"
	owner string // the type that it is a field or method of, or ""

	// form is the part of the declaration that callers depend on: a type or a
	// signature.
	form string

	// value is the value of a constant, or what a stream or an operation adds to the address.
	value string

	// is is the type that the name stands for, which differs from the name for an
	// alias. It is "" if the symbol is not a type.
	is string

	// shape is the kind of the underlying type. Only types with the same shape can
	// have fields or methods in common.
	shape shape

	// direct reports that the struct itself declares the field, so that a literal
	// can name it. Base types declare the other fields.
	direct bool

	newName string // the name that an old name stands for, or ""

	// query is the type that a name for queries is about, and to the type that a
	// navigation property in it leads to; or nil.
	query, to *golang.Struct

	methods   []string // the IDs of the methods that send their requests with it
	operation string   // the subject of the operation that they call, or ""

	rank   int // the symbol with the lowest rank represents its subject
	at     source.Position
	causes []cause // the changes that can remove or add it, the likeliest first
}

// shape is the kind of an underlying type.
type shape int8

const (
	shapeOther shape = iota // a type of another package
	shapeStruct
	shapeBasic
)

// subject returns the element of the schema that the symbol belongs to.
func (s *symbol) subject() string { return s.causes[0].subject }

// cause identifies a change that can be the cause of a missing or new symbol.
type cause struct {
	subject string
	kind    Kind
}

// anyMethod is the subject of all methods together: without methods a package has
// no client.
const anyMethod = ""

// Ranks of symbols.
const (
	rankType = iota
	rankMethod
	rankEmbedded
	rankField
	rankConversion
	rankPromoted // times the number of embedded types in between

	// A program names types, methods and fields; constants follow from them.
	rankQuery     = 1000
	rankItemQuery = 1001
	rankConstant  = 1002
)

// The forms of types. A formBuilder serves callers of a formStruct, and an
// aliasOfString callers of a definedString.
const (
	formStruct    = "struct"
	formBuilder   = "struct that can be compared"
	definedString = "string"
	aliasOfString = "= string"
)

// builder adds a builder with its methods.
func (s surface) builder(p *golang.Plan, b *golang.Builder, aliases aliases) {
	causes, at := methodCauses(b.Resource), b.Resource.Pos()
	if b.Function != nil {
		causes, at = callCauses(b.Calls), b.Methods[0].Pos()
	}
	s.add(symbol{name: b.Name, is: aliases.of(b.Name), form: formBuilder, shape: shapeStruct, at: at, causes: causes})
	for _, step := range b.Steps {
		s.step(p, b.Name, b.Resource, step, aliases)
	}
	s.methods(b, causes, aliases)
}

// methods adds the methods of a builder, or of the client, that send requests.
func (s surface) methods(b *golang.Builder, causes []cause, aliases aliases) {
	for _, m := range b.Methods {
		for _, name := range m.GoNames() {
			sym := symbol{
				name: b.Name + "." + name, owner: b.Name, form: methodForm(m, aliases), value: segmentOf(m), rank: -1, at: m.Pos(), methods: []string{m.ID()},
				causes: slices.Concat([]cause{{m.ID(), KindMethod}}, signatureCauses(m), causes),
			}
			if m.Operation != nil {
				sym.operation = m.Operation.Subject()
			}
			if twin := s[sym.name]; twin != nil { // such as the GET and the PUT of a stream
				sym.methods, sym.causes = append(twin.methods, sym.methods...), append(twin.causes, sym.causes...)
			}
			s.add(sym)
		}
	}
}

// methodForm returns the part of the signature of a method that depends on the
// schema.
func methodForm(m *golang.Method, aliases aliases) string {
	form := string(m.Kind)
	switch {
	case m.Operation != nil:
		if m.Body != nil {
			form += " " + aliases.of(m.Body.Name) + " →"
		}
		if returned := m.Returns(); returned.Name != "" {
			form += " " + m.Result.Wrapper() + "[" + goType(m.Result, aliases) + "]"
		}
	case len(m.Needs()) > 0:
		form += " " + aliases.of(m.Type.Name)
	}
	return form
}

// segmentOf returns what a stream or an operation adds to the address of its resource, or
// "": the Go names of other methods say it.
func segmentOf(m *golang.Method) string {
	switch {
	case m.Import != nil:
		return "/" + m.Import.Name
	case m.Operation != nil:
		return "/" + m.Operation.Name
	case m.Kind == api.Download, m.Kind == api.Upload:
		return m.Suffix
	}
	return ""
}

// signatureCauses are the changes that can change the signature of a method that
// calls an operation.
func signatureCauses(m *golang.Method) []cause {
	if m.Operation == nil {
		return nil
	}
	causes := []cause{{m.ID(), KindType}, {m.Operation.Subject(), KindType}, {m.Operation.Subject(), KindNullability}}
	if m.Body != nil {
		causes = append(causes, cause{m.Body.Type.QualifiedName(), KindType})
	}
	return append(causes, cause{m.Returns().Name, KindType})
}

// callCauses are the changes that can add or remove a function of some resources.
func callCauses(calls []*api.Method) []cause {
	var methods, resources []cause
	for _, call := range calls {
		methods = append(methods, cause{call.ID(), KindMethod}, cause{call.ID(), KindType})
		resources = append(resources, methodCauses(call.Resource)...)
	}
	return append(methods, resources...)
}

// query adds the names for queries about a type. They come and go with the methods
// that take them.
func (s surface) query(q *golang.Query, aliases aliases) {
	name, owner := q.Struct.Type.QualifiedName(), aliases.of(q.Struct.Name)
	for form, query := range map[string]string{"Query": q.Name, "ItemQuery": q.ItemName} {
		if query != "" {
			rank := rankQuery
			if query == q.ItemName {
				rank = rankItemQuery
			}
			s.add(symbol{name: query, form: form + "[" + owner + "]", query: q.Struct, at: q.Struct.Type.Position, rank: rank, causes: []cause{{name, KindType}}})
		}
	}
	for _, f := range q.Fields {
		property := f.Owner.QualifiedName() + "/" + f.Schema()
		sym := symbol{name: f.Name, query: q.Struct, rank: rankConstant, causes: []cause{
			{property, KindProperty}, {property, KindType}, {f.Owner.QualifiedName(), KindType}, {name, KindType}, {name, KindBase},
		}}
		if n := f.Navigation; n != nil {
			sym.at, sym.form = n.Position, "Nav["+owner+", "+aliases.of(f.To.Name)+"]"
			if n.Type.Collection {
				sym.form = "NavCollection[" + owner + ", " + aliases.of(f.To.Name) + "]"
			}
			sym.to = f.To
			sym.causes = append(sym.causes, methodCauses(model.Resource{Navigation: n, Owner: f.Owner})...)
		} else {
			t := f.Field.Type
			sym.at, sym.form = f.Field.Property.Position, t.Wrapper()+"["+owner+", "
			t.Nullable = false // the constant has the type of an item, not of a pointer
			sym.form += strings.TrimPrefix(goType(t, aliases), "*") + "]"
			sym.causes = append(sym.causes, cause{f.Field.Property.Type.Name, KindType})
		}
		sym.value = f.Schema()
		for base := q.Struct; base != nil; base = base.Base {
			sym.causes = append(sym.causes, cause{base.Type.QualifiedName(), KindBase})
		}
		s.add(sym)
	}
}

// step adds the method that leads to another builder.
func (s surface) step(p *golang.Plan, owner string, from model.Resource, step golang.Step, aliases aliases) {
	if step.To.Function != nil {
		s.functionStep(p, owner, from, step, aliases)
		return
	}
	form := "*" + aliases.of(step.To.Name)
	for _, key := range step.Keys {
		form = goType(key.Type, aliases) + " → " + form
	}
	causes := methodCauses(step.To.Resource)
	causes = slices.Insert(causes, len(causes)-1, cause{stepKey(from, step.To.Resource), KindPath})
	if step.Kind == golang.ToItem {
		causes = append(causes, keyCauses(step)...)
	}
	if !from.IsRoot() {
		causes = append(causes, cause{resourceSubject(from), KindType})
	}
	sym := symbol{name: owner + "." + step.Method, owner: owner, form: form, rank: rankMethod, at: step.To.Resource.Pos(), causes: causes}
	if f := step.OldName; f != nil {
		sym.newName, sym.causes = f.NewName, []cause{{f.Subject(), KindResource}}
	}
	s.add(sym)
}

// keyCauses are the changes that can add, remove or change the step to an item by a key.
func keyCauses(step golang.Step) []cause {
	causes := []cause{{resourceSubject(step.To.Resource), KindKey}}
	for t := step.To.Resource.Type(); t != nil; t = t.BaseType() {
		causes = append(causes, cause{t.QualifiedName(), KindKey})
	}
	for _, key := range step.Keys {
		if owner, p := keyProperty(step, key.Name); p != nil {
			causes = append(causes, cause{owner.QualifiedName() + "/" + p.Name, KindType}, cause{p.Type.Name, KindType})
		}
	}
	return causes
}

// functionStep adds the method that leads to the builder for a function.
func (s surface) functionStep(p *golang.Plan, owner string, from model.Resource, step golang.Step, aliases aliases) {
	o := step.To.Function
	form := "*" + aliases.of(step.To.Name)
	here := slices.DeleteFunc(slices.Clone(step.To.Calls), func(call *api.Method) bool { return call.Resource != from })
	var causes []cause
	for _, call := range here {
		causes = append(causes, cause{call.ID(), KindMethod})
	}
	for _, parameter := range o.Own() {
		t := p.ParameterType(parameter)
		form = t.Wrapper() + "[" + goType(t, aliases) + "] → " + form
		causes = append(causes, cause{o.Subject() + "/" + parameter.Name, KindType}, cause{parameter.Type.Name, KindType}, cause{o.Subject() + "/" + parameter.Name, KindNullability})
	}
	s.add(symbol{name: owner + "." + step.Method, owner: owner, form: form, rank: rankMethod, at: o.Position, causes: append(causes, callCauses(here)...)})
}

// methodCauses are the changes that can add or remove the symbols of a resource.
func methodCauses(r model.Resource) []cause {
	subject := resourceSubject(r)
	return []cause{{subject, KindMethod}, {subject, KindResource}, {subject, KindType}, {subject, KindPath}}
}

// resourceSubject returns the subject of a resource. A collection and its items
// have the same one.
func resourceSubject(r model.Resource) string { return strings.TrimSuffix(r.ID(), "/{}") }
