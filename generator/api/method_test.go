package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

// harbour has resources of all kinds, which are annotated one at a time: %s stands
// for annotations with targets.
const harbour = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="sea" xmlns="http://docs.oasis-open.org/odata/ns/edm">
	<EntityType Name="ship"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>
		<NavigationProperty Name="logs" Type="Collection(sea.log)" ContainsTarget="true"/>
		<NavigationProperty Name="captain" Type="sea.person" ContainsTarget="true"/>
		<NavigationProperty Name="flag" Type="sea.log" ContainsTarget="true" Nullable="false"/>
		<NavigationProperty Name="escorts" Type="Collection(sea.ship)"/>
		<NavigationProperty Name="owner" Type="sea.person"/>
		<NavigationProperty Name="charts" Type="Collection(sea.chart)" ContainsTarget="true"/></EntityType>
	<EntityType Name="log"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/></EntityType>
	<EntityType Name="person"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/></EntityType>
	<EntityType Name="medium" HasStream="true"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/></EntityType>
	<EntityType Name="chart" BaseType="sea.medium"/>
	<EntityContainer Name="Sea">
		<EntitySet Name="ships" EntityType="sea.ship"/>
		<Singleton Name="harbour" Type="sea.ship"/>
	</EntityContainer>
	%s
</Schema></edmx:DataServices></edmx:Edmx>`

// on returns an annotation of the Capabilities vocabulary for an element.
func on(target, term, properties string) string {
	return `<Annotations Target="` + target + `"><Annotation Term="Org.OData.Capabilities.V1.` + term + `"><Record>` + properties + `</Record></Annotation></Annotations>`
}

// is returns a member of a record.
func is(name, value string) string {
	return `<PropertyValue Property="` + name + `" Bool="` + value + `"/>`
}

// entityKinds are the kinds of methods about entities.
var entityKinds = []api.Kind{api.Get, api.List, api.Count, api.Create, api.Update, api.Replace, api.Delete}

// Without annotations, containment decides what a resource answers. An annotation
// decides about the methods that it is about, and about no others.
func TestMethodsOfAResource(t *testing.T) {
	const (
		ships, harbourSingleton, logs, escorts = "sea.Sea/ships", "sea.Sea/harbour", "sea.ship/logs", "sea.ship/escorts"
		captain, flag, owner, charts           = "sea.ship/captain", "sea.ship/flag", "sea.ship/owner", "sea.ship/charts"
	)
	readByKey := func(readable string) string {
		return `<PropertyValue Property="ReadByKeyRestrictions"><Record>` + is("Readable", readable) + `</Record></PropertyValue>`
	}
	method := func(members string) string {
		return `<PropertyValue Property="UpdateMethod" EnumMember="` + members + `"/>`
	}
	const patch, put = "Org.OData.Capabilities.V1.HttpMethod/PATCH", "Org.OData.Capabilities.V1.HttpMethod/PUT"
	for _, test := range []struct{ path, annotations, want string }{
		// Defaults.
		{"/ships", "", "List Count Create"},
		{"/ships/{id}", "", "Get Update Delete"},
		{"/harbour", "", "Get Update"},
		{"/harbour/logs", "", "List Count Create"},
		{"/harbour/logs/{id}", "", "Get Update Delete"},
		{"/harbour/captain", "", "Get Update Delete"},
		{"/harbour/flag", "", "Get Update"}, // it cannot be null
		{"/harbour/escorts", "", "List Count"},
		{"/harbour/escorts/{id}", "", "Get"},
		{"/harbour/owner", "", "Get"},
		{"/harbour/charts", "", "List Count"}, // a media entity, by its base type
		{"/harbour/charts/{id}", "", "Get Update Delete"},

		// Reading.
		{"/ships", on(ships, "ReadRestrictions", is("Readable", "false")), "Create"},
		{"/ships/{id}", on(ships, "ReadRestrictions", is("Readable", "false")), "Update Delete"},
		{"/ships/{id}", on(ships, "ReadRestrictions", is("Readable", "false")+readByKey("true")), "Get Update Delete"},
		{"/ships", on(ships, "ReadRestrictions", is("Readable", "true")+readByKey("false")), "List Count Create"},
		{"/ships/{id}", on(ships, "ReadRestrictions", is("Readable", "true")+readByKey("false")), "Update Delete"},
		{"/harbour", on(harbourSingleton, "ReadRestrictions", is("Readable", "false")), "Update"},
		{"/harbour/owner", on(owner, "ReadRestrictions", is("Readable", "false")), ""},
		{"/harbour/escorts/{id}", on(escorts, "ReadRestrictions", is("Readable", "false")), ""},
		{"/ships", on(ships, "CountRestrictions", is("Countable", "false")), "List Create"},
		{"/ships", on(ships, "CountRestrictions", is("Countable", "true")), "List Count Create"},
		{"/ships", on(ships, "CountRestrictions", is("Countable", "true")) + on(ships, "ReadRestrictions", is("Readable", "false")), "Create"},

		// Creating.
		{"/ships", on(ships, "InsertRestrictions", is("Insertable", "false")), "List Count"},
		{"/harbour/logs", on(logs, "InsertRestrictions", is("Insertable", "false")), "List Count"},
		{"/harbour/escorts", on(escorts, "InsertRestrictions", is("Insertable", "true")), "List Count Create"},
		{"/harbour/charts", on(charts, "InsertRestrictions", is("Insertable", "true")), "List Count Create"},
		{"/harbour/captain", on(captain, "InsertRestrictions", is("Insertable", "true")), "Get Update Delete"}, // no collection

		// Updating.
		{"/ships/{id}", on(ships, "UpdateRestrictions", is("Updatable", "false")), "Get Delete"},
		{"/ships", on(ships, "UpdateRestrictions", is("Updatable", "true")), "List Count Create"},
		{"/harbour", on(harbourSingleton, "UpdateRestrictions", is("Updatable", "false")), "Get"},
		{"/harbour/owner", on(owner, "UpdateRestrictions", is("Updatable", "true")), "Get Update"},
		{"/ships/{id}", on(ships, "UpdateRestrictions", method(put)), "Get Replace Delete"},
		{"/ships/{id}", on(ships, "UpdateRestrictions", method(patch+" "+put)), "Get Update Replace Delete"},
		{"/ships/{id}", on(ships, "UpdateRestrictions", is("Updatable", "false")+method(put)), "Get Delete"},
		{"/harbour/owner", on(owner, "UpdateRestrictions", method(put)), "Get"}, // a method says nothing about whether

		// Deleting.
		{"/ships/{id}", on(ships, "DeleteRestrictions", is("Deletable", "false")), "Get Update"},
		{"/harbour", on(harbourSingleton, "DeleteRestrictions", is("Deletable", "true")), "Get Update Delete"},
		{"/harbour/flag", on(flag, "DeleteRestrictions", is("Deletable", "true")), "Get Update Delete"},
		{"/harbour/captain", on(captain, "DeleteRestrictions", is("Deletable", "false")), "Get Update"},
		{"/harbour/owner", on(owner, "DeleteRestrictions", is("Deletable", "true")), "Get Delete"},
		{"/harbour/escorts/{id}", on(escorts, "DeleteRestrictions", is("Deletable", "true")), "Get Delete"},
	} {
		t.Run(test.path+" "+test.want, func(t *testing.T) {
			m := parse(t, fmt.Sprintf(harbour, test.annotations))
			if problems := m.AllProblems(); len(problems) > 0 {
				t.Fatal(problems)
			}
			r, ok := m.Resolve(test.path)
			if !ok {
				t.Fatal("there is no such resource")
			}
			var got []string
			for _, method := range api.Methods(nil, r) {
				if slices.Contains(entityKinds, method.Kind) {
					got = append(got, string(method.Kind))
				}
			}
			if diff := cmp.Diff(test.want, strings.Join(got, " ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// office has operations: overloads, inherited ones, and names in two namespaces.
const office = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="office" xmlns="http://docs.oasis-open.org/odata/ns/edm">
	<EntityType Name="item" Abstract="true"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/></EntityType>
	<EntityType Name="letter" BaseType="office.item"><NavigationProperty Name="replies" Type="Collection(office.letter)" ContainsTarget="true"/>
		<NavigationProperty Name="writer" Type="office.clerk"/></EntityType>
	<EntityType Name="clerk" BaseType="office.item"><NavigationProperty Name="letters" Type="Collection(office.letter)" ContainsTarget="true"/></EntityType>
	<ComplexType Name="stamp"/>
	<ComplexType Name="copies"/>
	<Action Name="archive" IsBound="true"><Parameter Name="it" Type="office.item"/></Action>
	<Action Name="send" IsBound="true"><Parameter Name="it" Type="office.letter"/><Parameter Name="stamp" Type="office.stamp"/></Action>
	<Action Name="send" IsBound="true"><Parameter Name="them" Type="Collection(office.letter)"/></Action>
	<Function Name="find" IsBound="true"><Parameter Name="in" Type="Collection(office.letter)"/><ReturnType Type="Collection(office.letter)"/></Function>
	<Function Name="find" IsBound="true"><Parameter Name="in" Type="Collection(office.letter)"/><Parameter Name="from" Type="Edm.Date"/><Parameter Name="to" Type="Edm.Date"/>
		<ReturnType Type="Collection(office.letter)"/></Function>
	<Function Name="weight" IsBound="true"><Parameter Name="it" Type="office.item"/><ReturnType Type="Edm.Decimal"/></Function>
	<Function Name="weight" IsBound="true"><Parameter Name="it" Type="office.letter"/><ReturnType Type="Edm.Int32"/></Function>
	<Action Name="close"/>
	<EntityContainer Name="Office">
		<Singleton Name="me" Type="office.clerk"/>
		<EntitySet Name="letters" EntityType="office.letter"/>
	</EntityContainer>
</Schema>
<Schema Namespace="office.copying" xmlns="http://docs.oasis-open.org/odata/ns/edm">
	<Action Name="copy" IsBound="true"><Parameter Name="it" Type="office.letter"/><Parameter Name="copies" Type="Collection(office.copies)"/><ReturnType Type="office.letter"/></Action>
</Schema></edmx:DataServices></edmx:Edmx>`

