package openapi_test

import (
	"encoding/json/jsontext"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.yaml.in/yaml/v4"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/openapi"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// TestRealRequests compares the methods with the requests that the real documents
// list. Each request is that of a method, and each method makes a request that is
// listed. Documents of 2020 list $count as a query option alone, which stands for
// the segment, too.
func TestRealRequests(t *testing.T) {
	for _, name := range realDocuments {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data := readFile(t, gotest.Metadata(t, name))
			m, err := parse("f", data, openapi.Options{})
			if err != nil {
				t.Fatal(err)
			}
			listed := listedRequests(t, data)
			for _, request := range listed {
				if !hasMethod(m, request) {
					t.Errorf("%s is listed, and there is no method for it", request)
				}
			}
			checkListed(t, m, listed, func(method *api.Method) bool { return method.Kind == api.Count })
		})
	}
}

// TestEachRequestCounts checks the valid fixtures: each request that they list is
// that of a method, or a warning says that it is left out.
func TestEachRequestCounts(t *testing.T) {
	files, err := filepath.Glob("testdata/valid/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		if slices.Contains([]string{"repeated.yaml", "yaml_1_2.yaml", "layout.yaml"}, filepath.Base(file)) {
			continue // the YAML library alone does not read them
		}
		data := readFile(t, file)
		m, err := parse("f", data, optionsFor(file))
		if err != nil {
			t.Fatal(err)
		}
		for _, request := range listedRequests(t, data) {
			byKey := alternateKeys.ReplaceAllString(request, "/{id}")
			if !hasMethod(m, request) && !hasMethod(m, byKey) && !isReported(m, request) {
				t.Errorf("%s: %s is lost", file, request)
			}
		}
	}
}

