package golang

import (
	"go/token"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/templates"
)

// tests renders the tests of the package. They hold the names of the schema as
// literals, so that they fail if the code has other names.
func (r *renderer) tests() {
	o := r.plan.Options
	names := templates.Names{Package: o.Package, ImportPath: o.ImportPath, ODataPath: o.ODataPath, APIVersion: o.APIVersion, Host: "https://graph.microsoft.com"}
	if r.plan.service.Name != "" {
		names.Host = otherHost
		names.Endpoint = names.Host + "/" + o.APIVersion
	}
	if r.testsModels() {
		r.support("models_test.go", names)
	}
	if declarations := r.typeTests(); declarations != nil {
		r.file("types_test", lines(declarations...))
	}
	for _, m := range r.plan.current() {
		if !r.testable(m) {
			continue
		}
		for _, file := range helpers(m) {
			r.support(file, names)
		}
	}
	for _, b := range append([]*Builder{r.plan.Client}, r.plan.Builders...) {
		var declarations []jen.Code
		ways := &ways{r: r}
		for _, m := range b.Methods {
			if m.Retained || !r.testable(m) {
				continue
			}
			declarations = append(declarations, r.methodTest(m, ways.to(m)))
			if r.golden(m) {
				r.write(r.goldenFile(m)+".http", r.goldenRequests(m))
				if response := r.exchanges(m).response; response != nil {
					r.write(r.goldenFile(m)+".json", indented(response))
				}
			}
		}
		if trip := r.tripTest(b); trip != nil {
			r.support("fake_test.go", names)
			declarations = append(declarations, trip)
		}
		if declarations != nil {
			r.file(b.File+"_test", lines(append(ways.declarations, declarations...)...))
		}
	}
}

// otherHost stands for the address of a service other than Graph.
const otherHost = "https://service.example"

// uploadType is the media type of the content in the tests.
const uploadType = "text/plain"

// helpers returns the files of test helpers that the test of a method needs.
func helpers(m *Method) []string {
	switch {
	case m.HasBody():
		return []string{"golden_test.go", "bodies_test.go"}
	case m.Kind == api.ListRefs && m.iterates():
		return []string{"golden_test.go", "calls_test.go", "lists_test.go", "refs_test.go"}
	case m.isRef():
		return []string{"golden_test.go", "calls_test.go", "refs_test.go"}
	case m.isStream():
		return []string{"golden_test.go", "calls_test.go", "streams_test.go"}
	case m.Kind == api.Delta:
		return []string{"golden_test.go", "calls_test.go", "lists_test.go", "deltas_test.go"}
	case m.iterates():
		return []string{"golden_test.go", "calls_test.go", "lists_test.go"}
	default:
		return []string{"golden_test.go", "calls_test.go"}
	}
}

// ownTestNames are the names that the rendered tests use, apart from the names of the
// helpers.
var ownTestNames = []string{
	"body", "c", "call", "constants", "flags", "got", "has", "init", "key", "list", "main", "odata", "options", "split", "structs", "t", "trip",
	"any", "bool", "false", "float32", "float64", "int16", "int32", "int64", "int8", "new", "nil", "string", "true", "uint8",
}

// testName returns the name under which the tests and the fake service import the
// package: the package name, unless they use that name for something else.
func (r *renderer) testName() string {
	if r.testPackage == "" {
		r.testPackage = r.plan.Options.Package
		if token.IsKeyword(r.testPackage) || slices.Contains(ownTestNames, r.testPackage) || slices.Contains(fakeNames, r.testPackage) || templates.TestsUse(r.testPackage) {
			r.testPackage = "generated"
		}
	}
	return r.testPackage
}

// testDeclaration returns the name of a declaration of the test package: the given one,
// unless another declaration has it, of these or of the helpers.
func (r *renderer) testDeclaration(name string) string {
	name = ident.Unique(name, func(name string) bool {
		return r.testDeclared[name] || name == r.testName() || templates.TestsUse(name)
	})
	r.testDeclared[name] = true
	return name
}

