package teams

import (
	"strings"
	"testing"

	"example.com/downstream/server"
	"example.com/downstream/teams/graph"
)

func connect(t *testing.T, script ...server.Exchange) *graph.Client {
	t.Helper()
	client, err := graph.NewClient(nil, &graph.ClientOptions{Endpoint: server.New(t, script...).URL + "/v1.0"})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// create is the request for a team, which the service accepts for later.
var create = server.Exchange{
	Request: "POST /v1.0/teams",
	Body: `{"displayName":"Harbour","visibility":"private","funSettings":{"allowGiphy":false},
		"template@odata.bind":"SERVER/v1.0/teamsTemplates/standard"}`,
	Status: 202, Replies: map[string]string{"Location": "/teams('t')/operations('o')"},
}

func state(response string) server.Exchange {
	return server.Exchange{Request: "GET /v1.0/teams('t')/operations('o')", Response: response}
}

// A team that is not there at once is created once.
func TestCreate(t *testing.T) {
	id, err := Create(t.Context(), connect(t, create,
		state(`{"status":"inProgress"}`), state(`{"status":"succeeded","targetResourceId":"t"}`)), "Harbour", 0)
	if id != "t" || err != nil {
		t.Errorf("%s, %v", id, err)
	}
}

func TestCreateFails(t *testing.T) {
	id, err := Create(t.Context(), connect(t, create, state(`{"status":"failed","error":{"message":"No licence."}}`)), "Harbour", 0)
	if id != "" || err == nil || !strings.HasSuffix(err.Error(), "failed: No licence.") {
		t.Errorf("%s, %v", id, err)
	}
}

func TestOwner(t *testing.T) {
	if err := Owner(t.Context(), connect(t, server.Exchange{
		Request: "POST /v1.0/teams/t/members",
		Body:    `{"@odata.type":"#microsoft.graph.aadUserConversationMember","roles":["owner"],"user@odata.bind":"SERVER/v1.0/users/meg@example.com"}`,
		Status:  201, Response: `{"id":"m"}`,
	}), "t", "meg@example.com"); err != nil {
		t.Error(err)
	}
}

func TestAnnounce(t *testing.T) {
	if err := Announce(t.Context(), connect(t,
		server.Exchange{
			Request: "GET /v1.0/teams/t/channels", Query: map[string]string{"$filter": "displayName eq 'Q&A'"},
			Response: `{"value":[]}`,
		},
		server.Exchange{
			Request: "POST /v1.0/teams/t/channels",
			Body:    `{"displayName":"Q&A","membershipType":"standard"}`, Status: 201, Response: `{"id":"19:x@thread.tacv2"}`,
		},
		server.Exchange{
			Request: "POST /v1.0/teams/t/channels/19:x@thread.tacv2/messages",
			Body:    `{"body":{"contentType":"html","content":"<b>Hi</b>"},"importance":"high"}`, Status: 201, Response: `{"id":"1"}`,
		},
	), "t", "Q&A", "<b>Hi</b>"); err != nil {
		t.Error(err)
	}
}

func TestArchive(t *testing.T) {
	if err := Archive(t.Context(), connect(t, server.Exchange{
		Request: "POST /v1.0/teams/t/archive", Body: `{"shouldSetSpoSiteReadOnlyForMembers":true}`, Status: 202,
	}), "t"); err != nil {
		t.Error(err)
	}
}
