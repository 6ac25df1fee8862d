package trippin

import (
	"slices"
	"testing"
	"time"

	"example.com/downstream/server"
	"example.com/downstream/trippin/graph"
)

func connect(t *testing.T, script ...server.Exchange) *graph.Client {
	t.Helper()
	client, err := graph.NewClient(nil, &graph.ClientOptions{Endpoint: server.New(t, script...).URL + "/TripPinRESTierService/"})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// Without an address there is nowhere to send requests to.
func TestNoEndpoint(t *testing.T) {
	if client, err := graph.NewClient(nil, nil); err == nil {
		t.Errorf("the client is %v", client)
	}
}

func TestWomen(t *testing.T) {
	names, err := Women(t.Context(), connect(t, server.Exchange{
		Request: "GET /TripPinRESTierService/People",
		Query: map[string]string{
			"$filter":  "Gender eq Trippin.PersonGender'Female' and Age gt 9007199254740993 and Features/any(x:x eq Trippin.Feature'Feature1')",
			"$orderby": "HomeAddress/City/Name",
		},
		Response: `{"value":[{"UserName":"angel"},{"UserName":"willie"}]}`,
	}), graph.FeatureFeature1, 9007199254740993)
	if !slices.Equal(names, []string{"angel", "willie"}) || err != nil {
		t.Errorf("%q, %v", names, err)
	}
}

func TestPlan(t *testing.T) {
	id, err := Plan(t.Context(), connect(t,
		server.Exchange{
			Request: "POST /TripPinRESTierService/People('a%2Fb')/Trips", Status: 201, Response: `{"TripId":42}`,
			Body: `{"ShareId":"6f9619ff-8b86-4d01-b42d-00cf4fc964ff","Budget":1000.5,"StartsAt":"2024-07-15T08:00:00Z","Tags":["work"]}`,
		},
		server.Exchange{
			Request: "POST /TripPinRESTierService/People('a%2Fb')/Trips(42)/PlanItems", Status: 201, Response: `{}`,
			Body: `{"@odata.type":"#Trippin.Flight","FlightNumber":"LH 1","Duration":"PT1H30M"}`,
		},
	), "a/b", "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", time.Date(2024, time.July, 15, 8, 0, 0, 0, time.UTC))
	if id != 42 || err != nil {
		t.Errorf("%d, %v", id, err)
	}
}

func TestMarry(t *testing.T) {
	done, err := Marry(t.Context(), connect(t, server.Exchange{
		Request: "POST /TripPinRESTierService/People('O%27%27Neil')/Trippin.UpdateLastName", Body: `{"lastName":"Ω"}`, Response: `{"value":true}`,
	}), "O'Neil", "Ω")
	if !done || err != nil {
		t.Errorf("%v, %v", done, err)
	}
}

func TestBefriend(t *testing.T) {
	if err := Befriend(t.Context(), connect(t,
		server.Exchange{
			Request: "POST /TripPinRESTierService/People('a')/Friends/$ref", Status: 204,
			Body: `{"@odata.id":"SERVER/TripPinRESTierService/People('b')"}`,
		},
		server.Exchange{
			Request: "DELETE /TripPinRESTierService/People('a')/Friends/$ref", Status: 204,
			Query: map[string]string{"$id": "SERVER/TripPinRESTierService/People('c')"},
		},
	), "a", "b", "c"); err != nil {
		t.Error(err)
	}
}

func TestTogether(t *testing.T) {
	trips, airline, budget, err := Together(t.Context(), connect(t,
		server.Exchange{
			Request:  "GET /TripPinRESTierService/People('a')/Trippin.GetFriendsTrips(userName='b')",
			Response: `{"value":[{"Name":"Sea"}]}`,
		},
		server.Exchange{Request: "GET /TripPinRESTierService/People('a')/Trippin.GetFavoriteAirline()", Response: `{"Name":"Gull Air"}`},
		server.Exchange{Request: "GET /TripPinRESTierService/People/Trippin.Manager", Response: `{"value":[{"Budget":5},{"Budget":6}]}`},
	), "a", "b")
	if !slices.Equal(trips, []string{"Sea"}) || airline != "Gull Air" || budget != 11 || err != nil {
		t.Errorf("%q, %s, %d, %v", trips, airline, budget, err)
	}
}
