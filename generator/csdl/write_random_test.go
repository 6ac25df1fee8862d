package csdl_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

// Parse returns every model that Write has written.
func TestRoundTripOfRandomModels(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		want := (&maker{T: r}).model()
		model.Link(want)
		if problems := want.AllProblems(); len(problems) > 0 {
			r.Fatal(problems)
		}
		document := csdl.Write(want, nil)
		if !utf8.Valid(document) {
			r.Fatal("the document is not UTF-8")
		}
		if diff := cmp.Diff(want, read(t, document), written); diff != "" {
			r.Fatalf("%s\n%s", diff, document)
		}
	})
}

// maker makes random models. All names in a model differ.
type maker struct {
	*rapid.T
	names int
}

func (m *maker) name() string {
	m.names++
	return fmt.Sprintf("%s%d", rapid.SampledFrom([]string{"cow", "Hen", "_", "größe", "日"}).Draw(m.T, "name"), m.names)
}

// text returns a text that an attribute or an element can hold.
func (m *maker) text() string {
	char := rapid.OneOf(
		rapid.SampledFrom([]rune("a \t\n\r\"'<>&;-]\u0085\u2028\u202E\uFEFF\uFFFD\U0001F404")),
		rapid.Rune().Filter(func(r rune) bool { return (r >= ' ' || r == '\n') && r != 0xFFFE && r != 0xFFFF && utf8.ValidRune(r) }),
	)
	return rapid.StringOf(char).Draw(m.T, "text")
}

func (m *maker) coin() bool { return rapid.Bool().Draw(m.T, "coin") }

func (m *maker) count(most int) int { return rapid.IntRange(0, most).Draw(m.T, "count") }

func (m *maker) fact() model.Fact { return model.FactOf(m.coin()) }

func (m *maker) model() *model.Model {
	result := &model.Model{Version: rapid.SampledFrom([]string{"4.0", "4.01"}).Draw(m.T, "version")}
	var types []model.TypeRef
	for range 1 + m.count(2) {
		s := &model.Schema{Namespace: "farm." + m.name()}
		result.Schemas = append(result.Schemas, s)
		for range m.count(2) {
			s.Enums = append(s.Enums, m.enum())
			types = append(types, model.TypeRef{Name: s.Namespace + "." + s.Enums[len(s.Enums)-1].Name})
		}
		for range m.count(2) {
			d := &model.TypeDefinition{Name: m.name(), Underlying: model.TypeRef{Name: "Edm.Decimal"}, Facets: m.facets(), Annotated: m.annotations(2)}
			s.Definitions = append(s.Definitions, d)
			types = append(types, model.TypeRef{Name: s.Namespace + "." + d.Name})
		}
		var entities, complexes []string
		for range m.count(3) {
			t := m.structured(types, &entities, &complexes, s.Namespace)
			s.Structured = append(s.Structured, t)
			if t.Kind == model.Complex {
				types = append(types, model.TypeRef{Name: s.Namespace + "." + t.Name})
			}
		}
		s.Annotated = m.annotations(1)
		if len(entities) > 0 && result.Container == nil && m.coin() {
			result.Container = m.container(s.Namespace, entities)
		}
	}
	return result
}

func (m *maker) container(namespace string, entities []string) *model.Container {
	c := &model.Container{Namespace: namespace, Name: m.name(), Annotated: m.annotations(1)}
	for range m.count(3) {
		s := &model.NavigationSource{
			Name:      m.name(),
			Type:      model.TypeRef{Name: rapid.SampledFrom(entities).Draw(m.T, "type"), Collection: m.coin()},
			Annotated: m.annotations(2),
		}
		if s.Type.Collection {
			s.Hidden = m.coin()
		} else {
			s.Nullable = m.fact()
		}
		if m.coin() {
			s.Bindings = []model.Binding{{Path: "a" + m.text(), Target: "b" + m.text()}}
		}
		c.Sources = append(c.Sources, s)
	}
	return c
}

func (m *maker) enum() *model.EnumType {
	t := &model.EnumType{Name: m.name(), Underlying: "Edm.Int32", Flags: m.fact(), Annotated: m.annotations(1)}
	if m.coin() {
		t.Underlying = "Edm.Int64"
	}
	for i := range m.count(4) {
		t.Members = append(t.Members, &model.Member{Name: m.name(), Value: new(int64(i*i - 3)), Annotated: m.annotations(1)})
	}
	return t
}

