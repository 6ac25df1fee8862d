package northwind

import (
	"bytes"
	"testing"
	"time"

	"example.com/downstream/northwind/graph"
	"example.com/downstream/server"
)

var day = time.Date(2024, time.July, 15, 0, 0, 0, 0, time.UTC)

// connect returns a client that wants exact numbers.
func connect(t *testing.T, script ...server.Exchange) *graph.Client {
	t.Helper()
	const accept = "application/json;IEEE754Compatible=true"
	for i := range script {
		if script[i].Header == nil {
			script[i].Header = map[string]string{}
		}
		if script[i].Header["Accept"] == "" {
			script[i].Header["Accept"] = accept
		}
	}
	client, err := graph.NewClient(nil, &graph.ClientOptions{Endpoint: server.New(t, script...).URL + "/V4/Northwind.svc", IEEE754Compatible: true})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestCheap(t *testing.T) {
	var out bytes.Buffer
	err := Cheap(t.Context(), &out, connect(t, server.Exchange{
		Request: "GET /V4/Northwind.svc/Products",
		Query: map[string]string{
			"$select":  "ProductName,UnitPrice",
			"$filter":  "UnitPrice le 12.3400 and Category/CategoryName eq 'Meat/Poultry' and not (Discontinued eq true)",
			"$orderby": "UnitPrice desc,ProductName",
			"$expand":  "Category($select=CategoryName)",
			"$top":     "10", "$skip": "20", "$count": "true",
		},
		Response: `{"@odata.count":21,"value":[{"ProductName":"Tourtière","UnitPrice":"7.4500","Category":{"CategoryName":"Meat/Poultry"}}]}`,
	}), "Meat/Poultry", "12.3400")
	if want := "Tourtière 7.4500 Meat/Poultry\n"; out.String() != want || err != nil {
		t.Errorf("it prints %s, %v", &out, err)
	}
}

func TestCorrect(t *testing.T) {
	if err := Correct(t.Context(), connect(t,
		server.Exchange{
			Request:  "GET /V4/Northwind.svc/Order_Details(OrderID=10248,ProductID=11)",
			Response: `{"@odata.etag":"W/\"1,2\"","OrderID":10248,"ProductID":11,"UnitPrice":"14.0000","Quantity":12,"Discount":0}`,
		},
		server.Exchange{
			Request: "PATCH /V4/Northwind.svc/Order_Details(OrderID=10248,ProductID=11)", Status: 204,
			Header: map[string]string{"If-Match": `W/"1,2"`, "Prefer": "return=minimal"}, Body: `{"Quantity":13}`,
		},
	), 10248, 11, 13); err != nil {
		t.Error(err)
	}
}

func TestOrder(t *testing.T) {
	id, err := Order(t.Context(), connect(t,
		server.Exchange{
			Request: "POST /V4/Northwind.svc/Orders", Body: `{"OrderDate":"2024-07-15T00:00:00Z","Freight":32.38}`,
			Status: 201, Response: `{"OrderID":7}`,
		},
		server.Exchange{
			Request: "PUT /V4/Northwind.svc/Orders(7)/Customer/$ref", Body: `{"@odata.id":"SERVER/V4/Northwind.svc/Customers('B%27%27S%20B')"}`, Status: 204,
		},
	), "B'S B", day, "32.38")
	if id != 7 || err != nil {
		t.Errorf("%d, %v", id, err)
	}
}

func TestSpent(t *testing.T) {
	n, err := Spent(t.Context(), connect(t, server.Exchange{
		Request: "GET /V4/Northwind.svc/Customers/$count", Header: map[string]string{"Accept": "text/plain"},
		Query:    map[string]string{"$filter": "tolower(City) eq 'münchen' and Orders/any(x:x/OrderDate ge 2024-07-15T00:00:00Z)"},
		Response: "3",
	}), "münchen", day)
	if n != 3 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
}

func TestPicture(t *testing.T) {
	if err := Picture(t.Context(), connect(t, server.Exchange{
		Request: "PATCH /V4/Northwind.svc/Categories(1)", Body: `{"Picture":"/9j/"}`, Status: 204,
	}), 1, []byte{0xff, 0xd8, 0xff}); err != nil {
		t.Error(err)
	}
}
