package audit

import (
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Pages returns where reference pages disagree with a linked model, which was
// read from a file, and where they contradict themselves. A partial model, such as that
// of a slice, lacks elements on purpose: that is not a disagreement.
func Pages(m *model.Model, file string, partial bool, pages []*docs.Page) []Finding {
	c := &pageComparison{comparison{left: Page, right: file, partial: [2]bool{false, partial}}, m}
	for _, page := range pages {
		switch page.Kind {
		case docs.Resource:
			c.resource(page)
		case docs.Method:
			c.method(page)
		}
	}
	for _, s := range docs.SettablesByExample(m, pages) {
		c.findings = append(c.findings, Finding{Severity: report.Wire, Kind: KindSettable, Subject: qualified(s.Method.Resource.Type(), s.Property.Name), Sides: []Side{
			{Page, "sets it in a request example, so " + s.Says() + " can set it", s.Example, true},
			{Page, "does not list it in the table of the request body", s.Table, true},
		}})
	}
	return Merge(c.findings)
}

type pageComparison struct {
	comparison
	model *model.Model
}

// unknown is the claim of a model that lacks the subject.
func (c *pageComparison) unknown() claim { return absent(source.Position{File: c.right}) }

// qualified returns the name of a property with the type that declares it.
func qualified(t *model.StructuredType, property string) string {
	for ; t != nil; t = t.BaseType() {
		if slices.ContainsFunc(t.Properties, func(p *model.Property) bool { return p.Name == property }) {
			break
		}
	}
	if t == nil {
		return property
	}
	return t.QualifiedName() + "/" + property
}

// resource compares a page about a type.
func (c *pageComparison) resource(page *docs.Page) {
	name := page.TypeName()
	t, ok := c.model.Type(name).(*model.StructuredType)
	if !ok {
		c.add(report.Additive, KindType, name, does("describes it", page.Position), c.unknown())
		return
	}
	if page.Base != "" && shortName(page.Base) != shortName(baseName(t)) {
		c.add(report.Source, KindBase, name, value(page.Base, page.Position), value(baseName(t), t.Position))
	}
	rows := slices.Concat(page.Properties, page.Relationships)
	for _, row := range rows {
		c.row(t, row)
	}
	for declaring := t; declaring != nil && len(rows) > 0; declaring = declaring.BaseType() {
		for _, property := range declaring.Properties {
			if !docs.Lists(rows, property.Name) {
				c.add(report.Additive, KindProperty, declaring.QualifiedName()+"/"+property.Name,
					does("does not list it", page.Position), value(property.Type.String(), property.Position))
			}
		}
	}
	for _, message := range page.Representations {
		c.message(message, t, true)
	}
}

// row compares a row of a table with the property of a type.
func (c *pageComparison) row(t *model.StructuredType, row *docs.Property) {
	same := []*docs.Property{row}
	for declaring := t; declaring != nil; declaring = declaring.BaseType() {
		for _, n := range declaring.Navigation {
			if docs.Lists(same, n.Name) {
				c.described(declaring.QualifiedName(), n.Name, row, n.Type, n.Position)
				return
			}
		}
		for _, p := range declaring.Properties {
			if docs.Lists(same, p.Name) {
				c.described(declaring.QualifiedName(), p.Name, row, p.Type, p.Position)
				return
			}
		}
	}
	if !strings.Contains(row.Name, "@") { // control information is not declared
		c.add(report.Additive, KindProperty, t.QualifiedName()+"/"+row.Name, rowClaim(row), absent(t.Position))
	}
}

// rowClaim returns the type that a row gives.
func rowClaim(row *docs.Property) claim {
	if row.Collection {
		return value(row.Type+" collection", row.Position)
	}
	return value(row.Type, row.Position)
}

// described compares a row with the property that it describes: its name, its
// type and its possible values.
func (c *pageComparison) described(typeName, name string, row *docs.Property, ref model.TypeRef, at source.Position) {
	if !strings.EqualFold(row.Name, name) {
		return // a part of the property
	}
	subject := typeName + "/" + name
	if row.Name != name {
		c.add(report.Docs, KindProperty, subject, does("calls it "+row.Name, row.Position), does("calls it "+name, at))
	}
	if !sameType(row.Type, ref) || row.Collection != ref.Collection {
		says := ref.String()
		if e, ok := ref.Type.(*model.EnumType); ok {
			says += ", an enumeration"
			if e.Flags == model.Yes {
				says += " of flags"
			}
		}
		c.add(report.Source, KindType, subject, rowClaim(row), value(says, at))
	}
	e, ok := ref.Type.(*model.EnumType)
	if !ok || len(row.Possible) == 0 {
		return
	}
	declared := membersByName(e)
	for _, value := range row.Possible {
		if declared[value] == nil {
			c.add(report.Additive, KindMember, e.QualifiedName()+"/"+value, does("lists it", row.Position), absent(e.Position))
		}
	}
	for _, member := range e.Members {
		if !slices.Contains(row.Possible, member.Name) {
			c.add(report.Additive, KindMember, e.QualifiedName()+"/"+member.Name, does("does not list it", row.Position), does("declares it", member.Position))
		}
	}
}

// primitiveAliases are other names that pages use for primitive types.
var primitiveAliases = map[string]string{
	"bool": "Boolean", "int": "Int32", "integer": "Int32", "long": "Int64", "datetime": "DateTimeOffset",
	"float": "Single", "url": "String", "timestamp": "DateTimeOffset",
}

// sameType reports whether a page means a type, whose name it may spell in
// another case.
func sameType(name string, ref model.TypeRef) bool {
	name = strings.ToLower(shortName(name))
	if alias, ok := primitiveAliases[name]; ok {
		name = alias
	}
	return strings.EqualFold(name, shortName(ref.Name))
}

func shortName(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }
