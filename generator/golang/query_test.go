package golang_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/golang"
)

// The names of constants for queries depend on the whole schema, not on the
// selection: messageRule/sequence and message/ruleSequence would both be
// MessageRuleSequence, and folder/kind is FolderKind like the type and the member.
func TestNamesOfQueriesDoNotDependOnTheSelection(t *testing.T) {
	const schema = `
		<EntityType Name="message"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>
			<Property Name="ruleSequence" Type="Edm.Int32"/><NavigationProperty Name="rule" Type="graph.messageRule"/></EntityType>
		<EntityType Name="messageRule"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>
			<Property Name="sequence" Type="Edm.String"/><Property Name="folder" Type="graph.folder"/></EntityType>
		<ComplexType Name="folder"><Property Name="kind" Type="graph.folderKind"/><Property Name="webUrl" Type="Edm.String"/><Property Name="webURL" Type="Edm.String"/></ComplexType>
		<EnumType Name="folderKind"><Member Name="plain" Value="0"/></EnumType>
		<EntityContainer Name="C"><EntitySet Name="messages" EntityType="graph.message"/><EntitySet Name="rules" EntityType="graph.messageRule"/></EntityContainer>`
	names := func(include ...string) map[string]string {
		list := map[string]string{}
		for _, q := range plan(t, schema, api.Options{Include: include}, golang.Options{}).Queries {
			for _, f := range q.Fields {
				list[q.Struct.Type.Name+"/"+f.Schema()] = f.Name
			}
		}
		return list
	}
	all := names("/**")
	if diff := cmp.Diff(map[string]string{
		"message/id": "MessageID", "message/rule": "MessageRuleField", "message/ruleSequence": "MessageRuleSequenceField",
		"messageRule/id": "MessageRuleID", "messageRule/sequence": "MessageRuleSequence", "messageRule/folder": "MessageRuleFolder",
		"folder/kind": "FolderKindField", "folder/webURL": "FolderWebURL", "folder/webUrl": "FolderWebURLField",
	}, all); diff != "" {
		t.Errorf("all names:\n%s", diff)
	}
	for _, include := range [][]string{{"GET /messages"}, {"GET /rules/{id}"}, {"/rules"}, {"GET /rules/$count", "GET /messages"}} {
		some := names(include...)
		for _, key := range slices.Sorted(maps.Keys(some)) {
			if some[key] != all[key] {
				t.Errorf("with %v alone, %s is %s, else %s", include, key, some[key], all[key])
			}
		}
	}
}

// A navigation property has a constant for $expand if the package reads items of its
// type.
func TestConstantsForExpand(t *testing.T) {
	const schema = `
		<EntityType Name="person"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>
			<NavigationProperty Name="manager" Type="graph.object"/><NavigationProperty Name="memberOf" Type="Collection(graph.object)"/></EntityType>
		<EntityType Name="object"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/></EntityType>
		<EntityContainer Name="C"><EntitySet Name="people" EntityType="graph.person"/><EntitySet Name="objects" EntityType="graph.object"/></EntityContainer>`
	for _, test := range []struct {
		name     string
		selected api.Options
		want     []string
	}{
		{"none", api.Options{Include: []string{"/people", "/people/{id}"}}, nil},
		{"types have no queries", api.Options{Include: []string{"/people/{id}"}, Types: []string{"object"}}, nil},
		{"a write has no query", api.Options{Include: []string{"/people/{id}", "POST /objects"}}, nil},
		{"read elsewhere", api.Options{Include: []string{"/people/{id}", "GET /objects/{id}"}}, []string{"PersonManager", "PersonMemberOf"}},
		{"read there", api.Options{Include: []string{"/people/{id}", "GET /people/{id}/manager"}}, []string{"PersonManager", "PersonMemberOf"}},
	} {
		var got []string
		for _, q := range plan(t, schema, test.selected, golang.Options{}).Queries {
			for _, f := range q.Fields {
				if f.Navigation != nil {
					got = append(got, f.Name)
				}
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s:\n%s", test.name, diff)
		}
	}
}

// A property that is called like the end of the name of a query has a constant beside it.
// The query keeps the name that an earlier version pinned like that of a property.
func TestPropertyCalledQuery(t *testing.T) {
	const schema = `
		<EntityType Name="report"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>%s</EntityType>
		<EntityContainer Name="C"><EntitySet Name="reports" EntityType="graph.report"/></EntityContainer>`
	const properties = `<Property Name="Query" Type="Edm.String"/><Property Name="ItemQuery" Type="Edm.String"/>`
	names := func(properties string, pinned map[string]string) (map[string]string, map[string]string) {
		p := plan(t, fmt.Sprintf(schema, properties), api.Options{Include: []string{"/**"}}, golang.Options{Pinned: pinned})
		q := p.Queries[0]
		list := map[string]string{"": q.Name, "{}": q.ItemName}
		for _, f := range q.Fields {
			list[f.Schema()] = f.Name
		}
		return list, p.Names
	}
	former := map[string]string{"microsoft.graph.report": "Report", "microsoft.graph.report/$Query": "ReportQ", "microsoft.graph.report/$ItemQuery": "ReportItemQ"}
	for _, test := range []struct {
		name, properties string
		pinned           map[string]string
		want             map[string]string
	}{
		{"new", properties, nil, map[string]string{"": "ReportQuery", "{}": "ReportItemQuery", "id": "ReportID", "Query": "ReportQueryField", "ItemQuery": "ReportItemQueryField"}},
		{"pinned", "", former, map[string]string{"": "ReportQ", "{}": "ReportItemQ", "id": "ReportID"}},
		{"property later", properties, former, map[string]string{"": "ReportQ", "{}": "ReportItemQ", "id": "ReportID", "Query": "ReportQueryField", "ItemQuery": "ReportItemQueryField"}},
	} {
		got, pinned := names(test.properties, test.pinned)
		for range 2 { // the names of a run are those of the next one
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.name, diff)
			}
			got, pinned = names(test.properties, pinned)
		}
	}
}
