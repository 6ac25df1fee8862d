package openapi

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// listedOperation is an action or a function as a path describes it.
type listedOperation struct {
	*model.Operation
	bound *model.StructuredType // nil if it is unbound
	path  string
}

// argument is what the path of a function says about a parameter.
type argument struct {
	name   string // "" if the path only has its value
	value  string // its placeholder or alias, such as "id1" of {id1} or "@id", or ""
	quoted bool   // whether the value is a text
}

// splitArguments returns the arguments in the rest of a segment such as
// "f(name='{name}',from={from})", after the opening bracket.
func splitArguments(text string) []argument {
	if end := strings.LastIndexByte(text, ')'); end >= 0 {
		text = text[:end]
	}
	var list []argument
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		name, value, named := strings.Cut(part, "=")
		if name = strings.TrimSpace(name); !named {
			name, value = "", name
		}
		list = append(list, argument{name, strings.Trim(value, "'{} "), strings.HasPrefix(value, "'")})
	}
	return list
}

// hasUnnamed reports whether an argument in a segment has no name, or one that is no
// identifier: then the path is left out.
func (p *parser) hasUnnamed(n *node, arguments string) bool {
	for _, a := range splitArguments(arguments) {
		if !model.IsIdentifier(a.name) {
			p.leaveOut(n, "an argument in parentheses is written as name={name}, and the key of an item as {key} alone")
			return true
		}
	}
	return false
}

// stepToOperation adds the action or function that a segment calls, and goes on
// behind a function.
func (p *parser) stepToOperation(at place, name, arguments string, called bool, n *node) {
	qualified := p.qualified(name)
	switch {
	case n.item == nil || len(n.item.verbs) == 0:
		p.oddity(n.position, "paths behind %s are left out: the document does not describe its result", n.path)
		n.reported = true
		return
	case !isTypeName(qualified):
		p.leaveOut(n, "%q is not the name of an action or a function", short(name))
		return
	case called && p.hasUnnamed(n, arguments):
		return
	}
	mark := len(p.problems)
	o := &model.Operation{Namespace: namespaceOf(qualified), Name: simpleName(qualified), Bound: at.t != nil}
	o.Function = n.item.kind() == kindFunction || n.item.kind() != kindAction && (called || !n.item.has(http.MethodPost))
	verb, what := http.MethodPost, "an action"
	if o.Function {
		verb, what = http.MethodGet, "a function"
	}
	if !n.item.has(verb) {
		p.leaveOut(n, "%s takes %s", what, verb)
		return
	}
	operation := n.item.operation(verb)
	if o.Bound {
		o.Parameters = append(o.Parameters, &model.Parameter{
			Name:    "bindingParameter",
			Type:    model.TypeRef{Name: at.t.QualifiedName(), Collection: at.collection, Position: n.position},
			Element: model.Element{Position: n.position},
		})
	}
	if o.Function {
		o.Parameters = append(o.Parameters, p.arguments(n, verb, splitArguments(arguments))...)
	} else {
		o.Parameters = append(o.Parameters, p.bodyParameters(n, verb)...)
	}
	o.Return = p.returnType(n, verb)
	if o.Function && o.Return == nil {
		p.defectf(n.position, "function %s returns nothing that the document describes", qualified)
	}
	p.problems = append(p.problems, n.item.problems...)
	o.Element = p.element(n.position, mark)
	o.Annotated = operationAnnotations(operation, n, o.Function)
	p.operations = append(p.operations, &listedOperation{o, at.t, n.path})
	switch {
	case at.resource != nil:
		at.resource.call(n.item, verb, o.Signature())
	case !at.behindFunction():
		n.item.use(verb)
	}
	p.visitResult(n, o)
}

// visitResult goes on behind a function, for the types that paths name there. The
// requests are not made: methods call a function, and nothing of its result.
func (p *parser) visitResult(n *node, o *model.Operation) {
	if !o.Function || o.Return == nil {
		return
	}
	if t := p.types[o.Return.Type.Name]; t != nil {
		for _, next := range n.next() {
			o.Composable = o.Composable || !strings.HasPrefix(next.segment, "$")
		}
		p.visit(n, place{t: t, collection: o.Return.Type.Collection})
	}
	if len(n.children) > 0 {
		p.oddity(n.position, "the paths behind %s are left out: methods call a function, and nothing behind it", n.path)
		for _, next := range n.next() {
			next.reported = true
		}
	}
}

