package generator_test

import (
	"path/filepath"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// lists has properties whose fields have other names than the methods that lead to them:
// builders have a method List of their own.
const lists = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
	<Schema Namespace="microsoft.graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
	<ComplexType Name="part"><Property Name="a" Type="Edm.String"/></ComplexType>
	<EntityType Name="thing"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/>
		<Property Name="resource" Type="microsoft.graph.part"/>
		<NavigationProperty Name="list" Type="microsoft.graph.thing" ContainsTarget="true"/></EntityType>
	<EntityContainer Name="C"><EntitySet Name="things" EntityType="microsoft.graph.thing"/></EntityContainer>
	</Schema></edmx:DataServices></edmx:Edmx>`

// A second run changes nothing, with and without what the first one remembered: a field and
// the method that leads to its property keep their names, which can differ.
func TestFieldsBesideMethods(t *testing.T) {
	t.Parallel()
	dir := gotest.Module(t)
	gotest.Write(t, dir, "beta.xml", []byte(lists))
	c := config.Config{Output: filepath.Join(dir, "graph")}
	c.Source = filepath.Join(dir, "beta.xml")
	c.Include, c.Expand = []string{"/things/{id}", "/things/{id}/list", "GET /things/{id}/resource"}, []string{"microsoft.graph.thing/list"}
	generate(t, c)
	result, err := generator.Generate(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if !result.Changes.Clean() {
		t.Errorf("the package is stale at once:\n%s", result.Changes.Diff())
	}
	f, err := output.ReadLock(c.Output)
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"microsoft.graph.thing:list": "List", "microsoft.graph.thing:list:step": "List2",
		"microsoft.graph.thing:resource": "Resource", "microsoft.graph.thing:resource:step": "Resource2",
	} {
		if f.Names[key] != want {
			t.Errorf("%s is called %q, want %q", key, f.Names[key], want)
		}
	}
}
