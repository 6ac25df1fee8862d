package mail

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"example.com/downstream/mail/graph"
	"example.com/downstream/mail/graph/fake"
	"example.com/downstream/mail/graph/odata"
)

// mailbox returns a fake service and a client of it.
func mailbox(t *testing.T) (*fake.Service, *graph.Client) {
	t.Helper()
	service := fake.NewService()
	client, err := graph.NewClient(nil, service.ClientOptions())
	if err != nil {
		t.Fatal(err)
	}
	return service, client
}

// The program reads, marks, renames and follows messages of a fake mailbox.
func TestFakeReading(t *testing.T) {
	service, client := mailbox(t)
	for n := range 60 {
		message := fmt.Sprintf(`{"id":"m%d","subject":"Subject %[1]d","isRead":%t,"categories":["It's"],"receivedDateTime":"2024-07-15T%02d:00:00Z",
			"from":{"emailAddress":{"name":"Meg"}}}`, n, n%2 == 1, n%24)
		if err := service.Seed("/me/messages", message); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	ids, err := Unread(t.Context(), &out, client, since, "Red", "It's")
	if err != nil || len(ids) != 18 || ids[0] != "m22" || !strings.HasPrefix(out.String(), "Meg Subject 22\nMeg Subject 46\n") {
		t.Errorf("%v, %v, %s", ids, err, &out)
	}
	if pages := len(service.Requests()); pages != 3 {
		t.Errorf("%d pages", pages)
	}
	failed, err := MarkAllRead(t.Context(), client, append(ids, "nobody"))
	if err != nil || len(failed) != 1 || failed["nobody"] == nil {
		t.Errorf("%v, %v", failed, err)
	}
	if left, err := Unread(t.Context(), &out, client, since, "It's"); err != nil || len(left) != 0 {
		t.Errorf("%v, %v", left, err)
	}
	if err := Unflag(t.Context(), client, "m1"); err != nil {
		t.Error(err)
	}
	for message, err := range client.Me().Messages().All(t.Context(), &graph.MessageQuery{Filter: Odd(since, "x")}) {
		t.Error(message, err)
	}
}

func TestFakeFolders(t *testing.T) {
	service, client := mailbox(t)
	if err := service.Seed("/me/mailFolders/inbox/messages", `{"id":"1","subject":"One"}`, `{"id":"2","subject":"Two"}`); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	link, err := Changes(t.Context(), &out, client, "inbox", "")
	if err != nil {
		t.Fatal(err)
	}
	address, err := client.Me().MailFolders().ByID("inbox").Messages().URL()
	if err != nil {
		t.Fatal(err)
	}
	one := graph.UserMessagesItemBuilder{Resource: odata.Key(client.Link(address), "1")}
	if err := one.Delete(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if _, err := Changes(t.Context(), &out, client, "inbox", link); err != nil {
		t.Fatal(err)
	}
	if want := "+ 1 One\n+ 2 Two\n- 1 (deleted)\n"; out.String() != want {
		t.Errorf("it prints %s", &out)
	}
	for folder, want := range map[string]bool{"inbox": true, "nobody": false} {
		if ok, err := Rename(t.Context(), client, folder, "New"); ok != want || err != nil {
			t.Errorf("%v, %v", ok, err)
		}
	}
}

// The upload session and the actions answer what the test says.
func TestFakeSend(t *testing.T) {
	service, client := mailbox(t)
	content := bytes.Repeat([]byte("0123456789"), 1_000_000)
	var got []byte
	sent := 0
	service.MessageAttachmentsCreateUploadSession = func(*fake.Call, *graph.AttachmentCreateUploadSession) (*graph.UploadSession, error) {
		return &graph.UploadSession{UploadURL: odata.Of(service.UploadSession(func(content []byte) (any, error) { got = content; return nil, nil }))}, nil
	}
	service.UserMessagesItemSend = func(*fake.Call) error { sent++; return nil }
	service.Fail(5, fake.BreakAfter) // a part of the file
	err := Send(t.Context(), client, "meg@example.com", "The plan", "Here it is.", "plan.pdf", bytes.NewReader(content), int64(len(content)), nil)
	if err != nil || !bytes.Equal(got, content) || sent != 1 {
		t.Errorf("%v, %d bytes, %d sent", err, len(got), sent)
	}
	for message, err := range client.Me().Messages().All(t.Context(), nil) {
		if err != nil || message.Subject.Or("") != "The plan" {
			t.Error(message, err)
		}
	}
}
