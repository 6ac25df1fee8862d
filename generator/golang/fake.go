package golang

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

// FakeDir is the folder of the fake service below the output folder, and the name of
// its package. What all fake services share is in the folder of the same name below
// the support package.
const FakeDir = "fake"

// fakeMethods are the names of what the fake service embeds.
var fakeMethods = []string{"ClientOptions", "Do", "Fail", "Requests", "Seed", "ServeHTTP", "Service", "UploadSession"}

// The declarations of the package of the fake service: types, failures, and the others.
var (
	fakeTypes    = []string{"Options", "Call", "Content", "Location", "Error", "Request", "Failure"}
	fakeFailures = []string{"Throttle", "Unavailable", "Broken", "NoAnswer", "BreakBefore", "BreakAfter"}
	fakeNames    = slices.Concat([]string{"ErrDefault", "NewService", "Service", "describe"}, fakeFailures, fakeTypes)
)

// override is a field of the fake service, which answers a method.
type override struct {
	name    string
	method  *Method
	oldName *OldName // of the builder, if the field has its old name; else nil
}

// overrides returns the fields of the fake service, in the order of the builders, then
// the fields of retained methods and of renamed builders.
func (p *Plan) overrides() []override {
	var list []override
	taken := map[string]bool{}
	for _, name := range fakeMethods {
		taken[name] = true
	}
	add := func(b *Builder, builder string, old *OldName, wanted func(*Method) bool) {
		for _, m := range b.Methods {
			if !wanted(m) {
				continue
			}
			name := strings.TrimSuffix(builder, "Builder")
			if b.Function == nil {
				name += m.GoName
			}
			if m.isStream() {
				name += string(m.Kind)
			}
			name = ident.Unique(name, func(name string) bool { return taken[name] })
			taken[name] = true
			list = append(list, override{name, m, old})
		}
	}
	builders := append([]*Builder{p.Client}, p.Builders...)
	for _, retained := range []bool{false, true} {
		for _, b := range builders {
			add(b, b.Name, nil, func(m *Method) bool { return m.Retained == retained })
		}
	}
	for _, old := range p.OldNames {
		for _, b := range p.Builders {
			if b.Resource.ID() == old.NewKey {
				add(b, old.Name, old, func(*Method) bool { return true })
			}
		}
	}
	return list
}

// core refers to a declaration of the package that all fake services share.
func (r *renderer) core(name string) *jen.Statement {
	return jen.Qual(r.plan.Options.ODataPath+"/"+FakeDir, name)
}

// fake renders the package of the fake service.
func (r *renderer) fake() {
	list := r.plan.overrides()
	f := r.newFile(FakeDir + "/service")
	for _, line := range commentLines("Package fake is an in-memory service for tests of programs that use package " + r.plan.Options.Package + ": begin with NewService.") {
		f.PackageComment(line)
	}
	f.Add(r.fakeService(list))
	r.print(FakeDir+"/service", f)
	r.file(FakeDir+"/description", r.fakeDescription(list))
}

// fakeService renders the fake service: its overrides, and the names that tests need.
func (r *renderer) fakeService(list []override) jen.Code {
	fields := []jen.Code{jen.Op("*").Add(r.core("Service"))}
	for _, o := range list {
		code, types := r.overrideType(o.method)
		field := jen.Line().Add(r.overrideComment(o)).Line()
		if slices.ContainsFunc(types, func(t model.Type) bool { return t != nil && deprecation(t.Annotations()) != "" }) {
			// The field is not a use of the type, which staticcheck warns about.
			field.Comment("//lint:ignore SA1019 the service answers it").Line()
		}
		fields = append(fields, field.Id(o.name).Add(code))
	}
	var constants []jen.Code
	for _, name := range fakeFailures {
		constants = append(constants, jen.Id(name).Op("=").Add(r.core(name)))
	}
	var aliases []jen.Code
	for _, name := range fakeTypes {
		aliases = append(aliases, jen.Id(name).Op("=").Add(r.core(name)))
	}
	return lines(
		jen.Add(comment("Service is an in-memory service for tests, which need neither a tenant nor a credential. It stores what clients create. "+
			"A field that is set answers its method in place of the service. Set fields before the first request.")).Line().
			Type().Id("Service").Struct(fields...),
		jen.Add(comment("NewService returns a service with nothing but its singletons. It takes no options or one.")).Line().
			Func().Id("NewService").Params(jen.Id("options").Op("...*").Id("Options")).Op("*").Id("Service").Block(
			jen.Id("s").Op(":=").Op("&").Id("Service").Values(),
			jen.Id("s").Dot("Service").Op("=").Add(r.core("New")).Call(jen.Id("describe").Call(), jen.Id("s"), jen.Id("options").Op("...")),
			jen.Return(jen.Id("s")),
		),
		jen.Add(comment("The types of tests. Package fake of the support package documents them.")).Line().
			Type().Defs(aliases...),
		jen.Add(comment("The failures of Fail. Package fake of the support package documents them.")).Line().
			Const().Defs(constants...),
		jen.Add(comment("ErrDefault is what an override returns for the answer that the service gives without the override.")).Line().
			Var().Id("ErrDefault").Op("=").Add(r.core("ErrDefault")),
	)
}

