package docs

import (
	"net/http"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// refused returns the names of the structural properties that the body cannot set:
// neither the table lists them, nor a request example sets them.
func (d *method) refused() []string {
	var names []string
	set := d.setByExamples()
	for _, property := range d.unlisted() {
		if _, ok := set[strings.ToLower(property.Name)]; !ok {
			names = append(names, property.Name)
		}
	}
	slices.Sort(names)
	return names
}

// unlisted returns the structural properties that the table does not list.
func (d *method) unlisted() []*model.Property {
	var list []*model.Property
	if d.table == nil || d.Kind != api.Create && d.Kind != api.Update {
		return nil
	}
	for t := d.Resource.Type(); t != nil; t = t.BaseType() {
		for _, property := range t.Properties {
			if !Lists(d.table.RequestProperties, property.Name) {
				list = append(list, property)
			}
		}
	}
	return list
}

// setByExamples returns the names, in lower case, that request examples set, and
// the position of the first example to do so.
func (d *method) setByExamples() map[string]source.Position {
	set := map[string]source.Position{}
	for _, e := range d.examples {
		if e.Request == nil || e.fails() {
			continue
		}
		for m := range members(e.Request.JSON) {
			name := strings.ToLower(m.name)
			if _, ok := set[name]; !ok {
				set[name] = e.Request.At(int64(m.at))
			}
		}
	}
	return set
}

// SettableByExample is a property that a request example of a create or an update
// sets, though the table of its page does not list it. The example wins: the method
// can set the property.
type SettableByExample struct {
	Method   *api.Method
	Property *model.Property
	Example  source.Position
	Table    source.Position
}

// SettablesByExample returns the properties that only examples show to be settable,
// in the order of the pages and of the model.
func SettablesByExample(m *model.Model, pages []*Page) []SettableByExample {
	var list []SettableByExample
	for _, d := range methods(m, oldestFirst(pages)) {
		list = append(list, d.settableByExample()...)
	}
	return list
}

func (d *method) settableByExample() []SettableByExample {
	var list []SettableByExample
	set := d.setByExamples()
	for _, property := range d.unlisted() {
		if at, ok := set[strings.ToLower(property.Name)]; ok {
			list = append(list, SettableByExample{d.Method, property, at, d.table.RequestProperties[0].Position})
		}
	}
	return list
}

// Says names the method in a sentence: "a create", "an update".
func (s SettableByExample) Says() string {
	if s.Method.Verb == http.MethodPatch {
		return "an update"
	}
	return "a create"
}

func (s SettableByExample) warning() source.Diagnostic {
	return source.Diagnostic{
		Position: s.Example, Severity: source.Warning,
		Message: s.Property.Name + " can be set by " + s.Says() + ", as this example shows; the table at " + s.Table.String() + " does not list it",
	}
}

// unknownRows warns of the rows that make nothing settable: neither the type nor one
// derived from it has the property.
func (d *method) unknownRows() []source.Diagnostic {
	var list []source.Diagnostic
	if d.table == nil || d.Kind != api.Create && d.Kind != api.Update {
		return nil
	}
	for _, row := range d.table.RequestProperties {
		if !strings.Contains(row.Name, "@") && !d.declares(row.whole()) && !d.derivedDeclares(row.whole()) {
			list = append(list, source.Diagnostic{
				Position: row.Position, Severity: source.Warning,
				Message: shortened(row.Name) + " is not a property of " + d.Resource.Type().QualifiedName() + ": this row makes nothing settable",
			})
		}
	}
	return list
}

func (d *method) derivedDeclares(name string) bool {
	for t := range d.Resource.Type().Descendants() {
		if declares(t, name) {
			return true
		}
	}
	return false
}
