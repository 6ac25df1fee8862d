package vocab_test

import (
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// TestMethodFacts reads the annotation that the builder makes.
func TestMethodFacts(t *testing.T) {
	var at source.Position
	facts := []vocab.Facts{
		{
			Page: "https://example.com/a", Requests: []string{"GET /boats", "GET /pier/boats"}, Options: []string{"$top", "from"}, Unsupported: []string{"$search"}, Statuses: []int{200, 404},
			Permissions: []vocab.Permission{
				{Subject: "yacht", Scheme: vocab.SchemeDelegated, Supported: true, AnyOf: [][]string{{"A"}, {"B", "C"}}},
				{Subject: "dinghy", Scheme: vocab.SchemeDelegated, Supported: true, AnyOf: [][]string{{"D"}}},
				{Scheme: vocab.SchemePersonal, Supported: false},
				{Scheme: vocab.SchemeApplication, Supported: true},
			},
		},
		{Requests: []string{"GET /dock/boats"}},
	}
	list := []*model.Annotation{vocab.NewMethodFacts("List", facts, at), vocab.NewMethodFacts("Get", nil, at)}
	compare(t, facts, vocab.MethodFacts(list, "List"))
	compare(t, nil, vocab.MethodFacts(list, "Get"))
	compare(t, nil, vocab.MethodFacts(list, "Create"))
	for request, want := range map[string]string{
		"GET /pier/boats":      "https://example.com/a",
		"GET /dock/boats":      "",
		"GET /far/dock/boats":  "",
		"GET /far/other/ships": "https://example.com/a", // the first one
	} {
		compare(t, want, vocab.About(facts, []string{request}).Page)
	}
	compare(t, vocab.Facts{}, vocab.About(nil, []string{"GET /boats"}))
}

// TestStandardPermissions reads permissions where the Capabilities vocabulary has them.
func TestStandardPermissions(t *testing.T) {
	const document = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="farm" xmlns="http://docs.oasis-open.org/odata/ns/edm"><EntityType Name="cow">
<Annotation Term="Org.OData.Capabilities.V1.DeleteRestrictions"><Record><PropertyValue Property="Permissions"><Collection><Record>
  <PropertyValue Property="SchemeName" String="Application"/>
  <PropertyValue Property="Scopes"><Collection><Record><PropertyValue Property="Scope" String="Cow.Delete"/></Record></Collection></PropertyValue>
</Record></Collection></PropertyValue></Record></Annotation></EntityType></Schema></edmx:DataServices></edmx:Edmx>`
	m, err := csdl.Parse("f", []byte(document), csdl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	model.Link(m)
	list := m.Type("farm.cow").Annotations()
	compare(t, []vocab.Facts{{Permissions: []vocab.Permission{{Scheme: vocab.SchemeApplication, Supported: true, AnyOf: [][]string{{"Cow.Delete"}}}}}}, vocab.MethodFacts(list, "Delete"))
	compare(t, nil, vocab.MethodFacts(list, "Get"))
}

// TestAboutMethod tells annotations about methods from those about elements.
func TestAboutMethod(t *testing.T) {
	var at source.Position
	for want, a := range map[string]*model.Annotation{
		"List":   vocab.NewMethodFacts("List", nil, at),
		"Create": vocab.NewMethodExample("Create", "Request", 0, nil, []byte(`{}`), at),
		"Get":    vocab.NewMethodExample("Get", "Response", 0, []string{"200 OK"}, []byte(`{}`), at),
		"":       vocab.NewExample("other", []byte(`{}`), at),
	} {
		compare(t, want, vocab.AboutMethod(a))
	}
	compare(t, []string{"200 OK", "ETag: 5"}, vocab.ExampleHead([]*model.Annotation{
		vocab.NewMethodExample("Get", "Response", 0, []string{"200 OK", "ETag: 5"}, []byte(`{}`), at),
	}, "Get", "Response", 0))
}

// TestReadOnly reads Core.Computed and Core.Permissions, whose value can have several flags.
func TestReadOnly(t *testing.T) {
	const permission = "Org.OData.Core.V1.Permission/"
	for annotation, want := range map[string]string{
		`Permissions" EnumMember="` + permission + `Read`:                            "Core.Permissions",
		`Permissions" EnumMember="` + permission + `None`:                            "Core.Permissions",
		`Permissions" EnumMember="` + permission + `ReadWrite`:                       "",
		`Permissions" EnumMember="` + permission + `Write`:                           "",
		`Permissions" EnumMember="` + permission + `Invoke`:                          "",
		`Permissions" EnumMember="` + permission + `Write ` + permission + `Read`:    "",
		`Permissions" EnumMember="` + permission + `Read ` + permission + `Write`:    "",
		`Permissions" EnumMember=" ` + permission + `Invoke  ` + permission + `Read`: "Core.Permissions",
		`Computed`:              "Core.Computed",
		`Computed" Bool="true`:  "Core.Computed",
		`Computed" Bool="True`:  "Core.Computed",
		`Computed" Bool="1`:     "Core.Computed",
		`Computed" Bool="False`: "",
		`Computed"><Bool>TRUE</Bool></Annotation><Annotation Term="a.b`: "Core.Computed",
	} {
		m, err := csdl.Parse("f", []byte(`<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="farm" xmlns="http://docs.oasis-open.org/odata/ns/edm"><ComplexType Name="cow"><Property Name="a" Type="Edm.String">
<Annotation Term="Org.OData.Core.V1.`+annotation+`"/></Property></ComplexType></Schema></edmx:DataServices></edmx:Edmx>`), csdl.Options{})
		if err != nil {
			t.Fatal(err)
		}
		model.Link(m)
		term, readOnly := vocab.ReadOnly(m.Type("farm.cow").(*model.StructuredType).Properties[0].Annotated)
		if term != want || readOnly != (want != "") {
			t.Errorf("%s is read-only by %q, not by %q", annotation, term, want)
		}
	}
}
