package golang

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

const azcorePath = "github.com/Azure/azure-sdk-for-go/sdk/azcore"

// maxListed is how many methods the package comment lists.
const maxListed = 50

// doc renders doc.go, the package comment.
func (r *renderer) doc() {
	o := r.plan.Options
	service := r.serviceName()
	paragraphs := []string{"Package " + o.Package + " has types of " + service + "."}
	switch methods := r.plan.current(); {
	case len(methods) > maxListed:
		paragraphs = []string{fmt.Sprintf("Package %s is a client for %s. It has %d methods that send requests: begin with NewClient.", o.Package, service, len(methods))}
	case len(methods) > 0:
		paragraphs = []string{"Package " + o.Package + " is a client for " + service + ". It sends these requests:"}
		for _, m := range methods {
			for _, request := range m.Requests() {
				paragraphs = append(paragraphs, "\t"+request)
			}
		}
	}
	paragraphs = append(paragraphs, "Every property is absent, null, or has a value: it is an odata.Opt, or an odata.List if it is a collection. "+
		"Values that do not fit their declared type, and members that the schema does not declare, are sent back as they were received.")
	f := r.newFile("doc")
	for _, line := range commentLines(paragraphs...) {
		f.PackageComment(line)
	}
	r.print("doc", f)
}

// serviceName returns what the documentation calls the service.
func (r *renderer) serviceName() string {
	if name := r.plan.service.Name; name != "" {
		return "the service " + name
	}
	return "Microsoft Graph, version " + r.plan.Options.APIVersion
}

// client renders the client with its methods, which lead to the entity sets and
// singletons.
func (r *renderer) client() jen.Code {
	service, endpoint := "Microsoft Graph", "With nil options it sends requests to version "+r.plan.Options.APIVersion+" of the global service."
	if name := r.plan.service.Name; name != "" {
		service, endpoint = "the service "+name, "The options must have the Endpoint of the service."
	}
	declarations := []jen.Code{
		jen.Add(comment("Client is a client of " + service + ". Its methods return the builders with which all requests begin. It is safe for concurrent use.")).Line().
			Type().Id("Client").Struct(jen.Op("*").Add(r.odata("Client"))),
		jen.Add(comment("ClientOptions are the options of NewClient: the options of azcore and the address of the service.")).Line().
			Type().Id("ClientOptions").Op("=").Add(r.odata("ClientOptions")),
		jen.Add(comment("Options are the options of a single request.")).Line().
			Type().Id("Options").Op("=").Add(r.odata("Options")),
		jen.Add(comment("NewClient returns a client that authenticates with credential. With a nil credential it sends no token. "+
			endpoint)).Line().
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
	for _, s := range r.plan.Client.Steps {
		if s.Kind == ToFunction {
			declarations = append(declarations, r.functionStep(r.plan.Client, s))
			continue
		}
		name := s.To.Resource.Name()
		declarations = append(declarations,
			jen.Add(comment(append([]string{s.Method + " returns the builder for /" + name + "."}, s.description()...)...)).Line().
				Func().Params(jen.Id("c").Op("*").Id("Client")).Id(s.Method).Params().Op("*").Id(s.To.Name).Block(
				jen.Return(jen.Op("&").Id(s.To.Name).Values(jen.Id("c").Dot("Client").Dot("Resource").Call(jen.Lit(name)))),
			))
	}
	for _, m := range r.plan.Client.Methods {
		declarations = append(declarations, r.requests(m)...)
	}
	return lines(declarations...)
}

// config renders the configuration of the client.
func (r *renderer) config() []jen.Code {
	elements := []jen.Code{
		jen.Id("Package").Op(":").Lit(r.plan.Options.Package),
	}
	if r.plan.service.Name == "" {
		elements = append(elements, jen.Id("APIVersion").Op(":").Lit(r.plan.Options.APIVersion))
	}
	if r.plan.service.KeysInParentheses {
		elements = append(elements, jen.Id("KeysInParentheses").Op(":").True())
	}
	if len(r.plan.facts) > 0 {
		elements = append(elements, jen.Id("Types").Op(":").Id("typeFacts"))
	}
	return multiline(elements)
}

// builder renders the builder for a resource with its methods, which lead to the next
// resources or send requests.
func (r *renderer) builder(b *Builder) jen.Code {
	doc := append([]string{b.Name + " builds requests to " + target(b.Resource) + "."}, description(b.Resource, b.Retained)...)
	if b.Function != nil {
		doc = append([]string{b.Name + " builds calls of the function " + b.Function.QualifiedName() + "."}, annotated(b.Function.Annotated)...)
	}
	declarations := []jen.Code{
		jen.Add(comment(doc...)).Line().
			Type().Id(b.Name).Struct(r.odata("Resource")),
	}
	for _, s := range b.Steps {
		declarations = append(declarations, r.step(b, s))
	}
	for _, m := range b.Methods {
		declarations = append(declarations, r.requests(m)...)
	}
	declarations = append(declarations, r.streams(b)...)
	if ref := r.ref(b); ref != nil {
		declarations = append(declarations, ref)
	}
	return lines(declarations...)
}

// target names the resource of a builder.
func target(r model.Resource) string {
	if r.Cast != nil {
		cast := r.Cast.QualifiedName()
		r.Cast = nil
		return target(r) + ", as a " + cast
	}
	name := "/" + r.Name()
	if r.Owner != nil {
		name = "the " + r.Name() + " of a " + r.Owner.QualifiedName()
	}
	if r.Item {
		return "an item of " + name
	}
	return name
}

// description returns the paragraphs about a resource, with a deprecation if it is
// retained.
func description(r model.Resource, retained bool) []string {
	var paragraphs []string
	if !r.Item {
		paragraphs = annotated(r.Annotations())
	}
	switch {
	case !retained:
		return paragraphs
	case !vocab.Retained(r.Annotations()):
		return append(paragraphs, deprecatedMark+"no selected path leads here any more. "+retainedForOneRelease)
	case r.Item:
		return []string{deprecation(r.Annotations())}
	default:
		return paragraphs
	}
}

// description returns the paragraphs about the resource that a step leads to.
func (s Step) description() []string {
	if s.OldName != nil {
		return []string{s.OldName.deprecation()}
	}
	return description(s.To.Resource, s.Retained)
}
