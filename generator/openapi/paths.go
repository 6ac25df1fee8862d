package openapi

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/openapi/yamlcut"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// pathItem is a path that the document lists.
type pathItem struct {
	path       string
	position   source.Position
	operations map[string]*operation // by HTTP method
	verbs      []string              // the methods, in order

	// problems are about the path item itself. They belong to the resource that
	// the path leads to.
	problems []source.Diagnostic

	docs *documents
	part yamlcut.Part // the text, if the path is outlined

	// shared are the parameters of all operations. They are parsed when they are asked for.
	shared         value
	sharedOutlined yamlcut.Part // the text, if they are not parsed

	all value // the path item, once it is parsed
}

// operation is an operation of a path. It and its fields are parsed when they
// are asked for.
type operation struct {
	outlined yamlcut.Operation // the text, if it is not parsed
	parsed   bool
	value    value            // if it is parsed
	fields   map[string]value // that were parsed by themselves
	at       source.Position
	used     bool // whether a method makes the request, or a problem says why not
}

// listPaths enters the paths of the main document.
func (ds *documents) listPaths() {
	if ds.main.outline != nil {
		ds.listOutlined()
		return
	}
	paths := ds.main.root.get("paths")
	for m := range paths.pairs() {
		if !m.isMerge() && !isExtension(m.name()) {
			item, again := ds.item(m.name(), m.position())
			item.addAll(m, m.position(), again)
		}
	}
	for m := range paths.merged() {
		if ds.items[m.name()] == nil && !isExtension(m.name()) {
			item, _ := ds.item(m.name(), m.position())
			item.addAll(m, m.position(), false)
		}
	}
}

func isExtension(name string) bool { return strings.HasPrefix(name, "x-") }

// listOutlined enters the paths of the outline. Path items that have to be
// parsed come last, as they can refer to the others.
func (ds *documents) listOutlined() {
	in := piece{doc: ds.main, exact: true}
	var parse []func()
	for _, p := range ds.main.outline.Paths {
		if isExtension(p.Name) {
			continue
		}
		at := in.at(ds.main.lines.Position(p.At))
		item, again := ds.item(p.Name, at)
		if !again {
			item.part, item.sharedOutlined = p.Part, p.Parameters
		}
		if p.Opaque {
			parse = append(parse, func() { item.addAll(ds.part(p.Part), at, again) })
			continue
		}
		for _, o := range p.Operations {
			indent := len(o.Text) - len(bytes.TrimLeft(o.Text, " "))
			item.add(o.Verb, &operation{outlined: o, at: in.at(ds.main.lines.Position(o.Offset + indent))}, again)
		}
	}
	for _, parse := range parse {
		parse()
	}
}

// addAll enters the operations of a path item.
func (i *pathItem) addAll(v value, at source.Position, again bool) {
	to := i.docs.follow(v)
	if to.problem != "" {
		i.problem(source.Error, at, to.problem)
	} else if to.exists() && !to.isObject() && !to.isNull() {
		i.problem(source.Error, at, fmt.Sprintf("the path %s is %s: it must be an object", i.path, to.kind()))
	}
	isVerb := func(name string) bool { return slices.Contains(httpMethods, strings.ToUpper(name)) }
	for _, d := range repeatedIn("the path "+i.path, to.value) {
		if name, _, _ := strings.Cut(d.Message, " "); !isVerb(name) { // add compares those
			i.problems = append(i.problems, d)
		}
	}
	members, repeated := to.membersAndRepeated()
	for _, m := range append(members, repeated...) {
		if verb := strings.ToUpper(m.name()); isVerb(verb) {
			i.problems = append(i.problems, repeatedIn(verb+" "+i.path, m)...)
			i.add(verb, &operation{parsed: true, value: m, at: m.position()}, again)
		} else if m.name() == "parameters" && !again {
			i.shared = m
		}
	}
}

var httpMethods = []string{http.MethodGet, http.MethodPut, http.MethodPost, http.MethodDelete,
	http.MethodOptions, http.MethodHead, http.MethodPatch, http.MethodTrace}

// item returns the item of a path, and whether the document has listed it
// before.
func (ds *documents) item(path string, at source.Position) (_ *pathItem, again bool) {
	item, again := ds.items[path]
	if again {
		item.problem(source.Warning, at, fmt.Sprintf("the path %s is listed twice, first at %v", path, item.position))
	} else {
		item = &pathItem{path: path, position: at, docs: ds, operations: map[string]*operation{}}
		ds.items[path] = item
	}
	return item, again
}

func (i *pathItem) problem(severity source.Severity, at source.Position, message string) {
	i.problems = append(i.problems, source.Diagnostic{Position: at, Severity: severity, Message: message})
}

