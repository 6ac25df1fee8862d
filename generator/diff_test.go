package generator_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

func compareVersions(t *testing.T, c config.Config, old, new string) *diff.Comparison {
	t.Helper()
	comparison, _, err := generator.Diff(t.Context(), c, old, new)
	if err != nil {
		t.Fatal(err)
	}
	return comparison
}

// change returns the only change of a kind to a subject.
func change(t *testing.T, c *diff.Comparison, kind diff.Kind, subject string) diff.Change {
	t.Helper()
	is := func(ch diff.Change) bool { return ch.Kind == kind && ch.Subject == subject }
	i := slices.IndexFunc(c.Changes, is)
	if i < 0 {
		t.Errorf("from %s to %s: no change of %s of %s", filepath.Base(c.Old), filepath.Base(c.New), kind, subject)
		return diff.Change{}
	}
	if slices.ContainsFunc(c.Changes[i+1:], is) {
		t.Errorf("more than one change of %s of %s", kind, subject)
	}
	return c.Changes[i]
}

// The known history of profiles in beta is found, with positions.
func TestDiffOfRealSchemas(t *testing.T) {
	c := config.Config{Include: []string{"POST /me/profile/**"}}
	type fact struct {
		severity report.Severity
		kind     diff.Kind
		action   diff.Action
		subject  string // less "microsoft.graph."
		symbol   string
		old, new string
	}
	const prefix = "microsoft.graph."
	for i, facts := range [][]fact{
		{
			{report.Source, diff.KindType, diff.Changed, "itemFacet/source", "ItemFacet.Source", prefix + "personDataSource", prefix + "personDataSources"},
			{report.Source, diff.KindType, diff.Renamed, "personDataSource", "PersonDataSource", prefix + "personDataSource", prefix + "personDataSources"},
			{report.Source, diff.KindType, diff.Changed, "educationalActivityDetail/awards", "EducationalActivityDetail.Awards", "Edm.String", "Collection(Edm.String)"},
			{report.Docs, diff.KindDescription, diff.Changed, "entity/id", "Entity.ID", "Read-only.", ""},
		}, {
			{report.Additive, diff.KindProperty, diff.Added, "projectParticipation/thumbnailUrl", "ProjectParticipation.ThumbnailURL", "", "Edm.String"},
			{report.Additive, diff.KindProperty, diff.Added, "itemFacet/isSearchable", "ItemFacet.IsSearchable", "", "Edm.Boolean"},
			{report.Behaviour, diff.KindNullability, diff.Changed, "personName/first", "PersonName.First", "not null", "may be null"},
			{report.Source, diff.KindType, diff.Changed, "profile/anniversaries", "ProfileAnniversariesBuilder.Create", "Collection(microsoft.graph.personAnniversary)", "Collection(microsoft.graph.personAnnualEvent)"},
			{report.Source, diff.KindType, diff.Removed, "personAnniversary", "PersonAnniversary", "entity type", ""},
			{report.Additive, diff.KindType, diff.Added, "personAnnualEvent", "PersonAnnualEvent", "", "entity type"},
		}, {
			{report.Source, diff.KindType, diff.Changed, "itemFacet/source", "ItemFacet.Source", prefix + "personDataSources", prefix + "personDataSource"},
			{report.Source, diff.KindType, diff.Renamed, "personDataSources", "PersonDataSources", prefix + "personDataSources", prefix + "personDataSource"},
			{report.Source, diff.KindProperty, diff.Removed, "projectParticipation/thumbnailUrl", "ProjectParticipation.ThumbnailURL", "Edm.String", ""},
			{report.Source, diff.KindProperty, diff.Removed, "itemFacet/isSearchable", "ItemFacet.IsSearchable", "Edm.Boolean", ""},
			{report.Additive, diff.KindProperty, diff.Added, "companyDetail/costCenter", "CompanyDetail.CostCenter", "", "Edm.String"},
			{report.Additive, diff.KindProperty, diff.Added, "companyDetail/division", "CompanyDetail.Division", "", "Edm.String"},
			{report.Additive, diff.KindProperty, diff.Added, "positionDetail/employeeId", "PositionDetail.EmployeeID", "", "Edm.String"},
			{report.Additive, diff.KindProperty, diff.Added, "positionDetail/employeeType", "PositionDetail.EmployeeType", "", "Edm.String"},
			{report.Behaviour, diff.KindNullability, diff.Changed, "projectParticipation/displayName", "ProjectParticipation.DisplayName", "not null", "may be null"},
		},
	} {
		old, new := gotest.Metadata(t, "csdl/"+realSchemas[i]), gotest.Metadata(t, "csdl/"+realSchemas[i+1])
		comparison := compareVersions(t, c, old, new)
		for _, f := range facts {
			ch := change(t, comparison, f.kind, prefix+f.subject)
			got := fact{ch.Severity, ch.Kind, ch.Action, strings.TrimPrefix(ch.Subject, prefix), ch.Symbol, ch.Old, ch.New}
			if got != f {
				t.Errorf("from %s to %s:\ngot  %v\nwant %v", realSchemas[i], realSchemas[i+1], got, f)
			}
			if ch.Action != diff.Added && (ch.OldAt.File != old || ch.OldAt.Line == 0) || ch.Action != diff.Removed && (ch.NewAt.File != new || ch.NewAt.Line == 0) {
				t.Errorf("%s: at %v and %v", ch.Subject, ch.OldAt, ch.NewAt)
			}
		}
		if ch := comparison.Changes[0]; ch.Severity != report.Source || !strings.HasSuffix(comparison.Verdict(), "stop compiling") {
			t.Errorf("the gravest change does not come first: %v, %s", ch, comparison.Verdict())
		}
	}
	// Callers miss a promoted field in every derived type.
	comparison := compareVersions(t, c, gotest.Metadata(t, "csdl/"+realSchemas[0]), gotest.Metadata(t, "csdl/"+realSchemas[1]))
	if ch := change(t, comparison, diff.KindType, prefix+"itemFacet/source"); !slices.Contains(ch.Also, "ProjectParticipation.Source") {
		t.Errorf("ProjectParticipation.Source is not among %v", ch.Also)
	}
}

