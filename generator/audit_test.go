package generator_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/audit"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/openapi"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

var usersProfile = api.Options{Include: []string{"POST /users/{id}/profile/**"}}

// The packages generated from CSDL and from OpenAPI differ only where the
// documents do, and audit finds each difference: after all findings are applied to
// the CSDL model, the packages are the same.
func TestCSDLAndOpenAPIGiveTheSameGo(t *testing.T) {
	csdlFile := gotest.Metadata(t, "csdl/beta-2020-10-27.xml")
	openapiFile := gotest.Metadata(t, "openapi/beta-2020-10/People.yml")
	fromCSDL, err := csdl.Parse("beta.xml", gotest.Read(t, csdlFile), csdl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	fromOpenAPI, err := openapi.Parse("People.yml", gotest.Read(t, openapiFile), openapi.Options{})
	if err != nil {
		t.Fatal(err)
	}
	linked(t, fromCSDL)
	linked(t, fromOpenAPI)
	left, right := selected(t, fromCSDL), selected(t, fromOpenAPI)
	findings := audit.Models(
		audit.Metadata{File: "beta.xml", Types: left.Types, Methods: left.Methods},
		audit.Metadata{File: "People.yml", OpenAPI: true, Types: right.Types, Methods: right.Methods},
	)

	var kinds []string
	for _, f := range findings {
		silent := ""
		if strings.HasPrefix(f.Sides[1].Says, "does not say") {
			silent = " that OpenAPI does not state"
		}
		if kind := string(f.Kind) + silent; !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
		if f.Sides[0].Position.Line == 0 || f.Sides[1].Position.Line == 0 {
			t.Errorf("%s %s: a side has no position", f.Kind, f.Subject)
		}
	}
	slices.Sort(kinds)
	want := []string{"abstract that OpenAPI does not state", "description", "flags that OpenAPI does not state", "nullability that OpenAPI does not state", "open that OpenAPI does not state"}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}

	before, other := rendered(t, fromCSDL, left), rendered(t, fromOpenAPI, right)
	if maps.EqualFunc(before, other, slices.Equal) {
		t.Error("the Go does not differ at all, so that this test shows nothing")
	}
	for _, f := range findings {
		apply(t, f, fromCSDL, fromOpenAPI)
	}
	after := rendered(t, fromCSDL, selected(t, fromCSDL))
	for _, name := range slices.Sorted(maps.Keys(other)) {
		if diff := cmp.Diff(string(after[name]), string(other[name])); diff != "" {
			t.Errorf("%s differs for a reason that audit does not report (-csdl +openapi):\n%s", name, diff)
		}
	}
	if len(after) != len(other) {
		t.Errorf("%d files from CSDL, %d from OpenAPI", len(after), len(other))
	}
}

