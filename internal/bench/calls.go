package main

// twelveCalls are the methods of the calls that programs make most often.
var twelveCalls = []string{
	"GET /me", "GET /users", "PATCH /users/{id}",
	"GET /me/messages", "DELETE /me/messages/{id}", "POST /me/sendMail",
	"GET /me/events", "POST /me/events",
	"POST /groups", "POST /groups/{id}/members/$ref",
	"GET /drives/{id}/items/{id}/children", "GET /drives/{id}/items/{id}/content",
}

// twelveCallsProgram makes each of twelveCalls.
const twelveCallsProgram = `package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"example.com/bench/graph"
	"example.com/bench/graph/odata"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Println(err)
	}
}

func run(ctx context.Context) error {
	client, err := graph.NewClient(nil, nil)
	if err != nil {
		return err
	}
	me, err := client.Me().Get(ctx, &graph.UserItemQuery{Select: odata.Fields(graph.UserID, graph.UserDisplayName)})
	if err != nil {
		return err
	}
	for user, err := range client.Users().All(ctx, &graph.UserQuery{Filter: odata.StartsWith(graph.UserDisplayName, "A")}) {
		if err != nil {
			return err
		}
		fmt.Println(user.DisplayName.Or(""))
	}
	id := me.ID.Or("")
	if _, err := client.Users().ByID(id).Update(ctx, &graph.User{Department: odata.Null[string]()}, nil); err != nil {
		return err
	}
	for message, err := range client.Me().Messages().All(ctx, &graph.MessageQuery{Filter: odata.Eq(graph.MessageIsRead, false), Top: 50}) {
		if err != nil {
			return err
		}
		if err := client.Me().Messages().ByID(message.ID.Or("")).Delete(ctx, nil); err != nil {
			return err
		}
	}
	if err := client.Me().SendMail(ctx, &graph.UserSendMail{Message: odata.Of(&graph.Message{Subject: odata.Of("Hello")})}, nil); err != nil {
		return err
	}
	for event, err := range client.Me().Events().All(ctx, nil) {
		if err != nil {
			return err
		}
		fmt.Println(event.Subject.Or(""))
	}
	if _, err := client.Me().Events().Create(ctx, &graph.Event{Subject: odata.Of("Berths")}, nil); err != nil {
		return err
	}
	group, err := client.Groups().Create(ctx, &graph.Group{DisplayName: odata.Of("Harbour"), MailEnabled: odata.Of(false)}, nil)
	if err != nil {
		return err
	}
	if err := client.Groups().ByID(group.ID.Or("")).Members().Ref().Add(ctx, odata.Key(client.Resource("users"), id)); err != nil {
		return err
	}
	items := client.Drives().ByID("d").Items()
	for item, err := range items.ByID("root").Children().All(ctx, nil) {
		if err != nil {
			return err
		}
		stream, err := items.ByID(item.ID.Or("")).Content().Download(ctx, nil)
		if err != nil {
			return err
		}
		defer stream.Close()
		if _, err := io.Copy(os.Stdout, stream); err != nil {
			return err
		}
	}
	return nil
}
`

// twelveRequestsProgram makes the same requests with package net/http alone.
const twelveRequestsProgram = `package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
)

const root = "https://graph.microsoft.com/beta"

func main() {
	if err := run(); err != nil {
		fmt.Println(err)
	}
}

func send(method, path string, body, result any) error {
	var content io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return err
		}
		content = bytes.NewReader(data)
	}
	request, err := http.NewRequest(method, root+path, content)
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	switch {
	case response.StatusCode >= 300:
		return fmt.Errorf("%s %s: %s", method, path, response.Status)
	case result != nil:
		return json.NewDecoder(response.Body).Decode(result)
	}
	_, err = io.Copy(os.Stdout, response.Body)
	return err
}

type item struct {
	ID          string ` + "`json:\"id\"`" + `
	DisplayName string ` + "`json:\"displayName\"`" + `
}

type page struct {
	Value []item ` + "`json:\"value\"`" + `
	Next  string ` + "`json:\"@odata.nextLink\"`" + `
}

func run() error {
	var me, group item
	var users, messages, events, children page
	for _, r := range []struct {
		method, path string
		body, result any
	}{
		{"GET", "/me?$select=id,displayName", nil, &me},
		{"GET", "/users?$filter=" + url.QueryEscape("startswith(displayName,'A')"), nil, &users},
		{"PATCH", "/users/a", map[string]any{"department": nil}, nil},
		{"GET", "/me/messages?$top=50&$filter=" + url.QueryEscape("isRead eq false"), nil, &messages},
		{"DELETE", "/me/messages/a", nil, nil},
		{"POST", "/me/sendMail", map[string]any{"Message": map[string]any{"subject": "Hello"}}, nil},
		{"GET", "/me/events", nil, &events},
		{"POST", "/me/events", map[string]any{"subject": "Berths"}, nil},
		{"POST", "/groups", map[string]any{"displayName": "Harbour", "mailEnabled": false}, &group},
		{"POST", "/groups/a/members/$ref", map[string]any{"@odata.id": root + "/users/a"}, nil},
		{"GET", "/drives/d/items/root/children", nil, &children},
		{"GET", "/drives/d/items/a/content", nil, nil},
	} {
		if err := send(r.method, r.path, r.body, r.result); err != nil {
			return err
		}
	}
	fmt.Println(me, group, users, messages, events, children)
	return nil
}
`

// These select 199 and 212 methods.
var (
	mailAndContacts = []string{"/me/messages/**", "/me/mailFolders/**", "/me/contactFolders/**", "/me/contacts/**", "/me/todo/**"}
	mailAndCalendar = []string{"/me/messages/**", "/me/mailFolders/**", "/me/events/**", "/me/calendar/**"}
)
