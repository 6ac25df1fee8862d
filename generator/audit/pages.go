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
// read from a file, and where they contradict themselves.
func Pages(m *model.Model, file string, pages []*docs.Page) []Finding {
	c := &pageComparison{comparison{left: Page, right: file}, m}
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
			{Page, "a request example sets it, so " + s.Says() + " can set it", s.Example},
			{Page, "the table of the request body does not list it", s.Table},
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
		c.add(report.Additive, KindType, name, claim{"describes it", page.Position}, c.unknown())
		return
	}
	if page.Base != "" && shortName(page.Base) != shortName(baseName(t)) {
		c.add(report.Source, KindBase, name, claim{page.Base, page.Position}, claim{baseName(t), t.Position})
	}
	rows := slices.Concat(page.Properties, page.Relationships)
	for _, row := range rows {
		c.row(t, row)
	}
	for declaring := t; declaring != nil && len(rows) > 0; declaring = declaring.BaseType() {
		for _, property := range declaring.Properties {
			if docs.RowFor(rows, property.Name) == nil {
				c.add(report.Additive, KindProperty, declaring.QualifiedName()+"/"+property.Name,
					claim{"does not list it", page.Position}, claim{property.Type.String(), property.Position})
			}
		}
	}
	for _, message := range page.Representations {
		c.message(message, t, true)
	}
}

// method compares a page about a method.
func (c *pageComparison) method(page *docs.Page) {
	var sent, received *model.StructuredType
	for _, r := range page.Requests {
		subject := r.Verb + " " + r.Path
		place, ok := c.model.Resolve(r.Path)
		if !ok {
			if !c.mayExist(r) {
				c.add(report.Wire, KindRequest, subject, claim{"lists it", r.Position}, c.unknown())
			}
			continue
		}
		if received == nil {
			received = place.Type()
		}
		if sent == nil {
			sent = bodyType(r.Verb, place)
		}
		if r.Verb == http.MethodPost && place.Collection() {
			c.create(subject, r, page, place)
		}
	}
	c.responses(page, received)
	if sent != nil {
		for _, row := range page.RequestProperties {
			c.row(sent, row)
		}
	}
	for _, message := range page.Representations {
		c.message(message, nil, true)
	}
	for _, e := range page.Examples {
		if e.Request != nil {
			if place, ok := c.model.Resolve(e.Request.Path); ok {
				c.message(&e.Request.Message, bodyType(e.Request.Verb, place), false)
			} else {
				c.message(&e.Request.Message, nil, false)
			}
		}
		if e.Response != nil {
			c.message(&e.Response.Message, received, false)
		}
	}
}

// bodyType returns the type of the body that a request sends, or nil.
func bodyType(verb string, place model.Resource) *model.StructuredType {
	switch {
	case verb == http.MethodPost && place.Collection(),
		(verb == http.MethodPatch || verb == http.MethodPut) && !place.Collection():
		return place.Type()
	}
	return nil
}

// mayExist reports whether a request may exist though [model.Model.Resolve] does
// not know its path: it leads to an action or a function, a structural property
// (which takes no POST), a cast, $ref and its like, or into a drive.
func (c *pageComparison) mayExist(r docs.Request) bool {
	prefix := ""
	for segment := range strings.SplitSeq(strings.Trim(r.Path, "/"), "/") {
		next := prefix + "/" + segment
		if _, ok := c.model.Resolve(next); ok {
			prefix = next
			continue
		}
		if strings.ContainsAny(segment, "{$.(:") || c.hasOperation(segment) {
			return true
		}
		place, ok := c.model.Resolve(prefix)
		return ok && r.Verb != http.MethodPost && place.Type() != nil && place.Type().Property(segment) != nil
	}
	return false
}

func (c *pageComparison) hasOperation(name string) bool {
	return slices.ContainsFunc(c.model.Schemas, func(s *model.Schema) bool {
		return slices.ContainsFunc(s.Operations, func(o *model.Operation) bool { return o.Name == name })
	})
}

