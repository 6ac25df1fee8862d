package golang

import (
	"maps"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

const azcorePath = "github.com/Azure/azure-sdk-for-go/sdk/azcore"

// doc renders doc.go, the package comment.
func (r *renderer) doc() {
	o := r.plan.Options
	paragraphs := []string{"Package " + o.Package + " has types of Microsoft Graph, version " + o.APIVersion + "."}
	if creates := r.plan.current(); len(creates) > 0 {
		paragraphs = []string{"Package " + o.Package + " is a client for Microsoft Graph, version " + o.APIVersion + ". It sends these requests:"}
		for _, c := range creates {
			paragraphs = append(paragraphs, requestLines(c.Operation)...)
		}
	}
	paragraphs = append(paragraphs, "Every property is absent, null, or has a value: it is an odata.Opt, or an odata.List if it is a collection. "+
		"Values that do not fit their declared type, and members that the schema does not declare, are sent back as they were received.")
	f := r.newFile("doc")
	for _, line := range commentLines(paragraphs...) {
		f.PackageComment(line)
	}
	r.render("doc", f)
}

// client renders the client, and its methods that lead to the resources at
// the root of the service.
func (r *renderer) client() jen.Code {
	o := r.plan.Options
	declarations := []jen.Code{
		jen.Add(comment("Client is where all requests begin. It is safe for use by several goroutines.")).Line().
			Type().Id("Client").Struct(jen.Id("client").Op("*").Add(r.odata("Client"))),
		jen.Add(comment("ClientOptions are the options of azcore, and the address of the service.")).Line().
			Type().Id("ClientOptions").Op("=").Add(r.odata("ClientOptions")),
		jen.Add(comment("Options are the options of a single request.")).Line().
			Type().Id("Options").Op("=").Add(r.odata("Options")),
		jen.Add(comment("NewClient returns a client that authenticates with the credential. A nil credential sends no token. "+
			"With nil options, requests go to "+o.APIVersion+" of the global service.")).Line().
			Func().Id("NewClient").Params(
			jen.Id("credential").Qual(azcorePath, "TokenCredential"),
			jen.Id("options").Op("*").Id("ClientOptions"),
		).Params(jen.Op("*").Id("Client"), jen.Error()).Block(
			jen.List(jen.Id("client"), jen.Err()).Op(":=").Add(r.odata("NewClient")).Call(
				jen.Id("credential"),
				r.odata("Config").Values(r.config()...),
				jen.Id("options"),
			),
			jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Err())),
			jen.Return(jen.Op("&").Id("Client").Values(jen.Id("client")), jen.Nil()),
		),
	}
	for _, s := range r.plan.Root {
		name := s.To.Resource.Name()
		declarations = append(declarations,
			jen.Add(comment(append([]string{s.Method + " addresses /" + name + "."}, s.description()...)...)).Line().
				Func().Params(jen.Id("c").Op("*").Id("Client")).Id(s.Method).Params().Op("*").Id(s.To.Name).Block(
				jen.Return(jen.Op("&").Id(s.To.Name).Values(jen.Id("c").Dot("client").Dot("Resource").Call(jen.Lit(name)))),
			))
	}
	return lines(declarations...)
}

// config renders what the package says about itself.
func (r *renderer) config() []jen.Code {
	elements := []jen.Code{
		jen.Id("Package").Op(":").Lit(r.plan.Options.Package),
		jen.Id("APIVersion").Op(":").Lit(r.plan.Options.APIVersion),
	}
	if len(r.plan.facts) > 0 {
		elements = append(elements, jen.Id("Types").Op(":").Id("typeFacts"))
	}
	return multiline(elements)
}

// builder renders the type that addresses a resource, with the steps to the
// next ones and the methods that send requests.
func (r *renderer) builder(b *Builder) jen.Code {
	declarations := []jen.Code{
		jen.Add(comment(append([]string{b.Name + " " + addresses(b.Resource) + "."}, description(b.Resource, b.Kept)...)...)).Line().
			Type().Id(b.Name).Struct(jen.Id("resource").Add(r.odata("Resource"))),
	}
	for _, s := range b.Steps {
		declarations = append(declarations, r.step(b, s))
	}
	if b.Create != nil {
		declarations = append(declarations, r.create(b.Create))
	}
	return lines(declarations...)
}

// addresses returns the verb and the object of the sentence on a builder.
func addresses(r model.Resource) string {
	what := "addresses "
	if r.Item {
		what += "an item of "
	}
	if r.Owner != nil {
		return what + r.Name() + " of a " + r.Owner.QualifiedName()
	}
	return what + "/" + r.Name()
}

