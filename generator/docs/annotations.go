package docs

import (
	"cmp"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// Annotations returns what the pages say about the elements of a linked model,
// as annotations of OData's vocabularies: the descriptions and allowed values of
// types and properties; and for each method, at the element that it belongs to, the
// pages with their permissions, query options and statuses, an example, and which
// properties its body can set. What the pages describe and the model lacks is left
// out.
//
// The version of the service, "beta" or "v1.0", is a part of the addresses of
// the pages. Where two pages describe the same element, the newer one counts. A
// request example that sets a property makes it settable, even if the table of
// the page does not list it; each such property is a problem of the target.
func Annotations(m *model.Model, pages []*Page, version string) []*model.Target {
	pages = oldestFirst(pages)
	var targets []*model.Target
	for _, p := range pages {
		if p.Kind == Resource {
			targets = append(targets, p.ofType(m, version)...)
		}
	}
	for _, d := range methods(m, pages) {
		targets = append(targets, d.annotations(m, version))
	}
	return targets
}

func oldestFirst(pages []*Page) []*Page {
	pages = slices.Clone(pages)
	slices.SortStableFunc(pages, func(a, b *Page) int { return cmp.Compare(a.Date, b.Date) })
	return pages
}

// ofType returns what a page says about a type and the properties that the type
// itself declares.
func (p *Page) ofType(m *model.Model, version string) []*model.Target {
	t, ok := m.Type(p.TypeName()).(*model.StructuredType)
	if !ok {
		return nil
	}
	name := t.QualifiedName()
	about := &model.Target{Path: name, Position: p.Position}
	about.Annotated = append(about.Annotated, vocab.NewDocumentationLink(vocab.RelationType, p.Address(version), p.Position))
	if p.Summary != "" {
		about.Annotated = append(about.Annotated, vocab.NewDescription(p.Summary, p.Position))
	}
	targets := []*model.Target{about}
	rows := slices.Concat(p.Properties, p.Relationships)
	for _, property := range t.Properties {
		row := RowFor(rows, property.Name)
		if row == nil {
			continue
		}
		list := row.description()
		// The schema knows the members of an enumeration.
		if values := slices.Concat(row.Allowed, row.Possible); property.Type.Name == "Edm.String" && len(values) > 0 {
			list = append(list, vocab.NewAllowedValues(values, row.Position))
		}
		targets = appendTarget(targets, name+"/"+property.Name, list, row)
	}
	for _, n := range t.Navigation {
		if row := RowFor(rows, n.Name); row != nil {
			targets = appendTarget(targets, name+"/"+n.Name, row.description(), row)
		}
	}
	return targets
}

func appendTarget(targets []*model.Target, path string, list []*model.Annotation, row *Property) []*model.Target {
	if len(list) == 0 {
		return targets
	}
	return append(targets, &model.Target{Path: path, Annotated: list, Position: row.Position})
}

func (row *Property) description() []*model.Annotation {
	if row.Description == "" {
		return nil
	}
	return []*model.Annotation{vocab.NewDescription(row.Description, row.Position)}
}

// RowFor returns the row of a table that describes a property, or nil. Pages
// may spell names in another case.
func RowFor(table []*Property, name string) *Property {
	var inOtherCase *Property
	for _, row := range table {
		if row.Name == name {
			return row
		}
		if inOtherCase == nil && strings.EqualFold(row.Name, name) {
			inOtherCase = row
		}
	}
	return inOtherCase
}

// Lists reports whether a row of a table is about a property or a part of it, as
// "client/displayName" is.
func Lists(table []*Property, name string) bool {
	return slices.ContainsFunc(table, func(row *Property) bool { return strings.EqualFold(row.whole(), name) })
}

// whole returns the name of the property that the row is about, or about a part of.
func (row *Property) whole() string {
	if i := strings.IndexAny(row.Name, "/."); i > 0 {
		return row.Name[:i]
	}
	return row.Name
}
