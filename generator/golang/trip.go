package golang

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

// tripTest renders the test that creates an item of a collection in the fake service,
// reads, lists, updates and deletes it, or nil if the package cannot create and read
// items.
func (r *renderer) tripTest(b *Builder) jen.Code {
	create := b.method(api.Create)
	i := slices.IndexFunc(b.Steps, func(s Step) bool { return s.Kind == ToItem && !s.Retained && strings.HasPrefix(s.Method, "By") })
	if create == nil || !r.golden(create) || len(create.Paths) == 0 || i < 0 {
		return nil
	}
	if slices.ContainsFunc(create.Paths[0], func(r model.Resource) bool { return r.Name() == "" }) {
		return nil // no address leads to it
	}
	item := b.Steps[i]
	get := item.To.method(api.Get)
	if get == nil || get.Type != create.Type {
		return nil
	}
	c := jen.Id("c").Add(pointerTo(r.local("Client")))
	key := jen.Id("key").Id("keys")
	value := pointerTo(r.local(create.Type.Name))
	to := jen.Id("b").Add(pointerTo(r.local(item.To.Name)))
	both := jen.Params(value.Clone(), jen.Error())
	ctx := jen.Id("t").Dot("Context").Call()
	collection, _ := r.chain(create.Paths[0], nil)

	var at, keys []jen.Code
	for n, k := range item.Keys {
		f := create.Type.field(k.Name)
		if f == nil || f.Type != k.Type {
			return nil // the client does not get the key from the item
		}
		name := "key" + string(rune('0'+n))
		at = append(at, jen.List(jen.Id(name), jen.Id("_")).Op(":=").Id("item").Dot(f.Name).Dot("Get").Call())
		keys = append(keys, jen.Id(name))
	}
	at = append(at, jen.Return(collection.Clone().Dot(item.Method).Call(keys...)))

	elements := []jen.Code{
		jen.Id("path").Op(":").Lit(r.urlPath(create.Paths[0], nil)),
		jen.Id("createGolden").Op(":").Lit(r.goldenFile(create)),
		jen.Id("create").Op(":").Func().Params(c.Clone(), key.Clone(), jen.Id("body").Add(value.Clone())).Add(both.Clone()).Block(
			jen.Return(collection.Clone().Dot(create.GoName).Call(ctx.Clone(), jen.Id("body"), jen.Nil()))),
		jen.Id("at").Op(":").Func().Params(c.Clone(), key.Clone(), jen.Id("item").Add(value.Clone())).Op("*").Add(r.local(item.To.Name)).Block(at...),
		jen.Id("get").Op(":").Func().Params(to.Clone()).Add(both.Clone()).Block(
			jen.Return(jen.Id("b").Dot("Get").Call(ctx.Clone(), jen.Nil()))),
	}
	if b.method(api.List) != nil {
		elements = append(elements, jen.Id("list").Op(":").Func().Params(c.Clone(), key.Clone()).Qual("iter", "Seq2").Types(value.Clone(), jen.Error()).Block(
			jen.Return(collection.Clone().Dot("All").Call(ctx.Clone(), jen.Nil()))))
	}
	if update := item.To.method(api.Update); update != nil && r.golden(update) && r.exchanges(update).request != nil {
		elements = append(elements,
			jen.Id("updateGolden").Op(":").Lit(r.goldenFile(update)),
			jen.Id("update").Op(":").Func().Params(to.Clone(), jen.Id("body").Add(value.Clone())).Add(both.Clone()).Block(
				jen.Return(jen.Id("b").Dot("Update").Call(ctx.Clone(), jen.Id("body"), jen.Nil()))))
	}
	if item.To.method(api.Delete) != nil {
		elements = append(elements, jen.Id("delete").Op(":").Func().Params(to.Clone()).Error().Block(
			jen.Return(jen.Id("b").Dot("Delete").Call(ctx.Clone(), jen.Nil()))))
	}
	return jen.Func().Id(r.testDeclaration("Test"+strings.TrimSuffix(b.Name, "Builder")+"_RoundTrip")).Params(jen.Id("t").Op("*").Qual("testing", "T")).Block(
		jen.Id("trip").Op(":=").Id("tripCase").Types(pointerTo(r.local(item.To.Name)), pointerTo(r.local(create.Type.Name))).Values(multiline(elements)...),
		jen.Id("testTrip").Call(jen.Id("t"), jen.Id("trip")))
}

// method returns the method of a builder of a kind, or nil. It is not one that is
// retained.
func (b *Builder) method(kind api.Kind) *Method {
	i := slices.IndexFunc(b.Methods, func(m *Method) bool { return m.Kind == kind && !m.Retained })
	if i < 0 {
		return nil
	}
	return b.Methods[i]
}

// field returns the field of a property of s or its base types, or nil.
func (s *Struct) field(property string) *Field {
	for _, f := range s.AllFields() {
		if f.Property.Name == property && !f.Retained {
			return f
		}
	}
	return nil
}
