package docs_test

import (
	"encoding/json/v2"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// realPages returns the real pages by name, such as "profile-get.md". Where
// they are absent it skips the test.
func realPages(t *testing.T) map[string]*docs.Page {
	t.Helper()
	var ds source.Diagnostics
	list, err := docs.ReadDir(gotest.Metadata(t, "docs/beta"), &ds)
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]*docs.Page{}
	for _, p := range list {
		pages[filepath.Base(p.File)] = p
	}
	return pages
}

func TestRealCreateProject(t *testing.T) {
	pages := realPages(t)
	for _, name := range []string{"profile-post-projects.md", "profile-post-projects.2024-07-15.md"} {
		page := pages[name]
		var requests []string
		for _, r := range page.Requests {
			requests = append(requests, r.Verb+" "+r.Path)
		}
		diff(t, []string{"POST /me/profile/projects", "POST /users/{id | userPrincipalName}/profile/projects"}, requests)
		var settable []string
		for _, p := range page.RequestProperties {
			typ := p.Type
			if p.Collection {
				typ = "[]" + typ
			}
			settable = append(settable, p.Name+" "+typ+" "+p.Inherited)
		}
		diff(t, []string{
			"allowedAudiences String itemFacet", "categories []String ", "client companyDetail ", "collaborationTags []String ",
			"colleagues []relatedPerson ", "detail positionDetail ", "displayName String ", "inference inferenceData itemFacet",
			"source personDataSource itemFacet", "sponsors []relatedPerson ",
		}, settable)
		diff(t, []string{"me", "family", "contacts", "groupMembers", "organization", "federatedOrganizations", "everyone", "unknownFutureValue"}, page.RequestProperties[0].Possible)
		diff(t, []string{"askMeAbout", "ableToMentor", "wantsToLearn", "wantsToImprove"}, page.RequestProperties[3].Allowed)
		diff(t, []docs.Response{{Status: 201, Type: "projectParticipation", Position: page.Responses[0].Position}}, page.Responses)
		diff(t, "microsoft.graph", page.Namespace)

		request, response := page.Examples[0].Request, page.Examples[0].Response
		diff(t, "POST /me/profile/projects", request.Verb+" "+request.Path)
		diff(t, []string{"categories", "client", "detail", "displayName"}, names(t, &request.Message))
		diff(t, 201, response.Status)
		diff(t, "microsoft.graph.projectParticipation", response.Type)
		diff(t, []string{
			"allowedAudiences", "categories", "client", "colleagues", "createdBy", "createdDateTime", "detail", "displayName",
			"id", "inference", "lastModifiedBy", "lastModifiedDateTime", "source", "sponsors",
		}, names(t, &response.Message))
		if i := strings.Index(string(response.JSON), `"datetime-value"`); response.At(int64(i)).Column != 21 {
			t.Errorf("a value is at %v", response.At(int64(i)))
		}
	}
	if pages["profile-post-projects.2024-07-15.md"].Date != "2024-07-15" {
		t.Error("the newer page has no date")
	}
}

// Each page of a create has an example, from which the tests of generated code
// are made.
func TestRealCreates(t *testing.T) {
	count := 0
	for name, page := range realPages(t) {
		if !strings.HasPrefix(name, "profile-post-") {
			continue
		}
		count++
		if len(page.Requests) != 2 || len(page.RequestProperties) < 4 || len(page.Responses) != 1 || page.Responses[0].Status != 201 || page.Responses[0].Type == "" {
			t.Errorf("%s: %d requests, %d properties, responses %+v", name, len(page.Requests), len(page.RequestProperties), page.Responses)
		}
		if e := page.Examples[0]; e.Request == nil || e.Request.JSON == nil || e.Response == nil || e.Response.JSON == nil {
			t.Errorf("%s lacks an example with bodies: %+v", name, e)
		}
	}
	if count != 21 {
		t.Errorf("%d pages are about creating something, not 21", count)
	}
}