// checkListed checks that each method makes a request that is listed.
func checkListed(t *testing.T, m *model.Model, listed []string, except func(*api.Method) bool) {
	t.Helper()
	known := map[string]bool{}
	for _, request := range listed {
		known[withoutNames(request)] = true
	}
	s, err := api.Select(m, api.Options{Include: []string{"/**"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, method := range s.Methods {
		if !except(method) && !slices.ContainsFunc(method.Requests(), func(request string) bool { return known[withoutNames(request)] }) {
			t.Errorf("%s is a method, and no path lists it", method.Requests()[0])
		}
	}
}

// listedRequests returns the requests that a document lists: "GET /users".
func listedRequests(t *testing.T, data []byte) []string {
	t.Helper()
	var document struct {
		Paths map[string]map[string]any
	}
	if err := yaml.Unmarshal(data, &document); err != nil {
		t.Fatal(err)
	}
	var list []string
	for path, item := range document.Paths {
		for field := range item {
			if verb := strings.ToUpper(field); slices.Contains([]string{"GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"}, verb) {
				list = append(list, verb+" "+path)
			}
		}
	}
	slices.Sort(list)
	return list
}

var keyInParentheses = regexp.MustCompile(`\('?(\{[^}]*\})'?\)`)

// hasMethod reports whether a request is that of a method: what is behind the path
// of its resource are up to two segments, such as {id}/$ref.
func hasMethod(m *model.Model, request string) bool {
	verb, path, _ := strings.Cut(request, " ")
	path = keyInParentheses.ReplaceAllString(path, "/$1")
	segments := strings.Split(strings.Trim(path, "/"), "/")
	for n := len(segments); n >= max(0, len(segments)-2); n-- {
		resource, ok := m.ResolveSegments(segments[:n], false)
		if !ok && n > 0 {
			continue
		}
		suffix := ""
		if n < len(segments) {
			suffix = "/" + strings.Join(segments[n:], "/")
		}
		for _, method := range api.MethodsAt(m, resource) {
			if method.Verb == verb && withoutNames(method.Suffix) == withoutNames(suffix) {
				return true
			}
		}
	}
	return false
}

// isReported reports whether a problem says that a request, or the path to it, is
// left out.
func isReported(m *model.Model, request string) bool {
	_, path, _ := strings.Cut(request, " ")
	return slices.ContainsFunc(m.AllProblems(), func(d source.Diagnostic) bool {
		if strings.HasPrefix(d.Message, request+" is left out: ") {
			return true
		}
		_, about, _ := strings.Cut(d.Message, "path")
		about = strings.TrimPrefix(about, "s behind")
		about, _, isAbout := strings.Cut(strings.Trim(about, " "), " ")
		return isAbout && strings.Contains(d.Message, "left out") && strings.HasPrefix(path, strings.Trim(about, `"`))
	})
}

var (
	alternateKeys = regexp.MustCompile(`\([a-z]+=[^)]*\)`)

	keys       = regexp.MustCompile(`\{[^}]*\}`)
	arguments  = regexp.MustCompile(`\([^)]*\)`)
	namespaces = regexp.MustCompile(`/([a-z]+\.)+`)
)

// withoutNames returns a request without the names of keys, arguments and
// namespaces, in which documents and methods differ.
func withoutNames(request string) string {
	request = keys.ReplaceAllString(arguments.ReplaceAllString(request, ""), "{}")
	return namespaces.ReplaceAllString(request, "/")
}

// TestUnmarkedActions reads paths with nothing but a POST that neither takes nor
// answers an entity, and no mark that they are actions.
func TestUnmarkedActions(t *testing.T) {
	const shout = "post: {requestBody: {content: {application/json: {schema: {type: object, properties: {loud: {type: boolean}}}}}}, responses: {'204': {description: Done}}}"
	for path, want := range map[string]string{
		"/ships/{ship-id}/shout":          "microsoft.graph.shout(microsoft.graph.ship, loud Edm.Boolean)",
		"/ships/shout":                    "microsoft.graph.shout(Collection(microsoft.graph.ship), loud Edm.Boolean)",
		"/ships/{ship-id}/captain/shout":  "microsoft.graph.shout(microsoft.graph.captain, loud Edm.Boolean)",
		"/shout":                          "microsoft.graph.shout(loud Edm.Boolean)",
		"/ships/{ship-id}/captain":        "", // declared as a property
		"/ships/{ship-id}/shout/{way-id}": "", // has a key
	} {
		m := parsePaths(t, "/ships/{ship-id}: {get: {}}", "/ships: {get: "+answers("ship")+"}", path+": {"+shout+"}")
		if got := strings.Join(operationsOf(m), "\n"); got != want {
			t.Errorf("%s is %q, not %q", path, got, want)
		}
		if request := "POST " + path; !hasMethod(m, request) && !isReported(m, request) {
			t.Errorf("%s is lost", request)
		}
		if m.Type("microsoft.graph.shout") != nil && want != "" {
			t.Errorf("%s invents a type", path)
		}
	}
}

// TestArguments describes the parameter of a function by its placeholder, by its alias,
// or by its name.
func TestArguments(t *testing.T) {
	for arguments, parameters := range map[string]string{
		"id={id1}":   "{name: ship-id, in: path}, {name: id, in: path, schema: {type: string}}, {name: id1, in: path, schema: {type: integer, format: int32}}",
		"id='{id1}'": "{name: id, in: path, schema: {type: string}}, {name: id1, in: path, schema: {type: integer, format: int32}}",
		"id=@id":     "{name: id, in: path, schema: {type: string}}, {name: '@id', in: query, schema: {type: integer, format: int32}}",
		"id=@alias":  "{name: id, in: path, schema: {type: string}}, {name: alias, in: query, schema: {type: integer, format: int32}}",
		"id={id}":    "{name: ship-id, in: path, schema: {type: string}}, {name: '@id', in: query, schema: {type: integer, format: int32}}",
		"id={other}": "{name: ship-id, in: path, schema: {type: string}}, {name: id, in: path, schema: {type: integer, format: int32}}",
	} {
		function := strings.Replace(answers("captain"), "{", "{parameters: ["+parameters+"], ", 1)
		m := parsePaths(t, "/ships: {get: "+answers("ship")+"}", "/ships/{ship-id}: {get: {}}", fmt.Sprintf(`"/ships/{ship-id}/graph.range(%s)": {get: %s}`, arguments, function))
		if got, want := strings.Join(operationsOf(m), "\n"), "microsoft.graph.range(microsoft.graph.ship, id Edm.Int32): microsoft.graph.captain"; got != want {
			t.Errorf("%s is %q, not %q", arguments, got, want)
		}
	}
}

// TestExampleReferences follows references to examples, and in them.
func TestExampleReferences(t *testing.T) {
	for text, want := range map[string]string{
		"examples: {one: {$ref: '#/components/examples/one'}}":                                       `{"name":"Ida"}`,
		"examples: {one: {$ref: '#/components/examples/two'}}":                                       `{"name":"Ida"}`,
		"examples: {one: {$ref: '#/components/examples/none'}, two: {value: {name: Ole}}}":           `{"name":"Ole"} the example of the request is left out: the reference "#/components/examples/none" leads nowhere`,
		"examples: {one: {value: {$ref: '#/components/examples/one'}}}":                              `{"name":"Ida"}`,
		"examples: {one: {value: {$ref: '#/components/examples/one/value'}}}":                        `{"name":"Ida"}`,
		"example: {$ref: '#/components/examples/one'}":                                               `{"name":"Ida"}`,
		"example: {$ref: '#/components/examples/body'}":                                              `{"name":"Ole","value":[1]}`,
		"example: {$ref: '#/components/examples/none'}":                                              ` the example of the request is left out: the reference "#/components/examples/none" leads nowhere`,
		"example: {value: {name: Ida}}":                                                              `{"value":{"name":"Ida"}}`,
		"examples: {one: {externalValue: 'https://example.com/x'}, two: {value: {name: Ida}}}":       `{"name":"Ida"}`,
		"examples: {one: {$ref: '#/components/examples/itself'}, two: {value: {name: Ole}}}":         `{"name":"Ole"} the example of the request is left out: the reference "#/components/examples/itself" leads back to itself`,
		"examples: {one: {$ref: '#/components/examples/external'}, two: {value: {name: Elsewhere}}}": `{"name":"Elsewhere"}`,
	} {
		m := parsePaths(t, "/ships/{ship-id}: {get: {}}", "/ships: {get: "+answers("ship")+", post: {requestBody: {content: {application/json: {"+
			text+", schema: {$ref: '#/components/schemas/microsoft.graph.ship'}}}}}}")
		body, problem, _ := strings.Cut(want, " ")
		var example *model.Expression
		if body != "" {
			example = vocab.NewExample("", jsontext.Value(body), source.Position{}).Value.Property("Value")
		}
		if diff := cmp.Diff(example, vocab.Example(m.Container.Source("ships").Annotated, "CreateRequest"), cmpopts.IgnoreTypes(source.Position{})); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
		var problems []string
		for _, d := range m.AllProblems() {
			problems = append(problems, d.Message)
		}
		if got := strings.Join(problems, "\n"); got != problem {
			t.Errorf("%s: %s, not %s", text, got, problem)
		}
	}
}

// TestOperationsWithoutMethod lists operations that are not those of OData: a
// warning at each says that it is left out.
func TestOperationsWithoutMethod(t *testing.T) {
	for _, request := range []string{
		"POST /ships/{ship-id}", "DELETE /ships", "PATCH /ships", "HEAD /ships", "OPTIONS /ships/{ship-id}", "POST /ships/{ship-id}/captain",
		"GET /ships/{ship-id}/name", "DELETE /ships/{ship-id}/flag", "PUT /ships/{ship-id}/flag", "DELETE /ships/{ship-id}/log", "POST /ships/$count",
		"DELETE /ships/{ship-id}/$value", "GET /ships/{ship-id}/$value/$count", "PATCH /ships/{ship-id}/captain/$ref", "GET /ships/$ref", "POST /$batch",
		"DELETE /ships/graph.ferry", "GET /ships(number='{number}')", "POST /ships/{ship-id}/graph.speed(unit='{unit}')", "GET /ships/{ship-id}/best()/captain",
		"POST /ships/{ship-id}/sister/graph.salute", "PUT /ships/{ship-id}/sister/log", // of a ship that has a path of its own
	} {
		verb, path, _ := strings.Cut(request, " ")
		item := fmt.Sprintf("%s: {%s: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/microsoft.graph.captain'}}}}}}}", path, strings.ToLower(verb))
		m := parsePaths(t, "/ships/{id}: {patch: {}}", "/ships/{id}/sister/$ref: {put: {}}", "'/ships/{x}/best()': {get: "+answers("ship")+"}", item)
		if hasMethod(m, request) || !isReported(m, request) {
			t.Errorf("%s is not reported in %v", request, m.AllProblems())
		}
	}
}

// TestSlashAtTheEnd lists a path twice, once with a / at its end: the operations of
// both count.
func TestSlashAtTheEnd(t *testing.T) {
	get, post := "get: "+answers("ship"), "post: "+answers("ship")
	for name, test := range map[string]struct{ first, second, want string }{
		"other operations": {get, post, "f:6:3: warning: the path /ships/ is read as /ships at f:5:3: remove the / at the end"},
		"the same":         {get + ", " + post, post, "f:6:3: warning: the path /ships/ is read as /ships at f:5:3: remove the / at the end"},
		"other content":    {get + ", " + post, "post: " + answers("captain"), "POST /ships is described twice, with other content at f:5:133: remove one"},
	} {
		t.Run(name, func(t *testing.T) {
			m := parsePaths(t, "/ships/{ship-id}: {get: {}}", "/ships: {"+test.first+"}", "/ships/: {"+test.second+"}")
			problems := fmt.Sprint(m.AllProblems())
			if !strings.Contains(problems, test.want) {
				t.Errorf("the problems are %s", problems)
			}
			for _, request := range []string{"GET /ships", "POST /ships"} {
				if !hasMethod(m, request) {
					t.Errorf("there is no %s: %s", request, problems)
				}
			}
		})
	}
}

// TestNotListed lists one request of a resource that has others of its kind: only
// that one is a method.
func TestNotListed(t *testing.T) {
	for _, item := range []string{
		"/ships/{ship-id}/$value: {get: {}}", "/ships/{ship-id}/$value: {put: {}}", "/ships/{ship-id}/captain/$ref: {get: {}}",
		"/ships/{ship-id}/captain/$ref: {put: {}}", "/ships/{ship-id}/captain/$ref: {delete: {}}", "/ships/{ship-id}/crew/$ref: {get: {}}",
		"/ships/{ship-id}/crew/$ref: {post: {}}", "/ships/{ship-id}/crew/{captain-id}/$ref: {delete: {}}",
		"/ships/{ship-id}/log: {get: {}}", "/ships/{ship-id}/log: {put: {}}", "/ships/$count: {get: {}}",
		"/ships/{ship-id}/sister/graph.sink: {post: {x-ms-docs-operation-type: action}}", "/ships/{ship-id}/sister/$value: {get: {}}",
	} {
		const others = "/ships/{ship-id}: {get: {}}"
		document := []string{others, "/ships: {get: " + answers("ship") + "}", "/ships/{ship-id}/sister: {get: " + answers("ship") + "}", item}
		m := parsePaths(t, document...)
		for _, d := range m.AllProblems() {
			t.Errorf("%s: %v", item, d)
		}
		path, fields, _ := strings.Cut(item, ": {")
		verb, _, _ := strings.Cut(fields, ":")
		request := strings.ToUpper(verb) + " " + path
		if !hasMethod(m, request) {
			t.Errorf("there is no %s", request)
		}
		listed := []string{"GET /ships", "GET /ships/{id}", "GET /ships/{id}/sister", request}
		checkListed(t, m, listed, func(*api.Method) bool { return false })
	}
}

func answers(name string) string {
	return "{responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/microsoft.graph." + name + "'}}}}}}"
}

// parsePaths reads a document about ships with some paths, and others written out
// as members of an object.
func parsePaths(t *testing.T, items ...string) *model.Model {
	t.Helper()
	const schemas = `
components:
  schemas:
    microsoft.graph.entity: {type: object, properties: {id: {type: string}}}
    microsoft.graph.ship:
      allOf:
      - $ref: '#/components/schemas/microsoft.graph.entity'
      - type: object
        properties:
          name: {type: string}
          log: {type: string, format: binary}
          flag: {$ref: '#/components/schemas/microsoft.graph.flag'}
          captain: {$ref: '#/components/schemas/microsoft.graph.captain'}
          sister: {$ref: '#/components/schemas/microsoft.graph.ship'}
          crew: {type: array, items: {$ref: '#/components/schemas/microsoft.graph.captain'}}
    microsoft.graph.ferry: {allOf: [{$ref: '#/components/schemas/microsoft.graph.ship'}, {type: object}]}
    microsoft.graph.captain: {allOf: [{$ref: '#/components/schemas/microsoft.graph.entity'}, {type: object}]}
    microsoft.graph.flag: {type: object, properties: {colour: {type: string}}}
  examples:
    one: {summary: s, value: {name: Ida}}
    two: {$ref: '#/components/examples/one'}
    body: {name: Ole, value: [1]}
    itself: {$ref: '#/components/examples/itself'}
    external: {externalValue: 'https://example.com/x'}
`
	m, err := parse("f", []byte(head+"paths:\n  "+strings.Join(items, "\n  ")+schemas), openapi.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func operationsOf(m *model.Model) []string {
	var list []string
	for _, s := range m.Schemas {
		for _, o := range s.Operations {
			list = append(list, o.Declaration())
		}
	}
	return list
}
