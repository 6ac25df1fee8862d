package mail

import (
	"bytes"
	"encoding/json/v2"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/downstream/mail/graph"
	"example.com/downstream/mail/graph/odata"
	"example.com/downstream/server"
)

var since = time.Date(2024, time.July, 15, 10, 0, 0, 0, time.FixedZone("", 2*60*60))

func connect(t *testing.T, script ...server.Exchange) *graph.Client {
	t.Helper()
	client, err := graph.NewClient(nil, &graph.ClientOptions{Endpoint: server.New(t, script...).URL + "/v1.0"})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// A thousand messages come in pages of 7.
func TestUnread(t *testing.T) {
	var script []server.Exchange
	for first := 0; first < 1000; first += 7 {
		x := server.Exchange{Request: "GET /v1.0/me/messages", Query: map[string]string{
			"$select":  "id,subject,from",
			"$filter":  "isRead eq false and receivedDateTime ge 2024-07-15T08:00:00Z and categories/any(x:x in ('Red','It''s'))",
			"$orderby": "receivedDateTime desc",
			"$top":     "7",
		}}
		if first > 0 {
			x.Query = map[string]string{"$skiptoken": fmt.Sprint(first)}
		}
		var items []string
		for n := first; n < min(first+7, 1000); n++ {
			items = append(items, fmt.Sprintf(`{"id":"m%d","subject":"Subject %[1]d","from":{"emailAddress":{"name":"Meg"}}}`, n))
		}
		next := ""
		if first+7 < 1000 {
			next = fmt.Sprintf(`,"@odata.nextLink":"SERVER/v1.0/me/messages?$skiptoken=%d"`, first+7)
		}
		x.Response = `{"value":[` + strings.Join(items, ",") + `]` + next + `}`
		script = append(script, x)
	}
	var out bytes.Buffer
	ids, err := Unread(t.Context(), &out, connect(t, script...), since, "Red", "It's")
	if err != nil || len(ids) != 1000 || ids[999] != "m999" {
		t.Errorf("%d messages, %v", len(ids), err)
	}
	if !strings.HasPrefix(out.String(), "Meg Subject 0\nMeg Subject 1\n") || strings.Count(out.String(), "\n") != 1000 {
		t.Errorf("it prints %.100s", &out)
	}
	if len(script) != 143 {
		t.Errorf("%d pages", len(script))
	}
}

// The server decodes a filter to the expression that was meant.
func TestOdd(t *testing.T) {
	client := connect(t, server.Exchange{Request: "GET /v1.0/me/messages", Query: map[string]string{
		"$filter": "subject eq 'Meg''s 100% + #1 & Ω/日本' and (conversationId eq null or conversationId ne '6f9619ff-8b86-4d01-b42d-00cf4fc964ff')" +
			" and importance eq 'high' and not (endswith(from/emailAddress/address,'@example.com')) and receivedDateTime lt 2024-07-15T08:00:00Z",
	}, Response: `{"value":[]}`})
	for message, err := range client.Me().Messages().All(t.Context(), &graph.MessageQuery{Filter: Odd(since, "6f9619ff-8b86-4d01-b42d-00cf4fc964ff")}) {
		t.Error(message, err)
	}
}

// 45 updates are three requests. One of them fails.
func TestMarkAllRead(t *testing.T) {
	var ids []string
	for n := range 45 {
		ids = append(ids, fmt.Sprintf("m/%d", n))
	}
	type part struct {
		ID      string            `json:"id"`
		Method  string            `json:"method"`
		URL     string            `json:"url"`
		Headers map[string]string `json:"headers"`
		Body    map[string]any    `json:"body"`
	}
	decode := func(body []byte) []part {
		var batch struct {
			Requests []part `json:"requests"`
		}
		if err := json.Unmarshal(body, &batch); err != nil {
			t.Error(err)
		}
		return batch.Requests
	}
	next := 0
	exchange := func(size int) server.Exchange {
		return server.Exchange{
			Request: "POST /v1.0/$batch",
			Check: func(t testing.TB, body []byte) {
				parts := decode(body)
				if len(parts) != size {
					t.Errorf("%d requests in a batch, want %d", len(parts), size)
				}
				for _, p := range parts {
					if p.Method != "PATCH" || p.URL != fmt.Sprintf("/me/messages/m%%2F%d", next) || !maps.Equal(p.Body, map[string]any{"isRead": true}) || p.Headers["Content-Type"] != "application/json" {
						t.Errorf("part %d is %v", next, p)
					}
					next++
				}
			},
			Answer: func(body []byte) string {
				var responses []string
				for _, p := range slices.Backward(decode(body)) { // in any order
					response := fmt.Sprintf(`{"id":%q,"status":200,"body":{"id":"x","isRead":true}}`, p.ID)
					if p.URL == "/me/messages/m%2F30" {
						response = fmt.Sprintf(`{"id":%q,"status":404,"body":{"error":{"code":"ErrorItemNotFound","message":"Gone."}}}`, p.ID)
					}
					responses = append(responses, response)
				}
				return `{"responses":[` + strings.Join(responses, ",") + `]}`
			},
		}
	}
	failed, err := MarkAllRead(t.Context(), connect(t, exchange(20), exchange(20), exchange(5)), ids)
	if err != nil || len(failed) != 1 {
		t.Fatalf("%v, %v", failed, err)
	}
	if said, ok := odata.AsError(failed["m/30"]); !ok || said.Code != "ErrorItemNotFound" {
		t.Errorf("the error is %v", failed["m/30"])
	}
}

// A file of 10 MB goes in parts of 3.2 MB.
func TestSend(t *testing.T) {
	const size, part = 10_000_000, 10 * 320 << 10
	content := bytes.Repeat([]byte("0123456789"), size/10)
	script := []server.Exchange{
		{
			Request: "POST /v1.0/me/messages", Status: 201, Response: `{"id":"draft=1","isDraft":true}`,
			Body: `{"subject":"The plan","body":{"contentType":"text","content":"Here it is."},"categories":["Sent by program"],
				"toRecipients":[{"emailAddress":{"address":"meg@example.com"}}]}`,
		},
		{
			Request: "POST /v1.0/me/messages/draft=1/attachments", Status: 201, Response: `{"id":"a"}`,
			Body: `{"@odata.type":"#microsoft.graph.fileAttachment","name":"note.txt","contentBytes":"U2VlIHRoZSBmaWxlLg=="}`,
		},
		{
			Request: "POST /v1.0/me/messages/draft=1/attachments/createUploadSession", Status: 201,
			Body:     `{"AttachmentItem":{"attachmentType":"file","name":"plan.pdf","size":10000000}}`,
			Response: `{"uploadUrl":"SERVER/upload?token=x","nextExpectedRanges":["0-"]}`,
		},
	}
	for first := 0; first < size; first += part {
		end := min(first+part, size)
		x := server.Exchange{
			Request: "PUT /upload", Query: map[string]string{"token": "x"}, Status: 200, // as Outlook does
			Header: map[string]string{
				"Content-Type":  "application/octet-stream",
				"Content-Range": fmt.Sprintf("bytes %d-%d/%d", first, end-1, size),
			},
			Check: func(t testing.TB, body []byte) {
				if !bytes.Equal(body, content[first:end]) {
					t.Errorf("the part from %d on is wrong", first)
				}
			},
			Response: fmt.Sprintf(`{"nextExpectedRanges":["%d"]}`, end),
		}
		if end == size {
			x.Status, x.Response = 201, ""
		}
		script = append(script, x)
	}
	script = append(script, server.Exchange{Request: "POST /v1.0/me/messages/draft=1/send", Status: 202})
	var sent []int64
	err := Send(t.Context(), connect(t, script...), "meg@example.com", "The plan", "Here it is.", "plan.pdf", bytes.NewReader(content), size,
		func(n, total int64) { sent = append(sent, n) })
	if err != nil || len(sent) != 4 || sent[3] != size {
		t.Errorf("%v, %v", sent, err)
	}
}

// An update goes with the version that was read; a folder that is gone is no error.
func TestRename(t *testing.T) {
	client := connect(t,
		server.Exchange{
			Request: "GET /v1.0/me/mailFolders/f", Query: map[string]string{"$select": "displayName"},
			Response: `{"@odata.etag":"W/\"7\"","displayName":"Old"}`,
		},
		server.Exchange{
			Request: "PATCH /v1.0/me/mailFolders/f", Header: map[string]string{"If-Match": `W/"7"`},
			Body: `{"displayName":"New"}`, Response: `{"displayName":"New"}`,
		},
		server.Exchange{
			Request: "GET /v1.0/me/mailFolders/g", Query: map[string]string{"$select": "displayName"},
			Status: 404, Response: `{"error":{"code":"ErrorItemNotFound","message":"Gone."}}`,
		},
	)
	if ok, err := Rename(t.Context(), client, "f", "New"); !ok || err != nil {
		t.Errorf("%v, %v", ok, err)
	}
	if ok, err := Rename(t.Context(), client, "g", "New"); ok || err != nil {
		t.Errorf("%v, %v", ok, err)
	}
}

func TestUnflag(t *testing.T) {
	client := connect(t, server.Exchange{
		Request: "PATCH /v1.0/me/messages/m", Header: map[string]string{"If-Match": "*", "Prefer": "return=minimal"},
		Body: `{"flag":null,"categories":[]}`, Status: 204,
	})
	if err := Unflag(t.Context(), client, "m"); err != nil {
		t.Error(err)
	}
}

func TestChanges(t *testing.T) {
	client := connect(t,
		server.Exchange{
			Request: "GET /v1.0/me/mailFolders/inbox/messages/delta", Query: map[string]string{"$select": "subject"},
			Response: `{"value":[{"id":"1","subject":"One"}],"@odata.nextLink":"SERVER/v1.0/me/mailFolders/inbox/messages/delta?$skiptoken=a"}`,
		},
		server.Exchange{
			Request: "GET /v1.0/me/mailFolders/inbox/messages/delta", Query: map[string]string{"$skiptoken": "a"},
			Response: `{"value":[{"id":"2","subject":"Two"}],"@odata.deltaLink":"SERVER/v1.0/me/mailFolders/inbox/messages/delta?$deltatoken=b"}`,
		},
		server.Exchange{
			Request: "GET /v1.0/me/mailFolders/inbox/messages/delta", Query: map[string]string{"$deltatoken": "b"},
			Response: `{"value":[{"id":"1","@removed":{"reason":"deleted"}}],"@odata.deltaLink":"SERVER/v1.0/me/mailFolders/inbox/messages/delta?$deltatoken=c"}`,
		},
	)
	var out bytes.Buffer
	link, err := Changes(t.Context(), &out, client, "inbox", "")
	if err == nil {
		link, err = Changes(t.Context(), &out, client, "inbox", link)
	}
	if want := "+ 1 One\n+ 2 Two\n- 1 (deleted)\n"; err != nil || out.String() != want || !strings.HasSuffix(link, "$deltatoken=c") {
		t.Errorf("it prints %s, %v, %s", &out, err, link)
	}
}
