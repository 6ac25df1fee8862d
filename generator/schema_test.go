package generator_test

import (
	"bytes"
	"encoding/json/v2"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
	"github.com/msgraphgen/msgraphgen/templates"
)

// The JSON schema has the keys of the configuration, with the same types.
func TestConfigSchemaIsThatOfConfig(t *testing.T) {
	var schema struct {
		Properties map[string]struct {
			Type string
			Enum []string
		}
	}
	if err := json.Unmarshal(templates.ConfigSchema(), &schema, json.MatchCaseInsensitiveNames(true)); err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, field := range reflect.VisibleFields(reflect.TypeFor[config.Config]()) {
		name := field.Tag.Get("yaml")
		if name == "" || field.Anonymous {
			continue
		}
		want = append(want, name)
		kind := map[reflect.Kind]string{reflect.String: "string", reflect.Bool: "boolean", reflect.Slice: "array"}[field.Type.Kind()]
		if got := schema.Properties[name]; got.Type != kind && got.Enum == nil {
			t.Errorf("%s is of type %q, want %q", name, got.Type, kind)
		}
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(schema.Properties))); diff != "" {
		t.Errorf("properties (-Config +schema):\n%s", diff)
	}
}

// The configurations of the golden cases fit the schema; mistakes do not.
func TestConfigsFitTheSchema(t *testing.T) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(templates.ConfigSchema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(gotest.Root(t), "testdata/golden/*/msgraphgen.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no configurations: %v", err)
	}
	for _, file := range append(files, filepath.Join(gotest.Root(t), "msgraphgen.yaml")) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value(t, string(data))); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	if err := schema.Validate(value(t, "include: [GET /a, post /b, PUT /c, PATCH /d, DELETE /e, /f]\nexclude: [GET /a]")); err != nil {
		t.Errorf("all verbs: %v", err)
	}
	for _, mistake := range []string{
		"include: [FETCH /a]",
		"sources: x.xml",
		"include: POST /me",
		"include: [GET me]",
		"format: xml",
		"external-refs: maybe",
		"read-only: [id]",
	} {
		if schema.Validate(value(t, mistake)) == nil {
			t.Errorf("%q fits the schema", mistake)
		}
	}
}

func value(t *testing.T, text string) any {
	t.Helper()
	var v map[string]any
	if err := yaml.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return v
}
