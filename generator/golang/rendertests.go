package golang

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/templates"
)

// tests renders the tests that come with the package: for each operation one
// of the schema that drives the builder and compares with golden files, and one
// that sends every type through JSON and back.
func (r *renderer) tests() {
	o := r.plan.Options
	names := templates.Names{Package: o.Package, ImportPath: o.ImportPath, ODataPath: o.ODataPath, APIVersion: o.APIVersion}
	if len(r.plan.Structs) > 0 {
		r.support("models_test.go", names)
		r.file("types_test", r.typesTest())
	}
	creates := r.plan.current()
	if len(creates) > 0 {
		r.support("golden_test.go", names)
	}
	for _, c := range creates {
		r.file(c.Builder.File+"_test", r.createTest(c))
		golden := "testdata/" + c.Builder.File
		r.files[golden+".http"] = r.requests(c)
		r.files[golden+".json"] = indented(c.Response)
	}
}

// support renders a file of test helpers.
func (r *renderer) support(name string, names templates.Names) {
	code, err := templates.Test(name, names)
	if err != nil && r.err == nil {
		r.err = err
	}
	r.files[name] = code
}

// typesTest renders the list of all types that the round-trip test goes
// through.
func (r *renderer) typesTest() jen.Code {
	var types []jen.Code
	for _, s := range r.plan.Structs {
		types = append(types, jen.Op("&").Add(r.local(s.Name)).Values())
	}
	return jen.Func().Id("TestTypes").Params(jen.Id("t").Op("*").Qual("testing", "T")).Block(
		jen.Id("roundTrip").Call(jen.Id("t"), jen.Index().Add(r.odata("Structured")).Values(multiline(types)...)),
	)
}

// createTest renders the test of an operation.
func (r *renderer) createTest(c *Create) jen.Code {
	body := r.local(c.Body.Name)
	var calls []jen.Code
	for _, path := range c.Operation.Paths {
		calls = append(calls, jen.Func().Params(
			jen.Id("c").Op("*").Add(r.local("Client")),
		).Params(jen.Op("*").Add(body), jen.Error()).Block(
			jen.Return(r.chain(path).Dot("Create").Call(jen.Id("t").Dot("Context").Call(), jen.Id("body"), jen.Nil())),
		))
	}
	return jen.Func().Id("Test"+strings.TrimSuffix(c.Builder.Name, "Builder")+"Create").Params(jen.Id("t").Op("*").Qual("testing", "T")).Block(
		jen.Id("body").Op(":=").Op("&").Add(r.literal(c.Body, c.Request)),
		jen.Id("golden").Call(append([]jen.Code{jen.Id("t"), jen.Lit("testdata/" + c.Builder.File), c.status()}, multiline(calls)...)...),
	)
}

// chain returns the calls that lead from the client c along a path.
func (r *renderer) chain(path model.Path) *jen.Statement {
	code := jen.Id("c")
	steps := r.plan.Root
	for _, resource := range path {
		for _, step := range steps {
			if step.To.Resource != resource {
				continue
			}
			if resource.Item {
				code.Dot(step.Method).Call(jen.Lit(sampleKey(resource)))
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

// requests returns the golden file of what an operation sends: a request for
// each path, in the form of RFC 9112 with "###" between them.
func (r *renderer) requests(c *Create) []byte {
	var b bytes.Buffer
	for i, path := range c.Operation.Paths {
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
