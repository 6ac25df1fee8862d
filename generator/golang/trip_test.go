package golang_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// testTrips runs the tests of a package, which has n round trips.
func testTrips(t *testing.T, n int, options golang.Options, declarations string, include ...string) {
	t.Helper()
	files, err := golang.Render(plan(t, declarations, api.Options{Include: include}, options))
	if err != nil {
		t.Fatal(err)
	}
	trips := 0
	for _, code := range files {
		trips += strings.Count(string(code), "_RoundTrip(t *testing.T)")
	}
	if trips != n {
		t.Errorf("the package has %d round trips, want %d", trips, n)
	}
	runTests(t, files)
}

// runTests vets a package and runs its tests.
func runTests(t *testing.T, files map[string][]byte) {
	t.Helper()
	dir := gotest.Module(t)
	write(t, dir, "graph", files)
	gotest.Go(t, dir, "vet", "./...")
	gotest.Go(t, dir, "test", "-vet=off", "-ldflags=-s -w", "./...")
}

// Items below a type cast can be created in the fake service, whether the cast is
// behind a key, a collection, a singleton, or a single entity.
func TestTripsBelowCasts(t *testing.T) {
	testTrips(t, 5, golang.Options{}, `
<EntityType Name="entity" Abstract="true"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/></EntityType>
<EntityType Name="app" BaseType="graph.entity" Abstract="true"><NavigationProperty Name="main" Type="graph.app" ContainsTarget="true"/></EntityType>
<EntityType Name="desk" BaseType="graph.app"><NavigationProperty Name="screens" Type="Collection(graph.part)" ContainsTarget="true"/></EntityType>
<EntityType Name="bigDesk" BaseType="graph.desk"><NavigationProperty Name="legs" Type="Collection(graph.part)" ContainsTarget="true"/></EntityType>
<EntityType Name="phone" BaseType="graph.app"><NavigationProperty Name="cards" Type="Collection(graph.part)" ContainsTarget="true"/></EntityType>
<EntityType Name="watch" BaseType="graph.app"><NavigationProperty Name="straps" Type="Collection(graph.part)" ContainsTarget="true"/></EntityType>
<EntityType Name="car" BaseType="graph.app"><NavigationProperty Name="doors" Type="Collection(graph.part)" ContainsTarget="true"/></EntityType>
<EntityType Name="part" BaseType="graph.entity"><Property Name="name" Type="Edm.String"/></EntityType>
<EntityContainer Name="c"><EntitySet Name="apps" EntityType="graph.app"/><Singleton Name="best" Type="graph.app"/></EntityContainer>`,
		"/apps/*/microsoft.graph.desk/screens/**", "/apps/*/microsoft.graph.bigDesk/legs/**", "/apps/microsoft.graph.phone/*/cards/**",
		"/best/microsoft.graph.watch/straps/**", "/apps/*/main/microsoft.graph.car/doors/**")
}

// Items whose key is of any type that a key can have are found in the fake service by
// the literal that the client writes, alone and as a part of a key.
func TestTripsByKeys(t *testing.T) {
	types := []string{
		"Edm.Binary", "Edm.Boolean", "Edm.Byte", "Edm.Date", "Edm.DateTimeOffset", "Edm.Decimal", "Edm.Double", "Edm.Duration", "Edm.Guid",
		"Edm.Int16", "Edm.Int32", "Edm.Int64", "Edm.SByte", "Edm.Single", "Edm.String", "Edm.TimeOfDay", "graph.color", "graph.days",
	}
	for _, keys := range gotest.Part([]string{"segments", "parentheses"}, 2, 0) {
		t.Run(keys, func(t *testing.T) {
			var declarations, sets strings.Builder
			var include []string
			for i, of := range types {
				for _, second := range []string{"", `<PropertyRef Name="other"/>`} {
					set := fmt.Sprintf("set%d%t", i, second != "")
					fmt.Fprintf(&declarations, `<EntityType Name="of%s"><Key><PropertyRef Name="code"/>%s</Key>
<Property Name="code" Type="%s" Nullable="false"/><Property Name="other" Type="%[3]s" Nullable="false"/><Property Name="name" Type="Edm.String"/></EntityType>`, set, second, of)
					fmt.Fprintf(&sets, `<EntitySet Name="%s" EntityType="graph.of%[1]s"/>`, set)
					include = append(include, "/"+set+"/**")
				}
			}
			declarations.WriteString(`<EnumType Name="color"><Member Name="red"/><Member Name="green"/></EnumType>
<EnumType Name="days" IsFlags="true"><Member Name="monday" Value="1"/><Member Name="tuesday" Value="2"/></EnumType>
<EntityContainer Name="c">` + sets.String() + `</EntityContainer>`)
			testTrips(t, 2*len(types), golang.Options{Keys: keys}, declarations.String(), include...)
		})
	}
}

