// Package headline tests the headline case as a user of the generated package
// would write it: with the request and the response of the reference page.
package headline

import (
	"bytes"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"testing"

	"github.com/msgraphgen/msgraphgen/generated/profile"
	"github.com/msgraphgen/msgraphgen/generated/profile/odata"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// page returns the JSON of the examples on the reference page.
func page(t *testing.T) (request, response jsontext.Value) {
	t.Helper()
	text, err := os.ReadFile(gotest.Metadata(t, "docs/beta/api/profile-post-projects.2024-07-15.md"))
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```http\r?\n[^`]*?\n(\\{\r?\n[^`]*\n\\})\\s*```").FindAllSubmatch(text, -1)
	if len(blocks) != 2 {
		t.Fatalf("the page has %d examples with JSON, want 2", len(blocks))
	}
	return blocks[0][1], blocks[1][1]
}

// object gives access to the texts of a JSON object by name.
type object map[string]any

func decode(t *testing.T, v jsontext.Value) object {
	t.Helper()
	var o object
	if err := json.Unmarshal(v, &o); err != nil {
		t.Fatal(err)
	}
	return o
}

func (o object) text(name string) odata.Opt[string] { return odata.Of(o[name].(string)) }
func (o object) at(name string) object              { return o[name].(map[string]any) }

func canonical(t *testing.T, v []byte) string {
	t.Helper()
	c := jsontext.Value(bytes.Clone(v))
	if err := c.Format(jsontext.ReorderRawObjects(true)); err != nil {
		t.Fatal(err)
	}
	return string(c)
}

func TestReferencePage(t *testing.T) {
	request, response := page(t)
	var got []byte
	var line string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		line = r.Method + " " + r.RequestURI
		got, _ = io.ReadAll(r.Body)
		w.WriteHeader(http.StatusCreated)
		w.Write(response)
	}))
	defer server.Close()
	client, err := profile.NewClient(nil, &profile.ClientOptions{Endpoint: server.URL + "/beta"})
	if err != nil {
		t.Fatal(err)
	}
	r := decode(t, request)
	company := func(o object) *profile.CompanyDetail {
		return &profile.CompanyDetail{DisplayName: o.text("displayName"), Department: o.text("department"), WebURL: o.text("webUrl")}
	}
	detail := r.at("detail")
	body := &profile.ProjectParticipation{
		DisplayName: r.text("displayName"),
		Categories:  odata.ListOf(r["categories"].([]any)[0].(string)),
		Client:      odata.Of(company(r.at("client"))),
		Detail: odata.Of(&profile.PositionDetail{
			Company:     odata.Of(company(detail.at("company"))),
			Description: detail.text("description"),
			JobTitle:    detail.text("jobTitle"),
			Role:        detail.text("role"),
			Summary:     detail.text("summary"),
		}),
	}
	project, err := client.Me().Profile().Projects().Create(t.Context(), body, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := "POST /beta/me/profile/projects"; line != want {
		t.Errorf("sent %s, want %s", line, want)
	}
	if canonical(t, got) != canonical(t, request) {
		t.Errorf("sent %s\nwant %s", got, request)
	}
	again, err := json.Marshal(project)
	if err != nil {
		t.Fatal(err)
	}
	if canonical(t, again) != canonical(t, response) {
		t.Errorf("the response is encoded as %s\nwant %s", again, response)
	}
	// A mistake of the page is there, and costs only itself.
	got2, _ := project.Detail.Get()
	if _, ok := got2.EndMonthYear.Get(); ok || got2.EndMonthYear.Err() == nil || string(got2.EndMonthYear.Raw()) != `"datetime-value"` {
		t.Errorf("endMonthYear: %v, %v", got2.EndMonthYear.Raw(), got2.EndMonthYear.Err())
	}
	if c, ok := got2.Company.Get(); !ok || c.AdditionalData["companyCode"].Kind() != '"' {
		t.Errorf("companyCode is lost: %v", c)
	}
	if at, ok := project.CreatedDateTime.Get(); !ok || at.Nanosecond() != 229486800 {
		t.Errorf("createdDateTime: %v", at)
	}
}

// Absent, null and a value are three things on the wire.
func TestThreeStates(t *testing.T) {
	for name, test := range map[string]struct {
		project profile.ProjectParticipation
		want    string
	}{
		"absent": {profile.ProjectParticipation{}, `{}`},
		"null":   {profile.ProjectParticipation{DisplayName: odata.Null[string](), Inference: odata.Null[*profile.InferenceData]()}, `{"displayName":null,"inference":null}`},
		"empty":  {profile.ProjectParticipation{DisplayName: odata.Of(""), Categories: odata.ListOf[string]()}, `{"categories":[],"displayName":""}`},
		"flags":  {profile.ProjectParticipation{AllowedAudiences: odata.Of(odata.Join(profile.AllowedAudiencesMe, profile.AllowedAudiencesOrganization))}, `{"allowedAudiences":"me,organization"}`},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := json.Marshal(&test.project)
			if err != nil {
				t.Fatal(err)
			}
			if canonical(t, got) != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// Everything that a service can send survives decoding and encoding.
func TestNothingIsLost(t *testing.T) {
	for _, text := range []string{
		`{"allowedAudiences":"me,organization"}`,
		`{"allowedAudiences":"me, organization"}`,
		`{"allowedAudiences":"somethingNew"}`,
		`{"allowedAudiences":8}`,
		`{"createdBy":{"user":{"@odata.type":"#microsoft.graph.teamworkUserIdentity","id":"1","userIdentityType":"aadUser"}}}`,
		`{"notInTheSchema":9007199254740993}`,
		`{"createdDateTime":"0001-01-01T00:00:00Z"}`,
		`{"createdDateTime":"2020-07-06T06:34:12.2294868Z"}`,
		`{"createdDateTime":"2020-07-06T06:34:12.0000000Z"}`,
		`{"categories":["a",null]}`,
		`{"colleagues":[null,{"displayName":null}]}`,
		`{"colleagues":{"not":"a collection"}}`,
		`{"source":{"type":"one"}}`,
		`{"inference":{"confidenceScore":"INF"}}`,
		`{"@odata.context":"x","displayName@odata.type":"#String","id":null}`,
	} {
		var project profile.ProjectParticipation
		if err := json.Unmarshal([]byte(text), &project); err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got, err := json.Marshal(&project); err != nil || canonical(t, got) != canonical(t, []byte(text)) {
			t.Errorf("%s is encoded as %s, %v", text, got, err)
		}
	}
}

// Bodies that set read-only properties are refused before anything is sent.
func TestRefusedBeforeSending(t *testing.T) {
	client, err := profile.NewClient(nil, &profile.ClientOptions{Endpoint: "http://127.0.0.1:1/beta"})
	if err != nil {
		t.Fatal(err)
	}
	project := &profile.ProjectParticipation{ID: odata.Of("1"), IsSearchable: odata.Of(true), DisplayName: odata.Of("Orchard")}
	_, err = client.Me().Profile().Projects().Create(t.Context(), project, nil)
	if want := "ProfileProjects.Create: id and isSearchable are read-only: leave them out (see ForCreate)"; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	if c := project.ForCreate(); !c.ID.IsZero() || !c.IsSearchable.IsZero() || c.DisplayName.Or("") != "Orchard" || project.ID.IsZero() {
		t.Errorf("ForCreate returns %v", c)
	}
}