// add enters an operation. A path that is listed again can have it again.
func (i *pathItem) add(verb string, o *operation, again bool) {
	first := i.operations[verb]
	switch {
	case first == nil:
		i.operations[verb] = o
		i.verbs = append(i.verbs, verb)
		slices.Sort(i.verbs)
	case !i.docs.sameOperation(first, o):
		i.problem(source.Error, o.at, fmt.Sprintf("%s %s is described twice, with other content at %v: remove one of the two", verb, i.path, first.at))
	case !again:
		i.problem(source.Warning, o.at, fmt.Sprintf("%s %s is described twice, with the same content as at %v", verb, i.path, first.at))
	}
}

// merge enters the operations of another path that differs only in a / at its end, or
// in where its keys are.
func (i *pathItem) merge(other *pathItem) {
	advice := "write keys in the same way in all paths"
	if strings.HasSuffix(other.path, "/") {
		advice = "remove the / at the end"
	}
	i.problem(source.Warning, other.position, fmt.Sprintf("the path %s is read as %s at %v: %s", other.path, i.path, i.position, advice))
	i.problems = append(i.problems, other.problems...)
	if len(i.parameters()) == 0 {
		i.sharedOutlined, i.shared = other.sharedOutlined, other.shared
	}
	for _, verb := range other.verbs {
		i.add(verb, other.operations[verb], true)
	}
}

func (ds *documents) sameOperation(a, b *operation) bool {
	if x, y := a.outlined.Text, b.outlined.Text; x != nil && bytes.Equal(bytes.TrimSpace(x), bytes.TrimSpace(y)) {
		return true
	}
	return sameContent(ds.parse(a), ds.parse(b))
}

// part parses a part of the main document, and returns the member that it is.
func (ds *documents) part(part yamlcut.Part) value {
	v, err := ds.main.parsePart(part)
	if err == nil && v.isObject() && len(v.node.Content) == 2 {
		for m := range v.pairs() {
			return m
		}
	}
	ds.unparsed = true
	return value{}
}

// parse returns an operation with everything in it.
func (ds *documents) parse(o *operation) value {
	if !o.parsed {
		o.parsed = true
		o.value = ds.part(o.outlined.Part)
	}
	return o.value
}

// operation returns the operation with an HTTP method.
func (i *pathItem) operation(verb string) value {
	if o := i.operations[verb]; o != nil {
		return i.docs.parse(o)
	}
	return value{}
}

// field returns a field of an operation, without parsing the other fields.
func (i *pathItem) field(verb, name string) value {
	o := i.operations[verb]
	if o == nil || o.parsed {
		return i.operation(verb).get(name)
	}
	v, ok := o.fields[name]
	if ok {
		return v
	}
	part, understood := o.outlined.Field(name)
	if !understood {
		return i.docs.parse(o).get(name)
	}
	if part.Text != nil {
		v = i.docs.part(part)
	}
	if o.fields == nil {
		o.fields = map[string]value{}
	}
	o.fields[name] = v
	return v
}

// parameters returns those of all operations.
func (i *pathItem) parameters() []value {
	if i.sharedOutlined.Text != nil && !i.shared.exists() {
		i.shared = i.docs.part(i.sharedOutlined)
	}
	return i.shared.items()
}

// whole returns an outlined path item with everything in it.
func (i *pathItem) whole() value {
	if !i.all.exists() {
		i.all = i.docs.part(i.part)
	}
	return i.all
}

// has reports whether a path has an operation. A nil path has none.
func (i *pathItem) has(verb string) bool { return i != nil && i.operations[verb] != nil }

// use notes that methods make the requests with some HTTP methods.
func (i *pathItem) use(verbs ...string) {
	for _, verb := range verbs {
		if i.has(verb) {
			i.operations[verb].used = true
		}
	}
}

// Values of the extension x-ms-docs-operation-type.
const (
	kindAction   = "action"
	kindFunction = "function"
	kindResource = "operation"
)

// kind returns what the document says that a path stands for, or "".
func (i *pathItem) kind() string {
	if verb := i.onlyVerb(); verb != "" { // actions and functions have one operation
		return i.field(verb, "x-ms-docs-operation-type").text()
	}
	return ""
}

// onlyVerb returns the HTTP method of a path that has one, apart from those that any
// path can have beside it, or "".
func (i *pathItem) onlyVerb() string {
	only := ""
	if i == nil {
		return only
	}
	for _, verb := range i.verbs {
		switch {
		case slices.Contains([]string{http.MethodOptions, http.MethodHead, http.MethodTrace}, verb):
		case only != "":
			return ""
		default:
			only = verb
		}
	}
	return only
}
