package sap

import (
	"testing"
	"time"

	"example.com/downstream/sap/graph"
	"example.com/downstream/sap/graph/odata"
	"example.com/downstream/server"
)

const (
	one = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
	two = "00000000-0000-0000-0000-000000000002"

	root = "/sap/opu/odata4/zharbour/0001"
)

func connect(t *testing.T, script ...server.Exchange) *graph.Client {
	t.Helper()
	client, err := graph.NewClient(nil, &graph.ClientOptions{Endpoint: server.New(t, script...).URL + root})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestBook(t *testing.T) {
	const namespace = "com.sap.gateway.srvd.zharbour.v0001"
	text, err := Book(t.Context(), connect(t,
		server.Exchange{
			Request:  "GET " + root + "/Berths/" + namespace + ".Free(Day=2024-07-15,Class=" + namespace + ".ShipClass'FERRY',MinLength=40.500)",
			Response: `{"value":[{"BerthUUID":"` + one + `","Code":"A/1"}]}`,
		},
		server.Exchange{
			Request: "POST " + root + "/Berths(" + one + ")/_Bookings", Status: 201,
			Body: `{"Ship":"Gull's","Day":"2024-07-15","IsActiveEntity":false,"Arrival":"08:30:00","Cargo":"OIL,GRAIN"}`,
		},
		server.Exchange{
			Request: "POST " + root + "/Berths(" + one + ")/_Bookings(Ship='Gull%27%27s',Day=2024-07-15,IsActiveEntity=false)/" + namespace + ".Confirm",
			Body:    `{"Fee":12345678901234567.89}`, Response: `{"Ship":"Gull's","Fee":12345678901234567.89,"Cargo":"OIL,GRAIN"}`,
		},
	), "Gull's", odata.Date{Year: 2024, Month: time.July, Day: 15}, odata.Join(graph.CargoOIL, graph.CargoGRAIN), "12345678901234567.89")
	if want := "A/1 12345678901234567.89 [OIL GRAIN]"; text != want || err != nil {
		t.Errorf("%s, %v", text, err)
	}
}

func TestRename(t *testing.T) {
	if err := Rename(t.Context(), connect(t, server.Exchange{
		Request: "PATCH " + root + "/Berths(Code='a%2Fb')", Header: map[string]string{"If-Match": "*"},
		Body: `{"Code":"new","Length":null}`, Status: 204,
	}), "a/b", "new"); err != nil {
		t.Error(err)
	}
}

func TestCopyPlan(t *testing.T) {
	svg := map[string]string{"Content-Type": "image/svg+xml"}
	if err := CopyPlan(t.Context(), connect(t,
		server.Exchange{
			Request: "GET " + root + "/Berths(" + one + ")/Plan", Header: map[string]string{"Accept": "*/*"}, Replies: svg, Response: "<svg/>",
		},
		server.Exchange{Request: "PUT " + root + "/Berths(" + two + ")/Plan", Header: svg, Body: "<svg/>", Status: 204},
		server.Exchange{Request: "PUT " + root + "/Documents(" + one + ")/$value", Header: svg, Body: "<svg/>", Status: 204},
	), one, two, one); err != nil {
		t.Error(err)
	}
}

func TestNext(t *testing.T) {
	n, err := Next(t.Context(), connect(t,
		server.Exchange{
			Request: "GET " + root + "/Counters(42)", Response: `{"@odata.etag":"W/\"3\"","Number":42,"Value":9007199254740993}`,
		},
		server.Exchange{
			Request: "PATCH " + root + "/Counters(42)", Header: map[string]string{"If-Match": `W/"3"`},
			Body: `{"Value":9007199254740994}`, Status: 204,
		},
	), 42)
	if n != 9007199254740993 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
}

func TestCharge(t *testing.T) {
	currency, err := Charge(t.Context(), connect(t,
		server.Exchange{Request: "GET " + root + "/Settings", Response: `{"Currency":"EUR"}`},
		server.Exchange{
			Request: "PATCH " + root + "/Classes(com.sap.gateway.srvd.zharbour.v0001.ShipClass'TUG')", Body: `{"Rate":0.10}`, Status: 204,
		},
	), graph.ShipClassTUG, "0.10")
	if currency != "EUR" || err != nil {
		t.Errorf("%s, %v", currency, err)
	}
}
