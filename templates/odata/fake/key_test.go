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
			{Name: "t.list", Properties: []fake.Property{{Name: "ones", Type: "Collection(t.one)", Kind: fake.Navigation}}},
			{Name: "t.two", Keys: []string{"code", "other"}, Properties: []fake.Property{code, other}},
		},
		Root: fake.Resource{Steps: []fake.Step{{Segment: "ones", To: "Ones"}, {Segment: "twos", To: "Twos"}, {Segment: "lists", To: "Lists"}}},
		Resources: []fake.Resource{
			{Name: "Ones", Type: "t.one", Collection: true, Steps: []fake.Step{{To: "One"}}}, {Name: "One", Type: "t.one"},
			{Name: "Twos", Type: "t.two", Collection: true, Steps: []fake.Step{{To: "Two"}}}, {Name: "Two", Type: "t.two"},
			{Name: "Lists", Type: "t.list", Collection: true},
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

// orders returns a service with a key of several properties, aliases, and alternate keys.
func orders() *fake.Service {
	line := []fake.Property{
		{Name: "order", Type: "t.order"}, {Name: "product", Type: "Edm.String"}, {Name: "code", Type: "Edm.Duration"},
		{Name: "shop", Type: "Edm.String"}, {Name: "till", Type: "Edm.Int32"}, {Name: "next", Type: "t.line", Kind: fake.Navigation},
	}
	return fake.New(fake.Description{
		Endpoint: "https://service.example/v1.0",
		Types: []fake.Type{
			{Name: "t.line", KeyProperties: []fake.KeyProperty{{Name: "orderNumber", Path: "order/number"}, {Name: "product", Path: "product"}}, Properties: line,
				AlternateKeys: [][]fake.KeyProperty{{{Name: "c", Path: "code"}}, {{Name: "shop", Path: "shop"}, {Name: "till", Path: "till"}}}},
			{Name: "t.special", Base: "t.line"},
			{Name: "t.order", Properties: []fake.Property{{Name: "number", Type: "Edm.Int32"}, {Name: "note", Type: "Edm.String"}}},
			{Name: "t.bill", KeyProperties: []fake.KeyProperty{{Name: "orderNumber", Path: "order/number"}}, Properties: line[:1]},
		},
		Root: fake.Resource{Steps: []fake.Step{{Segment: "lines", To: "Lines"}, {Segment: "bills", To: "Bills"}}},
		Resources: []fake.Resource{
			{Name: "Lines", Type: "t.line", Collection: true, Steps: []fake.Step{{To: "Line"}}, Methods: []fake.Method{{Kind: "Delta", Segment: "delta"}}},
			{Name: "Line", Type: "t.line", Steps: []fake.Step{{Segment: "order", To: "Order", Value: true}, {Segment: "next", To: "Next"}}},
			{Name: "Next", Type: "t.line"}, {Name: "Order", Type: "t.order"},
			{Name: "Bills", Type: "t.bill", Collection: true, Steps: []fake.Step{{To: "Bill"}}}, {Name: "Bill", Type: "t.bill"},
		},
	}, nil)
}

// A key in an address has all of its parts, by the names that they have there. The
// address of an item leads to it.
func TestKeysOfSeveralParts(t *testing.T) {
	s := orders()
	for product, location := range map[string]string{
		"a/b": "/lines(orderNumber=7,product='a%2Fb')", "it's, (=)": "/lines(orderNumber=7,product='it%27%27s%2C%20%28=%29')",
	} {
		got := send(t, s, "POST", "/lines", `{"@odata.type":"#t.special","order":{"number":7},"product":"`+product+`","code":"PT1H"}`)
		if want := "https://service.example/v1.0" + location; got.status != http.StatusCreated || got.header.Get("Location") != want {
			t.Errorf("%d %s is at\n%s, want\n%s", got.status, got.text, got.header.Get("Location"), want)
		}
		if got := send(t, s, "GET", location, ""); got.body["product"] != product {
			t.Errorf("%s is %s", location, got.text)
		}
	}
	if got := send(t, s, "POST", "/lines", `{"order":{"number":7},"product":"a/b"}`); got.status != http.StatusConflict {
		t.Errorf("the same key: %d %s", got.status, got.text)
	}
	if err := s.Seed("/lines", `{"order":{"number":8,"note":"x"},"product":"a","code":"PT2H","shop":"s","till":1}`); err != nil {
		t.Fatal(err)
	}
	const line = "/lines(product='a',orderNumber=8)"
	for address, want := range map[string]string{
		line: "", "/lines(c=duration'PT2H')": "", "/lines(c=duration'PT120M')": "", "/lines(shop='s',till=1)": "",
		"/lines/8": "the key 8 is not that of a t.line, which is (orderNumber=…,product=…)", "/lines(8)": "the key 8 is not", "/lines(orderNumber=8)": "the key orderNumber=8 is not",
		"/lines(product='a')": "is not that", "/lines(product='a',product='a')": "is not that", "/lines(shop='s')": "is not that", "/lines(till=1)": "is not that",
		"/lines(orderNumber=8,product='b')": "there is no item with the key orderNumber=8,product=b", "/lines(shop='s',till=2)": "there is no item",
	} {
		got := send(t, s, "GET", address, "")
		if want == "" && got.body["product"] != "a" || want != "" && (got.status != http.StatusNotFound || !strings.Contains(got.text, want)) {
			t.Errorf("%s: %d %s", address, got.status, got.text)
		}
	}

	// References have the address of the item, with and without the entity set.
	for _, address := range []string{"https://service.example/v1.0/lines(orderNumber=8,product='a')", "https://service.example/v1.0/others(orderNumber=8,product='a')"} {
		if got := send(t, s, "PUT", line+"/next/$ref", `{"@odata.id":"`+address+`"}`); got.status != http.StatusNoContent {
			t.Errorf("%d %s", got.status, got.text)
		}
		if got := send(t, s, "GET", line+"/next/$ref", ""); got.body["@odata.id"] != "https://service.example/v1.0/lines(orderNumber=8,product='a')" {
			t.Errorf("the reference is %s", got.text)
		}
	}

	// The key stays as it is.
	for _, test := range []struct {
		verb, address, body, want string
	}{
		{"PATCH", line, `{"order":{"number":9}}`, "the key order/number cannot be changed"},
		{"PATCH", line + "/order", `{"number":9}`, "the key order/number cannot be changed"},
		{"PATCH", line, `{"product":"b"}`, "the key product cannot be changed"},
		{"PATCH", line, `{"order":{"number":8,"note":"y"}}`, `"order":{"note":"y","number":8}`},
		{"PATCH", line + "/order", `{"note":"z"}`, `{"note":"z","number":8}`},
		{"PUT", line + "/order", `{}`, `{"number":8}`},
		{"PATCH", line, `{"order":null}`, `"order":{"number":8}`},
		{"PUT", line, `{"till":3}`, `"order":{"number":8},"product":"a","till":3}`},
	} {
		if got := send(t, s, test.verb, test.address, test.body); !strings.Contains(got.text, test.want) {
			t.Errorf("%s %s %s: %d %s", test.verb, test.address, test.body, got.status, got.text)
		}
	}

	// Seed takes the key from the path.
	if err := s.Seed("/lines(orderNumber=5,product='made')"); err != nil {
		t.Error(err)
	}
	if err := s.Seed("/lines(c=duration'PT5H')"); err != nil {
		t.Error(err)
	}
	for address, want := range map[string]string{"/lines(orderNumber=5,product='made')": `"order":{"number":5}`, "/lines(c=duration'PT5H')": `"code":"PT5H"`} {
		if got := send(t, s, "GET", address, ""); !strings.Contains(got.text, want) {
			t.Errorf("%s: %s", address, got.text)
		}
	}
	if err := s.Seed("/lines/5"); err == nil || !strings.Contains(err.Error(), "fake: /lines/5: the key 5 is not that of a t.line") {
		t.Error(err)
	}
	if got := send(t, s, "GET", "/lines/delta?$select=code", ""); !strings.Contains(got.text, `"order":{"number":8},"product":"a"`) {
		t.Errorf("the delta is %s", got.text)
	}
}

// A key that is a part of a value is set there.
func TestKeyInAValue(t *testing.T) {
	s := orders()
	for _, body := range []string{`{}`, `{"order":{"note":"x"}}`, `{"order":null}`} {
		made := send(t, s, "POST", "/bills", body)
		order, _ := made.body["order"].(map[string]any)
		if made.status != http.StatusCreated || order["number"] == nil || made.body["order/number"] != nil {
			t.Errorf("%s: %d %s", body, made.status, made.text)
		}
		if got := send(t, s, "GET", made.header.Get("Location"), ""); got.body["order"] == nil {
			t.Errorf("%s: %s", made.header.Get("Location"), got.text)
		}
	}
	if err := s.Seed("/bills", `{"order":{"number":5}}`); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"/bills/5", "/bills(5)", "/bills(orderNumber=5)"} {
		if got := send(t, s, "GET", address, ""); got.status != http.StatusOK {
			t.Errorf("%s: %s", address, got.text)
		}
	}
}

