package golang

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// Step is the Go method that leads from a builder to the next one.
type Step struct {
	Method   string
	To       *Builder
	Kind     StepKind
	Keys     []Key    // of an item
	Retained bool     // no selected path needs it any more
	OldName  *OldName // for the old method of a renamed resource; else nil
}

// StepKind is what a step adds to the path.
type StepKind int

const (
	ToProperty StepKind = iota // the name of an entity set, a singleton or a navigation property
	ToItem                     // a key
	ToCast                     // the name of a derived type
	ToFunction                 // a function with its arguments
)

// Key is a property of the key of an item.
type Key struct {
	Name string // in the schema
	Go   string // of the parameter
	Type GoType
}

// step plans the steps from one resource to the next: one, and one more for each
// alternate key of an item.
func (p *planner) step(link api.Step, to *Builder, methods *methods) []Step {
	step := Step{Method: methods.of(link.To), To: to, Retained: link.Retained}
	switch {
	case link.IsCast():
		step.Kind, step.Method = ToCast, castPrefix+p.names.goName[link.To.Cast.QualifiedName()]
	case link.IsKey():
		t := link.To.Type()
		var key []vocab.KeyProperty
		for _, ref := range t.KeyRefs() {
			key = append(key, vocab.KeyProperty{Name: ref.InAddress(), Path: ref.Name})
		}
		if key == nil {
			key = []vocab.KeyProperty{{Name: "id", Path: "id"}} // the metadata forgets it
		}
		step.Kind, step.Method, step.Keys = ToItem, "ByID", p.keys(t, key)
		if len(step.Keys) > 1 {
			step.Method = "ByKey"
		}
		return append([]Step{step}, p.alternateKeys(link, step)...)
	}
	return []Step{step}
}

// alternateKeys plans the steps by the alternate keys of an item.
func (p *planner) alternateKeys(link api.Step, step Step) []Step {
	t := link.To.Type()
	list := vocab.AlternateKeys(link.To.Annotations())
	for base := t; base != nil; base = base.BaseType() {
		list = append(list, vocab.AlternateKeys(base.Annotated)...)
	}
	named := func(keys []Key) string { // as addresses name it
		var names []string
		for _, key := range keys {
			names = append(names, key.Name)
		}
		return strings.Join(names, ",")
	}
	taken := map[string]bool{"ByID": true, step.Method: true}
	known := map[string]bool{named(step.Keys): true}
	var steps []Step
	for _, key := range list {
		alternate := step
		alternate.Keys = p.keys(t, key)
		if len(key) == 0 || known[named(alternate.Keys)] {
			continue
		}
		known[named(alternate.Keys)] = true
		method := "By"
		for i, part := range key {
			if i > 0 {
				method += "And"
			}
			method += p.names.rules.Suffix(part.Name)
		}
		alternate.Method = ident.Unique(method, func(name string) bool { return taken[name] })
		taken[alternate.Method] = true
		steps = append(steps, alternate)
	}
	return steps
}

// keys plans the parameters for properties of a key.
func (p *planner) keys(t *model.StructuredType, properties []vocab.KeyProperty) []Key {
	var keys []Key
	taken := map[string]bool{"b": true, "odata": true}
	for _, property := range properties {
		key := Key{Name: property.Name, Go: "id", Type: primitive("Edm.String")}
		if declared := t.PropertyAt(property.Path); declared != nil {
			if of := p.typeOf(declared.Type, declared.Facets); !of.Slice && of.Struct == nil && of != anyJSON {
				key.Type = of
			}
		}
		if len(properties) > 1 || property.Name != "id" {
			key.Go = ident.Unique(p.names.rules.Unexported(property.Name), func(s string) bool { return taken[s] })
		}
		taken[key.Go] = true
		keys = append(keys, key)
	}
	return keys
}

// castName returns the natural name of the builder for a cast.
func (n *names) castName(r model.Resource) string {
	declared := r
	declared.Cast = nil
	return strings.TrimSuffix(n.goName[declared.ID()], "Builder") + "As" + n.goName[r.Cast.QualifiedName()] + "Builder"
}

func (r *renderer) step(b *Builder, s Step) jen.Code {
	if s.Kind == ToFunction {
		return r.functionStep(b, s)
	}
	resource := b.address()
	var params, parts []jen.Code
	var doc []string
	switch s.Kind {
	case ToItem:
		var names []string
		for _, key := range s.Keys {
			params = append(params, jen.Id(key.Go).Add(key.Type.code(r)))
			parts = append(parts, r.odata("Arg").Call(jen.Lit(key.Name), jen.Id(key.Go)))
			names = append(names, key.Name)
		}
		if s.Method == "ByID" {
			resource = r.odata("Key").Call(resource, jen.Id(s.Keys[0].Go))
		} else {
			resource = r.odata("Keys").Call(append([]jen.Code{resource}, parts...)...)
		}
		doc = []string{s.Method + " returns the builder for the item with the given key (" + strings.Join(names, ", ") + "), which it escapes. " +
			"With an empty key, requests fail before they are sent."}
		if s.Retained && !b.Retained {
			doc = append(doc, s.description()...)
		}
	case ToCast:
		resource = r.odata("Segment").Call(resource, jen.Lit(s.To.Resource.Name()))
		doc = []string{s.Method + " returns the builder for the same resource as a " + s.To.Resource.Name() + ": requests leave out items of other types."}
	default:
		resource = r.odata("Segment").Call(resource, jen.Lit(s.To.Resource.Name()))
		doc = append([]string{s.Method + " returns the builder for " + s.To.Resource.Name() + "."}, s.description()...)
	}
	return jen.Add(comment(doc...)).Line().
		Func().Params(b.receiver()).Id(s.Method).Params(params...).Op("*").Id(s.To.Name).Block(
		jen.Return(jen.Op("&").Id(s.To.Name).Values(resource)),
	)
}

// receiver renders the receiver of a method of a builder, or of the client.
func (b *Builder) receiver() *jen.Statement { return jen.Id(b.variable()).Op("*").Id(b.Name) }

// address renders the resource of a builder.
func (b *Builder) address() *jen.Statement {
	if b.isClient() {
		return jen.Id(b.variable()).Dot("Client").Dot("Root").Call()
	}
	return jen.Id(b.variable()).Dot("Resource")
}

// isClient reports whether b is the client, which leads to the others.
func (b *Builder) isClient() bool { return b.Resource.IsRoot() && b.Function == nil }

func (b *Builder) variable() string {
	if b.isClient() {
		return "c"
	}
	return "b"
}
