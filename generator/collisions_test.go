package generator_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// crossing has names that mean two things in Go: parameters like receivers, imported
// operations like what the client embeds, and properties like casts. Its values are a
// property without a struct.
const crossing = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="microsoft.graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <ComplexType Name="Json"/>
      <EntityType Name="person">
        <Key><PropertyRef Name="id"/></Key>
        <Property Name="id" Type="Edm.String"/>
        <Property Name="values" Type="microsoft.graph.Json"/>
        <Property Name="asGuest" Type="microsoft.graph.place"/>
        <NavigationProperty Name="asEmployee" Type="microsoft.graph.person" ContainsTarget="true"/>
      </EntityType>
      <ComplexType Name="place"><Property Name="city" Type="Edm.String"/></ComplexType>
      <EntityType Name="employee" BaseType="microsoft.graph.person"/>
      <EntityType Name="guest" BaseType="microsoft.graph.person"/>
      <Function Name="solve">
        <Parameter Name="a" Type="Edm.Double"/><Parameter Name="b" Type="Edm.Double"/><Parameter Name="c" Type="Edm.Double"/>
        <Parameter Name="C" Type="Edm.Double"/><Parameter Name="call" Type="Edm.Double"/><Parameter Name="ctx" Type="Edm.Double"/>
        <Parameter Name="odata" Type="Edm.Double"/>
        <ReturnType Type="Edm.Double"/>
      </Function>
      <Function Name="near" IsBound="true">
        <Parameter Name="person" Type="microsoft.graph.person"/><Parameter Name="b" Type="Edm.Double"/><Parameter Name="c" Type="Edm.Double"/>
        <ReturnType Type="Edm.Double"/>
      </Function>
      <Action Name="client"/><Action Name="link"/><Action Name="oData"/><Action Name="resource"/>
      <EntityContainer Name="c">
        <EntitySet Name="people" EntityType="microsoft.graph.person"/>
        <EntitySet Name="links" EntityType="microsoft.graph.person"/>
        <FunctionImport Name="solve" Function="microsoft.graph.solve"/>
        <ActionImport Name="client" Action="microsoft.graph.client"/>
        <ActionImport Name="link" Action="microsoft.graph.link"/>
        <ActionImport Name="oData" Action="microsoft.graph.oData"/>
        <ActionImport Name="resource" Action="microsoft.graph.resource"/>
      </EntityContainer>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>`

// crossingProgram uses what the client embeds, beside imported operations of these names.
const crossingProgram = `package app

import (
	"testing"

	"example.com/downstream/graph"
	"example.com/downstream/graph/fake"
	"example.com/downstream/graph/odata"
)

