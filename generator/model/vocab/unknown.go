package vocab

import (
	"maps"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// termUnknown lists the attributes that an element of CSDL lacks because it is
// not known what they would say: what CSDL says by their absence does not hold.
// So a model of another source can be written as CSDL. No vocabulary has a term
// for this.
const termUnknown = "Msgraphgen.V1.Unknown"

// NewUnknown returns an annotation that says of attributes that they are not
// known; nil if there are none.
func NewUnknown(attributes []string, at source.Position) *model.Annotation {
	if len(attributes) == 0 {
		return nil
	}
	return constant(termUnknown, "String", strings.Join(attributes, " "), at)
}

// TakeUnknown takes that annotation off a list, and returns the attributes that
// it names; nil where there is none.
func TakeUnknown(list []*model.Annotation) (attributes []string, rest []*model.Annotation) {
	a := model.Find(list, termUnknown, "")
	if a == nil {
		return nil, list
	}
	return append([]string{}, strings.Fields(a.Value.Text())...), slices.DeleteFunc(list, func(other *model.Annotation) bool { return other == a })
}

// termGoNames lists the Go names that elements of a slice have in the whole
// model, where they would get others in the slice.
const termGoNames = "Msgraphgen.V1.GoNames"

// NewGoNames returns an annotation of a schema that gives Go names, by the keys
// that they are pinned by; nil if there are none.
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

// GoNames returns the Go names that the schemas of a model give.
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

// termInstance names a type derived from an abstract one, in a part of a model
// that has no such type.
const termInstance = "Msgraphgen.V1.Instance"

// NewInstance returns an annotation of an abstract type that names a type of the
// whole model derived from it.
func NewInstance(name string, at source.Position) *model.Annotation {
	return constant(termInstance, "String", name, at)
}

// Instance returns the name of the first type derived from t that is not
// abstract, or "".
func Instance(t *model.StructuredType) string {
	for d := range t.Descendants() {
		if d.Abstract != model.Yes && !Kept(d.Annotated) {
			return d.QualifiedName()
		}
	}
	if a := model.Find(t.Annotated, termInstance, ""); a != nil {
		return a.Value.Text()
	}
	return ""
}
