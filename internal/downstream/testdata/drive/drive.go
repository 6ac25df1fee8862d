// Package drive works with files.
package drive

import (
	"bytes"
	"context"
	"encoding/json/jsontext"
	"errors"
	"fmt"
	"io"

	"example.com/downstream/drive/graph"
	"example.com/downstream/drive/graph/odata"
)

// Drive is the drive of a user.
type Drive struct {
	client *graph.Client
	id     string
}

// Open returns the drive of the user who has signed in.
func Open(ctx context.Context, client *graph.Client) (*Drive, error) {
	drive, err := client.Me().Drive().Get(ctx, nil)
	if err != nil {
		return nil, err
	}
	return &Drive{client, drive.ID.Or("")}, nil
}

func (d *Drive) item(id string) *graph.DriveItemsItemBuilder {
	return d.client.Drives().ByID(d.id).Items().ByID(id)
}

// List prints what is in a folder.
func (d *Drive) List(ctx context.Context, out io.Writer, folder string) error {
	for item, err := range d.item(folder).Children().All(ctx, &graph.DriveItemQuery{
		Select: odata.Fields(graph.DriveItemName, graph.DriveItemSize, graph.DriveItemFolder),
		Top:    2,
	}) {
		switch {
		case err != nil:
			return err
		case item.Folder.IsZero():
			fmt.Fprintln(out, item.Name.Or(""), item.Size.Or(0), "bytes")
		default:
			fmt.Fprintln(out, item.Name.Or("")+"/")
		}
	}
	return nil
}

// Folder creates a folder, and returns its ID. If there is one, it gets another name.
func (d *Drive) Folder(ctx context.Context, parent, name string) (string, error) {
	item, err := d.item(parent).Children().Create(ctx, &graph.DriveItem{
		Name: odata.Of(name), Folder: odata.Of(&graph.Folder{}),
		AdditionalData: map[string]jsontext.Value{"@microsoft.graph.conflictBehavior": jsontext.Value(`"rename"`)},
	}, nil)
	if err != nil {
		return "", err
	}
	return item.ID.Or(""), nil
}

// Copy downloads a file and uploads it under another path of the same folder.
func (d *Drive) Copy(ctx context.Context, id, folder, name string) (*graph.DriveItem, error) {
	stream, err := d.item(id).Content().Download(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer stream.Close()
	content, err := io.ReadAll(stream)
	if err != nil {
		return nil, err
	}
	to := &graph.DriveItemsItemBuilder{Resource: d.item(folder).Path(":/" + name + ":")}
	return to.Content().Upload(ctx, bytes.NewReader(content), stream.ContentType, nil)
}

// Put uploads a large file in parts.
func (d *Drive) Put(ctx context.Context, folder, name string, content io.ReaderAt, size int64) (*graph.DriveItem, error) {
	to := &graph.DriveItemsItemBuilder{Resource: d.item(folder).Path(":/" + name + ":")}
	session, err := to.CreateUploadSession(ctx, &graph.DriveItemCreateUploadSession{
		Item: odata.Of(&graph.DriveItemUploadableProperties{FileSize: odata.Of(size)}),
	}, nil)
	if err != nil {
		return nil, err
	}
	return odata.UploadParts[graph.DriveItem](ctx, d.client, session.UploadURL.Or(""), content, size, nil)
}

// Share returns a link to an item that everybody in the organization can read.
func (d *Drive) Share(ctx context.Context, id string) (string, error) {
	permission, err := d.item(id).CreateLink(ctx, &graph.DriveItemCreateLink{
		Type: odata.Of("view"), Scope: odata.Of("organization"),
	}, nil)
	if err != nil {
		return "", err
	}
	link, ok := permission.Link.Get()
	if !ok {
		return "", errors.New("the service sends no link")
	}
	return link.WebURL.Or(""), nil
}

// Move moves an item into another folder, if nobody has changed it.
func (d *Drive) Move(ctx context.Context, id, folder, tag string) error {
	_, err := d.item(id).Update(ctx, &graph.DriveItem{
		ParentReference: odata.Of(&graph.ItemReference{ID: odata.Of(folder)}),
		Description:     odata.Null[string](),
	}, &graph.Options{IfMatch: tag})
	return err
}
