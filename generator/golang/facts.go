package golang

import (
	"maps"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// facts collects the facts about the types that requests can send. A type has facts
// if it is abstract or has read-only properties, or if one of its derived types or
// property types has facts.
func (p *planner) facts() {
	sent := map[*Struct]bool{}
	var send func(s *Struct)
	send = func(s *Struct) {
		if s == nil || sent[s] {
			return
		}
		sent[s] = true
		for _, f := range s.AllFields() {
			send(f.Type.Struct)
		}
		for _, d := range s.Known {
			send(d)
		}
	}
	for _, m := range p.plan.Methods {
		if m.HasBody() {
			send(m.Type)
		}
	}
	having := map[*Struct]bool{nil: false}
	for changed := true; changed; {
		changed = false
		for s := range sent {
			if !having[s] && (s.abstract() ||
				slices.ContainsFunc(s.AllFields(), func(f *Field) bool { return f.ReadOnly != "" || having[f.Type.Struct] }) ||
				slices.ContainsFunc(s.Known, func(d *Struct) bool { return having[d] })) {
				having[s], changed = true, true
			}
		}
	}
	p.plan.facts = map[string]edm.TypeFacts{}
	for s := range sent {
		facts := edm.TypeFacts{Abstract: s.abstract()}
		for _, f := range s.AllFields() {
			switch {
			case f.ReadOnly != "":
				facts.ReadOnly = append(facts.ReadOnly, f.Property.Name)
			case having[f.Type.Struct]:
				if facts.Nested == nil {
					facts.Nested = map[string]string{}
				}
				facts.Nested[f.Property.Name] = f.Type.Struct.Type.QualifiedName()
			}
		}
		slices.Sort(facts.ReadOnly)
		if facts.Abstract || facts.ReadOnly != nil || facts.Nested != nil {
			p.plan.facts[s.Type.QualifiedName()] = facts
		}
	}
}

// typeFacts returns the facts about a type, as the function of the package does.
func (p *Plan) typeFacts(name string) edm.TypeFacts { return p.facts[name] }

// typeFacts renders the function that returns the facts about a type, by its name as
// declared or in lower case: see [edm.Types].
func (r *renderer) typeFacts() jen.Code {
	var cases []jen.Code
	spelled := map[string]bool{}
	for _, s := range r.plan.Structs {
		spelled[s.Type.QualifiedName()] = true
	}
	for _, name := range slices.Sorted(maps.Keys(r.plan.facts)) {
		f := r.plan.facts[name]
		var elements []jen.Code
		if f.Abstract {
			elements = append(elements, jen.Id("Abstract").Op(":").True())
		}
		if f.ReadOnly != nil {
			elements = append(elements, jen.Id("ReadOnly").Op(":").Add(texts(f.ReadOnly)))
		}
		if f.Nested != nil {
			var nested []jen.Code
			for _, property := range slices.Sorted(maps.Keys(f.Nested)) {
				nested = append(nested, jen.Lit(property).Op(":").Lit(f.Nested[property]))
			}
			elements = append(elements, jen.Id("Nested").Op(":").Map(jen.String()).String().Values(multiline(nested)...))
		}
		names := []jen.Code{jen.Lit(name)}
		if lower := strings.ToLower(name); !spelled[lower] { // another type can have that name
			spelled[lower] = true
			names = append(names, jen.Lit(lower))
		}
		cases = append(cases, jen.Case(names...).Block(jen.Return(r.odata("TypeFacts").Values(multiline(elements)...))))
	}
	cases = append(cases, jen.Default().Block(jen.Return(r.odata("TypeFacts").Values())))
	return jen.Add(comment("typeFacts returns the facts about a type that requests need and that its struct does not show. The name is as declared, or in lower case.")).Line().
		Func().Id("typeFacts").Params(jen.Id("name").String()).Add(r.odata("TypeFacts")).Block(
		jen.Switch(jen.Id("name")).Block(cases...),
	)
}

// factsOrNil renders the name of that function, or nil if there are no facts.
func (r *renderer) factsOrNil() jen.Code {
	if len(r.plan.facts) == 0 {
		return jen.Nil()
	}
	return jen.Id("typeFacts")
}

// texts renders a slice of strings.
func texts(list []string) *jen.Statement {
	elements := make([]jen.Code, len(list))
	for i, text := range list {
		elements[i] = jen.Lit(text)
	}
	return jen.Index().String().Values(elements...)
}