// responses compares the type that the page promises with that of the resource.
func (c *pageComparison) responses(page *docs.Page, t *model.StructuredType) {
	for _, r := range page.Responses {
		if t != nil && r.Status/100 == 2 && r.Type != "" && !strings.EqualFold(shortName(r.Type), t.Name) {
			c.add(report.Source, KindType, t.QualifiedName(), claim{"returns " + r.Type, r.Position}, claim{"the resource is of type " + t.QualifiedName(), t.Position})
			return
		}
	}
}

// create compares what a page and the model say about a create.
func (c *pageComparison) create(subject string, r docs.Request, page *docs.Page, place model.Resource) {
	if vocab.InsertRestrictions(place.Annotations()).Insertable == model.No {
		c.add(report.Wire, KindRequest, subject, claim{"lists it", r.Position}, claim{"does not allow POST", place.Pos()})
	}
	succeeds := func(r docs.Response) bool { return r.Status/100 == 2 }
	if len(page.Responses) > 0 && !slices.ContainsFunc(page.Responses, succeeds) {
		first := page.Responses[0]
		c.add(report.Wire, KindStatus, subject, claim{"names status " + strconv.Itoa(first.Status) + " only", first.Position},
			claim{"a create succeeds with a status 2xx", place.Pos()})
	}
	t := place.Type()
	for _, row := range page.RequestProperties {
		property := t.Property(row.Name)
		if property == nil {
			continue
		}
		says := ""
		if term, ok := vocab.ReadOnly(property.Annotated); ok {
			says = "read-only (" + term + ")"
		} else if slices.Contains(t.KeyNames(), row.Name) {
			says = "is the key, which the service sets"
		} else if strings.HasPrefix(row.Name, "created") || strings.HasPrefix(row.Name, "lastModified") {
			says = "is set by the service, as its name says"
		}
		if says != "" {
			c.add(report.Wire, KindSettable, t.QualifiedName()+"/"+row.Name, claim{"a create can set it", row.Position}, claim{says, property.Position})
		}
	}
}

// row compares a row of a table with the property of a type.
func (c *pageComparison) row(t *model.StructuredType, row *docs.Property) {
	same := []*docs.Property{row}
	for declaring := t; declaring != nil; declaring = declaring.BaseType() {
		for _, n := range declaring.Navigation {
			if docs.RowFor(same, n.Name) != nil {
				c.described(declaring.QualifiedName(), n.Name, row, n.Type, n.Position)
				return
			}
		}
		for _, p := range declaring.Properties {
			if docs.RowFor(same, p.Name) != nil {
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
		return claim{row.Type + " collection", row.Position}
	}
	return claim{row.Type, row.Position}
}

// described compares a row with the property that it describes: its name, its
// type and its possible values.
func (c *pageComparison) described(typeName, name string, row *docs.Property, ref model.TypeRef, at source.Position) {
	subject := typeName + "/" + name
	if row.Name != name {
		c.add(report.Docs, KindProperty, subject, claim{"calls it " + row.Name, row.Position}, claim{"calls it " + name, at})
		if !strings.EqualFold(row.Name, name) {
			return // a part of the property
		}
	}
	if !sameType(row.Type, ref) || row.Collection != ref.Collection {
		says := ref.String()
		if e, ok := ref.Type.(*model.EnumType); ok {
			says += ", an enumeration"
			if e.Flags == model.Yes {
				says += " of flags"
			}
		}
		c.add(report.Source, KindType, subject, rowClaim(row), claim{says, at})
	}
	e, ok := ref.Type.(*model.EnumType)
	if !ok || len(row.Possible) == 0 {
		return
	}
	declared := membersByName(e)
	for _, value := range row.Possible {
		if declared[value] == nil {
			c.add(report.Additive, KindMember, e.QualifiedName()+"/"+value, claim{"lists it", row.Position}, absent(e.Position))
		}
	}
	for _, member := range e.Members {
		if !slices.Contains(row.Possible, member.Name) {
			c.add(report.Additive, KindMember, e.QualifiedName()+"/"+member.Name, claim{"does not list it", row.Position}, claim{"declares it", member.Position})
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
