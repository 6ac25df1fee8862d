package teams

import (
	"net/http"
	"testing"
	"time"

	"example.com/downstream/teams/graph"
	"example.com/downstream/teams/graph/fake"
)

// The program sets up a team. The service creates it some time after the response,
// as the test says.
func TestFake(t *testing.T) {
	service := fake.NewService()
	client, err := graph.NewClient(nil, service.ClientOptions())
	if err != nil {
		t.Fatal(err)
	}
	service.TeamsCreate = func(call *fake.Call, body *graph.Team) (*graph.Team, error) {
		call.Status = http.StatusAccepted
		call.Reply.Set("Location", "/teams('t')/operations('o')")
		return nil, service.Seed("/teams/t/operations/o", `{"status":"inProgress"}`)
	}
	polls := 0
	service.TeamOperationsItemGet = func(*fake.Call) (*graph.TeamsAsyncOperation, error) {
		if polls++; polls == 3 {
			if err := service.Seed("/teams/t/operations/o", `{"status":"succeeded","targetResourceId":"t"}`); err != nil {
				return nil, err
			}
		}
		return nil, fake.ErrDefault
	}
	id, err := Create(t.Context(), client, "Plans", time.Millisecond)
	if id != "t" || err != nil || polls != 3 {
		t.Fatalf("%s, %v after %d polls", id, err, polls)
	}
	if err := Owner(t.Context(), client, id, "meg"); err != nil {
		t.Error(err)
	}
	for range 2 { // the channel is created once
		if err := Announce(t.Context(), client, id, "General", "Hello."); err != nil {
			t.Error(err)
		}
	}
	channels := 0
	for channel, err := range client.Teams().ByID(id).Channels().All(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		messages := 0
		for message, err := range client.Teams().ByID(id).Channels().ByID(channel.ID.Or("")).Messages().All(t.Context(), nil) {
			if err != nil {
				t.Fatal(message, err)
			}
			messages++
		}
		if channels++; messages != 2 {
			t.Errorf("%d messages", messages)
		}
	}
	if channels != 1 {
		t.Errorf("%d channels", channels)
	}
	service.TeamsItemArchive = func(call *fake.Call, _ *graph.TeamArchive) error {
		if call.Keys[0] != id {
			return &fake.Error{Status: http.StatusNotFound}
		}
		return nil
	}
	for _, team := range []string{id, "gone"} {
		if err := Archive(t.Context(), client, team); err != nil {
			t.Error(err)
		}
	}
}
