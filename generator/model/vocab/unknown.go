package vocab

import (
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