// Between versions of everything, each Go name that goes or changes has a cause in the
// schema.
func TestWholeDiffsNameCauses(t *testing.T) {
	t.Parallel()
	var pairs [][2]string
	for i := range realSchemas[1:] {
		pairs = append(pairs, [2]string{realSchemas[i+1], realSchemas[i]}, [2]string{realSchemas[i], realSchemas[i+1]})
	}
	for _, pair := range gotest.Part(pairs, 6, 2) {
		for _, ch := range compareVersions(t, config.Config{}, gotest.Metadata(t, "csdl/"+pair[0]), gotest.Metadata(t, "csdl/"+pair[1])).Changes {
			if ch.Kind == diff.KindName {
				t.Errorf("from %s to %s: %s", pair[0], pair[1], ch.Sentence())
			}
		}
	}
}

// zoo writes two schemas into a new module, and generates a package from the old
// one.
func zoo(t *testing.T, c config.Config) (dir string) {
	t.Helper()
	dir = gotest.Module(t)
	testdata := filepath.Join(gotest.Root(t), "generator", "diff", "testdata", "methods")
	for _, name := range []string{"old.xml", "new.xml"} {
		gotest.Write(t, dir, name, gotest.Read(t, filepath.Join(testdata, name)))
	}
	c.Source, c.Output = filepath.Join(dir, "old.xml"), filepath.Join(dir, "zoo")
	generate(t, c)
	return dir
}

// lines returns the changes without positions, as a lock file has none.
func lines(c *diff.Comparison) []string {
	var list []string
	for _, ch := range c.Changes {
		list = append(list, strings.Join([]string{string(ch.Severity), string(ch.Kind), string(ch.Action), ch.Subject, ch.Symbol, ch.Old, ch.New}, " | "))
	}
	return list
}

