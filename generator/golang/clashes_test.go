package golang_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// thing is an entity type with an entity set.
const (
	thing  = `<EntityType Name="thing"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>`
	things = `<EntityContainer Name="S"><EntitySet Name="things" EntityType="graph.thing"/>`
)

// clashes are models by the names of packages. Two of their names are the same in Go, in a
// file name, or in the tests of the package.
var clashes = map[string]struct {
	include      []string
	declarations string
}{
	"functionbesideproperty": {nil, thing + `
		<EntityType Name="box" BaseType="graph.thing"><NavigationProperty Name="owner" Type="graph.thing" ContainsTarget="true"/></EntityType>
		<Function Name="owner" IsBound="true"><Parameter Name="t" Type="graph.thing"/><ReturnType Type="Edm.String"/></Function>` +
		things + `<EntitySet Name="boxes" EntityType="graph.box"/></EntityContainer>`},
	"functionbesidecast": {[]string{"/things/microsoft.graph.box"}, thing + `
		<EntityType Name="box" BaseType="graph.thing"/>
		<Function Name="asBox" IsBound="true"><Parameter Name="t" Type="Collection(graph.thing)"/><ReturnType Type="graph.box"/></Function>` +
		things + `<EntitySet Name="boxes" EntityType="graph.box"/></EntityContainer>`},
	"goldenfiles": {[]string{"/things/{id}/photo", "/things/{id}/PHOTO"}, `<EntityType Name="thing" HasStream="true"><Key><PropertyRef Name="id"/></Key>
		<Property Name="id" Type="Edm.String" Nullable="false"/><Property Name="photo" Type="Edm.Stream"/><Property Name="PHOTO" Type="Edm.Stream"/></EntityType>
		<Action Name="reset" IsBound="true"><Parameter Name="t" Type="graph.thing"/><Parameter Name="a" Type="Edm.String"/></Action>
		<Action Name="reSet" IsBound="true"><Parameter Name="t" Type="graph.thing"/><Parameter Name="b" Type="Edm.Int32"/></Action>` + things + `</EntityContainer>`},
	"longnames": {[]string{"/long*/{id}/*"}, strings.ReplaceAll(`<EntityType Name="thing"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/>
		<Property Name="LONGphoto" Type="Edm.Stream"/></EntityType>
		<Action Name="LONGreset" IsBound="true"><Parameter Name="t" Type="graph.thing"/></Action>
		<Action Name="LONGremove" IsBound="true"><Parameter Name="t" Type="graph.thing"/></Action>
		<EntityContainer Name="S"><EntitySet Name="LONGs" EntityType="graph.thing"/></EntityContainer>`, "LONG", strings.Repeat("longName", 14))},
	"digits": {nil, `<EntityType Name="thing"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/><Property Name="page٣" Type="Edm.Stream"/></EntityType>
		<Action Name="turn٣" IsBound="true"><Parameter Name="t" Type="graph.thing"/></Action>` + things + `</EntityContainer>`},
	"stdmethods": {nil, `<EntityType Name="thing"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/>
		<NavigationProperty Name="unmarshalJSON" Type="graph.thing" ContainsTarget="true"/><NavigationProperty Name="readByte" Type="graph.thing" ContainsTarget="true"/></EntityType>
		<Action Name="gobEncode" IsBound="true"><Parameter Name="t" Type="graph.thing"/></Action>
		<Function Name="seek" IsBound="true"><Parameter Name="t" Type="graph.thing"/><Parameter Name="offset" Type="Edm.Int64"/><ReturnType Type="Edm.String"/></Function>` +
		things + `<EntitySet Name="marshalXML" EntityType="graph.thing"/></EntityContainer>`},
	"basetypes": {nil, thing + `
		<EntityType Name="additionalData" BaseType="graph.thing"/>
		<EntityType Name="forCreate" BaseType="graph.additionalData"/>
		<EntityType Name="oDataType" BaseType="graph.forCreate"/>
		<EntityType Name="oDataTypes" BaseType="graph.oDataType"/>
		<EntityType Name="asThing" BaseType="graph.oDataTypes"/>
		<EntityType Name="asAsThing" BaseType="graph.asThing"/>
		<EntityType Name="asHouse" BaseType="graph.asAsThing"/>
		<EntityType Name="house" BaseType="graph.asHouse"/>
		<EntityType Name="villa" BaseType="graph.house"><Property Name="rooms" Type="Edm.Int32"/></EntityType>` +
		things + `<EntitySet Name="villas" EntityType="graph.villa"/></EntityContainer>`},
	"testnames": {nil, thing + `<EnumType Name="color" IsFlags="true"><Member Name="red" Value="1"/></EnumType>
		<ComplexType Name="paint"><Property Name="color" Type="graph.color"/></ComplexType>
		<Function Name="flags"><ReturnType Type="graph.paint"/></Function>
		<Function Name="constants"><ReturnType Type="Edm.String"/></Function>
		<Function Name="structs"><ReturnType Type="Edm.String"/></Function>
		<Function Name="main"><ReturnType Type="Edm.String"/></Function>
		<Action Name="roundTrip" IsBound="true"><Parameter Name="t" Type="Collection(graph.thing)"/></Action>
		<Action Name="run"/><Action Name="run" IsBound="true"><Parameter Name="t" Type="graph.thing"/></Action>` +
		things + `<FunctionImport Name="flags" Function="graph.flags"/><FunctionImport Name="constants" Function="graph.constants"/>
		<FunctionImport Name="structs" Function="graph.structs"/><FunctionImport Name="main" Function="graph.main"/>
		<Singleton Name="client" Type="graph.thing"/><ActionImport Name="run" Action="graph.run"/></EntityContainer>`},
	"imports": {nil, `
		<Action Name="go"><Parameter Name="x" Type="Edm.String"/></Action><Function Name="ask"><ReturnType Type="Edm.String"/></Function><EntityContainer Name="S">
		<ActionImport Name="begin" Action="graph.go"/><ActionImport Name="go" Action="graph.go"/><ActionImport Name="start" Action="graph.go"/>
		<FunctionImport Name="ask" Function="graph.ask"/><FunctionImport Name="ask2" Function="graph.ask"/></EntityContainer>`},
}

