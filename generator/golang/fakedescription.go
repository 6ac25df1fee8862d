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
	if p.service.KeysInParentheses {
		elements = append(elements, jen.Id("KeysInParentheses").Op(":").True())
	}
	known := map[*model.StructuredType]bool{}
	for _, s := range p.Structs {
		known[s.Type] = true
	}
	alternate := r.plan.alternateKeysOfTypes()
	var types []jen.Code
	for _, s := range p.Structs {
		if s.Action == nil {
			types = append(types, r.fakeType(s, known, alternate))
		}
	}
	for _, b := range p.Builders {
		for t := onlyInPath(b.Resource, alternate); t != nil && !known[t]; t = t.BaseType() {
			types = append(types, r.fakePathTypes(t, keyPaths(t, alternate), known, alternate)...)
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

// alternateKeys are the alternate keys that types declare, or the resources whose
// items are of a type.
type alternateKeys map[*model.StructuredType][][]vocab.KeyProperty

// alternateKeysOfTypes returns the alternate keys of the types of a plan. Those whose
// properties have their own names in addresses do without, unless a type has others.
func (p *Plan) alternateKeysOfTypes() alternateKeys {
	keys := alternateKeys{}
	add := func(t *model.StructuredType, list []*model.Annotation) {
		for _, key := range vocab.AlternateKeys(list) {
			if !slices.ContainsFunc(keys[t], func(other []vocab.KeyProperty) bool { return slices.Equal(key, other) }) {
				keys[t] = append(keys[t], key)
			}
		}
	}
	for _, s := range p.Structs {
		add(s.Type, s.Type.Annotated)
	}
	for _, b := range p.Builders {
		if b.Resource.Item {
			t := b.Resource.Type()
			add(t, b.Resource.Annotations())
			for ; t != nil; t = t.BaseType() {
				add(t, t.Annotated)
			}
		}
	}
	maps.DeleteFunc(keys, func(_ *model.StructuredType, list [][]vocab.KeyProperty) bool {
		return !slices.ContainsFunc(list, func(key []vocab.KeyProperty) bool { return len(key) > 1 || len(key) == 1 && key[0].Name != key[0].Path })
	})
	return keys
}

// keyPaths returns the paths of the properties in the key that a type declares, and in
// its alternate keys.
func keyPaths(t *model.StructuredType, alternate alternateKeys) []string {
	var paths []string
	for _, key := range t.Key {
		paths = append(paths, key.Name)
	}
	for _, key := range alternate[t] {
		for _, p := range key {
			paths = append(paths, p.Path)
		}
	}
	return paths
}

// fakeKey renders a key by the names in addresses.
func (r *renderer) fakeKey(key []vocab.KeyProperty) *jen.Statement {
	var parts []jen.Code
	for _, p := range key {
		parts = append(parts, jen.Values(jen.Id("Name").Op(":").Lit(p.Name), jen.Id("Path").Op(":").Lit(p.Path)))
	}
	return jen.Values(parts...)
}

// fakeTypeHead renders the name of a type, its base type and its keys.
func (r *renderer) fakeTypeHead(t, base *model.StructuredType, alternate alternateKeys) []jen.Code {
	elements := []jen.Code{jen.Id("Name").Op(":").Lit(t.QualifiedName())}
	if base != nil {
		elements = append(elements, jen.Id("Base").Op(":").Lit(base.QualifiedName()))
	}
	if keys := t.Key; len(keys) > 0 {
		var names []string
		var properties []vocab.KeyProperty
		aliases := false
		for _, key := range keys {
			names = append(names, key.Name)
			properties = append(properties, vocab.KeyProperty{Name: key.InAddress(), Path: key.Name})
			aliases = aliases || key.InAddress() != key.Name || strings.Contains(key.Name, "/")
		}
		if aliases {
			elements = append(elements, jen.Id("KeyProperties").Op(":").Index().Add(r.core("KeyProperty")).Add(r.fakeKey(properties)))
		} else {
			elements = append(elements, jen.Id("Keys").Op(":").Add(texts(names)))
		}
	}
	var list []jen.Code
	for _, key := range alternate[t] {
		list = append(list, r.fakeKey(key))
	}
	if list != nil {
		elements = append(elements, jen.Id("AlternateKeys").Op(":").Index().Index().Add(r.core("KeyProperty")).Values(list...))
	}
	return elements
}

// onlyInPath returns the type that the fake service needs to know for a path to lead
// through a resource: the type of a cast, or of items with another key than their id;
// else nil.
func onlyInPath(r model.Resource, alternate alternateKeys) *model.StructuredType {
	t := r.Type()
	if t == nil || r.Cast != nil {
		return t
	}
	isID := slices.EqualFunc(t.KeyRefs(), []string{"id"}, func(ref model.PropertyRef, id string) bool { return ref.Name == id && ref.InAddress() == id })
	for base := t; base != nil; base = base.BaseType() {
		isID = isID && alternate[base] == nil
	}
	if r.Item && !isID {
		return t
	}
	return nil
}

// fakePathTypes renders the description of a type that the package has no struct for,
// and of the types along the paths of its key properties. Of its properties, the fake
// service knows those of the keys.
func (r *renderer) fakePathTypes(t *model.StructuredType, paths []string, known map[*model.StructuredType]bool, alternate alternateKeys) []jen.Code {
	known[t] = true
	elements := append(r.fakeTypeHead(t, t.BaseType(), alternate), jen.Id("Open").Op(":").True())
	var properties, inner []jen.Code
	done := map[string]bool{}
	for _, path := range paths {
		name, _, _ := strings.Cut(path, "/")
		p := t.Property(name)
		if p == nil || done[name] {
			continue
		}
		done[name] = true
		properties = append(properties, r.fakeProperty(p.Name, p.Type, ""))
		if of, _ := p.Type.Type.(*model.StructuredType); of != nil && !known[of] {
			var rest []string
			for _, other := range paths {
				if within, ok := strings.CutPrefix(other, name+"/"); ok {
					rest = append(rest, within)
				}
			}
			inner = append(inner, r.fakePathTypes(of, rest, known, alternate)...)
		}
	}
	if properties != nil {
		elements = append(elements, jen.Id("Properties").Op(":").Index().Add(r.core("Property")).Values(multiline(properties)...))
	}
	return append([]jen.Code{jen.Values(elements...)}, inner...)
}

// fakeType renders the description of a type: with the navigation properties that
// lead to known types.
func (r *renderer) fakeType(s *Struct, known map[*model.StructuredType]bool, alternate alternateKeys) jen.Code {
	var base *model.StructuredType
	if s.Base != nil {
		base = s.Base.Type
	}
	elements := r.fakeTypeHead(s.Type, base, alternate)
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
