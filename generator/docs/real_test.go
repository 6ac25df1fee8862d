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
		for _, p := range page.Body {
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
		diff(t, []string{"me", "family", "contacts", "groupMembers", "organization", "federatedOrganizations", "everyone", "unknownFutureValue"}, page.Body[0].Possible)
		diff(t, []string{"askMeAbout", "ableToMentor", "wantsToLearn", "wantsToImprove"}, page.Body[3].Allowed)
		diff(t, docs.Response{Status: 201, Type: "projectParticipation", Position: page.Response.Position}, *page.Response)
		diff(t, "microsoft.graph", page.Namespace)

		request, response := page.Examples[0], page.Examples[1]
		diff(t, "POST /me/profile/projects", request.Verb+" "+request.Path)
		diff(t, []string{"categories", "client", "detail", "displayName"}, names(t, request))
		diff(t, 201, response.Status)
		diff(t, request.Name, response.Name)
		diff(t, "microsoft.graph.projectParticipation", response.Type)
		diff(t, []string{
			"allowedAudiences", "categories", "client", "colleagues", "createdBy", "createdDateTime", "detail", "displayName",
			"id", "inference", "lastModifiedBy", "lastModifiedDateTime", "source", "sponsors",
		}, names(t, response))
		if i := strings.Index(string(response.Body), `"datetime-value"`); response.BodyAt(int64(i)).Column != 21 {
			t.Errorf("a value is at %v", response.BodyAt(int64(i)))
		}
	}
	if pages["profile-post-projects.2024-07-15.md"].Date != "2024-07-15" {
		t.Error("the newer page has no date")
	}
}

// Every page of a create has what the tests of generated code are made of.
func TestRealCreates(t *testing.T) {
	count := 0
	for name, page := range realPages(t) {
		if !strings.HasPrefix(name, "profile-post-") {
			continue
		}
		count++
		if len(page.Requests) != 2 || len(page.Body) < 4 || page.Response == nil || page.Response.Status != 201 || page.Response.Type == "" {
			t.Errorf("%s: %d requests, %d properties, response %+v", name, len(page.Requests), len(page.Body), page.Response)
		}
		kinds := map[string]bool{}
		for _, e := range page.Examples {
			kinds[e.BlockType] = kinds[e.BlockType] || e.Body != nil
		}
		if !kinds["request"] || !kinds["response"] {
			t.Errorf("%s lacks an example with a body: %v", name, kinds)
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
	diff(t, 3, len(pages["geocoordinates.md"].Properties)) // rows without a bar at their end
	diff(t, 7, len(pages["workposition-update.md"].Body))  // below a heading Properties
	for name, page := range pages {
		if page.Kind == docs.Resource && len(page.Properties) == 0 {
			t.Errorf("%s has no properties", name)
		}
		if page.Title == "" || page.Namespace != "microsoft.graph" || page.Kind != docs.API && page.Kind != docs.Resource {
			t.Errorf("%s: title %q, namespace %q, kind %q", name, page.Title, page.Namespace, page.Kind)
		}
	}
}

func names(t *testing.T, e *docs.Example) []string {
	t.Helper()
	var object map[string]any
	if err := json.Unmarshal(e.Body, &object); err != nil {
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
