package audit

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Pages returns where reference pages disagree with a linked model, which was
// read from a file.
func Pages(m *model.Model, file string, list []*docs.Page) []Finding {
	p := &pages{collector{left: Page, right: file}, m}
	for _, page := range list {
		switch page.Kind {
		case docs.Resource:
			p.resource(page)
		case docs.API:
			p.operation(page)
		}
	}
	return Merge(p.findings)
}

type pages struct {
	collector
	model *model.Model
}

// lacks is what a model says that has no such element.
func (p *pages) lacks() statement {
	return statement{"has none", source.Position{File: p.right}}
}

// resource compares a page about a type.
func (p *pages) resource(page *docs.Page) {
	name := page.TypeName()
	t, ok := p.model.Type(name).(*model.StructuredType)
	if !ok {
		p.add(report.Additive, KindType, name, statement{"describes it", page.Position}, p.lacks())
		return
	}
	if page.Base != "" && shortName(page.Base) != shortName(base(t)) {
		p.add(report.Source, KindBase, name, statement{page.Base, page.Position}, statement{base(t), t.Position})
	}
	rows := slices.Concat(page.Properties, page.Relationships)
	for _, row := range rows {
		p.row(t, row)
	}
	for ; t != nil && len(rows) > 0; t = t.BaseType() {
		for _, property := range t.Properties {
			if !slices.ContainsFunc(rows, func(row *docs.Property) bool { return row.Name == property.Name }) {
				p.add(report.Additive, KindProperty, t.QualifiedName()+"/"+property.Name,
					statement{"does not list it", page.Position}, statement{property.Type.String(), property.Position})
			}
		}
	}
	p.examples(page, nil)
}

// operation compares a page about an operation.
func (p *pages) operation(page *docs.Page) {
	var t *model.StructuredType
	for _, r := range page.Requests {
		subject := r.Verb + " " + r.Path
		place, ok := p.model.Resolve(r.Path)
		if !ok {
			p.add(report.Wire, KindOperation, subject, statement{"has it", r.Position}, p.lacks())
			continue
		}
		if t == nil {
			t = place.Type()
		}
		if r.Verb == http.MethodPost && place.Collection() {
			p.create(subject, r, page, place)
		}
	}
	if t == nil {
		t, _ = p.byName(responseType(page)).(*model.StructuredType)
	} else if name := responseType(page); name != "" && !strings.EqualFold(name, t.Name) {
		p.add(report.Source, KindType, t.QualifiedName(), statement{"returns " + name, page.Response.Position}, statement{"has " + t.QualifiedName() + " there", t.Position})
	}
	for _, row := range page.Body {
		if t != nil {
			p.row(t, row)
		}
	}
	p.examples(page, t)
}

func responseType(page *docs.Page) string {
	if page.Response == nil {
		return ""
	}
	return page.Response.Type
}

// create compares what a page and the model say of a create.
func (p *pages) create(subject string, r docs.Request, page *docs.Page, place model.Resource) {
	if vocab.InsertRestrictions(place.Annotations()).Insertable == model.No {
		p.add(report.Wire, KindOperation, subject, statement{"has it", r.Position}, statement{"has no POST there", place.Pos()})
	}
	if page.Response != nil {
		if own, schema := strconv.Itoa(page.Response.Status), vocab.CreateStatus(place.Annotations()); own != schema {
			p.add(report.Wire, KindStatus, subject, statement{own, page.Response.Position}, statement{schema, place.Pos()})
		}
	}
	for _, row := range page.Body {
		property := place.Type().Property(row.Name)
		if property == nil {
			continue
		}
		says := ""
		switch {
		case slices.Contains(place.Type().KeyNames(), row.Name):
			says = "is the key, which the service sets"
		case strings.HasPrefix(row.Name, "created"), strings.HasPrefix(row.Name, "lastModified"):
			says = "is set by the service, as its name says"
		}
		if term, ok := vocab.ReadOnly(property.Annotated); ok {
			says = "read-only (" + term + ")"
		}
		if says != "" {
			p.add(report.Wire, KindSettable, place.Type().QualifiedName()+"/"+row.Name,
				statement{"can be set by a create", row.Position}, statement{says, property.Position})
		}
	}
}

// row compares a row of a table with the property of a type.
func (p *pages) row(t *model.StructuredType, row *docs.Property) {
	own := statement{rowType(row), row.Position}
	if n, owner := t.NavigationProperty(row.Name); n != nil {
		p.rowType(owner.QualifiedName()+"/"+row.Name, row, own, n.Type, n.Position)
		return
	}
	owner := t
	for ; owner != nil; owner = owner.BaseType() {
		for _, property := range owner.Properties {
			if property.Name == row.Name {
				p.rowType(owner.QualifiedName()+"/"+row.Name, row, own, property.Type, property.Position)
				return
			}
		}
	}
	p.add(report.Additive, KindProperty, t.QualifiedName()+"/"+row.Name, own, statement{"has none", t.Position})
}

func rowType(row *docs.Property) string {
	if row.Collection {
		return row.Type + " collection"
	}
	return row.Type
}

// rowType compares the type that a row gives, and the values that it says are
// possible.
func (p *pages) rowType(subject string, row *docs.Property, own statement, ref model.TypeRef, at source.Position) {
	if !sameType(row.Type, ref) || row.Collection != ref.Collection {
		says := ref.String()
		if e, ok := ref.Type.(*model.EnumType); ok {
			says += ", an enumeration"
			if e.Flags == model.Yes {
				says += " of flags"
			}
		}
		p.add(report.Source, KindType, subject, own, statement{says, at})
	}
	e, ok := ref.Type.(*model.EnumType)
	if !ok || len(row.Possible) == 0 {
		return
	}
	declared := members(e)
	for _, value := range row.Possible {
		if declared[value] == nil {
			p.add(report.Additive, KindMember, e.QualifiedName()+"/"+value, statement{"is possible", row.Position}, statement{"has none", e.Position})
		}
	}
	for _, member := range e.Members {
		if !slices.Contains(row.Possible, member.Name) {
			p.add(report.Additive, KindMember, e.QualifiedName()+"/"+member.Name, statement{"does not list it", row.Position}, statement{"has it", member.Position})
		}
	}
}

// aliases are the names that pages give primitive types by.
var aliases = map[string]string{
	"bool": "Boolean", "int": "Int32", "integer": "Int32", "long": "Int64", "datetime": "DateTimeOffset",
	"float": "Single", "url": "String", "timestamp": "DateTimeOffset",
}

// sameType reports whether a page names the type of a property. Case makes no
// difference there.
func sameType(name string, ref model.TypeRef) bool {
	name = strings.ToLower(shortName(name))
	if alias, ok := aliases[name]; ok {
		name = alias
	}
	return strings.EqualFold(name, shortName(ref.Name))
}

func shortName(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// byName returns the type of the default namespace with a name, in any case.
func (p *pages) byName(name string) model.Type {
	if name == "" {
		return nil
	}
	for _, s := range p.model.Schemas {
		for _, t := range s.Structured {
			if strings.EqualFold(t.Name, name) {
				return t
			}
		}
	}
	return nil
}
