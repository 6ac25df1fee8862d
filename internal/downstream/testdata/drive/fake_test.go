package drive

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"testing"

	"example.com/downstream/drive/graph"
	"example.com/downstream/drive/graph/fake"
	"example.com/downstream/drive/graph/odata"
)

// The program works with a fake drive. Addresses with names of files, which the
// metadata does not know, are answered by the test.
func TestFake(t *testing.T) {
	var service *fake.Service
	files := map[string]string{}
	service = fake.NewService(&fake.Options{Other: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodPut:
			files[r.URL.Path] = r.Header.Get("Content-Type")
			fmt.Fprint(w, `{"id":"copy"}`)
		default:
			fmt.Fprintf(w, `{"uploadUrl":%q}`, service.UploadSession(func(content []byte) (any, error) {
				files[r.URL.Path] = fmt.Sprint(len(content), " bytes")
				return &graph.DriveItem{ID: odata.Of("large")}, nil
			}))
		}
	})})
	client, err := graph.NewClient(nil, service.ClientOptions())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(
		service.Seed("/me/drive", `{"id":"d"}`),
		service.Seed("/drives/d/items/top/children", `{"id":"a","name":"a.txt","size":12}`, `{"name":"Plans","folder":{}}`, `{"name":"b.txt","size":1}`),
		service.Seed("/drives/d/items/a"), // it is not found among the children
	); err != nil {
		t.Fatal(err)
	}
	d, err := Open(t.Context(), client)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Folder(t.Context(), "top", "New"); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := d.List(t.Context(), &out, "top"); err != nil {
		t.Fatal(err)
	}
	if want := "a.txt 12 bytes\nPlans/\nb.txt 1 bytes\nNew/\n"; out.String() != want {
		t.Errorf("it prints %s", &out)
	}
	if _, err := d.item("a").Content().Upload(t.Context(), bytes.NewReader([]byte("hello")), "text/plain", nil); err != nil {
		t.Fatal(err)
	}
	if item, err := d.Copy(t.Context(), "a", "top", "copy.txt"); err != nil || item.ID.Or("") != "copy" || files["/v1.0/drives/d/items/top:/copy.txt:/content"] != "text/plain" {
		t.Errorf("%v, %v, %v", item, err, files)
	}
	content := bytes.Repeat([]byte("x"), 5_000_000)
	if item, err := d.Put(t.Context(), "top", "large", bytes.NewReader(content), int64(len(content))); err != nil || item.ID.Or("") != "large" {
		t.Errorf("%v, %v, %v", item, err, files)
	}
	service.DriveItemsItemCreateLink = func(call *fake.Call, body *graph.DriveItemCreateLink) (*graph.Permission, error) {
		return &graph.Permission{Link: odata.Of(&graph.SharingLink{WebURL: odata.Of("https://contoso.example/" + call.Keys[1] + "/" + body.Type.Or(""))})}, nil
	}
	if link, err := d.Share(t.Context(), "a"); err != nil || link != "https://contoso.example/a/view" {
		t.Errorf("%s, %v", link, err)
	}
	item, err := d.item("a").Get(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Move(t.Context(), "a", "plans", odata.ETag(item)); err != nil {
		t.Error(err)
	}
	if err := d.Move(t.Context(), "a", "top", odata.ETag(item)); !errors.Is(err, odata.ErrPreconditionFailed) {
		t.Errorf("an item that was changed is moved: %v", err)
	}
}
