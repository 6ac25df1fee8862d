package generator_test

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// The tests of a package for mail send and receive what the pages of methods of all
// kinds show, and its doc comments name the pages and the permissions.
func TestRealPagesOfAllKinds(t *testing.T) {
	dir := gotest.Module(t)
	c := config.Config{
		Source:  gotest.Metadata(t, "csdl/beta-2021-07-13.xml"),
		Docs:    gotest.Metadata(t, "docs/beta-more"),
		Include: []string{"/me/messages/**", "/me/sendMail", "/me/calendar", "/groups/{id}/calendar", "/users/{id}/checkMemberGroups"},
		Output:  filepath.Join(dir, "mail"),
	}
	generate(t, c)
	gotest.Check(t, dir)
	var ds source.Diagnostics
	list, err := docs.ReadDir(filepath.Join(c.Docs, "api"), &ds)
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]*docs.Page{}
	for _, p := range list {
		pages[filepath.Base(p.File)] = p
	}
	for _, test := range []struct {
		page, part, file string
		omitted          []string // members that the test leaves out
	}{
		{"message-get.md", "response", "user_messages_item_builder_get", nil},
		{"user-list-messages.md", "response", "user_messages_builder_list", []string{"@odata.context", "@odata.nextLink"}},
		{"user-post-messages.md", "request", "user_messages_builder_create", nil},
		{"message-update.md", "request", "user_messages_item_builder_update", nil},
		{"message-update.md", "response", "user_messages_item_builder_update", nil},
		{"user-sendmail.md", "request", "me_builder_sendmail", nil},
		{"message-createreply.md", "response", "user_messages_item_builder_createreply", nil},
	} {
		t.Run(test.file+" "+test.part, func(t *testing.T) {
			var got []byte
			if test.part == "request" {
				request := string(gotest.Read(t, filepath.Join(c.Output, "testdata", test.file+".http")))
				_, body, _ := strings.Cut(request, "\n\n")
				body, _, _ = strings.Cut(body, "\n###")
				got = []byte(body)
			} else {
				got = gotest.Read(t, filepath.Join(c.Output, "testdata", test.file+".json"))
			}
			compareJSON(t, test.part, without(t, example(t, pages[test.page], test.part), test.omitted), got)
		})
	}
	for file, texts := range map[string][]string{
		"user_messages_item_builder.go": {
			"// Permissions: delegated Mail.ReadBasic, application Mail.ReadBasic.All (least", pages["message-get.md"].Address("beta"),
			pages["message-update.md"].Address("beta"), pages["message-delete.md"].Address("beta"), pages["message-reply.md"].Address("beta"),
		},
		"group_calendar_builder.go":           {"// Permissions: delegated Group.Read.All (least privileged)."},
		"user_calendar_builder.go":            {"// Permissions: delegated Calendars.Read, application Calendars.Read (least"},
		"users_item_builder.go":               {pages["user-checkmembergroups.md"].Address("beta"), "// Permissions: delegated User.ReadBasic.All, application User.Read.All (least"},
		"message_attachments_item_builder.go": {"// Permissions: delegated Mail.Read, application Mail.Read (least privileged)."},
	} {
		code := string(gotest.Read(t, filepath.Join(c.Output, file)))
		for _, text := range texts {
			if !strings.Contains(code, text) {
				t.Errorf("%s lacks %s", file, text)
			}
		}
	}
}

// without returns an object without some members.
func without(t *testing.T, object []byte, omitted []string) []byte {
	t.Helper()
	var members map[string]jsontext.Value
	if err := json.Unmarshal(object, &members, jsontext.AllowDuplicateNames(true)); err != nil {
		t.Fatal(err)
	}
	for name := range members {
		if slices.Contains(omitted, name) {
			delete(members, name)
		}
	}
	data, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
