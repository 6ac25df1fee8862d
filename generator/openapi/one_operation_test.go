package openapi_test

import (
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/openapi"
)

// TestOneOperation reads documents that are cut to one operation, as tools do:
// the operation gives the type of its resource, and the request that it takes.
func TestOneOperation(t *testing.T) {
	const berth = "{application/json: {schema: {$ref: '#/components/schemas/microsoft.graph.berth'}}}"
	const page = "{application/json: {schema: {properties: {value: {type: array, items: {$ref: '#/components/schemas/microsoft.graph.berth'}}}}}}"
	const components = `
components:
  requestBodies: {berth: {content: ` + berth + `}}
  responses: {berth: {content: ` + berth + `}}
  schemas:
    microsoft.graph.entity: {type: object, properties: {id: {type: string}}}
    microsoft.graph.berth: {allOf: [{$ref: '#/components/schemas/microsoft.graph.entity'}, {type: object}]}
`
	const list, one, create, update, replace, remove = "list", "read", "create", "PATCH", "PUT", "delete"
	for name, test := range map[string]struct {
		path, operation string
		collection      bool
		requests        string
	}{
		"POST":                     {"/berths", "post: {requestBody: {content: " + berth + "}, responses: {'201': {content: " + berth + "}}}", true, create},
		"POST without response":    {"/berths", "post: {requestBody: {content: " + berth + "}, responses: {'204': {description: Created}}}", true, create},
		"POST without request":     {"/berths", "post: {responses: {2XX: {content: " + berth + "}}}", true, create},
		"POST by reference":        {"/berths", "post: {requestBody: {$ref: '#/components/requestBodies/berth'}, responses: {'201': {description: Created}}}", true, create},
		"POST answers a reference": {"/berths", "post: {responses: {'201': {$ref: '#/components/responses/berth'}}}", true, create},
		"POST answers by default":  {"/berths", "post: {responses: {default: {content: " + berth + "}}}", true, create},
		"POST marked":              {"/berths", "post: {requestBody: {content: " + berth + "}, x-ms-docs-operation-type: operation}", true, create},
		"POST with parameters":     {"/berths", "post: {parameters: [{name: $top, in: query}], requestBody: {content: {application/json; odata.metadata=full: " + berth[len("{application/json: "):] + "}}", true, create},
		"GET of a page":            {"/berths", "get: {responses: {'200': {content: " + page + "}}}", true, list},
		"GET of one":               {"/berths", "get: {responses: {2XX: {content: " + berth + "}}}", false, one},
		"GET by default":           {"/berths", "get: {responses: {default: {content: " + page + "}}}", true, list},
		"GET of an item":           {"/berths/{berth-id}", "get: {responses: {'200': {description: A berth}}}", true, one},
		"PATCH":                    {"/berths", "patch: {requestBody: {content: " + berth + "}, responses: {'204': {description: Changed}}}", false, update},
		"PATCH of an item":         {"/berths/{berth-id}", "patch: {requestBody: {content: " + berth + "}}", true, update},
		"PUT":                      {"/berths", "put: {responses: {'200': {content: " + berth + "}}}", false, replace},
		"PUT of an item":           {"/berths/{berth-id}", "put: {requestBody: {content: " + berth + "}}", true, replace},
		"DELETE of an item":        {"/berths/{berth-id}", "delete: {responses: {'204': {description: Gone}}}", true, remove},
		"POST below an item":       {"/ships/{ship-id}/berths", "post: {requestBody: {content: " + berth + "}}", true, create},
		"PATCH below an item":      {"/ships/{ship-id}/berths", "patch: {requestBody: {content: " + berth + "}}", false, update},
		"DELETE far below":         {"/ships/{ship-id}/berths/{berth-id}", "delete: {responses: {'204': {description: Gone}}}", true, remove},
		"POST behind a type cast":  {"/ships/{ship-id}/graph.ferry/berths", "post: {requestBody: {content: " + berth + "}}", true, create},
	} {
		t.Run(name, func(t *testing.T) {
			for _, options := range []openapi.Options{{}, {Path: func(string) bool { return true }}} {
				m, err := parse("f", []byte(head+"paths:\n  "+test.path+":\n    "+test.operation+components), options)
				if err != nil {
					t.Fatal(err)
				}
				for _, d := range m.AllProblems() {
					t.Error(d)
				}
				ref, annotations := resource(t, m, test.path)
				if ref.Name != "microsoft.graph.berth" || ref.Collection != test.collection {
					t.Errorf("the type is %v", ref)
				}
				if got := requestsOf(annotations); got != test.requests {
					t.Errorf("it takes %s, not %s", got, test.requests)
				}
			}
		})
	}
}

// resource returns the type and the annotations of what a path leads to.
func resource(t *testing.T, m *model.Model, path string) (model.TypeRef, []*model.Annotation) {
	t.Helper()
	segments := strings.Split(strings.Trim(path, "/"), "/")
	s := m.Container.Source(segments[0])
	if s == nil {
		t.Fatalf("there is no %s", segments[0])
	}
	ref, annotations := s.Type, s.Annotated
	for _, segment := range segments[1:] {
		typ := ref.Type.(*model.StructuredType)
		switch {
		case strings.HasPrefix(segment, "{"):
		case strings.HasPrefix(segment, "graph."):
			derived, ok := m.Type("microsoft." + segment).(*model.StructuredType)
			if !ok || derived.BaseType() != typ {
				t.Fatalf("%s does not extend %s", segment, typ.QualifiedName())
			}
			ref.Type = derived
		default:
			n, _ := typ.NavigationProperty(segment)
			if n == nil {
				t.Fatalf("%s has no %s", typ.QualifiedName(), segment)
			}
			ref, annotations = n.Type, n.Annotated
		}
	}
	return ref, annotations
}

// requestsOf returns the requests that a resource takes.
func requestsOf(annotations []*model.Annotation) string {
	var list []string
	read := vocab.ReadRestrictions(annotations)
	if read.Readable == model.Yes {
		list = append(list, "list")
		if read.ByKey == model.Unknown {
			list[0] = "read"
		}
	}
	if read.ByKey == model.Yes {
		list = append(list, "read")
	}
	if vocab.InsertRestrictions(annotations).Insertable == model.Yes {
		list = append(list, "create")
	}
	list = append(list, vocab.UpdateRestrictions(annotations).Methods...)
	if vocab.Deletable(annotations) == model.Yes {
		list = append(list, "delete")
	}
	return strings.Join(list, " ")
}
