package drive

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"example.com/downstream/drive/graph"
	"example.com/downstream/drive/graph/odata"
	"example.com/downstream/server"
)

// open returns a drive with the ID "d!1".
func open(t *testing.T, script ...server.Exchange) *Drive {
	t.Helper()
	script = append([]server.Exchange{{Request: "GET /v1.0/me/drive", Response: `{"id":"d!1"}`}}, script...)
	client, err := graph.NewClient(nil, &graph.ClientOptions{Endpoint: server.New(t, script...).URL + "/v1.0"})
	if err != nil {
		t.Fatal(err)
	}
	drive, err := Open(t.Context(), client)
	if err != nil {
		t.Fatal(err)
	}
	return drive
}

func TestList(t *testing.T) {
	var out bytes.Buffer
	err := open(t,
		server.Exchange{
			Request: "GET /v1.0/drives/d%211/items/root/children", Query: map[string]string{"$select": "name,size,folder", "$top": "2"},
			Response: `{"value":[{"name":"Plans","folder":{"childCount":3}},{"name":"a.txt","size":9007199254740993}],"@odata.nextLink":"SERVER/v1.0/next?page=2"}`,
		},
		server.Exchange{Request: "GET /v1.0/next", Query: map[string]string{"page": "2"}, Response: `{"value":[{"name":"b.txt","size":2}]}`},
	).List(t.Context(), &out, "root")
	if want := "Plans/\na.txt 9007199254740993 bytes\nb.txt 2 bytes\n"; out.String() != want || err != nil {
		t.Errorf("it prints %s, %v", &out, err)
	}
}

func TestFolder(t *testing.T) {
	id, err := open(t, server.Exchange{
		Request: "POST /v1.0/drives/d%211/items/root/children",
		Body:    `{"name":"Plans","folder":{},"@microsoft.graph.conflictBehavior":"rename"}`, Status: 201, Response: `{"id":"f"}`,
	}).Folder(t.Context(), "root", "Plans")
	if id != "f" || err != nil {
		t.Errorf("%s, %v", id, err)
	}
}

// The content is at another address, which gets no token.
func TestCopy(t *testing.T) {
	item, err := open(t,
		server.Exchange{
			Request: "GET /v1.0/drives/d%211/items/a/content", Header: map[string]string{"Accept": "*/*"},
			Status: 302, Replies: map[string]string{"Location": "SERVER/files/a?sig=x%2By"},
		},
		server.Exchange{
			Request: "GET /files/a", Query: map[string]string{"sig": "x+y"}, Header: map[string]string{"Accept": "*/*"},
			Replies: map[string]string{"Content-Type": "text/plain"}, Response: "hello",
		},
		server.Exchange{
			Request: "PUT /v1.0/drives/d%211/items/root:/100%25%20%231.txt:/content", Header: map[string]string{"Content-Type": "text/plain"},
			Body: "hello", Status: 201, Response: `{"id":"b","size":5}`,
		},
	).Copy(t.Context(), "a", "root", "100% #1.txt")
	if err != nil || item.Size.Or(0) != 5 {
		t.Errorf("%v, %v", item, err)
	}
}

// The service loses a part of a file of 10 MB, and says so.
func TestPut(t *testing.T) {
	const size, part = 10_000_000, 10 * 320 << 10
	content := bytes.Repeat([]byte("0123456789"), size/10)
	put := func(first, status int, response string) server.Exchange {
		end := min(first+part, size)
		return server.Exchange{
			Request: "PUT /up", Status: status, Response: response,
			Header: map[string]string{"Content-Type": "application/octet-stream", "Content-Range": fmt.Sprintf("bytes %d-%d/%d", first, end-1, size)},
			Check: func(t testing.TB, body []byte) {
				if !bytes.Equal(body, content[first:end]) {
					t.Errorf("the part from %d on is wrong", first)
				}
			},
		}
	}
	item, err := open(t,
		server.Exchange{
			Request: "POST /v1.0/drives/d%211/items/root:/film.mp4:/createUploadSession", Body: `{"item":{"fileSize":10000000}}`,
			Response: `{"uploadUrl":"SERVER/up"}`,
		},
		put(0, 202, `{"nextExpectedRanges":["3276800-"]}`),
		put(part, 416, `{"error":{"code":"invalidRange"}}`),
		server.Exchange{Request: "GET /up", Response: `{"nextExpectedRanges":["3276800-"]}`},
		put(part, 202, `{"nextExpectedRanges":["6553600-"]}`),
		put(2*part, 202, `{"nextExpectedRanges":["9830400-9999999"]}`),
		put(3*part, 201, `{"id":"film","size":10000000}`),
	).Put(t.Context(), "root", "film.mp4", bytes.NewReader(content), size)
	if err != nil || item.ID.Or("") != "film" {
		t.Errorf("%v, %v", item, err)
	}
}

func TestShare(t *testing.T) {
	link, err := open(t, server.Exchange{
		Request: "POST /v1.0/drives/d%211/items/a/createLink", Body: `{"type":"view","scope":"organization"}`, Status: 201,
		Response: `{"id":"p","link":{"webUrl":"https://example.com/x"}}`,
	}).Share(t.Context(), "a")
	if link != "https://example.com/x" || err != nil {
		t.Errorf("%s, %v", link, err)
	}
}

func TestMove(t *testing.T) {
	err := open(t, server.Exchange{
		Request: "PATCH /v1.0/drives/d%211/items/a", Header: map[string]string{"If-Match": `"{1},2"`},
		Body: `{"parentReference":{"id":"f"},"description":null}`, Status: 412,
	}).Move(t.Context(), "a", "f", `"{1},2"`)
	if !errors.Is(err, odata.ErrPreconditionFailed) {
		t.Error(err)
	}
}