// The fake service finds items by their key where the package has no struct for them,
// but only methods for what is below them.
func TestKeysOfParents(t *testing.T) {
	files, err := golang.Render(plan(t, `
<EntityType Name="trip"><Key><PropertyRef Name="length"/></Key><Property Name="length" Type="Edm.Duration" Nullable="false"/>
<NavigationProperty Name="stops" Type="Collection(graph.stop)" ContainsTarget="true"/></EntityType>
<EntityType Name="stop"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/></EntityType>
<EntityContainer Name="c"><EntitySet Name="trips" EntityType="graph.trip"/></EntityContainer>`,
		api.Options{Include: []string{"/trips/*/stops"}}, golang.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	files["parents_test.go"] = []byte(`package graph_test

import (
	"testing"

	"example.com/downstream/graph"
	"example.com/downstream/graph/fake"
	"github.com/msgraphgen/msgraphgen/templates/odata"
)

func TestParents(t *testing.T) {
	service := fake.NewService()
	if err := service.Seed("/trips", ` + "`" + `{"length":"PT90M"}` + "`" + `); err != nil {
		t.Fatal(err)
	}
	client, err := graph.NewClient(nil, service.ClientOptions())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Trips().ByID(odata.Duration("PT1H30M")).Stops().Create(t.Context(), &graph.Stop{}, nil); err != nil {
		t.Error(err)
	}
}
`)
	runTests(t, files)
}

// A collection of Edm.Byte is an array in the address of a function and in its result,
// not the base64 text that Go makes of bytes.
func TestFunctionsOfBytes(t *testing.T) {
	files, err := golang.Render(plan(t, `
<Function Name="sum"><Parameter Name="octets" Type="Collection(Edm.Byte)" Nullable="false"/><ReturnType Type="Collection(Edm.Byte)" Nullable="false"/></Function>
<EntityContainer Name="c"><FunctionImport Name="sum" Function="graph.sum"/></EntityContainer>`,
		api.Options{Include: []string{"/sum"}}, golang.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	files["bytes_test.go"] = []byte(`package graph_test

import (
	"testing"

	"example.com/downstream/graph"
	"example.com/downstream/graph/fake"
)

func TestBytes(t *testing.T) {
	service := fake.NewService()
	service.Sum = func(_ *fake.Call, octets []uint8) ([]uint8, error) { return append(octets, 10), nil }
	client, err := graph.NewClient(nil, service.ClientOptions())
	if err != nil {
		t.Fatal(err)
	}
	list, err := client.Sum([]uint8{8, 9}).Get(t.Context(), nil)
	if err != nil || list.String() != "[8,9,10]" {
		t.Error(list, err)
	}
	if got := service.Requests()[0].Query.Get("@octets"); got != "[8,9]" {
		t.Error(got)
	}
}
`)
	runTests(t, files)
}

// The fake service finds items by keys of several properties, by parts of complex
// properties, and by alternate keys with an alias, whether the package has a struct for
// the items or not. The Location of an item leads to it.
func TestFakeKeys(t *testing.T) {
	files, err := golang.Render(plan(t, `
<ComplexType Name="label"><Property Name="number" Type="Edm.Int32"/></ComplexType>
<ComplexType Name="mark"><Property Name="day" Type="Edm.Date"/></ComplexType>
<EntityType Name="box"><Key><PropertyRef Name="label/number" Alias="labelNumber"/></Key><Property Name="label" Type="graph.label"/></EntityType>
<EntityType Name="pair"><Key><PropertyRef Name="no"/><PropertyRef Name="name"/></Key><Property Name="no" Type="Edm.Int32"/><Property Name="name" Type="Edm.String"/></EntityType>
<EntityType Name="thing"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/><Property Name="code" Type="Edm.Guid"/>
<Annotation Term="Org.OData.Core.V1.AlternateKeys"><Collection><Record><PropertyValue Property="Key"><Collection><Record>
<PropertyValue Property="Alias" String="c"/><PropertyValue Property="Name" PropertyPath="code"/></Record></Collection></PropertyValue></Record></Collection></Annotation></EntityType>
<EntityType Name="room"><Key><PropertyRef Name="mark/day" Alias="day"/></Key><Property Name="mark" Type="graph.mark"/>
<NavigationProperty Name="things" Type="Collection(graph.thing)" ContainsTarget="true"/></EntityType>
<EntityContainer Name="c"><EntitySet Name="boxes" EntityType="graph.box"/><EntitySet Name="pairs" EntityType="graph.pair"/>
<EntitySet Name="things" EntityType="graph.thing"/><EntitySet Name="rooms" EntityType="graph.room"/></EntityContainer>`,
		api.Options{Include: []string{"/boxes/**", "/pairs/**", "/things/**", "/rooms/*/things"}}, golang.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	files["keys_test.go"] = []byte(`package graph_test

import (
	"testing"

	"example.com/downstream/graph"
	"example.com/downstream/graph/fake"
	"github.com/msgraphgen/msgraphgen/templates/odata"
)

func TestKeys(t *testing.T) {
	ctx, service := t.Context(), fake.NewService()
	client, err := graph.NewClient(nil, service.ClientOptions())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"b", "a"} {
		var r odata.Response
		if _, err := client.Pairs().Create(ctx, &graph.Pair{No: odata.Of(int32(7)), Name: odata.Of(name)}, &graph.Options{Response: &r}); err != nil {
			t.Fatal(err)
		}
		if want := "https://graph.microsoft.com/v1.0/pairs(no=7,name='" + name + "')"; r.Location() != want {
			t.Errorf("the location is %s, want %s", r.Location(), want)
		}
		if pair, err := client.Pairs().ByKey(7, name).Get(ctx, nil); err != nil || pair.Name.Or("") != name {
			t.Error(pair, err)
		}
	}
	box, err := client.Boxes().Create(ctx, &graph.Box{Label: odata.Of(&graph.Label{Number: odata.Of(int32(5))})}, nil)
	if err != nil || box.AdditionalData["label/number"] != nil {
		t.Fatal(box, err)
	}
	if _, err := client.Boxes().ByID(5).Get(ctx, nil); err != nil {
		t.Error(err)
	}
	const code = odata.Guid("5f1d1c5e-0b86-4e4a-9a3b-5a9e1d4f7c21")
	if _, err := client.Things().Create(ctx, &graph.Thing{Code: odata.Of(code)}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Things().ByC(code).Get(ctx, nil); err != nil {
		t.Error(err)
	}
	if err := service.Seed("/rooms", ` + "`" + `{"mark":{"day":"2024-07-15"}}` + "`" + `); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Rooms().ByID(odata.Date{Year: 2024, Month: 7, Day: 15}).Things().Create(ctx, &graph.Thing{}, nil); err != nil {
		t.Error(err)
	}
}
`)
	runTests(t, files)
	for _, want := range []string{
		`KeyProperties: []odatafake.KeyProperty{{Name: "day", Path: "mark/day"}}, Open: true`, `{Name: "day", Type: "Edm.Date"}`,
		`Keys: []string{"no", "name"}, Prop`, `AlternateKeys: [][]odatafake.KeyProperty{{{Name: "c", Path: "code"}}}`,
	} {
		if !strings.Contains(string(files["fake/description.go"]), want) {
			t.Errorf("%s is missing in\n%s", want, files["fake/description.go"])
		}
	}
}
