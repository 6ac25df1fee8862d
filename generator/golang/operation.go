package golang

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// operationKey is the key of the Go name for an operation: of the struct of the
// parameters of an action, or of the builder for a function.
func operationKey(o *model.Operation) string {
	name := o.Signature()
	if !o.Function {
		name = o.QualifiedName() // an action that becomes a function needs another name
	}
	if t, collection := o.Binding(); t != nil && collection {
		return t.QualifiedName() + "/{}/" + name
	} else if t != nil {
		return t.QualifiedName() + "/" + name
	}
	return name
}

// operationMethodKey is the key of the Go method that calls an operation.
func operationMethodKey(o *model.Operation) string { return operationKey(o) + fieldSeparator + "call" }

// importKey is the key of an operation under the name of one of its imports, or the key of
// the operation if it has that name, or is bound.
func importKey(key, importedAs string) string {
	if importedAs == "" {
		return key
	}
	return key + " as " + importedAs
}

// declareImports decides the Go names of the builders for functions that are imported
// under other names. The builder of the first import is called like the function, as in
// earlier versions, which knew one import and pinned its name as that of the function.
func (n *names) declareImports(c *model.Container) {
	for _, i := range c.Imports {
		for _, o := range i.Overloads() {
			as := (&api.Method{Operation: o, Import: i}).ImportedAs()
			if !o.Function || as == "" {
				continue
			}
			former, key := operationKey(o), importKey(operationKey(o), as)
			isOwn := slices.ContainsFunc(c.Imports, func(i *model.Import) bool {
				return i.Name == o.Name && slices.Contains(i.Overloads(), o)
			})
			if n.goName[key] == "" && n.pinned[key] == "" && !isOwn && !n.formerly[former] {
				n.goName[key], n.file[key] = n.goName[former], n.file[former]
				delete(n.goName, former)
				delete(n.file, former)
				n.formerly[former] = true
			}
			n.declareFile(key, n.rules.Exported(as)+"Builder")
		}
	}
}

// segment returns the name of an operation in paths.
func (p *Plan) segment(m *Method) string {
	if m.Import != nil {
		return m.Import.Name
	}
	return p.service.OperationName(m.Operation)
}

// declareOperation decides the Go name for an operation.
func (n *names) declareOperation(o *model.Operation) {
	prefix := ""
	if t, _ := o.Binding(); t != nil {
		prefix = n.goName[t.QualifiedName()]
	}
	switch {
	case o.Function:
		n.declareFile(operationKey(o), prefix+n.operationName(o)+"Builder")
	case len(o.Own()) > 0:
		n.declareFile(operationKey(o), prefix+n.operationName(o))
	}
}

// operationName returns the natural name of the Go method that calls an operation. Of
// overloads, the one with the fewest parameters has its plain name.
func (n *names) operationName(o *model.Operation) string {
	name := n.rules.Exported(o.Name)
	t, collection := o.Binding()
	if t == nil {
		return name
	}
	for other := range t.Overloads(collection, o.Name) {
		if other.Function != o.Function || other == o {
			continue
		}
		if len(other.Own()) < len(o.Own()) || len(other.Own()) == len(o.Own()) && other.Signature() < o.Signature() {
			name += "With"
			for _, p := range o.Own() {
				name += n.rules.Suffix(p.Name)
			}
			return name
		}
	}
	return name
}

// parameters plans the struct of the parameters of each action that is called.
func (p *planner) parameters(methods []*api.Method) {
	var list []*Struct
	for _, m := range methods {
		if m.Kind != api.Action || len(m.Operation.Own()) == 0 || p.bodies[m.Operation] != nil {
			continue
		}
		key := operationKey(m.Operation)
		s := &Struct{Name: p.name(key), File: p.file(key), Type: parameterType(m.Operation), Action: m.Operation}
		p.bodies[m.Operation] = s
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b *Struct) int { return strings.Compare(a.Type.QualifiedName(), b.Type.QualifiedName()) })
	p.plan.Structs = append(p.plan.Structs, list...)
}

// parameterType returns a complex type with the parameters of an action. No
// schema has it: its name is that of the action, with the type that the action is
// bound to.
func parameterType(o *model.Operation) *model.StructuredType {
	t := &model.StructuredType{Namespace: o.Namespace, Name: o.Name, Kind: model.Complex, Element: model.Element{Position: o.Position}}
	if binding, _ := o.Binding(); binding != nil {
		t.Namespace, t.Name = binding.Namespace, strings.TrimPrefix(operationKey(o), binding.Namespace+".")
	}
	for _, p := range o.Own() {
		t.Properties = append(t.Properties, &model.Property{Name: p.Name, Type: p.Type, Facets: p.Facets, Element: p.Element})
	}
	return t
}