// A key that would mean something else as a segment stands in parentheses.
func TestAddressesOfKeys(t *testing.T) {
	for key, want := range map[string]string{"$count": "/ones('$count')", "..": "/ones('..')", "a b": "/ones/a%20b"} {
		s := keyed("Edm.String")
		got := send(t, s, "POST", "/ones", `{"code":"`+key+`"}`)
		if location := got.header.Get("Location"); !strings.HasSuffix(location, want) || send(t, s, "GET", location, "").body["code"] != key {
			t.Errorf("%s is at %s", key, location)
		}
	}
}

// A key can begin with a parenthesis.
func TestKeysWithParentheses(t *testing.T) {
	s := newService(nil)
	for _, key := range []string{"(1)", "()", "(a=1)", "(", "1(2)"} {
		if err := s.Seed("/items", `{"id":"`+key+`"}`); err != nil {
			t.Fatal(err)
		}
		for _, address := range []string{"/items/" + key, "/items('" + key + "')"} {
			if got := send(t, s, "GET", address, ""); got.body["id"] != key {
				t.Errorf("%s: %s", address, got.text)
			}
		}
	}
}

// Times of day are compared to the picosecond.
func TestPicoseconds(t *testing.T) {
	s := keyed("Edm.TimeOfDay")
	if err := s.Seed("/ones", `{"code":"13:20:45.123456789012"}`, `{"code":"13:20"}`); err != nil {
		t.Fatal(err)
	}
	for filter, want := range map[string]int{
		"code eq 13:20:45.123456789012": 1, "code eq 13:20:45.123456789011": 0, "code gt 13:20:45.123456789011": 1, "code lt 13:20:45.123456789011": 1,
		"code eq 13:20:00.000": 1, "hour(code) eq 13": 2, "second(code) eq 45": 1, "code lt time(2024-07-15T13:20:45.5Z)": 2, "code gt time(2024-07-15T13:20:45Z)": 1,
	} {
		if got := send(t, s, "GET", "/ones?$filter="+strings.ReplaceAll(filter, " ", "%20"), ""); len(got.values()) != want || got.status != http.StatusOK {
			t.Errorf("%s: %s", filter, got.text)
		}
	}
}

// The addresses that the service writes have keys in the form of the service.
func TestAddressesWithParentheses(t *testing.T) {
	d := description()
	d.KeysInParentheses = true
	s := fake.New(d, nil)
	location := send(t, s, "POST", "/items", `{"parts":[{}],"title":"a"}`).header.Get("Location")
	if want := "https://service.example/v1.0/items('00000000-0000-4000-8000-000000000003')"; location != want {
		t.Errorf("the item is at %s, want %s", location, want)
	}
	if got := send(t, s, "GET", location, ""); got.body["title"] != "a" {
		t.Errorf("%s: %s", location, got.text)
	}
}
