package vocab_test

import (
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// TestConstants reads texts: only constants are texts. A path is the address of one
// that the service has.
func TestConstants(t *testing.T) {
	text := func(kind model.ExpressionKind, value string) *model.Expression {
		return &model.Expression{Kind: kind, Value: value}
	}
	record := func(name string, value *model.Expression) *model.Expression {
		return &model.Expression{Kind: "Record", Properties: []model.PropertyValue{{Name: name, Value: value}}}
	}
	const description, allowed = "Org.OData.Core.V1.Description", "Org.OData.Validation.V1.AllowedValues"
	list := func(term string, value *model.Expression) []*model.Annotation {
		return []*model.Annotation{{Term: term, Value: value}}
	}
	for _, test := range []struct {
		value      *model.Expression
		text, item string
	}{
		{text("String", "A boat"), "A boat", "A boat"},
		{text("Int", "1"), "1", "1"},
		{text("Path", "id"), "", ""},
		{text("Apply", "odata.concat"), "", ""},
		{text("LabeledElementReference", "n.label"), "", ""},
		{text("EnumMember", "n.color/red"), "n.color/red", "red"},
		{nil, "", ""},
	} {
		if got := vocab.Description(list(description, test.value)); got != test.text {
			t.Errorf("the description %v is %q, not %q", test.value, got, test.text)
		}
		values := vocab.AllowedValues(list(allowed, &model.Expression{Kind: "Collection", Items: []*model.Expression{record("Value", test.value)}}))
		if got := strings.Join(values, ","); got != test.item {
			t.Errorf("the allowed value %v is %q, not %q", test.value, got, test.item)
		}
	}
}
