package golang_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/golang"
)

const office = `
<EntityType Name="drive"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/></EntityType>
<EntityType Name="driveItem"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/><Property Name="kind" Type="graph.kind"/></EntityType>
<EnumType Name="kind"><Member Name="one"/></EnumType>
<EntityContainer Name="c"><EntitySet Name="drives" EntityType="graph.drive"/><EntitySet Name="items" EntityType="graph.driveItem"/></EntityContainer>`

// A query about one drive is not called as a query about driveItems would be,
// whatever is selected.
func TestNamesOfQueries(t *testing.T) {
	for include, want := range map[string]string{
		"/drives/{id}":                     "drive//DriveSingleQuery",
		"/items":                           "driveItem/DriveItemQuery/",
		"/items/{id}":                      "driveItem//DriveItemItemQuery",
		"/drives/{id}, /drives, /items":    "drive/DriveQuery/DriveSingleQuery driveItem/DriveItemQuery/",
		"/items, /drives/{id}, GET /items": "drive//DriveSingleQuery driveItem/DriveItemQuery/",
	} {
		p := plan(t, office, api.Options{Include: strings.Split(include, ", ")}, golang.Options{})
		var got []string
		for _, q := range p.Queries {
			got = append(got, fmt.Sprintf("%s/%s/%s", q.Struct.Type.Name, q.Name, q.ItemName))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", include, got, want)
		}
	}
}

// Only services other than Graph have the names of enumerations in addresses.
func TestEnumerationsInAddresses(t *testing.T) {
	p := plan(t, office, api.Options{Types: []string{"kind"}}, golang.Options{})
	if code := rendered(t, p, "kind.go"); strings.Contains(code, "ODataEnum") {
		t.Error(code)
	}
}
