package api_test

import (
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

const port = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="sea.port" xmlns="http://docs.oasis-open.org/odata/ns/edm">
 <EntityType Name="boat"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/><Property Name="hull" Type="Edm.String"/>
  <NavigationProperty Name="crewMembers" Type="Collection(sea.port.sailor)" ContainsTarget="true"/>
  <NavigationProperty Name="owner" Type="sea.port.sailor"/></EntityType>
 <EntityType Name="yacht" BaseType="sea.port.boat"><NavigationProperty Name="guests" Type="Collection(sea.port.sailor)" ContainsTarget="true"/></EntityType>
 <EntityType Name="sailor"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
 <Action Name="moor" IsBound="true"><Parameter Name="b" Type="sea.port.boat"/><Parameter Name="berth" Type="Edm.String"/></Action>
 <Action Name="praise" IsBound="true"><Parameter Name="b" Type="sea.port.sailor"/></Action>
 <Function Name="delta" IsBound="true"><Parameter Name="b" Type="Collection(sea.port.boat)"/><ReturnType Type="Collection(sea.port.boat)"/></Function>
 <Function Name="search" IsBound="true"><Parameter Name="b" Type="sea.port.boat"/><Parameter Name="q" Type="Edm.String"/><ReturnType Type="Edm.String"/></Function>
 <Function Name="search" IsBound="true"><Parameter Name="b" Type="sea.port.boat"/><Parameter Name="q" Type="Edm.String"/><Parameter Name="top" Type="Edm.Int32"/><ReturnType Type="Edm.String"/></Function>
 <Action Name="close"/><Function Name="tide"><Parameter Name="hour" Type="Edm.Int32"/><ReturnType Type="Edm.String"/></Function>
 <EntityContainer Name="Service"><EntitySet Name="boats" EntityType="sea.port.boat"/>
  <ActionImport Name="closeAll" Action="sea.port.close"/><FunctionImport Name="tide" Function="sea.port.tide"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`

// Requests as reference pages write them lead to methods.
func TestFind(t *testing.T) {
	m, err := csdl.Parse("port.xml", []byte(port), csdl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	model.Link(m)
	for request, want := range map[[2]string]string{
		{"GET", "/boats"}:                                    "GET boats List true",
		{"GET", "/Boats/{boat-id | name}/"}:                  "GET boats/{} Get true",
		{"GET", "/boats('a/b')/crewmembers/$count"}:          "GET sea.port.boat/crewMembers/$count Count true",
		{"POST", "/boats/5/crewMembers"}:                     "POST sea.port.boat/crewMembers Create true",
		{"PATCH", "/boats(name='x')"}:                        "PATCH boats/{} Update true",
		{"PUT", "/boats/{id}"}:                               "PUT boats/{} Replace false",
		{"POST", "/boats/{id}/sea.port.moor"}:                "POST boats/{}/sea.port.moor() Action true",
		{"POST", "/boats/{id}/MOOR"}:                         "POST boats/{}/sea.port.moor() Action true",
		{"POST", "/boats/{id}/owner/praise"}:                 "POST sea.port.boat/owner/sea.port.praise() Action false",
		{"GET", "/boats/{id}/search(q='a/b(c)')"}:            "GET boats/{}/sea.port.search(q) Function true",
		{"GET", "/boats/{id}/search(top={n},q='{text}')"}:    "GET boats/{}/sea.port.search(q,top) Function true",
		{"GET", "/boats/{id}/search"}:                        "GET boats/{}/sea.port.search(q) Function true",
		{"GET", "/boats/sea.port.yacht"}:                     "GET boats/sea.port.yacht List_sea_port_yacht true",
		{"GET", "/boats/{id}/port.yacht/guests"}:             "GET sea.port.yacht/guests List true",
		{"GET", "/boats/{id}/crewMembers/{id}/.../"}:         "GET sea.port.boat/crewMembers/{} Get true",
		{"POST", "/closeAll"}:                                "POST /sea.port.close() as closeAll Action true",
		{"POST", "/closeall/"}:                               "POST /sea.port.close() as closeAll Action true",
		{"GET", "/tide(hour={hour})"}:                        "GET /sea.port.tide(hour) Function true",
		{"GET", "/tide"}:                                     "GET /sea.port.tide(hour) Function true",
		{"POST", "/close"}:                                   "", // it is the name of the operation, not of the import
		{"GET", "/tide/{id}"}:                                "",
		{"POST", "/boats/delta"}:                             "",
		{"GET", "/boats/moor"}:                               "", // it is not a key
		{"GET", "/boats/{id}/hull"}:                          "",
		{"GET", "/ships"}:                                    "",
		{"GET", ""}:                                          "",
		{"GET", "/boats/{id}/crewMembers/{id}/praise/{id}/"}: "",
	} {
		got := ""
		if method, answered := api.Find(m, request[0], request[1]); method != nil {
			got = method.ID() + " " + method.Key()
			if answered {
				got += " true"
			} else {
				got += " false"
			}
		}
		if got != want {
			t.Errorf("%s %s: %q, want %q", request[0], request[1], got, want)
		}
	}
}
