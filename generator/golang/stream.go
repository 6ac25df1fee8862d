package golang

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// isStream reports whether m is about a stream.
func (m *Method) isStream() bool { return isStream(m.Method) }

// streamKind distinguishes the files of the methods of a stream.
func (m *Method) streamKind() string {
	if m.isStream() {
		return "_" + strings.ToLower(string(m.Kind))
	}
	return ""
}

// streams renders the methods of a builder that return the streams of its resource.
func (r *renderer) streams(b *Builder) []jen.Code {
	var list []jen.Code
	done := map[*model.Property]bool{}
	for _, first := range b.Methods {
		if !first.isStream() || done[first.Stream] {
			continue
		}
		done[first.Stream] = true
		var methods []jen.Code
		var requests []string
		for _, m := range b.Methods {
			if m.isStream() && m.Stream == first.Stream {
				methods = append(methods, jen.Id(string(m.Kind)).Op(":").Add(r.facts(m)))
				requests = append(requests, requestLines(m.Requests())...)
			}
		}
		doc := append([]string{first.GoName + " returns the methods that download and upload the content. They send these requests:"}, requests...)
		if first.Stream != nil {
			doc = append(doc, annotated(first.Stream.Annotated)...)
		}
		content := r.odata("Content").Types(pointerTo(jen.Id(first.Type.Name)))
		list = append(list, jen.Add(comment(doc...)).Line().
			Func().Params(jen.Id("b").Op("*").Id(b.Name)).Id(first.GoName).Params().Add(content).Block(
			jen.Return(r.odata("ContentOf").Types(pointerTo(jen.Id(first.Type.Name))).Call(
				r.odata("Segment").Call(jen.Id("b").Dot("Resource"), jen.Lit(first.Suffix[1:])),
				r.odata("ContentMethods").Values(multiline(methods)...))),
		))
	}
	return list
}
