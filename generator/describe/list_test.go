package describe_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/describe"
	"github.com/msgraphgen/msgraphgen/generator/report"
)

// A text shows a part of long lists, and says how much is left. A method with several
// paths shows two of them.
func TestLongLists(t *testing.T) {
	var closure []describe.Reason
	for i := range 45 {
		name := fmt.Sprintf("farm.type%d", i)
		closure = append(closure, describe.Reason{Type: name, Chain: []string{name}})
	}
	methods := []describe.Method{
		{Verb: "DELETE", Path: "/cows/{id}"},
		{Verb: "DELETE", Path: "/hens/{id}", Also: []string{"/coops/{id}/hens/{id}"}, RuledOut: []string{"/hens/{id}"}},
		{Verb: "POST", Path: "/hens", Also: []string{"/coops/{id}/hens"}, Type: "Collection(farm.hen)"},
		{Verb: "POST", Path: "/pigs", Also: []string{"/a/pigs", "/b/pigs", "/c/pigs"}, Type: "Collection(farm.pig)"},
	}
	for want, d := range map[string]*describe.Description{
		"farm.type39\n\tfarm.type39\nand 5 more: --verbose lists all\n45 types\n": {Closure: closure},
		"4 methods\n\tDELETE /cows/{id}\n\tDELETE /hens/{id}, also /coops/{id}/hens/{id}, but not /hens/{id}\n\tPOST /hens, Collection(farm.hen), also /coops/{id}/hens\n" +
			"\tPOST /pigs, Collection(farm.pig), also /a/pigs and 2 more paths\n": {Methods: methods},
	} {
		var out bytes.Buffer
		if err := describe.Forms.Write(&out, "text", d, report.TextOptions{}); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(out.String(), want) {
			t.Errorf("got %s\nwant at its end %s", out.String(), want)
		}
	}
	var out bytes.Buffer
	if err := describe.Forms.Write(&out, "text", &describe.Description{Closure: closure}, report.TextOptions{All: true}); err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(out.String(), "farm.type44\n\tfarm.type44\n45 types\n") {
		t.Errorf("all of a list is\n%s", out.String())
	}
}
