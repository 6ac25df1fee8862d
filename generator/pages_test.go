package generator_test

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/api"
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

// Every valid example of every page about a method that the metadata of the same
// summer has passes its emitted test. It takes minutes, so it does not always run.
func TestExamplesOfAllPages(t *testing.T) {
	if os.Getenv("MSGRAPHGEN_ALL_PAGES") != "1" {
		t.Skip("skipped: it takes minutes; MSGRAPHGEN_ALL_PAGES=1 runs it")
	}
	for _, folder := range []string{"docs/beta", "docs/beta-more"} {
		t.Run(folder, func(t *testing.T) {
			dir := gotest.Module(t)
			c := config.Config{Source: gotest.Metadata(t, "csdl/beta-2021-07-13.xml"), Docs: gotest.Metadata(t, folder), Output: filepath.Join(dir, "graph")}
			var ds source.Diagnostics
			pages, err := docs.ReadDir(filepath.Join(c.Docs, "api"), &ds)
			if err != nil {
				t.Fatal(err)
			}
			key := regexp.MustCompile(`\{[^}]*\}`)
			for _, p := range pages {
				for _, r := range p.Requests {
					pattern := r.Verb + " " + key.ReplaceAllString(r.Path, "{id}")
					if !slices.Contains(c.Include, pattern) {
						c.Include = append(c.Include, pattern)
					}
				}
			}
			asked := len(c.Include)
			for {
				_, err := generator.Generate(t.Context(), c)
				e, ok := errors.AsType[*api.Error](err)
				if !ok {
					break
				}
				for _, problem := range e.Problems { // generator/docs/testdata/mapping.golden has the reasons
					c.Include = slices.DeleteFunc(c.Include, func(pattern string) bool { return pattern == problem.Pattern })
				}
			}
			result := generate(t, c)
			count := func(pattern string) int {
				files, err := filepath.Glob(filepath.Join(c.Output, "testdata", pattern))
				if err != nil {
					t.Fatal(err)
				}
				return len(files)
			}
			t.Logf("%d pages, %d requests, of which %d match methods: %d methods, %d files of requests, %d of them for further examples",
				len(pages), asked, len(c.Include), result.Methods, count("*.http"), count("*.[0-9]*.http"))
			gotest.Check(t, dir)
		})
	}
}
