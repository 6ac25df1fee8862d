package openapi_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/openapi"
)

// TestRepeatedParts reads documents that write a part twice. The first one does not
// silently replace the second one, whether all paths are asked for or a few.
func TestRepeatedParts(t *testing.T) {
	const paths, types = "paths:\n  /ship:\n    get:\n      responses: {}\n", "components:\n  schemas:\n    n.ship: {type: object}\n"
	for name, test := range map[string]struct{ input, want string }{
		"paths": {
			head + paths + types + strings.Replace(paths, "ship", "berth", 1),
			"f:10:1: paths of the document is written twice, with other content at f:3:1: remove one of the two",
		},
		"components": {
			head + paths + types + strings.Replace(types, "ship", "berth", 1),
			"f:10:1: components of the document is written twice, with other content at f:7:1: remove one of the two",
		},
		"schemas": {
			head + paths + types + "  schemas: {}\n",
			"f:10:3: schemas of components is written twice, with other content at f:8:3: remove one of the two",
		},
		"a response": {
			head + paths + types + "  responses:\n    a: {description: a}\n    a: {description: b}\n",
			"f:12:5: a of components/responses is written twice, with other content at f:11:5: remove one of the two",
		},
		"components in JSON": {
			`{"openapi": "3.0.1", "paths": {"/ship": {"get": {}}}, "components": {}, "components": {"schemas": {"n.ship": {"type": "object"}}}}`,
			"f:1:73: components of the document is written twice, with other content at f:1:55: remove one of the two",
		},
		"paths in JSON": {
			`{"openapi": "3.0.1", "paths": {"/ship": {"get": {}}}, "paths": {}}`,
			"f:1:55: paths of the document is written twice, with other content at f:1:22: remove one of the two",
		},
		"the same": {head + paths + types + types, ""},
	} {
		t.Run(name, func(t *testing.T) {
			for _, asked := range []func(string) bool{nil, func(string) bool { return true }} {
				_, err := openapi.Parse("f", []byte(test.input), openapi.Options{Path: asked})
				got := ""
				if err != nil {
					got = err.Error()
				}
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("cut %v: %s", asked != nil, diff)
				}
			}
		})
	}
}

// TestRepeatedFieldOfOneOperation asks for one path, in YAML and in JSON.
func TestRepeatedFieldOfOneOperation(t *testing.T) {
	for _, input := range []string{
		head + "paths:\n  /ship:\n    get:\n      responses:\n        '200': {description: a}\n      responses:\n        '200': {description: b}\n",
		`{"openapi": "3.0.1", "paths": {"/ship": {"get": {"responses": {"200": {}}, "responses": {"204": {}}}}}}`,
	} {
		m, err := parse("f", []byte(input), openapi.Options{Path: func(path string) bool { return path == "/ship" }})
		if err != nil {
			t.Fatal(err)
		}
		var defects int
		for _, d := range m.AllProblems() {
			if isDefect(d) && strings.Contains(d.Message, "responses of GET /ship is written twice, with other content") {
				defects++
			}
		}
		if defects != 1 {
			t.Errorf("%s: %d defects: %v", input, defects, m.AllProblems())
		}
	}
}
