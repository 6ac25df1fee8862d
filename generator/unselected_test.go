package generator_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// If a configuration selects less, callers lose the names that a comparison of the two
// packages as they are finds, whatever causes it.
func TestUnselectedNamesAreAllNames(t *testing.T) {
	schema := []byte(`<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="port" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <EnumType Name="flag"><Member Name="dutch" Value="0"/><Member Name="danish" Value="1"/></EnumType>
  <ComplexType Name="size"><Property Name="length" Type="Edm.Double"/></ComplexType>
  <EntityType Name="ship"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>
    <Property Name="flag" Type="port.flag"/><Property Name="size" Type="port.size"/>
    <NavigationProperty Name="crew" Type="Collection(port.sailor)" ContainsTarget="true"/>
    <NavigationProperty Name="captain" Type="port.sailor"/></EntityType>
  <EntityType Name="tug" BaseType="port.ship"><Property Name="power" Type="Edm.Int32"/></EntityType>
  <EntityType Name="sailor"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/><Property Name="name" Type="Edm.String"/></EntityType>
  <Action Name="moor" IsBound="true"><Parameter Name="ship" Type="port.ship"/><Parameter Name="berth" Type="Edm.Int32"/></Action>
  <Function Name="near" IsBound="true"><Parameter Name="ship" Type="port.ship"/><Parameter Name="miles" Type="Edm.Int32"/><ReturnType Type="Collection(port.ship)"/></Function>
  <EntityContainer Name="Port"><EntitySet Name="ships" EntityType="port.ship"><NavigationPropertyBinding Path="captain" Target="sailors"/></EntitySet>
    <EntitySet Name="sailors" EntityType="port.sailor"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`)
	dir := gotest.Module(t)
	gotest.Write(t, dir, "port.xml", schema)
	generate := func(name string, o api.Options) config.Config {
		c := config.Config{Input: config.Input{Source: filepath.Join(dir, "port.xml")}, Output: filepath.Join(dir, name, "port"), Package: "port", ImportPath: "example.com/port", Options: o}
		if _, err := generator.Write(t.Context(), c, generator.WriteOptions{}); err != nil {
			t.Fatal(err)
		}
		return c
	}
	whole := generate("whole", api.Options{Include: []string{"/**"}, Derived: []string{"port.ship"}})
	for name, o := range map[string]api.Options{
		"sailors":       {Include: []string{"/sailors"}},
		"lists":         {Include: []string{"GET /ships", "GET /sailors"}},
		"crew":          {Include: []string{"/ships/{id}/crew/**"}},
		"no operations": {Include: []string{"/**"}, Exclude: []string{"POST /ships/{id}/moor", "GET /ships/{id}/near"}, Derived: []string{"port.ship"}},
		"not derived":   {Include: []string{"/**"}},
		"types alone":   {Types: []string{"port.sailor"}},
		"the same":      {Include: []string{"/ships/**", "/sailors/**"}, Derived: []string{"port.ship"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := generate(name, o)
			want, _, err := generator.Diff(t.Context(), config.Config{}, whole.Output, c.Output)
			if err != nil {
				t.Fatal(err)
			}
			got, _, err := generator.DiffConfigured(t.Context(), config.Config{Options: o}, whole.Output, whole.Input.Source)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(sorted(brokenSymbols(want)), sorted(brokenSymbols(got))); diff != "" {
				t.Errorf("of the packages as they are (-) and with the configuration (+):\n%s", diff)
			}
			if i := slices.IndexFunc(got.Changes, func(ch diff.Change) bool { return ch.Kind != diff.KindSelection }); i >= 0 {
				t.Errorf("the metadata did not change: %+v", got.Changes[i])
			}
			if (name == "the same") != (len(got.Changes) == 0) {
				t.Errorf("there are %d changes", len(got.Changes))
			}
		})
	}
}
