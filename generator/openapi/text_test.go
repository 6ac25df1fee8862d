package openapi_test

import (
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/openapi"
)

// TestIsAnywhere finds the version of OpenAPI wherever it is among the outermost fields.
func TestIsAnywhere(t *testing.T) {
	long := strings.Repeat("# licence\n", 1_000)
	paths := "paths:\n" + strings.Repeat("  /ships: {}\n", 1_000)
	for name, test := range map[string]struct {
		input string
		want  bool
	}{
		"first":                      {"openapi: 3.0.1\n", true},
		"behind a licence":           {long + "openapi: 3.0.1\n", true},
		"behind paths":               {paths + "openapi: 3.0.1\n", true},
		"in quotation marks":         {paths + "'openapi' : 3.0.1\n", true},
		"after a marker":             {"%YAML 1.1\n---\n" + paths + "\"openapi\": 3.0.1\n", true},
		"with a byte order mark":     {"\uFEFF" + paths + "openapi: 3.0.1\n", true},
		"with carriage returns":      {strings.ReplaceAll(paths+"openapi: 3.0.1\n", "\n", "\r"), true},
		"indented as all fields":     {"  paths: {}\n  openapi: 3.0.1\n", true},
		"Swagger behind paths":       {paths + "swagger: '2.0'\n", true},
		"in the flow style":          {long + "{paths: {'it''s': 1, " + strings.Repeat("/a: {},\n ", 1_000) + "}, openapi: 3.0.1}", true},
		"not complete in flow style": {"{openapi: 3.0.1, paths: {", true},
		"JSON":                       {`{"paths": {` + strings.Repeat(" ", 5_000) + `}, "openapi": "3.0.1"}`, true},
		"in a field":                 {"paths:\n  openapi: 3.0.1\n", false},
		"in a field in flow style":   {"{paths: {\nopenapi: 3.0.1}}", false},
		"in a text":                  {"info: |\n  openapi: 3.0.1\n", false},
		"in XML":                     {"<edmx>\nopenapi: 3.0.1\n", false},
		"another name":               {"openapis: 3.0.1\n", false},
		"nothing":                    {"", false},
	} {
		if got := openapi.Is([]byte(test.input)); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
