package openapi

import (
	"encoding/json/v2"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// success returns the status with which an operation succeeds, "" if it tells
// none, and the content of the response.
func success(o *openapi3.Operation) (status string, content openapi3.Content) {
	for _, code := range []string{"201", "200", "2XX", "2xx", "202", "204"} {
		if response := o.Responses.Value(code); response != nil && response.Value != nil {
			return strings.ToUpper(code), response.Value.Content
		}
	}
	return "", nil
}

func requestContent(o *openapi3.Operation) openapi3.Content {
	if o.RequestBody == nil || o.RequestBody.Value == nil {
		return nil
	}
	return o.RequestBody.Value.Content
}

// jsonContent returns the JSON among the content, or nil.
func jsonContent(content openapi3.Content) *openapi3.MediaType {
	return content.Get("application/json")
}

// operations returns the operations of a path item, in order of their verbs.
func operations(item *openapi3.PathItem) []*openapi3.Operation {
	if item == nil {
		return nil
	}
	byVerb := item.Operations()
	list := make([]*openapi3.Operation, 0, len(byVerb))
	for _, verb := range slices.Sorted(maps.Keys(byVerb)) {
		list = append(list, byVerb[verb])
	}
	return list
}

// isOperation reports whether a path item is said to be an action or a
// function, and no resource.
func isOperation(item *openapi3.PathItem) bool {
	for _, o := range operations(item) {
		if kind := o.Extensions["x-ms-docs-operation-type"]; kind == "action" || kind == "function" {
			return true
		}
	}
	return false
}

// takes reports whether an operation takes an item of a collection.
func (p *parser) takes(o *openapi3.Operation, ref model.TypeRef, n *node) bool {
	content := jsonContent(requestContent(o))
	if content == nil || content.Schema == nil {
		return true
	}
	body := p.typeOf(content.Schema).ref
	if body.Name != ref.Name || body.Collection {
		p.warnf(p.position(o.Origin), "POST to %s takes %v, and is no create in a collection of %s: it is left out", n.item.path, body, ref.Name)
		return false
	}
	return true
}

// createAnnotations returns what an operation says of itself: its examples and
// its reference page.
func (p *parser) createAnnotations(o *openapi3.Operation) []*model.Annotation {
	at := p.position(o.Origin)
	var list []*model.Annotation
	if o.ExternalDocs != nil && o.ExternalDocs.URL != "" {
		list = append(list, vocab.NewDocumentationLink(vocab.RelationCreate, o.ExternalDocs.URL, at))
	}
	add := func(qualifier string, content openapi3.Content) {
		example := exampleOf(jsonContent(content))
		if example == nil {
			return
		}
		value, err := json.Marshal(example, json.Deterministic(true))
		if err != nil {
			p.warnf(at, "the example of the %s is left out: it is no JSON", qualifier)
			return
		}
		if a := vocab.NewExample(qualifier, value, at); a != nil {
			list = append(list, a)
		}
	}
	add("request", requestContent(o))
	_, content := success(o)
	add("response", content)
	return list
}

// exampleOf returns the example of a media type, the first by name if it has
// several, or nil.
func exampleOf(media *openapi3.MediaType) any {
	if media == nil || media.Example != nil {
		if media == nil {
			return nil
		}
		return media.Example
	}
	for _, name := range slices.Sorted(maps.Keys(media.Examples)) {
		if example := media.Examples[name]; example != nil && example.Value != nil && example.Value.Value != nil {
			return example.Value.Value
		}
	}
	return nil
}