func TestRealResources(t *testing.T) {
	pages := realPages(t)
	diff(t, "itemFacet", pages["projectparticipation.md"].Base)
	diff(t, "entity", pages["itemfacet.md"].Base)
	diff(t, "", pages["companydetail.md"].Base)
	diff(t, "", pages["inferencedata.md"].Base) // it speaks of data that was "derived from a machine learning"
	diff(t, 20, len(pages["profile.md"].Relationships))
	diff(t, 3, len(pages["geocoordinates.md"].Properties))             // rows without a | at their end
	diff(t, 7, len(pages["workposition-update.md"].RequestProperties)) // below a heading Properties
	for name, page := range pages {
		if page.Kind == docs.Resource && len(page.Properties) == 0 {
			t.Errorf("%s has no properties", name)
		}
		if page.Title == "" || page.Namespace != "microsoft.graph" || page.Kind != docs.Method && page.Kind != docs.Resource {
			t.Errorf("%s: title %q, namespace %q, kind %q", name, page.Title, page.Namespace, page.Kind)
		}
	}
}

// counts of what the pages of a folder have.
type counts struct {
	Pages, Mistakes                                                 int
	Requests, Permissions, QueryOptions, Parameters, Body, Statuses int // pages with some
	Examples, Pairs                                                 int
	RequestPaths, RequestJSON, RequestText                          int
	ResponseStatuses, ResponseJSON, ResponseText                    int
	Representations, RepresentationJSON                             int
}

// All kinds of pages are read.
func TestRealCounts(t *testing.T) {
	for dir, want := range map[string]counts{
		"beta/api": {
			Pages: 103, Mistakes: 17,
			Requests: 103, Permissions: 102, QueryOptions: 41, Body: 41, Statuses: 103,
			Examples: 104, Pairs: 104,
			RequestPaths: 104, RequestJSON: 41,
			ResponseStatuses: 104, ResponseJSON: 83,
		},
		"beta/resources": {Pages: 37, Mistakes: 10, Representations: 37, RepresentationJSON: 37},
		"beta-more/api": {
			Pages: 369, Mistakes: 243,
			Requests: 369, Permissions: 366, QueryOptions: 55, Parameters: 13, Body: 95, Statuses: 363,
			Examples: 609, Pairs: 559,
			RequestPaths: 596, RequestJSON: 217, RequestText: 14,
			ResponseStatuses: 572, ResponseJSON: 404, ResponseText: 15,
			Representations: 2, RepresentationJSON: 2,
		},
		"beta-more/resources": {Pages: 35, Mistakes: 16, Representations: 35, RepresentationJSON: 35},
	} {
		t.Run(dir, func(t *testing.T) {
			var ds source.Diagnostics
			pages, err := docs.ReadDir(gotest.Metadata(t, "docs/"+dir), &ds)
			if err != nil {
				t.Fatal(err)
			}
			got := counts{Pages: len(pages), Mistakes: len(ds.Warnings())}
			for _, p := range pages {
				got.add(p)
			}
			diff(t, want, got)
		})
	}
}

func (c *counts) add(p *docs.Page) {
	count := func(n *int, is bool) {
		if is {
			*n++
		}
	}
	count(&c.Requests, len(p.Requests) > 0)
	count(&c.Permissions, len(p.Permissions) > 0)
	count(&c.QueryOptions, len(p.QueryOptions) > 0)
	count(&c.Parameters, len(p.Parameters) > 0)
	count(&c.Body, len(p.RequestProperties) > 0)
	count(&c.Statuses, len(p.Responses) > 0)
	for _, e := range p.Examples {
		c.Examples++
		count(&c.Pairs, e.Request != nil && e.Response != nil)
		if q := e.Request; q != nil {
			count(&c.RequestPaths, q.Path != "")
			count(&c.RequestJSON, q.JSON != nil)
			count(&c.RequestText, q.Text != "")
		}
		if a := e.Response; a != nil {
			count(&c.ResponseStatuses, a.Status != 0)
			count(&c.ResponseJSON, a.JSON != nil)
			count(&c.ResponseText, a.Text != "")
		}
	}
	for _, m := range p.Representations {
		c.Representations++
		count(&c.RepresentationJSON, m.JSON != nil)
	}
}

