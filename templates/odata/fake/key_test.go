package fake_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/templates/odata/fake"
)

// keyed returns a service whose items have keys of a type: one in the set "ones", two
// in the set "twos".
func keyed(typ string) *fake.Service {
	code, other := fake.Property{Name: "code", Type: typ}, fake.Property{Name: "other", Type: typ}
	return fake.New(fake.Description{
		Endpoint: "https://service.example/v1.0",
		Types: []fake.Type{
			{Name: "t.one", Keys: []string{"code"}, Properties: []fake.Property{code}},
			{Name: "t.two", Keys: []string{"code", "other"}, Properties: []fake.Property{code, other}},
		},
		Root: fake.Resource{Steps: []fake.Step{{Segment: "ones", To: "Ones"}, {Segment: "twos", To: "Twos"}}},
		Resources: []fake.Resource{
			{Name: "Ones", Type: "t.one", Collection: true, Steps: []fake.Step{{To: "One"}}}, {Name: "One", Type: "t.one"},
			{Name: "Twos", Type: "t.two", Collection: true, Steps: []fake.Step{{To: "Two"}}}, {Name: "Two", Type: "t.two"},
		},
	}, nil)
}

// An item is found by any literal of its key. An item that Seed makes up has the value
// of the literal.
func TestKeys(t *testing.T) {
	for _, test := range []struct {
		typ, value string   // of the item, in JSON
		literals   []string // of the same value; the first one makes the value
		other      string   // the literal of another value
	}{
		{"Edm.String", `"a'b''c=d"`, []string{"a'b''c=d"}, "b"},
		{"Edm.String", `"duration'PT1H'"`, []string{"duration'PT1H'"}, "PT1H"},
		{"Edm.Duration", `"PT1H30M"`, []string{"duration'PT1H30M'", "duration'PT90M'"}, "duration'PT1H'"},
		{"Edm.DateTimeOffset", `"2024-07-15T08:00:00.25Z"`, []string{"2024-07-15T08:00:00.25Z", "2024-07-15T08:00:00.250Z", "2024-07-15T10:00:00.25+02:00"}, "2024-07-15T08:00:00Z"},
		{"Edm.Date", `"2024-07-15"`, []string{"2024-07-15"}, "2024-07-16"},
		{"Edm.TimeOfDay", `"08:00:00"`, []string{"08:00:00", "08:00", "08:00:00.000"}, "08:00:01"},
		{"Edm.Binary", `"+/8="`, []string{"binary'+/8='", "binary'-_8='", "binary'-_8'"}, "binary'AAA='"},
		{"Edm.Guid", `"0A1B2C3D-0000-4000-8000-ABCDEF012345"`, []string{"0A1B2C3D-0000-4000-8000-ABCDEF012345", "0a1b2c3d-0000-4000-8000-abcdef012345"}, "0a1b2c3d-0000-4000-8000-abcdef012346"},
		{"Edm.Decimal", `12.50`, []string{"12.50", "12.5"}, "12.51"},
		{"Edm.Double", `1e+21`, []string{"1e+21", "1E21"}, "1e+20"},
		{"Edm.Double", `"INF"`, []string{"INF"}, "-INF"},
		{"Edm.Single", `"NaN"`, []string{"NaN"}, "INF"},
		{"Edm.Int64", `9007199254740993`, []string{"9007199254740993"}, "9007199254740992"},
		{"Edm.Int32", `-7`, []string{"-7"}, "7"},
		{"Edm.Boolean", `false`, []string{"false"}, "true"},
		{"t.color", `"red"`, []string{"'red'", "t.color'red'"}, "t.color'green'"},
	} {
		address := func(set, literal string) string {
			quotes := literal
			if test.typ == "Edm.String" {
				quotes = "'" + strings.ReplaceAll(literal, "'", "''") + "'"
			}
			escape := strings.NewReplacer("/", "%2F").Replace
			return map[string]string{
				"segment": "/ones/" + escape(literal), "parentheses": "/ones(" + escape(quotes) + ")",
				"parts": "/twos(code=" + escape(quotes) + ",other=" + escape(quotes) + ")",
			}[set]
		}
		for _, form := range []string{"segment", "parentheses", "parts"} {
			seeded, made := keyed(test.typ), keyed(test.typ)
			for _, set := range []string{"/ones", "/twos"} {
				item := `{"code":` + test.value + `,"other":` + test.value + `}`
				if err := seeded.Seed(set, item); err != nil {
					t.Fatal(err)
				}
				if got := send(t, seeded, "POST", set, item); got.status != http.StatusConflict {
					t.Errorf("%s: the item is created again: %d %s", test.typ, got.status, got.text)
				}
			}
			if err := made.Seed(address(form, test.literals[0])); err != nil {
				t.Fatal(err)
			}
			for _, literal := range test.literals {
				for name, s := range map[string]*fake.Service{"seeded": seeded, "made": made} {
					if got := send(t, s, "GET", address(form, literal), ""); got.status != http.StatusOK || !strings.Contains(got.text, `"code":`+test.value) {
						t.Errorf("%s, %s: %s: %s", test.typ, name, address(form, literal), got.text)
					}
				}
			}
			if got := send(t, seeded, "GET", address(form, test.other), ""); got.status != http.StatusNotFound {
				t.Errorf("%s: %s: %s", test.typ, address(form, test.other), got.text)
			}
		}
	}
	s := keyed("Edm.Int64") // as with IEEE754Compatible
	if err := s.Seed("/ones", `{"code":"9007199254740993"}`); err != nil {
		t.Fatal(err)
	}
	for literal, want := range map[string]int{"9007199254740993": http.StatusOK, "9007199254740992": http.StatusNotFound} {
		if got := send(t, s, "GET", "/ones/"+literal, ""); got.status != want {
			t.Errorf("%s: %d %s", literal, got.status, got.text)
		}
	}
}

