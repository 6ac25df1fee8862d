package golang

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// Query is the Go for queries about entities of a type, or about values of a
// complex type that these have: the constants of the properties, and names for the
// types of queries.
type Query struct {
	Struct   *Struct
	Name     string // of a query about a collection, or ""
	ItemName string // of a query about a single entity, or ""
	File     string
	Fields   []QueryField
}

// QueryField is the constant of a property in queries.
type QueryField struct {
	Name       string
	Owner      *model.StructuredType // declares the property
	Field      *Field                // a structural property
	Navigation *model.Navigation     // or a navigation property
	To         *Struct               // the type that Navigation leads to
}

// Schema returns the name of the property in the schema.
func (f QueryField) Schema() string {
	if f.Navigation != nil {
		return f.Navigation.Name
	}
	return f.Field.Property.Name
}

// Annotations returns the annotations of the property.
func (f QueryField) Annotations() []*model.Annotation {
	if f.Navigation != nil {
		return f.Navigation.Annotated
	}
	return f.Field.Property.Annotated
}

// deprecation returns the deprecation of a constant in queries about s, or "".
func (f QueryField) deprecation(s *Struct) string {
	if vocab.Retained(s.Type.Annotated) {
		return removedMark
	}
	return deprecation(f.Annotations())
}

// queries plans the queries that the methods of the package take. Properties of
// complex types are included: paths lead to them.
func (p *planner) queries() {
	for _, m := range p.plan.Methods {
		switch item, takes := m.TakesQuery(); {
		case item:
			p.query(m.Type).ItemName = p.queryName(m.Type, itemQuery)
		case takes:
			p.query(m.Type).Name = p.queryName(m.Type, listQuery)
		}
	}
	for i := 0; i < len(p.plan.Queries); i++ { // the list grows
		q := p.plan.Queries[i]
		for _, f := range q.Struct.AllFields() {
			if f.Type.Struct != nil {
				p.query(f.Type.Struct)
			}
		}
	}
	for _, q := range p.plan.Queries {
		p.queryFields(q)
	}
	slices.SortFunc(p.plan.Queries, func(a, b *Query) int { return strings.Compare(a.File, b.File) })
}

// TakesQuery reports whether m takes a query about its Type, and whether that is
// about a single item.
func (m *Method) TakesQuery() (item, takes bool) {
	switch m.Kind {
	case api.Get:
		return true, true
	case api.Function:
		return m.Type != nil && !m.Returns().Collection, m.Type != nil
	case api.List, api.Count, api.Delta:
		return false, true
	}
	return false, false
}

// query returns the query of a struct, which it adds to the plan.
func (p *planner) query(s *Struct) *Query {
	if s.Query == nil {
		s.Query = &Query{Struct: s, File: p.queryFile(s)}
		p.plan.Queries = append(p.plan.Queries, s.Query)
	}
	return s.Query
}

// querySuffix separates a type and a part of its queries in the keys of names.
const querySuffix = "/$"

// The ends of the names of queries: about a collection, about a single item, and about that
// if another query has the name.
const (
	listQuery   = "Query"
	itemQuery   = "ItemQuery"
	singleQuery = "SingleQuery"
)

// queryTypeKey is the key of the type of queries about t.
func queryTypeKey(t *model.StructuredType, suffix string) string {
	return t.QualifiedName() + querySuffix + suffix
}

func (p *planner) queryName(s *Struct, suffix string) string {
	key := queryTypeKey(s.Type, suffix)
	p.names.declare(key, p.names.queryName(s.Type, suffix))
	return p.name(key)
}

// queryName returns the natural name of a query. A query about an item of type drive
// is not called DriveItemQuery if there is a type driveItem, whatever is selected.
func (n *names) queryName(t *model.StructuredType, suffix string) string {
	own := n.goName[t.QualifiedName()]
	if suffix == itemQuery && len(n.structured[own+"Item"]) > 0 {
		suffix = singleQuery
	}
	return own + suffix
}

// isQuery reports whether a type of queries can have a name, whatever is selected.
func (n *names) isQuery(name string) bool {
	return slices.ContainsFunc([]string{listQuery, itemQuery, singleQuery}, func(suffix string) bool {
		own, found := strings.CutSuffix(name, suffix)
		return found && len(n.structured[own]) > 0
	})
}

func (p *planner) queryFile(s *Struct) string {
	key := s.Type.QualifiedName() + querySuffix + "fields"
	if pinned, ok := p.names.pinned[fileKey(key)]; ok {
		p.plan.Names[fileKey(key)] = pinned
		return pinned
	}
	natural := s.File + "_fields"
	file := ident.Unique(natural, func(s string) bool { return p.names.folded[s] })
	p.names.folded[file] = true
	if file != natural {
		p.plan.Names[fileKey(key)] = file
	}
	return file
}

