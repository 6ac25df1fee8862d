package api_test

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

// library is a schema with an inherited navigation property, a cycle, a
// navigation property without containment, and derived types.
const library = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="lib" xmlns="http://docs.oasis-open.org/odata/ns/edm">
	<EntityType Name="thing" Abstract="true"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>
		<NavigationProperty Name="notes" Type="Collection(lib.note)" ContainsTarget="true"/></EntityType>
	<EntityType Name="note" BaseType="lib.thing"><Property Name="kind" Type="lib.kind"/></EntityType>
	<EntityType Name="shelf" BaseType="lib.thing"><Property Name="place" Type="lib.place"/>
		<NavigationProperty Name="books" Type="Collection(lib.book)" ContainsTarget="true"/>
		<NavigationProperty Name="next" Type="lib.shelf"/></EntityType>
	<EntityType Name="book" BaseType="lib.thing"><Property Name="title" Type="Edm.String"/>
		<NavigationProperty Name="sealed" Type="Collection(lib.note)" ContainsTarget="true"/>
		<NavigationProperty Name="chapters" Type="Collection(lib.book)" ContainsTarget="true"/></EntityType>
	<ComplexType Name="place"><Property Name="room" Type="Edm.String"/></ComplexType>
	<ComplexType Name="cellar" BaseType="lib.place"><Property Name="damp" Type="lib.damp"/></ComplexType>
	<EnumType Name="kind"><Member Name="plain" Value="0"/></EnumType>
	<EnumType Name="damp"><Member Name="dry" Value="0"/></EnumType>
	<EntityType Name="loan"><Key><PropertyRef Name="book"/><PropertyRef Name="reader"/></Key>
		<Property Name="book" Type="Edm.String"/><Property Name="reader" Type="Edm.String"/>
		<NavigationProperty Name="notes" Type="Collection(lib.note)" ContainsTarget="true"/></EntityType>
	<EntityContainer Name="C">
		<EntitySet Name="loans" EntityType="lib.loan"/>
		<Singleton Name="desk" Type="lib.shelf"/>
		<EntitySet Name="shelves" EntityType="lib.shelf"/>
	</EntityContainer>
	<Annotations Target="lib.book/sealed"><Annotation Term="Org.OData.Capabilities.V1.InsertRestrictions">
		<Record><PropertyValue Property="Insertable" Bool="false"/></Record></Annotation></Annotations>
