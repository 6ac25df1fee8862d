package openapi

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// nameSchemas finds out which schemas there are, and under which names.
// Schemas in other files that the document refers to are added to its own. A
// component that is a reference to another one is a second name of that one,
// and the first name is used for both.
func (p *parser) nameSchemas() {
	list := p.docs.main.root.get("components").get("schemas")
	if list.exists() && !list.isObject() && !list.isNull() {
		p.oddity(list.position(), "components/schemas is %s: it must be an object", list.kind())
	}
	members, repeated := list.membersAndRepeated()
	var references []value
	for _, m := range members {
		if m.isReference() {
			references = append(references, m)
		} else {
			p.enterSchema(m.name(), m)
		}
	}
	slices.SortFunc(references, func(a, b value) int { return strings.Compare(a.name(), b.name()) })
	for _, m := range references {
		switch to := p.docs.follow(m); {
		case to.problem != "":
			p.about[m.name()] = append(p.about[m.name()], source.Diagnostic{Position: m.position(), Message: to.problem})
			p.schemas[m.name()] = m
		case p.named[to.node] != "":
			original := p.named[to.node]
			p.about[original] = append(p.about[original], source.Diagnostic{
				Position: m.position(), Severity: source.Warning,
				Message: fmt.Sprintf("%s is another name of %s: %[2]s is used", m.name(), original),
			})
		default:
			p.enterSchema(m.name(), to.value)
		}
	}
	for _, m := range repeated {
		first := list.get(m.name())
		d := source.Diagnostic{Position: m.position()}
		if sameContent(first, m) {
			d.Severity = source.Warning
			d.Message = fmt.Sprintf("schema %s is declared twice, with the same content as at %v", m.name(), first.position())
		} else {
			d.Message = fmt.Sprintf("schema %s is declared twice, with other content at %v: remove one of the declarations", m.name(), first.position())
		}
		p.about[m.name()] = append(p.about[m.name()], d)
	}
	p.sortNames()
	if p.docs.dir != "" {
		p.gatherFromFiles()
		p.sortNames()
	}
}

func (p *parser) sortNames() { p.names = slices.Sorted(maps.Keys(p.schemas)) }

// enterSchema enters a schema under a name. An alias of YAML can give a schema
// several names: the first one is that of references without a name.
func (p *parser) enterSchema(name string, schema value) {
	p.schemas[name] = schema
	if p.isBooleanSchema(schema) {
		return
	}
	if !schema.isObject() {
		p.about[name] = append(p.about[name], source.Diagnostic{
			Position: schema.position(),
			Message:  fmt.Sprintf("the schema %s is %s: it must be an object", name, schema.kind()),
		})
		return
	}
	if known := p.named[schema.node]; known == "" || name < known {
		p.named[schema.node] = name
	}
}

// nameOf returns the name of the schema that a reference leads to. The last
// name in the reference is not enough: a file can refer to a schema of its own
// whose name differs from the one in the document.
func (p *parser) nameOf(ref value) string {
	name := refName(ref.get("$ref").text())
	to := p.docs.follow(ref)
	if known := p.named[to.node]; known != "" && p.schemas[name].node != to.node {
		return known
	}
	return name
}

// gatherFromFiles enters the schemas of other files that the schemas and the
// operations of the document use as types.
func (p *parser) gatherFromFiles() {
	g := gatherer{p, map[value]bool{}}
	for _, name := range p.names {
		g.schema(p.schemas[name])
	}
	for _, path := range slices.Sorted(maps.Keys(p.docs.items)) {
		item := p.docs.items[path]
		for _, verb := range item.verbs {
			g.media(p.docs.follow(item.field(verb, "requestBody")).value)
			responses := item.field(verb, "responses").sortedMembers()
			for _, response := range responses {
				g.media(p.docs.follow(response).value)
			}
		}
	}
}

type gatherer struct {
	p    *parser
	seen map[value]bool
}

// media visits the schema of a request body or a response.
func (g gatherer) media(body value) { g.schema(jsonContent(body).get("schema")) }

func (g gatherer) schema(s value) {
	s.key = nil
	if g.seen[s] || !s.isObject() {
		return
	}
	g.seen[s] = true
	if s.isReference() {
		to := g.p.docs.follow(s)
		if to.problem == "" && to.in.doc != g.p.docs.main {
			g.enter(g.p.nameOf(s), to.value)
		}
		g.schema(to.value)
		return
	}
	for _, list := range []string{"allOf", "anyOf", "oneOf"} {
		for _, part := range s.get(list).items() {
			g.schema(part)
		}
	}
	g.schema(s.get("items"))
	properties := s.get("properties").sortedMembers()
	for _, property := range properties {
		g.schema(property)
	}
}

// enter enters a schema of another file under a name.
func (g gatherer) enter(name string, schema value) {
	p := g.p
	if !isTypeName(name) || p.named[schema.node] != "" {
		return
	}
	if other, taken := p.schemas[name]; taken {
		if other.node != schema.node {
			p.about[name] = append(p.about[name], source.Diagnostic{
				Position: schema.position(),
				Message:  fmt.Sprintf("schema %s is declared here too, and at %v: remove one of the declarations", name, other.position()),
			})
			p.named[schema.node] = name
		}
		return
	}
	p.enterSchema(name, schema)
}

// isTypeName reports whether s is a namespace with the name of a type.
func isTypeName(s string) bool {
	namespace := namespaceOf(s)
	if len(namespace) > 511 || slices.Contains([]string{"", "Edm", "odata", "System", "Transient"}, namespace) {
		return false
	}
	for part := range strings.SplitSeq(namespace, ".") {
		if !model.IsIdentifier(part) {
			return false
		}
	}
	return model.IsReadableName(simpleName(s))
}

func namespaceOf(name string) string { return name[:max(0, strings.LastIndexByte(name, '.'))] }

// simpleName returns a name without its namespace.
func simpleName(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// qualified returns the name of a schema or an operation whose namespace a path
// leaves out or abbreviates: "graph" stands for "microsoft.graph".
func (p *parser) qualified(name string) string {
	namespace, simple := namespaceOf(name), simpleName(name)
	if namespace == "" {
		if _, ok := p.schemas[p.namespace+"."+name]; !ok && len(p.simpleNames[name]) == 1 {
			return p.simpleNames[name][0]
		}
		return p.namespace + "." + name
	}
	if _, ok := p.namespaces[namespace]; ok {
		return name
	}
	for _, known := range append([]string{p.namespace}, slices.Sorted(maps.Keys(p.namespaces))...) {
		if strings.HasSuffix(known, "."+namespace) {
			return known + "." + simple
		}
	}
	return name
}
