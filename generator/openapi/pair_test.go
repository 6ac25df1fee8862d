package openapi_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/openapi"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// TestAgreesWithCSDL compares the real documents with the CSDL of the same
// week: where both have an element, both say the same of it, but for what is
// listed here. The documents are a few weeks younger than the CSDL: elements
// that it lacks are not compared.
func TestAgreesWithCSDL(t *testing.T) {
	data := readFile(t, gotest.Metadata(t, "csdl/beta-2020-10-27.xml"))
	schema, err := csdl.Parse("metadata.xml", data, csdl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	model.Link(schema)
	differences := map[string][]string{
		"People.yml": {
			"user/people: create yes, CSDL no", "user/people: delete yes, CSDL no", "user/people: update yes, CSDL no",
		},
		"Mail.yml": {
			// Messages have $value, which CSDL does not tell.
			"message: HasStream yes, CSDL no",
			"mailFolder/userConfigurations: create yes, CSDL no", "mailFolder/userConfigurations: delete yes, CSDL no", "mailFolder/userConfigurations: update yes, CSDL no",
			"message/attachments: update yes, CSDL no", "message/mentions: update yes, CSDL no", "user/inferenceClassification: delete yes, CSDL no",
		},
		"Users.yml": {
			// Only paths tell a stream from binary data, and these have none.
			"driveItem/content: Edm.Binary, CSDL Edm.Stream", "driveItemVersion/content: Edm.Binary, CSDL Edm.Stream",
			"onenotePage/content: Edm.Binary, CSDL Edm.Stream", "onenoteResource/content: Edm.Binary, CSDL Edm.Stream", "thumbnail/content: Edm.Binary, CSDL Edm.Stream",
			"outlookTask/attachments: update yes, CSDL no", "user/outlook: delete yes, CSDL no", "user/outlook: update yes, CSDL no",
			"user/photo: delete yes, CSDL no", "user/photos: create yes, CSDL no", "user/photos: delete yes, CSDL no", "user/photos: update yes, CSDL no",
		},
		"Identity.Governance.yml": {
			// Paths lead through these, but none ends there.
			"accessReviewInstance/definition: microsoft.graph.definition, CSDL microsoft.graph.accessReviewScheduleDefinition",
			"identityGovernance/accessReviews: microsoft.graph.accessReviews, CSDL microsoft.graph.accessReviewSet",
			"action stop(bindingParameter microsoft.graph.definition): not in CSDL",
		},
	}
	agreeing := map[string]int{"Identity.Governance.yml": 24}
	for _, name := range realDocuments {
		file := filepath.Base(name)
		t.Run(file, func(t *testing.T) {
			m, err := parse(file, readFile(t, gotest.Metadata(t, name)), openapi.Options{})
			if err != nil {
				t.Fatal(err)
			}
			found, same := compareOperations(m, schema)
			if same != agreeing[file] {
				t.Errorf("%d operations agree, not %d", same, agreeing[file])
			}
			for _, s := range m.Schemas {
				for _, typ := range s.Structured {
					if other, ok := schema.Type(typ.QualifiedName()).(*model.StructuredType); ok {
						found = append(found, compareStructured(typ, other)...)
					}
				}
			}
			want := slices.Sorted(slices.Values(differences[file]))
			if diff := cmp.Diff(want, slices.Sorted(slices.Values(found))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// compareOperations returns the operations that the CSDL lacks, and how many it
// has.
func compareOperations(m, schema *model.Model) (missing []string, same int) {
	known := map[string]bool{}
	for _, s := range schema.Schemas {
		for _, o := range s.Operations {
			known[signature(o)] = true
		}
	}
	for _, s := range m.Schemas {
		for _, o := range s.Operations {
			if known[signature(o)] {
				same++
			} else {
				missing = append(missing, signature(o)+": not in CSDL")
			}
		}
	}
	return missing, same
}

// signature returns what both formats say about an operation. The name of the
// binding parameter has no meaning, nor has the order of the parameters of an
// action.
func signature(o *model.Operation) string {
	var parameters []string
	for i, p := range o.Parameters {
		name := p.Name
		if i == 0 && o.Bound {
			name = "bindingParameter"
		}
		parameters = append(parameters, name+" "+p.Type.String())
	}
	kind := "function"
	if !o.Function {
		kind = "action"
		slices.Sort(parameters)
	}
	result := ""
	if o.Return != nil {
		result = " " + o.Return.Type.String()
	}
	return kind + " " + o.Name + "(" + strings.Join(parameters, ", ") + ")" + result
}

// compareStructured returns what a type says otherwise than that of the CSDL.
func compareStructured(t, other *model.StructuredType) []string {
	var list []string
	differ := func(owner, what, got, want string) {
		if got != want {
			list = append(list, fmt.Sprintf("%s: %s%s, CSDL %s", owner, what, got, want))
		}
	}
	differ(t.Name, "", string(t.Kind), string(other.Kind))
	if t.HasStream == model.Yes {
		differ(t.Name, "HasStream ", yesNo(t.HasStream), yesNo(other.HasStream))
	}
	for _, p := range t.Properties {
		if q := other.Property(p.Name); q != nil {
			differ(t.Name+"/"+p.Name, "", p.Type.String(), q.Type.String())
		}
	}
	for _, n := range t.Navigation {
		owner := t.Name + "/" + n.Name
		o, _ := other.NavigationProperty(n.Name)
		if o == nil {
			continue
		}
		differ(owner, "", n.Type.String(), o.Type.String())
		if n.ContainsTarget != model.Unknown {
			differ(owner, "ContainsTarget ", yesNo(n.ContainsTarget), yesNo(o.ContainsTarget))
		}
		if vocab.Unlisted(n.Annotated) {
			continue
		}
		for _, request := range []struct {
			name      string
			got, want model.Fact
		}{
			{"create", vocab.InsertRestrictions(n.Annotated).Insertable, vocab.InsertRestrictions(o.Annotated).Insertable},
			{"update", vocab.UpdateRestrictions(n.Annotated).Updatable, vocab.UpdateRestrictions(o.Annotated).Updatable},
			{"delete", vocab.Deletable(n.Annotated), vocab.Deletable(o.Annotated)},
		} {
			if request.got != model.Unknown && request.want != model.Unknown {
				differ(owner, request.name+" ", yesNo(request.got), yesNo(request.want))
			}
		}
	}
	return list
}

func yesNo(f model.Fact) string {
	return map[model.Fact]string{model.Yes: "yes", model.No: "no", model.Unknown: "unknown"}[f]
}
