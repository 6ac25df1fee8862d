package api_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/api"
)

// restrict returns a NavigationRestrictions for an element, with an item for each
// pair of a path and the members about it.
func restrict(target string, pathsAndMembers ...string) string {
	var items strings.Builder
	for i := 0; i < len(pathsAndMembers); i += 2 {
		items.WriteString(`<Record><PropertyValue Property="NavigationProperty" NavigationPropertyPath="` + pathsAndMembers[i] + `"/>` + pathsAndMembers[i+1] + `</Record>`)
	}
	return on(target, "NavigationRestrictions", `<PropertyValue Property="RestrictedProperties"><Collection>`+items.String()+`</Collection></PropertyValue>`)
}

// about returns a member that holds a record.
func about(name, properties string) string {
	return `<PropertyValue Property="` + name + `"><Record>` + properties + `</Record></PropertyValue>`
}

// A restriction of a path decides about the methods on this path, and about no
// other path to the same resource. Its members apply in place of those of the
// resource, one by one.
func TestRestrictedPaths(t *testing.T) {
	const single, ships, logs = "sea.Sea/harbour", "sea.Sea/ships", "sea.ship/logs"
	var (
		noCreate = about("InsertRestrictions", is("Insertable", "false"))
		create   = about("InsertRestrictions", is("Insertable", "true"))
		noUpdate = about("UpdateRestrictions", is("Updatable", "false"))
		noDelete = about("DeleteRestrictions", is("Deletable", "false"))
		noRead   = about("ReadRestrictions", is("Readable", "false"))
		noItem   = about("ReadRestrictions", about("ReadByKeyRestrictions", is("Readable", "false")))
		nowhere  = `<PropertyValue Property="Navigability" EnumMember="Org.OData.Capabilities.V1.NavigationType/None"/>`
		patched  = `<PropertyValue Property="UpdateMethod" EnumMember="Org.OData.Capabilities.V1.HttpMethod/PUT"/>`
	)
	// The verbs for the collections and the items, without those of $ref and $count.
	const all, allOfItem = "GET POST", "GET PATCH DELETE"
	for _, test := range []struct{ name, annotations, path, want string }{
		{"no create", restrict(single, "logs", noCreate), "/harbour/logs", "GET"},
		{"no create, other path", restrict(single, "logs", noCreate), "/ships/{id}/logs", all},
		{"no create, item", restrict(single, "logs", noCreate), "/harbour/logs/{id}", allOfItem},
		{"keys are not segments", restrict(ships, "logs", noUpdate), "/ships/{id}/logs/{id}", "GET DELETE"},
		{"no delete", restrict(single, "logs", noDelete), "/harbour/logs/{id}", "GET PATCH"},
		{"no read", restrict(single, "logs", noRead), "/harbour/logs", "POST"},
		{"no read by key", restrict(single, "logs", noItem), "/harbour/logs/{id}", "PATCH DELETE"},
		{"several", restrict(single, "captain", noDelete, "logs", noUpdate+noDelete), "/harbour/logs/{id}", "GET"},
		{"longer path", restrict(single, "escorts/logs", noCreate), "/harbour/escorts/{id}/logs", "GET"},
		{"part of a longer path", restrict(single, "escorts/logs", noCreate), "/harbour/logs", all},
		{"longer path elsewhere", restrict(single, "escorts/logs", noCreate), "/ships/{id}/escorts/{id}/logs", all},
		{"below a navigation property", restrict("sea.ship/escorts", "logs", noCreate), "/harbour/escorts/{id}/logs", "GET"},
		{"the resource says no", on(logs, "InsertRestrictions", is("Insertable", "false")) + restrict(single, "logs", create), "/harbour/logs", all},
		{"the resource says no, other path", on(logs, "InsertRestrictions", is("Insertable", "false")) + restrict(single, "logs", create), "/ships/{id}/logs", "GET"},
		{"members apply one by one", on(logs, "UpdateRestrictions", patched) + restrict(single, "logs", about("UpdateRestrictions", is("Updatable", "true"))), "/harbour/logs/{id}", "GET PUT DELETE"},
		{"outer before inner", restrict(single, "escorts/logs", create) + restrict("sea.ship/escorts", "logs", noCreate), "/harbour/escorts/{id}/logs", all},
		{"no resource", restrict(single, "logs", nowhere), "/harbour/logs", ""},
		{"no resource, other path", restrict(single, "logs", nowhere), "/ships/{id}/logs", all},
		{"nothing about methods", restrict(single, "logs", about("FilterRestrictions", is("Filterable", "false"))), "/harbour/logs", all},
		{"no keys", restrict(single, "logs", is("IndexableByKey", "false")), "/harbour/logs/{id}", ""},
		{"no keys, collection", restrict(single, "logs", is("IndexableByKey", "false")), "/harbour/logs", all},
		{"no keys, other path", restrict(single, "logs", is("IndexableByKey", "false")), "/ships/{id}/logs/{id}", allOfItem},
		{"no keys, below", restrict(ships, "escorts", is("IndexableByKey", "false")), "/ships/{id}/escorts/{id}/logs", ""},
		{"nothing restricted", restrict(single), "/harbour/logs", all},
		{"unknown path", restrict(single, "wrecks/logs", noCreate), "/harbour/logs", all},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := parse(t, fmt.Sprintf(harbour, test.annotations))
			s, err := api.Select(m, api.Options{Include: []string{test.path}})
			var got []string
			if err == nil {
				for _, method := range s.Methods {
					if method.Suffix == "" {
						got = append(got, method.Verb)
					}
				}
			}
			if diff := cmp.Diff(test.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("%v\n%s", err, diff)
			}
			for _, verb := range []string{"GET", "POST", "PATCH", "PUT", "DELETE"} {
				method, answered := api.Find(m, verb, test.path)
				if want := strings.Contains(test.want, verb); answered != want {
					t.Errorf("%s: Find returns %v, %v", verb, method, answered)
				}
			}
		})
	}
}