</Schema></edmx:DataServices></edmx:Edmx>`

func parse(t testing.TB, document string) *model.Model {
	t.Helper()
	m, err := csdl.Parse("test.xml", []byte(document), csdl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	model.Link(m)
	return m
}

// paths returns the methods with all their paths, one string each.
func paths(s *api.Selection) []string {
	var list []string
	for _, m := range s.Methods {
		text := m.Verb
		for _, p := range m.Paths {
			text += " " + p.String()
		}
		list = append(list, text)
	}
	return list
}

func typeNames(s *api.Selection) []string {
	var list []string
	for _, t := range s.Types {
		list = append(list, t.QualifiedName())
	}
	return list
}

func TestMethods(t *testing.T) {
	m := parse(t, library)
	for name, test := range map[string]struct {
		options api.Options
		want    []string
	}{
		"one path":             {api.Options{Include: []string{"POST /desk/books"}}, []string{"POST /desk/books"}},
		"a key of any name":    {api.Options{Include: []string{"POST /shelves/{id | name}/books"}}, []string{"POST /shelves/{id}/books"}},
		"no verb":              {api.Options{Include: []string{"/desk/books"}}, []string{"GET /desk/books", "POST /desk/books"}},
		"two paths, one place": {api.Options{Include: []string{"POST /desk/books", "POST /shelves/{id}/books"}}, []string{"POST /desk/books /shelves/{id}/books"}},
		"inherited property":   {api.Options{Include: []string{"POST /desk/notes"}}, []string{"POST /desk/notes"}},
		"one segment":          {api.Options{Include: []string{"POST /desk/*"}}, []string{"POST /desk/books", "POST /desk/notes"}},
		"part of a segment":    {api.Options{Include: []string{"POST /desk/b*"}}, []string{"POST /desk/books"}},
		"any depth, with cycle": {api.Options{Include: []string{"POST /desk/books/**"}}, []string{
			"POST /desk/books",
			"POST /desk/books/{id}/chapters",
			"POST /desk/books/{id}/notes /desk/books/{id}/chapters/{id}/notes /desk/books/{id}/sealed/{id}/notes /desk/books/{id}/chapters/{id}/sealed/{id}/notes",
		}},
		"not contained, named": {api.Options{Include: []string{"POST /desk/next/books"}}, []string{"POST /desk/next/books"}},
		"named twice":          {api.Options{Include: []string{"POST /desk/next/next/books"}}, []string{"POST /desk/next/next/books"}},
		"exclude":              {api.Options{Include: []string{"POST /desk/*"}, Exclude: []string{"POST /**/notes"}}, []string{"POST /desk/books"}},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := api.Select(m, test.options)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, paths(s)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestClosure(t *testing.T) {
	m := parse(t, library)
	for name, test := range map[string]struct {
		options api.Options
		want    []string
	}{
		"base and property types": {api.Options{Include: []string{"POST /desk/notes"}}, []string{"lib.kind", "lib.note", "lib.thing"}},
		"no derived types":        {api.Options{Include: []string{"POST /shelves"}}, []string{"lib.place", "lib.shelf", "lib.thing"}},
		"all derived types": {api.Options{Include: []string{"POST /shelves"}, Derived: []string{"all"}},
			[]string{"lib.book", "lib.cellar", "lib.damp", "lib.kind", "lib.note", "lib.place", "lib.shelf", "lib.thing"}},
		"derived types of one": {api.Options{Include: []string{"POST /shelves"}, Derived: []string{"lib.place"}},
			[]string{"lib.cellar", "lib.damp", "lib.place", "lib.shelf", "lib.thing"}},
		"types by pattern": {api.Options{Types: []string{"lib.c*", "lib.k*"}}, []string{"lib.cellar", "lib.damp", "lib.kind", "lib.place"}},
		"all types":        {api.Options{Types: []string{"**"}}, []string{"lib.book", "lib.cellar", "lib.damp", "lib.kind", "lib.loan", "lib.note", "lib.place", "lib.shelf", "lib.thing"}},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := api.Select(m, test.options)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, typeNames(s)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	m := parse(t, library)
	for name, test := range map[string]struct {
		options api.Options
		want    []string
	}{
		"a slip":           {api.Options{Include: []string{"POST /desk/boks"}}, []string{`no method matches "POST /desk/boks"`, "POST /desk/books"}},
		"no key":           {api.Options{Include: []string{"POST /shelves/books"}}, []string{"POST /shelves/{id}/books"}},
		"not a collection": {api.Options{Include: []string{"POST /desk"}}, []string{"POST /desk/books"}},
		"not insertable":   {api.Options{Include: []string{"POST /desk/books/{id}/sealed"}}, []string{"no method matches"}},
		"another verb":     {api.Options{Include: []string{"PATCH /desk/books"}}, []string{`no method matches "PATCH /desk/books": the path has GET, POST; similar methods are:`, "PATCH /desk"}},
		"a key in parentheses": {api.Options{Include: []string{"POST /shelves('a')/books", "/desk/books(isbn={isbn})"}}, []string{
			`no method matches "POST /shelves('a')/books": a key is a segment of its own, an alternate key, too: write it as "POST /shelves/{id}/books"`,
			`write it as "/desk/books/{id}"`,
		}},
		"a slip at the end":  {api.Options{Include: []string{"/desk/books/$cuont"}}, []string{"GET /desk/books/$count"}},
		"an address by path": {api.Options{Include: []string{"PUT /desk:/{path}:/content"}}, []string{`"PUT /desk:/{path}:/content" addresses an item by its path, desk:…: select the method of the item`}},
		"no operation":       {api.Options{Include: []string{"POST /desk/books/sort"}}, []string{"POST /desk/books"}},
		"no verb at all":     {api.Options{Include: []string{"CREATE /desk/books"}}, []string{"does not begin with a verb"}},
		"no path":            {api.Options{Include: []string{"POST desk"}}, []string{`include: "POST desk": the path does not begin with /: write it as "POST /desk"`}},
		"a verb alone":       {api.Options{Include: []string{"POST"}}, []string{"has no path"}},
		"an address": {api.Options{Include: []string{"https://graph.microsoft.com/v1.0/desk", "GET https://graph.microsoft.com/beta/desk/books?$top=5", "GET /desk?$select=id"}}, []string{
			`"https://graph.microsoft.com/v1.0/desk" is an address: leave out the host, the version and the query: write it as "/desk"`,
			`write it as "GET /desk/books"`, `"GET /desk?$select=id" has a query: leave it out: write it as "GET /desk"`,
		}},
		"a version": {api.Options{Include: []string{"GET /v1.0/desk", "/beta/desk/**"}}, []string{
			`no method matches "GET /v1.0/desk": leave out the version v1.0: write it as "GET /desk"`, `leave out the version beta: write it as "/desk/**"`,
		}},
		"a value for a key": {api.Options{Include: []string{"GET /desk/books/moby-dick"}}, []string{
			"no method matches \"GET /desk/books/moby-dick\": write {id} for the key moby-dick; similar methods are:\n\tGET /desk/books/{id}",
		}},
		"a value with a dot for a key": {api.Options{Include: []string{"GET /desk/books/moby.dick"}}, []string{"write {id} for the key moby.dick"}},
		"no such cast": {api.Options{Include: []string{"GET /desk/books/lib.magazine"}}, []string{
			"no method matches \"GET /desk/books/lib.magazine\"; similar methods are:\n\tGET /desk/books/{id}",
		}},
		"no similar method": {api.Options{Include: []string{"PUT /desk/books"}}, []string{`no method matches "PUT /desk/books": the path has GET, POST`}},
		"a brace lacks":     {api.Options{Include: []string{"POST /shelves/{id/books"}}, []string{"lacks a brace"}},
		"an empty segment":  {api.Options{Include: []string{"POST /desk//books"}}, []string{"empty path segment"}},
		"a type":            {api.Options{Types: []string{"lib.shef"}}, []string{"there is no type lib.shef; did you mean lib.shelf?"}},
		"a derived type":    {api.Options{Include: []string{"POST /desk/books"}, Derived: []string{"lib.plac"}}, []string{"did you mean lib.place?"}},
		"all at once":       {api.Options{Include: []string{"POST /x", "GET /y"}, Types: []string{"z"}}, []string{"/x", "/y", "there is no type z"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := api.Select(m, test.options)
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%v\nlacks %q", err, want)
				}
			}
		})
	}
}

// The pruned model is complete: linked again, it gives the same selection.
func TestPrunedModel(t *testing.T) {
	options := api.Options{Include: []string{"POST /desk/notes", "POST /shelves/{id}/books/**"}}
	s, err := api.Select(parse(t, library), options)
	if err != nil {
		t.Fatal(err)
	}
	model.Link(s.Model)
	again, err := api.Select(s.Model, options)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(paths(s), paths(again)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(typeNames(s), typeNames(again)); diff != "" {
		t.Error(diff)
	}
}

// In the real schema one create of a profile needs 14 types, and all of them need
// 45: 46 without profile itself, which no create sends.
func TestRealSchema(t *testing.T) {
	const file = "../../../shared/metadata/csdl/beta-2021-07-13.xml"
	document, err := os.ReadFile(file)
	if err != nil {
		t.Skipf("skipped: no real metadata: %v", err)
	}
	m := parse(t, string(document))
	s, err := api.Select(m, api.Options{Include: []string{"POST /me/profile/projects"}})
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Fields(`allowedAudiences companyDetail entity identity identitySet inferenceData itemFacet personDataSources
		personRelationship physicalAddress physicalAddressType positionDetail projectParticipation relatedPerson`)
	for i := range want {
		want[i] = "microsoft.graph." + want[i]
	}
	if diff := cmp.Diff(want, typeNames(s)); diff != "" {
		t.Error(diff)
	}
	s, err = api.Select(m, api.Options{Include: []string{"POST /me/profile/**", "POST /users/{id}/profile/**"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Methods) != 19 || len(s.Types) != 45 {
		t.Errorf("all creates of a profile: %d methods and %d types, want 19 and 45", len(s.Methods), len(s.Types))
	}
	for _, o := range s.Methods {
		if len(o.Paths) != 2 {
			t.Errorf("%s has the paths %v, want one under /me and one under /users/{id}", o.Resource.ID(), o.Paths)
		}
	}
}

// Many navigation properties that lead to one type give more paths to a resource
// than can be searched. It is selected with one of the shortest.
func TestMorePathsThanCanBeSearched(t *testing.T) {
	document := `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="s" xmlns="http://docs.oasis-open.org/odata/ns/edm"><EntityType Name="t"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>`
	for _, name := range strings.Fields("a b c d e") {
		document += `<NavigationProperty Name="` + name + `" Type="Collection(s.t)" ContainsTarget="true"/>`
	}
	m := parse(t, document+`</EntityType><EntityContainer Name="C"><Singleton Name="root" Type="s.t"/></EntityContainer></Schema></edmx:DataServices></edmx:Edmx>`)
	s, err := api.Select(m, api.Options{Include: []string{"POST /root" + strings.Repeat("/*", 39)}})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Methods) != 5 || len(s.Methods[0].Paths[0]) != 40 {
		t.Errorf("%d methods, the first with %d segments", len(s.Methods), len(s.Methods[0].Paths[0]))
	}
}

// The length of a path is limited, in patterns and behind wildcards.
func TestLongPaths(t *testing.T) {
	m := parse(t, library)
	_, err := api.Select(m, api.Options{Include: []string{"/desk" + strings.Repeat("/next", 100)}})
	if want := "has more than 100 path segments: no method has such a long path"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v", err)
	}
	document := `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="s" xmlns="http://docs.oasis-open.org/odata/ns/edm">`
	const key = `<Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>`
	for i := range 60 {
		document += fmt.Sprintf(`<EntityType Name="t%d">%s<NavigationProperty Name="n" Type="Collection(s.t%d)" ContainsTarget="true"/></EntityType>`, i, key, i+1)
	}
	m = parse(t, document+`<EntityType Name="t60">`+key+`</EntityType><EntityContainer Name="C"><EntitySet Name="root" EntityType="s.t0"/></EntityContainer></Schema></edmx:DataServices></edmx:Edmx>`)
	s, err := api.Select(m, api.Options{Include: []string{"/**"}})
	if err != nil {
		t.Fatal(err)
	}
	last := s.Methods[len(s.Methods)-1].Paths[0]
	if len(last) > 100 || len(s.LeftOut) != 1 || !strings.HasSuffix(s.LeftOut[0].Defect.Message, "is left out: its paths have more than 100 segments") {
		t.Errorf("the longest path has %d segments; left out: %v", len(last), s.LeftOut)
	}
}

func TestOptionsOr(t *testing.T) {
	recorded := api.Options{Include: []string{"/cows"}, Exclude: []string{"GET /cows"}, Derived: []string{"all"}}
	for _, test := range []struct{ o, want api.Options }{
		{api.Options{}, recorded},
		{api.Options{Exclude: []string{"POST /cows"}}, api.Options{Include: recorded.Include, Exclude: []string{"POST /cows"}, Derived: recorded.Derived}},
		{api.Options{Types: []string{"farm.cow"}}, api.Options{Types: []string{"farm.cow"}}},
	} {
		if got := test.o.Or(recorded); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%v: got %v, want %v", test.o, got, test.want)
		}
	}
}
