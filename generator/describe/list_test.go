package describe_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/describe"
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
		{Verb: "POST", Path: "/cows", Type: "Collection(farm.cow)"},
		{Verb: "POST", Path: "/hens", Also: []string{"/coops/{id}/hens"}, Type: "Collection(farm.hen)"},
		{Verb: "POST", Path: "/pigs", Also: []string{"/a/pigs", "/b/pigs", "/c/pigs"}, Type: "Collection(farm.pig)"},
	}
	for want, d := range map[string]*describe.Description{
		"farm.type39\n\tfarm.type39\nand 5 more: --report json lists all\n45 types\n": {Closure: closure},
		"3 methods\n\tPOST /cows, Collection(farm.cow)\n\tPOST /hens, Collection(farm.hen), also /coops/{id}/hens\n" +
			"\tPOST /pigs, Collection(farm.pig), also /a/pigs and 2 more paths\n": {Methods: methods},
	} {
		var out bytes.Buffer
		if err := describe.Forms.Write(&out, "text", d, false); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(out.String(), want) {
			t.Errorf("got %s\nwant at its end %s", out.String(), want)
		}
	}
}
