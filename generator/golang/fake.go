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
	for _, name := range []string{"Throttle", "Unavailable", "Broken", "NoAnswer", "BreakBefore", "BreakAfter"} {
		constants = append(constants, jen.Id(name).Op("=").Add(r.core(name)))
	}
	var aliases []jen.Code
	for _, name := range []string{"Options", "Call", "Content", "Location", "Error", "Request", "Failure"} {
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
			names := r.parameterNames(m.Operation)
			for i, name := range names {
				if name == "call" {
					name = ident.Unique(name, func(other string) bool { return slices.Contains(names, other) })
				}
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

// fakeDescription renders the description of the package.
func (r *renderer) fakeDescription(overrides []override) jen.Code {
	p := r.plan
	endpoint := "https://graph.microsoft.com/" + p.Options.APIVersion
	if p.service.Name != "" {
		endpoint = otherHost + "/" + p.Options.APIVersion
	}
	elements := []jen.Code{jen.Id("Endpoint").Op(":").Lit(endpoint)}
	if p.service.Name == "" {
		elements = append(elements, jen.Id("TopIsPageSize").Op(":").True())
	}
	known := map[*model.StructuredType]bool{}
	for _, s := range p.Structs {
		known[s.Type] = true
	}
	var types []jen.Code
	for _, s := range p.Structs {
		if s.Action == nil {
			types = append(types, r.fakeType(s, known))
		}
	}
	for _, b := range p.Builders {
		for t := onlyInPath(b.Resource); t != nil && !known[t]; t = t.BaseType() {
			known[t] = true
			types = append(types, r.fakePathType(t))
		}
	}
	fields := map[*Method][]string{}
	for _, o := range overrides {
		fields[o.method] = append(fields[o.method], o.name)
	}
	var resources []jen.Code
	for _, b := range p.Builders {
		if b.Function == nil {
			resources = append(resources, r.fakeResource(b, fields))
		}
	}
	var block []jen.Code
	list := func(name, element, of string, values []jen.Code) {
		if values != nil {
			block = append(block, jen.Id(name).Op(":=").Index().Add(r.core(of)).Values(multiline(values)...))
			elements = append(elements, jen.Id(element).Op(":").Id(name))
		}
	}
	list("types", "Types", "Type", types)
	elements = append(elements, jen.Id("Root").Op(":").Add(r.core("Resource")).Add(r.fakeResource(p.Client, fields)))
	list("resources", "Resources", "Resource", resources)
	block = append(block, jen.Return(r.core("Description").Values(multiline(elements)...)))
	return jen.Add(comment("describe describes the package to the fake service.")).Line().
		Func().Id("describe").Params().Add(r.core("Description")).Block(block...)
}

// fakeTypeHead renders the name of a type, its base type and its key.
func fakeTypeHead(t, base *model.StructuredType) []jen.Code {
	elements := []jen.Code{jen.Id("Name").Op(":").Lit(t.QualifiedName())}
	if base != nil {
		elements = append(elements, jen.Id("Base").Op(":").Lit(base.QualifiedName()))
	}
	if keys := t.Key; len(keys) > 0 {
		var names []string
		for _, key := range keys {
			names = append(names, key.Name)
		}
		elements = append(elements, jen.Id("Keys").Op(":").Add(texts(names)))
	}
	return elements
}

// onlyInPath returns the type that the fake service needs to know for a path to lead
// through a resource: the type of a cast, or of items with another key than their id;
// else nil.
func onlyInPath(r model.Resource) *model.StructuredType {
	if t := r.Type(); t != nil && (r.Cast != nil || r.Item && !slices.Equal(t.KeyNames(), []string{"id"})) {
		return t
	}
	return nil
}

// fakePathType renders the description of a type that the package has no struct for.
// Of its properties, the fake service knows the key.
func (r *renderer) fakePathType(t *model.StructuredType) jen.Code {
	elements := append(fakeTypeHead(t, t.BaseType()), jen.Id("Open").Op(":").True())
	var properties []jen.Code
	for _, key := range t.Key {
		if p := t.Property(key.Name); p != nil {
			properties = append(properties, r.fakeProperty(p.Name, p.Type, ""))
		}
	}
	if properties != nil {
		elements = append(elements, jen.Id("Properties").Op(":").Index().Add(r.core("Property")).Values(multiline(properties)...))
	}
	return jen.Values(elements...)
}

// fakeType renders the description of a type: with the navigation properties that
// lead to known types.
func (r *renderer) fakeType(s *Struct, known map[*model.StructuredType]bool) jen.Code {
	var base *model.StructuredType
	if s.Base != nil {
		base = s.Base.Type
	}
	elements := fakeTypeHead(s.Type, base)
	if s.Type.Open == model.Yes {
		elements = append(elements, jen.Id("Open").Op(":").True())
	}
	var properties []jen.Code
	for _, f := range s.Fields {
		kind := ""
		switch {
		case s.isNavigation(f):
			kind = "Navigation"
		case f.ReadOnly != "" && !f.Settable:
			kind = "ReadOnly"
		}
		properties = append(properties, r.fakeProperty(f.Property.Name, f.Property.Type, kind))
	}
	for _, n := range s.Type.Navigation {
		isField := slices.ContainsFunc(s.Fields, func(f *Field) bool { return f.Property.Name == n.Name })
		if t, _ := n.Type.Type.(*model.StructuredType); known[t] && !isField {
			properties = append(properties, r.fakeProperty(n.Name, n.Type, "Navigation"))
		}
	}
	if properties != nil {
		elements = append(elements, jen.Id("Properties").Op(":").Index().Add(r.core("Property")).Values(multiline(properties)...))
	}
	return jen.Values(elements...)
}

func (r *renderer) fakeProperty(name string, t model.TypeRef, kind string) jen.Code {
	elements := []jen.Code{jen.Id("Name").Op(":").Lit(name), jen.Id("Type").Op(":").Lit(typeName(t))}
	if kind != "" {
		elements = append(elements, jen.Id("Kind").Op(":").Add(r.core(kind)))
	}
	return jen.Values(elements...)
}

// isNavigation reports whether a field is that of a navigation property.
func (s *Struct) isNavigation(f *Field) bool {
	return slices.ContainsFunc(s.Type.Navigation, func(n *model.Navigation) bool { return n.Name == f.Property.Name })
}

// typeName returns a type as an address has it.
func typeName(t model.TypeRef) string {
	if t.Collection {
		return "Collection(" + t.Name + ")"
	}
	return t.Name
}

// fakeResource renders the description of a resource. A method has a field of the
// service, and another one with its old name if the resource was renamed.
func (r *renderer) fakeResource(b *Builder, fields map[*Method][]string) jen.Code {
	var elements []jen.Code
	set := func(name string, value jen.Code) { elements = append(elements, jen.Id(name).Op(":").Add(value)) }
	if !b.Resource.IsRoot() {
		set("Name", jen.Lit(strings.TrimSuffix(b.Name, "Builder")))
		set("Type", jen.Lit(b.Resource.Ref().Name))
		if t := b.Resource.Type(); t != nil {
			elements[1] = jen.Id("Type").Op(":").Lit(t.QualifiedName())
		}
		if b.Resource.Collection() {
			set("Collection", jen.True())
		}
		if b.Resource.Contained() {
			set("Contained", jen.True())
		}
	}
	var steps, methods []jen.Code
	method := func(m *Method) {
		if fields[m] == nil {
			return
		}
		parts := []jen.Code{jen.Id("Field").Op(":").Lit(fields[m][0]), jen.Id("Kind").Op(":").Lit(string(m.Kind))}
		if len(fields[m]) > 1 {
			parts = append(parts, jen.Id("OldField").Op(":").Lit(fields[m][1]))
		}
		switch {
		case m.Operation != nil:
			parts = append(parts, jen.Id("Segment").Op(":").Lit(r.plan.segment(m)))
			var names []string
			for _, p := range m.Operation.Own() {
				names = append(names, p.Name)
			}
			if m.Kind == api.Function && names != nil {
				parts = append(parts, jen.Id("Parameters").Op(":").Add(texts(names)))
			}
		case m.isStream():
			parts = append(parts, jen.Id("Segment").Op(":").Lit(m.Suffix[1:]))
		}
		if status := m.emptyStatus(); status != 0 && (m.Kind == api.Update || m.Kind == api.Replace) {
			parts = append(parts, jen.Id("Status").Op(":").Lit(status))
		}
		methods = append(methods, jen.Values(parts...))
	}
	for _, m := range b.Methods {
		method(m)
	}
	done := map[*Builder]bool{}
	for _, s := range b.Steps {
		if done[s.To] {
			continue
		}
		done[s.To] = true
		if s.Kind == ToFunction {
			method(s.To.Methods[0])
			continue
		}
		parts := []jen.Code{jen.Id("To").Op(":").Lit(strings.TrimSuffix(s.To.Name, "Builder"))}
		if s.Kind != ToItem {
			parts = append([]jen.Code{jen.Id("Segment").Op(":").Lit(s.To.Resource.Name())}, parts...)
		}
		switch {
		case s.Kind == ToCast:
			parts = append(parts, jen.Id("Cast").Op(":").True())
		case s.Kind == ToProperty && s.To.Resource.Property != nil:
			parts = append(parts, jen.Id("Value").Op(":").True())
		}
		steps = append(steps, jen.Values(parts...))
	}
	if steps != nil {
		set("Steps", jen.Index().Add(r.core("Step")).Values(multiline(steps)...))
	}
	if methods != nil {
		set("Methods", jen.Index().Add(r.core("Method")).Values(multiline(methods)...))
	}
	return jen.Values(elements...)
}
