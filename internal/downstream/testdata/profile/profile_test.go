package profile

import (
	"bytes"
	"testing"

	"example.com/downstream/profile/graph"
	"example.com/downstream/server"
)

func connect(t *testing.T, script ...server.Exchange) *graph.Client {
	t.Helper()
	client, err := graph.NewClient(nil, &graph.ClientOptions{Endpoint: server.New(t, script...).URL + "/beta"})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestLearn(t *testing.T) {
	client := connect(t,
		server.Exchange{
			Request: "GET /beta/me/profile/skills", Query: map[string]string{"$filter": "displayName eq 'C#'"},
			Response: `{"value":[]}`,
		},
		server.Exchange{
			Request: "POST /beta/me/profile/skills", Status: 201, Response: `{"id":"1"}`,
			Body: `{"displayName":"C#","proficiency":"elementary","allowedAudiences":"organization"}`,
		},
		server.Exchange{
			Request: "GET /beta/me/profile/skills", Query: map[string]string{"$filter": "displayName eq 'C#'"},
			Response: `{"value":[{"id":"1","@odata.etag":"\"x\"","proficiency":"elementary"}]}`,
		},
		server.Exchange{
			Request: "PATCH /beta/me/profile/skills/1", Header: map[string]string{"If-Match": `"x"`},
			Body: `{"proficiency":"expert"}`, Response: `{"id":"1"}`,
		},
	)
	for _, level := range []graph.SkillProficiencyLevel{graph.SkillProficiencyLevelElementary, graph.SkillProficiencyLevelExpert} {
		if err := Learn(t.Context(), client, "C#", level); err != nil {
			t.Error(err)
		}
	}
}

func TestPrint(t *testing.T) {
	get := server.Exchange{
		Request: "GET /beta/users/meg@example.com/profile", Query: map[string]string{"$expand": "skills($select=displayName;$top=3),names"},
		Response: `{"id":"p","names":[{"displayName":"Meg"}],"skills":[{"displayName":"C#"},{"displayName":"Go"}]}`,
	}
	gone := get
	gone.Status, gone.Response = 404, ""
	client := connect(t, get, gone)
	var out bytes.Buffer
	for range 2 {
		if err := Print(t.Context(), &out, client, "meg@example.com"); err != nil {
			t.Error(err)
		}
	}
	if want := "Meg\n  C#\n  Go\nnobody\n"; out.String() != want {
		t.Errorf("it prints %s", &out)
	}
}

func TestForget(t *testing.T) {
	if err := Forget(t.Context(), connect(t,
		server.Exchange{Request: "DELETE /beta/me/profile/projects/p", Status: 204},
		server.Exchange{Request: "GET /beta/me/profile/projects/$count", Header: map[string]string{"Accept": "text/plain"}, Response: "0"},
		server.Exchange{Request: "DELETE /beta/me/profile", Status: 204},
	), "p"); err != nil {
		t.Error(err)
	}
}