// A resource answers the operations that are bound to its type or to a base type of
// it. Of two with the same signature it answers the one of the most derived type.
func TestOperationsOfAResource(t *testing.T) {
	m := parse(t, office)
	for path, want := range map[string][]string{
		"/me":                        {"POST me/office.archive()", "GET me/office.weight()"},
		"/letters":                   {"GET letters/office.find()", "GET letters/office.find(from,to)", "POST letters/office.send()"},
		"/letters/{id}":              {"POST letters/{}/office.send()", "GET letters/{}/office.weight()", "POST letters/{}/office.copying.copy()", "POST letters/{}/office.archive()"},
		"/letters/{id}/writer":       nil, // the clerk has a path of its own
		"/letters/{id}/replies/{id}": {"POST office.letter/replies/{}/office.send()", "GET office.letter/replies/{}/office.weight()", "POST office.letter/replies/{}/office.copying.copy()", "POST office.letter/replies/{}/office.archive()"},
	} {
		r, ok := m.Resolve(path)
		if !ok {
			t.Fatalf("there is no resource %s", path)
		}
		var got []string
		for _, method := range api.Methods(nil, r) {
			if method.Operation == nil {
				continue
			}
			got = append(got, method.ID())
			if returned := method.Returns().Name; method.Operation.Name == "weight" && (returned == "Edm.Int32") != (r.Type().Name == "letter") {
				t.Errorf("%s: weight returns %s", path, returned)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s:\n%s", path, diff)
		}
	}
}

// A method needs the types of its request and of its response.
func TestNeeds(t *testing.T) {
	m := parse(t, office)
	for id, want := range map[string]string{
		"GET letters/{}":                        "letter",
		"GET letters":                           "letter",
		"GET letters/$count":                    "letter", // for the query
		"POST letters":                          "letter",
		"PATCH letters/{}":                      "letter",
		"DELETE letters/{}":                     "",
		"POST letters/{}/office.send()":         "stamp",
		"POST letters/{}/office.copying.copy()": "copies letter",
		"POST letters/office.send()":            "",
		"GET letters/{}/office.weight()":        "",
		"GET letters/office.find(from,to)":      "letter",
	} {
		path, _, _ := strings.Cut("/"+strings.Replace(id[strings.IndexByte(id, ' ')+1:], "{}", "{id}", 1), "/office.")
		r, ok := m.Resolve(strings.TrimSuffix(path, "/$count"))
		methods := api.Methods(nil, r)
		i := slices.IndexFunc(methods, func(m api.Method) bool { return m.ID() == id })
		if !ok || i < 0 {
			t.Errorf("there is no method %s", id)
			continue
		}
		var got []string
		for _, needed := range methods[i].Needs() {
			got = append(got, needed.(*model.StructuredType).Name)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s needs %v, want %s", id, got, want)
		}
	}
}

// Patterns select methods of all kinds by verb, path, and the segments behind the
// path of the resource. The order of the methods is always the same.
func TestPatternsOfMethods(t *testing.T) {
	m := parse(t, office)
	for name, test := range map[string]struct{ include, exclude, want string }{
		"a collection":           {"GET /letters", "", "GET /letters"},
		"an item":                {"GET /letters/{id}", "", "GET /letters/{id}"},
		"a key of another name":  {"GET /letters/{letter-id | title}", "", "GET /letters/{id}"},
		"all verbs":              {"/letters", "", "GET /letters; POST /letters"},
		"all verbs of an item":   {"/letters/{id}", "", "GET /letters/{id}; PATCH /letters/{id}; DELETE /letters/{id}"},
		"the verb in lower case": {"delete /letters/{id}", "", "DELETE /letters/{id}"},
		"a singleton":            {"/me", "", "GET /me; PATCH /me"},
		"the count":              {"GET /letters/$count", "", "GET /letters/$count"},
		"the count, no verb":     {"/letters/$count", "", "GET /letters/$count"},
		"one segment":            {"GET /letters/*", "", "GET /letters/$count; GET /letters/find; GET /letters/find(from={from},to={to}); GET /letters/{id}"},
		"part of a segment":      {"/letters/f*", "", "GET /letters/find; GET /letters/find(from={from},to={to})"},
		"any segments": {"POST /me/**", "", "POST /me/archive; POST /me/letters; POST /me/letters/send; POST /me/letters/{id}/archive; POST /me/letters/{id}/copy; POST /me/letters/{id}/send; " +
			"POST /me/letters/{id}/replies; POST /me/letters/{id}/replies/send; POST /me/letters/{id}/replies/{id}/archive; POST /me/letters/{id}/replies/{id}/copy; POST /me/letters/{id}/replies/{id}/send"},
		"an action":               {"POST /letters/{id}/send", "", "POST /letters/{id}/send"},
		"an action, no verb":      {"/letters/send", "", "POST /letters/send"},
		"an action, qualified":    {"POST /letters/{id}/office.copying.copy", "", "POST /letters/{id}/copy"},
		"an action, half":         {"POST /letters/{id}/copying.copy", "", "POST /letters/{id}/copy"},
		"a function":              {"GET /letters/{id}/weight", "", "GET /letters/{id}/weight"},
		"a function, parentheses": {"GET /letters/{id}/weight()", "", "GET /letters/{id}/weight"},
		"a function, qualified":   {"GET /letters/{id}/office.weight()", "", "GET /letters/{id}/weight"},
		"all overloads":           {"GET /letters/find", "", "GET /letters/find; GET /letters/find(from={from},to={to})"},
		"an overload":             {"GET /letters/find(from={from},to={to})", "", "GET /letters/find(from={from},to={to})"},
		"in another order":        {"GET /letters/find(to={b},from={a})", "", "GET /letters/find(from={from},to={to})"},
		"names in another case":   {"GET /letters/find(From={a},TO={b})", "", "GET /letters/find(from={from},to={to})"},
		"aliases of parameters":   {"GET /letters/find(to=@to,from='2024-07-15')", "", "GET /letters/find(from={from},to={to})"},
		"the other overload":      {"GET /letters/find()", "", "GET /letters/find"},
		"not contained":           {"/letters/{id}/writer", "", "GET /letters/{id}/writer"},
		"wildcard, not contained": {"GET /letters/{id}/**", "", "GET /letters/{id}; GET /letters/{id}/weight; GET /letters/{id}/replies; GET /letters/{id}/replies/$count; GET /letters/{id}/replies/find; " +
			"GET /letters/{id}/replies/find(from={from},to={to}); GET /letters/{id}/writer; GET /letters/{id}/replies/{id}; GET /letters/{id}/replies/{id}/weight"},
		"a method excluded":      {"/letters/{id}", "DELETE /letters/{id}", "GET /letters/{id}; PATCH /letters/{id}"},
		"all of a verb excluded": {"/letters/{id}", "DELETE /**", "GET /letters/{id}; PATCH /letters/{id}"},
		"a resource excluded":    {"/letters/*", "/letters/{id}", "GET /letters/$count; GET /letters/find; GET /letters/find(from={from},to={to}); POST /letters/send"},
		"an operation excluded":  {"/letters/*", "/letters/find; /letters/{id}; GET /letters/$count", "POST /letters/send"},
		"an overload excluded":   {"GET /letters/find", "/letters/find()", "GET /letters/find(from={from},to={to})"},
	} {
		t.Run(name, func(t *testing.T) {
			options := api.Options{Include: []string{test.include}}
			if test.exclude != "" {
				options.Exclude = strings.Split(test.exclude, "; ")
			}
			for range 5 {
				s, err := api.Select(m, options)
				if err != nil {
					t.Fatal(err)
				}
				var got []string
				for _, method := range s.Methods {
					if slices.Contains(entityKinds, method.Kind) || method.Operation != nil {
						got = append(got, strings.TrimSuffix(method.Requests()[0], "()"))
					}
				}
				if diff := cmp.Diff(strings.Split(test.want, "; "), got); diff != "" {
					t.Fatal(diff)
				}
			}
		})
	}
}

// The key of a reference has any name in a pattern, and its own in a request.
func TestReferenceToAKey(t *testing.T) {
	m := parse(t, strings.ReplaceAll(fmt.Sprintf(harbour, ""), `"id"`, `"number"`))
	for _, pattern := range []string{"DELETE /ships/{number}/escorts/{number}/$ref", "DELETE /ships/{id}/escorts/{id}/$ref", "/ships/{n}/escorts/{n}/$ref"} {
		s, err := api.Select(m, api.Options{Include: []string{pattern}})
		if err != nil {
			t.Fatal(err)
		}
		if want := "DELETE /ships/{number}/escorts/{number}/$ref"; len(s.Methods) != 1 || s.Methods[0].Requests()[0] != want {
			t.Errorf("%s selects %v, want %s", pattern, s.Methods, want)
		}
	}
}