func TestEmbedded(t *testing.T) {
	client, err := graph.NewClient(nil, fake.NewService().ClientOptions())
	if err != nil {
		t.Fatal(err)
	}
	_, _, _ = client.Link("/people/1"), odata.NewBatch(client), client.OData()
	_, _ = client.People().ByID("1").AsEmployee(), client.People().ByID("1").AsEmployee2()
	_, _ = client.People().ByID("1").AsGuest(), client.People().ByID("1").AsGuest2()
}
`

func TestCrossingNames(t *testing.T) {
	t.Parallel()
	dir := gotest.Module(t)
	file := filepath.Join(dir, "beta.xml")
	gotest.Write(t, dir, "beta.xml", []byte(crossing))
	c := config.Config{Output: filepath.Join(dir, "graph")}
	c.Source, c.Types = file, []string{"**"}
	c.Include = []string{"/**", "/people/{id}/microsoft.graph.employee", "/people/{id}/microsoft.graph.guest", "/people/{id}/asGuest"}
	generate(t, c)
	gotest.Write(t, dir, "app/app_test.go", []byte(crossingProgram))
	gotest.Check(t, dir)

	// Names stay if casts come later. If a name was pinned before the schema had the
	// derived type, the cast has another one.
	for _, include := range []string{"/people/{id}/asEmployee", "/people/{id}/asGuest"} {
		c.Output, c.Types, c.Include = filepath.Join(dir, strings.ToLower(filepath.Base(include))), nil, []string{include}
		generate(t, c)
		f, err := output.ReadLock(c.Output)
		if err != nil {
			t.Fatal(err)
		}
		key := "microsoft.graph.person:" + filepath.Base(include)
		if name := f.Names[key]; !strings.HasSuffix(name, "2") {
			t.Errorf("%s is called %s, like the cast", key, name)
		}
		f.Names[key] = strings.TrimSuffix(f.Names[key], "2")
		data, err := f.Encode()
		if err != nil {
			t.Fatal(err)
		}
		gotest.Write(t, c.Output, lock.Name, data)
		c.Include = []string{include, "/people/{id}/microsoft.graph.employee", "/people/{id}/microsoft.graph.guest"}
		generate(t, c)
	}
	gotest.Go(t, dir, "vet", "./...")
}

// A property that holds any JSON has no struct, and no methods of its own.
func TestMethodsOfJSON(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	gotest.Write(t, dir, "beta.xml", []byte(crossing))
	for path, source := range map[string]string{
		"/people/{id}/values":                               filepath.Join(dir, "beta.xml"),
		"/drives/{id}/items/{id}/workbook/names/{id}/value": gotest.Metadata(t, "csdl/v1.0-2026-08.xml"),
	} {
		for _, verb := range []string{"", "GET ", "PATCH "} {
			c := config.Config{Output: t.TempDir(), Package: "graph", ImportPath: "example.com/graph", Include: []string{verb + path}}
			c.Source = source
			_, err := generator.Generate(t.Context(), c)
			if err == nil || !strings.Contains(err.Error(), "no method matches") {
				t.Errorf("%s%s: %v", verb, path, err)
			}
		}
	}
}

// imported has operations whose imports have other names.
const imported = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
	<Schema Namespace="microsoft.graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
	<Action Name="go"/><Function Name="ask"><ReturnType Type="Edm.String"/></Function>
	<EntityContainer Name="c"><ActionImport Name="begin" Action="microsoft.graph.go"/><FunctionImport Name="ask2" Function="microsoft.graph.ask"/>%s</EntityContainer>
	</Schema></edmx:DataServices></edmx:Edmx>`

// The lock files of earlier versions, which knew one import of an operation, stay valid:
// the import keeps its Go names, and only another one is new.
func TestLockFileWithoutNamesOfImports(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "beta.xml")
	c := config.Config{Output: filepath.Join(dir, "graph"), ImportPath: "example.com/graph"}
	c.Source, c.Include = file, []string{"/**"}
	gotest.Write(t, dir, "beta.xml", fmt.Appendf(nil, imported, ""))
	generate(t, c)

	f, err := output.ReadLock(c.Output)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"GET /microsoft.graph.ask() as ask2", "POST /microsoft.graph.go() as begin"}; !slices.Equal(f.Methods, want) {
		t.Fatalf("the methods are %q, want %q", f.Methods, want)
	}
	f.Methods = []string{"GET /microsoft.graph.ask()", "POST /microsoft.graph.go()"}
	f.Names = map[string]string{
		"microsoft.graph.go:call": "Begin", "microsoft.graph.ask():call": "Ask2", "microsoft.graph.ask()": "AskBuilder",
	}
	data, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	gotest.Write(t, c.Output, lock.Name, data)
	comparison, _, err := generator.Diff(t.Context(), config.Config{}, c.Output, file)
	if err != nil || len(comparison.Changes) > 0 {
		t.Errorf("%v, %v", comparison, err)
	}

	gotest.Write(t, dir, "beta.xml", fmt.Appendf(nil, imported, `<ActionImport Name="aim" Action="microsoft.graph.go"/>`))
	comparison, _, err = generator.Diff(t.Context(), config.Config{}, c.Output, file)
	if err != nil || len(comparison.Changes) != 1 || comparison.Changes[0].Subject != "aim" {
		t.Errorf("%v, %v", comparison, err)
	}
	result := generate(t, c)
	if f, err = output.ReadLock(c.Output); err != nil {
		t.Fatal(err)
	}
	if name := f.Names["microsoft.graph.ask() as ask2"]; name != "AskBuilder" || result.Methods != 3 {
		t.Errorf("the builder is called %q, and there are %d methods", name, result.Methods)
	}
}
