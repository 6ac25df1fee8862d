package generator_test

import (
	"encoding/json/jsontext"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// With the real reference pages, each create of a profile allows exactly the
// properties that its page lists, the generated tests send the request and read
// the response of the page, and the descriptions of the page are doc comments.
func TestRealPages(t *testing.T) {
	dir := gotest.Module(t)
	c := config.Config{
		Source:  gotest.Metadata(t, "csdl/beta-2021-07-13.xml"),
		Docs:    gotest.Metadata(t, "docs/beta"),
		Include: []string{"POST /me/profile/**", "POST /users/{id}/profile/**"},
		Output:  filepath.Join(dir, "profile"),
	}
	if result := generate(t, c); result.Methods != 19 {
		t.Errorf("%d methods, want 19", result.Methods)
	}
	gotest.Check(t, dir)

	var ds source.Diagnostics
	pages, err := docs.ReadDir(filepath.Join(c.Docs, "api"), &ds)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, page := range pages {
		name := filepath.Base(page.File)
		older := name == "profile-post-projects.md" // the page of 2024-07-15 is the newer one
		if !strings.HasPrefix(name, "profile-post-") || older || name == "profile-post-responsibilities.md" {
			continue // no schema has responsibilities
		}
		seen++
		t.Run(name, func(t *testing.T) {
			collection := filepath.Base(page.Requests[0].Path)
			builder := "profile_" + snake(collection) + "_builder"
			code := string(gotest.Read(t, filepath.Join(c.Output, builder+".go")))
			if !strings.Contains(code, page.Address("beta")) {
				t.Error("the doc comment does not name the page")
			}
			if !strings.Contains(code, "(the\n// reference page)") && !strings.Contains(code, "(the reference page)") && !strings.Contains(code, "(the reference\n// page)") {
				t.Error("the doc comment does not give the page as evidence")
			}
			for _, row := range page.RequestProperties {
				if strings.Contains(code, `"`+row.Name+`"`) {
					t.Errorf("%s is refused, and the page lists it", row.Name)
				}
			}
			for _, name := range []string{"createdBy", "createdDateTime", "lastModifiedBy", "lastModifiedDateTime", "id"} {
				listed := slices.ContainsFunc(page.RequestProperties, func(row *docs.Property) bool { return row.Name == name })
				if !listed && !strings.Contains(code, `"`+name+`"`) {
					t.Errorf("%s is not refused, and the page does not list it", name)
				}
			}
			request := string(gotest.Read(t, filepath.Join(c.Output, "testdata", builder+"_create.http")))
			_, body, _ := strings.Cut(request, "\n\n")
			body, _, _ = strings.Cut(body, "\n###")
			compareJSON(t, "request", example(t, page, "request"), []byte(body))
			compareJSON(t, "response", example(t, page, "response"), gotest.Read(t, filepath.Join(c.Output, "testdata", builder+"_create.json")))
		})
	}
	if seen != 19 {
		t.Errorf("%d pages, want 19", seen)
	}

	projects := string(gotest.Read(t, filepath.Join(c.Output, "project_participation.go")))
	about, err := docs.ReadDir(filepath.Join(c.Docs, "resources"), &ds)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		"// " + description(about, "microsoft.graph.projectParticipation", "displayName") + " (not null)",
		`ProjectParticipationCollaborationTagsAskMeAbout     = "askMeAbout"`,
		`ProjectParticipationCollaborationTagsAbleToMentor   = "ableToMentor"`,
		`ProjectParticipationCollaborationTagsWantsToLearn   = "wantsToLearn"`,
		`ProjectParticipationCollaborationTagsWantsToImprove = "wantsToImprove"`,
	} {
		if !strings.Contains(projects, text) {
			t.Errorf("project_participation.go lacks %s", text)
		}
	}
}

// description returns the description of a property on a page.
func description(pages []*docs.Page, typeName, property string) string {
	for _, page := range pages {
		for _, row := range page.Properties {
			if page.TypeName() == typeName && row.Name == property {
				return row.Description
			}
		}
	}
	return "no description of " + typeName + "/" + property
}

// snake returns the name of a collection as it is in file names.
func snake(name string) string {
	var b strings.Builder
	for _, r := range name {
		if r >= 'A' && r <= 'Z' {
			b.WriteByte('_')
		}
		b.WriteString(strings.ToLower(string(r)))
	}
	return b.String()
}

func example(t *testing.T, page *docs.Page, kind string) []byte {
	t.Helper()
	for _, e := range page.Examples {
		switch {
		case kind == "request" && e.Request != nil && e.Request.JSON != nil:
			return e.Request.JSON
		case kind == "response" && e.Response != nil && e.Response.JSON != nil:
			return e.Response.JSON
		}
	}
	t.Fatalf("the page has no example of a %s", kind)
	return nil
}

// compareJSON compares JSON without regard to white space and the order of
// members.
func compareJSON(t *testing.T, what string, want, got []byte) {
	t.Helper()
	if diff := cmp.Diff(canonicalJSON(t, want), canonicalJSON(t, got)); diff != "" {
		t.Errorf("the %s is not that of the page (-want +got):\n%s", what, diff)
	}
}

func canonicalJSON(t *testing.T, data []byte) string {
	t.Helper()
	v := jsontext.Value(slices.Clone(data))
	if err := v.Format(jsontext.Multiline(true), jsontext.ReorderRawObjects(true), jsontext.AllowDuplicateNames(true)); err != nil {
		t.Fatal(err)
	}
	return string(v)
}
