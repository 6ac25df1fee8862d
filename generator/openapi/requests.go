package openapi

import (
	"encoding/json/jsontext"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"go.yaml.in/yaml/v4"
)

// success returns the status with which an operation succeeds, such as "201" or
// "2XX", and the response. If only a default response is described, that is
// the response, and the status is "".
func (p *parser) success(i *pathItem, verb string) (status string, response value) {
	responses := i.field(verb, "responses")
	for _, code := range []string{"201", "200", "2XX", "202", "204"} {
		if r := responses.getFold(code); r.exists() {
			return code, p.docs.follow(r).value
		}
	}
	return "", p.docs.follow(responses.get("default")).value
}

func (p *parser) requestBody(i *pathItem, verb string) value {
	return p.docs.follow(i.field(verb, "requestBody")).value
}

// jsonContent returns the JSON in the content of a request or a response.
func jsonContent(body value) value {
	content := body.get("content")
	if json := content.get("application/json"); json.exists() {
		return json
	}
	members := content.sortedMembers()
	for _, m := range members {
		if t, _, _ := mime.ParseMediaType(m.name()); t == "application/json" || strings.HasSuffix(t, "+json") || t == "*/*" {
			return m
		}
	}
	return value{}
}

// isBinary reports whether a request or a response has content that is neither
// JSON nor plain text.
func isBinary(body value) bool {
	if jsonContent(body).exists() {
		return false
	}
	for _, m := range body.get("content").members() {
		if t, _, _ := mime.ParseMediaType(m.name()); t != "text/plain" {
			return true
		}
	}
	return false
}

// resourceType returns the type of the resource of a path, as far as its
// operations give it.
func (p *parser) resourceType(i *pathItem) (model.TypeRef, bool) {
	if ref, ok := p.readType(i); ok || isOperation(i) {
		return ref, ok
	}
	if i.has(http.MethodPost) {
		if ref, ok := p.createdType(i); ok {
			return ref, true
		}
	}
	for _, verb := range []string{http.MethodPatch, http.MethodPut} {
		if i.has(verb) {
			if ref, ok := p.writtenType(i, verb); ok {
				return ref, true
			}
		}
	}
	return model.TypeRef{}, false
}

// readType returns the type that a GET answers.
func (p *parser) readType(i *pathItem) (model.TypeRef, bool) {
	if isOperation(i) || !i.has(http.MethodGet) {
		return model.TypeRef{}, false
	}
	_, response := p.success(i, http.MethodGet)
	return p.contentType(response)
}

// createdType returns the type of the collection in which a POST creates items.
func (p *parser) createdType(i *pathItem) (model.TypeRef, bool) {
	if isOperation(i) {
		return model.TypeRef{}, false
	}
	ref, ok := p.writtenType(i, http.MethodPost)
	if !ok || ref.Collection {
		return model.TypeRef{}, false
	}
	ref.Collection = true
	return ref, true
}

// writtenType returns the type in the request of an operation, or else the one
// in its response.
func (p *parser) writtenType(i *pathItem, verb string) (model.TypeRef, bool) {
	if ref, ok := p.contentType(p.requestBody(i, verb)); ok {
		return ref, true
	}
	_, response := p.success(i, verb)
	return p.contentType(response)
}

// contentType returns the structured type in the content of a request or a
// response: of the value itself, or of the items in a page of a collection.
func (p *parser) contentType(body value) (model.TypeRef, bool) {
	schema := jsonContent(body).get("schema")
	if !schema.exists() {
		return model.TypeRef{}, false
	}
	ref := p.typeOf(schema).ref
	if !p.isStructuredName(ref.Name) {
		if ref = p.pageItems(schema).ref; !ref.Collection || !p.isStructuredName(ref.Name) {
			return model.TypeRef{}, false
		}
	}
	ref.Position = source.Position{}
	return ref, true
}

// brokenContent returns what is wrong with the requests and responses of a path,
// so that they do not give its type, or "".
func (p *parser) brokenContent(i *pathItem) (at source.Position, problem string) {
	for _, verb := range []string{http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodPut} {
		if !i.has(verb) {
			continue
		}
		for _, response := range i.field(verb, "responses").sortedMembers() {
			if response.name() == "default" {
				continue
			}
			if at, problem = p.brokenBody(response, "responses"); problem != "" {
				return at, problem
			}
		}
		if at, problem = p.brokenBody(i.field(verb, "requestBody"), "requestBodies"); problem != "" {
			return at, problem
		}
	}
	return at, ""
}

// brokenBody returns what is wrong with a request body or a response, or "".
// Components holds those that can be referred to.
func (p *parser) brokenBody(body value, components string) (at source.Position, problem string) {
	if !body.exists() {
		return at, ""
	}
	to := p.docs.follow(body)
	_, component, isComponent := strings.Cut(body.get("$ref").text(), "#/components/")
	switch {
	case isComponent && !strings.HasPrefix(component, components+"/"):
		return body.position(), fmt.Sprintf("the reference %q does not lead to one of components/%s", body.get("$ref").text(), components)
	case to.problem != "":
		return body.position(), to.problem
	case !to.isObject():
		return body.position(), to.name() + " is " + to.kind() + ": it must be an object"
	case to.get("content").exists() && !to.get("content").isObject():
		return to.get("content").position(), "content is " + to.get("content").kind() + ": it must be an object"
	}
	if schema := jsonContent(to.value).get("schema"); schema.exists() {
		return schema.position(), p.typeOf(schema).defect
	}
	return at, ""
}