// support renders a file of test helpers, once.
func (r *renderer) support(name string, names templates.Names) {
	if r.files[name] != nil {
		return
	}
	code, err := templates.Test(name, names)
	if err != nil && r.err == nil {
		r.err = err
	}
	r.write(name, code)
}

// testsModels reports whether the package has the tests of structs. Those of methods use
// their helpers, even if a package has methods alone, such as a Delete.
func (r *renderer) testsModels() bool {
	return len(r.plan.Structs) > 0 || slices.ContainsFunc(r.plan.current(), r.testable)
}

// typeTests renders the tables for the tests of the types.
func (r *renderer) typeTests() []jen.Code {
	var declarations []jen.Code
	if r.testsModels() {
		var cases []jen.Code
		for _, s := range r.plan.Structs {
			cases = append(cases, r.structCase(s))
		}
		declarations = append(declarations, jen.Add(comment("structs lists the structs of the package with their names in the schema.")).Line().
			Var().Id("structs").Op("=").Index().Id("structCase").Values(multiline(cases)...))
	}
	if constants := r.constants(); constants != nil {
		declarations = append(declarations,
			jen.Add(comment("constants lists the constants of the package with their names in the schema.")).Line().
				Var().Id("constants").Op("=").Index().Index(jen.Lit(2)).String().Values(multiline(constants)...),
			jen.Func().Id(r.testDeclaration("TestConstants")).Params(jen.Id("t").Op("*").Qual("testing", "T")).Block(
				jen.For(jen.List(jen.Id("_"), jen.Id("c")).Op(":=").Range().Id("constants")).Block(
					jen.If(jen.Id("c").Index(jen.Lit(0)).Op("!=").Id("c").Index(jen.Lit(1))).Block(
						jen.Id("t").Dot("Errorf").Call(jen.Lit("%s is called %s"), jen.Id("c").Index(jen.Lit(1)), jen.Id("c").Index(jen.Lit(0)))))))
	}
	var flags []jen.Code
	for _, e := range r.plan.Enums {
		if e.Type.Flags != model.No {
			flags = append(flags, jen.Id("flags").Call(jen.Id("t"), r.local(e.Name).Dot("Split"), r.local(e.Name).Dot("Has")))
		}
	}
	if flags != nil {
		declarations = append(declarations, jen.Func().Id(r.testDeclaration("TestFlags")).Params(jen.Id("t").Op("*").Qual("testing", "T")).Block(flags...), flagsTest())
	}
	return declarations
}

// flagsTest renders the test of the methods of a flags enumeration.
func flagsTest() jen.Code {
	e := jen.Id("E")
	has := func(value, member string) *jen.Statement { return jen.Id("has").Call(jen.Lit(value), jen.Lit(member)) }
	return jen.Func().Id("flags").Types(jen.Id("E").Op("~").String()).Params(
		jen.Id("t").Op("*").Qual("testing", "T"),
		jen.Id("split").Func().Params(e).Index().Add(e),
		jen.Id("has").Func().Params(e, e).Bool(),
	).Block(
		jen.Id("t").Dot("Helper").Call(),
		jen.If(jen.Id("got").Op(":=").Id("split").Call(jen.Lit("one, two,three")),
			jen.Op("!").Qual("slices", "Equal").Call(jen.Id("got"), jen.Index().Add(e).Values(jen.Lit("one"), jen.Lit("two"), jen.Lit("three")))).Block(
			jen.Id("t").Dot("Errorf").Call(jen.Lit("%T: Split returns %q"), jen.Id("got"), jen.Id("got"))),
		jen.If(jen.Op("!").Add(has("one, two", "two")).Op("||").Add(has("one, two", "tw"))).Block(
			jen.Id("t").Dot("Errorf").Call(jen.Lit("%T: Has is wrong"), e.Clone().Call(jen.Lit("")))),
	)
}

