// Package mail works with a mailbox.
package mail

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"example.com/downstream/mail/graph"
	"example.com/downstream/mail/graph/odata"
)

// Unread prints the subjects of all unread messages since a moment that have one of
// the categories, and returns their IDs.
func Unread(ctx context.Context, out io.Writer, client *graph.Client, since time.Time, categories ...string) ([]string, error) {
	var ids []string
	for message, err := range client.Me().Messages().All(ctx, &graph.MessageQuery{
		Select: odata.Fields(graph.MessageID, graph.MessageSubject, graph.MessageFrom),
		Filter: odata.And(
			odata.Eq(graph.MessageIsRead, false),
			odata.Ge(graph.MessageReceivedDateTime, since),
			odata.Any(graph.MessageCategories, odata.In(odata.It[string](), categories...)),
		),
		OrderBy: odata.Desc(graph.MessageReceivedDateTime),
		Top:     7,
	}) {
		if err != nil {
			return ids, err
		}
		from, _ := message.From.Get()
		address, _ := from.EmailAddress.Get()
		fmt.Fprintln(out, address.Name.Or("nobody"), message.Subject.Or("(no subject)"))
		ids = append(ids, message.ID.Or(""))
	}
	return ids, nil
}

// Odd returns the filter for messages that are odd in many ways.
func Odd(since time.Time, conversation string) odata.Filter[graph.Message] {
	sender := odata.Path(odata.Path(graph.MessageFrom, graph.RecipientEmailAddress), graph.EmailAddressAddress)
	return odata.And(
		odata.Eq(graph.MessageSubject, "Meg's 100% + #1 & Ω/日本"),
		odata.Or(odata.IsNull(graph.MessageConversationID), odata.Ne(graph.MessageConversationID, conversation)),
		odata.Eq(graph.MessageImportance, graph.ImportanceHigh),
		odata.Not(odata.EndsWith(sender, "@example.com")),
		odata.Lt(graph.MessageReceivedDateTime, since),
	)
}

// MarkAllRead marks messages as read, with few requests, and returns the errors by
// their IDs.
func MarkAllRead(ctx context.Context, client *graph.Client, ids []string) (map[string]error, error) {
	batch := odata.NewBatch(client)
	results := map[string]*odata.Result[*graph.Message]{}
	for _, id := range ids {
		results[id] = odata.Add(batch, func(ctx context.Context) (*graph.Message, error) {
			return client.Me().Messages().ByID(id).Update(ctx, &graph.Message{IsRead: odata.Of(true)}, nil)
		})
	}
	if err := batch.Do(ctx); err != nil {
		return nil, err
	}
	failed := map[string]error{}
	for id, result := range results {
		if _, err := result.Result(); err != nil {
			failed[id] = err
		}
	}
	return failed, nil
}

// Send sends a text with a large file.
func Send(ctx context.Context, client *graph.Client, to, subject, text, name string, content io.ReaderAt, size int64, progress func(sent, total int64)) error {
	draft, err := client.Me().Messages().Create(ctx, &graph.Message{
		Categories: odata.ListOf("Sent by program"),
		Subject:    odata.Of(subject),
		Body:       odata.Of(&graph.ItemBody{ContentType: odata.Of(graph.BodyTypeText), Content: odata.Of(text)}),
		ToRecipients: odata.ListOf(&graph.Recipient{
			EmailAddress: odata.Of(&graph.EmailAddress{Address: odata.Of(to)}),
		}),
	}, nil)
	if err != nil {
		return err
	}
	message := client.Me().Messages().ByID(draft.ID.Or(""))
	if _, err := message.Attachments().Create(ctx, (&graph.FileAttachment{
		Name:         odata.Of("note.txt"),
		ContentBytes: odata.Of(odata.Binary("See the file.")),
	}).AsAttachment(), nil); err != nil {
		return err
	}
	session, err := message.Attachments().CreateUploadSession(ctx, &graph.AttachmentCreateUploadSession{
		AttachmentItem: odata.Of(&graph.AttachmentItem{
			AttachmentType: odata.Of(graph.AttachmentTypeFile), Name: odata.Of(name), Size: odata.Of(size),
		}),
	}, nil)
	if err != nil {
		return err
	}
	if _, err := odata.UploadParts[graph.Attachment](ctx, client, session.UploadURL.Or(""), content, size, &odata.UploadOptions{Progress: progress}); err != nil {
		return err
	}
	return message.Send(ctx, nil)
}

// Rename gives a folder another name unless somebody else has changed it, and
// reports whether the folder was there.
func Rename(ctx context.Context, client *graph.Client, folder, name string) (bool, error) {
	one := client.Me().MailFolders().ByID(folder)
	read, err := one.Get(ctx, &graph.MailFolderItemQuery{Select: odata.Fields(graph.MailFolderDisplayName)})
	if errors.Is(err, odata.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	_, err = one.Update(ctx, &graph.MailFolder{DisplayName: odata.Of(name)}, &graph.Options{IfMatch: odata.ETag(read)})
	return true, err
}

// Unflag removes the flag and the categories of a message.
func Unflag(ctx context.Context, client *graph.Client, id string) error {
	_, err := client.Me().Messages().ByID(id).Update(ctx, &graph.Message{
		Categories: odata.ListOf[string](),
		Flag:       odata.Null[*graph.FollowupFlag](),
	}, &graph.Options{IfMatch: "*", Minimal: true})
	return err
}

// Changes prints what has changed in a folder since a link, "" for everything, and
// returns the link for the next time.
func Changes(ctx context.Context, out io.Writer, client *graph.Client, folder, link string) (string, error) {
	messages := client.Me().MailFolders().ByID(folder).Messages()
	changes := messages.Delta(&graph.MessageQuery{Select: odata.Fields(graph.MessageSubject)})
	if link != "" {
		changes = messages.DeltaFrom(link)
	}
	for change, err := range changes.All(ctx) {
		switch {
		case err != nil:
			return "", err
		case change.Removed:
			fmt.Fprintf(out, "- %s (%s)\n", change.Item.ID.Or(""), change.Reason)
		default:
			fmt.Fprintf(out, "+ %s %s\n", change.Item.ID.Or(""), change.Item.Subject.Or(""))
		}
	}
	return changes.Link(), nil
}
