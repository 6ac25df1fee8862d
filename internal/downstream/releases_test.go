package downstream

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/diff"
	reports "github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// releases are the releases of the metadata that the module updates to, in order.
var releases = []string{"beta-2020-08-25-described", "beta-2020-10-27", "beta-2021-07-13", "beta-ussec-2026-08"}

// app is the code of a user of the generated package. It stays the same.
const app = `package app

import (
	"context"

	"example.com/downstream/graph/profile"
	"example.com/downstream/graph/profile/odata"
)

// AddProject adds a project to the profile of the user, and returns its ID.
func AddProject(ctx context.Context, client *profile.Client, name, company string) (string, error) {
	project, err := client.Me().Profile().Projects().Create(ctx, &profile.ProjectParticipation{
		DisplayName:      odata.Of(name),
		Client:           odata.Of(&profile.CompanyDetail{DisplayName: odata.Of(company)}),
		AllowedAudiences: odata.Of(profile.AllowedAudiencesOrganization),
		Inference:        odata.Null[*profile.InferenceData](),
	}, nil)
	if err != nil {
		return "", err
	}
	return project.ID.Or(""), nil
}
`

const appTest = `package app

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"example.com/downstream/graph/profile"
)

func TestAddProject(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		const want = "{\"allowedAudiences\":\"organization\",\"client\":{\"displayName\":\"Harbor\"},\"displayName\":\"Berths\",\"inference\":null}"
		if r.Method+r.URL.Path != "POST/me/profile/projects" || len(body) != len(want) {
			t.Errorf("got %s %s\n%s", r.Method, r.URL, body)
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		io.WriteString(w, "{\"id\": \"p7\"}")
	}))
	defer server.Close()
	options := &profile.ClientOptions{Endpoint: server.URL}
	options.InsecureAllowCredentialWithHTTP = true
	client, err := profile.NewClient(nil, options)
	if err != nil {
		t.Fatal(err)
	}
	if id, err := AddProject(t.Context(), client, "Berths", "Harbor"); err != nil || id != "p7" {
		t.Errorf("got %q, %v", id, err)
	}
}
`

// A module updates to one release of the metadata after the other. Each update
// writes only files that change, the code of the user and the generated tests
// still pass, and the reports list exactly the changes of the metadata.
func TestReleases(t *testing.T) {
	dir := module(t)
	write(t, dir,
		"app/app.go", app, "app/app_test.go", appTest,
		"graph/generate.go", "package graph\n\n//go:generate go tool msgraphgen generate\n",
		"graph/msgraphgen.yaml", `source: profile.xml
upstream: ..\upstream\metadata.xml
include:
  - POST /me/profile/projects
  - POST /users/{id}/profile/projects
output: .\profile
api-version: beta
`)
	graph := filepath.Join(dir, "graph")
	var last map[string]*element
	keys := ""
	for i, release := range releases {
		csdl := inOwnWords(gotest.Read(t, gotest.Metadata(t, "csdl/"+release+".xml")))
		gotest.Write(t, dir, "upstream/metadata.xml", csdl)
		elements := closure(t, csdl, func(elements map[string]*element) []string { return []string{"microsoft.graph.projectParticipation"} })
		now := reach(t, csdl, nil).keys
		if i > 0 {
			if err := os.Rename(filepath.Join(graph, "profile.xml"), filepath.Join(graph, "before.xml")); err != nil {
				t.Fatal(err)
			}
			write(t, graph, "profile.xml", string(gotest.Read(t, filepath.Join(graph, "before.xml"))))
		}
		before := age(t, graph)
		report := run(t, graph, "tool", "msgraphgen", "update")
		after := files(t, graph)
		checkWritten(t, before, after)
		check(t, dir)

		// From now on, everything works offline.
		run(t, dir, "generate", "./...")
		run(t, graph, "tool", "msgraphgen", "check")
		if diff := cmp.Diff(texts(after), texts(files(t, graph))); diff != "" {
			t.Errorf("%s: generate writes something else than update:\n%s", release, diff)
		}
		if i > 0 {
			golden(t, release+"/update.txt", outside.ReplaceAllString(report, ""))
			for _, form := range []string{"text", "markdown", "json", "html"} {
				report := run(t, graph, "tool", "msgraphgen", "diff", "before.xml", "profile.xml", "--report", form)
				golden(t, release+"/report."+form, report)
				if form == "json" {
					want := changes(last, elements, renames(t, report))
					if now != keys {
						want = append(want, "key changed users")
						slices.Sort(want)
					}
					if diff := cmp.Diff(want, reported(t, report)); diff != "" {
						t.Errorf("%s: the report (-metadata +report):\n%s", release, diff)
					}
				}
			}
		}
		last, keys = elements, now
	}
}

