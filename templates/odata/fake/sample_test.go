package fake_test

import (
	"bytes"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/msgraphgen/msgraphgen/templates/odata"
	"github.com/msgraphgen/msgraphgen/templates/odata/fake"
)

// Item is what a generated package has for the type of the tests.
type Item struct {
	ID             odata.Opt[string]         `json:"id,omitzero"`
	Title          odata.Opt[string]         `json:"title,omitzero"`
	Count          odata.Opt[int32]          `json:"count,omitzero"`
	Done           odata.Opt[bool]           `json:"done,omitzero"`
	Due            odata.Opt[time.Time]      `json:"due,omitzero"`
	Day            odata.Opt[odata.Date]     `json:"day,omitzero"`
	Price          odata.Opt[odata.Decimal]  `json:"price,omitzero"`
	Tags           odata.List[string]        `json:"tags,omitzero"`
	Size           odata.Opt[*Size]          `json:"size,omitzero"`
	Sizes          odata.List[*Size]         `json:"sizes,omitzero"`
	Color          odata.Opt[string]         `json:"color,omitzero"`
	AdditionalData map[string]jsontext.Value `json:",embed"`
}

// Size is a complex type.
type Size struct {
	Width          odata.Opt[float64]        `json:"width,omitzero"`
	Unit           odata.Opt[string]         `json:"unit,omitzero"`
	AdditionalData map[string]jsontext.Value `json:",embed"`
}

const (
	itemID    odata.Field[Item, string]        = "id"
	itemTitle odata.Field[Item, string]        = "title"
	itemCount odata.Field[Item, int32]         = "count"
	itemDone  odata.Field[Item, bool]          = "done"
	itemDue   odata.Field[Item, time.Time]     = "due"
	itemDay   odata.Field[Item, odata.Date]    = "day"
	itemPrice odata.Field[Item, odata.Decimal] = "price"
	itemTags  odata.Collection[Item, string]   = "tags"
	itemSize  odata.Field[Item, *Size]         = "size"
	itemSizes odata.Collection[Item, Size]     = "sizes"
	itemColor odata.Field[Item, string]        = "color"
	sizeWidth odata.Field[Size, float64]       = "width"
	sizeUnit  odata.Field[Size, string]        = "unit"
)

