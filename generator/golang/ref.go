package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/generator/api"
)

// isRef reports whether m is about references.
func (m *Method) isRef() bool {
	switch m.Kind {
	case api.AddRef, api.SetRef, api.RemoveRef, api.ListRefs:
		return true
	}
	return false
}

// ref renders the method Ref of a builder, which has the methods of references.
func (r *renderer) ref(b *Builder) jen.Code {
	var methods []jen.Code
	var requests []string
	for _, m := range b.Methods {
		if m.isRef() {
			methods = append(methods, jen.Id(refNames[m.Kind]).Op(":").Add(r.facts(m)))
			requests = append(requests, requestLines(m.Requests())...)
		}
	}
	if methods == nil {
		return nil
	}
	call, result, text := "RefOf", "Ref", "Ref returns the methods of the reference: to set, remove and read it. They send these requests:"
	if b.Resource.Collection() {
		call, result, text = "RefsOf", "CollectionRef", "Ref returns the methods of the references: to add, remove and list them. They change which items belong here, not the items. They send these requests:"
	}
	return jen.Add(comment(append([]string{text}, requests...)...)).Line().
		Func().Params(jen.Id("b").Op("*").Id(b.Name)).Id("Ref").Params().Add(r.odata(result)).Block(
		jen.Return(r.odata(call).Call(jen.Id("b").Dot("Resource"), r.odata("RefMethods").Values(multiline(methods)...))),
	)
}

// refNames are the names of the methods of references in Go.
var refNames = map[api.Kind]string{api.AddRef: "Add", api.SetRef: "Set", api.RemoveRef: "Remove", api.ListRefs: "List"}

// refCall renders a call of a method of references, for its test.
func (r *renderer) refCall(m *Method, builder *jen.Statement) *jen.Statement {
	ctx := jen.Id("t").Dot("Context").Call()
	item := jen.Id("address").Call(jen.Lit(sampleAddress))
	ref := builder.Dot("Ref").Call()
	switch {
	case m.Kind == api.ListRefs && m.Resource.Collection():
		return jen.Id("references").Call(ctx, ref.Dot("List").Call())
	case m.Kind == api.ListRefs:
		return ref.Dot("Get").Call(ctx)
	case m.Kind == api.RemoveRef && !m.Resource.Collection():
		return ref.Dot("Remove").Call(ctx)
	}
	return ref.Dot(refNames[m.Kind]).Call(ctx, item)
}

// sampleAddress is the address of an item in the tests.
const sampleAddress = "https://graph.microsoft.com/v1.0/directoryObjects/item-id"