func (m *maker) structured(types []model.TypeRef, entities, complexes *[]string, namespace string) *model.StructuredType {
	t := &model.StructuredType{Name: m.name(), Kind: model.Entity, Abstract: m.fact(), Open: m.fact(), Annotated: m.annotations(2)}
	relatives := entities
	if m.coin() {
		t.Kind, relatives = model.Complex, complexes
	} else {
		t.HasStream = m.fact()
	}
	if len(*relatives) > 0 && m.coin() {
		t.Base = &model.TypeRef{Name: rapid.SampledFrom(*relatives).Draw(m.T, "base")}
	}
	*relatives = append(*relatives, namespace+"."+t.Name)
	for range m.count(3) {
		p := &model.Property{Name: m.name(), Type: model.TypeRef{Name: "Edm.String"}, Facets: m.facets(), Annotated: m.annotations(2)}
		if len(types) > 0 && m.coin() {
			p.Type = rapid.SampledFrom(types).Draw(m.T, "type")
		}
		p.Type.Collection = m.coin()
		p.Facets.Nullable = m.fact()
		if p.Type.Collection && m.coin() {
			p.Facets.Nullable = model.Unknown
		}
		if m.coin() {
			p.Facets.DefaultValue = new(m.text())
		}
		t.Properties = append(t.Properties, p)
	}
	// Keys are primitive.
	key := slices.IndexFunc(t.Properties, func(p *model.Property) bool { return !p.Type.Collection && strings.HasPrefix(p.Type.Name, "Edm.") })
	if t.Kind == model.Entity && t.Base == nil && key >= 0 {
		t.Key = []model.PropertyRef{{Name: t.Properties[key].Name, Alias: "key"}}
	}
	for range m.count(2) {
		if len(*entities) > 0 {
			t.Navigation = append(t.Navigation, m.navigation(*entities))
		}
	}
	return t
}

func (m *maker) navigation(entities []string) *model.Navigation {
	n := &model.Navigation{
		Name:           m.name(),
		Type:           model.TypeRef{Name: rapid.SampledFrom(entities).Draw(m.T, "type"), Collection: m.coin()},
		Nullable:       m.fact(),
		ContainsTarget: m.fact(),
		Partner:        m.text(),
		Annotated:      m.annotations(2),
	}
	if m.coin() {
		n.OnDelete = &model.OnDelete{Action: "Cascade", Annotated: m.annotations(1)}
	}
	for range m.count(2) {
		n.Constraints = append(n.Constraints, model.ReferentialConstraint{Property: m.name(), ReferencedProperty: m.name(), Annotated: m.annotations(1)})
	}
	return n
}

func (m *maker) facets() model.Facets {
	return model.Facets{
		MaxLength: rapid.SampledFrom([]string{"", "max", "12"}).Draw(m.T, "length"),
		Precision: rapid.SampledFrom([]string{"", "0", "7"}).Draw(m.T, "precision"),
		Scale:     rapid.SampledFrom([]string{"", "variable", "floating", "3"}).Draw(m.T, "scale"),
		SRID:      rapid.SampledFrom([]string{"", "variable", "4326"}).Draw(m.T, "srid"),
		Unicode:   model.Fact(m.count(2)),
	}
}

func (m *maker) annotations(depth int) []*model.Annotation {
	var list []*model.Annotation
	for range m.count(min(max(depth, 0), 2)) {
		list = append(list, &model.Annotation{
			Term: "farm." + m.name(), Qualifier: m.text(), Value: m.value(depth), Annotations: m.annotations(depth - 1),
		})
	}
	return list
}

// value returns the value of an annotation, or nil.
func (m *maker) value(depth int) *model.Expression {
	if m.coin() {
		return nil
	}
	return m.expression(depth)
}

func (m *maker) expression(depth int) *model.Expression {
	kinds := []model.ExpressionKind{"String", "Int", "Path", "EnumMember", "LabeledElementReference", "Null"}
	if depth > 0 {
		kinds = append(kinds, "Record", "Collection", "Apply", "Cast", "If", "Eq", "Neg", "UrlRef", "LabeledElement")
	}
	e := &model.Expression{Kind: rapid.SampledFrom(kinds).Draw(m.T, "kind")}
	items := 0
	switch e.Kind {
	case "String":
		e.Value = m.text()
		return e
	case "Int", "Path", "EnumMember", "LabeledElementReference":
		e.Value = m.name() // white space around it would have no meaning
		return e
	case "Record":
		e.Type = m.text()
		for range m.count(3) {
			e.Properties = append(e.Properties, model.PropertyValue{Name: "@" + m.text(), Value: m.value(depth - 1), Annotations: m.annotations(depth - 1)})
		}
	case "LabeledElement":
		e.Value, items = m.name(), 1
	case "Apply":
		e.Value, items = "odata.concat", m.count(3)
	case "Cast":
		e.Type, items = "Collection(Edm.String)", 1
		if facets := m.facets(); facets != (model.Facets{}) {
			e.Facets = &facets
		}
	case "Collection":
		items = m.count(3)
	case "Neg", "UrlRef":
		items = 1
	case "If", "Eq":
		items = 2
	}
	for range items {
		e.Items = append(e.Items, m.expression(depth-1))
	}
	e.Annotations = m.annotations(depth - 1)
	return e
}
