package golang

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

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
