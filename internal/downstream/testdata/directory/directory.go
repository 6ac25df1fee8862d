// Package directory manages people, groups and applications.
package directory

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"example.com/downstream/directory/graph"
	"example.com/downstream/directory/graph/odata"
)

// Hire creates a user with a manager, and adds the user to groups.
func Hire(ctx context.Context, client *graph.Client, name, address, password, manager string, groups ...string) (string, error) {
	user, err := client.Users().Create(ctx, &graph.User{
		AccountEnabled: odata.Of(true), DisplayName: odata.Of(name), UserPrincipalName: odata.Of(address), MailNickname: odata.Of("meg"),
		PasswordProfile: odata.Of(&graph.PasswordProfile{Password: odata.Of(password), ForceChangePasswordNextSignIn: odata.Of(true)}),
	}, nil)
	if err != nil {
		return "", err
	}
	id := user.ID.Or("")
	if err := client.Users().ByID(id).Manager().Ref().Set(ctx, client.Users().ByID(manager)); err != nil {
		return id, err
	}
	for _, group := range groups {
		if err := client.Groups().ByID(group).Members().Ref().Add(ctx, client.DirectoryObjects().ByID(id)); err != nil {
			return id, err
		}
	}
	return id, nil
}

// Leave removes a user from a group and deletes the user. It is no error if both
// have been done.
func Leave(ctx context.Context, client *graph.Client, id, group string) error {
	for _, err := range []error{
		client.Groups().ByID(group).Members().Ref().Remove(ctx, client.DirectoryObjects().ByID(id)),
		client.Users().ByID(id).Delete(ctx, nil),
	} {
		if err != nil && !errors.Is(err, odata.ErrNotFound) {
			return err
		}
	}
	return nil
}

// Report prints how many guests there are, those of a company, and their groups.
func Report(ctx context.Context, out io.Writer, client *graph.Client, company string) error {
	guest := odata.Eq(graph.UserUserType, "Guest")
	n, err := client.Users().Count(ctx, &graph.UserQuery{Filter: guest})
	if err != nil {
		return err
	}
	fmt.Fprintln(out, n, "guests")
	for user, err := range client.Users().All(ctx, &graph.UserQuery{
		Select:  odata.Fields(graph.UserID, graph.UserDisplayName),
		Filter:  odata.And(guest, odata.StartsWith(graph.UserCompanyName, company)),
		OrderBy: odata.Asc(graph.UserDisplayName),
		Expand:  odata.Expand(graph.UserManager, &graph.DirectoryObjectItemQuery{Select: odata.Fields(graph.DirectoryObjectID)}),
	}) {
		if err != nil {
			return err
		}
		fmt.Fprintln(out, user.DisplayName.Or(""))
		if manager, ok := odata.Expanded[graph.DirectoryObject](user, "manager").Get(); ok {
			boss, err := odata.As[graph.User](manager)
			if err != nil {
				return err
			}
			fmt.Fprintln(out, "  works for", boss.ID.Or(""))
		}
		for group, err := range client.Users().ByID(user.ID.Or("")).MemberOf().AsGroup().All(ctx, &graph.GroupQuery{
			Filter: odata.Any(graph.GroupGroupTypes, odata.Eq(odata.It[string](), "Unified")),
		}) {
			if err != nil {
				return err
			}
			fmt.Fprintln(out, "  is in", group.DisplayName.Or(""))
		}
	}
	return nil
}

// Members prints the members of a group, whatever they are.
func Members(ctx context.Context, out io.Writer, client *graph.Client, group string) error {
	for member, err := range client.Groups().ByID(group).Members().All(ctx, nil) {
		if err != nil {
			return err
		}
		if user, err := odata.As[graph.User](member); err == nil {
			fmt.Fprintln(out, "user", user.Mail.Or(""))
			continue
		}
		fmt.Fprintln(out, member.ODataType(), member.ID.Or(""))
	}
	return nil
}

// License assigns a license to a user and removes another one.
func License(ctx context.Context, client *graph.Client, user string, add, remove odata.Guid) error {
	_, err := client.Users().ByID(user).AssignLicense(ctx, &graph.UserAssignLicense{
		AddLicenses:    odata.ListOf(&graph.AssignedLicense{SkuID: odata.Of(add)}),
		RemoveLicenses: odata.ListOf(remove),
	}, nil)
	return err
}

// Licensed returns how many users have a license and were created before a moment.
func Licensed(ctx context.Context, client *graph.Client, sku odata.Guid, before time.Time) (int64, error) {
	return client.Users().Count(ctx, &graph.UserQuery{Filter: odata.And(
		odata.Any(graph.UserAssignedLicenses, odata.Eq(graph.AssignedLicenseSkuID, sku)),
		odata.Lt(graph.UserCreatedDateTime, before),
		odata.NotNull(graph.UserDepartment),
	)})
}