// Only these pages lack an element that the pages of methods have.
func TestRealGaps(t *testing.T) {
	var ds source.Diagnostics
	pages, err := docs.ReadDir(gotest.Metadata(t, "docs/beta-more/api"), &ds)
	if err != nil {
		t.Fatal(err)
	}
	var gaps []string
	for _, p := range pages {
		for _, element := range []struct {
			name  string
			there bool
		}{
			{"request", len(p.Requests) > 0}, {"permissions", len(p.Permissions) > 0},
			{"status", len(p.Responses) > 0}, {"example", len(p.Examples) > 0},
		} {
			if !element.there {
				gaps = append(gaps, filepath.Base(p.File)+": no "+element.name)
			}
		}
	}
	for _, w := range ds.Warnings() {
		if strings.Contains(w.Message, "JSON") && strings.Contains(w.Message, "body is left out") {
			gaps = append(gaps, filepath.Base(w.Position.File)+": not JSON")
		}
	}
	diff(t, []string{
		"drive-post-bundles.md: no status",
		"driveitem-follow.md: no status",
		"driveitem-get-content-format.md: no permissions",
		"driveitem-get-content.md: no status",
		"driveitem-invite.md: no status",
		"driveitem-preview.md: no status",
		"driveitem-preview.md: no example",
		"driveitem-put-content.md: no status",
		"subscription-list.md: no permissions",
		"user-invalidateallrefreshtokens.md: no permissions", // a list in prose
		"attachment-get.md: not JSON",                        // {Raw bytes of the file}
		"opentypeextension-get.md: not JSON",                 // line breaks in strings
		"opentypeextension-post-opentypeextension.md: not JSON",
		"opentypeextension-post-opentypeextension.md: not JSON",
		"opentypeextension-update.md: not JSON",
	}, gaps)
}

// The permissions of some pages are as their tables say.
func TestRealPermissions(t *testing.T) {
	var ds source.Diagnostics
	list, err := docs.ReadDir(gotest.Metadata(t, "docs/beta-more/api"), &ds)
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]*docs.Page{}
	for _, p := range list {
		pages[filepath.Base(p.File)] = p
	}
	yes := func(names ...string) docs.Access {
		a := docs.Access{Supported: model.Yes}
		for _, name := range names {
			a.AnyOf = append(a.AnyOf, strings.Split(name, " and "))
		}
		return a
	}
	no := docs.Access{Supported: model.No}
	for name, want := range map[string][]docs.Permissions{
		"message-get.md":             {{Delegated: yes("Mail.ReadBasic", "Mail.Read"), Personal: yes("Mail.ReadBasic", "Mail.Read"), Application: yes("Mail.ReadBasic.All", "Mail.Read")}},
		"user-sendmail.md":           {{Delegated: yes("Mail.Send"), Personal: yes("Mail.Send"), Application: yes("Mail.Send")}},
		"user-exportpersonaldata.md": {{Delegated: yes("User.Export.All and User.Read.All"), Personal: no, Application: yes("User.Export.All and User.Read.All")}},
		"calendar-get.md": {
			{Subject: "user calendar", Delegated: yes("Calendars.Read", "Calendars.ReadWrite"), Personal: yes("Calendars.Read", "Calendars.ReadWrite"), Application: yes("Calendars.Read", "Calendars.ReadWrite")},
			{Subject: "group calendar", Delegated: yes("Group.Read.All", "Group.ReadWrite.All"), Personal: no, Application: no},
		},
		"profilephoto-update.md": {
			{Subject: "Profile photo of the signed-in user", Delegated: yes("User.ReadWrite", "User.ReadWrite.All")},
			{Subject: "group", Delegated: yes("Group.ReadWrite.All"), Application: yes("Group.ReadWrite.All")},
			{Subject: "contact", Delegated: yes("Contacts.ReadWrite"), Application: yes("Contacts.ReadWrite")},
			{Personal: no},
			{Subject: "user", Application: yes("User.ReadWrite.All")},
		},
		"subscription-list.md": nil,
	} {
		var got []docs.Permissions
		for _, p := range pages[name].Permissions {
			q := *p
			q.Position = source.Position{}
			got = append(got, q)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s:\n%s", name, d)
		}
	}
}

func names(t *testing.T, m *docs.Message) []string {
	t.Helper()
	var object map[string]any
	if err := json.Unmarshal(m.JSON, &object); err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(maps.Keys(object))
}

func diff(t *testing.T, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
