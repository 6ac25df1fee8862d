package golang_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// keyed has entity sets whose keys are of the types that keys can have.
func keyed() string {
	declarations := `<EnumType Name="size"><Member Name="small"/></EnumType><TypeDefinition Name="code" UnderlyingType="Edm.Guid"/>
		<ComplexType Name="label"><Property Name="number" Type="Edm.Int64" Nullable="false"/></ComplexType>
		<EntityType Name="box"><Key><PropertyRef Name="label/number" Alias="labelNumber"/><PropertyRef Name="size"/></Key>
			<Property Name="label" Type="graph.label" Nullable="false"/><Property Name="size" Type="graph.size" Nullable="false"/>
			<NavigationProperty Name="lids" Type="Collection(graph.lid)" ContainsTarget="true"/></EntityType>
		<EntityType Name="lid"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>`
	sets := `<EntitySet Name="boxes" EntityType="graph.box"/>`
	for i, of := range []string{"Edm.String", "Edm.Boolean", "Edm.Byte", "Edm.SByte", "Edm.Int16", "Edm.Int32", "Edm.Int64", "Edm.Decimal", "Edm.Guid",
		"Edm.Date", "Edm.TimeOfDay", "Edm.DateTimeOffset", "graph.size", "graph.code"} {
		declarations += fmt.Sprintf(`<EntityType Name="thing%d"><Key><PropertyRef Name="key"/></Key><Property Name="key" Type="%s" Nullable="false"/><Property Name="note" Type="Edm.String"/></EntityType>`, i, of)
		sets += fmt.Sprintf(`<EntitySet Name="things%d" EntityType="graph.thing%d"/>`, i, i)
	}
	return declarations + `<EntityContainer Name="S">` + sets + `</EntityContainer>`
}

// The tests of a package pass, whatever the types of its keys are.
func TestKeysOfAllTypes(t *testing.T) {
	files, err := golang.Render(plan(t, keyed(), api.Options{Include: []string{"/**"}}, golang.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	dir := gotest.Module(t)
	write(t, dir, "graph", files)
	gotest.Go(t, dir, "vet", "./...")
	gotest.Go(t, dir, "test", "-vet=off", "-ldflags=-s -w", "./...")
}

// The types of the keys on a path belong to the package, and a key that is a part of a
// complex property has its alias in addresses (OData CSDL 4.01, section 6.5).
func TestKeysOnAPath(t *testing.T) {
	files, err := golang.Render(plan(t, keyed(), api.Options{Include: []string{"GET /boxes/*/lids", "DELETE /things12/*"}}, golang.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"boxes_builder.go":                    "func (b *BoxesBuilder) ByKey(labelNumber int64, size Size) *BoxesItemBuilder {",
		"things12_builder.go":                 "func (b *Things12Builder) ByID(key Size) *Things12ItemBuilder {",
		"testdata/box_lids_builder_list.http": "GET /v1.0/boxes(labelNumber=64,size='small')/lids",
	} {
		if got := line(string(files[name]), want[:9]); got != want {
			t.Errorf("%s has %q, want %q", name, got, want)
		}
	}
}

// The tests of a package compile that has methods alone.
func TestPackageWithoutTypes(t *testing.T) {
	p := plan(t, keyed(), api.Options{Include: []string{"DELETE /things0/*"}}, golang.Options{})
	if len(p.Structs) > 0 {
		t.Fatal("a Delete needs no types")
	}
	files, err := golang.Render(p)
	if err != nil {
		t.Fatal(err)
	}
	dir := gotest.Module(t)
	write(t, dir, "graph", files)
	gotest.Go(t, dir, "vet", "./...")
	gotest.Go(t, dir, "test", "-vet=off", "-ldflags=-s -w", "./...")
	if !strings.Contains(string(files["types_test.go"]), "var structs = []structCase{}") {
		t.Errorf("%s", files["types_test.go"])
	}
}
