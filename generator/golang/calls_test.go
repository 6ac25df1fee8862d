package golang_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/golang"
)

// calls returns the Go names of the streams, actions and functions of a plan, with what each
// calls: "ThingsItemBuilder.Content /content".
func calls(p *golang.Plan) []string {
	var list []string
	for _, m := range p.Methods {
		call := ""
		switch {
		case m.Kind == api.Download:
			call = m.Suffix
		case m.Operation != nil:
			call = string(m.Kind) + " " + m.Operation.Name
		default:
			continue
		}
		builder := m.Builder.Name
		for _, b := range append(slices.Clone(p.Builders), p.Client) {
			if m.Builder.Function != nil && b.Resource == m.Resource && b.Function == nil {
				builder = b.Name
			}
		}
		list = append(list, strings.TrimSuffix(builder, "Builder")+"."+m.GoName+" "+call)
	}
	slices.Sort(list)
	return list
}

// methodIDs returns the IDs of the methods of a plan, which a lock file lists.
func methodIDs(p *golang.Plan) []string {
	var list []string
	for _, m := range p.Methods {
		list = append(list, m.ID())
	}
	return list
}

// The name of a stream, an action or a function that a package has stays if its selection
// grows, and belongs to nothing else.
func TestNamesOfCallsStay(t *testing.T) {
	const media = `<EntityType Name="thing" HasStream="true"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>
		<Property Name="content" Type="Edm.Stream"/><Property Name="logo" Type="Edm.Stream"/></EntityType>
		<Action Name="logo" IsBound="true"><Parameter Name="t" Type="graph.thing"/></Action>` + things + `</EntityContainer>`
	const twins = thing + `
		<Action Name="browse" IsBound="true"><Parameter Name="t" Type="graph.thing"/></Action>
		<Function Name="browse" IsBound="true"><Parameter Name="t" Type="graph.thing"/><Parameter Name="next" Type="Edm.String"/><ReturnType Type="Edm.String"/></Function>
		<Action Name="getUrl" IsBound="true"><Parameter Name="t" Type="graph.thing"/></Action>
		<Action Name="getURL" IsBound="true"><Parameter Name="t" Type="graph.thing"/></Action>
		<EntityType Name="box" BaseType="graph.thing"/>
		<Action Name="asBox" IsBound="true"><Parameter Name="t" Type="graph.thing"/></Action>` + things + `</EntityContainer>`
	for _, test := range []struct {
		name, declarations string
		first, then        []string // what is selected
		former             map[string]string
		want               []string
	}{
		{
			"value later", media, []string{"/things/{id}/content"}, []string{"/things/{id}/$value"}, nil,
			[]string{"ThingsItem.Content /$value", "ThingsItem.Content2 /content"},
		},
		{
			"value later, without a pinned name", media, []string{"/things/{id}/content"}, []string{"/things/{id}/$value"}, map[string]string{"things": "ThingsBuilder"},
			[]string{"ThingsItem.Content /content", "ThingsItem.Content2 /$value"},
		},
		{
			"content later, without a pinned name", media, []string{"/things/{id}/$value"}, []string{"/things/{id}/content"}, map[string]string{"things": "ThingsBuilder"},
			[]string{"ThingsItem.Content /$value", "ThingsItem.Content2 /content"},
		},
		{
			"stream later", media, []string{"POST /things/{id}/logo"}, []string{"GET /things/{id}/logo"}, nil,
			[]string{"ThingsItem.Logo Action logo", "ThingsItem.Logo2 /logo"},
		},
		{
			"action later, without a pinned name", media, []string{"GET /things/{id}/logo"}, []string{"POST /things/{id}/logo"}, map[string]string{"things": "ThingsBuilder"},
			[]string{"ThingsItem.Logo /logo", "ThingsItem.Logo2 Action logo"},
		},
		{
			"function later", twins, []string{"POST /things/{id}/browse"}, []string{"GET /things/{id}/browse"}, nil,
			[]string{"ThingsItem.Browse Action browse", "ThingsItem.Browse2 Function browse"},
		},
		{
			"action later", twins, []string{"GET /things/{id}/browse"}, []string{"POST /things/{id}/browse"}, nil,
			[]string{"ThingsItem.Browse Function browse", "ThingsItem.Browse2 Action browse"},
		},
		{
			"other case later", twins, []string{"/things/{id}/getUrl"}, []string{"/things/{id}/getURL"}, nil,
			[]string{"ThingsItem.GetURL Action getUrl", "ThingsItem.GetURL2 Action getURL"},
		},
		{
			"cast later", twins, []string{"/things/{id}/asBox"}, []string{"/things/{id}/graph.box"}, nil,
			[]string{"ThingsItem.AsBox Action asBox"},
		},
	} {
		p := plan(t, test.declarations, api.Options{Include: test.first}, golang.Options{Pinned: test.former})
		pinned := p.Names
		if test.former != nil {
			pinned = test.former
		}
		p = plan(t, test.declarations, api.Options{Include: slices.Concat(test.first, test.then)}, golang.Options{Pinned: pinned, Earlier: methodIDs(p)})
		for range 2 { // the names of a run are those of the next one
			if diff := cmp.Diff(test.want, calls(p)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.name, diff)
			}
			p = plan(t, test.declarations, api.Options{Include: slices.Concat(test.first, test.then)}, golang.Options{Pinned: p.Names, Earlier: methodIDs(p)})
		}
	}
}