// constants renders each constant with its name in the schema.
func (r *renderer) constants() []jen.Code {
	var list []jen.Code
	add := func(name, text string) {
		list = append(list, jen.Values(jen.String().Call(r.local(name)), jen.Lit(text)))
	}
	for _, e := range r.plan.Enums {
		if r.plan.service.QualifiedEnums {
			list = append(list, jen.Values(r.local(e.Name).Call(jen.Lit("")).Dot("ODataEnum").Call(), jen.Lit(e.Type.QualifiedName())))
		}
		text := map[string]string{}
		for _, c := range e.Constants {
			text[c.Name] = c.Member.Name
			add(c.Name, c.Member.Name)
		}
		for _, f := range e.OldNames {
			add(f.Name, text[f.NewName])
		}
	}
	for _, s := range r.plan.Structs {
		for _, f := range s.Fields {
			for _, v := range f.Allowed {
				add(v.Name, v.Text)
			}
		}
	}
	for _, q := range r.plan.Queries {
		for _, f := range q.Fields {
			add(f.Name, f.Schema())
		}
	}
	return list
}

// structCase renders the test case of a struct.
func (r *renderer) structCase(s *Struct) jen.Code {
	pointer := jen.Parens(jen.Op("*").Add(r.local(s.Name)))
	elements := []jen.Code{
		jen.Id("value").Op(":").Add(pointer.Clone()).Call(jen.Nil()),
		jen.Id("name").Op(":").Lit(s.Type.QualifiedName()),
	}
	if s.Base != nil {
		var conversions []jen.Code
		for _, a := range s.Ancestors() {
			conversions = append(conversions, pointer.Clone().Dot("As"+a.Name))
		}
		elements = append(elements,
			jen.Id("base").Op(":").Lit(s.Base.Type.QualifiedName()),
			jen.Id("bases").Op(":").Index().Id("any").Values(conversions...),
			jen.Id("as").Op(":").Add(r.odata("As")).Types(r.local(s.Name)))
	}
	if len(s.creates()) > 0 {
		names := []string{}
		for _, f := range s.omitted() {
			names = append(names, f.Property.Name)
		}
		elements = append(elements,
			jen.Id("forCreate").Op(":").Add(pointer.Clone()).Dot("ForCreate"),
			jen.Id("omitted").Op(":").Add(texts(names)))
	}
	if len(s.Fields) > 0 {
		var rows []string
		for i, f := range s.Fields {
			rows = append(rows, f.Name+" "+string(quoted(f.Property.Name))+": "+string(distinctValue(f, i)))
		}
		elements = append(elements, jen.Id("fields").Op(":").Add(table(rows)))
	}
	return jen.Values(multiline(elements)...)
}

// table renders rows of text as a literal with one row a line.
func table(rows []string) *jen.Statement {
	var b strings.Builder
	b.WriteString("\n")
	for _, row := range rows {
		b.WriteString("\t\t\t" + escaped(row) + "\n")
	}
	text := b.String()
	if strings.Contains(text, "`") {
		return jen.Lit(text)
	}
	return jen.Op("`" + text + "\t\t`")
}

// testable reports whether the package tests a method: a call of a function whose
// arguments have no samples is not tested.
func (r *renderer) testable(m *Method) bool {
	if m.Kind != api.Function {
		return true
	}
	_, ok := r.sampleCall(m)
	return ok
}

// golden reports whether the test of a method has golden files: without a type for
// a value, nothing can be sent.
func (r *renderer) golden(m *Method) bool { return !m.HasBody() || m.Type.sendable() }