// arguments returns the parameters of a function.
func (p *parser) arguments(n *node, verb string, arguments []argument) []*model.Parameter {
	described := slices.Concat(p.parameters(n.item, verb, "path"), p.parameters(n.item, verb, "query"))
	var list []*model.Parameter
	for _, a := range arguments {
		mark := len(p.problems)
		typing := primitive("Edm.Untyped")
		if a.quoted {
			typing = primitive("Edm.String")
		}
		at := n.position
		if parameter := a.describedBy(described); parameter.exists() {
			at = parameter.position()
			typing = p.parameterType(parameter)
		} else {
			p.warnf(at, "the document does not describe the parameter %s of %s: its type is assumed to be %s", a.name, n.path, typing.ref.Name)
		}
		typing.ref.Position = at
		typing.report(p, at, "parameter "+a.name)
		list = append(list, &model.Parameter{Name: a.name, Type: typing.ref, Facets: typing.facets, Element: p.element(at, mark)})
	}
	return list
}

// describedBy returns the parameter that describes an argument: first by its
// placeholder or alias, as a key in the path may have the name of the argument.
func (a argument) describedBy(parameters []value) value {
	for _, name := range []string{a.value, strings.TrimPrefix(a.value, "@"), a.name, "@" + a.name} {
		i := slices.IndexFunc(parameters, func(v value) bool { return name != "" && v.get("name").text() == name })
		if i >= 0 {
			return parameters[i]
		}
	}
	return value{}
}

// parameterType returns the type of a parameter in the path or the query: that
// of its schema, or of its JSON.
func (p *parser) parameterType(parameter value) typing {
	if schema := parameter.get("schema"); schema.exists() {
		return p.typeOf(schema)
	}
	return p.typeOf(jsonContent(parameter).get("schema"))
}

// bodyParameters returns the parameters of an action: the members of the JSON in
// the request, in order by name.
func (p *parser) bodyParameters(n *node, verb string) []*model.Parameter {
	body := p.requestBody(n.item, verb)
	schema := jsonContent(body).get("schema")
	if !schema.exists() {
		if isBinary(body) {
			p.warnf(n.position, "the content of the request of %s is left out: it is not JSON", n.path)
		}
		return nil
	}
	to := p.docs.follow(schema)
	if to.problem != "" {
		p.defectf(schema.position(), "%s", to.problem)
	}
	var members []value
	for _, part := range p.bodyParts(n, to.value) {
		properties := part.get("properties")
		if !p.expand(properties.size()) {
			p.defectf(n.position, "the actions of the document have more than %d parameters", maxExpanded)
			return nil
		}
		members = append(members, properties.members()...)
	}
	slices.SortFunc(members, func(a, b value) int { return strings.Compare(a.name(), b.name()) })
	var list []*model.Parameter
	for _, m := range members {
		if strings.Contains(m.name(), "@") || p.isBooleanSchema(m) && !m.isTrue() {
			continue
		}
		mark := len(p.problems)
		typing := p.typeOf(m)
		typing.ref.Position = m.position()
		typing.report(p, m.position(), "parameter "+m.name())
		annotations := p.ownAnnotations(m)
		element := p.element(m.position(), mark)
		element.Annotated = annotations
		list = append(list, &model.Parameter{Name: m.name(), Type: typing.ref, Facets: typing.facets, Element: element})
	}
	return list
}

// bodyParts returns the parts of the JSON that an action takes. A warning says what
// else it takes than the members of an object.
func (p *parser) bodyParts(n *node, body value) []value {
	choice := slices.DeleteFunc(slices.Concat(body.get("anyOf").items(), body.get("oneOf").items()), isNull)
	if len(choice) == 1 && !body.get("properties").exists() {
		body = p.docs.follow(choice[0]).value
	}
	all := p.appendParts(nil, body, func(ref value) bool { return p.docs.follow(ref).problem == "" }, map[*yaml.Node]bool{})
	what := ""
	for _, part := range all {
		kinds := typesOf(part)
		switch {
		case part.get("oneOf").exists() || part.get("anyOf").exists():
			what = "a choice"
		case slices.ContainsFunc(kinds, func(kind string) bool { return kind != "object" && kind != "null" }):
			what = "not an object"
		case isMap(part):
			what = "a map"
		}
	}
	if what != "" {
		p.warnf(n.position, "the request of %s is %s: only the members that it lists under properties are parameters", n.path, what)
	}
	return all
}

// returnType returns what an operation answers, or nil if that is nothing.
func (p *parser) returnType(n *node, verb string) *model.ReturnType {
	status, response := p.success(n.item, verb)
	schema := jsonContent(response).get("schema")
	mark := len(p.problems)
	var typing typing
	switch {
	case schema.exists():
		typing = p.resultType(schema)
	case isBinary(response):
		typing = primitive("Edm.Stream")
	default:
		for _, m := range response.get("content").sortedMembers() {
			typing = p.typeOf(m.get("schema"))
			break
		}
	}
	switch {
	case typing.ref.Name == "" && typing.defect == "":
		return nil
	case status == "" && typing.ref.Name == "Edm.Untyped":
		return nil // the response to errors
	}
	typing.ref.Position = n.position
	typing.report(p, n.position, "the result of "+n.path)
	return &model.ReturnType{Type: typing.ref, Facets: typing.facets, Element: p.element(n.position, mark)}
}

