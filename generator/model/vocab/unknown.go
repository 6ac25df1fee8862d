package vocab

import (
	"maps"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// termUnknown lists attributes whose values are unknown. In CSDL an attribute
// that is absent has a default; a model from another source can be written as
// CSDL nevertheless. No vocabulary has a term for this.
const termUnknown = "Msgraphgen.V1.Unknown"

// NewUnknown returns an annotation that lists attributes whose values are unknown,
// or nil for no attributes.
func NewUnknown(attributes []string, at source.Position) *model.Annotation {
	if len(attributes) == 0 {
		return nil
	}
	return constant(termUnknown, "String", strings.Join(attributes, " "), at)
}

// TakeUnknown removes the annotation of [NewUnknown] from a list, and returns the
// attributes that it lists. They are nil if the list has no such annotation.
func TakeUnknown(list []*model.Annotation) (attributes []string, rest []*model.Annotation) {
	a := model.Find(list, termUnknown, "")
	if a == nil {
		return nil, list
	}
	return append([]string{}, strings.Fields(a.Value.Text())...), slices.DeleteFunc(list, func(other *model.Annotation) bool { return other == a })
}

// termGoNames lists Go names that elements have in the whole model, but would not
// get in a slice of it.
const termGoNames = "Msgraphgen.V1.GoNames"

// NewGoNames returns an annotation of a schema with Go names, by the keys of
// golang.Plan.Names, or nil for no names.
func NewGoNames(names map[string]string, at source.Position) *model.Annotation {
	if len(names) == 0 {
		return nil
	}
	list := collection(at)
	for _, key := range slices.Sorted(maps.Keys(names)) {
		list.Items = append(list.Items, record(at, property("Key", "String", key, at), property("Name", "String", names[key], at)))
	}
	return &model.Annotation{Term: termGoNames, Value: list, Position: at}
}

// GoNames returns the Go names in the annotations of all schemas of a model.
func GoNames(m *model.Model) map[string]string {
	names := map[string]string{}
	for _, s := range m.Schemas {
		if a := model.Find(s.Annotated, termGoNames, ""); a != nil && a.Value != nil {
			for _, item := range a.Value.Items {
				names[item.Property("Key").Text()] = item.Property("Name").Text()
			}
		}
	}
	return names
}

// termInstance names a concrete type that is derived from an abstract type, but is
// not part of a slice.
const termInstance = "Msgraphgen.V1.Instance"

// NewInstance returns an annotation of an abstract type that names a concrete type
// derived from it.
func NewInstance(name string, at source.Position) *model.Annotation {
	return constant(termInstance, "String", name, at)
}

// Instance returns the name of the first concrete type derived from t, or "". In a slice,
// which may have others of the derived types, it is the first one of the whole metadata.
func Instance(t *model.StructuredType) string {
	if a := model.Find(t.Annotated, termInstance, ""); a != nil {
		return a.Value.Text()
	}
	for d := range t.Descendants() {
		if d.Abstract != model.Yes && !Retained(d.Annotated) {
			return d.QualifiedName()
		}
	}
	return ""
}

// NamesInstance reports whether an abstract type keeps the name of a type derived
// from it, as NewInstance does.
func NamesInstance(list []*model.Annotation) bool { return model.Find(list, termInstance, "") != nil }