// The service makes up keys of their type, a new one each time.
func TestNewKeys(t *testing.T) {
	for _, typ := range []string{
		"Edm.String", "Edm.Duration", "Edm.DateTimeOffset", "Edm.Date", "Edm.TimeOfDay", "Edm.Binary", "Edm.Guid", "Edm.Decimal", "Edm.Int64",
	} {
		s := keyed(typ)
		keys := map[any]bool{}
		for range 3 {
			got := send(t, s, "POST", "/ones", `{}`)
			if got.status != http.StatusCreated || keys[got.body["code"]] {
				t.Errorf("%s: %d %s", typ, got.status, got.text)
			}
			keys[got.body["code"]] = true
		}
	}
}

// The id of an open extension is its name, so that there is one of each name.
func TestOpenExtensions(t *testing.T) {
	s := fake.New(fake.Description{
		Endpoint: "https://service.example/v1.0",
		Types:    []fake.Type{{Name: "microsoft.graph.extension", Keys: []string{"id"}, Open: true}},
		Root:     fake.Resource{Steps: []fake.Step{{Segment: "extensions", To: "Extensions"}}},
		Resources: []fake.Resource{
			{Name: "Extensions", Type: "microsoft.graph.extension", Collection: true, Steps: []fake.Step{{To: "Extension"}}},
			{Name: "Extension", Type: "microsoft.graph.extension"},
		},
	}, nil)
	const extension = `{"@odata.type":"#microsoft.graph.openTypeExtension","extensionName":"com.example.theme","theme":"dark"}`
	for _, want := range []int{http.StatusCreated, http.StatusConflict} {
		if got := send(t, s, "POST", "/extensions", extension); got.status != want {
			t.Errorf("%d %s, want %d", got.status, got.text, want)
		}
	}
	if got := send(t, s, "GET", "/extensions/com.example.theme", ""); got.body["theme"] != "dark" || got.body["id"] != "com.example.theme" {
		t.Errorf("%d %s", got.status, got.text)
	}
}