func (p *parser) isStructuredName(name string) bool {
	role := p.roleOf(name)
	return role == roleStructured || role == roleBroken
}

// pageItems returns the type of the property "value" of a page of a collection,
// which can extend another schema.
func (p *parser) pageItems(schema value) typing {
	for _, part := range p.parts(p.docs.follow(schema).value) {
		if v := part.get("properties").get("value"); v.exists() {
			return p.typeOf(v)
		}
	}
	return typing{}
}

// isOperation reports whether a path is said to be an action or a function,
// and not a resource.
func isOperation(i *pathItem) bool {
	kind := i.kind()
	return kind == kindAction || kind == kindFunction
}

// parameters returns the parameters of an operation that are in a part of the
// request, such as "query", in the order of the document. Those of its path follow, unless
// the operation has them too (OpenAPI 3.1, Path Item Object).
func (p *parser) parameters(i *pathItem, verb, in string) []value {
	var list []value
	for _, item := range slices.Concat(i.field(verb, "parameters").items(), i.parameters()) {
		parameter := p.docs.follow(item).value
		name := parameter.get("name").text()
		if parameter.get("in").text() == in && !slices.ContainsFunc(list, func(v value) bool { return v.get("name").text() == name }) {
			list = append(list, parameter)
		}
	}
	return list
}

// createAnnotations returns what a POST says besides its types: its reference
// page and its examples.
func (p *parser) createAnnotations(i *pathItem) []*model.Annotation {
	at := i.operations[http.MethodPost].at
	var list []*model.Annotation
	if url := i.field(http.MethodPost, "externalDocs").get("url").text(); url != "" {
		list = append(list, vocab.NewDocumentationLink(vocab.RelationCreate, url, at))
	}
	_, response := p.success(i, http.MethodPost)
	for _, e := range []struct {
		part string
		body value
	}{{"Request", p.requestBody(i, http.MethodPost)}, {"Response", response}} {
		part := strings.ToLower(e.part)
		example := p.exampleOf(part, jsonContent(e.body))
		if !example.exists() {
			continue
		}
		if a := p.example(vocab.ExampleQualifier(vocab.KeyCreate, e.part, 0), example); a != nil {
			list = append(list, a)
		} else {
			p.warnf(example.position(), "the example of the %s is left out: it is not JSON", part)
		}
	}
	return list
}

// example returns an annotation with an example, or nil. Examples that many
// operations refer to share their content.
func (p *parser) example(qualifier string, example value) *model.Annotation {
	key := exampleKey{qualifier, example.node}
	a, ok := p.examples[key]
	if !ok {
		if json, err := appendJSON(nil, example); err == nil {
			a = vocab.NewExample(qualifier, json, example.position())
		}
		p.examples[key] = a
	}
	if a == nil {
		return nil
	}
	return new(*a)
}

type exampleKey struct {
	qualifier string
	node      *yaml.Node
}

// exampleOf returns the example of a media type, or the first one by name.
func (p *parser) exampleOf(part string, media value) value {
	if example := media.get("example"); example.exists() {
		return p.exampleValue(part, example)
	}
	for _, e := range media.get("examples").sortedMembers() {
		object := p.followExample(part, e)
		if v := p.exampleValue(part, object.get("value")); v.exists() {
			return v
		}
	}
	return value{}
}

// exampleValue returns the value of an example. Instead of it there can be a
// reference to it or to the Example Object with it.
func (p *parser) exampleValue(part string, example value) value {
	to := p.followExample(part, example)
	if example.isReference() && isExampleObject(to) {
		return to.get("value")
	}
	return to
}

func (p *parser) followExample(part string, example value) value {
	to := p.docs.follow(example)
	if to.problem != "" {
		p.warnf(example.position(), "the example of the %s is left out: %s", part, to.problem)
		return value{}
	}
	return to.value
}

// isExampleObject reports whether v is an Example Object, and not a value that has a
// member of the name value.
func isExampleObject(v value) bool {
	return v.get("value").exists() && !slices.ContainsFunc(v.members(), func(m value) bool {
		return !slices.Contains([]string{"summary", "description", "value", "externalValue"}, m.name()) && !isExtension(m.name())
	})
}

// appendJSON appends a value as JSON, with the members of objects in order by
// name.
func appendJSON(b []byte, v value) ([]byte, error) {
	var err error
	switch {
	case v.isObject():
		members := v.sortedMembers()
		b = append(b, '{')
		for i, m := range members {
			if i > 0 {
				b = append(b, ',')
			}
			if b, err = jsontext.AppendQuote(b, m.name()); err != nil {
				return nil, err
			}
			if b, err = appendJSON(append(b, ':'), m); err != nil {
				return nil, err
			}
		}
		return append(b, '}'), nil
	case v.isList():
		b = append(b, '[')
		for i, item := range v.items() {
			if i > 0 {
				b = append(b, ',')
			}
			if b, err = appendJSON(b, item); err != nil {
				return nil, err
			}
		}
		return append(b, ']'), nil
	case v.isNull():
		return append(b, "null"...), nil
	}
	switch v.node.ShortTag() {
	case "!!bool":
		return append(b, strings.ToLower(v.text())...), nil
	case "!!int", "!!float":
		number := jsontext.Value(v.text())
		if !number.IsValid() {
			return nil, errors.New("the number cannot be written as JSON")
		}
		return append(b, number...), nil
	}
	return jsontext.AppendQuote(b, v.text())
}