// The reports on all methods of a profile and of mail list exactly the changes of
// the metadata. Mail is in v1.0 too, so that its last update is to another version
// of the API.
func TestReportsOfAllMethods(t *testing.T) {
	t.Parallel()
	for _, selected := range []struct {
		name     string
		include  []string
		releases []string
		paths    []string // navigation properties of a user
		users    bool     // some paths begin with the key of a user
	}{
		{
			name: "profile", releases: releases, paths: []string{"profile"},
			include: []string{"/me/profile/**", "/users/{id}/profile/**"}, users: true,
		}, {
			name: "mail", releases: append(slices.Clip(releases), "v1.0-2026-08"), paths: []string{"messages", "mailFolders"},
			include: []string{"/me/messages/**", "/me/mailFolders/**"},
		},
	} {
		t.Run(selected.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			var last *reached
			for i, release := range selected.releases {
				data := inOwnWords(gotest.Read(t, gotest.Metadata(t, "csdl/"+release+".xml")))
				gotest.Write(t, dir, release+".xml", data)
				now := reach(t, data, selected.paths)
				if i > 0 {
					old, new := filepath.Join(dir, selected.releases[i-1]+".xml"), filepath.Join(dir, release+".xml")
					comparison, _, err := generator.Diff(t.Context(), config.Config{Include: selected.include}, old, new)
					if err != nil {
						t.Fatal(err)
					}
					for _, form := range []string{"text", "json"} {
						var b bytes.Buffer
						if err := diff.Forms.Write(&b, form, comparison, reports.TextOptions{}); err != nil {
							t.Fatal(err)
						}
						report := strings.ReplaceAll(b.String(), dir+string(filepath.Separator), "")
						golden(t, release+"/"+selected.name+"."+form, report)
						if form == "json" {
							want := changes(last.types, now.types, renames(t, report))
							want = append(want, changedMethods(last, now)...)
							if selected.users && last.keys != now.keys {
								want = append(want, "key changed users")
							}
							slices.Sort(want)
							if diff := cmp.Diff(want, reported(t, report)); diff != "" {
								t.Errorf("%s: the report (-metadata +report):\n%s", release, diff)
							}
						}
					}
				}
				last = now
			}
		})
	}
}

// outside matches the hundreds of lines of an update about changes outside of the
// selection.
var outside = regexp.MustCompile(`(?m)^\t((added|removed|changed)  |and [0-9]+ more).*\n`)

// description matches a description in the text of the metadata: an annotation, or
// a part of one.
var description = regexp.MustCompile(`((?:Term="Org\.OData\.Core\.V1\.|Property=")(?:Long)?Description" String=")([^"]*)"`)

// inOwnWords replaces the descriptions of metadata by sentences of our own that
// only state their length, so that the reports in this repository hold facts and
// not the sentences of others.
func inOwnWords(csdl []byte) []byte {
	return description.ReplaceAllFunc(csdl, func(match []byte) []byte {
		part := description.FindSubmatch(match)
		return fmt.Appendf(nil, `%sDescribed in %d bytes."`, part[1], len(part[2]))
	})
}

func texts(files map[string]file) map[string]string {
	texts := map[string]string{}
	for name, f := range files {
		texts[name] = f.text
	}
	return texts
}

// checkWritten requires that exactly the files that changed were written.
func checkWritten(t *testing.T, before, after map[string]file) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(after)) {
		old, was := before[name]
		written := !was || !old.written.Equal(after[name].written)
		if changed := !was || old.text != after[name].text; written != changed {
			t.Errorf("%s: changed %v, written %v", name, changed, written)
		}
	}
}