// queryFields plans the constants of a query.
func (p *planner) queryFields(q *Query) {
	s := q.Struct
	for _, owner := range append([]*Struct{s}, s.Ancestors()...) {
		for _, f := range owner.Fields {
			if n, _ := owner.Type.NavigationProperty(f.Property.Name); n == nil {
				q.Fields = append(q.Fields, QueryField{Name: p.queryFieldName(s, f.Property.Name), Owner: owner.Type, Field: f})
			}
		}
	}
	for t := s.Type; t != nil; t = t.BaseType() {
		for _, n := range t.Navigation {
			target, _ := n.Type.Type.(*model.StructuredType)
			if to := p.structs[target]; to != nil && to.Query != nil {
				q.Fields = append(q.Fields, QueryField{Name: p.queryFieldName(s, n.Name), Owner: t, Navigation: n, To: to})
			}
		}
	}
	slices.SortFunc(q.Fields, func(a, b QueryField) int { return strings.Compare(a.Name, b.Name) })
}

func (p *planner) queryFieldName(s *Struct, property string) string {
	key := queryKey(s.Type, property)
	p.names.declare(key, p.names.queryField(s.Type, property))
	return p.name(key)
}

// queryKey is the key of the constant for a property in queries about t. It is never that of
// the type of the queries.
func queryKey(t *model.StructuredType, property string) string {
	if property == listQuery || property == itemQuery {
		property = "$" + property
	}
	return t.QualifiedName() + querySuffix + property
}

// queryField returns the name of the constant for a property that no earlier run
// has pinned. The names of all other declarations come first.
func (n *names) queryField(t *model.StructuredType, property string) string {
	name := n.goName[t.QualifiedName()] + n.rules.Suffix(property)
	if n.taken[name] || n.isQuery(name) || n.sharesFieldName(t, name) {
		name += "Field"
	}
	return name
}

// queryFields returns the names of the constants for all properties of a model.
func (n *names) queryFields(m *model.Model) map[string]string {
	list := map[string]string{}
	add := func(t *model.StructuredType, property string) {
		key := queryKey(t, property)
		name, pinned := n.pinned[key]
		if !pinned {
			name = n.queryField(t, property)
		}
		list[key] = name
	}
	for _, s := range m.Schemas {
		for _, t := range s.Structured {
			for owner := t; owner != nil; owner = owner.BaseType() {
				for _, p := range owner.Properties {
					add(t, p.Name)
				}
				for _, p := range owner.Navigation {
					add(t, p.Name)
				}
			}
		}
	}
	return list
}

// sharesFieldName reports whether the natural name of the constant for a property
// is also the one of a property of a type with a longer name: messageRule/sequence
// and message/ruleSequence. The longer type gets it, whatever is selected.
func (n *names) sharesFieldName(t *model.StructuredType, name string) bool {
	own := n.goName[t.QualifiedName()]
	for end := len(own) + 1; end < len(name); end++ {
		for _, other := range n.structured[name[:end]] {
			for base := other; base != nil; base = base.BaseType() {
				for _, p := range base.Properties {
					if n.rules.Suffix(p.Name) == name[end:] {
						return true
					}
				}
				for _, p := range base.Navigation {
					if n.rules.Suffix(p.Name) == name[end:] {
						return true
					}
				}
			}
		}
	}
	return false
}

// queryCode renders the constants and the names of a query.
func (r *renderer) queryCode(q *Query) jen.Code {
	name := q.Struct.Type.QualifiedName()
	var declarations []jen.Code
	if q.Name != "" {
		declarations = append(declarations, jen.Add(comment(q.Name+" says which items of type "+name+" a request asks for, and how much of each.")).Line().
			Type().Id(q.Name).Op("=").Add(r.odata("Query")).Types(jen.Id(q.Struct.Name)))
	}
	if q.ItemName != "" {
		declarations = append(declarations, jen.Add(comment(q.ItemName+" says how much of a "+name+" a request asks for.")).Line().
			Type().Id(q.ItemName).Op("=").Add(r.odata("ItemQuery")).Types(jen.Id(q.Struct.Name)))
	}
	if len(q.Fields) > 0 {
		var constants []jen.Code
		for _, f := range q.Fields {
			constant := jen.Id(f.Name).Add(r.fieldType(q.Struct, f)).Op("=").Lit(f.Schema())
			if deprecated := f.deprecation(q.Struct); deprecated != "" {
				constant = jen.Add(comment(deprecated)).Line().Add(constant)
			}
			constants = append(constants, constant)
		}
		declarations = append(declarations, jen.Add(comment("The properties of "+name+", for queries.")).Line().Const().Defs(constants...))
	}
	return lines(declarations...)
}

// fieldType renders the type of the constant of a property.
func (r *renderer) fieldType(owner *Struct, f QueryField) *jen.Statement {
	kind, value := "Field", jen.Code(nil)
	switch {
	case f.Navigation != nil:
		kind, value = "Nav", jen.Id(f.To.Name)
		if f.Navigation.Type.Collection {
			kind = "NavCollection"
		}
	default:
		t := f.Field.Type
		if t.Slice {
			kind = "Collection"
		}
		if t.Struct != nil {
			value = jen.Id(t.Struct.Name)
		} else {
			value = t.item().code(r)
		}
	}
	return r.odata(kind).Types(jen.Id(owner.Name), value)
}
