package retain_test

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/retain"
	"github.com/msgraphgen/msgraphgen/generator/slice"
)

// version is what of a schema is selected, and the schema.
type version struct {
	whole    *model.Model
	selected *api.Selection
}

// of selects all of a schema that is given as the elements in it, or what the
// patterns of types select.
func of(t *testing.T, elements string, types ...string) version {
	t.Helper()
	document := `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>` +
		`<Schema Namespace="farm" xmlns="http://docs.oasis-open.org/odata/ns/edm">` + elements + `</Schema></edmx:DataServices></edmx:Edmx>`
	m, err := csdl.Parse("farm.xml", []byte(document), csdl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	model.Link(m)
	options := api.Options{Types: types}
	if types == nil {
		options.Types = []string{"**"}
	}
	if strings.Contains(elements, "<EntitySet ") {
		options = api.Options{Include: []string{"/**"}}
	}
	s, err := api.Select(m, options)
	if err != nil {
		t.Fatal(err)
	}
	return version{m, s}
}

// names gives everything that is selected a Go name of its own: its key,
// in capitals.
func (v version) names() map[string]string {
	names := map[string]string{}
	name := func(key string) { names[key] = strings.ToUpper(key) }
	for _, t := range v.selected.Types {
		key := t.QualifiedName()
		name(key)
		switch t := t.(type) {
		case *model.StructuredType:
			for _, p := range t.Properties {
				name(key + ":" + p.Name)
			}
		case *model.EnumType:
			for _, m := range t.Members {
				name(key + "/" + m.Name)
			}
		}
	}
	for _, l := range v.selected.Steps {
		name(l.To.ID())
		if l.To.Owner != nil && !l.To.Item {
			name(l.To.Owner.QualifiedName() + ":" + l.To.Name())
		}
	}
	return names
}

// find compares two versions.
func find(t *testing.T, old, new version) (*retain.Found, *api.Retained) {
	t.Helper()
	found, err := retain.Find(api.Version{Model: old.whole, Selection: old.selected}, new.selected, new.whole)
	if err != nil {
		t.Fatal(err)
	}
	return found, found.Retained(old.names(), new.names())
}

// describe returns a line for each element that is retained or lost.
func describe(found *retain.Found, k *api.Retained) []string {
	var lines []string
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	if k.Model != nil {
		for _, s := range k.Model.Schemas {
			for _, t := range s.Structured {
				name := s.Namespace + "." + t.Name
				if why := vocab.Deprecated(t.Annotated); why != nil {
					add("%s: %s", name, why.Description)
				}
				for _, p := range t.Properties {
					if why := vocab.Deprecated(p.Annotated); why != nil {
						add("%s/%s: %s", name, p.Name, why.Description)
					} else {
						add("%s/%s", name, p.Name)
					}
				}
				for _, n := range t.Navigation {
					add("%s/%s: %s", name, n.Name, vocab.Deprecated(n.Annotated).Description)
				}
			}
			for _, t := range s.Enums {
				for _, m := range t.Members {
					if why := vocab.Deprecated(slices.Concat(t.Annotated, m.Annotated)); why != nil {
						add("%s.%s/%s: %s", s.Namespace, t.Name, m.Name, why.Description)
					}
				}
			}
			for _, t := range s.Definitions {
				add("%s.%s: %s", s.Namespace, t.Name, vocab.Deprecated(t.Annotated).Description)
			}
		}
		if k.Model.Container != nil {
			for _, s := range k.Model.Container.Sources {
				add("/%s: %s", s.Name, vocab.Deprecated(s.Annotated).Description)
			}
		}
	}
	for _, l := range k.Steps {
		add("from %q to %s", l.From, l.To)
	}
	for _, id := range k.Methods {
		add("method %s", id)
	}
	for _, property := range slices.Sorted(maps.Keys(k.Values)) {
		add("%s: %s", property, strings.Join(k.Values[property], ", "))
	}
	for _, id := range slices.Sorted(maps.Keys(k.Refused)) {
		add("%s refuses %s", id, strings.Join(k.Refused[id], ", "))
	}
	for _, key := range slices.Sorted(maps.Keys(k.Renamed)) {
		add("%s → %s", key, k.Renamed[key])
	}
	for _, subject := range slices.Sorted(maps.Keys(found.Lost)) {
		add("lost: %s: %s", subject, found.Lost[subject])
	}
	for i, line := range lines {
		lines[i] = strings.TrimSuffix(line, " Retained for one release.")
	}
	return lines
}

// checkAdd adds the retained elements to a selection, directly and from a lock file.
// It requires that Add does not change the selection.
func checkAdd(t *testing.T, retained *api.Retained, selected *api.Selection) *api.Selection {
	t.Helper()
	before := encode(t, slice.Used(selected.Model))
	sum, err := retain.Add(selected, retained)
	if err != nil {
		t.Fatalf("the retained elements do not fit: %v", err)
	}
	locked := &api.Retained{}
	if err := json.Unmarshal([]byte(encode(t, retained)), locked); err != nil {
		t.Fatal(err)
	}
	again, err := retain.Add(selected, locked)
	if err != nil {
		t.Fatalf("the retained elements of a lock file do not fit: %v", err)
	}
	if diff := cmp.Diff(encode(t, sum.Model), encode(t, again.Model)); diff != "" {
		t.Errorf("a lock file gives another result:\n%s", diff)
	}
	if after := encode(t, slice.Used(selected.Model)); after != before {
		t.Errorf("the selection changed:\n%s", cmp.Diff(before, after))
	}
	return sum
}

func encode(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v, json.Deterministic(true), jsontext.Multiline(true))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
