package audit

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Metadata is the selected part of a metadata document.
type Metadata struct {
	File    string
	Partial bool // it is a slice, which lacks elements on purpose: that is not a disagreement
	OpenAPI bool // it is an OpenAPI document, which cannot say everything
	Types   []model.Type
	Methods []*api.Method
}

// Models returns where two metadata documents disagree about the selected types and
// requests, and about the resources and operations of the requests.
func Models(a, b Metadata) []Finding {
	c := &modelComparison{comparison{left: a.File, right: b.File, partial: [2]bool{a.Partial, b.Partial}}, [2]bool{a.OpenAPI, b.OpenAPI}}
	c.requests(a, b)
	c.types(a, b)
	c.resources(a, b)
	c.operations(a, b)
	return Merge(c.findings)
}

type modelComparison struct {
	comparison
	openAPI [2]bool // whether they are OpenAPI documents
}

// requests compares which requests the documents have.
func (c *modelComparison) requests(a, b Metadata) {
	left, right := requestPositions(a), requestPositions(b)
	for _, request := range sortedUnion(left, right) {
		l, inLeft := left[request]
		r, inRight := right[request]
		switch {
		case !inLeft:
			c.add(report.Additive, KindRequest, request, absent(source.Position{File: a.File}), does("declares it", r))
		case !inRight:
			c.add(report.Additive, KindRequest, request, does("declares it", l), absent(source.Position{File: b.File}))
		}
	}
}

// requestPositions returns the position of each request.
func requestPositions(m Metadata) map[string]source.Position {
	positions := map[string]source.Position{}
	for _, o := range m.Methods {
		for _, request := range o.Requests() {
			positions[request] = o.Pos()
		}
	}
	return positions
}

func (c *modelComparison) types(a, b Metadata) {
	left, right := typesByName(a), typesByName(b)
	for _, name := range sortedUnion(left, right) {
		l, r := left[name], right[name]
		switch {
		case l == nil:
			c.add(report.Additive, KindType, name, absent(source.Position{File: a.File}), value(typeKind(r), r.Pos()))
		case r == nil:
			c.add(report.Additive, KindType, name, value(typeKind(l), l.Pos()), absent(source.Position{File: b.File}))
		default:
			c.sameName(name, l, r)
		}
	}
}

func typesByName(m Metadata) map[string]model.Type {
	types := map[string]model.Type{}
	for _, t := range m.Types {
		types[t.QualifiedName()] = t
	}
	return types
}

// typeKind names the kind of a type.
func typeKind(t model.Type) string {
	switch t := t.(type) {
	case *model.StructuredType:
		return string(t.Kind) + " type"
	case *model.EnumType:
		return "enumeration"
	case *model.TypeDefinition:
		return "type definition"
	default:
		return "primitive type"
	}
}

// sameName compares two types with the same name.
func (c *modelComparison) sameName(name string, left, right model.Type) {
	c.sameType(name, value(typeKind(left), left.Pos()), value(typeKind(right), right.Pos()))
	switch l := left.(type) {
	case *model.StructuredType:
		if r, ok := right.(*model.StructuredType); ok {
			c.structuredTypes(name, l, r)
		}
	case *model.EnumType:
		if r, ok := right.(*model.EnumType); ok {
			c.enumTypes(name, l, r)
		}
	case *model.TypeDefinition:
		if r, ok := right.(*model.TypeDefinition); ok {
			c.sameType(name, value(l.Underlying.String(), l.Position), value(r.Underlying.String(), r.Position))
		}
	}
}

func (c *modelComparison) structuredTypes(name string, l, r *model.StructuredType) {
	if baseName(l) != baseName(r) {
		c.add(report.Source, KindBase, name, value(baseName(l), l.Position), value(baseName(r), r.Position))
	}
	if left, right := strings.Join(l.KeyNames(), ", "), strings.Join(r.KeyNames(), ", "); left != right {
		c.add(report.Wire, KindKey, name, value(cmp.Or(left, "no key"), l.Position), value(cmp.Or(right, "no key"), r.Position))
	}
	if l.Abstract == model.Yes || r.Abstract == model.Yes {
		c.facts(KindAbstract, name, factAt{l.Abstract, l.Position}, factAt{r.Abstract, r.Position}, "abstract", "not abstract",
			report.Docs, "OpenAPI has no abstract types")
	}
	if l.Open == model.Yes || r.Open == model.Yes {
		c.facts(KindOpen, name, factAt{l.Open, l.Position}, factAt{r.Open, r.Position}, "open", "not open",
			report.Docs, "OpenAPI has no open types")
	}
	c.annotations(name, l.Element, r.Element)
	left, right := propertiesByName(l), propertiesByName(r)
	for _, property := range sortedUnion(left, right) {
		c.properties(name+"/"+property, left[property], l.Position, right[property], r.Position)
	}
}

