package golang_test

import (
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/golang"
)

// keyed has keys that are enumerations, and parts of a complex property.
const keyed = `<EnumType Name="size"><Member Name="small"/></EnumType>
	<ComplexType Name="label"><Property Name="number" Type="Edm.Int64" Nullable="false"/></ComplexType>
	<EntityType Name="box"><Key><PropertyRef Name="label/number" Alias="labelNumber"/><PropertyRef Name="size"/></Key>
		<Property Name="label" Type="graph.label" Nullable="false"/><Property Name="size" Type="graph.size" Nullable="false"/>
		<NavigationProperty Name="lids" Type="Collection(graph.lid)" ContainsTarget="true"/></EntityType>
	<EntityType Name="lid"><Key><PropertyRef Name="size"/></Key><Property Name="size" Type="graph.size" Nullable="false"/></EntityType>
	<EntityType Name="tag"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
	<EntityContainer Name="S"><EntitySet Name="boxes" EntityType="graph.box"/><EntitySet Name="lids" EntityType="graph.lid"/>
		<EntitySet Name="tags" EntityType="graph.tag"/></EntityContainer>`

// The types of the keys on a path belong to the package, and a key that is a part of a
// complex property has its alias in addresses (OData CSDL 4.01, section 6.5).
func TestKeysOnAPath(t *testing.T) {
	files, err := golang.Render(plan(t, keyed, api.Options{Include: []string{"GET /boxes/*/lids", "DELETE /lids/*"}}, golang.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"boxes_builder.go":                    "func (b *BoxesBuilder) ByKey(labelNumber int64, size Size) *BoxesItemBuilder {",
		"lids_builder.go":                     "func (b *LidsBuilder) ByID(size Size) *LidsItemBuilder {",
		"testdata/box_lids_builder_list.http": "GET /v1.0/boxes(labelNumber=64,size='small')/lids",
	} {
		if got := line(string(files[name]), want[:9]); got != want {
			t.Errorf("%s has %q, want %q", name, got, want)
		}
	}
}

// The tests of a package compile that has methods alone.
func TestPackageWithoutTypes(t *testing.T) {
	p := plan(t, keyed, api.Options{Include: []string{"DELETE /tags/*"}}, golang.Options{})
	if len(p.Structs) > 0 {
		t.Fatal("a Delete needs no types")
	}
	files, err := golang.Render(p)
	if err != nil {
		t.Fatal(err)
	}
	runTests(t, files)
	if !strings.Contains(string(files["types_test.go"]), "var structs = []structCase{}") {
		t.Errorf("%s", files["types_test.go"])
	}
}

// An alternate key has a method whatever its alias is.
func TestAlternateKeys(t *testing.T) {
	alternate := func(names ...string) string {
		text := `<Annotation Term="Org.OData.Core.V1.AlternateKeys"><Collection>`
		for _, name := range names {
			text += `<Record><PropertyValue Property="Key"><Collection><Record><PropertyValue Property="Name" PropertyPath="name"/>` +
				`<PropertyValue Property="Alias" String="` + name + `"/></Record></Collection></PropertyValue></Record>`
		}
		return text + `</Collection></Annotation>`
	}
	for name, test := range map[string]struct{ key, want string }{
		"one property":   {`<PropertyRef Name="id"/>`, "ByID(id string) ByKey(key string) ByKey2(key string) ByID2(id string)"},
		"two properties": {`<PropertyRef Name="id"/><PropertyRef Name="name"/>`, "ByKey(id string, name string) ByKey2(key string) ByKey3(key string) ByID2(id string) ByID3(id string)"},
	} {
		p := plan(t, `<EntityType Name="tag"><Key>`+test.key+`</Key><Property Name="id" Type="Edm.String" Nullable="false"/>
			<Property Name="name" Type="Edm.String" Nullable="false"/>`+alternate("key", "Key", "key", "ID", "id")+`</EntityType>
			<EntityContainer Name="S"><EntitySet Name="tags" EntityType="graph.tag"/></EntityContainer>`,
			api.Options{Include: []string{"/**"}}, golang.Options{})
		files, err := golang.Render(p)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for l := range strings.Lines(string(files["tags_builder.go"])) {
			if method, ok := strings.CutPrefix(l, "func (b *TagsBuilder) By"); ok {
				method, _, _ = strings.Cut(method, ") *")
				got = append(got, "By"+method+")")
			}
		}
		if got := strings.Join(got, " "); got != test.want {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
		runTests(t, files)
	}
}