func (r *renderer) overrideComment(o override) jen.Code {
	lines := requestLines(o.method.Requests())
	text := o.name + " answers"
	if len(lines) > 0 {
		text += " " + strings.TrimSpace(lines[0])
	} else {
		text += " " + o.method.Verb + " " + o.method.Resource.ID() + o.method.Suffix
	}
	if len(lines) > 1 {
		text += " and the like"
	}
	paragraphs := []string{text + "."}
	switch {
	case o.oldName != nil:
		paragraphs = append(paragraphs, o.oldName.deprecation())
	case o.method.Retained:
		paragraphs = append(paragraphs, o.method.deprecation())
	}
	return comment(paragraphs...)
}

// overrideType renders the type of a field: a function of the call, and of what the
// request sends, that returns what the response has. It also returns the types in it.
func (r *renderer) overrideType(m *Method) (code jen.Code, types []model.Type) {
	params := []jen.Code{jen.Id("call").Op("*").Id("Call")}
	results := []jen.Code{jen.Error()}
	returns := func(code jen.Code) { results = []jen.Code{code, jen.Error()} }
	pointer := func(s *Struct) jen.Code {
		types = append(types, s.Type)
		return pointerTo(r.local(s.Name))
	}
	switch m.Kind {
	case api.Get:
		returns(pointer(m.Type))
	case api.List, api.Delta:
		returns(jen.Index().Add(pointer(m.Type)))
	case api.Count:
		returns(jen.Int64())
	case api.Create, api.Update, api.Replace:
		params = append(params, jen.Id("body").Add(pointer(m.Type)))
		returns(pointer(m.Type))
	case api.AddRef, api.SetRef:
		params = append(params, jen.Id("address").String())
	case api.RemoveRef: // of a single one, the path says it all
		if m.Resource.Collection() {
			params = append(params, jen.Id("item").String())
		}
	case api.ListRefs:
		returns(jen.String())
		if m.Resource.Collection() {
			returns(jen.Index().String())
		}
	case api.Download:
		returns(jen.Op("*").Id("Content"))
	case api.Upload:
		params = append(params, jen.Id("content").Op("*").Id("Content"))
		returns(pointer(m.Type))
	case api.Action, api.Function:
		if m.Kind == api.Action && m.Body != nil {
			params = append(params, jen.Id("body").Add(pointer(m.Body)))
		}
		if m.Kind == api.Function {
			for i, name := range r.parameterNames(m.Operation, "call") {
				p := m.Operation.Own()[i]
				types = append(types, p.Type.Type)
				params = append(params, jen.Id(name).Add(r.plan.parameterTypes[p].argument(r)))
			}
		}
		result := m.Returns()
		if result.Name == "" {
			break
		}
		value := jen.Code(m.Result.code(r))
		if m.Type != nil {
			value = pointer(m.Type)
		} else {
			types = append(types, result.Type)
		}
		if result.Collection {
			value = jen.Index().Add(value)
		}
		returns(value)
	}
	return jen.Func().Params(params...).Params(results...), types
}