func description() fake.Description {
	item := func(name string) fake.Resource {
		return fake.Resource{Name: name, Type: "t.item", Contained: true, Steps: []fake.Step{
			{Segment: "parts", To: "Parts"}, {Segment: "owner", To: "Owner"}, {Segment: "friends", To: "Friends"},
			{Segment: "size", To: "Size", Value: true}, {Segment: "t.special", To: "SpecialItem", Cast: true},
		}, Methods: []fake.Method{
			{Field: "ItemGet", Kind: "Get"},
			{Field: "ItemSend", Kind: "Action", Segment: "send"},
			{Field: "ItemAge", Kind: "Function", Segment: "age", Parameters: []string{"on"}},
			{Field: "ItemSum", Kind: "Function", Segment: "sum", Parameters: []string{"octets", "factor"}},
			{Kind: "Download", Segment: "$value"}, {Kind: "Upload", Segment: "$value"},
		}}
	}
	collection := func(name, to string, contained bool) fake.Resource {
		return fake.Resource{Name: name, Type: "t.item", Collection: true, Contained: contained, Steps: []fake.Step{
			{To: to}, {Segment: "t.special", To: "Special", Cast: true},
		}, Methods: []fake.Method{{Field: "ItemsCreate", Kind: "Create"}, {Kind: "Delta", Segment: "delta"}}}
	}
	return fake.Description{
		Endpoint: "https://service.example/v1.0", TopIsPageSize: true,
		Types: []fake.Type{
			{Name: "t.item", Keys: []string{"id"}, Properties: []fake.Property{
				{Name: "id", Type: "Edm.String", Kind: fake.ReadOnly}, {Name: "title", Type: "Edm.String"}, {Name: "count", Type: "Edm.Int32"},
				{Name: "done", Type: "Edm.Boolean"}, {Name: "due", Type: "Edm.DateTimeOffset"}, {Name: "day", Type: "Edm.Date"},
				{Name: "price", Type: "Edm.Decimal"}, {Name: "tags", Type: "Collection(Edm.String)"}, {Name: "size", Type: "t.size"},
				{Name: "sizes", Type: "Collection(t.size)"}, {Name: "color", Type: "t.color"},
				{Name: "labels", Type: "t.labels"},
				{Name: "createdDateTime", Type: "Edm.DateTimeOffset", Kind: fake.ReadOnly},
				{Name: "lastModifiedDateTime", Type: "Edm.DateTimeOffset", Kind: fake.ReadOnly},
				{Name: "parts", Type: "Collection(t.item)", Kind: fake.Navigation},
				{Name: "owner", Type: "t.item", Kind: fake.Navigation},
				{Name: "friends", Type: "Collection(t.item)", Kind: fake.Navigation},
			}},
			{Name: "t.special", Base: "t.item", Open: true, Properties: []fake.Property{{Name: "gift", Type: "Edm.String"}}},
			{Name: "t.other", Base: "t.item"},
			{Name: "t.labels", Open: true},
			{Name: "t.size", Properties: []fake.Property{{Name: "width", Type: "Edm.Double"}, {Name: "unit", Type: "Edm.String"}, {Name: "limit", Type: "t.size"}}},
		},
		Root: fake.Resource{Steps: []fake.Step{{Segment: "items", To: "Items"}, {Segment: "home", To: "Home"}}},
		Resources: []fake.Resource{
			collection("Items", "Item", true), item("Item"), collection("Parts", "Part", true), item("Part"), item("Home"),
			{Name: "Owner", Type: "t.item", Steps: []fake.Step{{Segment: "t.special", To: "SpecialItem", Cast: true}}},
			collection("Friends", "Friend", false), {Name: "Friend", Type: "t.item"},
			{Name: "Special", Type: "t.special", Collection: true},
			{Name: "SpecialItem", Type: "t.special", Steps: []fake.Step{{Segment: "parts", To: "Parts"}}, Methods: []fake.Method{
				{Kind: "Update", Status: http.StatusNoContent}, {Kind: "Replace"},
			}},
			{Name: "Size", Type: "t.size", Steps: []fake.Step{{Segment: "limit", To: "Limit", Value: true}}}, {Name: "Limit", Type: "t.size"},
		},
	}
}

// overrides are the fields of a generated service.
type overrides struct {
	ItemGet     func(*fake.Call) (*Item, error)
	ItemsCreate func(*fake.Call, *Item) (*Item, error)
	ItemSend    func(*fake.Call, *Size) error
	ItemAge     func(*fake.Call, odata.Date) (int32, error)
	ItemSum     func(*fake.Call, []uint8, float64) ([]uint8, error)
}

func newService(o *overrides, options ...*fake.Options) *fake.Service {
	return fake.New(description(), o, options...)
}

func newClient(t testing.TB, s *fake.Service) *odata.Client {
	t.Helper()
	client, err := odata.NewClient(nil, odata.Config{Package: "test"}, s.ClientOptions())
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// reply is a response.
type reply struct {
	status int
	header http.Header
	body   map[string]any
	text   string
}

// send sends a request without a client. The header is pairs of names and values.
func send(t testing.TB, s *fake.Service, method, address, body string, header ...string) reply {
	t.Helper()
	if !strings.HasPrefix(address, "https://") {
		address = "https://service.example/v1.0" + address
	}
	r, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	response, err := s.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	got := reply{status: response.StatusCode, header: response.Header, text: string(data)}
	if bytes.HasPrefix(data, []byte("{")) {
		if err := json.Unmarshal(data, &got.body); err != nil {
			t.Fatal(err)
		}
	}
	return got
}

// values returns the items of a list.
func (r reply) values() []map[string]any {
	var list []map[string]any
	items, _ := r.body["value"].([]any)
	for _, item := range items {
		list = append(list, item.(map[string]any))
	}
	return list
}

// code returns the code of an error.
func (r reply) code() string {
	e, _ := r.body["error"].(map[string]any)
	code, _ := e["code"].(string)
	return code
}
