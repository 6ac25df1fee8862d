package golang_test

import (
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