func selected(t *testing.T, m *model.Model) *api.Selection {
	t.Helper()
	s, err := api.Select(m, usersProfile)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func rendered(t *testing.T, m *model.Model, s *api.Selection) map[string][]byte {
	t.Helper()
	plan, err := golang.NewPlan(m, s, golang.Options{
		Package: "profile", ImportPath: "example.com/profile", ODataPath: "example.com/profile/odata", APIVersion: "beta", Rules: ident.Default(),
	})
	if err != nil {
		t.Fatal(err)
	}
	files, err := golang.Render(plan)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// apply changes the subject of a finding in one model to its state in the other.
func apply(t *testing.T, f audit.Finding, to, from *model.Model) {
	t.Helper()
	name, member, _ := strings.Cut(f.Subject, "/")
	switch a := to.Type(name).(type) {
	case *model.StructuredType:
		b := from.Type(name).(*model.StructuredType)
		p, q := a.Property(member), b.Property(member)
		switch {
		case f.Kind == audit.KindAbstract:
			a.Abstract = b.Abstract
		case f.Kind == audit.KindOpen:
			a.Open = b.Open
		case f.Kind == audit.KindDescription && member == "":
			a.Annotated = b.Annotated
		case f.Kind == audit.KindDescription:
			p.Annotated = q.Annotated
		case f.Kind == audit.KindNullability:
			p.Facets.Nullable = q.Facets.Nullable
		default:
			t.Errorf("%s of %s is not expected to differ", f.Kind, f.Subject)
		}
	case *model.EnumType:
		b := from.Type(name).(*model.EnumType)
		if f.Kind != audit.KindFlags {
			t.Errorf("%s of %s is not expected to differ", f.Kind, f.Subject)
		}
		a.Flags = b.Flags
	}
}

// The known differences between the reference pages and the schema of 2021 are
// found, with a position on both sides.
func TestAuditOfRealPages(t *testing.T) {
	c := config.Config{
		Source: gotest.Metadata(t, "csdl/beta-2021-07-13.xml"),
		Docs:   gotest.Metadata(t, "docs/beta"),
	}
	findings, _, err := generator.Audit(t.Context(), c, "")
	if err != nil {
		t.Fatal(err)
	}
	type known struct{ Kind, Subject, Page, Schema, File string }
	for _, want := range []known{
		{"undeclared", "microsoft.graph.companyDetail/companyCode", "has it in an example", "does not declare it", "profile-post-projects.2024-07-15.md"},
		{"value", "microsoft.graph.positionDetail/startMonthYear", `has "datetime-value" in an example`, "Edm.Date", "profile-post-projects.md"},
		{"value", "microsoft.graph.positionDetail/endMonthYear", `has "datetime-value" in an example`, "Edm.Date", "profile-post-projects.md"},
		{"type", "microsoft.graph.itemFacet/source", "personDataSource", "microsoft.graph.personDataSources", "profile-post-projects.md"},
		{"type", "microsoft.graph.itemFacet/allowedAudiences", "String", "microsoft.graph.allowedAudiences, an enumeration of flags", "profile-post-projects.md"},
		{"request", "POST /me/responsibilities", "lists it", "does not declare it", "profile-post-responsibilities.md"},
		{"settable", "microsoft.graph.personName/id", "a create can set it", "it is the key, which the service sets", "profile-post-names.md"},
		{"nullability", "microsoft.graph.itemEmail/type", "has null in an example", "not nullable", "profile-post-emails.md"},
		{"property", "microsoft.graph.languageProficiency/proficiency", "does not list it", "microsoft.graph.languageProficiencyLevel", "languageproficiency.md"},
		{"member", "microsoft.graph.personAnnualEventType/work", "does not list it", "declares it", "profile-post-anniversaries.md"},
	} {
		i := slices.IndexFunc(findings, func(f audit.Finding) bool {
			return string(f.Kind) == want.Kind && f.Subject == want.Subject && f.Sides[0].Says == want.Page
		})
		if i < 0 {
			t.Errorf("not found: %v", want)
			continue
		}
		f := findings[i]
		places := append(slices.Clone(f.Also), f.Sides[0].Position)
		if !slices.ContainsFunc(places, func(at source.Position) bool { return at.Line > 0 && filepath.Base(at.File) == want.File }) {
			t.Errorf("%s: not at a place in %s, but at %v", want.Subject, want.File, places)
		}
		if f.Sides[1].Says != want.Schema || want.Kind != "request" && f.Sides[1].Position.Line == 0 {
			t.Errorf("%s: the schema says %q at %v", want.Subject, f.Sides[1].Says, f.Sides[1].Position)
		}
	}
}

// For an OpenAPI document without /me, audit reports that it is missing.
func TestAuditTellsMissingOperations(t *testing.T) {
	c := config.Config{
		Source:  gotest.Metadata(t, "csdl/beta-2020-10-27.xml"),
		Include: []string{"POST /me/profile/projects", "POST /users/{id}/profile/projects"},
	}
	findings, _, err := generator.Audit(t.Context(), c, gotest.Metadata(t, "openapi/beta-2020-10/People.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var missing []string
	for _, f := range findings {
		if f.Kind == audit.KindRequest {
			missing = append(missing, f.Subject+": "+f.Sides[0].Says+", "+f.Sides[1].Says)
		}
	}
	if diff := cmp.Diff([]string{"POST /me/profile/projects: declares it, does not declare it"}, missing); diff != "" {
		t.Error(diff)
	}
}

// A slice leaves out elements on purpose. Audit reports this once, as advice, and
// compares the rest.
func TestAuditOfSlices(t *testing.T) {
	c := config.Config{Source: gotest.Metadata(t, "csdl/v1.0-2026-08.xml"), Docs: gotest.Metadata(t, "docs/beta-more"), APIVersion: "v1.0", Include: []string{"/me/messages/**"}}
	small := config.Config{Source: filepath.Join(t.TempDir(), "slice.xml"), Docs: c.Docs, APIVersion: "v1.0"}
	gotest.Write(t, filepath.Dir(small.Source), "slice.xml", sliceOf(t, c).Document)
	for _, against := range []string{"", c.Source} {
		findings, notes, err := generator.Audit(t.Context(), small, against)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, f := range findings {
			for _, side := range f.Sides {
				if side.Source == small.Source && side.Says == "does not declare it" {
					t.Errorf("against %q: %s %s: the slice does not declare it", filepath.Base(against), f.Kind, f.Subject)
				}
			}
			found = found || f.Kind == audit.KindValue && f.Subject == "microsoft.graph.message/conversationIndex"
		}
		if !found {
			t.Error("an example that does not decode is not found")
		}
		if len(notes.Advice) != 1 || !strings.Contains(notes.Advice[0].String(), "slice.xml: warning: this is a slice") {
			t.Errorf("the advice is %v", notes.Advice)
		}
	}
}

// Between versions of the real schema, audit finds each change of a type that diff
// reports, with the same subject and the same types. Audit does not compare the types
// that diff takes to be renamed: for audit, only one side has each of them.
func TestAuditFindsTheTypesThatDiffFinds(t *testing.T) {
	t.Parallel()
	files := append(slices.Clip(realSchemas), "v1.0-2026-08.xml")
	if testing.Short() { // two releases that differ in all that the test looks for
		files = files[2:4]
	}
	for _, c := range []config.Config{{}, {Options: api.Options{Include: []string{"/me/profile/**"}}}} {
		changes := 0
		for i := range files[1:] {
			old, new := gotest.Metadata(t, "csdl/"+files[i]), gotest.Metadata(t, "csdl/"+files[i+1])
			comparison := compareVersions(t, c, old, new)
			c.Source = old
			findings, _, err := generator.Audit(t.Context(), c, new)
			if err != nil {
				t.Fatal(err)
			}
			found := map[[3]string]bool{}
			for _, f := range findings {
				if f.Kind == audit.KindType {
					found[[3]string{f.Subject, f.Sides[0].Says, f.Sides[1].Says}] = true
				}
			}
			renamed := map[string]bool{}
			for _, ch := range comparison.Changes {
				if ch.Kind == diff.KindType && ch.Action == diff.Renamed {
					renamed[ch.New] = true
				}
			}
			for _, ch := range comparison.Changes {
				name, _, _ := strings.Cut(ch.Subject, "/")
				if ch.Kind != diff.KindType || ch.Action != diff.Changed || renamed[name] {
					continue
				}
				changes++
				if !found[[3]string{ch.Subject, ch.Old, ch.New}] {
					t.Errorf("from %s to %s: audit does not report %s %s: %q → %q", files[i], files[i+1], ch.Severity, ch.Subject, ch.Old, ch.New)
				}
			}
		}
		if changes < 3 {
			t.Errorf("only %d types changed in %v: the test has lost its data", changes, c.Include)
		}
	}
}

// Exclude alone leaves out pages about excluded operations, but not those about
// requests that the metadata lacks.
func TestAuditExcludes(t *testing.T) {
	dir := t.TempDir()
	gotest.Write(t, dir, "schema.xml", []byte(`<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="farm" xmlns="http://docs.oasis-open.org/odata/ns/edm">
	<EntityType Name="cow"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
	<Action Name="milk" IsBound="true"><Parameter Name="cow" Type="farm.cow"/><Parameter Name="liters" Type="Edm.Int32"/></Action>
	<EntityContainer Name="Farm"><EntitySet Name="cows" EntityType="farm.cow"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`))
	for _, action := range []string{"milk", "feed"} {
		gotest.Write(t, filepath.Join(dir, "docs"), "cow-"+action+".md", []byte("---\ntitle: \"cow: "+action+"\"\ndoc_type: apiPageType\n---\n# cow: "+action+
			"\n## HTTP request\n```http\nPOST /cows/{id}/"+action+"\n```\n## Request body\n|Parameter|Type|Description|\n|:---|:---|:---|\n|liters|String|How much.|\n|gallons|Int32|As much.|\n"))
	}
	subjects := func(exclude ...string) (list []string) {
		c := config.Config{Source: filepath.Join(dir, "schema.xml"), Docs: filepath.Join(dir, "docs")}
		c.Exclude = exclude
		findings, _, err := generator.Audit(t.Context(), c, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range findings {
			if f.Subject != "" {
				list = append(list, f.Subject)
			}
		}
		return list
	}
	if diff := cmp.Diff([]string{"POST /cows/{id}/feed", "farm.milk/gallons"}, subjects()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"POST /cows/{id}/feed"}, subjects("POST /cows/{id}/milk")); diff != "" {
		t.Error(diff)
	}
}
