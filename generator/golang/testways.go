package golang

import (
	"encoding/json/v2"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

// ways are the ways to a builder that the tests of its methods take: functions that
// return the builder, one for each path. Methods with the same paths share a list, so
// that long chains are compiled once.
type ways struct {
	r            *renderer
	declarations []jen.Code
	names        map[string]string // of the lists, by their paths
}

// to renders the name of the list for a method, and declares the list if it is new.
func (w *ways) to(m *Method) jen.Code {
	paths := ""
	for _, path := range m.Paths {
		paths += path.String() + "\n"
	}
	if w.names[paths] == "" {
		w.declare(m, paths)
	}
	return jen.Id(w.names[paths])
}

// declare declares the list of the ways to a method.
func (w *ways) declare(m *Method, paths string) {
	name := "at" + strings.TrimSuffix(m.Builder.Name, "Builder")
	of := "these methods"
	if len(w.names) > 0 {
		name += "_" + m.GoName + m.streamKind()
		of = "methods with other paths"
	}
	name = w.r.testDeclaration(name)
	doc := name + " are the ways to the builder of " + of + "."
	if w.names == nil {
		w.names = map[string]string{}
	}
	w.names[paths] = name
	var list []jen.Code
	for _, path := range m.Paths {
		list = append(list, w.r.builderFunc(m, path, nil))
	}
	w.declarations = append(w.declarations, jen.Add(comment(doc)).Line().Var().Id(name).Op("=").
		Index().Func().Params(pointerTo(w.r.local("Client")), jen.Id("keys")).Add(pointerTo(w.r.local(m.Builder.Name))).Values(multiline(list)...))
}

// builderFunc renders a function that returns the builder of a method, at a path with
// the keys of an [Exchange].
func (r *renderer) builderFunc(m *Method, path model.Path, keys []string) *jen.Statement {
	return jen.Func().Params(jen.Id("c").Add(pointerTo(r.local("Client"))), jen.Id("key").Id("keys")).Add(pointerTo(r.local(m.Builder.Name))).Block(
		jen.Return(r.builderAt(m, path, keys)),
	)
}

// builderAt renders the calls that lead from the client c to the builder of a method.
func (r *renderer) builderAt(m *Method, path model.Path, keys []string) *jen.Statement {
	code, builder := r.chain(path, keys)
	// The function can have another name on each builder.
	call := slices.IndexFunc(builder.Steps, func(s Step) bool { return s.Kind == ToFunction && s.To == m.Builder })
	if call >= 0 {
		sample, _ := r.sampleCall(m)
		code.Dot(builder.Steps[call].Method).Call(sample.arguments...)
	}
	return code
}

// builderCall renders a function that calls a method of the builder b.
func (r *renderer) builderCall(m *Method) jen.Code {
	return r.builderFuncOf(m, r.callOn(m, jen.Id("b"), &Exchange{Request: r.exchanges(m).request}, jen.Id("body"))...)
}

func (r *renderer) builderFuncOf(m *Method, statements ...jen.Code) jen.Code {
	return jen.Func().Params(
		jen.Id("b").Add(pointerTo(r.local(m.Builder.Name))), jen.Id("options").Add(r.local("Options")),
	).Params(jen.Any(), jen.Error()).Block(statements...)
}

// pathCall renders a function that makes the call of an exchange.
func (r *renderer) pathCall(m *Method, e *Exchange) jen.Code {
	return jen.Func().Params(
		jen.Id("c").Add(pointerTo(r.local("Client"))), jen.Id("key").Id("keys"), jen.Id("options").Add(r.local("Options")),
	).Params(jen.Any(), jen.Error()).Block(r.callOn(m, r.builderAt(m, e.Path, e.Keys), e, r.parameters(m, e))...)
}

// parameters renders the parameters of an action in an exchange; else nil.
func (r *renderer) parameters(m *Method, e *Exchange) jen.Code {
	if !m.takesParameters() {
		return nil
	}
	return r.pointer(m.Body, e.Request)
}

// takesParameters reports whether m is an action whose parameters are a struct.
func (m *Method) takesParameters() bool { return m.Kind == api.Action && m.Body != nil }

// callOn renders the statements that make the call of an exchange, with the parameters
// of an action.
func (r *renderer) callOn(m *Method, builder *jen.Statement, e *Exchange, parameters jen.Code) []jen.Code {
	arguments := []jen.Code{jen.Id("t").Dot("Context").Call(), r.testOptions(m, e)}
	if m.takesParameters() {
		arguments = []jen.Code{arguments[0], parameters, arguments[1]}
	}
	call := builder.Clone().Dot(m.GoNames()[0]).Call(arguments...)
	switch {
	case m.isRef():
		if call = r.refCall(m, builder); m.Kind != api.ListRefs {
			call = jen.List(jen.Nil(), call)
		}
	case m.Kind == api.Download:
		call = jen.Id("content").Call(builder.Dot(m.GoName).Call().Dot("Download").Call(arguments...))
	case m.Kind == api.Upload:
		call = builder.Dot(m.GoName).Call().Dot("Upload").Call(
			arguments[0], jen.Qual("strings", "NewReader").Call(jen.Lit(string(e.Request))), jen.Lit(uploadType), arguments[1])
	case m.Kind == api.Delta:
		call = jen.Id("changed").Call(builder.Dot("Delta").Call(arguments[1]).Dot("All").Call(arguments[0]))
	case m.iterates():
		call = jen.Id("items").Call(call)
	case m.Returns().Name == "":
		call = jen.List(jen.Nil(), call)
	}
	if e.Header == nil {
		return []jen.Code{jen.Return(call)}
	}
	values := map[string][]jen.Code{}
	for _, line := range e.Header {
		name, value, _ := strings.Cut(line, ": ")
		values[name] = append(values[name], jen.Lit(value))
	}
	header := jen.Dict{}
	for name, list := range values {
		header[jen.Lit(name)] = jen.Values(list...)
	}
	return []jen.Code{jen.Id("options").Dot("Header").Op("=").Qual("net/http", "Header").Values(header), jen.Return(call)}
}

// testOptions renders the last argument of a call: the options, or a query with them.
func (r *renderer) testOptions(m *Method, e *Exchange) jen.Code {
	item, takes := m.TakesQuery()
	if !takes {
		return jen.Op("&").Id("options")
	}
	query := m.Type.Query.Name
	if item {
		query = m.Type.Query.ItemName
	}
	return jen.Op("&").Add(r.local(query)).Values(r.exchangeQuery(m, e)...)
}

// pagerCall renders a function that reads all pages that the pager of a method
// returns, or nil if the method has none.
func (r *renderer) pagerCall(m *Method) jen.Code {
	if !slices.Contains(m.GoNames(), "List") {
		return nil
	}
	return r.builderFuncOf(m, jen.Return(jen.Id("pages").Call(jen.Id("t").Dot("Context").Call(), jen.Id("b").Dot("List").Call(r.testOptions(m, &Exchange{})))))
}

// chain renders the calls that lead from the client c along a path, and returns the
// builder at its end.
func (r *renderer) chain(path model.Path, keys []string) (*jen.Statement, *Builder) {
	code := jen.Id("c")
	builder := r.plan.Client
	for n, resource := range path {
		for _, step := range builder.Steps {
			if step.To.Resource != resource || step.Kind == ToFunction {
				continue
			}
			var arguments []jen.Code
			for _, key := range step.Keys {
				arguments = append(arguments, r.keyArgument(resource, step, key, keyAt(keys, n)))
			}
			code.Dot(step.Method).Call(arguments...)
			builder = step.To
			break
		}
	}
	return code, builder
}

// keyArgument renders a property of the key of an item in the tests: that of an
// example, if there is one and it is a text, or else a sample.
func (r *renderer) keyArgument(resource model.Resource, s Step, key Key, example string) jen.Code {
	if key.Type == primitive("Edm.String") {
		return jen.Id("key").Call(jen.Lit(textOf(resource, s, key, example)))
	}
	encoded, _ := json.Marshal(keyValue(resource, s, key, example))
	code, _ := r.value(key.Type, encoded)
	return code
}

// keyValue returns a property of the key of an item in the tests.
func keyValue(resource model.Resource, s Step, key Key, example string) any {
	return sampleArgument(key.Type, textOf(resource, s, key, example))
}

// keyAt returns the key of the nth resource of a path, or "" if there is none.
func keyAt(keys []string, n int) string {
	if keys == nil {
		return ""
	}
	return keys[n]
}

// textOf is the text of a property of the key of an item in the tests: the key of an
// example if there is one, and the key has no other property.
func textOf(resource model.Resource, s Step, key Key, example string) string {
	if example != "" && s.Method == "ByID" && len(s.Keys) == 1 && key.Type == primitive("Edm.String") {
		return example
	}
	return sampleText(resource, key)
}

// sampleText is the text of a property of the key of an item in the tests.
func sampleText(resource model.Resource, key Key) string {
	if key.Name == "id" {
		return resource.Type().Name + "-id"
	}
	return key.Name
}
