// Package teams sets up teams.
package teams

import (
	"context"
	"encoding/json/jsontext"
	"errors"
	"fmt"
	"strconv"
	"time"

	"example.com/downstream/teams/graph"
	"example.com/downstream/teams/graph/odata"
)

// Create creates a team from the standard template, waits until it is there, and
// returns its ID.
func Create(ctx context.Context, client *graph.Client, name string, wait time.Duration) (string, error) {
	template, err := odata.Key(client.Resource("teamsTemplates"), "standard").URL()
	if err != nil {
		return "", err
	}
	var response odata.Response
	if _, err := client.Teams().Create(ctx, &graph.Team{
		DisplayName: odata.Of(name), Visibility: odata.Of(graph.TeamVisibilityTypePrivate),
		FunSettings:    odata.Of(&graph.TeamFunSettings{AllowGiphy: odata.Of(false)}),
		AdditionalData: map[string]jsontext.Value{"template@odata.bind": jsontext.Value(strconv.Quote(template))},
	}, &graph.Options{Response: &response}); err != nil {
		return "", err
	}
	operation := graph.TeamOperationsItemBuilder{Resource: client.Link(response.Location())}
	for {
		state, err := operation.Get(ctx, nil)
		if err != nil {
			return "", err
		}
		switch status := state.Status.Or(graph.TeamsAsyncOperationStatusInvalid); status {
		case graph.TeamsAsyncOperationStatusSucceeded:
			return state.TargetResourceID.Or(""), nil
		case graph.TeamsAsyncOperationStatusNotStarted, graph.TeamsAsyncOperationStatusInProgress:
		default:
			problem, _ := state.Error.Get()
			return "", fmt.Errorf("the team is not created: %s: %s", status, problem.Message.Or("the service does not say why"))
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

// Owner makes a user an owner of a team.
func Owner(ctx context.Context, client *graph.Client, team, user string) error {
	address, err := odata.Key(client.Resource("users"), user).URL()
	if err != nil {
		return err
	}
	_, err = client.Teams().ByID(team).Members().Create(ctx, (&graph.AadUserConversationMember{
		Roles:          odata.ListOf("owner"),
		AdditionalData: map[string]jsontext.Value{"user@odata.bind": jsontext.Value(strconv.Quote(address))},
	}).AsConversationMember(), nil)
	return err
}

// Announce posts a message in a channel, which it creates if there is none with that
// name.
func Announce(ctx context.Context, client *graph.Client, team, name, text string) error {
	channels := client.Teams().ByID(team).Channels()
	id := ""
	for channel, err := range channels.All(ctx, &graph.ChannelQuery{Filter: odata.Eq(graph.ChannelDisplayName, name)}) {
		if err != nil {
			return err
		}
		id = channel.ID.Or("")
	}
	if id == "" {
		channel, err := channels.Create(ctx, &graph.Channel{
			DisplayName: odata.Of(name), MembershipType: odata.Of(graph.ChannelMembershipTypeStandard),
		}, nil)
		if err != nil {
			return err
		}
		id = channel.ID.Or("")
	}
	_, err := channels.ByID(id).Messages().Create(ctx, &graph.ChatMessage{
		Body:       odata.Of(&graph.ItemBody{ContentType: odata.Of(graph.BodyTypeHTML), Content: odata.Of(text)}),
		Importance: odata.Of(graph.ChatMessageImportanceHigh),
	}, nil)
	return err
}

// Archive archives a team, unless it is gone.
func Archive(ctx context.Context, client *graph.Client, team string) error {
	err := client.Teams().ByID(team).Archive(ctx, &graph.TeamArchive{ShouldSetSpoSiteReadOnlyForMembers: odata.Of(true)}, nil)
	if errors.Is(err, odata.ErrNotFound) {
		return nil
	}
	return err
}
