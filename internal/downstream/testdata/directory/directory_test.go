package directory

import (
	"bytes"
	"testing"
	"time"

	"example.com/downstream/directory/graph"
	"example.com/downstream/server"
)

func connect(t *testing.T, script ...server.Exchange) *graph.Client {
	t.Helper()
	client, err := graph.NewClient(nil, &graph.ClientOptions{Endpoint: server.New(t, script...).URL + "/v1.0"})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestHire(t *testing.T) {
	id, err := Hire(t.Context(), connect(t,
		server.Exchange{
			Request: "POST /v1.0/users", Status: 201, Response: `{"id":"meg"}`,
			Body: `{"accountEnabled":true,"displayName":"Meg","userPrincipalName":"meg@example.com","mailNickname":"meg",
				"passwordProfile":{"password":"secret","forceChangePasswordNextSignIn":true}}`,
		},
		server.Exchange{Request: "PUT /v1.0/users/meg/manager/$ref", Body: `{"@odata.id":"SERVER/v1.0/users/lee@example.com"}`, Status: 204},
		server.Exchange{Request: "POST /v1.0/groups/g1/members/$ref", Body: `{"@odata.id":"SERVER/v1.0/directoryObjects/meg"}`, Status: 204},
		server.Exchange{Request: "POST /v1.0/groups/g2/members/$ref", Body: `{"@odata.id":"SERVER/v1.0/directoryObjects/meg"}`, Status: 204},
	), "Meg", "meg@example.com", "secret", "lee@example.com", "g1", "g2")
	if id != "meg" || err != nil {
		t.Errorf("%s, %v", id, err)
	}
}

func TestLeave(t *testing.T) {
	if err := Leave(t.Context(), connect(t,
		server.Exchange{Request: "DELETE /v1.0/groups/g/members/meg/$ref", Status: 404, Response: `{"error":{"code":"Request_ResourceNotFound"}}`},
		server.Exchange{Request: "DELETE /v1.0/users/meg", Status: 204},
	), "meg", "g"); err != nil {
		t.Error(err)
	}
}

func TestReport(t *testing.T) {
	eventual := map[string]string{"ConsistencyLevel": "eventual"}
	var out bytes.Buffer
	err := Report(t.Context(), &out, connect(t,
		server.Exchange{
			Request: "GET /v1.0/users/$count", Query: map[string]string{"$filter": "userType eq 'Guest'"},
			Header: map[string]string{"ConsistencyLevel": "eventual", "Accept": "text/plain"}, Response: "\ufeff12",
		},
		server.Exchange{
			Request: "GET /v1.0/users", Header: eventual,
			Query: map[string]string{
				"$select": "id,displayName", "$filter": "userType eq 'Guest' and startswith(companyName,'O''Neil & Sons')",
				"$orderby": "displayName", "$expand": "manager($select=id)", "$count": "true",
			},
			Response: `{"@odata.count":1,"value":[{"id":"meg","displayName":"Meg","manager":{"@odata.type":"#microsoft.graph.user","id":"lee"}}]}`,
		},
		server.Exchange{
			Request: "GET /v1.0/users/meg/memberOf/microsoft.graph.group",
			Query:   map[string]string{"$filter": "groupTypes/any(x:x eq 'Unified')", "$count": "true"},
			Header:  map[string]string{"Consistencylevel": "eventual"}, Response: `{"value":[{"displayName":"Sales"}]}`,
		},
	), "O'Neil & Sons")
	if want := "12 guests\nMeg\n  works for lee\n  is in Sales\n"; out.String() != want || err != nil {
		t.Errorf("it prints %s, %v", &out, err)
	}
}

func TestMembers(t *testing.T) {
	var out bytes.Buffer
	err := Members(t.Context(), &out, connect(t, server.Exchange{
		Request:  "GET /v1.0/groups/g/members",
		Response: `{"value":[{"@odata.type":"#microsoft.graph.user","id":"1","mail":"meg@example.com"},{"@odata.type":"#microsoft.graph.device","id":"2"}]}`,
	}), "g")
	if want := "user meg@example.com\nmicrosoft.graph.device 2\n"; out.String() != want || err != nil {
		t.Errorf("it prints %s, %v", &out, err)
	}
}

func TestLicense(t *testing.T) {
	if err := License(t.Context(), connect(t, server.Exchange{
		Request: "POST /v1.0/users/meg/assignLicense", Response: `{"id":"meg"}`,
		Body: `{"addLicenses":[{"skuId":"6f9619ff-8b86-4d01-b42d-00cf4fc964ff"}],"removeLicenses":["00000000-0000-0000-0000-000000000001"]}`,
	}), "meg", "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "00000000-0000-0000-0000-000000000001"); err != nil {
		t.Error(err)
	}
}

func TestLicensed(t *testing.T) {
	n, err := Licensed(t.Context(), connect(t, server.Exchange{
		Request: "GET /v1.0/users/$count", Header: map[string]string{"ConsistencyLevel": "eventual", "Accept": "text/plain"},
		Query: map[string]string{
			"$filter": "assignedLicenses/any(x:x/skuId eq 6f9619ff-8b86-4d01-b42d-00cf4fc964ff) and createdDateTime lt 2025-01-01T00:00:00Z and department ne null",
		},
		Response: "7",
	}), "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", time.Date(2025, time.January, 1, 0, 0, 0, 0, time.UTC))
	if n != 7 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
}
