// Package mutants tests the tests that come with generated packages: each change
// of the generated code that its users would notice makes them fail.
package mutants

import (
	"bytes"
	"encoding/json/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// The packages whose code is changed.
const (
	profile = "generated/profile"
	sending = "testdata/golden/sending/out" // derived types, read-only properties, flags
	methods = "testdata/golden/methods/out" // all kinds of methods
)

// mutant is a change of a file of a package: the text old, which it has, becomes
// new.
type mutant struct{ name, pkg, file, old, new string }

var mutants = []mutant{
	// Types
	{"a wrong ODataType", profile, "project_participation.go", `v.AdditionalData, "microsoft.graph.projectParticipation")`, `v.AdditionalData, "microsoft.graph.project")`},
	{"a type that ODataTypes lacks", sending, "identity.go", `, "microsoft.graph.pilotIdentity"`, ``},
	{"a wrong JSON name", profile, "company_detail.go", `json:"webUrl,omitzero"`, `json:"webURL,omitzero"`},
	{"an absent property that is sent", sending, "quay.go", `json:"depth,omitzero"`, `json:"depth"`},
	{"swapped JSON names of the same type", sending, "quay.go", "Depth odata.Opt[float64] `json:\"depth,omitzero\"`\n\n\t// Read-only: Core.Computed.\n\tLength odata.Opt[int32] `json:\"length,omitzero\"`",
		"Depth odata.Opt[float64] `json:\"length,omitzero\"`\n\n\tLength odata.Opt[int32] `json:\"depth,omitzero\"`"},
	{"a wrong type of a field", sending, "quay.go", `Length odata.Opt[int32]`, `Length odata.Opt[string]`},
	{"a collection that is not one", profile, "project_participation.go", `CollaborationTags odata.List[string]`, `CollaborationTags odata.Opt[string]`},
	{"a time that is a date", sending, "log_entry.go", `LastModifiedDateTime odata.Opt[time.Time]`, `LastModifiedDateTime odata.Opt[odata.Date]`},
	{"items that cannot be null", sending, "log_entry.go", `Levels odata.List[*float64]`, `Levels odata.List[float64]`},
	{"members that are lost", sending, "identity.go", "`json:\",embed\"`", "`json:\"-\"`"},
	{"a property that is missing", sending, "ferry_quay.go", "Line odata.Opt[string] `json:\"line,omitzero\"`", "Line odata.Opt[string] `json:\"-\"`"},

	// Constants
	{"a wrong constant", profile, "allowed_audiences.go", `AllowedAudiences = "family"`, `AllowedAudiences = "families"`},
	{"a wrong allowed value", profile, "project_participation.go", `= "askMeAbout"`, `= "askMe"`},
	{"flags that are not split", sending, "surfaces.go", `return odata.Split(v)`, `return []Surfaces{v}`},
	{"flags that are not found", sending, "surfaces.go", `return odata.Has(v, member)`, `return v == member`},

	// Conversions
	{"a property lost on the way to the base type", profile, "project_participation.go", "odata.Prop(\"sponsors\", &v.Sponsors),\n", ""},
	{"a property under another name in the base type", sending, "quay.go", `odata.Prop("depth", &v.Depth)`, `odata.Prop("deep", &v.Depth)`},
	{"a base type that forgets the type", sending, "quay.go", "v.ODataType(),\n", "base.ODataType(),\n"},
	{"a shortcut to the base of the base type", sending, "quay.go", `return v.AsBerth().AsEntity()`, `return &v.Entity`},
	{"a conversion that skips a level", sending, "ferry_quay.go", `return v.AsQuay().AsBerth()`, `return v.Quay.AsBerth()`},

	// ForCreate
	{"ForCreate keeps the id", sending, "quay.go", `odata.ForCreate(v, typeFacts, "id")`, `odata.ForCreate(v, typeFacts)`},
	{"ForCreate keeps a property that a create refuses", profile, "project_participation.go", `odata.ForCreate(v, typeFacts, "isSearchable", "thumbnailUrl")`, `odata.ForCreate(v, typeFacts, "isSearchable")`},
	{"ForCreate keeps who created the item", sending, "log_entry.go", `typeFacts, "createdBy", `, `typeFacts, `},
	{"ForCreate drops a property that a client sets", sending, "log_entry.go", `typeFacts, "createdBy", `, `typeFacts, "tags", "createdBy", `},
	{"ForCreate without the types", sending, "berth.go", `odata.ForCreate(v, typeFacts, "id")`, `odata.ForCreate(v, nil, "id")`},
	{"ForCreate copies nothing", sending, "quay.go", `return odata.ForCreate(v, typeFacts, "id")`, `return v`},
	{"ForCreate of the base type", sending, "ferry_quay.go", `return odata.ForCreate(v, typeFacts, "id")`, `return &FerryQuay{Quay: *v.Quay.ForCreate()}`},

	// Facts about types
	{"a read-only property that can be set", profile, "type_facts.go", "case \"microsoft.graph.projectParticipation\", \"microsoft.graph.projectparticipation\":\n\t\treturn odata.TypeFacts{\n\t\t\tReadOnly: []string{\"createdBy\", ", "case \"microsoft.graph.projectParticipation\", \"microsoft.graph.projectparticipation\":\n\t\treturn odata.TypeFacts{\n\t\t\tReadOnly: []string{"},
	{"a read-only property of a derived type that can be set", sending, "type_facts.go", "case \"microsoft.graph.quay\":\n\t\treturn odata.TypeFacts{\n\t\t\tReadOnly: []string{\"createdDateTime\", \"length\"}", "case \"microsoft.graph.quay\":\n\t\treturn odata.TypeFacts{\n\t\t\tReadOnly: []string{\"createdDateTime\"}"},
	{"a type whose facts are lost", sending, "type_facts.go", `case "microsoft.graph.pilotIdentity", "microsoft.graph.pilotidentity":`, `case "microsoft.graph.pilot":`},
	{"a way to nested facts that is lost", sending, "type_facts.go", `"ropes": "microsoft.graph.rope"`, `"ropes": ""`},
	{"an abstract type that is sent", sending, "type_facts.go", "case \"microsoft.graph.berth\":\n\t\treturn odata.TypeFacts{\n\t\t\tAbstract: true,", "case \"microsoft.graph.berth\":\n\t\treturn odata.TypeFacts{"},
	{"a nested abstract type that is sent", sending, "type_facts.go", "case \"microsoft.graph.rope\":\n\t\treturn odata.TypeFacts{\n\t\t\tAbstract: true,", "case \"microsoft.graph.rope\":\n\t\treturn odata.TypeFacts{"},
	{"a client without facts", sending, "client.go", "Types:      typeFacts,\n", ""},

	// Requests
	{"a create that refuses too little", sending, "harbour_berths_builder.go", `[]string{"depth", "label"}`, `[]string{"label"}`},
	{"a create that refuses too much", sending, "harbour_berths_builder.go", `[]string{"depth", `, `[]string{"owner", "depth", `},
	{"a method under another name", sending, "harbour_berths_builder.go", `"HarbourBerths.Create"`, `"Berths.Create"`},
	{"no Prefer header", sending, "harbour_berths_builder.go", "EvolvableEnums: true,\n", ""},
	{"options that are ignored", sending, "harbour_berths_builder.go", `body, options)`, `body, nil)`},
	{"a wrong segment of a path", profile, "user_profile_builder.go", `"projects")`, `"project")`},
	{"a step to another resource", sending, "harbours_item_builder.go", `odata.Segment(b.Resource, "berths")`, `odata.Segment(b.Resource, "log")`},
	{"a wrong root", sending, "client.go", `Resource("berths")`, `Resource("harbours")`},
	{"a key that is a segment", sending, "harbours_builder.go", `odata.Key(b.Resource, id)`, `odata.Segment(b.Resource, id)`},
	{"another version of the service", profile, "client.go", `APIVersion: "beta"`, `APIVersion: "v1.0"`},
	{"another name in telemetry", sending, "client.go", `Package:    "sending"`, `Package:    "receiving"`},
	{"options of the client that are ignored", sending, "client.go", "}, options)", "}, nil)"},

	// Methods of other kinds
	{"a query that Get ignores", methods, "letters_item_builder.go", `odata.Get[*Letter](ctx, b.Resource, odata.Method{Name: "LettersItem.Get"}, query)`, `odata.Get[*Letter](ctx, b.Resource, odata.Method{Name: "LettersItem.Get"}, nil)`},
	{"a query that All ignores", methods, "letters_builder.go", `odata.Iterate[*Letter](ctx, b.Resource, odata.Method{Name: "Letters.List"}, query)`, `odata.Iterate[*Letter](ctx, b.Resource, odata.Method{Name: "Letters.List"}, nil)`},
	{"a query that List ignores", methods, "letters_builder.go", `odata.Pages[*Letter](b.Resource, odata.Method{Name: "Letters.List"}, query)`, `odata.Pages[*Letter](b.Resource, odata.Method{Name: "Letters.List"}, nil)`},
	{"a pager of another collection", methods, "letters_builder.go", `odata.Pages[*Letter](b.Resource, `, `odata.Pages[*Letter](odata.Segment(b.Resource, "old"), `},
	{"a query that Count ignores", methods, "letters_builder.go", `odata.Count(ctx, b.Resource, odata.Method{Name: "Letters.Count"}, query)`, `odata.Count(ctx, b.Resource, odata.Method{Name: "Letters.Count"}, nil)`},
	{"an update that replaces", methods, "letters_item_builder.go", `odata.Update(`, `odata.Replace(`},
	{"a replacement that updates", methods, "letters_item_builder.go", `odata.Replace(`, `odata.Update(`},
	{"an update that refuses too little", methods, "letters_item_builder.go", `NotSettable: []string{"sentDate"},`, ``},
	{"a delete without options", methods, "letters_item_builder.go", `"LettersItem.Delete"}, options)`, `"LettersItem.Delete"}, nil)`},
	{"another action", methods, "letters_item_builder.go", `"post.archive")`, `"post.unarchive")`},
	{"an action without its parameters", methods, "letters_item_builder.go", `"LettersItem.Send"}, body, `, `"LettersItem.Send"}, nil, `},
	{"an action without options", methods, "letters_item_builder.go", `"LettersItem.Send"}, body, options)`, `"LettersItem.Send"}, body, nil)`},
	{"a list of an action without options", methods, "letters_item_builder.go", `"LettersItem.Tear"}, body, options)`, `"LettersItem.Tear"}, body, nil)`},
	{"a parameter under another name", methods, "letter_send.go", `json:"copiesTo,omitzero"`, `json:"copyTo,omitzero"`},
	{"another function", methods, "letters_item_builder.go", `"post.isLate"`, `"post.islate"`},
	{"an argument that is lost", methods, "letters_item_builder.go", `, odata.Arg("by", by)`, ``},
	{"an argument under another name", methods, "letters_item_builder.go", `Arg("on"`, `Arg("at"`},
	{"a function without options", methods, "letter_is_late_builder.go", `, options)`, `, nil)`},
	{"a result that is not read", methods, "letter_words_builder.go", `return odata.GetValues[string](ctx, b.Resource, odata.Method{Name: "LetterWords"}, options)`, `return odata.List[string]{}, nil`},
	{"a constant of another property", methods, "letter_fields.go", `= "sentDate"`, `= "sendDate"`},

	// The fake service
	{"a fake service without a collection", methods, "fake/description.go", `{Segment: "letters", To: "Letters"}`, `{Segment: "letter", To: "Letters"}`},
	{"a fake service without items", methods, "fake/description.go", `{To: "LettersItem"}`, `{Segment: "item", To: "LettersItem"}`},
	{"a fake service with another key", methods, "fake/description.go", `{Name: "post.letter", Keys: []string{"id"}`, `{Name: "post.letter", Keys: []string{"subject"}`},
	{"a fake service at another address", methods, "fake/description.go", `{Segment: "letters", To: "Letters"}`, `{Segment: "letters", To: "Office"}`},

	// The support package
	{"another verb", profile, "odata/create.go", `verb: http.MethodPost`, `verb: http.MethodPut`},
	{"only 201 is a success", profile, "odata/answer.go", `a.response.StatusCode/100 == 2`, `a.response.StatusCode == 201`},
	{"another service", profile, "odata/cloud.go", `graphCloud(cloud.AzurePublic, "https://graph.microsoft.com")`, `graphCloud(cloud.AzurePublic, "https://graph.microsoft.us")`},
}

func TestMutantsAreCaught(t *testing.T) {
	root := gotest.Root(t)
	for _, pkg := range []string{profile, sending, methods} {
		if out, err := test(filepath.Join(root, pkg)); err != nil {
			t.Fatalf("the tests of %s fail: %v\n%s", pkg, err, out)
		}
	}
	free := make(chan struct{}, 2) // two at a time, as each compiles and links
	for _, m := range gotest.Part(mutants, 4, 0) {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			free <- struct{}{}
			defer func() { <-free }()
			file := filepath.Join(root, m.pkg, filepath.FromSlash(m.file))
			code := gotest.Read(t, file)
			changed := bytes.Replace(code, []byte(m.old), []byte(m.new), 1)
			if bytes.Equal(changed, code) {
				t.Fatalf("%s does not have %q", m.file, m.old)
			}
			out, err := test(filepath.Join(root, m.pkg), "-overlay", overlay(t, file, changed))
			switch {
			case err == nil:
				t.Errorf("the tests pass")
			case !bytes.Contains(out, []byte("--- FAIL")) && !bytes.Contains(out, []byte("_test.go:")): // which do not compile with it
				t.Errorf("the tests do not run: %v\n%s", err, out)
			}
		})
	}
}

// test runs the tests of the package in a folder.
func test(dir string, flags ...string) ([]byte, error) {
	cmd := exec.Command("go", append([]string{"test", "-vet=off", "-ldflags=-s -w"}, flags...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "UPDATE_GOLDEN=") // which would take over the mistakes
	return cmd.CombinedOutput()
}

// overlay returns a file that makes the go command read other code in the place
// of a file.
func overlay(t *testing.T, file string, code []byte) string {
	t.Helper()
	dir := t.TempDir()
	replacement := filepath.Join(dir, "code.go")
	list, err := json.Marshal(map[string]map[string]string{"Replace": {file: replacement}})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{replacement: code, filepath.Join(dir, "overlay.json"): list} {
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "overlay.json")
}

// Each mutant is one of its own.
func TestMutantsDiffer(t *testing.T) {
	if len(mutants) < 30 {
		t.Errorf("there are %d mutants, want 30 at least", len(mutants))
	}
	seen := map[string]bool{}
	for _, m := range mutants {
		key := strings.Join([]string{m.pkg, m.file, m.old, m.new}, "\x00")
		if seen[key] || seen[m.name] {
			t.Errorf("%s is there twice", m.name)
		}
		seen[key], seen[m.name] = true, true
	}
}