// resultType returns the type of a result: a value with a type of its own is
// the result itself, any other result is in the member "value" of an object.
func (p *parser) resultType(schema value) typing {
	t := p.typeOf(schema)
	if t.ref.Name != "Edm.Untyped" {
		return t
	}
	inner := p.pageItems(schema)
	if inner.ref.Name == "" && inner.defect == "" {
		return t
	}
	var others []string
	for _, part := range p.parts(p.docs.follow(schema).value) {
		for _, m := range part.get("properties").members() {
			if name := m.name(); name != "value" && !strings.Contains(name, "@") {
				others = append(others, name)
			}
		}
	}
	if len(others) > 0 {
		slices.Sort(others)
		inner.problems = append(slices.Clone(inner.problems), fmt.Sprintf("only the member value is returned, without %s", strings.Join(slices.Compact(others), ", ")))
	}
	return inner
}

// Relations of the reference pages of Graph for actions and functions.
const (
	relationAction   = "https://graph.microsoft.com/rels/docs/action"
	relationFunction = "https://graph.microsoft.com/rels/docs/function"
)

func operationAnnotations(operation value, n *node, function bool) []*model.Annotation {
	var list []*model.Annotation
	if text := operation.get("description").text(); text != "" {
		list = append(list, vocab.NewDescription(text, n.position))
	}
	if a := deprecation(operation, n.position); a != nil {
		list = append(list, a)
	}
	if url := operation.get("externalDocs").get("url").text(); url != "" {
		relation := relationAction
		if function {
			relation = relationFunction
		}
		list = append(list, vocab.NewDocumentationLink(relation, url, n.position))
	}
	return list
}

// addOperations adds the actions and functions to their schemas. Paths repeat
// them for each resource, and for derived types: each overload is added once,
// with the base type that has it.
func (p *parser) addOperations() {
	slices.SortFunc(p.operations, func(a, b *listedOperation) int { return cmp.Compare(a.path, b.path) })
	listed := map[string]*listedOperation{}
	signatures := make([]string, len(p.operations))
	for i, o := range p.operations {
		signatures[i] = o.signature()
		if key := o.key(o.bound, signatures[i]); listed[key] == nil {
			listed[key] = o
		}
	}
	for i, o := range p.operations {
		if listed[o.key(o.bound, signatures[i])] == o && !p.isInherited(o, signatures[i], listed) {
			schema := p.schemaOf(o.Namespace+"."+o.Name, o.Position)
			schema.Operations = append(schema.Operations, o.Operation)
			if !o.Bound && !imported(p.model.Container, o.Name) {
				p.model.Container.Imports = append(p.model.Container.Imports, &model.Import{
					Name: o.Name, Function: o.Function, Operation: o.Namespace + "." + o.Name, Hidden: !o.Function,
					Element: model.Element{Position: o.Position},
				})
			}
		}
	}
}

func imported(c *model.Container, name string) bool {
	return slices.ContainsFunc(c.Imports, func(i *model.Import) bool { return i.Name == name })
}

// isInherited reports whether a base type has the operation too.
func (p *parser) isInherited(o *listedOperation, signature string, listed map[string]*listedOperation) bool {
	if o.bound == nil {
		return false
	}
	for base := range p.chain(o.bound) {
		if base != o.bound && listed[o.key(base, signature)] != nil {
			return true
		}
	}
	return false
}

// key returns a text that differs between the overloads of all operations.
func (o *listedOperation) key(bound *model.StructuredType, signature string) string {
	if bound == nil {
		return signature
	}
	return bound.QualifiedName() + " " + signature
}

// signature returns everything in which overloads can differ, apart from the
// type that they are bound to.
func (o *listedOperation) signature() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s.%s function=%v", o.Namespace, o.Name, o.Function)
	for i, parameter := range o.Parameters {
		if i == 0 && o.Bound {
			fmt.Fprintf(&b, " bound collection=%v", parameter.Type.Collection)
			continue
		}
		fmt.Fprintf(&b, " %s %v %d,", parameter.Name, parameter.Type, parameter.Facets.Nullable)
	}
	if o.Return != nil {
		fmt.Fprintf(&b, " %v %d", o.Return.Type, o.Return.Facets.Nullable)
	}
	return b.String()
}