// call plans the method that calls an operation. A function has a builder of its own,
// which all resources with the function share.
func (p *planner) call(from *Builder, sent *api.Method, name string) *Method {
	o := sent.Operation
	m := &Method{Method: sent, Builder: from, Body: p.bodies[o]}
	m.describe()
	if returned, ok := sent.Returns().Type.(*model.StructuredType); ok {
		m.Type = p.structs[returned]
	}
	if o.Return != nil {
		m.Result = p.typeOf(o.Return.Type, o.Return.Facets)
	}
	m.Evolvable = m.Type != nil && evolvable(m.Type, map[*Struct]bool{}) || m.Result.Enum != nil && vocab.Evolvable(m.Result.Enum.Type)
	if sent.Kind == api.Delta {
		m.GoName = "Delta"
		return m
	}
	m.GoName = name
	if sent.Kind != api.Function {
		return m
	}
	for _, parameter := range o.Own() {
		p.plan.parameterTypes[parameter] = p.typeOf(parameter.Type, parameter.Facets)
	}
	key := importKey(operationKey(o), sent.ImportedAs())
	b := p.functions[key]
	if b == nil {
		b = &Builder{Name: p.name(key), File: p.file(key), Resource: sent.Resource, Function: o}
		p.functions[key] = b
		p.plan.Builders = append(p.plan.Builders, b)
	}
	from.Steps = append(from.Steps, Step{Method: m.GoName, To: b, Kind: ToFunction})
	m.Builder = b
	return m
}

// actionMethods are the Go methods of an action.
func actionMethods(r *renderer, m *Method) []goMethod {
	g := goMethod{
		name: m.GoName, calls: "Post", segment: r.plan.segment(m), ctx: true, params: []param{options()}, results: []jen.Code{jen.Error()},
		summary: m.GoName + " calls the action " + m.Operation.QualifiedName() + ".",
		notes:   annotated(m.Operation.Annotated),
	}
	body := jen.Code(jen.Nil())
	if m.Body != nil {
		g.params = append([]param{{"body", pointerTo(jen.Id(m.Body.Name))}}, g.params...)
		body = jen.Id("body")
	}
	g.arguments = []jen.Code{body, jen.Id("options")}
	result := m.Returns()
	switch {
	case result.Name == "":
	case m.Type != nil && result.Collection:
		item := jen.Id(m.Type.Name)
		g.calls, g.types = "PostIterate", []jen.Code{pointerTo(item)}
		g.results = []jen.Code{jen.Qual("iter", "Seq2").Types(pointerTo(item), jen.Error())}
		g.notes = append(g.notes, "The action is called when the loop over its result begins, which can have several pages.")
	case m.Type != nil:
		item := jen.Id(m.Type.Name)
		g.calls, g.types = "PostItem", []jen.Code{pointerTo(item)}
		g.results = []jen.Code{pointerTo(item), jen.Error()}
	case result.Collection:
		g.calls, g.types = "PostValues", []jen.Code{m.Result.code(r)}
		g.results = []jen.Code{r.wrapped(m.Result), jen.Error()}
	default:
		g.calls, g.types = "PostValue", []jen.Code{m.Result.code(r)}
		g.results = []jen.Code{r.wrapped(m.Result), jen.Error()}
	}
	return []goMethod{g}
}

// functionMethods are the Go methods of the builder for a function.
func functionMethods(r *renderer, m *Method) []goMethod {
	result := m.Returns()
	switch {
	case m.Type != nil && result.Collection:
		return listMethods(r, m)
	case m.Type != nil:
		return getMethods(r, m)
	}
	g := goMethod{
		name: "Get", calls: "GetValue", ctx: true, params: []param{options()}, types: []jen.Code{m.Result.code(r)},
		results: []jen.Code{r.wrapped(m.Result), jen.Error()}, summary: "Get calls the function and returns its result.",
	}
	if result.Collection {
		g.calls = "GetValues"
	}
	return []goMethod{g}
}

// deltaMethods are the Go methods of the function that reads changes.
func deltaMethods(r *renderer, m *Method) []goMethod {
	item := jen.Id(m.Type.Name)
	changes := []jen.Code{pointerTo(r.odata("Changes").Types(item))}
	return []goMethod{
		{
			name: "Delta", segment: r.plan.segment(m), params: []param{{"query", r.query(m.Type)}}, results: changes,
			summary: "Delta returns the items, and then, each time, what has changed since.",
			notes:   append(annotated(m.Operation.Annotated), m.queryParameters()...),
		},
		{
			name: "DeltaFrom", types: []jen.Code{item}, params: []param{{"link", jen.String()}}, results: changes, brief: true,
			summary: "DeltaFrom returns what has changed since a link that Link of the changes returned, here or in another program.",
		},
	}
}