// A package compiles and passes its tests whatever names clash in it.
func TestClashes(t *testing.T) {
	dir := gotest.Module(t)
	for name, c := range clashes {
		p := plan(t, c.declarations, api.Options{Include: append([]string{"/**"}, c.include...)}, golang.Options{Package: name})
		files, err := golang.Render(p)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		write(t, dir, name, files)
	}
	gotest.Go(t, dir, "vet", "./...")
	gotest.Go(t, dir, "vet", "-stdmethods", "./...")
	gotest.Go(t, dir, "test", "-vet=off", "-ldflags=-s -w", "./...")
}

// Each import of an operation can be called, and keeps the Go names that an earlier version
// pinned when it knew one import alone.
func TestImportsOfOneOperation(t *testing.T) {
	const operations = `<Action Name="go"/><Function Name="ask"><ReturnType Type="Edm.String"/></Function><EntityContainer Name="S">
		<ActionImport Name="beginURL" Action="graph.go"/><ActionImport Name="start" Action="graph.go"/>
		<FunctionImport Name="ask1" Function="graph.ask"/><FunctionImport Name="ask2" Function="graph.ask"/></EntityContainer>`
	for name, test := range map[string]struct {
		pinned map[string]string
		want   []string
	}{
		"new": {nil, []string{"GET Client.Ask1 AskBuilder", "GET Client.Ask2 Ask2Builder", "POST Client.BeginURL", "POST Client.Start"}},
		"pinned": {
			map[string]string{"microsoft.graph.go:call": "BeginUrl", "microsoft.graph.ask()": "AskBuilder", "microsoft.graph.ask():call": "Ask1"},
			[]string{"GET Client.Ask1 AskBuilder", "GET Client.Ask2 Ask2Builder", "POST Client.BeginUrl", "POST Client.Start"},
		},
	} {
		p := plan(t, operations, api.Options{Include: []string{"/**"}}, golang.Options{Pinned: test.pinned})
		for range 2 { // the names of a run are those of the next one
			var got []string
			for _, m := range p.Methods {
				call := m.Verb + " Client." + m.GoName
				if m.Operation.Function {
					call += " " + m.Builder.Name
				}
				got = append(got, call)
			}
			slices.Sort(got)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
			p = plan(t, operations, api.Options{Include: []string{"/**"}}, golang.Options{Pinned: p.Names})
		}
	}
}

// A name that an operation or a property was given stays if the other one is selected, too.
func TestNamesStayInALargerSelection(t *testing.T) {
	const declarations = `<EntityType Name="thing"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/>
		<Property Name="place" Type="graph.place"/>
		<NavigationProperty Name="owner" Type="graph.thing" ContainsTarget="true"/></EntityType>
		<EntityType Name="box" BaseType="graph.thing"><NavigationProperty Name="lid" Type="graph.thing" ContainsTarget="true"/></EntityType>
		<ComplexType Name="place"><Property Name="city" Type="Edm.String"/></ComplexType>
		<Function Name="owner" IsBound="true"><Parameter Name="t" Type="graph.thing"/><ReturnType Type="Edm.String"/></Function>
		<Action Name="lid" IsBound="true"><Parameter Name="t" Type="graph.thing"/></Action>
		<Action Name="place" IsBound="true"><Parameter Name="t" Type="graph.box"/></Action>` +
		things + `<EntitySet Name="boxes" EntityType="graph.box"/></EntityContainer>`
	calls := []string{"/boxes/{id}/graph.owner", "/boxes/{id}/graph.lid", "/boxes/{id}/graph.place"}
	properties := []string{"/boxes/{id}/owner", "/boxes/{id}/lid", "/boxes/{id}/place"}
	for name, first := range map[string][]string{"operations": calls, "properties": properties} {
		options := golang.Options{Pinned: plan(t, declarations, api.Options{Include: first}, golang.Options{}).Names}
		p := plan(t, declarations, api.Options{Include: slices.Concat(calls, properties)}, options)
		got := map[string]bool{}
		for _, b := range p.Builders {
			if b.Name == "BoxesItemBuilder" {
				for _, s := range b.Steps {
					got[s.Method] = s.Kind == golang.ToFunction
				}
				for _, m := range b.Methods {
					got[m.GoName] = m.Operation != nil
				}
			}
		}
		isCall := name == "operations"
		want := map[string]bool{"Owner": isCall, "Lid": isCall, "Place": isCall, "Owner2": !isCall, "Lid2": !isCall, "Place2": !isCall}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
