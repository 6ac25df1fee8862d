package golang

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

const runtimePath = azcorePath + "/runtime"

// getMethods are the Go methods of a Get.
func getMethods(r *renderer, m *Method) []goMethod {
	item := jen.Id(m.Type.Name)
	return []goMethod{{
		name:    "Get",
		types:   []jen.Code{pointerTo(item)},
		summary: "Get reads the " + m.Type.Type.QualifiedName() + ".",
		notes:   m.queryParameters(),
		ctx:     true,
		params:  []param{{"query", r.itemQuery(m.Type)}},
		results: []jen.Code{pointerTo(item), jen.Error()},
	}}
}

// listMethods are the Go methods of a List: one for pages, one for items.
func listMethods(r *renderer, m *Method) []goMethod {
	item := jen.Id(m.Type.Name)
	query := []param{{"query", r.query(m.Type)}}
	return []goMethod{
		{
			name:    "All",
			calls:   "Iterate",
			types:   []jen.Code{pointerTo(item)},
			summary: "All reads the items of type " + m.Type.Type.QualifiedName() + ", page by page as the loop over them proceeds. After an error there are no more items.",
			notes:   append(m.unsupported(), m.queryParameters()...),
			ctx:     true,
			params:  query,
			results: []jen.Code{jen.Qual("iter", "Seq2").Types(pointerTo(item), jen.Error())},
		},
		{
			name:    "List",
			calls:   "Pages",
			types:   []jen.Code{pointerTo(item)},
			summary: "List returns a pager of the items that All reads.",
			brief:   true,
			params:  query,
			results: []jen.Code{pointerTo(jen.Qual(runtimePath, "Pager").Types(r.odata("Page").Types(item)))},
		},
	}
}

// countMethods are the Go methods of a Count.
func countMethods(r *renderer, m *Method) []goMethod {
	return []goMethod{{
		name:    "Count",
		summary: "Count reads the number of items, or of those that meet the filter or the search of the query.",
		notes:   m.queryParameters(),
		ctx:     true,
		params:  []param{{"query", r.query(m.Type)}},
		results: []jen.Code{jen.Int64(), jen.Error()},
	}}
}

// query renders the type of a query about the items of a collection.
func (r *renderer) query(s *Struct) *jen.Statement { return pointerTo(jen.Id(s.Query.Name)) }

// itemQuery renders the type of a query about a single item.
func (r *renderer) itemQuery(s *Struct) *jen.Statement { return pointerTo(jen.Id(s.Query.ItemName)) }

// unsupported returns a paragraph about the query options that the service does not
// support here, if there are any.
func (m *Method) unsupported() []string {
	options := m.Unsupported()
	if options == nil {
		return nil
	}
	return []string{"The service does not support these parts of a query here: " + strings.Join(options, "; ") + "."}
}

// Unsupported returns the parts of a query that the service does not support here:
// "Filter", "OrderBy of subject".
func (m *Method) Unsupported() []string {
	if m.Kind != api.List {
		return nil
	}
	q := vocab.QueryOptions(m.Resource.Annotations())
	var options []string
	for _, option := range []struct {
		name   string
		is     model.Fact
		except []string
	}{
		{"Select", q.Select, nil}, {"Expand", q.Expand, q.NonExpandable}, {"Filter", q.Filter, q.NonFilterable}, {"OrderBy", q.Sort, q.NonSortable},
		{"Search", q.Search, nil}, {"Top", q.Top, nil}, {"Skip", q.Skip, nil}, {"Count", q.Count, nil},
	} {
		switch {
		case option.is == model.No:
			options = append(options, option.name)
		case len(option.except) > 0:
			options = append(options, option.name+" of "+enumerate(option.except))
		}
	}
	return options
}