// functionStep renders the method that leads to the builder for a function.
func (r *renderer) functionStep(b *Builder, s Step) jen.Code {
	o := s.To.Function
	doc := append([]string{s.Method + " returns the builder for the function " + o.QualifiedName() + "."}, annotated(o.Annotated)...)
	var params []jen.Code
	arguments := []jen.Code{b.address(), jen.Lit(r.plan.segment(s.To.Methods[0]))}
	for i, name := range r.parameterNames(o, b.variable()) {
		p := o.Own()[i]
		params = append(params, jen.Id(name).Add(r.plan.parameterTypes[p].argument(r)))
		arguments = append(arguments, r.odata("Arg").Call(jen.Lit(p.Name), jen.Id(name)))
	}
	return jen.Add(comment(doc...)).Line().
		Func().Params(b.receiver()).Id(s.Method).Params(params...).Op("*").Id(s.To.Name).Block(
		jen.Return(jen.Op("&").Id(s.To.Name).Values(r.odata("Function").Call(arguments...))),
	)
}

// parameterNames returns the Go names of the parameters of a function, beside a receiver or
// another parameter.
func (r *renderer) parameterNames(o *model.Operation, beside string) []string {
	taken := map[string]bool{beside: true, "odata": true}
	var names []string
	for _, p := range o.Own() {
		name := ident.Unique(r.plan.Options.Rules.Unexported(p.Name), func(s string) bool { return taken[s] })
		taken[name] = true
		names = append(names, name)
	}
	return names
}

// argument renders the type of an argument: a list for a collection.
func (t GoType) argument(r *renderer) *jen.Statement {
	if t.Slice {
		return jen.Index().Add(t.code(r))
	}
	return t.code(r)
}

// functionCall is a call of a function in a test.
type functionCall struct {
	arguments []jen.Code
	address   string        // the end of the path
	aliases   []queryOption // the arguments that are query options: collections
}

// sampleCall returns a call of a function in a test. ok is false if an argument has no
// sample: structs have none.
func (r *renderer) sampleCall(m *Method) (call functionCall, ok bool) {
	var texts []string
	for _, p := range m.Operation.Own() {
		t := r.plan.parameterTypes[p]
		value := sampleArgument(t.item(), p.Name)
		if value == nil {
			return functionCall{}, false
		}
		literal, err := r.addressLiteral(t, value)
		if err != nil {
			return functionCall{}, false
		}
		encoded, err := json.Marshal(value)
		if err != nil {
			return functionCall{}, false
		}
		argument, ok := r.value(t.item(), encoded)
		if t.Slice {
			list := jsontext.Value("[" + string(encoded) + "]")
			var items []jen.Code
			items, _, ok = r.items(t, list)
			argument, literal = jen.Index().Add(t.code(r)).Values(items...), "@"+p.Name
			call.aliases = append(call.aliases, queryOption{literal, string(list)})
		}
		if !ok {
			return functionCall{}, false
		}
		call.arguments = append(call.arguments, argument)
		texts = append(texts, url.PathEscape(p.Name)+"="+escapedLiteral(literal))
	}
	call.address = "/" + url.PathEscape(r.plan.segment(m))
	if len(texts) > 0 || r.plan.service.KeysInParentheses {
		call.address += "(" + strings.Join(texts, ",") + ")"
	}
	return call, true
}

// addressLiteral returns the literal of a value of type t in the addresses of the
// service.
func (r *renderer) addressLiteral(t GoType, value any) (string, error) {
	literal, err := edm.Literal(value)
	if t.Enum != nil && r.plan.service.QualifiedEnums {
		literal = t.Enum.Type.QualifiedName() + literal
	}
	return literal, err
}

// escapedLiteral returns a literal as a path has it, with its quotes as they are.
func escapedLiteral(literal string) string {
	before, text, isQuoted := strings.Cut(literal, "'")
	if !isQuoted {
		return url.PathEscape(literal)
	}
	return url.PathEscape(before) + "'" + url.PathEscape(strings.TrimSuffix(text, "'")) + "'"
}

// sampleArgument returns an argument of a type, or nil if it has no literal.
func sampleArgument(t GoType, name string) any {
	switch {
	case t.Slice, t.Struct != nil:
		return nil
	case t.Enum != nil:
		return sampleMember(t.Enum)
	}
	return map[string]any{
		"bool": true, "string": name, "uint8": uint8(8), "int8": int8(8), "int16": int16(16), "int32": int32(32), "int64": int64(64),
		"float32": float32(0.5), "float64": 0.75,
		"Time":      time.Date(2024, time.July, 15, 8, 30, 0, 0, time.UTC),
		"Date":      edm.Date{Year: 2024, Month: time.July, Day: 15},
		"TimeOfDay": edm.TimeOfDay{Hour: 8, Minute: 30},
		"Decimal":   edm.Decimal("12.50"), "Duration": edm.Duration("PT1H30M"), "Binary": edm.Binary("\xff\xd8\xff"), "Guid": edm.Guid("6f9619ff-8b86-4d01-b42d-00cf4fc964ff"),
	}[t.Name]
}