func baseName(t *model.StructuredType) string {
	if t.Base == nil {
		return "no base type"
	}
	return t.Base.Name
}

func propertiesByName(t *model.StructuredType) map[string]*model.Property {
	properties := map[string]*model.Property{}
	for _, p := range t.Properties {
		properties[p.Name] = p
	}
	return properties
}

// properties compares a property of a type. It is nil where a side lacks it.
func (c *modelComparison) properties(subject string, l *model.Property, leftType source.Position, r *model.Property, rightType source.Position) {
	switch {
	case l == nil:
		c.add(report.Additive, KindProperty, subject, absent(leftType), value(r.Type.String(), r.Position))
		return
	case r == nil:
		c.add(report.Additive, KindProperty, subject, value(l.Type.String(), l.Position), absent(rightType))
		return
	}
	c.sameType(subject, value(l.Type.String(), l.Position), value(r.Type.String(), r.Position))
	nullable, notNullable := "nullable", "not nullable"
	if l.Type.Collection {
		nullable, notNullable = "nullable items", "no nullable items"
	}
	if l.Facets.Nullable == model.No || r.Facets.Nullable == model.No {
		c.facts(KindNullability, subject, factAt{l.Facets.Nullable, l.Position}, factAt{r.Facets.Nullable, r.Position}, nullable, notNullable,
			report.Behaviour, "OpenAPI 3.0 cannot say it beside a $ref")
	}
	c.annotations(subject, l.Element, r.Element)
}

func (c *modelComparison) enumTypes(name string, l, r *model.EnumType) {
	c.facts(KindFlags, name, factAt{l.Flags, l.Position}, factAt{r.Flags, r.Position}, "values combine members", "values are single members",
		report.Source, "the document has no x-ms-enum-flags")
	c.annotations(name, l.Element, r.Element)
	left, right := membersByName(l), membersByName(r)
	for _, member := range sortedUnion(left, right) {
		subject := name + "/" + member
		switch a, b := left[member], right[member]; {
		case a == nil:
			c.add(report.Additive, KindMember, subject, absent(l.Position), does("declares it", b.Position))
		case b == nil:
			c.add(report.Additive, KindMember, subject, does("declares it", a.Position), absent(r.Position))
		default:
			c.annotations(subject, a.Element, b.Element)
		}
	}
}

func membersByName(t *model.EnumType) map[string]*model.Member {
	members := map[string]*model.Member{}
	for _, m := range t.Members {
		members[m.Name] = m
	}
	return members
}

// factAt is the answer of a source to a yes-or-no question.
type factAt struct {
	model.Fact
	at source.Position
}

// facts compares two answers to a yes-or-no question. The reason is why a side
// may be silent.
func (c *modelComparison) facts(kind Kind, subject string, l, r factAt, yes, no string, severity report.Severity, reason string) {
	if l.Fact == r.Fact {
		return
	}
	says := func(f factAt, openAPI bool) claim {
		switch f.Fact {
		case model.Yes:
			return value(yes, f.at)
		case model.No:
			return value(no, f.at)
		}
		if !openAPI {
			return does("does not say it", f.at)
		}
		return does("does not say it: "+reason, f.at)
	}
	c.add(severity, kind, subject, says(l, c.openAPI[0]), says(r, c.openAPI[1]))
}

// annotations compares the annotations of an element that matter here.
func (c *modelComparison) annotations(subject string, l, r model.Element) {
	for _, aspect := range []struct {
		severity report.Severity
		kind     Kind
		of       func([]*model.Annotation) string
	}{
		{report.Docs, KindDescription, vocab.Description},
		{report.Docs, KindDescription, vocab.LongDescription},
		{report.Behaviour, KindDeprecated, deprecation},
		{report.Wire, KindSettable, readOnly},
		{report.Behaviour, KindAllowed, allowedValues},
	} {
		left, right := aspect.of(l.Annotated), aspect.of(r.Annotated)
		if left != right {
			c.add(aspect.severity, aspect.kind, subject, valueOrNothing(left, l.Position), valueOrNothing(right, r.Position))
		}
	}
}

func valueOrNothing(text string, at source.Position) claim {
	if text == "" {
		return does("says nothing", at)
	}
	return value(text, at)
}

func deprecation(list []*model.Annotation) string {
	d := vocab.Deprecated(list)
	if d == nil {
		return ""
	}
	return strings.TrimSpace("deprecated " + d.Date + " " + d.Description)
}

func readOnly(list []*model.Annotation) string {
	if term, ok := vocab.ReadOnly(list); ok {
		return "read-only (" + term + ")"
	}
	return ""
}

func allowedValues(list []*model.Annotation) string {
	return strings.Join(vocab.AllowedValues(list), ", ")
}

// sortedUnion returns the keys of both maps.
func sortedUnion[V any](a, b map[string]V) []string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return slices.Sorted(maps.Keys(all))
}
