package golang

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/generator/api"
)

// createMethods are the Go methods of a Create.
func createMethods(r *renderer, m *Method) []goMethod {
	g := m.sends("Create adds an item of type " + m.Type.Type.QualifiedName() + " and returns the item as the service stored it." + m.withoutItem())
	if len(m.Required) > 0 {
		g.notes = append(g.notes, "The service requires "+strings.Join(m.Required, ", ")+".")
	}
	if len(m.Refused) > 0 {
		text := m.rejects() + ". ForCreate leaves them out"
		if others := m.settableElsewhere(); others != nil {
			text += ", except " + enumerate(others) + ", which other creates can set"
		}
		g.notes = append(g.notes, text+".")
	}
	if m.Type.abstract() {
		g.notes = append(g.notes, "The type is abstract: send a value of a derived type through its As"+m.Type.Name+" method, or set @odata.type in AdditionalData.")
	}
	return []goMethod{g}
}

// withoutItem returns a sentence for a create that the service does not answer with the
// item, by the reference page, or "".
func (m *Method) withoutItem() string {
	if status := m.emptyStatus(); status != 0 {
		return fmt.Sprintf(" By its reference page, the service answers %d: without an item, the result is empty, and Options.Response can have its Location.", status)
	}
	return ""
}

// emptyStatus returns the status of a write that the service does not answer with the
// item, by the reference page, or 0.
func (m *Method) emptyStatus() int {
	for _, status := range m.Facts().Statuses {
		switch status {
		case http.StatusOK, http.StatusCreated:
			return 0
		case http.StatusAccepted, http.StatusNoContent:
			return status
		}
	}
	return 0
}

// updateMethods are the Go methods of an Update or a Replace.
func updateMethods(r *renderer, m *Method) []goMethod {
	name := m.Type.Type.QualifiedName()
	summary := "Update changes the properties of the " + name + " that body sets, to null too, and returns the entity as the service stored it, or an empty one if the service sends none."
	if m.Kind == api.Replace {
		summary = "Replace replaces the " + name + " by body: properties that body leaves out get their defaults. It returns the entity as the service stored it, or an empty one if the service sends none."
	}
	g := m.sends(summary)
	if len(m.Refused) > 0 {
		g.notes = append(g.notes, m.rejects()+".")
	}
	return []goMethod{g}
}

// deleteMethods are the Go methods of a Delete.
func deleteMethods(r *renderer, m *Method) []goMethod {
	return []goMethod{{
		name:    "Delete",
		summary: "Delete deletes the " + m.Resource.Type().QualifiedName() + ".",
		ctx:     true,
		params:  []param{options()},
		results: []jen.Code{jen.Error()},
	}}
}

// sends returns a Go method that sends an entity and returns one.
func (m *Method) sends(summary string) goMethod {
	item := pointerTo(jen.Id(m.Type.Name))
	return goMethod{
		name:    string(m.Kind),
		summary: summary,
		ctx:     true,
		params:  []param{{"body", item}, options()},
		results: []jen.Code{item.Clone(), jen.Error()},
	}
}

// rejects says which properties a body cannot set, grouped by the evidence for it.
func (m *Method) rejects() string {
	names := map[string][]string{}
	for _, refused := range m.Refused {
		if name := refused.Field.Property.Name; !slices.Contains(names[refused.Evidence], name) {
			names[refused.Evidence] = append(names[refused.Evidence], name)
		}
	}
	var parts []string
	for _, evidence := range slices.Sorted(maps.Keys(names)) {
		parts = append(parts, strings.Join(names[evidence], ", ")+" ("+evidence+")")
	}
	return string(m.Kind) + " rejects bodies that set read-only properties: " + strings.Join(parts, "; ")
}
