package golang_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// plan plans a package for the declarations of the schema microsoft.graph.
func plan(t *testing.T, declarations string, selected api.Options, options golang.Options) *golang.Plan {
	t.Helper()
	m := parsed(t, declarations)
	s, err := api.Select(m, selected)
	if err != nil {
		t.Fatal(err)
	}
	options.APIVersion, options.Rules = "v1.0", ident.Default()
	if options.Package == "" {
		options.Package = "graph"
	}
	if options.ImportPath == "" {
		options.ImportPath = "example.com/downstream/" + options.Package
	}
	options.ODataPath = "github.com/msgraphgen/msgraphgen/templates/odata"
	p, err := golang.NewPlan(m, s, options)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// parsed returns the model of the declarations of the schema microsoft.graph.
func parsed(t *testing.T, declarations string) *model.Model {
	t.Helper()
	text := `<Edmx Version="4.01" xmlns="http://docs.oasis-open.org/odata/ns/edmx"><DataServices>` +
		`<Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">` + declarations + `</Schema></DataServices></Edmx>`
	m, err := csdl.Parse("metadata.xml", []byte(text), csdl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	model.Link(m)
	for _, d := range m.AllProblems() {
		if d.Severity == source.Error {
			t.Fatal(d)
		}
	}
	return m
}

// rendered returns a file of the package.
func rendered(t *testing.T, p *golang.Plan, name string) string {
	t.Helper()
	files, err := golang.Render(p)
	if err != nil {
		t.Fatal(err)
	}
	if files[name] == nil {
		t.Fatalf("there is no %s", name)
	}
	return string(files[name])
}

// line returns the first line of a file that has the text in it.
func line(code, text string) string {
	for l := range strings.Lines(code) {
		if strings.Contains(l, text) {
			return strings.TrimSpace(l)
		}
	}
	return ""
}

// ForCreate drops a key only where evidence says that the service sets it.
func TestForCreateLeavesOut(t *testing.T) {
	const (
		entity   = `<EntityType Name="entity" Abstract="true"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/></EntityType>`
		computed = `<Annotation Term="Org.OData.Core.V1.Computed" Bool="true"/>`
		dates    = `<Property Name="createdBy" Type="Edm.String"/><Property Name="createdDateTime" Type="Edm.DateTimeOffset"/>` +
			`<Property Name="createdOn" Type="Edm.Date"/><Property Name="lastModifiedTime" Type="Edm.TimeOfDay"/>`
	)
	boat := func(key, properties string) string {
		return fmt.Sprintf(`<EntityType Name="boat"><Key><PropertyRef Name="%s"/></Key>%s</EntityType>`, key, properties)
	}
	for name, test := range map[string]struct {
		types, container string // the type boat, and what is said of the entity set
		options          golang.Options
		want             string
	}{
		"the id of Graph's entity": {entity + `<EntityType Name="boat" BaseType="graph.entity"/>`, "", golang.Options{}, `odata.ForCreate(v, nil, "id")`},
		"another id":               {boat("id", `<Property Name="id" Type="Edm.String"/>`), "", golang.Options{}, `odata.ForCreate(v, nil)`},
		"a computed key":           {boat("id", `<Property Name="id" Type="Edm.String">`+computed+`</Property>`), "", golang.Options{}, `odata.ForCreate(v, typeFacts)`},
		"who created it, and when": {boat("no", `<Property Name="no" Type="Edm.String"/>`+dates), "", golang.Options{}, `odata.ForCreate(v, nil, "createdBy", "createdDateTime")`},
		"not where the metadata says what can be set": {
			boat("no", `<Property Name="no" Type="Edm.String"/>`+dates),
			`<Annotation Term="Org.OData.Capabilities.V1.InsertRestrictions"><Record><PropertyValue Property="NonInsertableProperties"><Collection><PropertyPath>no</PropertyPath></Collection></PropertyValue></Record></Annotation>`,
			golang.Options{}, `odata.ForCreate(v, nil, "no")`,
		},
		"where the metadata says it of another create of the type": {
			boat("no", `<Property Name="no" Type="Edm.String"/>`+dates),
			`<Annotation Term="Org.OData.Capabilities.V1.InsertRestrictions"><Record><PropertyValue Property="NonInsertableProperties"><Collection><PropertyPath>createdDateTime</PropertyPath><PropertyPath>createdBy</PropertyPath></Collection></PropertyValue></Record></Annotation>` +
				`</EntitySet><EntitySet Name="ships" EntityType="graph.boat">`,
			golang.Options{}, `odata.ForCreate(v, nil, "createdBy", "createdDateTime")`,
		},
		"nor where the configuration does": {
			entity + `<EntityType Name="boat" BaseType="graph.entity">` + dates + `</EntityType>`, "",
			golang.Options{Settable: []string{"microsoft.graph.entity/id", "microsoft.graph.boat/createdBy"}}, `odata.ForCreate(v, nil, "createdDateTime")`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			declarations := test.types + `<EntityContainer Name="S"><EntitySet Name="boats" EntityType="graph.boat">` + test.container + `</EntitySet></EntityContainer>`
			p := plan(t, declarations, api.Options{Include: []string{"POST /*"}}, test.options)
			if got := line(rendered(t, p, "boat.go"), "odata.ForCreate("); got != "return "+test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// The facts of a type are found by its name in lower case, too, unless that is the name of
// another type.
func TestFactsInAnyCase(t *testing.T) {
	const types = `<EntityType Name="longBoat"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String">%s</Property></EntityType>
		<EntityContainer Name="S"><EntitySet Name="boats" EntityType="graph.longBoat"/></EntityContainer>`
	computed := `<Annotation Term="Org.OData.Core.V1.Computed"/>`
	p := plan(t, fmt.Sprintf(types, computed), api.Options{Include: []string{"POST /boats"}}, golang.Options{})
	if got, want := line(rendered(t, p, "type_facts.go"), "case "), `case "microsoft.graph.longBoat", "microsoft.graph.longboat":`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	other := `<EntityType Name="longboat" BaseType="graph.longBoat"><Property Name="a" Type="Edm.String">` + computed + `</Property></EntityType>`
	p = plan(t, other+fmt.Sprintf(types, computed), api.Options{Include: []string{"POST /boats"}, Derived: []string{"all"}}, golang.Options{})
	if got, want := line(rendered(t, p, "type_facts.go"), "case "), `case "microsoft.graph.longBoat":`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

const partners = `<EntityType Name="partner"><Key><PropertyRef Name="tenantId"/></Key>
	<Property Name="tenantId" Type="Edm.String"><Annotation Term="Org.OData.Core.V1.Computed" Bool="true"/></Property>
	<Property Name="name" Type="Edm.String"/><Property Name="rank" Type="Edm.Int32"/></EntityType>
	<EntityContainer Name="S"><EntitySet Name="partners" EntityType="graph.partner">
	<Annotation Term="Org.OData.Capabilities.V1.InsertRestrictions"><Record><PropertyValue Property="NonInsertableProperties"><Collection><PropertyPath>name</PropertyPath><PropertyPath>rank</PropertyPath></Collection></PropertyValue></Record></Annotation>
	</EntitySet></EntityContainer>`

// The configuration wins over annotations and restrictions, for read-only and for
// settable properties.
func TestSettable(t *testing.T) {
	p := plan(t, partners, api.Options{Include: []string{"POST /partners"}}, golang.Options{
		Settable: []string{"microsoft.graph.partner/tenantId", "microsoft.graph.partner/name"},
		ReadOnly: []string{"microsoft.graph.partner/tenantId"},
	})
	var refused []string
	for _, r := range p.Methods[0].Refused {
		refused = append(refused, r.Field.Property.Name)
	}
	if diff := cmp.Diff([]string{"rank"}, refused); diff != "" {
		t.Error(diff)
	}
	files, err := golang.Render(p)
	if err != nil {
		t.Fatal(err)
	}
	if files["type_facts.go"] != nil || strings.Contains(string(files["partner.go"]), "Read-only") {
		t.Errorf("tenantId is read-only:\n%s", files["partner.go"])
	}
	if got := line(string(files["partner.go"]), "odata.ForCreate("); got != `return odata.ForCreate(v, nil, "rank")` {
		t.Error(got)
	}
	if want := "{\n  \"name\": \"name\",\n  \"tenantId\": \"tenantId\"\n}\n"; !strings.HasSuffix(string(files["testdata/partners_builder_create.http"]), want) {
		t.Errorf("the sample sends\n%s", files["testdata/partners_builder_create.http"])
	}
}

const attachments = `<EntityType Name="entity" Abstract="true"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/></EntityType>
	<EntityType Name="attachment" BaseType="graph.entity" Abstract="true"><Property Name="name" Type="Edm.String"/></EntityType>
	%s<EntityContainer Name="S"><EntitySet Name="attachments" EntityType="graph.attachment"/></EntityContainer>`

// A sample is never of an abstract type.
func TestAbstractBody(t *testing.T) {
	const derived = `<EntityType Name="middle" BaseType="graph.attachment" Abstract="true"/>
		<EntityType Name="fileAttachment" BaseType="graph.middle"><Property Name="size" Type="Edm.Int32"/></EntityType>`
	const note = "microsoft.graph.attachment is abstract: add it to derived to generate its derived types"
	for name, test := range map[string]struct {
		derived  string
		selected []string
		notes    []string
		body     string // in the test; "" if there is none
	}{
		"with derived types": {derived, []string{"all"}, nil, "body := (&graph.FileAttachment{"},
		"without":            {derived, nil, []string{note}, "body := &graph.Attachment{"},
		"there are none":     {"", nil, []string{note}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := plan(t, fmt.Sprintf(attachments, test.derived), api.Options{Include: []string{"POST /attachments", "PATCH /attachments/{id}"}, Derived: test.selected}, golang.Options{})
			if diff := cmp.Diff(test.notes, p.Notes); diff != "" {
				t.Error(diff)
			}
			files, err := golang.Render(p)
			if err != nil {
				t.Fatal(err)
			}
			if got := line(string(files["attachments_builder_test.go"]), "body :="); got != test.body {
				t.Errorf("the test has %q, want %q", got, test.body)
			}
			if request := string(files["testdata/attachments_builder_create.http"]); test.body != "" && !strings.Contains(request, `"@odata.type": "#microsoft.graph.fileAttachment"`) {
				t.Errorf("the sample sends\n%s", request)
			}
			dir := gotest.Module(t)
			write(t, dir, "graph", files)
			gotest.Go(t, dir, "vet", "./...")
			gotest.Go(t, dir, "test", "-vet=off", "-ldflags=-s -w", "./...")
		})
	}
}

func write(t *testing.T, dir, pkg string, files map[string][]byte) {
	t.Helper()
	const project = "github.com/msgraphgen/msgraphgen"
	for name, data := range files {
		gotest.Write(t, dir, filepath.Join(pkg, name), data)
	}
	gotest.Go(t, dir, "mod", "edit", "-require", project+"@v0.0.0", "-replace", project+"="+gotest.Root(t))
}

// Tests import a package under another name where its own means something else.
func TestPackageNames(t *testing.T) {
	for _, name := range []string{"string", "nil", "new", "structs", "structcase", "body", "key", "testing", "odata", "types", "object", "rows", "same", "constants", "client", "profile", "service", "describe", "Failure"} {
		p := plan(t, fmt.Sprintf(attachments, `<EntityType Name="file" BaseType="graph.attachment"/>`)+
			`<EnumType Name="kinds" IsFlags="true"><Member Name="a" Value="1"/></EnumType>`,
			api.Options{Include: []string{"POST /attachments"}, Types: []string{"**"}}, golang.Options{Package: name})
		files, err := golang.Render(p)
		if err != nil {
			t.Fatal(err)
		}
		dir := gotest.Module(t)
		write(t, dir, name, files)
		t.Run(name, func(t *testing.T) { gotest.Go(t, dir, "vet", "./...") })
	}
}

// Facts name each type once, and nothing that a create cannot send.
func TestFactsAreOfTheTypesThatAreSent(t *testing.T) {
	p := plan(t, partners+`<ComplexType Name="unused"><Property Name="a" Type="Edm.String"><Annotation Term="Org.OData.Core.V1.Computed" Bool="true"/></Property></ComplexType>`,
		api.Options{Include: []string{"POST /partners"}, Types: []string{"**"}}, golang.Options{})
	code := rendered(t, p, "type_facts.go")
	var cases []string
	for l := range strings.Lines(code) {
		if strings.Contains(l, "case ") {
			cases = append(cases, strings.TrimSpace(l))
		}
	}
	if want := []string{`case "microsoft.graph.partner":`}; !slices.Equal(cases, want) {
		t.Errorf("got %q, want %q", cases, want)
	}
}
