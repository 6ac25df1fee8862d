package golang

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/generator/selection"
)

const azcorePath = "github.com/Azure/azure-sdk-for-go/sdk/azcore"

// doc renders the package comment.
func (r *renderer) doc() jen.Code {
	pkg := r.plan.Options.Package
	paragraphs := []string{"Package " + pkg + " holds types of Microsoft Graph."}
	if len(r.plan.Creates) > 0 {
		paragraphs = []string{
			"Package " + pkg + " is a client for a part of Microsoft Graph, version " + r.plan.Options.APIVersion + ". It has these operations:",
		}
	}
	code := comment(paragraphs...)
	for _, c := range r.plan.Creates {
		code.Line().Comment("//").Line().Add(comment("  - " + signatures(c.Operation.Paths, c.Operation.Verb)))
	}
	return code.Line().Comment("//").Line().Add(comment(
		"Every property is an odata.Opt: it is absent, null, or has a value. Values that do not fit their declared type, and members that the "+
			"schema does not declare, are kept as they came.")).Line().Id("package doc") // replaced below
}

// signatures returns the requests of an operation: "POST /me/profile/projects".
func signatures(paths []selection.Path, verb string) string {
	texts := make([]string, len(paths))
	for i, p := range paths {
		texts[i] = verb + " " + p.String()
	}
	return strings.Join(texts, ", ")
}