// methodTest renders the test of a method, with the list of the ways to its builder.
func (r *renderer) methodTest(m *Method, ways jen.Code) jen.Code {
	var block []jen.Code
	elements := []jen.Code{jen.Id("name").Op(":").Lit(m.name())}
	if r.golden(m) {
		elements = append(elements, jen.Id("golden").Op(":").Lit(r.goldenFile(m)))
	}
	test := jen.Id("testCall")
	if m.iterates() {
		test = jen.Id("testList")
	}
	if m.HasBody() {
		block, elements = r.bodyTest(m, elements)
		elements = append(elements, jen.Id("at").Op(":").Add(ways))
		test = jen.Id("testBody")
	} else {
		if empty := m.emptyResponse(); empty != "" {
			elements = append(elements, jen.Id("empty").Op(":").Lit(empty))
		}
		if m.isRef() {
			elements = append(elements, jen.Id("plain").Op(":").True())
		}
		if m.valued() {
			elements = append(elements, jen.Id("valued").Op(":").True())
		}
		// Long literals are statements of their own: printing them inside of others
		// takes as many times as long as they are deep.
		if m.takesParameters() {
			block = append(block, jen.Id("body").Op(":=").Add(r.pointer(m.Body, r.exchanges(m).request)))
		}
		via := func(name, element string, call jen.Code) {
			block = append(block, jen.Id(name).Op(":=").Add(call))
			elements = append(elements, jen.Id(element).Op(":").Id("via").Call(ways, jen.Id(name)))
		}
		via("call", "calls", r.builderCall(m))
		if pager := r.pagerCall(m); pager != nil {
			via("list", "pager", pager)
		}
	}
	if r.golden(m) {
		if exchanges := r.exchangeCases(m); exchanges != nil {
			elements = append(elements, jen.Id("more").Op(":").Add(exchanges))
		}
	}
	kind := jen.Id("callCase")
	if m.HasBody() {
		kind = jen.Id("bodyCase").Types(pointerTo(r.local(m.Builder.Name)), pointerTo(r.local(m.Type.Name)))
	}
	block = append(block, test.Call(jen.Id("t"), kind.Values(multiline(elements)...)))
	return jen.Func().Id(r.testDeclaration("Test" + strings.ReplaceAll(m.name(), ".", "_"))).Params(jen.Id("t").Op("*").Qual("testing", "T")).Block(block...)
}

// emptyResponse returns the shortest response to a method.
func (m *Method) emptyResponse() string {
	switch {
	case m.Kind == api.ListRefs && !m.iterates():
		return "{}"
	case m.Kind == api.Download:
		return "null"
	case m.Returns().Name == "" && !m.iterates():
		return ""
	case m.Kind == api.Count:
		return "0"
	case m.Kind == api.Delta:
		return `{"@odata.deltaLink":"` + sampleDeltaLink + `","value":[]}`
	case m.iterates():
		return `{"value":[]}`
	case m.valued():
		return `{"value":null}`
	}
	return "{}"
}

// iterates reports whether a Go method of m returns an iterator over items.
func (m *Method) iterates() bool {
	return m.Type != nil && m.Returns().Collection || m.Kind == api.ListRefs && m.Resource.Collection()
}

// valued reports whether m returns what is in the member "value" of the response.
func (m *Method) valued() bool {
	return m.Operation != nil && m.Type == nil && m.Returns().Name != ""
}

// bodyTest renders what the test of a method that sends a body has in addition.
func (r *renderer) bodyTest(m *Method, elements []jen.Code) (block, _ []jen.Code) {
	elements = append(elements, jen.Id("send").Op(":").Parens(pointerTo(r.local(m.Builder.Name))).Dot(string(m.Kind)))
	if r.golden(m) {
		block = append(block, jen.Id("body").Op(":=").Add(r.pointer(m.Type, r.exchanges(m).request)))
		elements = append(elements, jen.Id("body").Op(":").Id("body"))
	}
	if m.Kind == api.Create {
		elements = append(elements, jen.Id("forCreate").Op(":").Parens(pointerTo(r.local(m.Type.Name))).Dot("ForCreate"))
	}
	cases := r.plan.refusals(m)
	for _, list := range []struct {
		name string
		rows []string
	}{{"refused", cases.refused}, {"refusedHere", cases.here}, {"abstract", cases.abstract}} {
		if list.rows != nil {
			elements = append(elements, jen.Id(list.name).Op(":").Add(table(list.rows)))
		}
	}
	return block, elements
}