// description returns the paragraphs about a resource, with its deprecation if
// it is retained.
func description(r model.Resource, kept bool) []string {
	var paragraphs []string
	if !r.Item {
		paragraphs = annotated(r.Annotations())
	}
	switch {
	case !kept:
		return paragraphs
	case !vocab.Kept(r.Annotations()):
		return append(paragraphs, deprecatedMark+"no selected path leads here any more. "+keptForOneRelease)
	case r.Item:
		return []string{deprecation(r.Annotations())}
	default:
		return paragraphs
	}
}

// description returns the paragraphs about a step and where it leads.
func (s Step) description() []string {
	if s.Former != nil {
		return []string{s.Former.deprecation()}
	}
	return description(s.To.Resource, s.Kept)
}

func (r *renderer) step(b *Builder, s Step) jen.Code {
	method := jen.Func().Params(jen.Id("b").Op("*").Id(b.Name)).Id(s.Method)
	resource := jen.Id("b").Dot("resource").Dot("Segment").Call(jen.Lit(s.To.Resource.Name()))
	doc := []string{s.Method + " addresses " + s.To.Resource.Name() + "."}
	if s.To.Resource.Item {
		method.Params(jen.Id("id").String())
		resource = jen.Id("b").Dot("resource").Dot("Key").Call(jen.Id("id"))
		doc = []string{s.Method + " addresses the item with the given key (" + strings.Join(s.To.Resource.Type().KeyNames(), ", ") + "), which it escapes. " +
			"An empty key makes the request fail before it is sent."}
		if s.Kept && !b.Kept {
			doc = append(doc, s.description()...)
		}
	} else {
		method.Params()
		doc = append(doc, s.description()...)
	}
	return jen.Add(comment(doc...)).Line().Add(method).Op("*").Id(s.To.Name).Block(
		jen.Return(jen.Op("&").Id(s.To.Name).Values(resource)),
	)
}

// create renders the method that adds an item.
func (r *renderer) create(c *Create) jen.Code {
	body := jen.Op("*").Add(r.local(c.Body.Name))
	method := []jen.Code{jen.Id("Name").Op(":").Lit(c.name())}
	if c.Evolvable {
		method = append(method, jen.Id("EvolvableEnums").Op(":").True())
	}
	if names := c.notSettable(); names != nil {
		method = append(method, jen.Id("NotSettable").Op(":").Add(texts(names)))
	}
	return jen.Add(createComment(c)).Line().
		Func().Params(jen.Id("b").Op("*").Id(c.Builder.Name)).Id("Create").Params(
		jen.Id("ctx").Qual("context", "Context"),
		jen.Id("body").Add(body),
		jen.Id("options").Op("*").Id("Options"),
	).Params(jen.Add(body), jen.Error()).Block(
		jen.Return(r.odata("Create").Call(
			jen.Id("ctx"), jen.Id("b").Dot("resource"), r.odata("Method").Values(multiline(method)...), jen.Id("body"), jen.Id("options"),
		)),
	)
}

// name returns the name of the method for traces and errors.
func (c *Create) name() string { return strings.TrimSuffix(c.Builder.Name, "Builder") + ".Create" }

func createComment(c *Create) jen.Code {
	requests := requestLines(c.Operation)
	end := ":"
	if len(requests) == 0 {
		end = "."
	}
	paragraphs := append([]string{"Create adds an item of type " + c.Body.Type.QualifiedName() + " and returns it as the service stored it" + end}, requests...)
	if len(c.Required) > 0 {
		paragraphs = append(paragraphs, "The service requires "+strings.Join(c.Required, ", ")+".")
	}
	if len(c.Refused) > 0 {
		text := "Create rejects bodies that set read-only properties: " + c.evidence() + ". ForCreate leaves them out"
		if others := c.settableElsewhere(); others != nil {
			text += ", but for " + enumerate(others) + ", which other creates set"
		}
		paragraphs = append(paragraphs, text+".")
	}
	if c.Body.abstract() {
		paragraphs = append(paragraphs, "The type is abstract: send a value of a derived type through its As"+c.Body.Name+" method, or set @odata.type in AdditionalData.")
	}
	if c.Page != "" {
		paragraphs = append(paragraphs, "Reference: "+c.Page)
	}
	return comment(append(paragraphs, c.deprecation())...)
}

// evidence returns the refused properties, grouped by the evidence for them.
func (c *Create) evidence() string {
	names := map[string][]string{}
	for _, refused := range c.Refused {
		if name := refused.Field.Property.Name; !slices.Contains(names[refused.Evidence], name) {
			names[refused.Evidence] = append(names[refused.Evidence], name)
		}
	}
	var parts []string
	for _, evidence := range slices.Sorted(maps.Keys(names)) {
		parts = append(parts, strings.Join(names[evidence], ", ")+" ("+evidence+")")
	}
	return strings.Join(parts, "; ")
}

// requestLines returns the requests of a method, as lines of code.
func requestLines(o *api.Method) []string {
	lines := make([]string, len(o.Paths))
	for i, p := range o.Paths {
		lines[i] = "\t" + o.Verb + " " + p.String()
	}
	return lines
}