// A package or its lock file stands for the version that the package was generated
// from, with the selection of that run.
func TestDiffOfPackages(t *testing.T) {
	for name, c := range map[string]config.Config{
		"everything":          {Include: []string{"/**"}, Types: []string{"**"}},
		"an operation":        {Include: []string{"POST /animals/{id}/visits"}},
		"an operation inside": {Include: []string{"POST /animals/{id}/scars", "POST /mascot/scars"}},
		"types":               {Types: []string{"zoo.visit"}},
		"operations, types":   {Include: []string{"POST /guests"}, Types: []string{"zoo.animal"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := zoo(t, c)
			old, new, pkg := filepath.Join(dir, "old.xml"), filepath.Join(dir, "new.xml"), filepath.Join(dir, "zoo")
			want := lines(compareVersions(t, c, old, new))
			for how, c := range map[string]config.Config{"selected again": c, "selected as in the lock file": {}} {
				if diff := cmp.Diff(want, lines(compareVersions(t, c, pkg, new))); diff != "" {
					t.Errorf("%s:\n%s", how, diff)
				}
			}
			for _, same := range [][2]string{{pkg, pkg}, {pkg, old}, {old, pkg}, {filepath.Join(pkg, lock.Name), pkg}} {
				if c := compareVersions(t, config.Config{}, same[0], same[1]); len(c.Changes) > 0 {
					t.Errorf("%s and %s differ: %v", same[0], same[1], lines(c))
				}
			}
			// The lock file can come from the history, with any name, while the
			// new package replaces the old one.
			before := filepath.Join(dir, "before.json")
			gotest.Write(t, dir, "before.json", gotest.Read(t, filepath.Join(pkg, lock.Name)))
			c.Source, c.Output = new, pkg
			result, err := generator.Generate(t.Context(), c)
			if e, ok := errors.AsType[*api.Error](err); ok {
				t.Skipf("there is nothing of it any more: %v", e)
			} else if err != nil {
				t.Fatal(err)
			}
			if err := result.Changes.Write(output.WriteOptions{}); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, lines(compareVersions(t, config.Config{}, before, pkg))); diff != "" {
				t.Errorf("from lock file to lock file:\n%s", diff)
			}
		})
	}
}

// The position of an element in a lock file is the file.
func TestDiffNamesLockFile(t *testing.T) {
	dir := zoo(t, config.Config{Include: []string{"/**"}})
	c := compareVersions(t, config.Config{}, filepath.Join(dir, "zoo"), filepath.Join(dir, "new.xml"))
	want := source.Position{File: filepath.Join(dir, "zoo", lock.Name)}
	if ch := change(t, c, diff.KindMethod, "mascot"); ch.OldAt != want {
		t.Errorf("at %v, want %v", ch.OldAt, want)
	}
}

// The committed package agrees with its lock file, read back.
func TestDiffOfCommittedPackage(t *testing.T) {
	t.Chdir(gotest.Root(t))
	if c := compareVersions(t, config.Config{}, "generated/profile", "snapshot"); len(c.Changes) > 0 {
		t.Errorf("generated/profile and the snapshot differ: %v", lines(c))
	}
}

// A deselected type may still be in the schema.
func TestDiffTellsWhatIsNoLongerNeeded(t *testing.T) {
	dir := gotest.Module(t)
	const head = `<edmx:Edmx Version="4.01" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices><Schema Namespace="zoo" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<ComplexType Name="cage"><Property Name="height" Type="Edm.Int32"/></ComplexType><ComplexType Name="animal">`
	const tail = `</ComplexType></Schema></edmx:DataServices></edmx:Edmx>`
	gotest.Write(t, dir, "old.xml", []byte(head+`<Property Name="cage" Type="zoo.cage"/>`+tail))
	gotest.Write(t, dir, "new.xml", []byte(head+tail))
	c := config.Config{Types: []string{"zoo.animal"}}
	gone := change(t, compareVersions(t, c, filepath.Join(dir, "old.xml"), filepath.Join(dir, "new.xml")), diff.KindType, "zoo.cage")
	if gone.Action != diff.Removed || !strings.Contains(gone.Evidence, "no selected element needs it") || gone.NewAt.Line == 0 {
		t.Errorf("%+v", gone)
	}
	back := change(t, compareVersions(t, c, filepath.Join(dir, "new.xml"), filepath.Join(dir, "old.xml")), diff.KindType, "zoo.cage")
	if back.Action != diff.Added || !strings.Contains(back.Evidence, "no selected element needed it") {
		t.Errorf("%+v", back)
	}
}

