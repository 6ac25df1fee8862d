package audit

import (
	"cmp"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Metadata is what was selected of one metadata document.
type Metadata struct {
	File    string
	Types   []model.Type
	Methods []*api.Method
}

// Models returns where two metadata documents disagree, in what was selected of
// them.
func Models(a, b Metadata) []Finding {
	c := &models{collector{left: a.File, right: b.File}}
	c.operations(a, b)
	c.types(a, b)
	return Merge(c.findings)
}

type models struct{ collector }

// nothing is what a side says that lacks something.
func nothing(file string) statement {
	return statement{"has none", source.Position{File: file}}
}

func (c *models) operations(a, b Metadata) {
	left, right := operations(a), operations(b)
	for _, text := range unite(left, right) {
		l, inLeft := left[text]
		r, inRight := right[text]
		switch {
		case !inLeft:
			c.add(report.Additive, KindOperation, text, nothing(a.File), statement{"has it", position(r)})
		case !inRight:
			c.add(report.Additive, KindOperation, text, statement{"has it", position(l)}, nothing(b.File))
		case status(l) != status(r):
			c.add(report.Wire, KindStatus, text, statement{status(l), position(l)}, statement{status(r), position(r)})
		}
	}
}

// operations returns the operations by their requests.
func operations(m Metadata) map[string]*api.Method {
	list := map[string]*api.Method{}
	for _, o := range m.Methods {
		for _, path := range o.Paths {
			list[o.Verb+" "+path.String()] = o
		}
	}
	return list
}

func status(o *api.Method) string { return vocab.CreateStatus(o.Resource.Annotations()) }

func position(o *api.Method) source.Position {
	if o.Resource.Source != nil {
		return o.Resource.Source.Position
	}
	return o.Resource.Navigation.Position
}

func (c *models) types(a, b Metadata) {
	left, right := types(a), types(b)
	for _, name := range unite(left, right) {
		l, r := left[name], right[name]
		switch {
		case l == nil:
			c.add(report.Additive, KindType, name, nothing(a.File), statement{what(r), typePosition(r)})
		case r == nil:
			c.add(report.Additive, KindType, name, statement{what(l), typePosition(l)}, nothing(b.File))
		default:
			c.sameType(name, l, r)
		}
	}
}

func types(m Metadata) map[string]model.Type {
	list := map[string]model.Type{}
	for _, t := range m.Types {
		list[t.QualifiedName()] = t
	}
	return list
}

// what names the kind of a type.
func what(t model.Type) string {
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

func typePosition(t model.Type) source.Position {
	switch t := t.(type) {
	case *model.StructuredType:
		return t.Position
	case *model.EnumType:
		return t.Position
	case *model.TypeDefinition:
		return t.Position
	default:
		return source.Position{}
	}
}

func (c *models) sameType(name string, left, right model.Type) {
	if what(left) != what(right) {
		c.add(report.Source, KindType, name, statement{what(left), typePosition(left)}, statement{what(right), typePosition(right)})
	}
	switch l := left.(type) {
	case *model.StructuredType:
		if r, ok := right.(*model.StructuredType); ok {
			c.structured(name, l, r)
		}
	case *model.EnumType:
		if r, ok := right.(*model.EnumType); ok {
			c.enum(name, l, r)
		}
	case *model.TypeDefinition:
		if r, ok := right.(*model.TypeDefinition); ok && l.Underlying.String() != r.Underlying.String() {
			c.add(report.Source, KindType, name, statement{l.Underlying.String(), l.Position}, statement{r.Underlying.String(), r.Position})
		}
	}
}

func (c *models) structured(name string, l, r *model.StructuredType) {
	if base(l) != base(r) {
		c.add(report.Source, KindBase, name, statement{base(l), l.Position}, statement{base(r), r.Position})
	}
	if left, right := strings.Join(l.KeyNames(), ", "), strings.Join(r.KeyNames(), ", "); left != right {
		c.add(report.Wire, KindKey, name, statement{cmp.Or(left, "no key"), l.Position}, statement{cmp.Or(right, "no key"), r.Position})
	}
	if l.Abstract == model.Yes || r.Abstract == model.Yes {
		c.fact(KindAbstract, name, fact{l.Abstract, l.Position}, fact{r.Abstract, r.Position}, "abstract", "not abstract",
			report.Docs, "OpenAPI has no abstract types")
	}
	c.describe(name, l.Annotated, l.Position, r.Annotated, r.Position)
	left, right := properties(l), properties(r)
	for _, property := range unite(left, right) {
		c.property(name+"/"+property, left[property], l.Position, right[property], r.Position)
	}
}

func base(t *model.StructuredType) string {
	if t.Base == nil {
		return "no base type"
	}
	return t.Base.Name
}

func properties(t *model.StructuredType) map[string]*model.Property {
	list := map[string]*model.Property{}
	for _, p := range t.Properties {
		list[p.Name] = p
	}
	return list
}

// property compares a property of a type. One that a side lacks is nil.
func (c *models) property(subject string, l *model.Property, leftType source.Position, r *model.Property, rightType source.Position) {
	switch {
	case l == nil:
		c.add(report.Additive, KindProperty, subject, statement{"has none", leftType}, statement{r.Type.String(), r.Position})
		return
	case r == nil:
		c.add(report.Additive, KindProperty, subject, statement{l.Type.String(), l.Position}, statement{"has none", rightType})
		return
	}
	if l.Type.String() != r.Type.String() {
		c.add(report.Source, KindType, subject, statement{l.Type.String(), l.Position}, statement{r.Type.String(), r.Position})
	}
	null, notNull := "may be null", "not null"
	if l.Type.Collection {
		null, notNull = "items may be null", "items not null"
	}
	if !mayBeNull(l) || !mayBeNull(r) {
		c.fact(KindNullability, subject, fact{l.Facets.Nullable, l.Position}, fact{r.Facets.Nullable, r.Position}, null, notNull,
			report.Behaviour, "OpenAPI 3.0 has no place for it beside a $ref")
	}
	c.describe(subject, l.Annotated, l.Position, r.Annotated, r.Position)
}

// mayBeNull reports whether null is to be expected: nothing rules it out.
func mayBeNull(p *model.Property) bool { return p.Facets.Nullable != model.No }

func (c *models) enum(name string, l, r *model.EnumType) {
	c.fact(KindFlags, name, fact{l.Flags, l.Position}, fact{r.Flags, r.Position}, "several members at once", "one member at a time",
		report.Source, "the document has no x-ms-enum-flags")
	c.describe(name, l.Annotated, l.Position, r.Annotated, r.Position)
	left, right := members(l), members(r)
	for _, member := range unite(left, right) {
		subject := name + "/" + member
		switch a, b := left[member], right[member]; {
		case a == nil:
			c.add(report.Additive, KindMember, subject, statement{"has none", l.Position}, statement{"has it", b.Position})
		case b == nil:
			c.add(report.Additive, KindMember, subject, statement{"has it", a.Position}, statement{"has none", r.Position})
		default:
			c.describe(subject, a.Annotated, a.Position, b.Annotated, b.Position)
		}
	}
}

func members(t *model.EnumType) map[string]*model.Member {
	list := map[string]*model.Member{}
	for _, m := range t.Members {
		list[m.Name] = m
	}
	return list
}

type fact struct {
	model.Fact
	at source.Position
}

// fact compares what both sides say of a yes-or-no question. The reason tells
// why a side may be silent.
func (c *models) fact(kind Kind, subject string, l, r fact, yes, no string, level report.Severity, reason string) {
	if l.Fact == r.Fact {
		return
	}
	say := func(f fact) statement {
		switch f.Fact {
		case model.Yes:
			return statement{yes, f.at}
		case model.No:
			return statement{no, f.at}
		default:
			return statement{"does not say: " + reason, f.at}
		}
	}
	c.add(level, kind, subject, say(l), say(r))
}

// describe compares what annotations tell.
func (c *models) describe(subject string, l []*model.Annotation, leftAt source.Position, r []*model.Annotation, rightAt source.Position) {
	for _, aspect := range []struct {
		level report.Severity
		kind  Kind
		of    func([]*model.Annotation) string
	}{
		{report.Docs, KindDescription, vocab.Description},
		{report.Docs, KindDescription, vocab.LongDescription},
		{report.Behaviour, KindDeprecated, deprecated},
		{report.Wire, KindSettable, readOnly},
		{report.Behaviour, KindAllowed, allowed},
	} {
		left, right := aspect.of(l), aspect.of(r)
		if left != right {
			c.add(aspect.level, aspect.kind, subject,
				statement{cmp.Or(left, "says nothing"), leftAt}, statement{cmp.Or(right, "says nothing"), rightAt})
		}
	}
}

func deprecated(list []*model.Annotation) string {
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

func allowed(list []*model.Annotation) string { return strings.Join(vocab.AllowedValues(list), ", ") }

// unite returns the names in both maps, in order.
func unite[V any](a, b map[string]V) []string {
	var names []string
	for name := range a {
		names = append(names, name)
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, strings.Compare)
	return names
}