// A method that is ruled out on some paths has the others, and names those that
// patterns match. One that is ruled out on all paths is not selected.
func TestRuledOutPaths(t *testing.T) {
	noCreate, noUpdate := about("InsertRestrictions", is("Insertable", "false")), about("UpdateRestrictions", is("Updatable", "false"))
	m := parse(t, fmt.Sprintf(harbour, restrict("sea.Sea/harbour", "logs", noCreate+noUpdate)+restrict("sea.Sea/ships", "logs", noUpdate)))
	for _, test := range []struct {
		include, exclude []string
		want             string
	}{
		{[]string{"/harbour/logs/**", "/ships/{id}/logs/**"}, nil,
			"GET: /harbour/logs /ships/{id}/logs; GET: /harbour/logs/$count /ships/{id}/logs/$count; " +
				"GET: /harbour/logs/{id} /ships/{id}/logs/{id}; DELETE: /harbour/logs/{id} /ships/{id}/logs/{id}; POST: /ships/{id}/logs, not /harbour/logs"},
		{[]string{"POST /*/{id}/logs", "POST /harbour/logs"}, nil, "POST: /ships/{id}/logs, not /harbour/logs"},
		{[]string{"POST /ships/{id}/logs"}, nil, "POST: /ships/{id}/logs"},
		{[]string{"POST /**/logs"}, []string{"/harbour/**"}, "POST: /ships/{id}/logs"},
	} {
		s, err := api.Select(m, api.Options{Include: test.include, Exclude: test.exclude})
		if e, ok := err.(*api.Error); ok {
			s = e.Rest // a pattern may match only what is ruled out
		}
		var got []string
		for _, method := range s.Methods {
			text := method.Verb + ":"
			for _, request := range method.Requests() {
				text += strings.TrimPrefix(request, method.Verb)
			}
			for _, request := range method.RuledOutRequests() {
				text += ", not" + strings.TrimPrefix(request, method.Verb)
			}
			got = append(got, text)
		}
		if diff := cmp.Diff(test.want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%v without %v:\n%s", test.include, test.exclude, diff)
		}
	}
	if _, err := api.Select(m, api.Options{Include: []string{"POST /harbour/logs"}}); err == nil || !strings.Contains(err.Error(), "rules out on this path") {
		t.Errorf("a method that is ruled out is selected, or the reason is missing: %v", err)
	}
}
