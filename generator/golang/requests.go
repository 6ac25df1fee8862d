package golang

import (
	"cmp"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/ident"
)

// goMethods returns the Go methods of each kind of method.
var goMethods = map[api.Kind]func(*renderer, *Method) []goMethod{
	api.Get:     getMethods,
	api.List:    listMethods,
	api.Count:   countMethods,
	api.Create:  createMethods,
	api.Update:  updateMethods,
	api.Replace: updateMethods,
	api.Delete:  deleteMethods,

	api.Action:   actionMethods,
	api.Function: functionMethods,
	api.Delta:    deltaMethods,
}

// goMethod is a Go method of a builder. It calls a function of the support package
// with the resource, the facts about the method, and its own parameters.
type goMethod struct {
	name    string
	calls   string   // the function; "" for the one with the same name
	summary string   // the first sentence of the doc comment
	segment string   // of the path, behind the resource of the builder; "" for none
	brief   bool     // the doc comment is the summary alone: that of another method says more
	notes   []string // more paragraphs
	ctx     bool     // whether it takes a context
	params  []param
	results []jen.Code

	types     []jen.Code // the type arguments of the call, if they cannot be inferred
	arguments []jen.Code // of the call; nil for the parameters
}

// param is a parameter after the context.
type param struct {
	name string
	code jen.Code // the type
}

// GoNames returns the names of the Go methods of a method.
func (m *Method) GoNames() []string {
	switch {
	case m.Kind == api.List, m.Kind == api.Function && m.Type != nil && m.Returns().Collection:
		return []string{"All", "List"}
	case m.Kind == api.Function:
		return []string{"Get"}
	case m.Kind == api.Delta:
		return []string{"Delta", "DeltaFrom"}
	case m.isRef():
		return []string{"Ref"}
	}
	return []string{m.GoName}
}

// options is the parameter of methods that have no query.
func options() param { return param{"options", jen.Op("*").Id("Options")} }

func pointerTo(code jen.Code) *jen.Statement { return jen.Op("*").Add(code) }

// requests renders the Go methods of a method.
func (r *renderer) requests(m *Method) []jen.Code {
	var list []jen.Code
	if goMethods[m.Kind] == nil {
		return nil // it is a method of what a method of the builder returns
	}
	for _, g := range goMethods[m.Kind](r, m) {
		list = append(list, r.request(m, g))
	}
	return list
}

func (r *renderer) request(m *Method, g goMethod) jen.Code {
	var params []jen.Code
	var arguments []jen.Code
	if g.ctx {
		params = append(params, jen.Id("ctx").Qual("context", "Context"))
		arguments = append(arguments, jen.Id("ctx"))
	}
	resource := m.Builder.address()
	switch {
	case g.segment != "" && m.Kind == api.Delta:
		resource = r.odata("Function").Call(resource, jen.Lit(g.segment))
	case g.segment != "":
		resource = r.odata("Segment").Call(resource, jen.Lit(g.segment))
	}
	arguments = append(arguments, resource, r.facts(m))
	for _, p := range g.params {
		params = append(params, jen.Id(p.name).Add(p.code))
		if g.arguments == nil {
			arguments = append(arguments, jen.Id(p.name))
		}
	}
	arguments = append(arguments, g.arguments...)
	method := jen.Func().Params(m.Builder.receiver()).Id(g.name).Params(params...)
	if len(g.results) == 1 {
		method.Add(g.results[0])
	} else {
		method.Params(g.results...)
	}
	call := r.odata(cmp.Or(g.calls, g.name))
	if g.types != nil {
		call.Types(g.types...)
	}
	return jen.Add(requestComment(m, g)).Line().Add(method).Block(jen.Return(call.Call(arguments...)))
}

// facts renders what the support package needs to know about a method.
func (r *renderer) facts(m *Method) jen.Code {
	elements := []jen.Code{jen.Id("Name").Op(":").Lit(m.name())}
	if m.Evolvable {
		elements = append(elements, jen.Id("EvolvableEnums").Op(":").True())
	}
	if m.directory() {
		elements = append(elements, jen.Id("Directory").Op(":").True())
		if m.Kind == api.List && m.Resource.Navigation != nil {
			elements = append(elements, jen.Id("Linked").Op(":").True())
		}
		if m.castOfDirectory() {
			elements = append(elements, jen.Id("Cast").Op(":").True())
		}
	}
	if names := m.notSettable(); names != nil {
		elements = append(elements, jen.Id("NotSettable").Op(":").Add(texts(names)))
	}
	if m.Kind == api.Create {
		if names := m.settableElsewhere(); names != nil {
			elements = append(elements, jen.Id("KeptForCreate").Op(":").Add(texts(names)))
		}
	}
	if len(elements) > 1 {
		elements = multiline(elements)
	}
	return r.odata("Method").Values(elements...)
}

// directory reports whether a query about directory objects can need
// ConsistencyLevel: eventual (https://learn.microsoft.com/graph/aad-advanced-queries).
func (m *Method) directory() bool {
	if m.Kind != api.List && m.Kind != api.Count {
		return false
	}
	for t := m.Resource.Type(); t != nil; t = t.BaseType() {
		if t.QualifiedName() == "microsoft.graph.directoryObject" {
			return true
		}
	}
	return false
}

// castOfDirectory reports whether the method lists directory objects behind a type cast.
func (m *Method) castOfDirectory() bool {
	return m.Kind == api.List && m.Resource.Cast != nil && m.directory()
}

// name returns the name of the method in traces and errors.
func (m *Method) name() string {
	if m.Kind == api.Function {
		return strings.TrimSuffix(m.Builder.Name, "Builder")
	}
	name := strings.TrimSuffix(m.Builder.Name, "Builder") + "." + m.GoName
	if m.isStream() {
		name += "." + string(m.Kind)
	}
	return name
}

// goldenFile returns the path of the golden files of the method, without a suffix. Go
// names that differ only in case get different files.
func (r *renderer) goldenFile(m *Method) string {
	if r.goldenFiles[m] == "" {
		name := ident.DataFile(m.Builder.File + "_" + m.GoName + m.streamKind())
		name = ident.Unique(name, func(name string) bool { return r.foldedGoldens[ident.Fold(name)] })
		r.foldedGoldens[ident.Fold(name)] = true
		r.goldenFiles[m] = "testdata/" + name
	}
	return r.goldenFiles[m]
}

func requestComment(m *Method, g goMethod) jen.Code {
	first := g.summary
	if g.brief {
		return comment(first, m.deprecation())
	}
	lines := requestLines(m.Requests())
	switch len(lines) {
	case 0:
	case 1:
		first += " It sends this request:"
	default:
		first += " It sends one of these requests:"
	}
	if m.RuledOut != nil {
		lines = append(lines, "By its metadata, the service does not answer this on other paths of the builder:")
		lines = append(lines, requestLines(m.RuledOutRequests())...)
	}
	paragraphs := slices.Concat([]string{first}, lines, g.notes, []string{m.Permissions()})
	if m.Page != "" {
		paragraphs = append(paragraphs, "Reference: "+m.Page)
	}
	return comment(append(paragraphs, m.deprecation())...)
}

// requestLines returns requests as lines of code.
func requestLines(requests []string) []string {
	var lines []string
	for _, request := range requests {
		lines = append(lines, "\t"+request)
	}
	return lines
}