// Names that two lock files pin differently break callers, even if the schema is
// the same.
func TestDiffOfPinnedNames(t *testing.T) {
	dir := zoo(t, config.Config{Include: []string{"/**"}, Types: []string{"**"}})
	pkg := filepath.Join(dir, "zoo")
	content := gotest.Read(t, filepath.Join(pkg, lock.Name))
	gotest.Write(t, dir, "other.json", bytes.Replace(content, []byte(`"zoo.visit": "Visit"`), []byte(`"zoo.visit": "Stay"`), 1))
	ch := change(t, compareVersions(t, config.Config{}, pkg, filepath.Join(dir, "other.json")), diff.KindName, "zoo.visit")
	if ch.Severity != report.Source || ch.Old != "Visit" || ch.New != "Stay" || ch.Symbol != "Visit" {
		t.Errorf("%+v", ch)
	}
}

// Versions that cannot be compared are an error with the position and the reason.
func TestDiffErrors(t *testing.T) {
	dir := zoo(t, config.Config{Include: []string{"/**"}, Types: []string{"**"}})
	t.Chdir(dir)
	content := string(gotest.Read(t, filepath.Join("zoo", lock.Name)))
	if err := os.Mkdir("empty", 0o755); err != nil {
		t.Fatal(err)
	}
	replaced := func(old, new string) string {
		text := strings.Replace(content, old, new, 1)
		if text == content {
			t.Fatalf("the lock file does not hold %s", old)
		}
		return text
	}
	gotest.Write(t, dir, "null.json", []byte(replaced(`"structuredTypes": [`, `"structuredTypes": [null,`)))
	gotest.Write(t, dir, "base.json", []byte(replaced(`"kind": "entity"`, `"kind": "entity", "base": {"name": "zoo.nobody"}`)))
	gotest.Write(t, dir, "name.json", []byte(replaced(`"Animal"`, `"an animal"`)))
	gotest.Write(t, dir, "type.json", []byte(replaced(`"structuredTypes": [`, `"structuredTypes": [1,`)))
	gotest.Write(t, dir, "cut/"+lock.Name, []byte(content[:len(content)/2]))
	gotest.Write(t, dir, "pending/"+lock.Name, []byte(`{"version": 2, "tool": "devel", "pending": {}}`))

	for name, test := range map[string]struct {
		config   config.Config
		old, new string
		is       func(error) bool
		want     string
	}{
		"no file":      {old: "nobody.xml", new: "new.xml", is: isError[*fs.PathError], want: "nobody.xml"},
		"no package":   {old: "empty", new: "new.xml", is: isError[*fs.PathError], want: "no package was generated there"},
		"null":         {old: "null.json", new: "new.xml", is: isError[*lock.DamagedError], want: "null.json: the model in the lock file is damaged: an element is null"},
		"no base type": {old: "base.json", new: "new.xml", is: isError[*lock.DamagedError], want: "base type zoo.nobody is not declared"},
		"no Go name":   {old: "name.json", new: "new.xml", is: isError[*lock.DamagedError], want: `"an animal"`},
		"other model":  {old: "type.json", new: "new.xml", is: isError[*lock.DamagedError], want: "type.json: the model in the lock file is damaged: the member /schemas/0/structuredTypes/0 cannot hold a JSON number"},
		"half a file":  {old: "old.xml", new: "cut", is: isError[*lock.DamagedError], want: filepath.Join("cut", lock.Name) + ":"},
		"first run":    {old: "old.xml", new: "pending", is: isError[*lock.DamagedError], want: "the lock file has no model"},
		"a slip": {config.Config{Include: []string{"POST /guets"}, Types: []string{"zoo.visit", "zoo.visti"}},
			"old.xml", "new.xml", isError[*api.Error], "POST /guets"},
		"a slip, and a package": {config.Config{Types: []string{"zoo.visti"}}, "zoo", "new.xml", isError[*api.Error], "zoo.visti"},
		"no pattern":            {config.Config{Include: []string{"guests"}}, "old.xml", "new.xml", isError[*api.Error], "guests"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := generator.Diff(t.Context(), test.config, test.old, test.new)
			if err == nil || !test.is(err) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %T: %v\nwant %s", err, err, test.want)
			}
		})
	}
	// A pattern that matches only one of the versions is not a mistake.
	c := config.Config{Include: []string{"POST /guests", "POST /tours"}}
	if n := len(compareVersions(t, c, "old.xml", "new.xml").Changes); n != 2 {
		t.Errorf("%d changes, want 2", n)
	}
}

