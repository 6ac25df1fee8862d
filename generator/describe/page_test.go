package describe_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/describe"
	"github.com/msgraphgen/msgraphgen/generator/report"
)

// evil does something on a terminal, in a page and in a script that shows it
// carelessly, and is wider than a screen.
const evil = "looooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooong\x1b[2J\r\n\"'`><img src=x onerror=alert(1)><script>alert(2)</script>{{x}}\u202egpj\x00"

// described are descriptions of all kinds, whose names no front end lets pass.
var described = map[string]*describe.Description{
	"type": {Type: &describe.Type{
		Name: "zoo." + evil, Kind: "entity type", Description: evil, Deprecated: evil, Page: "javascript:alert(3)//" + evil, Position: evil + ":1:1",
		Ancestors: []string{"zoo.base" + evil}, Derived: []describe.Derived{{Name: "zoo.derived" + evil}},
		Properties: []describe.Property{
			{Name: evil, Type: "Collection(zoo." + evil + ")", NotNull: true, ReadOnly: evil, DeclaredBy: "zoo." + evil, Description: evil},
			{Name: "id", Type: "Edm.String", Key: true, NotNull: true, DeclaredBy: "zoo.base" + evil},
			{Name: "keepers", Type: "Collection(zoo.keeper)", Navigation: true, DeclaredBy: "zoo.base" + evil},
		},
		UsedBy: []string{"zoo.cage/" + evil}, Methods: []string{"POST /cages/" + evil},
	}},
	"enum": {Type: &describe.Type{
		Name: "zoo.feather", Kind: "enumeration", Page: "https://zoo.example/\"'><script>alert(4)</script>?a=1&b=2", Position: "zoo.xml:9:1",
		Members: []describe.Member{
			{Name: "down", Value: new(int64(0))}, {Name: evil, Value: new(int64(-1)), Description: evil}, {Name: "quill"},
			{Name: "m3"}, {Name: "m4"}, {Name: "m5"}, {Name: "m6"}, {Name: "m7"}, {Name: "m8"}, {Name: "m9"}, {Name: "m10"},
		},
	}},
	"path": {Path: &describe.Path{
		Path: "/cages/" + evil, Type: "Collection(zoo." + evil + ")", Resource: "zoo.cage/" + evil, Verbs: []string{"POST"}, Next: []string{"{" + evil + "}"},
		Settable: []string{"born", evil}, Refused: []string{evil, "id"}, Description: evil, Position: evil + ":1:1",
	}},
	"methods": {Methods: []describe.Method{
		{Verb: "POST", Path: "/cages", Type: "Collection(zoo.cage)", Description: "A cage."}, {Verb: "POST", Path: "/" + evil, Type: "Collection(zoo." + evil + ")", Description: evil},
	}},
	"requests": {Asked: "/cages/" + evil, Requests: []describe.Request{{
		Verb: "POST", Kind: "Action", Path: "/cages/" + evil, Resource: "zoo.cage/" + evil, Operation: "zoo." + evil, Description: evil, Page: "javascript:alert(3)//" + evil,
		Parameters: []describe.Parameter{{Name: evil, Type: "Collection(zoo." + evil + ")", NotNull: true, Description: evil}},
		Query:      []string{evil},
		Body:       evil, Returns: evil, Settable: []string{evil}, Refused: []string{evil}, Position: evil + ":1:1",
		Permissions: describe.MethodPermissions{Callers: describe.Callers[[]describe.Grant]{Delegated: []describe.Grant{{Of: evil, Supported: true, AnyOf: [][]string{{evil}}}}}},
	}, {Verb: "GET", Kind: "Function", Path: "/cages/count", Page: "https://zoo.example/count"}}},
	"matches": {Hits: []describe.Hit{{Kind: "type", Name: "zoo.cage"}, {Kind: "property", Name: "zoo.bird/" + evil, Description: evil}}},
	"closure": {Closure: []describe.Reason{
		{Type: "zoo." + evil, Chain: []string{"POST /" + evil, "zoo.bird", "property " + evil + " of type zoo." + evil}},
		{Type: "zoo.bird", Chain: []string{"POST /" + evil, "zoo.bird"}},
		{Type: "zoo.nest", Chain: []string{"zoo.nest (asked for)"}},
	}},
}

// UPDATE_GOLDEN=1 rewrites the pages. The tests in browser open them.
func TestPages(t *testing.T) {
	for name, d := range described {
		t.Run(name, func(t *testing.T) {
			got := page(t, d)
			file := filepath.Join("testdata", name+".html")
			if os.Getenv("UPDATE_GOLDEN") == "1" {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("%s differs; UPDATE_GOLDEN=1 rewrites it\n%s", file, diff)
			}
		})
	}
}

func page(t *testing.T, d *describe.Description) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := describe.Forms.Write(&b, "html", d, report.TextOptions{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The address of a reference page is a link only if it is safe to follow.
func TestLink(t *testing.T) {
	for address, link := range map[string]string{
		"https://zoo.example/bird":      `href="https://zoo.example/bird"`,
		"HTTPS://zoo.example/bird":      `href="https://zoo.example/bird"`,
		`https://zoo.example/"onload=`:  `href="https://zoo.example/%22onload="`,
		`https://zoo.example/?"><evil>`: `href="https://zoo.example/?`,
		"http://zoo.example/bird":       "",
		"javascript:alert(1)":           "",
		"JavaScript://zoo.example/%0a":  "",
		" javascript:alert(1)":          "",
		"data:text/html,x":              "",
		"//zoo.example/bird":            "",
		"/bird":                         "",
		"https:bird":                    "",
		"https:///bird":                 "",
		"https://zoo.example\n/":        "",
		"":                              "",
	} {
		got := string(page(t, &describe.Description{Type: &describe.Type{Name: "zoo.bird", Kind: "entity type", Page: address}}))
		links := strings.Count(got, "href=\"") - strings.Count(got, `href="#`) - strings.Count(got, `href="data:,"`)
		if strings.Contains(got, "<evil>") {
			t.Errorf("%q is not escaped", address)
		}
		if want := min(len(link), 1); links != want || !strings.Contains(got, link) {
			t.Errorf("%q: %d links, want %d: %s", address, links, want, link)
		}
	}
}

// Few rows need no filter, and a page hides many names until it is asked.
func TestSizes(t *testing.T) {
	d := &describe.Type{Name: "zoo.bird", Kind: "entity type"}
	if nothing := string(page(t, &describe.Description{Type: d})); strings.Contains(nothing, "<nav") || strings.Contains(nothing, "<section") {
		t.Error("a type without facts has sections")
	}
	for range 10 {
		d.Properties = append(d.Properties, describe.Property{Name: "p", Type: "Edm.String", DeclaredBy: "zoo.bird"})
	}
	for range 40 {
		d.UsedBy = append(d.UsedBy, "zoo.cage/birds")
	}
	small := string(page(t, &describe.Description{Type: d}))
	if strings.Contains(small, `role="search"`) || strings.Contains(small, "<details>") {
		t.Error("ten properties have a filter, or forty names are hidden")
	}
	d.Properties = append(d.Properties, d.Properties[0])
	d.UsedBy = append(d.UsedBy, d.UsedBy[0])
	large := string(page(t, &describe.Description{Type: d}))
	if !strings.Contains(large, "11 of 11 properties") || !strings.Contains(large, "<summary>Show all 41</summary>") {
		t.Error("eleven properties have no filter, or 41 names are not hidden")
	}
}
