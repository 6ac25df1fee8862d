package golang

import (
	"bytes"
	"go/scanner"
	"go/token"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/templates"
)

// tests renders the tests of the package. They hold the names of the schema as
// literals, so that they fail if the code has other names.
func (r *renderer) tests() {
	o := r.plan.Options
	names := templates.Names{Package: o.Package, ImportPath: o.ImportPath, ODataPath: o.ODataPath, APIVersion: o.APIVersion}
	if len(r.plan.Structs) > 0 {
		r.support("models_test.go", names)
	}
	if declarations := r.typeTests(); declarations != nil {
		r.file("types_test", lines(declarations...))
	}
	creates := r.plan.current()
	if len(creates) > 0 {
		r.support("golden_test.go", names)
	}
	for _, c := range creates {
		r.file(c.Builder.File+"_test", r.createTest(c))
		if !c.Body.sendable() {
			continue // the schema has no type for a value
		}
		golden := "testdata/" + c.Builder.File
		r.files[golden+".http"] = r.requests(c)
		r.files[golden+".json"] = indented(c.Response)
	}
}

// ownTestNames are the names that the rendered tests use, apart from the names of the
// helpers.
var ownTestNames = []string{
	"body", "c", "constants", "flags", "got", "has", "init", "key", "main", "odata", "split", "structs", "t",
	"any", "bool", "false", "float32", "float64", "int16", "int32", "int64", "int8", "new", "nil", "string", "true", "uint8",
}

// testName returns the name under which the tests import the package: the package
// name, unless the tests use that name for something else.
func (r *renderer) testName() string {
	if r.testPackage == "" {
		r.testPackage = r.plan.Options.Package
		if token.IsKeyword(r.testPackage) || slices.Contains(ownTestNames, r.testPackage) ||
			r.helperUses(r.testPackage) {
			r.testPackage = "generated"
		}
	}
	return r.testPackage
}

// helperUses reports whether an identifier occurs in the test helpers.
func (r *renderer) helperUses(name string) bool {
	for _, file := range []string{"models_test.go", "golden_test.go"} {
		code, err := templates.Test(file, templates.Names{Package: "p", ImportPath: "p", ODataPath: "p", APIVersion: "p"})
		if err != nil {
			continue // support reports it
		}
		var s scanner.Scanner
		s.Init(token.NewFileSet().AddFile(file, -1, len(code)), code, nil, 0)
		for _, tok, text := s.Scan(); tok != token.EOF; _, tok, text = s.Scan() {
			if tok == token.IDENT && text == name {
				return true
			}
		}
	}
	return false
}

// support renders a file of test helpers.
func (r *renderer) support(name string, names templates.Names) {
	code, err := templates.Test(name, names)
	if err != nil && r.err == nil {
		r.err = err
	}
	r.files[name] = code
}

// typeTests renders the tables for the tests of the types.
func (r *renderer) typeTests() []jen.Code {
	var declarations []jen.Code
	if len(r.plan.Structs) > 0 {
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
			jen.Func().Id("TestConstants").Params(jen.Id("t").Op("*").Qual("testing", "T")).Block(
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
		declarations = append(declarations, jen.Func().Id("TestFlags").Params(jen.Id("t").Op("*").Qual("testing", "T")).Block(flags...), flagsTest())
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

// createTest renders the test of a create.
func (r *renderer) createTest(c *Create) jen.Code {
	builder, body := r.local(c.Builder.Name), r.local(c.Body.Name)
	var at []jen.Code
	for _, path := range c.Method.Paths {
		at = append(at, jen.Func().Params(jen.Id("c").Op("*").Add(r.local("Client")), jen.Id("key").Id("keys")).Op("*").Add(builder.Clone()).Block(
			jen.Return(r.chain(path)),
		))
	}
	elements := []jen.Code{
		jen.Id("name").Op(":").Lit(c.name()),
		jen.Id("create").Op(":").Parens(jen.Op("*").Add(builder.Clone())).Dot("Create"),
		jen.Id("at").Op(":").Index().Func().Params(jen.Op("*").Add(r.local("Client")), jen.Id("keys")).Op("*").Add(builder.Clone()).Values(multiline(at)...),
	}
	var block []jen.Code
	if c.Body.sendable() {
		block = append(block, jen.Id("body").Op(":=").Add(r.pointer(c.Body, c.Request)))
		elements = append(elements,
			jen.Id("golden").Op(":").Lit("testdata/"+c.Builder.File),
			jen.Id("body").Op(":").Id("body"),
			jen.Id("forCreate").Op(":").Parens(jen.Op("*").Add(body.Clone())).Dot("ForCreate"))
	}
	cases := r.plan.refusals(c)
	for _, list := range []struct {
		name string
		rows []string
	}{{"refused", cases.refused}, {"refusedHere", cases.here}, {"abstract", cases.abstract}} {
		if list.rows != nil {
			elements = append(elements, jen.Id(list.name).Op(":").Add(table(list.rows)))
		}
	}
	block = append(block, jen.Id("testCreate").Call(jen.Id("t"),
		jen.Id("createCase").Types(builder.Clone(), body.Clone()).Values(multiline(elements)...)))
	return jen.Func().Id("Test" + strings.TrimSuffix(c.Builder.Name, "Builder") + "Create").Params(jen.Id("t").Op("*").Qual("testing", "T")).Block(block...)
}

// chain renders the calls that lead from the client c along a path.
func (r *renderer) chain(path model.Path) *jen.Statement {
	code := jen.Id("c")
	steps := r.plan.Root
	for _, resource := range path {
		for _, step := range steps {
			if step.To.Resource != resource {
				continue
			}
			if resource.Item {
				code.Dot(step.Method).Call(jen.Id("key").Call(jen.Lit(sampleKey(resource))))
			} else {
				code.Dot(step.Method).Call()
			}
			steps = step.To.Steps
			break
		}
	}
	return code
}

// sampleKey is the key of an item in the tests.
func sampleKey(r model.Resource) string { return r.Type().Name + "-id" }

// requests returns the golden file with the requests of a method, one for each path,
// in the format of RFC 9112 with "###" between them.
func (r *renderer) requests(c *Create) []byte {
	var b bytes.Buffer
	for i, path := range c.Method.Paths {
		if i > 0 {
			b.WriteString("\n###\n\n")
		}
		b.WriteString(http.MethodPost + " /" + r.plan.Options.APIVersion + urlPath(path) + "\n")
		b.WriteString("Accept: application/json\nContent-Type: application/json\n")
		if c.Evolvable {
			b.WriteString("Prefer: include-unknown-enum-members\n")
		}
		b.WriteString("\n")
		b.Write(indented(c.Request))
	}
	return b.Bytes()
}

func urlPath(path model.Path) string {
	var b strings.Builder
	for _, r := range path {
		segment := r.Name()
		if r.Item {
			segment = sampleKey(r)
		}
		b.WriteString("/" + url.PathEscape(segment))
	}
	return b.String()
}