func isError[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

// A package does not differ from the metadata that it was generated from, nor from a
// slice of it, whatever its configuration says.
func TestDiffTakesOptionsOfTheLockFile(t *testing.T) {
	whole := gotest.Metadata(t, "csdl/v1.0-2026-08.xml")
	mail := []string{"/me/messages/**"}
	for name, c := range map[string]config.Config{
		"expand":            {Options: api.Options{Include: mail, Expand: []string{"microsoft.graph.message/attachments"}}},
		"derived":           {Options: api.Options{Include: mail, Derived: []string{"microsoft.graph.attachment"}}},
		"read-only":         {Options: api.Options{Include: mail}, Evidence: config.Evidence{ReadOnly: []string{"microsoft.graph.message/subject"}}},
		"settable":          {Options: api.Options{Include: mail}, Evidence: config.Evidence{Settable: []string{"microsoft.graph.message/createdDateTime"}}},
		"keys":              {Options: api.Options{Include: mail}, Input: config.Input{Keys: "parentheses"}},
		"pages":             {Options: api.Options{Include: mail}, Input: config.Input{Docs: "docs/beta-more"}},
		"pages, and expand": {Options: api.Options{Include: mail, Expand: []string{"message/attachments"}}, Input: config.Input{Docs: "docs/beta-more"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := gotest.Module(t)
			c.Source, c.Output, c.APIVersion = whole, filepath.Join(dir, "mail"), "v1.0"
			if c.Docs != "" {
				pages := os.DirFS(gotest.Metadata(t, c.Docs))
				if c.Docs = filepath.Join(dir, "pages"); os.CopyFS(c.Docs, pages) != nil {
					t.Fatal("the pages cannot be copied")
				}
			}
			generate(t, c)
			gotest.Write(t, dir, "slice.xml", sliceOf(t, c).Document)
			for _, against := range []string{whole, filepath.Join(dir, "slice.xml")} {
				for _, asked := range []config.Config{{}, {Options: api.Options{Include: []string{"/me/messages/*"}, Derived: c.Derived}}} {
					for _, sides := range [][2]string{{c.Output, against}, {against, c.Output}} {
						if comparison := compareVersions(t, asked, sides[0], sides[1]); len(comparison.Changes) > 0 {
							t.Errorf("%v, %s and %s differ: %s", asked.Include, filepath.Base(sides[0]), filepath.Base(sides[1]), strings.Join(lines(comparison), "\n"))
						}
					}
				}
			}
			if c.Docs == "" {
				return
			}
			if err := os.Rename(c.Docs, c.Docs+"-moved"); err != nil {
				t.Fatal(err)
			}
			_, notes, err := generator.Diff(t.Context(), config.Config{}, c.Output, whole)
			if err != nil || len(notes.Advice) != 1 || !strings.Contains(notes.Advice[0].Message, "give them with --docs") {
				t.Errorf("without the pages, the advice is %v, %v", notes, err)
			}
		})
	}
}

// Two files of metadata are compared with the navigation properties that the user makes
// fields.
func TestDiffOfExpandedProperties(t *testing.T) {
	old, new := gotest.Metadata(t, "csdl/beta-2021-07-13.xml"), gotest.Metadata(t, "csdl/v1.0-2026-08.xml")
	c := config.Config{Options: api.Options{Include: []string{"/me/messages"}, Expand: []string{"message/mentions"}}}
	if ch := change(t, compareVersions(t, c, old, new), diff.KindProperty, "microsoft.graph.message/mentions"); ch.Symbol != "Message.Mentions" || ch.Severity != report.Source {
		t.Errorf("%+v", ch)
	}
	c.Expand = []string{"message/attachmnets"}
	if _, _, err := generator.Diff(t.Context(), c, old, new); err == nil || !strings.Contains(err.Error(), "did you mean attachments?") {
		t.Errorf("a slip gives %v", err)
	}
}

// The evidence of each renaming in the real schemas names the respects in which the
// names differ: the namespace, the case, or the letters.
func TestEvidenceOfRenamingIsTrue(t *testing.T) {
	t.Parallel()
	files := append(slices.Clip(realSchemas), "v1.0-2026-08.xml")
	if testing.Short() { // the two between which types have moved
		files = files[1:3]
	}
	namespaces := 0
	for i := range files[1:] {
		comparison := compareVersions(t, config.Config{}, gotest.Metadata(t, "csdl/"+files[i]), gotest.Metadata(t, "csdl/"+files[i+1]))
		for _, ch := range comparison.Changes {
			if ch.Action != diff.Renamed {
				continue
			}
			_, respects, _ := strings.Cut(ch.Evidence, "the names differ in ")
			old, new := strings.LastIndexAny(ch.Old, "./"), strings.LastIndexAny(ch.New, "./")
			moved := ch.Old[:max(old, 0)] != ch.New[:max(new, 0)]
			last, now := ch.Old[old+1:], ch.New[new+1:]
			if strings.Contains(respects, "namespace") != moved {
				t.Errorf("%s to %s: %q", ch.Old, ch.New, ch.Evidence)
			}
			if cased := last != now && strings.EqualFold(last, now); cased != (strings.HasSuffix(respects, "case only")) {
				t.Errorf("%s to %s: %q", ch.Old, ch.New, ch.Evidence)
			}
			if edited := !strings.EqualFold(last, now); edited != (strings.Contains(respects, "number") || strings.Contains(respects, "letter")) {
				t.Errorf("%s to %s: %q", ch.Old, ch.New, ch.Evidence)
			}
			if moved {
				namespaces++
			}
		}
	}
	if namespaces < 7 {
		t.Errorf("only %d types have moved to another namespace: the test has lost its data", namespaces)
	}
}

// A query parameter that a page names anew is a change of the documentation alone.
func TestDiffOfNamedParameters(t *testing.T) {
	dir := gotest.Module(t)
	golden := filepath.Join(gotest.Root(t), "testdata/golden/pages")
	if err := os.CopyFS(filepath.Join(dir, "reference"), os.DirFS(filepath.Join(golden, "reference"))); err != nil {
		t.Fatal(err)
	}
	c := config.Config{
		Input:       config.Input{Source: filepath.Join(golden, "schema.xml"), Docs: filepath.Join(dir, "reference"), APIVersion: "v1.0"},
		Options:     api.Options{Include: []string{"GET /zoo/keepers"}},
		Destination: config.Destination{Output: filepath.Join(dir, "zoo")},
	}
	generate(t, c)
	page := filepath.Join(c.Docs, "api/garden-list-keepers.md")
	text := strings.Replace(string(gotest.Read(t, page)), "| $top ", "| badge | String | The colour of the badge. |\n| $top ", 1)
	gotest.Write(t, filepath.Dir(page), filepath.Base(page), []byte(text))
	comparison := compareVersions(t, config.Config{Input: config.Input{Docs: c.Docs}}, c.Output, c.Source)
	ch := change(t, comparison, diff.KindParameter, "zoo.garden/keepers")
	if ch.Severity != report.Docs || ch.Old != "onDutyFrom, onDutyTo" || ch.New != "onDutyFrom, onDutyTo, badge" {
		t.Errorf("%+v", ch)
	}
	if len(comparison.Changes) != 1 {
		t.Errorf("the changes are %v", lines(comparison))
	}
}
